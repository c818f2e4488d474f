//! Names in templates: which name means a column, and the errors for an unknown or ambiguous name.

use std::borrow::Cow;

use crate::campaign::{Place, Problem, nearest};
use crate::table::{Header, is_invisible};
use crate::words::{Arg, Said, say};

use super::spelling::{Doubt, is_word, written_name};

/// The rows of a message as a list of tables.
pub const ROWS: &str = "rows";

/// Variables every template has besides the columns.
pub const OWN_VARIABLES: [&str; 3] = ["row", "row_number", "campaign"];

/// Words that are not columns by themselves: those of the language, and our own names.
const TAKEN: [&str; 27] = [
    "row",
    "rows",
    "row_number",
    "campaign",
    "verp",
    "bounce",
    "token",
    "true",
    "True",
    "false",
    "False",
    "none",
    "None",
    "null",
    "and",
    "or",
    "not",
    "in",
    "is",
    "if",
    "elif",
    "else",
    "for",
    "loop",
    "self",
    "super",
    "__tera_context",
];

/// Where a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// In a template: `{{ name }}`.
    InTemplate,
    /// In a condition, which is all expression: `name`.
    InCondition,
}

impl Written {
    fn of(self, column: &str, header: &Header) -> String {
        let name = in_template(column, header);
        match self {
            Self::InTemplate => format!("{{{{ {name} }}}}"),
            Self::InCondition => name.into_owned(),
        }
    }
}

/// The sentence about a name that a template fills in and that stands for no column, or for several.
pub fn unknown_name(name: &str, place: Place, header: &Header, written: Written) -> Problem {
    let name = &written_name(name);
    let alike = header.ambiguous(name);
    if alike.is_empty() {
        return unknown_column(name, place, header, written);
    }
    let each: Vec<_> = alike.iter().map(|column| written.of(column, header)).collect();
    Problem::error(say!("render-ambiguous-column", n = alike.len(), name = name))
        .code("unknown-column")
        .at(place)
        .help(say!("render-ambiguous-column-hint", names = Arg::or(each)))
}

/// The sentence about a name that a template fills in and no column has.
fn unknown_column(name: &str, place: Place, header: &Header, written: Written) -> Problem {
    let mut problem = Problem::error(say!("render-unknown-column", name = name)).code("unknown-column");
    if let Some(near) = nearest(name, header.columns.iter().map(String::as_str)) {
        let near = written.of(near, header);
        problem = problem.help(match written {
            Written::InTemplate => say!("render-did-you-mean-hint", near = near),
            Written::InCondition => say!("render-did-you-mean-hint", near = format!("`{near}`")),
        });
    }
    if is_compared(&place) {
        problem = problem.help(say!("render-text-in-quotes-hint", text = name));
    }
    problem = problem.at(place);
    if header.columns.is_empty() {
        return problem;
    }
    let columns = header.columns.iter();
    let list: Vec<_> = columns.map(|column| in_template(column, header)).collect();
    problem.help(say!(
        "render-columns-are-hint",
        columns = Arg::commas(list.iter().map(|name| &**name))
    ))
}

/// Whether something is compared with what is written here: it may be a text without its quotes.
fn is_compared(place: &Place) -> bool {
    let before = place.text.get(..place.span.start).unwrap_or_default();
    let before = before.trim_end();
    ["==", "!=", "=", "<>", "≠"]
        .iter()
        .any(|sign| before.ends_with(sign))
}

/// The sentence about a name that means two things.
pub(super) fn doubtful(doubt: &Doubt, place: Place, header: &Header, written: Written) -> Problem {
    let file = &header.file;
    let (what, name) = match doubt {
        Doubt::Everything => {
            return Problem::error(say!("render-whole-row-named"))
                .code("whole-row")
                .at(place)
                .help(say!("render-name-the-column-hint", columns = listed(header)));
        }
        Doubt::Own(name) => (
            say!(
                "render-two-meanings",
                name = name,
                ours = ours(name),
                file = &**file
            ),
            name,
        ),
        Doubt::Word(name) => (
            say!("render-two-meanings-word", name = name, file = &**file),
            name,
        ),
    };
    let other = match doubt {
        Doubt::Own(_) => say!("render-two-meanings-ours-hint", ours = ours(name), file = &**file),
        Doubt::Word(_) | Doubt::Everything => say!("render-two-meanings-rename-hint", file = &**file),
    };
    Problem::error(what)
        .code("two-meanings")
        .at(place)
        .help(say!(
            "render-two-meanings-cell-hint",
            cell = written.of(name, header)
        ))
        .help(other)
}

fn ours(name: &str) -> Said {
    match name {
        "row" => say!("render-ours-row"),
        "rows" => say!("render-ours-rows"),
        "row_number" => say!("render-ours-row-number"),
        "campaign" => say!("render-ours-campaign"),
        "bounce" => say!("render-ours-bounce"),
        _ => say!("render-ours-bounces"),
    }
}

/// The columns as a template names them, a few of them.
pub(super) fn listed(header: &Header) -> String {
    let names = header.columns.iter().take(8);
    let mut names: Vec<_> = names
        .map(|column| Written::InTemplate.of(column, header))
        .collect();
    if header.columns.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// A column as a template names it: `name`, `姓名`, `row['First Name']`; by its letter, `column_B`, where
/// its name has what cannot be written there.
pub fn in_template<'c>(column: &'c str, header: &Header) -> Cow<'c, str> {
    if !column.is_empty() && is_word(column) && !TAKEN.contains(&column) {
        return Cow::Borrowed(column);
    }
    match header.columns.iter().position(|other| other == column) {
        Some(at) if !can_be_quoted(column) => Cow::Owned(header.alias(at)),
        Some(_) | None => {
            // In single quotes: a subject is in double quotes.
            Cow::Owned(format!("row['{column}']"))
        }
    }
}

/// A column as keys of the campaign file name it, which take names as they are.
pub fn in_list<'c>(column: &'c str, header: &Header) -> Cow<'c, str> {
    match header.columns.iter().position(|other| other == column) {
        Some(at) if column.contains(['"', '\\']) || !shows(column) => Cow::Owned(header.alias(at)),
        Some(_) | None => Cow::Borrowed(column),
    }
}

/// The column that a name in a spelled template stands for; the name as it was written, where none does.
pub fn column_of(name: &str, header: &Header) -> String {
    if header.columns.iter().any(|column| column == name) {
        return name.to_owned();
    }
    let column = header.of_alias(name).and_then(|at| header.columns.get(at));
    column.cloned().unwrap_or_else(|| written_name(name))
}

/// Whether a name can be in the quotation marks of a template, even in those of the campaign file.
fn can_be_quoted(name: &str) -> bool {
    let braces = ["{{", "}}", "{%", "%}", "{#", "#}"];
    !name.contains(['"', '\'', '\\']) && shows(name) && !braces.iter().any(|brace| name.contains(brace))
}

/// Whether all of a name can be seen, and typed.
fn shows(name: &str) -> bool {
    !name.contains(|c: char| c.is_control() || is_invisible(c))
}

/// The column of a template that is `{{ column }}` or `{{ row['column'] }}` and nothing else.
pub(super) fn bare_variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    if let Some(quoted) = name.strip_prefix("row[").and_then(|name| name.strip_suffix(']')) {
        let of = |quote: char| quoted.strip_prefix(quote)?.strip_suffix(quote);
        let column = of('\'').or_else(|| of('"'))?;
        return (!column.contains(['\'', '"', '\\'])).then_some(column);
    }
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let literal = ["true", "false", "none"]
        .iter()
        .any(|word| name.eq_ignore_ascii_case(word));
    (plain && !literal).then_some(name)
}
