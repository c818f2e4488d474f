//! Takes mails into a ledger one by one: who each is about, what it says of them, and at the end what
//! follows from all of them together.

use std::collections::{BTreeSet, HashSet};

use jiff::Timestamp;

use crate::ledger::{Effect, Ledger, LedgerError, Weighed};
use crate::recipients::{Entry, TokenKey};

use super::causes::{Cause, Causes};
use super::effects;
use super::elsewhere::Elsewhere;
use super::matched::About;
use super::matching::Matcher;
use super::policy::{self, Why};
use super::sort::{Class, Sorted};

/// Collects what came back.
pub struct Collector {
    matcher: Matcher,
    /// Who is on the user's suppression list.
    listed: HashSet<Entry>,
    now: Timestamp,
    affected: Affected,
    causes: Causes,
}

/// Those whose status and suppression are to be weighed again.
#[derive(Debug, Default)]
pub struct Affected {
    recipients: BTreeSet<i64>,
    addresses: BTreeSet<String>,
}

/// What became of a mail.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What people call it, if it is about a recipient.
    pub name: Option<String>,
    /// It was collected before: nothing was done.
    pub before: bool,
    /// What it is, also by whose it is.
    pub class: Class,
    /// Whom it is about.
    pub about: About,
    /// What it says of those, in the same order.
    pub effects: Vec<Effect>,
}

/// An address that is put on the suppression list, or taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// Whose.
    pub address: String,
    /// What people call the answer that did it.
    pub answer: String,
    /// Why.
    pub why: Why,
    /// The list had it already.
    pub was_there: bool,
}

/// What followed from the answers.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    /// Recipients who are bounced now.
    pub bounced: u64,
    /// Recipients who are what they were before their bounce.
    pub restored: u64,
    /// Addresses that are put on the suppression list.
    pub suppressed: Vec<Suppressed>,
    /// Addresses that are taken off it.
    pub taken_off: Vec<String>,
}

impl Followed {
    /// Whether nothing changed.
    #[cfg(test)]
    pub fn is_nothing(&self) -> bool {
        self.bounced + self.restored == 0 && self.suppressed.is_empty() && self.taken_off.is_empty()
    }
}

impl Collector {
    /// Into this ledger.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn new(
        ledger: &Ledger,
        key: Option<TokenKey>,
        elsewhere: Elsewhere,
        listed: HashSet<Entry>,
        now: Timestamp,
    ) -> Result<Self, LedgerError> {
        Ok(Self {
            matcher: Matcher::new(ledger, key, elsewhere, now)?,
            listed,
            now,
            affected: Affected::default(),
            causes: Causes::default(),
        })
    }

    /// Takes a mail.
    ///
    /// # Errors
    /// The ledger cannot be read or written.
    pub fn take(&mut self, ledger: &mut Ledger, mail: &[u8], sorted: &Sorted) -> Result<Taken, LedgerError> {
        let new = effects::answer(mail, sorted);
        let about = self.matcher.about(ledger, sorted)?;
        let effects = effects::effects(sorted, &about);
        let whose = about.matches.first();
        let class = whose.map_or(sorted.class, |found| effects::class(sorted, found));
        if let Some(known) = ledger.answer_with(&new.identity)? {
            return Ok(Taken {
                name: Some(known.name),
                before: true,
                class,
                about,
                effects,
            });
        }
        if effects.is_empty() {
            return Ok(Taken {
                name: None,
                before: false,
                class,
                about,
                effects,
            });
        }
        let (_, name) = ledger.record_answer(&new, &effects)?;
        for (effect, found) in effects.iter().zip(&about.matches) {
            self.affected.note(effect);
            self.causes.note(&found.sent.relay, effect);
        }
        Ok(Taken {
            name: Some(name),
            before: false,
            class,
            about,
            effects,
        })
    }

    /// Makes statuses and suppressions agree with all answers; and what was refused because of the
    /// sender or a relay.
    ///
    /// # Errors
    /// The ledger cannot be read or written.
    pub fn conclude(self, ledger: &mut Ledger) -> Result<(Followed, Vec<Cause>), LedgerError> {
        let followed = self.affected.weigh(ledger, &self.listed, self.now)?;
        Ok((followed, self.causes.all()))
    }
}

impl Affected {
    /// Something is said of them, or no more.
    pub fn note(&mut self, effect: &Effect) {
        self.recipients.insert(effect.recipient);
        self.addresses.extend(effect.address.clone());
    }

    /// Makes the statuses and suppressions of all of them agree with all answers. `listed`: who is on the
    /// suppression list.
    ///
    /// # Errors
    /// The ledger cannot be read or written.
    pub fn weigh(
        &self,
        ledger: &mut Ledger,
        listed: &HashSet<Entry>,
        now: Timestamp,
    ) -> Result<Followed, LedgerError> {
        let mut followed = Followed::default();
        for recipient in &self.recipients {
            match ledger.weigh_bounces(*recipient)? {
                Weighed::Same => {}
                Weighed::Bounced => followed.bounced += 1,
                Weighed::Restored => followed.restored += 1,
            }
        }
        for address in &self.addresses {
            // What a list would read as something else is not put there.
            let Ok(entry @ Entry::Address(_)) = Entry::parse(address) else {
                continue;
            };
            let was_there = listed.contains(&entry);
            match policy::suppresses(ledger, address, now)? {
                Some((why, answer)) => {
                    if ledger.suppress(address, answer, why.name(), was_there)? {
                        followed.suppressed.push(Suppressed {
                            address: address.clone(),
                            answer: ledger.name_of_answer(answer)?,
                            why,
                            was_there,
                        });
                    }
                }
                None => {
                    if ledger.unsuppress(address)? {
                        followed.taken_off.push(address.clone());
                    }
                }
            }
        }
        Ok(followed)
    }
}
