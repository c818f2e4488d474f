//! Values in the address of a page or in a mailto: address: they are always literal.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::render::marks::{self, Piece};

/// What a URI cannot contain (RFC 3986 §2), except for the angle brackets around one.
pub(super) const NO_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What stands for itself everywhere in a URL (RFC 3986 §2.3).
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

/// What stands for itself in a path; one that comes out of a cell may have parts.
const IN_PATH: &AsciiSet = &IN_QUERY
    .remove(b'/')
    .remove(b'+')
    .remove(b':')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'&')
    .remove(b'!')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'$');

/// The address that a marked text comes to: values are percent-encoded as their place needs it, but
/// for those that are encoded already and those that bring along what a URL is made of.
pub(super) fn filled(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    for piece in marks::pieces(marked.trim()) {
        match piece {
            Piece::Line { .. } => {}
            Piece::Written(text) => out.push_str(text),
            Piece::Value(text) => {
                let text = text.trim();
                let query = out.split_once(['?', '#']).map(|(_, query)| query);
                // What is not named yet may be names and values, and what comes first a whole address.
                let named = query.is_some_and(|query| {
                    query
                        .rsplit(['&', '?', '/'])
                        .next()
                        .unwrap_or_default()
                        .contains('=')
                });
                let begun = out.contains([':', '?']);
                if is_encoded(text) || !begun || (query.is_some() && !named) {
                    out.push_str(text);
                } else {
                    let set = if named { IN_QUERY } else { IN_PATH };
                    out.extend(utf8_percent_encode(text, set));
                }
            }
        }
    }
    plus_kept(&out)
}

/// It contains only what is allowed in a query, and escapes.
fn is_encoded(text: &str) -> bool {
    let mut parts = text.split('%');
    let plain = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'*' | b'+'))
    };
    let first = parts.next().unwrap_or_default();
    let mut escapes = 0;
    let all = plain(first)
        && parts.all(|part| {
            escapes += 1;
            part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2 && plain(part)
        });
    all && escapes > 0
}

/// In a query a server takes `+` for a blank, and no address has one: of an address it is written
/// `%2B`, or the wrong person leaves, or nobody.
fn plus_kept(url: &str) -> String {
    let Some(at) = url.find(['?', '#']).filter(|_| url.contains('+')) else {
        return url.to_owned();
    };
    let (path, query) = url.split_at(at);
    let mut out = path.to_owned();
    for part in query.split_inclusive(['&', ';', '?', '#']) {
        if part.contains('@') || part.to_ascii_lowercase().contains("%40") {
            out.push_str(&part.replace('+', "%2B"));
        } else {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_mean_nothing_but_themselves() {
        for (marked, expected) in [
            (
                "https://x.example/?e=\u{1}ada+news@x.example\u{2}",
                "https://x.example/?e=ada%2Bnews@x.example",
            ),
            (
                "https://x.example/?e=\u{1}ada%2Bnews%40x.example\u{2}",
                "https://x.example/?e=ada%2Bnews%40x.example",
            ),
            (
                "https://x.example/?c=\u{1}a & b=c\u{2}&n=\u{1}50%\u{2}",
                "https://x.example/?c=a%20%26%20b%3Dc&n=50%25",
            ),
            (
                "\u{1}https://x.example/?e=a+b@x.example\u{2}",
                "https://x.example/?e=a%2Bb@x.example",
            ),
            (
                "https://x.example/?e=a+b@x.example&q=c+d",
                "https://x.example/?e=a%2Bb@x.example&q=c+d",
            ),
            (
                "https://x.example/\u{1}a b/c?d\u{2}",
                "https://x.example/a%20b/c%3Fd",
            ),
            (
                "https://x.example/?\u{1}a=b&c=d\u{2}",
                "https://x.example/?a=b&c=d",
            ),
            (
                "https://x.example/#/leave?e=\u{1}a+b@x.example\u{2}",
                "https://x.example/#/leave?e=a%2Bb@x.example",
            ),
            (
                "mailto:leave@x.example?subject=\u{1}a & b+c\u{2}",
                "mailto:leave@x.example?subject=a%20%26%20b%2Bc",
            ),
            (
                "leave@x.example?subject=\u{1}50 %\u{2}",
                "leave@x.example?subject=50%20%25",
            ),
            ("\u{1}leave\u{2}@x.example", "leave@x.example"),
        ] {
            assert_eq!(filled(marked), expected, "{marked:?}");
        }
    }
}
