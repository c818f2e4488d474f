//! The file of the user's settings, which serve all campaigns.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::storage::{
    FolderError, LARGEST_TEXT, Obstacle, Replacement, private_folder, read_regular, says_absent,
};
use crate::words::{Said, Speak, say};

/// The variable that names the file itself.
const VARIABLE: &str = "MAILSHOT_CONFIG";

/// `$MAILSHOT_CONFIG`, else `mailshot/config.toml` below `$XDG_CONFIG_HOME` (by default
/// `~/.config`; on Windows `%APPDATA%`), whether it is there or not. `None` on a machine that gives
/// this user no home.
pub fn settings_file() -> Option<PathBuf> {
    file(std::env::var_os(VARIABLE), || {
        Some(etcetera::choose_base_strategy().ok()?.config_dir())
    })
}

fn file(named: Option<OsString>, of_the_platform: impl FnOnce() -> Option<PathBuf>) -> Option<PathBuf> {
    match named.filter(|path| !path.is_empty()) {
        Some(path) => Some(PathBuf::from(path)),
        None => Some(of_the_platform()?.join("mailshot").join("config.toml")),
    }
}

/// The settings cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum SettingsError {
    /// Their folder cannot be made.
    Folder(#[from] FolderError),
    /// The file cannot be read or replaced.
    File {
        /// The file.
        path: PathBuf,
        /// What is in the way.
        obstacle: Obstacle,
    },
}

impl Speak for SettingsError {
    fn said(&self) -> Said {
        match self {
            Self::Folder(error) => error.said(),
            Self::File { path, obstacle } => {
                say!(
                    "userdata-settings-not-written",
                    path = path.as_path(),
                    why = obstacle
                )
            }
        }
    }

    fn hints(&self) -> Vec<Said> {
        match self {
            Self::Folder(FolderError { obstacle, .. }) | Self::File { obstacle, .. } => obstacle.hints(),
        }
    }
}

/// Replaces the text of the settings as a whole by what `change` makes of it, for their owner alone;
/// whether there was something to change.
///
/// # Errors
/// What is in the way; the file is as it was then.
pub fn change_settings(
    file: &Path,
    change: impl FnOnce(&str) -> Option<String>,
) -> Result<bool, SettingsError> {
    // A link to the file stays one: many keep their settings elsewhere.
    let file = &file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let failed = |error: io::Error| SettingsError::File {
        path: file.clone(),
        obstacle: Obstacle::to_file(file, error),
    };
    let old = match read_regular(file, LARGEST_TEXT) {
        Ok(octets) => String::from_utf8(octets).map_err(|error| failed(io::Error::other(error)))?,
        Err(error) if says_absent(&error) => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let Some(new) = change(old.trim_start_matches('\u{feff}')) else {
        return Ok(false);
    };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder)?;
    }
    let mut replacement = Replacement::of(file).map_err(failed)?;
    replacement.write_all(new.as_bytes()).map_err(failed)?;
    replacement.keep().map_err(failed)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_the_file_and_the_platform_its_folder() {
        let home = || Some(PathBuf::from("home/config"));
        assert_eq!(file(Some("here".into()), home), Some(PathBuf::from("here")));
        let below = Some(PathBuf::from("home/config/mailshot/config.toml"));
        assert_eq!(file(None, home), below);
        assert_eq!(file(Some(OsString::new()), home), below, "empty is unset");
        assert_eq!(file(None, || None), None);
    }
}
