//! Answers of people.

use super::mail::Mail;
use super::sender::Sender;

/// The fact by which a mail is a person's answer.
pub(super) fn fact(mail: &Mail, sender: &Sender) -> Option<String> {
    let fields = &mail.fields;
    let is_calendar = mail.own().any(|part| {
        part.kind == "text/calendar"
            && (part
                .fields
                .parameter("content-type", "method")
                .is_some_and(|method| method.eq_ignore_ascii_case("reply"))
                || part.text.to_ascii_uppercase().contains("METHOD:REPLY"))
    });
    if is_calendar {
        return Some("a calendar's answer".to_owned());
    }
    let subject = fields.first("subject").unwrap_or_default();
    let by_person = sender.address.is_some() && (!is_robot(sender) || sender.answers && is_answer(subject));
    if sender.answers && by_person {
        let field = if fields.has("in-reply-to") {
            "In-Reply-To"
        } else {
            "References"
        };
        return Some(field.to_owned());
    }
    let is_mailing = fields.has("list-unsubscribe")
        || fields.has("list-id")
        || fields.begins("precedence", &["bulk", "list", "junk"]);
    (by_person && !is_mailing && is_answer(subject)).then(|| "subject of an answer".to_owned())
}

/// Whether a subject is that of an answer, or of a mail that is handed on.
pub(super) fn is_answer(subject: &str) -> bool {
    let subject = subject.trim_start().to_lowercase();
    [
        "re:", "re :", "re：", "aw:", "fw:", "fwd:", "wg:", "tr:", "sv:", "vs:", "antw:", "rv:", "odp:",
        "回复", "答复", "转发", "回覆", "轉寄", "返信:",
    ]
    .iter()
    .any(|prefix| subject.starts_with(prefix))
}

/// Programs that write in threads.
fn is_robot(sender: &Sender) -> bool {
    let local = sender
        .address
        .as_deref()
        .and_then(|address| address.split('@').next())
        .unwrap_or_default()
        .to_ascii_lowercase();
    sender.is_daemon && sender.is_null
        || [
            "noreply",
            "no-reply",
            "donotreply",
            "do-not-reply",
            "notifications",
        ]
        .iter()
        .any(|robot| local.starts_with(robot))
}
