//! A token endpoint (RFC 6749 §3.2) for tests: HTTP on a port of its own, with TLS or without.
//!
//! It gives its answers in turn, the last one for ever, and keeps what it was asked.
//! It ends with its test, like the other peers.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio_rustls::rustls::{ServerConnection, StreamOwned};

use super::tls::AUTHORITY;

/// The longest an endpoint waits for its client.
const PATIENCE: Duration = Duration::from_secs(30);

/// An endpoint that is up.
pub(crate) struct TokenEndpoint {
    address: SocketAddr,
    tls: bool,
    asked: Arc<Mutex<Vec<String>>>,
    stopping: Arc<AtomicBool>,
    serving: Option<JoinHandle<()>>,
}

impl TokenEndpoint {
    /// Answers with these: an HTTP status, and JSON.
    pub(crate) fn start(tls: bool, answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port of 127.0.0.1");
        let address = listener.local_addr().expect("the address just bound");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stopping = Arc::new(AtomicBool::new(false));
        let answers: Vec<_> = answers
            .iter()
            .map(|(status, json)| (*status, (*json).to_owned()))
            .collect();
        let (seen, stop) = (asked.clone(), stopping.clone());
        let serving = std::thread::spawn(move || {
            let mut turn = 0;
            while let Ok((socket, _)) = listener.accept() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                socket.set_read_timeout(Some(PATIENCE)).ok();
                let answer = &answers[turn.min(answers.len() - 1)];
                // A client that leaves has not asked.
                if let Some(form) = serve(socket, tls, answer) {
                    turn += 1;
                    seen.lock().unwrap_or_else(PoisonError::into_inner).push(form);
                }
            }
        });
        Self {
            address,
            tls,
            asked,
            stopping,
            serving: Some(serving),
        }
    }

    /// What goes into `token_url`.
    pub(crate) fn url(&self) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://localhost:{}/token", self.address.port())
    }

    /// The forms it was sent, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for TokenEndpoint {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the listener, which looks at `stopping` first.
        TcpStream::connect(self.address).ok();
        self.serving.take().map(JoinHandle::join);
    }
}

fn serve(socket: TcpStream, tls: bool, answer: &(u16, String)) -> Option<String> {
    if !tls {
        return exchange(socket, answer);
    }
    let connection = ServerConnection::new(AUTHORITY.server.clone()).ok()?;
    exchange(StreamOwned::new(connection, socket), answer)
}

/// One request and its answer.
fn exchange(stream: impl Read + Write, (status, json): &(u16, String)) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).ok()? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut form = vec![0; length];
    reader.read_exact(&mut form).ok()?;
    let mut stream = reader.into_inner();
    write!(
        stream,
        "HTTP/1.1 {status} x\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{json}",
        json.len()
    )
    .ok()?;
    stream.flush().ok()?;
    String::from_utf8(form).ok()
}
