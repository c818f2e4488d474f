//! The mails in a folder: a Maildir, or files with one mail each.

use std::path::{Path, PathBuf};

use crate::storage::open_regular;

use super::incoming::{Incoming, Unreadable};
use super::mbox::Mbox;

/// The folders of a Maildir that hold mails; what is in `tmp` is not written yet.
const MAILDIR: [&str; 2] = ["new", "cur"];

/// The files of a folder, one after the other.
pub struct Folder {
    folder: PathBuf,
    files: std::vec::IntoIter<PathBuf>,
    number: u64,
    /// The rest of a file that holds several.
    open: Option<(String, Mbox)>,
}

impl Folder {
    pub(super) fn open(folder: &Path) -> Result<Self, Unreadable> {
        let parts = MAILDIR.map(|part| folder.join(part));
        let mut files = Vec::new();
        if parts.iter().any(|part| part.is_dir()) {
            for part in parts.iter().filter(|part| part.is_dir()) {
                files.extend(in_folder(part)?);
            }
        } else {
            files = in_folder(folder)?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            files: files.into_iter(),
            number: 0,
            open: None,
        })
    }
}

/// The files of a folder by name, without hidden ones.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let hidden = path
                .file_name()
                .is_none_or(|name| name.to_string_lossy().starts_with('.'));
            if !hidden && !path.is_dir() {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    };
    read().map_err(|error| Unreadable::at(folder, error))
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
            match open_regular(&path) {
                Ok(file) => self.open = Some((name, Mbox::new(&path, file))),
                Err(error) => {
                    self.open = None;
                    return Some(Err(Unreadable::at(&path, error)));
                }
            }
        }
    }
}
