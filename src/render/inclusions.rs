//! Files that templates include: read below the campaign's folder and nowhere else.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Place, Problem};
use crate::storage::found;

use super::compiler::Compiler;
use super::escape::Escape;
use super::input::Input;
use super::spelling::{self, Spelled};

impl Compiler {
    /// Whether a file leads back to one on the way to it, which is said then.
    fn is_circle(&mut self, name: &str, by: &str) -> bool {
        // A template that includes itself at once is told by the engine, with the same words.
        let Some(start) = self.way.iter().position(|one| one == name).filter(|_| name != by) else {
            return false;
        };
        let way = self.way.get(start..).unwrap_or_default().join(" includes ");
        let problem = Problem::error(format!("a template includes itself: {way} includes {name}"))
            .code("template")
            .at(Place::whole(name))
            .help("an {% include %} may not lead back to where it stands");
        if !self.problems.0.contains(&problem) {
            self.problems.push(problem);
        }
        true
    }

    /// Loads the files a template includes or extends, deepest first, so that
    /// Tera knows them when it compiles the template itself.
    pub(super) fn included(&mut self, escape: Escape, text: &str, spelled: &Spelled, by: &str) {
        for (name, span) in inclusions(&spelled.text) {
            let span = spelled.changes.original(&span);
            if self.is_circle(name, by) {
                continue;
            }
            if self.engines.of(escape).contains_template(name)
                || self.opened.contains(&(escape, name.to_owned()))
            {
                continue;
            }
            let here = Place::in_file(by, Arc::from(text), span);
            let relative = Path::new(name);
            let inside = relative
                .components()
                .all(|c| matches!(c, std::path::Component::Normal(_)));
            let path = found(&self.folder.join(relative));
            if !inside || leads_out(&self.folder, &path) {
                self.problems.push(
                    Problem::error(format!("`{name}` is not below the campaign's folder"))
                        .code("template")
                        .at(here)
                        .help(if inside {
                            "it is a link that leads elsewhere; put the file itself there"
                        } else {
                            "included templates are named by their path from the campaign's folder"
                        }),
                );
                continue;
            }
            match self.read(&path) {
                Err(e) => self.problems.push(
                    Problem::error(format!("the template `{name}` cannot be read: {e}"))
                        .code("template")
                        .at(here)
                        .help("included templates are named by their path from the campaign's folder"),
                ),
                Ok(bytes) => {
                    self.inputs.push(Input::new(&path, &bytes));
                    let Some(included) = self.utf8(name, bytes) else {
                        continue;
                    };
                    // Known before its own inclusions are, or a circle would not end.
                    self.opened.insert((escape, name.to_owned()));
                    self.way.push(name.to_owned());
                    let spelled = spelling::spelled(&included, escape.is_markup(name), &self.header);
                    self.included(escape, &included, &spelled, name);
                    self.way.pop();
                    let place = Place::in_file(name, Arc::from(included.as_str()), 0..included.len());
                    self.compile(escape, name, spelled, place);
                }
            }
        }
    }
}

/// Whether a path leads to somewhere else than below the folder. What is not there leads nowhere.
pub fn leads_out(folder: &Path, path: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => !path.starts_with(folder),
        (_, Err(_)) => false,
        (Err(_), Ok(_)) => true,
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
