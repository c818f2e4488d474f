//! The draft of `headers` -> further header fields: those that the user may set.

use crate::campaign::draft::HeaderDraft;
use crate::campaign::values::{Place, Problem, Problems, Text};

pub(super) fn headers(
    drafts: Vec<HeaderDraft>,
    unsubscribes: bool,
    problems: &mut Problems,
) -> Vec<(String, Text)> {
    let mut seen = Vec::new();
    let mut headers = Vec::with_capacity(drafts.len());
    for HeaderDraft { name, value } in drafts {
        let folded = name.value.to_ascii_lowercase();
        let why = if seen.contains(&folded) {
            Some("it stands here twice; case makes no difference in a header's name")
        } else if unsubscribes && folded.starts_with("list-unsubscribe") {
            Some("`unsubscribe` writes it: take one of the two out")
        } else {
            unfit_header(&name.value)
        };
        seen.push(folded);
        let Text { value: name, place } = name;
        let mut problem = |what: String, place: &Place, why: &str| {
            let key = format!("message.headers.{name}");
            problems.push(Problem::of_key(key, place, what).help(why));
        };
        if let Some(why) = why {
            problem(format!("`{name}` cannot be set here"), &place, why);
            continue;
        }
        let Some(value) = value else {
            continue;
        };
        if !value.is_template()
            && let Some(why) = unfit_value(&name, &value.value)
        {
            problem(format!("this is no value for `{name}`"), &value.place, why);
        }
        headers.push((name, value));
    }
    headers
}

/// Why a header field of this name is not the user's to set.
fn unfit_header(name: &str) -> Option<&'static str> {
    if name.is_empty() || name.len() > 70 || !name.bytes().all(|b| b.is_ascii_graphic() && b != b':') {
        return Some("a header's name has ASCII letters, digits and hyphens only");
    }
    match name.to_ascii_lowercase().as_str() {
        "from" | "sender" | "to" | "cc" | "bcc" | "reply-to" | "subject" => {
            Some("it has a key of its own in [message]: from, sender, to, cc, bcc, reply_to, subject")
        }
        "date"
        | "message-id"
        | "x-mailshot-id"
        | "mime-version"
        | "content-type"
        | "content-transfer-encoding"
        | "content-disposition"
        | "return-path"
        | "received"
        | "dkim-signature" => Some("mailshot writes this header itself (or the relay does)"),
        _ => None,
    }
}

/// What is wrong with the value of a header that other programs read.
fn unfit_value(name: &str, value: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "list-id" => {
            let id = value.trim().strip_suffix('>').and_then(|v| v.rsplit_once('<'));
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let good = id.is_some_and(|(_, id)| id.contains('.') && id.chars().all(fits));
            (!good).then_some("write \"Course news <course-news.uni.example>\" (RFC 2919)")
        }
        "auto-submitted" => {
            let kind = value
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase();
            let known = matches!(
                kind.as_str(),
                "no" | "auto-generated" | "auto-replied" | "auto-notified"
            );
            (!known).then_some("write \"auto-generated\" (RFC 3834): then nobody's absence notice answers it")
        }
        "feedback-id" => (value.split(':').count() > 4 || value.trim().is_empty())
            .then_some("write \"campaign:customer:kind:sender\": at most four parts, the sender last"),
        _ => None,
    }
}
