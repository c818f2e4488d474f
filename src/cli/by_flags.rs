//! Campaigns that flags alone describe, in words.

use crate::words::{Said, say};

/// The command that described a campaign by flags alone, which only its user knows. With its `--new` it
/// would begin another mailing.
pub(super) fn began_it(flags: &[&str]) -> Said {
    let added = flags.join(" ");
    match flags {
        [] => say!("cli-again"),
        ["--where", ..] => say!("cli-again-where", flags = added),
        flags if flags.contains(&"--new") => say!("cli-again-with", flags = added),
        _ => say!("cli-again-with-not-new", flags = added),
    }
}
