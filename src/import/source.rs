//! A file of the old folder, and what the user should look at.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Place, Problem};
use crate::storage::{LARGEST_TEXT, read_regular};
use crate::words::{self, Said, say};

/// A file of the old folder.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) shown: Arc<str>,
    pub(super) text: Arc<str>,
    /// The text is the file's, octet for octet, so that places in it are places in the file.
    pub(super) exact: bool,
}

impl Source {
    pub(super) fn read(folder: &Path, name: &str, help: Said) -> Result<Self, Box<Problem>> {
        let path = folder.join(name);
        let shown = path.display().to_string();
        let bytes = read_regular(&path, LARGEST_TEXT).map_err(|e| {
            Problem::error(say!("import-unreadable", file = name, why = words::system(&e)))
                .at(Place::whole(shown.as_str()))
                .help(help)
        })?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Problem::error(say!("import-not-utf-8", file = name))
                .at(Place::whole(shown.as_str()))
                .help(say!("import-not-utf-8-help"))
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

    pub(super) fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        if self.exact {
            Place::in_file(Arc::clone(&self.shown), Arc::clone(&self.text), span)
        } else {
            Place::whole(Arc::clone(&self.shown))
        }
    }
}

/// What the user is to look at, each thing once.
#[derive(Debug, Default)]
pub(super) struct Warnings(pub(super) Vec<Problem>);

impl Warnings {
    pub(super) fn at(&mut self, source: &Source, span: Range<usize>, what: Said, help: Said) {
        self.add(Problem::warning(what).at(source.place(span)).help(help));
    }

    pub(super) fn add(&mut self, problem: Problem) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }
}
