//! SMTP servers for tests, in this process, on a port of their own.
//!
//! [`Peer::script`] follows a script line by line: the bench for faults of the
//! conversation (see [`script`] for the language). [`Peer::policy`] is a whole
//! server whose single replies a closure decides: the bench for recipients,
//! retries and counts. Both record what arrives, connection by connection.
//!
//! A peer ends with its test: dropping it closes the port and every connection.
//! It asserts nothing by itself, but [`Peer::finish`] fails where a client left a script.

pub(crate) mod policy;
pub(crate) mod script;
#[cfg(test)]
mod tests;
mod tls;
pub(crate) mod token_endpoint;
mod wire;

use std::collections::{BTreeMap, HashMap};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::gate::Gate;
use policy::{Answer, Event, Policy, Step};
use script::Script;
use wire::Wire;

/// The longest a test waits for something to happen at a peer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that is up, and what it has seen so far.
pub(crate) struct Peer {
    address: SocketAddr,
    tls: bool,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

/// What a peer has seen so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    /// In the order they were opened.
    pub(crate) connections: Vec<Connection>,
    /// Messages the peer took, in the order it did. Policy peers only.
    pub(crate) accepted: Vec<Accepted>,
    /// The most connections that were open at the same time.
    pub(crate) most_at_once: usize,
}

/// One connection, from its client's greeting to its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection {
    pub(crate) received: Vec<Received>,
    pub(crate) ended: Option<Ended>,
}

/// One thing a client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// A command or an answer to a challenge, without its line end.
    Line(String),
    /// The content of a message, dots unstuffed.
    Content(Vec<u8>),
}

/// How a connection came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// After QUIT, or where script or policy meant it to end.
    AsMeant,
    /// The client left where the script still wanted something of it: its line, from 1.
    ClientLeft(usize),
    /// The client did something else than the script wanted, in words.
    OutOfStep(String),
}

/// A message a peer took responsibility for.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    /// Which connection brought it, from 1.
    pub(crate) connection: usize,
    pub(crate) recipients: Vec<String>,
    /// Its Message-ID with the angle brackets; empty where it has none.
    pub(crate) message_id: String,
    pub(crate) content: Vec<u8>,
    /// Whether its client was told so.
    pub(crate) told: bool,
}

impl Received {
    /// The line, where it is one.
    pub(crate) fn line(&self) -> Option<&str> {
        match self {
            Self::Line(line) => Some(line),
            Self::Content(_) => None,
        }
    }

    /// The content, where it is one.
    pub(crate) fn content(&self) -> Option<&[u8]> {
        match self {
            Self::Line(_) => None,
            Self::Content(content) => Some(content),
        }
    }
}

impl Connection {
    /// The lines the client sent, in order.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.received.iter().filter_map(Received::line).collect()
    }

    /// The contents the client sent, in order.
    pub(crate) fn contents(&self) -> Vec<&[u8]> {
        self.received.iter().filter_map(Received::content).collect()
    }
}

impl Peer {
    /// A peer that takes so many contents and then stands at the gate with each further one.
    pub(crate) fn holding_after(count: usize, gate: &Gate) -> Self {
        let (gate, seen) = (gate.clone(), AtomicUsize::new(0));
        Self::policy(move |event| {
            if matches!(event.step, Step::Content { .. }) && seen.fetch_add(1, Ordering::SeqCst) >= count {
                gate.pass();
            }
            None
        })
    }

    /// A peer that follows a script. Panics where the script has a mistake.
    pub(crate) fn script(text: &str) -> Self {
        let script = Script::parse(text).unwrap_or_else(|mistake| panic!("peer script: {mistake}"));
        let tls = script.begins_with_tls();
        Self::start(tls, move |wire| script.play(wire))
    }

    /// A server whose single replies the closure decides; `None` is the usual reply.
    pub(crate) fn policy(decide: impl Fn(&Event<'_>) -> Option<Answer> + Send + Sync + 'static) -> Self {
        Policy::new(decide).start()
    }

    fn start(tls: bool, serve: impl Fn(&mut Wire) -> Ended + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port of 127.0.0.1");
        let address = listener.local_addr().expect("the address just bound");
        let shared = Arc::new(Shared::default());
        let seen = shared.clone();
        let accepting = std::thread::spawn(move || accept(&listener, &seen, &Arc::new(serve)));
        Self {
            address,
            tls,
            shared,
            accepting: Some(accepting),
        }
    }

    /// The port on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What goes into `server = "…"` of a relay.
    pub(crate) fn url(&self) -> String {
        let scheme = if self.tls { "smtps" } else { "smtp+plain" };
        format!("{scheme}://localhost:{}", self.port())
    }

    /// The certificate to trust when the peer speaks TLS, for `ca_file`.
    pub(crate) fn ca_pem(&self) -> &'static str {
        &tls::AUTHORITY.ca_pem
    }

    /// What the peer has seen up to now.
    pub(crate) fn log(&self) -> Log {
        self.shared.state().log.clone()
    }

    /// Lets connections that are at `pause` go on, those that come to it later included.
    pub(crate) fn resume(&self) {
        self.shared.state().resumed = true;
        self.shared.changed.notify_all();
    }

    /// Waits until the condition holds of what the peer has seen. Panics after 30 s.
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Log) -> bool) -> Log {
        let state = self.shared.state();
        let (state, waited) = self
            .shared
            .changed
            .wait_timeout_while(state, PATIENCE, |state| !condition(&state.log))
            .unwrap_or_else(PoisonError::into_inner);
        let log = state.log.clone();
        drop(state);
        assert!(
            !waited.timed_out(),
            "the peer waited in vain for {what}; it has seen {log:#?}"
        );
        log
    }

    /// Ends the peer and hands over what it saw. Panics where a client fell out of step with the script.
    pub(crate) fn finish(mut self) -> Log {
        self.stop();
        let log = self.log();
        for (number, connection) in (1..).zip(&log.connections) {
            if let Some(Ended::OutOfStep(words)) = &connection.ended {
                panic!(
                    "connection {number}: {words}\nit had sent {:#?}",
                    connection.received
                );
            }
        }
        log
    }

    fn stop(&mut self) {
        let Some(accepting) = self.accepting.take() else {
            return;
        };
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.resume();
        // Wakes the listener, which looks at `stopping` first.
        TcpStream::connect(self.address).ok();
        accepting.join().ok();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Log {
    /// How many messages with something in them came, whatever they were answered.
    pub(crate) fn contents(&self) -> usize {
        self.connections.iter().map(|one| one.contents().len()).sum()
    }

    /// Every recipient of every accepted message, sorted; twice where it came twice.
    pub(crate) fn recipients(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self
            .accepted
            .iter()
            .flat_map(|message| &message.recipients)
            .map(String::as_str)
            .collect();
        all.sort_unstable();
        all
    }

    /// Panics where a message was accepted more than once: the promise everything else serves.
    pub(crate) fn assert_each_message_once(&self) {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for message in &self.accepted {
            assert!(
                !message.message_id.is_empty(),
                "a message to {:?} has no Message-ID",
                message.recipients
            );
            *times.entry(&message.message_id).or_default() += 1;
        }
        times.retain(|_, times| *times > 1);
        assert!(times.is_empty(), "accepted more than once: {times:?}");
    }
}

/// Between the peer, its threads and the test.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    stopping: AtomicBool,
}

#[derive(Default)]
struct State {
    log: Log,
    open: usize,
    resumed: bool,
    /// A second handle on every open socket, to end its connection from outside.
    sockets: HashMap<usize, TcpStream>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic in one connection's thread must not hide what the others saw.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn record(&self, connection: usize, received: Received) {
        self.state().log.connections[connection - 1]
            .received
            .push(received);
        self.changed.notify_all();
    }

    fn accept(&self, message: Accepted) {
        self.state().log.accepted.push(message);
        self.changed.notify_all();
    }

    fn forget_socket(&self, connection: usize) {
        self.state().sockets.remove(&connection);
    }

    /// Blocks until the test says so, or ends.
    fn pause(&self) {
        let state = self.state();
        drop(
            self.changed
                .wait_timeout_while(state, PATIENCE, |state| !state.resumed),
        );
    }

    fn opened(&self, socket: &TcpStream) -> usize {
        let mut state = self.state();
        state.log.connections.push(Connection::default());
        state.open += 1;
        state.log.most_at_once = state.log.most_at_once.max(state.open);
        let number = state.log.connections.len();
        if let Ok(handle) = socket.try_clone() {
            state.sockets.insert(number, handle);
        }
        drop(state);
        self.changed.notify_all();
        number
    }

    fn ended(&self, connection: usize, how: Ended) {
        let mut state = self.state();
        state.open -= 1;
        state.sockets.remove(&connection);
        state.log.connections[connection - 1].ended = Some(how);
        drop(state);
        self.changed.notify_all();
    }
}

/// Takes connections until the peer stops, then ends those that are open.
fn accept<S>(listener: &TcpListener, shared: &Arc<Shared>, serve: &Arc<S>)
where
    S: Fn(&mut Wire) -> Ended + Send + Sync + 'static,
{
    let mut threads = Vec::new();
    while let Ok((socket, _)) = listener.accept() {
        if shared.stopping.load(Ordering::SeqCst) {
            break;
        }
        let number = shared.opened(&socket);
        let (shared, serve) = (shared.clone(), serve.clone());
        threads.push(std::thread::spawn(move || {
            let mut wire = Wire::new(socket, shared.clone(), number);
            // A panic of a test's closure is told by `finish`; its client must not wait for it.
            let how = catch_unwind(AssertUnwindSafe(|| serve(&mut wire)))
                .unwrap_or_else(|_| Ended::OutOfStep("the policy's closure panicked".to_owned()));
            wire.close();
            shared.ended(number, how);
        }));
    }
    for socket in shared.state().sockets.values() {
        socket.shutdown(Shutdown::Both).ok();
    }
    for thread in threads {
        thread.join().ok();
    }
}
