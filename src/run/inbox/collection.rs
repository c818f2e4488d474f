//! Collects mails into the ledger of a campaign.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::campaign::Folders;
use crate::inbox::Sorted;
use crate::inbox::fetch::{Memory, Place};
use crate::inbox::{Collector, Elsewhere, Taken};
use crate::ledger::Ledger;
use crate::userdata::{existing_unsubscribe_key, recall_ledgers};

use super::super::environment::Environment;
use super::super::failure::RunError;
use super::collected::Collected;
use super::fetched;
use super::opened::Opened;

/// Mails on their way into the ledger of a campaign. Nothing is kept before [`finish`](Self::finish).
pub struct Collection {
    opened: Opened,
    collector: Collector,
    collected: Collected,
    now: Timestamp,
}

impl Collection {
    /// Begins. With `look`, nothing will be kept at all.
    ///
    /// # Errors
    /// The campaign has no ledger yet; another run has it; the ledger or the user's files cannot be read.
    pub fn open(folders: &Folders, environment: &Environment, look: bool) -> Result<Self, RunError> {
        let opened = Opened::of(folders, environment, look)?;
        let collector = Collector::new(
            &opened.change,
            existing_unsubscribe_key(Some(&opened.state))?,
            Elsewhere::new(others(&opened, folders)),
            opened.listed()?,
            environment.now(),
        )?;
        Ok(Self {
            now: environment.now(),
            opened,
            collector,
            collected: Collected {
                look,
                ..Collected::default()
            },
        })
    }

    /// Takes a mail, which was sorted; `place` says where it is, for people.
    ///
    /// # Errors
    /// The ledger cannot be read or written; nothing is kept then.
    pub fn take(&mut self, place: &str, mail: &[u8], sorted: &Sorted) -> Result<Taken, RunError> {
        let taken = self.collector.take(&mut self.opened.change, mail, sorted)?;
        self.collected.note(place, sorted, &taken);
        Ok(taken)
    }

    /// From when on mails are wanted where the campaign does not say it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn since(&self) -> Result<Option<Timestamp>, RunError> {
        Ok(fetched::since(&self.opened.change, self.now)?)
    }

    /// What is remembered of a folder.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn recall(&self, place: &Place) -> Result<Option<Memory>, RunError> {
        Ok(fetched::recall(&self.opened.change, place)?)
    }

    /// Remembers what was read of folders, if what the mails caused is kept.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn remember(&mut self, memories: &[(Place, Memory)]) -> Result<(), RunError> {
        for (place, memory) in memories {
            fetched::keep(&mut self.opened.change, place, memory)?;
        }
        Ok(())
    }

    /// Concludes from all of them, and keeps it; then the suppression list and the reports follow.
    ///
    /// # Errors
    /// The ledger, the list or a report cannot be written.
    pub fn finish(self) -> Result<Collected, RunError> {
        let Self {
            mut opened,
            collector,
            mut collected,
            now: _,
        } = self;
        let (followed, causes) = collector.conclude(&mut opened.change)?;
        let mut listed = BTreeSet::new();
        for line in &collected.to_confirm {
            if let Some(address) = &line.address
                && opened.change.is_suppressing(address)?
            {
                listed.insert(address.clone());
            }
        }
        collected.conclude(followed, causes, |address| listed.contains(address));
        if !collected.look {
            opened.keep(&collected.followed)?;
        }
        Ok(collected)
    }
}

/// The ledgers of the user's other campaigns: those in the same folder, and those that are remembered.
fn others(opened: &Opened, folders: &Folders) -> Vec<PathBuf> {
    let real = |path: &PathBuf| path.canonicalize().ok();
    let own = real(&opened.path);
    let beside = Ledger::all_in(&folders.state).unwrap_or_default();
    let mut known = BTreeSet::new();
    beside
        .into_iter()
        .map(|found| found.path)
        .chain(recall_ledgers(&opened.state))
        .filter_map(|path| real(&path))
        .filter(|path| Some(path) != own.as_ref() && known.insert(path.clone()))
        .collect()
}
