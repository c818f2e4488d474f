//! A negative reply, before it is written.

/// A negative reply: code, enhanced code (RFC 3463), text. `fatal` asks to close the connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: u16,
    pub(super) enhanced: &'static str,
    pub(super) text: &'static str,
    pub(super) fatal: bool,
}

impl Refusal {
    pub(super) const fn new(code: u16, enhanced: &'static str, text: &'static str) -> Self {
        Self {
            code,
            enhanced,
            text,
            fatal: false,
        }
    }

    pub(super) const fn fatal(code: u16, enhanced: &'static str, text: &'static str) -> Self {
        Self {
            code,
            enhanced,
            text,
            fatal: true,
        }
    }
}

/// Invalid command arguments (RFC 3463 §3.6).
pub(super) const SYNTAX: &str = "5.5.4";

pub(super) const TOO_BIG: Refusal = Refusal::new(552, "5.3.4", "the message is larger than SIZE allows");
