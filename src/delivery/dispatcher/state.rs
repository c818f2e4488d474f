//! The dispatcher: one loop that owns every decision of a run.
//!
//! It waits for whatever comes first (a worker's report, the feeder's
//! letters, the account store, a stop, the clock), changes its state, and
//! hands out what may go.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::delivery::accounts::Accounts;
use crate::delivery::compose_ahead::{self, AHEAD_OCTETS, Ask, Supply};
use crate::delivery::relay::Bookings;
use crate::delivery::relay::Lane;
use crate::delivery::retry::Schedule;
use crate::delivery::worker;
use crate::delivery::worker::{Report, Shared, Unsent};
use crate::delivery::{Compose, Delivered, Event, Journal, Letter, Plan, Stop, StopRequest};

/// Recipients claimed ahead for each session: at most so many are in doubt a session after a power cut. A
/// block costs an fsync, 1 to 10 ms, in which a session on loopback sends about so many.
const BLOCK_PER_SESSION: usize = 32;

/// How long workers may take to say QUIT once all is done.
const FAREWELL: Duration = Duration::from_secs(6);

/// Reports looked at in one go.
const REPORTS: usize = 64;

/// See [`crate::delivery::run`].
pub(crate) async fn run<J: Journal>(
    plan: Plan,
    journal: Arc<J>,
    accounts: Option<Arc<dyn Accounts>>,
    compose: Compose,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
    mut stop: watch::Receiver<StopRequest>,
) -> Delivered {
    let mut bookings = Bookings::new(accounts);
    let now = Instant::now();
    let mut lanes = Vec::with_capacity(plan.relays.len());
    for relay in &plan.relays {
        let envelope_only = bookings.is_envelope_only(relay).await;
        lanes.push(Lane::new(relay.clone(), envelope_only, now));
    }
    let seats: usize = lanes.iter().map(|lane| lane.seats.len()).sum();
    let (reports_in, mut reports) = mpsc::channel(seats * 4);
    let (stopping, stopped) = watch::channel(false);
    let mut tasks = JoinSet::new();
    let mut places = Vec::with_capacity(seats);
    let sessions = Arc::new(AtomicU64::new(0));
    for (number, lane) in lanes.iter().enumerate() {
        let shared = Arc::new(Shared::of(lane, &journal, &sessions, &reports_in, &stopped));
        for (seat, at) in lane.seats.iter().enumerate() {
            let worker = places.len();
            tasks.spawn(worker::run(worker, Arc::clone(&shared), Arc::clone(&at.desk)));
            places.push((number, seat));
        }
    }
    drop((reports_in, stopped));
    let (asks, asked) = mpsc::channel(1);
    let (supplies_in, mut supplies) = mpsc::channel(1);
    let block = seats * BLOCK_PER_SESSION;
    let feeder = {
        let journal = Arc::clone(&journal);
        tokio::task::spawn_blocking(move || compose_ahead::run(&journal, compose, block, asked, &supplies_in))
    };

    let mut dispatcher = Dispatcher::new(&plan, journal, observe, lanes, places, asks, stopping);
    let mut stop_open = true;
    let mut heard = Vec::with_capacity(REPORTS);
    while !dispatcher.is_done() {
        let now = Instant::now();
        dispatcher.ask(now).await;
        dispatcher.assign(now, &mut bookings);
        if dispatcher.is_done() {
            break;
        }
        let wake = dispatcher.next_wake(now);
        tokio::select! {
            biased;
            changed = stop.changed(), if stop_open => {
                stop_open = changed.is_ok();
                let request = stop.borrow_and_update().clone();
                dispatcher.stop_requested(request);
            }
            count = reports.recv_many(&mut heard, REPORTS), if !heard_all(&dispatcher) => {
                if count == 0 {
                    dispatcher.stop(Stop::Journal("the workers ended unexpectedly".to_owned()));
                }
                for report in heard.drain(..) {
                    dispatcher.reported(report, &mut bookings).await;
                }
            }
            supply = supplies.recv(), if !dispatcher.stopping() => match supply {
                Some(supply) => dispatcher.supplied(supply),
                None => dispatcher.stop(Stop::Journal("the composing thread ended unexpectedly".to_owned())),
            },
            Some(booked) = bookings.next() => dispatcher.booked(booked),
            // Workers end when their letters do; one that ends before has panicked.
            Some(_) = tasks.join_next(), if !dispatcher.stopping() => {
                dispatcher.stop(Stop::Journal("a worker ended unexpectedly".to_owned()));
            }
            () = sleep_until(wake) => dispatcher.woken(Instant::now(), &mut bookings),
        }
    }
    let farewell = if dispatcher.is_cut_off() {
        Duration::ZERO
    } else {
        FAREWELL
    };
    let delivered = dispatcher.finish(&mut bookings);
    // Dropped tasks close their sessions without a word; what had its dot out
    // then has an intent and no outcome: in doubt.
    let _ = tokio::time::timeout(farewell, async { while tasks.join_next().await.is_some() {} }).await;
    tasks.abort_all();
    drop(supplies);
    let _ = feeder.await;
    bookings.finish().await;
    delivered
}

/// Whether nobody has anything to report any more.
fn heard_all<J: Journal>(dispatcher: &Dispatcher<'_, J>) -> bool {
    dispatcher.stopping() && dispatcher.working == 0
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}

pub(crate) struct Dispatcher<'a, J> {
    pub(crate) plan: &'a Plan,
    pub(crate) journal: Arc<J>,
    pub(crate) observe: &'a mut (dyn FnMut(Event<'_>) + Send),
    pub(crate) lanes: Vec<Lane>,
    /// The lane and seat of each worker.
    pub(crate) places: Vec<(usize, usize)>,
    asks: mpsc::Sender<Ask>,
    /// Tells the workers that nothing new may go out.
    stopping: watch::Sender<bool>,
    pub(crate) schedule: Schedule,
    pub(crate) ready: VecDeque<Letter>,
    /// Octets in `ready`.
    pub(crate) ready_octets: usize,
    /// Letters with a worker.
    pub(crate) working: usize,
    /// The feeder owes an answer.
    asked: bool,
    exhausted: bool,
    /// The last wait that was shown.
    pub(crate) shown_wait: Option<Instant>,
    pub(crate) started: Option<Instant>,
    pub(crate) delivered: Delivered,
    /// Stopping: nothing goes out any more, and by when all must be over.
    deadline: Option<Instant>,
}

impl<'a, J: Journal> Dispatcher<'a, J> {
    fn new(
        plan: &'a Plan,
        journal: Arc<J>,
        observe: &'a mut (dyn FnMut(Event<'_>) + Send),
        lanes: Vec<Lane>,
        places: Vec<(usize, usize)>,
        asks: mpsc::Sender<Ask>,
        stopping: watch::Sender<bool>,
    ) -> Self {
        let mut seed = [0; 8];
        // Without randomness the jitter is the same each time, which is harmless.
        let _ = getrandom::fill(&mut seed);
        Self {
            schedule: Schedule::new(plan.retry, plan.max_failures, u64::from_le_bytes(seed)),
            ready: VecDeque::new(),
            ready_octets: 0,
            working: 0,
            asked: false,
            exhausted: false,
            shown_wait: None,
            started: None,
            delivered: Delivered::default(),
            deadline: None,
            plan,
            journal,
            observe,
            lanes,
            places,
            asks,
            stopping,
        }
    }

    pub(crate) fn stopping(&self) -> bool {
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
        self.has_all() && self.ready.is_empty() && self.working == 0 && self.schedule.waiting().is_none()
    }

    /// Whether everybody's letter was handed out or waits for another attempt.
    pub(crate) fn has_all(&self) -> bool {
        self.exhausted && !self.asked
    }

    fn seats(&self) -> usize {
        self.places.len()
    }

    /// Keeps a few letters ready for each session.
    async fn ask(&mut self, now: Instant) {
        let block = self.seats() * BLOCK_PER_SESSION;
        if self.asked || self.stopping() || self.ready.len() > block / 2 || self.ready_octets > AHEAD_OCTETS {
            return;
        }
        let due = self.schedule.due(now, block);
        let ask = if !due.is_empty() {
            Ask::Again(due)
        } else if !self.exhausted {
            Ask::Letters(block)
        } else {
            return;
        };
        self.exhausted = false;
        self.asked = self.asks.send(ask).await.is_ok();
    }

    fn next_wake(&self, now: Instant) -> Option<Instant> {
        if self.stopping() {
            return self.deadline;
        }
        // What was due before this turn waits for something else: a report, a supply, a permit.
        let lanes = self.lanes.iter().filter_map(|lane| lane.wake(now));
        [self.schedule.next_retry(), self.next_rescue(now)]
            .into_iter()
            .flatten()
            .chain(lanes)
            .filter(|at| *at > now)
            .min()
    }

    fn woken(&mut self, now: Instant, bookings: &mut Bookings) {
        if self.deadline.is_some_and(|at| at <= now) {
            self.working = 0;
        }
        bookings.renew(&self.lanes, now);
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

    pub(crate) fn stop(&mut self, stop: Stop) {
        if self.stopping() {
            return;
        }
        (self.observe)(Event::Stopping(&stop));
        self.delivered.stop = Some(stop);
        self.stopping.send_replace(true);
        let now = Instant::now();
        self.deadline = Some(now + self.plan.drain);
        self.ready.clear();
        // What lies ready is not begun.
        for lane in &mut self.lanes {
            for seat in 0..lane.seats.len() {
                while let Some(letter) = lane.seats[seat].desk.take() {
                    lane.freed(seat, now);
                    self.working = self.working.saturating_sub(1);
                    if let Some(permit) = letter.permit {
                        lane.quota.through(permit, false);
                    }
                }
            }
        }
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
                    self.ready_octets += letters.iter().map(Letter::octets).sum::<usize>();
                    self.ready.extend(letters);
                }
            }
        }
    }

    async fn reported(&mut self, report: Report, bookings: &mut Bookings) {
        match report {
            Report::Connected { worker } => {
                let (lane, _) = self.places[worker];
                let lane = &mut self.lanes[lane];
                lane.proven = true;
                lane.failure = None;
                self.delivered.connections += 1;
                (self.observe)(Event::Connected {
                    relay: &lane.plan.name,
                });
            }
            Report::NoEnvelopeAhead { worker, said } => {
                let (lane, _) = self.places[worker];
                let lane = &mut self.lanes[lane];
                lane.joins = false;
                if said {
                    bookings.learn_envelope_only(&lane.plan);
                }
            }
            Report::Failed { error } => {
                self.working = self.working.saturating_sub(1);
                self.stop(Stop::Journal(error.to_string()));
            }
            Report::Settled {
                worker,
                settled,
                returned,
            } => {
                self.returned(worker, returned);
                let lane = self.free(worker);
                if let Some(permit) = settled.letter.permit {
                    self.lanes[lane].quota.through(permit, settled.after_content);
                }
                self.settled(lane, &settled);
            }
            Report::Unsent {
                worker,
                mut letter,
                why,
                returned,
            } => {
                self.returned(worker, returned);
                let lane = self.free(worker);
                if let Some(permit) = letter.permit.take() {
                    self.lanes[lane].quota.through(permit, false);
                }
                match why {
                    Unsent::NoSession(failure) => self.no_session(lane, letter, &failure),
                    Unsent::Relay { step, words, verdict } => {
                        self.turned_away(lane, letter, step, words, verdict).await;
                    }
                    Unsent::SessionDied(failure) => self.session_died(lane, letter, &failure).await,
                    Unsent::Untouched => self.back(letter),
                    Unsent::Stopping => {}
                }
            }
        }
    }

    /// Letters of this worker that it has not begun.
    fn returned(&mut self, worker: usize, letters: Vec<Letter>) {
        for mut letter in letters.into_iter().rev() {
            let lane = self.free(worker);
            if let Some(permit) = letter.permit.take() {
                self.lanes[lane].quota.through(permit, false);
            }
            self.back(letter);
        }
    }

    /// A letter of this worker is through; returns its lane.
    fn free(&mut self, worker: usize) -> usize {
        let (lane, seat) = self.places[worker];
        self.lanes[lane].freed(seat, Instant::now());
        self.working = self.working.saturating_sub(1);
        lane
    }

    pub(crate) fn back(&mut self, letter: Letter) {
        if !self.stopping() {
            self.ready_octets += letter.octets();
            self.ready.push_front(letter);
        }
    }

    fn finish(mut self, bookings: &mut Bookings) -> Delivered {
        for lane in &mut self.lanes {
            for seat in &lane.seats {
                seat.desk.close();
            }
            bookings.close_all(lane);
        }
        self.delivered
    }
}
