//! A condition on rows: `where` in the campaign file, `--where`.

use std::sync::Arc;

use crate::campaign::{Campaign, Problems, Text};
use crate::render::{Compiler, OWN_VARIABLES, TemplateId, Templates, Written, named_at, unknown_name};
use crate::table::{Header, Row};

/// A condition on rows: an expression such as `status != 'dropped'`.
pub struct Condition {
    templates: Templates,
    id: TemplateId,
}

impl Condition {
    /// Compiles `text`, an expression over the columns of `header`.
    ///
    /// # Errors
    /// It is not an expression.
    pub fn compile(campaign: &Campaign, text: &Text, header: &Arc<Header>) -> Result<Self, Problems> {
        let compiler = Compiler::new(&campaign.folder).of_list(&campaign.recipients);
        let mut compiler = compiler.naming(header);
        let id = compiler.condition(text);
        let templates = compiler.finish(header, &campaign.name)?;
        // To Tera, a name that nobody knows is not an error here: it differs from everything.
        let known = |name: &&str| header.position(name).is_some() || OWN_VARIABLES.contains(name);
        let mut unknown: Vec<&str> = templates.variables().filter(|name| !known(name)).collect();
        unknown.extend(by_row(&text.value).filter(|name| header.position(name).is_none()));
        unknown.sort_unstable();
        unknown.dedup();
        let problem = |name| {
            unknown_name(
                name,
                named_at(&text.place, name, |_| true),
                header,
                Written::InCondition,
            )
        };
        let problems = Problems(unknown.into_iter().map(problem).collect());
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(Self { templates, id })
    }

    /// Whether it is true of a row.
    ///
    /// # Errors
    /// It names a column that is not there, or compares what cannot be compared.
    pub fn holds(&self, row: &Row) -> Result<bool, Problems> {
        self.templates.holds(self.id, &self.templates.context(row))
    }
}

/// The columns that an expression names as `row["First Name"]`.
fn by_row(expression: &str) -> impl Iterator<Item = &str> {
    expression.split("row[").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    })
}
