//! Findings about text that was damaged before it came here: in cells that a message uses, and in
//! templates.

use std::ops::Range;

use crate::campaign::Problem;
use crate::table::broken::{Broken, undone};
use crate::words::say;

use super::source::{Kind, Source};

/// Octets of a line that are looked at.
const LONGEST: usize = 400;

/// Stands for what is lost permanently.
const LOST: char = '\u{fffd}';

/// Its kind, for counting: cells of one kind in one column are reported together.
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

/// Whether it is the whole cell, so that a text shows it unchanged.
pub(super) fn is_whole(broken: &Broken) -> bool {
    match broken {
        Broken::Formula | Broken::Loading | Broken::Narrow | Broken::Digits => true,
        Broken::Lost | Broken::Misread(_) | Broken::Entities(_) | Broken::EncodedWord(_) => false,
    }
}

/// The sentence about such a cell of a column.
pub(super) fn problem(column: &str, broken: &Broken) -> Problem {
    let (code, what, hint) = match broken {
        Broken::Formula => (
            "formula-error",
            say!("check-formula-error", column = column),
            say!("check-formula-error-hint"),
        ),
        Broken::Loading => (
            "formula-error",
            say!("check-formula-loading", column = column),
            say!("check-formula-loading-hint"),
        ),
        Broken::Narrow => (
            "formula-error",
            say!("check-column-narrow", column = column),
            say!("check-column-narrow-hint"),
        ),
        Broken::Digits => (
            "lost-digits",
            say!("check-lost-digits", column = column),
            say!("check-lost-digits-hint"),
        ),
        Broken::Lost => (
            "broken-text",
            say!("check-lost-character", column = column, sign = '\u{fffd}'),
            say!("check-lost-character-hint"),
        ),
        Broken::Misread(meant) => {
            let hint = if meant.contains(LOST) {
                say!("check-misread-lost-hint", meant = meant, sign = LOST)
            } else {
                say!("check-misread-hint", meant = meant)
            };
            ("broken-text", say!("check-misread", column = column), hint)
        }
        Broken::Entities(meant) => (
            "broken-text",
            say!("check-entities", column = column),
            say!("check-write-in-cell-hint", meant = meant),
        ),
        Broken::EncodedWord(meant) => (
            "broken-text",
            say!("check-encoded-word", column = column),
            say!("check-write-in-cell-hint", meant = meant),
        ),
    };
    Problem::warning(what).code(code).help(hint)
}

/// Lines of a template that were read in a wrong encoding before they were saved.
pub(super) fn in_template(source: &Source) -> Option<Problem> {
    if source.kind == Kind::Other {
        return None;
    }
    let spans = source.spans(misread);
    let first = source.text().get(spans.first()?.clone())?;
    let meant = undone(first)?;
    let problem = Problem::warning(say!("check-misread-template"))
        .code("broken-text")
        .help(say!("check-misread-template-hint", meant = meant));
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
