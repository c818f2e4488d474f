//! Which campaign the advice of a command is about.

use super::advice::Advice;
use super::args::Command;

/// For the command that runs.
pub(super) fn advice(command: &Command) -> Advice {
    match command {
        Command::Send(send) => Advice::of_typed("send", &send.campaign),
        Command::Check(check) => Advice::of_typed("check", &check.campaign),
        Command::Status(status) => Advice::of_place(&status.campaign, status.name.as_deref()),
        Command::Purge(purge) => Advice::of_place(&purge.campaign, purge.name.as_deref()),
        Command::Stop(stop) => Advice::of_place(&stop.campaign, stop.name.as_deref()),
        Command::Settle(settle) => Advice::of_place(&settle.campaign(), settle.name.as_deref()),
        Command::Inbox(inbox) => Advice::of_place(&inbox.campaign(), inbox.name.as_deref()),
        Command::Report(report) => Advice::of_place(&report.campaign, report.name.as_deref()),
        Command::Login(login) => Advice::of_place(&login.campaign, None),
        Command::New(_)
        | Command::Columns(_)
        | Command::Preview(_)
        | Command::Unsubscribe(_)
        | Command::Dkim(_)
        | Command::Explain(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Sandbox(_) => Advice::default(),
    }
}
