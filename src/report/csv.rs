//! `report.csv`: the user's own file with what became of each row.
//!
//! UTF-8 with a byte order mark and CRLF, as Excel wants it. The user's cells
//! come back as they went in. Ours are guarded: a relay's reply is a
//! stranger's text, and a cell that begins with `=` is a formula.

use std::io::Write;

use csv::{Terminator, WriterBuilder};

use crate::ledger::{Reader, ReportRow, Status};

use super::ReportError;

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

/// Writes the rows of a mailing, all or those with one of the statuses.
///
/// # Errors
/// The ledger cannot be read, or `out` not written.
pub fn write(
    reader: &Reader,
    mailing: i64,
    only: Option<&[Status]>,
    out: &mut dyn Write,
) -> Result<(), ReportError> {
    out.write_all("\u{feff}".as_bytes())
        .map_err(ReportError::of_stream)?;
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let columns = reader.columns(mailing)?;
    let header = columns.iter().map(String::as_str).chain(own_columns());
    writer.write_record(header).map_err(failed)?;
    let wanted = |status| only.is_none_or(|statuses| statuses.contains(&status));
    // Usually nobody is: then the rows need not be looked at.
    let totals = reader.totals(mailing)?;
    if totals.iter().any(|(status, count)| *count > 0 && wanted(*status)) {
        reader.rows(mailing, |row| {
            if wanted(row.status) {
                writer.write_record(record(&row, columns.len())).map_err(failed)?;
            }
            Ok::<(), ReportError>(())
        })?;
    }
    writer.flush().map_err(ReportError::of_stream)
}

fn failed(error: csv::Error) -> ReportError {
    ReportError::of_stream(error.into())
}

fn record(row: &ReportRow, width: usize) -> Vec<String> {
    let mut cells = row.fields.clone();
    cells.resize(width, String::new());
    cells.extend([
        row.status.name().to_owned(),
        row.code.map(|c| c.to_string()).unwrap_or_default(),
        guarded(&row.reply),
        row.attempts.to_string(),
        guarded(&row.message_id),
        guarded(&row.relay),
        row.at.clone(),
    ]);
    cells
}

/// A cell that no spreadsheet takes for a formula, on one line.
fn guarded(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if line.starts_with(['=', '+', '-', '@']) {
        format!("'{line}")
    } else {
        line
    }
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
