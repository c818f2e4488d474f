//! Several sessions and several relays.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

#[tokio::test(start_paused = true)]
async fn what_lies_ready_at_a_session_that_does_not_get_on_goes_over_a_free_one() {
    let (open, gate) = watch::channel(false);
    let held = AtomicBool::new(false);
    let mut bench = bench(8, move |heard| {
        let first = heard.connection == 2 && heard.is("content") && !held.swap(true, Ordering::Relaxed);
        first.then(|| Answer::After(gate.clone(), "250 2.0.0 taken"))
    })
    .await;
    bench.plan.relays[0].connections = 2;
    bench.plan.relays[0].endpoint.pipelining = Pipelining::Full { proven: true };
    let mut run = bench.start();
    run.relay
        .until(|heard| heard.connection == 2 && heard.is("content"))
        .await;
    // The held content and the envelope behind it stay where they are; of the eight one more lies
    // ready there.
    for settled in 1..=6 {
        if settled == 6 {
            pass(Duration::from_secs(2)).await;
        }
        run.until(|seen| matches!(seen, Seen::Settled(..)).then_some(()))
            .await;
    }
    open.send_replace(true);
    let (ended, _) = run.end().await;
    assert_eq!(ended.journal.count("accepted"), 8);
    assert_eq!(ended.relay.count("content"), 8, "nobody is sent to twice");
    assert_eq!(ended.delivered.connections, 2);
}

#[tokio::test(start_paused = true)]
async fn another_relay_takes_over_from_one_that_refuses_everybody() {
    let second = Relay::start(Arc::new(|_: &Heard| None)).await;
    let mut bench = bench(4, |heard| {
        heard.is("connect").then_some(Answer::SayAndClose("554 5.7.1 no"))
    })
    .await;
    let mut other = bench.plan.relays[0].clone();
    other.name = "spare".into();
    other.endpoint.port = second.port;
    bench.plan.relays.push(other);
    let (ended, settled) = bench.start().end().await;
    assert!(ended.delivered.stop.is_none(), "{:?}", ended.delivered.stop);
    assert_eq!(settled.len(), 4);
    assert_eq!(second.count("content"), 4);
}

#[tokio::test(start_paused = true)]
async fn when_all_relays_refuse_the_last_one_is_named() {
    let refuse = |heard: &Heard| heard.is("connect").then_some(Answer::SayAndClose("554 5.7.1 no"));
    let second = Relay::start(Arc::new(refuse)).await;
    let mut bench = bench(4, refuse).await;
    let mut other = bench.plan.relays[0].clone();
    other.name = "spare".into();
    other.endpoint.port = second.port;
    bench.plan.relays.push(other);
    let (ended, _) = bench.start().end().await;
    let Some(Stop::RelayRefused(failure)) = &ended.delivered.stop else {
        panic!("{:?}", ended.delivered.stop);
    };
    let named = failure.relay.as_deref().unwrap();
    assert!(["school", "spare"].contains(&named), "{named}");
    assert_eq!(
        failure.to_string(),
        format!("`{named}`: greeting: the relay answered \"554 5.7.1 no\"")
    );
    assert_eq!(ended.journal.count("pending"), 4);
}

/// Two relays: what the first says to its contents, and how many got what.
async fn beside_a_good_one(count: usize, words: &'static str) -> (Ended, usize) {
    let good = Relay::start(Arc::new(|_: &Heard| None)).await;
    let mut bench = bench(count, move |heard| {
        heard.is("content").then_some(Answer::Say(words))
    })
    .await;
    let mut other = bench.plan.relays[0].clone();
    other.name = "good".into();
    other.endpoint.port = good.port;
    bench.plan.relays.push(other);
    let (ended, _) = bench.start().end().await;
    (ended, good.count("content"))
}

#[tokio::test(start_paused = true)]
async fn what_one_relay_refuses_is_offered_to_the_other() {
    for words in [
        "554 5.7.1 looks like spam",
        "552 5.3.4 too large",
        "550 no",
        "550 relay not permitted",
    ] {
        let (ended, good) = beside_a_good_one(40, words).await;
        assert!(ended.delivered.stop.is_none(), "{words}");
        assert_eq!((ended.journal.count("accepted"), good), (40, 40), "{words}");
        assert!(ended.relay.count("content") <= 10, "{words}");
    }
}
