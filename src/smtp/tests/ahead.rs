//! The envelope of the next message behind the content of this one: one round trip a message.
//!
//! Whatever the relay does with the pair, this message is decided by its own reply alone, and the
//! next is either ready, refused, or provably unsent.

use super::*;

/// A session that owes a first content and may say the next envelope behind it.
async fn opened<F, T>(
    proven: bool,
    script: impl FnOnce(Peer) -> F + Send + 'static,
) -> (Session, JoinHandle<T>)
where
    F: Future<Output = T> + Send,
    T: Send + 'static,
{
    let (mut endpoint, peer) = relay(|mut peer| async move {
        peer.greet(&["relay", "PIPELINING"]).await;
        peer.flight("250\r\n250\r\n354\r\n").await;
        script(peer).await
    })
    .await;
    endpoint.pipelining = Pipelining::Full { proven };
    let mut session = Session::open(&endpoint).await.unwrap();
    assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
    (session, peer)
}

fn to_eve() -> Envelope {
    to(&["eve@example.org"])
}

const ENVELOPE_OF_EVE: [&str; 3] = ["MAIL FROM:<ada@example.org>", "RCPT TO:<eve@example.org>", "DATA"];

fn x() -> Content<'static> {
    b"x\r\n".as_slice().into()
}

impl Peer {
    /// The first content with the second envelope behind it.
    async fn joint_flight(&mut self) {
        assert_eq!(self.content().await, b"x\r\n.\r\n");
        for command in ENVELOPE_OF_EVE {
            self.expect(command).await;
        }
    }
}

/// The first message's decision and the second's opening, after a joint flight answered like this.
async fn answered(
    replies: &'static str,
) -> (
    Result<Reply, SessionFailure>,
    Option<Result<Opening, SessionFailure>>,
    Session,
) {
    let (mut session, peer) = opened(true, move |mut peer| async move {
        peer.joint_flight().await;
        peer.say(replies).await;
    })
    .await;
    let decision = session.content_and(x(), Some(&to_eve())).await;
    let opening = match &decision {
        Ok(_) if session.has_envelope_ahead() => Some(session.envelope(&to_eve()).await),
        Ok(_) | Err(_) => None,
    };
    peer.await.unwrap();
    (decision, opening, session)
}

#[tokio::test]
async fn content_and_next_envelope_are_one_segment_and_one_round_trip() {
    let (mut session, peer) = opened(false, |mut peer| async move {
        let flight = "x\r\n.\r\nMAIL FROM:<ada@example.org>\r\nRCPT TO:<eve@example.org>\r\nDATA\r\n";
        assert_eq!(peer.segment().await, flight);
        peer.say("250 first\r\n250\r\n250\r\n354\r\n").await;
        assert_eq!(peer.segment().await, "y\r\n.\r\n");
        peer.say("250 second\r\n").await;
    })
    .await;
    assert_eq!(session.takes_envelope_ahead(), None);
    let first = session.content_and(x(), Some(&to_eve())).await.unwrap();
    assert_eq!(first.text(), "first");
    assert!(session.has_envelope_ahead() && !session.is_usable());
    assert_eq!(session.envelope(&to_eve()).await.unwrap(), ready());
    assert_eq!(session.takes_envelope_ahead(), Some(true));
    let second = session.content(b"y\r\n".as_slice().into()).await.unwrap();
    assert_eq!(second.text(), "second");
    assert!(session.is_usable());
    assert_eq!(session.messages(), 2);
    peer.await.unwrap();
}

#[tokio::test]
async fn replies_to_a_joint_flight_may_be_cut_anywhere() {
    let replies = "250-one\r\n250 two\r\n250 2.1.0 ok\r\n250\r\n354 go on\r\n";
    for cut in 1..replies.len() {
        let (mut session, peer) = opened(true, move |mut peer| async move {
            peer.joint_flight().await;
            peer.say(&replies[..cut]).await;
            peer.say(&replies[cut..]).await;
            peer.rest().await
        })
        .await;
        let first = session.content_and(x(), Some(&to_eve())).await.unwrap();
        assert_eq!(first.text(), "one\ntwo", "cut at {cut}");
        assert_eq!(
            session.envelope(&to_eve()).await.unwrap(),
            ready(),
            "cut at {cut}"
        );
        drop(session);
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn the_next_message_stands_for_itself() {
    let (decision, opening, session) = answered("550 5.7.1 spam\r\n250\r\n250\r\n354\r\n").await;
    assert_eq!(decision.unwrap().code(), Some(550));
    assert_eq!(opening.unwrap().unwrap(), ready());
    assert!(session.is_usable());
}

#[tokio::test]
async fn a_refused_recipient_behind_a_content_costs_rset_alone() {
    for (data, dot) in [
        ("503 need RCPT", false),
        ("554 5.5.1 no valid recipients", false),
        ("354", true),
    ] {
        let (mut session, peer) = opened(true, move |mut peer| async move {
            peer.joint_flight().await;
            peer.say(format!("250 queued\r\n250\r\n550 5.1.1 who?\r\n{data}\r\n"))
                .await;
            if dot {
                peer.expect(".").await;
                peer.say("554 no valid recipients\r\n").await;
            }
            peer.expect("RSET").await;
            peer.say("250\r\n").await;
            peer.flight("250\r\n250\r\n354\r\n").await;
        })
        .await;
        assert!(
            session
                .content_and(x(), Some(&to_eve()))
                .await
                .unwrap()
                .is_positive()
        );
        let opening = session.envelope(&to_eve()).await.unwrap();
        assert_eq!(refusal(opening), (Step::Rcpt, 550, 1), "{data}");
        assert_eq!(session.takes_envelope_ahead(), Some(true));
        assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready(), "{data}");
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_relay_that_refuses_what_follows_the_dot_is_asked_again_without() {
    // Haraka 3.3, word for word.
    let refusal = "503 Bad sequence of commands\r\n".repeat(3);
    for proven in [false, true] {
        let refusal = refusal.clone();
        let (mut session, peer) = opened(proven, move |mut peer| async move {
            peer.joint_flight().await;
            peer.say(format!("250 Message Queued\r\n{refusal}")).await;
            peer.expect("RSET").await;
            peer.say("250\r\n").await;
            for command in ENVELOPE_OF_EVE {
                peer.expect(command).await;
            }
            peer.say("250\r\n250\r\n354\r\n").await;
            assert_eq!(
                peer.segment().await,
                "x\r\n.\r\n",
                "nothing stands behind the dot any more"
            );
            peer.say("250\r\n").await;
            peer.flight("250\r\n250\r\n354\r\n").await;
        })
        .await;
        assert!(
            session
                .content_and(x(), Some(&to_eve()))
                .await
                .unwrap()
                .is_positive()
        );
        assert_eq!(session.envelope(&to_eve()).await.unwrap(), ready());
        assert_eq!(session.takes_envelope_ahead(), Some(false));
        assert!(
            session
                .content_and(x(), Some(&to_bob()))
                .await
                .unwrap()
                .is_positive()
        );
        assert!(!session.has_envelope_ahead());
        assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_sender_refused_behind_a_content_is_a_refused_sender() {
    let (mut session, peer) = opened(false, |mut peer| async move {
        peer.joint_flight().await;
        peer.say("250\r\n550 5.7.1 not you\r\n503\r\n503\r\n").await;
        peer.expect("RSET").await;
        peer.say("250\r\n").await;
        for command in ENVELOPE_OF_EVE {
            peer.expect(command).await;
        }
        peer.say("550 5.7.1 not you\r\n503\r\n503\r\n").await;
        peer.expect("RSET").await;
        peer.say("250\r\n").await;
    })
    .await;
    assert!(
        session
            .content_and(x(), Some(&to_eve()))
            .await
            .unwrap()
            .is_positive()
    );
    let opening = session.envelope(&to_eve()).await.unwrap();
    assert_eq!(refusal(opening).0, Step::Mail);
    assert_eq!(session.takes_envelope_ahead(), None, "it may still take one");
    peer.await.unwrap();
}

#[tokio::test]
async fn a_relay_that_swallows_the_envelope_leaves_it_unsaid() {
    for taken_before in 0..2 {
        let (mut session, peer) = opened(false, move |mut peer| async move {
            for _ in 0..taken_before {
                peer.joint_flight().await;
                peer.say("250 queued\r\n250\r\n250\r\n354\r\n").await;
            }
            peer.joint_flight().await;
            peer.say("250 queued\r\n").await;
            peer.rest().await
        })
        .await;
        for _ in 0..taken_before {
            assert!(session.content_and(x(), Some(&to_eve())).await.is_ok());
            assert_eq!(session.envelope(&to_eve()).await.unwrap(), ready());
        }
        session.timeouts.command = short();
        assert!(session.content_and(x(), Some(&to_eve())).await.is_ok());
        let failure = session.envelope(&to_eve()).await.unwrap_err();
        assert!(matches!(failure.cause, Cause::Timeout(_)), "{failure}");
        assert!(!failure.may_have_been_delivered() && !session.is_usable());
        assert_eq!(session.takes_envelope_ahead(), Some(false));
        drop(session);
        assert!(peer.await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_connection_cut_at_each_point_of_a_joint_flight() {
    let whole = "250 queued\r\n250\r\n250\r\n354\r\n";
    let first = "250 queued\r\n".len();
    for cut in 0..whole.len() {
        let (decision, opening, session) = answered(&whole[..cut]).await;
        assert!(!session.is_usable(), "cut at {cut}");
        if cut < first {
            let failure = decision.unwrap_err();
            assert!(failure.may_have_been_delivered(), "cut at {cut}");
        } else {
            assert!(decision.unwrap().is_positive(), "cut at {cut}");
            let failure = opening.unwrap().unwrap_err();
            assert!(!failure.may_have_been_delivered(), "cut at {cut}");
        }
    }
}

#[tokio::test]
async fn a_farewell_at_each_point_of_a_joint_flight() {
    for (replies, step) in [
        ("250\r\n421 bye\r\n", Step::Mail),
        ("250\r\n250\r\n421 bye\r\n", Step::Rcpt),
        ("250\r\n250\r\n250\r\n421 bye\r\n", Step::Data),
        ("250\r\n250\r\n250\r\n354\r\n421 bye\r\n", Step::Data),
    ] {
        let (decision, opening, session) = answered(replies).await;
        assert!(decision.unwrap().is_positive());
        let (at, code, _) = refusal(opening.unwrap().unwrap());
        assert_eq!((at, code), (step, 421), "{replies:?}");
        assert!(!session.is_usable());
    }
    let (decision, opening, session) = answered("421 bye\r\n").await;
    assert_eq!(decision.unwrap().code(), Some(421));
    assert!(opening.is_none() && !session.is_usable());
}

#[tokio::test]
async fn replies_out_of_step_end_the_session_and_decide_nothing_more() {
    // A 354 in the place of the decision: the message is in doubt.
    for replies in ["354\r\n250\r\n250\r\n250\r\n", "hello\r\n"] {
        let (decision, opening, session) = answered(replies).await;
        assert!(decision.unwrap_err().may_have_been_delivered(), "{replies:?}");
        assert!(opening.is_none() && !session.is_usable());
    }
    for replies in [
        "250\r\n354\r\n250\r\n250\r\n",              // a 354 to MAIL
        "250\r\n250\r\n354\r\n250\r\n",              // to RCPT
        "250\r\n250\r\n250\r\n250\r\n",              // none to DATA
        "250\r\n250\r\n250\r\n250\r\n354\r\n",       // one reply too many before the 354
        "250\r\n250\r\n250\r\n354\r\n250 extra\r\n", // and behind it
        "250\r\n250\r\n250\r\n",                     // one missing
    ] {
        let (decision, opening, session) = answered(replies).await;
        assert!(decision.unwrap().is_positive(), "{replies:?}");
        let failure = opening.unwrap().unwrap_err();
        assert!(!failure.may_have_been_delivered(), "{replies:?}");
        assert!(!session.is_usable(), "{replies:?}");
    }
}

#[tokio::test]
async fn a_message_to_several_is_never_joined() {
    let both = to(&["eve@example.org", "bob@example.org"]);
    let (mut session, peer) = opened(true, |mut peer| async move {
        assert_eq!(peer.segment().await, "x\r\n.\r\n");
        peer.say("250\r\n").await;
        peer.expect("MAIL FROM:<ada@example.org>").await;
        peer.rest().await
    })
    .await;
    assert!(session.content_and(x(), Some(&both)).await.unwrap().is_positive());
    assert!(!session.has_envelope_ahead() && session.is_usable());
    session.timeouts.command = short();
    session.envelope(&both).await.unwrap_err();
    drop(session);
    peer.await.unwrap();
}

#[tokio::test]
async fn another_message_than_the_one_ahead_is_not_begun() {
    let (mut session, peer) = opened(true, |mut peer| async move {
        peer.joint_flight().await;
        peer.say("250\r\n250\r\n250\r\n354\r\n").await;
        peer.rest().await
    })
    .await;
    assert!(
        session
            .content_and(x(), Some(&to_eve()))
            .await
            .unwrap()
            .is_positive()
    );
    let failure = session.envelope(&to_bob()).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::OutOfStep(_)));
    session.quit().await;
    assert!(peer.await.unwrap().is_empty(), "QUIT would be content");
}

#[tokio::test]
async fn a_large_content_and_an_envelope_pass_a_tiny_window() {
    let line = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n";
    let shared: std::sync::Arc<[u8]> = line.repeat(20 * 16_384).into();
    let whole = shared.len();
    let (mut session, peer) = opened(true, move |mut peer| async move {
        // `relay` gave it a receive buffer of 16 kB.
        let content = peer.content().await;
        for command in ENVELOPE_OF_EVE {
            peer.expect(command).await;
        }
        peer.say("250\r\n250\r\n250\r\n354\r\n").await;
        content
    })
    .await;
    let content = Content {
        own: b"before\r\n\r\nbehind\r\n",
        shared: &[(8, std::sync::Arc::clone(&shared))],
    };
    assert!(
        session
            .content_and(content, Some(&to_eve()))
            .await
            .unwrap()
            .is_positive()
    );
    assert_eq!(session.envelope(&to_eve()).await.unwrap(), ready());
    let arrived = peer.await.unwrap();
    assert_eq!(arrived.len(), 8 + whole + 10 + 3);
    assert!(arrived.starts_with(b"before\r\n0123") && arrived.ends_with(b"abcd\r\n\r\nbehind\r\n.\r\n"));
}
