//! What to do about an error: the harmless option first, as complete commands.

use crate::ledger::{LedgerError, LeftOut, LockError};
use crate::run::{RunError, TokenError};
use crate::words::{Arg, Said, say};

use super::advice::Advice;
use super::next::{anew, for_left_out};

/// A step a line. Errors that say by themselves what to do have none.
pub(super) fn remedies(error: &RunError, advice: &Advice) -> Vec<Said> {
    match error {
        RunError::NoRelay => vec![
            say!("cli-hint-write-relay"),
            say!("cli-hint-save-relay"),
            say!("cli-hint-files", command = advice.send_chosen(&["--dry-run"])),
            say!("cli-hint-sandbox", command = advice.send_chosen(&["--sandbox"])),
        ],
        RunError::Accounts(_) => vec![say!("cli-hint-accounts")],
        RunError::NeedsPassword(_) if advice.has_file() => vec![say!("cli-hint-password")],
        RunError::NeedsPassword(_) => vec![say!("cli-hint-password-flags")],
        RunError::UnknownKeys(_) => vec![say!("cli-hint-only")],
        RunError::NoMailing(_) => vec![say!(
            "cli-hint-mailings",
            command = advice.command_with("status", &["--mailings"])
        )],
        RunError::NoAnswer(_) => vec![say!(
            "cli-hint-answers",
            command = advice.command_with("status", &["--recipient", "ADDRESS"])
        )],
        RunError::NothingToConfirm(_) => vec![say!("cli-hint-nothing-to-confirm")],
        RunError::Foreign(_) => vec![say!("cli-hint-foreign-file")],
        RunError::NoLedger(LedgerError::Held { .. }) => Vec::new(),
        RunError::Unaccounted(LedgerError::Held { .. }) => vec![recorded(advice)],
        RunError::NoLedger(_) => vec![say!("cli-hint-disk")],
        RunError::Token(TokenError::LoginAgain { relay, .. }) => {
            vec![say!("cli-hint-log-in", command = advice.log_in(relay))]
        }
        RunError::Token(_) | RunError::Unfetched(_) => Vec::new(),
        RunError::NeedsYes => vec![
            say!(
                "cli-hint-look-first",
                command = advice.send_chosen(&["--dry-run"])
            ),
            say!("cli-hint-unasked", command = advice.typed_and_yes()),
        ],
        RunError::InputUnreadable { .. } => {
            vec![say!("cli-hint-unreadable", command = advice.again())]
        }
        RunError::Cancelled => vec![say!("cli-hint-again", command = advice.again())],
        RunError::InputsChanged(_) => vec![say!("cli-hint-again-unsent", command = advice.again())],
        RunError::Report(_) => vec![say!(
            "cli-hint-report",
            command = advice.command_with("report", &["--output", "report.csv"])
        )],
        RunError::NotInDoubt(_) => vec![say!(
            "cli-hint-in-doubt",
            command = advice.command_with("status", &["--in-doubt"])
        )],
        RunError::Unaccounted(_) => vec![say!("cli-hint-disk"), recorded(advice)],
        RunError::LedgerLost | RunError::Panicked => vec![recorded(advice)],
        RunError::Lock(LockError::Held(_) | LockError::HeldBySomebody) => vec![say!(
            "cli-hint-how-far",
            command = advice.command_with("status", &[])
        )],
        RunError::LeftOut { .. }
        | RunError::Unfinished { .. }
        | RunError::ContentChanged { .. }
        | RunError::KeyChanged { .. }
        | RunError::Purged { .. }
        | RunError::NotEnded(_) => of_mailing(error, advice),
        RunError::Elsewhere(elsewhere) => super::elsewhere::steps(elsewhere, advice),
        RunError::AnotherRecord { .. } if advice.has_file() => vec![say!("cli-hint-another-name-file")],
        RunError::AnotherRecord { .. } => vec![say!("cli-hint-another-name")],
        RunError::SeveralLedgers(_) => vec![say!("cli-hint-several-ledgers")],
        RunError::Problems(_)
        | RunError::Check(_)
        | RunError::Declined
        | RunError::Session { .. }
        | RunError::NoReport(_)
        | RunError::Results(..)
        | RunError::UserFile(_)
        | RunError::Secret(_)
        | RunError::Tls(_)
        | RunError::CaFile { .. }
        | RunError::Lock(LockError::Io { .. } | LockError::NoLocks { .. } | LockError::Folder(_))
        | RunError::Sandbox(_)
        | RunError::Folder(_)
        | RunError::Write { .. }
        | RunError::Runtime(_)
        | RunError::Ledger(_) => Vec::new(),
    }
}

/// Where the question is which mailing it is to be.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others are not about mailings")]
fn of_mailing(error: &RunError, advice: &Advice) -> Vec<Said> {
    let new = |finished: bool, accepted: u64| {
        if finished && advice.chooses() {
            let command = advice.send_asking_chosen(&["--new"]);
            say!("cli-hint-new-chosen", command = command)
        } else if finished {
            anew(advice, accepted)
        } else {
            give_up(advice, accepted)
        }
    };
    match error {
        RunError::LeftOut { left_out, accepted } => for_left_out(left_out, *accepted, advice).into(),
        RunError::Unfinished {
            accepted, left_out, ..
        } => vec![go_on(left_out.as_ref(), advice), give_up(advice, *accepted)],
        RunError::ContentChanged {
            accepted, finished, ..
        } => vec![
            say!(
                "cli-hint-accept-changes",
                who = who_gets_it(*finished, advice),
                command = advice.accept_changes()
            ),
            new(*finished, *accepted),
        ],
        RunError::KeyChanged { accepted, finished } => {
            vec![say!("cli-hint-old-key"), new(*finished, *accepted)]
        }
        RunError::Purged { .. } => {
            vec![say!(
                "cli-hint-new-after-purge",
                command = advice.send_asking(&["--new"])
            )]
        }
        RunError::NotEnded(_) => vec![
            say!("cli-hint-continue", command = advice.send(&[])),
            say!(
                "cli-hint-give-up-to-purge",
                command = advice.send_asking(&["--new", "--abandon"])
            ),
        ],
        _ => Vec::new(),
    }
}

/// Who gets the new content of a mailing that was begun with another.
fn who_gets_it(finished: bool, advice: &Advice) -> Arg {
    let (rejected, in_doubt) = advice.sends_once_more();
    let others = if finished {
        say!("cli-who-is-new")
    } else {
        say!("cli-who-is-left")
    };
    let rejected = rejected.then(|| say!("cli-who-was-rejected"));
    let in_doubt = in_doubt.then(|| say!("cli-who-is-in-doubt"));
    Arg::and(rejected.into_iter().chain(in_doubt).chain([others]))
}

fn go_on(left_out: Option<&LeftOut>, advice: &Advice) -> Said {
    match left_out {
        Some(_) => say!("cli-hint-continue-with-all", command = advice.send_to_all()),
        None => say!("cli-hint-continue", command = advice.send(&[])),
    }
}

/// A mailing is given up, and all begin anew, or those who were chosen.
fn give_up(advice: &Advice, accepted: u64) -> Said {
    if advice.chooses() {
        let command = advice.send_asking_chosen(&["--new", "--abandon"]);
        return say!("cli-hint-give-up-chosen", command = command);
    }
    let command = advice.send_asking(&["--new", "--abandon"]);
    if accepted == 0 {
        say!("cli-hint-give-up", command = command)
    } else {
        say!("cli-hint-give-up-again", accepted = accepted, command = command)
    }
}

fn recorded(advice: &Advice) -> Said {
    say!("cli-hint-recorded", command = advice.command_with("status", &[]))
}
