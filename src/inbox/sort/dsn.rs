//! Delivery status notifications (RFC 3464, 6533), read as they are.

use super::address::{is_public, is_same, of_report};
use super::codes::{Status, reply_of, status_of, statuses};
use super::fields::Fields;
use super::mail::{Mail, Part};
use super::returned::bounded;
use super::sorted::Action;

/// What is read of one report part.
const READ: usize = 128 * 1024;

/// Reports about more recipients are about nobody in particular.
pub(super) const MOST: usize = 100;

/// What a report says about one recipient, before it is judged.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) address: String,
    pub(super) original: Option<String>,
    /// The action of the field; `None` if it names no known one.
    pub(super) action: Option<Action>,
    pub(super) status: Option<Status>,
    /// The code of the Status field, though the words may have a better one.
    pub(super) field: Option<Status>,
    pub(super) code: Option<u16>,
    /// The far end's words, or those of the reporting system.
    pub(super) words: String,
}

/// Types of parts that hold a report.
const KINDS: [&str; 4] = [
    "message/delivery-status",
    "message/global-delivery-status",
    "text/delivery-status",
    "application/delivery-status",
];

/// Whether a mail has a part of a type for reports.
pub(super) fn has_part(mail: &Mail) -> bool {
    mail.own_of(&KINDS).is_some()
}

/// The blocks of a mail's report, whatever type its part has.
pub(super) fn blocks(mail: &Mail) -> Vec<Block> {
    let mut blocks = Vec::new();
    let by_type = mail.own().filter(|part| KINDS.contains(&part.kind.as_str()));
    for part in by_type {
        read(&part.text, &mut blocks);
    }
    if blocks.is_empty() {
        for part in mail.own().filter(|part| part.message.is_none()) {
            read(fields_in(part), &mut blocks);
        }
    }
    blocks
}

/// Where in a part of another type the fields of a report begin: at a Reporting-MTA or a recipient
/// field at the beginning of a line, with an action or a status after it.
fn fields_in(part: &Part) -> &str {
    let text = bounded(&part.text, READ);
    let mut at = 0;
    let mut start = None;
    let mut has_recipient = false;
    for line in text.split_inclusive('\n') {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "reporting-mta" | "final-recipient" | "original-recipient" => {
                start.get_or_insert(at);
                has_recipient |= name != "reporting-mta";
            }
            "action" | "status" if has_recipient => {
                return start.and_then(|start| text.get(start..)).unwrap_or_default();
            }
            _ => {}
        }
        at += line.len();
    }
    ""
}

/// Reads the blocks of one report.
fn read(text: &str, blocks: &mut Vec<Block>) {
    let mut open: Option<Block> = None;
    for paragraph in paragraphs(bounded(text, READ)) {
        let fields = Fields::of_text(&paragraph);
        let is_about = recipient_of(&fields).is_some();
        let goes_on = fields.has("action") || fields.has("status") || fields.has("diagnostic-code");
        if !is_about && !goes_on {
            continue;
        }
        if is_about {
            keep(open.take(), blocks);
        }
        // A block that a blank line has cut in two goes on.
        let mut block = open.take().unwrap_or_default();
        fill(&mut block, &fields);
        open = Some(block);
    }
    keep(open, blocks);
}

fn keep(block: Option<Block>, blocks: &mut Vec<Block>) {
    let Some(block) = block else {
        return;
    };
    if block.address.is_empty() || blocks.len() >= MOST {
        return;
    }
    // Some systems report the same recipient twice, once with less.
    let twin = blocks
        .iter_mut()
        .find(|known| is_same(&known.address, &block.address));
    match twin {
        Some(known) if known.action.is_none() || known.action == block.action => {
            known.action = known.action.or(block.action);
            known.status = known.status.or(block.status);
            known.code = known.code.or(block.code);
            if known.words.is_empty() {
                known.words = block.words;
            }
        }
        Some(_) | None => blocks.push(block),
    }
}

/// The paragraphs of a report; a recipient field within one begins another, as its own blank line
/// is sometimes missing.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let mut has_recipient = false;
    for line in text.lines() {
        let is_blank = line.trim().is_empty();
        let is_final = line
            .get(..16)
            .is_some_and(|name| name.eq_ignore_ascii_case("final-recipient:"));
        if is_blank || (is_final && has_recipient) {
            if paragraphs.len() > 4 * MOST {
                break;
            }
            paragraphs.push(String::new());
            has_recipient = false;
        }
        has_recipient |= is_final;
        if let Some(last) = paragraphs.last_mut()
            && !is_blank
        {
            last.push_str(line);
            last.push('\n');
        }
    }
    paragraphs
}

/// The recipient of a block: who it failed for, or who it was for.
fn recipient_of(fields: &Fields) -> Option<String> {
    let names = [
        "final-recipient",
        "original-recipient",
        "x-actual-recipient",
        "x-original-recipient",
    ];
    let read = || {
        names
            .iter()
            .filter_map(|name| fields.first(name))
            .filter_map(of_report)
    };
    read()
        .find(|address| is_public(address))
        .or_else(|| read().next())
}

fn fill(block: &mut Block, fields: &Fields) {
    if let Some(address) = recipient_of(fields) {
        let original = fields
            .first("original-recipient")
            .and_then(of_report)
            .filter(|original| is_public(original) && !is_same(original, &address));
        block.original = original;
        block.address = address;
    }
    block.action = block
        .action
        .or_else(|| fields.first("action").and_then(action_of));
    if block.action.is_none() && fields.has("will-retry-until") {
        block.action = Some(Action::Delayed);
    }
    if let Some(field) = fields.first("status") {
        block.status = block.status.or_else(|| status_of(field));
        block.field = block.status;
        // `5.0.0 (permanent failure)`: a comment may say more than the code.
        if let Some((_, comment)) = field.split_once('(') {
            add(&mut block.words, comment.trim_end_matches(')'));
        }
    }
    let diagnostic = fields.first("diagnostic-code").map(without_type);
    if let Some(diagnostic) = diagnostic {
        let diagnostic = diagnostic.to_owned();
        block.words = if block.words.is_empty() || diagnostic.contains(&block.words) {
            diagnostic
        } else {
            format!("{diagnostic} ({})", block.words)
        };
    }
    for name in [
        "x-supplementary-info",
        "x-notes",
        "x-smtp-server-response",
        "x-powermta-bouncecategory",
    ] {
        if let Some(more) = fields.first(name) {
            add(&mut block.words, more);
        }
    }
    block.code = reply_of(&block.words);
    block.status = better(block.status, &block.words);
}

fn add(words: &mut String, more: &str) {
    if !words.contains(more) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(more);
    }
}

/// `smtp; 550 …` without its type.
fn without_type(diagnostic: &str) -> &str {
    match diagnostic.split_once(';') {
        Some((kind, rest)) if kind.len() < 30 && !kind.trim().contains(' ') && !rest.trim().is_empty() => {
            rest.trim()
        }
        _ => diagnostic.trim(),
    }
}

/// The code of the field, or one of the same class in the words that says more: some systems write
/// 5.0.0 whatever the cause.
pub(super) fn better(status: Option<Status>, words: &str) -> Option<Status> {
    let says_more = |(_, subject, detail): Status| (subject, detail) != (0, 0);
    match status {
        Some(status) if says_more(status) => Some(status),
        Some(status) => {
            let found = statuses(words).into_iter().map(|found| found.code);
            let mut better = found.filter(|other| says_more(*other) && (other.0 == status.0 || other.0 != 2));
            better.next().or(Some(status))
        }
        None => {
            let found = || statuses(words).into_iter().map(|found| found.code);
            found().find(|code| says_more(*code)).or_else(|| found().next())
        }
    }
}

fn action_of(field: &str) -> Option<Action> {
    let field = field.trim().to_ascii_lowercase();
    let known = [
        ("fail", Action::Failed),
        ("undeliver", Action::Failed),
        ("error", Action::Failed),
        ("delay", Action::Delayed),
        ("transient", Action::Delayed),
        ("deliver", Action::Delivered),
        ("relay", Action::Relayed),
        ("expand", Action::Expanded),
    ];
    let found = known.iter().find(|(word, _)| field.starts_with(word));
    found.map(|(_, action)| *action)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(report: &str) -> Vec<Block> {
        let mail = format!(
            "Content-Type: multipart/report; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: message/delivery-status\n\n{report}\n--b--\n"
        );
        blocks(&Mail::read(mail.as_bytes()))
    }

    #[test]
    fn each_recipient_has_its_block() {
        let blocks = of(
            "Reporting-MTA: dns; x.test\n\nFinal-Recipient: rfc822; a@b.test\nOriginal-Recipient: rfc822;c@b.test\nAction: failed\n\
             Status: 5.0.0\nDiagnostic-Code: smtp; 550-5.1.1 no such\n 550 5.1.1 user\n\n\
             Final-Recipient: rfc822; d@b.test\nAction: delayed\nStatus: 4.4.1\nFinal-Recipient: rfc822; e@b.test\nAction: relayed",
        );
        let told: Vec<_> = blocks
            .iter()
            .map(|block| (block.address.as_str(), block.action, block.status, block.code))
            .collect();
        let expected = [
            ("a@b.test", Some(Action::Failed), Some((5, 1, 1)), Some(550)),
            ("d@b.test", Some(Action::Delayed), Some((4, 4, 1)), None),
            ("e@b.test", Some(Action::Relayed), None, None),
        ];
        assert_eq!(told, expected);
        assert_eq!(
            blocks.first().and_then(|block| block.original.as_deref()),
            Some("c@b.test")
        );
    }

    #[test]
    fn a_report_may_be_in_a_part_of_another_type() {
        let text = "Subject: x\n\nYour mail failed.\n\nReporting-MTA: dns; x\n\nFinal-Recipient: a@b.test\n\nAction: failed\nStatus: 5.2.2\n";
        let blocks = blocks(&Mail::read(text.as_bytes()));
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks.first().and_then(|block| block.status), Some((5, 2, 2)));
        let talk = "Subject: x\n\nWhat does Action: failed\nmean?\nStatus: x\n";
        assert!(super::blocks(&Mail::read(talk.as_bytes())).is_empty());
    }
}
