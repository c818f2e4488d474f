//! Tera: templates are compiled once and rendered for each row.
//!
//! Every template of a campaign lives here: bodies, subject, headers, and the
//! pieces that address templates are taken apart into. A template's error
//! becomes a [`Problem`] with the file, line and column the user wrote it at,
//! also when it stands inside `mailshot.toml`.
//!
//! Cells are values, never templates: nothing a spreadsheet holds is
//! compiled. `.html` is escaped by Tera, everything else is not; whoever puts
//! a rendered text into a header guards it there.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tera::{Context, ErrorKind, Tera, Value};

use crate::campaign::{Place, Problem, Problems, TemplateFile, Text, nearest};
use crate::table::{Header, Row};

/// Variables every template has besides the columns.
const OWN_VARIABLES: [&str; 3] = ["row", "row_number", "campaign"];

/// A file that went into the messages, and what it held when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its content.
    pub digest: [u8; 32],
}

impl Input {
    /// Notes what was read from `path`.
    pub fn new(path: &Path, content: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            digest: Sha256::digest(content).into(),
        }
    }
}

/// Stands for one compiled template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateId(usize);

enum Entry {
    /// Nothing to fill in.
    Constant(String),
    /// The name it is known by in Tera.
    Compiled(String),
}

/// Compiles the templates of a campaign, collecting what is wrong with them.
pub struct Compiler {
    tera: Tera,
    entries: Vec<Entry>,
    /// Where the text of a template stands, by its name in Tera.
    sources: HashMap<String, Place>,
    inputs: Vec<Input>,
    problems: Problems,
    folder: PathBuf,
}

impl Compiler {
    /// Nothing compiled yet; `{% include %}` looks below `folder`.
    pub fn new(folder: &Path) -> Self {
        Self {
            tera: Tera::new(),
            entries: Vec::new(),
            sources: HashMap::new(),
            inputs: Vec::new(),
            problems: Problems::default(),
            folder: folder.to_owned(),
        }
    }

    /// Compiles `piece` (octets of the text's value), a template without
    /// escaping.
    pub fn inline(&mut self, text: &Text, piece: Range<usize>) -> TemplateId {
        let value = text.value.get(piece.clone()).unwrap_or_default();
        let written = text.place.text.get(text.place.span.clone());
        let place = if written == Some(text.value.as_str()) {
            let start = text.place.span.start;
            text.place.at(start + piece.start..start + piece.end)
        } else {
            text.place.clone()
        };
        if is_constant(value) {
            return self.entry(Entry::Constant(value.to_owned()));
        }
        let name = format!("{}#{}", text.place.path, self.entries.len());
        self.compile(&name, value, place);
        self.entry(Entry::Compiled(name))
    }

    /// Compiles the whole of a text.
    pub fn text(&mut self, text: &Text) -> TemplateId {
        self.inline(text, 0..text.value.len())
    }

    /// Compiles a file, called `shown` in messages; `escape` makes it HTML
    /// whatever its name.
    pub fn file(&mut self, file: &TemplateFile, shown: &str, escape: bool) -> TemplateId {
        let text = match std::fs::read(&file.path) {
            Ok(bytes) => bytes,
            Err(e) => {
                self.problems.push(
                    Problem::error(format!("the template {shown} cannot be read: {e}"))
                        .at(file.place.clone())
                        .help("check the name; paths in the campaign file start from its folder"),
                );
                return self.entry(Entry::Constant(String::new()));
            }
        };
        self.inputs.push(Input::new(&file.path, &text));
        let Some(text) = self.utf8(shown, text) else {
            return self.entry(Entry::Constant(String::new()));
        };
        if text.trim().is_empty() {
            self.problems.push(
                Problem::error("this template is empty")
                    .at(Place::whole(shown))
                    .help("write the message into it"),
            );
        }
        let escaped_by_name = [".html", ".htm", ".xml"].iter().any(|s| shown.ends_with(s));
        let name = if escape && !escaped_by_name {
            format!("{shown}.html")
        } else {
            shown.to_owned()
        };
        self.included(&text, shown);
        let place = Place::in_file(shown, Arc::from(text.as_str()), 0..text.len());
        self.compile(&name, &text, place);
        self.entry(Entry::Compiled(name))
    }

    /// Everything compiled, or all that is wrong.
    ///
    /// # Errors
    /// Unreadable files, syntax errors, all of them.
    pub fn finish(self, header: &Arc<Header>, campaign: &str) -> Result<Templates, Problems> {
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let names = self.entries.iter().filter_map(|entry| match entry {
            Entry::Compiled(name) => Some(name),
            Entry::Constant(_) => None,
        });
        let used: HashSet<String> = names
            .filter_map(|name| self.tera.get_template_variables(name).ok())
            .flatten()
            .map(str::to_owned)
            .collect();
        let columns = header
            .columns
            .iter()
            .enumerate()
            .filter(|(_, name)| used.contains(*name) && !OWN_VARIABLES.contains(&name.as_str()))
            .map(|(i, name)| (i, name.clone()))
            .collect();
        Ok(Templates {
            columns,
            wants_row: used.contains("row"),
            used,
            tera: self.tera,
            entries: self.entries,
            sources: self.sources,
            inputs: self.inputs,
            header: Arc::clone(header),
            campaign: campaign.to_owned(),
        })
    }

    fn entry(&mut self, entry: Entry) -> TemplateId {
        self.entries.push(entry);
        TemplateId(self.entries.len() - 1)
    }

    fn compile(&mut self, name: &str, text: &str, place: Place) {
        self.sources.insert(name.to_owned(), place.clone());
        if let Err(error) = self.tera.add_raw_template(name, text) {
            self.problems.push(problem(&error, &self.sources, &place, &[]));
        }
    }

    fn utf8(&mut self, shown: &str, bytes: Vec<u8>) -> Option<String> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(e) => {
                let good = e
                    .as_bytes()
                    .get(..e.utf8_error().valid_up_to())
                    .unwrap_or_default();
                let line = good.split(|b| *b == b'\n').count();
                self.problems.push(
                    Problem::error(format!("the template is not UTF-8 text (line {line})"))
                        .at(Place::whole(shown))
                        .help("save it as UTF-8 in your editor"),
                );
                None
            }
        }
    }

    /// Loads the files a template includes or extends, deepest first, so that
    /// Tera knows them when it compiles the template itself.
    fn included(&mut self, text: &str, by: &str) {
        for (name, span) in inclusions(text) {
            if self.sources.contains_key(name) {
                continue;
            }
            let here = Place::in_file(by, Arc::from(text), span);
            let relative = Path::new(name);
            let inside = relative
                .components()
                .all(|c| matches!(c, std::path::Component::Normal(_)));
            if !inside {
                self.problems.push(
                    Problem::error(format!("`{name}` is not below the campaign's folder"))
                        .at(here)
                        .help("included templates are named by their path from the campaign's folder"),
                );
                continue;
            }
            let path = self.folder.join(relative);
            match std::fs::read(&path) {
                Err(e) => self.problems.push(
                    Problem::error(format!("the template `{name}` cannot be read: {e}"))
                        .at(here)
                        .help("included templates are named by their path from the campaign's folder"),
                ),
                Ok(bytes) => {
                    self.inputs.push(Input::new(&path, &bytes));
                    let Some(included) = self.utf8(name, bytes) else {
                        continue;
                    };
                    // Known before its own inclusions are, or a circle would not end.
                    self.sources.insert(name.to_owned(), Place::whole(name));
                    self.included(&included, name);
                    let place = Place::in_file(name, Arc::from(included.as_str()), 0..included.len());
                    self.compile(name, &included, place);
                }
            }
        }
    }
}

/// The file names in `{% include "…" %}` and `{% extends "…" %}`.
fn inclusions(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{%") {
        let Some(tag) = text[at + 2..].split("%}").next() else {
            continue;
        };
        let words = tag.trim_start_matches(['-', ' ', '\t', '\n', '\r']);
        let Some(rest) = words
            .strip_prefix("include")
            .or_else(|| words.strip_prefix("extends"))
        else {
            continue;
        };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
            continue;
        };
        if let Some(name) = rest[1..].split(quote).next() {
            let start = name.as_ptr() as usize - text.as_ptr() as usize;
            found.push((name, start..start + name.len()));
        }
    }
    found
}

fn is_constant(text: &str) -> bool {
    !["{{", "{%", "{#"].iter().any(|tag| text.contains(tag))
}

/// The compiled templates of a campaign.
pub struct Templates {
    tera: Tera,
    entries: Vec<Entry>,
    sources: HashMap<String, Place>,
    inputs: Vec<Input>,
    header: Arc<Header>,
    campaign: String,
    used: HashSet<String>,
    /// The columns some template names: the others need not be copied.
    columns: Vec<(usize, String)>,
    wants_row: bool,
}

/// What one row's templates see.
pub struct RowContext<'r> {
    row: &'r Row,
    context: Context,
}

impl RowContext<'_> {
    /// The row itself.
    pub fn row(&self) -> &Row {
        self.row
    }
}

impl Templates {
    /// The columns the templates are filled from.
    pub fn header(&self) -> &Arc<Header> {
        &self.header
    }

    /// Template files, and what they held.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Whether some template names this variable.
    pub fn uses(&self, variable: &str) -> bool {
        self.used.contains(variable)
    }

    /// The text of a template in which nothing is to fill in.
    pub fn constant(&self, id: TemplateId) -> Option<&str> {
        match self.entries.get(id.0) {
            Some(Entry::Constant(text)) => Some(text),
            Some(Entry::Compiled(_)) | None => None,
        }
    }

    /// What the templates of this row see.
    pub fn context<'r>(&self, row: &'r Row) -> RowContext<'r> {
        let mut context = Context::new();
        for (i, name) in &self.columns {
            let value = row.fields.get(*i).map_or("", String::as_str);
            context.insert_value(name.clone(), Value::from(value));
        }
        if self.wants_row {
            self.insert_row(&mut context, row);
        }
        insert_own(&mut context, row, &self.campaign);
        RowContext { row, context }
    }

    /// Renders one template.
    ///
    /// # Errors
    /// Tera's report, at the place the user wrote: undefined variables, wrong
    /// filters and the like.
    pub fn render(&self, id: TemplateId, context: &RowContext<'_>) -> Result<Cow<'_, str>, Problem> {
        match self.entries.get(id.0) {
            Some(Entry::Constant(text)) => Ok(Cow::Borrowed(text)),
            Some(Entry::Compiled(name)) => self
                .tera
                .render(name, &context.context)
                .map(Cow::Owned)
                .or_else(|_| self.render_with_all(name, context.row)),
            None => Ok(Cow::Borrowed("")),
        }
    }

    /// Renders again with every column in sight, so that the error can list
    /// what exists.
    fn render_with_all(&self, name: &str, row: &Row) -> Result<Cow<'_, str>, Problem> {
        let mut context = Context::new();
        for (i, column) in self.header.columns.iter().enumerate() {
            let value = row.fields.get(i).map_or("", String::as_str);
            context.insert_value(column.clone(), Value::from(value));
        }
        self.insert_row(&mut context, row);
        insert_own(&mut context, row, &self.campaign);
        self.tera.render(name, &context).map(Cow::Owned).map_err(|error| {
            let place = self
                .sources
                .get(name)
                .cloned()
                .unwrap_or_else(|| Place::whole(name));
            problem(&error, &self.sources, &place, &self.header.columns)
        })
    }

    fn insert_row(&self, context: &mut Context, row: &Row) {
        let cells: BTreeMap<&str, &str> = self
            .header
            .columns
            .iter()
            .map(String::as_str)
            .zip(row.fields.iter().map(String::as_str))
            .collect();
        context.insert("row", &cells);
    }
}

fn insert_own(context: &mut Context, row: &Row, campaign: &str) {
    context.insert_value("row_number", Value::from(row.number));
    context.insert_value("campaign", Value::from(campaign));
}

/// Tera's error as a problem at the place the user wrote.
fn problem(
    error: &tera::Error,
    sources: &HashMap<String, Place>,
    fallback: &Place,
    columns: &[String],
) -> Problem {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return Problem::error(error.to_string()).at(fallback.clone());
    };
    let source = sources.get(report.filename()).unwrap_or(fallback);
    // Where the text could not be found letter for letter (escapes in TOML),
    // its whole value is pointed at.
    let exact =
        source.at(source.span.start + report.span().range.start..source.span.start + report.span().range.end);
    let place = if exact.span.end <= source.span.end {
        exact
    } else {
        source.clone()
    };
    let message = report.message();
    let Some((what, _)) = message.split_once(" Available variables:") else {
        return Problem::error(message.to_owned()).at(place);
    };
    let mut problem = Problem::error(what.trim_end_matches('.').to_owned()).at(place);
    let name = what.split('`').nth(1).unwrap_or_default();
    if let Some(near) = nearest(name, columns.iter().map(String::as_str)) {
        problem = problem.help(format!("did you mean `{near}`?"));
    }
    if columns.is_empty() {
        return problem;
    }
    let plain = |c: &&String| c.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let (names, others): (Vec<_>, Vec<_>) = columns.iter().partition(plain);
    let mut list = names.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", ");
    for other in others {
        list.push_str(&format!(", row[\"{other}\"]"));
    }
    problem.help(format!("the columns are: {}", list.trim_start_matches(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(columns: &[&str]) -> Arc<Header> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("p.csv");
        std::fs::write(&file, columns.join(",")).unwrap();
        let source = crate::campaign::RecipientsSource {
            file,
            shown: "p.csv".to_owned(),
            stdin: false,
            delimiter: None,
            key: Vec::new(),
        };
        Arc::clone(crate::table::Table::open(&source).unwrap().header())
    }

    fn row(fields: &[&str]) -> Row {
        Row {
            number: 2,
            fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        }
    }

    fn toml(line: &str) -> Text {
        let value = line.split('"').nth(1).unwrap().to_owned();
        let start = line.find(&value).unwrap();
        Text {
            place: Place::in_file("mailshot.toml", line.into(), start..start + value.len()),
            value,
        }
    }

    #[test]
    fn an_undefined_variable_is_shown_where_it_was_written() {
        let mut compiler = Compiler::new(Path::new(""));
        let id = compiler.text(&toml("subject = \"Hello {{ nmae }}\""));
        let templates = compiler
            .finish(&header(&["email", "name", "First Name"]), "c")
            .unwrap();
        let row = row(&["a@x.test", "Ada", "A"]);
        let words = templates
            .render(id, &templates.context(&row))
            .unwrap_err()
            .to_string();
        assert!(words.contains("mailshot.toml:1:21"), "{words}");
        assert!(words.contains("did you mean `name`?"), "{words}");
        assert!(words.contains("email, name, row[\"First Name\"]"), "{words}");
    }

    #[test]
    fn html_is_escaped_and_headers_are_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("body.tpl"),
            "<p>{{ name }} {% include \"foot.html\" %}</p>",
        )
        .unwrap();
        std::fs::write(
            folder.path().join("foot.html"),
            "{{ row[\"First Name\"] }} {{ row_number }} {{ campaign }}",
        )
        .unwrap();
        let mut compiler = Compiler::new(folder.path());
        let file = TemplateFile {
            path: folder.path().join("body.tpl"),
            place: Place::whole("mailshot.toml"),
        };
        let html = compiler.file(&file, "body.tpl", true);
        let subject = compiler.text(&toml("subject = \"{{ name }}\""));
        let templates = compiler
            .finish(&header(&["email", "name", "First Name"]), "news")
            .unwrap();
        let row = row(&["a@x.test", "<b>", "&"]);
        let context = templates.context(&row);
        assert_eq!(
            templates.render(html, &context).unwrap(),
            "<p>&lt;b&gt; &amp; 2 news</p>"
        );
        assert_eq!(templates.render(subject, &context).unwrap(), "<b>");
        assert_eq!(templates.inputs().len(), 2);
    }

    #[test]
    fn all_syntax_errors_are_found_at_once() {
        let mut compiler = Compiler::new(Path::new(""));
        compiler.text(&toml("subject = \"{{ name \""));
        compiler.text(&toml("from = \"{% if %}\""));
        let problems = compiler.finish(&header(&["email"]), "c").err().unwrap();
        assert_eq!(problems.0.len(), 2, "{problems}");
    }
}
