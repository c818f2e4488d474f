//! The mails in a folder: a Maildir, or files with one mail each.

use std::path::{Path, PathBuf};

use super::incoming::{Incoming, Unreadable};
use super::kind::Named;
use super::mbox::Mbox;

/// The folders of a Maildir that hold mails; what is in `tmp` is not written yet.
const MAILDIR: [&str; 2] = ["new", "cur"];

/// Folders in folders that are looked into.
const DEEPEST: usize = 16;

/// The files of a folder, one after the other.
pub struct Folder {
    folder: PathBuf,
    files: std::vec::IntoIter<PathBuf>,
    number: u64,
    passed_over: u64,
    named: Named,
    /// The rest of a file that holds several.
    open: Option<(String, Mbox)>,
}

impl Folder {
    pub(super) fn open(folder: &Path) -> Result<Self, Unreadable> {
        let parts = MAILDIR.map(|part| folder.join(part));
        let mut files = Vec::new();
        let is_maildir = parts.iter().any(|part| part.is_dir());
        if is_maildir {
            for part in parts.iter().filter(|part| part.is_dir()) {
                in_folder(part, 0, &mut files)?;
            }
        } else {
            in_folder(folder, DEEPEST, &mut files)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            files: files.into_iter(),
            number: 0,
            passed_over: 0,
            named: if is_maildir {
                Named::AsMail
            } else {
                Named::InFolder
            },
            open: None,
        })
    }

    /// Files that were passed over, because they hold no mails.
    pub(super) fn passed_over(&self) -> u64 {
        self.passed_over
    }
}

/// The files of a folder and of the folders in it, by name. Hidden ones are passed over, and links:
/// they may lead anywhere.
fn in_folder(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Unreadable> {
    let failed = |error| Unreadable::at(folder, error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && (kind.is_file() || kind.is_dir()) {
            entries.push((entry.path(), kind.is_dir()));
        }
    }
    entries.sort();
    for (path, is_folder) in entries {
        if !is_folder {
            files.push(path);
        } else if depth > 0 {
            in_folder(&path, depth - 1, files)?;
        }
    }
    Ok(())
}

impl Iterator for Folder {
    type Item = Result<Incoming, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((file, mbox)) = &mut self.open
                && let Some(next) = mbox.next()
            {
                self.number += u64::from(next.is_ok());
                return Some(next.map(|mail| Incoming {
                    file: file.clone(),
                    number: self.number,
                    ..mail
                }));
            }
            let path = self.files.next()?;
            let within = path.strip_prefix(&self.folder).unwrap_or(&path);
            let name = within.to_string_lossy().replace('\\', "/");
            self.open = None;
            match Mbox::open(&path, self.named) {
                Ok(mbox) => self.open = Some((name, mbox)),
                Err(error) if error.is_no_mail() => self.passed_over += 1,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
