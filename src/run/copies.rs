//! Whether people in the list already have the message from a mailing that this campaign's ledger
//! does not know: from a copied folder, or from results whose ledger is somewhere else.

use std::path::{Path, PathBuf};

use crate::audience::Entry;
use crate::campaign::Folders;
use crate::ledger::{FoundLedger, Ledger};
use crate::message::MailingId;
use crate::recipients::{Key, unnamed};
use crate::report::{Reported, SummaryRead, reported_in, summary_in};
use crate::userdata::recall_begun;
use crate::words::say;

use super::content::ContentLock;
use super::elsewhere::{Elsewhere, Known, Witness};
use super::environment::Environment;
use super::failure::RunError;
use super::front::Front;
use super::place::{Before, Place};
use super::prepare::Prepared;

/// Everybody in a list.
struct Listed(Vec<(Key, String)>);

impl Listed {
    fn of(prepared: &Prepared) -> Result<Self, RunError> {
        let mut listed = Vec::new();
        for read in prepared.audience.possible_rows()? {
            if let Entry::Recipient(addressed) = prepared.audience.entry(&read?, &unnamed) {
                let recipient = addressed.recipient;
                listed.push((recipient.key, Key::of_address(&recipient.to.email).to_string()));
            }
        }
        listed.sort();
        listed.dedup_by(|a, b| a.0 == b.0);
        Ok(Self(listed))
    }

    /// Who of them is in a ledger.
    fn in_ledger(&self, ledger: &Ledger) -> Result<Known, RunError> {
        let mut known = Known {
            listed: self.0.len() as u64,
            have: Some(0),
            ..Known::default()
        };
        ledger.each_key(|key, has| {
            let at = self.0.binary_search_by(|(listed, _)| listed.as_str().cmp(key));
            if at.is_ok() {
                known.shared += 1;
                if has {
                    known.meet(key);
                }
            }
        })?;
        Ok(known)
    }

    /// Who of them has it, as reports tell.
    fn reported(&self, reported: &Reported, mailing: Option<MailingId>) -> Known {
        let mut known = Known {
            listed: self.0.len() as u64,
            have: Some(0),
            ..Known::default()
        };
        for (key, address) in &self.0 {
            let by_token = mailing.is_some_and(|mailing| reported.tokens.contains(&mailing.token(key, "")));
            if by_token || reported.addresses.contains(address) {
                known.shared += 1;
                known.meet(key.as_str());
            }
        }
        known
    }
}

/// Of ledgers whose campaign file is gone, the one that this campaign goes on with: people of the list
/// are in it.
pub(super) fn gone_on_with(
    prepared: &Prepared,
    strangers: &[FoundLedger],
) -> Result<Option<usize>, RunError> {
    if strangers.is_empty() {
        return Ok(None);
    }
    let listed = Listed::of(prepared)?;
    let mut shared = Vec::new();
    for (at, stranger) in strangers.iter().enumerate() {
        if listed.in_ledger(&Ledger::open(&stranger.path)?)?.shared > 0 {
            shared.push(at);
        }
    }
    match shared.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(RunError::SeveralLedgers(
            shared
                .into_iter()
                .filter_map(|at| strangers.get(at))
                .map(|stranger| stranger.path.clone())
                .collect(),
        )),
    }
}

/// The ledger with which the same list is sent the same from another folder: what flags alone
/// describe has no folder of its own.
pub(super) fn begun_elsewhere(prepared: &Prepared, place: &Place) -> Result<Option<PathBuf>, RunError> {
    let campaign = &prepared.campaign;
    let here = !matches!(Ledger::is_there(&place.ledger), Ok(false));
    let no_list = campaign.recipients.stdin || campaign.recipients.only.is_some();
    if here || campaign.file.is_some() || no_list {
        return Ok(None);
    }
    let begun = prepared
        .environment
        .state()
        .and_then(|state| recall_begun(state, &campaign.recipients.file, &campaign.name));
    let Some(path) = begun.filter(|path| *path != place.ledger && Ledger::look(path).is_ok()) else {
        return Ok(None);
    };
    let latest = Ledger::open(&path)?.latest_mailing()?;
    let lock = ContentLock::of(prepared);
    Ok(latest
        .is_some_and(|latest| lock.same_but_for_paths(&latest))
        .then_some(path))
}

/// The folder where what flags alone describe was begun, where it was not begun here.
pub fn begun_in(folders: &Folders, list: &Path) -> Option<PathBuf> {
    let own = Ledger::file(&folders.state, &folders.name);
    if folders.file.is_some() || folders.piped || !matches!(Ledger::is_there(&own), Ok(false)) {
        return None;
    }
    let environment = Environment::of_process();
    let ledger = recall_begun(environment.state()?, list, &folders.name)?;
    let known = Ledger::look(&ledger).is_ok();
    let folder = ledger.parent().and_then(Path::parent);
    folder.filter(|_| known).map(Path::to_owned)
}

/// Stops if people in the list have the message from a mailing beside this ledger's; for a new
/// mailing, reports how many get it again.
pub(super) fn judge(
    prepared: &Prepared,
    place: &Place,
    ledger: &Ledger,
    new: bool,
    front: &mut dyn Front,
) -> Result<(), RunError> {
    if prepared.campaign.recipients.only.is_some() && matches!(place.before, Before::CopyOf(_)) {
        // The copied record says of each mail whether it was sent.
        return Ok(());
    }
    let Some((witness, known)) = elsewhere(prepared, place, ledger)? else {
        return Ok(());
    };
    if known.shared == 0 && known.have.is_some() {
        return Ok(());
    }
    if new {
        if let Some(have @ 1..) = known.have {
            front.note(&say!("run-new-mailing-again", recipients = have));
        }
        return Ok(());
    }
    Err(RunError::Elsewhere(Box::new(Elsewhere { witness, known })))
}

fn elsewhere(
    prepared: &Prepared,
    place: &Place,
    ledger: &Ledger,
) -> Result<Option<(Witness, Known)>, RunError> {
    if let Before::CopyOf(folder) = &place.before {
        let known = Listed::of(prepared)?.in_ledger(ledger)?;
        return Ok(Some((Witness::CopyOf(folder.clone()), known)));
    }
    let results = &prepared.campaign.results;
    let unread = |error| RunError::Results(results.clone(), error);
    let summary = summary_in(results).map_err(unread)?;
    let witness = match &summary {
        Some(summary) => match ledger.accepted_of(&summary.mailing)? {
            Some(accepted) if accepted >= accepted_in(summary) => return Ok(None),
            Some(_) => Witness::Newer(results.clone(), summary.started_at.clone()),
            None if known_beside(&prepared.campaign.state(), summary)? => return Ok(None),
            None => Witness::Results(results.clone(), summary.started_at.clone()),
        },
        None if ledger.latest_mailing()?.is_some() => return Ok(None),
        None => Witness::Results(results.clone(), String::new()),
    };
    let mailing = summary
        .as_ref()
        .and_then(|summary| MailingId::parse(&summary.mailing));
    match reported_in(results).map_err(unread)? {
        Some(reported) => Ok(Some((
            witness,
            Listed::of(prepared)?.reported(&reported, mailing),
        ))),
        // Nobody had it, or nobody knows who has.
        None => Ok(summary
            .filter(|summary| summary.exit_code.is_none() || accepted_in(summary) > 0)
            .map(|_| (witness, Known::default()))),
    }
}

fn accepted_in(summary: &SummaryRead) -> u64 {
    summary.statuses.get("accepted").copied().unwrap_or_default()
}

/// Whether another ledger in the same folder knows the mailing.
fn known_beside(state: &Path, summary: &SummaryRead) -> Result<bool, RunError> {
    let all = Ledger::all_in(state)?;
    Ok(all
        .iter()
        .any(|ledger| ledger.mailings.contains(&summary.mailing)))
}
