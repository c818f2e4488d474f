//! What two relays do that do what they like, and what they have seen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::support::peer::policy::{Answer, Event, Step};
use crate::support::random::Dice;

/// What a content at a relay came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The relay has it, whether it said so or not.
    Taken,
    /// The relay does not have it, and said so.
    Refused,
    /// The relay's words can be read either way: whoever may have it must not get it again.
    Either,
}

/// What both relays have seen.
#[derive(Default)]
pub(super) struct Truth {
    pub(super) copies: BTreeMap<String, Vec<Fate>>,
    /// Who was refused for good, by name or by content.
    pub(super) refused: BTreeSet<String>,
    /// MAIL was refused for good, which names nobody.
    pub(super) mail_refused: bool,
    pub(super) contents: usize,
}

/// Between the relays and the driver.
pub(super) struct World {
    pub(super) truth: Mutex<Truth>,
    pub(super) grown: Condvar,
    pub(super) dice: AtomicU64,
    pub(super) calm: AtomicBool,
    /// Of 100 steps so many are answered with something evil.
    pub(super) evil: usize,
    /// Of 100 copies so many are refused.
    pub(super) of_copies: usize,
}

impl World {
    fn throw(&self, bound: usize) -> usize {
        // Steps come in no order that a seed repeats; the sequence of throws it does.
        let number = self.dice.fetch_add(1, Ordering::SeqCst);
        Dice::new(number.wrapping_mul(0x2545_f491_4f6c_dd1d)).below(bound)
    }

    pub(super) fn answer(&self, event: &Event<'_>) -> Option<Answer> {
        let answer = self.decide(event);
        // Whoever is named here is refused, whatever else is wrong with that.
        if let Some(Answer::Say(reply)) = &answer
            && reply.starts_with('5')
        {
            match event.step {
                Step::Mail { .. } => self.truth().mail_refused = true,
                Step::Rcpt { to, .. } => drop(self.truth().refused.insert(to.to_owned())),
                Step::Data(to) => self.truth().refused.extend(to.iter().cloned()),
                Step::Connect
                | Step::Hello(_)
                | Step::Auth(_)
                | Step::Content { .. }
                | Step::Reset
                | Step::Quit => {}
            }
        }
        answer
    }

    pub(super) fn truth(&self) -> MutexGuard<'_, Truth> {
        self.truth.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide(&self, event: &Event<'_>) -> Option<Answer> {
        if let Step::Rcpt { to, .. } = event.step
            && to.starts_with('c')
            && !self.calm.load(Ordering::SeqCst)
            && self.throw(100) < self.of_copies
        {
            return Some(self.one_of(&[
                Answer::say("450 4.2.1 mailbox busy"),
                Answer::say("452 4.5.3 too many recipients"),
                Answer::say("550 5.1.1 no such user"),
                Answer::say("550 5.7.1 not permitted"),
            ]));
        }
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
        let for_good = matches!(&answer, Answer::Say(reply) if reply.starts_with('5'));
        let mut truth = self.truth();
        truth.contents += 1;
        for to in to {
            if for_good {
                truth.refused.insert(to.clone());
            }
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
    pub(super) fn wait_for_contents(&self, more: usize, longest: Duration) {
        let truth = self.truth();
        let until = truth.contents + more;
        drop(
            self.grown
                .wait_timeout_while(truth, longest, |truth| truth.contents < until),
        );
    }
}
