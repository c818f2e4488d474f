//! A tap between the program and a server of another hand: what goes over the line, as it goes.
//!
//! It passes octets on as they come and keeps what the client sent, a read at a time. On
//! loopback a write of the client is one read here, unless it is very large.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// A port that leads to another one. Its threads end with their connections.
pub(crate) struct Tap {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Tap {
    /// To the plaintext server that `url` names, as in a relay's `server`.
    pub(crate) fn before(url: &str) -> Self {
        let server = url.rsplit('/').next().unwrap_or_default().to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port of 127.0.0.1");
        let address = listener.local_addr().expect("the address just bound");
        let heard = Arc::default();
        let keep = Arc::clone(&heard);
        std::thread::spawn(move || {
            for client in listener.incoming().filter_map(Result::ok) {
                let Ok(server) = TcpStream::connect(&server) else {
                    continue;
                };
                for socket in [&client, &server] {
                    socket.set_nodelay(true).ok();
                }
                let (Ok(back), Ok(to)) = (server.try_clone(), client.try_clone()) else {
                    continue;
                };
                let keep = Arc::clone(&keep);
                std::thread::spawn(move || pass(client, server, Some(&keep)));
                std::thread::spawn(move || pass(back, to, None));
            }
        });
        Self { address, heard }
    }

    /// `server = "…"` of a relay.
    pub(crate) fn url(&self) -> String {
        format!("smtp+plain://{}", self.address)
    }

    /// How many of the client's writes had these octets in them.
    pub(crate) fn with(&self, octets: &[u8]) -> usize {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let has = |write: &&Vec<u8>| write.windows(octets.len()).any(|window| window == octets);
        heard.iter().filter(has).count()
    }
}

/// One direction, to its end.
fn pass(mut from: TcpStream, mut to: TcpStream, keep: Option<&Mutex<Vec<Vec<u8>>>>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if let Some(keep) = keep {
            let mut kept = keep.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push(buffer[..count].to_vec());
        }
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Write).ok();
}
