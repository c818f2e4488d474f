//! Every error as sentences.

use std::error::Error;

use crate::campaign::{Problems, Relay, Severity};
use crate::delivery::{JournalError, Stop};
use crate::ledger::LedgerError;
use crate::report::ReportError;
use crate::run::{Changed, End, Ended, Reason, RunError};
use crate::sandbox::SandboxError;
use crate::storage::Held;
use crate::words::{Said, Speak, of_error, printable, say};
use similar::{ChangeTag, TextDiff};

use super::advice::Advice;
use super::next;
use super::remedy::remedies;
use super::when::time_and_clock;
use super::{findings, relay_hint, terminal};

/// Changed lines of a text that are shown.
const CHANGES: usize = 12;

/// The result of a command: the process' exit code, or why it failed.
pub(super) type Outcome = Result<End, Failure>;

/// What is wrong with a campaign, or with a file of its kind.
pub(super) const CAMPAIGN: Ended = Ended::nothing_sent(Reason::Campaign);

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// A run, or what comes before it.
    Run(RunError),
    /// Something of the command line's own.
    Words(Said),
    /// The same, and what to do about it.
    Hinted(Said, Vec<Said>),
    /// Words that need no `error:` before them, as they were shown in full; and how it ended.
    Plain(String, Ended),
}

impl Failure {
    /// Something of the command line's own.
    pub(super) fn of(said: Said) -> Self {
        Self::Words(said)
    }

    /// The same, and what to do about it.
    pub(super) fn hinted(said: Said, hint: Said) -> Self {
        Self::Hinted(said, vec![hint])
    }

    /// An error of the command line's own with what its type says.
    pub(super) fn spoken(error: &impl Speak) -> Self {
        Self::Hinted(error.said(), error.hints())
    }

    /// Several at once, with what to do about them below.
    pub(super) fn several(wrong: &[Said], hints: &[Said]) -> Self {
        let lines: Vec<_> = wrong.iter().map(labelled).collect();
        let usage = Ended::nothing_sent(Reason::Usage);
        Self::Plain(lines.join("\n") + &next::hints(hints), usage)
    }

    /// How the command ended with it.
    pub(super) fn ended(&self) -> Ended {
        match self {
            Self::Words(_) | Self::Hinted(..) => Ended::nothing_sent(Reason::Usage),
            Self::Plain(_, ended) => *ended,
            Self::Run(error) => error.ended(),
        }
    }

    /// What to say on stderr.
    pub(super) fn words(&self, advice: &Advice) -> String {
        match self {
            Self::Words(said) => labelled(said),
            Self::Hinted(said, hints) => labelled(said) + &next::hints(hints),
            Self::Plain(words, _) => words.clone(),
            Self::Run(error) => run_error(error, advice),
        }
    }
}

/// `error: …`.
fn labelled(said: &Said) -> String {
    terminal::words(&say!("cli-error", what = said.clone()))
}

/// A sentence with what to do about it below.
fn advised((said, hints): (Said, Vec<Said>)) -> String {
    terminal::words(&said) + &next::hints(&hints)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "an error shows as its own words")]
fn run_error(error: &RunError, advice: &Advice) -> String {
    let words = match error {
        RunError::Problems(problems) => return listed(problems),
        RunError::Check(checked) => return terminal::words(&findings::verdict(checked)),
        RunError::Declined => return terminal::words(&say!("cli-declined")),
        RunError::Session { relay, failure } => {
            return advised(relay_hint::unreachable(failure, Some(relay), advice));
        }
        RunError::Cancelled => terminal::words(&say!("cli-cancelled")),
        RunError::ContentChanged { differences, .. } => content_changed(error, differences),
        RunError::Elsewhere(_) => labelled(&say!("cli-elsewhere", found = error)),
        other => labelled(&other.said()),
    };
    let mut hints = error.hints();
    hints.extend(remedies(error, advice));
    words + &next::hints(&hints)
}

fn listed(problems: &Problems) -> String {
    let of = |severity| problems.0.iter().filter(|p| p.severity == severity).count() as u64;
    let found = findings::counted(of(Severity::Error), of(Severity::Warning));
    let shown = findings::problems(problems);
    format!(
        "{shown}\n\n{}",
        terminal::words(&say!("cli-check-refused", found = found))
    )
}

fn content_changed(error: &RunError, differences: &[Changed]) -> String {
    let mut words = labelled(&say!("cli-content-changed", what = error));
    for difference in differences {
        words.push_str(&format!("\n  {}", terminal::words(&difference.what)));
        words.push_str(&changes(difference));
    }
    words
}

/// The lines of a text that went and came, as far as both are known.
fn changes(difference: &Changed) -> String {
    let (Some(before), Some(now)) = (&difference.before, &difference.now) else {
        return String::new();
    };
    let diff = TextDiff::from_lines(before.as_str(), now.as_str());
    let changed = diff
        .iter_all_changes()
        .filter(|change| change.tag() != ChangeTag::Equal);
    let mut lines: Vec<String> = changed
        .map(|change| format!("\n    {} {}", change.tag(), one_line(change.value())))
        .collect();
    if lines.len() > CHANGES {
        let more = lines.len() - CHANGES;
        lines.truncate(CHANGES);
        lines.push(format!(
            "\n    {}",
            terminal::words(&say!("cli-more-lines", lines = more))
        ));
    }
    lines.concat()
}

/// A line as a terminal may show it.
fn one_line(line: &str) -> String {
    printable(line.trim_end().chars().take(120).collect())
}

/// Why a run through these relays ended early, with what to do next.
pub(super) fn stop(stop: &Stop, relays: &[Relay], advice: &Advice) -> String {
    advised(stopped(stop, relays, advice))
}

fn stopped(stop: &Stop, relays: &[Relay], advice: &Advice) -> (Said, Vec<Said>) {
    match stop {
        Stop::Requested => (say!("cli-stop-requested"), Vec::new()),
        Stop::RelayRefused(failure) => relay_hint::unusable(failure, relays, advice),
        Stop::RelayLost(failure) => relay_hint::lost(failure, relays, advice),
        Stop::EveryContentRefused(reply) => {
            let mut hints = relay_hint::refused(reply, relays, advice);
            if hints.is_empty() && reply.code().is_some() {
                hints.push(say!("cli-stop-hint-rejected-alike"));
            }
            let reply = reply.shown().to_string();
            (say!("cli-stop-rejected-alike", reply = reply), hints)
        }
        Stop::TooManyFailures(n) => (say!("cli-stop-max-failures", recipients = *n), Vec::new()),
        Stop::QuotaSpent { what, wait } => {
            let wait = time_and_clock(*wait);
            (
                say!("cli-stop-quota", limit = what.clone(), wait = wait),
                Vec::new(),
            )
        }
        Stop::Accounts(error) => {
            let why = of_error(&*error.source);
            let said = say!("cli-stop-accounts", store = &error.store, why = why);
            (said, store_hints(&*error.source, say!("cli-stop-hint-accounts")))
        }
        Stop::Journal(JournalError::Unusable(why)) => (
            say!("cli-stop-ledger", why = of_error(&**why)),
            store_hints(&**why, say!("cli-hint-disk")),
        ),
        Stop::Journal(error) => (say!("cli-stop-ledger", why = error), vec![say!("cli-hint-disk")]),
        Stop::LedgerReplaced(how) => (
            say!("cli-stop-ledger-replaced", how = how.clone()),
            vec![say!("cli-stop-hint-ledger-replaced")],
        ),
        Stop::Internal(part) => (say!("cli-stop-internal", part = part), Vec::new()),
        Stop::InputUnreadable { file, why } => (
            say!("cli-stop-unreadable", file = file, why = why.clone()),
            vec![say!("cli-stop-hint-unreadable")],
        ),
        Stop::InputsChanged(file) => (
            say!("cli-stop-saved", file = file),
            vec![say!("cli-stop-hint-saved")],
        ),
    }
}

/// What to do about a store that another program holds; else this.
fn store_hints(error: &(dyn Error + 'static), otherwise: Said) -> Vec<Said> {
    match error.downcast_ref::<Held>() {
        Some(held) => held.hints(),
        None => vec![otherwise],
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Run(problems.into())
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::Run(error.into())
    }
}

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        Self::Run(error.into())
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        // Of the commands that only read: nothing was sent by them.
        Self::spoken(&error)
    }
}

#[cfg(test)]
mod tests {
    use crate::delivery::Part;

    use super::*;

    #[test]
    fn an_internal_error_blames_no_disk() {
        for part in [Part::Worker, Part::Composing, Part::Journal, Part::Accounts] {
            let words = stop(&Stop::Internal(part), &[], &Advice::default());
            assert!(words.contains("an internal error"));
            assert!(
                !words.contains("disk") && !words.contains("ledger cannot be written"),
                "{words}"
            );
        }
    }
}
