//! A storm of kills: runs that die at random moments, and a server that counts.
//!
//! Two mailings in the suite; `benches/storm` is the long form. A failure
//! names its seed: `STORM_SEED` plays the same moments again, as nearly as
//! threads and processes let them.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_128;

use crate::support::bench::Bench;
use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Event, Step};
use crate::support::program::Running;
use crate::support::random::{Dice, setting};

const RECIPIENTS: usize = 2_000;
const CONNECTIONS: usize = 8;
/// Kills at a number of contents, spread over so many of them. What is left behind the last one is
/// more than all kills together can bring into doubt, so that the run behind it has much to do.
const SPREAD: usize = 1_500;
const SPREAD_KILLS: usize = 17;

/// The longest anything at the server waits for something else there, and the test for the server.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at whether a run is over.
const LOOK: Duration = Duration::from_millis(200);
/// The longest a reply waits for other steps: with few connections left, none may come.
const LATE: Duration = Duration::from_millis(2);

/// A content whose dot arrived at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Copy {
    message_id: String,
    bytes: u128,
    taken: bool,
}

/// What the server has seen.
#[derive(Default)]
struct Tally {
    /// Commands and contents.
    steps: usize,
    contents: usize,
    quits: usize,
    /// No content from this one on is answered until the client was killed.
    held: Option<usize>,
    copies: BTreeMap<String, Vec<Copy>>,
}

#[derive(Clone, Default)]
struct Counter(Arc<(Mutex<Tally>, Condvar)>);

impl Counter {
    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Tally)) {
        change(&mut self.tally());
        self.0.1.notify_all();
    }

    /// Waits until that is so, or for so long; whether it is.
    fn wait(&self, longest: Duration, so: impl Fn(&Tally) -> bool) -> bool {
        let (tally, waited) = self
            .0
            .1
            .wait_timeout_while(self.tally(), longest, |tally| !so(tally))
            .unwrap_or_else(PoisonError::into_inner);
        drop(tally);
        !waited.timed_out()
    }

    /// Waits until that is so at the server, or the run is over: on a busy machine the one before may
    /// have sent everything before it was killed.
    fn await_at_server(&self, run: &Running, what: &str, so: impl Fn(&Tally) -> bool) {
        let begun = Instant::now();
        while !self.wait(LOOK, &so) && !run.stdout().contains("\"finished\"") {
            assert!(begun.elapsed() < PATIENCE, "the server waited in vain for {what}");
        }
    }

    /// Answers a step, some later than others.
    fn answer(&self, event: &Event<'_>, seed: u64) -> Option<Answer> {
        let step = match event.step {
            Step::Content {
                to,
                message_id,
                content,
                ..
            } => return Some(self.take(&to[0], message_id, content, seed)),
            step => step,
        };
        self.change(|tally| {
            tally.steps += 1;
            tally.quits += usize::from(matches!(step, Step::Quit));
        });
        match step {
            Step::Rcpt { to, .. } if is_unknown(to) => Some(Answer::say("550 5.1.1 no such user")),
            _ => None,
        }
    }

    fn take(&self, to: &str, message_id: &str, content: &[u8], seed: u64) -> Answer {
        let taken = !is_unwanted(to);
        let (mut number, mut step) = (0, 0);
        self.change(|tally| {
            tally.steps += 1;
            tally.contents += 1;
            (number, step) = (tally.contents, tally.steps);
            tally.copies.entry(to.to_owned()).or_default().push(Copy {
                message_id: message_id.to_owned(),
                bytes: xxh3_128(content),
                taken,
            });
        });
        self.wait(PATIENCE, |tally| tally.held.is_none_or(|held| number < held));
        // Some replies come when others have done a few steps more.
        let later = step + Dice::new(seed ^ number as u64).below(6);
        self.wait(LATE, |tally| tally.steps >= later);
        Answer::say(if taken {
            "250 2.0.0 taken"
        } else {
            "554 5.6.0 unwanted content"
        })
    }
}

fn number(address: &str) -> usize {
    let digits = address
        .trim_start_matches('p')
        .split('@')
        .next()
        .unwrap_or_default();
    digits.parse().expect("an address of the notice")
}

/// Refused at RCPT.
fn is_unknown(address: &str) -> bool {
    number(address).is_multiple_of(97)
}

/// Refused after the dot.
fn is_unwanted(address: &str) -> bool {
    number(address).is_multiple_of(89)
}

/// When a run is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Once it has said this on stdout.
    Said(&'static str),
    /// At this part of the time the check takes, in hundredths.
    Check(usize),
    /// Once the server has so many contents of the mailing.
    Contents(usize),
    /// The same, with no content from this one on answered before.
    Unanswered(usize),
    /// After so many of the goodbyes at the end, and so many hundredths of the check's time.
    Goodbyes(usize, usize),
}

/// The moments of one mailing, in their order.
fn moments(dice: &mut Dice) -> Vec<Moment> {
    let mut moments = vec![
        Moment::Said("\"checked\""),
        Moment::Said("\"checking\""),
        Moment::Check(0),
        Moment::Check(dice.below(100)),
        Moment::Said("\"sending\""),
    ];
    let mut contents: Vec<usize> = (0..SPREAD_KILLS).map(|_| dice.below(SPREAD) + 1).collect();
    contents.sort_unstable();
    moments.extend(contents.into_iter().map(|at| match dice.below(8) {
        0 => Moment::Check(dice.below(120)),
        1..=3 => Moment::Unanswered(at),
        _ => Moment::Contents(at),
    }));
    moments.push(Moment::Goodbyes(dice.below(CONNECTIONS) + 1, dice.below(30)));
    // From here on there may be nobody left to send to.
    moments.extend([Moment::Check(dice.below(120)), Moment::Check(dice.below(150))]);
    moments
}

/// A mailing in the storm.
struct Mailing {
    bench: Bench,
    peer: Peer,
    counter: Counter,
    /// How long a check takes here.
    check: Duration,
    kills: usize,
}

impl Mailing {
    fn new(seed: u64) -> Self {
        let counter = Counter::default();
        let counting = counter.clone();
        let peer = Peer::policy(move |event| counting.answer(event, seed));
        Self {
            bench: bench(&peer, RECIPIENTS, &format!("connections = {CONNECTIONS}")),
            peer,
            counter,
            check: Duration::ZERO,
            kills: 0,
        }
    }

    /// Starts a run and kills it then.
    fn kill_at(&mut self, moment: Moment) {
        let quits = self.counter.tally().quits;
        if let Moment::Unanswered(at) = moment {
            self.counter.change(|tally| tally.held = Some(at));
        }
        let started = Instant::now();
        let run = self.bench.spawn(&["send", "--yes", "--events"]);
        match moment {
            Moment::Said(words) => {
                run.wait_for_stdout(words);
                self.check = self.check.max(started.elapsed());
            }
            // Not to wait for something: a moment that means nothing.
            Moment::Check(hundredths) => std::thread::sleep(self.hundredths(hundredths)),
            Moment::Contents(at) | Moment::Unanswered(at) => {
                self.counter
                    .await_at_server(&run, &format!("{at} contents"), |tally| tally.contents >= at)
            }
            Moment::Goodbyes(count, hundredths) => {
                self.counter
                    .await_at_server(&run, &format!("{count} goodbyes"), |tally| {
                        tally.quits >= quits + count
                    });
                std::thread::sleep(self.hundredths(hundredths));
            }
        }
        let killed = run.kill().status.code().is_none();
        self.counter.change(|tally| tally.held = None);
        self.kills += usize::from(killed);
    }

    fn hundredths(&self, count: usize) -> Duration {
        self.check * u32::try_from(count).expect("a small number") / 100
    }

    /// Sends to the end. What killed runs had handed over is taken by then.
    fn send(&self, flags: &[&str]) -> HashMap<String, (String, String)> {
        let arguments: Vec<&str> = ["send", "--yes"].iter().chain(flags).copied().collect();
        let outcome = self.bench.run(&arguments);
        // 0 where nobody is in doubt any more: whoever an earlier run rejected is no matter of this one.
        assert!(matches!(outcome.status.code(), Some(0 | 1)), "{outcome}");
        self.peer.wait_until("every connection to end", |log| {
            log.connections.iter().all(|one| one.ended.is_some())
        });
        let rows = self.bench.report("results").into_iter();
        let report: HashMap<_, _> = rows
            .map(|mut row| {
                let mut cell = |name: &str| row.remove(name).expect("a column of the report");
                (
                    cell("email"),
                    (cell("mailshot_status"), cell("mailshot_message_id")),
                )
            })
            .collect();
        assert_eq!(report.len(), RECIPIENTS);
        report
    }

    /// What must hold while those in doubt are held. How many there are.
    fn assert_held(&self, report: &HashMap<String, (String, String)>) -> usize {
        let tally = self.counter.tally();
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for (to, copies) in &tally.copies {
            assert_eq!(copies.len(), 1, "{to} was sent to more than once: {copies:?}");
            let owner = owners.insert(&copies[0].message_id, to);
            assert_eq!(owner, None, "a Message-ID of two: {copies:?}");
        }
        let mut in_doubt = 0;
        for (to, (status, message_id)) in report {
            let copy = tally.copies.get(to).map(|copies| &copies[0]);
            let words = format!("{to} is {status}; at the server: {copy:?}");
            match status.as_str() {
                "accepted" => {
                    let copy = copy.unwrap_or_else(|| panic!("{words}"));
                    assert!(copy.taken && copy.message_id == *message_id, "{words}");
                }
                "rejected" if is_unknown(to) => assert_eq!(copy, None, "{words}"),
                "rejected" => assert!(copy.is_some_and(|copy| !copy.taken), "{words}"),
                "in_doubt" => {
                    in_doubt += 1;
                    assert!(!is_unknown(to), "{words}");
                }
                _ => panic!("{words}"),
            }
        }
        let most = CONNECTIONS * self.kills;
        assert!(in_doubt <= most, "{in_doubt} in doubt after {} kills", self.kills);
        in_doubt
    }

    /// What must hold when those in doubt were sent to again.
    fn assert_resent(&self, report: &HashMap<String, (String, String)>) {
        let tally = self.counter.tally();
        for (to, (status, _)) in report {
            let copies = tally.copies.get(to).map_or(&[][..], Vec::as_slice);
            let words = format!("{to} is {status}; at the server: {copies:?}");
            let expected = match (is_unknown(to), is_unwanted(to)) {
                (true, _) => &["rejected"][..],
                // A refusal of the second copy says nothing about the first.
                (false, true) => &["rejected", "in_doubt"],
                (false, false) => &["accepted"],
            };
            assert!(expected.contains(&status.as_str()), "{words}");
            assert_eq!(copies.is_empty(), is_unknown(to), "{words}");
            assert!(copies.len() <= 2, "{words}");
            assert!(copies.iter().all(|copy| *copy == copies[0]), "{words}");
            assert!(copies.iter().all(|copy| copy.taken != is_unwanted(to)), "{words}");
        }
    }
}

#[test]
fn runs_killed_at_random_send_to_nobody_twice_and_forget_nobody() {
    let seed = setting("STORM_SEED").unwrap_or_else(|| RandomState::new().hash_one(()) >> 16);
    let mailings = setting("STORM_MAILINGS").unwrap_or(2);
    println!("STORM_SEED={seed}");
    let mut dice = Dice::new(seed);
    for which in 1..=mailings {
        let started = Instant::now();
        let mut mailing = Mailing::new(seed ^ which);
        for moment in moments(&mut dice) {
            mailing.kill_at(moment);
        }
        let report = mailing.send(&[]);
        let in_doubt = mailing.assert_held(&report);
        let resent = mailing.send(&["--in-doubt", "resend"]);
        mailing.assert_resent(&resent);
        println!(
            "mailing {which} of {mailings}: {} kills, {in_doubt} in doubt, {:.1} s",
            mailing.kills,
            started.elapsed().as_secs_f64()
        );
        mailing.peer.finish();
    }
}
