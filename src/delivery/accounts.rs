//! What delivery needs to know about an account beyond this run: how much of its hour and day
//! limits is used, and what its relay can do with pipelining.
//!
//! Relays count over hours and days, and across senders: another campaign, the next run, a second
//! process. So permits are *reserved* before anything is sent, and afterwards the reservation is
//! closed with the number that was really used. While it is open it counts in full. It has a lease:
//! a process that dies blocks nothing forever, and what it had reserved counts as sent.

use std::error::Error;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::campaign::Rate;
use crate::words::{Said, Speak, of_error, say};

/// How long a reservation holds without being renewed. A live process renews
/// at half time, so this is how much later the permits of one that died come
/// free than those of one that closed its reservations.
pub const LEASE: Duration = Duration::from_secs(10 * 60);

/// How long it is remembered what a relay's pipelining can do; after that it
/// is tried again, for relays are replaced.
pub const LEARNED_LASTS: Duration = Duration::from_secs(30 * 86_400);

/// How long it is remembered how many sessions a relay takes: it may depend on what else goes on there.
pub const CAP_LASTS: Duration = Duration::from_secs(86_400);

/// A reservation in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReservationId(pub i64);

/// Until when a reservation may be used: nothing may go out on it afterwards.
///
/// Two clocks end it, whichever is first. The monotonic one stands still
/// while a laptop sleeps, the wall clock may be set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    until: Timestamp,
    ends: Instant,
}

impl Lease {
    /// A lease of `length` that began at `wall` and `now`: both read before
    /// the store was asked, so that it ends here before it ends there.
    pub fn new(wall: Timestamp, now: Instant, length: Duration) -> Self {
        Self {
            until: wall.saturating_add(length).unwrap_or(wall),
            ends: now + length,
        }
    }

    /// What is left of it; zero once it has ended.
    pub fn left(&self, wall: Timestamp, now: Instant) -> Duration {
        let by_wall = Duration::try_from(self.until.duration_since(wall)).unwrap_or(Duration::ZERO);
        by_wall.min(self.ends.saturating_duration_since(now))
    }
}

/// The answer to a wish for permits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reserved {
    /// This many envelope recipients may be sent to.
    Granted {
        /// To renew it and to close it by.
        reservation: ReservationId,
        /// How many, within the range asked for.
        count: u32,
        /// Until when.
        lease: Lease,
    },
    /// A limit has no room for the least that was asked for.
    Full {
        /// Which; of several the one that takes longest.
        limit: Rate,
        /// When there certainly is room, if nobody else takes it.
        wait: Duration,
        /// Envelope recipients in open reservations, this process' own too:
        /// what of it is given back makes room earlier.
        held: u64,
    },
    /// More at once than a limit allows at all.
    Never {
        /// Which.
        limit: Rate,
    },
}

/// What was learned of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// It offers PIPELINING, refuses commands behind the end of data (`full`)
    /// and takes an envelope in one flight (`envelope`).
    EnvelopeOnly,
    /// It offers PIPELINING and loses commands that share a flight (`off`).
    StepByStep,
    /// It offers PIPELINING and answers commands that share a flight so late that one at a time is
    /// quicker (`off`).
    LateReplies,
}

/// What is remembered of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// Which server, as its greeting tells; `None`: whichever is there.
    pub greeting: Option<String>,
    /// What was learned of it.
    pub learned: Learned,
}

impl Memory {
    /// Whether it is about the server that greets like this.
    pub fn is_of(&self, greeting: &str) -> bool {
        self.greeting.as_ref().is_none_or(|known| known == greeting)
    }
}

/// The store cannot be written or read: no permit, so nothing may go out.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", self.said())]
pub struct AccountsError {
    /// Where it lies.
    pub store: String,
    /// Why not.
    pub source: Arc<dyn Error + Send + Sync>,
}

impl Speak for AccountsError {
    fn said(&self) -> Said {
        let why = of_error(&*self.source);
        say!("delivery-accounts", store = &self.store, why = why)
    }
}

/// Accounts of relays, shared by all runs and processes of a user. An account
/// is named `user@host:port`. What can be learned of a relay holds for all ports of its host, as long
/// as the same server greets there. Every call blocks, shortly.
pub trait Accounts: Send + Sync + 'static {
    /// Reserves permits for envelope recipients, as many of `wanted` as the
    /// hour and day limits and other processes leave. The store decides how
    /// many: a small part of what is left, so that processes share it. Limits
    /// per second and minute are not looked at; without any other the whole
    /// of `wanted` is granted, and still counts for campaigns that have one.
    ///
    /// # Errors
    /// The store cannot be written.
    fn reserve(
        &self,
        account: &str,
        limits: &[Rate],
        wanted: RangeInclusive<u32>,
    ) -> Result<Reserved, AccountsError>;

    /// A new lease for an open reservation; `None` when it is over or closed
    /// already: what is unused of it counts as sent.
    ///
    /// # Errors
    /// The store cannot be written.
    fn renew(&self, reservation: ReservationId) -> Result<Option<Lease>, AccountsError>;

    /// Closes a reservation: `used` of it went out, none later than now; the
    /// rest is given back.
    ///
    /// # Errors
    /// The store cannot be written. The reservation then counts in full from
    /// the end of its lease.
    fn spend(&self, reservation: ReservationId, used: u32) -> Result<(), AccountsError>;

    /// What is known of the pipelining of a host's servers.
    ///
    /// # Errors
    /// The store cannot be read.
    fn pipelining(&self, host: &str) -> Result<Vec<Memory>, AccountsError>;

    /// Remembers what the pipelining of the server can do that greets like this, for so long (see
    /// [`LEARNED_LASTS`]).
    ///
    /// # Errors
    /// The store cannot be written.
    fn learn(
        &self,
        host: &str,
        greeting: &str,
        learned: Learned,
        lasts: Duration,
    ) -> Result<(), AccountsError>;

    /// How many sessions at the same time its relay takes of an account, where it has shown that.
    ///
    /// # Errors
    /// The store cannot be read.
    fn sessions(&self, account: &str) -> Result<Option<u32>, AccountsError>;

    /// Remembers how many those are, for so long (see [`CAP_LASTS`]); `None`: as many as it is offered.
    ///
    /// # Errors
    /// The store cannot be written.
    fn learn_sessions(&self, account: &str, most: Option<u32>, lasts: Duration) -> Result<(), AccountsError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_ends_by_the_clock_that_is_first() {
        let (wall, now) = (Timestamp::UNIX_EPOCH, Instant::now());
        let lease = Lease::new(wall, now, Duration::from_secs(60));
        let later = |seconds| Duration::from_secs(seconds);
        assert_eq!(lease.left(wall, now), later(60));
        assert_eq!(lease.left(wall + later(50), now + later(10)), later(10));
        assert_eq!(lease.left(wall + later(10), now + later(50)), later(10));
        // The machine slept, or the clock was set back.
        assert_eq!(lease.left(wall + later(7200), now + later(1)), Duration::ZERO);
        assert_eq!(lease.left(wall - later(86_400), now + later(60)), Duration::ZERO);
    }
}
