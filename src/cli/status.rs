//! `status`: where a mailing stands, and who is in doubt.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::campaign::{Campaign, FILE_NAME, Folders, Overrides};
use crate::ledger::{CopyDoubt, Doubt, Ledger, Listed, Reader, Status, Totals};
use crate::run::{End, place};
use serde_json::json;

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::heading;
use super::next::{self, How, Left};
use super::output::written;
use super::wording::{count, moment, second, thousands};

/// So many recipients in doubt are named in commands.
const NAMED: usize = 4;

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
        [] => Err(Failure::Words(format!(
            "there is no campaign in {}: no {FILE_NAME}\n  hint: name the campaign's folder, or add --name",
            path.display()
        ))),
        several => Err(Failure::Words(format!(
            "there is no campaign in {}: no {FILE_NAME}; ledgers of these names lie there: {}\n  hint: add --name with one of them",
            path.display(),
            several.join(", ")
        ))),
    }
}

/// The ledger of a campaign, for reading, and the campaign's name.
pub(super) fn reader(path: &Path, name: Option<&str>) -> Result<(Reader, String), Failure> {
    let folders = folders(path, name)?;
    let place = place(&folders)?;
    if let Some(note) = place.note() {
        // stdout is for what was asked.
        let _ = writeln!(anstream::stderr().lock(), "note: {note}");
    }
    Ok((Reader::open(&place.ledger)?, folders.name))
}

pub(super) fn run(args: &StatusArgs, advice: &Advice) -> Outcome {
    let (reader, name) = reader(&args.campaign, args.name.as_deref())?;
    if args.mailings {
        return mailings(&reader, &name, args.json);
    }
    let Some((mailing, uid, started_at)) = reader.mailing(None)? else {
        return Err(Failure::Words("no mailing is recorded here yet".to_owned()));
    };
    let totals = reader.totals(mailing)?;
    let run = reader.latest_run(mailing)?;
    let left_out = reader.left_out(mailing)?;
    let former = reader.totals_of_former(mailing)?;
    let copies = reader.copies(mailing)?;
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
        written(write!(out, "{}", doubtful(&doubts, &copies, &started_at, advice)))?;
        return Ok(End::Complete);
    }
    let purged_at = reader.purged_at(mailing)?;
    let left = Left::of(&totals, left_out.clone()).and_copies(copies);
    let without = [Status::Rejected, Status::Invalid, Status::Bounced];
    let without: u64 = without.iter().filter_map(|status| totals.get(status)).sum();
    let missed = without + copies.rejected + copies.in_doubt > 0;
    let state = match run {
        _ if purged_at.is_some() => "purged: who got it is not kept any more",
        _ if reader.is_running() => "running",
        Some(run) if run.ended_at.is_none() => "was interrupted",
        Some(_) if missed && left.is_finished() => "finished, but not everybody has it",
        // Also where the last run ended otherwise, and a person settled the rest.
        Some(_) if left.is_finished() => "all is well",
        Some(_) => "not finished",
        None => "ended",
    };
    written(writeln!(
        out,
        "{name}: mailing of {}, {state}",
        moment(&started_at)
    ))?;
    for (status, n) in &totals {
        written(writeln!(out, "  {:<12}{:>9}", status.name(), thousands(*n)))?;
    }
    for (status, n) in &former {
        let words = count(*n, "is", "are");
        written(writeln!(
            out,
            "  {words} no longer in the list: {}",
            status.name()
        ))?;
    }
    for (n, words) in [
        (copies.left, "refused for now"),
        (copies.rejected, "refused for good"),
        (copies.in_doubt, "in doubt"),
    ] {
        if n > 0 {
            let were = count(n, "copy", "copies");
            written(writeln!(out, "  {were} {words}"))?;
        }
    }
    if let Some(left_out) = &left_out {
        written(writeln!(out, "  {}", next::told(left_out)))?;
    }
    if purged_at.is_none() && !reader.is_running() {
        for step in left.steps(advice, How::Over) {
            written(writeln!(out, "  hint: {step}"))?;
        }
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
        let counts: Vec<String> = totals
            .iter()
            .filter(|(_, n)| **n > 0)
            .map(|(status, n)| format!("{} {}", thousands(*n), status.name()))
            .collect();
        written(writeln!(
            out,
            "{:>4}  {}  {:<10}  {}",
            one.nth,
            moment(&one.started_at),
            state(one, running),
            counts.join(", ")
        ))?;
    }
    if as_json {
        written(writeln!(out, "{}", json!({"campaign": name, "mailings": listed})))?;
    } else if all.is_empty() {
        return Err(Failure::Words("no mailing is recorded here yet".to_owned()));
    }
    Ok(End::Complete)
}

/// Where a mailing stands, in a word that scripts may rely on.
fn state(one: &Listed, running: bool) -> &'static str {
    match one {
        _ if running => "running",
        one if one.purged_at.is_some() => "purged",
        one if one.abandoned => "given_up",
        one if one.ended_at.is_some() => "finished",
        _ => "unfinished",
    }
}

/// The recipients and copies in doubt by name, and what a person can do.
fn doubtful(doubts: &[Doubt], copies: &[CopyDoubt], started_at: &str, advice: &Advice) -> String {
    let started_at = moment(started_at);
    if doubts.is_empty() && copies.is_empty() {
        return format!("Nobody is in doubt in the mailing of {started_at}.\n");
    }
    let mut text = String::new();
    if !doubts.is_empty() {
        let number = count(doubts.len() as u64, "recipient is", "recipients are");
        text.push_str(&format!(
            "{number} in doubt in the mailing of {started_at}: they may have the message.\n"
        ));
    }
    doubts.iter().for_each(|doubt| push_doubt(&mut text, doubt));
    if !copies.is_empty() {
        let gap = if doubts.is_empty() { "" } else { "\n" };
        let number = count(copies.len() as u64, "copy is", "copies are");
        text.push_str(&format!(
            "{gap}{number} in doubt in the mailing of {started_at}; their messages were accepted.\n"
        ));
    }
    for copy in copies {
        text.push_str(&format!(
            "\n{}, a copy of the message to {}\n  {}, {}\n",
            copy.address,
            copy.key,
            copy.reply,
            second(&copy.at)
        ));
        if !copy.message_id.is_empty() {
            text.push_str(&format!("  Message-ID: {}\n", copy.message_id));
        }
    }
    text.push_str(
        "\nTo find out: whoever runs the relay finds the Message-ID in its log; some keep what was sent in a folder\n\
         \"Sent\". Or ask the recipients. Then",
    );
    let settle = |whom: &[&str], how: &'static str| {
        let line = advice.command_with("settle", &[whom, &[how]].concat());
        line.replace("'KEY…'", "KEY…").replace("'ADDRESS'", "ADDRESS")
    };
    if !doubts.is_empty() {
        let keys: Vec<&str> = doubts.iter().map(|doubt| doubt.key.as_str()).collect();
        let whom = pasted(&keys).unwrap_or(&["KEY…"]);
        text.push_str(&format!(
            ", with the addresses as above:\n  \
             they have it: {}\n  \
             they have not, and the next send sends it: {}\n  \
             to send all of them the same message once more, and some may get it twice: {}\n",
            settle(whom, "--sent"),
            // Whoever is wrong about this mails somebody twice: it is pasted for nobody.
            settle(&["KEY…"], "--unsent"),
            advice.send_asking(&["--in-doubt", "resend"]),
        ));
    }
    if let Some(first) = copies.first() {
        let keys: Vec<&str> = copies.iter().map(|copy| copy.key.as_str()).collect();
        let to_one = copies.iter().all(|copy| copy.address == first.address);
        let whom = match pasted(&keys).filter(|_| to_one) {
            Some(keys) => [keys, &["--copy", first.address.as_str()]].concat(),
            None => vec!["KEY…", "--copy", "ADDRESS"],
        };
        let gap = if doubts.is_empty() { ":\n" } else { "" };
        text.push_str(&format!(
            "{gap}  a copy arrived: {}\n  \
             it did not, and the next send sends it: {}\n",
            settle(&whom, "--sent"),
            settle(&["KEY…", "--copy", "ADDRESS"], "--unsent"),
        ));
    }
    text
}

/// Few enough to be pasted; nothing of them is taken for a flag.
fn pasted<'k>(keys: &'k [&'k str]) -> Option<&'k [&'k str]> {
    (keys.len() <= NAMED && !keys.iter().any(|key| key.starts_with('-'))).then_some(keys)
}

fn push_doubt(text: &mut String, doubt: &Doubt) {
    let row = doubt.row.map(|row| format!(" (row {row})")).unwrap_or_default();
    text.push_str(&format!("\n{}{row}\n  {}\n", doubt.key, doubt.reply));
    if !doubt.relay.is_empty() {
        let mut where_to = format!("  handed to the relay {}, {}", doubt.relay, second(&doubt.at));
        if let (Some(session), Some(run)) = (doubt.session, &doubt.run_started_at) {
            where_to.push_str(&format!(", session {session} of the run of {}", moment(run)));
        }
        text.push_str(&where_to);
        text.push('\n');
    }
    if !doubt.message_id.is_empty() {
        text.push_str(&format!("  Message-ID: {}\n", doubt.message_id));
    }
}
