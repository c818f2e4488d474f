//! Chaos: two relays that do what they like, runs that die at random moments, and the truth.
//!
//! The relays answer any step with any reply, close, reset, say one reply too many or take a message
//! and never tell. The runs get signals, are killed, choose and retry. What was taken is counted at
//! the relays: nobody is sent to twice, nobody is forgotten, nobody is `accepted` whose message no
//! relay has, nobody is `rejected` who has it. A few seeds in the suite; `tests/chaos` plays 500. A
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
use crate::support::peer::policy::{Answer, Event, Step};
use crate::support::program::Outcome;
use crate::support::random::{Dice, setting};

const RECIPIENTS: usize = 40;
/// Seeds that play at the same time: most of them wait for something.
const AT_ONCE: usize = 3;
/// The longest a run goes on before it is ended from outside.
const LONGEST: Duration = Duration::from_secs(4);

/// What a content at a relay came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// The relay has it, whether it said so or not.
    Taken,
    /// The relay does not have it, and said so.
    Refused,
    /// The relay's words can be read either way: whoever may have it must not get it again.
    Either,
}

/// What both relays have seen.
#[derive(Default)]
struct Truth {
    copies: BTreeMap<String, Vec<Fate>>,
    contents: usize,
}

/// Between the relays and the driver.
struct World {
    truth: Mutex<Truth>,
    grown: Condvar,
    dice: AtomicU64,
    calm: AtomicBool,
    /// Of 100 steps so many are answered with something evil.
    evil: usize,
}

impl World {
    fn throw(&self, bound: usize) -> usize {
        // Steps come in no order that a seed repeats; the sequence of throws it does.
        let number = self.dice.fetch_add(1, Ordering::SeqCst);
        Dice::new(number.wrapping_mul(0x2545_f491_4f6c_dd1d)).below(bound)
    }

    fn answer(&self, event: &Event<'_>) -> Option<Answer> {
        let evil = !self.calm.load(Ordering::SeqCst) && self.throw(100) < self.evil;
        match event.step {
            // A lone dot for nobody ends a transaction that has no recipient.
            Step::Content { to: [], .. } => None,
            Step::Content { to, .. } => Some(self.content(to, evil)),
            _ if !evil => None,
            Step::Connect => Some(self.one_of(&[
                Answer::SayThenClose("421 4.3.2 not now".to_owned()),
                Answer::SayThenClose("554 5.3.2 no service here".to_owned()),
                Answer::Close,
                Answer::TearDown,
            ])),
            Step::Mail { .. } | Step::Rcpt { .. } | Step::Data(_) => Some(self.one_of(&[
                Answer::say("450 4.2.0 greylisted, try again"),
                Answer::say("451 4.3.0 wait"),
                Answer::say("452 4.5.3 too many recipients"),
                Answer::say("550 5.1.1 no such user"),
                Answer::say("550 5.7.1 not permitted"),
                Answer::say("354 go on"),
                Answer::say("250 2.0.0 ok\n250 2.0.0 ok"),
                Answer::say("250 2.0.0 ok"),
                Answer::SayThenClose("421 4.7.0 too many messages on this connection".to_owned()),
                Answer::SayThenClose("250 2.0.0 ok".to_owned()),
                Answer::say("garbage"),
                Answer::Close,
                Answer::TearDown,
            ])),
            Step::Reset | Step::Quit | Step::Hello(_) => {
                Some(self.one_of(&[Answer::say("502 5.5.2 what?"), Answer::Close, Answer::TearDown]))
            }
            Step::Auth(_) => None,
        }
    }

    fn content(&self, to: &[String], evil: bool) -> Answer {
        use Fate::{Either, Refused, Taken};
        let (answer, copy) = if evil {
            let say = Answer::say;
            let close = |reply: &str| Answer::SayThenClose(reply.to_owned());
            let all = [
                (say("451 4.3.0 wait"), Refused),
                (say("450 4.7.1 greylisted"), Refused),
                (say("452 4.3.1 insufficient system storage"), Refused),
                (say("554 5.6.0 unwanted content"), Refused),
                (say("550 5.4.6 unusual sending activity"), Refused),
                (close("421 4.7.0 too many messages on this connection"), Refused),
                (close("250 2.0.0 taken"), Taken),
                (say("451 4.3.0 wait\n250 2.0.0 taken"), Either),
                (say("554 5.6.0 no\n250 2.0.0 taken"), Either),
                (say("250 2.0.0 taken\n354 go on"), Taken),
                (say("250 2.0.0 taken\n250 2.0.0 taken"), Taken),
                (say("354 go on"), Either),
                (say("garbage"), Either),
                (Answer::Close, Either),
                (Answer::TearDown, Either),
                (Answer::TakeThenClose, Taken),
                (Answer::TakeThenReset, Taken),
            ];
            all[self.throw(all.len())].clone()
        } else {
            (Answer::say("250 2.0.0 taken"), Taken)
        };
        let mut truth = self.truth.lock().unwrap_or_else(PoisonError::into_inner);
        truth.contents += 1;
        for to in to {
            truth.copies.entry(to.clone()).or_default().push(copy);
        }
        drop(truth);
        self.grown.notify_all();
        answer
    }

    fn one_of(&self, answers: &[Answer]) -> Answer {
        answers[self.throw(answers.len())].clone()
    }

    /// Waits until so many more contents have come, or for so long.
    fn wait_for_contents(&self, more: usize, longest: Duration) {
        let truth = self.truth.lock().unwrap_or_else(PoisonError::into_inner);
        let until = truth.contents + more;
        drop(
            self.grown
                .wait_timeout_while(truth, longest, |truth| truth.contents < until),
        );
    }
}

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
        let truth = self.world.truth.lock().unwrap_or_else(PoisonError::into_inner);
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
