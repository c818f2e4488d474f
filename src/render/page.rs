//! A template of HTML or Markdown, for what it names besides columns.

use std::ops::Range;
use std::path::PathBuf;

use crate::campaign::Place;

/// A template of HTML or Markdown, as it is written.
#[derive(Debug)]
pub struct Page {
    /// The file.
    pub path: PathBuf,
    /// All of it.
    pub place: Place,
    /// It is Markdown.
    pub markdown: bool,
    /// Its text, with every tag replaced, octet for octet.
    pub masked: String,
    /// Where the tags stand.
    pub tags: Vec<Range<usize>>,
    /// Values may bring markup of their own: `| safe`.
    pub unescaped: bool,
}
