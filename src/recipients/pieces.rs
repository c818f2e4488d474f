//! Where the mailboxes of a list begin and end: at commas, semicolons and line ends outside
//! quotation marks and brackets.

use std::ops::Range;

/// One mailbox of a list, as it is written.
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    /// The list has semicolons: a text before a colon is the name of a group.
    pub(super) grouped: bool,
}

/// Whether a text holds an @, of whatever width.
pub(super) fn has_at(text: &str) -> bool {
    text.contains(['@', '＠'])
}

/// The pieces of a list that are not empty. Where a comma can only be one between a last name and a
/// first one, it is part of the name, as Outlook writes it: `Doe, John <john@example.org>`.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut cut = Vec::new();
    let mut start = 0;
    for (at, c) in separators(text) {
        cut.push((start..at, c));
        start = at + c.len_utf8();
    }
    cut.push((start..text.len(), ';'));
    let grouped = text.contains([';', '；']);
    let of = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    cut.retain(|(range, _)| !of(range).trim().is_empty());
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((first, _)) = cut.get(at) {
        let goes_on =
            |(range, c): &&(Range<usize>, char)| !has_at(of(range)) && matches!(c, ',' | '，' | '\n' | '\r');
        let names = cut.iter().skip(at).take_while(goes_on).count();
        let whole = cut
            .get(at + names)
            .filter(|(last, _)| names > 0 && in_brackets(of(last)));
        let (range, next) = match whole {
            Some((last, _)) => (first.start..last.end, at + names + 1),
            None => (first.clone(), at + 1),
        };
        found.push(Piece {
            text: of(&range).trim(),
            grouped,
        });
        at = next;
    }
    found
}

/// Whether the address of a piece is in brackets, so that a name can precede it.
fn in_brackets(piece: &str) -> bool {
    let in_group = |group: &Range<usize>| piece.get(group.clone()).is_some_and(has_at);
    has_at(piece) && (piece.contains(['<', '＜', '〈', '⟨']) || brackets(piece).iter().any(in_group))
}

fn separators(text: &str) -> Vec<(usize, char)> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (at, c) in outside_quotes(text) {
        match c {
            '(' | '（' | '[' | '【' | '［' | '<' | '＜' | '〈' | '⟨' => depth += 1,
            ')' | '）' | ']' | '】' | '］' | '>' | '＞' | '〉' | '⟩' => {
                depth = depth.saturating_sub(1)
            }
            ',' | ';' | '，' | '；' | '、' | '\n' | '\r' if depth == 0 => found.push((at, c)),
            _ => {}
        }
    }
    if depth > 0 {
        // A bracket that is not closed hides nothing.
        let sign = |(_, c): &(usize, char)| matches!(c, ',' | ';' | '，' | '；' | '、' | '\n' | '\r');
        return outside_quotes(text).filter(sign).collect();
    }
    found
}

/// The characters of a text outside quotation marks; marks without their other half are ordinary
/// characters.
pub(super) fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut until = 0;
    text.char_indices().filter(move |(at, c)| {
        if *at < until {
            return false;
        }
        if let Some(length) = quoted(text.get(*at..).unwrap_or_default(), *c) {
            until = *at + length;
            return false;
        }
        true
    })
}

/// The length of the quoted string that begins here.
fn quoted(rest: &str, open: char) -> Option<usize> {
    let closes: &[char] = match open {
        '"' => &['"'],
        '“' => &['”', '“'],
        '„' => &['“', '”'],
        _ => return None,
    };
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if open == '"' => escaped = true,
            c if closes.contains(&c) => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// The outermost round and square brackets of a text, themselves included; not those of a domain that
/// is an IP address.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut before = ' ';
    for (at, c) in outside_quotes(text) {
        match c {
            '[' | '［' if open.is_empty() && matches!(before, '@' | '＠') => {}
            '(' | '（' | '[' | '【' | '［' => open.push(at),
            ')' | '）' | ']' | '】' | '］' => {
                if let Some(start) = open.pop()
                    && open.is_empty()
                {
                    found.push(start..at + c.len_utf8());
                }
            }
            _ => {}
        }
        before = c;
    }
    found
}
