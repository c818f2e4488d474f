//! Several sessions with one relay: how many it takes, and what becomes of them together.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::notice::{self, address};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// Whom the peer took a message for, whether it said so or not.
fn everybody(count: usize) -> Vec<String> {
    (1..=count).map(address).collect()
}

/// A relay that is restarted in the middle takes every session with it, each with a message in its hands.
#[test]
fn a_relay_that_is_restarted_stops_no_run() {
    const SESSIONS: usize = 5;
    let (contents, together) = (AtomicUsize::new(0), Barrier::new(SESSIONS));
    let peer = Peer::policy(move |event| match event.step {
        Step::Content { .. } if event.connection <= SESSIONS => {
            if contents.fetch_add(1, Ordering::SeqCst) < 40 {
                return None;
            }
            together.wait();
            Some(Answer::TakeThenReset)
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 200, "connections = 5");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(1).stderr_has("trying again in 1 s");
    let statuses = bench.statuses();
    assert_eq!(
        statuses.get("in_doubt"),
        Some(&SESSIONS),
        "one a session: {outcome}"
    );
    assert_eq!(statuses.get("accepted"), Some(&(200 - SESSIONS)));
    assert_eq!(peer.finish().recipients(), everybody(200), "each once");
}

/// One that breaks after every content does so once a session, then twice more.
#[test]
fn a_relay_that_breaks_after_every_content_is_given_up_soon() {
    const SESSIONS: usize = 4;
    let together = Barrier::new(SESSIONS);
    let peer = Peer::policy(move |event| match event.step {
        Step::Content { .. } => {
            if event.connection <= SESSIONS {
                together.wait();
            }
            Some(Answer::TakeThenReset)
        }
        _ => None,
    });
    let bench = notice::bench(&peer, 60, "connections = 4");
    let outcome = bench.run(&["send", "--yes"]);
    outcome.code(3);
    assert_eq!(
        bench.statuses().get("in_doubt"),
        Some(&(SESSIONS + 2)),
        "{outcome}"
    );
}
