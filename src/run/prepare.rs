//! From a campaign to something that can compose its messages.

use std::path::Path;
use std::sync::Arc;

use crate::audience::{Audience, Condition};
use crate::campaign::{Campaign, Overrides, Problem, Problems, Severity, Text, clock};
use crate::check::{self, Allowed, Checked, Finding, Plan, Taken, check};
use crate::message::{Composer, MailingId, Message, Stamp, compile};
use crate::pass::PassError;
use crate::recipients::find_addresses;
use crate::render::Input;
use crate::report::FaultsFile;
use crate::storage::{Replacement, private_folder};
use crate::table::{Header, Row, Table};
use crate::userdata::unsubscribe_key;

use super::lists::{self, ListRead};
use super::{DnsServer, Front, RunError, Stage, dns, relay, signing, stdin};

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
    /// What was made out of the campaign and its files that whoever runs it should know.
    pub(super) notes: Vec<String>,
    /// The campaign file, as it was read.
    pub(super) campaign_file: Option<Input>,
    /// The lists of who is not to be written to, as they were read.
    pub(super) lists: Vec<ListRead>,
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
    /// It is no expression over the columns.
    pub(super) fn condition(&self, text: Option<&Text>) -> Result<Option<Condition>, RunError> {
        let compiled = text.map(|text| Condition::compile(&self.campaign, text, &self.header));
        Ok(compiled.transpose()?)
    }
}

/// Loads the campaign at `path` and prepares it; what is wrong with the file,
/// the templates and the rows is listed together.
///
/// # Errors
/// All of it.
pub fn open(path: &Path, overrides: &Overrides) -> Result<Prepared, RunError> {
    let (campaign, mut problems) = Campaign::load(path, overrides);
    let Some(campaign) = campaign else {
        return Err(problems.into());
    };
    let prepared = match prepare(campaign) {
        Ok(prepared) => prepared,
        Err(RunError::Problems(more)) => {
            problems.0.extend(more.0);
            return Err(problems.into());
        }
        Err(other) => return Err(other),
    };
    if !problems.has_errors() {
        return Ok(prepared);
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

/// What can be said of a campaign that [`open`] refuses without its rows: its
/// other mistakes, so that they are all mended in one go.
pub fn lints(path: &Path, overrides: &Overrides) -> Vec<Finding> {
    let (Some(mut campaign), _) = Campaign::load(path, overrides) else {
        return Vec::new();
    };
    let header = Table::open(&campaign.recipients).map(|table| Arc::clone(table.header()));
    let known = header.unwrap_or_else(|_| Arc::new(Header::unknown(&campaign.recipients.shown)));
    // What is wrong with it, `open` has said.
    let _ = find_addresses(&mut campaign.message, &known);
    let composer = compile(&campaign, &known).ok().map(|(_, composer)| composer);
    let mut checked = Checked {
        findings: check::templates(&campaign, &known, composer.as_ref().map(Composer::templates)),
        ..Checked::default()
    };
    judge_relays(&campaign, &mut checked);
    checked.findings
}

/// Opens the recipients file, compiles the templates, reads the shared
/// attachments.
///
/// # Errors
/// All that is wrong with them, together.
fn prepare(campaign: Campaign) -> Result<Prepared, RunError> {
    keep_stdin(&campaign)?;
    let mut problems = Problems::default();
    let header = match Table::open(&campaign.recipients) {
        Ok(table) => Some(Arc::clone(table.header())),
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
    let mut notes = known.notes.clone();
    match find_addresses(&mut campaign.message, &known) {
        Ok(note) => notes.extend(note),
        Err(problem) => problems.push(*problem),
    }
    let compiled = compile(&campaign, &known)
        .map_err(|p| problems.0.extend(p.0))
        .ok();
    let compiled = match compiled {
        Some((audience, composer)) if audience.wants_tokens() => {
            Some((audience.with_tokens(unsubscribe_key()?), composer))
        }
        other => other,
    };
    let lists = match lists::read(&campaign) {
        Ok(lists) => Some(lists),
        Err(RunError::Problems(more)) => {
            problems.0.extend(more.0);
            None
        }
        Err(other) => return Err(other),
    };
    let campaign_file = campaign
        .file
        .as_ref()
        .and_then(|path| std::fs::read(path).ok().map(|bytes| Input::new(path, &bytes)));
    match (header, compiled, lists) {
        (Some(header), Some((audience, composer)), Some((suppression, lists))) if !problems.has_errors() => {
            Ok(Prepared {
                campaign,
                audience: Arc::new(audience.without(suppression)),
                composer: Arc::new(composer),
                header,
                notes,
                campaign_file,
                lists,
            })
        }
        _ => Err(problems.into()),
    }
}

/// The check pass by itself; with `server`, that server is asked about the sender
/// and the recipients' domains, and without it nobody.
///
/// # Errors
/// The recipients file cannot be read to its end.
pub fn check_only(
    prepared: &Prepared,
    allowed: Allowed,
    server: Option<DnsServer>,
    front: &mut dyn Front,
) -> Result<Checked, RunError> {
    prepared.tell(front);
    let plan = Plan {
        domains: if server.is_some() { check::dns::MOST } else { 0 },
        ..prepared.plan(allowed)
    };
    let mut checked = pass(&plan, Stage::Checking, front, &mut |_, _| Ok(()))?;
    let keys = signing::faults_of_files(&prepared.campaign).into_iter();
    checked.findings.splice(0..0, keys.map(Finding::from));
    judge_relays(&prepared.campaign, &mut checked);
    if let Some(server) = server {
        front.note("Asking the DNS about the sender and the recipients' domains …");
        let findings = dns::asked(prepared, &checked, server)?;
        checked.findings.extend(findings);
    }
    front.checked(&checked);
    Ok(checked)
}

/// What the relays make of what was checked, and how long it takes them.
pub(super) fn judge_relays(campaign: &Campaign, checked: &mut Checked) {
    let relays = campaign.relays.as_slice();
    if relays.is_empty() {
        return;
    }
    let estimate = relay::estimate(relays, checked.addresses);
    checked.estimate = (checked.recipients > 0).then_some(estimate);
    let message = &campaign.message;
    let dkim: Vec<&str> = message.dkim.iter().map(|plan| plan.domain.as_str()).collect();
    let one_click = message.unsubscribe.as_ref().is_some_and(|plan| plan.one_click);
    let problems = check::relay::findings(&check::relay::Sending {
        relays,
        from: &campaign.message.from,
        dkim: &dkim,
        one_click,
        addresses: checked.addresses,
        at: &checked.at,
        largest: checked.largest,
        estimate,
    });
    checked.findings.extend(problems.into_iter().map(Finding::from));
}

/// The check pass, and `take` with each row.
pub(super) fn pass(
    plan: &Plan<'_>,
    stage: Stage,
    front: &mut dyn Front,
    take: &mut (dyn FnMut(&Row, Taken<'_>) -> Result<(), RunError> + Send),
) -> Result<Checked, RunError> {
    front.stage(stage, None);
    let header = plan.pass.audience.header();
    let faults = FaultsFile::new(&plan.campaign.results);
    let plan = Plan {
        faults: &|row, problem| faults.note(header, row, problem),
        ..plan.clone()
    };
    let mut checked = check(&plan, &mut |rows| front.done(rows), take)?;
    front.stage(Stage::Over, None);
    match faults.finish() {
        Ok(written) => checked.faults = written,
        // The findings are on the screen; nothing hangs on the file.
        Err(error) => front.note(&error.to_string()),
    }
    Ok(checked)
}

/// One message, to look at.
#[derive(Debug)]
pub struct OneMessage {
    /// As a dry run would write it.
    pub message: Message,
    /// Where its recipient stands among those who are not to be written to.
    pub suppressed: Option<String>,
}

/// The message of one row; `None` when there is no such row. What it lacks (a
/// signature whose key is not there) is noted.
///
/// # Errors
/// What is wrong with the row.
pub fn compose_row(
    prepared: &Prepared,
    number: u64,
    note: &mut dyn FnMut(&str),
) -> Result<Option<OneMessage>, RunError> {
    let stamp = Stamp::new(MailingId::of_dry_run(&prepared.campaign.name));
    let Some(read) = prepared.audience.row(number)? else {
        return Ok(None);
    };
    let row = read.map_err(|fault| fault.problems)?;
    let date = clock::now();
    let addressed = match prepared.audience.addressed(&row) {
        Ok(addressed) => addressed,
        Err(unaddressed) => return Err(prepared.composer.faults(unaddressed, &mut |_| {}).into()),
    };
    let mut message = prepared.composer.compose(&addressed, &stamp, date, &mut |_| {})?;
    if let Some(signing) = signing::if_there(&prepared.campaign.message.dkim, note) {
        signing
            .sign(&mut message.content, date)
            .map_err(|why| Problems::from(Problem::error(why.to_string()).code("recipients-file")))?;
    }
    let suppressed = prepared.audience.suppressed(&addressed.recipient);
    Ok(Some(OneMessage { message, suppressed }))
}

/// Recipients from stdin are read twice, so they are kept; and a later run
/// can go on with them.
fn keep_stdin(campaign: &Campaign) -> Result<(), RunError> {
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
    stdin::copy(&mut kept, failed)?;
    kept.keep().map_err(failed)
}
