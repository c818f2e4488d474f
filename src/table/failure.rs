//! Why a file cannot be read, or not to its end, in words.

use crate::campaign::{Place, Problem, Problems};
use crate::storage::Irregular;
use crate::words::{self, Arg, say};

use super::records::{self, RecordError};

/// The file cannot be read to its end; nothing can be sent from it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct TableError(Box<Problems>);

impl TableError {
    /// The problems as a list.
    pub fn into_problems(self) -> Problems {
        *self.0
    }
}

impl From<Problem> for TableError {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem.into()))
    }
}

pub(super) fn cannot_read(shown: &str, error: &std::io::Error) -> TableError {
    let problem = Problem::error(say!("table-cannot-read", why = words::system(error)))
        .code("recipients-file")
        .at(Place::whole(shown));
    if error.kind() == std::io::ErrorKind::NotFound {
        return problem.help(say!("table-check-name")).into();
    }
    if error.kind() == std::io::ErrorKind::PermissionDenied {
        return problem.help(say!("table-check-permission")).into();
    }
    match Irregular::in_the_way(error) {
        // `<(command)` and /dev/stdin are such.
        Some(Irregular::Pipe | Irregular::Device | Irregular::Socket) => {
            problem.help(say!("table-read-once")).into()
        }
        Some(Irregular::Folder) => problem.help(say!("table-name-the-list")).into(),
        None => problem.into(),
    }
}

/// Why there is no next record.
pub(super) fn record_error(shown: &str, error: &RecordError) -> TableError {
    let row = |row: &u64| Arg::plain(row);
    let problem = match error {
        RecordError::Read(error) => Problem::error(say!("table-reading-failed", why = words::system(error))),
        RecordError::TooLong { row: at } => {
            let most = Arg::plain(records::LONGEST >> 20);
            Problem::error(say!("table-row-too-long", row = row(at), most = most))
                .help(say!("table-row-too-long-help"))
        }
        RecordError::TooWide { row: at } => {
            let what = say!("table-row-too-wide", row = row(at), most = records::MOST_CELLS);
            Problem::error(what).help(say!("table-row-too-wide-help"))
        }
        RecordError::Unclosed { row: at } => Problem::error(say!("table-quote-unclosed", row = row(at)))
            .help(say!("table-quote-unclosed-help"))
            .help(say!("table-quote-doubled")),
        RecordError::AfterQuote { row: at } => Problem::error(say!("table-quote-goes-on", row = row(at)))
            .help(say!("table-quote-goes-on-help"))
            .help(say!("table-quote-doubled")),
    };
    problem.code("recipients-file").at(Place::whole(shown)).into()
}
