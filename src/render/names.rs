//! Names in templates: what stands for a column, and what is said of a name that stands for none.

use std::borrow::Cow;

use crate::campaign::{Place, Problem, nearest};
use crate::table::Header;

/// The rows of a message as a list of tables, where no column is called so.
pub const ROWS: &str = "rows";

/// Variables every template has besides the columns.
pub const OWN_VARIABLES: [&str; 3] = ["row", "row_number", "campaign"];

/// What is said of a name that a template fills in and that stands for no column, or for several.
pub fn unknown_name(name: &str, place: Place, header: &Header) -> Problem {
    let alike = header.ambiguous(name);
    if alike.is_empty() {
        return unknown_column(name, place, &header.columns);
    }
    let written: Vec<_> = alike
        .iter()
        .map(|column| format!("{{{{ {} }}}}", in_template(column)))
        .collect();
    let many = match alike.len() {
        2 => "two".to_owned(),
        more => more.to_string(),
    };
    Problem::error(format!("{many} columns are called `{name}`"))
        .code("unknown-column")
        .at(place)
        .help(format!("write {}", written.join(" or ")))
}

/// What is said of a name that a template fills in and no column has.
fn unknown_column(name: &str, place: Place, columns: &[String]) -> Problem {
    let mut problem =
        Problem::error(format!("there is no column `{name}` to fill in here")).code("unknown-column");
    if let Some(near) = nearest(name, columns.iter().map(String::as_str)) {
        problem = problem.help(format!("did you mean {{{{ {} }}}}?", in_template(near)));
    }
    problem = problem.at(place);
    if columns.is_empty() {
        return problem;
    }
    let list: Vec<_> = columns.iter().map(|column| in_template(column)).collect();
    problem.help(format!("the columns are: {}", list.join(", ")))
}

/// A column as a template names it: `name`, `row['First Name']`.
pub fn in_template(column: &str) -> Cow<'_, str> {
    let plain = column.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !column.starts_with(|c: char| c.is_ascii_digit());
    if plain {
        Cow::Borrowed(column)
    } else {
        // In single quotes: a subject stands in double ones.
        let quote = if column.contains('\'') { '"' } else { '\'' };
        Cow::Owned(format!("row[{quote}{column}{quote}]"))
    }
}
