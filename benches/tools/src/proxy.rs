//! A long line: a TCP port that leads to another one, with a delay each way, the order kept, no
//! limit of bandwidth and no loss.
//!
//! Only data is delayed: the handshake of TCP is that of loopback, for every client. Threads
//! that sleep, because tokio's timer counts in milliseconds and would make the line longer than
//! it says.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::Result;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The port of 127.0.0.1 it leads to.
    #[arg(long)]
    to: u16,
    /// Milliseconds each way.
    #[arg(long)]
    delay: u64,
}

/// What was read, and when it is to arrive.
type Parcel = (Instant, Vec<u8>);

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("{}", json!({"port": listener.local_addr()?.port()}));
    let (to, delay) = (arguments.to, Duration::from_millis(arguments.delay));
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            // A server that does not answer shows as a closed connection.
            let _ = connect(client, to, delay);
        }
    });
    super::until_stdin_closes(|| {})
}

fn connect(client: TcpStream, to: u16, delay: Duration) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", to))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    lead(client.try_clone()?, server.try_clone()?, delay);
    lead(server, client, delay);
    Ok(())
}

/// One direction: a thread that reads, and one that waits and writes.
fn lead(from: TcpStream, to: TcpStream, delay: Duration) {
    let (sender, receiver) = channel();
    thread::spawn(move || read(from, &sender, delay));
    thread::spawn(move || write(to, &receiver));
}

fn read(mut from: TcpStream, parcels: &Sender<Parcel>, delay: Duration) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        // An empty parcel is the end, which takes as long as everything else.
        let count = from.read(&mut buffer).unwrap_or(0);
        let parcel = buffer.get(..count).unwrap_or_default().to_vec();
        if parcels.send((Instant::now() + delay, parcel)).is_err() || count == 0 {
            return;
        }
    }
}

fn write(mut to: TcpStream, parcels: &Receiver<Parcel>) {
    for (due, parcel) in parcels {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if parcel.is_empty() || to.write_all(&parcel).is_err() {
            // Gone already: then there is nothing to close.
            let _ = to.shutdown(Shutdown::Write);
            return;
        }
    }
}
