//! A ledger in which bits have flipped: it is refused, or nobody gets a second message.

use std::fs;

use rusqlite::Connection;

use crate::support::bench::Bench;
use crate::support::notice::bench;
use crate::support::peer::Peer;

/// Trials; `MAILSHOT_TEST_FLIPS` asks for more of them.
const TRIALS: u64 = 60;

/// A campaign that was sent to twenty, and its ledger in one file.
fn sent(peer: &Peer) -> Bench {
    let bench = bench(peer, 20, "connections = 1");
    bench.run(&["send", "--yes"]).code(0);
    let ledger = Connection::open(bench.path(".mailshot/campaign.db")).expect("the ledger");
    ledger
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("an empty log");
    // What the run left of itself would tell that the ledger lacks something, which is not the point here.
    fs::remove_dir_all(bench.path("results")).expect("the reports");
    bench
}

#[test]
fn an_index_that_lost_somebody_is_found_and_nobody_is_sent_to_twice() {
    let peer = Peer::policy(|_| None);
    let bench = sent(&peer);
    let path = bench.path(".mailshot/campaign.db");
    let mut octets = fs::read(&path).expect("the ledger");
    let key = b"p0007@example.org";
    // The index on (mailing, key) holds the key right behind the mailing's number, the table its own.
    let places: Vec<usize> = (0..octets.len() - key.len())
        .filter(|at| octets[*at..].starts_with(key))
        .collect();
    let mut refused = 0;
    for at in places {
        let before = octets[at + 2];
        octets[at + 2] = b'B';
        fs::write(&path, &octets).expect("the ledger");
        let outcome = bench.run(&["send", "--yes"]);
        if outcome.status.code() == Some(2) {
            outcome
                .stderr_has("is damaged")
                .stderr_has("restore the file from a backup");
            refused += 1;
        }
        octets[at + 2] = before;
        fs::write(&path, &octets).expect("the ledger");
    }
    assert!(refused >= 2, "the table and its index differ: {refused}");
    assert_eq!(peer.finish().accepted.len(), 20);
}

#[test]
fn flipped_bits_never_lead_to_a_second_message_of_a_run_that_calls_itself_well() {
    let peer = Peer::policy(|_| None);
    let bench = sent(&peer);
    let path = bench.path(".mailshot/campaign.db");
    let whole = fs::read(&path).expect("the ledger");
    let trials = std::env::var("MAILSHOT_TEST_FLIPS")
        .ok()
        .and_then(|text| text.parse().ok());
    let mut random = fastrand::Rng::with_seed(7);
    for trial in 0..trials.unwrap_or(TRIALS) {
        let mut octets = whole.clone();
        for _ in 0..[1, 3, 20][usize::try_from(trial % 3).expect("a small number")] {
            let at = random.usize(..octets.len());
            octets[at] ^= 1_u8 << random.u32(..8);
        }
        for name in ["campaign.db-wal", "campaign.db-shm"] {
            fs::remove_file(bench.path(".mailshot").join(name)).ok();
        }
        fs::remove_dir_all(bench.path("results")).ok();
        fs::write(&path, &octets).expect("the ledger");
        let before = peer.log().accepted.len();
        let outcome = bench.run(&["send", "--yes"]);
        let again = peer.log().accepted.len() - before;
        assert!(
            again == 0 || outcome.status.code() != Some(0),
            "trial {trial}: {again} got it twice: {outcome}"
        );
    }
    peer.finish();
}
