//! How a run ended, on one line: for jobs whose output is mailed.

use crate::ledger::Status;
use crate::run::{End, Sent};
use crate::words::{Arg, Said, say};

/// What is not as it should be, where something is not.
pub(super) fn line(sent: &Sent) -> Option<Said> {
    if sent.ended.end == End::Complete {
        return None;
    }
    let of = |status| sent.totals.get(&status).copied().unwrap_or(0);
    let (in_doubt, rejected, deferred) = (of(Status::InDoubt), of(Status::Rejected), of(Status::Deferred));
    let (invalid, bounced) = (of(Status::Invalid), of(Status::Bounced));
    let counts = [
        (rejected, say!("cli-short-n-rejected", n = rejected)),
        (deferred, say!("cli-short-n-deferred", n = deferred)),
        (in_doubt, say!("cli-short-n-in-doubt", n = in_doubt)),
        (invalid, say!("cli-short-n-invalid", n = invalid)),
        (bounced, say!("cli-short-n-bounced", n = bounced)),
    ];
    let counts: Vec<_> = counts.into_iter().filter(|(n, _)| *n > 0).collect();
    let without = counts.iter().map(|(n, _)| n).sum::<u64>();
    let copies = sent.summary.copies;
    let copies = copies.left + copies.rejected + copies.in_doubt;
    let all = || say!("cli-recipients", n = sent.summary.recipients);
    let mut parts = Vec::new();
    if without > 0 {
        let counts = Arg::commas(counts.into_iter().map(|(_, said)| said));
        parts.push(say!("cli-short-of", counts = counts, all = all()));
    }
    if copies > 0 {
        let messages = say!("cli-messages", n = sent.summary.recipients);
        let copies = say!("cli-copies", n = copies);
        parts.push(say!("cli-short-copies", copies = copies, messages = messages));
    }
    let never_meant = sent.left_out.as_ref().map_or(0, |left_out| left_out.recipients);
    let open = of(Status::Pending).saturating_sub(never_meant);
    let mut then = Vec::new();
    // The file that has all of them.
    let file = match (without, copies) {
        (1.., 0) if in_doubt == without => "in_doubt.csv",
        (1.., 0) if in_doubt == 0 => "failed.csv",
        _ => "report.csv",
    };
    if let Some(results) = &sent.results {
        let file = results.join(file);
        then.push(say!("cli-short-by-name", file = file.as_path()));
    }
    if parts.is_empty() {
        parts.push(say!("cli-short-unfinished", open = open, all = all()));
    } else if open > 0 && sent.stop.is_some() {
        then.push(say!("cli-short-open", open = open));
    }
    let line = say!(
        "cli-short",
        campaign = &sent.summary.campaign,
        what = Arg::commas(parts)
    );
    let then = then.into_iter();
    Some(then.fold(line, |line, then| {
        say!("cli-short-then", line = line, then = then)
    }))
}
