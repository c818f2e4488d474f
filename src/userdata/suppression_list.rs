//! The user's own suppression list: who gets no mail from any campaign, and since when.
//!
//! One CSV file that a person can read. It is changed under a lock: the new file is written beside
//! it and moved to its place. If the process dies in between, no entry is lost.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, WriterBuilder};

use crate::campaign::clock;
use crate::recipients::Entry;
use crate::storage::{Replacement, is_absent, open_regular, private_file, private_folder};

use super::failure::UserFileError;

/// The file's name in the state folder.
const FILE_NAME: &str = "suppressed.csv";

/// Its columns.
const COLUMNS: [&str; 2] = ["who", "added_at"];

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// Who.
    pub who: Entry,
    /// Since when, UTC; empty when a person added it by hand.
    pub added_at: String,
}

/// The user's list.
pub struct SuppressionList {
    path: PathBuf,
}

/// Held while the list is changed.
struct Held(File);

impl SuppressionList {
    /// The list in the user's state folder. The file need not be there.
    pub fn below(folder: &Path) -> Self {
        Self {
            path: folder.join(FILE_NAME),
        }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All of it, the oldest first.
    ///
    /// # Errors
    /// It cannot be read, or a line is not an entry.
    pub fn read(&self) -> Result<Vec<Suppressed>, UserFileError> {
        let file = match open_regular(&self.path) {
            Ok(file) => file,
            Err(_) if is_absent(&self.path) => return Ok(Vec::new()),
            Err(error) => return Err(UserFileError::file(&self.path, error)),
        };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .from_reader(file);
        let mut list = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| UserFileError::file(&self.path, e.into()))?;
            let who = record.get(0).unwrap_or_default().trim();
            let line = record.position().map_or(0, csv::Position::line);
            if who.trim_start_matches('\u{feff}') == COLUMNS[0] {
                continue;
            }
            let entry = Entry::parse(who).map_err(|why| UserFileError::DamagedList {
                path: self.path.display().to_string(),
                line,
                who: who.to_owned(),
                why,
            })?;
            list.push(Suppressed {
                who: entry,
                added_at: record.get(1).unwrap_or_default().to_owned(),
            });
        }
        Ok(list)
    }

    /// Adds every entry that is not there yet; returns for each whether it was there.
    ///
    /// # Errors
    /// The list cannot be read or written; it is as it was then.
    pub fn add(&self, who: &[Entry]) -> Result<Vec<bool>, UserFileError> {
        let _held = self.hold()?;
        let mut list = self.read()?;
        let mut there: HashSet<Entry> = list.iter().map(|one| one.who.clone()).collect();
        let now = clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let before = list.len();
        let mut were_there = Vec::with_capacity(who.len());
        for entry in who {
            let new = there.insert(entry.clone());
            were_there.push(!new);
            if new {
                list.push(Suppressed {
                    who: entry.clone(),
                    added_at: now.clone(),
                });
            }
        }
        // A list that says the same is not touched: a run that is going would stop.
        if list.len() > before {
            self.write(&list)?;
        }
        Ok(were_there)
    }

    /// Removes every entry that is there; returns for each since when it was there.
    ///
    /// # Errors
    /// The list cannot be read or written; it is as it was then.
    pub fn remove(&self, who: &[Entry]) -> Result<Vec<Option<String>>, UserFileError> {
        let _held = self.hold()?;
        let mut list = self.read()?;
        let since: HashMap<Entry, String> = list
            .iter()
            .map(|one| (one.who.clone(), one.added_at.clone()))
            .collect();
        let before = list.len();
        let going: HashSet<&Entry> = who.iter().collect();
        list.retain(|one| !going.contains(&one.who));
        if list.len() < before {
            self.write(&list)?;
        }
        Ok(who.iter().map(|entry| since.get(entry).cloned()).collect())
    }

    fn hold(&self) -> Result<Held, UserFileError> {
        if let Some(folder) = self.path.parent() {
            private_folder(folder)?;
        }
        let path = self.path.with_extension("lock");
        let failed = |source| UserFileError::file(&path, source);
        let file = private_file()
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        // For as long as the other takes: it writes one file.
        file.lock().map_err(failed)?;
        Ok(Held(file))
    }

    fn write(&self, list: &[Suppressed]) -> Result<(), UserFileError> {
        let failed = |source| UserFileError::file(&self.path, source);
        let mut new = Replacement::of(&self.path).map_err(failed)?;
        write_csv(list, &mut BufWriter::new(&mut new)).map_err(failed)?;
        new.keep().map_err(failed)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Closing it would do the same.
        let _ = self.0.unlock();
    }
}

/// Writes entries as the list has them: CSV with a header.
///
/// # Errors
/// `out` cannot be written.
pub fn write_csv(list: &[Suppressed], out: &mut dyn Write) -> std::io::Result<()> {
    // An entry that begins with # is quoted, so that it is not a comment.
    let mut writer = WriterBuilder::new().comment(Some(b'#')).from_writer(out);
    writer.write_record(COLUMNS)?;
    for one in list {
        writer.write_record([one.who.as_str(), &one.added_at])?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(texts: &[&str]) -> Vec<Entry> {
        texts.iter().map(|text| Entry::parse(text).unwrap()).collect()
    }

    #[test]
    fn the_list_grows_and_shrinks_and_tells_who_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let list = SuppressionList::below(&folder.path().join("state"));
        assert_eq!(list.read().unwrap(), []);
        let who = entries(&[
            "Ada@Example.ORG",
            "@spam.test",
            "#bob@example.org",
            "ada@example.org",
        ]);
        assert_eq!(list.add(&who).unwrap(), [false, false, false, true]);
        let kept: Vec<_> = list.read().unwrap().into_iter().map(|one| one.who).collect();
        assert_eq!(kept, who[..3]);
        let gone = list.remove(&entries(&["@spam.test", "eve@example.org"])).unwrap();
        assert!(gone[0].is_some() && gone[1].is_none());
        assert_eq!(list.read().unwrap().len(), 2);
    }

    #[test]
    fn a_line_that_is_none_is_told_and_nothing_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let list = SuppressionList::below(folder.path());
        std::fs::write(list.path(), "who,added_at\nada@example.org,\nbob.example.org,\n").unwrap();
        let words = list.add(&entries(&["eve@example.org"])).unwrap_err().to_string();
        assert!(words.contains("line 3: `bob.example.org`"), "{words}");
        assert!(!std::fs::read_to_string(list.path()).unwrap().contains("eve"));
    }

    #[test]
    fn many_at_once_lose_nobody() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for n in 0..20 {
                let list = SuppressionList::below(folder.path());
                scope.spawn(move || list.add(&entries(&[&format!("p{n}@example.org")])).unwrap());
            }
        });
        assert_eq!(SuppressionList::below(folder.path()).read().unwrap().len(), 20);
    }
}
