//! What the messages of a mailing are made of, and how it has changed.

use std::collections::BTreeMap;

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
    pub how: How,
    /// What it was, where that is known.
    pub before: Option<String>,
    /// What it is, where that can be shown.
    pub now: Option<String>,
}

/// How a part differs from what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// There was none.
    New,
    /// It is another.
    Changed,
    /// There is none any more.
    Gone,
}

/// What changed of what was, and of its texts.
pub(super) fn differences(was: (&Content, &Texts), now: (&Content, &Texts)) -> Vec<Difference> {
    let difference = |part: &String, how| Difference {
        part: part.clone(),
        how,
        before: was.1.get(part).cloned(),
        now: now.1.get(part).cloned(),
    };
    let here = now.0.iter().filter_map(|(part, hash)| match was.0.get(part) {
        None => Some(difference(part, How::New)),
        Some(before) if before != hash => Some(difference(part, How::Changed)),
        Some(_) => None,
    });
    let gone = was.0.keys().filter(|part| !now.0.contains_key(*part));
    here.chain(gone.map(|part| difference(part, How::Gone))).collect()
}
