//! The compiled templates of a campaign, rendered for one row after another.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tera::{Context, TeraResult, Value};

use crate::campaign::{Place, Problem, Problems};
use crate::storage::composed;
use crate::table::{Header, Row};
use crate::words::{Said, say};

use super::budget::{Bounded, Budget, LONGEST, MOST_WRITTEN, Spent, within};
use super::engine_errors::{problem, undefined};
use super::escape::{Engines, Escape};
use super::filters;
use super::input::Input;
use super::numbers::{Asks, CELLS, Source};
use super::values;
use super::whole_rows::mark;

/// How many undefined variables of one template are reported at once.
const MOST_UNDEFINED: usize = 20;

/// The code of what takes too long: the run ends with it.
pub const TOO_LONG: &str = "template-time";

/// Stands for one compiled template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateId(pub(super) usize);

pub(super) enum Entry {
    /// Nothing to fill in.
    Constant(String),
    /// A cell as it is, by its column: `{{ email }}` alone needs no engine, unless the rows of a
    /// message differ in it.
    Cell(usize, String),
    /// The engine it is compiled in, and its name there.
    Compiled(Escape, String),
}

/// The compiled templates of a campaign.
pub struct Templates {
    pub(super) engines: Engines,
    pub(super) entries: Vec<Entry>,
    pub(super) sources: HashMap<String, Source>,
    pub(super) inputs: Vec<Input>,
    pub(super) notes: Vec<Said>,
    pub(super) header: Arc<Header>,
    pub(super) campaign: String,
    pub(super) used: HashSet<String>,
    /// The columns some template names: the others need not be copied.
    pub(super) columns: Vec<(usize, String)>,
    pub(super) wants_row: bool,
    pub(super) wants_rows: bool,
    /// What the templates ask of cells.
    pub(super) asks: Asks,
    /// Some row's templates took too long.
    pub(super) overran: AtomicBool,
    /// Which columns a template names, where rows may be grouped.
    pub(super) named: HashMap<String, Vec<usize>>,
}

/// What one row's templates see.
pub struct RowContext<'r> {
    row: &'r Row,
    /// Made when the first template asks: an address that is a cell needs none.
    context: OnceCell<Context>,
    /// What is known of the row besides its cells.
    known: Vec<(&'static str, String)>,
    /// What the templates of the message may still write, make and take.
    budget: Cell<Budget>,
}

#[cfg(test)]
impl RowContext<'_> {
    /// Its minute is over.
    pub(super) fn is_late(&self) {
        self.budget.set(Budget::late());
    }
}

impl RowContext<'_> {
    /// The row itself.
    pub fn row(&self) -> &Row {
        self.row
    }

    /// From here on, templates see this variable, too.
    pub fn know(&mut self, name: &'static str, value: String) {
        if let Some(context) = self.context.get_mut() {
            context.insert_value(name, Value::from(value.as_str()));
        }
        self.known.push((name, value));
    }
}

impl Templates {
    /// The columns the templates are filled from.
    pub fn header(&self) -> &Arc<Header> {
        &self.header
    }

    /// Template files, and what they held.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What was made out of template files that their owner should know.
    pub fn notes(&self) -> &[Said] {
        &self.notes
    }

    /// Where every template stands, with its text.
    pub fn sources(&self) -> impl Iterator<Item = &Place> {
        self.sources.values().map(|source| &source.place)
    }

    /// The line of a template that a mark in a rendered text stands for, from this octet on.
    pub fn line_at(&self, name: &str, at: usize) -> Option<Place> {
        let source = self.sources.get(name)?;
        let place = &source.place;
        let start = place.span.start + source.spelling.original(&(at..at)).start;
        let line = place.text.get(start..)?;
        let length = line.find(['\r', '\n']).unwrap_or(line.len());
        Some(place.at(start..start + length))
    }

    /// The variables that templates name.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.used.iter().map(String::as_str)
    }

    /// Whether some template names this variable.
    pub fn uses(&self, variable: &str) -> bool {
        self.used.contains(variable)
    }

    /// The cells of a row that some template may fill in.
    pub fn cells<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = &'r str> {
        let any = self.wants_row || self.wants_rows;
        let named = move |at: usize| any || self.columns.iter().any(|(column, _)| *column == at);
        let cells = row.members().flat_map(|row| row.fields.iter().enumerate());
        cells
            .filter(move |(at, _)| named(*at))
            .map(|(_, cell)| cell.as_str())
    }

    /// What the templates of this row see.
    pub fn context<'r>(&self, row: &'r Row) -> RowContext<'r> {
        RowContext {
            row,
            context: OnceCell::new(),
            known: Vec::new(),
            budget: Cell::default(),
        }
    }

    /// The columns that templates name, and what is ours.
    fn filled(&self, of: &RowContext<'_>) -> Context {
        let row = of.row;
        let mut context = Context::new();
        for (i, name) in &self.columns {
            if let Some(value) = row.shared(*i) {
                context.insert_value(name.clone(), Value::from(&*composed(value)));
            }
        }
        if self.wants_row {
            self.insert_row(&mut context, row);
        }
        if self.wants_rows {
            self.insert_rows(&mut context, row);
        }
        self.insert_own(&mut context, of);
        context
    }

    /// Renders one template.
    ///
    /// # Errors
    /// Tera's report, at the place the user wrote: every undefined variable,
    /// wrong filters and similar ones.
    pub fn render(&self, id: TemplateId, context: &RowContext<'_>) -> Result<Cow<'_, str>, Problems> {
        match self.entries.get(id.0) {
            Some(Entry::Constant(text)) => Ok(Cow::Borrowed(text)),
            Some(Entry::Cell(column, name)) => match context.row.shared(*column) {
                // An address is what its owner's server takes it for: it stays as it is written.
                Some(cell) if cell.contains('@') => Ok(Cow::Owned(cell.to_owned())),
                Some(cell) => Ok(Cow::Owned(composed(cell).into_owned())),
                None => Err(self.differing(name, context.row)),
            },
            // A condition would take what differs for something that is not there.
            Some(Entry::Compiled(_, name)) if self.differs(name, context.row) => {
                Err(self.differing(name, context.row))
            }
            Some(Entry::Compiled(escape, name)) => {
                let filled = context.context.get_or_init(|| self.filled(context));
                match self.bounded(*escape, name, filled, context)? {
                    Ok(text) => match self.whole_row(name, &text) {
                        Some(problem) => Err(problem.into()),
                        None => Ok(Cow::Owned(text)),
                    },
                    Err(_) => self.render_with_all(*escape, name, context),
                }
            }
            None => Ok(Cow::Borrowed("")),
        }
    }

    /// Renders within what the message may still write and take.
    ///
    /// # Errors
    /// That is spent; within: the engine's.
    fn bounded(
        &self,
        escape: Escape,
        name: &str,
        filled: &Context,
        of: &RowContext<'_>,
    ) -> Result<TeraResult<String>, Problems> {
        let length = self
            .sources
            .get(name)
            .map_or(0, |source| source.compiled.text.len());
        let mut out = Bounded::within(&of.budget, length + length / 8);
        if self.asks.origins {
            values::show(Some(of.row));
        }
        let render = || self.engines.of(escape).render_to(name, filled, &mut out);
        // That of an earlier message is nobody's.
        values::take_failure();
        let (rendered, _) = within(&of.budget, render);
        match out.account(&of.budget) {
            Some(spent) => Err(self.too_much(spent, name, of.row).into()),
            None => Ok(rendered.and_then(|()| Ok(String::from_utf8(out.octets)?))),
        }
    }

    fn too_much(&self, spent: Spent, name: &str, row: &Row) -> Problem {
        let file = self
            .sources
            .get(name)
            .map_or(name, |source| &*source.place.path)
            .to_owned();
        let (what, code) = match spent {
            Spent::Written => {
                let most = (MOST_WRITTEN >> 20) as u64;
                (
                    say!("render-writes-too-much", most = most, file = file),
                    "template-size",
                )
            }
            Spent::Made => (say!("render-needs-too-much", file = file), "template-size"),
            Spent::Time => {
                self.overran.store(true, Ordering::Relaxed);
                (
                    say!("render-takes-too-long", most = LONGEST, file = file),
                    TOO_LONG,
                )
            }
        };
        Problem::error(what)
            .code(code)
            .at(self.header.place(row, None))
            .help(say!("render-too-much-hint"))
    }

    /// Whether the templates of some row took too long.
    pub fn overran(&self) -> bool {
        self.overran.load(Ordering::Relaxed)
    }

    /// Whether a condition is true of a row.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn holds(&self, id: TemplateId, context: &RowContext<'_>) -> Result<bool, Problems> {
        Ok(!self.render(id, context)?.is_empty())
    }

    /// Renders again with every column in sight, so that the error can list
    /// what exists; and on past an undefined variable, to the next one.
    fn render_with_all(
        &self,
        escape: Escape,
        name: &str,
        of: &RowContext<'_>,
    ) -> Result<Cow<'_, str>, Problems> {
        let row = of.row;
        let mut context = Context::new();
        for (i, column) in self.header.columns.iter().enumerate() {
            if let Some(value) = row.shared(i) {
                context.insert_value(column.clone(), Value::from(&*composed(value)));
            }
        }
        for (i, name) in &self.columns {
            if let Some(value) = row.shared(*i) {
                context.insert_value(name.clone(), Value::from(&*composed(value)));
            }
        }
        self.insert_row(&mut context, row);
        self.insert_rows(&mut context, row);
        self.insert_own(&mut context, of);
        let fallback = || Place::whole(name);
        let place = self
            .sources
            .get(name)
            .map_or_else(fallback, |source| source.place.clone());
        let mut problems = Problems::default();
        while problems.0.len() < MOST_UNDEFINED {
            let error = match self.bounded(escape, name, &context, of)? {
                Ok(text) if problems.0.is_empty() => return Ok(Cow::Owned(text)),
                Ok(_) => break,
                Err(error) => error,
            };
            let undefined = undefined(&error).map(str::to_owned);
            if undefined.is_some() || problems.0.is_empty() {
                let misfit = undefined.is_none().then(|| self.misfit(&error, row)).flatten();
                problems.push(misfit.unwrap_or_else(|| problem(&error, &self.sources, &place, &self.header)));
            }
            // What is wrong after that may come of the stand-in.
            let Some(variable) = undefined else { break };
            context.insert_value(variable, Value::from(""));
        }
        Err(problems)
    }

    /// What the cells of a row are that show something else.
    fn plain<'r>(&'r self, row: &'r Row) -> BTreeMap<&'r str, &'r str> {
        let shared = row.plain.iter().filter(|(at, _)| row.shared(*at).is_some());
        let named = shared.flat_map(|(at, plain)| {
            let name = self.header.columns.get(*at).into_iter();
            let aliases = self.columns.iter().filter(move |(of, _)| of == at);
            let names = name.chain(aliases.map(|(_, name)| name));
            names.map(|name| (name.as_str(), plain.as_str()))
        });
        named.collect()
    }

    fn insert_row(&self, context: &mut Context, row: &Row) {
        let columns = self.header.columns.iter().map(String::as_str).enumerate();
        let shared = columns.filter_map(|(at, name)| Some((name, Value::from(&*composed(row.shared(at)?)))));
        let mut cells: BTreeMap<&str, Value> = shared.collect();
        cells.insert(filters::HIDDEN, mark());
        context.insert("row", &cells);
    }

    fn insert_own(&self, context: &mut Context, of: &RowContext<'_>) {
        if self.asks.values && !of.row.plain.is_empty() {
            let hidden = BTreeMap::from([(filters::HIDDEN, self.plain(of.row))]);
            context.insert(CELLS, &hidden);
        }
        context.insert_value("row_number", Value::from(of.row.number));
        context.insert_value("campaign", Value::from(self.campaign.as_str()));
        for (name, value) in &of.known {
            context.insert_value(*name, Value::from(value.as_str()));
        }
    }
}
