//! Which campaign is meant: a folder with a `mailshot.toml`, a file with another name, or none if
//! flags say everything.
//!
//! Any other word is an error that suggests what could have been meant.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::storage::{LARGEST_TEXT, found, is_absent, read_regular, says_absent};

use super::flags::Overrides;
use super::values::{FILE_NAME, Place, Problem, Problems};
use crate::words::{Arg, say, system};

/// What one mail without a list is called if `--name` does not say.
pub(super) const MAIL: &str = "mail";

/// Where a campaign lies.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// The folder that relative paths start from and that holds the ledger.
    pub(super) folder: PathBuf,
    /// The campaign file; `None` when everything came by flags.
    pub(super) file: Option<PathBuf>,
}

impl Home {
    /// Where reports go. Campaigns that share a folder do not share their reports.
    pub(super) fn results(&self, name: &str, renamed: bool) -> PathBuf {
        let results = self.folder.join("results");
        if self.file.is_some() && (renamed || !self.is_named_by_folder()) {
            results.join(name)
        } else {
            results
        }
    }

    /// Where the reports of one mail go that has no list: the folder may be that of a campaign, or have
    /// the reports of another one, which stay.
    pub(super) fn results_of_mail(&self, name: &str) -> PathBuf {
        let results = self.folder.join("results");
        let own = results.join(name);
        let others = || !is_absent(&self.folder.join(FILE_NAME)) || is_of_another(&results, name);
        if own.is_dir() || others() { own } else { results }
    }

    /// Whether the file has the name that every campaign's file has.
    pub(super) fn is_named_by_folder(&self) -> bool {
        let name = self.file.as_deref().and_then(Path::file_name);
        name == Some(OsStr::new(FILE_NAME))
    }

    /// Where a missing key is missing.
    pub(super) fn nowhere(&self) -> Place {
        Place::whole(match &self.file {
            Some(file) => file.display().to_string(),
            None => Place::COMMAND_LINE.to_owned(),
        })
    }
}

/// The campaign that was named on the command line. `flags` may say everything that its file would, or
/// leave the file aside.
pub(super) fn locate(path: &Path, flags: &Overrides) -> Result<Home, Problems> {
    let shown = path.display().to_string();
    let home = |folder: &Path, file| Home {
        folder: folder.to_owned(),
        file,
    };
    let path = &found(path);
    readable(path)?;
    if flags.no_campaign {
        return if path.is_dir() {
            Ok(home(path, None))
        } else {
            Err(Problem::of_campaign(say!("campaign-no-campaign-needs-folder"))
                .at(Place::whole(shown))
                .help(say!("campaign-no-campaign-needs-folder-hint"))
                .into())
        };
    }
    if path.is_dir() {
        let file = path.join(FILE_NAME);
        readable(&file)?;
        if file.is_file() {
            return Ok(home(path, Some(file)));
        }
        if file.exists() {
            // It says what is there instead.
            read_text(&file)?;
        }
        if flags.suffice() {
            return Ok(home(path, None));
        }
        return Err(Problem::of_campaign(say!("campaign-none-here", file = FILE_NAME))
            .at(Place::whole(shown))
            .help(say!("campaign-none-here-hint"))
            .help(say!("campaign-none-here-flags"))
            .help(say!("campaign-none-here-one-mail"))
            .into());
    }
    if path.is_file() {
        if path.extension() != Some(OsStr::new("toml")) {
            return Err(Problem::of_campaign(say!("campaign-neither-folder-nor-toml"))
                .at(Place::whole(shown))
                .help(say!("campaign-neither-folder-nor-toml-hint"))
                .into());
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        return Ok(home(folder, Some(path.to_owned())));
    }
    Err(Problem::of_campaign(say!("campaign-no-such-folder"))
        .at(Place::whole(shown))
        .help(say!("campaign-no-such-folder-hint"))
        .into())
}

/// Whether a folder has the reports of a campaign with another name.
fn is_of_another(results: &Path, name: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Summary {
        campaign: String,
    }
    let summary = read_regular(&results.join("summary.json"), LARGEST_TEXT);
    let summary = summary
        .ok()
        .and_then(|text| serde_json::from_slice::<Summary>(&text).ok());
    match summary {
        Some(summary) => summary.campaign != name,
        None => !is_absent(&results.join("report.csv")),
    }
}

/// Refuses what nobody may look at: it is not what is not there.
fn readable(path: &Path) -> Result<(), Problems> {
    match path.metadata() {
        Err(error) if !says_absent(&error) => Err(Problem::of_campaign(say!(
            "campaign-cannot-be-looked-at",
            why = system(&error)
        ))
        .at(Place::whole(path.display().to_string()))
        .help(say!("campaign-cannot-be-looked-at-hint"))
        .into()),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// A campaign file's name for messages, and its text.
pub(super) fn read_text(file: &Path) -> Result<(String, String), Problems> {
    let shown = file.display().to_string();
    let bytes = read_regular(file, LARGEST_TEXT).map_err(|e| {
        let help = if e.kind() == ErrorKind::PermissionDenied {
            say!("campaign-file-unreadable-permission")
        } else {
            say!("campaign-file-unreadable-hint")
        };
        Problem::of_campaign(say!("campaign-file-unreadable", why = system(&e)))
            .at(Place::whole(shown.as_str()))
            .help(help)
    })?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()]
            .split(|b| *b == b'\n')
            .count();
        Problem::of_campaign(say!("campaign-file-not-utf-8", line = Arg::plain(line)))
            .at(Place::whole(shown.as_str()))
            .help(say!("campaign-file-not-utf-8-hint"))
    })?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    Ok((shown, text))
}
