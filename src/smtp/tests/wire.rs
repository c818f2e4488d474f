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

/// A server whose replies leave one by one waits for that before each of them but the first.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_came_is_acknowledged_before_the_rest_is_waited_for() {
    let (told, said) = tokio::sync::oneshot::channel();
    let (endpoint, peer) = relay(move |mut peer| async move {
        // So that the system takes it for a conversation, in which what is said acknowledges.
        for _ in 0..5 {
            peer.expect("NOOP").await;
            peer.say("250 ok\r\n").await;
        }
        for _ in 0..3 {
            peer.expect("NOOP").await;
        }
        peer.say("250 ok\r\n250 o").await;
        told.send(()).unwrap();
        peer.rest().await
    })
    .await;
    let address = format!("{}:{}", endpoint.host, endpoint.port);
    let mut wire = Wire::over(tokio::net::TcpStream::connect(address).await.unwrap()).unwrap();
    for _ in 0..5 {
        wire.ask("NOOP\r\n", patience()).await.unwrap();
    }
    let flight = "NOOP\r\n".repeat(3);
    let written = wire
        .write(&[flight.as_bytes()], Heard::replies(3), patience())
        .await;
    assert_eq!(written.unwrap(), Written::Whole);
    said.await.unwrap();
    wire.reply(patience()).await.unwrap();
    let waited = wire.reply(Duration::from_millis(1)).await;
    assert!(matches!(waited, Err(Cause::Timeout(_))));
    assert!(wire.stream.acknowledges());
    drop(wire);
    peer.await.unwrap();
}
