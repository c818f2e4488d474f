//! What a run finds out about a relay.

use crate::campaign::Relay;
use crate::delivery::News;
use serde_json::{Value, json};

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
