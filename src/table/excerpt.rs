//! A row as messages show it: the line that stands in the file, or one that is made of its cells.
//!
//! A file of text is not kept, nor are its lines. Nearly every line follows from its cells: what
//! needs quotation marks has them. Only a line that does not is kept with its row ([`written`]).

use std::ops::Range;

use super::header::Header;
use super::row::Row;

/// A row on one line, and where its cells stand there.
pub(super) struct Excerpt {
    pub(super) text: String,
    cells: Vec<Range<usize>>,
}

impl Excerpt {
    /// The row as it stands in its file, as far as one can be shown.
    pub(super) fn of(header: &Header, row: &Row) -> Self {
        let mut excerpt = Self {
            text: String::new(),
            cells: Vec::new(),
        };
        if let Some(line) = &row.line {
            for cell in split(line, header.delimiter) {
                excerpt.push(cell, header.delimiter);
            }
            // The cells of the columns, among all.
            let all = std::mem::take(&mut excerpt.cells);
            let kept = header.kept.iter();
            excerpt.cells = kept.map_while(|at| all.get(*at).cloned()).collect();
            return excerpt;
        }
        for field in &row.fields {
            if header.quotes && needs_quotes(field, header.delimiter) {
                excerpt.push(&format!("\"{}\"", field.replace('"', "\"\"")), header.delimiter);
            } else {
                excerpt.push(field, header.delimiter);
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

    /// Where the cell of a column stands; all of the line where it has none.
    pub(super) fn span(&self, column: Option<usize>) -> Range<usize> {
        let cell = column.and_then(|at| self.cells.get(at));
        cell.cloned().unwrap_or(0..self.text.len())
    }
}

/// The line of a row, where it is not what comes of its cells.
pub(super) fn written(header: &Header, line: &[u8], fields: &[String]) -> Option<Box<str>> {
    let plain = || -> Option<()> {
        let mut delimiter = [0; 4];
        let delimiter = header.delimiter.encode_utf8(&mut delimiter).as_bytes();
        let mut rest = line;
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                rest = rest.strip_prefix(delimiter)?;
            }
            if needs_quotes(field, header.delimiter) {
                rest = rest.strip_prefix(b"\"")?;
                for part in field.split_inclusive('"') {
                    rest = rest.strip_prefix(part.as_bytes())?;
                    if part.ends_with('"') {
                        rest = rest.strip_prefix(b"\"")?;
                    }
                }
                rest = rest.strip_prefix(b"\"")?;
            } else {
                rest = rest.strip_prefix(field.as_bytes())?;
            }
        }
        rest.is_empty().then_some(())
    };
    match plain() {
        Some(()) => None,
        None => Some(String::from_utf8_lossy(line).into()),
    }
}

fn needs_quotes(cell: &str, delimiter: char) -> bool {
    cell.contains([delimiter, '"', '\r', '\n'])
}

/// The cells of a line as they stand there, quotation marks and all.
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

    fn header(delimiter: char) -> Header {
        Header {
            delimiter,
            quotes: true,
            kept: vec![0, 2],
            ..Header::unknown("people.csv")
        }
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
        let fields = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        for (line, cells, kept) in [
            ("a,b", &["a", "b"][..], false),
            ("a,\"1,5\"", &["a", "1,5"], false),
            ("\"a \"\"b\"\"\",c", &["a \"b\"", "c"], false),
            ("a,\"two\nlines\"", &["a", "two\nlines"], false),
            ("\"a\",b", &["a", "b"], true),
            ("a,b,", &["a", "b"], true),
            ("a", &["a", ""], true),
            ("a, b", &["a", "b"], true),
        ] {
            let line = line.as_bytes();
            assert_eq!(
                written(&header(','), line, &fields(cells)).is_some(),
                kept,
                "{cells:?}"
            );
        }
    }

    #[test]
    fn an_excerpt_is_one_line_and_a_column_is_found_in_it() {
        let mut row = Row::new(2, vec!["a".to_owned(), "c\nd".to_owned()]);
        let excerpt = Excerpt::of(&header(';'), &row);
        assert_eq!(excerpt.text, "a;\"c d\"");
        assert_eq!(&excerpt.text[excerpt.span(Some(1))], "\"c d\"");
        row.line = Some("\"a\";\"x;y\";\"c\r\nd\";more".into());
        let excerpt = Excerpt::of(&header(';'), &row);
        assert_eq!(excerpt.text, "\"a\";\"x;y\";\"c  d\";more");
        assert_eq!(&excerpt.text[excerpt.span(Some(1))], "\"c  d\"");
        assert_eq!(excerpt.span(None), 0..excerpt.text.len());
        assert_eq!(excerpt.span(Some(7)), 0..excerpt.text.len());
    }
}
