//! Columns that the campaign file names.

use crate::campaign::{Problem, Problems, Text, nearest};
use crate::render::in_list;
use crate::table::{Header, Row};

/// Where these columns are; for each that is not there, a problem.
pub fn positions(names: &[Text], header: &Header, problems: &mut Problems) -> Vec<usize> {
    let mut positions = Vec::new();
    for column in names {
        match header.position(&column.value) {
            Some(position) => positions.push(position),
            None => problems.push(unknown(column, header)),
        }
    }
    positions
}

fn unknown(column: &Text, header: &Header) -> Problem {
    let alike = header.ambiguous(&column.value);
    let problem = |what: String| {
        Problem::error(what)
            .code("unknown-column")
            .at(column.place.clone())
    };
    if !alike.is_empty() {
        return problem(format!(
            "several columns of {} are called `{}`",
            header.file, column.value
        ))
        .help(format!("say which: {}", alike.join(", ")));
    }
    let mut problem = problem(format!(
        "there is no column `{}` in {}",
        column.value, header.file
    ));
    if let Some(near) = nearest(&column.value, header.columns.iter().map(String::as_str)) {
        problem = problem.help(format!("did you mean `{}`?", in_list(near, header)));
    }
    let columns: Vec<_> = header
        .columns
        .iter()
        .map(|column| in_list(column, header))
        .collect();
    problem.help(format!("the columns are: {}", columns.join(", ")))
}

/// A column in which the rows of one message must agree, and do not.
pub fn disagreement(header: &Header, row: &Row, column: usize) -> Problem {
    let name = header.names.get(column).map_or("", String::as_str);
    Problem::error(format!(
        "the rows of one message differ in `{name}`, which must be one value"
    ))
    .code("group-differs")
    .at(header.place(row, Some(column)))
    .help("put the column into `group_by`, too; or make the cells of these rows the same")
}
