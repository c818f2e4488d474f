//! Columns that nothing uses. A list of one's own has some: that is a note. One whose name is nearly
//! what a template asks for, or what mailshot looks for, is a warning.

use std::collections::HashSet;

use crate::campaign::{Campaign, Problem, nearest};
use crate::render::{OWN_VARIABLES, ROWS, Templates, in_template};
use crate::table::{Header, Row};
use crate::words::{Arg, say};

use super::finding::Finding;
use super::pieces::Tag;
use super::source::{Kind, Source};
use super::templates::Written;

/// Columns that mean something by their name alone.
const CONTROL: [&str; 4] = ["_skip", "_attach", "_lang", "_cc"];

/// The notes and warnings about columns that no template names.
pub(super) fn findings(
    written: &Written,
    campaign: &Campaign,
    header: &Header,
    templates: Option<&Templates>,
) -> Vec<Finding> {
    // Of one mail without a list nobody wrote columns.
    if header.literal {
        return Vec::new();
    }
    // What the compiler has seen is more than the sources here, when there is a new kind of template.
    let compiled: Vec<Source> = templates
        .into_iter()
        .flat_map(Templates::sources)
        .map(|place| Source::of(place.clone(), Kind::Other, header))
        .collect();
    let sources = || written.sources.iter().chain(&compiled);
    let all_may_be = sources().flat_map(Source::tags).any(|(_, tag)| tag.whole_row);
    // A template that cannot be read may use them all.
    if all_may_be || !written.whole {
        return Vec::new();
    }
    let mut used = of_campaign(campaign);
    let mut missing: Vec<&str> = Vec::new();
    for (_, tag) in sources().flat_map(Source::tags) {
        for (name, _) in tag.columns() {
            used.insert(name);
            let own = OWN_VARIABLES.contains(&name.as_str()) || name == ROWS;
            if own || header.position(name).is_some() {
                continue;
            }
            if is_asked(tag) {
                missing.push(name);
            } else {
                // A misspelt column is reported as that, and not again as unused.
                used.extend(nearest(name, header.columns.iter().map(String::as_str)));
            }
        }
        // `{% for %}` and similar ones may name columns in ways of their own.
        used.extend(tag.words.iter().map(String::as_str));
    }
    let grouped = !campaign.recipients.group_by.is_empty();
    let unused = header.columns.iter().filter(|column| {
        let known = used.contains(column.as_str()) || templates.is_some_and(|t| t.uses(column));
        !(known || grouped && written.of_each_row(column))
    });
    let mut found = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for column in unused {
        match nearly(column, &missing, header) {
            Some(problem) => found.push(problem),
            None => others.push(column),
        }
    }
    found.extend(note(&others, header));
    found.into_iter().map(Finding::from).collect()
}

/// Whether a tag is right with a name that nothing has: it asks whether there is one.
fn is_asked(tag: &Tag) -> bool {
    let asks = |word: &String| matches!(word.as_str(), "is" | "if" | "elif");
    tag.filters.iter().any(|filter| filter == "default") || tag.words.iter().any(asks)
}

/// What the campaign file names, and what has a meaning of its own.
fn of_campaign(campaign: &Campaign) -> HashSet<&str> {
    let mut used: HashSet<&str> = CONTROL.into_iter().collect();
    let source = &campaign.recipients;
    let named = source.key.iter().chain(&source.group_by).chain(&source.sort);
    used.extend(named.map(|name| name.value.trim_start_matches('-')));
    if let Some(filter) = &source.filter {
        // Words of an expression: more than its columns, which does no harm here.
        let words = |c: char| !(c.is_alphanumeric() || c == '_');
        used.extend(filter.value.split(words));
        used.extend(filter.value.split(['"', '\'']));
    }
    used
}

fn note(columns: &[&str], header: &Header) -> Option<Problem> {
    let first = columns.first()?;
    let what = match columns {
        [one] => say!("check-unused-column", column = *one),
        several => {
            let names = several.iter().map(|name| format!("`{name}`"));
            say!("check-unused-columns", columns = Arg::commas(names))
        }
    };
    let note = about(Problem::note(what), first, header);
    Some(note.help(say!(
        "check-unused-column-hint",
        name = &*in_template(first, header)
    )))
}

/// A name that is asked for and that no column has is nearly the name of this one.
fn nearly(column: &str, missing: &[&str], header: &Header) -> Option<Problem> {
    let warning = || {
        let what = say!("check-unused-column", column = column);
        about(Problem::warning(what), column, header)
    };
    if column.starts_with('_') {
        let meant = nearest(column, CONTROL)?;
        let hint = say!("check-unused-control-hint", column = column, meant = meant);
        return Some(warning().help(hint));
    }
    let asked = missing.iter().find(|name| nearest(name, [column]).is_some())?;
    let hint = say!(
        "check-unused-near-hint",
        asked = *asked,
        name = &*in_template(column, header)
    );
    Some(warning().help(hint))
}

/// At the name of the column.
fn about(problem: Problem, column: &str, header: &Header) -> Problem {
    let row = Row::new(header.row.unwrap_or(1), header.names.clone());
    problem
        .code("unused-column")
        .at(header.place(&row, header.position(column)))
}
