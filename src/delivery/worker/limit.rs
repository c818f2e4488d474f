//! What the end of a connection says of how many messages it takes.

/// Whether the end of a connection shows how many messages it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The relay said so.
    Said,
    /// It ended between two messages.
    Perhaps,
    /// It ended in the middle of one.
    No,
}

impl Limit {
    pub(crate) fn at(between_messages: bool) -> Self {
        if between_messages { Self::Perhaps } else { Self::No }
    }
}
