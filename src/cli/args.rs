//! The flags, as typed.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use jiff::SignedDuration;
use lettre::Address;
use mailshot::campaign::{Overrides, SecretSource, Text};
use mailshot::ledger::{InDoubt, Status};
use mailshot::recipients::Key;
use mailshot::run::{Choice, DnsServer};

use super::columns::ColumnsArgs;
use super::dkim::DkimArgs;
use super::login::LoginArgs;
use super::purge::PurgeArgs;
use super::reading::ReadingArgs;
use super::settle::SettleArgs;
use super::status::StatusArgs;
use super::unsubscribe::UnsubscribeArgs;

/// Send a personal e-mail to every row of a spreadsheet: checked before,
/// resumable during, accounted for after.
#[derive(Debug, Parser)]
#[command(
    name = "mailshot",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
#[command(after_help = "\
A campaign is a folder with a mailshot.toml. Begin with:
  mailshot new my-campaign                 make one from a template
  mailshot send my-campaign --dry-run      look at every message as a file
  mailshot send my-campaign --sandbox      try the whole way, to nobody
  mailshot send my-campaign                send; run it again to go on

Exit codes: 0 all is well; 1 finished, but not everybody was accepted; 2 nothing went out;
3 stopped early after something went out.")]
pub(super) struct Args {
    /// Say nothing but errors and data.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more (twice: still more); never a password.
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub(super) verbose: u8,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// `NO_COLOR` and the rest of the conventions are anstream's.
    pub(super) fn apply(self) {
        match self {
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new campaign from a template, or from mailmerge's files.
    New(super::new::NewArgs),
    /// Render and compose every row, tell every problem, send nothing.
    Check(CheckArgs),
    /// Look at a recipients file: its columns, and what templates call them.
    Columns(ColumnsArgs),
    /// Look at the messages (only `--row` for now).
    Preview(PreviewArgs),
    /// Send; run it again to go on.
    Send(Box<SendArgs>),
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
    Inbox(LaterArgs),
    /// Try a password (or refresh token) at a relay, and store it in the keyring.
    Login(LoginArgs),
    /// Make a key to sign messages with (DKIM), and print its DNS record.
    Dkim(DkimArgs),
    /// An SMTP server that keeps every message and delivers none, for tests.
    Sandbox(SandboxArgs),
}

/// Which campaign, and what lies over its file.
#[derive(Debug, clap::Args)]
pub(super) struct CampaignArgs {
    /// The campaign's folder, or its .toml file.
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    /// The recipients: CSV, JSON, a database …; - reads stdin.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Without a campaign file, or over it"
    )]
    recipients: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The sender, "Name <address>".
    #[arg(
        long,
        value_name = "MAILBOX",
        help_heading = "Without a campaign file, or over it"
    )]
    from: Option<String>,
    /// The recipient, a template [default: "{{ email }}"].
    #[arg(
        long,
        value_name = "MAILBOX",
        help_heading = "Without a campaign file, or over it"
    )]
    to: Option<String>,
    /// The subject, a template.
    #[arg(
        long,
        value_name = "TEXT",
        help_heading = "Without a campaign file, or over it"
    )]
    subject: Option<String>,
    /// The template of the text part.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Without a campaign file, or over it"
    )]
    text: Option<PathBuf>,
    /// The template of the HTML part.
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Without a campaign file, or over it"
    )]
    html: Option<PathBuf>,
    /// Files to attach.
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Without a campaign file, or over it")]
    attach: Vec<PathBuf>,
    /// The relay: smtps://HOST, smtp://HOST (STARTTLS) or smtp+plain://HOST.
    #[arg(
        long,
        value_name = "URL",
        help_heading = "Without a campaign file, or over it"
    )]
    relay: Option<String>,
    /// The user to log in as.
    #[arg(long, help_heading = "Without a campaign file, or over it")]
    user: Option<String>,
    /// The environment variable that holds the password.
    #[arg(
        long,
        value_name = "VAR",
        conflicts_with = "password_command",
        help_heading = "Without a campaign file, or over it"
    )]
    password_env: Option<String>,
    /// A command that prints the password.
    #[arg(
        long,
        value_name = "CMD",
        help_heading = "Without a campaign file, or over it"
    )]
    password_command: Option<String>,
    /// Connections at the same time.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000), help_heading = "Without a campaign file, or over it")]
    connections: Option<u16>,
    /// At most so many recipients: 10/s, 30/min, 500/h, 2000/day (may be given several times).
    #[arg(long, value_name = "R", help_heading = "Without a campaign file, or over it")]
    pub(super) rate: Vec<String>,
    /// The campaign's name.
    #[arg(
        long,
        value_name = "NAME",
        help_heading = "Without a campaign file, or over it"
    )]
    name: Option<String>,
}

impl CampaignArgs {
    pub(super) fn overrides(&self) -> Overrides {
        let env = self.password_env.clone().map(SecretSource::Env);
        let command = self.password_command.clone().map(SecretSource::Command);
        self.reading.over(Overrides {
            recipients: self.recipients.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: self.html.clone(),
            attach: self.attach.clone(),
            relay: self.relay.clone(),
            user: self.user.clone(),
            password: env.or(command),
            connections: self.connections.map(usize::from),
            rate: self.rate.clone(),
            name: self.name.clone(),
            ..Overrides::default()
        })
    }
}

/// Whom, of the list.
#[derive(Debug, clap::Args)]
pub(super) struct ChoiceArgs {
    /// No more than so many recipients in this run.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Choosing")]
    limit: Option<u64>,
    /// This recipient, by address or key (may be given several times).
    #[arg(long, value_name = "KEY", help_heading = "Choosing")]
    only: Vec<String>,
    /// So many recipients at random, always the same ones of a list.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Choosing")]
    sample: Option<u64>,
    /// Those with a row for which this is true, for example "course == 'MATH' and score >= 60".
    #[arg(long, value_name = "EXPR", help_heading = "Choosing")]
    r#where: Option<String>,
}

impl ChoiceArgs {
    pub(super) fn choice(&self) -> Choice {
        Choice {
            limit: self.limit,
            only: self.only.iter().map(|text| Key::typed(text)).collect(),
            filter: self.r#where.as_ref().map(|text| Text::of_flag("--where", text)),
            sample: self.sample,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) campaign: CampaignArgs,
    /// Leave rows out that are no recipients.
    #[arg(long)]
    pub(super) skip_invalid: bool,
    /// Of rows with the same recipient, take the first.
    #[arg(long)]
    pub(super) skip_duplicates: bool,
    /// Also log in to each relay, sending nothing.
    #[arg(long)]
    pub(super) connect: bool,
    /// Also ask the DNS: SPF, DKIM and DMARC of the sender, MX of all domains.
    #[arg(long)]
    dns: bool,
    /// Ask this DNS server instead of the system's.
    #[arg(long, value_name = "ADDR[:PORT]", requires = "dns", value_parser = dns_server)]
    dns_server: Option<SocketAddr>,
    /// The findings as one JSON document on stdout.
    #[arg(long)]
    pub(super) json: bool,
}

impl CheckArgs {
    /// Whom to ask, where the DNS is to be asked.
    pub(super) fn dns_server(&self) -> Option<DnsServer> {
        self.dns
            .then(|| self.dns_server.map_or(DnsServer::System, DnsServer::At))
    }
}

fn dns_server(text: &str) -> Result<SocketAddr, String> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53));
    address
        .or_else(|_| text.parse())
        .map_err(|_| format!("`{text}` is not the address of a DNS server; write for example 192.0.2.1, 192.0.2.1:5353 or [2001:db8::1]:53"))
}

#[derive(Debug, clap::Args)]
pub(super) struct PreviewArgs {
    #[command(flatten)]
    pub(super) campaign: CampaignArgs,
    /// Print the message of this row, as the spreadsheet counts (the header is row 1).
    #[arg(long, value_name = "N")]
    pub(super) row: Option<u64>,
    /// Where the page listens (not supported yet).
    #[arg(long, value_name = "ADDR")]
    pub(super) listen: Option<SocketAddr>,
    /// Do not open the browser (not supported yet).
    #[arg(long)]
    pub(super) no_open: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct SendArgs {
    #[command(flatten)]
    pub(super) campaign: CampaignArgs,
    #[command(flatten)]
    pub(super) choice: ChoiceArgs,
    /// Write one .eml a recipient; no network.
    #[arg(long, conflicts_with_all = ["sandbox", "test_to"])]
    pub(super) dry_run: bool,
    /// Where a dry run writes [default: results/preview].
    #[arg(long, value_name = "DIR", requires = "dry_run")]
    pub(super) output: Option<PathBuf>,
    /// Send the whole campaign to a server in this process that keeps every message.
    #[arg(long, conflicts_with = "test_to")]
    pub(super) sandbox: bool,
    /// Send the first 3 messages (or those chosen) to this address alone.
    #[arg(long, value_name = "ADDR")]
    pub(super) test_to: Option<Address>,
    /// A new mailing of this campaign.
    #[arg(long)]
    pub(super) new: bool,
    /// With --new: give the unfinished mailing up.
    #[arg(long, requires = "new")]
    pub(super) abandon: bool,
    /// Go on although the content has changed.
    #[arg(long)]
    pub(super) accept_changes: bool,
    /// What happens to recipients in doubt.
    #[arg(long, value_name = "WHAT", default_value = "hold")]
    in_doubt: InDoubtArg,
    /// Also send to those the relay refused for good.
    #[arg(long)]
    pub(super) retry_rejected: bool,
    /// Leave rows out that are no recipients.
    #[arg(long)]
    pub(super) skip_invalid: bool,
    /// Of rows with the same recipient, take the first.
    #[arg(long)]
    pub(super) skip_duplicates: bool,
    /// Stop after so many refused recipients.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) max_failures: Option<u64>,
    /// Wait when a limit per hour or day is used up, instead of stopping.
    #[arg(long)]
    pub(super) wait: bool,
    /// How long messages in flight may take after Ctrl-C.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time)]
    pub(super) drain: Duration,
    /// Ask nothing.
    #[arg(long, short = 'y')]
    pub(super) yes: bool,
    /// One JSON object a line on stdout for everything that happens.
    #[arg(long)]
    pub(super) events: bool,
}

impl SendArgs {
    pub(super) fn in_doubt(&self) -> InDoubt {
        match self.in_doubt {
            InDoubtArg::Hold => InDoubt::Hold,
            InDoubtArg::Resend => InDoubt::Resend,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum InDoubtArg {
    /// Nothing: look yourself whether they have it.
    Hold,
    /// They are sent the identical message once more.
    Resend,
}

fn time(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a length of time; write for example 30s, 5m or 1h");
    let duration: SignedDuration = text.replace("min", "m").parse().map_err(|_| wrong())?;
    Duration::try_from(duration).map_err(|_| wrong())
}

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// The campaign's folder, or its .toml file.
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    /// The form (html and xlsx are not supported yet).
    #[arg(long, value_name = "FORM", default_value = "csv")]
    pub(super) format: ReportFormat,
    /// Rows of this status alone.
    #[arg(long, value_name = "STATUS", value_parser = status)]
    pub(super) only: Option<Status>,
    /// Write to a file instead of stdout.
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// An earlier mailing, counted from 1 [default: the latest].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) mailing: Option<u64>,
    /// The campaign's name, where it has no file.
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Csv,
    Json,
    Html,
    Xlsx,
}

fn status(text: &str) -> Result<Status, String> {
    Status::ALL.into_iter().find(|s| s.name() == text).ok_or_else(|| {
        let names: Vec<_> = Status::ALL.iter().map(|s| s.name()).collect();
        format!("the statuses are {}", names.join(", "))
    })
}

#[derive(Debug, clap::Args)]
pub(super) struct SandboxArgs {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:2525")]
    pub(super) listen: SocketAddr,
    /// Keep the messages here.
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

/// Commands of later versions take what they are given.
#[derive(Debug, clap::Args)]
pub(super) struct LaterArgs {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    _rest: Vec<String>,
}
