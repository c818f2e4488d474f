//! `purge`: removing personal data of old mailings.

use std::path::PathBuf;

use crate::ledger::Listed;
use crate::run::{End, Old, RunError, purge};
use crate::words::{Arg, say};
use jiff::Timestamp;

use super::explain::Outcome;
use super::output::{Globals, tell};
use super::status::folders;
use super::{heading, terminal, typed};

#[derive(Debug, clap::Args)]
pub(super) struct PurgeArgs {
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, value_name = "AGE", value_parser = typed::ago, help_heading = heading::CAMPAIGN, required_unless_present = "mailing", conflicts_with = "mailing")]
    older_than: Option<Timestamp>,
    #[arg(long, value_name = "N", value_parser = typed::number::<u64>(0, u64::MAX), help_heading = heading::CAMPAIGN)]
    mailing: Option<u64>,
    #[arg(long, help_heading = heading::SAFETY)]
    yes: bool,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    pub(super) name: Option<String>,
}

pub(super) fn run(globals: &Globals, purging: &PurgeArgs) -> Outcome {
    let folders = folders(&purging.campaign, purging.name.as_deref())?;
    let old = match (purging.mailing, purging.older_than) {
        (Some(nth), _) => Old::Mailing(nth),
        (None, ago) => Old::EndedBefore(ago.unwrap_or(Timestamp::MIN)),
    };
    let mut confirm = |chosen: &[Listed]| {
        let days = chosen.iter().map(|one| Arg::minute(&one.started_at));
        let question = say!(
            "cli-purge-question",
            mailings = chosen.len(),
            days = Arg::commas(days)
        );
        if purging.yes {
            return Ok(true);
        }
        if !terminal::can_ask() {
            return Err(RunError::NeedsYes);
        }
        let answer = terminal::yes_or_no(&terminal::words(&question)).map_err(|_| RunError::NeedsYes)?;
        Ok(answer.unwrap_or(false))
    };
    let done = purge(&folders, old, &mut confirm)?;
    for one in &done.purged {
        let started = Arg::minute(&one.started_at);
        tell(globals, &say!("cli-purge-done", started = started));
    }
    for one in &done.unfinished {
        let started = Arg::minute(&one.started_at);
        tell(globals, &say!("cli-purge-unfinished", started = started));
    }
    if done.purged.is_empty() {
        tell(globals, &say!("cli-purge-none"));
    }
    Ok(End::Complete)
}
