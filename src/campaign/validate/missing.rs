//! A required key that is not written. A key that is written, but wrong, is not missing.

use crate::campaign::draft::TableDraft;
use crate::campaign::home::Home;
use crate::campaign::values::{Problem, Problems};
use crate::words::Said;

/// Reports a value that any of `keys` could give; one of them may be the table that it would be in.
pub(super) fn missing(problems: &mut Problems, home: &Home, keys: &[&str], what: Said, help: Said) {
    if !keys.iter().any(|key| problems.are_about(key)) {
        let problem = Problem::of_campaign(what).at(home.nowhere());
        problems.push(problem.help(help));
    }
}

/// A key that a table must have, and whether it is there; what is said where it is not, and what to do.
pub(super) type Required = (&'static str, bool, Said, Said);

/// Reports those keys of a table that are not there.
pub(super) fn missing_in(table: &TableDraft, keys: Vec<Required>, problems: &mut Problems) {
    for (key, there, what, help) in keys {
        if !there && !problems.are_within(&table.key_of(key)) {
            problems.push(table.problem(what).help(help));
        }
    }
}
