//! What the messages of a mailing are made of, and what has become of it.

use std::collections::BTreeMap;

use super::Mailing;

/// What the messages of a mailing are made of: part -> hash.
pub type Content = BTreeMap<String, String>;

/// The parts that are text and not large, word for word, so that a change of
/// them can be shown: part -> text.
pub type Texts = BTreeMap<String, String>;

/// A part that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which part.
    pub part: String,
    /// How it differs.
    pub how: &'static str,
    /// What it was, where that is known.
    pub before: Option<String>,
    /// What it is, where that can be shown.
    pub now: Option<String>,
}

impl Mailing {
    /// What changed since the mailing began.
    pub fn differences(&self, now: &Content, texts: &Texts) -> Vec<Difference> {
        let difference = |part: &String, how| Difference {
            part: part.clone(),
            how,
            before: self.texts.get(part).cloned(),
            now: texts.get(part).cloned(),
        };
        let here = now
            .iter()
            .filter_map(|(part, hash)| match self.content.get(part) {
                None => Some(difference(part, "is new")),
                Some(before) if before != hash => Some(difference(part, "has changed")),
                Some(_) => None,
            });
        let gone = self.content.keys().filter(|part| !now.contains_key(*part));
        here.chain(gone.map(|part| difference(part, "is gone"))).collect()
    }
}
