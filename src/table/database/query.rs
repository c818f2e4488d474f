//! What to ask a database for: the campaign's query, or its only table.

use rusqlite::Connection;

use crate::campaign::{Place, Problem, RecipientsSource, SheetChoice, Text};
use crate::storage::guarded;
use crate::words::{Arg, Said, say};

use super::super::failure::TableError;
use super::failure::{failed, while_asking};

/// Tables whose columns are listed.
const SHOWN: usize = 12;

/// A query that gives rows.
pub(super) struct Asked {
    pub(super) query: Text,
    pub(super) columns: Vec<String>,
    /// The table that is read, where no query says which.
    pub(super) table: Option<String>,
    /// All tables and views.
    pub(super) tables: Vec<String>,
}

/// The query of the campaign, or one for the only table; its columns.
pub(super) fn choose(connection: &Connection, source: &RecipientsSource) -> Result<Asked, TableError> {
    let shown = source.shown.as_str();
    let tables = tables(connection).map_err(|error| failed(shown, &error))?;
    let (query, table) = match &source.query {
        Some(query) => (query.clone(), None),
        None => {
            let table = only_table(connection, source, &tables)?;
            let value = format!("select * from {}", quoted(&table));
            let place = Place::in_file(shown, value.as_str().into(), 0..value.len());
            (Text { value, place }, Some(table))
        }
    };
    let columns = columns(connection, shown, &query)?;
    Ok(Asked {
        query,
        columns,
        table,
        tables,
    })
}

fn columns(connection: &Connection, shown: &str, query: &Text) -> Result<Vec<String>, TableError> {
    let statement = connection
        .prepare(&query.value)
        .map_err(|error| while_asking(shown, query, &error))?;
    if !statement.readonly() || statement.column_count() == 0 {
        return Err(Problem::error(say!("table-query-writes"))
            .code("query")
            .at(query.place.clone())
            .help(say!("table-query-writes-help"))
            .into());
    }
    if statement.parameter_count() > 0 {
        return Err(Problem::error(say!("table-query-parameters"))
            .code("query")
            .at(query.place.clone())
            .help(say!("table-query-parameters-help"))
            .into());
    }
    let names = guarded(|| statement.column_names().map(str::to_owned).collect());
    names.map_err(|_| {
        Problem::error(say!("table-query-column-name"))
            .code("query")
            .at(query.place.clone())
            .help(say!("table-query-column-name-help"))
            .help(say!("table-export-as-csv"))
            .into()
    })
}

/// Tables and views in the order in which they were made, without SQLite's own.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(
        "select name from pragma_table_list where schema = 'main' and type in ('table', 'view', 'virtual') \
         and name not like 'sqlite\\_%' escape '\\' order by name",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

fn only_table(
    connection: &Connection,
    source: &RecipientsSource,
    tables: &[String],
) -> Result<String, TableError> {
    let problem = |what: Said, place| Problem::error(what).code("query").at(place);
    let nowhere = Place::whole(source.shown.as_str());
    // A table is what a sheet is in a workbook.
    let wanted = match &source.sheet {
        Some(SheetChoice::Named(name)) => {
            Some((tables.contains(&name.value).then_some(&name.value), &name.place))
        }
        Some(SheetChoice::Numbered(number, place)) => Some((tables.get(number - 1), place)),
        None => None,
    };
    let mut problem = match (wanted, tables) {
        (Some((Some(table), _)), _) => return Ok(table.clone()),
        (None, [table]) => return Ok(table.clone()),
        (_, []) => {
            return Err(problem(say!("table-database-empty"), nowhere)
                .help(say!("table-database-empty-help"))
                .into());
        }
        (Some((None, place)), _) => problem(say!("table-no-such-table"), place.clone()),
        (None, _) => problem(say!("table-several-tables", tables = tables.len()), nowhere),
    };
    let mut likely = None;
    for table in tables.iter().take(SHOWN) {
        let query = Text::of_flag("", &format!("select * from {}", quoted(table)));
        let columns = columns(connection, &source.shown, &query).unwrap_or_default();
        if columns
            .iter()
            .any(|column| column.to_lowercase().contains("mail"))
        {
            likely.get_or_insert(table);
        }
        let columns = Arg::commas(columns);
        problem = problem.help(say!("table-table-columns", table = table, columns = columns));
    }
    if tables.len() > SHOWN {
        problem = problem.help(say!("table-more-tables", more = tables.len() - SHOWN));
    }
    let first = likely
        .or(tables.first())
        .map(|table| quoted(table))
        .unwrap_or_default();
    Err(problem.help(say!("table-write-query", table = first)).into())
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
