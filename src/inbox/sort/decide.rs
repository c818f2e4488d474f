//! The order in which a mail is asked what it is: what is for programs first, what people write last.

use jiff::Timestamp;
use mail_parser::DateTime;

use super::fields::Fields;
use super::mail::Mail;
use super::report::{self, Read};
use super::returned::Report;
use super::sender::{Sender, envelope_to};
use super::sorted::{Class, Reported, Sorted};
use super::{address, answers, complaint, leave, own_words, reply, tokens};

/// Reports about mail that are neither about a recipient nor by one (RFC 7489, 8460).
const ABOUT_DOMAINS: [&str; 3] = ["report domain:", "[report domain:", "dmarc aggregate report"];

/// What a mail that came back is.
pub fn sort(octets: &[u8]) -> Sorted {
    let mail = Mail::read(octets);
    let sender = Sender::of(&mail.fields);
    let fields = &mail.fields;
    let to = envelope_to(fields);
    let decided = decided(&mail, &sender, &to);
    let words = matches!(
        decided.class,
        Class::Reply | Class::Autoreply | Class::Unsubscribe
    )
    .then(|| own_words::of(&mail))
    .filter(|words| !words.is_empty());
    Sorted {
        class: decided.class,
        recipients: decided.recipients,
        tokens: tokens::candidates(&mail),
        evidence: decided.evidence,
        envelope_to: to,
        from: sender.address,
        subject: fields
            .first("subject")
            .filter(|subject| !subject.is_empty())
            .map(str::to_owned),
        date: fields.first("date").and_then(date_of),
        message_id: fields.first("message-id").and_then(id_of),
        words,
    }
}

struct Decided {
    class: Class,
    recipients: Vec<Reported>,
    evidence: Vec<String>,
}

impl Decided {
    fn by(class: Class, fact: String) -> Self {
        Self {
            class,
            recipients: Vec::new(),
            evidence: vec![fact],
        }
    }
}

fn decided(mail: &Mail, sender: &Sender, to: &[String]) -> Decided {
    // Some systems hand on another's report, as it is, in one of their own.
    if sender.is_daemon
        && let Some(inner) = mail.attached_alone()
    {
        let from = Sender::of(&inner.fields);
        if from.is_daemon {
            return decided(&inner, &from, to);
        }
    }
    let report = Report::of(mail);
    if let Some(found) = complaint::of(mail, &report) {
        return Decided {
            class: found.class,
            recipients: found.recipients,
            evidence: found.evidence,
        };
    }
    if let Some(fact) = about_domain(&mail.fields) {
        return Decided::by(Class::Other, fact);
    }
    if let Some(fact) = answers::receipt(mail, &report.words) {
        return Decided::by(Class::Receipt, fact);
    }
    let own = own_addresses(to, &report);
    let read = Read {
        mail,
        sender,
        report: &report,
        own: &own,
    };
    if let Some(found) = report::of_fields(&read) {
        return Decided {
            class: found.class,
            recipients: found.recipients,
            evidence: found.evidence,
        };
    }
    by_words(&read, to)
}

fn by_words(read: &Read<'_>, to: &[String]) -> Decided {
    let (mail, sender, words) = (read.mail, read.sender, read.report.words.as_str());
    if let Some(fact) = answers::challenge(&mail.fields, words) {
        return Decided::by(Class::Challenge, fact);
    }
    let automatic = answers::automatic(mail, sender, words);
    let may_be_report = sender.is_daemon || mail.fields.has("x-failed-recipients") || read.is_known();
    if let (Some(fact), false) = (&automatic, may_be_report) {
        return Decided::by(Class::Autoreply, fact.clone());
    }
    if let Some(found) = report::of_words(read) {
        return Decided {
            class: found.class,
            recipients: found.recipients,
            evidence: found.evidence,
        };
    }
    if let Some(fact) = automatic {
        return Decided::by(Class::Autoreply, fact);
    }
    let own = own_words::of(mail);
    if let Some(fact) = leave::request(&mail.fields, to, &own) {
        return Decided::by(Class::Unsubscribe, fact);
    }
    match reply::fact(mail, sender) {
        Some(fact) => Decided::by(Class::Reply, fact),
        None => Decided::by(Class::Other, "nothing that is known".to_owned()),
    }
}

/// Whose mail it is: the addresses that it went to, and those that the returned message is from.
fn own_addresses(to: &[String], report: &Report) -> Vec<String> {
    let names = ["from", "sender", "reply-to", "return-path"];
    let returned = names
        .iter()
        .flat_map(|name| report.returned.all(name))
        .flat_map(address::all_of);
    to.iter().cloned().chain(returned).collect()
}

fn about_domain(fields: &Fields) -> Option<String> {
    let subject = fields.first("subject").unwrap_or_default().to_lowercase();
    if let Some(begins) = ABOUT_DOMAINS
        .iter()
        .find(|begins| subject.trim_start().starts_with(*begins))
    {
        return Some(format!("subject: {begins}"));
    }
    if subject.contains("report domain:") && subject.contains("submitter:") {
        return Some("subject: report domain".to_owned());
    }
    let kind = fields
        .parameter("content-type", "report-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_other =
        matches!(kind.as_str(), "tlsrpt" | "dmarc" | "dmarc-aggregate") || fields.has("tls-report-domain");
    is_other.then(|| "report about a domain".to_owned())
}

fn date_of(field: &str) -> Option<Timestamp> {
    let date = DateTime::parse_rfc822(field)?;
    date.is_valid()
        .then(|| Timestamp::from_second(date.to_timestamp()).ok())
        .flatten()
}

fn id_of(field: &str) -> Option<String> {
    let inner = field.split_once('<').map_or(field, |(_, inner)| inner);
    let id = inner.split('>').next().unwrap_or_default().trim();
    (!id.is_empty()).then(|| id.to_owned())
}
