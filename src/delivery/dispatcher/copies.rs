//! Copies (Cc, Bcc) that a relay refuses when it accepts their message. A temporary refusal is
//! retried in a separate transaction (RFC 5321 §4.5.4.1), a permanent refusal is reported.

use std::sync::Arc;
use std::time::Duration;

use crate::delivery::event::{Event, RelayCause};
use crate::delivery::journal::{Attempt, Journal};
use crate::delivery::reply::{At, Outcome, Verdict, judge};
use crate::delivery::worker::Settled;

use super::state::{Dispatcher, now};

impl<J: Journal> Dispatcher<'_, J> {
    /// A message was accepted, and not for all whom it names.
    pub(crate) fn copies_refused(&mut self, relay: usize, key: &str, attempt: &Arc<Attempt>) {
        let now = now();
        for copy in &attempt.refused {
            let id = attempt.recipient.copy(copy.position);
            let verdict = judge(At::Rcpt, &copy.reply);
            let outcome = if copy.later {
                let deferred = Outcome::Deferred(copy.reply.clone());
                self.retry.settled(id, &deferred, Some(verdict), now);
                deferred
            } else {
                Outcome::Rejected(copy.reply.clone())
            };
            (self.observe)(Event::Copy {
                key,
                address: &copy.address,
                outcome: &outcome,
                again: self.retry.put_off(id, now),
            });
            if matches!(verdict, Verdict::QuotaSpent { .. }) && !self.is_stopping() {
                self.relay_says(relay, verdict, RelayCause::Reply(copy.reply.clone()));
            }
        }
    }

    /// A copy's own transaction is over.
    pub(crate) fn copy_settled(&mut self, relay: usize, settled: &Settled, again: Option<Duration>) {
        let outcome = &settled.attempt.outcome;
        let address = settled.message.copy_address();
        (self.observe)(Event::Copy {
            key: &settled.message.key,
            address: &address.unwrap_or_default(),
            outcome,
            again,
        });
        if let Some(verdict) = settled.verdict
            && verdict.concerns_the_relay()
            && !self.is_stopping()
        {
            self.relay_says(relay, verdict, RelayCause::Reply(outcome.reply().clone()));
        }
    }
}
