//! The front for a person, on a screen or a pipe.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use crate::campaign::{Relay, Wait, clock};
use crate::check::Checked;
use crate::delivery::{Attempt, Event, Outcome, Stop, StopRequest};
use crate::ledger::LeftOut;
use crate::pass::Cancel;
use crate::run::{Front, Question, RunError, Stage, of_stop};
use crate::words::{Said, say};
use secrecy::SecretString;
use serde_json::json;
use tokio::sync::watch;

use super::became::{of_copy, of_outcome};
use super::counts::Counts;
use super::events::{Events, enhanced, time_after};
use super::progress::Progress;
use super::repeated::Repeated;
use super::when::time_and_clock;
use super::{findings, next, question, relay_news, signals, silence, terminal, trace};

/// Refusals shown by name while they happen; the rest is in the report.
const NAMED: u64 = 10;

pub(super) struct Screen {
    quiet: bool,
    yes: bool,
    events: Events,
    /// What the check finds is what one came for.
    checks: bool,
    progress: Progress,
    /// What came from environment variables, and from the user's settings.
    origins: Vec<Said>,
    /// Whom the messages go through, by name and host.
    relays: Vec<Relay>,
    counts: Counts,
    /// Lines that relays make come again and again.
    repeated: Repeated,
    /// Who was said to be in doubt.
    doubted: BTreeSet<String>,
    /// Copies that were reported.
    copies: u64,
    /// Ends what comes before the sending.
    cancel: Cancel,
    /// While something is waited for that is to end with us.
    ending: Option<signals::Ending>,
    /// While a pass goes on that a person may want no more.
    cancelling: Option<signals::Cancelling>,
}

impl Screen {
    pub(super) fn new(quiet: bool, yes: bool, events: Events) -> Self {
        Self {
            quiet,
            yes,
            events,
            checks: false,
            progress: Progress::new(quiet, false),
            origins: Vec::new(),
            relays: Vec::new(),
            counts: Counts::default(),
            repeated: Repeated::default(),
            doubted: BTreeSet::new(),
            copies: 0,
            cancel: Cancel::default(),
            ending: None,
            cancelling: None,
        }
    }

    /// Shows what the check finds in full.
    pub(super) fn of_check(self) -> Self {
        Self { checks: true, ..self }
    }

    /// Steps are shown, too: no bar is drawn among them.
    pub(super) fn with_steps(self, steps: bool) -> Self {
        let progress = Progress::new(self.quiet, steps);
        Self { progress, ..self }
    }

    /// The notes about what was said elsewhere than in the campaign, before anything is sent.
    pub(super) fn with_origins(self, origins: [Option<Said>; 2]) -> Self {
        let origins = origins.into_iter().flatten().collect();
        Self { origins, ..self }
    }

    /// The relays that messages go through.
    pub(super) fn through(self, relays: &[Relay]) -> Self {
        Self {
            relays: relays.to_vec(),
            ..self
        }
    }

    /// Whether a recipient was reported as in doubt.
    pub(super) fn told_doubt(&self, key: &str) -> bool {
        self.doubted.contains(key)
    }

    fn say(&self, line: &str) {
        if !self.quiet {
            self.progress.say(line);
        }
    }

    fn tell(&self, said: &Said) {
        self.say(&terminal::words(said));
    }

    fn settled(&mut self, key: &str, attempt: &Attempt, octets: usize, again: Option<Duration>) {
        let outcome = &attempt.outcome;
        let so_far = self.counts.settled(key, outcome);
        let reply = outcome.reply();
        if !matches!(outcome, Outcome::Accepted(_)) && so_far <= NAMED {
            if matches!(outcome, Outcome::InDoubt(_)) {
                self.doubted.insert(key.to_owned());
            }
            self.tell(&of_outcome(key, outcome));
            if so_far == NAMED {
                self.tell(&say!("cli-run-further"));
            }
        }
        self.events.emit("settled", || {
            json!({
                "key": key, "row": attempt.row, "attempt": attempt.number, "status": outcome.status(),
                "code": reply.code(), "enhanced": enhanced(reply), "reply": reply.text(),
                "retry_at": again.and_then(time_after), "message_id": attempt.message_id,
                "relay": &*attempt.relay, "bytes": octets,
            })
        });
    }

    /// A copy that was refused, or came after all.
    fn copy(&mut self, key: &str, address: &str, outcome: &Outcome, again: Option<Duration>) {
        let reply = outcome.reply();
        self.copies += 1;
        if self.copies <= NAMED {
            self.tell(&of_copy(key, address, outcome));
            if self.copies == NAMED {
                self.tell(&say!("cli-run-further-copies"));
            }
        }
        self.events.emit("copy", || {
            json!({
                "key": key, "address": address, "status": outcome.status(), "code": reply.code(),
                "enhanced": enhanced(reply), "reply": reply.text(), "retry_at": again.and_then(time_after),
            })
        });
    }

    fn show_counts(&mut self) {
        self.progress.at(self.counts.done(), self.counts.said());
    }
}

/// A row may take as long as it may, and a query, too.
fn long() {
    let words = terminal::words(&say!("cli-run-row-first"));
    let _ = writeln!(anstream::stderr().lock(), "{words}");
}

impl Front for Screen {
    fn stage(&mut self, stage: Stage, total: Option<u64>) {
        let passes = matches!(stage, Stage::Checking | Stage::Writing) && !self.checks;
        self.cancelling = passes.then(|| signals::Cancelling::of(self.cancel.clone(), long));
        self.progress.stage(stage, total);
        for line in self.repeated.counts() {
            self.tell(&line);
        }
        let name = match stage {
            Stage::Checking => "checking",
            Stage::Writing => "writing",
            Stage::Sending => "sending",
            Stage::Over => return,
        };
        self.events.emit(name, || json!({"total": total}));
    }

    fn done(&mut self, count: u64) {
        self.progress.at(count, Vec::new());
    }

    fn note(&mut self, said: &Said) {
        self.tell(said);
    }

    fn checked(&mut self, checked: &Checked) {
        if self.checks {
            findings::show(checked);
        } else {
            findings::show_shortly(checked);
        }
        if !checked.has_errors() {
            self.tell(&findings::verdict(checked));
            let extras = findings::extras(&checked.extras).into_iter();
            extras.filter(|_| self.checks).for_each(|line| self.tell(&line));
        }
        let (errors, warnings) = checked.counts();
        self.events.emit("checked", || {
            json!({
                "rows": checked.rows, "recipients": checked.recipients,
                "errors": errors, "warnings": warnings,
            })
        });
    }

    fn left_out(&mut self, left_out: &LeftOut, accepted: u64) -> Result<(), RunError> {
        if self.yes || !terminal::can_ask() {
            return Err(RunError::LeftOut {
                left_out: left_out.clone(),
                accepted,
            });
        }
        let included = say!("cli-run-left-out", who = next::told(left_out));
        self.progress.say(&terminal::words(&included));
        Ok(())
    }

    fn confirm(&mut self, question: &Question<'_>) -> Result<bool, RunError> {
        if self.cancel.is_cancelled() {
            return Err(RunError::Cancelled);
        }
        for line in &self.origins {
            self.tell(line);
        }
        let about = question::about(question);
        let about = about.iter().map(|line| line.shown(terminal::words));
        if self.yes {
            about.for_each(|line| self.say(&line));
            self.tell(&question::told(question));
            return Ok(true);
        }
        if !terminal::can_ask() {
            return Err(RunError::NeedsYes);
        }
        about.for_each(|line| self.progress.say(&line));
        let answer = terminal::yes_or_no(&terminal::words(&question::asked(question)));
        answer.map_err(|_| RunError::NeedsYes)?.ok_or(RunError::Cancelled)
    }

    fn ask_password(&mut self, relay: &Relay) -> Result<SecretString, RunError> {
        let missing = || RunError::NeedsPassword(relay.name.clone());
        if !terminal::can_ask() {
            return Err(missing());
        }
        let user = relay.user.as_deref().unwrap_or_default();
        let prompt = say!("cli-run-password", user = user, host = &relay.server.host);
        terminal::password(&terminal::words(&prompt))
            .map(SecretString::from)
            .map_err(|_| missing())
    }

    fn waits(&mut self, wait: Wait<'_>) -> bool {
        match wait {
            Wait::Begins => self.ending = Some(signals::Ending::heard()),
            Wait::Goes => {
                let asked = self.ending.as_ref().is_some_and(signals::Ending::is_asked_for);
                return !asked && !self.cancel.is_cancelled();
            }
            Wait::Long(words) => self.say(&terminal::words(words)),
            Wait::Over => self.ending = None,
        }
        true
    }

    fn event(&mut self, event: &Event<'_>) {
        trace::event(event);
        match event {
            Event::Connected { relay } => {
                self.progress.heard();
                self.events.emit("connected", || json!({"relay": relay}));
            }
            Event::Capped(capped) => {
                self.tell(&relay_news::capped(capped, &self.relays));
                self.events.emit("capped", || relay_news::capped_event(capped));
            }
            Event::Silent { relay, phase, since } => {
                let what = silence::said(*phase, relay, &self.relays);
                if self.progress.silent(&what, *since) {
                    if !self.progress.draws() {
                        self.say(&format!("{} …", terminal::words(&what)));
                    }
                    let (step, seconds) = (phase.to_string(), since.as_secs_f64());
                    self.events.emit(
                        "silent",
                        || json!({"relay": relay, "step": step, "seconds": seconds}),
                    );
                }
            }
            Event::Settled {
                key,
                attempt,
                octets,
                again,
                ..
            } => {
                self.settled(key, attempt, *octets, *again);
                self.show_counts();
            }
            Event::Copy {
                key,
                address,
                outcome,
                again,
            } => self.copy(key, address, outcome, *again),
            Event::Invalid { key, row, problems } => {
                self.counts.invalid();
                let words = problems.first_words();
                let why = problems.0.first().map(|first| first.what.clone());
                let why = why.unwrap_or_else(|| Said::verbatim(""));
                self.tell(&say!("cli-run-invalid", key = *key, why = why));
                self.events
                    .emit("invalid", || json!({"key": key, "row": row, "problem": words}));
                self.show_counts();
            }
            Event::RelayDown {
                relay,
                words,
                how,
                wait,
            } => {
                self.progress.heard();
                let line = relay_news::down(relay, *how, words);
                let line = match wait {
                    Some(_) => self.repeated.said(&line),
                    None => Some(self.repeated.last(&line)),
                };
                if let Some(line) = line {
                    let then = relay_news::then(*wait);
                    self.tell(&say!("cli-run-relay-then", line = line, then = then));
                }
                let seconds = wait.map(|wait| wait.as_secs_f64());
                self.events.emit("relay_down", || {
                    json!({
                        "relay": relay, "reply": words, "seconds": seconds,
                        "retry_at": wait.and_then(time_after),
                    })
                });
            }
            Event::Learned(news) => {
                self.tell(&relay_news::line(news, &self.relays));
                self.events.emit("learned", || relay_news::event(news));
            }
            Event::QuotaSpent { what, wait } => {
                let (limit, time) = ((*what).clone(), time_and_clock(*wait));
                self.tell(&say!("cli-run-limit-waits", limit = limit, time = time));
                self.events.emit(
                    "quota_spent",
                    || json!({"limit": what, "seconds": wait.as_secs_f64(), "retry_at": time_after(*wait)}),
                );
            }
            Event::Waiting { recipients, wait } => {
                let wait: Duration = *wait;
                self.tell(&say!(
                    "cli-run-deferred-waits",
                    time = wait,
                    recipients = *recipients
                ));
                self.events.emit("waiting", || {
                    json!({
                        "recipients": recipients, "seconds": wait.as_secs_f64(), "retry_at": time_after(wait),
                    })
                });
            }
            Event::Stopping(stop) => {
                if matches!(stop, Stop::Requested) {
                    self.tell(&say!("cli-run-stopping"));
                }
                let ended = of_stop(stop, true, clock::now());
                self.events.emit("stopping", || {
                    json!({
                        "reason": ended.reason.name(), "why": stop.to_string(),
                        "retry_at": ended.retry_at_text(),
                    })
                });
            }
        }
    }

    fn cancel(&self) -> Cancel {
        self.cancel.clone()
    }

    fn stop_requests(&mut self) -> watch::Receiver<StopRequest> {
        signals::listen()
    }
}
