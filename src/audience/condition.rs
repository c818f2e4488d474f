//! A condition on rows: `where` in the campaign file, `--where`.
//!
//! It may ask what became of a row's recipient in the mailing before (`mailshot_status == 'deferred'`).
//! The columns of reports are then behind those of the file, and the outcome of the recipient fills them in.

use std::sync::Arc;

use crate::campaign::{Campaign, Place, Problem, Problems, Text};
use crate::render::{
    Compiler, OWN_VARIABLES, TemplateId, Templates, Written, named_at, unknown_name, written_name,
};
use crate::table::{Header, OWN_COLUMNS, OWN_PREFIX, Row};

use super::outcomes::Outcome;

/// A condition on rows: an expression such as `status != 'dropped'`.
pub struct Condition {
    templates: Templates,
    id: TemplateId,
    /// Where it is written.
    place: Place,
    /// How many columns the file has, for a condition that asks for an earlier outcome.
    asks: Option<usize>,
}

impl Condition {
    /// Compiles `text`, an expression over the columns of `header`.
    ///
    /// # Errors
    /// It is not an expression.
    pub fn compile(campaign: &Campaign, text: &Text, header: &Arc<Header>) -> Result<Self, Problems> {
        let asks = OWN_COLUMNS.iter().any(|name| text.value.contains(name));
        let all = &if asks {
            Arc::new(header.with_own())
        } else {
            Arc::clone(header)
        };
        let compiler = Compiler::new(&campaign.folder).of_list(&campaign.recipients);
        let mut compiler = compiler.naming(all);
        let id = compiler.condition(text);
        let templates = compiler.finish(all, &campaign.name)?;
        // To Tera, a name that nobody knows is not an error here: it differs from everything.
        let known = |name: &&str| all.position(name).is_some() || OWN_VARIABLES.contains(name);
        let mut unknown: Vec<&str> = templates.variables().filter(|name| !known(name)).collect();
        unknown.extend(by_row(&text.value).filter(|name| all.position(name).is_none()));
        unknown.sort_unstable();
        unknown.dedup();
        let problems = Problems(
            unknown
                .into_iter()
                .map(|name| nobody(name, text, header))
                .collect(),
        );
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(Self {
            templates,
            id,
            place: text.place.clone(),
            asks: asks.then_some(header.columns.len()),
        })
    }

    /// Where it is written, if it asks what became of recipients in an earlier mailing.
    pub fn asks_at(&self) -> Option<&Place> {
        self.asks.map(|_| &self.place)
    }

    /// Whether it is true of a row whose recipient had this outcome.
    ///
    /// # Errors
    /// It names a column that is not there, or compares what cannot be compared.
    pub(super) fn holds(&self, row: &Row, outcome: &Outcome) -> Result<bool, Problems> {
        let Some(width) = self.asks else {
            return self.templates.holds(self.id, &self.templates.context(row));
        };
        let row = outcome.behind(row, width);
        self.templates.holds(self.id, &self.templates.context(&row))
    }
}

/// The problem of a name that no column has; of a name like ours, with ours.
fn nobody(name: &str, text: &Text, header: &Header) -> Problem {
    let name = &written_name(name);
    let place = named_at(&text.place, name, |_| true);
    let ours;
    let among = if name.starts_with(OWN_PREFIX) {
        ours = Header::unknown(&header.file).with_own();
        &ours
    } else {
        header
    };
    unknown_name(name, place, among, Written::InCondition)
}

/// The columns that an expression names as `row["First Name"]`.
fn by_row(expression: &str) -> impl Iterator<Item = &str> {
    expression.split("row[").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    })
}
