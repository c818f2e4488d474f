//! Marks around the values in rendered HTML.
//!
//! The marks are noncharacters (Unicode §23.7): no text that is exchanged may
//! hold them, so none is taken for one that was there before.

use std::io::{self, Write};

use memchr::memmem;

/// In front of a value, and behind it.
const OPEN: &str = "\u{fdd0}";
const CLOSE: &str = "\u{fdd1}";
/// In front of and behind the number of a value that is taken out.
const PLACE: &str = "\u{fdd2}";
const PLACED: &str = "\u{fdd3}";

/// Writes a value, escaped for HTML and marked.
pub(super) fn escape(value: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(OPEN.as_bytes())?;
    // A block that was captured and is written as a value has marks inside.
    tera::escape_html(&removed(value), out)?;
    out.write_all(CLOSE.as_bytes())
}

/// The text without marks.
pub fn removed(marked: &str) -> String {
    let mut text = String::with_capacity(marked.len());
    let mut from = 0;
    for at in memmem::find_iter(marked.as_bytes(), &OPEN.as_bytes()[..2]) {
        let Some(mark) = marked.get(at..at + OPEN.len()) else {
            continue;
        };
        if [OPEN, CLOSE, PLACE, PLACED].contains(&mark) {
            text.push_str(&marked[from..at]);
            from = at + mark.len();
        }
    }
    text.push_str(&marked[from..]);
    text
}

/// The next marked value, with what is before and behind it. The outer `None`:
/// the marks do not belong together.
pub fn next(marked: &str) -> Option<Option<(&str, &str, &str)>> {
    let Some(open) = memmem::find(marked.as_bytes(), OPEN.as_bytes()) else {
        return (!marked.contains(CLOSE)).then_some(None);
    };
    let (before, inside) = (&marked[..open], &marked[open + OPEN.len()..]);
    let close = memmem::find(inside.as_bytes(), CLOSE.as_bytes())?;
    let (value, behind) = (&inside[..close], &inside[close + CLOSE.len()..]);
    let torn = before.contains(CLOSE) || value.contains(OPEN);
    (!torn).then_some(Some((before, value, behind)))
}

/// What stands for the value of this number in a text without values.
pub fn place(number: usize) -> String {
    format!("{PLACE}{number}{PLACED}")
}

/// Whether a value belongs somewhere in this text.
pub fn holds_place(text: &str) -> bool {
    text.contains(PLACE) || text.contains(PLACED)
}

/// The next number of a value, with what is before and behind it.
pub fn next_place(text: &str) -> Option<(&str, usize, &str)> {
    let (before, inside) = text.split_once(PLACE)?;
    let (number, behind) = inside.split_once(PLACED)?;
    Some((before, number.parse().ok()?, behind))
}
