//! The keys of a campaign's signatures, read before messages are sent.
//!
//! A key is a secret like a password: messages name its source, and never contain a part of it.

use secrecy::ExposeSecret;

use crate::campaign::{Campaign, DkimPlan, Problem, Problems, SecretSource, Wait, Waiting, hidden};
use crate::message::{PublicKey, Signer, Signing};
use crate::words::{Said, Speak as _, say};

use super::failure::RunError;

/// The signatures that messages on their way to people must have.
///
/// # Errors
/// Every key that is not available.
pub(super) fn required(campaign: &Campaign, waiting: &mut Waiting<'_>) -> Result<Option<Signing>, RunError> {
    let (signers, problems) = signers(&campaign.message.dkim, waiting);
    if problems.is_empty() {
        return Ok(some(signers, campaign));
    }
    Err(Problems(problems).into())
}

/// The signatures that are available where nothing depends on them; what is
/// missing is a note.
pub(super) fn if_there(campaign: &Campaign, note: &mut dyn FnMut(&Said)) -> Option<Signing> {
    of_those(&campaign.message.dkim, campaign, note)
}

fn of_those<'p>(
    plans: impl IntoIterator<Item = &'p DkimPlan>,
    campaign: &Campaign,
    note: &mut dyn FnMut(&Said),
) -> Option<Signing> {
    let (signers, problems) = signers(plans, &mut |wait| {
        if let Wait::Long(words) = wait {
            note(words);
        }
        true
    });
    for problem in problems {
        note(&say!("run-not-signed", why = problem.what));
    }
    some(signers, campaign)
}

/// The same, for the sandbox: no command is run and no keyring opened, which
/// might ask a person for something.
pub(super) fn without_asking(campaign: &Campaign, note: &mut dyn FnMut(&Said)) -> Option<Signing> {
    let quiet = |plan: &&DkimPlan| match plan.key {
        SecretSource::File(_) | SecretSource::Env(_) => true,
        SecretSource::Command(_) | SecretSource::Keyring { .. } => false,
    };
    let (quiet, asking): (Vec<_>, Vec<_>) = campaign.message.dkim.iter().partition(quiet);
    for plan in asking {
        note(&say!("run-not-signed-in-sandbox", record = plan.record()));
    }
    of_those(quiet, campaign, note)
}

/// What is wrong with keys in files; others are not read.
pub(super) fn faults_of_files(campaign: &Campaign) -> Vec<Problem> {
    let in_file = |plan: &&DkimPlan| matches!(plan.key, SecretSource::File(_));
    signers(campaign.message.dkim.iter().filter(in_file), &mut |_| true).1
}

/// The public halves of the keys that are available without asking anybody, in
/// the order of the campaign.
pub(super) fn public_keys(campaign: &Campaign) -> Vec<Option<PublicKey>> {
    let public = |plan: &DkimPlan| match plan.key {
        SecretSource::File(_) | SecretSource::Env(_) => {
            let pem = plan.key.read_text(&mut |_| true).ok()?;
            PublicKey::of(pem.expose_secret()).ok()
        }
        SecretSource::Command(_) | SecretSource::Keyring { .. } => None,
    };
    campaign.message.dkim.iter().map(public).collect()
}

fn some(signers: Vec<Signer>, campaign: &Campaign) -> Option<Signing> {
    (!signers.is_empty()).then(|| Signing::new(signers, left_out(campaign)))
}

/// The header fields that no signature covers, in the order of the alphabet: those that a relay writes
/// itself. A message is signed before it is known which of several relays takes it.
pub(super) fn left_out(campaign: &Campaign) -> Vec<String> {
    let presets = campaign.relays.iter().filter_map(|relay| relay.preset);
    let mut fields: Vec<String> = presets.flat_map(|preset| preset.adds.iter().cloned()).collect();
    fields.sort();
    fields.dedup();
    fields
}

fn signers<'p>(
    plans: impl IntoIterator<Item = &'p DkimPlan>,
    waiting: &mut Waiting<'_>,
) -> (Vec<Signer>, Vec<Problem>) {
    let (mut signers, mut problems) = (Vec::new(), Vec::new());
    for plan in plans {
        match signer(plan, waiting) {
            Ok(signer) => signers.push(signer),
            Err(wrong) => problems.extend(wrong.0),
        }
    }
    (signers, problems)
}

fn signer(plan: &DkimPlan, waiting: &mut Waiting<'_>) -> Result<Signer, Problems> {
    let problem = |what: Said| Problem::error(what).at(plan.place.clone());
    let new = say!(
        "run-hint-new-key",
        domain = plan.domain.to_string(),
        selector = plan.selector.to_string()
    );
    let pem = plan.key.read_text(waiting).map_err(|why| {
        problem(say!("run-no-key", record = plan.record(), why = &why))
            .help(new.clone())
            .help(say!("run-hint-unsigned"))
    })?;
    Signer::new(&plan.domain, &plan.selector, pem.expose_secret())
        .map_err(|why| problem(unusable(plan, why.said())).help(new).into())
}

/// A key that is there and cannot sign.
fn unusable(plan: &DkimPlan, why: Said) -> Said {
    let record = plan.record();
    match &plan.key {
        SecretSource::Env(name) => {
            say!(
                "run-bad-key-in-variable",
                record = record,
                variable = hidden::variable(name),
                why = why
            )
        }
        SecretSource::Command(command) => {
            say!(
                "run-bad-key-of-command",
                record = record,
                command = hidden::command(command),
                why = why
            )
        }
        SecretSource::File(path) => {
            say!(
                "run-bad-key-in-file",
                record = record,
                file = path.as_path(),
                why = why
            )
        }
        SecretSource::Keyring { service, .. } => {
            say!(
                "run-bad-key-in-keyring",
                record = record,
                entry = service,
                why = why
            )
        }
    }
}
