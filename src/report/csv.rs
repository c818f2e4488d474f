//! `report.csv`: the user's own file with what became of each row.
//!
//! UTF-8 with a byte order mark and CRLF, as Excel wants it. The user's cells
//! come back as they went in. Ours are guarded: a relay's reply is a
//! stranger's text, and a cell that begins with `=` is a formula.

use std::borrow::Cow;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use crate::ledger::ReportRow;

use super::failure::ReportError;
use super::rows::Rows;

/// The columns behind the user's own.
pub fn own_columns() -> [&'static str; 7] {
    [
        "mailshot_status",
        "mailshot_code",
        "mailshot_reply",
        "mailshot_attempts",
        "mailshot_message_id",
        "mailshot_relay",
        "mailshot_at",
    ]
}

/// Writes the header, and a record for each row.
pub(super) fn write(rows: &Rows<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    out.write_all("\u{feff}".as_bytes())
        .map_err(ReportError::of_stream)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let columns = rows.columns()?;
    let header = columns.iter().map(String::as_str).chain(own_columns());
    writer.write_record(header).map_err(failed)?;
    rows.each(|row| write_row(&mut writer, row, columns.len()).map_err(failed))?;
    writer.flush().map_err(ReportError::of_stream)
}

fn failed(error: csv::Error) -> ReportError {
    ReportError::of_stream(error.into())
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
    if line.starts_with(['=', '+', '-', '@']) {
        line = Cow::Owned(format!("'{line}"));
    }
    line
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
        assert_eq!(guarded("\t=1"), " =1");
    }
}
