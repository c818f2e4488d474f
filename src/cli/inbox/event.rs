//! The events of `inbox`, for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::inbox::{Class, Incoming, Match, Sorted, Taken};
use crate::run::{Collected, Ended};

/// A mail. `taken` is what became of it; nothing, if it was only sorted.
pub(super) fn of(mail: &Incoming, sorted: &Sorted, taken: Option<&Taken>) -> Value {
    let found = |at: Option<usize>| {
        let matches = taken
            .map(|taken| taken.about.matches.as_slice())
            .unwrap_or_default();
        matches.iter().find(|found| at.is_none() || found.reported == at)
    };
    let recipients = sorted.recipients.iter().enumerate();
    let recipients: Vec<Value> = recipients
        .map(|(at, reported)| {
            let mut one = json!(reported);
            if let (Some(fields), Some(_)) = (one.as_object_mut(), taken) {
                fields.insert("matched".to_owned(), matched(found(Some(at))));
            }
            one
        })
        .collect();
    let mut one = json!({
        "file": mail.file, "at": mail.at, "number": mail.number, "class": taken.map_or(sorted.class, |taken| taken.class), "recipients": recipients,
        "matched": matched(found(None)), "evidence": sorted.evidence, "from": sorted.from, "subject": sorted.subject,
        "message_id": sorted.message_id, "words": sorted.words,
    });
    if let (Some(fields), Some(taken)) = (one.as_object_mut(), taken) {
        let unmatched: Vec<&str> = taken.about.unmatched.iter().map(|why| why.name()).collect();
        fields.insert("id".to_owned(), json!(taken.name));
        fields.insert("before".to_owned(), json!(taken.before));
        fields.insert("unmatched".to_owned(), json!(unmatched));
    }
    one
}

/// Whose message it is about.
fn matched(found: Option<&Match>) -> Value {
    match found {
        Some(found) => json!({
            "how": found.how.name(), "mailing": found.sent.uid, "number": found.sent.nth, "key": found.sent.key,
            "address": found.sent.address, "named": found.named,
        }),
        None => Value::Null,
    }
}

/// The end of a run that collected.
pub(super) fn finished(collected: &Collected, unread: u64, ended: Ended) -> Value {
    let followed = &collected.followed;
    let suppressed: Vec<Value> = followed
        .suppressed
        .iter()
        .map(|one| {
            json!({
                "address": one.address, "id": one.answer, "why": one.why.name(), "was_there": one.was_there,
            })
        })
        .collect();
    let causes: Vec<Value> = collected
        .causes
        .iter()
        .map(|cause| {
            json!({
                "relay": cause.relay, "reason": cause.reason, "list": cause.list, "bounces": cause.bounces, "of": cause.of,
                "words": cause.words,
            })
        })
        .collect();
    let to_confirm: Vec<&str> = collected
        .to_confirm
        .iter()
        .map(|line| line.name.as_str())
        .collect();
    let mut end = sorted(collected.mails, unread, &collected.classes, ended);
    let more = json!({
        "before": collected.before, "bounced": followed.bounced, "restored": followed.restored, "suppressed": suppressed,
        "taken_off": followed.taken_off, "to_confirm": to_confirm, "unmatched": collected.unmatched_count,
        "unrelated": collected.unrelated, "causes": causes, "look": collected.look,
    });
    if let (Some(end), Value::Object(more)) = (end.as_object_mut(), more) {
        end.extend(more);
    }
    end
}

/// The end of a run that could not do anything.
pub(super) fn failed(ended: Ended) -> Value {
    json!({"exit_code": ended.end.exit_code(), "reason": ended.reason.name()})
}

/// The end of a run that only sorted.
pub(super) fn sorted(mails: u64, unread: u64, classes: &BTreeMap<Class, u64>, ended: Ended) -> Value {
    json!({
        "mails": mails, "unread": unread, "classes": classes, "exit_code": ended.end.exit_code(),
        "reason": ended.reason.name(),
    })
}
