//! What differs from the content of a mailing so far, as people see it.

use crate::ledger::{Difference, How};
use crate::words::{Said, say};

use super::parts::named;

/// A part that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which part, and how it differs.
    pub what: Said,
    /// What it was, where that is known.
    pub before: Option<String>,
    /// What it is, where that can be shown.
    pub now: Option<String>,
}

impl Changed {
    /// A file that a recipient's row names.
    pub(super) fn file_of(path: &str, key: &str, how: How) -> Self {
        Self::whole(named_of(how, say!("run-file-of", file = path, key = key)))
    }

    /// This many more files.
    pub(super) fn more_files(files: u64) -> Self {
        Self::whole(say!("run-more-files-changed", files = files))
    }

    fn whole(what: Said) -> Self {
        Self {
            what,
            before: None,
            now: None,
        }
    }
}

impl From<Difference> for Changed {
    fn from(difference: Difference) -> Self {
        Self {
            what: named_of(difference.how, named(&difference.part)),
            before: difference.before,
            now: difference.now,
        }
    }
}

fn named_of(how: How, part: Said) -> Said {
    match how {
        How::New => say!("run-part-new", part = part),
        How::Changed => say!("run-part-changed", part = part),
        How::Gone => say!("run-part-gone", part = part),
    }
}
