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
use crate::words::say;
use clap::ValueEnum;
use lettre::Address;

use super::advice::Advice;
use super::campaign::CampaignArgs;
use super::conclusion::conclude;
use super::environment;
use super::events::Events;
use super::explain::{Failure, Outcome};
use super::output::{Globals, tell};
use super::screen::Screen;
use super::{heading, settings, terminal, typed};

#[derive(Debug, clap::Args)]
pub(super) struct SendArgs {
    #[command(flatten)]
    pub(super) campaign: CampaignArgs,
    #[command(flatten)]
    pub(super) choice: ChoiceArgs,
    #[arg(long, conflicts_with_all = ["sandbox", "test_to"], help_heading = heading::SAFETY)]
    pub(super) dry_run: bool,
    #[arg(long, value_name = "DIR", requires = "dry_run", help_heading = heading::OUTPUT)]
    pub(super) output: Option<PathBuf>,
    #[arg(long, conflicts_with = "test_to", help_heading = heading::SAFETY)]
    pub(super) sandbox: bool,
    #[arg(long, value_name = "ADDR", value_parser = typed::mailbox, help_heading = heading::SAFETY)]
    pub(super) test_to: Option<Address>,
    #[arg(long, help_heading = heading::CAMPAIGN)]
    pub(super) new: bool,
    #[arg(long, requires = "new", help_heading = heading::CAMPAIGN)]
    pub(super) abandon: bool,
    #[arg(long, help_heading = heading::CAMPAIGN)]
    pub(super) accept_changes: bool,
    #[arg(long, value_name = "WHAT", default_value = "hold", help_heading = heading::WHOM)]
    in_doubt: InDoubtArg,
    #[arg(long, help_heading = heading::WHOM)]
    pub(super) retry_rejected: bool,
    #[arg(long, help_heading = heading::WHOM)]
    pub(super) skip_invalid: bool,
    #[arg(long, help_heading = heading::WHOM)]
    pub(super) skip_duplicates: bool,
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(1, u64::MAX), help_heading = heading::SAFETY)]
    pub(super) max_failures: Option<u64>,
    #[arg(long, help_heading = heading::RELAY)]
    pub(super) wait: bool,
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = typed::duration, help_heading = heading::SAFETY)]
    pub(super) drain: Duration,
    #[arg(long, short = 'y', help_heading = heading::SAFETY)]
    pub(super) yes: bool,
    #[arg(long, help_heading = heading::OUTPUT)]
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
    Hold,
    Resend,
}

/// Whom, of the list.
#[derive(Debug, clap::Args)]
pub(super) struct ChoiceArgs {
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(1, u64::MAX), help_heading = heading::WHOM)]
    limit: Option<u64>,
    #[arg(long, value_name = "KEY", help_heading = heading::WHOM)]
    only: Vec<String>,
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(1, u64::MAX), help_heading = heading::WHOM)]
    sample: Option<u64>,
    #[arg(long, value_name = "EXPR", help_heading = heading::WHOM)]
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
    // A defect of ours ends the run, and the events report it.
    let outcome = catch_unwind(run).unwrap_or_else(|_| Err(RunError::Panicked.into()));
    // Exactly one, whatever the result.
    match &outcome {
        Ok(finished) => events.finished(finished.ended, &finished.statuses),
        Err(failure) => events.finished(failure.ended(), &BTreeMap::new()),
    }
    let end = outcome?.ended.end;
    if end == End::Complete && events.have_failed() {
        // Everything is done, except for the output to stdout.
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
        .with_origins([environment::told(&overrides, relays), settings::told(relays)]);
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
            new: send.new,
        };
        let written = dry_run(&prepared, &options, &mut screen)?;
        let folder = written.output.as_path();
        tell(
            globals,
            &say!("cli-run-dry", messages = written.messages, folder = folder),
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
