//! What a provider takes as the name of a user.

use serde::Deserialize;

/// What a provider takes as the name of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Username {
    /// The address of the mailbox.
    #[default]
    Address,
    /// What is before its `@`.
    LocalPart,
    /// A name, a key or a token that the provider gives out.
    Own,
}
