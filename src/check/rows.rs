//! What single rows are like: seen on the composing threads, folded in order.
//!
//! A million rows go through here, so what can be known from the templates is
//! known beforehand ([`Watch`]), a row is looked at cell by cell, and a row
//! with nothing to tell leaves an empty list.

use std::collections::BTreeMap;
use std::sync::Arc;

use roaring::RoaringTreemap;

use crate::campaign::{Place, Problem};
use crate::message::Rendered;
use crate::render::in_template;
use crate::table::{Header, Row};

use super::domains::{Domains, NAMED};
use super::finding::Finding;
use super::greeting::Greetings;
use super::html::{Address, Fault, fault};
use super::leftovers::{in_cell, is_formula_error};
use super::links::faulty;
use super::pieces::What;
use super::relay;
use super::source::{Kind, Source};
use super::templates::Written;
use crate::table::cell::is_nothing;

/// Gmail shows no more octets of an HTML part: "[Message clipped]".
const CLIPPED: usize = 102_400;

/// What to look for in every row.
#[derive(Debug, Default)]
pub(super) struct Watch {
    cells: Vec<Cell>,
    subject: Greetings,
    text: Greetings,
    html: Greetings,
    /// Where a part that is too long is named.
    html_place: Option<Place>,
    subject_place: Option<Place>,
}

/// A column that the message shows.
#[derive(Debug)]
struct Cell {
    column: usize,
    /// Where it is filled in though it may be empty.
    filled: Option<Place>,
    /// It is the address of a link (or of an image).
    address: Option<bool>,
}

/// Something to tell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// A cell that is filled in is empty; which of the watched.
    Empty(usize),
    /// A cell holds a formula's error.
    FormulaError(usize),
    /// A cell holds a tag.
    Tag(usize),
    /// A cell is no good address.
    Address(usize, Fault),
    /// The greeting greets nobody: a cell that has nothing in it, and how it reads.
    Greeting(usize, String),
    /// There is no subject.
    NoSubject,
    /// The HTML part has so many octets.
    Clipped(usize),
}

impl Watch {
    pub(super) fn of(written: &Written, header: &Header) -> Self {
        let mut watch = Self::default();
        for (source, html) in written.sources.iter().zip(&written.html) {
            let greetings = match source.kind {
                Kind::Line => &mut watch.subject,
                Kind::Text | Kind::Markdown => &mut watch.text,
                Kind::Html => &mut watch.html,
                Kind::Other => continue,
            };
            greetings_in(source, greetings);
            for (_, tag) in source.tags() {
                for (name, span) in tag.columns() {
                    let Some(column) = header.position(name) else {
                        continue;
                    };
                    let cell = watch.cell(column);
                    if cell.filled.is_none() && !tag.guarded() {
                        cell.filled = Some(source.at(span.clone()));
                    }
                }
            }
            for link in html.iter().flat_map(|html| &html.links) {
                if let Address::Column(name) = &link.address
                    && let Some(column) = header.position(name)
                {
                    watch.cell(column).address = Some(link.image);
                }
            }
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
        let mut of_message = |note| notes.push(Noted { member: 0, note });
        if rendered.subject.is_some_and(|subject| subject.trim().is_empty()) {
            of_message(Note::NoSubject);
        }
        if let Some(html) = rendered.html.filter(|html| html.len() > CLIPPED) {
            of_message(Note::Clipped(html.len()));
        }
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
            if is_nothing(cell) {
                let known = nothing.and_then(|known| self.cells.get(known));
                if known.is_none_or(|known| known.filled.is_none()) {
                    nothing = Some(i);
                }
                if watched.filled.is_some() && cell.trim().is_empty() {
                    notes.push(Note::Empty(i));
                }
            }
            if is_formula_error(cell) {
                notes.push(Note::FormulaError(i));
            } else if in_cell(cell) {
                notes.push(Note::Tag(i));
            } else if watched.address.is_some()
                && !(cell.starts_with("https://") || cell.trim().is_empty())
                && let Some(wrong) = fault(cell)
            {
                notes.push(Note::Address(i, wrong));
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
    member: usize,
    note: Note,
}

/// One kind of note, over all rows.
#[derive(Debug)]
struct Tally {
    rows: u64,
    first: Vec<u64>,
    in_rows: RoaringTreemap,
    note: Note,
    place: Place,
}

/// What the rows come to.
#[derive(Debug, Default)]
pub(super) struct Folded {
    tallies: BTreeMap<(u8, usize, Option<Fault>), Tally>,
    pub(super) domains: Domains,
}

impl Folded {
    /// Adds what was seen of a row; in the rows' order.
    pub(super) fn add(&mut self, watch: &Watch, header: &Header, row: &Row, notes: Vec<Noted>) {
        for Noted { member, note } in notes {
            let row = row.members().nth(member).unwrap_or(row);
            let tally = self.tallies.entry(key(&note)).or_insert_with(|| Tally {
                rows: 0,
                first: Vec::new(),
                in_rows: RoaringTreemap::new(),
                place: place(watch, header, row, &note),
                note: note.clone(),
            });
            tally.rows += 1;
            tally.in_rows.insert(row.number);
            if tally.first.len() < NAMED {
                tally.first.push(row.number);
            }
            // The largest is what is told.
            if let (Note::Clipped(most), Note::Clipped(octets)) = (&mut tally.note, &note) {
                *most = (*most).max(*octets);
            }
        }
    }

    /// A finding for each kind of note, and their rows.
    pub(super) fn findings(
        &mut self,
        watch: &Watch,
        header: &Header,
        rows_of: &mut BTreeMap<&'static str, RoaringTreemap>,
    ) -> Vec<Finding> {
        let finding = |tally: Tally| {
            let problem = problem(watch, header, &tally).at(tally.place.clone());
            *rows_of.entry(problem.code).or_default() |= &tally.in_rows;
            Finding {
                problem,
                rows: tally.rows,
                first_rows: tally.first,
            }
        };
        std::mem::take(&mut self.tallies)
            .into_values()
            .map(finding)
            .collect()
    }
}

fn key(note: &Note) -> (u8, usize, Option<Fault>) {
    match note {
        Note::Empty(cell) => (0, *cell, None),
        Note::FormulaError(cell) => (1, *cell, None),
        Note::Tag(cell) => (2, *cell, None),
        Note::Address(cell, fault) => (3, *cell, Some(*fault)),
        Note::Greeting(..) => (4, 0, None),
        Note::NoSubject => (5, 0, None),
        Note::Clipped(_) => (6, 0, None),
    }
}

fn place(watch: &Watch, header: &Header, row: &Row, note: &Note) -> Place {
    let cell = |i: &usize| header.place(row, watch.cells.get(*i).map(|cell| cell.column));
    match note {
        Note::Empty(i)
        | Note::FormulaError(i)
        | Note::Tag(i)
        | Note::Address(i, _)
        | Note::Greeting(i, _) => cell(i),
        Note::NoSubject => watch
            .subject_place
            .clone()
            .unwrap_or_else(|| header.place(row, None)),
        Note::Clipped(_) => watch
            .html_place
            .clone()
            .unwrap_or_else(|| header.place(row, None)),
    }
}

fn problem(watch: &Watch, header: &Header, tally: &Tally) -> Problem {
    let watched = |i: &usize| watch.cells.get(*i);
    let name = |i: &usize| {
        let column = watched(i).and_then(|cell| header.columns.get(cell.column));
        column.map_or("", String::as_str)
    };
    match &tally.note {
        Note::Empty(i) => {
            let used = watched(i).and_then(|cell| cell.filled.as_ref());
            let used = used
                .map(|place| format!(", and is filled in at {place}"))
                .unwrap_or_default();
            let column = in_template(name(i));
            Problem::warning(format!("the column `{}` is empty here{used}", name(i)))
                .code("empty-cell")
                .help(format!(
                    "fill the cell; or write what to say instead, {{{{ {column} or \"…\" }}}}, or {{% if {column} %}} … {{% endif %}} around it"
                ))
        }
        Note::FormulaError(i) => Problem::warning(format!(
            "the column `{}` holds what a spreadsheet writes when a formula fails",
            name(i)
        ))
        .code("formula-error")
        .help("mend the formula, and save the list again"),
        Note::Tag(i) => Problem::warning(format!(
            "the column `{}` holds a template's tag, and it goes out as it is: cells are values",
            name(i)
        ))
        .code("leftover")
        .help("write it into the template, or take it out of the cell"),
        Note::Address(i, wrong) => {
            let image = watched(i).and_then(|cell| cell.address).unwrap_or_default();
            faulty(*wrong, image, 1)
        }
        Note::Greeting(_, shown) => Problem::warning(format!("the greeting greets nobody: \"{shown}\""))
            .code("empty-greeting")
            .help("fill the cell with the name; or write whom to greet instead, {{ name or \"all\" }}"),
        Note::NoSubject => Problem::warning("the subject is empty")
            .code("empty-subject")
            .help("a message without a subject is taken for spam, and cannot be found again"),
        Note::Clipped(most) => Problem::warning(format!(
            "the HTML part has {}; Gmail shows {} and hides the rest",
            relay::size(*most as u64),
            relay::size(CLIPPED as u64)
        ))
        .code("clipped-html")
        .help(
            "leave out what is not needed: comments, styles that are repeated, text that a web page can hold",
        ),
    }
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
