//! The end of a run: what is open is settled, everybody accounted for, the reports written.

use std::path::PathBuf;

use crate::delivery::{Delivered, Stop};
use crate::ledger::{
    Chosen, Doubt, Ledger, LedgerError, LedgerJournal, Mailing, Reader, RunEnd, Status, Totals,
};
use crate::report::{self, Summary};

use super::destination::Destination;
use super::end::End;
use super::environment::Environment;
use super::failure::RunError;

/// What came of a run of `send`.
#[derive(Debug)]
pub struct Sent {
    /// The numbers, as in `summary.json`.
    pub summary: Summary,
    /// The ledger's totals.
    pub totals: Totals,
    /// Why it ended early.
    pub stop: Option<Stop>,
    /// Messages of this run.
    pub messages: u64,
    /// Where the reports are; none for a test.
    pub results: Option<PathBuf>,
    /// Those in doubt, the first few by name.
    pub in_doubt: Vec<Doubt>,
    /// Recipients of earlier runs that the file does not list any more.
    pub vanished: u64,
    /// How it ended.
    pub end: End,
}

/// What a run did, to be accounted for.
pub(super) struct Account<'r> {
    pub(super) environment: &'r Environment,
    pub(super) destination: &'r Destination,
    pub(super) mailing: &'r Mailing,
    pub(super) delivered: &'r Delivered,
}

impl Account<'_> {
    /// Settles what is open, and accounts for everybody. From here on an
    /// error means that what went out cannot be accounted for.
    pub(super) fn close(
        &self,
        journal: &LedgerJournal,
        chosen: &Chosen,
        messages: u64,
        summary: Summary,
    ) -> Result<Sent, RunError> {
        let mut ledger = journal.finish().ok_or(RunError::LedgerLost)?;
        let ended = self.end(&mut ledger, journal.run(), chosen);
        drop(ledger);
        let end = match ended {
            Ok(end) => end,
            Err(error) => {
                let error = self.unended(error);
                if !matches!(error, RunError::NoLedger(_)) {
                    // What was recorded is worth a report, also where its end was not; the error stays.
                    let _ = self.account(messages, summary, End::Interrupted);
                }
                return Err(error);
            }
        };
        self.account(messages, summary, end)
    }

    fn end(&self, ledger: &mut Ledger, run: i64, chosen: &Chosen) -> Result<End, LedgerError> {
        // Before anything is counted: what has no reply is in doubt now.
        let came_into_doubt = ledger.give_back(self.mailing)?;
        let end = self.ended(came_into_doubt, chosen)?;
        let exit_code = end.exit_code();
        ledger.end_run(self.mailing, run, RunEnd { exit_code })?;
        Ok(end)
    }

    /// Why a run could not be ended: a ledger that cannot be written can
    /// often still be read, and tells whether anything went out.
    fn unended(&self, error: LedgerError) -> RunError {
        let open = || Reader::open(&self.destination.ledger)?.has_open_intents(self.mailing.id);
        // One that cannot even be read may hold what went out.
        if self.delivered.messages == 0 && !open().unwrap_or(true) {
            RunError::NoLedger(error)
        } else {
            RunError::Unaccounted(error)
        }
    }

    fn ended(&self, came_into_doubt: u64, chosen: &Chosen) -> Result<End, LedgerError> {
        if self.delivered.stop.is_some() {
            return Ok(if self.delivered.messages + came_into_doubt > 0 {
                End::Interrupted
            } else {
                End::NothingSent
            });
        }
        let reader = Reader::open(&self.destination.ledger)?;
        let unwell = [
            Status::Rejected,
            Status::Deferred,
            Status::InDoubt,
            Status::Invalid,
        ];
        let amiss = match &chosen.only {
            None => {
                let totals = reader.totals_of_chosen(self.mailing.id)?;
                unwell.iter().filter_map(|status| totals.get(status)).sum::<u64>()
            }
            Some(keys) => reader.count_among(self.mailing.id, keys, &unwell)?,
        };
        Ok(End::of(amiss == 0))
    }

    fn account(&self, messages: u64, mut summary: Summary, end: End) -> Result<Sent, RunError> {
        let reader = Reader::open(&self.destination.ledger)?.of_ended_run();
        let totals = reader.totals(self.mailing.id)?;
        summary.count(&totals);
        summary.send_seconds = self.delivered.elapsed.as_secs_f64();
        if summary.send_seconds > 0.0 {
            summary.messages_per_second = self.delivered.messages as f64 / summary.send_seconds;
        }
        summary.bytes = self.delivered.octets;
        summary.connections_opened = self.delivered.connections;
        summary.finished_at = Some(now(self.environment));
        summary.exit_code = Some(end.exit_code());
        if let Some(results) = &self.destination.results {
            report::write_files(&reader, self.mailing.id, results)?;
            summary.write(results)?;
        }
        Ok(Sent {
            in_doubt: reader.in_doubt(self.mailing.id, Some(10))?,
            vanished: reader.vanished(self.mailing.id)?,
            summary,
            totals,
            stop: self.delivered.stop.clone(),
            messages,
            results: self.destination.results.clone(),
            end,
        })
    }
}

/// The time in summaries.
pub(super) fn now(environment: &Environment) -> String {
    environment.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
