//! `status`: the state of a mailing, and who is in doubt.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::campaign::{Campaign, FILE_NAME, Folders, Overrides};
use crate::ledger::{Ledger, Reader, Status, Totals};
use crate::run::{End, place};
use crate::words::{Arg, Said, say};
use serde_json::json;

use super::advice::Advice;
use super::arranged::padded;
use super::doubtful;
use super::explain::{Failure, Outcome};
use super::next::{self, How, Left};
use super::output::written;
use super::standing::{listed_as, named, state};
use super::terminal::{lang, words};
use super::{heading, history};

#[derive(Debug, clap::Args)]
pub(super) struct StatusArgs {
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, help_heading = heading::OUTPUT)]
    json: bool,
    #[arg(long, help_heading = heading::OUTPUT)]
    in_doubt: bool,
    #[arg(long, conflicts_with = "in_doubt", help_heading = heading::OUTPUT)]
    mailings: bool,
    #[arg(long, value_name = "KEY", conflicts_with_all = ["in_doubt", "mailings"], help_heading = heading::WHOM)]
    recipient: Vec<String>,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    pub(super) name: Option<String>,
}

/// Where a campaign leaves things; it may have no file (any more).
pub(super) fn folders(path: &Path, name: Option<&str>) -> Result<Folders, Failure> {
    let overrides = Overrides {
        name: name.map(str::to_owned),
        ..Overrides::default()
    };
    // Names only: the campaign's own problems are no reason not to look.
    match (Campaign::folders(path, &overrides), name) {
        (Some(folders), _) => Ok(folders),
        (None, Some(name)) => Ok(Folders::of_named(path, name)),
        (None, None) => of_flags(path),
    }
}

/// What flags alone described left a ledger here: the only one, or their names.
fn of_flags(path: &Path) -> Result<Folders, Failure> {
    let state = Folders::of_named(path, "").state;
    let ledgers = Ledger::all_in(&state)?;
    let names: Vec<String> = ledgers
        .iter()
        .filter_map(|ledger| ledger.path.file_stem())
        .map(|stem| stem.to_string_lossy().into_owned())
        .collect();
    match names.as_slice() {
        [only] => Ok(Folders::of_named(path, only)),
        [] => Err(Failure::hinted(
            say!("cli-status-no-campaign", folder = path, file = FILE_NAME),
            say!("cli-status-name-it"),
        )),
        several => Err(Failure::hinted(
            say!(
                "cli-status-several",
                folder = path,
                file = FILE_NAME,
                names = Arg::commas(several)
            ),
            say!("cli-status-add-name"),
        )),
    }
}

/// The ledger of a campaign, for reading, and the campaign's name.
pub(super) fn reader(path: &Path, name: Option<&str>) -> Result<(Reader, String), Failure> {
    let folders = folders(path, name)?;
    let place = place(&folders)?;
    if let Some(note) = place.note() {
        // stdout is for what was asked.
        let note = words(&say!("cli-status-note", note = note));
        let _ = writeln!(anstream::stderr().lock(), "{note}");
    }
    Ok((Reader::open(&place.ledger)?, folders.name))
}

pub(super) fn run(args: &StatusArgs, advice: &Advice) -> Outcome {
    let (reader, name) = reader(&args.campaign, args.name.as_deref())?;
    if !args.recipient.is_empty() {
        return history::show(&reader, &name, &args.recipient, args.json, advice);
    }
    if args.mailings {
        return mailings(&reader, &name, args.json);
    }
    let Some((mailing, uid, started_at)) = reader.mailing(None)? else {
        return Err(Failure::of(say!("cli-status-none")));
    };
    let totals = reader.totals(mailing)?;
    let run = reader.latest_run(mailing)?;
    let left_out = reader.left_out(mailing)?;
    let former = reader.totals_of_former(mailing)?;
    let copies = reader.copies(mailing)?;
    let mails = reader.unfinished_mails(mailing)?;
    let doubts = if args.in_doubt {
        Some((reader.in_doubt(mailing, None)?, reader.copies_in_doubt(mailing)?))
    } else {
        None
    };
    let mut out = anstream::stdout().lock();
    if args.json {
        let statuses = by_name(&totals);
        let mut line = json!({
            "campaign": name, "mailing": uid, "started_at": started_at, "running": reader.is_running(),
            "recipients": totals.values().sum::<u64>(), "statuses": statuses, "copies": copies,
            "no_longer_listed": by_name(&former),
            "left_out": left_out.map_or(0, |left_out| left_out.recipients),
            "unfinished_mails": mails,
            "exit_code": run.and_then(|r| r.exit_code), "purged_at": reader.purged_at(mailing)?,
        });
        if let (Some((doubts, copies)), Some(fields)) = (doubts, line.as_object_mut()) {
            fields.insert("in_doubt".to_owned(), json!(doubts));
            fields.insert("copies_in_doubt".to_owned(), json!(copies));
        }
        written(writeln!(out, "{line}"))?;
        return Ok(End::Complete);
    }
    if let Some((doubts, copies)) = doubts {
        written(write!(
            out,
            "{}",
            doubtful::text(&doubts, &copies, &started_at, advice)
        ))?;
        return Ok(End::Complete);
    }
    let purged_at = reader.purged_at(mailing)?;
    let left = Left::of(&totals, left_out.clone()).and_copies(copies);
    let without = [Status::Rejected, Status::Invalid, Status::Bounced];
    let without: u64 = without.iter().filter_map(|status| totals.get(status)).sum();
    let missed = without + copies.rejected + copies.in_doubt > 0;
    let state = match run {
        _ if purged_at.is_some() => say!("cli-status-purged"),
        _ if reader.is_running() => say!("cli-status-running"),
        Some(run) if run.ended_at.is_none() => say!("cli-status-interrupted"),
        Some(_) if missed && left.is_finished() => say!("cli-status-finished-but"),
        // Also where the last run ended otherwise, and a person settled the rest.
        Some(_) if left.is_finished() => say!("cli-status-completed"),
        Some(_) => say!("cli-status-unfinished"),
        None => say!("cli-status-ended"),
    };
    let day = Arg::minute(&started_at);
    let title = say!("cli-status-mailing", campaign = name, day = day, state = state);
    written(writeln!(out, "{}", words(&title)))?;
    for (status, n) in &totals {
        let n = Arg::from(*n).in_lang(lang());
        written(writeln!(out, "  {}{n:>9}", padded(&words(&named(*status)), 12)))?;
    }
    let mut lines = Vec::new();
    for (status, n) in &former {
        lines.push(say!("cli-status-not-listed", n = *n, status = named(*status)));
    }
    if copies.left > 0 {
        lines.push(say!("cli-status-copies-left", copies = copies.left));
    }
    if copies.rejected > 0 {
        lines.push(say!("cli-status-copies-rejected", copies = copies.rejected));
    }
    if copies.in_doubt > 0 {
        lines.push(say!("cli-status-copies-in-doubt", copies = copies.in_doubt));
    }
    lines.extend(left_out.as_ref().map(next::told));
    for mail in &mails {
        let day = Arg::minute(&mail.started_at);
        let (key, number) = (&mail.key, Arg::plain(mail.number));
        let status = named(mail.status);
        lines.push(say!(
            "cli-status-mail",
            number = number,
            day = day,
            key = key,
            status = status
        ));
    }
    if !mails.is_empty() {
        let step = say!("cli-status-mail-on");
        lines.push(say!("cli-hint", step = step));
    }
    if purged_at.is_none() && !reader.is_running() {
        let steps = left.steps(advice, How::Over).into_iter();
        lines.extend(steps.map(|step| say!("cli-hint", step = step)));
    }
    for line in lines {
        written(writeln!(out, "  {}", words(&line)))?;
    }
    Ok(End::Complete)
}

/// Every status with its number.
fn by_name(totals: &Totals) -> serde_json::Map<String, serde_json::Value> {
    let number = |status: Status| totals.get(&status).copied().unwrap_or(0);
    let named = Status::ALL.map(|status| (status.name().to_owned(), json!(number(status))));
    named.into_iter().collect()
}

/// Every mailing of the campaign, the first one first.
fn mailings(reader: &Reader, name: &str, as_json: bool) -> Outcome {
    let all = reader.list()?;
    let mut out = anstream::stdout().lock();
    let latest = all.last().map(|last| last.id);
    let mut listed = Vec::new();
    for one in &all {
        let totals = reader.totals(one.id)?;
        let running = reader.is_running() && Some(one.id) == latest;
        if as_json {
            listed.push(json!({
                "number": one.nth, "mailing": one.uid, "started_at": one.started_at, "ended_at": one.ended_at,
                "state": state(one, running), "recipients": totals.values().sum::<u64>(), "statuses": by_name(&totals),
            }));
            continue;
        }
        let counts: Vec<Said> = totals
            .iter()
            .filter(|(_, n)| **n > 0)
            .map(|(status, n)| say!("cli-status-count", n = *n, status = named(*status)))
            .collect();
        written(writeln!(
            out,
            "{:>4}  {}  {}  {}",
            one.nth,
            Arg::minute(&one.started_at).in_lang(lang()),
            padded(&words(&listed_as(one, running)), 10),
            Arg::commas(counts).in_lang(lang())
        ))?;
    }
    if as_json {
        written(writeln!(out, "{}", json!({"campaign": name, "mailings": listed})))?;
    } else if all.is_empty() {
        return Err(Failure::of(say!("cli-status-none")));
    }
    Ok(End::Complete)
}
