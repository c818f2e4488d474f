//! `mailshot new --from-mailmerge`: a folder of mailmerge's files -> a campaign.
//!
//! mailmerge (PyPI `mailmerge`) keeps a message's headers and body in one
//! Jinja2 template, beside a database and the settings of one server. All of
//! it is read and translated before anything is written; what has no match is
//! told with its place and stays as it is, so that `mailshot check` stops at it.

mod attachments;
mod bodies;
mod campaign_file;
mod expression;
mod header;
mod jinja;
mod markdown;
mod names;
mod pictures;
mod python;
mod server;
mod written;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::campaign::{Overrides, Place, Problem, Problems, RecipientsSource, Severity};
use crate::table::{Row, Table};

use expression::Scope;
use jinja::{Mode, Translator};

const TEMPLATE: &str = "mailmerge_template.txt";
const DATABASE: &str = "mailmerge_database.csv";
const SERVER: &str = "mailmerge_server.conf";

/// Files of the new folder that nothing else may take the place of.
const OWN: [&str; 7] = [
    "mailshot.toml",
    ".gitignore",
    DATABASE,
    bodies::TEXT,
    bodies::HTML,
    bodies::MARKDOWN,
    bodies::CALENDAR,
];

/// What the new folder is to hold, and what is to be said of it.
#[derive(Debug, Default)]
pub struct Converted {
    /// Files by their path in the new folder.
    pub files: Vec<(PathBuf, String)>,
    /// Files that are copied: from where, and their path in the new folder.
    pub copies: Vec<(PathBuf, PathBuf)>,
    /// Messages the database makes.
    pub rows: usize,
    /// What the user is to look at.
    pub warnings: Vec<Problem>,
}

/// A file of the old folder.
#[derive(Debug)]
struct Source {
    shown: Arc<str>,
    text: Arc<str>,
    /// The text is the file's, octet for octet, so that places in it are places in the file.
    exact: bool,
}

impl Source {
    fn read(folder: &Path, name: &str, help: &str) -> Result<Self, Box<Problem>> {
        let path = folder.join(name);
        let shown = path.display().to_string();
        let bytes = fs::read(&path).map_err(|e| {
            Problem::error(format!("{name} cannot be read: {e}"))
                .at(Place::whole(shown.as_str()))
                .help(help)
        })?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Problem::error(format!("{name} is not UTF-8 text"))
                .at(Place::whole(shown.as_str()))
                .help("save it as UTF-8 in your editor")
        })?;
        let text = text
            .strip_prefix('\u{feff}')
            .unwrap_or(&text)
            .replace("\r\n", "\n");
        Ok(Self {
            shown: shown.into(),
            text: text.into(),
            exact: true,
        })
    }

    fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn place(&self, span: Range<usize>) -> Place {
        if self.exact {
            Place::in_file(Arc::clone(&self.shown), Arc::clone(&self.text), span)
        } else {
            Place::whole(Arc::clone(&self.shown))
        }
    }
}

/// What the user is to look at, each thing once.
#[derive(Debug, Default)]
struct Warnings(Vec<Problem>);

impl Warnings {
    fn at(&mut self, source: &Source, span: Range<usize>, what: impl Into<String>, help: impl Into<String>) {
        self.add(Problem::warning(what).at(source.place(span)).help(help));
    }

    fn add(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }
}

/// The database: its columns and rows.
struct Database {
    shown: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// Reads the old folder and says what the new one is to hold.
///
/// # Errors
/// A file that is missing or cannot be read, a template without a recipient or
/// a sender: all of it together.
pub fn convert(old: &Path) -> Result<Converted, Problems> {
    let mut problems = Problems::default();
    let template = Source::read(
        old,
        TEMPLATE,
        "name the folder that mailmerge is run in; a template of another name is to be copied to this one",
    );
    let database = read_database(old);
    let template = template.map_err(|problem| problems.push(*problem)).ok();
    let database = database.map_err(|found| problems.0.extend(found.0)).ok();
    let (Some(template), Some(database)) = (template, database) else {
        return Err(problems);
    };
    let mut warnings = Warnings::default();
    let mut made = Converted {
        rows: database.rows.len(),
        ..Converted::default()
    };
    let mut translator = Translator {
        scope: Scope {
            columns: database.columns.clone(),
            ..Scope::default()
        },
        warnings: &mut warnings,
        included: std::collections::BTreeSet::new(),
    };
    let head = header::read(&template, &mut translator);
    for (name, example) in [
        ("to", "TO: {{email}}"),
        ("from", "FROM: My Self <myself@example.org>"),
    ] {
        if head.field(name).is_none() {
            problems.push(
                Problem::error(format!("the template has no {}:", name.to_uppercase()))
                    .at(template.place(0..0))
                    .help(format!(
                        "mailmerge needs it, too: a line `{example}` above the first blank line"
                    )),
            );
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let mut attached = attachments::read(old, &template, &head, &database, &mut translator);
    let bodies = bodies::read(&template, &head, &mut attached, &mut translator);
    includes(old, bodies.escape(), &mut translator, &mut made);
    let named = std::mem::take(&mut translator.scope.named);
    bodies::look_into_cells(&bodies, &database, &named, translator.warnings);
    let relay = server::read(old, translator.warnings);
    made.files.push((
        PathBuf::from("mailshot.toml"),
        campaign_file::write(old, &head, &bodies, &attached, relay.as_ref()),
    ));
    made.files.extend(bodies.into_files());
    made.copies.push((old.join(DATABASE), PathBuf::from(DATABASE)));
    made.copies.extend(attached.copies);
    made.warnings = warnings.0;
    made.warnings.sort_by_key(|problem| {
        let line = problem
            .place
            .as_ref()
            .map(|place| (Arc::clone(&place.path), place.line()));
        (std::cmp::Reverse(problem.severity == Severity::Error), line)
    });
    Ok(made)
}

fn read_database(old: &Path) -> Result<Database, Problems> {
    let path = old.join(DATABASE);
    let shown = path.display().to_string();
    if !path.is_file() {
        return Err(Problem::error(format!("{DATABASE} is not there"))
            .at(Place::whole(shown))
            .help("name the folder that mailmerge is run in; a database of another name is to be copied to this one")
            .into());
    }
    let source = RecipientsSource::of_flags(&Overrides {
        recipients: Some(path),
        ..Overrides::default()
    })?;
    let table = Table::open(&source).map_err(crate::table::TableError::into_problems)?;
    let columns = table.header().columns.clone();
    let mut rows = Vec::new();
    for row in table {
        // A row that is wrong is told by `check`.
        if let Ok(row) = row.map_err(crate::table::TableError::into_problems)? {
            rows.push(row);
        }
    }
    Ok(Database { shown, columns, rows })
}

/// The files that templates include, and those that they include.
fn includes(old: &Path, mode: Mode, translator: &mut Translator<'_>, made: &mut Converted) {
    let mut done = std::collections::BTreeSet::new();
    while let Some(name) = translator.included.difference(&done).next().cloned() {
        done.insert(name.clone());
        let inside = attachments::inside(&name).filter(|path| !is_own(path));
        let Some(path) = inside else {
            translator.warnings.add(
                Problem::warning(format!("the included file `{name}` is not taken over"))
                    .at(Place::whole(old.join(TEMPLATE).display().to_string()))
                    .help("give it a name of its own, below the folder of the template"),
            );
            continue;
        };
        let help = "put the file beside the template, or take the line out";
        match Source::read(old, &name, help) {
            Ok(source) => {
                // Jinja2 drops the line end that an editor puts behind the last line.
                let end = source.text.strip_suffix('\n').unwrap_or(&source.text).len();
                let text = translator.translate(&source, 0..end, mode);
                made.files.push((path, text));
            }
            Err(problem) => translator.warnings.add(Problem {
                severity: Severity::Warning,
                ..*problem
            }),
        }
    }
}

/// Whether a path in the new folder is a file of mailshot's own.
fn is_own(path: &Path) -> bool {
    OWN.iter().any(|own| path.as_os_str().eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests;
