//! The dispatcher: one loop that owns every decision of a run.
//!
//! It waits for whatever comes first (a worker's report, the feeder's
//! letters, a stop, the clock), changes its state, and hands out what may go.
//! Workers come off a stack, so at a low rate one session does all the work
//! and the others close.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::feeder::{self, AHEAD_OCTETS, Ask, Supply};
use super::outcome::Outcome;
use super::pace::Pace;
use super::schedule::Schedule;
use super::worker::{self, Report, Shared, Unsent};
use super::{Compose, Delivered, Event, Journal, Letter, Plan, Stop, StopRequest};

/// Recipients claimed ahead for each session: at most so many are in doubt a session after a power cut. A
/// block costs an fsync, 1 to 10 ms, in which a session on loopback sends about so many.
const BLOCK_PER_SESSION: usize = 32;

/// How long workers may take to say QUIT once all is done.
const FAREWELL: Duration = Duration::from_secs(6);

/// See [`super::run`].
pub(super) async fn run<J: Journal>(
    plan: Plan,
    journal: Arc<J>,
    compose: Compose,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
    mut stop: watch::Receiver<StopRequest>,
) -> Delivered {
    let connections = plan.connections.max(1);
    let (reports_in, mut reports) = mpsc::channel(connections * 4);
    let shared = Arc::new(Shared {
        journal: Arc::clone(&journal),
        endpoint: plan.endpoint.clone(),
        messages_per_connection: plan.messages_per_connection,
        sessions: AtomicU64::new(0),
        reports: reports_in,
        stopping: watch::Sender::new(false),
    });
    let mut tasks = JoinSet::new();
    let workers = (0..connections)
        .map(|worker| {
            let (letters_in, letters) = mpsc::channel(1);
            tasks.spawn(worker::run(worker, Arc::clone(&shared), letters));
            letters_in
        })
        .collect();
    let (asks, asked) = mpsc::channel(1);
    let (supplies_in, mut supplies) = mpsc::channel(1);
    let feeder = {
        let journal = Arc::clone(&journal);
        let block = connections * BLOCK_PER_SESSION;
        tokio::task::spawn_blocking(move || feeder::run(&journal, compose, block, asked, &supplies_in))
    };

    let stopping = shared.stopping.clone();
    drop(shared);
    let mut dispatcher = Dispatcher::new(&plan, journal, observe, workers, asks, stopping);
    let mut stop_open = true;
    while !dispatcher.is_done() {
        let now = Instant::now();
        dispatcher.ask(now).await;
        dispatcher.assign(now).await;
        let wake = dispatcher.next_wake(now);
        tokio::select! {
            biased;
            changed = stop.changed(), if stop_open => {
                stop_open = changed.is_ok();
                let request = stop.borrow_and_update().clone();
                dispatcher.stop_requested(request);
            }
            Some(report) = reports.recv() => dispatcher.reported(report).await,
            supply = supplies.recv(), if !dispatcher.stopping() => match supply {
                Some(supply) => dispatcher.supplied(supply),
                None => dispatcher.stop(Stop::Journal("the composing thread ended unexpectedly".to_owned())),
            },
            // Workers end when their letters do; one that ends before has panicked.
            Some(_) = tasks.join_next(), if !dispatcher.stopping() => {
                dispatcher.stop(Stop::Journal("a worker ended unexpectedly".to_owned()));
            }
            () = sleep_until(wake) => dispatcher.woken(Instant::now()),
        }
    }
    let farewell = if dispatcher.is_cut_off() {
        Duration::ZERO
    } else {
        FAREWELL
    };
    let delivered = dispatcher.finish();
    // Dropped tasks close their sessions without a word; what had its dot out
    // then has an intent and no outcome: in doubt.
    let _ = tokio::time::timeout(farewell, async { while tasks.join_next().await.is_some() {} }).await;
    tasks.abort_all();
    drop(supplies);
    let _ = feeder.await;
    delivered
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}

pub(super) struct Dispatcher<'a, J> {
    pub(super) plan: &'a Plan,
    pub(super) journal: Arc<J>,
    pub(super) observe: &'a mut (dyn FnMut(Event<'_>) + Send),
    workers: Vec<mpsc::Sender<Letter>>,
    asks: mpsc::Sender<Ask>,
    /// Tells the workers that nothing new may go out.
    stopping: watch::Sender<bool>,
    pub(super) schedule: Schedule,
    pace: Pace,
    /// Not before this may the next letter go.
    paced_until: Option<Instant>,
    pub(super) ready: VecDeque<Letter>,
    idle: Vec<usize>,
    working: usize,
    /// The feeder owes an answer.
    asked: bool,
    exhausted: bool,
    /// A session was opened once: the relay and the login are right.
    pub(super) proven: bool,
    /// The last wait that was shown.
    shown_wait: Option<Instant>,
    started: Option<Instant>,
    delivered: Delivered,
    /// Stopping: nothing goes out any more, and by when all must be over.
    deadline: Option<Instant>,
}

impl<'a, J: Journal> Dispatcher<'a, J> {
    fn new(
        plan: &'a Plan,
        journal: Arc<J>,
        observe: &'a mut (dyn FnMut(Event<'_>) + Send),
        workers: Vec<mpsc::Sender<Letter>>,
        asks: mpsc::Sender<Ask>,
        stopping: watch::Sender<bool>,
    ) -> Self {
        let mut seed = [0; 8];
        // Without randomness the jitter is the same each time, which is harmless.
        let _ = getrandom::fill(&mut seed);
        Self {
            schedule: Schedule::new(
                plan.retry,
                workers.len(),
                plan.max_failures,
                u64::from_le_bytes(seed),
            ),
            pace: Pace::new(&plan.rates),
            paced_until: None,
            ready: VecDeque::new(),
            idle: (0..workers.len()).rev().collect(),
            working: 0,
            asked: false,
            exhausted: false,
            proven: false,
            shown_wait: None,
            started: None,
            delivered: Delivered::default(),
            deadline: None,
            plan,
            journal,
            observe,
            workers,
            asks,
            stopping,
        }
    }

    pub(super) fn stopping(&self) -> bool {
        self.delivered.stop.is_some()
    }

    /// The time to finish in is over: nobody waits for a worker any more.
    fn is_cut_off(&self) -> bool {
        self.deadline.is_some_and(|at| at <= Instant::now())
    }

    fn is_done(&self) -> bool {
        if self.stopping() {
            return self.working == 0 || self.is_cut_off();
        }
        self.exhausted
            && self.ready.is_empty()
            && self.working == 0
            && !self.asked
            && self.schedule.waiting().is_none()
    }

    /// Keeps a few letters ready for each session.
    async fn ask(&mut self, now: Instant) {
        let ahead: usize = self.ready.iter().map(|l| l.message.content.len()).sum();
        if self.asked
            || self.stopping()
            || self.ready.len() > self.workers.len() * BLOCK_PER_SESSION / 2
            || ahead > AHEAD_OCTETS
        {
            return;
        }
        let due = self.schedule.due(now, self.workers.len() * BLOCK_PER_SESSION);
        let ask = if !due.is_empty() {
            Ask::Again(due)
        } else if !self.exhausted {
            Ask::Letters(self.workers.len() * BLOCK_PER_SESSION)
        } else {
            return;
        };
        self.exhausted = false;
        self.asked = self.asks.send(ask).await.is_ok();
    }

    /// Hands ready letters to idle workers, as the relay's health and the
    /// rates allow.
    async fn assign(&mut self, now: Instant) {
        self.paced_until = None;
        if self.stopping() {
            return;
        }
        let allowed = if self.proven {
            self.schedule.allowed(now)
        } else {
            1
        };
        while self.working < allowed
            && let Some(letter) = self.ready.front()
            && let Some(worker) = self.idle.last().copied()
        {
            let recipients = u32::try_from(letter.message.recipients.len()).unwrap_or(u32::MAX);
            if let Err(wait) = self.pace.take(recipients) {
                self.paced_until = Some(now + wait);
                return;
            }
            let (Some(letter), Some(letters)) = (self.ready.pop_front(), self.workers.get(worker)) else {
                return;
            };
            self.idle.pop();
            self.working += 1;
            self.started.get_or_insert(now);
            // An idle worker's channel has room: this does not wait.
            if letters.send(letter).await.is_err() {
                self.stop(Stop::Journal("a worker ended unexpectedly".to_owned()));
            }
        }
        self.show_waiting(now);
    }

    fn show_waiting(&mut self, now: Instant) {
        if self.working > 0 || !self.ready.is_empty() || self.asked || !self.exhausted {
            return;
        }
        if let Some((recipients, at)) = self.schedule.waiting()
            && self.shown_wait != Some(at)
        {
            self.shown_wait = Some(at);
            (self.observe)(Event::Waiting {
                recipients,
                wait: at.saturating_duration_since(now),
            });
        }
    }

    fn next_wake(&self, now: Instant) -> Option<Instant> {
        if self.stopping() {
            return self.deadline;
        }
        // What was due before this turn waits for something else: a report, a supply, a permit.
        [
            self.paced_until,
            self.schedule.next_retry(),
            self.schedule.relay_wake(),
        ]
        .into_iter()
        .flatten()
        .filter(|at| *at > now)
        .min()
    }

    fn woken(&mut self, now: Instant) {
        if self.deadline.is_some_and(|at| at <= now) {
            self.working = 0;
        }
    }

    fn stop_requested(&mut self, request: StopRequest) {
        match request {
            StopRequest::None => {}
            StopRequest::InputsChanged(what) => self.stop(Stop::InputsChanged(what)),
            StopRequest::Drain => self.stop(Stop::Requested),
            StopRequest::Now => {
                self.stop(Stop::Requested);
                self.deadline = Some(Instant::now());
            }
        }
    }

    pub(super) fn stop(&mut self, stop: Stop) {
        if self.stopping() {
            return;
        }
        (self.observe)(Event::Stopping(&stop));
        self.delivered.stop = Some(stop);
        self.stopping.send_replace(true);
        self.deadline = Some(Instant::now() + self.plan.drain);
        self.ready.clear();
    }

    fn supplied(&mut self, supply: Supply) {
        self.asked = false;
        match supply {
            Supply::Failed(error) => self.stop(Stop::Journal(error.to_string())),
            Supply::Letters {
                letters,
                invalid,
                exhausted,
            } => {
                self.exhausted = exhausted;
                for (key, problems) in &invalid {
                    (self.observe)(Event::Invalid { key, problems });
                }
                if !self.stopping() {
                    self.ready.extend(letters);
                }
            }
        }
    }

    async fn reported(&mut self, report: Report) {
        match report {
            Report::Connected => {
                self.proven = true;
                self.delivered.connections += 1;
                (self.observe)(Event::Connected);
            }
            Report::Failed { error } => {
                self.working = self.working.saturating_sub(1);
                self.stop(Stop::Journal(error.to_string()));
            }
            Report::Settled {
                worker,
                letter,
                outcome,
                after_content,
            } => {
                self.free(worker);
                self.settled(&letter, &outcome, after_content);
            }
            Report::Unsent { worker, letter, why } => {
                self.free(worker);
                match why {
                    Unsent::NoSession(failure) => self.no_session(letter, &failure),
                    Unsent::Relay { step, words } => self.turned_away(letter, step, words).await,
                    Unsent::SessionDied(failure) => self.session_died(letter, &failure).await,
                    Unsent::Stopping => {}
                }
            }
        }
    }

    fn free(&mut self, worker: usize) {
        self.working = self.working.saturating_sub(1);
        self.idle.push(worker);
    }

    pub(super) fn settled(&mut self, letter: &Letter, outcome: &Outcome, after_content: bool) {
        let octets = letter.message.content.len();
        if after_content {
            self.delivered.messages += 1;
        }
        if matches!(outcome, Outcome::Accepted(_)) {
            self.delivered.octets += octets as u64;
        }
        if let Some(started) = self.started {
            self.delivered.elapsed = started.elapsed();
        }
        (self.observe)(Event::Settled {
            key: &letter.key,
            outcome,
            message_id: &letter.message.message_id,
            octets,
        });
        if let Some(stop) = self
            .schedule
            .settled(letter.recipient, outcome, after_content, Instant::now())
        {
            self.stop(stop);
        }
        // After a dot this defers the one; the relay is going away all the same.
        if outcome.words().code == Some(421) && !self.stopping() {
            self.relay_down(&outcome.words().shown());
        }
    }

    pub(super) fn back(&mut self, letter: Letter) {
        if !self.stopping() {
            self.ready.push_front(letter);
        }
    }

    fn finish(self) -> Delivered {
        self.delivered
    }
}
