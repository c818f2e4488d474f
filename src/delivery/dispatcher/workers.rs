//! The workers' tasks, and how the dispatcher reaches them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::{self, JoinSet};
use tokio::time::timeout;

use crate::delivery::event::SILENT;
use crate::delivery::journal::Journal;
use crate::delivery::relay::RelayState;
use crate::delivery::worker::{self, Context, Handoff, Report};
use crate::smtp::watched;

/// One worker for each session that may be open at the same time.
pub(crate) struct Workers {
    handles: Vec<Handle>,
    /// The first worker of each relay.
    first: Vec<usize>,
    pub(crate) tasks: JoinSet<()>,
    pub(crate) reports: mpsc::Receiver<Report>,
    /// Sessions opened so far.
    sessions: Arc<AtomicU64>,
    /// True once nothing new may go out.
    stopping: watch::Sender<bool>,
}

struct Handle {
    relay: usize,
    slot: usize,
    handoff: Arc<Handoff>,
    task: task::Id,
}

impl Workers {
    /// Starts the workers of all relays.
    pub(crate) fn start<J: Journal>(relays: &[RelayState], journal: &Arc<J>) -> Self {
        let count: usize = relays.iter().map(|relay| relay.slots.len()).sum();
        let (reports_in, reports) = mpsc::channel(count * 4);
        let (stopping, stopped) = watch::channel(false);
        let sessions = Arc::new(AtomicU64::new(0));
        let mut tasks = JoinSet::new();
        let (mut handles, mut first) = (Vec::with_capacity(count), Vec::with_capacity(relays.len()));
        for (relay, state) in relays.iter().enumerate() {
            first.push(handles.len());
            let context = Arc::new(Context::new(
                &state.plan,
                state.memory.clone(),
                journal,
                &sessions,
                &reports_in,
                &stopped,
            ));
            for slot in 0..state.slots.len() {
                let handoff = Arc::<Handoff>::default();
                let (worker, reports) = (handles.len(), reports_in.clone());
                let work = worker::run(worker, Arc::clone(&context), Arc::clone(&handoff));
                // If there is no room for it now, it is reported a moment later.
                let work = watched(work, SILENT, move |phase, since| {
                    drop(reports.try_send(Report::Silent { worker, phase, since }));
                });
                let task = tasks.spawn(work).id();
                handles.push(Handle {
                    relay,
                    slot,
                    handoff,
                    task,
                });
            }
        }
        Self {
            handles,
            first,
            tasks,
            reports,
            sessions,
            stopping,
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.handles.len()
    }

    /// The number of the session that was opened last.
    pub(crate) fn newest_session(&self) -> u64 {
        self.sessions.load(Ordering::Relaxed)
    }

    /// The relay and the slot of a worker.
    pub(crate) fn place(&self, worker: usize) -> (usize, usize) {
        let Handle { relay, slot, .. } = self.handles[worker];
        (relay, slot)
    }

    /// The relay and the slot of the worker that this task was.
    pub(crate) fn place_of(&self, task: task::Id) -> Option<(usize, usize)> {
        let worker = self.handles.iter().position(|handle| handle.task == task)?;
        Some(self.place(worker))
    }

    /// Where the messages of the worker in this slot lie.
    pub(crate) fn handoff(&self, relay: usize, slot: usize) -> &Handoff {
        &self.handles[self.first[relay] + slot].handoff
    }

    /// Lets nothing new go out.
    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Ends all work at once; what was reported is in the channel. A message whose dot was sent
    /// then has an intent and no outcome: in doubt.
    pub(crate) async fn cut_off(&mut self) {
        // Who waits for room there gets it.
        task::yield_now().await;
        self.tasks.abort_all();
        while self.tasks.join_next().await.is_some() {}
    }

    /// Lets the workers say goodbye, for as long as this; then they are cut off.
    pub(crate) async fn finish(mut self, farewell: Duration) {
        for handle in &self.handles {
            handle.handoff.end();
        }
        // Dropped tasks close their sessions silently; a message whose dot was sent then has an
        // intent and no outcome: in doubt.
        let _ = timeout(farewell, async {
            while self.tasks.join_next().await.is_some() {}
        })
        .await;
        self.tasks.abort_all();
    }
}
