//! The gate over the finished octets (RFC 5321 §2.3.8, §4.5.3.1.6).
//!
//! Whatever a template, a cell or a library did: the result has only CRLF line ends, no NUL, no
//! line over 998 octets, and no control characters in headers. A bare LF or CR is how one message
//! smuggles in a second (CVE-2023-51764), and half the servers refuse it.

use memchr::{memchr, memchr_iter, memmem};

use crate::words::{Arg, Said, Speak, say, spoken};

/// The longest line without its CRLF.
const LONGEST_LINE: usize = 998;

/// Why the octets may not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateError {
    /// A CR without LF or an LF without CR.
    BareLineEnd(usize),
    /// A NUL octet.
    Nul,
    /// Over 998 octets.
    LongLine {
        /// Counted from 1.
        line: usize,
        /// Without CRLF.
        octets: usize,
    },
    /// A control character in the header section.
    HeaderControl(usize),
    /// A line of shared octets begins with a dot.
    Dot,
    /// No end of header, or no line end at the end.
    Incomplete,
}

impl Speak for GateError {
    fn said(&self) -> Said {
        match self {
            Self::BareLineEnd(line) => say!("message-gate-line-end", line = Arg::plain(line)),
            Self::Nul => say!("message-gate-nul"),
            Self::LongLine { line, octets } => {
                say!(
                    "message-gate-long-line",
                    line = Arg::plain(line),
                    octets = *octets
                )
            }
            Self::HeaderControl(line) => say!("message-gate-header-control", line = Arg::plain(line)),
            Self::Dot => say!("message-gate-dot"),
            Self::Incomplete => say!("message-gate-incomplete"),
        }
    }
}

spoken!(GateError);

impl std::error::Error for GateError {}

/// Lets the octets of a message pass, or says why not. Shared octets in them
/// pass a gate of their own, once.
///
/// # Errors
/// The first thing wrong, with its line.
pub fn pass(content: &[u8]) -> Result<(), GateError> {
    let lines = lines(content)?;
    let header = memmem::find(content, b"\r\n\r\n").ok_or(GateError::Incomplete)?;
    let header = content.get(..header).unwrap_or_default();
    if let Some(at) = header
        .iter()
        .position(|b| (*b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n')) || *b == 0x7f)
    {
        let before = header.get(..at).unwrap_or_default();
        return Err(GateError::HeaderControl(1 + memchr_iter(b'\n', before).count()));
    }
    if lines.ends_whole {
        Ok(())
    } else {
        Err(GateError::Incomplete)
    }
}

/// Accepts octets that are put into messages unchanged: in addition, no line in them may begin with
/// a dot, because they are not dot-stuffed.
///
/// # Errors
/// The first thing wrong, with its line.
pub(super) fn pass_shared(octets: &[u8]) -> Result<(), GateError> {
    lines(octets)?;
    let dotted = octets.starts_with(b".") || memmem::find(octets, b"\r\n.").is_some();
    if dotted { Err(GateError::Dot) } else { Ok(()) }
}

struct Lines {
    /// The last one has its end.
    ends_whole: bool,
}

fn lines(content: &[u8]) -> Result<Lines, GateError> {
    if memchr(0, content).is_some() {
        return Err(GateError::Nul);
    }
    let (mut line, mut start) = (1, 0);
    for end in memchr_iter(b'\n', content) {
        let text = content.get(start..end).unwrap_or_default();
        let Some(text) = text.strip_suffix(b"\r") else {
            return Err(GateError::BareLineEnd(line));
        };
        fits(text, line)?;
        start = end + 1;
        line += 1;
    }
    fits(content.get(start..).unwrap_or_default(), line)?;
    // Every LF has its CR; so a CR too many is a bare one.
    if memchr_iter(b'\r', content).count() != line - 1 {
        let bare = memchr_iter(b'\r', content).find(|at| content.get(at + 1) != Some(&b'\n'));
        let before = content.get(..bare.unwrap_or(0)).unwrap_or_default();
        return Err(GateError::BareLineEnd(1 + memchr_iter(b'\n', before).count()));
    }
    Ok(Lines {
        ends_whole: start == content.len(),
    })
}

fn fits(text: &[u8], line: usize) -> Result<(), GateError> {
    if text.len() > LONGEST_LINE {
        return Err(GateError::LongLine {
            line,
            octets: text.len(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_leave_and_what_may_not() {
        let long = format!("A: b\r\n\r\n{}\r\n", "x".repeat(999));
        for (content, verdict) in [
            ("A: b\r\n\r\nbody\r\n", Ok(())),
            ("A: b\r\n\r\n", Ok(())),
            ("A: b\r\n\tc\r\n\r\n.\r\n", Ok(())),
            ("A: b\r\n\r\nbo\ndy\r\n", Err(GateError::BareLineEnd(3))),
            ("A: b\r\n\r\nbo\rdy\r\n", Err(GateError::BareLineEnd(3))),
            ("A: b\r\n\r\nbody\r", Err(GateError::BareLineEnd(3))),
            ("A: b\r\n\r\nbo\0dy\r\n", Err(GateError::Nul)),
            ("A: b\u{1b}\r\n\r\n", Err(GateError::HeaderControl(1))),
            ("A: b\r\n", Err(GateError::Incomplete)),
            ("A: b\r\n\r\nbody", Err(GateError::Incomplete)),
            ("A: b\rc\r\n\r\n", Err(GateError::BareLineEnd(1))),
            (long.as_str(), Err(GateError::LongLine { line: 3, octets: 999 })),
        ] {
            assert_eq!(pass(content.as_bytes()), verdict, "{content:?}");
        }
    }

    #[test]
    fn shared_octets_are_whole_lines_without_a_dot_in_front() {
        for (octets, verdict) in [
            ("QUJD", Ok(())),
            ("QUJD\r\nQUJD", Ok(())),
            ("", Ok(())),
            ("QUJD\nQUJD", Err(GateError::BareLineEnd(1))),
            ("QUJD\r", Err(GateError::BareLineEnd(1))),
            (".QUJD", Err(GateError::Dot)),
            ("QUJD\r\n.QUJD", Err(GateError::Dot)),
        ] {
            assert_eq!(pass_shared(octets.as_bytes()), verdict, "{octets:?}");
        }
    }
}
