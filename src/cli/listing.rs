//! A text with lists in it, in the width of a terminal.

use unicode_width::UnicodeWidthStr;

use super::wrapped::wrapped;

/// The indent of a list below words, before its first column.
const UNDER: usize = 4;

/// Columns that a description needs beside the name of what it describes.
pub(super) const ROOM: usize = 32;

/// A text in lines: what begins with blanks is a list, of which each line has a name and, behind two
/// blanks or more, what it is; every other line is a paragraph.
pub(super) fn text(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for line in text.lines() {
        match Row::of(line) {
            Some(row) => rows.push(row),
            None => {
                list(&std::mem::take(&mut rows), width, &mut lines);
                lines.extend(paragraph(line, width));
            }
        }
    }
    list(&rows, width, &mut lines);
    lines
}

/// A line of a list.
struct Row<'a> {
    indent: usize,
    name: &'a str,
    what: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        if indent == 0 || bare.is_empty() {
            return None;
        }
        let (name, what) = bare.split_once("  ").unwrap_or((bare, ""));
        Some(Self {
            indent,
            name,
            what: what.trim_start(),
        })
    }
}

/// A list, its descriptions below one another, or each under its name where there is no room beside it.
fn list(rows: &[Row<'_>], width: usize, lines: &mut Vec<String>) {
    let column = rows
        .iter()
        .filter(|row| !row.what.is_empty())
        .map(|row| row.indent + row.name.width() + 2)
        .max()
        .unwrap_or_default();
    let beside = column + ROOM <= width;
    for row in rows {
        let indent = " ".repeat(row.indent);
        let name = format!("{indent}{}", row.name);
        if row.what.is_empty() {
            lines.push(name);
        } else if beside {
            let what = paragraph(row.what, width - column);
            let padded = format!("{name}{}", " ".repeat(column - name.width()));
            lines.extend(hung(&padded, &" ".repeat(column), &what));
        } else {
            lines.push(name);
            let under = " ".repeat(row.indent + UNDER);
            let what = paragraph(row.what, width.saturating_sub(under.len()));
            lines.extend(hung(&under, &under, &what));
        }
    }
}

/// Lines, each after a prefix: one for the first line, another for the others.
pub(super) fn hung(first: &str, others: &str, lines: &[String]) -> Vec<String> {
    let before = std::iter::once(first).chain(std::iter::repeat(others));
    let whole = before.zip(lines).map(|(before, line)| format!("{before}{line}"));
    whole.collect()
}

/// A paragraph in lines of at most this many columns, unless a word is longer.
fn paragraph(words: &str, width: usize) -> Vec<String> {
    let lines = wrapped(words, width);
    if lines.is_empty() {
        vec![lines]
    } else {
        lines.lines().map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_its_columns_or_goes_under_its_names() {
        let list =
            "First:\n  a  one thing that is longer than a line of the description\n  long  other\n\nLast";
        assert_eq!(
            text(list, 42),
            [
                "First:",
                "  a     one thing that is longer than a",
                "        line of the description",
                "  long  other",
                "",
                "Last"
            ]
        );
        assert_eq!(
            text(list, 22),
            [
                "First:",
                "  a",
                "      one thing that",
                "      is longer than a",
                "      line of the",
                "      description",
                "  long",
                "      other",
                "",
                "Last"
            ]
        );
    }
}
