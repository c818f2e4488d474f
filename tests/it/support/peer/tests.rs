//! The bench itself: a peer that lies about what it saw would make every test above it worthless.
//!
//! The client is a bare socket, so that nothing of the program under test is needed.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::policy::{Answer, Policy, Step};
use super::script::Script;
use super::{Ended, Peer};

fn connect(peer: &Peer) -> TcpStream {
    TcpStream::connect(("127.0.0.1", peer.port())).expect("the peer listens")
}

/// Says it all at once, and reads until the peer closes.
fn converse(peer: &Peer, flight: &str) -> String {
    let mut socket = connect(peer);
    socket.write_all(flight.as_bytes()).expect("the peer reads");
    read_to_end(&mut socket)
}

fn read_to_end(source: &mut impl std::io::Read) -> String {
    let mut said = Vec::new();
    source.read_to_end(&mut said).expect("the peer closes in order");
    String::from_utf8_lossy(&said).into_owned()
}

const ONE_MESSAGE: &str = "\
> 220 peer ready
< EHLO
> 250-peer
> 250 PIPELINING
repeat
< MAIL
> 250 ok
< RCPT TO:<ada@example.org>
> 250 ok
< DATA
> 354 go
< content
> 250 taken
end
";

const FLIGHT: &str = "EHLO client\r\nMAIL FROM:<x@example.org>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\n\
    Message-ID: <1@x>\r\n\r\n..dot\r\n.\r\n";

#[test]
fn a_script_is_followed_and_recorded() {
    let peer = Peer::script(ONE_MESSAGE);
    let said = converse(&peer, &format!("{FLIGHT}QUIT\r\n"));
    assert_eq!(said.lines().last(), Some("221 2.0.0 bye"));
    let log = peer.finish();
    let connection = &log.connections[0];
    assert_eq!(connection.lines().len(), 5, "{connection:?}");
    assert_eq!(connection.contents(), [b"Message-ID: <1@x>\r\n\r\n.dot\r\n"]);
    assert_eq!(connection.ended, Some(Ended::AsMeant));
}

#[test]
#[should_panic(
    expected = "line 8 of the script expects \"RCPT TO:<ADA@EXAMPLE.ORG>\", and the client said \"RSET\""
)]
fn a_client_out_of_step_is_a_failure() {
    let peer = Peer::script(ONE_MESSAGE);
    let said = converse(&peer, "EHLO client\r\nMAIL FROM:<x@example.org>\r\nRSET\r\n");
    assert!(
        said.ends_with("503 5.5.1 not in the script of this peer\r\n"),
        "{said}"
    );
    peer.finish();
}

#[test]
fn connections_have_sections_of_their_own() {
    let peer = Peer::script(
        "connection 2:\n> 421 second\nclose\nconnection *:\n> raw \"2\\x32\\060 other\\r\\n\"\nclose\n",
    );
    let said = [(); 3].map(|()| converse(&peer, ""));
    assert_eq!(
        said,
        ["22\x0060 other\r\n", "421 second\r\n", "22\x0060 other\r\n"]
    );
    assert_eq!(peer.finish().connections.len(), 3);
}

#[test]
fn a_reset_is_not_an_orderly_end() {
    let peer = Peer::script("< EHLO\nreset\n");
    let mut socket = connect(&peer);
    socket.write_all(b"EHLO client\r\n").expect("the peer reads");
    let error = socket.read(&mut [0; 1]).expect_err("a reset is an error");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[test]
fn a_split_reply_arrives_in_pieces() {
    let peer = Peer::script("split\n> 220 peer ready\nclose\n");
    let mut socket = connect(&peer);
    let mut piece = [0; 64];
    let first = socket.read(&mut piece).expect("the first piece");
    assert!(first < "220 peer ready\r\n".len(), "it came in one piece");
    read_to_end(&mut socket);
}

#[test]
fn a_pause_ends_when_the_test_says_so() {
    let peer = Peer::script("< EHLO\npause\n> 250 at last\nclose\n");
    let mut socket = connect(&peer);
    socket.write_all(b"EHLO client\r\n").expect("the peer reads");
    peer.wait_until("EHLO", |log| {
        !log.connections.is_empty() && log.connections[0].lines() == ["EHLO client"]
    });
    // Long enough for a reply that did not wait; shorter would only make the test blind.
    socket
        .set_read_timeout(Some(Duration::from_millis(200)))
        .expect("a bound");
    socket.read(&mut [0; 1]).expect_err("the peer went on by itself");
    socket.set_read_timeout(None).expect("no bound");
    peer.resume();
    assert_eq!(read_to_end(&mut socket), "250 at last\r\n");
}

#[test]
fn a_hanging_peer_ends_with_its_test() {
    let peer = Peer::script("> 220 peer\nhang\n");
    let mut socket = connect(&peer);
    let mut greeting = [0; 10];
    socket.read_exact(&mut greeting).expect("the greeting");
    drop(peer);
    assert_eq!(read_to_end(&mut socket), "");
}

#[test]
fn mistakes_in_a_script_name_their_line() {
    let mistake = |text| Script::parse(text).err().unwrap_or_default();
    assert_eq!(
        mistake("> 220 a\nshut\n"),
        "line 2: not an item of this language: shut"
    );
    assert_eq!(
        mistake("repeat\n> 250 a\nend\n"),
        "line 3: a `repeat` without a number has to begin with `< …`: end"
    );
    assert_eq!(
        mistake("repeat 2\n< MAIL\n"),
        "line 1: this `repeat` has no `end`"
    );
    assert_eq!(
        mistake("> raw \"\\q\"\n"),
        "line 1: not an item of this language: > raw \"\\q\""
    );
}

#[test]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what a test leaves undecided is as usual"
)]
fn a_policy_decides_by_recipient_and_attempt() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "nobody@example.org",
            ..
        } => Some(Answer::say("550 5.1.1 no such user")),
        Step::Rcpt { attempt: 1, .. } => Some(Answer::say("451 4.7.1 greylisted")),
        Step::Content { .. } if event.connection == 2 => Some(Answer::TakeThenClose),
        Step::Content { .. } if event.connection == 3 => Some(Answer::say("552 5.2.2 full")),
        _ => None,
    });
    let nobody = "MAIL FROM:<x@example.org>\r\nRCPT TO:<nobody@example.org>\r\nRSET\r\n";
    let flight = FLIGHT
        .split_once("\r\n")
        .map(|(_, rest)| rest)
        .unwrap_or_default();
    let data_refused = flight
        .split_once("Message-ID")
        .map(|(commands, _)| commands)
        .unwrap_or_default();
    let said = converse(
        &peer,
        &format!("EHLO c\r\n{nobody}{data_refused}{flight}QUIT\r\n"),
    );
    let codes: Vec<&str> = said.lines().skip(8).map(|line| &line[..3]).collect();
    assert_eq!(
        codes,
        [
            "250", "550", "250", "250", "451", "554", "250", "250", "354", "250", "221"
        ],
        "{said}"
    );
    assert!(converse(&peer, FLIGHT).ends_with("354 end with a lone dot\r\n"));
    let refused = converse(&peer, &format!("{FLIGHT}QUIT\r\n"));
    assert!(refused.contains("\r\n552 5.2.2 full\r\n"), "{refused}");

    let log = peer.finish();
    assert_eq!(log.recipients(), ["ada@example.org", "ada@example.org"]);
    assert_eq!(log.accepted[0].message_id, "<1@x>");
    assert_eq!(
        log.accepted
            .iter()
            .map(|message| message.told)
            .collect::<Vec<_>>(),
        [true, false]
    );
    let twice = std::panic::catch_unwind(|| log.assert_each_message_once());
    assert!(
        twice.is_err(),
        "the same Message-ID was accepted twice, and nobody minded"
    );
}

#[test]
fn starttls_and_implicit_tls_shake_hands() {
    let starttls = Policy::new(|_| None).capabilities(&["STARTTLS"]).start();
    let mut socket = connect(&starttls);
    socket.write_all(b"STARTTLS\r\n").expect("the peer reads");
    let expected = "220 peer.example ESMTP\r\n220 2.0.0 go ahead\r\n";
    let mut plain = vec![0; expected.len()];
    socket.read_exact(&mut plain).expect("the greeting and 220");
    assert_eq!(String::from_utf8_lossy(&plain), expected);
    assert!(over_tls(&starttls, socket).contains("250 STARTTLS\r\n221"));

    let implicit = Peer::script(&format!("tls\n{ONE_MESSAGE}"));
    assert!(implicit.url().starts_with("smtps://localhost:"));
    assert!(over_tls(&implicit, connect(&implicit)).ends_with("250 PIPELINING\r\n221 2.0.0 bye\r\n"));
}

fn over_tls(peer: &Peer, socket: TcpStream) -> String {
    let mut roots = RootCertStore::empty();
    let ca = CertificateDer::from_pem_slice(peer.ca_pem().as_bytes()).expect("a certificate");
    roots.add(ca).expect("an authority");
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("aws-lc-rs offers the default versions of TLS")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let session = ClientConnection::new(Arc::new(config), name).expect("a session");
    let mut tls = StreamOwned::new(session, socket);
    tls.write_all(b"EHLO client\r\nQUIT\r\n")
        .expect("the handshake, and the peer reads");
    read_to_end(&mut tls)
}
