//! Values of declarations, as text: made suitable for an attribute, and distinguished from those
//! that only some programs know.

use cssparser::{Parser, Token};

/// Whether quotes end.
pub(super) fn is_closed(text: &str) -> bool {
    let mut open = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, open) {
            ('\\', _) if chars.next().is_none() => return false,
            ('"' | '\'', None) => open = Some(c),
            (c, Some(quote)) if c == quote => open = None,
            _ => {}
        }
    }
    open.is_none()
}

/// A value on one line and without comments; `"` becomes `'` if possible, because it is in an
/// attribute, and not every program reads `&quot;` there.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' => {
                let length = string_length(rest, c);
                let string = rest.get(..length).unwrap_or(rest);
                let inside = string
                    .strip_prefix('"')
                    .and_then(|inside| inside.strip_suffix('"'));
                match inside.filter(|inside| !inside.contains(['\'', '\\'])) {
                    Some(inside) => out.extend(["'", inside, "'"]),
                    None => out.push_str(string),
                }
                length
            }
            '/' if rest.starts_with("/*") => {
                out.push(' ');
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            c if c.is_ascii_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
                1
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out.trim().to_owned()
}

fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Units that every program knows.
const UNITS: [&str; 16] = [
    "px", "em", "rem", "pt", "ex", "ch", "vw", "vh", "cm", "mm", "in", "pc", "deg", "s", "ms", "fr",
];
const FUNCTIONS: [&str; 8] = ["rgb", "rgba", "hsl", "hsla", "url", "calc", "var", "attr"];

/// Whether everybody who knows the property knows this value.
pub(super) fn is_certain(value: &str) -> bool {
    let mut input = Parser::new(value);
    let known = |list: &[&str], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
    while let Ok(token) = input.next() {
        let certain = if let Token::Dimension { unit, .. } = token {
            known(&UNITS, unit)
        } else if let Token::Function(name) = token {
            known(&FUNCTIONS, name)
        } else if let Token::Ident(name) = token {
            !name.starts_with('-')
        } else {
            !matches!(token, Token::BadString(_) | Token::BadUrl(_) | Token::Delim(_))
                || matches!(token, Token::Delim('/' | '+' | '-' | '*'))
        };
        if !certain {
            return false;
        }
    }
    !value.contains('\\')
}
