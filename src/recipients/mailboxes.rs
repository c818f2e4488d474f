//! Splitting a list of mailboxes: `Ada <ada@example.org>, bob@example.org`.
//!
//! The same splitting serves address templates (where `{{ … }}` is opaque) and cells that hold a
//! list. It only finds the pieces; their contents are checked after rendering.

use std::ops::Range;

use super::why::Why;

/// The octets of one mailbox's phrase and address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) phrase: Option<Range<usize>>,
    pub(super) address: Range<usize>,
}

/// The mailboxes of `text`, separated by `,` or `;`; empty places between
/// separators count for nothing. With `tags`, Tera's tags are opaque.
pub(super) fn split(text: &str, tags: bool) -> Vec<Result<Piece, Why>> {
    let mut pieces = Vec::new();
    let mut scan = Scan {
        text,
        at: 0,
        tags,
        open: None,
        close: None,
    };
    let mut start = 0;
    loop {
        let end = scan.seek_separator();
        if text.get(start..end).is_some_and(|t| !t.trim().is_empty()) {
            pieces.push(piece(text, start..end, scan.open, scan.close));
        }
        if end >= text.len() {
            return pieces;
        }
        start = end + 1;
        scan.at = start;
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    tags: bool,
    /// Where the address' brackets are.
    open: Option<usize>,
    close: Option<usize>,
}

impl Scan<'_> {
    /// Where the mailbox that starts here ends.
    fn seek_separator(&mut self) -> usize {
        (self.open, self.close) = (None, None);
        let mut quoted = false;
        while let Some(rest) = self.text.get(self.at..).filter(|r| !r.is_empty()) {
            if let Some(length) = self.tag(rest) {
                self.at += length;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            match c {
                '\\' if quoted => self.at += rest.chars().nth(1).map_or(0, char::len_utf8),
                '"' if self.open.is_none() => quoted = !quoted,
                '<' if !quoted => {
                    self.open.get_or_insert(self.at);
                }
                '>' if !quoted && self.open.is_some() => self.close = Some(self.at),
                ',' | ';' if !quoted && (self.open.is_none() || self.close.is_some()) => return self.at,
                _ => {}
            }
            self.at += c.len_utf8();
        }
        self.text.len()
    }

    /// The length of the tag that starts here.
    fn tag(&self, rest: &str) -> Option<usize> {
        if !self.tags {
            return None;
        }
        let end = match rest.get(..2)? {
            "{{" => "}}",
            "{%" => "%}",
            "{#" => "#}",
            _ => return None,
        };
        Some(rest.find(end).map_or(rest.len(), |i| i + end.len()))
    }
}

fn piece(text: &str, whole: Range<usize>, open: Option<usize>, close: Option<usize>) -> Result<Piece, Why> {
    let (open, close) = match (open, close) {
        (None, _) => {
            return Ok(Piece {
                phrase: None,
                address: trim(text, whole),
            });
        }
        (Some(_), None) => return Err(Why::Unclosed),
        (Some(open), Some(close)) => (open, close),
    };
    if text
        .get(close + 1..whole.end)
        .is_some_and(|t| !t.trim().is_empty())
    {
        return Err(Why::Behind);
    }
    let mut phrase = trim(text, whole.start..open);
    let written = text.get(phrase.clone()).unwrap_or_default();
    if written.len() >= 2 && written.starts_with('"') && written.ends_with('"') {
        phrase = phrase.start + 1..phrase.end - 1;
    }
    Ok(Piece {
        phrase: (!phrase.is_empty()).then_some(phrase),
        address: trim(text, open + 1..close),
    })
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

/// A phrase without the backslashes of a quoted string (RFC 5322 §3.2.4).
pub(super) fn unquote(phrase: &str) -> String {
    let mut plain = String::with_capacity(phrase.len());
    let mut chars = phrase.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => plain.extend(chars.next()),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, tags: bool) -> Vec<(Option<&str>, &str)> {
        split(text, tags)
            .into_iter()
            .map(|p| p.unwrap())
            .map(|p| (p.phrase.map(|r| &text[r]), &text[p.address]))
            .collect()
    }

    #[test]
    fn templates_come_apart_around_their_tags() {
        assert_eq!(
            pieces(
                "{{ name | default(value=\"a, <b>\") }} <{{ email }}>, {{ cc }}",
                true
            ),
            [
                (Some("{{ name | default(value=\"a, <b>\") }}"), "{{ email }}"),
                (None, "{{ cc }}"),
            ]
        );
        assert_eq!(
            pieces("\"Smith, {{ name }}\" <{{ email }}>", true),
            [(Some("Smith, {{ name }}"), "{{ email }}")]
        );
    }

    #[test]
    fn cells_may_hold_a_list() {
        assert_eq!(
            pieces(
                "ada@example.org; \"B, O\" <bob@example.org>,, eve@example.org",
                false
            ),
            [
                (None, "ada@example.org"),
                (Some("B, O"), "bob@example.org"),
                (None, "eve@example.org"),
            ]
        );
        assert!(pieces(" ; ", false).is_empty());
    }

    #[test]
    fn brackets_must_close() {
        assert!(split("Ada <ada@example.org", false)[0].is_err());
        assert!(split("Ada <ada@example.org> Lovelace", false)[0].is_err());
    }
}
