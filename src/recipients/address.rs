//! What is an e-mail address (RFC 5321 §4.1.2), and what people type instead.

use std::fmt;

use lettre::Address;
use unicode_normalization::UnicodeNormalization;

use crate::table::is_invisible;

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Empty,
    Control,
    Space,
    Invisible,
    NoAt,
    WideAt,
    Several,
    NoLocal,
    LongLocal,
    Encoded,
    Domain,
    Number,
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
            Self::WideAt => "its ＠ is the full-width sign, not @",
            Self::Several => "it holds several addresses",
            Self::NoLocal => "there is nothing before the @",
            Self::LongLocal => "the part before the @ is longer than 64 octets",
            Self::Encoded => {
                "the part before the @ is an encoded word (=?…?=), which programs read as something else"
            }
            Self::Number => {
                "what follows the @ is an IP address, and no brackets around it say so: name@[192.0.2.1]"
            }
            Self::Domain => "what follows the @ is no domain name",
            Self::Form => "a character in it is not allowed there (two dots in a row, for example)",
        })
    }
}

impl Why {
    /// What to do about it.
    pub(super) fn mend(self) -> &'static str {
        match self {
            Self::Empty => "fill in the cell, or leave such rows out with --skip-invalid",
            Self::Several => {
                "one row is one message to one address; put the others into cc, or into rows of their own"
            }
            Self::Invisible => "delete the cell and type the address anew",
            Self::Control
            | Self::Space
            | Self::NoAt
            | Self::WideAt
            | Self::NoLocal
            | Self::LongLocal
            | Self::Encoded
            | Self::Domain
            | Self::Number
            | Self::Form => "correct the cell, or leave such rows out with --skip-invalid",
        }
    }
}

/// Reads one address; its domain becomes A-labels (RFC 5890), its local part
/// stays as written.
pub(super) fn parse(text: &str) -> Result<Address, Why> {
    let text = bare(text);
    if text.is_empty() {
        return Err(Why::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(Why::Control);
    }
    let (local, domain) = text.rsplit_once('@').ok_or(if text.contains('＠') {
        Why::WideAt
    } else {
        Why::NoAt
    })?;
    let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    if !quoted && (local.contains('@') || text.contains([',', ';'])) {
        return Err(Why::Several);
    }
    if !quoted && text.contains(char::is_whitespace) {
        return Err(Why::Space);
    }
    if text.contains(is_invisible) {
        return Err(Why::Invisible);
    }
    if local.is_empty() {
        return Err(Why::NoLocal);
    }
    if local.len() > 64 {
        return Err(Why::LongLocal);
    }
    // RFC 2047 §5 forbids them in an address; some programs decode them all the same.
    if local.contains("=?") && local.contains("?=") {
        return Err(Why::Encoded);
    }
    let domain = ascii_domain(domain).ok_or(Why::Domain)?;
    if is_number(&domain) {
        return Err(Why::Number);
    }
    Address::new(local, &domain).or_else(|_| decomposed(local, &domain))
}

/// The address without what copying leaves around it: blanks, characters that nobody sees, and the
/// `mailto:` of a link.
fn bare(text: &str) -> &str {
    let around = |c: char| c.is_whitespace() || is_invisible(c);
    let text = text.trim_matches(around);
    match text.split_at_checked(7) {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto:") && !address.contains('?') => {
            address.trim_matches(around)
        }
        Some(_) | None => text,
    }
}

/// Whether a cell is one e-mail address, and nothing else.
pub fn is_address(text: &str) -> bool {
    parse(text).is_ok()
}

/// lettre knows letters, not the combining marks that some systems write
/// after them; RFC 6531 allows both, and the envelope keeps what was written.
fn decomposed(local: &str, domain: &str) -> Result<Address, Why> {
    let composed: String = local.nfc().collect();
    match Address::new(composed, domain) {
        Ok(_) => Ok(Address::new_dangerous(local, domain)),
        Err(_) => Err(Why::Form),
    }
}

/// Whether a domain is an IP address without brackets. No top-level domain is a number (RFC 3696 §2).
fn is_number(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && last.bytes().all(|octet| octet.is_ascii_digit())
}

/// The domain as it goes over the wire; `None` when it is none.
fn ascii_domain(domain: &str) -> Option<String> {
    if let Some(literal) = domain.strip_prefix('[').and_then(|d| d.strip_suffix(']')) {
        let ip = literal.strip_prefix("IPv6:").unwrap_or(literal);
        return ip.parse::<std::net::IpAddr>().ok().map(|_| domain.to_owned());
    }
    // Case is the user's: the key folds it, the envelope keeps it.
    let ascii = if domain.is_ascii() {
        domain.to_owned()
    } else {
        idna::domain_to_ascii(domain).ok()?
    };
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    (ascii.len() <= 253 && ascii.split('.').all(label)).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_have() {
        for (text, wire) in [
            ("ada@example.org", "ada@example.org"),
            (" Ada.Lovelace+news@Example.ORG ", "Ada.Lovelace+news@Example.ORG"),
            ("o'neil@example.org", "o'neil@example.org"),
            ("\"a b\"@example.org", "\"a b\"@example.org"),
            ("wang@例子.example", "wang@xn--fsqu00a.example"),
            ("用户@example.org", "用户@example.org"),
            ("ada@localhost", "ada@localhost"),
            ("ada@[127.0.0.1]", "ada@[127.0.0.1]"),
            ("\u{202a}ada@example.org\u{202c}", "ada@example.org"),
            ("\u{feff}ada@example.org\u{200b}\u{3000}", "ada@example.org"),
            ("MAILTO: ada@example.org", "ada@example.org"),
        ] {
            assert_eq!(parse(text).map(|a| a.to_string()), Ok(wire.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_told_apart() {
        let long = format!("{}@example.org", "a".repeat(65));
        for (text, why) in [
            ("", Why::Empty),
            ("ada", Why::NoAt),
            ("ada＠example.org", Why::WideAt),
            ("ada\u{200b}@example.org", Why::Invisible),
            ("ada@exam\u{ad}ple.org", Why::Invisible),
            ("\u{200b}", Why::Empty),
            ("mailto:ada@example.org?subject=x", Why::Domain),
            ("@example.org", Why::NoLocal),
            ("ada@", Why::Domain),
            ("ada@example..org", Why::Domain),
            ("ada@-example.org", Why::Domain),
            ("ada lovelace@example.org", Why::Space),
            ("ada@example.org, bob@example.org", Why::Several),
            ("ada@bob@example.org", Why::Several),
            ("ada@example.org\nBcc: eve@example.net", Why::Control),
            ("<ada@example.org>", Why::Domain),
            ("a..b@example.org", Why::Form),
            (long.as_str(), Why::LongLocal),
            ("=?utf-8?b?QUFB?=a@example.org", Why::Encoded),
        ] {
            assert_eq!(parse(text), Err(why), "{text}");
        }
    }
}
