//! Anything that a relay may say: every octet of it is foreign.

use crate::smtp::capabilities::Capabilities;
use crate::smtp::inbox::{Inbox, MAX_REPLY, MAX_WORDS};

use super::*;

const REPLIES: [&[u8]; 22] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"250 ",
    b"250-",
    b"250",
    b"354 ",
    b"421 4.3.2 ",
    b"550 5.1.1 ",
    b"550-5.7.515 ",
    b"199 ",
    b"600 ",
    b"5.1.1 ",
    b"AUTH=LOGIN PLAIN",
    b"SIZE 99999999999999999999",
    b"\x1b]0;title\x07",
    b"\xc2\x9b2J",
    "\u{202e}".as_bytes(),
    "\u{2028}".as_bytes(),
    b"\xd3\xca\xcf\xe4",
    b"\xff\xfe",
];

/// The result of reading: each reply, and why there is no further one.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    replies: Vec<Reply>,
    end: Result<usize, String>,
}

/// Reads as a session does: a piece is put in, and all replies in it are taken out.
fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Read {
    let (mut inbox, mut given, mut replies) = (Inbox::default(), 0, Vec::new());
    for piece in pieces {
        inbox.put(piece);
        given += piece.len();
        loop {
            match inbox.reply() {
                Ok(Some(reply)) => {
                    is_safe_to_show(&reply);
                    let _ = Capabilities::from_ehlo(&reply);
                    replies.push(reply);
                }
                Ok(None) => break,
                Err(cause) => {
                    let words = cause.to_string();
                    assert!(!words.contains(char::is_control), "{words:?}");
                    return Read {
                        replies,
                        end: Err(words),
                    };
                }
            }
            assert!(inbox.waiting() <= given, "more was used than was given");
        }
        assert!(inbox.waiting() <= MAX_REPLY, "{} bytes are held", inbox.waiting());
    }
    Read {
        replies,
        end: Ok(inbox.waiting()),
    }
}

fn is_safe_to_show(reply: &Reply) {
    assert!(
        reply.code().is_some_and(|code| (200..=599).contains(&code)),
        "{reply:?}"
    );
    // An escape is longer than what it stands for.
    assert!(
        reply.text().len() <= 8 * MAX_REPLY,
        "{} octets",
        reply.text().len()
    );
    let lines = reply.to_string();
    for text in reply.text().split('\n').chain([lines.as_str()]) {
        let bad = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(bad), "{text:?}");
    }
}

/// The slow and obvious way: the codes of the replies, and whether it ends without an error.
fn codes(bytes: &[u8]) -> (Vec<u16>, bool) {
    let (mut codes, mut begun, mut length) = (Vec::new(), None, 0);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        // Of a long line the beginning tells, also before its end is there.
        let (whole, octets) = (line.ends_with(b"\n"), line.len());
        if length + octets.min(MAX_WORDS + 1) > MAX_REPLY {
            return (codes, false);
        }
        if !whole && octets <= MAX_WORDS {
            break;
        }
        let line = if whole && octets <= MAX_WORDS + 1 {
            let line = &line[..octets - 1];
            line.strip_suffix(b"\r").unwrap_or(line)
        } else {
            &line[..MAX_WORDS]
        };
        let code = line.get(..3).filter(|code| code.iter().all(u8::is_ascii_digit));
        let code = code.and_then(|code| std::str::from_utf8(code).ok()?.parse().ok());
        let Some(code) = code.filter(|code| (200..=599).contains(code)) else {
            return (codes, false);
        };
        if !matches!(line.get(3), None | Some(b' ' | b'-')) {
            return (codes, false);
        }
        if begun.is_some_and(|begun| begun != code) {
            return (codes, false);
        }
        begun = Some(code);
        length += octets;
        if length > MAX_REPLY {
            return (codes, false);
        }
        if !whole {
            break;
        }
        if line.get(3) != Some(&b'-') {
            codes.push(code);
            (begun, length) = (None, 0);
        }
    }
    (codes, true)
}

#[test]
fn whatever_a_relay_says_is_read_the_same_in_any_pieces_and_safe_to_show() {
    fuzzing::hold("reply", &REPLIES, |bytes| {
        let whole = read([bytes].into_iter());
        let (codes, ended_well) = codes(bytes);
        assert_eq!(whole.end.is_ok(), ended_well, "{whole:?}");
        let of_replies: Vec<_> = whole.replies.iter().filter_map(Reply::code).collect();
        assert_eq!(of_replies, codes, "{whole:?}");
        // Byte by byte, or as the network would have it.
        let piece = if bytes.len() < 512 { 1 } else { 1460 };
        assert_eq!(read(bytes.chunks(piece)), whole, "in pieces of {piece}");
        // Every place in a short input, some in a long one.
        let step = if bytes.len() < 128 { 1 } else { 1 + bytes.len() / 5 };
        for cut in (0..=bytes.len()).step_by(step) {
            let (head, tail) = bytes.split_at(cut);
            assert_eq!(read([head, tail].into_iter()), whole, "cut at {cut}");
        }
        let words = whole
            .end
            .err()
            .map(|words| words.chars().take(12).collect::<String>());
        (codes, words)
    });
}
