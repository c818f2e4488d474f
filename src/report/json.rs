//! The report for programs: one JSON array, with one object per source row.

use std::borrow::Cow;
use std::io::Write;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::ledger::Status;

use super::failure::ReportError;
use super::rows::Rows;

/// The user's columns under `row`, ours beside it.
#[derive(Serialize)]
struct Line<'r> {
    row_number: u64,
    #[serde(serialize_with = "cells")]
    row: (&'r [String], &'r [Cow<'r, str>]),
    key: &'r str,
    status: Status,
    code: Option<u16>,
    reply: &'r str,
    attempts: u32,
    message_id: &'r str,
    relay: &'r str,
    at: &'r str,
}

fn cells<S: Serializer>(
    (columns, fields): &(&[String], &[Cow<'_, str>]),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(columns.len()))?;
    for (i, column) in columns.iter().enumerate() {
        map.serialize_entry(column, fields.get(i).map_or("", |cell| cell))?;
    }
    map.end()
}

/// Writes the array.
pub(super) fn write(rows: &Rows<'_>, out: &mut dyn Write) -> Result<(), ReportError> {
    let columns = rows.columns()?;
    let mut separator = "\n";
    out.write_all(b"[").map_err(ReportError::of_stream)?;
    rows.each(|row| {
        let line = Line {
            row_number: row.number,
            row: (&columns, &row.fields),
            key: row.key,
            status: row.status,
            code: row.code,
            reply: row.reply,
            attempts: row.attempts,
            message_id: row.message_id,
            relay: row.relay,
            at: row.at,
        };
        out.write_all(separator.as_bytes())
            .map_err(ReportError::of_stream)?;
        separator = ",\n";
        serde_json::to_writer(&mut *out, &line).map_err(|e| ReportError::of_stream(e.into()))
    })?;
    out.write_all(b"\n]\n").map_err(ReportError::of_stream)
}
