//! Sessions against scripted relays on loopback: each test writes both halves of a conversation.
//!
//! A [`Peer`] says and expects bytes exactly; its half is a task whose panics fail the test, so
//! a command that is missing, changed or out of order is seen from the relay's side too. Nothing
//! sleeps: the few tests about waiting give the session a short limit and a relay that is silent.

mod ahead;
mod content;
mod envelope;
mod hostile;
mod login;
mod opening;
mod tls;
mod wire;

use std::future::Future;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::*;

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// The relay's half of a conversation.
struct Peer {
    stream: BufReader<Box<dyn Duplex>>,
}

impl Peer {
    fn over(stream: impl Duplex + 'static) -> Peer {
        Peer {
            stream: BufReader::with_capacity(256 * 1024, Box::new(stream)),
        }
    }

    /// Bytes to the session; whether it is still there to read them is its own business.
    async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref()).await;
        let _ = self.stream.flush().await;
    }

    /// The next line without its CRLF; empty at the end.
    async fn hear(&mut self) -> String {
        let mut line = String::new();
        let _ = self.stream.read_line(&mut line).await;
        line.trim_end_matches("\r\n").to_owned()
    }

    async fn expect(&mut self, command: &str) {
        assert_eq!(self.hear().await, command);
    }

    /// What is there at once, without waiting for more behind it: one write of the session.
    async fn segment(&mut self) -> String {
        let segment = self.stream.fill_buf().await.unwrap().to_vec();
        self.stream.consume(segment.len());
        String::from_utf8(segment).unwrap()
    }

    /// Everything up to and with the final dot.
    async fn content(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        while !all.ends_with(b"\r\n.\r\n") {
            let read = self.stream.read_until(b'\n', &mut all).await.unwrap();
            assert_ne!(read, 0, "the content ends without a dot");
        }
        all
    }

    /// Everything until the session closes, however it closes.
    async fn rest(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        let _ = self.stream.read_to_end(&mut all).await;
        all
    }

    /// Greeting and EHLO, with these keywords.
    async fn greet(&mut self, keywords: &[&str]) {
        self.say("220 relay.example ESMTP\r\n").await;
        self.hello(keywords).await;
    }

    async fn hello(&mut self, keywords: &[&str]) {
        self.expect("EHLO client.example").await;
        for keyword in keywords {
            self.say(format!("250-{keyword}\r\n")).await;
        }
        self.say("250 HELP\r\n").await;
    }

    /// MAIL, RCPT and DATA as one flight, and these replies to it.
    async fn flight(&mut self, replies: &str) {
        self.expect("MAIL FROM:<ada@example.org>").await;
        self.expect("RCPT TO:<bob@example.org>").await;
        self.expect("DATA").await;
        self.say(replies).await;
    }
}

/// A relay that takes one connection and follows the script.
async fn relay<F, T>(script: impl FnOnce(Peer) -> F + Send + 'static) -> (Endpoint, JoinHandle<T>)
where
    F: Future<Output = T> + Send,
    T: Send + 'static,
{
    let socket = TcpSocket::new_v4().unwrap();
    // Small, so that a relay which does not read soon holds up a large content.
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    serve(socket.listen(1).unwrap(), script)
}

fn serve<F, T>(
    listener: TcpListener,
    script: impl FnOnce(Peer) -> F + Send + 'static,
) -> (Endpoint, JoinHandle<T>)
where
    F: Future<Output = T> + Send,
    T: Send + 'static,
{
    let port = listener.local_addr().unwrap().port();
    let half = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        timeout(patience(), script(Peer::over(stream))).await.unwrap()
    });
    let endpoint = Endpoint {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plaintext,
        tls: None,
        ehlo: Some("client.example".to_owned()),
        login: None,
        timeouts: Timeouts {
            connect: patience(),
            greeting: patience(),
            command: patience(),
            data_start: patience(),
            content: patience(),
            final_dot: patience(),
            quit: patience(),
        },
        pipelining: Pipelining::Envelope,
        flights_proven: false,
        name: "relay".into(),
        remembered: Remembered::default(),
    };
    (endpoint, half)
}

/// The end of a test in which both sides wait for each other.
fn patience() -> Duration {
    Duration::from_secs(20)
}

fn short() -> Duration {
    Duration::from_millis(50)
}

fn to(recipients: &[&str]) -> Envelope {
    Envelope {
        from: Some("ada@example.org".parse().unwrap()),
        to: recipients.iter().map(|a| a.parse().unwrap()).collect(),
        size: 100,
        eight_bit: false,
        utf8_header: false,
        reports: None,
    }
}

fn to_bob() -> Envelope {
    to(&["bob@example.org"])
}

fn ready() -> Opening {
    Opening::Ready { refused: Vec::new() }
}

/// Step, code and number of answered recipients of a refusal.
fn refusal(opening: Opening) -> (Step, u16, usize) {
    match opening {
        Opening::Refused {
            step,
            reply,
            recipients,
        } => (step, reply.code().unwrap(), recipients.iter().flatten().count()),
        other @ (Opening::Ready { .. } | Opening::Unsuitable(_)) => panic!("{other:?}"),
    }
}
