//! What happens before the question: the mailing is found or begun, and every row is checked and
//! loaded into it.

use std::collections::HashSet;
use std::time::Instant;

use crate::check::{Checked, Taken};
use crate::delivery::Event;
use crate::ledger::{Change, Ledger, LedgerError, Mailing, Next, Recovered};
use crate::recipients::Key;
use crate::table::Row;
use crate::words::say;

use super::check::{judge_relays, pass};
use super::content::ContentLock;
use super::copies;
use super::destination::Destination;
use super::failure::RunError;
use super::front::{Front, Stage};
use super::mail;
use super::mailing::{self, ChangedFiles};
use super::options::SendOptions;
use super::place::Before;
use super::prepare::Prepared;
use super::steps;

/// A mailing with its rows, as the check pass found them; kept by nobody yet.
pub(super) struct Begun {
    pub(super) ledger: Change,
    pub(super) mailing: Mailing,
    pub(super) checked: Checked,
    pub(super) check_seconds: f64,
    /// What earlier runs left open when they ended before their time.
    pub(super) recovered: Recovered,
}

impl Begun {
    pub(super) fn load(
        prepared: &Prepared,
        options: &SendOptions,
        destination: &Destination,
        front: &mut dyn Front,
    ) -> Result<Self, RunError> {
        let started = Instant::now();
        // What is wrong with it is said before anything that prevents a mailing.
        let chosen = prepared.condition(options.choice.filter.as_ref())?;
        let mut ledger = Ledger::open(&destination.ledger)?.change()?;
        let mut copied = false;
        if let Some(place) = &destination.place {
            copies::judge(prepared, place, &ledger, options.new, front)?;
            copied = matches!(place.before, Before::CopyOf(_));
            place.settle(&mut ledger)?;
        }
        let lock = ContentLock::of(prepared);
        let before = mail::mailing_before(&ledger, prepared, &lock)?;
        // What flags name has another path from another folder.
        let moved = prepared.campaign.file.is_none()
            && before
                .as_ref()
                .is_some_and(|latest| lock.same_but_for_paths(latest));
        // What a copy has of a mailing is the original's to go on with.
        let options = &SendOptions {
            abandon: options.abandon || (copied && options.new),
            accept_changes: options.accept_changes || moved,
            ..options.clone()
        };
        // What an earlier run left open says whether its mailing was begun at all.
        let recovered = match &before {
            Some(latest) => ledger.recover(latest)?,
            None => Recovered::default(),
        };
        let mailing = mailing::decide(&mut ledger, prepared, options, &lock, before)?;
        steps::mailing(&mailing);
        ledger.unlist(&mailing)?;
        let looked = match destination.place {
            Some(_) => prepared.look_back_from(chosen.as_ref(), &ledger, &mailing)?,
            // The ledger of a rehearsal knows nothing.
            None => prepared.look_back(chosen.as_ref(), next(options))?,
        };
        if let Some(looked) = looked {
            front.note(&looked);
        }
        let mut plan = prepared.plan(options.allowed);
        plan.pass.chosen = chosen.as_ref();
        let mut changed = ChangedFiles::default();
        let named: HashSet<Key> = options.choice.only.iter().cloned().collect();
        let mut load = |row: &Row, taken: Taken<'_>| {
            mailing::load(&mut ledger, &mailing, row, &taken, &named, &mut changed)
        };
        let mut checked = pass(&plan, Stage::Checking, front, &mut load)?;
        if destination.judged {
            judge_relays(&prepared.campaign, Some(&prepared.environment), &mut checked);
        }
        steps::checked(&checked);
        front.checked(&checked);
        if checked.has_errors() {
            return Err(RunError::Check(Box::new(checked)));
        }
        ledger.listed(&mailing)?;
        changed.judge(&ledger, &mailing, options.accept_changes)?;
        Ok(Self {
            ledger,
            mailing,
            checked,
            check_seconds: started.elapsed().as_secs_f64(),
            recovered,
        })
    }
}

/// Which mailing a rehearsal with these options is about.
fn next(options: &SendOptions) -> Next {
    if options.new { Next::New } else { Next::Open }
}

/// Reports what earlier runs left open when they died. Returns how many recipients of this run are
/// permanently refused, as such a run had recorded without reporting it.
pub(super) fn tell_recovered(
    ledger: &Ledger,
    mailing: &Mailing,
    recovered: &Recovered,
    front: &mut dyn Front,
) -> Result<u64, LedgerError> {
    if recovered.in_doubt > 0 {
        front.note(&say!("run-recovered-in-doubt", recipients = recovered.in_doubt));
    }
    let refused = ledger.refused_before(mailing, &recovered.rejected)?;
    if !refused.is_empty() {
        front.note(&say!("run-recovered-rejected"));
    }
    for (key, attempt) in &refused {
        front.event(&Event::Settled {
            key,
            outcome: &attempt.outcome,
            message_id: &attempt.message_id,
            relay: &attempt.relay,
            octets: 0,
            attempt,
            again: None,
        });
    }
    Ok(refused.len() as u64)
}
