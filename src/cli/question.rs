//! What is shown before the first message is sent: as a question, or as a note if nobody is asked.

use std::time::Duration;

use crate::campaign::Relay;
use crate::check::relay::days;
use crate::ledger::Owed;
use crate::run::{Copies, MANY, OwnFiles, Question, Room};
use crate::words::{Arg, Said, say};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::when::{clock_after, takes};

/// Files that are named; the others are counted.
const FILES: usize = 5;

/// This many of the people who get copies of earlier messages are named.
const COPIED: usize = 3;

/// The question.
pub(super) fn asked(question: &Question<'_>) -> Said {
    say!(
        "cli-ask-send",
        what = messages(question),
        relays = through(question.relays),
        sender = sender(question),
        time = takes_until(question.estimate, question.now),
    )
}

/// The same where nobody is asked.
pub(super) fn told(question: &Question<'_>) -> Said {
    say!(
        "cli-ask-sending",
        what = messages(question),
        relays = through(question.relays),
        sender = sender(question),
        time = takes_until(question.estimate, question.now),
    )
}

/// Lines before it: who gets what, and what limits leave. Some belong to the one above them.
pub(super) fn about(question: &Question<'_>) -> Vec<Line> {
    let mut lines = vec![
        Line::Whole(say!("cli-ask-from", sender = question.from)),
        Line::Whole(who(question)),
    ];
    if question.accepted_before > 0 {
        let before = say!("cli-ask-before", recipients = question.accepted_before);
        lines.push(Line::Whole(before));
    }
    lines.extend(attached(&question.attached).map(Line::Whole));
    lines.extend(own_files(&question.own_files).map(Line::Whole));
    lines.extend(copies(&question.copies, question.messages));
    lines.extend(also_owed(question).map(Line::Whole));
    lines.extend(limits(question).into_iter().map(Line::Whole));
    lines
}

/// A line before the question.
pub(super) enum Line {
    Whole(Said),
    /// About the one above it.
    Below(Said),
}

impl Line {
    /// As it is shown, in the words of one language.
    pub(super) fn shown(&self, words: impl Fn(&Said) -> String) -> String {
        match self {
            Self::Whole(said) => words(said),
            Self::Below(said) => format!("  {}", words(said)),
        }
    }
}

fn sender<'q>(question: &Question<'q>) -> &'q str {
    let user = match question.relays {
        [relay] => relay.user.as_deref(),
        _ => None,
    };
    user.unwrap_or(question.from)
}

/// `3 messages`, `copies of 3 messages`, `2 messages and 3 copies`.
fn messages(question: &Question<'_>) -> Said {
    let Owed { copies, messages, .. } = question.owed;
    let to_all = say!("cli-messages", n = question.messages);
    let earlier = say!("cli-messages", n = messages);
    let copied = say!("cli-copies", n = copies);
    match (question.messages, copies) {
        (_, 0) => to_all,
        (0, 1) => say!("cli-ask-one-copy"),
        (0, _) if copies == messages => say!("cli-ask-copies-of", messages = earlier),
        (0, _) => say!("cli-ask-some-copies-of", copies = copied, messages = earlier),
        _ => say!("cli-ask-and-copies", messages = to_all, copies = copied),
    }
}

/// `boss@uni.example and others`.
fn copied(owed: &Owed) -> Arg {
    let mut to: Vec<Arg> = owed.to.iter().take(COPIED).map(Arg::from).collect();
    if owed.to.len() > COPIED {
        to.push(say!("cli-ask-others").into());
    }
    Arg::and(to)
}

/// Copies beside messages.
fn also_owed(question: &Question<'_>) -> Option<Said> {
    let owed = &question.owed;
    (question.messages > 0 && owed.copies > 0)
        .then(|| say!("cli-ask-owed", copies = owed.copies, addresses = copied(owed)))
}

/// Relays by name, and where they are.
pub(super) fn through(relays: &[Relay]) -> Arg {
    Arg::and(relays.iter().map(named))
}

/// A relay by name, and where it is.
pub(super) fn named(relay: &Relay) -> Said {
    let (name, host) = (&relay.name, &relay.server.host);
    say!("cli-relay-and-host", name = name, host = host)
}

/// `about 9 s (until 14:05 CET)`.
fn takes_until(estimate: Duration, now: Timestamp) -> Said {
    let time = takes(estimate);
    // Two days may end tomorrow.
    let over = days(estimate).is_some();
    match clock_after(now, estimate, &TimeZone::system()) {
        Some(clock) if over => say!("cli-ask-over-until", time = time, clock = clock),
        Some(clock) => say!("cli-ask-about-until", time = time, clock = clock),
        None if over => say!("cli-ask-over", time = time),
        None => say!("cli-ask-about", time = time),
    }
}

fn who(question: &Question<'_>) -> Said {
    if question.messages == 0 {
        return say!("cli-ask-only-copies", addresses = copied(&question.owed));
    }
    let nobody = || Arg::from(say!("cli-ask-nobody"));
    let first = question.first.first().map_or_else(nobody, Arg::from);
    let Some(tester) = question.test_to else {
        return if question.messages == 1 {
            say!("cli-ask-to", first = first)
        } else {
            say!("cli-ask-first-to", first = first)
        };
    };
    let names = some(&question.first, question.first.len(), question.messages);
    let address = tester.to_string();
    if question.messages == 1 {
        say!("cli-ask-test-one", address = address, names = names)
    } else {
        say!(
            "cli-ask-test",
            messages = question.messages,
            address = address,
            names = names
        )
    }
}

/// The first few by name, and how many more there are.
fn some(names: &[String], first: usize, of: u64) -> Arg {
    let mut named: Vec<Arg> = names.iter().take(first).map(Arg::from).collect();
    let further = of.saturating_sub(named.len() as u64);
    if further > 0 {
        named.push(say!("cli-more-names", n = further).into());
    }
    Arg::and(named)
}

fn attached(files: &[String]) -> Option<Said> {
    let named = some(files, FILES, files.len() as u64);
    (!files.is_empty()).then(|| say!("cli-ask-attached", files = named))
}

fn own_files(own: &OwnFiles) -> Option<Said> {
    let first = own.first.as_ref()?;
    Some(if own.more {
        say!("cli-ask-own-files-least", messages = own.messages, first = first)
    } else {
        say!("cli-ask-own-files", messages = own.messages, first = first)
    })
}

fn copies(copies: &Copies, messages: u64) -> Vec<Line> {
    let mut lines = Vec::new();
    if copies.count == 0 {
        return lines;
    }
    let mails = messages + copies.count;
    lines.push(Line::Whole(if copies.about {
        say!("cli-ask-copies-about", copies = copies.count, mails = mails)
    } else {
        say!("cli-ask-copies", copies = copies.count, mails = mails)
    }));
    for (address, hidden) in &copies.of_all {
        let header = if *hidden { "Bcc" } else { "Cc" };
        let address = address.to_string();
        lines.push(Line::Below(if messages == 1 {
            say!("cli-ask-copy-of-one", address = address, header = header)
        } else {
            say!(
                "cli-ask-copy-of-all",
                address = address,
                mails = messages,
                header = header
            )
        }));
    }
    if copies.many > 0 {
        let (messages, most) = (copies.many, copies.most);
        let many = say!(
            "cli-ask-many-copies",
            messages = messages,
            many = MANY,
            most = most
        );
        lines.push(Line::Below(many));
    }
    lines
}

fn limits(question: &Question<'_>) -> Vec<Said> {
    let mut lines: Vec<_> = question
        .room
        .iter()
        .map(|room| limit(room, question.now))
        .collect();
    let mails = question.messages + question.copies.count + question.owed.copies;
    if let Some(now) = question.at_once.filter(|at_once| *at_once < mails) {
        lines.push(if now == 0 {
            say!("cli-ask-limits-none", mails = mails)
        } else {
            say!("cli-ask-limits-some", now = now, mails = mails)
        });
    }
    lines
}

/// `Limit of school, 2000/day: 1,880 left`.
fn limit(room: &Room, now: Timestamp) -> Said {
    let (relay, limit) = (&room.relay, room.limit.to_string());
    let Some(wait) = room.wait else {
        return say!("cli-ask-limit", relay = relay, limit = limit, left = room.left);
    };
    match clock_after(now, wait, &TimeZone::system()) {
        Some(clock) => say!(
            "cli-ask-limit-until",
            relay = relay,
            limit = limit,
            clock = clock,
            time = wait
        ),
        None => say!("cli-ask-limit-for", relay = relay, limit = limit, time = wait),
    }
}
