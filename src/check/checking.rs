//! A whole check.

use std::sync::Arc;

use crate::campaign::{Campaign, Place, Problem};
use crate::message::Rendered;
use crate::pass::PassError;
use crate::render::Templates;
use crate::table::{Header, Row, TableError};
use crate::words::say;

use super::finding::{Checked, Finding};
use super::judge::{Judge, Judged};
use super::plan::{Plan, Taken};
use super::spoken::Languages;
use super::templates::Written;
use super::watch::Watch;
use super::{duplicates, mistyped, unlisted, unused};

/// Composes every row of the campaign once.
///
/// `take` gets the rows in order until the first error is found; what it has done by then has to be
/// undone. `progress` gets the number of finished rows.
///
/// # Errors
/// The recipients file cannot be read to its end, or `take` fails.
pub fn check<E: From<PassError> + Send>(
    plan: &Plan<'_>,
    progress: &mut (dyn FnMut(u64) + Send),
    take: &mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
) -> Result<Checked, E> {
    let audience = plan.pass.audience;
    let header = audience.header();
    let compiled = plan.pass.composer.templates();
    let written = Written::of(plan.campaign, header);
    let mut watch = Watch::of(&written, header);
    watch.languages = Languages::of(plan.campaign, header, &written.sources);
    let mut judge = Judge::new(plan, &watch, progress, take);
    let look = |row: &Row, rendered: &Rendered<'_>| watch.look(row, rendered);
    let end = plan.pass.over(&look, &mut |passed| judge.row(passed))?;
    let Judged {
        mut checked,
        seen,
        left_out,
        mut folded,
    } = judge.finish(end);
    if !plan.allowed.skip_duplicates
        && let Some(repeats) = seen.repeats()
    {
        let repeated = duplicates::finding(audience, repeats, &left_out, &mut checked).map_err(unread)?;
        checked.findings.extend(repeated);
    }
    unlisted::suggest(plan.campaign, header, &mut checked.findings).map_err(unread)?;
    if checked.rows == 0 {
        checked
            .findings
            .push(nobody(plan.campaign, header, checked.left_out).into());
    }
    // Places first: the campaign's own problems, then the rows' in order.
    checked.findings.sort_by_key(|f| std::cmp::Reverse(f.rows > 1));
    let warnings = written.findings(plan.campaign, header, Some(compiled));
    checked.findings.extend(warnings);
    let unused = unused::findings(&written, plan.campaign, header, Some(compiled));
    checked.findings.extend(unused);
    checked
        .findings
        .extend(folded.findings(&watch, header, &mut checked.rows_of));
    let typos = folded.domains.typos();
    for typo in &typos {
        checked.note_rows("domain-typo", typo.in_rows.iter());
    }
    let typos = mistyped::findings(&plan.campaign.recipients, header, typos).map_err(unread)?;
    checked.findings.extend(typos);
    // What stops the sending first.
    checked
        .findings
        .sort_by_key(|f| std::cmp::Reverse(f.problem.severity));
    checked.at = folded.domains.at();
    if plan.domains > 0 {
        checked.domains = folded.domains.frequent(plan.domains);
    }
    Ok(checked)
}

/// The sentence about a campaign's templates without a row, also where they (or
/// the header) are not right: `templates` are the compiled ones, if they are.
pub fn templates(campaign: &Campaign, header: &Header, templates: Option<&Templates>) -> Vec<Finding> {
    let written = Written::of(campaign, header);
    let mut found = written.findings(campaign, header, templates);
    found.extend(unused::findings(&written, campaign, header, templates));
    found
}

/// What is said where no row is left.
fn nobody(campaign: &Campaign, header: &Header, left_out: u64) -> Problem {
    let skips = header.position("_skip").is_some();
    let file = Place::whole(Arc::clone(&header.file));
    let (what, place, hint) = match &campaign.recipients.filter {
        _ if left_out == 0 => (say!("check-no-rows"), file, say!("check-no-rows-hint")),
        Some(filter) if !skips => (
            say!("check-all-left-out-where", rows = left_out),
            filter.place.clone(),
            say!("check-all-left-out-where-hint"),
        ),
        Some(filter) => (
            say!("check-all-left-out-both", rows = left_out),
            filter.place.clone(),
            say!("check-skip-hint"),
        ),
        None => (
            say!("check-all-left-out-skip", rows = left_out),
            file,
            say!("check-skip-hint"),
        ),
    };
    Problem::error(what).code("no-rows").at(place).help(hint)
}

fn unread<E: From<PassError>>(error: TableError) -> E {
    PassError::from(error).into()
}
