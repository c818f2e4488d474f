//! Whether a file is JSON, and how its objects are arranged.

use std::io::{self, BufRead};
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE};
use serde::de::IgnoredAny;

/// U+FEFF in UTF-8.
pub(super) const MARK: &[u8] = "\u{feff}".as_bytes();

/// Takes a byte order mark, which RFC 8259 lets readers do; how many octets that were.
pub(super) fn skip_mark(input: &mut impl BufRead) -> io::Result<u64> {
    if !input.fill_buf()?.starts_with(MARK) {
        return Ok(0);
    }
    input.consume(MARK.len());
    Ok(MARK.len() as u64)
}

/// How the objects are arranged in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One per line.
    Lines,
    /// In a list, or in a list inside of the one object that the file is.
    Value,
}

/// What the name of a file promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Promised {
    Lines,
    Json,
    Nothing,
}

fn promised(path: &Path) -> Promised {
    let suffix = path.extension().and_then(|s| s.to_str()).unwrap_or_default();
    match suffix.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Promised::Lines,
        "json" => Promised::Json,
        _ => Promised::Nothing,
    }
}

/// The first value of a text.
enum First {
    /// It ends there.
    Ends(usize),
    /// It goes on behind what was looked at.
    GoesOn,
    /// There is none.
    None,
}

fn first(text: &[u8]) -> First {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => First::Ends(values.byte_offset()),
        Some(Err(error)) if error.is_eof() => First::GoesOn,
        Some(Err(_)) | None => First::None,
    }
}

/// How the objects are arranged in a file that begins with `start`; `None` if it is not JSON.
pub(super) fn of(path: &Path, start: &[u8]) -> Option<Shape> {
    let promised = promised(path);
    if promised == Promised::Lines {
        return Some(Shape::Lines);
    }
    let found = found(start.strip_prefix(MARK).unwrap_or(start).trim_ascii_start());
    // What is called JSON and is not has a mistake in it, which is worth its place.
    found.or((promised == Promised::Json).then_some(Shape::Value))
}

fn found(text: &[u8]) -> Option<Shape> {
    let blank = |from: usize| text.get(from..).is_some_and(|rest| rest.trim_ascii().is_empty());
    match text.first()? {
        b'[' => match first(text) {
            First::Ends(end) => blank(end).then_some(Shape::Value),
            First::GoesOn => Some(Shape::Value),
            First::None => None,
        },
        b'{' => {
            let line = memchr::memchr(b'\n', text).unwrap_or(text.len());
            match first(text) {
                First::Ends(end) if end > line => Some(Shape::Value),
                First::Ends(end) if blank(end) => Some(Shape::Value),
                First::Ends(end) => {
                    let rest = text.get(end..line).unwrap_or_default();
                    rest.trim_ascii().is_empty().then_some(Shape::Lines)
                }
                First::GoesOn => Some(Shape::Value),
                First::None => mostly_objects(text).then_some(Shape::Lines),
            }
        }
        _ => None,
    }
}

/// Whether most lines are objects, where the first is a broken one.
fn mostly_objects(text: &[u8]) -> bool {
    let (mut objects, mut others) = (0, 0);
    for line in text.split(|octet| *octet == b'\n').map(<[u8]>::trim_ascii) {
        let is_object =
            line.starts_with(b"{") && matches!(first(line), First::Ends(end) if end == line.len());
        if is_object {
            objects += 1;
        } else if !line.is_empty() {
            others += 1;
        }
    }
    objects > 0 && objects >= others
}

/// Whether it is JSON in UTF-16.
pub(super) fn is_wide(path: &Path, start: &[u8]) -> bool {
    let encoding = match start {
        [0xff, 0xfe, ..] | [b'[' | b'{', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'[' | b'{', ..] => UTF_16BE,
        _ => return false,
    };
    let (text, _, _) = encoding.decode(start);
    of(path, text.as_bytes()).is_some()
}
