//! The whole conversion: reads the old folder, and returns what the new one will contain.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::campaign::{Place, Problem, Problems, Severity};
use crate::words::say;

use super::database::Database;
use super::folder::{DATABASE, TEMPLATE, is_own};
use super::jinja::{Mode, Translator};
use super::scope::Scope;
use super::source::{Source, Warnings};
use super::{attachments, bodies, campaign_file, header, server};

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

/// Reads the old folder and says what the new one is to hold.
///
/// # Errors
/// A file that is missing or cannot be read, a template without a recipient or
/// a sender: all of it together.
pub fn convert(old: &Path) -> Result<Converted, Problems> {
    let mut problems = Problems::default();
    let template = Source::read(old, TEMPLATE, say!("import-folder-help", file = TEMPLATE));
    let database = Database::read(old);
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
        included: BTreeSet::new(),
    };
    let head = header::read(&template, &mut translator);
    for (name, example) in [
        ("to", "TO: {{email}}"),
        ("from", "FROM: My Self <myself@example.org>"),
    ] {
        if head.field(name).is_none() {
            problems.push(
                Problem::error(say!("import-header-missing", header = name.to_uppercase()))
                    .at(template.place(0..0))
                    .help(say!("import-header-missing-help", example = example)),
            );
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    for field in campaign_file::repeated(&head) {
        translator.warnings.at(
            &template,
            field.span.clone(),
            say!("import-header-twice", header = &field.written),
            say!("import-header-twice-help"),
        );
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

/// The files that templates include, and those that they include.
fn includes(old: &Path, mode: Mode, translator: &mut Translator<'_>, made: &mut Converted) {
    let mut done = BTreeSet::new();
    while let Some(name) = translator.included.difference(&done).next().cloned() {
        done.insert(name.clone());
        let inside = attachments::inside(&name).filter(|path| !is_own(path));
        let Some(path) = inside else {
            translator.warnings.add(
                Problem::warning(say!("import-include", file = name))
                    .at(Place::whole(old.join(TEMPLATE).display().to_string()))
                    .help(say!("import-include-help")),
            );
            continue;
        };
        match Source::read(old, &name, say!("import-included-help")) {
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
