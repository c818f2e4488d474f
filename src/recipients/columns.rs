//! Columns that the campaign file names.

use crate::campaign::{Problem, Problems, Text, nearest};
use crate::render::in_list;
use crate::table::{Header, Row};
use crate::words::{Arg, Said, say};

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
    let problem = |what: Said| {
        Problem::error(what)
            .code("unknown-column")
            .at(column.place.clone())
    };
    if !alike.is_empty() {
        return problem(say!(
            "recipients-columns-alike",
            file = &*header.file,
            column = &column.value
        ))
        .help(say!("recipients-columns-which", columns = Arg::or(alike)));
    }
    let mut problem = problem(say!(
        "recipients-no-column",
        column = &column.value,
        file = &*header.file
    ));
    if let Some(near) = nearest(&column.value, header.columns.iter().map(String::as_str)) {
        let near = in_list(near, header).into_owned();
        problem = problem.help(say!("recipients-did-you-mean", column = near));
    }
    let columns = header.columns.iter();
    let columns = columns.map(|column| in_list(column, header).into_owned());
    problem.help(say!("recipients-columns-are", columns = Arg::commas(columns)))
}

/// A column in which the rows of one message must agree, and do not.
pub fn disagreement(header: &Header, row: &Row, column: usize) -> Problem {
    let name = header.names.get(column).map_or("", String::as_str);
    Problem::error(say!("recipients-rows-differ", column = name))
        .code("group-differs")
        .at(header.place(row, Some(column)))
        .help(say!("recipients-rows-differ-help"))
}
