//! A campaign's ledger, held while what came back is written into it.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::campaign::Folders;
use crate::inbox::Followed;
use crate::ledger::{Change, Ledger, LedgerError, Lock, Reader};
use crate::recipients::Entry;
use crate::report::{self, Rows};
use crate::userdata::{SuppressionList, UserFileError, remember_ledger};

use super::super::environment::Environment;
use super::super::failure::RunError;
use super::super::place::place;

/// A ledger in the middle of a change, and what has to follow it.
pub(super) struct Opened {
    pub(super) change: Change,
    pub(super) path: PathBuf,
    pub(super) state: PathBuf,
    list: SuppressionList,
    results: PathBuf,
    _lock: Lock,
}

impl Opened {
    /// No run may write to the ledger at the same time. What an earlier run left undone when it died is
    /// done first, unless this one is only to look.
    pub(super) fn of(folders: &Folders, environment: &Environment, look: bool) -> Result<Self, RunError> {
        let path = place(folders)?.ledger;
        if !Ledger::is_there(&path)? {
            return Err(LedgerError::None(path.display().to_string()).into());
        }
        let state = environment.state().ok_or(UserFileError::NoHome)?.to_owned();
        let lock = Lock::take(&path)?;
        let list = SuppressionList::below(&state);
        let mut ledger = Ledger::open(&path)?;
        if !look {
            remember_ledger(&state, &path)?;
            follow(&mut ledger, &list)?;
        }
        Ok(Self {
            change: ledger.change()?,
            path,
            state,
            list,
            results: folders.results.clone(),
            _lock: lock,
        })
    }

    /// Who is on the suppression list.
    pub(super) fn listed(&self) -> Result<HashSet<Entry>, RunError> {
        Ok(self.list.read()?.into_iter().map(|one| one.who).collect())
    }

    /// Keeps the change; then the suppression list and the reports follow.
    pub(super) fn keep(self, followed: &Followed) -> Result<(), RunError> {
        let mut ledger = self.change.keep()?;
        follow(&mut ledger, &self.list)?;
        drop(ledger);
        if followed.bounced + followed.restored == 0 {
            return Ok(());
        }
        let reader = Reader::open(&self.path)?;
        let Some((mailing, uid, _)) = reader.mailing(None)? else {
            return Ok(());
        };
        // If there are reports, they must agree with the ledger.
        if self.results.join("report.csv").is_file() && reader.purged_at(mailing)?.is_none() {
            let rows = Rows::of(&reader, mailing, None);
            report::write_files(&rows, &self.results)?;
            report::count_anew(&self.results, &uid, &rows.totals()?.0)?;
        }
        Ok(())
    }
}

/// The user's suppression list follows the ledger. What is on it already, or off it, stays so.
fn follow(ledger: &mut Ledger, list: &SuppressionList) -> Result<(), RunError> {
    let pending = ledger.to_suppress()?;
    if pending.is_empty() {
        return Ok(());
    }
    let entries = |wanted: bool| -> Vec<Entry> {
        let those = pending.iter().filter(|one| one.wanted == wanted);
        those.filter_map(|one| Entry::parse(&one.address).ok()).collect()
    };
    let (on, off) = (entries(true), entries(false));
    if !on.is_empty() {
        list.add(&on)?;
    }
    if !off.is_empty() {
        list.remove(&off)?;
    }
    Ok(ledger.suppressed_all()?)
}
