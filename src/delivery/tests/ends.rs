//! How a run ends before every recipient was tried.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use secrecy::SecretString;

use crate::smtp::Login;

use super::*;

#[tokio::test(start_paused = true)]
async fn the_same_refusal_of_every_content_stops_the_run_at_the_fifth() {
    let bench = bench(9, |heard| {
        heard
            .is("content")
            .then_some(Answer::Say("554 5.7.1 looks like spam"))
    });
    let (ended, settled) = bench.await.start().end().await;
    let Some(Stop::EveryContentRefused(reply)) = &ended.delivered.stop else {
        panic!("{:?}", ended.delivered.stop);
    };
    assert_eq!(reply.shown(), "554 5.7.1 looks like spam");
    assert_eq!((settled.len(), ended.relay.count("content")), (0, 5));
    assert_eq!(ended.journal.count("pending"), 9, "it is nobody's fault");
}

/// `accepted` recipients are accepted, then all are refused, at this command with these words.
async fn after_acceptances(accepted: usize, count: usize, at: &'static str, words: &'static str) -> Ended {
    let taken = AtomicUsize::new(0);
    let bench = bench(count, move |heard| {
        if heard.is("content") && taken.load(Ordering::Relaxed) < accepted {
            taken.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        let full = taken.load(Ordering::Relaxed) >= accepted;
        (full && heard.is(at)).then_some(Answer::Say(words))
    });
    bench.await.start().end().await.0
}

#[tokio::test(start_paused = true)]
async fn ten_refused_alike_stop_the_relay_whoever_was_accepted_and_stay_pending() {
    for at in ["RCPT", "content"] {
        let ended = after_acceptances(5, 40, at, "550 we had quite enough of you").await;
        assert!(matches!(ended.delivered.stop, Some(Stop::EveryContentRefused(_))));
        assert_eq!(
            (ended.journal.count("accepted"), ended.journal.count("pending")),
            (5, 35)
        );
        assert_eq!(ended.relay.count(at), 15, "{at}");
    }
}

#[tokio::test(start_paused = true)]
async fn unknown_users_in_a_row_are_each_rejected() {
    let ended = after_acceptances(2, 40, "RCPT", "550 5.1.1 no such user").await;
    assert!(ended.delivered.stop.is_none());
    assert_eq!(ended.journal.count("rejected"), 38);
}

#[tokio::test(start_paused = true)]
async fn a_few_refused_alike_are_rejected_once_others_are_accepted() {
    let bench = bench(9, |heard| {
        let refused = ["p2@", "p3@", "p4@"]
            .iter()
            .any(|to| heard.is(&format!("RCPT TO:<{to}")));
        refused.then_some(Answer::Say("550 not this one"))
    });
    let (ended, settled) = bench.await.start().end().await;
    assert!(ended.delivered.stop.is_none());
    assert_eq!((settled.len(), ended.journal.count("rejected")), (9, 3));
}

#[tokio::test(start_paused = true)]
async fn a_short_list_that_is_refused_alike_as_a_whole_stays_pending() {
    let bench = bench(3, |heard| heard.is("RCPT").then_some(Answer::Say("550 no")));
    let (ended, _) = bench.await.start().end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::EveryContentRefused(_))));
    assert_eq!(ended.journal.count("pending"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_login_that_is_missed_at_rcpt_stops_the_run_at_the_first() {
    let bench = bench(9, |heard| {
        heard
            .is("RCPT")
            .then_some(Answer::Say("530 SMTP authentication is required."))
    });
    let (ended, _) = bench.await.start().end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::RelayRefused(_))));
    assert_eq!(
        (ended.journal.count("pending"), ended.relay.count("RCPT")),
        (9, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_relay_that_refuses_some_and_takes_others_rejects_nobody() {
    let bench = bench(9, |heard| {
        let foreign = heard.is("RCPT") && ["p2@", "p4@", "p6@"].iter().any(|to| heard.is(to));
        foreign.then_some(Answer::Say("550 relay not permitted"))
    });
    let (ended, _) = bench.await.start().end_in_time().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::RelayLost(_))));
    assert_eq!(
        (ended.journal.count("accepted"), ended.journal.count("pending")),
        (6, 3)
    );
}

#[tokio::test(start_paused = true)]
async fn a_sender_refused_behind_the_dot_stops_the_run_at_the_first() {
    let bench = bench(6, |heard| {
        heard
            .is("content")
            .then_some(Answer::Say("554 5.2.252 SendAsDenied; not allowed to send as"))
    });
    let (ended, _) = bench.await.start().end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::RelayRefused(_))));
    assert_eq!(
        (ended.journal.count("pending"), ended.relay.count("content")),
        (6, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_relay_that_refuses_contents_for_now_is_asked_less_and_less_and_given_up() {
    let mut run = bench(6, |heard| {
        heard
            .is("content")
            .then_some(Answer::Say("452 4.3.1 Insufficient system storage"))
    })
    .await
    .start();
    let mut waits = Vec::new();
    for _ in 0..7 {
        let wait = run
            .until(|seen| {
                if let Seen::RelayDown(wait) = seen {
                    *wait
                } else {
                    None
                }
            })
            .await;
        waits.push(wait.as_secs());
        pass(wait).await;
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60]);
    let (ended, _) = run.end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::RelayLost(_))));
    assert_eq!(ended.relay.count("content"), 8);
}

#[tokio::test(start_paused = true)]
async fn one_recipients_own_trouble_is_not_the_relays() {
    let mut bench = bench(3, |heard| {
        heard
            .is("RCPT TO:<p3@")
            .then_some(Answer::Say("452 4.3.2 slow down a little"))
    })
    .await;
    bench.plan.retry.attempts = 1;
    let (ended, _) = bench.start().end_in_time().await;
    assert!(ended.delivered.stop.is_none(), "{:?}", ended.delivered.stop);
    assert_eq!(
        (ended.journal.count("accepted"), ended.journal.count("deferred")),
        (2, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_closed_after_some_messages_is_replaced_at_once() {
    for end in ["421 4.7.0 too many messages on this connection", "421 4.3.2 bye"] {
        let taken = Mutex::new(Vec::<usize>::new());
        let mut bench = bench(12, move |heard| {
            let mut taken = taken.lock().unwrap();
            if heard.is("content") {
                taken.push(heard.connection);
            }
            let of_this = taken.iter().filter(|number| **number == heard.connection).count();
            (heard.is("MAIL") && of_this >= 3).then_some(Answer::SayAndClose(end))
        })
        .await;
        bench.plan.retry.attempts = 1;
        let (ended, _) = bench.start().end().await;
        assert!(ended.delivered.stop.is_none());
        assert_eq!(ended.journal.count("accepted"), 12, "{end}");
        assert_eq!(ended.delivered.connections, 4, "{end}");
    }
}

#[tokio::test(start_paused = true)]
async fn max_failures_stop_the_run_and_not_one_message_later() {
    let mut bench = bench(9, |heard| {
        heard.is("RCPT").then_some(Answer::Say("550 5.1.1 who?"))
    })
    .await;
    bench.plan.max_failures = Some(2);
    bench.plan.relays[0].connections = 3;
    let (ended, _) = bench.start().end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::TooManyFailures(2))));
    assert_eq!(ended.journal.count("rejected"), 2);
}

/// The first content is refused in words that may mean everybody, so it is held back; then nobody
/// is known, and nothing more may be refused.
#[tokio::test(start_paused = true)]
async fn max_failures_count_those_who_are_held_back() {
    let asked = AtomicBool::new(false);
    let mut bench = bench(9, move |heard| {
        if heard.is("content") {
            return Some(Answer::Say("554 5.6.0 no"));
        }
        (heard.is("RCPT") && asked.swap(true, Ordering::Relaxed)).then_some(Answer::Say("550 5.1.1 who?"))
    })
    .await;
    bench.plan.max_failures = Some(2);
    let (ended, _) = bench.start().end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::TooManyFailures(2))));
    assert_eq!(ended.journal.count("rejected"), 2);
}

#[tokio::test(start_paused = true)]
async fn three_in_doubt_in_a_row_stop_the_run() {
    let bench = bench(9, |heard| {
        heard.is("content").then_some(Answer::SayAndClose("what?"))
    });
    let (ended, _) = bench.await.start().end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::RelayLost(_))));
    assert_eq!(
        (ended.journal.count("in_doubt"), ended.journal.count("pending")),
        (3, 6)
    );
}

#[tokio::test(start_paused = true)]
async fn a_relay_that_refuses_the_sender_stops_the_run_at_once() {
    let bench = bench(3, |heard| {
        heard.is("MAIL").then_some(Answer::Say("550 5.7.1 not you"))
    });
    let (ended, _) = bench.await.start().end().await;
    let Some(Stop::RelayRefused(failure)) = &ended.delivered.stop else {
        panic!("{:?}", ended.delivered.stop);
    };
    assert_eq!(
        failure.to_string(),
        "the relay refuses the sender: 550 5.7.1 not you"
    );
    assert_eq!(ended.journal.count("pending"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_drain_finishes_what_is_in_flight_and_begins_nothing() {
    let (open, gate) = watch::channel(false);
    let mut run = bench(9, move |heard| {
        let taken = || Answer::After(gate.clone(), "250 2.0.0 taken");
        heard.is("content").then(taken)
    })
    .await
    .start();
    run.relay.until(|heard| heard.is("content")).await;
    run.stop.send_replace(StopRequest::Drain);
    run.until(|seen| matches!(seen, Seen::Stopping(Stop::Requested)).then_some(()))
        .await;
    open.send_replace(true);
    let (ended, _) = run.end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::Requested)));
    assert_eq!(
        (ended.journal.count("accepted"), ended.journal.count("pending")),
        (1, 8)
    );
    assert_eq!(ended.relay.count("MAIL"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_drain_that_takes_too_long_leaves_what_had_its_dot_out_in_doubt() {
    let mut run = bench(2, |heard| heard.is("content").then_some(Answer::Silence))
        .await
        .start();
    run.relay.until(|heard| heard.is("content")).await;
    run.stop.send_replace(StopRequest::Drain);
    run.until(|seen| matches!(seen, Seen::Stopping(_)).then_some(()))
        .await;
    pass(Duration::from_secs(31)).await;
    let (ended, settled) = run.end().await;
    assert!(
        settled.is_empty(),
        "no reply came, and no timeout was waited for: {settled:?}"
    );
    assert_eq!(
        (ended.journal.count("in_doubt"), ended.journal.count("pending")),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_stop_at_once_waits_for_nothing() {
    let mut run = bench(2, |heard| heard.is("content").then_some(Answer::Silence))
        .await
        .start();
    run.relay.until(|heard| heard.is("content")).await;
    run.stop.send_replace(StopRequest::Now);
    let (ended, settled) = run.end().await;
    assert!(
        settled.is_empty(),
        "no reply came, and no timeout was waited for: {settled:?}"
    );
    assert!(matches!(ended.delivered.stop, Some(Stop::Requested)));
    assert_eq!(
        (ended.journal.count("in_doubt"), ended.journal.count("pending")),
        (1, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_panics_is_an_internal_error_and_the_others_finish() {
    let (open, gate) = watch::channel(false);
    let mut bench = bench(4, move |heard| {
        let taken = || Answer::After(gate.clone(), "250 2.0.0 taken");
        heard.is("content").then(taken)
    })
    .await;
    let mut other = bench.plan.relays[0].clone();
    other.name = "broken".into();
    other.endpoint.login = Some(Login {
        user: "ada".to_owned(),
        secret: SecretString::from("hunter22"),
        mechanism: None,
    });
    let (go, wait) = blocking::channel::<()>();
    let wait = Mutex::new(wait);
    other.renew = Some(Arc::new(move || {
        let _ = wait.lock().map(|wait| wait.recv());
        panic!("a token nobody can make")
    }));
    bench.plan.relays.push(other);
    let mut run = bench.start();
    run.relay.until(|heard| heard.is("content")).await;
    go.send(()).unwrap();
    run.until(|seen| matches!(seen, Seen::Stopping(Stop::Internal(Part::Worker))).then_some(()))
        .await;
    open.send_replace(true);
    let (ended, _) = run.end().await;
    assert!(matches!(ended.delivered.stop, Some(Stop::Internal(Part::Worker))));
    assert_eq!(
        (ended.journal.count("accepted"), ended.journal.count("pending")),
        (1, 3)
    );
}

#[tokio::test(start_paused = true)]
async fn composing_that_panics_is_an_internal_error() {
    let mut bench = bench(2, |_| None).await;
    bench.compose = Box::new(|_| panic!("a template nobody can render"));
    let (ended, _) = bench.start().end().await;
    assert!(matches!(
        ended.delivered.stop,
        Some(Stop::Internal(Part::Composing))
    ));
    assert_eq!(ended.journal.count("pending"), 2);
}

#[tokio::test(start_paused = true)]
async fn nothing_leaves_that_cannot_be_recorded() {
    let full = || JournalError::Unusable(Arc::new(std::io::Error::from(std::io::ErrorKind::StorageFull)));
    for (error, internal) in [(full(), false), (JournalError::Closed, true)] {
        let bench = bench(2, |_| None).await;
        let journal = Arc::clone(&bench.journal);
        let mut bench = bench;
        let failing = Arc::clone(&journal);
        bench.compose = Box::new(move |claimed| {
            failing.fail(error.clone());
            Ok(composed(&claimed.key))
        });
        let (ended, _) = bench.start().end().await;
        match &ended.delivered.stop {
            Some(Stop::Journal(_)) => assert!(!internal),
            Some(Stop::Internal(Part::Journal)) => assert!(internal),
            other => panic!("{other:?}"),
        }
        assert_eq!(ended.relay.count("content"), 0);
        assert_eq!(journal.count("pending"), 2);
    }
}
