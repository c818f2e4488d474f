//! Three blocks of rows at a time: while the messages of one block are composed on all cores, the
//! results of the previous one are handed on, and the next one is read.

use rayon::prelude::*;

use crate::audience::{Addressed, Entry, Rows};
use crate::campaign::{Problem, Problems};
use crate::message::Rendered;
use crate::render::TOO_LONG;
use crate::table::{Row, RowFault, TableError};
use crate::words::Speak;

use super::plan::{Composed, Outcome, Pass, PassError, Passed};

/// Rows in a block, at most.
const ROWS: usize = 512;

/// Octets of the messages in a block: the larger they are, the fewer at a time.
const OCTETS: usize = 8 << 20;

type Read = Result<Row, RowFault>;

/// Looks at a row and at what was rendered of it, on the thread that composes it.
pub type Look<'l, S> = dyn Fn(&Row, &Rendered<'_>) -> S + Sync + 'l;

/// What is known at the end of a pass.
#[derive(Debug)]
pub struct End {
    /// SHA-256 of the recipients file.
    pub digest: Option<[u8; 32]>,
    /// Rows that are not wanted: `where`, `_skip`.
    pub left_out: u64,
    /// Rows below the table.
    pub below: u64,
    /// What is worth knowing of the file.
    pub warnings: Vec<Problem>,
}

impl Pass<'_> {
    /// Composes every message, and has the result of each row taken in the rows' order.
    ///
    /// # Errors
    /// The file cannot be read to its end, the pass is cancelled, or `take` fails.
    pub fn over<S: Send + Default, E: From<PassError> + Send>(
        &self,
        look: &Look<'_, S>,
        take: &mut (dyn FnMut(Passed<S>) -> Result<(), E> + Send),
    ) -> Result<End, E> {
        let table = |error: TableError| E::from(error.into());
        let mut rows = self.audience.rows().map_err(table)?;
        // The most octets that a message holds of its own.
        let mut largest = 1;
        let mut read = next(&mut rows, largest).map_err(table)?;
        let mut block = Vec::new();
        while !(read.is_empty() && block.is_empty()) {
            if self.cancel.is_cancelled() {
                return Err(PassError::Cancelled.into());
            }
            let (composed, following) = rayon::join(
                || {
                    let composed = read.into_par_iter().map(|row| self.compose(row, look));
                    composed.collect::<Vec<_>>()
                },
                || {
                    for passed in std::mem::take(&mut block) {
                        take(passed)?;
                    }
                    next(&mut rows, largest).map_err(table)
                },
            );
            block = composed;
            // Others would take as long.
            if let Some(problem) = too_long(&block) {
                return Err(PassError::TooLong(Box::new(problem)).into());
            }
            read = following?;
            let own = block.iter().filter_map(|passed| match &passed.outcome {
                Outcome::Composed(composed) => Some(composed.own),
                Outcome::Suppressed { .. } | Outcome::Fault { .. } => None,
            });
            largest = own.fold(largest, usize::max);
        }
        self.audience.remember(&rows);
        Ok(End {
            digest: rows.digest(),
            left_out: rows.left_out(),
            below: rows.below(),
            warnings: rows.warnings(),
        })
    }

    /// Only what is kept of a message outlives this: a block of messages may be large.
    fn compose<S: Default>(&self, read: Read, look: &Look<'_, S>) -> Passed<S> {
        let mut seen = S::default();
        if self.composer.templates().overran() {
            let outcome = Outcome::Fault {
                problems: Problems::default(),
                domain: None,
            };
            return Passed { read, outcome, seen };
        }
        let mut see = |rendered: &Rendered<'_>| {
            if let Ok(row) = &read {
                seen = look(row, rendered);
            }
        };
        let outcome = match self.audience.entry(&read, &|key| self.stamp.token(key)) {
            Entry::Recipient(addressed) => self.message(addressed, &mut see),
            Entry::Suppressed { key, why } => Outcome::Suppressed { key, why },
            Entry::Fault(unaddressed) => Outcome::Fault {
                problems: self.composer.faults(unaddressed, &mut see),
                domain: None,
            },
        };
        Passed { read, outcome, seen }
    }

    fn message(&self, addressed: Addressed<'_>, see: &mut dyn FnMut(&Rendered<'_>)) -> Outcome {
        let composed = self
            .composer
            .compose(&addressed, &self.stamp, self.date, see)
            .and_then(|message| Ok((message, self.chooses(&addressed)?)));
        let recipient = addressed.recipient;
        let kept = composed.and_then(|(message, chosen)| {
            let (addresses, octets) = (message.recipients.len() as u64, message.content.len() as u64);
            let own = message.content.own.len();
            let mut content = (chosen && (self.keep)(&recipient.key)).then_some(message.content);
            if let (Some(signing), Some(content)) = (self.signing, &mut content) {
                signing
                    .sign(content, self.date)
                    .map_err(|why| Problem::error(why.said()))?;
            }
            Ok((addresses, octets, own, chosen, content, message.files))
        });
        match kept {
            Ok((addresses, octets, own, chosen, content, files)) => Outcome::Composed(Composed {
                key: recipient.key,
                to: recipient.to,
                bcc: recipient.bcc.into_iter().map(|mailbox| mailbox.email).collect(),
                addresses,
                octets,
                own,
                chosen,
                content,
                files,
            }),
            Err(problems) => Outcome::Fault {
                problems,
                domain: Some(recipient.to.email.domain().to_owned()),
            },
        }
    }

    /// Whether this run is about a message: about one of its rows.
    fn chooses(&self, addressed: &Addressed<'_>) -> Result<bool, Problems> {
        match self.chosen {
            Some(condition) => {
                let row = addressed.context.row();
                self.audience.fulfils(condition, row, &addressed.recipient.key)
            }
            None => Ok(true),
        }
    }
}

/// What a row's templates could not do in time.
fn too_long<S>(block: &[Passed<S>]) -> Option<Problem> {
    let problems = block.iter().filter_map(|passed| match &passed.outcome {
        Outcome::Fault { problems, .. } => Some(&problems.0),
        Outcome::Composed(_) | Outcome::Suppressed { .. } => None,
    });
    problems
        .flatten()
        .find(|problem| problem.code == TOO_LONG)
        .cloned()
}

/// The next rows: the fewer, the larger their messages are.
fn next(rows: &mut Rows<'_>, largest: usize) -> Result<Vec<Read>, TableError> {
    rows.take((OCTETS / largest).clamp(2, ROWS)).collect()
}
