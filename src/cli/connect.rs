//! `check --connect`: tries every relay as a run would, and sends nothing.

use std::io::Write;

use crate::campaign::{Preset, Problem, Relay};
use crate::check::{Checked, Finding};
use crate::run::{End, Ended, Reached, Reason, RunError, connect};
use crate::words::{Arg, Said, Speak as _, say};

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::output::{Globals, say};
use super::screen::Screen;
use super::{findings, terminal};

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
                let problem = Problem::error(error.said()).code("relay-unusable");
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
        let said = say!(
            "cli-connect-checked",
            relays = say!("cli-relays", relays = relays.len()),
            problems = say!("cli-problems", problems = found.len())
        );
        Err(Failure::Plain(terminal::words(&said), ended))
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
    let tls = if reached.encrypted {
        Said::verbatim("TLS")
    } else {
        say!("cli-connect-no-tls")
    };
    let login = match &relay.user {
        Some(user) => say!("cli-connect-login", user = user),
        None => say!("cli-connect-no-login"),
    };
    let largest = match offered.size {
        Some(octets) => say!("cli-connect-largest", size = Arg::Size(octets)),
        None => say!("cli-connect-no-largest"),
    };
    let pipelining = if offered.pipelining {
        Said::verbatim("PIPELINING")
    } else {
        say!("cli-connect-no-pipelining")
    };
    let said = say!(
        "cli-connect-reached",
        relay = &relay.name,
        host = &relay.server.host,
        port = Arg::plain(relay.server.port),
        found = Arg::commas([tls, login, largest, pipelining])
    );
    let limits = relay
        .preset
        .filter(|preset| relay.rates == preset.rates)
        .map(limits);
    let lines = std::iter::once(said).chain(limits.into_iter().flatten());
    lines
        .map(|line| terminal::words(&line))
        .collect::<Vec<_>>()
        .join("\n  ")
}

/// What is kept to, and what else the provider publishes.
fn limits(preset: &Preset) -> Vec<Said> {
    let source = say!(
        "cli-connect-source",
        preset = &preset.name,
        day = preset.looked_up.to_string(),
        source = &preset.limits_source
    );
    let rates = preset.rates.iter().map(ToString::to_string);
    let limits = preset.limits.clone();
    let mut lines = Vec::new();
    if !preset.rates.is_empty() {
        lines.push(say!(
            "cli-connect-rates",
            rates = Arg::commas(rates),
            source = source.clone()
        ));
    }
    if let Some(limits) = limits {
        let provider = Said::verbatim(preset.title.clone());
        lines.push(if preset.rates.is_empty() {
            say!(
                "cli-connect-limits-from",
                provider = provider,
                limits = limits,
                source = source
            )
        } else {
            say!("cli-connect-limits", provider = provider, limits = limits)
        });
    }
    lines
}

/// RFC 1870: what is larger than SIZE is refused, so it is found out before.
fn too_large(relay: &Relay, reached: &Reached, checked: &Checked) -> Option<Problem> {
    let limit = reached
        .capabilities
        .size
        .filter(|limit| checked.largest > *limit)?;
    Some(
        Problem::error(say!(
            "cli-connect-too-large",
            size = Arg::Size(checked.largest),
            relay = &relay.name,
            most = Arg::Size(limit)
        ))
        .code("over-size")
        .help(say!("cli-connect-hint-too-large")),
    )
}
