//! What to do about an error: the harmless option first, as complete commands.

use crate::ledger::{LedgerError, LeftOut, LockError};
use crate::run::{RunError, TokenError};

use super::advice::Advice;
use super::next::for_left_out;

/// A step a line. Errors that say by themselves what to do have none.
pub(super) fn remedies(error: &RunError, advice: &Advice) -> Vec<String> {
    match error {
        RunError::NoRelay => vec![
            "write [relay.NAME] and below it server = \"smtps://smtp.uni.example\", or use --relay".to_owned(),
            format!(
                "without a relay, as files: {}",
                advice.send_chosen(&["--dry-run"])
            ),
            format!("without a relay, on this machine: {}", advice.send_chosen(&["--sandbox"])),
        ],
        RunError::Accounts(_) => vec!["it lies in the folder MAILSHOT_STATE, by default ~/.local/state/mailshot; it counts what went out against hour and day limits".to_owned()],
        RunError::NeedsPassword(_) => vec!["set MAILSHOT_PASSWORD, or write password = { command = \"…\" } below the relay (or file, keyring)".to_owned()],
        RunError::UnknownKeys(_) => vec!["--only takes the address (or key) as it stands in the recipients file".to_owned()],
        RunError::NoMailing(_) => vec![format!(
            "the mailings there are: {}",
            advice.command_with("status", &["--mailings"])
        )],
        RunError::Foreign(_) => vec!["choose another folder with --output, or move the file away".to_owned()],
        RunError::NoLedger(LedgerError::Held { .. }) => Vec::new(),
        RunError::Unaccounted(LedgerError::Held { .. }) => vec![recorded(advice)],
        RunError::NoLedger(_) => vec!["look whether the disk is full".to_owned()],
        RunError::Token(TokenError::LoginAgain { relay, .. }) => {
            vec![format!("log in again: {}", advice.log_in(relay))]
        }
        RunError::Token(_) => Vec::new(),
        RunError::NeedsYes => vec![
            format!("look at the messages first: {}", advice.send_chosen(&["--dry-run"])),
            format!("then, to send without a question: {}", advice.typed_and_yes()),
        ],
        RunError::InputUnreadable { .. } => vec![format!(
            "nothing was sent; see who holds the file or where it has gone, then the same command again: {}",
            advice.again()
        )],
        RunError::Cancelled => vec![format!("the same command again: {}", advice.again())],
        RunError::InputsChanged(_) => vec![format!("nothing was sent; the same command again: {}", advice.again())],
        RunError::Report(_) => vec![format!(
            "the messages went out; to write the report again: {}",
            advice.command_with("report", &["--output", "report.csv"])
        )],
        RunError::NotInDoubt(_) => vec![format!(
            "nobody was settled; those who can be: {}",
            advice.command_with("status", &["--in-doubt"])
        )],
        RunError::Unaccounted(_) => vec![
            "look whether the disk is full".to_owned(),
            recorded(advice),
        ],
        RunError::LedgerLost | RunError::Panicked => vec![recorded(advice)],
        RunError::Lock(LockError::Held(_) | LockError::HeldBySomebody) => vec![format!(
            "to see how far it is: {}",
            advice.command_with("status", &[])
        )],
        RunError::LeftOut { .. }
        | RunError::Unfinished { .. }
        | RunError::ContentChanged { .. }
        | RunError::KeyChanged { .. }
        | RunError::Purged { .. }
        | RunError::NotEnded(_) => of_mailing(error, advice),
        RunError::Elsewhere(elsewhere) => super::elsewhere::steps(elsewhere, advice),
        RunError::SeveralLedgers(_) => vec!["write name = \"…\" at the top of the campaign file: the name, without .db, of the ledger that it is to go on with".to_owned()],
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
fn of_mailing(error: &RunError, advice: &Advice) -> Vec<String> {
    let anew = |finished: bool, accepted: u64| {
        advice.new_mailing(if finished { &[] } else { &["--abandon"] }, accepted)
    };
    match error {
        RunError::LeftOut { left_out, accepted } => for_left_out(left_out, *accepted, advice)
            .map(|step| super::terminal::words(&step))
            .into(),
        RunError::Unfinished {
            accepted, left_out, ..
        } => vec![
            go_on(left_out.as_ref(), advice),
            format!(
                "--new --abandon gives it up and sends a new mailing {}",
                anew(false, *accepted)
            ),
        ],
        RunError::ContentChanged {
            accepted, finished, ..
        } => vec![
            format!(
                "--accept-changes goes on, and only those who {} get the new content: {}",
                who_gets_it(*finished, advice),
                advice.accept_changes()
            ),
            format!("--new sends it as a new mailing, {}", anew(*finished, *accepted)),
        ],
        RunError::KeyChanged { accepted, finished } => vec![
            "put the old key back to go on".to_owned(),
            format!("--new sends a new mailing {}", anew(*finished, *accepted)),
        ],
        RunError::Purged { .. } => vec![format!(
            "--new sends a new mailing to everybody in the list, also to those who got the old one: {}",
            advice.send_asking(&["--new"])
        )],
        RunError::NotEnded(_) => vec![
            format!("mailshot send goes on with it: {}", advice.send(&[])),
            format!(
                "--new --abandon gives it up, so that it can be purged, and sends a new mailing to everybody in the list once more: {}",
                advice.send_asking(&["--new", "--abandon"])
            ),
        ],
        _ => Vec::new(),
    }
}

/// Who gets the new content of a mailing that was begun with another.
fn who_gets_it(finished: bool, advice: &Advice) -> String {
    let other = if finished {
        "are new in the list"
    } else {
        "are left"
    };
    match advice.sends_once_more() {
        (false, false) => other.to_owned(),
        (true, false) => format!("were refused or {other}"),
        (false, true) => format!("are in doubt or {other}"),
        (true, true) => format!("were refused, are in doubt or {other}"),
    }
}

fn go_on(left_out: Option<&LeftOut>, advice: &Advice) -> String {
    match left_out {
        Some(_) => format!(
            "mailshot send goes on with it, also with those who were left out: {}",
            advice.send_to_all()
        ),
        None => format!("mailshot send goes on with it: {}", advice.send(&[])),
    }
}

fn recorded(advice: &Advice) -> String {
    format!("what was recorded: {}", advice.command_with("status", &[]))
}
