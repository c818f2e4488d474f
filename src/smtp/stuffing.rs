//! A content as it is sent: one more dot before each line that begins with a dot (RFC 5321 §4.5.2),
//! and the octets of several messages written without copying them.

use std::sync::Arc;

use memchr::memmem;

/// The content of a message: octets of its own, and shared ones set in between them.
///
/// All of it together has CRLF line ends and no bare CR or LF. It is dot-stuffed on its way, but
/// for the shared octets, which are written from where they lie: no line in them begins with a
/// dot (base64 has none).
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    /// The octets that are this message's alone.
    pub own: &'a [u8],
    /// Octets of several messages, in ascending order of where in `own` they are set in.
    pub shared: &'a [(usize, Arc<[u8]>)],
}

impl<'a> From<&'a [u8]> for Content<'a> {
    fn from(own: &'a [u8]) -> Content<'a> {
        Content { own, shared: &[] }
    }
}

/// Appends the content's own octets with a dot before each line that begins with one, up to and
/// with the end of its last line. Returns where in `out` each of the shared octets belongs.
pub(super) fn stuff(content: Content<'_>, out: &mut Vec<u8>) -> Vec<usize> {
    let begin = out.len();
    let mut places = Vec::with_capacity(content.shared.len());
    // The last octets before a place, whosever they are, tell whether a line begins there.
    let mut tail = *b"\r\n";
    let mut at = 0;
    out.reserve(content.own.len() + content.own.len() / 64 + 16);
    for (place, shared) in content.shared {
        let own = content.own.get(at..*place).unwrap_or_default();
        tail = stuff_own(own, tail, out);
        at = *place;
        places.push(out.len());
        tail = tail_of(tail, shared);
    }
    let tail = stuff_own(content.own.get(at..).unwrap_or_default(), tail, out);
    if tail != *b"\r\n" || (out.len() == begin && content.shared.is_empty()) {
        out.extend_from_slice(b"\r\n");
    }
    places
}

fn stuff_own(own: &[u8], tail: [u8; 2], out: &mut Vec<u8>) -> [u8; 2] {
    let begins_line = match own {
        [b'.', ..] => tail == *b"\r\n",
        [b'\n', b'.', ..] => tail[1] == b'\r',
        _ => false,
    };
    let mut from = 0;
    if begins_line {
        from = usize::from(own.starts_with(b"\n"));
        out.extend_from_slice(&own[..from]);
        out.push(b'.');
    }
    for found in memmem::find_iter(own, b"\r\n.") {
        out.extend_from_slice(&own[from..found + 2]);
        out.push(b'.');
        from = found + 2;
    }
    out.extend_from_slice(&own[from..]);
    tail_of(tail, own)
}

/// The last two octets after `more` is appended to what ended in `tail`.
fn tail_of(tail: [u8; 2], more: &[u8]) -> [u8; 2] {
    match more {
        [] => tail,
        [one] => [tail[1], *one],
        [.., one, two] => [*one, *two],
    }
}

/// The octets of a flight in the order they go out.
pub(super) fn parts<'a>(
    flight: &'a [u8],
    places: &[usize],
    shared: &'a [(usize, Arc<[u8]>)],
) -> Vec<&'a [u8]> {
    let mut parts = Vec::with_capacity(2 * places.len() + 1);
    let mut at = 0;
    for (place, (_, octets)) in places.iter().zip(shared) {
        parts.push(&flight[at..*place]);
        parts.push(&octets[..]);
        at = *place;
    }
    parts.push(&flight[at..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINAL_DOT: &[u8] = b".\r\n";

    /// The wire form of a content cut at these places, every other piece of it shared.
    fn stuffed(pieces: &[&[u8]]) -> Vec<u8> {
        let (mut own, mut shared) = (Vec::new(), Vec::new());
        for (i, piece) in pieces.iter().enumerate() {
            if i % 2 == 0 {
                own.extend_from_slice(piece);
            } else {
                shared.push((own.len(), Arc::from(*piece)));
            }
        }
        let mut flight = Vec::new();
        let content = Content {
            own: &own,
            shared: &shared,
        };
        let places = stuff(content, &mut flight);
        parts(&flight, &places, &shared).concat()
    }

    /// The slow and obvious way.
    fn line_by_line(content: &[u8]) -> Vec<u8> {
        let mut wire = Vec::new();
        for line in content.split_inclusive(|b| *b == b'\n') {
            if line.starts_with(b".") {
                wire.push(b'.');
            }
            wire.extend_from_slice(line);
        }
        if !content.ends_with(b"\r\n") {
            wire.extend_from_slice(b"\r\n");
        }
        wire
    }

    #[test]
    fn lines_that_begin_with_a_dot_get_another() {
        assert_eq!(
            stuffed(&[b".a\r\n..\r\n.\r\nb.\r\n"]),
            b"..a\r\n...\r\n..\r\nb.\r\n"
        );
        assert_eq!(stuffed(&[b""]), b"\r\n");
        assert_eq!(stuffed(&[b"no end"]), b"no end\r\n");
        assert_eq!(stuffed(&[b"."]), b"..\r\n");
    }

    #[test]
    fn shared_octets_may_be_set_in_anywhere() {
        let whole = b".a\r\nAbC=\r\n.b\r\n\r\nQUJD\r\n..\r\nend";
        // The pieces a shared one may be: no line in them begins with a dot.
        for (from, to) in [(4, 10), (5, 8), (15, 21), (17, 21), (4, 4)] {
            for more in 0..3 {
                let to = (to + more).min(21).max(to);
                let cut: [&[u8]; 3] = [&whole[..from], &whole[from..to], &whole[to..]];
                if memmem::find(cut[1], b"\r\n.").is_none() {
                    assert_eq!(stuffed(&cut), line_by_line(whole), "{from}..{to}");
                }
            }
        }
        assert_eq!(stuffed(&[b"a\r\n", b"QUJD", b""]), b"a\r\nQUJD\r\n");
        assert_eq!(stuffed(&[b"", b"QUJD\r\n", b""]), b"QUJD\r\n");
    }

    /// What a server reads after DATA: the content, and the rest.
    fn received(wire: &[u8]) -> Option<(Vec<u8>, &[u8])> {
        let (mut content, mut left) = (Vec::new(), wire);
        while let Some(end) = memmem::find(left, b"\r\n") {
            let (line, rest) = left.split_at(end + 2);
            left = rest;
            if line == FINAL_DOT {
                return Some((content, left));
            }
            content.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        }
        None
    }

    #[test]
    fn whatever_a_content_holds_arrives_as_it_was_and_ends_once() {
        let words: [&[u8]; 8] = [
            b"\r\n.\r\n",
            b"\r\n..\r\n",
            b"\r\n.",
            b".",
            b"\r\n",
            b"\r",
            b"\n.\n",
            b"\n",
        ];
        fuzzing::hold("wire", &words, |octets| {
            // As the gate over the octets lets it through: every line ends in CRLF.
            let lines = String::from_utf8_lossy(octets)
                .replace("\r\n", "\n")
                .replace('\r', "\n");
            let whole = lines.replace('\n', "\r\n").into_bytes();
            if whole.is_empty() {
                return (0, 0);
            }
            let ends = whole.ends_with(b"\r\n");
            let arrives = [&whole, &b"\r\n"[if ends { 2 } else { 0 }..]].concat();
            for from in (0..=whole.len()).step_by(1 + whole.len() / 16) {
                for length in [0, 1, 2, 5, whole.len()] {
                    let to = (from + length).min(whole.len());
                    let cut: [&[u8]; 3] = [&whole[..from], &whole[from..to], &whole[to..]];
                    // A line of shared octets never begins with a dot.
                    let begins_line = from == 0 || whole[..from].ends_with(b"\r\n");
                    let dot = begins_line && cut[1].starts_with(b".");
                    if dot || cut[1].starts_with(b"\n.") || memmem::find(cut[1], b"\r\n.").is_some() {
                        continue;
                    }
                    let wire = [stuffed(&cut).as_slice(), FINAL_DOT, b"MAIL"].concat();
                    let (content, left) = received(&wire).unwrap();
                    assert!(content == arrives, "{}..{to}: {}", from, wire.escape_ascii());
                    assert_eq!(left, b"MAIL", "{from}..{to}: {}", wire.escape_ascii());
                }
            }
            (
                memmem::find_iter(&whole, b"\r\n.").count().min(8),
                whole.len().min(64),
            )
        });
    }
}
