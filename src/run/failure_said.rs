//! The sentence about a run that could not be.

use std::path::PathBuf;

use crate::campaign::Preset;
use crate::words::{Arg, Said, Speak, hints_of, say, system};

use super::failure::RunError;
use super::unfetched::Unfetched;

impl Speak for RunError {
    fn said(&self) -> Said {
        match self {
            Self::Problems(problems) => match problems.0.first() {
                Some(first) => first.what.clone(),
                None => Said::verbatim(""),
            },
            Self::Check(_) => say!("run-check-found-errors"),
            Self::NoRelay => say!("run-no-relay"),
            Self::Session { failure, .. } => failure.said(),
            Self::Token(error) => error.said(),
            Self::Declined => say!("run-declined"),
            Self::Cancelled => say!("run-cancelled"),
            Self::NeedsYes => say!("run-no-terminal"),
            Self::NeedsPassword(relay) => say!("run-no-password-source", relay = relay),
            Self::Secret(error) => error.said(),
            Self::Tls(error) => error.said(),
            Self::CaFile { path, source } => say!("run-ca-file", path = path, why = system(source)),
            Self::Lock(error) => error.said(),
            Self::Results(folder, error) => say!(
                "run-results-unreadable",
                folder = folder.as_path(),
                why = system(error)
            ),
            Self::UnknownKeys(keys) => say!(
                "run-unknown-keys",
                keys = Arg::commas(keys.iter().map(String::as_str))
            ),
            Self::NoAnswer(names) => say!(
                "run-no-such-answer",
                names = Arg::commas(names.iter().map(String::as_str))
            ),
            Self::Unfetched(unfetched) => unfetched.error.said(),
            Self::NothingToConfirm(names) => say!(
                "run-nothing-to-confirm",
                names = Arg::commas(names.iter().map(String::as_str))
            ),
            Self::InputsChanged(file) => say!("run-inputs-changed", file = file),
            Self::InputUnreadable { file, why } => {
                say!("run-input-unreadable", file = file, why = why.clone())
            }
            Self::UserFile(error) => error.said(),
            Self::Accounts(error) => error.said(),
            Self::Sandbox(error) => error.said(),
            Self::Folder(error) => error.said(),
            Self::Write { path, source } => say!("run-not-written", path = path, why = system(source)),
            Self::Foreign(file) => say!("run-foreign-file", file = file.as_path()),
            Self::Runtime(error) => say!("run-no-threads", why = system(error)),
            Self::Ledger(error) => error.said(),
            Self::NoReport(error) => say!("run-and-nothing-sent", what = error),
            Self::NoLedger(error) => say!("run-and-nothing-sent", what = error),
            Self::Unaccounted(error) => say!("run-unaccounted", why = error),
            Self::Report(error) => error.said(),
            Self::LedgerLost => say!("run-ledger-lost"),
            Self::Panicked => say!("run-panicked"),
            Self::NotInDoubt(_)
            | Self::Purged { .. }
            | Self::NotEnded(_)
            | Self::NoMailing(_)
            | Self::Unfinished { .. }
            | Self::LeftOut { .. }
            | Self::ContentChanged { .. }
            | Self::KeyChanged { .. }
            | Self::Elsewhere(_)
            | Self::AnotherRecord { .. }
            | Self::SeveralLedgers(_) => of_mailing(self),
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Token(error) => error.hints(),
            Self::Unfetched(unfetched) => of_fetching(unfetched),
            Self::Secret(error) => error.hints(),
            Self::CaFile { source, .. } | Self::Write { source, .. } => hints_of(source),
            Self::Lock(error) => error.hints(),
            Self::Results(_, error) | Self::Runtime(error) => hints_of(error),
            Self::UserFile(error) => error.hints(),
            Self::Accounts(error) => error.hints(),
            Self::Sandbox(error) => error.hints(),
            Self::Folder(error) => error.hints(),
            Self::NoReport(error) | Self::Report(error) => error.hints(),
            Self::Ledger(error) | Self::NoLedger(error) | Self::Unaccounted(error) => error.hints(),
            Self::Problems(_)
            | Self::Check(_)
            | Self::NoRelay
            | Self::NotInDoubt(_)
            | Self::Purged { .. }
            | Self::NotEnded(_)
            | Self::NoMailing(_)
            | Self::NoAnswer(_)
            | Self::NothingToConfirm(_)
            | Self::Session { .. }
            | Self::Declined
            | Self::Cancelled
            | Self::NeedsYes
            | Self::NeedsPassword(_)
            | Self::Tls(_)
            | Self::Unfinished { .. }
            | Self::LeftOut { .. }
            | Self::ContentChanged { .. }
            | Self::Elsewhere(_)
            | Self::SeveralLedgers(_)
            | Self::AnotherRecord { .. }
            | Self::UnknownKeys(_)
            | Self::InputsChanged(_)
            | Self::InputUnreadable { .. }
            | Self::Foreign(_)
            | Self::KeyChanged { .. }
            | Self::LedgerLost
            | Self::Panicked => Vec::new(),
        }
    }
}

/// What the provider wants, where it is known, and what can be done otherwise.
fn of_fetching(unfetched: &Unfetched) -> Vec<Said> {
    let access = &unfetched.account.access;
    let preset = access.preset.or_else(|| Preset::of_mailbox(&access.server.host));
    let provider = preset
        .filter(|_| unfetched.error.is_login())
        .map(|preset| preset.login.clone());
    unfetched.error.hints().into_iter().chain(provider).collect()
}

/// Where the question is which mailing it is to be.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others are not about mailings")]
fn of_mailing(error: &RunError) -> Said {
    match error {
        RunError::NotInDoubt(who) => say!("run-not-in-doubt", who = Arg::commas(who.iter().cloned())),
        RunError::Purged { started_at } => say!("run-purged", started = Arg::minute(started_at)),
        RunError::NotEnded(started_at) => say!("run-not-ended", started = Arg::minute(started_at)),
        RunError::NoMailing(number) => say!("run-no-such-mailing", number = Arg::plain(number)),
        RunError::Unfinished {
            started_at,
            open,
            left_out,
            ..
        } => {
            let started = Arg::minute(started_at);
            match left_out {
                Some(left_out) => say!(
                    "run-unfinished-left-out",
                    started = started,
                    open = *open,
                    left_out = left_out
                ),
                None => say!("run-unfinished", started = started, open = *open),
            }
        }
        RunError::LeftOut { left_out, .. } => say!("run-left-out", left_out = left_out),
        RunError::AnotherRecord { name, of_mails: true } => say!("run-record-of-mails", name = name),
        RunError::AnotherRecord {
            name,
            of_mails: false,
        } => say!("run-record-of-list", name = name),
        RunError::ContentChanged {
            started_at,
            accepted,
            finished,
            ..
        } => {
            let started = Arg::minute(started_at);
            if *finished {
                say!("run-content-changed", started = started, accepted = *accepted)
            } else {
                say!(
                    "run-content-changed-unfinished",
                    started = started,
                    accepted = *accepted
                )
            }
        }
        RunError::KeyChanged { .. } => say!("run-key-changed"),
        RunError::Elsewhere(elsewhere) => elsewhere.said(),
        RunError::SeveralLedgers(ledgers) => say!(
            "run-several-ledgers",
            ledgers = Arg::commas(ledgers.iter().map(PathBuf::as_path))
        ),
        _ => say!("run-declined"),
    }
}
