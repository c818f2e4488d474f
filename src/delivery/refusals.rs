//! Permanent refusals that name no mailbox. Each may be about one recipient, or about everybody
//! (the sender, the account, the content), in words that no table knows. What happens to the next
//! recipients shows which it is.
//!
//! So they are held back: a recipient is rejected only after the relay has accepted another one, or
//! at the end of the run. A relay that refuses several different recipients in a row in the same
//! way is stopped, and the recipients that were held back are pending, as before.
//!
//! Plain state, without any I/O; the dispatcher asks and obeys.

use super::journal::RecipientId;
use super::reply::Likeness;
use crate::smtp::Reply;

/// If this many different recipients are refused alike in a row, it is the relay, even if it
/// accepted others before. Lists do contain runs of bad addresses, but then relays say that there
/// is no such mailbox.
const ALIKE: usize = 10;

/// The number if the relay has accepted nobody yet and refuses contents, or refuses by its policy
/// (5.7.x).
const ALIKE_FROM_THE_START: usize = 5;

/// The number if these are all the recipients that the relay was asked to take.
const ALIKE_IN_ALL: usize = 3;

/// A recipient that is refused, and not recorded as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) recipient: RecipientId,
    /// The recipient's key, for people.
    pub(crate) key: String,
    pub(crate) message_id: String,
    /// Its row, and which attempt this is, as an attempt has them.
    pub(crate) row: u64,
    pub(crate) number: u32,
    /// The relay's words, or ours where it was not even asked.
    pub(crate) reply: Reply,
    /// The content was handed over.
    pub(crate) after_content: bool,
    pub(crate) octets: usize,
}

/// What is held back, of each relay of the run.
pub(crate) struct Refusals {
    relays: Vec<OfRelay>,
}

#[derive(Default)]
struct OfRelay {
    accepted: bool,
    /// It has refused a recipient in another way.
    refused_otherwise: bool,
    /// Since it last accepted a recipient.
    series: Vec<Series>,
    /// Refusals of everybody that were followed by an acceptance: they are not
    /// for everybody.
    selective: Vec<Likeness>,
}

/// Recipients that were refused alike.
struct Series {
    like: Likeness,
    recipients: Vec<RecipientId>,
    /// Refused after the content, or by policy.
    early: bool,
    held: Vec<Refused>,
}

impl OfRelay {
    fn series(&mut self, like: &Likeness) -> &mut Series {
        let at = self.series.iter().position(|series| series.like == *like);
        let at = at.unwrap_or_else(|| {
            self.series.push(Series {
                like: like.clone(),
                recipients: Vec::new(),
                early: false,
                held: Vec::new(),
            });
            self.series.len() - 1
        });
        &mut self.series[at]
    }

    fn held(&mut self) -> Vec<Refused> {
        let series = self.series.iter_mut();
        series
            .flat_map(|series| std::mem::take(&mut series.held))
            .collect()
    }

    /// Whether all it was asked to take it refused alike.
    fn refused_all_alike(&self) -> bool {
        let [only] = &self.series[..] else {
            return false;
        };
        !self.accepted && !self.refused_otherwise && only.recipients.len() >= ALIKE_IN_ALL
    }
}

impl Refusals {
    pub(crate) fn new(relays: usize) -> Self {
        Self {
            relays: (0..relays).map(|_| OfRelay::default()).collect(),
        }
    }

    /// Notes a refusal. True if the relay has refused enough recipients alike to show that it is
    /// not about them.
    pub(crate) fn noted(
        &mut self,
        relay: usize,
        recipient: RecipientId,
        like: &Likeness,
        after_content: bool,
    ) -> bool {
        let of_relay = &mut self.relays[relay];
        let accepted = of_relay.accepted;
        let series = of_relay.series(like);
        if !series.recipients.contains(&recipient) {
            series.recipients.push(recipient);
        }
        series.early |= after_content || like.is_policy();
        if series.recipients.len() >= ALIKE {
            return true;
        }
        if accepted || !series.early {
            return false;
        }
        // Of the first messages the codes are enough: a text may hold a word of its own.
        let alike = of_relay
            .series
            .iter()
            .filter(|series| series.early && series.like.has_codes_of(like));
        alike.map(|series| series.recipients.len()).sum::<usize>() >= ALIKE_FROM_THE_START
    }

    /// Holds a refused recipient back, until it is clear whom the refusal means.
    pub(crate) fn hold(&mut self, relay: usize, like: &Likeness, refused: Refused) {
        self.relays[relay].series(like).held.push(refused);
    }

    /// How many are held back.
    pub(crate) fn held(&self) -> usize {
        let series = self.relays.iter().flat_map(|relay| &relay.series);
        series.map(|series| series.held.len()).sum()
    }

    /// The relay accepted a recipient: its earlier refusals are about their own recipients.
    pub(crate) fn accepted(&mut self, relay: usize) -> Vec<Refused> {
        let of_relay = &mut self.relays[relay];
        of_relay.accepted = true;
        let meant = of_relay.held();
        of_relay.series.clear();
        meant
    }

    /// Whether the relay accepted anybody in this run.
    pub(crate) fn has_accepted(&self, relay: usize) -> bool {
        self.relays[relay].accepted
    }

    /// The relay refused a recipient in words that say that there is no such mailbox.
    pub(crate) fn refused_otherwise(&mut self, relay: usize) {
        self.relays[relay].refused_otherwise = true;
    }

    /// A refusal of everybody that was followed by an acceptance.
    pub(crate) fn is_selective(&self, relay: usize, like: &Likeness) -> bool {
        self.relays[relay].selective.contains(like)
    }

    pub(crate) fn note_selective(&mut self, relay: usize, like: Likeness) {
        let selective = &mut self.relays[relay].selective;
        if !selective.contains(&like) {
            selective.push(like);
        }
    }

    /// The relay is stopped: those whom it refused were not meant themselves.
    pub(crate) fn released(&mut self, relay: usize) -> Vec<Refused> {
        let of_relay = &mut self.relays[relay];
        let held = of_relay.held();
        of_relay.series.clear();
        held
    }

    /// Of this one it is not known any more what the relay said; false where it was not held.
    pub(crate) fn forget(&mut self, recipient: RecipientId) -> bool {
        let before = self.held();
        for series in self.relays.iter_mut().flat_map(|relay| &mut relay.series) {
            series.recipients.retain(|one| *one != recipient);
            series.held.retain(|one| one.recipient != recipient);
        }
        self.held() < before
    }

    /// The run is over: what a relay said that refused all it was asked to take alike.
    pub(crate) fn alike_in_all(&self) -> Option<Reply> {
        let mut alike = self.relays.iter().filter(|relay| relay.refused_all_alike());
        alike.find_map(|relay| Some(relay.series.first()?.held.first()?.reply.clone()))
    }

    /// The run is over: who is still held back, by relay, and whether they are meant themselves. Where
    /// it ended `early`, the relay may have been about to refuse many more alike.
    pub(crate) fn rest(&mut self, early: bool) -> Vec<(usize, Vec<Refused>, bool)> {
        let mut rest = Vec::new();
        for (number, relay) in self.relays.iter_mut().enumerate() {
            let all_alike = relay.refused_all_alike();
            let held = relay.held();
            let meant = !all_alike && (!early || is_few(relay.accepted, held.len()));
            rest.push((number, held, meant));
        }
        rest
    }
}

/// Whether `held` refusals, with no later acceptance, count as the recipients' own if the next
/// replies of the relay will never be seen: it `accepted` others, and refused fewer than the least
/// number that shows that it means everybody.
pub fn is_few(accepted: bool, held: usize) -> bool {
    accepted && held < ALIKE_IN_ALL
}
