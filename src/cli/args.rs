//! The commands; each has its flags, and what it does with them, in a file of its own.

use clap::{Parser, Subcommand};

use super::check::CheckArgs;
use super::columns::ColumnsArgs;
use super::dkim::DkimArgs;
use super::login::LoginArgs;
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

/// Send a personal e-mail to every row of a spreadsheet: checked before,
/// resumable during, accounted for after.
#[derive(Debug, Parser)]
#[command(name = "mailshot", version, max_term_width = 100)]
#[command(after_help = "\
A campaign is a folder with a mailshot.toml. Begin with:
  mailshot new my-campaign                 make one from a template
  mailshot send my-campaign --dry-run      look at every message as a file
  mailshot send my-campaign --sandbox      try the whole way, to nobody
  mailshot send my-campaign                send; run it again to go on

Exit codes: 0 all is well; 1 finished, but not everybody was accepted; 2 nothing went out, and
something must be changed first; 3 stopped early after something went out; 4 nothing went out,
and the same command may work later.")]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new campaign from a template, or from mailmerge's files.
    New(NewArgs),
    /// Render and compose every row, tell every problem, send nothing.
    Check(CheckArgs),
    /// Look at a recipients file: its columns, and what templates call them.
    Columns(ColumnsArgs),
    /// Look at the messages (only `--row` for now).
    Preview(PreviewArgs),
    /// Send; run it again to go on.
    Send(Box<SendArgs>),
    /// End a run that is going on elsewhere on this machine, as Ctrl-C does.
    Stop(StopArgs),
    /// Totals so far, also while a run is going.
    Status(StatusArgs),
    /// What became of every row.
    Report(ReportArgs),
    /// Decide recipients in doubt by hand; recorded as such.
    Settle(SettleArgs),
    /// Remove who got old mailings; the numbers are kept.
    Purge(PurgeArgs),
    /// Keep the list of who is not to be written to, by any campaign.
    Unsubscribe(UnsubscribeArgs),
    /// Collect bounces and replies (not supported yet).
    #[command(hide = true)]
    Inbox(LaterArgs),
    /// Try a password (or refresh token) at a relay, and store it in the keyring.
    Login(LoginArgs),
    /// Make a key to sign messages with (DKIM), and print its DNS record.
    Dkim(DkimArgs),
    /// Explain a code: what it means, why it matters, what to do.
    Explain(ExplainArgs),
    /// An SMTP server that keeps every message and delivers none, for tests.
    Sandbox(SandboxArgs),
}

/// Commands of later versions take what they are given.
#[derive(Debug, clap::Args)]
pub(super) struct LaterArgs {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _rest: Vec<String>,
}
