//! Ends a run from another process: by a mark beside its lock, which the process that holds the
//! lock looks for.
//!
//! No process is ended by its number, which may belong to another machine or, by now, to another
//! program. A run writes its name beside its lock, and a mark names the run that it is for. So a
//! mark that was left behind does not stop a later run, and a mark that cannot be read stops none.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::campaign::clock;
use crate::storage::Replacement;

use super::boot;
use super::lock::Lock;

/// A run that can be asked to stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Going {
    /// What the run is called, and no other.
    run: String,
    /// The machine.
    pub host: String,
    /// The process there.
    pub pid: u32,
    /// How long it takes at most for the messages in flight.
    pub drain_seconds: u64,
}

/// How a run is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowToStop {
    /// The messages in flight are finished.
    Drain,
    /// At once.
    Now,
}

/// The file of a run beside the lock.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    run: String,
    how: HowToStop,
}

/// Says, while it lives, that a run can be asked to stop, and whether it was.
#[derive(Debug)]
pub struct Stoppable {
    ledger: PathBuf,
    run: String,
}

impl Stoppable {
    /// Of the run that holds the lock of `ledger`.
    ///
    /// # Errors
    /// The system's.
    pub fn new(ledger: &Path, drain: Duration) -> io::Result<Self> {
        let pid = std::process::id();
        let going = Going {
            run: format!("{pid}-{}-{:x}", clock::now().as_microsecond(), fastrand::u64(..)),
            host: boot::host(),
            pid,
            drain_seconds: drain.as_secs(),
        };
        // Of an earlier run, which is over: this one has its lock.
        let _ = std::fs::remove_file(mark(ledger));
        write(&note(ledger), &going)?;
        Ok(Self {
            ledger: ledger.to_owned(),
            run: going.run,
        })
    }

    /// Whether the run was asked to stop, and how.
    pub fn asked(&self) -> Option<HowToStop> {
        let text = std::fs::read_to_string(mark(&self.ledger)).ok()?;
        let mark: Mark = serde_json::from_str(&text).ok()?;
        (mark.run == self.run).then_some(mark.how)
    }
}

impl Drop for Stoppable {
    fn drop(&mut self) {
        // What stays does no harm: it names a run that is over.
        let _ = std::fs::remove_file(mark(&self.ledger));
        let _ = std::fs::remove_file(note(&self.ledger));
    }
}

impl Going {
    /// The run that holds the lock of `ledger`; `None` where none does, or one that does not say
    /// how to stop it.
    pub fn of(ledger: &Path) -> Option<Self> {
        if !Lock::is_held(ledger) {
            return None;
        }
        let text = std::fs::read_to_string(note(ledger)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Asks it to stop.
    ///
    /// # Errors
    /// The mark cannot be written.
    pub fn ask(&self, ledger: &Path, how: HowToStop) -> io::Result<()> {
        let run = self.run.clone();
        write(&mark(ledger), &Mark { run, how })
    }

    /// Whether it still goes.
    pub fn goes_on(&self, ledger: &Path) -> bool {
        Self::of(ledger).is_some_and(|going| going.run == self.run)
    }
}

/// Where a run says what it is called. The lock itself says so, too, but cannot be read on Windows.
fn note(ledger: &Path) -> PathBuf {
    ledger.with_extension("run")
}

fn mark(ledger: &Path) -> PathBuf {
    ledger.with_extension("stop")
}

fn write(path: &Path, what: &impl Serialize) -> io::Result<()> {
    let mut file = Replacement::of(path)?;
    serde_json::to_writer(&mut file, what)?;
    file.flush()?;
    file.keep()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stops_the_run_it_names_and_no_later_one() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("news.db");
        assert_eq!(Going::of(&ledger), None);
        let lock = Lock::take(&ledger).unwrap();
        assert_eq!(Going::of(&ledger), None, "it does not say how to stop it");
        let first = Stoppable::new(&ledger, Duration::from_secs(30)).unwrap();
        assert_eq!(first.asked(), None);
        let going = Going::of(&ledger).unwrap();
        going.ask(&ledger, HowToStop::Drain).unwrap();
        assert_eq!(first.asked(), Some(HowToStop::Drain));
        going.ask(&ledger, HowToStop::Now).unwrap();
        assert_eq!(first.asked(), Some(HowToStop::Now));
        // It dies, and a later one begins; the mark comes late.
        std::mem::forget(first);
        assert!(going.goes_on(&ledger));
        drop(lock);
        assert!(!going.goes_on(&ledger));
        let _lock = Lock::take(&ledger).unwrap();
        let second = Stoppable::new(&ledger, Duration::from_secs(30)).unwrap();
        assert_eq!(second.asked(), None);
        going.ask(&ledger, HowToStop::Now).unwrap();
        assert_eq!(second.asked(), None);
        assert!(!going.goes_on(&ledger));
        std::fs::write(mark(&ledger), "now!").unwrap();
        assert_eq!(second.asked(), None);
        drop(second);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "the lock alone: {left:?}");
    }
}
