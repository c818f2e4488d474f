//! The notes about rows, collected in order: one finding for each kind of note.

use std::collections::BTreeMap;

use roaring::RoaringTreemap;

use crate::campaign::{Place, Problem};
use crate::render::in_template;
use crate::table::{Header, Row};
use crate::words::{Arg, say};

use super::broken;
use super::domains::{Domains, NAMED};
use super::finding::Finding;
use super::html::Fault;
use super::in_links;
use super::links::faulty;
use super::watch::{CLIPPED, Note, Noted, Watch};

/// How many languages are reported; a list with more has something else in that column.
const LANGUAGES: usize = 20;

/// What notes that are reported together have in common.
type Key = (u8, usize, Option<Fault>, String);

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
    tallies: BTreeMap<Key, Tally>,
    /// Languages among them.
    languages: usize,
    pub(super) domains: Domains,
}

impl Folded {
    /// Adds what was seen of a row; in the rows' order.
    pub(super) fn add(&mut self, watch: &Watch, header: &Header, row: &Row, notes: Vec<Noted>) {
        for Noted { member, note } in notes {
            if matches!(note, Note::Language(..)) && !self.tallies.contains_key(&key(&note)) {
                if self.languages >= LANGUAGES {
                    continue;
                }
                self.languages += 1;
            }
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
            // The largest one is reported.
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
            let mut first_rows = tally.first;
            // What was looked for only in some rows is reported for the first.
            let sampled = matches!(&tally.note, Note::Parts(said) if !said.is_counted());
            if sampled {
                first_rows.truncate(1);
            }
            Finding {
                problem,
                rows: if sampled { 1 } else { tally.rows },
                first_rows,
            }
        };
        std::mem::take(&mut self.tallies)
            .into_values()
            .map(finding)
            .collect()
    }
}

fn key(note: &Note) -> Key {
    let of_cell = |kind, cell: usize, fault| (kind, cell, fault, String::new());
    match note {
        Note::Empty(cell) => of_cell(0, *cell, None),
        Note::Broken(cell, broken) => match broken::kind(broken) {
            0 => of_cell(1, *cell, None),
            kind => of_cell(10 + kind, *cell, None),
        },
        Note::Tag(cell) => of_cell(2, *cell, None),
        Note::Address(cell, fault) => of_cell(3, *cell, Some(*fault)),
        Note::Greeting(..) => of_cell(4, 0, None),
        Note::NoSubject => of_cell(5, 0, None),
        Note::Clipped(_) => of_cell(6, 0, None),
        // Once for each value.
        Note::Language(value, _) => (30, 0, None, value.clone()),
        Note::Link(link, _) => of_cell(7, *link, None),
        Note::Parts(said) => {
            let (kind, which) = said.kind();
            (kind, 0, None, which)
        }
    }
}

fn place(watch: &Watch, header: &Header, row: &Row, note: &Note) -> Place {
    let cell = |i: &usize| header.place(row, watch.cells.get(*i).map(|cell| cell.column));
    match note {
        Note::Empty(i) | Note::Broken(i, _) | Note::Tag(i) | Note::Address(i, _) | Note::Greeting(i, _) => {
            cell(i)
        }
        Note::Link(i, _) => watch
            .links
            .get(*i)
            .map_or_else(|| header.place(row, None), |link| link.place.clone()),
        Note::Language(..) => header.place(row, watch.languages.column()),
        Note::NoSubject => watch
            .subject_place
            .clone()
            .unwrap_or_else(|| header.place(row, None)),
        Note::Parts(said) => {
            let place = watch.parts.place(said);
            place.unwrap_or_else(|| header.place(row, None))
        }
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
            let what = match used {
                Some(place) => say!(
                    "check-empty-cell-used",
                    column = name(i),
                    place = place.to_string()
                ),
                None => say!("check-empty-cell", column = name(i)),
            };
            Problem::warning(what).code("empty-cell").help(say!(
                "check-empty-cell-hint",
                name = &*in_template(name(i), header)
            ))
        }
        Note::Broken(i, broken) => broken::problem(name(i), broken),
        Note::Tag(i) => Problem::warning(say!("check-tag-in-cell", column = name(i)))
            .code("leftover")
            .help(say!("check-tag-in-cell-hint")),
        Note::Address(i, wrong) => {
            let image = watched(i).and_then(|cell| cell.address).unwrap_or_default();
            faulty(*wrong, image, 1)
        }
        Note::Greeting(_, shown) => Problem::warning(say!("check-greeting", greeting = shown))
            .code("empty-greeting")
            .help(say!("check-greeting-cell-hint")),
        Note::Link(i, cell) => in_links::problem(watch.links.get(*i), header, cell),
        Note::Language(value, told) => watch.languages.problem(value, told),
        Note::Parts(said) => watch.parts.problem(said),
        Note::NoSubject => Problem::warning(say!("check-no-subject"))
            .code("empty-subject")
            .help(say!("check-no-subject-hint")),
        Note::Clipped(most) => Problem::warning(say!(
            "check-clipped",
            size = Arg::Size(*most as u64),
            most = Arg::Size(CLIPPED as u64)
        ))
        .code("clipped-html")
        .help(say!("check-clipped-hint")),
    }
}
