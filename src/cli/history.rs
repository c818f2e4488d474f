//! `status --recipient`: one recipient in every mailing of the campaign.

use std::io::Write;

use crate::campaign::nearest;
use crate::ledger::{Appearance, CopyOf, LedgerError, Listed, Reader, Status, StrayRow};
use crate::recipients::Key;
use crate::run::End;
use crate::words::{Arg, Said, Speak, say};
use serde_json::{Value, json};

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::output::written;
use super::standing::{named, state};
use super::terminal::{lang, words};
use super::when::{row_numbers, second};

/// Recipients with the same text in their rows that are shown together.
const TOGETHER: usize = 10;

/// Recipients that are suggested.
const SUGGESTED: usize = 3;

/// What one mailing has of a recipient.
struct Of<'m> {
    mailing: &'m Listed,
    appearance: Option<Appearance>,
    copy_of: Vec<CopyOf>,
    stray: Vec<StrayRow>,
}

impl Of<'_> {
    fn is_empty(&self) -> bool {
        self.appearance.is_none() && self.copy_of.is_empty() && self.stray.is_empty()
    }
}

/// A recipient, and every mailing.
struct History<'m> {
    key: Key,
    mailings: Vec<Of<'m>>,
}

impl<'m> History<'m> {
    fn of(reader: &Reader, all: &'m [Listed], key: Key) -> Result<Self, LedgerError> {
        let of = |mailing: &'m Listed| {
            Ok(Of {
                mailing,
                appearance: reader.appearance(mailing.id, &key)?,
                copy_of: reader.copies_to(mailing.id, &key)?,
                stray: reader.stray_rows(mailing.id, &key)?,
            })
        };
        let mailings = all.iter().map(of).collect::<Result<_, LedgerError>>()?;
        Ok(Self { key, mailings })
    }

    fn is_empty(&self) -> bool {
        self.mailings.iter().all(Of::is_empty)
    }

    /// The mailings that have nothing of them, although their recipients are known.
    fn not_in(&self) -> Vec<u64> {
        let mailings = self.mailings.iter().filter(|of| of.is_empty());
        let known = mailings.filter(|of| of.mailing.purged_at.is_none());
        known.map(|of| of.mailing.nth).collect()
    }

    fn purged(&self) -> Vec<u64> {
        let purged = self.mailings.iter().filter(|of| of.mailing.purged_at.is_some());
        purged.map(|of| of.mailing.nth).collect()
    }
}

/// Shows them, in the order in which they were named.
pub(super) fn show(
    reader: &Reader,
    campaign: &str,
    named: &[String],
    as_json: bool,
    advice: &Advice,
) -> Outcome {
    let all = reader.list()?;
    if all.is_empty() {
        return Err(Failure::of(say!("cli-status-none")));
    }
    let mut histories = Vec::new();
    for text in named {
        histories.extend(found(reader, &all, text, campaign, advice)?);
    }
    let mut out = anstream::stdout().lock();
    if as_json {
        let recipients: Vec<Value> = histories.iter().map(|one| document(reader, one)).collect();
        let line = json!({"campaign": campaign, "recipients": recipients});
        written(writeln!(out, "{line}"))?;
        return Ok(End::Complete);
    }
    for history in &histories {
        for line in lines(history, campaign) {
            written(writeln!(out, "{line}"))?;
        }
    }
    Ok(End::Complete)
}

/// Those whom a text means: by their key, or by a cell of their rows.
fn found<'m>(
    reader: &Reader,
    all: &'m [Listed],
    text: &str,
    campaign: &str,
    advice: &Advice,
) -> Result<Vec<History<'m>>, Failure> {
    let key = Key::typed(text);
    let exact = History::of(reader, all, key.clone())?;
    if !exact.is_empty() {
        return Ok(vec![exact]);
    }
    let others = reader.recipients_with(&key)?;
    if others.is_empty() {
        return Err(unknown(reader, &exact, text, campaign, advice)?);
    }
    if others.len() > TOGETHER {
        let first: Vec<&str> = others.iter().take(SUGGESTED).map(Key::as_str).collect();
        return Err(Failure::hinted(
            say!("cli-history-many", text = text, recipients = others.len()),
            say!("cli-history-name-one", names = Arg::commas(first)),
        ));
    }
    let histories = others.into_iter().map(|key| History::of(reader, all, key));
    Ok(histories.collect::<Result<_, LedgerError>>()?)
}

fn unknown(
    reader: &Reader,
    nobody: &History<'_>,
    text: &str,
    campaign: &str,
    advice: &Advice,
) -> Result<Failure, LedgerError> {
    let mut near = Near::new(nobody.key.as_str());
    reader.each_recipient(|key| near.look(key))?;
    let mut hints: Vec<Said> = Vec::new();
    for key in near.found() {
        let command = advice.command_with("status", &["--recipient", &key]);
        hints.push(say!("cli-history-near", command = command));
    }
    let purged = nobody.purged();
    if !purged.is_empty() {
        hints.push(say!("cli-history-purged-hint", mailings = row_numbers(&purged)));
    }
    hints.push(say!("cli-history-copies-hint"));
    let what = say!("cli-history-unknown", recipient = text, campaign = campaign);
    Ok(Failure::Hinted(what, hints))
}

/// Recipients who may be meant.
struct Near<'t> {
    text: &'t str,
    nearest: Option<String>,
    within: Vec<String>,
}

impl<'t> Near<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            nearest: None,
            within: Vec::new(),
        }
    }

    fn look(&mut self, key: &str) {
        let shorter = self.text.to_lowercase();
        if self.within.len() < SUGGESTED && key.to_lowercase().contains(&shorter) {
            self.within.push(key.to_owned());
        }
        let known = self.nearest.as_deref().into_iter().chain([key]);
        if let Some(nearer) = nearest(self.text, known).filter(|nearer| *nearer == key) {
            self.nearest = Some(nearer.to_owned());
        }
    }

    fn found(self) -> Vec<String> {
        if self.within.is_empty() {
            return self.nearest.into_iter().collect();
        }
        self.within
    }
}

fn lines(history: &History<'_>, campaign: &str) -> Vec<String> {
    let title = say!(
        "cli-history-title",
        campaign = campaign,
        recipient = history.key.as_str()
    );
    let mut lines = vec![words(&title)];
    for of in &history.mailings {
        let begun = format!(
            "{:>4}  {}  ",
            of.mailing.nth,
            Arg::minute(&of.mailing.started_at).in_lang(lang())
        );
        if let Some(day) = &of.mailing.purged_at {
            let purged = say!("cli-history-purged", day = Arg::minute(day));
            lines.push(begun + &words(&purged));
            continue;
        }
        if let Some(appearance) = &of.appearance {
            lines.push(begun.clone() + &words(&stands(appearance)));
            let told = told(appearance).into_iter();
            lines.extend(told.map(|said| format!("        {}", words(&said))));
        }
        let copies = of.copy_of.iter().map(|copy| {
            let (key, status) = (&copy.recipient, status_named(&copy.status));
            say!(
                "cli-history-copy-of",
                key = key,
                status = status,
                reply = &copy.reply,
                at = second(&copy.at)
            )
        });
        let strays = of.stray.iter().map(|stray| {
            say!(
                "cli-history-stray",
                row = Arg::plain(stray.row),
                status = status_named(&stray.status),
                why = &stray.problem
            )
        });
        lines.extend(copies.chain(strays).map(|said| begun.clone() + &words(&said)));
    }
    let not_in = history.not_in();
    if !not_in.is_empty() {
        let n = not_in.len();
        let said = say!("cli-history-not-in", n = n, mailings = row_numbers(&not_in));
        lines.push(format!("  {}", words(&said)));
    }
    lines
}

/// A reply as the relay sent it: `550 5.1.1 no such user`.
fn with_code(code: Option<u16>, reply: &str) -> String {
    match code {
        Some(code) => format!("{code} {reply}"),
        None => reply.to_owned(),
    }
}

fn status_named(name: &str) -> Said {
    named(Status::named(name).unwrap_or(Status::InDoubt))
}

fn stands(appearance: &Appearance) -> Said {
    let status = named(appearance.status);
    if !appearance.listed {
        say!("cli-history-not-listed", status = status)
    } else if appearance.left_out {
        say!("cli-history-left-out", status = status)
    } else {
        status
    }
}

/// What there is to say below the status.
fn told(appearance: &Appearance) -> Vec<Said> {
    let mut told: Vec<Said> = Vec::new();
    for one in &appearance.tries {
        told.push(say!(
            "cli-history-try",
            at = second(&one.at),
            relay = &one.relay,
            outcome = status_named(&one.outcome),
            reply = with_code(one.code, &one.reply)
        ));
    }
    if appearance.tries.is_empty() && appearance.decisions.is_empty() && !appearance.reply.is_empty() {
        told.push(Said::verbatim(&appearance.reply));
    }
    for decision in &appearance.decisions {
        let at = second(&decision.at);
        told.push(if decision.sent {
            say!("cli-history-settled-sent", at = at)
        } else {
            say!("cli-history-settled-unsent", at = at)
        });
    }
    for copy in &appearance.copies {
        told.push(say!(
            "cli-history-copy",
            address = &copy.address,
            status = status_named(&copy.status),
            reply = &copy.reply,
            at = second(&copy.at)
        ));
    }
    told.extend(appearance.answers.iter().map(|came| {
        say!(
            "cli-history-came",
            at = second(&came.at),
            what = came.what.said(),
            id = &came.id,
            how = came.matched.said(),
            words = &came.words,
            undone = if came.undone_at.is_some() { "yes" } else { "no" }
        )
    }));
    if !appearance.rows.is_empty() {
        let n = appearance.rows.len();
        told.push(say!(
            "cli-history-rows",
            n = n,
            rows = row_numbers(&appearance.rows)
        ));
    }
    if !appearance.message_id.is_empty() {
        told.push(Said::verbatim(format!("Message-ID: {}", appearance.message_id)));
    }
    told
}

fn document(reader: &Reader, history: &History<'_>) -> Value {
    let latest = history.mailings.last().map(|of| of.mailing.id);
    let known = history.mailings.iter().filter(|of| !of.is_empty());
    let mailings: Vec<Value> = known
        .map(|of| {
            let mailing = of.mailing;
            let running = reader.is_running() && Some(mailing.id) == latest;
            let mut one = json!({
                "number": mailing.nth, "mailing": mailing.uid, "started_at": mailing.started_at,
                "ended_at": mailing.ended_at, "state": state(mailing, running),
                "copy_of": of.copy_of, "stray_rows": of.stray,
            });
            if let (Some(fields), Some(appearance)) = (one.as_object_mut(), &of.appearance) {
                fields.extend(appeared(appearance));
            }
            one
        })
        .collect();
    json!({
        "recipient": history.key.as_str(), "mailings": mailings,
        "not_in": history.not_in(), "purged": history.purged(),
    })
}

fn appeared(appearance: &Appearance) -> serde_json::Map<String, Value> {
    let Appearance {
        status,
        code,
        reply,
        attempts,
        message_id,
        relay,
        at,
        listed,
        left_out,
        rows,
        tries,
        decisions,
        copies,
        answers,
    } = appearance;
    let one = json!({
        "status": status.name(), "code": code, "reply": reply, "attempts": attempts, "message_id": message_id,
        "relay": relay, "at": at, "listed": listed, "left_out": left_out, "rows": rows, "tries": tries,
        "decisions": decisions, "copies": copies, "answers": answers,
    });
    one.as_object().cloned().unwrap_or_default()
}
