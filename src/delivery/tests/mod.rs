//! Whole runs in this process: the real dispatcher and workers, a journal in
//! memory, a scripted relay on loopback, and a clock that only the test moves.

mod ends;
mod limits;
mod outcomes;
mod relay;
mod relays;

use std::sync::Arc;
use std::sync::mpsc as blocking;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::campaign::RetryPolicy;
use crate::message::{Content, Message};
use crate::smtp::{Endpoint, Pipelining, Remembered, Security, Timeouts};

use super::memory_journal::{Entry, MemoryJournal};
use super::*;

use relay::{Answer, Heard, Relay};

/// What every message holds.
const CONTENT: &[u8] = b"Subject: hello\r\n\r\nHello.\r\n";

/// How long, by a watch on the wall, a run may stand still. Then its clock runs by itself, every
/// timeout is over, and the test fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(120);

/// An event, kept.
#[derive(Debug)]
enum Seen {
    Connected,
    /// Key, status, octets.
    Settled(String, &'static str, usize),
    Invalid(String),
    /// The wait.
    RelayDown(Option<Duration>),
    Waiting(Duration),
    Other,
    Stopping(Stop),
}

impl From<Event<'_>> for Seen {
    fn from(event: Event<'_>) -> Self {
        match event {
            Event::Connected { .. } => Self::Connected,
            Event::Settled {
                key, outcome, octets, ..
            } => Self::Settled(key.to_owned(), outcome.status(), octets),
            Event::Invalid { key, .. } => Self::Invalid(key.to_owned()),
            Event::RelayDown { wait, .. } => Self::RelayDown(wait),
            Event::Waiting { wait, .. } => Self::Waiting(wait),
            Event::QuotaSpent { .. }
            | Event::Silent { .. }
            | Event::Capped(_)
            | Event::Copy { .. }
            | Event::Learned(_) => Self::Other,
            Event::Stopping(stop) => Self::Stopping(stop.clone()),
        }
    }
}

/// A run before it starts.
struct Bench {
    journal: Arc<MemoryJournal>,
    relay: Relay,
    plan: Plan,
    accounts: Option<Arc<dyn Accounts>>,
    compose: Compose,
    /// While this is here the clock stands still between the test's own moves: tokio lets it jump
    /// only when no blocking task runs.
    clock: blocking::Sender<()>,
}

impl Bench {
    /// A run to these recipients, over one session with a relay of this script.
    async fn new(keys: &[&str], script: impl Fn(&Heard) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let (clock, held) = blocking::channel();
        tokio::task::spawn_blocking(move || {
            let _ = held.recv_timeout(PATIENCE);
        });
        let relay = Relay::start(Arc::new(script)).await;
        let endpoint = Endpoint {
            host: "127.0.0.1".to_owned(),
            port: relay.port,
            security: Security::Plaintext,
            tls: None,
            ehlo: Some("client.test".to_owned()),
            login: None,
            timeouts: Timeouts::default(),
            pipelining: Pipelining::Envelope,
            flights_proven: false,
            name: "relay".into(),
            remembered: Remembered::default(),
        };
        let plan = Plan {
            relays: vec![RelayPlan {
                name: "school".into(),
                account: None,
                endpoint,
                renew: None,
                connections: 1,
                messages_per_connection: 100,
                rates: Vec::new(),
                weight: 1,
            }],
            retry: RetryPolicy::default(),
            max_failures: None,
            drain: Duration::from_secs(30),
            wait: false,
        };
        Self {
            journal: Arc::new(MemoryJournal::of(keys)),
            relay,
            plan,
            accounts: None,
            compose: Box::new(|claimed| Ok(composed(&claimed.key))),
            clock,
        }
    }

    fn start(self) -> Running {
        let (seen_in, seen) = mpsc::unbounded_channel();
        let (stop, stopped) = watch::channel(StopRequest::None);
        let journal = Arc::clone(&self.journal);
        let (plan, accounts, compose) = (self.plan, self.accounts, self.compose);
        let run = tokio::spawn(async move {
            let mut observe = |event: Event<'_>| {
                // How long a silence lasts is the clock's affair, and the clock is turned here.
                if !matches!(event, Event::Silent { .. }) {
                    drop(seen_in.send(Seen::from(event)));
                }
            };
            run(plan, journal, accounts, compose, &mut observe, stopped).await
        });
        Running {
            journal: self.journal,
            relay: self.relay,
            seen,
            stop,
            run,
            _clock: self.clock,
        }
    }
}

/// A run to `count` recipients, `p1@x.test` and so on.
async fn bench(count: usize, script: impl Fn(&Heard) -> Option<Answer> + Send + Sync + 'static) -> Bench {
    let keys: Vec<String> = (1..=count).map(|number| format!("p{number}@x.test")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    Bench::new(&keys, script).await
}

/// A message to one recipient.
fn composed(key: &str) -> Composed {
    Composed {
        date: 1_700_000_000,
        message: Message {
            return_path: "news@uni.example".parse().unwrap(),
            recipients: vec![key.parse().unwrap()],
            message_id: format!("<{key}>"),
            dsn: None,
            content: Content {
                own: CONTENT.to_vec(),
                shared: Vec::new(),
                digest: [7; 16],
            },
            files: Vec::new(),
        },
    }
}

/// Lets so much time pass, and the millisecond by which tokio's timers may be late.
async fn pass(time: Duration) {
    tokio::time::advance(time + Duration::from_millis(1)).await;
}

/// A run under way.
struct Running {
    journal: Arc<MemoryJournal>,
    relay: Relay,
    seen: mpsc::UnboundedReceiver<Seen>,
    stop: watch::Sender<StopRequest>,
    run: JoinHandle<Delivered>,
    _clock: blocking::Sender<()>,
}

impl Running {
    /// The next event of which this makes something.
    async fn until<T>(&mut self, fits: impl Fn(&Seen) -> Option<T>) -> T {
        loop {
            let seen = self.seen.recv().await.expect("the run goes on");
            if let Some(found) = fits(&seen) {
                return found;
            }
        }
    }

    /// How long the run waits until it tries a recipient again.
    async fn until_waiting(&mut self) -> Duration {
        self.until(|seen| {
            if let Seen::Waiting(wait) = seen {
                Some(*wait)
            } else {
                None
            }
        })
        .await
    }

    /// The same, while time goes by: a tenth of a second for each millisecond.
    async fn end_in_time(self) -> (Ended, Vec<(String, &'static str, usize)>) {
        while !self.run.is_finished() {
            std::thread::sleep(Duration::from_millis(1));
            pass(Duration::from_millis(100)).await;
        }
        self.end().await
    }

    /// The result, and the recipients' events: key, status, octets.
    async fn end(mut self) -> (Ended, Vec<(String, &'static str, usize)>) {
        let delivered = self.run.await.unwrap();
        self.journal.end();
        let mut settled = Vec::new();
        while let Ok(seen) = self.seen.try_recv() {
            if let Seen::Settled(key, status, octets) = seen {
                settled.push((key, status, octets));
            }
        }
        let ended = Ended {
            delivered,
            journal: self.journal,
            relay: self.relay,
        };
        (ended, settled)
    }
}

/// A run that is over.
struct Ended {
    delivered: Delivered,
    journal: Arc<MemoryJournal>,
    relay: Relay,
}
