//! Why a file cannot be read, or not to its end, in words.

use crate::campaign::{Place, Problem, Problems};
use crate::storage::Irregular;

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
    let problem = Problem::error(format!("the recipients file cannot be read: {error}"))
        .code("recipients-file")
        .at(Place::whole(shown));
    if error.kind() == std::io::ErrorKind::NotFound {
        return problem
            .help("check the file's name; paths in the campaign file start from its folder")
            .into();
    }
    if error.kind() == std::io::ErrorKind::PermissionDenied {
        return problem
            .help("check who may read it and use the folders above it, and run this as that user")
            .into();
    }
    match Irregular::in_the_way(error) {
        // `<(command)` and /dev/stdin are such.
        Some(Irregular::Pipe | Irregular::Device | Irregular::Socket) => problem
            .help("a list is read more than once, and this can be read only once; use - and give the list on stdin, which is kept: COMMAND | mailshot send --recipients - …")
            .into(),
        Some(Irregular::Folder) => problem.help("name the list itself, a file in that folder").into(),
        None => problem.into(),
    }
}

/// Why there is no next record.
pub(super) fn record_error(shown: &str, error: &RecordError) -> TableError {
    let problem = match error {
        RecordError::Read(e) => Problem::error(format!("reading this file failed: {e}")).code("recipients-file"),
        RecordError::TooLong { row } => {
            Problem::error(format!("row {row} is larger than {} MiB", records::LONGEST >> 20)).code("recipients-file").help(
                "usually a quotation mark is opened in that row and never closed; look for a lone \" there",
            )
        }
        RecordError::TooWide { row } => {
            Problem::error(format!("row {row} has more than {} cells", records::MOST_CELLS)).code("recipients-file").help(
                "a list has some columns; look for a row of delimiters, and say which one it is: delimiter = \";\" below [recipients]",
            )
        }
        RecordError::Unclosed { row } => {
            Problem::error(format!("row {row} opens a quotation mark that is never closed")).code("recipients-file")
                .help("look for a lone \" there and take it out: the rows after it were taken for one cell")
                .help("a \" that belongs to a value is written twice, and the value in quotes: \"Ada \"\"the\"\" Lovelace\"")
        }
        RecordError::AfterQuote { row } => {
            Problem::error(format!("row {row} goes on after a closing quotation mark")).code("recipients-file")
                .help("look for a lone \" there and take it out: it may have taken the rows up to the next one for one cell")
                .help("a \" that belongs to a value is written twice, and the value in quotes: \"Ada \"\"the\"\" Lovelace\"")
        }
    };
    problem.at(Place::whole(shown)).into()
}
