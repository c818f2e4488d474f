//! Reports of mail systems: bounces, delay notices, news of delivery.

use super::address::is_same;
use super::codes::{reply_of, written};
use super::dsn::{self, Block, better};
use super::kind::{Basis, Judged, judge};
use super::mail::Mail;
use super::reply::is_answer;
use super::report_text::{self, Known};
use super::returned::Report;
use super::sender::Sender;
use super::sorted::{Action, Class, Kind, Reported};
use super::told::{self, one_line};

/// What is shown of the far end's words.
const SHOWN: usize = 500;

/// Paragraphs that are read one by one.
const MOST_PARAGRAPHS: usize = 30;

/// A report, sorted.
pub(super) struct Found {
    pub(super) class: Class,
    pub(super) recipients: Vec<Reported>,
    pub(super) evidence: Vec<String>,
}

/// A mail, and what was read of it so far.
pub(super) struct Read<'a> {
    pub(super) mail: &'a Mail,
    pub(super) sender: &'a Sender,
    pub(super) report: &'a Report,
    /// The addresses of those who read the mail.
    pub(super) own: &'a [String],
}

impl Read<'_> {
    /// Whether a program writes, in a form that is known by its first words.
    pub(super) fn is_known(&self) -> bool {
        let is_known =
            || report_text::known(&self.report.words, self.subject()).is_some_and(|known| known.stands_alone);
        self.sender.may_be_system() && !is_answer(self.subject()) && is_known()
    }

    fn subject(&self) -> &str {
        self.mail.fields.first("subject").unwrap_or_default()
    }
}

/// The report with fields for programs.
pub(super) fn of_fields(read: &Read<'_>) -> Option<Found> {
    let is_report = read.mail.fields.value_of("content-type") == "multipart/report";
    let has_part = dsn::has_part(read.mail);
    // A person who forwards or answers a report has its parts, or its text, in a mail of their own.
    if !is_of_system(read) {
        let is_talk = is_answer(read.subject()) || (read.sender.answers && !is_report);
        if is_talk || !(is_report || has_part) {
            return None;
        }
    }
    let blocks = dsn::blocks(read.mail);
    if blocks.is_empty() {
        return None;
    }
    let is_warning = report_text::is_warning(&read.report.words, read.subject());
    let mut recipients: Vec<Reported> = Vec::new();
    let mut evidence = vec![
        if is_report {
            "multipart/report"
        } else {
            "fields of a report"
        }
        .to_owned(),
    ];
    let is_only = blocks.len() == 1;
    for block in blocks {
        let action = action_of(&block, is_warning);
        evidence.push(format!("Action: {}", name_of(action)));
        recipients.push(reported(read, block, action, is_only));
    }
    evidence.dedup();
    evidence.truncate(8);
    named(read, &mut recipients);
    originals(read, &mut recipients);
    Some(Found {
        class: class_of(&recipients),
        recipients,
        evidence,
    })
}

/// A mail system's, though it is not a multipart/report.
fn is_of_system(read: &Read<'_>) -> bool {
    let fields = &read.mail.fields;
    read.sender.is_daemon
        || read.sender.is_null
        || fields.has("x-failed-recipients")
        || fields.begins("auto-submitted", &["auto-"])
}

/// The action of a block, as its field says unless its code shows that it is wrong.
fn action_of(block: &Block, is_warning: bool) -> Action {
    let class = block.status.map(|(class, ..)| class);
    match (block.action, class) {
        (Some(Action::Failed), Some(4)) if is_warning => Action::Delayed,
        (Some(Action::Delivered | Action::Relayed | Action::Expanded), Some(5)) => Action::Failed,
        (Some(action), _) => action,
        (None, Some(2)) => Action::Delivered,
        (None, Some(4)) if is_warning => Action::Delayed,
        (None, _) => Action::Failed,
    }
}

fn name_of(action: Action) -> &'static str {
    match action {
        Action::Failed => "failed",
        Action::Delayed => "delayed",
        Action::Delivered => "delivered",
        Action::Relayed => "relayed",
        Action::Expanded => "expanded",
    }
}

/// Any failure makes a bounce, any delay of the rest a delay notice.
fn class_of(recipients: &[Reported]) -> Class {
    let any = |action| recipients.iter().any(|one| one.action == Some(action));
    if any(Action::Failed) {
        Class::Bounce
    } else if any(Action::Delayed) {
        Class::Delayed
    } else {
        Class::Delivered
    }
}

/// A block judged: by its own words, or where these say nothing, by those of the report's text.
fn reported(read: &Read<'_>, block: Block, action: Action, is_only: bool) -> Reported {
    let mut best = Candidate::of(&block, &block.words);
    let mut texts = Vec::new();
    if best.judged.basis < Basis::Words && action == Action::Failed {
        texts = told::words_of(read.report, &block.address);
        if is_only {
            texts.extend(told::lines_with_codes(read.report));
            texts.extend(paragraphs(&read.report.words).map(str::to_owned));
            texts.push(read.report.words.clone());
        }
    }
    for text in &texts {
        if best.judged.basis == Basis::Words {
            break;
        }
        let other = Candidate::of(&block, text);
        if other.judged.basis > best.judged.basis {
            best = other;
        }
    }
    let words = if block.words.is_empty() {
        best.words
    } else {
        &block.words
    };
    let words = one_line(words, SHOWN);
    let (mut status, code, judged) = (best.status, best.code, best.judged);
    // In a refusal of the sender, a code that names a mailbox is about theirs.
    if judged.kind == Kind::Sender && matches!(status, Some((_, 1, 1..=3))) && block.field.is_some() {
        status = block.field;
    }
    finished(block, action, status.map(written), code, judged, words)
}

/// What one text makes of a block.
struct Candidate<'a> {
    words: &'a str,
    status: Option<super::codes::Status>,
    code: Option<u16>,
    judged: Judged,
}

impl<'a> Candidate<'a> {
    fn of(block: &Block, words: &'a str) -> Self {
        let status = better(block.status, words);
        let code = block.code.or_else(|| reply_of(words));
        Self {
            words,
            status,
            code,
            judged: judge(status, code, words),
        }
    }
}

fn finished(
    block: Block,
    action: Action,
    status: Option<String>,
    code: Option<u16>,
    judged: Judged,
    words: String,
) -> Reported {
    let failed = action == Action::Failed;
    Reported {
        address: block.address,
        original: block.original,
        action: Some(action),
        status,
        code,
        kind: failed.then_some(judged.kind),
        reason: failed.then_some(judged.reason),
        words,
    }
}

/// Where the returned message was for one other address, it went on from there.
fn originals(read: &Read<'_>, recipients: &mut [Reported]) {
    let to = told::returned_to(&read.report.returned);
    if let ([one], [original]) = (recipients, to.as_slice())
        && one.original.is_none()
        && !is_same(&one.address, original)
        && !read.own.iter().any(|own| is_same(own, original))
    {
        one.original = Some(original.clone());
    }
}

/// A report may name a user or a program of its own system; who is meant is somewhere else.
fn named(read: &Read<'_>, recipients: &mut [Reported]) {
    let [only] = recipients else {
        return;
    };
    if only.address.contains('@') {
        return;
    }
    let elsewhere = told::recipients(read.report, &read.mail.fields, read.own, true);
    let original = only.original.take();
    let returned = || told::returned_to(&read.report.returned).into_iter().next();
    let named = original
        .or_else(|| elsewhere.into_iter().next().map(|told| told.address))
        .or_else(returned);
    if let Some(address) = named {
        only.address = address;
    }
}

/// The report in plain words.
pub(super) fn of_words(read: &Read<'_>) -> Option<Found> {
    let fields = &read.mail.fields;
    let has_failed = fields.has("x-failed-recipients");
    let answers = read.sender.answers || is_answer(read.subject());
    // A postmaster may be a person who answers.
    let by_postmaster =
        read.sender.answers && is_answer(read.subject()) && !read.sender.is_null && read.sender.has_path;
    let by_program = has_failed || read.is_known();
    let is_talk = (answers && !read.sender.is_daemon || by_postmaster) && !by_program;
    let is_report_type = fields.value_of("content-type") == "multipart/report"
        && fields
            .parameter("content-type", "report-type")
            .is_none_or(|kind| kind.contains("delivery-status"));
    let is_of_system = read.sender.is_daemon || read.sender.is_null || has_failed || is_report_type;
    let is_answered = is_answer(read.subject()) && !read.sender.is_daemon && !has_failed;
    if is_talk && (!is_report_type || is_answered) {
        return None;
    }
    let known = report_text::known(&read.report.words, read.subject());
    let is_mailing =
        fields.has("list-id") || fields.has("list-unsubscribe") || fields.begins("precedence", &["list"]);
    let stands_alone =
        known.as_ref().is_some_and(|known| known.stands_alone) && !is_mailing && read.sender.may_be_system();
    if !is_of_system && !stands_alone {
        return None;
    }
    let own_may_fail = !read.report.returned.is_empty();
    let told = told::recipients(read.report, fields, read.own, own_may_fail);
    let is_only = told.len() < 2;
    let action = report_text::action_of(&read.report.words, read.subject());
    let mut recipients: Vec<Reported> = told
        .into_iter()
        .map(|told| judged(read, told, action, is_only))
        .collect();
    if !is_enough(read, known.as_ref(), &recipients) {
        return None;
    }
    originals(read, &mut recipients);
    let class = match action {
        Action::Failed => Class::Bounce,
        Action::Delayed => Class::Delayed,
        Action::Delivered | Action::Relayed | Action::Expanded => Class::Delivered,
    };
    Some(Found {
        class,
        evidence: evidence_of(read, known.as_ref(), has_failed),
        recipients,
    })
}

/// Whether it is a report: its form is known and it names a recipient or returns a message; or it has
/// no known form, and names a recipient with a code or words for a cause.
fn is_enough(read: &Read<'_>, known: Option<&Known>, recipients: &[Reported]) -> bool {
    let has_code = recipients
        .iter()
        .any(|one| one.status.is_some() || one.code.is_some());
    let has_cause = recipients
        .iter()
        .any(|one| one.kind.is_some_and(|kind| kind != Kind::Unsure));
    let returns = !read.report.returned.is_empty();
    match known {
        Some(_) => !recipients.is_empty() || returns,
        None => {
            let is_unsigned = read.sender.is_null || !read.sender.has_path;
            let says = has_code || has_cause;
            let is_one = is_unsigned && (says || returns) || says && returns;
            read.sender.is_daemon && !recipients.is_empty() && is_one
        }
    }
}

fn judged(read: &Read<'_>, told: told::Told, action: Action, is_only: bool) -> Reported {
    let block = Block {
        address: told.address,
        original: told.original,
        ..Block::default()
    };
    let whole = read.report.words.as_str();
    let mut best: Option<Candidate<'_>> = None;
    let coded = told::lines_with_codes(read.report).unwrap_or_default();
    // Words about several recipients say nothing about one of them.
    let general = std::iter::once(coded.as_str())
        .chain(paragraphs(whole))
        .chain([whole, read.subject()])
        .filter(|text| (is_only || told.words.is_empty()) && !text.is_empty());
    for text in told.words.iter().map(String::as_str).chain(general) {
        if best
            .as_ref()
            .is_some_and(|best| best.judged.basis == Basis::Words)
        {
            break;
        }
        let other = Candidate::of(&block, text);
        if best
            .as_ref()
            .is_none_or(|best| other.judged.basis > best.judged.basis)
        {
            best = Some(other);
        }
    }
    let Some(best) = best else {
        return finished(block, action, None, None, judge(None, None, ""), String::new());
    };
    let said = told.words.first().map_or(whole, String::as_str);
    let words = if best.words.len() < whole.len() {
        best.words
    } else {
        said
    };
    let words = one_line(words, SHOWN);
    // The words may be of one line and the code of another.
    let others = if is_only { whole } else { "" };
    let status = best.status.or_else(|| better(None, others)).map(written);
    let code = best.code.or_else(|| reply_of(others));
    finished(block, action, status, code, best.judged, words)
}

/// The paragraphs of a report, of which each says one thing.
fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|text| text.len() > 3)
        .take(MOST_PARAGRAPHS)
}

fn evidence_of(read: &Read<'_>, known: Option<&Known>, has_failed: bool) -> Vec<String> {
    let mut evidence = Vec::new();
    if let Some(known) = known {
        evidence.push(format!("{}: {}", known.form.name, known.phrase));
    }
    if read.sender.is_daemon {
        evidence.push("from a mail system".to_owned());
    }
    if read.sender.is_null {
        evidence.push("empty Return-Path".to_owned());
    }
    if has_failed {
        evidence.push("X-Failed-Recipients".to_owned());
    }
    evidence
}
