//! Messages into which a template wrote a whole row.

use memchr::memmem;

use crate::campaign::{Place, Problem};
use crate::words::say;

use super::names::listed;
use super::numbers::suspect;
use super::templates::Templates;
use super::whole_rows::MARK;

impl Templates {
    /// What is wrong where a template wrote a whole row.
    pub(super) fn whole_row(&self, name: &str, text: &str) -> Option<Problem> {
        if !(self.wants_row || self.wants_rows) || memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
            return None;
        }
        let source = self.sources.get(name);
        let place = source.and_then(|source| Some(source.at(suspect(&source.compiled.text)?)));
        let place = place.or_else(|| source.map(|source| source.place.clone()));
        let all = listed(&self.header);
        Some(
            Problem::error(say!("render-whole-row-written"))
                .code("whole-row")
                .at(place.unwrap_or_else(|| Place::whole(name)))
                .help(say!("render-name-the-column-hint", columns = all))
                .help(say!("render-loop-column-hint")),
        )
    }
}
