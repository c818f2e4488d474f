//! Greeting, EHLO and HELO, and the ways they fail.

use std::net::SocketAddr;

use super::*;

#[tokio::test]
async fn keywords_are_heard_in_any_case_and_cut_anywhere() {
    let (endpoint, peer) = relay(|mut peer| async move {
        for byte in b"220-relay.example\r\n220 ready\r\n" {
            peer.say([*byte]).await;
        }
        peer.expect("EHLO client.example").await;
        for byte in b"250-relay\n250-size 5000\n250-Pipelining\n250 smtputf8\n" {
            peer.say([*byte]).await;
        }
        peer.expect("QUIT").await;
        peer.say("221 bye\r\n").await;
        peer.rest().await
    })
    .await;
    let session = Session::open(&endpoint).await.unwrap();
    let offered = session.capabilities();
    assert_eq!(offered.size, Some(5000));
    assert!(offered.pipelining && offered.smtp_utf8 && !offered.eight_bit_mime);
    assert!(session.is_usable() && !session.is_encrypted());
    session.quit().await;
    assert!(peer.await.unwrap().is_empty());
}

#[tokio::test]
async fn a_relay_without_ehlo_is_greeted_with_helo() {
    let (endpoint, peer) = relay(|mut peer| async move {
        peer.say("220 old\r\n").await;
        peer.expect("EHLO client.example").await;
        peer.say("502 what?\r\n").await;
        peer.expect("HELO client.example").await;
        peer.say("250\r\n").await;
    })
    .await;
    let session = Session::open(&endpoint).await.unwrap();
    assert_eq!(*session.capabilities(), Capabilities::default());
    peer.await.unwrap();
}

#[tokio::test]
async fn without_a_name_the_address_is_given() {
    let (mut endpoint, peer) = relay(|mut peer| async move {
        peer.say("220 hi\r\n").await;
        let ehlo = peer.hear().await;
        peer.say("250 hi\r\n").await;
        ehlo
    })
    .await;
    endpoint.ehlo = None;
    Session::open(&endpoint).await.unwrap();
    let ehlo = peer.await.unwrap();
    let name = ehlo.strip_prefix("EHLO ").unwrap();
    assert!(name == "[127.0.0.1]" || name.contains('.'), "{name}");
    assert!(!name.contains(' '));
}

/// The failure of opening a session with a relay that says these lines, one for each command.
async fn opening_fails(lines: &'static [&'static str]) -> SessionFailure {
    let (endpoint, peer) = relay(move |mut peer| async move {
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                peer.hear().await;
            }
            peer.say(line).await;
        }
    })
    .await;
    let failure = Session::open(&endpoint).await.unwrap_err();
    peer.await.unwrap();
    assert!(!failure.may_have_been_delivered());
    failure
}

#[tokio::test]
async fn refusals_name_their_phase() {
    for (lines, phase, code) in [
        (&["421 busy\r\n"][..], Phase::Greeting, 421),
        (&["554 5.7.1 blocked\r\n"], Phase::Greeting, 554),
        (&["354 odd\r\n"], Phase::Greeting, 354),
        (&["220 hi\r\n421 bye\r\n"], Phase::Greeting, 421),
        (&["220 hi\r\n", "421 bye\r\n"], Phase::Ehlo, 421),
        (&["220 hi\r\n", "450 later\r\n"], Phase::Ehlo, 450),
        (&["220 hi\r\n", "502 no\r\n", "550 no\r\n"], Phase::Ehlo, 550),
    ] {
        let failure = opening_fails(lines).await;
        assert_eq!(failure.phase, phase, "{lines:?}");
        assert!(matches!(failure.cause, Cause::Refused(_)), "{failure}");
        assert_eq!(failure.reply().unwrap().code(), Some(code), "{lines:?}");
    }
}

#[tokio::test]
async fn what_is_no_reply_ends_the_session() {
    for (lines, expected) in [
        (
            &["SSH-2.0-OpenSSH\r\n"][..],
            "greeting: the server on this port speaks SSH, not SMTP; its first line is \"SSH-2.0-OpenSSH\"",
        ),
        (
            &["* OK IMAP4rev1\r\n"],
            "greeting: the server on this port speaks IMAP, not SMTP; its first line is \"* OK IMAP4rev1\"",
        ),
        (&["hello\r\n"], "greeting: not an SMTP reply: \"hello\""),
        (
            &["220 hi\r\n", "250-a\r\n550 b\r\n"],
            "EHLO: not an SMTP reply: it begins with 250 and continues with 550",
        ),
        (
            &["220 hi\r\n", "250-a\r\n"],
            "EHLO: the relay closed the connection",
        ),
        (
            &["220 hi\r\n", "250 a\r\n250 b\r\n"],
            "EHLO: out of step with the relay: the relay said \"250 b\" although nothing was asked",
        ),
    ] {
        assert_eq!(opening_fails(lines).await.to_string(), expected);
    }
}

#[tokio::test]
async fn an_endless_line_is_cut_off() {
    let (endpoint, peer) = relay(|mut peer| async move {
        peer.say("220 ").await;
        // Ends when the session closes: nobody reads a gigabyte.
        let line = [b'x'; 64 * 1024];
        for written in 0_u64.. {
            if peer.stream.write_all(&line).await.is_err() {
                return written;
            }
        }
        0
    })
    .await;
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::ReplyTooLong), "{failure}");
    assert!(peer.await.unwrap() < 1024);
}

#[tokio::test]
async fn a_silent_relay_is_given_up() {
    let (mut endpoint, peer) = relay(|mut peer| async move { peer.rest().await }).await;
    endpoint.timeouts.greeting = short();
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert_eq!(failure.to_string(), "greeting: no answer within 50 ms");
    // It is asked whether it waits for TLS, and nothing else.
    assert!(peer.await.unwrap().starts_with(&[22, 3]));
}

#[tokio::test]
async fn a_relay_that_drips_is_as_late_as_a_silent_one() {
    let (mut endpoint, peer) = relay(|mut peer| async move {
        peer.say("220 ").await;
        while peer.stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    endpoint.timeouts.greeting = short();
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::Timeout(_)), "{failure}");
    peer.await.unwrap();
}

#[tokio::test]
async fn nobody_at_the_port_and_no_such_name_are_told_apart() {
    let (mut endpoint, peer) = relay(|_| async {}).await;
    peer.abort();
    let _ = peer.await;
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert_eq!(failure.phase, Phase::Connect);
    assert!(matches!(failure.cause, Cause::Io(_)));
    // A label of more than 63 characters: the resolver knows without asking anybody.
    endpoint.host = format!("{}.invalid", "x".repeat(64));
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert_eq!(failure.phase, Phase::Resolve);
    endpoint.host = "not a name".to_owned();
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::BadHost(_)));
}

/// Two addresses of one relay, the first of which takes the connection and says this.
async fn two_addresses(first: &'static str, second: &'static str) -> Result<Session, SessionFailure> {
    let (endpoint, one) = relay(move |mut peer| async move {
        peer.say(first).await;
    })
    .await;
    let (other, two) = relay(move |mut peer| async move {
        peer.say(second).await;
        if second.starts_with("220") {
            peer.hello(&["relay.example"]).await;
        }
    })
    .await;
    let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
    let addresses = vec![at(endpoint.port), at(other.port)];
    let session = Session::open_at(&endpoint, "127.0.0.1", addresses, patience()).await;
    one.await.unwrap();
    two.await.unwrap();
    session
}

#[tokio::test]
async fn addresses_are_tried_in_turn_until_one_works() {
    for first in [
        "",
        "554 no service here\r\n",
        "421 try another\r\n",
        "SSH-2.0-x\r\n",
    ] {
        assert!(two_addresses(first, "220 hi\r\n").await.is_ok(), "{first}");
    }
    let failure = two_addresses("", "554 no\r\n").await.unwrap_err();
    let words = failure.to_string();
    assert!(
        words.starts_with("greeting: the relay answered \"554 no\" (127.0.0.1:"),
        "{words}"
    );
}
