//! Marks in a template where each of its lines is, for code that has to report a line of the
//! output: a calendar file is checked after its values are filled in.

use crate::render::marks;

use super::guards::with;
use super::rewritten::Rewritten;
use super::tokens::{tags, tokens};

/// The same template, with a mark in front of what its lines begin with. Blanks in front of it stay
/// in front of the mark: a tag beside them may take them away.
pub(in crate::render) fn numbered(of: Rewritten, name: &str) -> Rewritten {
    let text = of.text.as_str();
    // What a `set` keeps may be compared: nothing is written into it.
    let mut kept = 0_usize;
    let mut closed: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open_at = 0;
    for (inside, block) in tags(text) {
        let span = inside.start - 2..inside.end + 2;
        if block {
            let all = tokens(text, inside);
            let words: Vec<_> = all.iter().filter(|token| !token.is("-")).collect();
            let first = words.first();
            let keeps = first.is_some_and(|word| word.word("set") || word.word("set_global"))
                && !words.iter().any(|token| token.is("="));
            if keeps {
                kept += 1;
                open_at = span.start;
            } else if kept > 0 && first.is_some_and(|word| word.word("endset") || word.word("endset_global"))
            {
                kept -= 1;
                closed.push(open_at..span.end);
            }
        }
        // A line may begin with a value.
        let value = !block && !text.get(span.clone()).is_some_and(|tag| tag.starts_with("{{-"));
        closed.push(span.start + usize::from(value)..span.end);
    }
    let outside = |at: usize| !closed.iter().any(|span| span.contains(&at));
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
    let mut insertions: Vec<(usize, String)> = Vec::new();
    for start in starts {
        let line = text.get(start..).unwrap_or_default();
        let at = start
            + line
                .find(|c| !matches!(c, ' ' | '\t' | '\r'))
                .unwrap_or(line.len());
        let begins = text.as_bytes().get(at).is_some_and(|octet| *octet != b'\n');
        if begins && outside(at) {
            insertions.push((at, marks::line(name, of.original(at))));
        }
    }
    with(of, &insertions)
}

#[cfg(test)]
mod tests {
    use super::super::template;
    use super::*;

    #[test]
    fn lines_are_marked_where_they_begin_with_text() {
        let text = "a\n  b {{ c\n}}\n{% if d %}\ne{% endif %}\n\n{% set f %}\ng\n{% endset %}\n{% set h = 1 %}\ni\n{{ j }}";
        let marked = numbered(template(text), "t").text;
        let lines: Vec<_> = marks::pieces(&marked)
            .filter_map(|piece| match piece {
                marks::Piece::Line { at, .. } => text.get(at..=at),
                marks::Piece::Written(_) | marks::Piece::Value(_) => None,
            })
            .collect();
        assert_eq!(lines, ["a", "b", "e", "i", "{"]);
    }
}
