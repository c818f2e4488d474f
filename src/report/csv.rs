//! `report.csv`: the user's own file, with the result of each row.
//!
//! UTF-8 with a byte order mark and CRLF, as Excel needs it. The user's cells are written
//! unchanged. Our own cells are guarded: a relay's reply is foreign text, and a cell that begins
//! with `=` is a formula.

use std::borrow::Cow;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use crate::ledger::ReportRow;
use crate::table::{OWN_COLUMNS, is_invisible};

use super::failure::ReportError;
use super::rows::Rows;

/// Writes the header, and a record for each row.
pub(super) fn write(rows: &Rows<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    out.write_all("\u{feff}".as_bytes())
        .map_err(ReportError::of_stream)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let columns = rows.columns()?;
    let header = columns.iter().map(String::as_str).chain(OWN_COLUMNS);
    writer.write_record(header).map_err(failed)?;
    rows.each(|row| write_row(&mut writer, row, columns.len()).map_err(failed))?;
    writer.flush().map_err(ReportError::of_stream)
}

fn failed(error: csv::Error) -> ReportError {
    let words = error.to_string();
    // What kind of error it is, the library's own conversion forgets.
    let kind = error.into_kind();
    ReportError::of_stream(if let csv::ErrorKind::Io(error) = kind {
        error
    } else {
        std::io::Error::other(words)
    })
}

fn write_row<W: Write>(writer: &mut Writer<W>, row: &ReportRow<'_>, width: usize) -> csv::Result<()> {
    let missing = std::iter::repeat_n("", width.saturating_sub(row.fields.len()));
    for cell in row.fields.iter().map(AsRef::as_ref).chain(missing) {
        writer.write_field(cell)?;
    }
    writer.write_field(row.status.name())?;
    writer.write_field(row.code.map(|code| code.to_string()).unwrap_or_default())?;
    writer.write_field(&*guarded(row.reply))?;
    writer.write_field(row.attempts.to_string())?;
    writer.write_field(&*guarded(row.message_id))?;
    writer.write_field(&*guarded(row.relay))?;
    writer.write_field(row.at)?;
    // Ends the record.
    writer.write_record(None::<&[u8]>)
}

/// A cell that no spreadsheet takes for a formula, on one line.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(text);
    if text.contains(char::is_control) {
        line = Cow::Owned(text.replace(char::is_control, " "));
    }
    if is_formula(&line) {
        line = Cow::Owned(format!("'{line}"));
    }
    line
}

/// Whether some spreadsheet takes it for a formula: the signs count in their full width, too (Excel
/// in Chinese and Japanese), and behind what nobody sees or what an import trims away.
fn is_formula(cell: &str) -> bool {
    let unseen = |c: char| c.is_whitespace() || is_invisible(c);
    let shown = cell.trim_start_matches(unseen);
    let wide = ['\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    shown.starts_with(['=', '+', '-', '@', '|', '\u{2212}']) || shown.starts_with(wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_s_words_are_no_formula() {
        assert_eq!(
            guarded("=HYPERLINK(\"http://x.test\")"),
            "'=HYPERLINK(\"http://x.test\")"
        );
        assert_eq!(guarded("5.1.1 no\nsuch user"), "5.1.1 no such user");
        assert_eq!(guarded("\t=1"), "' =1");
        for formula in [
            "=1",
            "+1",
            "-1",
            "@A1",
            "|1",
            "\u{ff1d}1+1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}A1",
            " =1",
            "\u{200b}=1",
            "\u{feff}\u{a0}@A1",
            "\u{3000}\u{ff1d}1",
        ] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
    }
}
