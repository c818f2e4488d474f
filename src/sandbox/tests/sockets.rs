//! Sockets: TLS, limits, stopping, and what is refused before any client comes.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::super::{Options, Sandbox, SandboxError, Tls};
use super::running::{Client, LOOPBACK, Running, envelope, jsonl, keeping};

#[tokio::test]
async fn starttls_with_the_sandbox_s_own_authority() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(keeping(folder.path())).await;
    let mut client = running.connect().await;
    client.send("EHLO x\r\nSTARTTLS\r\n").await;
    client.expect(&["220", "250", "220 2.0.0"]).await;
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let stream = running
        .connector()
        .connect(name, client.0.into_inner())
        .await
        .unwrap();
    let mut client = Client(BufReader::new(stream));
    client.send("MAIL FROM:<a@example.org>\r\n").await;
    client.expect(&["503"]).await;
    client
        .send(&format!(
            "EHLO x\r\n{}a: b\r\n.\r\nQUIT\r\n",
            envelope("ada@example.org")
        ))
        .await;
    client.expect(&["250", "250", "250", "354", "250", "221"]).await;
    client.expect_end().await;
    assert_eq!(jsonl(folder.path())[0]["tls"], true);
    running.stop().await;
}

#[tokio::test]
async fn implicit_tls() {
    let running = Running::start(Options {
        tls: Tls::Implicit,
        ..Options::default()
    })
    .await;
    let tcp = TcpStream::connect(running.address).await.unwrap();
    let name = ServerName::try_from("sandbox.localhost").unwrap();
    let mut client = Client(BufReader::new(
        running.connector().connect(name, tcp).await.unwrap(),
    ));
    client
        .send(&format!("EHLO x\r\n{}a: b\r\n.\r\n", envelope("ada@example.org")))
        .await;
    client.expect(&["220", "250", "250", "250", "354", "250"]).await;
    assert_eq!(running.stop().await.messages, 1);
}

#[tokio::test]
async fn what_is_injected_before_tls_ends_the_connection() {
    let running = Running::start(Options::default()).await;
    let mut client = running.connect().await;
    client.send("EHLO x\r\nSTARTTLS\r\nRSET\r\n").await;
    client.expect(&["220", "250", "503"]).await;
    client.expect_end().await;
    // After the 220 it is taken for TLS, which it is not.
    let mut client = running.connect().await;
    client.send("EHLO x\r\nSTARTTLS\r\n").await;
    client.expect(&["220", "250", "220 2.0.0"]).await;
    client.send("MAIL FROM:<evil@example.org>\r\n").await;
    let mut rest = Vec::new();
    // A reset is as good an end as any.
    let _ = client.0.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"250") && !rest.starts_with(b"503"), "{rest:?}");
    running.stop().await;
}

#[tokio::test]
async fn stopping_waits_for_content_on_its_way() {
    let running = Running::start(Options::default()).await;
    let mut idle = running.connect().await;
    idle.expect(&["220"]).await;
    let mut busy = running.connect().await;
    busy.send(&format!("EHLO x\r\n{}a: b\r\n", envelope("ada@example.org")))
        .await;
    busy.expect(&["220", "250", "250", "250", "354"]).await;
    let Running {
        stop,
        served,
        address,
        ..
    } = running;
    stop.send(()).unwrap();
    idle.expect(&["421 4.3.2"]).await;
    idle.expect_end().await;
    assert!(
        TcpStream::connect(address).await.is_err(),
        "it still accepts connections"
    );
    busy.send("\r\nrest\r\n.\r\n").await;
    busy.expect(&["250", "421 4.3.2"]).await;
    assert_eq!(served.await.unwrap().unwrap().messages, 1);
}

#[tokio::test]
async fn one_connection_too_many() {
    let running = Running::start(Options {
        max_connections: 1,
        ..Options::default()
    })
    .await;
    let mut first = running.connect().await;
    first.expect(&["220"]).await;
    let mut second = running.connect().await;
    second.expect(&["421 4.3.2"]).await;
    second.expect_end().await;
    first.send("NOOP\r\n").await;
    first.expect(&["250"]).await;
    assert_eq!(running.stop().await.connections, 1);
}

#[tokio::test]
async fn a_silent_client_is_cut_off() {
    let options = Options {
        idle_timeout: Duration::from_millis(20),
        ..Options::default()
    };
    let running = Running::start(options).await;
    let mut client = running.connect().await;
    client.expect(&["220", "421 4.4.2"]).await;
    client.expect_end().await;
    running.stop().await;
}

#[tokio::test]
async fn refusals_before_it_runs() {
    let remote: SocketAddr = "0.0.0.0:0".parse().unwrap();
    let refused = Sandbox::bind(remote, Options::default()).await;
    assert!(matches!(refused, Err(SandboxError::Exposed(address)) if address == remote));
    let name = Options {
        name: "a\r\n220 b".to_owned(),
        ..Options::default()
    };
    assert!(matches!(
        Sandbox::bind(LOOPBACK, name).await,
        Err(SandboxError::Name(_))
    ));
    let taken = Sandbox::bind(LOOPBACK, Options::default()).await.unwrap();
    let again = Sandbox::bind(taken.local_addr(), Options::default()).await;
    assert!(matches!(again, Err(SandboxError::Listen { .. })), "{again:?}");
    let file = tempfile::NamedTempFile::new().unwrap();
    let output = Sandbox::bind(LOOPBACK, keeping(file.path())).await;
    assert!(matches!(output, Err(SandboxError::Output { .. })), "{output:?}");
}
