//! Asking a person: always on the terminal, never on stdin, which may be the
//! recipients.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write};

/// Whether a question would be seen, and can be answered.
pub(super) fn can_ask() -> bool {
    std::io::stderr().is_terminal() && tty().is_ok()
}

fn tty() -> std::io::Result<File> {
    File::open(if cfg!(windows) { "CONIN$" } else { "/dev/tty" })
}

/// Asks for yes or no; anything but a clear yes is no.
pub(super) fn yes_or_no(question: &str) -> std::io::Result<bool> {
    let mut stderr = std::io::stderr().lock();
    write!(stderr, "{question} [y/N] ")?;
    stderr.flush()?;
    let mut answer = String::new();
    BufReader::new(tty()?).read_line(&mut answer)?;
    if !answer.ends_with('\n') {
        // Ctrl-D: nobody ended the line.
        writeln!(stderr)?;
    }
    Ok(matches!(
        answer.trim().to_lowercase().as_str(),
        "y" | "yes" | "是" | "j" | "ja" | "o" | "oui"
    ))
}

/// Asks for a password without showing it.
pub(super) fn password(prompt: &str) -> std::io::Result<String> {
    rpassword::prompt_password(prompt)
}
