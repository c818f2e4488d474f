//! Reading while writing.

use tokio::net::TcpSocket;

use super::super::wire::{Heard, Wire, Written};
use super::*;

#[tokio::test]
async fn a_relay_that_reads_only_when_it_is_read_does_not_hold_up_a_flight() {
    let lines = 50_000;
    let (endpoint, peer) = relay(move |mut peer| async move {
        // All replies first: neither side's buffers hold them, nor the flight.
        for _ in 0..lines {
            peer.say("250 a reply that is long enough to fill the buffers between us\r\n")
                .await;
        }
        peer.rest().await.len()
    })
    .await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_send_buffer_size(16 * 1024).unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    let address = format!("{}:{}", endpoint.host, endpoint.port);
    let tcp = socket.connect(address.parse().unwrap()).await.unwrap();
    let mut wire = Wire::over(tcp).unwrap();
    let flight = b"RCPT TO:<somebody.with.a.long.name@example.org>\r\n".repeat(lines);
    let limit = Duration::from_secs(30);
    let written = wire.write(&[&flight], Heard::replies(lines), limit).await;
    assert_eq!(written.unwrap(), Written::Whole);
    for _ in 0..lines {
        assert_eq!(wire.reply(limit).await.unwrap().code(), Some(250));
    }
    drop(wire);
    assert_eq!(peer.await.unwrap(), flight.len());
}
