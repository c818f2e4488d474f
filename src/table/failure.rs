//! Why a text file cannot be read on, in words.

use crate::campaign::{Place, Problem};

use super::TableError;
use super::records::{self, RecordError};

pub(super) fn record_error(shown: &str, error: &RecordError) -> TableError {
    let problem = match error {
        RecordError::Read(e) => Problem::error(format!("reading this file failed: {e}")).code("recipients-file"),
        RecordError::TooLong { row } => {
            Problem::error(format!("row {row} is larger than {} MiB", records::LONGEST >> 20)).code("recipients-file").help(
                "usually a quotation mark is opened in that row and never closed; look for a lone \" there",
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
