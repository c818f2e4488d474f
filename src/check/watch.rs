//! Notes about single rows: found on the composing threads.
//!
//! A million rows go through here, so everything that follows from the templates is prepared
//! ([`Watch`]), a row is examined cell by cell, and a row without a note leaves an empty list.

use std::sync::Arc;

use crate::campaign::Place;
use crate::message::Rendered;
use crate::render::ROWS;
use crate::table::broken::{Broken, broken};
use crate::table::{Header, Row};

use super::broken::is_whole;
use super::greeting::Greetings;
use super::html::{Address, Fault, fault};
use super::in_links::{self, InLink};
use super::leftovers::in_cell;
use super::pieces::What;
use super::source::{Kind, Source};
use super::spoken::{Languages, Told};
use super::templates::Written;
use super::words::{Parts, Said};
use crate::table::cell::is_nothing;

/// Gmail shows no more octets of an HTML part: "[Message clipped]".
pub(super) const CLIPPED: usize = 102_400;

/// What to look for in every row.
#[derive(Debug, Default)]
pub(super) struct Watch {
    pub(super) cells: Vec<Cell>,
    pub(super) links: Vec<InLink>,
    subject: Greetings,
    text: Greetings,
    html: Greetings,
    /// Where a part that is too long is named.
    pub(super) html_place: Option<Place>,
    pub(super) subject_place: Option<Place>,
    pub(super) languages: Languages,
    pub(super) parts: Parts,
}

/// A column that the message shows.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) column: usize,
    /// Where it is filled in though it may be empty.
    pub(super) filled: Option<Place>,
    /// It is the address of a link (or of an image).
    pub(super) address: Option<bool>,
    /// A part of the message shows it.
    shown: bool,
    /// It is in an address, or in the name of a file: its value goes there.
    elsewhere: bool,
    /// It is filled in as text, and not as HTML.
    as_text: bool,
}

/// A note about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// A cell that is filled in is empty; which of the watched.
    Empty(usize),
    /// A cell holds what was broken before it came here.
    Broken(usize, Broken),
    /// A cell holds a tag.
    Tag(usize),
    /// A cell is not a good address.
    Address(usize, Fault),
    /// The greeting greets nobody: a cell that has nothing in it, and how it reads.
    Greeting(usize, String),
    /// A cell means something else in a link: which of the watched, and the cell.
    Link(usize, String),
    /// A value that is not a language, or not the one that is meant; as in the cell.
    Language(String, Told),
    /// There is no subject.
    NoSubject,
    /// The HTML part has this many octets.
    Clipped(usize),
    /// What is to be said of the parts.
    Parts(Said),
}

impl Watch {
    pub(super) fn of(written: &Written, header: &Header) -> Self {
        let mut watch = Self {
            parts: Parts::of(written, header),
            ..Self::default()
        };
        let each_row = written.sources.iter().any(|source| source.text().contains(ROWS));
        for column in header
            .columns
            .iter()
            .filter(|column| each_row && written.of_each_row(column))
        {
            if let Some(at) = header.position(column) {
                watch.cell(at).as_text = true;
            }
        }
        for (source, html) in written.sources.iter().zip(&written.html) {
            let greetings = match source.kind {
                Kind::Line => Some(&mut watch.subject),
                Kind::Text | Kind::Markdown => Some(&mut watch.text),
                Kind::Html => Some(&mut watch.html),
                Kind::Part | Kind::Other => None,
            };
            let shown = greetings.is_some();
            if let Some(greetings) = greetings {
                greetings_in(source, greetings);
            }
            for (_, tag) in source.tags() {
                for (name, span) in tag.columns() {
                    let Some(column) = header.position(name) else {
                        continue;
                    };
                    let cell = watch.cell(column);
                    cell.shown |= shown;
                    cell.elsewhere |= !shown;
                    cell.as_text |= !tag.filters.iter().any(|filter| filter == "safe");
                    if shown && cell.filled.is_none() && !tag.guarded() {
                        cell.filled = Some(source.at(span.clone()));
                    }
                }
            }
            if !shown {
                continue;
            }
            for link in html.iter().flat_map(|html| &html.links) {
                if let Address::Column(name) = &link.address
                    && let Some(column) = header.position(name)
                {
                    watch.cell(column).address = Some(link.image);
                }
            }
            watch
                .links
                .extend(in_links::columns(source, html.as_ref(), header));
            if source.kind == Kind::Html && watch.html_place.is_none() {
                watch.html_place = Some(Place::whole(Arc::clone(&source.place.path)));
            }
            // The subject comes first of the lines.
            if source.kind == Kind::Line && watch.subject_place.is_none() {
                watch.subject_place = Some(source.place.clone());
            }
        }
        watch
    }

    fn cell(&mut self, column: usize) -> &mut Cell {
        let at = match self.cells.iter().position(|cell| cell.column == column) {
            Some(at) => at,
            None => {
                self.cells.push(Cell {
                    column,
                    filled: None,
                    address: None,
                    shown: false,
                    elsewhere: false,
                    as_text: false,
                });
                self.cells.len() - 1
            }
        };
        &mut self.cells[at]
    }

    /// Looks at a row and what was rendered of it; on any thread.
    pub(super) fn look(&self, row: &Row, rendered: &Rendered<'_>) -> Vec<Noted> {
        let mut notes = Vec::new();
        for (member, row) in row.members().enumerate() {
            let seen = self.look_at_one(row, rendered);
            notes.extend(seen.into_iter().map(|note| Noted { member, note }));
        }
        let language = self.languages.column().and_then(|column| row.fields.get(column));
        let language = language.and_then(|value| Some((value, self.languages.told(value)?)));
        let mut of_message = |note| notes.push(Noted { member: 0, note });
        if let Some((value, told)) = language {
            of_message(Note::Language(value.trim().to_owned(), told));
        }
        if rendered.subject.is_some_and(|subject| subject.trim().is_empty()) {
            of_message(Note::NoSubject);
        }
        if let Some(html) = rendered.html.filter(|html| html.len() > CLIPPED) {
            of_message(Note::Clipped(html.len()));
        }
        let said = self.parts.look(row.number, rendered).into_iter();
        said.for_each(|said| of_message(Note::Parts(said)));
        notes
    }

    /// What is to be said of the cells of one row of a message.
    fn look_at_one(&self, row: &Row, rendered: &Rendered<'_>) -> Vec<Note> {
        let mut notes = Vec::new();
        // A cell with nothing in it; rather one that is filled in whatever it holds.
        let mut nothing: Option<usize> = None;
        for (i, watched) in self.cells.iter().enumerate() {
            let Some(cell) = row.fields.get(watched.column) else {
                continue;
            };
            if watched.shown && is_nothing(cell) {
                let known = nothing.and_then(|known| self.cells.get(known));
                if known.is_none_or(|known| known.filled.is_none()) {
                    nothing = Some(i);
                }
                if watched.filled.is_some() && cell.trim().is_empty() {
                    notes.push(Note::Empty(i));
                }
            }
            if let Some(broken) = broken(cell).filter(|broken| watched.takes(broken, cell, rendered)) {
                notes.push(Note::Broken(i, broken));
            } else if watched.shown && in_cell(cell) {
                notes.push(Note::Tag(i));
            } else if let Some(image) = watched.address
                && !(cell.trim().is_empty() || (cell.starts_with("https://") && !image))
                && let Some(wrong) = fault(cell, image)
            {
                notes.push(Note::Address(i, wrong));
            }
        }
        for (i, link) in self.links.iter().enumerate() {
            if let Some(cell) = row.fields.get(link.column).filter(|cell| link.breaks(cell)) {
                notes.push(Note::Link(i, cell.clone()));
            }
        }
        if let Some(cell) = nothing {
            let parts = [
                (&self.subject, rendered.subject),
                (&self.text, rendered.text),
                (&self.html, rendered.html),
            ];
            let greeting = parts
                .into_iter()
                .find_map(|(greetings, part)| part.and_then(|part| greetings.of_nobody(part)));
            notes.extend(greeting.map(|shown| Note::Greeting(cell, shown)));
        }
        notes
    }
}

impl Cell {
    /// Whether a message takes what is broken: a template may ask for it and say something else.
    fn takes(&self, broken: &Broken, cell: &str, rendered: &Rendered<'_>) -> bool {
        if let Broken::Entities(_) = broken {
            return self.as_text;
        }
        let parts = [rendered.subject, rendered.text, rendered.html];
        let shows = |part: &str| part.contains(cell.trim());
        !is_whole(broken) || self.elsewhere || parts.into_iter().flatten().any(shows)
    }
}

/// The greetings that a value comes right after.
fn greetings_in(source: &Source, greetings: &mut Greetings) {
    for pair in source.pieces.windows(2) {
        if let [before, after] = pair
            && matches!(before.what, What::Text)
            && matches!(after.what, What::Value(_) | What::Block(_))
        {
            greetings.note(source.text().get(before.span.clone()).unwrap_or_default());
        }
    }
}

/// Something seen, and in which of the rows of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noted {
    pub(super) member: usize,
    pub(super) note: Note,
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_row_with_nothing_to_tell_leaves_nothing() {
        // Kept small on purpose: the whole is tested over the program, in tests/it/check_findings.rs.
        let watch = Watch::default();
        let row = Row::new(2, vec![String::new()]);
        let rendered = Rendered {
            subject: Some("x"),
            text: None,
            html: None,
        };
        assert!(watch.look(&row, &rendered).is_empty());
        let rendered = Rendered {
            subject: Some(" "),
            ..rendered
        };
        let note = Noted {
            member: 0,
            note: Note::NoSubject,
        };
        assert_eq!(watch.look(&row, &rendered), [note]);
    }
}
