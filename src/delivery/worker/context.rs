//! What the workers of one relay share: the journal, how sessions are opened, and what they learned
//! about the relay.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use secrecy::SecretString;
use tokio::sync::{mpsc, watch};

use crate::delivery::accounts::Memory;
use crate::delivery::plan::{RelayPlan, Renew};
use crate::delivery::relay::RateGate;
use crate::smtp::{Cause, Endpoint, Phase, Pipelining, SessionFailure};

use super::halting::Halting;
use super::joint::Joint;
use super::limit::HungUp;
use super::offers::Offers;
use super::report::Report;

/// What the workers of one relay have in common.
pub(crate) struct Context<J> {
    pub(crate) journal: Arc<J>,
    pub(crate) relay: Arc<str>,
    endpoint: Endpoint,
    renew: Option<Renew>,
    /// Messages after which a session is replaced; lowered when the relay says so.
    pub(crate) messages_per_connection: AtomicU32,
    /// Messages after which it hung up last, without saying why.
    pub(crate) hung_up: HungUp,
    /// What its sessions offered so far.
    pub(crate) offers: Offers,
    /// What is remembered of its servers.
    pub(crate) memory: Vec<Memory>,
    /// Whether it takes an envelope behind a content.
    pub(crate) joint: Arc<Joint>,
    /// Whether one command at a time is quicker.
    pub(crate) halting: Arc<Halting>,
    /// Several commands in one flight are lost, as is remembered.
    pub(crate) one_at_a_time: AtomicBool,
    /// Several commands in one flight work with this relay.
    pub(crate) flights_work: AtomicBool,
    /// They do not: one command at a time.
    pub(crate) step_by_step: AtomicBool,
    /// One at a time does work, and that is remembered.
    pub(crate) flights_lost: AtomicBool,
    pub(crate) rate_gate: Option<RateGate>,
    /// Those up to this number that nothing was sent over are of no use.
    pub(crate) come_anew: AtomicU64,
    /// Sessions of the run so far, of all relays.
    pub(crate) sessions: Arc<AtomicU64>,
    pub(crate) reports: mpsc::Sender<Report>,
    /// True once nothing new may go out.
    stopping: watch::Receiver<bool>,
}

impl<J> Context<J> {
    pub(crate) fn new(
        plan: &RelayPlan,
        memory: Vec<Memory>,
        journal: &Arc<J>,
        sessions: &Arc<AtomicU64>,
        reports: &mpsc::Sender<Report>,
        stopping: &watch::Receiver<bool>,
    ) -> Self {
        Self {
            journal: Arc::clone(journal),
            relay: Arc::clone(&plan.name),
            endpoint: plan.endpoint.clone(),
            renew: plan.renew.clone(),
            messages_per_connection: AtomicU32::new(plan.messages_per_connection.max(1)),
            hung_up: HungUp::default(),
            offers: Offers::of(plan.connections),
            memory,
            joint: Arc::new(Joint::new(matches!(
                plan.endpoint.pipelining,
                Pipelining::Full { .. }
            ))),
            halting: Arc::default(),
            one_at_a_time: AtomicBool::new(false),
            flights_work: AtomicBool::new(false),
            step_by_step: AtomicBool::new(false),
            flights_lost: AtomicBool::new(false),
            rate_gate: RateGate::new(&plan.rates),
            come_anew: AtomicU64::new(0),
            sessions: Arc::clone(sessions),
            reports: reports.clone(),
            stopping: stopping.clone(),
        }
    }

    /// Returns when nothing new may go out.
    pub(crate) async fn stopped(&self) {
        let mut stopping = self.stopping.clone();
        if stopping.wait_for(|stopping| *stopping).await.is_err() {
            // The dispatcher is gone, and nothing is sent without it.
        }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// How a session is opened now: with what was learned of the relay, and a
    /// token that is still good.
    pub(crate) async fn endpoint(&self) -> Result<Endpoint, SessionFailure> {
        let mut endpoint = self.endpoint.clone();
        if matches!(endpoint.pipelining, Pipelining::Full { .. }) {
            endpoint.pipelining = match self.joint.takes() {
                Some(false) => Pipelining::Envelope,
                known => Pipelining::Full {
                    proven: known == Some(true),
                },
            };
        }
        let one_by_one = [&self.step_by_step, &self.one_at_a_time].map(|known| known.load(Ordering::Relaxed));
        if one_by_one.contains(&true) || self.halting.one_by_one() {
            endpoint.pipelining = Pipelining::Off;
        }
        endpoint.flights_proven = self.flights_work.load(Ordering::Relaxed);
        if let (Some(renew), Some(login)) = (&self.renew, &mut endpoint.login) {
            login.secret = renewed(Arc::clone(renew)).await?;
        }
        Ok(endpoint)
    }
}

/// A secret that is still good; asking for it may take a request over the network.
async fn renewed(renew: Renew) -> Result<SecretString, SessionFailure> {
    let failed = |why| SessionFailure::new(Phase::Auth, Cause::Io(std::io::Error::other(why)));
    match tokio::task::spawn_blocking(move || renew()).await {
        Ok(secret) => secret.map_err(failed),
        Err(ended) => match ended.try_into_panic() {
            // This worker's as much as if it had asked itself.
            Ok(panic) => resume_unwind(panic),
            Err(cancelled) => Err(failed(cancelled.into())),
        },
    }
}
