//! What the DNS answered about one part of the questions.

use crate::campaign::{Place, Problem};
use crate::words::{Said, say};

use super::questions::Answer;

/// The answers to one part of the questions.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) problems: Vec<Problem>,
    /// What got no answer, and why.
    pub(super) unanswered: Vec<Said>,
    /// What the time did not suffice for.
    pub(super) late: Vec<String>,
}

impl Told {
    pub(super) fn say(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The records, where there are some; why not, where that is of interest.
    pub(super) fn records<T>(&mut self, of: &str, answer: Answer<T>) -> Option<Vec<T>> {
        match answer {
            Answer::Found(records) => Some(records),
            Answer::Nothing | Answer::NoSuchName => Some(Vec::new()),
            Answer::Silent(why) => {
                self.unanswered
                    .push(say!("check-dns-unanswered", question = of, why = why));
                None
            }
            Answer::Late => {
                self.late.push(of.to_owned());
                None
            }
        }
    }
}

/// A domain that something is said of, and where the campaign names it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) domain: String,
    pub(super) place: Place,
}

/// So much of a record as one can read.
pub(super) fn short(record: &str) -> String {
    match record.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", record.get(..end).unwrap_or_default()),
        None => record.to_owned(),
    }
}
