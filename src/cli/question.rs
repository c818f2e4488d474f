//! What is said before the first message leaves: as a question, or told where nobody is asked.

use std::time::Duration;

use crate::campaign::Relay;
use crate::check::relay::days;
use crate::ledger::Owed;
use crate::run::{Copies, MANY, OwnFiles, Question, Room};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::wording::{clock_after, count, listed, takes, thousands, time};

/// Files that are named; the others are counted.
const FILES: usize = 5;

/// So many of those who get copies of earlier messages are named.
const COPIED: usize = 3;

/// The question.
pub(super) fn asked(question: &Question<'_>) -> String {
    format!("Send {}?", what(question))
}

/// The same where nobody is asked.
pub(super) fn told(question: &Question<'_>) -> String {
    format!("Sending {}.", what(question))
}

/// Lines before it: who gets what, and what limits leave.
pub(super) fn about(question: &Question<'_>) -> Vec<String> {
    let mut lines = vec![format!("From {}", question.from), who(question)];
    if question.accepted_before > 0 {
        let before = count(question.accepted_before, "recipient has", "recipients have");
        let are = if question.accepted_before == 1 {
            "is"
        } else {
            "are"
        };
        lines.push(format!("{before} it already and {are} not sent to again."));
    }
    lines.extend(attached(&question.attached));
    lines.extend(own_files(&question.own_files));
    lines.extend(copies(&question.copies, question.messages));
    lines.extend(also_owed(question));
    lines.extend(limits(question));
    lines
}

/// `3 messages through school (smtp.uni.example) as registrar, about 9 s (until 14:05)`.
fn what(question: &Question<'_>) -> String {
    let user = match question.relays {
        [relay] => relay.user.as_deref(),
        _ => None,
    };
    format!(
        "{} through {} as {}, {}",
        messages(question),
        through(question.relays),
        user.unwrap_or(question.from),
        takes_until(question.estimate, question.now),
    )
}

/// `3 messages`, `copies of 3 messages`, `2 messages and copies of 3`.
fn messages(question: &Question<'_>) -> String {
    let messages = count(question.messages, "message", "messages");
    let owed = &question.owed;
    match (question.messages, owed.copies) {
        (_, 0) => messages,
        (0, 1) => "a copy of 1 message".to_owned(),
        (0, copies) if copies == owed.messages => {
            format!("copies of {}", count(owed.messages, "message", "messages"))
        }
        (0, copies) => format!(
            "{} copies of {}",
            thousands(copies),
            count(owed.messages, "message", "messages")
        ),
        (_, copies) => format!("{messages} and {}", count(copies, "copy", "copies")),
    }
}

/// `boss@uni.example and others`.
fn copied(owed: &Owed) -> String {
    let mut to: Vec<_> = owed.to.iter().take(COPIED).cloned().collect();
    if owed.to.len() > COPIED {
        to.push("others".to_owned());
    }
    listed(&to)
}

/// Copies beside messages.
fn also_owed(question: &Question<'_>) -> Option<String> {
    let owed = &question.owed;
    (question.messages > 0 && owed.copies > 0).then(|| {
        format!(
            "Also {} of messages sent before, which {} refused for now: to {}",
            count(owed.copies, "copy", "copies"),
            if owed.copies == 1 { "was" } else { "were" },
            copied(owed)
        )
    })
}

/// Relays by name, and where they are.
pub(super) fn through(relays: &[Relay]) -> String {
    let named = relays
        .iter()
        .map(|relay| format!("{} ({})", relay.name, relay.server.host));
    listed(&named.collect::<Vec<_>>())
}

/// `about 9 s (until 14:05)`.
fn takes_until(estimate: Duration, now: Timestamp) -> String {
    let takes = match days(estimate) {
        // Two days may end tomorrow.
        Some(days) => format!("over {} days", thousands(days)),
        None => format!("about {}", takes(estimate)),
    };
    match clock_after(now, estimate, &TimeZone::system()) {
        Some(clock) => format!("{takes} (until {clock})"),
        None => takes,
    }
}

fn who(question: &Question<'_>) -> String {
    if question.messages == 0 {
        return format!(
            "Only copies that were refused for now: to {}",
            copied(&question.owed)
        );
    }
    let first = question.first.first().map_or("nobody", String::as_str);
    let Some(tester) = question.test_to else {
        return if question.messages == 1 {
            format!("To {first}")
        } else {
            format!("First to {first}")
        };
    };
    let mut named = question.first.clone();
    let further = question.messages.saturating_sub(named.len() as u64);
    if further > 0 {
        named.push(format!("{} more", thousands(further)));
    }
    let messages = count(question.messages, "message", "messages, all");
    format!("Test: {messages} to {tester} (as written for {})", listed(&named))
}

fn attached(files: &[String]) -> Option<String> {
    let mut named: Vec<_> = files.iter().take(FILES).cloned().collect();
    let further = files.len() - named.len();
    if further > 0 {
        named.push(format!("{further} more"));
    }
    (!named.is_empty()).then(|| format!("Attached: {}", listed(&named)))
}

fn own_files(own: &OwnFiles) -> Option<String> {
    let first = own.first.as_ref()?;
    let least = if own.more { "at least " } else { "" };
    let messages = count(own.messages, "message", "messages");
    Some(format!(
        "Attached by their rows: files of their own in {least}{messages}, the first: {first}"
    ))
}

fn copies(copies: &Copies, messages: u64) -> Vec<String> {
    let mut lines = Vec::new();
    if copies.count == 0 {
        return lines;
    }
    let about = if copies.about { "about " } else { "" };
    lines.push(format!(
        "Copies: {about}{} by Cc and Bcc, with which {about}{} go out",
        thousands(copies.count),
        count(messages + copies.count, "mail", "mails"),
    ));
    for (address, hidden) in &copies.of_all {
        let how = if *hidden { "Bcc" } else { "Cc" };
        lines.push(format!(
            "  {address} gets a copy of every message: {} ({how})",
            count(messages, "mail", "mails")
        ));
    }
    if copies.many > 0 {
        lines.push(format!(
            "  {} {MANY} copies or more, up to {}",
            count(copies.many, "message has", "messages have"),
            thousands(copies.most)
        ));
    }
    lines
}

fn limits(question: &Question<'_>) -> Vec<String> {
    let mut lines: Vec<_> = question
        .room
        .iter()
        .map(|room| limit(room, question.now))
        .collect();
    let mails = question.messages + question.copies.count + question.owed.copies;
    if let Some(at_once) = question.at_once.filter(|at_once| *at_once < mails) {
        let mails = count(mails, "mail", "mails");
        lines.push(if at_once == 0 {
            format!("These limits let none of {mails} go out now; later runs send them, or this one waits with --wait")
        } else {
            format!(
                "These limits let {} of {mails} go out now; the rest goes with later runs, or waits with --wait",
                thousands(at_once)
            )
        });
    }
    lines
}

/// `Limit of school, 2000/day: 1,880 left`.
fn limit(room: &Room, now: Timestamp) -> String {
    let (relay, limit) = (&room.relay, &room.limit);
    let left = match room.wait {
        None => format!("{} left", thousands(room.left)),
        Some(wait) => match clock_after(now, wait, &TimeZone::system()) {
            Some(clock) => format!("nothing left until {clock}, in {}", time(wait)),
            None => format!("nothing left for {}", time(wait)),
        },
    };
    format!("Limit of {relay}, {limit}: {left}")
}
