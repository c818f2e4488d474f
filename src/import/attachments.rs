//! The files that `ATTACHMENT:` names: copied into the new folder.
//!
//! mailmerge accepts a file from any place that the template or a cell names; in mailshot, a cell
//! can only name files in the campaign's folder. So each file that a row names is copied there, and
//! the path is changed to match.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::campaign::{Place, Problem};
use crate::words::{Arg, Said, say};
use tera::{Context, Tera};

use super::database::Database;
use super::folder::is_own;
use super::header::{Field, Head};
use super::jinja::Translator;
use super::source::Source;

/// Where files from outside of the old folder go.
const FOLDER: &str = "attachments";

/// One file of the message.
#[derive(Debug)]
pub(super) struct Attachment {
    /// The path as mailmerge's template has it, in mailshot's words.
    pub(super) original: String,
    /// The path in the new folder.
    pub(super) path: String,
    /// What the HTML shows it by, of a picture.
    pub(super) cid: Option<String>,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Attached {
    pub(super) all: Vec<Attachment>,
    pub(super) copies: Vec<(PathBuf, PathBuf)>,
}

pub(super) fn read(
    old: &Path,
    source: &Source,
    head: &Head,
    database: &Database,
    translator: &mut Translator<'_>,
) -> Attached {
    let mut attached = Attached::default();
    for field in head.fields.iter().filter(|field| field.name == "attachment") {
        if field.value.is_empty() {
            translator.warnings.at(
                source,
                field.span.clone(),
                say!("import-attachment-empty"),
                say!("import-attachment-empty-help"),
            );
            continue;
        }
        let path = if field.value.contains('{') {
            by_rows(old, source, field, database, translator, &mut attached)
        } else {
            shared(old, source, field, translator, &mut attached)
        };
        attached.all.push(Attachment {
            original: field.value.clone(),
            path,
            cid: None,
        });
    }
    attached
}

impl Attached {
    /// Notes a copy; a file of another place with the same name gets a folder of its own.
    fn copy(&mut self, from: PathBuf, to: PathBuf) -> PathBuf {
        let mut target = to.clone();
        let mut n = 2;
        while let Some((other, _)) = self.copies.iter().find(|(_, taken)| *taken == target) {
            if *other == from {
                return target;
            }
            target = Path::new(FOLDER)
                .join(n.to_string())
                .join(to.file_name().unwrap_or_default());
            n += 1;
        }
        self.copies.push((from, target.clone()));
        target
    }
}

/// A file that is the same for everybody.
fn shared(
    old: &Path,
    source: &Source,
    field: &Field,
    translator: &mut Translator<'_>,
    attached: &mut Attached,
) -> String {
    let from = located(old, &field.value);
    let to = match inside(&field.value) {
        Some(relative) if !is_own(&relative) => relative,
        Some(_) | None => Path::new(FOLDER).join(from.file_name().unwrap_or_default()),
    };
    if from.is_file() {
        return slashes(&attached.copy(from, to));
    }
    translator.warnings.at(
        source,
        field.span.clone(),
        say!("import-no-file", file = from.as_path()),
        say!("import-no-file-help", path = slashes(&to)),
    );
    slashes(&to)
}

/// A file that cells have a say in: every row's is looked for.
fn by_rows(
    old: &Path,
    source: &Source,
    field: &Field,
    database: &Database,
    translator: &mut Translator<'_>,
    attached: &mut Attached,
) -> String {
    let value = &field.value;
    let first_tag = value.find('{').unwrap_or(0);
    let fixed = value
        .get(..first_tag)
        .and_then(|start| start.rfind('/'))
        .map_or(0, |i| i + 1);
    let (folder, template) = value.split_at(fixed);
    let (from, to) = (
        located(old, folder),
        inside(folder).unwrap_or_else(|| PathBuf::from(FOLDER)),
    );
    let names = rendered(template, database);
    let taken = |to: &Path| {
        names.iter().flatten().any(|(_, name)| {
            let other =
                |(other, target): &(PathBuf, PathBuf)| *target == to.join(name) && *other != from.join(name);
            is_own(&to.join(name)) || attached.copies.iter().any(other)
        })
    };
    let to = std::iter::once(to)
        .chain(std::iter::once(PathBuf::from(FOLDER)))
        .chain((2..1000).map(|n| Path::new(FOLDER).join(n.to_string())))
        .find(|to| !taken(to))
        .unwrap_or_default();
    let written = slashes(&to.join(template));
    let Some(names) = names else {
        translator.warnings.at(
            source,
            field.span.clone(),
            say!("import-files-unknown"),
            say!("import-files-unknown-help", folder = slashes(&to)),
        );
        return written;
    };
    let (mut missing, mut outside, mut none) = (Vec::new(), Vec::new(), Vec::new());
    for (row, name) in names {
        match inside(&name) {
            _ if name.trim().is_empty() => none.push((row, name)),
            None => outside.push((row, name)),
            Some(relative) if from.join(&relative).is_file() => {
                let target = to.join(&relative);
                if !attached.copies.iter().any(|(_, taken)| *taken == target) {
                    attached.copies.push((from.join(&relative), target));
                }
            }
            Some(_) => missing.push((row, name)),
        }
    }
    let mut tell = |what: Said, help: Said| {
        let problem = Problem::warning(what).at(Place::whole(database.shown.as_str()));
        translator.warnings.add(problem.help(help));
    };
    let more = |found: &[(u64, String)]| found.len().saturating_sub(1);
    if let Some((row, _)) = none.first() {
        let (row, more) = (Arg::plain(row), more(&none));
        tell(
            say!("import-rows-empty", row = row, more = more),
            say!("import-rows-empty-help"),
        );
    }
    if let Some((row, name)) = missing.first() {
        let (row, more) = (Arg::plain(row), more(&missing));
        tell(
            say!("import-rows-missing", row = row, file = name, more = more),
            say!("import-rows-missing-help", folder = slashes(&to)),
        );
    }
    if let Some((row, name)) = outside.first() {
        let (row, more) = (Arg::plain(row), more(&outside));
        tell(
            say!("import-rows-outside", row = row, file = name, more = more),
            say!("import-rows-outside-help"),
        );
    }
    written
}

/// What a template comes to in each row; `None` where it cannot be said.
fn rendered(template: &str, database: &Database) -> Option<Vec<(u64, String)>> {
    let mut tera = Tera::new();
    tera.add_raw_template("path", template).ok()?;
    let mut names = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &database.rows {
        let mut context = Context::new();
        let cells: std::collections::BTreeMap<_, _> = database
            .columns
            .iter()
            .map(String::as_str)
            .zip(row.fields.iter().map(String::as_str))
            .collect();
        for (column, cell) in &cells {
            context.insert((*column).to_owned(), cell);
        }
        context.insert("row", &cells);
        let name = tera.render("path", &context).ok()?.trim().to_owned();
        if seen.insert(name.clone()) {
            names.push((row.number, name));
        }
    }
    Some(names)
}

/// Where mailmerge finds a file.
fn located(old: &Path, path: &str) -> PathBuf {
    if let Some(rest) = path.strip_prefix("~/")
        && let Some(home) = std::env::home_dir()
    {
        return home.join(rest);
    }
    old.join(path)
}

/// The path, where it leads nowhere but below the folder it starts from.
pub(super) fn inside(path: &str) -> Option<PathBuf> {
    if path.starts_with('~') {
        return None;
    }
    let mut plain = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(part) => plain.push(part),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(plain)
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
