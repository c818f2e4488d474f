//! The gate over the finished octets (RFC 5321 §2.3.8, §4.5.3.1.6).
//!
//! Whatever a template, a cell or a library did: what leaves has CRLF line
//! ends only, no NUL, no line over 998 octets, and headers without control
//! characters. A bare LF or CR is how one mail smuggles in a second
//! (CVE-2023-51764), and half the servers refuse it.

use memchr::{memchr, memchr2_iter};

/// The longest line without its CRLF.
const LONGEST_LINE: usize = 998;

/// Why the octets may not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    /// A CR without LF or an LF without CR.
    #[error("line {0} of the message ends in a bare CR or LF")]
    BareLineEnd(usize),
    /// A NUL octet.
    #[error("the message holds a NUL octet")]
    Nul,
    /// Over 998 octets.
    #[error("line {line} of the message has {octets} octets; at most 998 are allowed")]
    LongLine {
        /// Counted from 1.
        line: usize,
        /// Without CRLF.
        octets: usize,
    },
    /// A control character in the header section.
    #[error("line {0} of the message's header holds a control character")]
    HeaderControl(usize),
    /// No end of header, or no line end at the end.
    #[error("the message is not complete")]
    Incomplete,
}

/// Lets the octets pass, or says why not.
///
/// # Errors
/// The first thing wrong, with its line.
pub fn pass(content: &[u8]) -> Result<(), GateError> {
    if memchr(0, content).is_some() {
        return Err(GateError::Nul);
    }
    let (mut line, mut start, mut in_header) = (1, 0, true);
    let mut ends = memchr2_iter(b'\r', b'\n', content);
    while let Some(end) = ends.next() {
        if content.get(end..end + 2) != Some(b"\r\n") {
            return Err(GateError::BareLineEnd(line));
        }
        // The LF of this pair.
        ends.next();
        let text = content.get(start..end).unwrap_or_default();
        if text.len() > LONGEST_LINE {
            return Err(GateError::LongLine {
                line,
                octets: text.len(),
            });
        }
        if in_header {
            if text.is_empty() {
                in_header = false;
            } else if text.iter().any(|b| (*b < 0x20 && *b != b'\t') || *b == 0x7f) {
                return Err(GateError::HeaderControl(line));
            }
        }
        start = end + 2;
        line += 1;
    }
    if in_header || start != content.len() {
        return Err(GateError::Incomplete);
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
            (long.as_str(), Err(GateError::LongLine { line: 3, octets: 999 })),
        ] {
            assert_eq!(pass(content.as_bytes()), verdict, "{content:?}");
        }
    }
}
