//! Compiling: every template of a campaign, and the files those include, once.
//!
//! Everything that is wrong with them is collected; nothing is rendered here. An included file is
//! read only below the campaign's folder.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tera::TeraResult;

use crate::campaign::{Place, Problems, RecipientsSource, Reserved, Text};
use crate::storage::composed;
use crate::table::{Columns, Header};
use crate::words::Said;

use super::engine_errors::{is_unknown_template, problems};
use super::escape::{Engines, Escape};
use super::included::named_in;
use super::input::Input;
use super::names::{OWN_VARIABLES, ROWS, Written, bare_variable, doubtful};
use super::numbers::{self, Asks, Rewritten, Source};
use super::page::Page;
use super::spelling::{Changes, Spelled, begins_tag, spelled, spelled_expression};
use super::templates::{Entry, TemplateId, Templates};
use super::values::Asked;

/// Compiles the templates of a campaign, collecting what is wrong with them.
pub struct Compiler {
    pub(super) engines: Engines,
    entries: Vec<Entry>,
    /// Where the text of a template stands, by its name in Tera.
    pub(super) sources: HashMap<String, Source>,
    /// What the templates ask of cells.
    asks: Asks,
    /// The list that they are filled in from, and its columns that are asked for yes or no.
    list: Option<RecipientsSource>,
    columns: Asked,
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Problems,
    pub(super) folder: PathBuf,
    /// Entries that are one variable and nothing else.
    bare: Vec<(usize, String)>,
    /// Included files that were read, by the engine they are compiled in.
    pub(super) opened: HashSet<(Escape, String)>,
    /// The files that are being read: each is included by the one before it.
    pub(super) way: Vec<String>,
    pub(super) reserved: Arc<Reserved>,
    /// The pages among the templates, and what the one is that is being read.
    pub(super) pages: Vec<Page>,
    pub(super) body: Option<Escape>,
    /// What was made out of the files that their owner should know.
    pub(super) notes: Vec<Said>,
    /// The columns that templates name.
    pub(super) header: Arc<Header>,
    /// The language that files are compiled for, where they are for one.
    pub(super) language: Option<String>,
}

impl Compiler {
    /// Nothing compiled yet; `{% include %}` looks below `folder`.
    pub fn new(folder: &Path) -> Self {
        let columns = Asked::default();
        Self {
            engines: Engines::new(&columns),
            entries: Vec::new(),
            sources: HashMap::new(),
            asks: Asks::default(),
            list: None,
            columns,
            inputs: Vec::new(),
            problems: Problems::default(),
            folder: folder.to_owned(),
            bare: Vec::new(),
            opened: HashSet::new(),
            way: Vec::new(),
            reserved: Arc::default(),
            pages: Vec::new(),
            body: None,
            notes: Vec::new(),
            header: Arc::new(Header::unknown("")),
            language: None,
        }
    }

    /// The same; names in the templates are those of these columns.
    #[must_use]
    pub fn naming(self, header: &Arc<Header>) -> Self {
        Self {
            header: Arc::clone(header),
            ..self
        }
    }

    /// The same; a secret file is not used as a template.
    #[must_use]
    pub fn guarded(self, reserved: Arc<Reserved>) -> Self {
        Self { reserved, ..self }
    }

    /// The same; whether a word of this list is a no is known from its whole column.
    #[must_use]
    pub fn of_list(self, list: &RecipientsSource) -> Self {
        Self {
            list: Some(list.clone()),
            ..self
        }
    }

    /// Compiles `piece` (octets of the text's value), a template without
    /// escaping.
    pub fn inline(&mut self, text: &Text, piece: Range<usize>) -> TemplateId {
        let value = text.value.get(piece.clone()).unwrap_or_default();
        let written = text.place.text.get(text.place.span.clone());
        let value = &*composed(value);
        let place = if written == Some(text.value.as_str()) && text.value.contains(value) {
            let start = text.place.span.start;
            text.place.at(start + piece.start..start + piece.end)
        } else {
            text.place.clone()
        };
        if !begins_tag(value) {
            return self.entry(Entry::Constant(value.to_owned()));
        }
        let name = format!("{}#{}", text.place.path, self.entries.len());
        let spelled = spelled(value, false, &self.header);
        if let Some(column) = bare_variable(&spelled.text) {
            self.bare.push((self.entries.len(), column.to_owned()));
        }
        self.compile(Escape::ByName, &name, spelled, place);
        self.entry(Entry::Compiled(Escape::ByName, name))
    }

    /// Compiles an expression such as `status != 'dropped'`, for [`Templates::holds`].
    pub fn condition(&mut self, text: &Text) -> TemplateId {
        let name = format!("{}#{}", text.place.path, self.entries.len());
        let spelled = spelled_expression(&composed(&text.value), &self.header);
        self.doubts(&spelled, &text.place, Written::InCondition);
        let template = numbers::condition(&spelled.text).between("{% if ", " %}true{% endif %}");
        let added = self
            .engines
            .of_mut(Escape::ByName)
            .add_raw_template(&name, &template.text);
        self.compiled(&name, template, spelled.changes, text.place.clone(), added);
        self.entry(Entry::Compiled(Escape::ByName, name))
    }

    /// Compiles the whole of a text.
    pub fn text(&mut self, text: &Text) -> TemplateId {
        self.inline(text, 0..text.value.len())
    }

    /// Compiles the whole of a text whose values come marked, except for one that is a cell and nothing
    /// else.
    pub fn marked(&mut self, text: &Text) -> TemplateId {
        let spelled = spelled(&text.value, false, &self.header);
        if bare_variable(&spelled.text).is_some() || !begins_tag(&text.value) {
            return self.text(text);
        }
        let name = format!("{}#{}", text.place.path, self.entries.len());
        self.compile(Escape::Calendar, &name, spelled, text.place.clone());
        self.entry(Entry::Compiled(Escape::Calendar, name))
    }

    /// Everything compiled, or all that is wrong.
    ///
    /// # Errors
    /// Unreadable files, syntax errors, all of them.
    pub fn finish(mut self, header: &Arc<Header>, campaign: &str) -> Result<Templates, Problems> {
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        let names = self.entries.iter().filter_map(|entry| match entry {
            Entry::Compiled(escape, name) => Some((escape, name)),
            Entry::Constant(_) | Entry::Cell(..) => None,
        });
        let variables: Vec<(&String, Vec<&str>)> = names
            .filter_map(|(escape, name)| {
                let variables = self.engines.of(*escape).get_template_variables(name).ok()?;
                Some((name, variables.into_iter().collect()))
            })
            .collect();
        // `{{ row['E-Mail'] }}` alone wants that cell, and not the others.
        let cells: HashMap<String, usize> = self
            .bare
            .iter()
            .filter(|(_, column)| !is_own(column))
            .filter_map(|(entry, column)| match self.entries.get(*entry)? {
                Entry::Compiled(_, name) => Some((name.clone(), header.position(column)?)),
                Entry::Constant(_) | Entry::Cell(..) => None,
            })
            .collect();
        let wants_row = variables
            .iter()
            .any(|(name, variables)| variables.contains(&"row") && !cells.contains_key(*name));
        let used: HashSet<String> = variables
            .iter()
            .flat_map(|(_, variables)| variables)
            .map(|variable| (*variable).to_owned())
            .collect();
        let named = variables.into_iter().map(|(name, variables)| {
            let columns = variables.iter().filter(|variable| !is_own(variable));
            let mut named: Vec<usize> = columns.filter_map(|v| header.position(v)).collect();
            if variables.contains(&"row") {
                self.taken_from_row(name, &mut HashSet::new(), &mut |column| {
                    named.extend(header.position(column))
                });
            }
            (name.clone(), named)
        });
        let named = named.collect();
        let columns = header.columns.iter().enumerate().filter(|(i, name)| {
            let named = used.contains(*name) || cells.values().any(|cell| cell == i);
            named && !is_own(name)
        });
        let mut columns: Vec<_> = columns.map(|(i, name)| (i, name.clone())).collect();
        let aliases = used
            .iter()
            .filter_map(|name| Some((header.of_alias(name)?, name.clone())));
        columns.extend(aliases.filter(|(_, name)| !header.columns.contains(name)));
        for (entry, name) in std::mem::take(&mut self.bare) {
            if let Some(column) = header.position(&name)
                && !is_own(&name)
                && let Some(entry) = self.entries.get_mut(entry)
            {
                *entry = match std::mem::replace(entry, Entry::Constant(String::new())) {
                    Entry::Compiled(_, name) => Entry::Cell(column, name),
                    other @ (Entry::Constant(_) | Entry::Cell(..)) => other,
                };
            }
        }
        if let Some(list) = &self.list {
            // Where nobody knows whose a value is, it may be that of any.
            let truths = (!self.asks.origins).then_some(self.asks.truths.as_slice());
            let _ = self.columns.set(Columns::new(list, header, truths));
        }
        Ok(Templates {
            columns,
            named,
            wants_row,
            wants_rows: used.contains(ROWS),
            used,
            engines: self.engines,
            entries: self.entries,
            sources: self.sources,
            asks: self.asks,
            overran: AtomicBool::new(false),
            inputs: self.inputs,
            notes: self.notes,
            header: Arc::clone(header),
            campaign: campaign.to_owned(),
        })
    }

    pub(super) fn entry(&mut self, entry: Entry) -> TemplateId {
        self.entries.push(entry);
        TemplateId(self.entries.len() - 1)
    }

    pub(super) fn compile(&mut self, escape: Escape, name: &str, spelled: Spelled, place: Place) {
        self.doubts(&spelled, &place, Written::InTemplate);
        let text = &spelled.text;
        let prefix = self.of_language("");
        let engine = self.engines.of_mut(escape);
        let written = |rewritten: Rewritten| {
            let guarded = match escape {
                Escape::Calendar => numbers::guarded(numbers::numbered(rewritten, name)),
                Escape::ByName | Escape::Html | Escape::Styled | Escape::Markdown => {
                    numbers::guarded(rewritten)
                }
            };
            named_in(guarded, &prefix)
        };
        let mut compiled = written(numbers::template(text));
        let mut added = engine.add_raw_template(name, &compiled.text);
        // Brackets count towards what the engine takes: rather without them than not at all.
        if added.is_err() && compiled.asks.values {
            let simpler = written(numbers::only_conditions(text));
            if engine.add_raw_template(name, &simpler.text).is_ok() {
                compiled = simpler;
                added = Ok(());
            }
        }
        self.compiled(name, compiled, spelled.changes, place, added);
    }

    /// Says what can mean two things in a template.
    fn doubts(&mut self, spelled: &Spelled, place: &Place, written: Written) {
        for (doubt, span) in &spelled.doubts {
            let start = place.span.start;
            let (from, to) = (start + span.start, start + span.end);
            let at = if to <= place.span.end {
                place.at(from..to)
            } else {
                place.clone()
            };
            let problem = doubtful(doubt, at, &self.header, written);
            if !self.problems.0.contains(&problem) {
                self.problems.push(problem);
            }
        }
    }

    /// Notes the result of compiling a template.
    fn compiled(
        &mut self,
        name: &str,
        compiled: Rewritten,
        spelling: Changes,
        place: Place,
        added: TeraResult<()>,
    ) {
        self.asks.add(&compiled.asks);
        let source = Source {
            place: place.clone(),
            compiled,
            spelling,
        };
        self.sources.insert(name.to_owned(), source);
        if let Err(error) = added {
            for problem in problems(&error, &self.sources, &place) {
                // That a file to include is missing was said where it could not be
                // read, and a circle comes back to each template on it.
                let said = is_unknown_template(&problem) && self.problems.has_errors();
                if !said && !self.problems.0.contains(&problem) {
                    self.problems.push(problem);
                }
            }
        }
    }
}

/// Whether a variable is never a column, whatever the columns are called.
fn is_own(name: &str) -> bool {
    OWN_VARIABLES.contains(&name) || name == ROWS
}
