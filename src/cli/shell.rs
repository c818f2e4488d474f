//! Words quoted so that a shell passes them on unchanged.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// A path that is taken for no flag.
pub(super) fn path(path: &Path) -> OsString {
    let word = path.as_os_str();
    if word.as_encoded_bytes().starts_with(b"-") {
        Path::new(".").join(path).into_os_string()
    } else {
        word.to_owned()
    }
}

/// A word for sh, also where no text can show it.
#[cfg(unix)]
pub(super) fn quoted(word: impl AsRef<OsStr>) -> String {
    use std::os::unix::ffi::OsStrExt;
    let word = word.as_ref();
    match word.to_str().filter(|text| !text.chars().any(is_unseen)) {
        Some(text) => shlex::try_quote(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned),
        None => printed(word.as_bytes()),
    }
}

/// What a terminal obeys or does not show.
#[cfg(unix)]
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// `"$(printf 'caf\351')"`: octets that are not text, or that a terminal would obey. Every sh has
/// printf.
#[cfg(unix)]
fn printed(octets: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut format = String::new();
    for octet in octets {
        match octet {
            b'%' => format.push_str("%%"),
            b' '..=b'~' if !matches!(octet, b'\'' | b'\\') => format.push(char::from(*octet)),
            // Writing into a text does not fail.
            _ => drop(write!(format, "\\{octet:03o}")),
        }
    }
    format!("\"$(printf '{format}')\"")
}

/// A word for cmd.exe and PowerShell.
#[cfg(not(unix))]
pub(super) fn quoted(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref().to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "-_.:/\\@+=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("\"{}\"", word.replace('"', "\\\""))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStrExt;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_shell_hands_every_word_on_as_it_was() {
        for word in [
            &b"plain"[..],
            b"",
            b"two words",
            b"it's \"so\" $HOME `id` \\ !x #y ~z *",
            "教室 名单".as_bytes(),
            b"caf\xe9 100% it's \\n",
            b"line\nbreak\x1b[31m",
            "left\u{202e}right".as_bytes(),
        ] {
            let line = format!("printf %s {}", quoted(OsStr::from_bytes(word)));
            let said = Command::new("sh").args(["-c", &line]).output().unwrap();
            assert_eq!(said.stdout, word, "{line}");
        }
    }
}
