//! Which campaign is meant: a folder with a `mailshot.toml`, a file of another
//! name, or none at all where flags say everything.
//!
//! A word that is neither is refused with what could have been meant.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::overrides::Overrides;
use super::values::{FILE_NAME, Place, Problem, Problems};

/// The campaign's folder and file for what was named on the command line.
pub(super) fn locate(path: &Path, overrides: &Overrides) -> Result<(PathBuf, Option<PathBuf>), Problems> {
    let shown = path.display().to_string();
    if path.is_dir() {
        let file = path.join(FILE_NAME);
        if file.is_file() {
            return Ok((path.to_owned(), Some(file)));
        }
        if overrides.recipients.is_some() {
            return Ok((path.to_owned(), None));
        }
        return Err(Problem::error(format!("there is no campaign here: no {FILE_NAME} in this folder"))
            .at(Place::whole(shown))
            .help("name a campaign's folder, or make one: mailshot new my-campaign")
            .help("or say everything by flags: mailshot send --recipients people.csv --from … --subject … --text body.txt --relay smtps://…")
            .into());
    }
    if path.is_file() {
        if path.extension() != Some(OsStr::new("toml")) {
            return Err(
                Problem::error("a campaign is a folder or a .toml file; this is neither")
                    .at(Place::whole(shown))
                    .help("a spreadsheet is named by --recipients")
                    .into(),
            );
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        return Ok((folder, Some(path.to_owned())));
    }
    Err(Problem::error("there is no such folder or file")
        .at(Place::whole(shown))
        .help("make a new campaign there with: mailshot new DIR")
        .into())
}

/// A campaign file's name for messages, and its text.
pub(super) fn read_text(file: &Path) -> Result<(String, String), Problems> {
    let shown = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| {
        Problem::error(format!("the campaign file cannot be read: {e}")).at(Place::whole(shown.as_str()))
    })?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()]
            .split(|b| *b == b'\n')
            .count();
        Problem::error(format!("the campaign file is not UTF-8 text (line {line})"))
            .at(Place::whole(shown.as_str()))
            .help("save it as UTF-8 in your editor")
    })?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    Ok((shown, text))
}
