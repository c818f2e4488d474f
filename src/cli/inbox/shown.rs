//! What was collected, in words.

use std::collections::BTreeMap;

use crate::inbox::{Cause, Class, Followed};
use crate::ledger::{BounceKind, What};
use crate::run::{Collected, Line, NotMatched};
use crate::words::{Arg, Said, Speak, say};

use super::super::advice::Advice;

/// Of each list, this many are shown.
const SHOWN: usize = 20;

/// All of it.
pub(super) fn lines(collected: &Collected, advice: &Advice) -> Vec<Said> {
    let mut lines = vec![read(collected.mails, collected.before, &collected.classes)];
    let counted = collected
        .bounces
        .iter()
        .fold(BTreeMap::new(), |mut by_kind, ((kind, reason), n)| {
            by_kind
                .entry(*kind)
                .or_insert_with(Vec::new)
                .push((reason.as_str(), *n));
            by_kind
        });
    for (kind, reasons) in counted {
        lines.push(bounces(kind, &reasons));
    }
    let shown: Vec<&Line> = collected.lines.iter().filter(|line| matters(line.what)).collect();
    lines.extend(shown.iter().take(SHOWN).map(|line| one(line)));
    if let Some(more) = more(shown.len()) {
        lines.push(more);
    }
    lines.extend(collected.causes.iter().map(cause));
    lines.extend(followed(&collected.followed));
    if !collected.to_confirm.is_empty() {
        lines.push(say!("cli-inbox-to-confirm", n = collected.to_confirm.len()));
        lines.extend(collected.to_confirm.iter().take(SHOWN).map(one));
        lines.extend(more(collected.to_confirm.len()));
        let mut command = vec!["--confirm"];
        command.extend(collected.to_confirm.first().map(|line| line.name.as_str()));
        let step = say!(
            "cli-inbox-hint-confirm",
            command = advice.command_with("inbox", &command)
        );
        // Nobody knows the id of a mail that was only looked at.
        lines.extend((!collected.look).then(|| say!("cli-hint", step = step)));
    }
    if collected.unmatched_count > 0 {
        lines.push(say!("cli-inbox-unmatched", n = collected.unmatched_count));
        lines.extend(collected.unmatched.iter().take(SHOWN).map(not_matched));
        lines.extend(more(
            usize::try_from(collected.unmatched_count).unwrap_or(usize::MAX),
        ));
    }
    if collected.unrelated > 0 {
        lines.push(say!("cli-inbox-unrelated", n = collected.unrelated));
    }
    if collected.look {
        lines.insert(0, say!("cli-inbox-looked"));
    } else if let Some(line) = collected.lines.first() {
        let command = advice.command_with("inbox", &["--undo", &line.name]);
        lines.push(say!(
            "cli-hint",
            step = say!("cli-inbox-hint-undo", command = command)
        ));
    }
    lines
}

/// How many mails, and of which classes.
pub(super) fn read(mails: u64, before: u64, classes: &BTreeMap<Class, u64>) -> Said {
    let classes: Vec<Said> = classes
        .iter()
        .map(|(class, n)| say!("cli-inbox-class", class = class_said(*class), n = *n))
        .collect();
    match (classes.is_empty(), before) {
        (true, 0) => say!("cli-inbox-none", mails = mails),
        (true, _) => say!("cli-inbox-all-before", mails = mails),
        (false, 0) => say!("cli-inbox-read", mails = mails, classes = Arg::commas(classes)),
        (false, _) => say!(
            "cli-inbox-read-more",
            mails = mails,
            before = before,
            classes = Arg::commas(classes)
        ),
    }
}

fn class_said(class: Class) -> Said {
    match class {
        Class::Bounce => What::Bounce,
        Class::Delayed => What::Delayed,
        Class::Delivered => What::Delivered,
        Class::Complaint => What::Complaint,
        Class::Autoreply => What::Autoreply,
        Class::Challenge => What::Challenge,
        Class::Receipt => What::Receipt,
        Class::Unsubscribe => What::Unsubscribe,
        Class::Reply => What::Reply,
        Class::Other => What::Other,
    }
    .said()
}

fn bounces(kind: BounceKind, reasons: &[(&str, u64)]) -> Said {
    let n: u64 = reasons.iter().map(|(_, n)| n).sum();
    let reasons = reasons.iter().map(|(reason, n)| format!("{reason} {n}"));
    say!(
        "cli-inbox-bounces",
        n = n,
        kind = kind.said(),
        reasons = Arg::commas(reasons)
    )
}

/// What a person wants to see by name.
fn matters(what: What) -> bool {
    match what {
        What::Bounce | What::Complaint | What::Unsubscribe | What::Reply => true,
        What::Delayed | What::Delivered | What::Autoreply | What::Challenge | What::Receipt | What::Other => {
            false
        }
    }
}

fn one(line: &Line) -> Said {
    let whom = match (&line.address, &line.named) {
        (Some(address), Some(named)) => say!("cli-inbox-forwarded", address = address, named = named),
        (Some(address), None) => Said::verbatim(address.as_str()),
        (None, Some(named)) => say!("cli-inbox-forwarded", address = &line.key, named = named),
        (None, None) => Said::verbatim(line.key.as_str()),
    };
    say!(
        "cli-inbox-line",
        id = &line.name,
        whom = whom,
        what = what(line),
        how = line.matched.said(),
        words = line.words.as_deref().unwrap_or("-")
    )
}

fn what(line: &Line) -> Said {
    match line.kind {
        Some(kind) => say!(
            "cli-inbox-bounce",
            kind = kind.name(),
            reason = line.reason.as_deref().unwrap_or("other")
        ),
        None => line.what.said(),
    }
}

fn more(all: usize) -> Option<Said> {
    (all > SHOWN).then(|| say!("cli-inbox-more", n = all - SHOWN))
}

fn cause(cause: &Cause) -> Said {
    let (n, of) = (cause.bounces, cause.of);
    match &cause.list {
        Some(list) => say!(
            "cli-inbox-cause-list",
            n = n,
            of = of,
            relay = &cause.relay,
            list = list,
            words = &cause.words
        ),
        None => say!(
            "cli-inbox-cause",
            n = n,
            of = of,
            relay = &cause.relay,
            reason = &cause.reason,
            words = &cause.words
        ),
    }
}

/// What became of statuses and the suppression list.
pub(super) fn followed(followed: &Followed) -> Vec<Said> {
    let mut lines = Vec::new();
    if followed.bounced > 0 {
        lines.push(say!("cli-inbox-bounced", n = followed.bounced));
    }
    if followed.restored > 0 {
        lines.push(say!("cli-inbox-restored", n = followed.restored));
    }
    let named = |addresses: Vec<&str>| {
        let shown = addresses.iter().take(SHOWN).copied();
        Arg::commas(shown)
    };
    let new: Vec<&str> = followed
        .suppressed
        .iter()
        .filter(|one| !one.was_there)
        .map(|one| one.address.as_str())
        .collect();
    if !new.is_empty() {
        lines.push(say!(
            "cli-inbox-suppressed",
            n = new.len(),
            addresses = named(new.clone())
        ));
        lines.extend(more(new.len()));
    }
    let off: Vec<&str> = followed.taken_off.iter().map(String::as_str).collect();
    if !off.is_empty() {
        lines.push(say!(
            "cli-inbox-taken-off",
            n = off.len(),
            addresses = named(off.clone())
        ));
        lines.extend(more(off.len()));
    }
    lines
}

fn not_matched(one: &NotMatched) -> Said {
    let about = if one.addresses.is_empty() {
        one.from.clone().unwrap_or_else(|| "-".to_owned())
    } else {
        one.addresses.join(", ")
    };
    say!(
        "cli-inbox-not-matched",
        place = &one.place,
        what = class_said(one.class),
        about = about,
        why = &one.why
    )
}
