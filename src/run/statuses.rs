//! The statuses that a condition names.

use std::ops::Range;

use crate::campaign::{Problem, Problems, Text, nearest};
use crate::ledger::Status;
use crate::render::compared_with;
use crate::words::{Arg, say};

/// The column with a status.
const STATUS: &str = "mailshot_status";

/// The words of a condition that are compared with a status although no status is called so: nobody
/// would ever have them.
pub(super) fn no_statuses(text: &Text) -> Problems {
    let texts = compared_with(&text.value, STATUS);
    let unknown = texts.into_iter().filter_map(|at| {
        let word = text.value.get(at.start + 1..at.end.checked_sub(1)?)?;
        // Nobody's: who was not in the mailing.
        let known = word.is_empty() || Status::ALL.iter().any(|status| status.name() == word);
        (!known).then_some((at, word))
    });
    Problems(unknown.map(|(at, word)| no_status(text, at, word)).collect())
}

fn no_status(text: &Text, at: Range<usize>, word: &str) -> Problem {
    let names = || Status::ALL.iter().map(|status| status.name());
    let written = text.place.text.get(text.place.span.clone());
    let place = if written == Some(text.value.as_str()) {
        let start = text.place.span.start;
        text.place.at(start + at.start..start + at.end)
    } else {
        text.place.clone()
    };
    let problem = Problem::error(say!("run-no-status", word = word))
        .code("no-status")
        .at(place);
    let problem = match meant(word).or_else(|| nearest(word, names())) {
        Some(near) => problem.help(say!("run-no-status-near", near = near)),
        None => problem,
    };
    problem.help(say!("run-no-status-hint", names = Arg::commas(names())))
}

/// What people call a status.
fn meant(word: &str) -> Option<&'static str> {
    let status = match word.to_lowercase().as_str() {
        "sent" | "delivered" | "ok" | "done" | "已接收" | "已发送" => Status::Accepted,
        "refused" | "failed" | "被拒" => Status::Rejected,
        "in-doubt" | "in doubt" | "unknown" | "doubt" | "存疑" => Status::InDoubt,
        "open" | "unsent" | "待发" => Status::Pending,
        "暂缓" => Status::Deferred,
        "无效" => Status::Invalid,
        "重复" => Status::Duplicate,
        "已退订" | "unsubscribed" => Status::Suppressed,
        "退信" => Status::Bounced,
        _ => return None,
    };
    Some(status.name())
}
