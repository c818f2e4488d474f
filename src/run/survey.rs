//! Examining a recipients file: its kind, and what its columns hold.
//!
//! One pass over the rows, in memory that does not grow with them.

mod looks;

use std::collections::HashSet;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use crate::campaign::{Campaign, Overrides, Problem, Problems, RecipientsSource, Text};
use crate::recipients::{address_columns, find_addresses};
use crate::render::in_template;
use crate::table::{About, Header, Row, Table, TableError};
use crate::words::{say, system};

pub use looks::Looks;

use looks::Judge;

use super::environment::Environment;
use super::stdin;

/// Faulty rows whose problems are kept.
const FIRST: usize = 5;

/// Examples of a column.
const EXAMPLES: usize = 3;

/// Characters of an example.
const LENGTH: usize = 80;

/// Values that a column may have and be counted, as long as it has few neighbours.
const COUNTED: usize = 10_000;

/// Values that are counted in all columns together.
const COUNTED_IN_ALL: usize = 2_000_000;

/// What a file holds.
#[derive(Debug)]
pub struct Survey {
    /// What the user calls it.
    pub file: String,
    /// What it was read as.
    pub about: About,
    /// The row that names the columns, where one does.
    pub header_row: Option<u64>,
    /// Its rows, the faulty ones included.
    pub rows: u64,
    /// Rows below the table, which are skipped.
    pub below: u64,
    /// Rows that cannot be read.
    pub faults: u64,
    /// What is wrong with the first of them.
    pub first_faults: Vec<Problem>,
    /// The columns.
    pub columns: Vec<Seen>,
    /// The template that fills in the To address.
    pub to: String,
    /// The columns it names; none where it names one that is not there.
    pub to_columns: Vec<usize>,
    /// The column that looks most like addresses, if any does.
    pub addresses: Option<usize>,
}

/// A column.
#[derive(Debug)]
pub struct Seen {
    /// Its letter, where columns have some.
    pub letter: Option<String>,
    /// Its name in the file.
    pub header: String,
    /// How templates fill it in: `{{ name }}`.
    pub template: String,
    /// What most of its cells look like.
    pub looks: Looks,
    /// Cells that look otherwise.
    pub others: u64,
    /// Cells that are empty.
    pub empty: u64,
    /// How many different values it has.
    pub distinct: Distinct,
    /// The first few of them, shortened.
    pub examples: Vec<String>,
}

/// A number of different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distinct {
    /// This many.
    Exactly(u64),
    /// More than can be counted.
    MoreThan(u64),
}

/// Looks at a campaign's recipients, or at a file of them.
///
/// # Errors
/// The file cannot be read to its end, or the campaign names none.
pub fn survey(path: &Path, overrides: &Overrides, environment: &Environment) -> Result<Survey, Problems> {
    let is_campaign = path.is_dir() || path.extension().is_some_and(|suffix| suffix == "toml");
    let (mut source, message) = if is_campaign {
        let (campaign, problems) = Campaign::load(path, overrides);
        let campaign = campaign.ok_or(problems)?;
        (campaign.recipients, Some(campaign.message))
    } else {
        let overrides = Overrides {
            recipients: Some(path.to_owned()),
            ..overrides.clone()
        };
        (RecipientsSource::of_flags(&overrides)?, None)
    };
    // Only looked at, it is not kept in a campaign's folder.
    let kept = source.stdin.then(|| kept_stdin(environment)).transpose()?;
    if let Some(kept) = &kept {
        source.file = kept.path().to_owned();
    }
    let by_default = message.as_ref().is_none_or(|message| message.to_by_default);
    let to = match message {
        Some(message) if !by_default => message.to,
        _ => to_by_default(&source),
    };
    let mut survey = of_source(&source, &to).map_err(TableError::into_problems)?;
    if by_default
        && let [one] = survey.to_columns.as_slice()
        && let Some(column) = survey.columns.get(*one)
    {
        survey.to.clone_from(&column.template);
    }
    Ok(survey)
}

/// What mails are addressed by where nobody says it.
fn to_by_default(source: &RecipientsSource) -> Text {
    let mut to = Text::of_flag("[message].to", "{{ email }}");
    if let Ok(table) = Table::open(source) {
        let header = table.header().clone();
        // Where there is none, what is said about the columns tells it.
        let _ = find_addresses(&mut to, source, &header);
    }
    to
}

fn kept_stdin(environment: &Environment) -> Result<tempfile::NamedTempFile, Problems> {
    let unkept = |error: std::io::Error| {
        Problems::from(
            Problem::error(say!("run-stdin-not-kept", why = system(&error))).code("recipients-file"),
        )
    };
    let mut file = tempfile::NamedTempFile::new().map_err(unkept)?;
    stdin::copy(environment, &mut file, unkept)?;
    Ok(file)
}

fn of_source(source: &RecipientsSource, to: &Text) -> Result<Survey, TableError> {
    let mut table = Table::open(source)?;
    let header = table.header().clone();
    let to_columns = address_columns(to, &header);
    table.addressed_by(&named(&to_columns, &header));
    let counted = COUNTED.min(COUNTED_IN_ALL / header.columns.len().max(1));
    let mut tallies: Vec<Tally> = header.columns.iter().map(|_| Tally::default()).collect();
    let (mut rows, mut faults, mut first_faults) = (0, 0, Vec::new());
    for row in table.by_ref() {
        rows += 1;
        match row? {
            Ok(row) => {
                for (at, tally) in tallies.iter_mut().enumerate() {
                    tally.see(&row, at, counted);
                }
            }
            Err(fault) => {
                faults += 1;
                if first_faults.len() < FIRST {
                    first_faults.extend(fault.problems.0);
                }
            }
        }
    }
    let columns: Vec<Seen> = tallies
        .into_iter()
        .enumerate()
        .map(|(at, tally)| tally.finish(&header, at, counted))
        .collect();
    let addresses = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.looks == Looks::Addresses)
        .min_by_key(|(_, column)| (column.others + column.empty, column.examples.is_empty()))
        .map(|(at, _)| at);
    Ok(Survey {
        file: source.shown.clone(),
        about: About {
            warnings: table.warnings(),
            ..table.about().clone()
        },
        header_row: header.row,
        rows,
        faults,
        first_faults,
        below: table.below(),
        to_columns,
        to: to.value.clone(),
        columns,
        addresses,
    })
}

/// What templates call these columns.
fn named(columns: &[usize], header: &Header) -> Vec<String> {
    let names = columns.iter().filter_map(|at| header.columns.get(*at));
    names.cloned().collect()
}

/// What was seen of a column so far.
#[derive(Default)]
struct Tally {
    empty: u64,
    filled: u64,
    judge: Judge,
    values: HashSet<u64>,
    more: bool,
    examples: Vec<String>,
}

impl Tally {
    fn see(&mut self, row: &Row, at: usize, counted: usize) {
        let cell = row.fields.get(at).map_or("", String::as_str).trim();
        if cell.is_empty() {
            self.empty += 1;
            return;
        }
        self.filled += 1;
        self.judge.see(row.value(at).trim(), row.number);
        if self.more {
            return;
        }
        let hash = xxh3_64(cell.as_bytes());
        if self.values.len() >= counted {
            self.more = !self.values.contains(&hash);
        } else if self.values.insert(hash) && self.examples.len() < EXAMPLES {
            self.examples.push(shortened(cell));
        }
    }

    fn finish(self, header: &Header, at: usize, counted: usize) -> Seen {
        let column = header.columns.get(at).map_or("", String::as_str);
        let name = header.names.get(at).map_or("", String::as_str);
        let (looks, others) = self.judge.verdict(name, self.filled);
        Seen {
            letter: header.letter_of(at),
            header: header.names.get(at).cloned().unwrap_or_default(),
            template: format!("{{{{ {} }}}}", in_template(column, header)),
            looks,
            others,
            empty: self.empty,
            distinct: if self.more {
                Distinct::MoreThan(counted as u64)
            } else {
                Distinct::Exactly(self.values.len() as u64)
            },
            examples: self.examples,
        }
    }
}

fn shortened(cell: &str) -> String {
    let mut chars = cell.chars();
    let mut short: String = chars.by_ref().take(LENGTH).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
