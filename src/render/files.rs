//! Template files, read in whatever encoding they are.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Charset, Place, Problem, Stays, TemplateFile};
use crate::storage::{LARGEST_TEXT, composed, open_regular, read_open};
use crate::table::{Prose, Unreadable, prose};
use crate::words::{Arg, Said, say};

use super::compiler::Compiler;
use super::escape::Escape;
use super::included::{beside, unread};
use super::input::Input;
use super::page::Page;
use super::spelling::{masked, spelled};
use super::templates::{Entry, TemplateId};

impl Compiler {
    /// What a template file holds.
    pub(super) fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let file = open_regular(path)?;
        if self.reserved.is_secret(&file, path) {
            return Err(std::io::Error::other(Stays::Secret));
        }
        read_open(file, LARGEST_TEXT)
    }

    /// The pages among the templates that were compiled since this was asked.
    pub fn pages(&mut self) -> Vec<Page> {
        std::mem::take(&mut self.pages)
    }

    /// Compiles a file, called `shown` in messages, whose values are made
    /// harmless for what it is.
    pub fn file(&mut self, file: &TemplateFile, shown: &str, escape: Escape) -> TemplateId {
        let read = match &file.typed {
            // Where it was not read, something else was wrong first.
            Some(typed) => match typed.get() {
                Some(typed) => Ok(typed.clone()),
                None => return self.entry(Entry::Constant(String::new())),
            },
            None => self.read(&file.path),
        };
        let text = match read {
            Ok(bytes) => bytes,
            Err(e) => {
                self.problems.push(
                    Problem::error(say!("render-unreadable", file = shown, why = unread(&e)))
                        .code("template")
                        .at(file.place.clone())
                        .help(beside(&file.path).unwrap_or_else(|| say!("render-template-path-hint"))),
                );
                return self.entry(Entry::Constant(String::new()));
            }
        };
        let Some(text) = self.input(&file.path, shown, &text) else {
            return self.entry(Entry::Constant(String::new()));
        };
        if text.trim().is_empty() {
            self.problems.push(
                Problem::error(say!("render-empty-template"))
                    .code("empty-template")
                    .at(Place::whole(shown))
                    .help(say!("render-empty-template-hint")),
            );
        }
        let name = escape.name(&self.of_language(shown));
        let engine = escape.engine();
        let spelled = spelled(&text, escape.is_markup(&name), &self.header);
        self.body = Some(escape);
        self.page(&file.path, shown, &text);
        self.way.push(shown.to_owned());
        self.included(engine, &text, &spelled, shown);
        self.way.pop();
        let place = Place::in_file(shown, Arc::from(text.as_str()), 0..text.len());
        self.compile(engine, &name, spelled, place);
        self.entry(Entry::Compiled(engine, name))
    }

    /// Notes what a template file holds, and returns it as text.
    pub(super) fn input(&mut self, path: &Path, shown: &str, octets: &[u8]) -> Option<String> {
        match prose(octets) {
            Ok(Prose { text, charset }) => {
                let text = composed(&text).into_owned();
                self.inputs.push(Input::of_text(path, octets, &text));
                let note = read_as(shown, charset);
                self.notes.extend(note.filter(|note| !self.notes.contains(note)));
                Some(text)
            }
            Err(why) => {
                self.inputs.push(Input::new(path, octets));
                let problem = unreadable(shown, &why);
                if !self.problems.0.contains(&problem) {
                    self.problems.push(problem);
                }
                None
            }
        }
    }

    /// Keeps a page, for what it names besides columns.
    pub(super) fn page(&mut self, path: &Path, shown: &str, text: &str) {
        let Some(body @ (Escape::Html | Escape::Styled | Escape::Markdown)) = self.body else {
            return;
        };
        let (masked, tags) = masked(text, &self.header);
        let tag = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default();
        self.pages.push(Page {
            path: path.to_owned(),
            place: Place::in_file(shown, Arc::from(text), 0..text.len()),
            markdown: body == Escape::Markdown,
            unescaped: tags.iter().any(|span| tag(span).contains("safe")),
            masked,
            tags,
        });
    }
}

/// The sentence about a template that is not UTF-8.
fn read_as(shown: &str, charset: Charset) -> Option<Said> {
    (!charset.is_utf_8()).then(|| say!("render-read-as", file = shown, encoding = &charset))
}

fn unreadable(shown: &str, why: &Unreadable) -> Problem {
    let (what, hints) = match why {
        Unreadable::Octets(charset, line) if charset.is_utf_8() => {
            (say!("render-not-utf-8", line = Arg::plain(*line)), Vec::new())
        }
        Unreadable::Octets(charset, line) => (
            say!("render-not-text", encoding = charset, line = Arg::plain(*line)),
            Vec::new(),
        ),
        Unreadable::Unclear(doubt) => {
            let reads = doubt
                .iter()
                .map(|(charset, words)| say!("render-encoding-reads", encoding = charset, words = words));
            (say!("render-encoding-unclear"), reads.collect())
        }
    };
    let problem = Problem::error(what).code("template").at(Place::whole(shown));
    let problem = hints.into_iter().fold(problem, Problem::help);
    problem.help(say!("render-not-utf-8-hint"))
}
