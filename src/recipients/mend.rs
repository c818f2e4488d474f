//! What to write instead of a text that is not an e-mail address.

use crate::words::{Said, say};

use super::address;
use super::why::Why;

/// What to do about `value`, which is in a cell.
pub(super) fn mend(why: Why, value: &str) -> Said {
    match why {
        Why::Empty => say!("recipients-fill-cell"),
        Why::Several => say!("recipients-one-address"),
        Why::Invisible => say!("recipients-type-anew"),
        Why::Control
        | Why::Space
        | Why::NoAt
        | Why::TwoAts
        | Why::Comma
        | Why::NoLocal
        | Why::LongLocal
        | Why::Encoded
        | Why::Domain
        | Why::Number
        | Why::Route
        | Why::Scheme
        | Why::Unclosed
        | Why::Behind
        | Why::Odd(_)
        | Why::Form => match likely(value) {
            Some(meant) => say!("recipients-write-meant", meant = meant),
            None => say!("recipients-correct-cell"),
        },
    }
}

/// What people write for @ where programs that collect addresses are not to see it.
const AT: [&str; 15] = [
    "%40", "&#64;", "&commat;", "(ät)", "[ät]", "_at_", "(at)", "[at]", "{at}", "<at>", " at ", "（at）",
    "(a)", "(@)", "[@]",
];

/// And for the dots.
const DOT: [&str; 6] = ["(dot)", "[dot]", "{dot}", " dot ", "(punkt)", "（dot）"];

/// What a comma is on any keyboard.
const COMMAS: [char; 5] = [',', ';', '，', '；', '、'];

/// The address that was probably meant by a text that is not one.
pub(super) fn likely(text: &str) -> Option<String> {
    if let Some(named) = behind_a_name(text) {
        return Some(named);
    }
    let mut meant: String = address::bare(text).chars().map(typed).collect();
    if meant.len() > 320 {
        return None;
    }
    // What is in brackets is more certain than the rest.
    if let Some((_, behind)) = meant.rsplit_once('<')
        && behind.contains('@')
    {
        meant = behind.split('>').next().unwrap_or_default().to_owned();
    }
    if let Some((route, mailbox)) = meant.split_once(':')
        && route.starts_with('@')
    {
        meant = mailbox.to_owned();
    }
    for (words, sign) in [(AT.as_slice(), "@"), (DOT.as_slice(), ".")] {
        for word in words {
            while let Some(at) = meant.to_ascii_lowercase().find(word) {
                let end = at + word.len();
                // Written in ASCII, it is as long in small letters.
                meant.replace_range(at..end, sign);
            }
        }
    }
    while meant.contains("@@") {
        meant = meant.replace("@@", "@");
    }
    while meant.contains("..") {
        meant = meant.replace("..", ".");
    }
    let (local, domain) = address::bare(&meant).split_once('@')?;
    let domain = domain.replace(char::is_whitespace, "").replace(COMMAS, ".");
    let local = local.trim().trim_matches(['.', '<', '"', '\'']);
    let domain = domain.trim_end_matches(['>', '"', '\'', ')', ']', '!', '?', ':']);
    let meant = format!("{local}@{}", domain.trim_matches('.'));
    let whole = domain.contains('.') && meant != text.trim();
    (whole && address::parse(&meant).is_ok()).then_some(meant)
}

/// `Ada Lovelace, ada@example.org`: a name, and the address that belongs between angle brackets.
fn behind_a_name(text: &str) -> Option<String> {
    let text = text.trim();
    let start = text.rfind(|c: char| c.is_whitespace() || COMMAS.contains(&c))?;
    let (name, address) = text.split_at_checked(start)?;
    let blank = address.starts_with(char::is_whitespace);
    let address = address.trim_start_matches(|c: char| c.is_whitespace() || COMMAS.contains(&c));
    let parsed = address::parse(address)
        .ok()
        .filter(|parsed| parsed.domain().contains('.'))?;
    let words = name.trim_matches(|c: char| c == ' ' || COMMAS.contains(&c));
    // `a,b@example.org`: a name, or a comma in the place of a dot.
    let separate = (name.ends_with(COMMAS) || text.contains(COMMAS)) && blank;
    let name = separate || words.contains(char::is_whitespace) || !words.is_ascii();
    let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '\'');
    let is_name = name && !words.is_empty() && words.chars().all(plain);
    is_name.then(|| format!("{words} <{parsed}>"))
}

/// A character as a keyboard writes it, for one that a word processor made of it.
fn typed(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' => '\'',
        '\u{2024}' | '\u{3002}' | '\u{ff61}' => '.',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_likely_meant() {
        for (text, meant) in [
            ("max@example‐shop.org", Some("max@example-shop.org")),
            ("o’neil@example.org", Some("o'neil@example.org")),
            ("ada (at) example (dot) org", Some("ada@example.org")),
            ("ada[AT]example.org", Some("ada@example.org")),
            ("ada@@example.org", Some("ada@example.org")),
            ("ada@example,org", Some("ada@example.org")),
            ("ada@exa mple..org", Some("ada@example.org")),
            ("Ada <ada@example.org", Some("ada@example.org")),
            ("<@relay.example:ada@example.org>", Some("ada@example.org")),
            ("ada lovelace@example.org", None),
            (
                "Ada Lovelace, ada@example.org",
                Some("Ada Lovelace <ada@example.org>"),
            ),
            ("王小明 ada@example.org", Some("王小明 <ada@example.org>")),
            ("ada@example.org!", Some("ada@example.org")),
            ("ada@example，org", Some("ada@example.org")),
            ("ada@example、org", Some("ada@example.org")),
            ("ada@example；org", Some("ada@example.org")),
            ("ada@example .org", Some("ada@example.org")),
            ("王小明，ada@example.org", Some("王小明 <ada@example.org>")),
            ("Ada,ada lovelace@example.org", None),
            ("ada,b@example.org", None),
            ("ada，b@example.org", None),
            ("ada", None),
            ("ada@example", None),
        ] {
            assert_eq!(likely(text).as_deref(), meant, "{text}");
        }
    }
}
