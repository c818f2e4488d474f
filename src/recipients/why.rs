//! Why a text is not an e-mail address.

use crate::words::{Said, Speak, say, spoken};

/// Why a text is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Empty,
    Control,
    Space,
    Invisible,
    NoAt,
    TwoAts,
    Several,
    Comma,
    NoLocal,
    LongLocal,
    Encoded,
    Domain,
    Number,
    Route,
    Scheme,
    Unclosed,
    Behind,
    Odd(char),
    Form,
}

impl Speak for Why {
    fn said(&self) -> Said {
        match self {
            Self::Empty => say!("recipients-why-empty"),
            Self::Control => say!("recipients-why-control"),
            Self::Space => say!("recipients-why-space"),
            Self::Invisible => say!("recipients-why-invisible"),
            Self::NoAt => say!("recipients-why-no-at"),
            Self::TwoAts => say!("recipients-why-two-ats"),
            Self::Several => say!("recipients-why-several"),
            Self::Comma => say!("recipients-why-comma"),
            Self::NoLocal => say!("recipients-why-no-local"),
            Self::LongLocal => say!("recipients-why-long-local"),
            Self::Encoded => say!("recipients-why-encoded"),
            Self::Number => say!("recipients-why-number"),
            Self::Domain => say!("recipients-why-domain"),
            Self::Route => say!("recipients-why-route"),
            Self::Scheme => say!("recipients-why-scheme"),
            Self::Unclosed => say!("recipients-why-unclosed"),
            Self::Behind => say!("recipients-why-behind"),
            Self::Odd(c) => say!(
                "recipients-why-odd",
                char = *c,
                code = format!("{:04X}", u32::from(*c))
            ),
            Self::Form => say!("recipients-why-form"),
        }
    }
}

spoken!(Why);

/// Whether a character comes from word processors and input methods and is not valid in an address:
/// RFC 5892 allows none of them in a domain, and no mailbox has one.
pub(super) fn is_odd(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2212}' | '\u{b4}' | '\u{3001}'
        | '\u{3002}' | '\u{ff61}' | '\u{fe50}'..='\u{fe6b}')
}
