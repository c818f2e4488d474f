//! How a run of `send` ended, in words a teacher understands, and what to do next.

use std::io::Write;
use std::time::Duration;

use crate::campaign::Relay;
use crate::delivery::Stop;
use crate::ledger::{LostCopy, Status};
use crate::run::{End, Mode, Sent};

use super::advice::Advice;
use super::explain;
use super::next::{self, How, Left};
use super::output::{Globals, say};
use super::wording::{clock_in, count, thousands, time};

/// Says how a run ended, through these relays. Who was told to be in doubt is not named once more.
pub(super) fn conclude(
    globals: &Globals,
    advice: &Advice,
    sent: &Sent,
    mode: &Mode,
    relays: &[Relay],
    told: &dyn Fn(&str) -> bool,
) {
    if let Some(stop) = &sent.stop {
        let _ = writeln!(
            anstream::stderr().lock(),
            "{}",
            explain::stop(stop, relays, advice)
        );
    }
    if globals.quiet {
        if let Some(line) = in_short(sent) {
            // Whoever wants no words wants to know this: it is all that a timer's mail will hold.
            let _ = writeln!(anstream::stderr().lock(), "{line}");
        }
        return;
    }
    if let Mode::TestTo(address) = mode {
        let accepted = sent.totals.get(&Status::Accepted).copied().unwrap_or(0);
        say(globals, &tested(accepted, address));
        return;
    }
    for line in numbers(sent, mode) {
        say(globals, &line);
    }
    for line in others(sent) {
        say(globals, &line);
    }
    for doubt in sent.in_doubt.iter().filter(|doubt| !told(&doubt.key)) {
        say(globals, &format!("  in doubt: {}: {}", doubt.key, doubt.reply));
    }
    for copy in &sent.lost_copies {
        let LostCopy { key, address, reply } = copy;
        say(
            globals,
            &format!("  copy not delivered: {address}, of the message to {key}: {reply}"),
        );
    }
    if sent.vanished > 0 {
        let vanished = count(
            sent.vanished,
            "recipient of earlier runs is",
            "recipients of earlier runs are",
        );
        say(globals, &format!("{vanished} no longer in the recipients file."));
    }
    if let Some(results) = sent.results.as_ref().filter(|_| !is_nothing(sent)) {
        if *mode == Mode::Sandbox {
            let messages = results.join("messages");
            say(
                globals,
                &format!("Nothing left this machine. The messages: {}", messages.display()),
            );
        }
        let report = results.join("report.csv");
        say(globals, &format!("Who got it, row by row: {}", report.display()));
    }
    // Without its ledger, the next run would know nothing of this one.
    let known = !matches!(sent.stop, Some(Stop::LedgerReplaced(_)));
    if *mode == Mode::Relay && known {
        for step in steps(advice, sent) {
            say(globals, &format!("  hint: {step}"));
        }
    }
}

/// What is not well, on one line.
fn in_short(sent: &Sent) -> Option<String> {
    if sent.ended.end == End::Complete {
        return None;
    }
    let statuses = [
        (Status::Rejected, "refused"),
        (Status::Deferred, "deferred"),
        (Status::InDoubt, "in doubt"),
        (Status::Invalid, "invalid"),
        (Status::Bounced, "bounced"),
    ];
    let of = |status| sent.totals.get(&status).copied().unwrap_or(0);
    let not_well: Vec<_> = statuses
        .into_iter()
        .filter(|(status, _)| of(*status) > 0)
        .collect();
    let copies = sent.summary.copies;
    let copies = copies.left + copies.rejected + copies.in_doubt;
    let recipients = count(sent.summary.recipients, "recipient", "recipients");
    let mut words: Vec<_> = not_well
        .iter()
        .map(|(status, what)| format!("{} {what}", thousands(of(*status))))
        .collect();
    if let Some(last) = words.last_mut() {
        last.push_str(&format!(" of {recipients}"));
    }
    if copies > 0 {
        let messages = count(sent.summary.recipients, "message", "messages");
        let copies = count(copies, "copy", "copies");
        words.push(format!("{copies} not delivered, of {messages}"));
    }
    let never_meant = sent.left_out.as_ref().map_or(0, |left_out| left_out.recipients);
    let open = of(Status::Pending).saturating_sub(never_meant);
    let mut also = String::new();
    if words.is_empty() {
        words.push(format!(
            "not finished, {} of {recipients} still to be sent to",
            thousands(open)
        ));
    } else if open > 0 && sent.stop.is_some() {
        also = format!("; {} still to be sent to", thousands(open));
    }
    // The file that has all of them.
    let file = match not_well.as_slice() {
        [(Status::InDoubt, _)] if copies == 0 => "in_doubt.csv",
        several if copies == 0 && !several.is_empty() && !holds_doubt(several) => "failed.csv",
        _ => "report.csv",
    };
    let by_name = sent.results.as_ref().map(|results| results.join(file));
    let by_name = by_name.map_or_else(String::new, |file| format!("; by name: {}", file.display()));
    Some(format!(
        "{}: {}{by_name}{also}",
        sent.summary.campaign,
        words.join(", ")
    ))
}

fn holds_doubt(not_well: &[(Status, &str)]) -> bool {
    not_well.iter().any(|(status, _)| *status == Status::InDoubt)
}

fn is_nothing(sent: &Sent) -> bool {
    matches!(sent.ended.end, End::NothingSent | End::NotNow)
}

fn tested(accepted: u64, address: &lettre::Address) -> String {
    match accepted {
        0 => "Nothing was sent.".to_owned(),
        accepted => format!(
            "{} sent to {address} alone; nobody else got anything.",
            count(accepted, "test message", "test messages")
        ),
    }
}

/// The run's numbers are the run's, the mailing's are the mailing's.
fn numbers(sent: &Sent, mode: &Mode) -> Vec<String> {
    let accepted = sent.totals.get(&Status::Accepted).copied().unwrap_or(0);
    let all = count(sent.summary.recipients, "message", "messages");
    if is_nothing(sent) {
        let mut lines = vec!["Nothing was sent.".to_owned()];
        if accepted > 0 {
            lines.push(format!("{} of {all} accepted so far.", thousands(accepted)));
        }
        return lines;
    }
    if sent.messages == 0 && sent.stop.is_none() {
        return vec![format!(
            "Nothing to send: {} of {} have it.",
            thousands(accepted),
            count(sent.summary.recipients, "recipient", "recipients")
        )];
    }
    let speed = speed(sent);
    let now = sent.summary.this_run.accepted;
    let copies = match sent.summary.copies.accepted {
        0 => String::new(),
        copies => format!("{} sent now{speed}; ", count(copies, "copy", "copies")),
    };
    let line = if now == 0 && !copies.is_empty() {
        format!(
            "{copies}accepted {} of {} so far.",
            thousands(accepted),
            count(sent.summary.recipients, "message", "messages")
        )
    } else if now < accepted {
        format!(
            "{} sent now{speed}; accepted {} of {} so far.",
            thousands(now),
            thousands(accepted),
            thousands(sent.summary.recipients)
        )
    } else if *mode == Mode::Sandbox {
        format!("The sandbox accepted {} of {all}{speed}.", thousands(accepted))
    } else if accepted == 0 {
        format!("The relay accepted none of the {all}.")
    } else {
        format!("The relay accepted {} of {all}{speed}.", thousands(accepted))
    };
    vec![line]
}

/// How long this run took; how fast it was, where it took long enough to say so.
fn speed(sent: &Sent) -> String {
    let seconds = sent.summary.send_seconds;
    if seconds <= 0.0 {
        return String::new();
    }
    let took = time(Duration::from_secs_f64(seconds));
    if seconds < 1.0 || sent.summary.this_run.accepted == 0 {
        format!(", in {took}")
    } else {
        let a_second = sent.summary.messages_per_second;
        let (speed, unit) = if a_second < 1.0 {
            (a_second * 60.0, "minute")
        } else {
            (a_second, "second")
        };
        format!(", in {took} ({:.0} a {unit})", speed.max(1.0))
    }
}

/// A line for each status that needs one.
fn others(sent: &Sent) -> Vec<String> {
    let never_meant = sent.left_out.as_ref().map_or(0, |left_out| left_out.recipients);
    let lines = [
        (
            Status::Rejected,
            "refused for good by the relay; its words are in the report",
        ),
        (Status::Deferred, "refused for now"),
        (
            Status::InDoubt,
            "in doubt: handed over, but no reply came; they may have it",
        ),
        (Status::Pending, "still to be sent to"),
        (Status::Invalid, "invalid and left out"),
        (Status::Duplicate, "duplicates and left out"),
        (Status::Suppressed, "suppressed and left out"),
        (Status::Bounced, "accepted, and came back"),
    ];
    let number = |status| {
        let all = sent.totals.get(&status).copied().unwrap_or(0);
        match status {
            Status::Pending => all.saturating_sub(never_meant),
            Status::Accepted
            | Status::Rejected
            | Status::Deferred
            | Status::InDoubt
            | Status::Invalid
            | Status::Suppressed
            | Status::Duplicate
            | Status::Bounced => all,
        }
    };
    let lines = lines.into_iter().map(|(status, words)| (number(status), words));
    let lines = lines.filter(|(n, _)| *n > 0);
    lines
        .map(|(n, words)| format!("{} {words}.", thousands(n)))
        .chain(
            sent.left_out
                .as_ref()
                .map(|left_out| format!("{}.", next::told(left_out))),
        )
        .collect()
}

/// From when on a limit lets something out again.
fn from(wait: Duration) -> String {
    clock_in(wait).map_or_else(
        || format!("in {}", time(wait)),
        |clock| format!("from {clock} on"),
    )
}

fn steps(advice: &Advice, sent: &Sent) -> Vec<String> {
    let left = Left::of(&sent.totals, sent.left_out.clone()).and_copies(sent.summary.copies);
    let (ended, free) = match &sent.stop {
        // Also when nothing went out before it: there is nothing to wait for.
        Some(Stop::Requested) => (How::Early, None),
        Some(Stop::QuotaSpent { wait, .. }) => (How::of(sent.ended.end), Some(from(*wait))),
        _ => (How::of(sent.ended.end), None),
    };
    let left = left.from(free);
    let mut steps = left.steps(advice, ended);
    if steps.is_empty() && sent.messages == 0 && left.is_finished() {
        steps.push(next::anew(advice, left.accepted()));
    }
    steps
}
