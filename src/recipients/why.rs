//! Why a text is not an e-mail address.

use std::fmt;

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

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::Control => "it holds a line break or another control character",
            Self::Space => "it holds a space",
            Self::Invisible => "it holds a character that nobody sees",
            Self::NoAt => "the @ is missing",
            Self::TwoAts => "it holds an @ too many",
            Self::Several => "it holds several addresses",
            Self::Comma => "it holds a comma or a semicolon",
            Self::NoLocal => "there is nothing before the @",
            Self::LongLocal => "the part before the @ is longer than 64 octets",
            Self::Encoded => {
                "the part before the @ is an encoded word (=?…?=), which programs read as something else"
            }
            Self::Number => {
                "what follows the @ is an IP address, and no brackets around it say so: name@[192.0.2.1]"
            }
            Self::Domain => "what follows the @ is no domain name",
            Self::Route => "it names relays on the way (@…:), which mail has no longer",
            Self::Scheme => "what begins with its scheme (sip:, http: …) is no mailbox",
            Self::Unclosed => "a < is not closed",
            Self::Behind => "something follows the >",
            Self::Odd(c) => {
                return write!(
                    f,
                    "its `{c}` (U+{:04X}) is put there by word processors, and no address has it",
                    u32::from(*c)
                );
            }
            Self::Form => "a character in it is not allowed there (two dots in a row, for example)",
        })
    }
}

/// Whether a character comes from word processors and input methods and is not valid in an address:
/// RFC 5892 allows none of them in a domain, and no mailbox has one.
pub(super) fn is_odd(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2212}' | '\u{b4}' | '\u{3001}'
        | '\u{3002}' | '\u{ff61}' | '\u{fe50}'..='\u{fe6b}')
}
