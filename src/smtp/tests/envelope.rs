//! MAIL, RCPT, DATA: flights, refusals, and replies out of place.

use super::*;

/// A session with a relay that offers PIPELINING (or not) and goes on as scripted.
async fn session<F, T>(
    pipelining: bool,
    script: impl FnOnce(Peer) -> F + Send + 'static,
) -> (Session, JoinHandle<T>)
where
    F: Future<Output = T> + Send,
    T: Send + 'static,
{
    let (endpoint, peer) = relay(move |mut peer| async move {
        let keywords: &[&str] = if pipelining {
            &["relay", "PIPELINING"]
        } else {
            &["relay"]
        };
        peer.greet(keywords).await;
        script(peer).await
    })
    .await;
    (Session::open(&endpoint).await.unwrap(), peer)
}

#[tokio::test]
async fn one_recipient_is_one_segment_and_so_is_the_content() {
    let (mut session, peer) = session(true, |mut peer| async move {
        let flight = peer.segment().await;
        peer.say("250 ok\r\n250 ok\r\n354 go\r\n").await;
        let content = peer.segment().await;
        peer.say("250 2.0.0 queued\r\n").await;
        (flight, content)
    })
    .await;
    assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
    assert_eq!(session.messages(), 0);
    let reply = session
        .content(b"Subject: x\r\n\r\n.hi\r\n".as_slice().into())
        .await
        .unwrap();
    assert_eq!(reply.to_string(), "250 2.0.0 queued");
    assert!(session.is_usable() && !session.may_have_delivered());
    assert_eq!(session.messages(), 1);
    let (flight, content) = peer.await.unwrap();
    assert_eq!(
        flight,
        "MAIL FROM:<ada@example.org>\r\nRCPT TO:<bob@example.org>\r\nDATA\r\n"
    );
    assert_eq!(content, "Subject: x\r\n\r\n..hi\r\n.\r\n");
}

#[tokio::test]
async fn replies_may_be_cut_anywhere() {
    let replies = "250-ok\r\n250 ok\r\n250\r\n354 go\r\n";
    for cut in 0..=replies.len() {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(&replies[..cut]).await;
            peer.say(&replies[cut..]).await;
            peer.content().await;
            peer.say("250\r\n").await;
        })
        .await;
        assert_eq!(
            session.envelope(&to_bob()).await.unwrap(),
            ready(),
            "cut at {cut}"
        );
        assert!(
            session
                .content(b"x\r\n".as_slice().into())
                .await
                .unwrap()
                .is_positive()
        );
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn step_by_step_where_pipelining_is_not_offered_or_not_wanted() {
    for (offered, wanted) in [(false, Pipelining::Envelope), (true, Pipelining::Off)] {
        let (mut session, peer) = session(offered, |mut peer| async move {
            assert_eq!(peer.segment().await, "MAIL FROM:<ada@example.org>\r\n");
            peer.say("250\r\n").await;
            assert_eq!(peer.segment().await, "RCPT TO:<bob@example.org>\r\n");
            peer.say("250\r\n").await;
            assert_eq!(peer.segment().await, "DATA\r\n");
            peer.say("354\r\n").await;
        })
        .await;
        session.pipelining = wanted;
        assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_refused_recipient_costs_rset_and_not_the_connection() {
    for data in ["554 5.5.1 no valid recipients", "503 need RCPT"] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            let gbk = [&b"550 5.1.1 "[..], &[0xd3, 0xca, 0xcf, 0xe4], b"\r\n"].concat();
            peer.flight("250 ok\r\n").await;
            peer.say(gbk).await;
            peer.say(format!("{data}\r\n")).await;
            peer.expect("RSET").await;
            peer.say("250 ok\r\n").await;
            peer.flight("250\r\n250\r\n354\r\n").await;
        })
        .await;
        let opening = session.envelope(&to_bob()).await.unwrap();
        let unknown = Reply::new(550, Some((5, 1, 1)), "\u{90ae}\u{7bb1}");
        let expected = Opening::Refused {
            step: Step::Rcpt,
            reply: unknown.clone(),
            recipients: vec![Some(unknown)],
        };
        assert_eq!(opening, expected);
        assert!(session.is_usable());
        assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_354_without_a_recipient_gets_a_lone_dot_that_delivers_nothing() {
    for (mail, rcpt, step) in [("250", "550", Step::Rcpt), ("451", "503", Step::Mail)] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(&format!("{mail}\r\n{rcpt}\r\n354 go\r\n")).await;
            peer.expect(".").await;
            peer.say("250 queued, strangely\r\n").await;
            peer.expect("RSET").await;
            peer.say("250\r\n").await;
        })
        .await;
        let opening = session.envelope(&to_bob()).await.unwrap();
        assert_eq!(refusal(opening).0, step);
        assert!(session.is_usable());
        assert_eq!(session.messages(), 0);
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn no_dot_is_said_where_it_would_deliver_an_empty_message() {
    let (mut session, peer) = session(true, |mut peer| async move {
        peer.flight("451 no\r\n250 ok\r\n354 go\r\n").await;
        peer.rest().await
    })
    .await;
    let opening = session.envelope(&to_bob()).await.unwrap();
    assert_eq!(refusal(opening), (Step::Mail, 451, 1));
    assert!(!session.is_usable());
    session.quit().await;
    assert!(peer.await.unwrap().is_empty());
}

#[tokio::test]
async fn a_rset_that_fails_makes_the_session_unusable_and_keeps_the_refusal() {
    for answer in ["550 no\r\n", "354 no\r\n", "421 bye\r\n", "garbage\r\n", ""] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight("250\r\n550 unknown\r\n503\r\n").await;
            peer.expect("RSET").await;
            peer.say(answer).await;
        })
        .await;
        let opening = session.envelope(&to_bob()).await.unwrap();
        assert_eq!(refusal(opening), (Step::Rcpt, 550, 1));
        assert!(!session.is_usable(), "{answer:?}");
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn refusals_are_known_by_their_step() {
    for (replies, expected) in [
        ("452 full\r\n503\r\n503\r\n", (Step::Mail, 452, 1)),
        ("250\r\n450 4.7.1 later\r\n503\r\n", (Step::Rcpt, 450, 1)),
        ("250\r\n250\r\n451 later\r\n", (Step::Data, 451, 1)),
    ] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(replies).await;
            peer.expect("RSET").await;
            peer.say("250\r\n").await;
        })
        .await;
        let opening = session.envelope(&to_bob()).await.unwrap();
        assert_eq!(refusal(opening), expected);
        assert!(session.is_usable());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_421_is_a_refusal_at_any_step_and_the_end() {
    for (replies, expected) in [
        ("421 bye\r\n", (Step::Mail, 421, 0)),
        ("250\r\n421 bye\r\n", (Step::Rcpt, 421, 0)),
        ("250\r\n250\r\n421 bye\r\n", (Step::Data, 421, 1)),
        ("250\r\n250\r\n354\r\n421 bye\r\n", (Step::Data, 421, 1)),
        // The recipient's own refusal counts for more than the leave-taking behind it.
        ("250\r\n550 unknown\r\n421 bye\r\n", (Step::Rcpt, 550, 1)),
        ("250\r\n550 unknown\r\n", (Step::Rcpt, 550, 1)),
    ] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(replies).await;
        })
        .await;
        let opening = session.envelope(&to_bob()).await.unwrap();
        assert_eq!(refusal(opening), expected, "{replies:?}");
        assert!(!session.is_usable());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn replies_out_of_place_end_the_session() {
    for (replies, phase) in [
        ("354\r\n250\r\n250\r\n", Phase::Mail),
        ("250\r\n354\r\n250\r\n", Phase::Rcpt),
        ("250\r\n250\r\n250\r\n", Phase::Data),
        ("250\r\n250\r\n334\r\n", Phase::Data),
        ("250\r\n550\r\n250\r\n", Phase::Data),
        ("250\r\n250\r\n354\r\n250 extra\r\n", Phase::Data),
        ("250\r\n250\r\n354\r\n25", Phase::Data),
        ("250\r\n550\r\n503\r\n250 extra\r\n", Phase::Data),
    ] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(replies).await;
        })
        .await;
        let failure = session.envelope(&to_bob()).await.unwrap_err();
        assert_eq!(failure.phase, phase, "{replies:?}");
        assert!(matches!(failure.cause, Cause::OutOfStep(_)), "{failure}");
        assert!(!failure.may_have_been_delivered() && !session.is_usable());
        assert!(session.envelope(&to_bob()).await.is_err());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_reply_behind_the_last_message_is_never_the_next_ones() {
    let (mut session, peer) = session(true, |mut peer| async move {
        peer.flight("250\r\n250\r\n354\r\n").await;
        peer.content().await;
        peer.say("250 queued\r\n").await;
        // Whether it comes before the next flight or behind it, it shifts all replies by one.
        peer.say("250 queued twice\r\n").await;
        if peer.hear().await.starts_with("MAIL") {
            peer.say("250\r\n250\r\n354\r\n").await;
        }
    })
    .await;
    session.envelope(&to_bob()).await.unwrap();
    // The extra reply may already follow the decision, which then is in doubt.
    match session.content(b"x\r\n".as_slice().into()).await {
        Ok(reply) => {
            assert!(reply.is_positive());
            let failure = session.envelope(&to_bob()).await.unwrap_err();
            assert!(matches!(failure.cause, Cause::OutOfStep(_)), "{failure}");
        }
        Err(failure) => assert!(failure.may_have_been_delivered()),
    }
    assert!(!session.is_usable());
    drop(session);
    peer.await.unwrap();
}

#[tokio::test]
async fn losses_before_the_content_leave_nothing_in_doubt() {
    for (replies, phase) in [
        ("", Phase::Mail),
        ("250\r\n", Phase::Rcpt),
        ("250\r\n250\r\n35", Phase::Data),
    ] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(replies).await;
        })
        .await;
        let failure = session.envelope(&to_bob()).await.unwrap_err();
        assert_eq!(failure.phase, phase);
        assert!(matches!(failure.cause, Cause::Closed), "{failure}");
        assert!(!failure.may_have_been_delivered() && !session.is_usable());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_silent_relay_is_given_up_at_each_step() {
    for (replies, phase) in [
        ("", Phase::Mail),
        ("250\r\n", Phase::Rcpt),
        ("250\r\n250\r\n", Phase::Data),
    ] {
        let (mut session, peer) = session(true, move |mut peer| async move {
            peer.flight(replies).await;
            peer.rest().await
        })
        .await;
        session.timeouts.command = short();
        session.timeouts.data_start = short();
        let failure = session.envelope(&to_bob()).await.unwrap_err();
        assert_eq!(failure.phase, phase);
        assert!(matches!(failure.cause, Cause::Timeout(_)), "{failure}");
        drop(session);
        assert!(peer.await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_refused_cc_is_reported_and_the_message_goes() {
    let (mut session, peer) = session(true, |mut peer| async move {
        let flight = peer.segment().await;
        assert_eq!(flight.lines().count(), 4, "DATA waits: {flight}");
        peer.say("250\r\n250\r\n550 unknown\r\n251 moved\r\n").await;
        peer.expect("DATA").await;
        peer.say("354\r\n").await;
    })
    .await;
    let envelope = to(&["bob@example.org", "cy@example.org", "di@example.org"]);
    let expected = Opening::Ready {
        refused: vec![(1, Reply::new(550, None, "unknown"))],
    };
    assert_eq!(session.envelope(&envelope).await.unwrap(), expected);
    peer.await.unwrap();
}

#[tokio::test]
async fn a_refused_to_stops_the_message_for_all() {
    for pipelining in [true, false] {
        let (mut session, peer) = session(pipelining, move |mut peer| async move {
            peer.expect("MAIL FROM:<ada@example.org>").await;
            peer.say("250\r\n").await;
            peer.expect("RCPT TO:<bob@example.org>").await;
            peer.say("550 unknown\r\n").await;
            if pipelining {
                peer.expect("RCPT TO:<cy@example.org>").await;
                peer.say("250\r\n").await;
            }
            peer.expect("RSET").await;
            peer.say("250\r\n").await;
        })
        .await;
        let envelope = to(&["bob@example.org", "cy@example.org"]);
        let opening = session.envelope(&envelope).await.unwrap();
        let answered = if pipelining { 2 } else { 1 };
        assert_eq!(refusal(opening), (Step::Rcpt, 550, answered));
        assert!(session.is_usable());
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn what_the_relay_cannot_take_is_not_said_to_it() {
    let (mut session, peer) = session(true, |mut peer| async move { peer.rest().await }).await;
    let mut envelope = to(&["b\u{fc}b@example.org"]);
    let opening = session.envelope(&envelope).await.unwrap();
    assert!(matches!(
        opening,
        Opening::Unsuitable(Unsuitable::NeedsSmtpUtf8(_))
    ));
    envelope.to.clear();
    let opening = session.envelope(&envelope).await.unwrap();
    assert_eq!(opening, Opening::Unsuitable(Unsuitable::NoRecipient));
    assert!(session.is_usable());
    drop(session);
    assert!(peer.await.unwrap().is_empty());
}

#[tokio::test]
async fn an_envelope_that_was_dropped_half_way_makes_the_session_unusable() {
    let (heard, at_peer) = tokio::sync::oneshot::channel();
    let (mut session, peer) = session(true, |mut peer| async move {
        peer.flight("250\r\n").await;
        heard.send(()).unwrap();
        peer.rest().await
    })
    .await;
    let envelope = to_bob();
    tokio::select! {
        opening = session.envelope(&envelope) => panic!("{opening:?}"),
        heard = at_peer => heard.unwrap(),
    }
    assert!(!session.is_usable() && !session.may_have_delivered());
    assert!(session.envelope(&envelope).await.is_err());
    assert!(session.content(b"x\r\n".as_slice().into()).await.is_err());
    session.quit().await;
    assert!(peer.await.unwrap().is_empty(), "not even QUIT is said");
}
