//! The result of a source, and which part of it is the secret.
//!
//! Editors and shells write more than what was typed: a byte order mark (Notepad), UTF-16
//! (PowerShell's `>`), line ends of both kinds. None of this is part of a password.

use encoding_rs::{Encoding, UTF_8, UTF_16LE};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

/// How much of what a source gives is the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The first line: `pass` and editors add a line end, and further lines (a
    /// user name, a URL) are not the password.
    Line,
    /// All of it.
    Text,
}

/// Why what a source gives cannot be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// There is nothing.
    Empty,
    /// It is not text.
    NotText,
    /// It holds a NUL, which would end it in the middle of a login.
    Nul,
}

impl Wanted {
    pub(super) fn of(self, octets: &[u8]) -> Result<SecretString, Unfit> {
        let text = text(octets).ok_or(Unfit::NotText)?;
        let wanted = match self {
            Self::Line => text.split(['\n', '\r']).next().unwrap_or_default(),
            Self::Text => text.as_str(),
        };
        if wanted.contains('\0') {
            return Err(Unfit::Nul);
        }
        if wanted.is_empty() {
            return Err(Unfit::Empty);
        }
        Ok(SecretString::from(wanted.to_owned()))
    }
}

/// What octets say, without the mark that tells how they are written.
fn text(octets: &[u8]) -> Option<Zeroizing<String>> {
    let (encoding, mark) = match Encoding::for_bom(octets) {
        Some(found) => found,
        None if is_bare_utf_16(octets) => (UTF_16LE, 0),
        None => (UTF_8, 0),
    };
    let octets = octets.get(mark..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(octets)?;
    Some(Zeroizing::new(text.into_owned()))
}

/// Whether this is ASCII as Windows writes it where it leaves the mark out.
fn is_bare_utf_16(octets: &[u8]) -> bool {
    let (pairs, rest) = octets.as_chunks::<2>();
    rest.is_empty() && !pairs.is_empty() && pairs.iter().all(|[low, high]| *low != 0 && *high == 0)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn what_editors_and_shells_add_is_no_part_of_it() {
        let utf_16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let big = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
        for octets in [
            b"p\xc3\xa4ss".to_vec(),
            b"p\xc3\xa4ss\n".to_vec(),
            b"p\xc3\xa4ss\r\nuser: ada\r\n".to_vec(),
            b"\xef\xbb\xbfp\xc3\xa4ss\r\n".to_vec(),
            utf_16("\u{feff}p\u{e4}ss\r\n"),
            big("\u{feff}p\u{e4}ss\n"),
        ] {
            let secret = Wanted::Line.of(&octets).unwrap();
            assert_eq!(secret.expose_secret(), "p\u{e4}ss", "{octets:?}");
        }
        assert_eq!(
            Wanted::Line.of(&utf_16("pass\r\n")).unwrap().expose_secret(),
            "pass"
        );
        // Blanks may be meant.
        assert_eq!(Wanted::Line.of(b" pass \n").unwrap().expose_secret(), " pass ");
        assert_eq!(
            Wanted::Text.of(b"\xef\xbb\xbfa\nb\n").unwrap().expose_secret(),
            "a\nb\n"
        );
    }

    #[test]
    fn what_no_login_takes_is_refused() {
        for (octets, unfit) in [
            (&b"pa\0ss\n"[..], Unfit::Nul),
            (b"\0\0", Unfit::Nul),
            (b"p\xe4ss", Unfit::NotText),
            (b"\xff\xfea", Unfit::NotText),
            (b"", Unfit::Empty),
            (b"\xef\xbb\xbf\r\n", Unfit::Empty),
            (b"\nsecond", Unfit::Empty),
        ] {
            assert_eq!(Wanted::Line.of(octets).unwrap_err(), unfit, "{octets:?}");
        }
    }
}
