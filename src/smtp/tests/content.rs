//! Content and the final dot: what is decided, what is unsent, what is in doubt.

use tokio::sync::oneshot;

use super::*;

/// A session that owes the relay a content, with a relay that goes on as scripted.
async fn opened<F, T>(script: impl FnOnce(Peer) -> F + Send + 'static) -> (Session, JoinHandle<T>)
where
    F: Future<Output = T> + Send,
    T: Send + 'static,
{
    let (endpoint, peer) = relay(|mut peer| async move {
        peer.greet(&["relay", "PIPELINING"]).await;
        peer.flight("250\r\n250\r\n354\r\n").await;
        script(peer).await
    })
    .await;
    let mut session = Session::open(&endpoint).await.unwrap();
    assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
    (session, peer)
}

/// The end of a session whose relay takes the whole message and then says this and closes.
async fn after_the_dot(answer: &'static [u8]) -> (Result<Reply, SessionFailure>, Session) {
    let (mut session, peer) = opened(move |mut peer| async move {
        peer.content().await;
        peer.say(answer).await;
    })
    .await;
    let decision = session.content(b"x\r\n".as_slice().into()).await;
    peer.await.unwrap();
    (decision, session)
}

#[tokio::test]
async fn only_a_complete_reply_to_the_dot_is_a_decision() {
    for (answer, code, usable) in [
        (&b"250\r\n"[..], 250, true),
        (b"250-a\r\n250 b\r\n", 250, true),
        (b"550 \xd3\xca\xcf\xe4\n", 550, true),
        (b"451 later\r\n", 451, true),
        (b"421 bye\r\n", 421, false),
        (b"250 queued\r\n421 bye\r\n", 250, false),
    ] {
        let (decision, session) = after_the_dot(answer).await;
        assert_eq!(decision.unwrap().code(), Some(code), "{answer:?}");
        assert_eq!(session.is_usable(), usable, "{answer:?}");
        assert_eq!(session.messages(), 1);
        assert!(!session.may_have_delivered());
    }
    for answer in [
        &b""[..],
        b"25",
        b"250 ok",
        b"250-ok\r\n",
        b"250-ok\r\n550 no\r\n",
        b"OK\r\n",
        b"150 hm\r\n",
        b"354 go on\r\n",
        b"250 ok\r\n250 again\r\n",
    ] {
        let (decision, session) = after_the_dot(answer).await;
        let failure = decision.unwrap_err();
        assert_eq!(failure.phase, Phase::FinalDot, "{answer:?}");
        assert!(failure.may_have_been_delivered(), "{answer:?}");
        assert!(!session.is_usable());
        assert_eq!(session.messages(), 0);
    }
}

/// The relay's leave may be missing; a reply beside it, and nobody knows which of them is the decision.
#[tokio::test]
async fn a_leave_behind_the_decision_is_no_doubt_and_a_reply_too_many_is() {
    for (answer, decides) in [
        (&b"250 ok\r\n221 bye\r\n"[..], Some(250)),
        (b"550 no\r\n221 bye\r\n", Some(550)),
        (b"250 ok\r\n", Some(250)),
        (b"250 ok\r\n421 bye\r\n", Some(250)),
        (b"250 ok\r\n503 what?\r\n", Some(250)),
        (b"250 ok\r\n250 bye\r\n", Some(250)),
        (b"421 bye\r\n", Some(421)),
        (b"250 ok\r\n250 ok\r\n221 bye\r\n", None),
        (b"250 ok\r\n550 no\r\n221 bye\r\n", None),
        (b"250 ok\r\n22", Some(250)),
        (b"250 ok\r\n???\r\n", None),
        (b"", None),
    ] {
        let (mut session, peer) = opened(move |mut peer| async move {
            peer.content().await;
            peer.expect("QUIT").await;
            peer.say(answer).await;
        })
        .await;
        let decision = session.content_and_leave(b"x\r\n".as_slice().into()).await;
        let words = answer.escape_ascii();
        match decides {
            Some(code) => assert_eq!(decision.unwrap().code(), Some(code), "{words}"),
            None => assert!(decision.unwrap_err().may_have_been_delivered(), "{words}"),
        }
        assert!(!session.is_usable(), "{words}");
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn an_endless_reply_to_the_dot_leaves_the_message_in_doubt() {
    let (mut session, peer) = opened(|mut peer| async move {
        peer.content().await;
        peer.say("250 ").await;
        while peer.stream.write_all(&[b'2'; 64 * 1024]).await.is_ok() {}
    })
    .await;
    let failure = session.content(b"x\r\n".as_slice().into()).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::ReplyTooLong), "{failure}");
    assert!(failure.may_have_been_delivered());
    drop(session);
    peer.await.unwrap();
}

#[tokio::test]
async fn silence_after_the_dot_leaves_the_message_in_doubt() {
    let (mut session, peer) = opened(|mut peer| async move {
        peer.content().await;
        peer.rest().await
    })
    .await;
    session.timeouts.final_dot = short();
    let failure = session.content(b"x\r\n".as_slice().into()).await.unwrap_err();
    assert_eq!(failure.to_string(), "end of message: no answer within 50 ms");
    assert!(failure.may_have_been_delivered() && !session.is_usable());
    session.quit().await;
    assert!(peer.await.unwrap().is_empty(), "nothing may follow the dot");
}

/// More than all buffers between the two sides hold.
fn large() -> Vec<u8> {
    b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n".repeat(160_000)
}

#[tokio::test]
async fn a_close_before_the_dot_is_provably_unsent() {
    let (mut session, peer) = opened(|mut peer| async move {
        let mut some = vec![0; 100_000];
        peer.stream.read_exact(&mut some).await.unwrap();
    })
    .await;
    let failure = session.content(large().as_slice().into()).await.unwrap_err();
    assert_eq!(failure.phase, Phase::Content);
    assert!(!failure.may_have_been_delivered() && !session.is_usable());
    peer.await.unwrap();
}

#[tokio::test]
async fn a_relay_that_stops_reading_is_given_up_and_the_message_unsent() {
    let (finished, until) = oneshot::channel::<()>();
    let (mut session, peer) = opened(|peer| async move {
        until.await.unwrap();
        drop(peer);
    })
    .await;
    session.timeouts.content = short();
    let failure = session.content(large().as_slice().into()).await.unwrap_err();
    assert_eq!(failure.phase, Phase::Content);
    assert!(matches!(failure.cause, Cause::Timeout(_)), "{failure}");
    assert!(!failure.may_have_been_delivered());
    finished.send(()).unwrap();
    peer.await.unwrap();
}

#[tokio::test]
async fn an_early_reply_ends_the_message_unsent() {
    for (answer, code) in [
        ("552-5.3.4 too\r\n552 5.3.4 big\r\n", 552),
        ("421 bye\r\n", 421),
        ("250 ok\r\n", 250),
    ] {
        let (finished, until) = oneshot::channel::<()>();
        let (mut session, peer) = opened(move |mut peer| async move {
            let mut some = vec![0; 100_000];
            peer.stream.read_exact(&mut some).await.unwrap();
            peer.say(answer).await;
            // It neither reads on nor closes: only the reply tells.
            until.await.unwrap();
        })
        .await;
        let failure = session.content(large().as_slice().into()).await.unwrap_err();
        assert_eq!(failure.phase, Phase::Content);
        assert!(matches!(failure.cause, Cause::EarlyReply(_)), "{failure}");
        assert_eq!(failure.reply().unwrap().code(), Some(code));
        assert!(!failure.may_have_been_delivered() && !session.is_usable());
        finished.send(()).unwrap();
        peer.await.unwrap();
    }
}

#[tokio::test]
async fn a_large_content_arrives_whole() {
    let (mut session, peer) = opened(|mut peer| async move {
        let content = peer.content().await;
        peer.say("250\r\n").await;
        content
    })
    .await;
    let content = large();
    assert!(
        session
            .content(content.as_slice().into())
            .await
            .unwrap()
            .is_positive()
    );
    assert!(peer.await.unwrap() == [&content[..], b".\r\n"].concat());
}

#[tokio::test]
async fn a_content_nobody_waits_for_is_not_handed_over() {
    let (mut session, peer) = opened(|mut peer| async move {
        peer.content().await;
        peer.say("250\r\n").await;
        peer.rest().await
    })
    .await;
    assert!(
        session.envelope(&to_bob()).await.is_err(),
        "the relay waits for content"
    );
    assert!(
        session
            .content(b"x\r\n".as_slice().into())
            .await
            .unwrap()
            .is_positive()
    );
    let failure = session.content(b"x\r\n".as_slice().into()).await.unwrap_err();
    assert!(!failure.may_have_been_delivered());
    session.timeouts.quit = short();
    session.quit().await;
    assert_eq!(peer.await.unwrap(), b"QUIT\r\n");
}

#[tokio::test]
async fn a_session_that_owes_a_content_closes_without_a_word() {
    let (session, peer) = opened(|mut peer| async move { peer.rest().await }).await;
    session.quit().await;
    assert!(peer.await.unwrap().is_empty(), "QUIT would be content");
}

#[tokio::test]
async fn a_content_dropped_after_the_dot_never_lends_its_reply_to_the_next() {
    let (heard, at_peer) = oneshot::channel();
    let (dropped, until) = oneshot::channel::<()>();
    let (mut session, peer) = opened(|mut peer| async move {
        peer.content().await;
        heard.send(()).unwrap();
        until.await.unwrap();
        peer.say("250 queued\r\n").await;
        peer.rest().await
    })
    .await;
    tokio::select! {
        decision = session.content(b"x\r\n".as_slice().into()) => panic!("{decision:?}"),
        heard = at_peer => heard.unwrap(),
    }
    assert!(!session.is_usable());
    assert!(session.may_have_delivered());
    dropped.send(()).unwrap();
    let failure = session.envelope(&to_bob()).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::OutOfStep(_)));
    session.quit().await;
    assert!(peer.await.unwrap().is_empty());
}

#[tokio::test]
async fn a_content_dropped_before_the_dot_is_unsent() {
    let (heard, at_peer) = oneshot::channel();
    let (mut session, peer) = opened(|mut peer| async move {
        let mut some = vec![0; 100_000];
        peer.stream.read_exact(&mut some).await.unwrap();
        heard.send(()).unwrap();
        peer
    })
    .await;
    let content = large();
    tokio::select! {
        decision = session.content(content.as_slice().into()) => panic!("{decision:?}"),
        heard = at_peer => heard.unwrap(),
    }
    assert!(!session.is_usable() && !session.may_have_delivered());
    drop(peer.await.unwrap());
}
