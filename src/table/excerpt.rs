//! A row as messages show it: the line of the file, or a line that is made from its cells.
//!
//! A text file is not kept, and neither are its lines. Nearly every line follows from its cells:
//! cells that need quotation marks have them. Only a line that does not follow is kept with its row
//! ([`written`]).

use std::ops::Range;

/// How the cells of a row are written on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The character between them.
    pub(super) delimiter: char,
    /// Whether cells with a delimiter or a line break are in quotation marks.
    pub(super) quotes: bool,
}

/// A row on one line, and the places of its cells.
pub(super) struct Excerpt {
    text: String,
    cells: Vec<Range<usize>>,
}

impl Excerpt {
    /// The line itself, where it is known, or one that is made of the cells.
    pub(super) fn of(line: Option<&str>, cells: &[String], layout: Layout) -> Self {
        let mut excerpt = Self {
            text: String::new(),
            cells: Vec::new(),
        };
        match line {
            Some(line) => {
                for cell in split(line, layout.delimiter) {
                    excerpt.push(cell, layout.delimiter);
                }
            }
            None => {
                for cell in cells {
                    if layout.quotes && needs_quotes(cell, layout.delimiter) {
                        excerpt.push(&format!("\"{}\"", cell.replace('"', "\"\"")), layout.delimiter);
                    } else {
                        excerpt.push(cell, layout.delimiter);
                    }
                }
            }
        }
        excerpt
    }

    fn push(&mut self, cell: &str, delimiter: char) {
        if !self.cells.is_empty() {
            self.text.push(delimiter);
        }
        let start = self.text.len();
        // A cell's line breaks would break the caret's line.
        self.text
            .extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
        self.cells.push(start..self.text.len());
    }

    /// The line, and where this cell of it stands; all of it where there is none.
    pub(super) fn around(mut self, cell: Option<usize>) -> (String, Range<usize>) {
        let cell = cell.and_then(|at| self.cells.get(at));
        let span = cell.cloned().unwrap_or(0..self.text.len());
        if self.text.is_empty() {
            self.text.push(' ');
        }
        (self.text, span)
    }
}

/// A line, where it is not the result of its cells.
pub(super) fn written(line: &[u8], cells: &[String], layout: Layout) -> Option<Box<str>> {
    if !layout.quotes || follows(line, cells, layout.delimiter).is_some() {
        return None;
    }
    Some(String::from_utf8_lossy(line).into())
}

/// Whether a line is made of these cells, in quotation marks where they need some.
fn follows(line: &[u8], cells: &[String], delimiter: char) -> Option<()> {
    let mut octets = [0; 4];
    let between = delimiter.encode_utf8(&mut octets).as_bytes();
    // Most lines have no quotation mark, and their cells are the text between the delimiters.
    let bare = memchr::memchr(b'"', line).is_none();
    let mut rest = line;
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            rest = rest.strip_prefix(between)?;
        }
        if bare || !needs_quotes(cell, delimiter) {
            rest = rest.strip_prefix(cell.as_bytes())?;
            continue;
        }
        rest = rest.strip_prefix(b"\"")?;
        for part in cell.split_inclusive('"') {
            rest = rest.strip_prefix(part.as_bytes())?;
            if part.ends_with('"') {
                rest = rest.strip_prefix(b"\"")?;
            }
        }
        rest = rest.strip_prefix(b"\"")?;
    }
    rest.is_empty().then_some(())
}

fn needs_quotes(cell: &str, delimiter: char) -> bool {
    cell.contains([delimiter, '"', '\r', '\n'])
}

/// The cells of a line as written, including quotation marks.
fn split(line: &str, delimiter: char) -> Vec<&str> {
    let mut cells = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            // In a cell that does not begin with one, they are text.
            '"' if quoted || at == start || line.get(start..=start) == Some("\"") => quoted = !quoted,
            c if c == delimiter && !quoted => {
                cells.push(&line[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cells.push(&line[start..]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEMICOLONS: Layout = Layout {
        delimiter: ';',
        quotes: true,
    };

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn the_cells_of_a_line_keep_their_quotation_marks() {
        for (line, cells) in [
            ("a,b", vec!["a", "b"]),
            ("", vec![""]),
            (",,", vec!["", "", ""]),
            ("\"a,b\",c", vec!["\"a,b\"", "c"]),
            ("\"a \"\"b\"\", c\",d", vec!["\"a \"\"b\"\", c\"", "d"]),
            ("a \"b, c\",d", vec!["a \"b", " c\"", "d"]),
            ("\"a\" ,b", vec!["\"a\" ", "b"]),
            ("\"\",x", vec!["\"\"", "x"]),
            ("\u{738b},\"\u{674e},\"", vec!["\u{738b}", "\"\u{674e},\""]),
        ] {
            assert_eq!(split(line, ','), cells, "{line}");
        }
    }

    #[test]
    fn a_line_is_kept_where_it_does_not_follow_from_its_cells() {
        for (line, of, kept) in [
            ("a;b", &["a", "b"][..], false),
            ("a;\"1;5\"", &["a", "1;5"], false),
            ("\"a \"\"b\"\"\";c", &["a \"b\"", "c"], false),
            ("a;\"two\nlines\"", &["a", "two\nlines"], false),
            ("\"a\";b", &["a", "b"], true),
            ("a;b;", &["a", "b"], true),
            ("a", &["a", ""], true),
            ("a; b", &["a", "b"], true),
        ] {
            let line = line.as_bytes();
            assert_eq!(written(line, &cells(of), SEMICOLONS).is_some(), kept, "{of:?}");
        }
        let workbook = Layout {
            delimiter: '|',
            quotes: false,
        };
        assert_eq!(written(b"", &cells(&["a"]), workbook), None);
    }

    #[test]
    fn an_excerpt_is_one_line_and_a_cell_is_found_in_it() {
        let made = |at| Excerpt::of(None, &cells(&["a", "c\nd"]), SEMICOLONS).around(at);
        assert_eq!(made(Some(1)), ("a;\"c d\"".to_owned(), 2..7));
        let line = "\"a\";\"x;y\";\"c\r\nd\";more";
        let known = |at| Excerpt::of(Some(line), &[], SEMICOLONS).around(at);
        assert_eq!(known(Some(2)), ("\"a\";\"x;y\";\"c  d\";more".to_owned(), 10..16));
        assert_eq!(known(None).1, 0..21);
        assert_eq!(known(Some(7)).1, 0..21);
    }
}
