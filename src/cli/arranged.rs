//! Parts of a line on a screen that may be too narrow for all of them.

use unicode_width::UnicodeWidthStr;

/// Between two parts.
const GAP: usize = 2;

/// Where further lines begin.
const INDENT: usize = 2;

/// Columns of a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Text of at least this width, in columns of a terminal.
pub(super) fn padded(text: &str, least: usize) -> String {
    let missing = least.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Parts after this many columns of a line that has begun. What does not fit begins another line,
/// and only what is longer than a line is broken, between words.
pub(super) fn arranged(parts: &[String], begun: usize, columns: Option<usize>) -> String {
    let mut text = String::new();
    let mut at = begun;
    for part in parts {
        let fits = columns.is_none_or(|columns| INDENT + width(part) <= columns);
        let words: Vec<&str> = if fits {
            vec![part]
        } else {
            part.split(' ').collect()
        };
        for (n, word) in words.into_iter().enumerate() {
            let gap = if n == 0 { GAP } else { 1 };
            if columns.is_some_and(|columns| at + gap + width(word) > columns) {
                text.push('\n');
                text.push_str(&" ".repeat(INDENT));
                at = INDENT + width(word);
            } else {
                text.push_str(&" ".repeat(gap));
                at += gap + width(word);
            }
            text.push_str(word);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_begins_a_line() {
        let parts = ["20/s", "17 s left", "58 accepted, 1 rejected"].map(str::to_owned);
        assert_eq!(
            arranged(&parts, 7, None),
            "  20/s  17 s left  58 accepted, 1 rejected"
        );
        assert_eq!(
            arranged(&parts, 7, Some(40)),
            "  20/s  17 s left\n  58 accepted, 1 rejected"
        );
        assert_eq!(arranged(&parts[2..], 0, Some(18)), "  58 accepted, 1\n  rejected");
        assert_eq!(width("已接收 200"), 10);
    }
}
