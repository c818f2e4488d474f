//! A required key that is not written. A key that is written, but wrong, is not missing.

use crate::campaign::draft::TableDraft;
use crate::campaign::home::Home;
use crate::campaign::values::{Problem, Problems};

/// Reports a value that any of `keys` could give; one of them may be the table that it would be in.
pub(super) fn missing(problems: &mut Problems, home: &Home, keys: &[&str], what: &str, help: &str) {
    if !keys.iter().any(|key| problems.are_about(key)) {
        let problem = Problem::of_campaign(format!("{what} is missing")).at(home.nowhere());
        problems.push(problem.help(help));
    }
}

/// Reports those `keys` of a table, called `it`, that are not `there`; each with what to do.
pub(super) fn missing_in(table: &TableDraft, it: &str, keys: &[(&str, bool, &str)], problems: &mut Problems) {
    for (key, there, help) in keys {
        if !there && !problems.are_within(&table.key_of(key)) {
            problems.push(table.problem(format!("{it} has no `{key}`")).help(*help));
        }
    }
}
