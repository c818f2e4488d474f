//! The draft of `headers` -> further header fields: those that the user may set.

use crate::campaign::draft::HeaderDraft;
use crate::campaign::values::{Place, Problem, Problems, Text};
use crate::words::{Said, say};

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
            Some(say!("campaign-header-twice"))
        } else if unsubscribes && folded.starts_with("list-unsubscribe") {
            Some(say!("campaign-header-of-unsubscribe"))
        } else {
            unfit_header(&name.value)
        };
        seen.push(folded);
        let Text { value: name, place } = name;
        let mut problem = |what: Said, place: &Place, why: Said| {
            let key = format!("message.headers.{name}");
            problems.push(Problem::of_key(key, place, what).help(why));
        };
        if let Some(why) = why {
            problem(say!("campaign-header-not-yours", name = &name), &place, why);
            continue;
        }
        let Some(value) = value else {
            continue;
        };
        if !value.is_template()
            && let Some(why) = unfit_value(&name, &value.value)
        {
            problem(say!("campaign-header-no-value", name = &name), &value.place, why);
        }
        headers.push((name, value));
    }
    headers
}

/// Why a header field of this name is not the user's to set.
fn unfit_header(name: &str) -> Option<Said> {
    if name.is_empty() || name.len() > 70 || !name.bytes().all(|b| b.is_ascii_graphic() && b != b':') {
        return Some(say!("campaign-header-bad-name"));
    }
    match name.to_ascii_lowercase().as_str() {
        "from" | "sender" | "to" | "cc" | "bcc" | "reply-to" | "subject" => {
            Some(say!("campaign-header-has-a-key"))
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
        | "dkim-signature" => Some(say!("campaign-header-ours")),
        _ => None,
    }
}

/// What is wrong with the value of a header that other programs read.
fn unfit_value(name: &str, value: &str) -> Option<Said> {
    match name.to_ascii_lowercase().as_str() {
        "list-id" => {
            let id = value.trim().strip_suffix('>').and_then(|v| v.rsplit_once('<'));
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let good = id.is_some_and(|(_, id)| id.contains('.') && id.chars().all(fits));
            (!good).then(|| say!("campaign-header-list-id"))
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
            (!known).then(|| say!("campaign-header-auto-submitted"))
        }
        "feedback-id" => (value.split(':').count() > 4 || value.trim().is_empty())
            .then(|| say!("campaign-header-feedback-id")),
        _ => None,
    }
}
