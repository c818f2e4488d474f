//! The check pass: every row rendered and composed before the first mail
//! leaves, every finding listed.
//!
//! It sends nothing. What else is to be done with every row (loading it into
//! the ledger, writing it to a file) is done in the same pass, beside the
//! composing of the next rows, and undone when the check finds an error. What is wrong in the same way in every
//! row (a misspelt variable) is one finding with a count; what is wrong with
//! single rows is listed, the first twenty by name, the rest by number.
//!
//! Besides what stops a message there is what only spoils it: a template that
//! leaves `{{` in, a list with `gmial.com` in it, a relay that takes three
//! days. Those are warnings; every kind of them has a module here. What can be
//! told from the templates and the campaign alone ([`templates`]) needs no row
//! and no template that compiles; the rest is looked for in the same pass.

pub mod dns;
mod domains;
mod gathered;
mod greeting;
#[cfg(test)]
mod hostile;
mod html;
mod leftovers;
mod links;
mod markdown;
mod pass;
mod pictures;
mod pieces;
pub mod relay;
mod rows;
mod source;
mod templates;
mod typos;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use lettre::Address;

use crate::campaign::{Campaign, Place, Problem, Problems, Severity};
use crate::message::{Composer, Content, MailingId, NamedFile, Signing, Stamp};
use crate::recipients::{Condition, Key, Repeats, Rows};
use crate::render::Templates;
use crate::table::{Header, Row, Table, TableError};

pub use domains::{AtDomain, Provider};

use domains::Typo;
use rows::Watch;
use templates::Written;

/// Single rows that are shown; the others are counted.
pub const SHOWN: usize = 20;

/// What the user has allowed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// Rows that are no recipients are left out instead of stopping.
    pub skip_invalid: bool,
    /// Of rows with the same recipient, the first is taken.
    pub skip_duplicates: bool,
}

/// What the check pass found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Rows of the file that are not empty.
    pub rows: u64,
    /// Rows that will be sent to.
    pub recipients: u64,
    /// Octets of all their messages.
    pub octets: u64,
    /// Octets of the largest message.
    pub largest: u64,
    /// Envelope recipients of all messages, which a relay's limits count.
    pub addresses: u64,
    /// Recipients at the large providers.
    pub at: Vec<(Provider, u64)>,
    /// The domains that recipients are most at, and how many there are in all;
    /// only where they are asked for.
    pub domains: (Vec<AtDomain>, usize),
    /// How long sending takes at least, where it is known through whom.
    pub estimate: Option<Duration>,
    /// The recipient and subject line of the first message, for the question.
    pub first: Option<String>,
    /// SHA-256 of the recipients file.
    pub digest: Option<[u8; 32]>,
    /// Rows that are no recipients, and are left out.
    pub invalid: u64,
    /// Rows that repeat an earlier recipient, and are left out.
    pub duplicates: u64,
    /// Rows of recipients who are not to be written to.
    pub suppressed: u64,
    /// Rows that are not wanted: `where`, `_skip`.
    pub left_out: u64,
    /// Everything worth saying.
    pub findings: Vec<Finding>,
    /// Row findings beyond those shown.
    pub unshown: u64,
    /// The file that lists what is wrong with rows.
    pub faults: Option<PathBuf>,
}

/// One finding, and how many rows have it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What, where, and the mend.
    pub problem: Problem,
    /// In how many rows; 1 for what is no row's.
    pub rows: u64,
    /// The first of those rows, where they are known.
    pub first_rows: Vec<u64>,
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            rows: 1,
            first_rows: Vec::new(),
        }
    }
}

impl Checked {
    /// Whether anything stands against sending.
    pub fn has_errors(&self) -> bool {
        self.unshown > 0
            || self
                .findings
                .iter()
                .any(|f| f.problem.severity == Severity::Error)
    }

    /// Findings as errors and warnings.
    pub fn counts(&self) -> (u64, u64) {
        let of = |severity| {
            self.findings
                .iter()
                .filter(|f| f.problem.severity == severity)
                .count() as u64
        };
        (of(Severity::Error) + self.unshown, of(Severity::Warning))
    }
}

/// What is composed in a pass.
#[derive(Clone)]
pub struct Plan<'p> {
    /// Whose rows are read.
    pub campaign: &'p Campaign,
    /// Composes them.
    pub composer: &'p Composer,
    /// What the user lets by.
    pub allowed: Allowed,
    /// Who of them this run is about; all of them when absent.
    pub chosen: Option<&'p Condition>,
    /// How many of the recipients' domains are wanted.
    pub domains: usize,
    /// The mailing the messages say they belong to.
    pub stamp: Stamp,
    /// Their Date.
    pub date: Timestamp,
    /// Octets that signatures add to each, also where none is made.
    pub signatures: u64,
    /// Signs those whose content is handed on. Nobody else's: it takes longer
    /// than all the rest.
    pub signing: Option<&'p Signing>,
    /// Is told everything that is wrong with a row.
    pub faults: &'p (dyn Fn(&Row, &Problem) + Sync),
    /// Whose content is handed on to [`check`]'s `take`; asked on any thread.
    pub keep: &'p (dyn Fn(&Key) -> bool + Sync),
}

impl<'p> Plan<'p> {
    /// Looks at every message and keeps none.
    pub fn new(campaign: &'p Campaign, composer: &'p Composer, allowed: Allowed) -> Self {
        Self {
            campaign,
            composer,
            allowed,
            chosen: None,
            domains: 0,
            stamp: Stamp::new(MailingId::of_dry_run(&campaign.name)),
            date: Timestamp::UNIX_EPOCH,
            signatures: campaign
                .message
                .dkim
                .iter()
                .map(|plan| Signing::octets(&plan.domain, &plan.selector))
                .sum(),
            signing: None,
            faults: &|_, _| {},
            keep: &|_| false,
        }
    }
}

impl Plan<'_> {
    /// The rows that make messages, from the first.
    fn rows(&self) -> Result<Rows<'_>, TableError> {
        self.composer.selection().rows(&self.campaign.recipients)
    }

    /// Whether this run is about a message: about one of its rows.
    fn chooses(&self, row: &Row) -> Result<bool, Problems> {
        let Some(condition) = self.chosen else {
            return Ok(true);
        };
        for member in row.members() {
            if condition.holds(member)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What a row came to.
#[derive(Debug)]
pub enum Taken<'t> {
    /// A recipient.
    Recipient {
        /// Who it is.
        key: &'t Key,
        /// The To address.
        to: &'t Address,
        /// Whether this run is about it.
        chosen: bool,
        /// The message, where it was asked for.
        content: Option<Content>,
        /// The files in it that the row names.
        files: Vec<NamedFile>,
    },
    /// No recipient, and why; only where that is allowed.
    Invalid(&'t str),
    /// The recipient of an earlier row; only where that is allowed.
    Duplicate,
    /// A recipient who is not to be written to; not composed.
    Suppressed {
        /// Who it is.
        key: &'t Key,
        /// Where they stand: `unsubscribed.csv, line 3`.
        why: &'t str,
    },
}

/// Composes every row of the campaign once.
///
/// `take` is given the rows in their order until the first error is found;
/// what it has done then is to be undone. `progress` is told the rows done.
///
/// # Errors
/// The recipients file cannot be read to its end, or `take` fails.
pub fn check<E: From<TableError> + Send>(
    plan: &Plan<'_>,
    progress: &mut (dyn FnMut(u64) + Send),
    take: &mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), E> + Send),
) -> Result<Checked, E> {
    let written = Written::of(plan.campaign, plan.composer.templates().header());
    let watch = Watch::of(&written, plan.composer.templates().header());
    let pass::Passed {
        mut checked,
        header,
        seen,
        left_out,
        mut folded,
    } = pass::over(plan, &watch, progress, take)?;
    if !plan.allowed.skip_duplicates
        && let Some(repeats) = seen.repeats()
    {
        let repeats = told(plan, repeats, &left_out)?;
        checked.findings.extend(duplicates(&repeats, &header));
    }
    if checked.rows == 0 {
        checked.findings.push(
            Problem::error("the recipients file has a header and no rows")
                .code("no-rows")
                .at(Place::whole(Arc::clone(&header.file)))
                .help("add a row for each recipient")
                .into(),
        );
    }
    // Places first: the campaign's own problems, then the rows' in order.
    checked.findings.sort_by_key(|f| std::cmp::Reverse(f.rows > 1));
    let templates = Some(plan.composer.templates());
    let warnings = written.findings(plan.campaign, &header, templates);
    checked.findings.extend(warnings);
    checked.findings.extend(folded.findings(&watch, &header));
    checked.findings.extend(mistyped(plan, folded.domains.typos())?);
    // What stops the sending first.
    checked
        .findings
        .sort_by_key(|f| std::cmp::Reverse(f.problem.severity));
    let providers = [Provider::Gmail, Provider::Yahoo, Provider::Microsoft];
    checked.at = providers
        .map(|provider| (provider, folded.domains.at(provider)))
        .into();
    if plan.domains > 0 {
        checked.domains = folded.domains.frequent(plan.domains);
    }
    Ok(checked)
}

/// What is said of a campaign's templates without a row, also where they (or
/// the header) are not right: `templates` are the compiled ones, if they are.
pub fn templates(campaign: &Campaign, header: &Header, templates: Option<&Templates>) -> Vec<Finding> {
    Written::of(campaign, header).findings(campaign, header, templates)
}

/// Typing errors in domains; their first rows are read again for their places.
fn mistyped(plan: &Plan<'_>, mut typos: Vec<Typo>) -> Result<Vec<Finding>, TableError> {
    typos.truncate(SHOWN);
    let header = plan.composer.templates().header();
    let first = |typo: &Typo| typo.first.first().copied().unwrap_or_default();
    let wanted: Vec<_> = typos
        .iter()
        .map(|typo| (first(typo), typo.domain.as_str()))
        .collect();
    let mut places = first_places(plan.campaign, header, &wanted)?.into_iter();
    let findings = typos.into_iter().map(|typo| {
        let problem = Problem::warning(format!(
            "`{}` looks like a typing error of {}",
            typo.domain, typo.meant
        ))
        .code("domain-typo")
        .help("mend the address: what is sent there comes back, or is read by somebody else");
        Finding {
            problem: match places.next().flatten() {
                Some(place) => problem.at(place),
                None => problem,
            },
            rows: typo.rows,
            first_rows: typo.first,
        }
    });
    Ok(findings.collect())
}

/// Where domains stand in these rows, which are read again for it.
fn first_places(
    campaign: &Campaign,
    header: &Header,
    wanted: &[(u64, &str)],
) -> Result<Vec<Option<Place>>, TableError> {
    let mut places = vec![None; wanted.len()];
    let Some(last) = wanted.iter().map(|(row, _)| *row).max() else {
        return Ok(places);
    };
    for row in Table::open(&campaign.recipients)? {
        let Ok(row) = row? else { continue };
        for (place, (_, domain)) in places
            .iter_mut()
            .zip(wanted)
            .filter(|(_, (first, _))| *first == row.number)
        {
            let holds = |cell: &String| cell.to_ascii_lowercase().contains(&domain.to_ascii_lowercase());
            let cell = row.fields.iter().position(holds);
            *place = Some(header.place(&row, cell));
        }
        if row.number >= last {
            break;
        }
    }
    Ok(places)
}

/// Who is repeated, and in which rows.
fn told(plan: &Plan<'_>, mut repeats: Repeats, left_out: &HashSet<u64>) -> Result<Repeats, TableError> {
    for row in plan.rows()? {
        if let Ok(row) = row?
            && !left_out.contains(&row.number)
            && let Ok(recipient) = plan.composer.recipient(&row)
            && plan
                .composer
                .suppression()
                .place_of(&recipient.to.email)
                .is_none()
        {
            repeats.note(&recipient.key, row.number);
        }
    }
    Ok(repeats)
}

fn duplicates(repeats: &Repeats, header: &Header) -> Option<Finding> {
    let groups: Vec<_> = repeats.groups().collect();
    if groups.is_empty() {
        return None;
    }
    let later: usize = groups.iter().map(|(_, rows)| rows.len() - 1).sum();
    let mut problem = Problem::error(format!(
        "{} {} in more than one row: {} rows too many",
        groups.len(),
        if groups.len() == 1 {
            "recipient stands"
        } else {
            "recipients stand"
        },
        later
    ))
    .code("duplicate-recipients")
    .at(Place::whole(Arc::clone(&header.file)));
    for (key, rows) in groups.iter().take(5) {
        let list: Vec<_> = rows.iter().take(8).map(ToString::to_string).collect();
        let more = if rows.len() > 8 { ", …" } else { "" };
        problem = problem.help(format!("{key}: rows {}{more}", list.join(", ")));
    }
    if groups.len() > 5 {
        problem = problem.help(format!("… and {} more", groups.len() - 5));
    }
    let problem = problem
        .help("one message each: say what tells the rows apart, for example key = [\"email\", \"course\"] below [recipients]")
        .help("one message for all rows of a person: group_by = \"email\" there; the template has them as `rows`")
        .help("only the first row of each: --skip-duplicates");
    let mut first_rows: Vec<u64> = groups
        .iter()
        .flat_map(|(_, rows)| rows.iter().skip(1).copied())
        .collect();
    first_rows.sort_unstable();
    first_rows.truncate(domains::NAMED);
    Some(Finding {
        problem,
        rows: later as u64,
        first_rows,
    })
}
