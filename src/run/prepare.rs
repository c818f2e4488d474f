//! From a campaign to a composer of its messages.

use std::path::Path;
use std::sync::Arc;

use crate::audience::{Audience, Condition};
use crate::campaign::{Campaign, Overrides, Problems, Reserved, Severity, Text};
use crate::check::{Allowed, Plan, check};
use crate::ledger::Next;
use crate::message::{Composer, compile};
use crate::pass::PassError;
use crate::recipients::{address_columns, find_addresses};
use crate::render::Input;
use crate::storage::{LARGEST_TEXT, Replacement, private_folder, read_regular};
use crate::table::{Header, Table};
use crate::userdata::unsubscribe_key;
use crate::words::Said;

use super::environment::Environment;
use super::failure::RunError;
use super::front::Front;
use super::lists::{self, ListRead};
use super::statuses::no_statuses;
use super::{stdin, steps};

/// A campaign whose templates are compiled and whose recipients can be read.
pub struct Prepared {
    /// The campaign.
    pub campaign: Campaign,
    /// Who they are for.
    pub audience: Arc<Audience>,
    /// Composes its messages.
    pub composer: Arc<Composer>,
    /// The recipients file's columns.
    pub header: Arc<Header>,
    /// Notes about the campaign and its files that the user should see.
    pub(super) notes: Vec<Said>,
    /// The campaign file, as it was read.
    pub(super) campaign_file: Option<Input>,
    /// The suppression lists, as they were read.
    pub(super) lists: Vec<ListRead>,
    /// What is around the run.
    pub(super) environment: Environment,
}

impl Prepared {
    /// Says what was made out of the campaign and its files.
    pub(super) fn tell(&self, front: &mut dyn Front) {
        for note in &self.notes {
            front.note(note);
        }
    }

    /// Looks at every message and keeps none.
    pub(super) fn plan(&self, allowed: Allowed) -> Plan<'_> {
        Plan::new(&self.campaign, &self.audience, &self.composer, allowed)
    }

    /// Compiles `--where`, if there is one.
    ///
    /// # Errors
    /// It is not an expression over the columns.
    pub(super) fn condition(&self, text: Option<&Text>) -> Result<Option<Condition>, RunError> {
        let Some(text) = text else { return Ok(None) };
        let problems = no_statuses(text);
        if problems.has_errors() {
            return Err(problems.into());
        }
        Ok(Some(Condition::compile(&self.campaign, text, &self.header)?))
    }
}

/// Loads the campaign at `path` and prepares it; what is wrong with the file,
/// the templates and the rows is listed together.
///
/// # Errors
/// All of it.
pub fn open(path: &Path, overrides: &Overrides, environment: &Environment) -> Result<Prepared, RunError> {
    prepared(Campaign::load(path, overrides), environment)
}

/// Prepares a campaign that was loaded, with the problems met on the way.
///
/// # Errors
/// These, and all that is wrong with the templates and the rows.
pub fn prepared(
    (campaign, mut problems): (Option<Campaign>, Problems),
    environment: &Environment,
) -> Result<Prepared, RunError> {
    let Some(campaign) = campaign else {
        return Err(problems.into());
    };
    let prepared = match prepare(campaign, environment) {
        Ok(prepared) => prepared,
        Err(RunError::Problems(more)) => {
            problems.0.extend(more.0);
            return Err(problems.into());
        }
        Err(other) => return Err(other),
    };
    problems
        .0
        .extend(prepared.composer.picture_problems().iter().cloned());
    if !problems.has_errors() {
        return Ok(prepared);
    }
    if let Err(RunError::Problems(more)) = prepared.look_back(None, Next::Open) {
        problems.0.extend(more.0);
        return Err(problems.into());
    }
    // The rows are worth looking at in the same go.
    let plan = prepared.plan(Allowed::default());
    if let Ok(checked) = check::<PassError>(&plan, &mut |_| {}, &mut |_, _| Ok(())) {
        // What only spoils a message can wait until there is one.
        let errors = checked.findings.into_iter().map(|finding| finding.problem);
        problems
            .0
            .extend(errors.filter(|p| p.severity == Severity::Error));
    }
    Err(problems.into())
}

/// Opens the recipients file, compiles the templates, reads the shared
/// attachments.
///
/// # Errors
/// All that is wrong with them, together.
fn prepare(campaign: Campaign, environment: &Environment) -> Result<Prepared, RunError> {
    steps::campaign(&campaign);
    keep_stdin(&campaign, environment)?;
    take_text(&campaign, environment)?;
    let mut problems = Problems::default();
    let mut other_sheets = None;
    let header = match Table::open(&campaign.recipients) {
        Ok(table) => {
            steps::recipients(table.header());
            let mut warnings = table.warnings().into_iter();
            other_sheets = warnings.find(|warning| warning.code == "several-sheets");
            Some(Arc::clone(table.header()))
        }
        Err(error) => {
            problems.0.extend(error.into_problems().0);
            None
        }
    };
    // Without a header, what the templates are like by themselves is still worth saying.
    let known = header
        .clone()
        .unwrap_or_else(|| Arc::new(Header::unknown(&campaign.recipients.shown)));
    let mut campaign = campaign;
    if header.is_none() {
        // Of columns nobody knows, nothing can be said.
        let source = &mut campaign.recipients;
        source.key.clear();
        source.group_by.clear();
        source.sort.clear();
        source.filter = None;
    }
    let mut notes: Vec<Said> = campaign.settings.note.clone().into_iter().collect();
    notes.extend(known.notes.iter().cloned());
    if campaign.message.to_by_default {
        match find_addresses(&mut campaign.message.to, &campaign.recipients, &known) {
            Ok(note) => notes.extend(note),
            Err(problem) => problems.push(*problem),
        }
    }
    let named = address_columns(&campaign.message.to, &known);
    let named = named.into_iter().filter_map(|at| known.columns.get(at));
    campaign.recipients.addressed_by = named.cloned().collect();
    if let Some(filter) = &campaign.recipients.filter {
        problems.0.extend(no_statuses(filter).0);
    }
    let reserved = Reserved::of(&campaign, environment.state());
    let compiled = compile(&campaign, &known, reserved)
        .map_err(|p| problems.0.extend(p.0))
        .ok();
    let compiled = match compiled {
        Some((audience, composer)) if audience.wants_tokens() => Some((
            audience.with_tokens(unsubscribe_key(environment.state())?),
            composer,
        )),
        other => other,
    };
    let lists = match lists::read(&campaign, environment) {
        Ok(lists) => Some(lists),
        Err(RunError::Problems(more)) => {
            problems.0.extend(more.0);
            None
        }
        Err(other) => return Err(other),
    };
    let campaign_file = campaign.file.as_ref().and_then(|path| {
        read_regular(path, LARGEST_TEXT)
            .ok()
            .map(|bytes| Input::new(path, &bytes))
    });
    match (header, compiled, lists) {
        (Some(header), Some((audience, composer)), Some((suppression, lists))) if !problems.has_errors() => {
            notes.extend(composer.templates().notes().iter().cloned());
            Ok(Prepared {
                campaign,
                audience: Arc::new(audience.without(suppression)),
                composer: Arc::new(composer),
                header,
                notes,
                campaign_file,
                lists,
                environment: environment.clone(),
            })
        }
        _ => {
            // What is missing in one sheet may be in another.
            problems.0.extend(other_sheets);
            Err(problems.into())
        }
    }
}

/// Takes the text that comes from stdin: there is no file of it.
fn take_text(campaign: &Campaign, environment: &Environment) -> Result<(), RunError> {
    let text = campaign.message.text.as_ref();
    if let Some(typed) = text.and_then(|text| text.typed.as_ref())
        && typed.get().is_none()
    {
        let read = stdin::text(environment)?;
        typed.get_or_init(|| read);
    }
    Ok(())
}

/// Recipients from stdin are read twice, so they are kept; and a later run
/// can go on with them.
fn keep_stdin(campaign: &Campaign, environment: &Environment) -> Result<(), RunError> {
    if !campaign.recipients.stdin {
        return Ok(());
    }
    private_folder(&campaign.state())?;
    let path = &campaign.recipients.file;
    let failed = |source| RunError::Write {
        path: path.display().to_string(),
        source,
    };
    let mut kept = Replacement::of(path).map_err(failed)?;
    stdin::copy(environment, &mut kept, failed)?;
    kept.keep().map_err(failed)
}
