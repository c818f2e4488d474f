//! Every error as sentences.

use crate::campaign::{Problems, Relay, Severity};
use crate::delivery::{JournalError, Stop};
use crate::ledger::{LedgerError, LeftOut};
use crate::report::ReportError;
use crate::run::{Changed, End, Ended, Reason, RunError};
use crate::sandbox::SandboxError;
use crate::storage::Held;
use crate::words::{Said, Speak as _, printable, say};
use similar::{ChangeTag, TextDiff};

use super::advice::Advice;
use super::next;
use super::remedy::remedies;
use super::when::time_and_clock;
use super::wording::{count, moment, thousands};
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
    Words(String),
    /// Words that need no `error:` before them, as they were shown in full; and how it ended.
    Plain(String, Ended),
}

impl Failure {
    /// Something of the command line's own.
    pub(super) fn of(said: Said) -> Self {
        Self::Words(terminal::words(&said))
    }

    /// The same, and what to do about it.
    pub(super) fn hinted(said: Said, hint: Said) -> Self {
        Self::Words(terminal::words(&said) + &next::hints(&[hint]))
    }

    /// A part of a later version.
    pub(super) fn not_yet(what: &str) -> Self {
        Self::Words(format!("{what} is not supported yet"))
    }

    /// How the command ended with it.
    pub(super) fn ended(&self) -> Ended {
        match self {
            Self::Words(_) => Ended::nothing_sent(Reason::Usage),
            Self::Plain(_, ended) => *ended,
            Self::Run(error) => error.ended(),
        }
    }

    /// What to say on stderr.
    pub(super) fn words(&self, advice: &Advice) -> String {
        match self {
            Self::Words(words) => format!("error: {words}"),
            Self::Plain(words, _) => words.clone(),
            Self::Run(error) => run_error(error, advice),
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "an error shows as its own words")]
fn run_error(error: &RunError, advice: &Advice) -> String {
    let steps: Vec<_> = error
        .hints()
        .iter()
        .map(terminal::words)
        .chain(remedies(error, advice))
        .map(|step| advice.of_flags(step))
        .collect();
    let words = match error {
        RunError::Problems(problems) => return listed(problems),
        RunError::Check(checked) => return terminal::words(&findings::verdict(checked)),
        RunError::Declined => return "Nothing was sent.".to_owned(),
        RunError::Cancelled => "Stopped as asked. Nothing was sent.".to_owned(),
        RunError::Session { relay, failure } => {
            return advice.of_flags(relay_hint::unreachable(failure, Some(relay), advice));
        }
        RunError::ContentChanged { .. } => content_changed(error),
        RunError::Elsewhere(elsewhere) => super::elsewhere::words(elsewhere),
        RunError::Unfinished {
            started_at,
            open,
            left_out,
            ..
        } => unfinished(started_at, *open, left_out.as_ref()),
        RunError::NotEnded(started_at) => {
            format!("error: the mailing of {} is not finished", moment(started_at))
        }
        RunError::Purged { started_at } => format!(
            "error: the mailing of {} was purged: who got it is not known any more",
            moment(started_at)
        ),
        other => format!(
            "{}: {}",
            terminal::words(&say!("words-error")),
            terminal::words(&other.said())
        ),
    };
    words + &next::hints(&steps)
}

fn unfinished(started_at: &str, open: u64, left_out: Option<&LeftOut>) -> String {
    let mut words = format!(
        "error: the mailing of {} is not finished: {} still to be sent to or in doubt",
        moment(started_at),
        count(open, "recipient is", "recipients are")
    );
    if let Some(left_out) = left_out {
        words.push_str(&format!("; {}", next::told(left_out)));
    }
    words
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

fn content_changed(error: &RunError) -> String {
    let RunError::ContentChanged {
        started_at,
        accepted,
        finished,
        differences,
    } = error
    else {
        return error.to_string();
    };
    let (day, sent) = (moment(started_at), thousands(*accepted));
    let mut words = if *finished {
        format!("error: sent to {sent} on {day}; the content has changed since:")
    } else {
        format!(
            "error: the mailing of {day} is not finished ({sent} sent so far), and the content has changed since:"
        )
    };
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
            "\n    … and {}",
            count(more as u64, "more line", "more lines")
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
    advice.of_flags(stop_of(stop, relays, advice))
}

fn stop_of(stop: &Stop, relays: &[Relay], advice: &Advice) -> String {
    match stop {
        Stop::Requested => "Stopped as asked.".to_owned(),
        Stop::RelayRefused(failure) => relay_hint::unusable(failure, relays, advice),
        Stop::RelayLost(failure) => relay_hint::lost(failure, relays, advice),
        Stop::EveryContentRefused(reply) => {
            let mut hint = relay_hint::refused(reply, relays);
            if hint.is_empty() && reply.code().is_some() {
                "\n  hint: it says so whoever the message is for: it means the login, the sender, the content or this computer, \
                 and no recipient; ask whoever runs the relay what these words mean"
                    .clone_into(&mut hint);
            }
            format!(
                "Stopped: the relay refuses every message with the same words: {}{hint}",
                reply.shown()
            )
        }
        Stop::TooManyFailures(n) => {
            format!(
                "Stopped: {} refused, as many as --max-failures allows.",
                count(*n, "recipient was", "recipients were")
            )
        }
        Stop::QuotaSpent { what, wait } => format!(
            "Stopped: a limit is used up ({what}); it is free again in {}.",
            time_and_clock(*wait).in_lang(terminal::lang())
        ),
        Stop::Accounts(error) if error.source.is::<Held>() => format!("Stopped: {error}"),
        Stop::Accounts(error) => format!(
            "Stopped: the store of relay accounts cannot be used ({error}), so nobody knows how much may still go out.\n  hint: look at the folder in MAILSHOT_STATE (or ~/.local/state/mailshot), and whether the disk is full"
        ),
        Stop::Journal(JournalError::Unusable(why)) if why.is::<Held>() => {
            format!("Stopped: the ledger cannot be written: {why}. Nothing is sent that cannot be recorded.")
        }
        Stop::Journal(error) => format!(
            "Stopped: the ledger cannot be written ({error}); nothing is sent that cannot be recorded.\n  hint: look whether the disk is full"
        ),
        Stop::LedgerReplaced(how) => format!(
            "Stopped: {how}. It is the only record of who has the message, so nothing more is sent.\n  hint: find out what did that (a program that keeps folders the same, one that tidies up, another person), and put the files of .mailshot back before anything is sent from here again; the report tells who got it until now"
        ),
        Stop::Internal(part) => format!(
            "Stopped: an internal error, {part} ended unexpectedly; what was sent until then is recorded.\n  recipients whose reply was not read are listed as in doubt"
        ),
        Stop::InputUnreadable { file, why } => format!(
            "Stopped: {file} cannot be read any more ({why}).\n  hint: what went out is what was checked; see that the file is back before you go on"
        ),
        Stop::InputsChanged(file) => format!(
            "Stopped: {file} was saved while the messages were going out.\n  hint: those that went out have the old content; those who are left get it as it is now, when you say so"
        ),
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
        Self::Words(error.to_string())
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
