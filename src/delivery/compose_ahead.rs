//! The feeder: claims recipients and composes their letters, on all cores and
//! a little ahead of the workers.
//!
//! Claims come in blocks, because each is an fsync; letters are composed only
//! as the dispatcher asks for them and up to a bound in octets, because a
//! block of letters with attachments of their own would fill the memory.

use std::collections::VecDeque;
use std::sync::Arc;

use rayon::prelude::*;
use tokio::sync::mpsc;

use crate::campaign::Problems;

use super::{Claimed, Compose, Journal, JournalError, Letter, RecipientId};

/// Octets of content composed ahead in one go.
pub(crate) const AHEAD_OCTETS: usize = 8 << 20;

/// Letters composed side by side before the octets are looked at again.
const SIDE_BY_SIDE: usize = 64;

/// What the dispatcher wants.
pub(crate) enum Ask {
    /// Up to so many letters of further recipients.
    Letters(usize),
    /// The letters of these, once more.
    Again(Vec<RecipientId>),
}

/// What the feeder has.
pub(crate) enum Supply {
    /// Letters, and those that could not be composed.
    Letters {
        letters: Vec<Letter>,
        invalid: Vec<(String, Problems)>,
        /// No further recipients are left.
        exhausted: bool,
    },
    /// The journal failed.
    Failed(JournalError),
}

/// Runs until the dispatcher stops asking.
pub(crate) fn run<J: Journal>(
    journal: &Arc<J>,
    compose: Compose,
    block: usize,
    mut asks: mpsc::Receiver<Ask>,
    supplies: &mpsc::Sender<Supply>,
) {
    let mut backlog: VecDeque<Claimed> = VecDeque::new();
    let mut exhausted = false;
    while let Some(ask) = asks.blocking_recv() {
        let claimed = match &ask {
            Ask::Again(recipients) => journal.claim_again(recipients),
            Ask::Letters(_) if backlog.is_empty() && !exhausted => journal
                .claim(block)
                .inspect(|claimed| exhausted = claimed.is_empty()),
            Ask::Letters(_) => Ok(Vec::new()),
        };
        let supply = claimed.and_then(|claimed| {
            let Ask::Letters(most) = ask else {
                // Those whose wait is over come before those who have not been tried.
                claimed.into_iter().rev().for_each(|c| backlog.push_front(c));
                return composed(journal, &compose, &mut backlog, block, exhausted);
            };
            backlog.extend(claimed);
            composed(journal, &compose, &mut backlog, most, exhausted)
        });
        let supply = supply.unwrap_or_else(Supply::Failed);
        if supplies.blocking_send(supply).is_err() {
            return;
        }
    }
}

fn composed<J: Journal>(
    journal: &Arc<J>,
    compose: &Compose,
    claimed: &mut VecDeque<Claimed>,
    most: usize,
    exhausted: bool,
) -> Result<Supply, JournalError> {
    let (mut letters, mut invalid) = (Vec::new(), Vec::new());
    let mut octets = 0;
    while letters.len() < most && octets < AHEAD_OCTETS && !claimed.is_empty() {
        let count = SIDE_BY_SIDE.min(most - letters.len()).min(claimed.len());
        let some: Vec<Claimed> = claimed.drain(..count).collect();
        let composed: Vec<_> = some.par_iter().map(compose).collect();
        for (next, composed) in some.into_iter().zip(composed) {
            match composed {
                Ok(letter) => {
                    octets += letter.octets();
                    letters.push(letter);
                }
                Err(problems) => {
                    let words = problems.0.first().map_or_else(String::new, |p| p.what.clone());
                    journal.invalid(next.recipient, &words)?;
                    invalid.push((next.key, problems));
                }
            }
        }
    }
    Ok(Supply::Letters {
        letters,
        invalid,
        exhausted: exhausted && claimed.is_empty(),
    })
}
