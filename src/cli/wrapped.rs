//! Text in the width of a terminal. Lines end at blanks, and beside the characters of scripts that
//! are written without blanks; never before a mark that ends a clause, nor after an opening
//! bracket.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks that no line begins with, and that none ends with.
const CLOSING: &str = "，。、；：？！）》」』】”’…,.;:?!)]";
const OPENING: &str = "（《「『【“‘([";

/// A paragraph in lines of this many columns.
pub(super) fn wrapped(text: &str, columns: usize) -> String {
    wrapped_behind("", text, columns)
}

/// The same behind what the first line begins with; the others are indented as far.
pub(super) fn wrapped_behind(begin: &str, text: &str, columns: usize) -> String {
    let indent = begin.width();
    let mut out = begin.to_owned();
    let mut at = indent;
    for piece in pieces(text) {
        if at > indent && at + piece.trim_end().width() > columns {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            at = indent;
        }
        out.push_str(piece);
        at += piece.width();
    }
    out.truncate(out.trim_end().len());
    out
}

/// What no line is broken in.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| parts(before, c)) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Whether a line may end between two characters.
pub(super) fn parts(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' {
        return before == ' ' && after != ' ';
    }
    let wide = |c: char| c.width() == Some(2);
    (wide(before) || wide(after)) && !OPENING.contains(before) && !CLOSING.contains(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_at_the_width() {
        assert_eq!(wrapped("one two three", 7), "one two\nthree");
        assert_eq!(wrapped("one unbreakable", 5), "one\nunbreakable");
        assert_eq!(wrapped_behind("  ab  ", "one two", 10), "  ab  one\n      two");
    }

    #[test]
    fn chinese_is_broken_anywhere_but_at_marks() {
        assert_eq!(wrapped("名单里没有收件人", 8), "名单里没\n有收件人");
        assert_eq!(wrapped("名单里没，有收件人", 8), "名单里\n没，有收\n件人");
        assert_eq!(wrapped("名单（里没有", 6), "名单\n（里没\n有");
        assert_eq!(wrapped("任务 mailshot 检查", 13), "任务 mailshot\n检查");
    }
}
