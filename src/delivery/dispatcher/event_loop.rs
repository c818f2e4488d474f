//! The loop: it handles the next event, and then hands out what may be sent.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::sleep_until;

use crate::delivery::accounts::Accounts;
use crate::delivery::compose_ahead::ComposeAhead;
use crate::delivery::event::{Delivered, Event, StopRequest};
use crate::delivery::journal::Journal;
use crate::delivery::outbound::Compose;
use crate::delivery::plan::Plan;
use crate::delivery::relay::{QuotaClient, RelayState};

use super::state::{BLOCK_PER_SESSION, Dispatcher, now};
use super::workers::Workers;

/// How long workers may take to say QUIT once all is done.
const FAREWELL: Duration = Duration::from_secs(6);

/// Reports looked at in one go.
const REPORTS: usize = 64;

/// Delivers everything the journal gives out.
pub async fn run<J: Journal>(
    plan: Plan,
    journal: Arc<J>,
    accounts: Option<Arc<dyn Accounts>>,
    compose: Compose,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
    mut stop: watch::Receiver<StopRequest>,
) -> Delivered {
    let quota_client = QuotaClient::new(accounts);
    let mut relays = Vec::with_capacity(plan.relays.len());
    for relay in &plan.relays {
        let memory = quota_client.known(relay).await;
        let takes = quota_client.cap(relay).await;
        relays.push(RelayState::new(relay.clone(), memory, takes, now()));
    }
    let workers = Workers::start(&relays, &journal);
    let block = workers.count() * BLOCK_PER_SESSION;
    let compose_ahead = ComposeAhead::new(Arc::clone(&journal), compose, block);
    let mut dispatcher = Dispatcher::new(
        &plan,
        journal,
        observe,
        relays,
        workers,
        compose_ahead,
        quota_client,
    );
    let mut stop_open = true;
    let mut reports = Vec::with_capacity(REPORTS);
    while !dispatcher.is_done() {
        let at = now();
        dispatcher.settle_doubts().await;
        dispatcher.ask(at);
        dispatcher.assign(at);
        dispatcher.open_sessions(at);
        if dispatcher.is_done() {
            break;
        }
        let wake = dispatcher.next_wake(at);
        tokio::select! {
            biased;
            changed = stop.changed(), if stop_open => {
                stop_open = changed.is_ok();
                let request = stop.borrow_and_update().clone();
                dispatcher.stop_requested(request);
            }
            // Workers end when the run does; one that ends before has panicked.
            Some(ended) = dispatcher.workers.tasks.join_next_with_id() => {
                // What it reported before that is dealt with first.
                while let Ok(report) = dispatcher.workers.reports.try_recv() {
                    dispatcher.reported(report).await;
                }
                dispatcher.worker_ended(ended.map_or_else(|error| error.id(), |(task, ())| task));
            }
            _ = dispatcher.workers.reports.recv_many(&mut reports, REPORTS) => {
                for report in reports.drain(..) {
                    dispatcher.reported(report).await;
                }
            }
            Some(supply) = dispatcher.compose_ahead.next(), if !dispatcher.is_stopping() => {
                dispatcher.supplied(supply);
            }
            Some(answer) = dispatcher.quota_client.next() => dispatcher.answered(answer),
            () = sleep(wake) => dispatcher.woken(now()),
        }
    }
    let farewell = if dispatcher.is_cut_off() {
        Duration::ZERO
    } else {
        FAREWELL
    };
    dispatcher.finish(farewell).await
}

async fn sleep(until: Option<Instant>) {
    match until {
        Some(at) => sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
