//! One answer of the server with all of its literals, each bounded before it is kept.

use super::super::failure::FetchError;
use super::super::wire::Wire;

/// No mail has a literal above this: the conversation ends.
const LARGEST: u64 = 256 << 20;

/// Literals of one answer.
const LITERALS: usize = 64;

/// An answer, whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Its octets with the line ends, as the parser wants them. A literal that is longer than was
    /// wanted is cut, and its announcement with it.
    pub(super) octets: Vec<u8>,
    /// The octets that the server announced for the longest literal.
    pub(super) announced: u64,
}

impl Frame {
    /// The first line, for people and for decisions about its kind.
    pub(super) fn first_line(&self) -> &[u8] {
        let end = memchr::memchr(b'\n', &self.octets).unwrap_or(self.octets.len());
        let line = self.octets.get(..end).unwrap_or_default();
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}

/// An answer could not be read to its end; its beginning may tell which mail it is about.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) error: FetchError,
    pub(super) begun: Vec<u8>,
}

/// The next answer; of each literal `kept` octets are kept at most.
pub(super) async fn next(wire: &mut Wire, kept: usize) -> Result<Frame, Broken> {
    let mut frame = Frame {
        octets: Vec::new(),
        announced: 0,
    };
    for _ in 0..=LITERALS {
        let line = match wire.line().await {
            Ok(line) => line,
            Err(error) => return Err(broken(error, frame)),
        };
        if frame.octets.is_empty() {
            wire.heard(&line);
        }
        let literal = if frame.octets.is_empty() && is_text(&line) {
            None
        } else {
            literal(&line)
        };
        let Some((front, size)) = literal else {
            frame.octets.extend_from_slice(&line);
            frame.octets.extend_from_slice(b"\r\n");
            return Ok(frame);
        };
        frame.octets.extend_from_slice(front);
        frame.announced = frame.announced.max(size);
        if size > LARGEST {
            return Err(broken(FetchError::TooLarge(size), frame));
        }
        let octets = match wire.octets(size, kept).await {
            Ok(octets) => octets,
            Err(error) => return Err(broken(error, frame)),
        };
        frame
            .octets
            .extend_from_slice(format!("{{{}}}\r\n", octets.len()).as_bytes());
        frame.octets.extend_from_slice(&octets);
    }
    let error = wire.out_of_step(frame.first_line());
    Err(broken(error, frame))
}

fn broken(error: FetchError, frame: Frame) -> Broken {
    Broken {
        error,
        begun: frame.octets,
    }
}

/// Whether the rest of the line is words for people, in which braces have no meaning.
fn is_text(line: &[u8]) -> bool {
    let mut words = line.split(|octet| *octet == b' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default().to_ascii_uppercase();
    first == b"+" || matches!(&*second, b"OK" | b"NO" | b"BAD" | b"BYE" | b"PREAUTH")
}

/// A line that announces a literal: what comes before the announcement, and how long it is.
fn literal(line: &[u8]) -> Option<(&[u8], u64)> {
    let inner = line.strip_suffix(b"}")?;
    let inner = inner.strip_suffix(b"+").unwrap_or(inner);
    let digits = inner
        .iter()
        .rev()
        .take_while(|octet| octet.is_ascii_digit())
        .count();
    let (front, digits) = inner.split_at(inner.len() - digits);
    let front = front.strip_suffix(b"{")?;
    // A literal of binary data differs from others in this mark only.
    let front = front.strip_suffix(b"~").unwrap_or(front);
    if digits.is_empty() {
        return None;
    }
    let size = std::str::from_utf8(digits).ok()?.parse().unwrap_or(u64::MAX);
    Some((front, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announcements_are_found_where_they_may_be() {
        let of = |line: &'static str| literal(line.as_bytes()).map(|(front, size)| (front.len(), size));
        assert_eq!(of("* 1 FETCH (BODY[] {12}"), Some((18, 12)));
        assert_eq!(of("* 1 FETCH (BODY[] {12+}"), Some((18, 12)));
        assert_eq!(of("* 1 FETCH (BINARY[] ~{3}"), Some((20, 3)));
        assert_eq!(of("{4294967295}"), Some((0, 4_294_967_295)));
        assert_eq!(of("{99999999999999999999999}"), Some((0, u64::MAX)));
        for line in ["a {}", "a 12}", "a {x}", ""] {
            assert_eq!(of(line), None, "{line}");
        }
        assert!(is_text(b"* OK see {12}") && is_text(b"a1 no {12}") && is_text(b"+ {12}"));
        assert!(!is_text(b"* 1 FETCH (BODY[] {12}") && !is_text(b"* LIST () \"/\" {3}"));
    }
}
