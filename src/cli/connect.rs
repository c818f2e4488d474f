//! `check --connect`: tries every relay as a run would, and sends nothing.

use std::io::Write;

use crate::campaign::{Preset, Problem, Relay};
use crate::check::{Checked, Finding};
use crate::run::{End, Ended, Reached, Reason, RunError, connect};

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::findings;
use super::output::{Globals, say};
use super::screen::Screen;
use super::wording::{count, size};

/// The result.
pub(super) struct Tried {
    /// What is wrong; it was shown.
    pub(super) findings: Vec<Finding>,
    /// How the command ends.
    pub(super) outcome: Outcome,
}

/// Tries all relays, also those behind one that fails.
pub(super) fn all(
    globals: &Globals,
    relays: &[Relay],
    checked: &Checked,
    screen: &mut Screen,
    advice: &Advice,
) -> Result<Tried, Failure> {
    if relays.is_empty() {
        return Err(RunError::NoRelay.into());
    }
    let mut found: Vec<Finding> = Vec::new();
    let mut ended = Ended::DONE;
    for relay in relays {
        let (problem, words) = match connect(relay, screen) {
            Ok(reached) => {
                say(globals, &described(relay, &reached));
                let Some(problem) = too_large(relay, &reached, checked) else {
                    continue;
                };
                let words = findings::problem(&problem);
                ended = worse(ended, Ended::nothing_sent(Reason::Findings));
                (problem, words)
            }
            Err(error) => {
                let problem = Problem::error(error.to_string()).code("relay-unusable");
                ended = worse(ended, error.ended());
                let words = Failure::from(error).words(advice);
                let which = if relays.len() > 1 {
                    format!("{}: ", relay.name)
                } else {
                    String::new()
                };
                (problem, format!("{which}{words}"))
            }
        };
        found.push(problem.into());
        // Nowhere is left to say it when stderr is closed.
        let _ = writeln!(anstream::stderr().lock(), "{words}");
    }
    let outcome = if found.is_empty() {
        Ok(End::Complete)
    } else {
        let words = format!(
            "{} checked: {}. Nothing was sent.",
            count(relays.len() as u64, "relay", "relays"),
            count(found.len() as u64, "problem", "problems")
        );
        Err(Failure::Plain(words, ended))
    };
    Ok(Tried {
        findings: found,
        outcome,
    })
}

/// Of several relays, one that needs a change counts for more than one that may be back later.
fn worse(one: Ended, other: Ended) -> Ended {
    match one.end {
        End::Complete | End::NotNow if other.end != End::Complete => other,
        End::Complete | End::NotNow | End::Incomplete | End::NothingSent | End::Interrupted => one,
    }
}

/// One line for a relay that can be used, and more for the limits of its preset.
pub(super) fn described(relay: &Relay, reached: &Reached) -> String {
    let offered = &reached.capabilities;
    let tls = if reached.encrypted { "TLS" } else { "no TLS" };
    let login = match &relay.user {
        Some(user) => format!("login as {user} ok"),
        None => "no login".to_owned(),
    };
    let largest = match offered.size {
        Some(octets) => format!("messages up to {} (SIZE)", size(octets)),
        None => "no limit on the size of messages".to_owned(),
    };
    let pipelining = if offered.pipelining {
        "PIPELINING"
    } else {
        "no PIPELINING"
    };
    let mut words = format!(
        "{}: {}:{}: {tls}, {login}, {largest}, {pipelining}.",
        relay.name, relay.server.host, relay.server.port
    );
    if let Some(preset) = relay.preset
        && relay.rates == preset.rates
    {
        words.push_str(&limits(preset));
    }
    words
}

/// What is kept to, and what else the provider publishes.
fn limits(preset: &Preset) -> String {
    let Preset {
        name,
        looked_up,
        limits_source,
        ..
    } = preset;
    let source = format!("preset {name}, looked up {looked_up} at {limits_source}");
    let rates: Vec<_> = preset.rates.iter().map(ToString::to_string).collect();
    let mut words = String::new();
    if !rates.is_empty() {
        words = format!(
            "\n  at most {} ({source}; `rate` below the relay goes before it)",
            rates.join(", ")
        );
    }
    if let Some(limits) = &preset.limits {
        words.push_str(&format!("\n  {}: {limits}", preset.title));
        if rates.is_empty() {
            words.push_str(&format!(" ({source})"));
        }
    }
    words
}

/// RFC 1870: what is larger than SIZE is refused, so it is found out before.
fn too_large(relay: &Relay, reached: &Reached, checked: &Checked) -> Option<Problem> {
    let limit = reached
        .capabilities
        .size
        .filter(|limit| checked.largest > *limit)?;
    Some(
        Problem::error(format!(
            "the largest message has {}, and the relay `{}` takes no more than {} (SIZE)",
            size(checked.largest),
            relay.name,
            size(limit)
        ))
        .code("over-size")
        .help("make the attachments smaller, or put them on a web page and write its address"),
    )
}
