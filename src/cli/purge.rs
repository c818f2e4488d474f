//! `purge`: removing personal data of old mailings.

use std::path::PathBuf;

use crate::campaign::clock;
use crate::ledger::Listed;
use crate::run::{End, Old, RunError, purge};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::explain::Outcome;
use super::output::{Globals, say};
use super::status::folders;
use super::terminal;
use super::wording::{count, moment};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Recipients, rows and attempts leave the ledger, and the reports of the latest mailing are removed; how many had each status is kept. Messages that a dry run or the sandbox wrote lie in results/ and are yours to delete."
)]
pub(super) struct PurgeArgs {
    /// The campaign's folder, or its .toml file.
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    /// Mailings that ended longer ago, for example 90d.
    #[arg(long, value_name = "AGE", value_parser = ago, required_unless_present = "mailing", conflicts_with = "mailing")]
    older_than: Option<Timestamp>,
    /// This mailing, counted from 1.
    #[arg(long, value_name = "N")]
    mailing: Option<u64>,
    /// Ask nothing.
    #[arg(long)]
    yes: bool,
    /// The campaign's name, where it has no file.
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
}

/// The moment that an age ago was, as people write ages: `90d`, `6 months`, `1y`.
fn ago(text: &str) -> Result<Timestamp, String> {
    let wrong = || format!("`{text}` is no age; write 90d, 12 weeks or 1y");
    let span: Span = text.parse().map_err(|_| wrong())?;
    let now = clock::now().to_zoned_datetime(TimeZone::UTC);
    // Counted back, whichever way it was written.
    let then = now.checked_sub(span.abs()).map_err(|_| wrong())?;
    Ok(then.timestamp())
}

pub(super) fn run(globals: &Globals, purging: &PurgeArgs) -> Outcome {
    let folders = folders(&purging.campaign, purging.name.as_deref())?;
    let old = match (purging.mailing, purging.older_than) {
        (Some(nth), _) => Old::Mailing(nth),
        (None, ago) => Old::EndedBefore(ago.unwrap_or(Timestamp::MIN)),
    };
    let mut confirm = |chosen: &[Listed]| {
        let days: Vec<_> = chosen.iter().map(|one| moment(&one.started_at)).collect();
        let text = format!(
            "Remove who got {} ({})?",
            count(chosen.len() as u64, "mailing", "mailings"),
            days.join(", ")
        );
        if purging.yes {
            return Ok(true);
        }
        if !terminal::can_ask() {
            return Err(RunError::NeedsYes);
        }
        let answer = terminal::yes_or_no(&text).map_err(|_| RunError::NeedsYes)?;
        Ok(answer.unwrap_or(false))
    };
    let done = purge(&folders, old, &mut confirm)?;
    for one in &done.purged {
        say(
            globals,
            &format!(
                "The mailing of {} is purged; its numbers are kept.",
                moment(&one.started_at)
            ),
        );
    }
    for one in &done.unfinished {
        say(
            globals,
            &format!(
                "The mailing of {} is not finished and stays as it is.",
                moment(&one.started_at)
            ),
        );
    }
    if done.purged.is_empty() {
        say(globals, "Nothing was purged: no finished mailing is that old.");
    }
    Ok(End::Complete)
}
