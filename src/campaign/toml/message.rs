//! The table `[message]` -> a draft.

use std::path::Path;

use crate::campaign::draft::{
    AttachDraft, DkimDraft, DsnDraft, HeaderDraft, InlineDraft, MessageDraft, UnsubscribeDraft,
};
use crate::campaign::values::Problem;

use super::reader::{Item, Section};
use super::secret::secret;
use crate::words::say;

pub(super) fn message(table: &Section<'_>, folder: &Path) -> MessageDraft {
    let draft = MessageDraft {
        unsubscribe: table.section("unsubscribe").map(|s| unsubscribe(&s)),
        from: table.text("from"),
        sender: table.text("sender"),
        to: table.text("to"),
        cc: table.text("cc"),
        bcc: table.text("bcc"),
        reply_to: table.text("reply_to"),
        return_path: table.text("return_path"),
        subject: table.text("subject"),
        text: table.file("text", folder),
        html: table.file("html", folder),
        markdown: table.file("markdown", folder),
        inline_css: table.flag("inline_css"),
        inline: table.section("inline").map(|s| inline(&s)),
        calendar: table.file("calendar", folder),
        attach: table
            .items("attach")
            .map(|items| items.iter().filter_map(|item| attachment(table, item)).collect()),
        attach_root: table.file("attach_root", folder),
        headers: table.section("headers").map(|s| headers(&s)),
        dkim: table.items("dkim").map(|items| {
            items
                .iter()
                .filter_map(|item| dkim(table, item, folder))
                .collect()
        }),
        dsn: table.section("dsn").map(|s| dsn(&s)),
    };
    table.finish();
    draft
}

/// A file's name, or a table with `path` and more.
fn attachment<'d>(table: &Section<'d>, item: &Item<'d>) -> Option<AttachDraft> {
    let Item { key, value, .. } = item;
    let by_name = |path| AttachDraft {
        path,
        base: None,
        name: None,
        optional: None,
    };
    if value.get_ref().is_str() {
        return table.entry_text(key, value).map(by_name);
    }
    if !value.get_ref().is_table() {
        table.problem(
            key,
            value.span(),
            Problem::of_campaign(say!("campaign-file-bad-attachment"))
                .help(say!("campaign-file-bad-attachment-hint")),
        );
        return None;
    }
    let entry = table.open_item(item)?;
    let path = entry.text("path");
    if path.is_none() {
        table.problem(
            key,
            value.span(),
            Problem::of_campaign(say!("campaign-file-attachment-without-path"))
                .help(say!("campaign-file-attachment-without-path-hint")),
        );
    }
    let name = entry.text("name");
    let optional = entry.flag("optional");
    entry.finish();
    Some(AttachDraft {
        name,
        optional,
        ..by_name(path?)
    })
}

/// Pictures by the name that `cid:` shows them by.
fn inline(table: &Section<'_>) -> Vec<InlineDraft> {
    let picture = |(key, span, value)| InlineDraft {
        cid: table.key_text(key, span),
        file: attachment(table, &Item { key, at: None, value }),
    };
    table.entries().map(picture).collect()
}

fn unsubscribe(table: &Section<'_>) -> UnsubscribeDraft {
    let draft = UnsubscribeDraft {
        table: table.itself(),
        url: table.text("url"),
        mailto: table.text("mailto"),
        one_click: table.flag("one_click"),
    };
    table.finish();
    draft
}

fn headers(table: &Section<'_>) -> Vec<HeaderDraft> {
    let header = |(name, span, value)| HeaderDraft {
        name: table.key_text(name, span),
        value: table.entry_text(name, value),
    };
    table.entries().map(header).collect()
}

/// One signature: RSA, which everybody verifies, and Ed25519 besides are two.
fn dkim<'d>(table: &Section<'d>, item: &Item<'d>, folder: &Path) -> Option<DkimDraft> {
    let Item { key, value, .. } = item;
    if !value.get_ref().is_table() {
        table.problem(
            key,
            value.span(),
            Problem::of_campaign(say!("campaign-file-bad-signature"))
                .help(say!("campaign-file-bad-signature-hint")),
        );
        return None;
    }
    let table = table.open_item(item)?;
    let draft = DkimDraft {
        table: table.itself(),
        domain: table.text("domain"),
        selector: table.text("selector"),
        private_key: secret(&table, "key", folder),
    };
    table.finish();
    Some(draft)
}

fn dsn(table: &Section<'_>) -> DsnDraft {
    let draft = DsnDraft {
        notify: table.texts("notify"),
        returned: table.text("return"),
    };
    table.finish();
    draft
}
