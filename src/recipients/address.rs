//! What is an e-mail address (RFC 5321 §4.1.2), and what people type instead.

use std::borrow::Cow;

use lettre::Address;
use unicode_normalization::UnicodeNormalization;

use crate::table::is_invisible;

use super::why::{Why, is_odd};

/// Reads one address; its domain becomes A-labels (RFC 5890), its local part
/// stays as written.
pub(super) fn parse(text: &str) -> Result<Address, Why> {
    let text = keyboard(bare(text));
    if text.is_empty() {
        return Err(Why::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(Why::Control);
    }
    let text = close(&text);
    if let Some((scheme, _)) = text.split_once(':')
        && SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return Err(Why::Scheme);
    }
    let (local, domain) = text.rsplit_once('@').ok_or(Why::NoAt)?;
    let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    if !quoted && local.contains('@') {
        return Err(if text.starts_with('@') && text.contains(':') {
            Why::Route
        } else if text.contains("@@") {
            Why::TwoAts
        } else {
            Why::Several
        });
    }
    if !quoted && text.contains([',', ';']) {
        return Err(Why::Comma);
    }
    if !quoted && text.contains(char::is_whitespace) {
        return Err(Why::Space);
    }
    let ascii = text.is_ascii();
    if !ascii && text.contains(is_invisible) {
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
    // Between labels the full stops of Chinese and Japanese are dots (UTS #46).
    let stop = |c: &char| matches!(c, '\u{3002}' | '\u{ff61}');
    let odd = || {
        let odd = local.chars().find(|c| is_odd(*c));
        odd.or_else(|| domain.chars().find(|c| is_odd(*c) && !stop(c)))
    };
    if !ascii && let Some(odd) = odd() {
        return Err(Why::Odd(odd));
    }
    let domain = ascii_domain(domain).ok_or(Why::Domain)?;
    if is_number(&domain) {
        let ip = domain.parse::<std::net::Ipv4Addr>().is_ok();
        return Err(if ip { Why::Number } else { Why::Domain });
    }
    if quoted && is_quoted(local) {
        return Ok(Address::new_dangerous(local, &domain));
    }
    Address::new(local, &domain).or_else(|_| decomposed(local, &domain))
}

/// Whether a local part is a quoted string (RFC 5321 §4.1.2): lettre knows no blank behind a backslash.
fn is_quoted(local: &str) -> bool {
    let Some(inner) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return false;
    };
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        let fits = match c {
            '\\' => chars.next().is_some_and(|escaped| (' '..='~').contains(&escaped)),
            '"' => false,
            c => !c.is_control(),
        };
        if !fits {
            return false;
        }
    }
    !inner.is_empty()
}

/// Schemes of addresses that are not mailboxes, as directories export them beside those that are.
const SCHEMES: [&str; 12] = [
    "sip", "sips", "xmpp", "im", "skype", "tel", "http", "https", "ftp", "x400", "x500", "eum",
];

/// Schemes of mailboxes: of links, and of directories.
const MAIL_SCHEMES: [&str; 2] = ["mailto:", "smtp:"];

/// Characters around a whole address that are not part of it.
const AROUND: [(char, char); 19] = [
    ('<', '>'),
    ('＜', '＞'),
    ('〈', '〉'),
    ('⟨', '⟩'),
    ('"', '"'),
    ('\'', '\''),
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('‘', '’'),
    ('‚', '‘'),
    ('’', '’'),
    ('«', '»'),
    ('»', '«'),
    ('「', '」'),
    ('`', '`'),
    ('＂', '＂'),
    ('{', '}'),
];

/// The address without what copying leaves around it: blanks, characters that nobody sees, the scheme
/// of a link, brackets and quotation marks, and the point or semicolon of a list behind it. What
/// another part of the text could bring in between stays, so that no cell can make another address of
/// the one that a template writes.
pub(super) fn bare(text: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let behind =
        |c: char| blank(c) || matches!(c, ',' | ';' | '.' | '，' | '；' | '、' | '。' | '．' | '\u{ff61}');
    let before = |c: char| blank(c) || matches!(c, ',' | ';' | '，' | '；' | '、' | '•' | '·' | '▪' | '‣');
    let mut text = text;
    // Nearly all of them, a million times.
    let plain = |octet: Option<&u8>| octet.is_some_and(u8::is_ascii_alphanumeric);
    let octets = text.as_bytes();
    if plain(octets.first()) && plain(octets.last()) && !octets.contains(&b':') {
        return text;
    }
    loop {
        let mut shorter = text.trim_start_matches(before).trim_end_matches(behind);
        for scheme in MAIL_SCHEMES {
            if let Some((start, address)) = shorter.split_at_checked(scheme.len())
                && start.eq_ignore_ascii_case(scheme)
                && !address.contains('?')
            {
                shorter = address.trim_start_matches('/');
            }
        }
        for (open, close) in AROUND {
            if let Some(inner) = shorter.strip_prefix(open).and_then(|t| t.strip_suffix(close))
                && inner.contains(['@', '＠'])
                && !inner.trim_matches([open, close]).contains([open, close])
            {
                shorter = inner;
            }
        }
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// The text as a keyboard writes it that has no full-width characters, without what web pages put
/// into long words so that they may break there.
pub(super) fn keyboard(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        c => c,
    };
    let breaks = |c: &char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    Cow::Owned(text.chars().filter(|c| !breaks(c)).map(narrow).collect())
}

/// Without the blanks around the @, which RFC 5322 §3.4.1 allows.
fn close(text: &str) -> Cow<'_, str> {
    if !text.contains(' ') {
        return Cow::Borrowed(text);
    }
    match text.rsplit_once('@') {
        Some((local, domain)) => Cow::Owned(format!("{}@{}", local.trim_end(), domain.trim_start())),
        None => Cow::Borrowed(text),
    }
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

/// The domain as it is sent; `None` if it is not a domain.
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
            ("SMTP:ada@example.org", "ada@example.org"),
            ("<ada@example.org>", "ada@example.org"),
            ("< \"ada@example.org\" >;", "ada@example.org"),
            ("‘ada@example.org’.", "ada@example.org"),
            ("ada＠example．org", "ada@example.org"),
            ("ａｄａ＠ｅｘａｍｐｌｅ。ｏｒｇ", "ada@example.org"),
            ("ada @ example.org", "ada@example.org"),
            ("ada@\u{200b}exam\u{ad}ple.org", "ada@example.org"),
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
            ("ada\u{202e}@example.org", Why::Invisible),
            ("\u{200b}", Why::Empty),
            ("mailto:ada@example.org?subject=x", Why::Domain),
            ("@example.org", Why::NoLocal),
            ("ada@", Why::Domain),
            ("ada@example..org", Why::Domain),
            ("ada@-example.org", Why::Domain),
            ("ada lovelace@example.org", Why::Space),
            ("ada@example.org, bob@example.org", Why::Several),
            ("ada@bob@example.org", Why::Several),
            ("ada@@example.org", Why::TwoAts),
            ("ada@example,org", Why::Comma),
            ("@relay.example:ada@example.org", Why::Route),
            ("sip:ada@example.org", Why::Scheme),
            ("ada@example‐org.org", Why::Odd('‐')),
            ("o’neil@example.org", Why::Odd('’')),
            ("ada@example.org\nBcc: eve@example.net", Why::Control),
            ("a..b@example.org", Why::Form),
            (long.as_str(), Why::LongLocal),
            ("=?utf-8?b?QUFB?=a@example.org", Why::Encoded),
        ] {
            assert_eq!(parse(text), Err(why), "{text}");
        }
    }
}
