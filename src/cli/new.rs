//! `mailshot new`: creates a campaign to start from, from the templates in the binary or from
//! mailmerge's files.

mod templates;

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::campaign::{Problems, nearest};
use crate::import;
use crate::run::End;
use crate::words::{Arg, Said, hints_of, say, system};

use super::explain::{CAMPAIGN, Failure, Outcome};
use super::shell::{self, quoted};
use super::{findings, heading, terminal};

/// What was typed after `mailshot new`.
#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    #[arg(required_unless_present = "from_mailmerge")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "NAME", default_value = "plain-text", help_heading = heading::CAMPAIGN)]
    template: String,
    #[arg(long, value_name = "OLD_DIR", conflicts_with = "template", help_heading = heading::CAMPAIGN)]
    from_mailmerge: Option<PathBuf>,
}

/// What `--template` may name.
pub(super) fn names() -> Vec<&'static str> {
    templates::names()
}

pub(super) fn run(args: &NewArgs) -> Outcome {
    match (&args.from_mailmerge, &args.dir) {
        (Some(old), Some(dir)) => from_mailmerge(old, dir),
        (Some(old), None) => from_mailmerge(old, &beside(old)),
        (None, dir) => from_template(&args.template, dir.as_deref().unwrap_or(Path::new("."))),
    }
}

fn from_template(template: &str, dir: &Path) -> Outcome {
    let Some(files) = templates::files(template, terminal::lang()) else {
        let names = templates::names();
        let meant = nearest(template, names.iter().copied());
        let meant = meant.map(|meant| say!("cli-did-you-mean", meant = meant));
        let all = say!("cli-new-hint-templates", templates = Arg::commas(names));
        let hints = meant.into_iter().chain([all]).collect();
        return Err(Failure::Hinted(
            say!("cli-new-no-template", template = template),
            hints,
        ));
    };
    must_be_free(dir)?;
    for (name, contents) in files {
        let target = dir.join(name);
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
        fs::write(&target, contents).map_err(|e| failed(&target, &e))?;
    }
    show(&say!(
        "cli-new-made",
        folder = dir,
        template = template,
        word = quoted(shell::path(dir))
    ));
    Ok(End::Complete)
}

fn from_mailmerge(old: &Path, dir: &Path) -> Outcome {
    must_be_free(dir)?;
    let made = import::convert(old).map_err(|problems| {
        let made_not = terminal::words(&say!("cli-new-not-made", folder = dir));
        let words = format!("{}\n\n{made_not}", findings::problems(&problems));
        Failure::Plain(words, CAMPAIGN)
    })?;
    let path = |name: &Path| -> Result<PathBuf, Failure> {
        let target = dir.join(name);
        let folder = target.parent().unwrap_or(dir);
        fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
        Ok(target)
    };
    for (name, text) in &made.files {
        let target = path(name)?;
        fs::write(&target, text).map_err(|e| failed(&target, &e))?;
    }
    for (from, name) in &made.copies {
        let target = path(name)?;
        fs::copy(from, &target).map_err(|e| failed(&target, &e))?;
    }
    if let Some((name, ignored)) = templates::ignored(terminal::lang()) {
        let target = dir.join(name);
        fs::write(&target, ignored).map_err(|e| failed(&target, &e))?;
    }
    let (rows, warnings) = (made.rows, made.warnings.len());
    let made_of = say!("cli-new-from-mailmerge", folder = dir, rows = rows, old = old);
    let mut words = terminal::words(&made_of);
    if warnings > 0 {
        words = format!(
            "{}\n\n{words}\n{}",
            findings::problems(&Problems(made.warnings)),
            terminal::words(&say!("cli-new-warnings", warnings = warnings))
        );
    }
    let next = terminal::words(&say!("cli-new-next", word = quoted(shell::path(dir))));
    shown(&format!("{words}\n\n{next}"));
    Ok(End::Complete)
}

/// Beside mailmerge's folder, with a name of its own.
fn beside(old: &Path) -> PathBuf {
    // `.` and `..` have a name, too.
    let whole = old.canonicalize().unwrap_or_else(|_| old.to_owned());
    let mut name: OsString = whole.file_name().unwrap_or_default().to_owned();
    name.push("-mailshot");
    if old.file_name().is_some() {
        old.with_file_name(name)
    } else {
        whole.with_file_name(name)
    }
}

fn must_be_free(dir: &Path) -> Result<(), Failure> {
    let taken = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || dir.is_file() {
        return Err(Failure::hinted(
            say!("cli-new-taken", folder = dir),
            say!("cli-new-hint-taken"),
        ));
    }
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Hinted(
        say!("cli-not-created", path = path, why = system(error)),
        hints_of(error),
    )
}

fn show(said: &Said) {
    shown(&terminal::words(said));
}

fn shown(words: &str) {
    // A closed stderr is nothing to fail for.
    let _ = writeln!(anstream::stderr().lock(), "{words}");
}
