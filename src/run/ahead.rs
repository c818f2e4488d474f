//! What the question shows about a run before it begins.

use std::collections::BTreeSet;

use lettre::Address;

use crate::campaign::Relay;
use crate::check::Checked;
use crate::delivery::Claimed;
use crate::ledger::{Chosen, Ledger, Mailing, Owed};
use crate::recipients::{Recipient, unnamed};
use crate::userdata::AccountStore;

use super::estimate::{Through, at_once, estimate};
use super::failure::RunError;
use super::prepare::Prepared;
use super::question::{Copies, MANY, OwnFiles, Question};

/// Messages that are looked at one by one. Of larger mailings the rest is taken for like these, so
/// that nobody waits for the question.
const LOOKED_AT: u64 = 10_000;

/// Recipients that are named where all messages go to one address.
const NAMED: usize = 3;

/// Copies of one message, all of which are named up to this number.
const FEW: u64 = 5;

/// A run that is about to begin.
pub(super) struct Ahead<'r> {
    pub(super) prepared: &'r Prepared,
    pub(super) checked: &'r Checked,
    pub(super) ledger: &'r Ledger,
    pub(super) mailing: &'r Mailing,
    pub(super) chosen: &'r Chosen,
    pub(super) relays: &'r [Relay],
    pub(super) accounts: Option<&'r AccountStore>,
    pub(super) test_to: Option<&'r Address>,
    pub(super) messages: u64,
    pub(super) owed: Owed,
}

impl<'r> Ahead<'r> {
    pub(super) fn question(&self) -> Result<Question<'r>, RunError> {
        let campaign = &self.prepared.campaign;
        let has_copies =
            self.messages > 0 && self.test_to.is_none() && self.checked.addresses > self.checked.recipients;
        let by_row = campaign
            .message
            .attach
            .iter()
            .any(|file| is_template(&file.path.value))
            || self.prepared.audience.header().position("_attach").is_some();
        let looked_at = if has_copies || by_row {
            LOOKED_AT
        } else {
            NAMED as u64
        };
        let claimed = self.ledger.ahead(self.mailing, self.chosen, looked_at)?;
        let recipients: Vec<_> = claimed
            .iter()
            .map(|claimed| self.prepared.audience.addressed(&claimed.row, &unnamed).ok())
            .map(|addressed| addressed.map(|addressed| addressed.recipient))
            .collect();
        let whole = self.messages <= claimed.len() as u64;
        let copies = if has_copies {
            self.copies(recipients.iter().flatten(), whole)
        } else {
            Copies::default()
        };
        let mailbox = |(claimed, recipient): (&Claimed, &Option<Recipient>)| match recipient {
            Some(recipient) => recipient.to.to_string(),
            None => claimed.key.to_string(),
        };
        let through = Through::counted(self.relays, self.accounts);
        Ok(Question {
            messages: self.messages,
            owed: self.owed.clone(),
            relays: self.relays,
            room: through.iter().flat_map(Through::room).collect(),
            at_once: at_once(&through),
            from: &campaign.message.from.value,
            first: claimed.iter().zip(&recipients).take(NAMED).map(mailbox).collect(),
            test_to: self.test_to,
            attached: self.attached(),
            own_files: if by_row {
                own_files(&claimed, whole)
            } else {
                OwnFiles::default()
            },
            estimate: estimate(&through, self.messages + copies.count + self.owed.copies),
            copies,
            now: self.prepared.environment.now(),
            accepted_before: self.ledger.accepted(self.mailing)?,
        })
    }

    /// The files that are the same in every message.
    fn attached(&self) -> Vec<String> {
        let files = self.prepared.campaign.message.attach.iter();
        files
            .filter(|file| !is_template(&file.path.value))
            // One that may be missing, and is, goes with none.
            .filter(|file| !file.optional || file.base.join(&file.path.value).is_file())
            .map(|file| match &file.name {
                Some(name) if !is_template(&name.value) => name.value.clone(),
                _ => file.path.value.clone(),
            })
            .collect()
    }

    fn copies<'a>(&self, recipients: impl Iterator<Item = &'a Recipient>, whole: bool) -> Copies {
        let mut copies = Copies::default();
        let mut looked_at = 0;
        let mut of_all: Option<BTreeSet<(Address, bool)>> = None;
        for recipient in recipients {
            looked_at += 1;
            let further = recipient.envelope_recipients().len().saturating_sub(1) as u64;
            copies.count += further;
            copies.many += u64::from(further >= MANY);
            copies.most = copies.most.max(further);
            let cc = recipient.cc.iter().map(|cc| (cc.email.clone(), false));
            let bcc = recipient.bcc.iter().map(|bcc| (bcc.email.clone(), true));
            let own: BTreeSet<_> = cc.chain(bcc).collect();
            of_all = Some(match of_all {
                Some(before) => before.intersection(&own).cloned().collect(),
                None => own,
            });
        }
        // Of one message, a few are named.
        if looked_at > 1 || (whole && copies.count <= FEW) {
            copies.of_all = of_all.unwrap_or_default().into_iter().collect();
        }
        if !whole {
            let all = self.messages == self.checked.recipients;
            copies.about = !all;
            copies.count = if all {
                self.checked.addresses.saturating_sub(self.checked.recipients)
            } else {
                copies.count * self.messages / looked_at.max(1)
            };
        }
        copies
    }
}

fn own_files(claimed: &[Claimed], whole: bool) -> OwnFiles {
    let files = |claimed: &Claimed| {
        // What may be missing, and is, does not go along.
        let there = claimed.files.iter().find(|file| file.digest.is_some());
        there.map(|file| file.path.clone())
    };
    let mut found = claimed.iter().filter_map(files);
    let first = found.next();
    OwnFiles {
        messages: u64::from(first.is_some()) + found.count() as u64,
        more: first.is_some() && !whole,
        first,
    }
}

fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}
