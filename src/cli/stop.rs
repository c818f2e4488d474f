//! `stop`: ends a run of a campaign in another process on this machine.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::ledger::{Going, HowToStop, Lock, Reader, Status};
use crate::run::{End, place};

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::heading;
use super::next::{Left, hints, told};
use super::output::{Globals, say};
use super::status::folders;
use super::wording::{thousands, time};

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
            return Err(Failure::Words(format!(
                "a run of {} goes on and does not say how to stop it\n  hint: press Ctrl-C where it was started",
                folders.name
            )));
        }
        say(
            globals,
            &format!("Nothing to stop: no run of {} is going on.", folders.name),
        );
        return Ok(End::Complete);
    };
    let (how, drain) = if args.now {
        (HowToStop::Now, Duration::ZERO)
    } else {
        (HowToStop::Drain, Duration::from_secs(going.drain_seconds))
    };
    going.ask(&ledger, how).map_err(|error| {
        let folder = folders.state.display();
        Failure::Words(format!(
            "{folder} cannot be written to, so the run cannot be asked to stop: {error}"
        ))
    })?;
    let what = if args.now {
        "to stop at once"
    } else {
        "to finish the messages in flight and stop"
    };
    say(
        globals,
        &format!(
            "Asked process {} on {} {what}; waiting for its end (Ctrl-C ends the waiting) …",
            going.pid, going.host
        ),
    );
    let patience = drain + GRACE;
    let until = Instant::now() + patience;
    while going.goes_on(&ledger) {
        if Instant::now() >= until {
            return Err(Failure::Words(format!(
                "process {} has not ended after {}; it stays asked to\n  hint: it may wait for an answer to its question; to wait for no messages in flight: {}",
                going.pid,
                time(patience),
                advice.command_with("stop", &["--now"])
            )));
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
        return "Stopped; nothing was sent.".to_owned();
    };
    let left = Left::of(&totals, left_out.clone());
    let mut words = format!(
        "Stopped: {} accepted so far, {} still to be sent to",
        thousands(left.accepted()),
        thousands(left.open())
    );
    let in_doubt = totals.get(&Status::InDoubt).copied().unwrap_or(0);
    if in_doubt > 0 {
        words.push_str(&format!(", {} in doubt", thousands(in_doubt)));
    }
    if let Some(left_out) = &left_out {
        words.push_str(&format!("; {}", told(left_out)));
    }
    words.push('.');
    if !left.is_finished() {
        words.push_str(&hints(&[format!(
            "to see what is left and how to go on: {}",
            advice.command_with("status", &[])
        )]));
    }
    words
}
