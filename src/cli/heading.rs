//! The headings of options in the help, the same for all commands. Each has its words in the
//! catalogue (`help-heading-…`).

/// What is sent: the campaign, its mailing, its message.
pub(super) const CAMPAIGN: &str = "campaign";

/// The list, and who of it gets the message.
pub(super) const WHOM: &str = "recipients";

/// By way of whom, and how fast.
pub(super) const RELAY: &str = "relay";

/// A key to sign with.
pub(super) const KEY: &str = "key";

/// What tries, asks or stops.
pub(super) const SAFETY: &str = "safety";

/// What is written, and where.
pub(super) const OUTPUT: &str = "output";

/// What every command has.
pub(super) const GLOBAL: &str = "global";

/// In the order of the help.
pub(super) const ALL: [&str; 7] = [CAMPAIGN, WHOM, RELAY, KEY, SAFETY, OUTPUT, GLOBAL];
