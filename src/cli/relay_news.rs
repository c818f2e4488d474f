//! What a run finds out about a relay.

use crate::campaign::Relay;
use crate::delivery::{Capped, Down, News};
use serde_json::{Value, json};

use super::wording::count;

/// `the relay loses commands behind a message; going on without (remembered)`; with its name where
/// there are several.
pub(super) fn line(news: &News<'_>, relays: &[Relay]) -> String {
    let which = which(news.relay, relays);
    let remembered = if news.remembered { " (remembered)" } else { "" };
    format!("{which} {}{remembered}", news.habit)
}

/// The same for programs.
pub(super) fn event(news: &News<'_>) -> Value {
    json!({"relay": news.relay, "what": news.habit.name(), "remembered": news.remembered})
}

/// `the relay takes 3 connections at a time; going on with 3`.
pub(super) fn capped(capped: &Capped<'_>, relays: &[Relay]) -> String {
    let (which, takes) = (which(capped.relay, relays), capped.takes);
    if capped.silent {
        let (others, of) = (capped.of - takes, capped.of);
        return format!("{others} of {of} connections get no greeting: {which} takes {takes}");
    }
    let connections = count(takes as u64, "connection", "connections");
    format!("{which} takes {connections} at a time; going on with {takes}")
}

/// What a relay does that cannot be used.
pub(super) fn down(how: Down) -> &'static str {
    match how {
        Down::TurnsAway => "turns us away",
        Down::BreaksOff => "breaks off",
        Down::NotReached => "is not reached",
    }
}

/// A relay, with its name where there are several.
fn which(relay: &str, relays: &[Relay]) -> String {
    if relays.len() > 1 {
        format!("the relay {relay}")
    } else {
        "the relay".to_owned()
    }
}

/// The same for programs.
pub(super) fn capped_event(capped: &Capped<'_>) -> Value {
    json!({
        "relay": capped.relay, "takes": capped.takes, "connections": capped.of, "silent": capped.silent,
    })
}
