//! One connection as the peers see it: lines in, bytes out, plain or TLS.
//!
//! Replies wait until the peer would have to wait for input, as in real
//! servers that do pipelining; so a client's flight is answered in one write.
//! What arrives is put into the peer's log at once, where the test can see it.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::{ServerConnection, StreamOwned};

use super::tls::AUTHORITY;
use super::{Accepted, Received, Shared};

/// The longest a peer waits for its client, so that a forgotten one ends too.
const PATIENCE: Duration = Duration::from_secs(60);

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
    /// Between the two, and after the end.
    Gone,
}

pub(super) struct Wire {
    stream: Stream,
    /// Read, and not yet taken as a line or a content.
    input: Vec<u8>,
    /// To be written before the next wait for input.
    output: Vec<u8>,
    shared: Arc<Shared>,
    /// Which connection of the peer this is, from 1.
    pub(super) number: usize,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, shared: Arc<Shared>, number: usize) -> Self {
        stream.set_nodelay(true).ok();
        stream.set_read_timeout(Some(PATIENCE)).ok();
        stream.set_write_timeout(Some(PATIENCE)).ok();
        Self {
            stream: Stream::Plain(stream),
            input: Vec::new(),
            output: Vec::new(),
            shared,
            number,
        }
    }

    /// The next line without its end, left where it is. `None`: the client has gone.
    pub(super) fn peek_line(&mut self) -> Option<String> {
        let end = self.find(b"\n", 0)?;
        let line = self.input[..end]
            .strip_suffix(b"\r")
            .unwrap_or(&self.input[..end]);
        Some(String::from_utf8_lossy(line).into_owned())
    }

    /// The next line, taken and recorded.
    pub(super) fn line(&mut self) -> Option<String> {
        let line = self.peek_line()?;
        let end = self.find(b"\n", 0)?;
        self.input.drain(..=end);
        self.shared.record(self.number, Received::Line(line.clone()));
        Some(line)
    }

    /// A content up to its CRLF.CRLF, recorded with the dots unstuffed.
    pub(super) fn content(&mut self) -> Option<Vec<u8>> {
        // A lone dot right away is an empty content.
        while self.input.len() < 3 && self.fill() {}
        let stuffed: Vec<u8> = if self.input.starts_with(b".\r\n") {
            self.input.drain(..3);
            Vec::new()
        } else {
            let end = self.find(b"\r\n.\r\n", 0)?;
            let content = self.input.drain(..end + 5).collect::<Vec<u8>>();
            content[..end + 2].to_vec()
        };
        let content = unstuff(&stuffed);
        self.shared
            .record(self.number, Received::Content(content.clone()));
        Some(content)
    }

    /// What has arrived behind the line or content taken last, in the segment that ended it.
    pub(super) fn behind(&self) -> &[u8] {
        &self.input
    }

    /// Drops what has arrived and was not taken.
    pub(super) fn lose(&mut self) {
        self.input.clear();
    }

    /// Queues bytes for the client.
    pub(super) fn say(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    /// Queues one line for the client.
    pub(super) fn say_line(&mut self, line: &str) {
        self.say(line.as_bytes());
        self.say(b"\r\n");
    }

    /// Writes what is queued. A client that has gone is noticed by the next read.
    pub(super) fn flush(&mut self) {
        let output = std::mem::take(&mut self.output);
        self.write(&output);
    }

    /// Writes what is queued one byte at a time, each in a packet (and TLS record) of its own.
    pub(super) fn flush_by_bytes(&mut self) {
        for byte in std::mem::take(&mut self.output) {
            self.write(&[byte]);
            // Long enough for the byte to be read before the next one comes.
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Blocks until the test calls `Peer::resume`.
    pub(super) fn pause(&mut self) {
        self.flush();
        self.shared.pause();
    }

    /// Records that the peer took a message.
    pub(super) fn take(&self, message: Accepted) {
        self.shared.accept(message);
    }

    /// The server's side of a TLS handshake, now. What came in before it is dropped.
    pub(super) fn start_tls(&mut self) {
        self.flush();
        self.input.clear();
        let Stream::Plain(socket) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            return;
        };
        let session =
            ServerConnection::new(AUTHORITY.server.clone()).expect("a TLS session of the test authority");
        let mut tls = StreamOwned::new(session, socket);
        // A failed handshake is a client that left; its own words are what tests look at.
        if tls.conn.complete_io(&mut tls.sock).is_ok() {
            self.stream = Stream::Tls(Box::new(tls));
        }
    }

    /// Reads on and drops everything until the client leaves or the peer is stopped.
    pub(super) fn hang(&mut self) {
        self.flush();
        while self.fill() {
            self.input.clear();
        }
    }

    /// An orderly end: what was said arrives, then the end of the stream.
    pub(super) fn close(&mut self) {
        self.flush();
        match std::mem::replace(&mut self.stream, Stream::Gone) {
            Stream::Plain(socket) => end_orderly(&socket),
            Stream::Tls(mut tls) => {
                tls.conn.send_close_notify();
                tls.flush().ok();
                end_orderly(&tls.sock);
            }
            Stream::Gone => {}
        }
    }

    /// The connection torn down: the client gets a reset.
    pub(super) fn reset(&mut self) {
        self.flush();
        // The last handle has to go for the reset to be sent.
        self.shared.forget_socket(self.number);
        match std::mem::replace(&mut self.stream, Stream::Gone) {
            Stream::Plain(socket) => without_linger(&socket),
            Stream::Tls(tls) => without_linger(&tls.sock),
            Stream::Gone => {}
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        match &mut self.stream {
            Stream::Plain(socket) => socket.write_all(bytes).ok(),
            Stream::Tls(tls) => tls.write_all(bytes).and_then(|()| tls.flush()).ok(),
            Stream::Gone => None,
        };
    }

    /// Where the pattern begins, reading as much as that takes.
    fn find(&mut self, pattern: &[u8], mut from: usize) -> Option<usize> {
        loop {
            let found = self.input[from..]
                .windows(pattern.len())
                .position(|window| window == pattern);
            if let Some(at) = found {
                return Some(from + at);
            }
            from = (self.input.len() + 1).saturating_sub(pattern.len());
            if !self.fill() {
                return None;
            }
        }
    }

    /// Says what is queued and waits for input. False: there will be none.
    fn fill(&mut self) -> bool {
        self.flush();
        let mut buffer = [0; 16 * 1024];
        let read = match &mut self.stream {
            Stream::Plain(socket) => socket.read(&mut buffer),
            Stream::Tls(tls) => tls.read(&mut buffer),
            Stream::Gone => return false,
        };
        match read {
            Ok(count) => {
                self.input.extend_from_slice(&buffer[..count]);
                count > 0
            }
            Err(error) => error.kind() == ErrorKind::Interrupted,
        }
    }
}

/// The end of the stream, without the reset that unread input would turn it into.
fn end_orderly(socket: &TcpStream) {
    socket.shutdown(Shutdown::Write).ok();
    if socket.set_nonblocking(true).is_ok() {
        let mut unread = [0; 16 * 1024];
        let mut reader = socket;
        while matches!(reader.read(&mut unread), Ok(count) if count > 0) {}
    }
}

fn without_linger(socket: &TcpStream) {
    socket2::SockRef::from(socket)
        .set_linger(Some(Duration::ZERO))
        .ok();
}

/// Takes the first of two dots from the beginning of each line (RFC 5321 §4.5.2).
fn unstuff(stuffed: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(stuffed.len());
    for line in stuffed.split_inclusive(|&byte| byte == b'\n') {
        content.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    content
}
