//! `stop`: ends a run of a campaign in another process on this machine.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::ledger::{Going, HowToStop, Lock, Reader, Status};
use crate::run::{End, place};
use crate::words::{Arg, hints_of, say, system};

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::heading;
use super::next::{Left, hints};
use super::output::{Globals, say, tell};
use super::status::folders;
use super::terminal;

/// How often the end of the run is checked.
const EVERY: Duration = Duration::from_millis(100);

/// How long a run may take beyond its drain: for the rows it checks, the reports it writes.
const GRACE: Duration = Duration::from_secs(60);

#[derive(Debug, clap::Args)]
pub(super) struct StopArgs {
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, help_heading = heading::SAFETY)]
    now: bool,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    pub(super) name: Option<String>,
}

pub(super) fn run(globals: &Globals, args: &StopArgs, advice: &Advice) -> Outcome {
    let folders = folders(&args.campaign, args.name.as_deref())?;
    let ledger = place(&folders)?.ledger;
    let Some(going) = Going::of(&ledger) else {
        if Lock::is_held(&ledger) {
            return Err(Failure::hinted(
                say!("cli-stop-unstoppable", campaign = &folders.name),
                say!("cli-stop-hint-ctrl-c"),
            ));
        }
        tell(globals, &say!("cli-stop-nothing", campaign = &folders.name));
        return Ok(End::Complete);
    };
    let (how, drain) = if args.now {
        (HowToStop::Now, Duration::ZERO)
    } else {
        (HowToStop::Drain, Duration::from_secs(going.drain_seconds))
    };
    going.ask(&ledger, how).map_err(|error| {
        let folder = folders.state.as_path();
        let said = say!("cli-stop-not-asked", folder = folder, why = system(&error));
        Failure::Hinted(said, hints_of(&error))
    })?;
    let (pid, host) = (Arg::plain(going.pid), &going.host);
    tell(
        globals,
        &if args.now {
            say!("cli-stop-asked-now", pid = pid, host = host)
        } else {
            say!("cli-stop-asked", pid = pid, host = host)
        },
    );
    let patience = drain + GRACE;
    let until = Instant::now() + patience;
    while going.goes_on(&ledger) {
        if Instant::now() >= until {
            return Err(Failure::hinted(
                say!("cli-stop-goes-on", pid = Arg::plain(going.pid), time = patience),
                say!(
                    "cli-stop-hint-now",
                    command = advice.command_with("stop", &["--now"])
                ),
            ));
        }
        std::thread::sleep(EVERY);
    }
    say(globals, &stopped(&ledger, advice));
    Ok(End::Complete)
}

/// How far the run has come, and how to see what is left.
fn stopped(ledger: &Path, advice: &Advice) -> String {
    let read = || {
        let reader = Reader::open(ledger).ok()?;
        let (mailing, ..) = reader.mailing(None).ok()??;
        Some((reader.totals(mailing).ok()?, reader.left_out(mailing).ok()?))
    };
    let Some((totals, left_out)) = read() else {
        return terminal::words(&say!("cli-stopped-unsent"));
    };
    let left = Left::of(&totals, left_out.clone());
    let in_doubt = totals.get(&Status::InDoubt).copied().unwrap_or(0);
    let (accepted, open) = (left.accepted(), left.open());
    let mut said = if in_doubt > 0 {
        say!(
            "cli-stopped-in-doubt",
            accepted = accepted,
            open = open,
            in_doubt = in_doubt
        )
    } else {
        say!("cli-stopped", accepted = accepted, open = open)
    };
    if let Some(left_out) = &left_out {
        said = say!("cli-stopped-left-out", stopped = said, left_out = left_out);
    }
    let hint =
        (!left.is_finished()).then(|| say!("cli-stopped-hint", command = advice.command_with("status", &[])));
    terminal::words(&say!("cli-sentence", what = said)) + &hints(hint.as_slice())
}
