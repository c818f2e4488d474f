//! Chaos: two relays that do what they like, runs that die at random moments, and the truth.
//!
//! The relays answer any step with any reply, close, reset, say one reply too many or take a message
//! and never tell. The runs get signals, are killed, choose and retry. What was taken is counted at
//! the relays: nobody is sent to twice, nobody is forgotten, nobody is `accepted` whose message no
//! relay has, nobody is `rejected` who has it. Nor is any copy of an accepted message sent twice or
//! forgotten: it is taken, in doubt and told so, or a relay refused it for good. A few seeds in the suite; `tests/chaos` plays 500. A
//! failure names its seed, and `CHAOS_SEED` plays the same dice again, as nearly as threads and
//! processes let them.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::support::bench::Bench;
use crate::support::notice;
use crate::support::peer::Peer;
use crate::support::program::Outcome;
use crate::support::random::{Dice, setting};

use world::{Fate, Truth, World};

mod world;

const RECIPIENTS: usize = 40;
/// Seeds that play at the same time: most of them wait for something.
const AT_ONCE: usize = 3;
/// The longest a run goes on before it is ended from outside.
const LONGEST: Duration = Duration::from_secs(4);

/// One seed: what it dealt, and the runs.
struct Game {
    seed: u64,
    dice: Dice,
    world: Arc<World>,
    bench: Bench,
    peers: [Peer; 2],
    /// What was run, for the words of a failure.
    said: Vec<String>,
    /// A copy of each message goes to somebody else.
    copied: bool,
}

impl Game {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let world = Arc::new(World {
            truth: Mutex::default(),
            grown: Condvar::new(),
            dice: AtomicU64::new(seed),
            calm: AtomicBool::new(false),
            evil: [2, 5, 10, 25][dice.below(4)],
            of_copies: [0, 20, 60][dice.below(3)],
        });
        let peer = || {
            let world = world.clone();
            Peer::policy(move |event| world.answer(event))
        };
        let peers = [peer(), peer()];
        let bench = notice::bench(&peers[0], RECIPIENTS, "");
        let copied = dice.below(3) == 0;
        let mut game = Self {
            seed,
            dice,
            world,
            bench,
            peers,
            said: Vec::new(),
            copied,
        };
        game.write_campaign(true);
        game
    }

    /// Settings of relays and of delivery are free to change between the runs of a mailing.
    fn write_campaign(&mut self, limited: bool) {
        let relay = |peer: &Peer, dice: &mut Dice| {
            let pipelining = ["full", "envelope", "off"][dice.below(3)];
            let rate = if limited && dice.below(3) == 0 {
                "rate = ['30/h', '100/day']\n"
            } else {
                ""
            };
            format!(
                "server = '{}'\nconnections = {}\nmessages_per_connection = {}\npipelining = '{pipelining}'\n{rate}",
                peer.url(),
                dice.below(4) + 1,
                dice.below(20) + 1,
            )
        };
        let first = relay(&self.peers[0], &mut self.dice);
        let second = relay(&self.peers[1], &mut self.dice);
        let attempts = self.dice.below(4) + 2;
        let copy = if self.copied {
            "\ncc = 'c{{ email }}'\n\n[relay.here]"
        } else {
            "\n\n[relay.here]"
        };
        let toml = notice::campaign(&first).replace("\n\n[relay.here]", copy)
            + &format!(
                "\n[relay.other]\n{second}\n[delivery]\nattempts = {attempts}\n\
                 retry = {{ first = '50ms', max = '200ms', greylist = '100ms' }}\n"
            );
        self.bench.write("mailshot.toml", toml);
    }

    /// One run with what the dice say, which may end it before its time.
    fn run(&mut self) {
        let mut flags = vec!["send".to_owned(), "--yes".to_owned()];
        match self.dice.below(8) {
            0 => flags.push(format!("--limit={}", self.dice.below(12) + 1)),
            1 => flags.push(format!(
                "--only={}",
                notice::address(self.dice.below(RECIPIENTS) + 1)
            )),
            2 => flags.push("--retry-rejected".to_owned()),
            3 => flags.push("--drain=100ms".to_owned()),
            4 => flags.push("--max-failures=3".to_owned()),
            _ => {}
        }
        let arguments: Vec<&str> = flags.iter().map(String::as_str).collect();
        let running = self.bench.spawn(&arguments);
        let contents = self.dice.below(25) + 1;
        self.world.wait_for_contents(contents, LONGEST / 4);
        let (how, outcome) = match self.dice.below(4) {
            0 => ("killed", running.kill()),
            1 => {
                running.signal("TERM");
                running.signal("TERM");
                ("TERM twice", running.wait())
            }
            2 => {
                running.signal("INT");
                ("INT", running.wait())
            }
            _ => {
                self.world.wait_for_contents(RECIPIENTS, LONGEST);
                ("killed late", running.kill())
            }
        };
        let code = outcome.status.code();
        self.said.push(format!("{} ({how}: {code:?})", flags.join(" ")));
        assert!(
            code.is_none_or(|code| (0..=4).contains(&code)),
            "{}: {outcome}",
            self.words()
        );
    }

    /// The relays behave, and the mailing is sent to its end.
    fn end(&mut self) -> Outcome {
        self.world.calm.store(true, Ordering::SeqCst);
        self.write_campaign(false);
        // Everybody who was left out by a choice is chosen again.
        let outcome = self.bench.run(&["send", "--yes", "--where", "true"]);
        self.said
            .push(format!("the last one: {:?}", outcome.status.code()));
        outcome
    }

    fn assert_true(&self, last: &Outcome) {
        let words = self.words();
        assert!(matches!(last.status.code(), Some(0 | 1)), "{words}: {last}");
        let truth = self.world.truth();
        let of_copies = self.copies();
        let report = self.bench.report("results");
        assert_eq!(report.len(), RECIPIENTS, "{words}: {last}");
        for (to, fates) in &truth.copies {
            let may_have_it = fates.iter().filter(|&&fate| fate != Fate::Refused).count();
            assert!(may_have_it <= 1, "sent to twice: {words}\n{to}: {fates:?}");
        }
        for row in report {
            let (to, status) = (&row["email"], row["mailshot_status"].as_str());
            let copies = truth.copies.get(to).map_or(&[][..], Vec::as_slice);
            let told = format!("{words}\n{to} is {status}; at the relays: {copies:?}");
            let taken = copies.iter().filter(|&&fate| fate == Fate::Taken).count();
            match status {
                "accepted" => assert_eq!(taken, 1, "no relay has it: {told}"),
                "rejected" => assert_eq!(taken, 0, "a relay has it: {told}"),
                "in_doubt" => {}
                _ => panic!("forgotten: {told}"),
            }
            if self.copied && status == "accepted" {
                let copy = format!("c{to}");
                self.assert_copy(&truth, &copy, of_copies.get(&copy));
            }
        }
    }

    /// Where the ledger has the copies that did not go with their message.
    fn copies(&self) -> BTreeMap<String, String> {
        let mut ledgers = std::fs::read_dir(self.bench.path(".mailshot")).expect("a folder");
        let ledger = ledgers.find_map(|file| {
            let path = file.expect("a file").path();
            path.extension().is_some_and(|is| is == "db").then_some(path)
        });
        let ledger = rusqlite::Connection::open(ledger.expect("a ledger")).expect("the ledger");
        let mut copies = ledger.prepare("SELECT address, status FROM copy").expect("SQL");
        let rows = copies.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").map(|row| row.expect("a row")).collect()
    }

    /// A copy of an accepted message; where the ledger has it, if it did not go with that.
    fn assert_copy(&self, truth: &Truth, to: &str, status: Option<&String>) {
        let fates = truth.copies.get(to).map_or(&[][..], Vec::as_slice);
        let told = format!("{}\n{to} is {status:?}; at the relays: {fates:?}", self.words());
        let taken = fates.contains(&Fate::Taken);
        match status.map(String::as_str) {
            None | Some("accepted") => assert!(taken, "no relay has the copy: {told}"),
            Some("rejected") => {
                assert!(!taken, "a relay has the copy: {told}");
                let refused = truth.mail_refused || truth.refused.contains(to);
                assert!(refused, "no relay refused the copy: {told}");
            }
            Some("in_doubt") => {}
            Some(_) => panic!("a copy is forgotten: {told}"),
        }
    }

    fn words(&self) -> String {
        format!(
            "CHAOS_SEED={} (evil {} of 100)\n  {}",
            self.seed,
            self.world.evil,
            self.said.join("\n  ")
        )
    }

    fn play(seed: u64) {
        let mut game = Self::new(seed);
        for _ in 0..game.dice.below(7) + 1 {
            game.run();
        }
        let last = game.end();
        game.assert_true(&last);
        for peer in game.peers {
            peer.finish();
        }
    }
}

#[test]
fn evil_relays_and_dying_runs_send_to_nobody_twice_and_forget_nobody() {
    let first = setting("CHAOS_SEED");
    let count = setting("CHAOS_SEEDS").unwrap_or(if first.is_some() { 1 } else { 6 });
    let first = first.unwrap_or_else(|| RandomState::new().hash_one(()) >> 16);
    let (next, failures) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= count {
                        return;
                    }
                    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| Game::play(first + number))) {
                        let words = panic
                            .downcast_ref::<String>()
                            .map_or("(no words)", String::as_str);
                        failures
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(words.to_owned());
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{count} seeds from {first}: {} failures", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
