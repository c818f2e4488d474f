//! Asks a person: always on the terminal, never on stdin, which may be the recipients.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::campaign::{Campaign, Overrides};
use crate::words::{Lang, Said, say};

use super::settings;
use super::signals::Ending;

/// The language of everything that a person reads here; the first call chooses it.
static LANG: OnceLock<Lang> = OnceLock::new();

/// The language of this terminal: of `--lang`, else of the user's settings, else of the first locale
/// that is set, else of the system, which on Windows and macOS sets no locale.
pub(super) fn lang() -> Lang {
    *LANG.get_or_init(|| settings::lang().unwrap_or_else(|| Lang::of_locale(&locale())))
}

/// Chooses the language, before anything is said.
pub(super) fn speak(lang: Lang) {
    let _ = LANG.set(lang);
}

fn locale() -> String {
    let set = |name: &&str| std::env::var(name).ok().filter(|locale| !locale.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(set)
        .or_else(sys_locale::get_locale)
        .unwrap_or_default()
}

/// A sentence in the language of this terminal.
pub(super) fn words(said: &Said) -> String {
    said.in_lang(lang())
}

/// Whether a question would be seen, and can be answered.
pub(super) fn can_ask() -> bool {
    std::io::stderr().is_terminal() && tty().is_ok()
}

fn tty() -> std::io::Result<File> {
    File::open(if cfg!(windows) { "CONIN$" } else { "/dev/tty" })
}

/// If a list or a text is read from stdin, and stdin is a terminal, says that it waits for typed input.
pub(super) fn tell_typed(campaign: &Path, overrides: &Overrides) {
    let stdin = std::io::stdin();
    let what = match Campaign::folders(campaign, overrides) {
        Some(folders) if folders.piped => say!("cli-run-typing"),
        Some(folders) if folders.typed => say!("cli-run-typing-text"),
        Some(_) | None => return,
    };
    if stdin.is_terminal() {
        let _ = writeln!(std::io::stderr().lock(), "{}", words(&what));
    }
}

/// How often the end of the question is checked.
const EVERY: Duration = Duration::from_millis(50);

/// Asks for yes or no; anything but a clear yes is no. `None`: Ctrl-C.
pub(super) fn yes_or_no(question: &str) -> std::io::Result<Option<bool>> {
    // Before the question is seen: Ctrl-C may be the answer at once.
    let ending = Ending::heard();
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{question} [y/N] ")?;
    stderr.flush()?;
    let Some(answer) = typed(tty()?, &ending)? else {
        writeln!(stderr)?;
        return Ok(None);
    };
    if !answer.ends_with('\n') {
        // Ctrl-D: nobody ended the line.
        writeln!(stderr)?;
    }
    Ok(Some(matches!(
        answer.trim().to_lowercase().as_str(),
        "y" | "yes" | "是" | "j" | "ja" | "o" | "oui"
    )))
}

/// Asks for a line of text. `None`: Ctrl-C or Ctrl-D, and nobody answered.
pub(super) fn line(prompt: &str) -> std::io::Result<Option<String>> {
    let ending = Ending::heard();
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{prompt}")?;
    stderr.flush()?;
    let answer = typed(tty()?, &ending)?.filter(|answer| answer.ends_with('\n'));
    if answer.is_none() {
        writeln!(stderr)?;
    }
    Ok(answer.map(|answer| answer.trim().to_owned()))
}

/// A line, unless a signal comes before it. Reading cannot be interrupted, so that it has a thread of its
/// own, which then ends with the process.
fn typed(tty: File, ending: &Ending) -> std::io::Result<Option<String>> {
    let (sender, line) = channel();
    std::thread::spawn(move || {
        let _ = sender.send(a_line(tty));
    });
    loop {
        match line.recv_timeout(EVERY) {
            Ok(answer) => return answer.map(Some),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) if ending.is_asked_for() => return Ok(None),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// A line of the terminal; what is not text in it is shown as such.
fn a_line(tty: File) -> std::io::Result<String> {
    // Of the console of Windows, only the standard input is read as text in any script.
    if cfg!(windows) && std::io::stdin().is_terminal() {
        let mut answer = String::new();
        return std::io::stdin().read_line(&mut answer).map(|_| answer);
    }
    let mut answer = Vec::new();
    BufReader::new(tty).read_until(b'\n', &mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Asks for a password without showing it.
pub(super) fn password(prompt: &str) -> std::io::Result<String> {
    rpassword::prompt_password(prompt)
}
