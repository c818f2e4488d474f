//! Files near a list that are called as one of its columns has it: one for each recipient.

use std::path::{Path, PathBuf};

use super::list::List;

/// Entries of the folder that are looked at.
const LOOKED_AT: usize = 2_000;

/// The files of the recipients.
pub(super) struct Beside {
    /// Their path as a template, from the folder of the list: `letters/{{ id }}.pdf`
    pub(super) path: String,
}

impl Beside {
    /// Looks for a file for each of the first values of a column, in the folder of the list and in the
    /// folders there.
    pub(super) fn of(list: &List) -> Option<Self> {
        let folder = list.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut files = Vec::new();
        for entry in entries(folder) {
            if entry.is_dir() {
                files.extend(entries(&entry));
            } else {
                files.push(entry);
            }
        }
        list.survey.columns.iter().find_map(|column| {
            let [first, others @ ..] = column.examples.as_slice() else {
                return None;
            };
            // The name of anything may be that of one file by chance.
            let template = (!others.is_empty()).then_some(&column.template)?;
            let file = files.iter().find(|file| stem(file) == Some(first.as_str()))?;
            let like = |value: &String| {
                let name = format!("{value}.{}", file.extension()?.to_str()?);
                Some(file.with_file_name(name).is_file())
            };
            let suffix = file.extension()?.to_str()?;
            others
                .iter()
                .all(|value| like(value) == Some(true))
                .then_some(())?;
            let below = file.parent()?.strip_prefix(folder).ok()?;
            let below = below.to_str().filter(|below| !below.contains(['{', '}']))?;
            let slash = if below.is_empty() { "" } else { "/" };
            Some(Self {
                path: format!("{below}{slash}{template}.{suffix}"),
            })
        })
    }
}

fn stem(file: &Path) -> Option<&str> {
    file.file_stem()?.to_str()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.take(LOOKED_AT).map(|entry| entry.path()).collect();
    paths.retain(|path| stem(path).is_some_and(|stem| !stem.starts_with('.')));
    paths.sort();
    paths
}
