//! Campaigns that flags alone describe, in words.

use crate::words::{Said, say};

/// What advice says of a campaign file, and of a campaign without one.
const KEYS_AND_FLAGS: &[(&str, &str)] = &[
    (
        "write `user` and `password` below the relay",
        "add --user and --password-command, or set MAILSHOT_PASSWORD",
    ),
    (
        "or write password = { command = \"…\" } below the relay (or file, keyring)",
        "or add --password-command 'pass show smtp/uni'",
    ),
    (
        "write an address in `from` (or `return_path`)",
        "write an address in --from",
    ),
    ("write server = \"", "write --relay \""),
    ("in `server`", "in --relay"),
    ("take `user` out", "take --user out"),
    ("check `user`", "check --user"),
    ("whether `user` may", "whether --user may"),
];

/// Words about keys of a campaign file, as they are of flags where there is no file.
pub(super) fn of_flags(words: String) -> String {
    let pairs = KEYS_AND_FLAGS.iter();
    pairs.fold(words, |words, (key, flag)| words.replace(key, flag))
}

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
