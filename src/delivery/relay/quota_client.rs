//! Errands to the account store: each a short blocking call, run beside the
//! dispatcher, which hears the answer when it is there.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::campaign::clock;

use super::state::Lane;
use crate::delivery::RelayPlan;
use crate::delivery::accounts::{
    Accounts, AccountsError, LEARNED_LASTS, LEASE, Learned, Lease, ReservationId, Reserved,
};

/// How long the store may take for what is left at the end of a run; what is
/// not booked then counts in full, which is the safe side.
const LAST_BOOKINGS: Duration = Duration::from_secs(10);

/// What the store answered.
pub(crate) enum Booked {
    /// To a wish for permits of this lane.
    Reserved(usize, Reserved),
    /// To a wish for a longer lease.
    Renewed(usize, ReservationId, Option<Lease>),
    /// Written down.
    Done,
    /// It cannot be used: nothing may go out.
    Failed(String),
}

/// The account store, and what was asked of it.
pub(crate) struct Bookings {
    accounts: Option<Arc<dyn Accounts>>,
    errands: JoinSet<Booked>,
}

impl Bookings {
    /// Without a store nothing is counted: a sandbox has no account.
    pub(crate) fn new(accounts: Option<Arc<dyn Accounts>>) -> Self {
        Self {
            accounts,
            errands: JoinSet::new(),
        }
    }

    /// Whether a relay is known not to take an envelope behind a content. A
    /// store that cannot tell is not asked twice.
    pub(crate) async fn is_envelope_only(&self, relay: &RelayPlan) -> bool {
        let (Some(accounts), Some(name)) = (self.accounts.clone(), relay.account.clone()) else {
            return false;
        };
        let known = tokio::task::spawn_blocking(move || accounts.pipelining(relay_of(&name)));
        matches!(known.await, Ok(Ok(Some(Learned::EnvelopeOnly))))
    }

    fn send(&mut self, errand: impl FnOnce(&dyn Accounts) -> Result<Booked, AccountsError> + Send + 'static) {
        if let Some(accounts) = self.accounts.clone() {
            self.errands.spawn_blocking(move || {
                errand(accounts.as_ref()).unwrap_or_else(|error| Booked::Failed(error.to_string()))
            });
        }
    }

    /// Asks for permits for this lane, when it is time to.
    pub(crate) fn reserve(&mut self, number: usize, lane: &mut Lane, recipients: u32, now: Instant) {
        self.close(lane);
        let (Some(account), Some(wanted)) = (lane.plan.account.clone(), lane.quota.ask(recipients, now))
        else {
            return;
        };
        let rates = lane.plan.rates.clone();
        self.send(move |accounts| {
            Ok(Booked::Reserved(
                number,
                accounts.reserve(&account, &rates, wanted)?,
            ))
        });
    }

    /// Closes what is through of this lane.
    fn close(&mut self, lane: &mut Lane) {
        for (reservation, used) in lane.quota.closed() {
            self.spend(reservation, used);
        }
    }

    /// Closes all of it: the run is over.
    pub(crate) fn close_all(&mut self, lane: &mut Lane) {
        for (reservation, used) in lane.quota.close_all() {
            self.spend(reservation, used);
        }
    }

    fn spend(&mut self, reservation: ReservationId, used: u32) {
        // An error here leaves the reservation counted in full.
        self.send(move |accounts| accounts.spend(reservation, used).map(|()| Booked::Done));
    }

    /// Renews the leases that are half over.
    pub(crate) fn renew(&mut self, lanes: &[Lane], now: Instant) {
        let wall = clock::now();
        for (number, lane) in lanes.iter().enumerate() {
            for reservation in lane.quota.to_renew(wall, now, LEASE) {
                self.send(move |accounts| {
                    Ok(Booked::Renewed(number, reservation, accounts.renew(reservation)?))
                });
            }
        }
    }

    /// Remembers that a relay refuses envelopes behind a content.
    pub(crate) fn learn_envelope_only(&mut self, relay: &RelayPlan) {
        if let Some(account) = relay.account.clone() {
            self.send(move |accounts| {
                accounts
                    .learn(relay_of(&account), Learned::EnvelopeOnly, LEARNED_LASTS)
                    .map(|()| Booked::Done)
            });
        }
    }

    /// The next answer; `None` while nothing is asked.
    pub(crate) async fn next(&mut self) -> Option<Booked> {
        match self.errands.join_next().await? {
            Ok(booked) => Some(booked),
            Err(panic) => Some(Booked::Failed(panic.to_string())),
        }
    }

    /// Waits for what is under way; permits that come now go back unused.
    pub(crate) async fn finish(mut self) {
        let all = async {
            while let Some(booked) = self.next().await {
                if let Booked::Reserved(_, Reserved::Granted { reservation, .. }) = booked {
                    self.spend(reservation, 0);
                }
            }
        };
        let _ = tokio::time::timeout(LAST_BOOKINGS, all).await;
    }
}

/// `host:port` of `user@host:port`.
fn relay_of(account: &str) -> &str {
    account.rsplit_once('@').map_or(account, |(_, relay)| relay)
}
