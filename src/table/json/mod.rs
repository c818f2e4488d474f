//! JSON: one object per line, or a list of objects (RFC 8259).
//!
//! The content shows whether a file is JSON, because a table of any kind may come through stdin,
//! and the first cell of a CSV file may begin with a bracket. The columns are the keys of all
//! objects, so a file is read twice: once for its keys, once for its rows.

mod array;
mod lines;
mod list;
mod object;
mod shape;
mod words;

use crate::campaign::{Place, Problem, RecipientsSource};
use crate::words::say;

use super::about::{About, Format, ignored};
use super::failure::TableError;
use super::source::{Readable, Source};

use array::Array;
use lines::JsonLines;
use shape::Shape;

/// Opens a file that begins with `start`, if it holds JSON.
///
/// # Errors
/// JSON that cannot be read as a table.
pub(super) fn open(source: &RecipientsSource, start: &[u8]) -> Result<Option<Readable>, TableError> {
    let shown = source.shown.as_str();
    if shape::is_wide(&source.file, start) {
        return Err(Problem::error(say!("table-json-utf-16"))
            .code("recipients-file")
            .at(Place::whole(shown))
            .help(say!("table-json-utf-16-help"))
            .into());
    }
    let Some(shape) = shape::of(&source.file, start) else {
        return Ok(None);
    };
    let lines = || JsonLines::open(&source.file, shown).map(|lines| Box::new(lines) as Box<dyn Source>);
    let (opened, format) = match shape {
        Shape::Lines => (lines()?, Format::JsonLines),
        Shape::Value => match Array::open(&source.file, shown)? {
            Some(array) => (Box::new(array) as Box<dyn Source>, Format::Json),
            None => (lines()?, Format::JsonLines),
        },
    };
    let about = About {
        format,
        warnings: ignored(source, &["sheet", "delimiter", "encoding", "header_row"], format),
        ..About::default()
    };
    Ok(Some((opened, about)))
}

#[cfg(test)]
mod tests;
