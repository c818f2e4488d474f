//! `--events`: one JSON object per line on stdout, for programs.
//!
//! Every line has `event` and `time`; docs/automation.md lists the other fields. The last event is always
//! `finished`, exactly once, whatever the result of the run.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::campaign::clock;
use crate::run::Ended;
use crate::smtp::Reply;
use crate::words::{say, system};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::terminal;

/// Where events go; clones go to the same place.
#[derive(Debug, Clone)]
pub(super) struct Events {
    on: bool,
    failed: Arc<AtomicBool>,
}

impl Events {
    pub(super) fn new(on: bool) -> Self {
        Self {
            on,
            failed: Arc::default(),
        }
    }

    /// Writes one, with the fields of an object, which is made only if events were asked for.
    pub(super) fn emit(&self, event: &str, fields: impl FnOnce() -> Value) {
        if !self.on || self.have_failed() {
            return;
        }
        let mut line = serde_json::Map::new();
        line.insert("event".to_owned(), json!(event));
        line.insert("time".to_owned(), json!(shown(clock::now())));
        if let Value::Object(fields) = fields() {
            line.extend(fields);
        }
        let mut out = std::io::stdout().lock();
        let written = writeln!(out, "{}", plain(&Value::Object(line))).and_then(|()| out.flush());
        if let Err(error) = written
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            // The reader of the events may end; the run continues, but says so.
            let words = terminal::words(&say!("cli-run-events", error = system(&error)));
            let _ = writeln!(anstream::stderr().lock(), "{words}");
        }
    }

    /// The last one. `statuses`: where the mailing stands, where there is one.
    pub(super) fn finished(&self, ended: Ended, statuses: &BTreeMap<&'static str, u64>) {
        self.emit("finished", || {
            json!({
                "exit_code": ended.end.exit_code(), "reason": ended.reason.name(),
                "retry_at": ended.retry_at_text(), "statuses": statuses,
            })
        });
    }

    /// Whether events were asked for and cannot be written.
    pub(super) fn have_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
}

/// `5.1.1`, where the relay gave such a code.
pub(super) fn enhanced(reply: &Reply) -> Option<String> {
    let (class, subject, detail) = reply.enhanced()?;
    Some(format!("{class}.{subject}.{detail}"))
}

/// The time after so long, as events have it.
pub(super) fn time_after(wait: Duration) -> Option<String> {
    let wait = SignedDuration::try_from(wait).ok()?;
    clock::now().checked_add(wait).ok().map(shown)
}

/// JSON without characters that would turn a line of a terminal around: mails are written by anybody.
fn plain(line: &Value) -> String {
    let mut text = line.to_string();
    for c in ('\u{202a}'..='\u{202e}')
        .chain('\u{2066}'..='\u{2069}')
        .chain('\u{7f}'..='\u{9f}')
    {
        if text.contains(c) {
            text = text.replace(c, &format!("\\u{:04x}", u32::from(c)));
        }
    }
    text
}

fn shown(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
