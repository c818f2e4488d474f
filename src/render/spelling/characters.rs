//! Characters in tags that replace others: those of keyboards, word processors and HTML.

use html5gum::{Token, Tokenizer};

use crate::table::is_invisible;

/// A character of a text, an entity of HTML as what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) c: char,
    /// Octets it takes in the text.
    pub(super) length: usize,
    pub(super) entity: bool,
}

/// The longest entity that is looked at: `&CounterClockwiseContourIntegral;` is longer than any letter's.
const LONGEST_ENTITY: usize = 12;

/// The character at this place.
pub(super) fn seen(text: &str, at: usize) -> Option<Seen> {
    let rest = text.get(at..)?;
    let c = rest.chars().next()?;
    if c == '&'
        && let Some((c, length)) = entity(rest)
    {
        return Some(Seen {
            c,
            length,
            entity: true,
        });
    }
    let length = c.len_utf8();
    Some(Seen {
        c,
        length,
        entity: false,
    })
}

/// The character that an entity at the beginning of a text stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let octets = text.as_bytes();
    let body = octets.get(1..)?.iter().take(LONGEST_ENTITY);
    let name = body
        .take_while(|octet| octet.is_ascii_alphanumeric() || **octet == b'#')
        .count();
    let end = 1 + name;
    if name == 0 || octets.get(end) != Some(&b';') {
        return None;
    }
    let written = text.get(..=end)?;
    let mut decoded = String::new();
    for token in Tokenizer::new(written) {
        let Ok(Token::String(part)) = token else {
            return None;
        };
        decoded.push_str(std::str::from_utf8(&part.value).ok()?);
    }
    let mut chars = decoded.chars();
    let c = chars.next()?;
    (chars.next().is_none() && decoded != written).then_some((c, end + 1))
}

/// Whether a character is a blank in a tag, or nothing at all.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Quotation marks of people, and those of the engine.
const DOUBLE: [char; 10] = ['"', '“', '”', '„', '‟', '″', '〝', '〞', '〟', '＂'];
const SINGLE: [char; 9] = ['\'', '‘', '’', '‚', '‛', '′', '`', '´', '＇'];
const PAIRS: [(char, char); 8] = [
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('›', '‹'),
    ('「', '」'),
    ('『', '』'),
    ('﹁', '﹂'),
    ('｢', '｣'),
];

/// Whether a character is the engine's own quotation mark.
pub(super) fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

/// Whether a character opens a string.
pub(super) fn opens_string(c: char) -> bool {
    DOUBLE.contains(&c) || SINGLE.contains(&c) || PAIRS.iter().any(|(open, _)| *open == c)
}

/// Whether a character closes the string that `open` opens.
pub(super) fn closes_string(open: char, c: char) -> bool {
    if DOUBLE.contains(&open) {
        return DOUBLE.contains(&c) && !matches!(c, '„' | '〝');
    }
    if SINGLE.contains(&open) {
        return SINGLE.contains(&c) && c != '‚';
    }
    PAIRS.contains(&(open, c))
}

/// What the engine writes for a character that means something in a tag.
pub(super) fn as_mark(c: char) -> Option<char> {
    Some(match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0)?,
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' => '-',
        '×' | '∗' | '⁎' => '*',
        '÷' | '∕' | '⁄' => '/',
        '、' => ',',
        '¦' | '│' | '∣' | '❘' => '|',
        '∼' | '˜' => '~',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        _ => return None,
    })
}

/// The same, for what takes two characters there.
pub(super) fn as_marks(c: char) -> Option<&'static str> {
    Some(match c {
        '≥' | '≧' | '⩾' => ">=",
        '≤' | '≦' | '⩽' => "<=",
        '≠' => "!=",
        _ => return None,
    })
}

/// Whether a character may be part of a name.
pub(super) fn in_name(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    if c.is_alphanumeric() || c == '＿' {
        return true;
    }
    !(is_blank(c) || opens_string(c) || as_mark(c).is_some() || as_marks(c).is_some() || is_closing(c))
}

fn is_closing(c: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == c) || matches!(c, '。' | '…' | '｡')
}
