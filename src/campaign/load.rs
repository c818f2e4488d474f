//! From a path and flags to a campaign.
//!
//! Flags lie over the file; what neither says gets its default; what nobody
//! can guess is a problem.

use std::path::{Path, PathBuf};

use super::draft::{Draft, RecipientsDraft};
use super::locate::{locate, read_text};
use super::overrides::Overrides;
use super::toml::{read, read_relays};
use super::validate::Validation;
use super::values::{Campaign, Folders, Place, Problem, Problems, RecipientsSource, Relay, STATE};

impl Campaign {
    /// Reads the campaign at `path` (a folder with a `mailshot.toml`, or a
    /// `.toml` file) with `overrides` over it. Without a file, the overrides
    /// alone must make a campaign.
    ///
    /// Every problem of the file and the flags comes with it; when some are
    /// errors, the campaign (if enough of it is there) is only good for
    /// finding more.
    pub fn load(path: &Path, overrides: &Overrides) -> (Option<Self>, Problems) {
        load(path, overrides)
    }

    /// The campaign's name and where it leaves things, as far as they can be
    /// told without the campaign being right; for looking at what was sent.
    pub fn folders(path: &Path, overrides: &Overrides) -> Option<Folders> {
        folders(path, overrides)
    }

    /// The relays of the campaign at `path` alone: whoever logs in to one need
    /// not have the rest right yet.
    ///
    /// # Errors
    /// There is no campaign, or its relays' tables have problems.
    pub fn relays_of(path: &Path) -> Result<Vec<Relay>, Problems> {
        relays(path)
    }
}

impl RecipientsSource {
    /// A file that flags name, and how they say it is read.
    ///
    /// # Errors
    /// Flags that say nothing.
    pub fn of_flags(overrides: &Overrides) -> Result<Self, Problems> {
        recipients(overrides)
    }
}

/// See [`Campaign::load`].
fn load(path: &Path, overrides: &Overrides) -> (Option<Campaign>, Problems) {
    let (folder, file) = match locate(path, overrides) {
        Ok(found) => found,
        Err(problems) => return (None, problems),
    };
    let (draft, problems) = match file.as_deref().map(|file| read_file(file, &folder)) {
        Some(Ok(read)) => read,
        Some(Err(problems)) => return (None, problems),
        None => (Some(Draft::default()), Vec::new()),
    };
    let mut validation = Validation {
        problems: Problems(problems),
        folder,
        file,
        overrides,
    };
    let campaign = draft.and_then(|draft| validation.campaign(draft));
    // In the order of the file; what is missing has no line and comes last.
    let line = |p: &Problem| {
        p.place
            .as_ref()
            .filter(|p| !p.text.is_empty())
            .map_or(usize::MAX, Place::line)
    };
    validation.problems.0.sort_by_key(line);
    (campaign, validation.problems)
}

/// See [`Campaign::folders`].
fn folders(path: &Path, overrides: &Overrides) -> Option<Folders> {
    let (folder, file) = locate(path, overrides).ok()?;
    let draft = match &file {
        Some(file) => read_file(file, &folder).ok()?.0.unwrap_or_default(),
        None => Draft::default(),
    };
    let mut validation = Validation {
        problems: Problems::default(),
        folder: folder.clone(),
        file,
        overrides,
    };
    let name = validation.name(draft.name.as_ref(), None);
    Some(Folders {
        state: folder.join(STATE),
        results: validation.results(&name),
        name,
    })
}

/// See [`Campaign::relays_of`].
fn relays(path: &Path) -> Result<Vec<Relay>, Problems> {
    let overrides = Overrides::default();
    let (folder, file) = locate(path, &overrides)?;
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let (shown, text) = read_text(&file)?;
    let (drafts, problems) = read_relays(&shown, &text, &folder);
    let mut validation = Validation {
        problems: Problems(problems),
        folder,
        file: Some(file),
        overrides: &overrides,
    };
    let relays = validation.relays(drafts.unwrap_or_default());
    if validation.problems.has_errors() {
        return Err(validation.problems);
    }
    Ok(relays)
}

/// See [`RecipientsSource::of_flags`].
fn recipients(overrides: &Overrides) -> Result<RecipientsSource, Problems> {
    let mut validation = Validation {
        problems: Problems::default(),
        folder: PathBuf::new(),
        file: None,
        overrides,
    };
    let source = validation.recipients(RecipientsDraft::default());
    match source {
        Some(source) if !validation.problems.has_errors() => Ok(source),
        Some(_) | None => Err(validation.problems),
    }
}

fn read_file(file: &Path, folder: &Path) -> Result<(Option<Draft>, Vec<Problem>), Problems> {
    let (shown, text) = read_text(file)?;
    Ok(read(&shown, &text, folder))
}
