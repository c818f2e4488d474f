//! `check`: composes every message, sends nothing.

use crate::campaign::{Campaign, Problems};
use crate::check::{self, Allowed, Checked, Finding, Plan, Taken, check};
use crate::ledger::Next;
use crate::report::FaultsFile;
use crate::table::Row;
use crate::words::{Speak as _, say};

use super::dns::DnsServer;
use super::environment::Environment;
use super::estimate::{Through, estimate};
use super::failure::RunError;
use super::front::{Front, Stage};
use super::prepare::Prepared;
use super::{dns, signing, steps};

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
    match prepared.look_back(None, Next::Open) {
        Ok(looked) => looked.iter().for_each(|looked| front.note(looked)),
        // Of nobody is known whether they are in the list.
        Err(RunError::Problems(problems)) => return Ok(refused(problems, front)),
        Err(other) => return Err(other),
    }
    let plan = Plan {
        domains: if server.is_some() { check::dns::MOST } else { 0 },
        ..prepared.plan(allowed)
    };
    let mut checked = pass(&plan, Stage::Checking, front, &mut |_, _| Ok(()))?;
    let keys = signing::faults_of_files(&prepared.campaign).into_iter();
    checked.findings.splice(0..0, keys.map(Finding::from));
    let refusal = prepared.campaign.settings.refusal.0.iter().cloned();
    checked.findings.extend(refusal.map(Finding::from));
    judge_relays(&prepared.campaign, Some(&prepared.environment), &mut checked);
    if let Some(server) = server {
        front.note(&say!("run-asking-dns"));
        let findings = dns::asked(prepared, &checked, server)?;
        checked.findings.extend(findings);
    }
    steps::checked(&checked);
    front.checked(&checked);
    Ok(checked)
}

/// What prevents that the rows are read.
fn refused(problems: Problems, front: &mut dyn Front) -> Checked {
    let checked = Checked {
        findings: problems.0.into_iter().map(Finding::from).collect(),
        ..Checked::default()
    };
    front.checked(&checked);
    checked
}

/// What the relays make of what was checked, and how long it takes them, with what counts against
/// their limits in `environment`.
pub(super) fn judge_relays(campaign: &Campaign, environment: Option<&Environment>, checked: &mut Checked) {
    let relays = campaign.relays.as_slice();
    if relays.is_empty() {
        return;
    }
    let through = Through::looked_up(relays, environment);
    let estimate = estimate(&through, checked.addresses);
    checked.estimate = (checked.recipients > 0).then_some(estimate);
    let message = &campaign.message;
    let dkim: Vec<&str> = message.dkim.iter().map(|plan| plan.domain.as_str()).collect();
    let one_click = message.unsubscribe.as_ref().is_some_and(|plan| plan.one_click);
    let mut headers = message.headers.iter();
    let by_hand = headers.any(|(name, _)| name.eq_ignore_ascii_case("List-Unsubscribe"));
    let sending = check::relay::Sending {
        relays,
        from: &campaign.message.from,
        dkim: &dkim,
        one_click,
        unsubscribe: message.unsubscribe.is_some() || by_hand,
        addresses: checked.addresses,
        at: &checked.at,
        largest: checked.largest,
        estimate,
    };
    let mut problems = check::relay::findings(&sending);
    if let Some(environment) = environment {
        problems.extend(check::aged::findings(&sending, environment.now()));
    }
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
    let mut plan = Plan {
        faults: &|row, problem| faults.note(header, row, problem),
        ..plan.clone()
    };
    plan.pass.cancel = front.cancel();
    let mut checked = check(&plan, &mut |rows| front.done(rows), take)?;
    front.stage(Stage::Over, None);
    match faults.finish() {
        Ok(written) => checked.faults = written,
        // The findings are on the screen; nothing depends on the file.
        Err(error) => front.note(&error.said()),
    }
    Ok(checked)
}
