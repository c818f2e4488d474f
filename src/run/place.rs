//! Which ledger belongs to a campaign, even if its folder, its file or its name have changed.
//!
//! The ledger is first looked for under the campaign's name. If there is none, another ledger in
//! the same folder belongs to this campaign if it says so, or if the campaign file that it names no
//! longer exists: the campaign was renamed. A ledger whose campaign file still exists belongs to
//! that campaign.

use std::path::{Path, PathBuf};

use crate::campaign::Folders;
use crate::ledger::{CampaignHome, FoundLedger, Identity, Ledger, LedgerError};
use crate::message::MailingId;
use crate::storage::{FileId, is_absent};
use crate::words::{Said, say};

use super::failure::RunError;

/// A campaign's ledger, and what it was before.
#[derive(Debug)]
pub struct Place {
    /// The ledger, or where it will be.
    pub ledger: PathBuf,
    /// The campaign as it is now.
    pub(super) home: CampaignHome,
    /// Whose the ledger was so far.
    pub(super) identity: Option<Identity>,
    /// Where that differs.
    pub(super) before: Before,
    /// It is in another folder, where the same flags were used.
    elsewhere: bool,
}

/// What a campaign was before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Before {
    /// New, or as it is.
    Same,
    /// Somewhere else, or called otherwise, in words.
    Other(Said),
    /// It is a copy of the one in this folder.
    CopyOf(PathBuf),
}

impl Place {
    /// Notes whose the ledger is from now on. A copy is a campaign of its own.
    pub(super) fn settle(&self, ledger: &mut Ledger) -> Result<(), RunError> {
        if self.elsewhere {
            return Ok(());
        }
        let others = |whose: &Identity| {
            let folder = Path::new(&self.home.folder);
            let file = whose.home.file.as_ref().map(|file| folder.join(file));
            self.before != Before::Same
                && !matches!(self.before, Before::CopyOf(_))
                && whose.home.folder == self.home.folder
                && whose.home.file != self.home.file
                && file.is_some_and(|file| !is_absent(&file))
        };
        let id = match (&self.identity, &self.before) {
            // Two campaign files that give themselves the same name share a ledger, and keep it.
            (Some(whose), _) if others(whose) => return Ok(()),
            (Some(whose), Before::Same) if whose.home == self.home => return Ok(()),
            (Some(whose), Before::Same | Before::Other(_)) => whose.id.clone(),
            (_, Before::CopyOf(_)) | (None, _) => MailingId::random()
                .map_err(|error| RunError::Runtime(std::io::Error::other(error.to_string())))?
                .to_string(),
        };
        let home = self.home.clone();
        Ok(ledger.belongs_to(&Identity { id, home })?)
    }

    /// The ledger of the same flags, begun in another folder.
    pub(super) fn moved_to(&mut self, ledger: PathBuf) {
        self.before = Before::Other(say!("run-was-in-another-folder"));
        self.elsewhere = true;
        self.ledger = ledger;
    }

    /// Where its reports are, where that is not where the campaign is.
    pub(super) fn results(&self) -> Option<PathBuf> {
        let folder = self.ledger.parent().and_then(Path::parent);
        folder
            .filter(|_| self.elsewhere)
            .map(|folder| folder.join("results"))
    }

    /// What to say of a ledger that goes on although something has another name.
    pub fn note(&self) -> Option<Said> {
        match &self.before {
            Before::Same => None,
            Before::Other(what) => Some(say!(
                "run-ledger-goes-on",
                what = what.clone(),
                ledger = self.ledger.as_path()
            )),
            Before::CopyOf(folder) => Some(say!("run-copy-of", folder = folder.as_path())),
        }
    }
}

/// Where a campaign's ledger is, for those who look: of several that it may be, none.
///
/// # Errors
/// A folder or a ledger cannot be read.
pub fn place(folders: &Folders) -> Result<Place, LedgerError> {
    place_among(folders, &mut |strangers| Ok((strangers.len() == 1).then_some(0)))
}

/// Says which of several ledgers is meant, if any.
pub(super) type Choose<'c, E> = dyn FnMut(&[FoundLedger]) -> Result<Option<usize>, E> + 'c;

/// The same; which of the ledgers whose campaign file is gone is this campaign's, `choose` says.
pub(super) fn place_among<E: From<LedgerError>>(
    folders: &Folders,
    choose: &mut Choose<'_, E>,
) -> Result<Place, E> {
    let home = home(folders);
    let own = Ledger::file(&folders.state, &folders.name);
    let new = |home| Place {
        ledger: own.clone(),
        home,
        identity: None,
        before: Before::Same,
        elsewhere: false,
    };
    // If a file there is not a ledger, opening it says so.
    if !matches!(Ledger::is_there(&own), Ok(false)) {
        return Ok(match Ledger::look(&own) {
            Ok(found) => belonging(found, home),
            // Opening it says why.
            Err(_) => new(home),
        });
    }
    // What flags name is called as they say.
    if home.renamed || home.file.is_none() {
        return Ok(new(home));
    }
    let mut all = Ledger::all_in(&folders.state)?;
    all.retain(|ledger| ledger.identity.as_ref().is_none_or(|whose| !whose.home.renamed));
    let of = |ledger: &FoundLedger| ledger.identity.as_ref().and_then(|whose| whose.home.file.clone());
    let latest = all
        .iter()
        .filter(|ledger| of(ledger).is_some() && of(ledger) == home.file)
        .max_by_key(|ledger| ledger.path.metadata().and_then(|found| found.modified()).ok());
    if let Some(found) = latest {
        return Ok(belonging(found.clone(), home));
    }
    let folder = Path::new(&home.folder);
    all.retain(|ledger| {
        let file = match &ledger.identity {
            Some(whose) => whose.home.file.clone(),
            None => ledger
                .path
                .file_stem()
                .map(|stem| format!("{}.toml", stem.to_string_lossy())),
        };
        file.is_some_and(|file| is_absent(&folder.join(file)))
    });
    Ok(match choose(&all)?.and_then(|chosen| all.get(chosen)) {
        Some(found) => belonging(found.clone(), home),
        None => new(home),
    })
}

/// A ledger that is this campaign's, with what it says of itself.
fn belonging(found: FoundLedger, home: CampaignHome) -> Place {
    let before = match &found.identity {
        Some(whose) => before(&found.path, whose, &home),
        None => named_otherwise(&found.path, &home),
    };
    Place {
        ledger: found.path,
        home,
        identity: found.identity,
        before,
        elsewhere: false,
    }
}

/// Of a ledger of an older version, which says nothing but its name.
fn named_otherwise(ledger: &Path, home: &CampaignHome) -> Before {
    let stem = ledger.file_stem().unwrap_or_default().to_string_lossy();
    if stem == home.name {
        Before::Same
    } else {
        Before::Other(say!("run-was-called", name = &*stem))
    }
}

fn before(ledger: &Path, whose: &Identity, home: &CampaignHome) -> Before {
    let was = &whose.home;
    if was.folder != home.folder {
        let there = Path::new(&was.folder);
        let state = ledger.parent().and_then(Path::file_name).unwrap_or_default();
        return if twin(&there.join(state), &whose.id, ledger) {
            Before::CopyOf(there.to_owned())
        } else {
            Before::Other(say!("run-was-in", folder = &was.folder))
        };
    }
    match (&was.file, &home.file) {
        (Some(file), Some(now)) if file != now => Before::Other(say!("run-file-was", file = file)),
        _ if was.name != home.name => Before::Other(say!("run-was-called", name = &was.name)),
        _ => Before::Same,
    }
}

/// Whether another file of the same campaign is in a folder. A folder that cannot be read may
/// contain it; the same file, reached in another way, is not another file.
fn twin(state: &Path, id: &str, ledger: &Path) -> bool {
    let Ok(all) = Ledger::all_in(state) else {
        return true;
    };
    let here = FileId::at(ledger).ok();
    all.iter()
        .filter(|other| other.identity.as_ref().is_some_and(|whose| whose.id == id))
        .any(|other| FileId::at(&other.path).ok() != here)
}

fn home(folders: &Folders) -> CampaignHome {
    let folder = if folders.folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &folders.folder
    };
    let folder = folder
        .canonicalize()
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned());
    // A link beside the file that it leads to is the same campaign.
    let file = folders.file.as_ref().and_then(|file| {
        let real = file.canonicalize().ok();
        let beside = real.filter(|real| real.parent() == Some(&folder));
        beside
            .as_deref()
            .unwrap_or(file)
            .file_name()
            .map(ToOwned::to_owned)
    });
    CampaignHome {
        folder: folder.to_string_lossy().into_owned(),
        file: file.map(|file| file.to_string_lossy().into_owned()),
        name: folders.name.clone(),
        renamed: folders.renamed,
    }
}
