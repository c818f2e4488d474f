//! `mailshot send`: check, ask, send, and say how it ended.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use crate::campaign::{Relay, Text};
use crate::check::Allowed;
use crate::ledger::InDoubt;
use crate::recipients::Key;
use crate::run::{
    Choice, DryRun, End, Ended, Environment, Mode, Reason, RunError, SendOptions, dry_run, open,
};
use clap::ValueEnum;
use jiff::SignedDuration;
use lettre::Address;

use super::advice::Advice;
use super::campaign::CampaignArgs;
use super::conclusion::conclude;
use super::environment;
use super::events::Events;
use super::explain::{Failure, Outcome};
use super::output::{Globals, say};
use super::screen::Screen;
use super::terminal;
use super::wording::count;

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
    #[arg(long, value_name = "ADDR", value_parser = tester)]
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
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
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

/// The address in `Boss <boss@uni.example>`, or what stands alone.
fn tester(text: &str) -> Result<Address, String> {
    let bare = match text.trim().rsplit_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or(rest),
        None => text,
    };
    if text.matches('@').count() > 1 {
        return Err(format!(
            "`{text}` holds several addresses, and a test goes to one; run it once for each"
        ));
    }
    let address = bare.trim().parse();
    address.map_err(|_| format!("`{text}` is not an e-mail address; write for example you@uni.example"))
}

fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a length of time; write for example 30s, 5m or 1h");
    let duration: SignedDuration = text.replace("min", "m").parse().map_err(|_| wrong())?;
    Duration::try_from(duration).map_err(|_| wrong())
}

const CHOOSING: &str = "Choosing";

/// Whom, of the list.
#[derive(Debug, clap::Args)]
pub(super) struct ChoiceArgs {
    /// No more than so many recipients in this run.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = CHOOSING)]
    limit: Option<u64>,
    /// This recipient, by address or key (may be given several times).
    #[arg(long, value_name = "KEY", help_heading = CHOOSING)]
    only: Vec<String>,
    /// So many recipients at random, always the same ones of a list.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help_heading = CHOOSING)]
    sample: Option<u64>,
    /// Those with a row for which this is true, for example "course == 'MATH' and score >= 60".
    #[arg(long, value_name = "EXPR", help_heading = CHOOSING)]
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

/// How a run ended, as the event `finished` says it.
struct Finished {
    ended: Ended,
    statuses: BTreeMap<&'static str, u64>,
}

pub(super) fn run(globals: &Globals, send: &SendArgs, advice: &dyn Fn() -> Advice) -> Outcome {
    let events = Events::new(send.events);
    let run = AssertUnwindSafe(|| sending(globals, send, advice, &events));
    // A defect of ours ends the run, and not without a word to whoever reads the events.
    let outcome = catch_unwind(run).unwrap_or_else(|_| Err(RunError::Panicked.into()));
    // Exactly one, whatever it came to.
    match &outcome {
        Ok(finished) => events.finished(finished.ended, &finished.statuses),
        Err(failure) => events.finished(failure.ended(), &BTreeMap::new()),
    }
    let end = outcome?.ended.end;
    if end == End::Complete && events.have_failed() {
        // All is well but for what was asked for on stdout.
        return Ok(End::Incomplete);
    }
    Ok(end)
}

fn sending(
    globals: &Globals,
    send: &SendArgs,
    advice: &dyn Fn() -> Advice,
    events: &Events,
) -> Result<Finished, Failure> {
    let overrides = send.campaign.overrides();
    terminal::tell_typed(&send.campaign.campaign, &overrides);
    let prepared = open(&send.campaign.campaign, &overrides, &Environment::of_process())?;
    // The sandbox has no use for a relay's hints.
    let relays: &[Relay] = if send.sandbox {
        &[]
    } else {
        &prepared.campaign.relays
    };
    let mut screen = Screen::new(globals.quiet, send.yes, events.clone())
        .through(relays)
        .with_steps(globals.verbose > 0)
        .with_environment(environment::told(&overrides, relays));
    let allowed = Allowed {
        skip_invalid: send.skip_invalid,
        skip_duplicates: send.skip_duplicates,
    };
    let choice = send.choice.choice();
    if send.dry_run {
        let options = DryRun {
            output: send.output.clone(),
            allowed,
            choice,
        };
        let written = dry_run(&prepared, &options, &mut screen)?;
        say(
            globals,
            &format!(
                "{} in {}",
                count(written.messages, "message", "messages"),
                written.output.display()
            ),
        );
        let ended = if written.checked.invalid == 0 {
            Ended::DONE
        } else {
            Ended::new(End::Incomplete, Reason::Findings)
        };
        return Ok(Finished {
            ended,
            statuses: BTreeMap::new(),
        });
    }
    let options = SendOptions {
        mode: match (&send.test_to, send.sandbox) {
            (Some(address), _) => Mode::TestTo(address.clone()),
            (None, true) => Mode::Sandbox,
            (None, false) => Mode::Relay,
        },
        allowed,
        choice,
        new: send.new,
        abandon: send.abandon,
        accept_changes: send.accept_changes,
        in_doubt: send.in_doubt(),
        retry_rejected: send.retry_rejected,
        max_failures: send.max_failures,
        drain: send.drain,
        rates_by_flag: !send.campaign.rate.is_empty(),
        wait: send.wait,
    };
    let sent = crate::run::send(&prepared, &options, &mut screen)?;
    let told = |key: &str| screen.told_doubt(key);
    conclude(globals, &advice(), &sent, &options.mode, relays, &told);
    Ok(Finished {
        ended: sent.ended,
        statuses: sent.summary.statuses,
    })
}
