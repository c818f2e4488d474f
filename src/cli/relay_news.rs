//! What a run finds out about a relay.

use crate::campaign::Relay;
use crate::delivery::{Capped, News};
use serde_json::{Value, json};

use super::wording::count;

/// `the relay loses commands behind a message; going on without (remembered)`; with its name where
/// there are several.
pub(super) fn line(news: &News<'_>, relays: &[Relay]) -> String {
    let which = if relays.len() > 1 {
        format!("the relay {}", news.relay)
    } else {
        "the relay".to_owned()
    };
    let remembered = if news.remembered { " (remembered)" } else { "" };
    format!("{which} {}{remembered}", news.habit)
}

/// The same for programs.
pub(super) fn event(news: &News<'_>) -> Value {
    json!({"relay": news.relay, "what": news.habit.name(), "remembered": news.remembered})
}

/// `the relay school takes 3 connections at a time; going on with that many`.
pub(super) fn capped(capped: &Capped<'_>) -> String {
    let Capped {
        relay,
        takes,
        of,
        silent,
    } = capped;
    if *silent > 0 {
        return format!("{silent} of {of} connections get no greeting: the relay {relay} takes {takes}");
    }
    let takes = count(*takes as u64, "connection", "connections");
    format!("the relay {relay} takes {takes} at a time; going on with that many")
}

/// The same for programs.
pub(super) fn capped_event(capped: &Capped<'_>) -> Value {
    json!({
        "relay": capped.relay, "takes": capped.takes, "connections": capped.of, "silent": capped.silent,
    })
}
