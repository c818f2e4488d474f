//! A person at a terminal: Python's `pty` waits for words on the screen and types.
//!
//! What the person does never gets at a real keyring. [`with_a_keyring`] gives them one of their
//! own: gnome-keyring on a D-Bus of its own, its files in the bench's folder, gone with the run.

#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::bench::Bench;
use super::python;

/// argv: the folder, a JSON list of [words to wait for, what to type], the program and its arguments.
/// Prints the exit code and the screen. Everything is over after a minute.
const PERSON: &str = r#"
import json, os, pty, signal, sys, termios, time
folder, play, *command = sys.argv[1:]
for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
bus = os.environ.pop("KEYRING_OF_THE_TEST", "unix:path=" + os.path.join(folder, "no-bus"))
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(folder)
    os.environ.update(MAILSHOT_STATE=os.path.join(folder, "state"))
    os.environ.update(MAILSHOT_CONFIG=os.path.normpath(os.path.join(folder, "..", "config", "config.toml")), NO_COLOR="1", TERM="xterm", COLUMNS="200")
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus
    os.execv(command[0], command)
signal.alarm(60)
screen, seen = b"", 0
def read():
    global screen
    try:
        more = os.read(terminal, 65536)
    except OSError:
        return False
    screen += more
    return bool(more)
for words, typed in json.loads(play):
    while words.encode() not in screen[seen:]:
        if not read():
            break
    seen = len(screen)
    # The prompt is there a moment before the terminal's echo is gone, which a person is too slow to notice.
    while any(word in words for word in ("Password", "token", "密码")) and termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.001)
    os.write(terminal, typed.encode())
while read():
    pass
_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "screen": screen.decode("utf-8", "replace")}))
"#;

/// Unlocks the keyring of this session (its password is empty; made when it is not there yet) and
/// goes on as the arguments say. The daemon comes back when it is ready, and ends with its bus.
const SESSION: &str = "printf '\\n' | gnome-keyring-daemon --unlock --daemonize --components=secrets >/dev/null 2>&1\n\
    KEYRING_OF_THE_TEST=\"$DBUS_SESSION_BUS_ADDRESS\" exec \"$@\"";

/// Runs the program at a terminal, without a keyring; its exit code and what was on the screen.
pub(crate) fn at_a_terminal(
    bench: &Bench,
    play: &[[&str; 2]],
    arguments: &[&str],
) -> Option<(Value, String)> {
    Some(told(&python::snippet(PERSON, &given(bench, play, arguments))?))
}

/// A line for the shell at a terminal that can only write lines, in the surroundings of the bench; its
/// exit code and what was on the screen.
pub(crate) fn a_line_at_a_terminal(
    bench: &Bench,
    play: &[[String; 2]],
    line: &str,
) -> Option<(Option<i32>, String)> {
    let play = serde_json::to_string(play).expect("words are JSON");
    let mut given = vec![
        bench.path("").display().to_string(),
        play,
        "/usr/bin/env".to_owned(),
    ];
    let program = Path::new(env!("CARGO_BIN_EXE_mailshot"));
    let folder = program.parent().expect("a program lies in a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    given.extend(["TERM=dumb".to_owned(), format!("PATH={folder}:{path}")]);
    let surroundings = bench.surroundings();
    given.extend(surroundings.map(|(name, value)| format!("{name}={value}")));
    given.extend(["sh", "-c", line].map(str::to_owned));
    let (code, screen) = told(&python::snippet(PERSON, &given)?);
    Some((code.as_i64().and_then(|code| i32::try_from(code).ok()), screen))
}

/// Another program in this folder at a terminal, where nobody types; its exit code: 127 where it is not
/// there.
pub(crate) fn another_program(folder: &Path, command: &[&str]) -> Option<i64> {
    let folder = folder.to_string_lossy();
    let given = [&folder, "[]", "/usr/bin/env", "LC_ALL=C.UTF-8"];
    let told = python::snippet(PERSON, &[&given, command].concat())?;
    told["code"].as_i64()
}

/// The same at a terminal that can only write lines.
pub(crate) fn at_a_dumb_terminal(
    bench: &Bench,
    play: &[[&str; 2]],
    arguments: &[&str],
) -> Option<(Value, String)> {
    let mut given = given(bench, play, arguments);
    // Behind the folder and the play comes what is run.
    given.splice(2..2, ["/usr/bin/env", "TERM=dumb"].map(str::to_owned));
    Some(told(&python::snippet(PERSON, &given)?))
}

/// The same at a terminal of so many columns.
pub(crate) fn at_a_terminal_of(
    columns: usize,
    bench: &Bench,
    play: &[[&str; 2]],
    arguments: &[&str],
) -> Option<(Value, String)> {
    let mut given = given(bench, play, arguments);
    let narrow = format!("stty cols {columns} rows 24; exec \"$@\"");
    given.splice(
        2..2,
        ["/bin/sh".to_owned(), "-c".to_owned(), narrow, "sh".to_owned()],
    );
    Some(told(&python::snippet(PERSON, &given)?))
}

/// The same, with a keyring that lasts as long as the bench.
pub(crate) fn with_a_keyring(
    bench: &Bench,
    play: &[[&str; 2]],
    arguments: &[&str],
) -> Option<(Value, String)> {
    let Some(python) = python::interpreter() else {
        super::skip("Python 3 is not installed");
        return None;
    };
    for program in ["dbus-run-session", "gnome-keyring-daemon"] {
        let there = Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if there.is_err() {
            super::skip(&format!("{program} is not installed"));
            return None;
        }
    }
    let folder = bench.path("keyring");
    std::fs::create_dir_all(&folder).expect("the folder of the keyring");
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", SESSION, "sh"])
        .arg(python)
        .args(["-c", PERSON])
        .args(given(bench, play, arguments))
        .envs(["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"].map(|name| (name, &folder)))
        .stdin(Stdio::null())
        .output()
        .expect("dbus-run-session starts: it did a moment ago");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {words}", output.status);
    Some(told(
        &serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {words}")),
    ))
}

fn given(bench: &Bench, play: &[[&str; 2]], arguments: &[&str]) -> Vec<String> {
    let folder = bench.path("").display().to_string();
    let play = serde_json::to_string(play).expect("words are JSON");
    let program = env!("CARGO_BIN_EXE_mailshot").to_owned();
    let mut given = vec![folder, play, program];
    given.extend(arguments.iter().map(|&argument| argument.to_owned()));
    given
}

fn told(told: &Value) -> (Value, String) {
    let screen = told["screen"].as_str().unwrap_or_default().to_owned();
    (told["code"].clone(), screen)
}
