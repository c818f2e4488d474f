//! The inside of a template's tags as tokens.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Number,
    Quoted,
    Mark,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    pub(super) fn is(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }

    pub(super) fn word(&self, word: &str) -> bool {
        self.kind == Kind::Name && self.text == word
    }
}

/// The insides of the tags of a template, and whether they are `{% … %}`.
pub(super) fn tags(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('{')).map(|i| at + i) {
        let close = match text.as_bytes().get(start + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            Some(_) | None => {
                at = start + 1;
                continue;
            }
        };
        let Some(end) = end_of(text, start + 2, close) else {
            return found;
        };
        let inside = start + 2..end;
        at = end + 2;
        let words = text.get(inside.clone()).unwrap_or_default();
        let words = words.trim_matches(|c: char| c == '-' || c.is_whitespace());
        match close {
            "%}" if words == "raw" => {
                let after = text.get(at..).and_then(|rest| rest.find("endraw"));
                at = after.map_or(text.len(), |i| at + i);
            }
            "#}" => {}
            _ => found.push((inside, close == "%}")),
        }
    }
    found
}

/// Where the tag's end stands; its strings may hold it, those of comments not.
fn end_of(text: &str, from: usize, close: &str) -> Option<usize> {
    if close == "#}" {
        return text.get(from..)?.find(close).map(|i| from + i);
    }
    let (mut quote, mut escaped) = (None, false);
    for (i, octet) in text.as_bytes().get(from..)?.iter().enumerate() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match quote {
            Some(_) if *octet == b'\\' => escaped = true,
            Some(open) if open == octet => quote = None,
            Some(_) => {}
            None if matches!(octet, b'"' | b'\'' | b'`') => quote = Some(octet),
            None if text.as_bytes().get(from + i..from + i + 2) == Some(close.as_bytes()) => {
                return Some(from + i);
            }
            None => {}
        }
    }
    None
}

pub(super) fn tokens(text: &str, inside: Range<usize>) -> Vec<Token<'_>> {
    const MARKS: [&str; 9] = ["==", "!=", "<=", ">=", "//", "**", "?.", "?[", "..."];
    let octets = text.as_bytes();
    let mut found = Vec::new();
    let mut at = inside.start;
    let in_name = |octet: &u8| octet.is_ascii_alphanumeric() || *octet == b'_';
    let run = |from: usize, fits: &dyn Fn(&u8) -> bool| {
        let rest = octets.get(from..inside.end).unwrap_or_default();
        from + rest.iter().take_while(|octet| fits(octet)).count()
    };
    while at < inside.end {
        let Some(octet) = octets.get(at) else { break };
        let (kind, end) = match octet {
            b'"' | b'\'' | b'`' => {
                let rest = octets.get(at + 1..inside.end).unwrap_or_default();
                (Kind::Quoted, at + 1 + quoted(rest, *octet))
            }
            b'0'..=b'9' => {
                let whole = run(at, &u8::is_ascii_digit);
                let fraction =
                    octets.get(whole) == Some(&b'.') && octets.get(whole + 1).is_some_and(u8::is_ascii_digit);
                (
                    Kind::Number,
                    if fraction {
                        run(whole + 1, &u8::is_ascii_digit)
                    } else {
                        whole
                    },
                )
            }
            octet if in_name(octet) => (Kind::Name, run(at, &in_name)),
            octet if octet.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => {
                let rest = text.get(at..inside.end).unwrap_or_default();
                let long = MARKS.iter().find(|mark| rest.starts_with(**mark));
                let length = long.map_or_else(
                    || rest.chars().next().map_or(1, char::len_utf8),
                    |mark| mark.len(),
                );
                (Kind::Mark, at + length)
            }
        };
        let text = text.get(at..end).unwrap_or_default();
        found.push(Token { kind, text, at });
        at = end;
    }
    found
}

/// How far a text in quotation marks goes, with the one behind it.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut escaped = false;
    let close = rest.iter().position(|octet| {
        let closes = !escaped && *octet == quote;
        escaped = !escaped && *octet == b'\\';
        closes
    });
    close.map_or(rest.len(), |close| close + 1)
}
