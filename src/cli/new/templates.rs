//! The campaigns to start from that are in the binary: a folder for each, in English, and below it one
//! in Chinese, which is whole, too.

use std::path::{Path, PathBuf};

use crate::words::Lang;
use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The folder below a template that holds it in Chinese.
const CHINESE: &str = "zh";

/// A packaged crate cannot carry a file called .gitignore.
const GITIGNORE: &str = "gitignore";

/// A file of a new campaign: its path in the folder, and what it holds.
pub(super) type Contents = (PathBuf, Vec<u8>);

/// What `--template` may name.
pub(super) fn names() -> Vec<&'static str> {
    TEMPLATES.dirs().filter_map(|dir| dir.path().to_str()).collect()
}

/// The files of a template, in a language.
pub(super) fn files(name: &str, lang: Lang) -> Option<Vec<Contents>> {
    let english = TEMPLATES.get_dir(name)?;
    let chinese = english.path().join(CHINESE);
    let root = match lang {
        Lang::En => english,
        Lang::Zh => TEMPLATES.get_dir(&chinese).unwrap_or(english),
    };
    let mut files = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let own = |file: &Path| {
            let name = file.strip_prefix(root.path()).unwrap_or(file);
            if name == Path::new(GITIGNORE) {
                PathBuf::from(".gitignore")
            } else {
                name.to_owned()
            }
        };
        files.extend(
            folder
                .files()
                .map(|file| (own(file.path()), file.contents().to_vec())),
        );
        folders.extend(folder.dirs().filter(|below| below.path() != chinese));
    }
    Some(files)
}

/// What keeps records and reports of a campaign out of a repository.
pub(super) fn ignored(lang: Lang) -> Option<Contents> {
    let files = files("plain-text", lang)?;
    files
        .into_iter()
        .find(|(name, _)| name == Path::new(".gitignore"))
}
