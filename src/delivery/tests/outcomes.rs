//! What becomes of each recipient.

use super::*;

const ADA: &str = "ada@x.test";
const BOB: &str = "bob@x.test";
const CYD: &str = "cyd@x.test";

#[tokio::test(start_paused = true)]
async fn everybody_is_accepted_over_one_connection_claimed_before_intended_before_settled() {
    for pipelining in [
        Pipelining::Off,
        Pipelining::Envelope,
        Pipelining::Full { proven: false },
    ] {
        let mut bench = Bench::new(&[ADA, BOB, CYD], |_| None).await;
        bench.plan.relays[0].endpoint.pipelining = pipelining;
        let (ended, settled) = bench.start().end().await;
        assert!(ended.delivered.stop.is_none(), "{:?}", ended.delivered.stop);
        assert_eq!((ended.delivered.messages, ended.delivered.connections), (3, 1));
        assert_eq!(ended.delivered.octets, 3 * CONTENT.len() as u64);
        assert_eq!(settled.len(), 3);
        assert_eq!(ended.relay.count("content"), 3);
        assert_eq!(ended.relay.count("QUIT"), 1);
        let entries = ended.journal.entries();
        for key in [ADA, BOB, CYD] {
            let of_key = entries.iter().filter(|entry| entry.key() == key);
            let expected = [
                Entry::Claim(key.to_owned()),
                Entry::Intent(key.to_owned()),
                Entry::Outcome(key.to_owned(), "accepted"),
            ];
            assert!(of_key.eq(&expected), "{pipelining:?}: {entries:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_recipient_costs_rset_and_not_the_connection_and_no_octet_counts() {
    let bench = Bench::new(&[ADA, BOB, CYD], |heard| {
        let refused = heard.is("RCPT TO:<bob@");
        refused.then_some(Answer::Say("550 5.1.1 no such user"))
    });
    let (ended, settled) = bench.await.start().end().await;
    let expected = [
        (ADA.to_owned(), "accepted", CONTENT.len()),
        (BOB.to_owned(), "rejected", 0),
        (CYD.to_owned(), "accepted", CONTENT.len()),
    ];
    assert_eq!(settled, expected);
    assert_eq!(ended.relay.count("RSET"), 1);
    assert_eq!(ended.delivered.connections, 1);
    assert_eq!(ended.delivered.messages, 2);
    assert_eq!(ended.journal.status(BOB), ("rejected", 1));
}

#[tokio::test(start_paused = true)]
async fn greylisting_waits_its_time_and_holds_no_connection() {
    let mut run = Bench::new(&[ADA], |heard| {
        let first = heard.is("RCPT TO:<ada@") && heard.times == 1;
        first.then_some(Answer::Say("450 4.7.1 Greylisted, come back later"))
    })
    .await
    .start();
    let wait = run.until_waiting().await;
    assert!(wait >= RetryPolicy::default().greylist, "{wait:?}");
    // A session that has nothing to do is closed long before.
    pass(Duration::from_secs(21)).await;
    run.relay.until(|heard| heard.is("closed")).await;
    pass(wait - Duration::from_secs(22)).await;
    assert_eq!(run.relay.count("RCPT"), 1, "not before its time");
    pass(Duration::from_secs(1)).await;
    let (ended, _) = run.end().await;
    assert_eq!(ended.journal.status(ADA), ("accepted", 2));
    assert_eq!(ended.delivered.connections, 2);
}

#[tokio::test(start_paused = true)]
async fn a_recipient_is_tried_again_as_often_as_the_campaign_says() {
    let mut bench = Bench::new(&[ADA], |heard| {
        heard.is("RCPT").then_some(Answer::Say("451 4.3.0 later"))
    })
    .await;
    bench.plan.retry.attempts = 3;
    let mut run = bench.start();
    for _ in 0..2 {
        let wait = run.until_waiting().await;
        pass(wait).await;
    }
    let (ended, _) = run.end().await;
    assert!(ended.delivered.stop.is_none());
    assert_eq!(ended.journal.status(ADA), ("deferred", 3));
}

#[tokio::test(start_paused = true)]
async fn a_421_puts_the_recipient_back_at_no_cost() {
    let mut bench = Bench::new(&[ADA], |heard| {
        let first = heard.is("RCPT") && heard.times == 1;
        first.then_some(Answer::SayAndClose("421 4.3.2 shutting down"))
    })
    .await;
    bench.plan.retry.attempts = 1;
    let mut run = bench.start();
    let wait = run
        .until(|seen| {
            if let Seen::RelayDown(wait) = seen {
                *wait
            } else {
                None
            }
        })
        .await;
    pass(wait).await;
    let (ended, _) = run.end().await;
    assert_eq!(ended.journal.status(ADA), ("accepted", 1));
    assert_eq!(ended.delivered.connections, 2);
}

#[tokio::test(start_paused = true)]
async fn no_reply_to_the_dot_is_in_doubt_when_its_time_is_over() {
    let mut run = Bench::new(&[ADA, BOB], |heard| {
        heard.is("content <ada@").then_some(Answer::Silence)
    })
    .await
    .start();
    run.relay.until(|heard| heard.is("content")).await;
    pass(Timeouts::default().final_dot - Duration::from_secs(1)).await;
    assert_eq!(run.journal.status(ADA), ("intent", 0), "it is waited for");
    pass(Duration::from_secs(2)).await;
    let (ended, settled) = run.end().await;
    assert_eq!(settled[0], (ADA.to_owned(), "in_doubt", CONTENT.len()));
    assert_eq!(ended.journal.status(ADA), ("in_doubt", 1));
    assert_eq!(ended.journal.status(BOB), ("accepted", 1));
    assert_eq!(ended.relay.count("content <ada@"), 1, "nobody is sent to twice");
}

#[tokio::test(start_paused = true)]
async fn a_reply_too_many_behind_the_dot_is_in_doubt() {
    let bench = Bench::new(&[ADA, BOB], |heard| {
        let twice = "250 2.0.0 taken\r\n250 2.0.0 taken again";
        heard.is("content <ada@").then_some(Answer::Say(twice))
    });
    let (ended, _) = bench.await.start().end().await;
    assert_eq!(ended.journal.status(ADA), ("in_doubt", 1));
    assert_eq!(ended.journal.status(BOB), ("accepted", 1));
    assert_eq!(ended.delivered.connections, 2, "the session is given up");
}

#[tokio::test(start_paused = true)]
async fn who_cannot_be_composed_is_invalid_and_the_others_are_sent() {
    let mut bench = Bench::new(&[ADA, BOB], |_| None).await;
    bench.compose = Box::new(|claimed| match claimed.key.as_str() {
        ADA => Err(crate::campaign::Problem::error(crate::words::Said::verbatim("the file is gone")).into()),
        key => Ok(composed(key)),
    });
    let mut run = bench.start();
    let invalid = run
        .until(|seen| {
            if let Seen::Invalid(key) = seen {
                Some(key.clone())
            } else {
                None
            }
        })
        .await;
    assert_eq!(invalid, ADA);
    let (ended, _) = run.end().await;
    assert_eq!(ended.journal.status(ADA).0, "invalid");
    assert_eq!(ended.journal.status(BOB), ("accepted", 1));
}
