//! The `[message]` table -> a draft.

use std::path::Path;

use toml::Spanned;
use toml::de::DeValue;

use crate::campaign::draft::{AttachDraft, MessageDraft, UnsubscribeDraft};
use crate::campaign::values::{Dsn, Notify, Text};

use super::dkim::dkim;
use super::reader::Section;

impl AttachDraft {
    fn plain(path: Text) -> Self {
        Self {
            path,
            name: None,
            optional: false,
        }
    }
}

pub(super) fn message(table: &Section<'_>, folder: &Path) -> MessageDraft {
    let unsubscribe = table.section("unsubscribe").map(|s| unsubscribe(&s));
    let draft = MessageDraft {
        from: table.text("from"),
        sender: table.text("sender"),
        to: table.text("to"),
        cc: table.text("cc"),
        bcc: table.text("bcc"),
        reply_to: table.text("reply_to"),
        return_path: table.text("return_path"),
        subject: table.text("subject"),
        text: table.text("text"),
        html: table.text("html"),
        markdown: table.text("markdown"),
        inline_css: table.flag("inline_css"),
        inline: table.section("inline").map(|s| inline(&s)).unwrap_or_default(),
        calendar: table.text("calendar"),
        attach: attachments(table),
        attach_root: table.text("attach_root"),
        headers: table
            .section("headers")
            .map(|s| headers(&s, unsubscribe.is_some()))
            .unwrap_or_default(),
        unsubscribe,
        dkim: dkim(table, folder),
        dsn: table.section("dsn").map(|s| dsn(&s)),
    };
    table.finish();
    draft
}

fn attachments(table: &Section<'_>) -> Vec<AttachDraft> {
    let Some(value) = table.value("attach") else {
        return Vec::new();
    };
    let one;
    let items = match value.get_ref().as_array() {
        Some(list) => list.iter().collect::<Vec<_>>(),
        None => {
            one = [value];
            one.to_vec()
        }
    };
    items
        .into_iter()
        .filter_map(|item| attachment(table, "attach", item))
        .collect()
}

/// A file's name, or a table with `path` and more.
fn attachment(table: &Section<'_>, key: &str, item: &Spanned<DeValue<'_>>) -> Option<AttachDraft> {
    if item.get_ref().is_str() {
        return table.entry_text(key, item).map(AttachDraft::plain);
    }
    if !item.get_ref().is_table() {
        table
            .document
            .problem(item.span(), "an attachment is a file's name in quotes")
            .help("write attach = [\"map.pdf\"], or { path = \"letters/{{ id }}.pdf\" } for a file of each row's own");
        return None;
    }
    let entry = table.open(key, item)?;
    let path = entry.text("path");
    if path.is_none() {
        table
            .document
            .problem(item.span(), "this attachment has no `path`")
            .help("write { path = \"letters/{{ id }}.pdf\" }");
    }
    let name = entry.text("name");
    let optional = entry.flag("optional").unwrap_or(false);
    entry.finish();
    Some(AttachDraft {
        path: path?,
        name,
        optional,
    })
}

/// Pictures by the name that `cid:` shows them by.
fn inline(table: &Section<'_>) -> Vec<(String, AttachDraft)> {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'@' | b'+');
    table
        .entries()
        .filter_map(|(cid, span, value)| {
            if cid.is_empty() || cid.len() > 100 || !cid.bytes().all(fits) {
                table
                    .document
                    .problem(span, format!("`{cid}` cannot name a picture"))
                    .help("the name stands in <img src=\"cid:name\">: ASCII letters, digits, `-`, `_` and `.` only");
                return None;
            }
            attachment(table, cid, value).map(|draft| (cid.to_owned(), draft))
        })
        .collect()
}

fn unsubscribe(table: &Section<'_>) -> UnsubscribeDraft {
    let draft = UnsubscribeDraft {
        url: table.text("url"),
        mailto: table.text("mailto"),
        one_click: table.flag("one_click"),
        place: table.place(),
    };
    table.finish();
    draft
}

fn dsn(table: &Section<'_>) -> Dsn {
    let mut notify = Notify::default();
    let wanted = table.texts("notify");
    for text in &wanted {
        match text.value.as_str() {
            "success" => notify.success = true,
            "failure" => notify.failure = true,
            "delay" => notify.delay = true,
            "never" if wanted.len() == 1 => {}
            _ => {
                table
                    .document
                    .problem(text.place.span.clone(), format!("`{}` is nothing a relay reports", text.value))
                    .help("write notify = [\"failure\", \"delay\"], one or more of success, failure and delay; or notify = \"never\"");
            }
        }
    }
    if wanted.is_empty() {
        (notify.failure, notify.delay) = (true, true);
    }
    let ret = table.text("return");
    if let Some(text) = &ret
        && !matches!(text.value.as_str(), "full" | "headers")
    {
        table
            .document
            .problem(text.place.span.clone(), "`return` is \"headers\" or \"full\"")
            .help("what a report brings back of the message: its header, or all of it");
    }
    table.finish();
    Dsn {
        notify,
        full: ret.is_some_and(|text| text.value == "full"),
    }
}

fn headers(table: &Section<'_>, unsubscribes: bool) -> Vec<(String, Text)> {
    let mut seen = Vec::new();
    table
        .entries()
        .filter_map(|(name, span, value)| {
            let folded = name.to_ascii_lowercase();
            let why = if seen.contains(&folded) {
                Some("it stands here twice; case makes no difference in a header's name")
            } else if unsubscribes && folded.starts_with("list-unsubscribe") {
                Some("`unsubscribe` writes it: take one of the two out")
            } else {
                unfit_header(name)
            };
            seen.push(folded);
            if let Some(why) = why {
                table
                    .document
                    .problem(span, format!("`{name}` cannot be set here"))
                    .help(why);
                return None;
            }
            let text = table.entry_text(name, value)?;
            if !text.is_template()
                && let Some(why) = unfit_value(name, &text.value)
            {
                table
                    .document
                    .problem(text.place.span.clone(), format!("this is no value for `{name}`"))
                    .help(why);
            }
            Some((name.to_owned(), text))
        })
        .collect()
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
