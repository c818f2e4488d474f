//! A key that is required, and that nobody wrote.

use crate::campaign::home::Home;
use crate::campaign::values::{Problem, Problems};

/// Reports that something is missing, unless it is there and was found wrong:
/// its key is one of `keys`, or the table it would stand in.
pub(super) fn missing(problems: &mut Problems, home: &Home, keys: &[&str], what: &str, help: &str) {
    if keys.iter().any(|key| problems.are_about(key)) {
        return;
    }
    problems.push(
        Problem::error(format!("{what} is missing"))
            .at(home.nowhere())
            .help(help),
    );
}
