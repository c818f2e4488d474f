//! The draft of `[message]` -> what each recipient gets.

use std::path::Path;
use std::sync::Arc;

use crate::campaign::draft::{AttachDraft, DsnDraft, File, InlineDraft, MessageDraft, STDIN};
use crate::campaign::home::Home;
use crate::campaign::values::{
    AttachPlan, Dsn, InlinePlan, MessagePlan, Notify, Place, Problem, Problems, TemplateFile, Text,
};

use super::dkim::dkim;
use super::headers::headers;
use super::missing::missing;
use super::unsubscribe::unsubscribe;
use crate::words::{Said, say};

pub(super) fn message(draft: MessageDraft, home: &Home, problems: &mut Problems) -> Option<MessagePlan> {
    let to_by_default = draft.to.is_none();
    let to = draft
        .to
        .unwrap_or_else(|| Text::of_flag("[message].to", "{{ email }}"));
    let [text, html, markdown, calendar] =
        [draft.text, draft.html, draft.markdown, draft.calendar].map(|file| Some(template_file(file?, home)));
    if let Some(markdown) = &markdown
        && html.is_some()
    {
        problems.push(
            Problem::of_key(
                "message.markdown",
                &markdown.place,
                say!("campaign-message-markdown-and-html"),
            )
            .help(say!("campaign-message-markdown-and-html-hint")),
        );
    }
    if draft.from.is_none() {
        missing(
            problems,
            home,
            &["message", "message.from"],
            say!("campaign-missing-sender"),
            if home.file.is_some() {
                say!("campaign-missing-sender-hint")
            } else {
                say!("campaign-missing-sender-flag")
            },
        );
    }
    if draft.subject.is_none() {
        missing(
            problems,
            home,
            &["message", "message.subject"],
            say!("campaign-missing-subject"),
            if home.file.is_some() {
                say!("campaign-missing-subject-hint")
            } else {
                say!("campaign-missing-subject-flag")
            },
        );
    }
    let has_body = text.is_some() || html.is_some() || markdown.is_some();
    if !has_body {
        let bodies = ["message", "message.text", "message.html", "message.markdown"];
        missing(
            problems,
            home,
            &bodies,
            say!("campaign-missing-body"),
            if home.file.is_some() {
                say!("campaign-missing-body-hint")
            } else {
                say!("campaign-missing-body-flag")
            },
        );
    }
    if let Some(root) = &draft.attach_root {
        check_attach_root(root, problems);
    }
    let root = draft
        .attach_root
        .map_or_else(|| home.folder.clone(), |root| root.path);
    let attached = |draft| attached(draft, home, &root);
    let mut inline = Vec::new();
    for InlineDraft { cid, file } in draft.inline.into_iter().flatten() {
        if is_cid(&cid, problems)
            && let Some(file) = file
        {
            inline.push(InlinePlan {
                cid: cid.value,
                file: attached(file),
            });
        }
    }
    if let Some(first) = inline.first()
        && html.is_none()
        && markdown.is_none()
    {
        problems.push(
            Problem::of_key(
                "message.inline",
                &first.file.path.place,
                say!("campaign-message-inline-without-html"),
            )
            .help(say!("campaign-message-inline-without-html-hint")),
        );
    }
    let attach = draft.attach.into_iter().flatten().map(attached).collect();
    let headers = headers(
        draft.headers.unwrap_or_default(),
        draft.unsubscribe.is_some(),
        problems,
    );
    let unsubscribe = draft.unsubscribe.map(|draft| unsubscribe(draft, problems));
    let dkim = dkim(draft.dkim.unwrap_or_default(), problems);
    let dsn = draft.dsn.map(|draft| dsn(draft, problems));
    if !has_body {
        return None;
    }
    Some(MessagePlan {
        from: draft.from?,
        sender: draft.sender,
        to,
        to_by_default,
        cc: draft.cc,
        bcc: draft.bcc,
        reply_to: draft.reply_to,
        return_path: draft.return_path,
        subject: draft.subject?,
        text,
        html,
        markdown,
        inline_css: draft.inline_css.unwrap_or(true),
        inline,
        calendar,
        attach,
        attach_root: root,
        headers,
        unsubscribe,
        dkim,
        dsn,
    })
}

fn template_file(File { path, written }: File, home: &Home) -> TemplateFile {
    let typed = written.value == STDIN && written.is_of_flag("--text");
    TemplateFile {
        // As it is called in messages.
        path: if typed { home.folder.join(STDIN) } else { path },
        typed: typed.then(Arc::default),
        place: written.place,
    }
}

/// The folder for files that cells name, if it is not the campaign's.
fn check_attach_root(root: &File, problems: &mut Problems) {
    if !root.path.is_dir() {
        problems.push(
            Problem::of_key(
                "message.attach_root",
                &root.written.place,
                say!("campaign-message-no-attach-root", folder = &root.written.value),
            )
            .help(say!("campaign-message-no-attach-root-hint")),
        );
    }
}

fn attached(draft: AttachDraft, home: &Home, root: &Path) -> AttachPlan {
    // The root is for what cells name; a file that is named here may lie anywhere.
    let base = if draft.path.is_template() {
        root
    } else {
        &home.folder
    };
    AttachPlan {
        base: draft.base.unwrap_or_else(|| base.to_owned()),
        path: draft.path,
        name: draft.name,
        optional: draft.optional.unwrap_or(false),
    }
}

/// Whether a picture can be shown by this name.
fn is_cid(cid: &Text, problems: &mut Problems) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'@' | b'+');
    let Text { value, place } = cid;
    let ok = !value.is_empty() && value.len() <= 100 && value.bytes().all(fits);
    if !ok {
        problems.push(
            Problem::of_key(
                format!("message.inline.{value}"),
                place,
                say!("campaign-message-bad-cid", name = value),
            )
            .help(say!("campaign-message-bad-cid-hint")),
        );
    }
    ok
}

fn dsn(draft: DsnDraft, problems: &mut Problems) -> Dsn {
    let mut problem = |key: &str, place: &Place, what: Said, help: Said| {
        problems.push(Problem::of_key(key, place, what).help(help));
    };
    let wanted = draft.notify.unwrap_or_default();
    let mut notify = Notify::default();
    if wanted.is_empty() {
        (notify.failure, notify.delay) = (true, true);
    }
    let alone = wanted.len() == 1;
    for text in wanted {
        match text.value.as_str() {
            "success" => notify.success = true,
            "failure" => notify.failure = true,
            "delay" => notify.delay = true,
            "never" if alone => {}
            _ => problem(
                "message.dsn.notify",
                &text.place,
                say!("campaign-message-dsn-notify", written = &text.value),
                say!("campaign-message-dsn-notify-hint"),
            ),
        }
    }
    let full = draft.returned.is_some_and(|text| match text.value.as_str() {
        "full" => true,
        "headers" => false,
        _ => {
            problem(
                "message.dsn.return",
                &text.place,
                say!("campaign-message-dsn-return"),
                say!("campaign-message-dsn-return-hint"),
            );
            false
        }
    });
    Dsn { notify, full }
}
