//! Requests to the account store: each a short blocking call, run beside the
//! dispatcher, which gets the answer when it is there.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::campaign::clock;
use crate::delivery::accounts::{
    Accounts, AccountsError, CAP_LASTS, LEARNED_LASTS, LEASE, Learned, Lease, Memory, ReservationId, Reserved,
};
use crate::delivery::plan::RelayPlan;

use super::state::RelayState;

/// How long the store may take for what is left at the end of a run; what is
/// not written down then counts in full, which is the safe side.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// What the store answered.
pub(crate) enum Answer {
    /// To a wish for permits of this relay.
    Reserved(usize, Reserved),
    /// To a wish for a longer lease.
    Renewed(usize, ReservationId, Option<Lease>),
    /// Written down.
    Done,
    /// It cannot be used: nothing may go out.
    Failed(AccountsError),
    /// Asking it ended unexpectedly.
    Panicked,
}

/// The account store, and what was asked of it.
pub(crate) struct QuotaClient {
    accounts: Option<Arc<dyn Accounts>>,
    requests: JoinSet<Answer>,
}

impl QuotaClient {
    /// Without a store nothing is counted: a sandbox has no account.
    pub(crate) fn new(accounts: Option<Arc<dyn Accounts>>) -> Self {
        Self {
            accounts,
            requests: JoinSet::new(),
        }
    }

    /// What is known of a relay's pipelining. A store that cannot be read is
    /// not asked twice.
    pub(crate) async fn known(&self, relay: &RelayPlan) -> Vec<Memory> {
        let (Some(accounts), Some(name)) = (self.accounts.clone(), relay.account.clone()) else {
            return Vec::new();
        };
        let known = tokio::task::spawn_blocking(move || accounts.pipelining(host_of(&name)));
        known.await.ok().and_then(Result::ok).unwrap_or_default()
    }

    /// How many sessions a relay took when it last took fewer than it was offered.
    pub(crate) async fn cap(&self, relay: &RelayPlan) -> Option<usize> {
        let (Some(accounts), Some(name)) = (self.accounts.clone(), relay.account.clone()) else {
            return None;
        };
        let known = tokio::task::spawn_blocking(move || accounts.sessions(&name));
        usize::try_from(known.await.ok()?.ok()??).ok()
    }

    fn send(
        &mut self,
        request: impl FnOnce(&dyn Accounts) -> Result<Answer, AccountsError> + Send + 'static,
    ) {
        if let Some(accounts) = self.accounts.clone() {
            self.requests
                .spawn_blocking(move || request(accounts.as_ref()).unwrap_or_else(Answer::Failed));
        }
    }

    /// Asks for permits for this relay, when it is time to.
    pub(crate) fn reserve(&mut self, number: usize, relay: &mut RelayState, recipients: u32, now: Instant) {
        self.close(relay);
        let (Some(account), Some(wanted)) = (relay.plan.account.clone(), relay.quota.ask(recipients, now))
        else {
            return;
        };
        let rates = relay.plan.rates.clone();
        self.send(move |accounts| {
            Ok(Answer::Reserved(
                number,
                accounts.reserve(&account, &rates, wanted)?,
            ))
        });
    }

    /// Closes what is through of this relay.
    fn close(&mut self, relay: &mut RelayState) {
        for (reservation, used) in relay.quota.closed() {
            self.spend(reservation, used);
        }
    }

    /// Closes all of it: the run is over.
    pub(crate) fn close_all(&mut self, relay: &mut RelayState) {
        for (reservation, used) in relay.quota.close_all() {
            self.spend(reservation, used);
        }
    }

    fn spend(&mut self, reservation: ReservationId, used: u32) {
        // An error here leaves the reservation counted in full.
        self.send(move |accounts| accounts.spend(reservation, used).map(|()| Answer::Done));
    }

    /// Renews the leases that are half over.
    pub(crate) fn renew(&mut self, relays: &[RelayState], now: Instant) {
        let wall = clock::now();
        for (number, relay) in relays.iter().enumerate() {
            for reservation in relay.quota.to_renew(wall, now, LEASE) {
                self.send(move |accounts| {
                    Ok(Answer::Renewed(number, reservation, accounts.renew(reservation)?))
                });
            }
        }
    }

    /// Remembers what the pipelining of a relay's server can do, where there is a memory.
    pub(crate) fn learn(&mut self, relay: &RelayPlan, greeting: String, learned: Learned) -> bool {
        let (Some(_), Some(account)) = (&self.accounts, relay.account.clone()) else {
            return false;
        };
        self.send(move |accounts| {
            accounts
                .learn(host_of(&account), &greeting, learned, LEARNED_LASTS)
                .map(|()| Answer::Done)
        });
        true
    }

    /// Remembers how many sessions a relay takes, or that it takes as many as it is offered.
    pub(crate) fn learn_cap(&mut self, relay: &RelayPlan, most: Option<usize>) {
        if let Some(account) = relay.account.clone() {
            let most = most.and_then(|most| u32::try_from(most).ok());
            self.send(move |accounts| {
                accounts
                    .learn_sessions(&account, most, CAP_LASTS)
                    .map(|()| Answer::Done)
            });
        }
    }

    /// The next answer; `None` while nothing is asked.
    pub(crate) async fn next(&mut self) -> Option<Answer> {
        let answered = self.requests.join_next().await?;
        Some(answered.unwrap_or(Answer::Panicked))
    }

    /// Waits for what is under way; permits that come now go back unused.
    pub(crate) async fn finish(mut self) {
        let all = async {
            while let Some(answer) = self.next().await {
                if let Answer::Reserved(_, Reserved::Granted { reservation, .. }) = answer {
                    self.spend(reservation, 0);
                }
            }
        };
        let _ = tokio::time::timeout(LAST_REQUESTS, all).await;
    }
}

/// `host` of `user@host:port`.
fn host_of(account: &str) -> &str {
    let relay = account.rsplit_once('@').map_or(account, |(_, relay)| relay);
    relay.rsplit_once(':').map_or(relay, |(host, _)| host)
}
