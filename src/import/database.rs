//! mailmerge's database, read as a recipients file.

use std::path::Path;

use crate::campaign::{Overrides, Place, Problem, Problems, RecipientsSource};
use crate::table::{Row, Table, TableError};
use crate::words::say;

use super::folder::DATABASE;

/// The database: its columns and rows.
pub(super) struct Database {
    pub(super) shown: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

impl Database {
    pub(super) fn read(old: &Path) -> Result<Self, Problems> {
        let path = old.join(DATABASE);
        let shown = path.display().to_string();
        if !path.is_file() {
            return Err(Problem::error(say!("import-database-missing", file = DATABASE))
                .at(Place::whole(shown))
                .help(say!("import-folder-help", file = DATABASE))
                .into());
        }
        let source = RecipientsSource::of_flags(&Overrides {
            recipients: Some(path),
            ..Overrides::default()
        })?;
        let table = Table::open(&source).map_err(TableError::into_problems)?;
        let columns = table.header().columns.clone();
        let mut rows = Vec::new();
        for row in table {
            // `check` reports a wrong row.
            if let Ok(row) = row.map_err(TableError::into_problems)? {
                rows.push(row);
            }
        }
        Ok(Self { shown, columns, rows })
    }
}
