//! `purge`: deletes who got old mailings, and keeps how many did.

use jiff::Timestamp;

use crate::campaign::Folders;
use crate::ledger::{Ledger, LedgerError, Listed, Lock};

use super::failure::RunError;
use super::place::place;

/// Which mailings are purged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// Those that ended before this moment.
    EndedBefore(Timestamp),
    /// The one with this number, counted from 1.
    Mailing(u64),
}

/// The result.
#[derive(Debug, Default)]
pub struct Purged {
    /// Those that were purged.
    pub purged: Vec<Listed>,
    /// Old ones in which recipients are left: they are not changed.
    pub unfinished: Vec<Listed>,
}

/// Removes the recipients of old mailings, after `confirm` said yes to them:
/// from the ledger, and when the latest is among them, from the reports.
///
/// # Errors
/// A run is going on, there is no such mailing, or it is not finished;
/// whatever `confirm` says; the ledger cannot be written.
pub fn purge(
    folders: &Folders,
    old: Old,
    confirm: &mut dyn FnMut(&[Listed]) -> Result<bool, RunError>,
) -> Result<Purged, RunError> {
    let path = place(folders)?.ledger;
    if !Ledger::is_there(&path)? {
        return Err(LedgerError::None(path.display().to_string()).into());
    }
    let _lock = Lock::take(&path)?;
    let mut ledger = Ledger::open(&path)?.change()?;
    let all = ledger.list()?;
    let latest = all.last().map(|one| one.id);
    let (chosen, unfinished): (Vec<_>, Vec<_>) = all
        .into_iter()
        .filter(|one| one.purged_at.is_none() && is_old(one, old))
        .partition(|one| one.ended_at.is_some());
    if let (Old::Mailing(_), [open]) = (old, unfinished.as_slice()) {
        return Err(RunError::NotEnded(open.started_at.clone()));
    }
    if let (Old::Mailing(nth), [], []) = (old, chosen.as_slice(), unfinished.as_slice()) {
        return Err(RunError::NoMailing(nth));
    }
    if chosen.is_empty() {
        return Ok(Purged {
            purged: chosen,
            unfinished,
        });
    }
    if !confirm(&chosen)? {
        return Err(RunError::Declined);
    }
    for one in &chosen {
        ledger.purge(one.id)?;
    }
    let mut ledger = ledger.keep()?;
    ledger.shrink()?;
    if chosen.iter().any(|one| Some(one.id) == latest) {
        // They list people as well; the summary has numbers alone.
        let reports = ["report.csv", "report.before.csv", "failed.csv", "in_doubt.csv"]
            .map(|name| folders.results.join(name));
        // Earlier versions kept stdin under the second name.
        let kept = ["stdin", "stdin.csv"].map(|name| folders.state.join(name));
        for file in reports.iter().chain(&kept) {
            match std::fs::remove_file(file) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    let path = file.display().to_string();
                    return Err(RunError::Write { path, source });
                }
                Ok(()) | Err(_) => {}
            }
        }
    }
    Ok(Purged {
        purged: chosen,
        unfinished,
    })
}

fn is_old(one: &Listed, old: Old) -> bool {
    match old {
        Old::Mailing(nth) => one.nth == nth,
        Old::EndedBefore(moment) => {
            let ended: Result<Timestamp, _> = one.ended_at.as_ref().unwrap_or(&one.started_at).parse();
            ended.is_ok_and(|ended| ended < moment)
        }
    }
}
