//! The commands; each has its flags, and what it does with them, in a file of its own.
//!
//! What the help says of them is in the catalogue (`words/en/help.ftl`), under ids made of their names.

use clap::{Parser, Subcommand};

use super::check::CheckArgs;
use super::columns::ColumnsArgs;
use super::completions::CompletionsArgs;
use super::dkim::DkimArgs;
use super::inbox::InboxArgs;
use super::login::LoginArgs;
use super::man::ManArgs;
use super::meaning::ExplainArgs;
use super::new::NewArgs;
use super::output::Globals;
use super::preview::PreviewArgs;
use super::purge::PurgeArgs;
use super::report::ReportArgs;
use super::sandbox::SandboxArgs;
use super::send::SendArgs;
use super::settle::SettleArgs;
use super::status::StatusArgs;
use super::stop::StopArgs;
use super::unsubscribe::UnsubscribeArgs;

#[derive(Debug, Parser)]
#[command(name = "mailshot", version)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    New(NewArgs),
    Check(CheckArgs),
    Columns(ColumnsArgs),
    Preview(PreviewArgs),
    Send(Box<SendArgs>),
    Stop(StopArgs),
    Status(StatusArgs),
    Report(ReportArgs),
    Settle(SettleArgs),
    Purge(PurgeArgs),
    Unsubscribe(UnsubscribeArgs),
    Inbox(InboxArgs),
    Login(LoginArgs),
    Dkim(DkimArgs),
    Explain(ExplainArgs),
    Sandbox(SandboxArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}
