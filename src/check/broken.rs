//! What is said of text that was broken before it came here: in cells that a message takes, and in
//! templates.

use std::ops::Range;

use crate::campaign::Problem;
use crate::table::broken::{Broken, undone};

use super::source::{Kind, Source};

/// Octets of a line that are looked at.
const LONGEST: usize = 400;

/// Stands for what is lost for good.
const LOST: char = '\u{fffd}';

/// What kind it is, for counting: cells of one kind in one column are told together.
pub(super) fn kind(broken: &Broken) -> u8 {
    match broken {
        Broken::Formula => 0,
        Broken::Loading => 1,
        Broken::Narrow => 2,
        Broken::Digits => 3,
        Broken::Lost => 4,
        Broken::Misread(_) => 5,
        Broken::Entities(_) => 6,
        Broken::EncodedWord(_) => 7,
    }
}

/// Whether it is all of its cell, so that a text shows it as it stands there.
pub(super) fn is_whole(broken: &Broken) -> bool {
    match broken {
        Broken::Formula | Broken::Loading | Broken::Narrow | Broken::Digits => true,
        Broken::Lost | Broken::Misread(_) | Broken::Entities(_) | Broken::EncodedWord(_) => false,
    }
}

/// What is said of such a cell of a column.
pub(super) fn problem(column: &str, broken: &Broken) -> Problem {
    let of = |what: &str| Problem::warning(format!("the column `{column}` holds {what}"));
    match broken {
        Broken::Formula => of("what a spreadsheet writes when a formula fails")
            .code("formula-error")
            .help("correct the formula, and save the list again"),
        Broken::Loading => of("what a spreadsheet shows until a value is there")
            .code("formula-error")
            .help("wait until all values are there, and save the list again"),
        Broken::Narrow => of("what a spreadsheet shows where a column is too narrow for its value")
            .code("formula-error")
            .help("make the column wider, and save the list again"),
        Broken::Digits => of("a number whose last digits are lost: a spreadsheet has shortened it")
            .code("lost-digits")
            .help("format the column as text before the numbers are put in, put them in anew, and save the list again"),
        Broken::Lost => of("`\u{fffd}`, which stands for a character that was lost")
            .code("broken-text")
            .help("write the cell again; or get the list anew from where it comes, as \"CSV UTF-8\""),
        Broken::Misread(meant) if meant.contains(LOST) => of("text that was read in a wrong encoding")
            .code("broken-text")
            .help(format!(
                "it was `{meant}`, where {LOST} stands for what is lost; get the list anew as \"CSV UTF-8\", or write the cell again"
            )),
        Broken::Misread(meant) => of("text that was read in a wrong encoding")
            .code("broken-text")
            .help(format!(
                "write `{meant}`; or get the list anew from where it comes, as \"CSV UTF-8\""
            )),
        Broken::Entities(meant) => of("signs of HTML, and they go out as they stand")
            .code("broken-text")
            .help(format!("write `{meant}` into the cell")),
        Broken::EncodedWord(meant) => of("a name as mails encode it, and it goes out as it stands")
            .code("broken-text")
            .help(format!("write `{meant}` into the cell")),
    }
}

/// Lines of a template that were read in a wrong encoding before they were saved.
pub(super) fn in_template(source: &Source) -> Option<Problem> {
    if source.kind == Kind::Other {
        return None;
    }
    let spans = source.spans(misread);
    let first = source.text().get(spans.first()?.clone())?;
    let meant = undone(first)?;
    let problem = Problem::warning("this text was read in a wrong encoding before it was saved")
        .code("broken-text")
        .help(format!("write `{meant}`, and save the file as UTF-8"));
    source.placed(problem, spans)
}

/// The words between blanks that are so.
fn misread(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut spans = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let end = start + word.len();
        let trimmed = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
        if !trimmed.is_ascii() && trimmed.len() <= LONGEST && undone(trimmed).is_some() {
            spans.push(start..start + trimmed.len());
        }
        start = end;
    }
    spans
}
