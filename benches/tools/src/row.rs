//! A row by its number: the pass that builds the index, and how long a row takes after it.

use std::path::PathBuf;
use std::time::Instant;

use mailshot::inside::{RecipientsSource, RowIndex, Table, TableError};
use serde_json::json;

use super::Result;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The recipients file.
    file: PathBuf,
    /// The row's number, as the spreadsheet counts.
    row: u64,
    /// Asks for it this many times; the slowest counts.
    #[arg(long, default_value_t = 10)]
    times: u32,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let source = RecipientsSource {
        file: arguments.file.clone(),
        shown: arguments.file.display().to_string(),
        ..RecipientsSource::default()
    };
    let began = Instant::now();
    let mut table = Table::open(&source).map_err(TableError::into_problems)?;
    let mut rows = 0_u64;
    for row in table.by_ref() {
        row.map_err(TableError::into_problems)?
            .map_err(|fault| fault.problems)?;
        rows += 1;
    }
    let pass = began.elapsed().as_secs_f64();
    let index = RowIndex::of(&table);
    drop(table);
    let mut slowest = 0.0_f64;
    for _ in 0..arguments.times {
        let began = Instant::now();
        let row = index.row(arguments.row).map_err(TableError::into_problems)?;
        slowest = slowest.max(began.elapsed().as_secs_f64());
        match row {
            Some(Ok(row)) if row.number == arguments.row => {}
            Some(_) | None => return Err(format!("row {} was not found", arguments.row).into()),
        }
    }
    println!("{}", json!({"pass": pass, "rows": rows, "row": slowest}));
    Ok(())
}
