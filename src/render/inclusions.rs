//! Files that templates include: read only below the campaign's folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::campaign::{Place, Problem, TemplateFile};
use crate::storage::found;
use crate::words::say;

use super::compiler::Compiler;
use super::engine_errors::{ARROW, circle};
use super::escape::Escape;
use super::included::{beside, inclusions, is_inside, leads_out, unread};
use super::language::{best, languages};
use super::numbers::taken;
use super::spelling::{self, Spelled};
use super::templates::TemplateId;

impl Compiler {
    /// Compiles a file for those who speak a language: what it includes is that in theirs, where there is one.
    pub fn file_for(
        &mut self,
        language: &str,
        file: &TemplateFile,
        shown: &str,
        escape: Escape,
    ) -> TemplateId {
        self.language = Some(language.to_owned());
        let id = self.file(file, shown, escape);
        self.language = None;
        id
    }

    /// What a file is called in the engine: each language has its own.
    pub(super) fn of_language(&self, name: &str) -> String {
        match &self.language {
            Some(language) => format!("{language}:{name}"),
            None => name.to_owned(),
        }
    }

    /// Whether a file leads back to one on the way to it, which is said then.
    fn is_circle(&mut self, name: &str, by: &str) -> bool {
        // The engine reports a template that directly includes itself, with the same words.
        let Some(start) = self.way.iter().position(|one| one == name).filter(|_| name != by) else {
            return false;
        };
        let way = self.way.get(start..).unwrap_or_default().join(ARROW);
        let problem = circle(&format!("{way}{ARROW}{name}"), Place::whole(name));
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
            let key = self.of_language(name);
            let known = self.engines.of(escape).contains_template(&key);
            if self.is_circle(name, by) || known || self.opened.contains(&(escape, key.clone())) {
                continue;
            }
            let here = Place::in_file(by, Arc::from(text), span);
            let inside = is_inside(name);
            let path = found(&self.folder.join(name));
            if !inside || leads_out(&self.folder, &path) {
                self.problems.push(
                    Problem::error(say!("render-include-outside", name = name))
                        .code("template")
                        .at(here)
                        .help(if inside {
                            say!("render-include-link-hint")
                        } else {
                            say!("render-include-path-hint")
                        }),
                );
                continue;
            }
            let (path, called) = self.spoken(&path, name);
            match self.read(&path) {
                Err(e) => self.problems.push(
                    Problem::error(say!("render-unreadable", file = name, why = unread(&e)))
                        .code("template")
                        .at(here)
                        .help(beside(&path).unwrap_or_else(|| say!("render-include-path-hint"))),
                ),
                Ok(bytes) => {
                    let Some(included) = self.input(&path, &called, &bytes) else {
                        continue;
                    };
                    self.page(&path, &called, &included);
                    // Known before its own inclusions are, or a circle would not end.
                    self.opened.insert((escape, key.clone()));
                    self.way.push(name.to_owned());
                    let spelled = spelling::spelled(&included, escape.is_markup(name), &self.header);
                    self.included(escape, &included, &spelled, &called);
                    self.way.pop();
                    let length = included.len();
                    let place = Place::in_file(called.as_str(), Arc::from(included.as_str()), 0..length);
                    self.compile(escape, &key, spelled, place);
                }
            }
        }
    }

    /// The file in the current language, and what it is called; as it was where it has none.
    fn spoken(&self, path: &Path, name: &str) -> (PathBuf, String) {
        let same = || (path.to_owned(), name.to_owned());
        let Some(language) = &self.language else {
            return same();
        };
        let spoken = languages(path);
        let tags: Vec<&str> = spoken.iter().map(|(tag, _)| tag.as_str()).collect();
        let found = best(language, &tags);
        let found = found.and_then(|tag| spoken.iter().find(|(of, _)| of == tag));
        let Some((_, path)) = found.filter(|(_, path)| !leads_out(&self.folder, path)) else {
            return same();
        };
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let called = match name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{file}"),
            None => file.into_owned(),
        };
        (path.clone(), called)
    }

    /// The columns that a template, or one that it includes, takes out of `row`.
    pub(super) fn taken_from_row<'s>(
        &'s self,
        name: &'s str,
        seen: &mut HashSet<&'s str>,
        take: &mut impl FnMut(&str),
    ) {
        let Some(source) = self.sources.get(name).filter(|_| seen.insert(name)) else {
            return;
        };
        let (columns, files) = taken(&source.compiled.text);
        columns.iter().for_each(|column| take(column));
        for file in files {
            self.taken_from_row(file, seen, take);
        }
    }
}
