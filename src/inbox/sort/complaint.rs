//! Complaints: reports in the Abuse Reporting Format (RFC 5965), and those of Microsoft's JMRP, which
//! are a plain mail with the message attached.

use super::address::{all_of, of_report};
use super::fields::Fields;
use super::mail::{Mail, Part};
use super::returned::Report;
use super::sorted::{Class, Reported};
use super::told::returned_to;

/// Kinds of feedback (RFC 5965 §3.5, 6430, 6591) that are not a complaint of a recipient.
const OTHER_KINDS: [&str; 4] = ["not-spam", "auth-failure", "virus", "dmarc"];

/// What is read of a report part.
const READ: usize = 64 * 1024;

/// Fields of providers that name who complained.
const WHO: [&str; 5] = [
    "original-rcpt-to",
    "removal-recipient",
    "original-recipient",
    "x-hmxmroriginalrecipient",
    "x-original-recipient",
];

/// Whether a mail is feedback, and if so what it means.
pub(super) struct Feedback {
    pub(super) class: Class,
    pub(super) recipients: Vec<Reported>,
    pub(super) evidence: Vec<String>,
}

/// The feedback that a mail is.
pub(super) fn of(mail: &Mail, report: &Report) -> Option<Feedback> {
    if let Some(fields) = feedback_fields(mail) {
        let kind = fields
            .first("feedback-type")
            .unwrap_or("abuse")
            .trim()
            .to_ascii_lowercase();
        let evidence = vec!["feedback report".to_owned(), format!("Feedback-Type: {kind}")];
        if OTHER_KINDS.iter().any(|other| kind.starts_with(other)) {
            return Some(Feedback {
                class: Class::Other,
                recipients: Vec::new(),
                evidence,
            });
        }
        return Some(Feedback {
            class: Class::Complaint,
            recipients: complainers(&fields, report),
            evidence,
        });
    }
    let form = plain_form(mail, report)?;
    Some(Feedback {
        class: Class::Complaint,
        recipients: complainers(&mail.fields, report),
        evidence: vec![form.to_owned()],
    })
}

/// The fields of the report part, whatever its type is.
fn feedback_fields(mail: &Mail) -> Option<Fields> {
    let is_kind = |part: &&Part| part.kind == "message/feedback-report";
    if let Some(part) = mail.own().find(is_kind) {
        return Some(Fields::of_text(super::returned::bounded(&part.text, READ)));
    }
    for part in mail.own().filter(|part| part.message.is_none()) {
        let text = super::returned::bounded(&part.text, READ);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line
                .get(..14)
                .is_some_and(|name| name.eq_ignore_ascii_case("feedback-type:"))
            {
                // Its fields may begin before this one.
                let start = text
                    .get(..at)
                    .and_then(|before| before.rfind("\n\n"))
                    .map_or(0, |end| end + 2);
                let around = Fields::of_text(text.get(start..).unwrap_or_default());
                let fields = if around.has("feedback-type") {
                    around
                } else {
                    Fields::of_text(text.get(at..).unwrap_or_default())
                };
                let is_one = fields.has("user-agent")
                    || fields.has("version")
                    || fields.has("source-ip")
                    || fields.has("original-mail-from");
                if is_one {
                    return Some(fields);
                }
            }
            at += line.len();
        }
    }
    None
}

/// Complaints without a report part, by how their provider writes them.
fn plain_form(mail: &Mail, report: &Report) -> Option<&'static str> {
    let fields = &mail.fields;
    let is_report = fields
        .parameter("content-type", "report-type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("feedback-report"));
    if is_report {
        return Some("report-type=feedback-report");
    }
    let attached = mail.own().any(|part| part.message.is_some());
    let returned = &report.returned;
    if returned.has("x-hmxmroriginalrecipient") || fields.has("x-hmxmroriginalrecipient") {
        return Some("X-HmXmrOriginalRecipient");
    }
    let from = fields.first("from").unwrap_or_default().to_lowercase();
    let subject = fields.first("subject").unwrap_or_default().to_lowercase();
    let says = subject.starts_with("complaint about message from")
        || subject.starts_with("email feedback report for")
        || subject.starts_with("abuse report")
        || subject.contains("feedback loop")
        || subject.starts_with("spam complaint")
        || subject.starts_with("fw:spam");
    let is_provider = [
        "staff@hotmail.com",
        "complaints@",
        "feedbackloop@",
        "fbl@",
        "fbl-",
        "scomp@",
        "feedback@arf",
        "abuse-reports",
        "spamreports@",
        "arf@",
        "feedback-loop@",
        "postmaster-feedback",
        "jmrp",
    ]
    .iter()
    .any(|provider| from.contains(provider));
    let by_form = is_provider && (says || attached);
    (by_form && (attached || !returned.is_empty()))
        .then_some("a provider's complaint with the message attached")
}

/// Who complained: most providers leave it out, and then the returned message may say.
fn complainers(fields: &Fields, report: &Report) -> Vec<Reported> {
    let named = |fields: &Fields| -> Vec<String> {
        WHO.iter()
            .flat_map(|name| fields.all(name).collect::<Vec<_>>())
            .filter_map(of_report)
            .filter(|address| address.contains('@'))
            .collect()
    };
    let mut who = named(fields);
    if who.is_empty() {
        who = named(&report.returned);
    }
    if who.is_empty() {
        who = report.returned.all("x-apparently-to").flat_map(all_of).collect();
    }
    if who.is_empty() {
        who = returned_to(&report.returned);
    }
    let is_hidden = |address: &String| address.to_lowercase().contains("redacted") && !address.contains('@');
    who.retain(|address| !is_hidden(address));
    who.dedup_by(|one, other| super::address::is_same(one, other));
    who.truncate(20);
    let about = |address| Reported {
        address,
        original: None,
        action: None,
        status: None,
        code: None,
        kind: None,
        reason: None,
        words: String::new(),
    };
    who.into_iter().map(about).collect()
}
