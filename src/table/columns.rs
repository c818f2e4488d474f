//! What a column says as a whole: whether its cells are yes and no, or words that look like them.
//!
//! `NO` is Norway beside `SE`, and no beside `YES`. So the whole list is read before the first such
//! word counts as an answer: once, in memory that does not grow with the list, and not at all if no
//! column is asked or all of its cells are unambiguous.

use std::sync::{Arc, OnceLock};

use crate::campaign::RecipientsSource;

use super::cell::{self, is_zero};
use super::header::Header;
use super::names::is_text;
use super::rows::Table;
use super::tally::{Says, Seen, Tally};
use super::yes_no::{self, Kind, Word};

/// The columns of a list that are asked for yes or no.
#[derive(Default)]
pub struct Columns {
    list: Option<(RecipientsSource, Arc<Header>)>,
    /// Those that are asked; all of them, where nobody knows which.
    asked: Option<Vec<usize>>,
    says: OnceLock<Vec<Says>>,
}

/// What a cell answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes, or anything that is there.
    Yes,
    /// No, or nothing.
    No,
    /// Nobody can tell: the column has answers and other words. The answer and the other word that
    /// come first, with their rows.
    Unsure(Seen, Seen),
}

impl Columns {
    /// The columns of `source` that have these names; all of them, where there are none.
    pub fn new(source: &RecipientsSource, header: &Arc<Header>, asked: Option<&[String]>) -> Self {
        let position = |name: &String| header.position(name).or_else(|| header.of_alias(name));
        Self {
            list: Some((source.clone(), Arc::clone(header))),
            asked: asked.map(|names| names.iter().filter_map(position).collect()),
            says: OnceLock::new(),
        }
    }

    /// What the cell of a column answers; of several, where it may have come from any of them, and
    /// of none where its author wrote it.
    pub fn answer(&self, columns: &[usize], text: &str) -> Answer {
        let bare = cell::bare(text);
        if bare.is_empty() || is_zero(bare) {
            return Answer::No;
        }
        let Some(word) = yes_no::word(bare) else {
            return Answer::Yes;
        };
        if word.kind == Kind::Value {
            return of(word.yes);
        }
        // A yes is a yes in every column, except for a sign that means no in some.
        let doubtful = matches!(word.kind, Kind::Cross | Kind::Circle);
        if word.yes && !doubtful {
            return Answer::Yes;
        }
        let says = self.says();
        let mut answers = columns.iter().filter_map(|at| says.get(*at));
        let Some(first) = answers.next() else {
            return of(by_itself(word));
        };
        let first = first.of(word);
        let same = answers.all(|other| other.of(word) == first);
        if same { first } else { of(by_itself(word)) }
    }

    /// The column of this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        let (_, header) = self.list.as_ref()?;
        header.position(name).or_else(|| header.of_alias(name))
    }

    /// How templates call the column at this place.
    pub fn name(&self, at: usize) -> Option<&str> {
        let (_, header) = self.list.as_ref()?;
        header.columns.get(at).map(String::as_str)
    }

    /// The list, read to its end at the first call.
    fn says(&self) -> &[Says] {
        self.says.get_or_init(|| {
            let Some((source, header)) = &self.list else {
                return Vec::new();
            };
            let all = header.columns.len();
            let asked = self.asked.clone().unwrap_or_else(|| (0..all).collect());
            let mut tallies: Vec<_> = asked.iter().map(|at| (*at, Tally::default())).collect();
            // Faults of the file or a row are reported when it is read for its messages.
            for row in Table::open(source).into_iter().flatten().flatten().flatten() {
                for (at, tally) in &mut tallies {
                    tally.see(row.value(*at), row.number);
                }
            }
            let mut says = vec![Says::Words; all];
            for (at, tally) in tallies {
                let named = header.names.get(at).map_or("", String::as_str);
                if let Some(says) = says.get_mut(at) {
                    *says = tally.says(is_text(named));
                }
            }
            says
        })
    }
}

/// What a word says where there is no column.
fn by_itself(word: Word) -> bool {
    word.yes || word.kind == Kind::Nothing
}

fn of(yes: bool) -> Answer {
    if yes { Answer::Yes } else { Answer::No }
}

impl Says {
    fn of(&self, word: Word) -> Answer {
        match self {
            Self::YesNo(signs) => of(signs.says(word)),
            Self::Words => Answer::Yes,
            Self::Both(answer, other) => match word.kind {
                Kind::Word | Kind::Letter => Answer::Unsure(answer.clone(), other.clone()),
                Kind::Value | Kind::Nothing | Kind::Cross | Kind::Circle => Answer::Yes,
            },
        }
    }
}
