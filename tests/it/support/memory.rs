//! How much memory a run takes, by what the system counted of it.

use super::bench::Bench;
use super::python;

/// A run that is over.
pub(crate) struct Measured {
    pub(crate) code: i64,
    /// Its largest resident size in bytes.
    pub(crate) peak: f64,
    pub(crate) stderr: String,
}

/// Runs the program and prints its exit code and its largest resident size in bytes.
const MEASURE: &str = "
import json, os, resource, subprocess, sys
program, folder, *arguments = sys.argv[1:]
environment = dict(os.environ, MAILSHOT_STATE=os.path.join(folder, 'state'), MAILSHOT_CONFIG=os.path.join(folder, 'no-settings'), NO_COLOR='1', MIMALLOC_PURGE_DELAY='0')
run = subprocess.run([program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=180)
unit = 1 if sys.platform == 'darwin' else 1024
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
print(json.dumps({'code': run.returncode, 'peak': peak, 'stderr': run.stderr}))
";

/// Runs the program with these arguments; `None` where there is no Python, or none that can tell.
pub(crate) fn measured(bench: &Bench, arguments: &[&str]) -> Option<Measured> {
    if cfg!(not(unix)) {
        super::pass_over("how much memory a run takes is asked of Unix");
        return None;
    }
    let folder = bench.path("").display().to_string();
    let given: Vec<&str> = [env!("CARGO_BIN_EXE_mailshot"), &folder]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let measured = python::snippet(MEASURE, &given)?;
    Some(Measured {
        code: measured["code"].as_i64()?,
        peak: measured["peak"].as_f64()?,
        stderr: measured["stderr"].as_str()?.to_owned(),
    })
}
