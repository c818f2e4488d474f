//! What a run finds out about a relay.

use std::time::Duration;

use crate::campaign::Relay;
use crate::delivery::{Capped, Down, Habit, News};
use crate::words::{Said, say};
use serde_json::{Value, json};

/// `the relay loses commands behind a message; continuing without (remembered)`; with its name where
/// there are several.
pub(super) fn line(news: &News<'_>, relays: &[Relay]) -> Said {
    let relay = which(news.relay, relays);
    let line = match news.habit {
        Habit::LosesBehind => say!("cli-run-relay-loses-behind", relay = relay),
        Habit::RefusesBehind => say!("cli-run-relay-refuses-behind", relay = relay),
        Habit::LosesTogether => say!("cli-run-relay-loses-together", relay = relay),
        Habit::AnswersLate => say!("cli-run-relay-answers-late", relay = relay),
    };
    if news.remembered {
        say!("cli-run-remembered", line = line)
    } else {
        line
    }
}

/// The same for programs.
pub(super) fn event(news: &News<'_>) -> Value {
    json!({"relay": news.relay, "what": news.habit.name(), "remembered": news.remembered})
}

/// `the relay accepts 3 connections at a time; continuing with 3`.
pub(super) fn capped(capped: &Capped<'_>, relays: &[Relay]) -> Said {
    let (relay, takes) = (which(capped.relay, relays), capped.takes);
    if capped.silent {
        let (others, of) = (capped.of - takes, capped.of);
        return say!(
            "cli-run-relay-takes-silent",
            others = others,
            of = of,
            relay = relay,
            takes = takes
        );
    }
    say!("cli-run-relay-takes", relay = relay, takes = takes)
}

/// The same for programs.
pub(super) fn capped_event(capped: &Capped<'_>) -> Value {
    json!({
        "relay": capped.relay, "takes": capped.takes, "connections": capped.of, "silent": capped.silent,
    })
}

/// What a relay does that cannot be used.
pub(super) fn down(name: &str, how: Down, why: &Said) -> Said {
    let reply = why.clone();
    let relay = say!("cli-relay-named", name = name);
    match how {
        Down::TurnsAway => say!("cli-run-relay-refuses", relay = relay, reply = reply),
        Down::BreaksOff => say!("cli-run-relay-breaks-off", relay = relay, reply = reply),
        Down::NotReached => say!("cli-run-relay-not-reached", relay = relay, reply = reply),
    }
}

/// When it is used again.
pub(super) fn then(wait: Option<Duration>) -> Said {
    match wait {
        Some(Duration::ZERO) => say!("cli-run-relay-reconnects"),
        Some(wait) => say!("cli-run-relay-rests", time = wait),
        None => say!("cli-run-relay-ended"),
    }
}

/// A relay, with its name where there are several.
fn which(relay: &str, relays: &[Relay]) -> Said {
    if relays.len() > 1 {
        say!("cli-relay-named", name = relay)
    } else {
        say!("cli-relay-only")
    }
}
