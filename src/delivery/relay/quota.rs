//! A relay's hour and day limits in one run: permits are reserved in the account store in small
//! blocks, handed to messages, and given back if nothing was sent.
//!
//! No I/O here: the dispatcher asks the store on a separate thread and passes on the answer. A
//! block is closed when all its messages are finished, so none of them leaves later than the store
//! believes.

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::delivery::accounts::{Lease, ReservationId, Reserved};
use crate::words::Said;

/// The most permits to ask for in one go; the store gives fewer where limits
/// are tight.
const BLOCK: u32 = 1000;

/// A reservation that ends so soon is used for no further message.
const TOO_SOON: Duration = Duration::from_secs(60);

/// When to ask again if only what is under way fills a limit: permits that were not used come back.
/// After this many times it counts as full.
const SOON: Duration = Duration::from_millis(200);
const MOST_TRIES: u32 = 15;

/// A permit for one message: this many envelope recipients of a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Permit {
    reservation: ReservationId,
    recipients: u32,
}

/// A reservation of ours.
#[derive(Debug)]
struct Held {
    id: ReservationId,
    /// Permits in it.
    count: u32,
    /// Of these handed to messages.
    given: u32,
    /// Of these used, and of these come back.
    used: u32,
    returned: u32,
    lease: Lease,
    /// Nothing is taken from it any more.
    closing: bool,
}

impl Held {
    fn left(&self) -> u32 {
        if self.closing { 0 } else { self.count - self.given }
    }
}

/// Why no permit is available.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spent {
    /// What is used up, in words: `2000/day`, or the relay's own.
    pub(crate) what: Said,
    /// Until when, as far as one knows.
    pub(crate) until: Instant,
    /// What is under way may yet come back: it is worth asking again at once.
    pub(crate) nearly: bool,
}

/// The permits of one relay.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    held: Vec<Held>,
    /// The store owes an answer.
    asked: bool,
    spent: Option<Spent>,
    /// Times in a row that the store was full only because of what is under
    /// way, here or in another process.
    nearly: u32,
}

impl Quota {
    /// A permit for a message to this many recipients, if there is one.
    pub(crate) fn take(&mut self, recipients: u32, wall: Timestamp, now: Instant) -> Option<Permit> {
        for held in &mut self.held {
            if held.left() < recipients || held.lease.left(wall, now) < TOO_SOON {
                // The rest is too little for this message; it is given back with the block.
                held.closing = true;
                continue;
            }
            held.given += recipients;
            return Some(Permit {
                reservation: held.id,
                recipients,
            });
        }
        None
    }

    /// How many to ask the store for, when it is time to; the answer is owed
    /// from then on.
    pub(crate) fn ask(&mut self, recipients: u32, now: Instant) -> Option<RangeInclusive<u32>> {
        let size = self.held.last().map_or(0, |held| held.count);
        let full = self.spent.as_ref().is_some_and(|spent| now < spent.until);
        if self.asked || full || self.left() > size / 4 {
            return None;
        }
        self.asked = true;
        Some(recipients..=BLOCK.max(recipients))
    }

    /// What the store said.
    pub(crate) fn answered(&mut self, answer: Reserved, now: Instant) {
        self.asked = false;
        match answer {
            Reserved::Granted {
                reservation,
                count,
                lease,
            } => {
                self.spent = None;
                self.nearly = 0;
                self.held.push(Held {
                    id: reservation,
                    count,
                    given: 0,
                    used: 0,
                    returned: 0,
                    lease,
                    closing: false,
                });
            }
            Reserved::Full { limit, wait, held } => {
                let nearly = held > 0 && self.nearly < MOST_TRIES;
                self.nearly += 1;
                self.spent = Some(Spent {
                    what: Said::verbatim(limit.to_string()),
                    until: now + if nearly { wait.min(SOON) } else { wait },
                    nearly,
                });
            }
            Reserved::Never { limit } => {
                self.spent = Some(Spent {
                    what: Said::verbatim(limit.to_string()),
                    until: now + limit.per.duration(),
                    nearly: false,
                });
            }
        }
    }

    /// The relay itself says that a limit is used up.
    pub(crate) fn said_spent(&mut self, words: Said, wait: Duration, now: Instant) {
        for held in &mut self.held {
            held.closing = true;
        }
        self.spent = Some(Spent {
            what: words,
            until: now + wait,
            nearly: false,
        });
    }

    /// What is used up, while it is and nothing is left at hand.
    pub(crate) fn spent(&self, now: Instant) -> Option<&Spent> {
        let spent = self.spent.as_ref()?;
        (now < spent.until && self.left() == 0).then_some(spent)
    }

    /// Whether there are permits at hand.
    pub(crate) fn has_any(&self) -> bool {
        self.left() > 0
    }

    fn left(&self) -> u32 {
        self.held.iter().map(Held::left).sum()
    }

    /// A message is through: its content went out, or its permit comes back.
    pub(crate) fn through(&mut self, permit: Permit, went_out: bool) {
        if let Some(held) = self.held.iter_mut().find(|held| held.id == permit.reservation) {
            if went_out {
                held.used += permit.recipients;
            } else {
                held.returned += permit.recipients;
            }
        }
    }

    /// Blocks that are through, to be closed in the store with what was used.
    pub(crate) fn closed(&mut self) -> Vec<(ReservationId, u32)> {
        let through = |held: &mut Held| held.left() == 0 && held.used + held.returned == held.given;
        self.held
            .extract_if(.., through)
            .map(|held| (held.id, held.used))
            .collect()
    }

    /// The run is over: all blocks, with what was used. What is still on its
    /// way counts as used: nobody knows.
    pub(crate) fn close_all(&mut self) -> Vec<(ReservationId, u32)> {
        self.held
            .drain(..)
            .map(|held| (held.id, held.given - held.returned))
            .collect()
    }

    /// Reservations that need a new lease, when half of it has passed.
    pub(crate) fn to_renew(&self, wall: Timestamp, now: Instant, lease: Duration) -> Vec<ReservationId> {
        self.held
            .iter()
            .filter(|held| held.lease.left(wall, now) < lease / 2)
            .map(|held| held.id)
            .collect()
    }

    /// The store has renewed one, or says that it is over.
    pub(crate) fn renewed(&mut self, reservation: ReservationId, lease: Option<Lease>) {
        if let Some(held) = self.held.iter_mut().find(|held| held.id == reservation) {
            match lease {
                Some(lease) => held.lease = lease,
                None => held.closing = true,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(id: i64, count: u32) -> Reserved {
        Reserved::Granted {
            reservation: ReservationId(id),
            count,
            lease: Lease::new(Timestamp::UNIX_EPOCH, Instant::now(), Duration::from_secs(600)),
        }
    }

    fn take(quota: &mut Quota, recipients: u32) -> Option<Permit> {
        quota.take(recipients, Timestamp::UNIX_EPOCH, Instant::now())
    }

    #[test]
    fn a_block_is_closed_when_its_last_message_is_through() {
        let now = Instant::now();
        let mut quota = Quota::default();
        assert_eq!(take(&mut quota, 1), None);
        assert_eq!(quota.ask(1, now), Some(1..=BLOCK));
        assert_eq!(quota.ask(1, now), None, "once is enough");
        quota.answered(granted(7, 2), now);
        let first = take(&mut quota, 1).unwrap();
        let second = take(&mut quota, 1).unwrap();
        assert_eq!(take(&mut quota, 1), None);
        quota.through(first, true);
        assert!(quota.closed().is_empty(), "the second is on its way");
        quota.through(second, false);
        assert_eq!(quota.closed(), [(ReservationId(7), 1)]);
    }

    #[test]
    fn the_rest_of_a_block_that_is_too_small_is_given_back() {
        let mut quota = Quota::default();
        quota.answered(granted(1, 2), Instant::now());
        let one = take(&mut quota, 1).unwrap();
        assert_eq!(take(&mut quota, 3), None);
        quota.through(one, true);
        assert_eq!(quota.closed(), [(ReservationId(1), 1)]);
    }

    #[test]
    fn a_lease_that_ends_soon_is_used_no_more() {
        let (wall, now) = (Timestamp::UNIX_EPOCH, Instant::now());
        let mut quota = Quota::default();
        quota.answered(granted(1, 5), now);
        let late = wall + Duration::from_secs(570);
        assert_eq!(
            quota.to_renew(late, now, Duration::from_secs(600)),
            [ReservationId(1)]
        );
        assert_eq!(quota.take(1, late, now), None);
        assert_eq!(quota.close_all(), [(ReservationId(1), 0)]);
    }

    #[test]
    fn used_up_until_there_is_room_again() {
        let now = Instant::now();
        let mut quota = Quota::default();
        let full = Reserved::Full {
            limit: "2000/day".parse().unwrap(),
            wait: Duration::from_secs(60),
            held: 0,
        };
        quota.answered(full, now);
        assert_eq!(quota.spent(now).unwrap().what.to_string(), "2000/day");
        assert_eq!(quota.ask(1, now), None);
        let later = now + Duration::from_secs(60);
        assert_eq!(quota.spent(later), None);
        assert_eq!(quota.ask(1, later), Some(1..=BLOCK));
    }
}
