//! How a run of `send` ended, in plain words, and what to do next.

use std::io::Write;
use std::time::Duration;

use crate::campaign::Relay;
use crate::delivery::Stop;
use crate::ledger::{Doubt, LostCopy, Status};
use crate::run::{End, Mode, Sent};
use crate::words::{Said, say};

use super::advice::Advice;
use super::next::{self, How, Left};
use super::output::{Globals, say, tell};
use super::when::{clock_in, second};
use super::{explain, in_short, terminal};

/// Says how a run ended, through these relays. A recipient that was reported as in doubt is not
/// named again.
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
        if let Some(line) = in_short::line(sent) {
            // This is shown even with `-q`: it is all that a timer's mail will contain.
            let _ = writeln!(anstream::stderr().lock(), "{}", terminal::words(&line));
        }
        return;
    }
    if let Mode::TestTo(address) = mode {
        let accepted = sent.totals.get(&Status::Accepted).copied().unwrap_or(0);
        tell(globals, &tested(accepted, address));
        return;
    }
    let mut lines = numbers(sent, mode);
    lines.extend(others(sent));
    lines.iter().for_each(|line| tell(globals, line));
    let below = |said: &Said| say(globals, &format!("  {}", terminal::words(said)));
    for Doubt { key, reply, .. } in sent.in_doubt.iter().filter(|doubt| !told(&doubt.key)) {
        below(&say!("cli-run-in-doubt", key = key, reply = reply));
    }
    for LostCopy { key, address, reply } in &sent.lost_copies {
        below(&say!(
            "cli-end-copy-lost",
            address = address,
            key = key,
            reply = reply
        ));
    }
    if sent.vanished > 0 {
        tell(globals, &say!("cli-end-vanished", recipients = sent.vanished));
    }
    if let Some(results) = sent.results.as_ref().filter(|_| !is_nothing(sent)) {
        if *mode == Mode::Sandbox {
            let folder = results.join("messages");
            tell(globals, &say!("cli-end-messages-in", folder = folder.as_path()));
        }
        let file = results.join("report.csv");
        tell(globals, &say!("cli-end-report", file = file.as_path()));
    }
    // Without its ledger, the next run would know nothing of this one.
    let known = !matches!(sent.stop, Some(Stop::LedgerReplaced(_)));
    if *mode == Mode::Relay && known {
        for step in steps(advice, sent) {
            below(&say!("cli-hint", step = step));
        }
    }
}

fn is_nothing(sent: &Sent) -> bool {
    matches!(sent.ended.end, End::NothingSent | End::NotNow)
}

fn tested(accepted: u64, address: &lettre::Address) -> Said {
    if accepted == 0 {
        return say!("cli-nothing-sent");
    }
    let messages = say!("cli-test-messages", n = accepted);
    say!(
        "cli-end-tested",
        messages = messages,
        address = address.to_string()
    )
}

/// The run's numbers are the run's, the mailing's are the mailing's.
fn numbers(sent: &Sent, mode: &Mode) -> Vec<Said> {
    let accepted = sent.totals.get(&Status::Accepted).copied().unwrap_or(0);
    let of = sent.summary.recipients;
    let all = say!("cli-messages", n = of);
    if is_nothing(sent) {
        let mut lines = vec![say!("cli-nothing-sent")];
        if accepted > 0 {
            lines.push(say!("cli-end-so-far", accepted = accepted, all = all));
        }
        return lines;
    }
    if let (Some((key, at)), None) = (&sent.sent_before, &sent.stop) {
        return vec![say!("cli-end-mail-sent", key = key, at = second(at))];
    }
    if sent.messages == 0 && sent.stop.is_none() {
        let all = say!("cli-recipients", n = of);
        return vec![say!("cli-end-nothing-left", accepted = accepted, all = all)];
    }
    let took = took(sent);
    let (now, copied) = (sent.summary.this_run.accepted, sent.summary.copies.accepted);
    let copies = say!("cli-copies", n = copied);
    let line = if copied > 0 && now == 0 {
        say!(
            "cli-end-copies-now",
            copies = copies,
            took = took,
            accepted = accepted,
            all = all
        )
    } else if copied > 0 && now < accepted {
        let messages = say!("cli-messages", n = now);
        say!(
            "cli-end-both-now",
            messages = messages,
            copies = copies,
            took = took,
            accepted = accepted,
            all = all
        )
    } else if now < accepted {
        say!(
            "cli-end-messages-now",
            sent = now,
            took = took,
            accepted = accepted,
            of = of
        )
    } else if *mode == Mode::Sandbox {
        say!("cli-end-sandbox", accepted = accepted, all = all, took = took)
    } else if accepted == 0 {
        say!("cli-end-accepted-none", all = all)
    } else {
        say!("cli-end-accepted", accepted = accepted, all = all, took = took)
    };
    vec![line]
}

/// How long this run took; how fast it was, where it took long enough to say so.
fn took(sent: &Sent) -> Said {
    let seconds = sent.summary.send_seconds;
    if seconds <= 0.0 {
        return Said::verbatim("");
    }
    let time = Duration::from_secs_f64(seconds);
    let a_second = sent.summary.messages_per_second;
    if seconds < 1.0 || sent.summary.this_run.accepted == 0 {
        say!("cli-end-took", time = time)
    } else if a_second < 1.0 {
        let a_minute = (a_second * 60.0).round().max(1.0) as u64;
        say!("cli-end-took-by-minute", time = time, n = a_minute)
    } else {
        say!("cli-end-took-by-second", time = time, n = a_second.round() as u64)
    }
}

/// A line for each status that needs one.
fn others(sent: &Sent) -> Vec<Said> {
    let of = |status| sent.totals.get(&status).copied().unwrap_or(0);
    let never_meant = sent.left_out.as_ref().map_or(0, |left_out| left_out.recipients);
    let pending = of(Status::Pending).saturating_sub(never_meant);
    let lines = [
        (
            of(Status::Rejected),
            say!("cli-end-rejected", n = of(Status::Rejected)),
        ),
        (
            of(Status::Deferred),
            say!("cli-end-deferred", n = of(Status::Deferred)),
        ),
        (
            of(Status::InDoubt),
            say!("cli-end-in-doubt", n = of(Status::InDoubt)),
        ),
        (pending, say!("cli-end-pending", n = pending)),
        (
            of(Status::Invalid),
            say!("cli-end-invalid", n = of(Status::Invalid)),
        ),
        (
            of(Status::Duplicate),
            say!("cli-end-duplicate", n = of(Status::Duplicate)),
        ),
        (
            of(Status::Suppressed),
            say!("cli-end-suppressed", n = of(Status::Suppressed)),
        ),
        (
            of(Status::Bounced),
            say!("cli-end-bounced", n = of(Status::Bounced)),
        ),
    ];
    let lines = lines.into_iter().filter(|(n, _)| *n > 0).map(|(_, line)| line);
    let left_out = sent.left_out.as_ref();
    let left_out = left_out.map(|left_out| say!("cli-end-left-out", who = next::told(left_out)));
    lines.chain(left_out).collect()
}

/// From when on a limit lets something out again.
fn from(wait: Duration) -> Said {
    match clock_in(wait) {
        Some(clock) => say!("cli-from-clock", clock = clock),
        None => say!("cli-from-time", time = wait),
    }
}

fn steps(advice: &Advice, sent: &Sent) -> Vec<Said> {
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
        steps.push(if sent.sent_before.is_some() {
            let command = advice.send_asking(&["--new"]);
            say!("cli-next-mail-again", command = command)
        } else {
            next::anew(advice, left.accepted())
        });
    }
    steps
}
