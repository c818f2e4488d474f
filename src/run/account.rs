//! The end of a run: open attempts are settled, every recipient is accounted for, the reports are
//! written.

use std::path::{Path, PathBuf};

use crate::delivery::{Delivered, Stop};
use crate::ledger::{
    Chosen, Doubt, Ledger, LedgerError, LedgerJournal, LeftOut, LostCopy, Mailing, Reader, RunEnd, Status,
    Totals,
};
use crate::report::{self, Rows, Summary};
use crate::storage::is_absent;

use super::destination::Destination;
use super::end::{End, Ended, Reason};
use super::environment::Environment;
use super::failure::RunError;
use super::reasons;

/// The result of a run of `send`.
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
    /// Copies (Cc, Bcc) of the mailing that did not arrive, the first few by name.
    pub lost_copies: Vec<LostCopy>,
    /// Recipients of earlier runs that the file does not list any more.
    pub vanished: u64,
    /// Recipients whom every run so far left out by a choice.
    pub left_out: Option<LeftOut>,
    /// Of a mail without a list that was sent before: who has it, and since when.
    pub sent_before: Option<(String, String)>,
    /// How it ended, and why.
    pub ended: Ended,
}

/// The number of copies that did not arrive and are named.
const NAMED: u32 = 10;

/// What a run did, to be accounted for.
pub(super) struct Account<'r> {
    pub(super) environment: &'r Environment,
    pub(super) destination: &'r Destination,
    pub(super) mailing: &'r Mailing,
    pub(super) delivered: &'r Delivered,
    /// Who had the message before.
    pub(super) accepted_before: u64,
    /// Recipients whose refusal in an earlier run was reported by this one.
    pub(super) refused_before: u64,
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
        let ended = self.end(&mut ledger, journal.run(), chosen, messages);
        let ended = match ended {
            Ok(ended) => ended,
            Err(error) => {
                let error = self.unended(&ledger, journal.run(), error);
                if !matches!(error, RunError::NoLedger(_)) {
                    // What was recorded is worth a report, also where its end was not; the error stays.
                    let _ = self.account(ledger, journal.run(), messages, summary, error.ended());
                }
                return Err(error);
            }
        };
        self.account(ledger, journal.run(), messages, summary, ended)
    }

    fn end(
        &self,
        ledger: &mut Ledger,
        run: i64,
        chosen: &Chosen,
        messages: u64,
    ) -> Result<Ended, LedgerError> {
        // Before anything is counted: what has no reply is in doubt now.
        let open = ledger.give_back(self.mailing)?;
        let sent = open.in_doubt > 0 || ledger.has_sent(self.mailing, run)?;
        let over = || self.ended(ledger, run, chosen, messages, open.untried, sent);
        let ended = match &self.delivered.stop {
            None => over()?,
            Some(stop) => {
                let stopped = reasons::of_stop(stop, sent, self.environment.now());
                // Asked to stop when the last reply was on its way: nobody is left to go on with.
                let late = matches!(stop, Stop::Requested) && chosen.limit.is_none();
                let over = if late { Some(over()?) } else { None };
                let settled = |ended: &Ended| {
                    matches!(
                        ended.reason,
                        Reason::Done | Reason::LeftRejected | Reason::Findings
                    )
                };
                over.filter(settled).unwrap_or(stopped)
            }
        };
        let exit_code = ended.end.exit_code();
        ledger.end_run(self.mailing, run, RunEnd { exit_code })?;
        Ok(ended)
    }

    /// Why a run could not be ended: a ledger that cannot be written can
    /// often still be read, and tells whether anything went out.
    fn unended(&self, ledger: &Ledger, run: i64, error: LedgerError) -> RunError {
        // One that cannot even be read may hold what went out.
        if ledger.has_sent(self.mailing, run).unwrap_or(true) {
            RunError::Unaccounted(error)
        } else {
            RunError::NoLedger(error)
        }
    }

    /// How a run ended that nothing stopped. `untried`: claimed by it and left as they were.
    fn ended(
        &self,
        ledger: &Ledger,
        run: i64,
        chosen: &Chosen,
        messages: u64,
        untried: u64,
        sent: bool,
    ) -> Result<Ended, LedgerError> {
        let totals = ledger.totals_of_chosen(self.mailing.id)?;
        let left = |status| -> Result<bool, LedgerError> {
            match &chosen.only {
                None => Ok(totals.get(&status).copied().unwrap_or(0) > 0),
                Some(keys) => Ok(ledger.count_among(self.mailing.id, keys, &[status])? > 0),
            }
        };
        let copies = ledger.copies_of_chosen(self.mailing, run)?;
        let everybody = chosen.limit.is_none() && messages > 0;
        let ended = if untried > 0 || (everybody && left(Status::Pending)?) {
            // Nobody who was chosen is forgotten in silence.
            let end = if sent { End::Interrupted } else { End::NotNow };
            Ended::new(end, Reason::Internal)
        } else if left(Status::InDoubt)? || copies.in_doubt > 0 {
            Ended::new(End::Incomplete, Reason::LeftInDoubt)
        } else if left(Status::Deferred)? || copies.left > 0 {
            Ended::new(End::Incomplete, Reason::LeftDeferred)
        } else if self.rejected(ledger, run)? > 0 || (messages > 0 && copies.rejected > 0) {
            Ended::new(End::Incomplete, Reason::LeftRejected)
        } else if messages == 0 {
            Ended::DONE
        } else if left(Status::Invalid)? {
            Ended::new(End::Incomplete, Reason::Findings)
        } else {
            Ended::DONE
        };
        Ok(ended)
    }

    /// The number of recipients that this run reported as permanently refused.
    fn rejected(&self, ledger: &Ledger, run: i64) -> Result<u64, LedgerError> {
        Ok(ledger.rejected_in(run)? + self.refused_before)
    }

    /// Where the reports go. A folder that was moved away with everything in it is not created again.
    fn results(&self) -> Option<&Path> {
        let results = self.destination.results.as_deref()?;
        let moved = matches!(self.delivered.stop, Some(Stop::LedgerReplaced(_))) && is_absent(results);
        (!moved).then_some(results)
    }

    fn account(
        &self,
        ledger: Ledger,
        run: i64,
        messages: u64,
        mut summary: Summary,
        ended: Ended,
    ) -> Result<Sent, RunError> {
        let rejected = self.rejected(&ledger, run)?;
        summary.copies = ledger.copies(self.mailing, run)?;
        let lost_copies = ledger.lost_copies(self.mailing, NAMED)?;
        let reader = Reader::of_ended_run(ledger);
        let rows = Rows::of(&reader, self.mailing.id, None);
        let (totals, former) = rows.totals()?.clone();
        summary.count(&totals);
        if messages > 0 || rejected > 0 {
            summary.this_run.rejected = rejected;
        }
        if messages > 0 {
            let accepted = totals.get(&Status::Accepted).copied().unwrap_or(0);
            summary.this_run.accepted = accepted.saturating_sub(self.accepted_before);
            self.sending(&mut summary);
        }
        summary.finished_at = Some(now(self.environment));
        summary.exit_code = Some(ended.end.exit_code());
        summary.reason = Some(ended.reason.name());
        summary.retry_at = ended.retry_at_text();
        let results = self.results();
        if let Some(results) = results {
            report::write_files(&rows, results)?;
            summary.write(results)?;
        }
        // Nearly always there are none, and nobody needs to be looked for.
        let any = |status| {
            [&totals, &former]
                .iter()
                .any(|counted| counted.contains_key(&status))
        };
        Ok(Sent {
            in_doubt: if any(Status::InDoubt) {
                reader.in_doubt(self.mailing.id, Some(10))?
            } else {
                Vec::new()
            },
            sent_before: if messages == 0 {
                reader.mail_sent(self.mailing.id)?
            } else {
                None
            },
            vanished: former.values().sum(),
            left_out: if any(Status::Pending) {
                reader.left_out(self.mailing.id)?
            } else {
                None
            },
            summary,
            lost_copies,
            totals,
            stop: self.delivered.stop.clone(),
            messages,
            results: results.map(Path::to_owned),
            ended,
        })
    }

    /// The numbers of the sending.
    fn sending(&self, summary: &mut Summary) {
        summary.send_seconds = self.delivered.elapsed.as_secs_f64();
        if summary.send_seconds > 0.0 {
            summary.messages_per_second = summary.this_run.accepted as f64 / summary.send_seconds;
        }
        summary.bytes = self.delivered.octets;
        summary.connections_opened = self.delivered.connections;
    }
}

/// The time in summaries.
pub(super) fn now(environment: &Environment) -> String {
    environment.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
