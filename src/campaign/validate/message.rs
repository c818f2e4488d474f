//! The draft of `[message]` -> what each recipient gets.

use std::path::{Path, PathBuf};

use crate::campaign::draft::{AttachDraft, MessageDraft, UnsubscribeDraft};
use crate::campaign::values::{
    AttachPlan, InlinePlan, MessagePlan, Place, Problem, TemplateFile, Text, UnsubscribePlan,
};

use super::campaign::Validation;

const NO_BODY: &str = "write text = \"body.txt\" or html = \"body.html\" (or both), or markdown = \"body.md\", below [message], or use --text or --html";

impl Validation<'_> {
    pub(super) fn message(&mut self, draft: MessageDraft) -> Option<MessagePlan> {
        let flags = self.overrides;
        let over = |flag: &str, value: &Option<String>, file: Option<Text>| match value {
            Some(value) => Some(Text::of_flag(flag, value)),
            None => file,
        };
        let from = over("--from", &flags.from, draft.from);
        let subject = over("--subject", &flags.subject, draft.subject);
        let given = over("--to", &flags.to, draft.to);
        let to_by_default = given.is_none();
        let to = given.unwrap_or_else(|| Text::of_flag("the default of `to` in [message]", "{{ email }}"));
        let text = self.template_file("--text", flags.text.as_ref(), draft.text);
        let html = self.template_file("--html", flags.html.as_ref(), draft.html);
        // A body by flag takes the place of the file's, whatever kind that is.
        let by_flag = flags.text.is_some() || flags.html.is_some();
        let markdown = draft.markdown.filter(|_| !by_flag);
        if let Some(markdown) = &markdown
            && html.is_some()
        {
            self.problems.push(
                Problem::error("`markdown` makes the HTML part, so `html` cannot stand beside it")
                    .at(markdown.place.clone())
                    .help("take out one of them"),
            );
        }
        if from.is_none() {
            self.missing(
                &["message", "message.from"],
                "the sender",
                "write from = \"Your Name <you@uni.example>\" below [message], or use --from",
            );
        }
        if subject.is_none() {
            self.missing(
                &["message", "message.subject"],
                "the subject",
                "write subject = \"…\" below [message], or use --subject",
            );
        }
        let bodies = ["message", "message.text", "message.html", "message.markdown"];
        if text.is_none() && html.is_none() && markdown.is_none() {
            self.missing(&bodies, "the body", NO_BODY);
        }
        let root = draft.attach_root.as_ref().map(|root| self.attach_root(root));
        let inline: Vec<_> = draft
            .inline
            .into_iter()
            .map(|(cid, draft)| InlinePlan {
                cid,
                file: self.attached(draft, root.as_deref()),
            })
            .collect();
        if let Some(first) = inline.first()
            && html.is_none()
            && markdown.is_none()
        {
            self.problems.push(
                Problem::error("`inline` pictures are shown by the HTML part, and there is none")
                    .at(first.file.path.place.clone())
                    .help("add html = \"body.html\" with <img src=\"cid:…\">, or write attach instead of inline"),
            );
        }
        let attach = if flags.attach.is_empty() {
            draft
                .attach
                .into_iter()
                .map(|draft| self.attached(draft, root.as_deref()))
                .collect()
        } else {
            flags.attach.iter().map(|path| attached_by_flag(path)).collect()
        };
        let unsubscribe = draft.unsubscribe.map(|draft| self.unsubscribe(draft));
        if text.is_none() && html.is_none() && markdown.is_none() {
            return None;
        }
        let file = |text| self.template_file("", None, text);
        Some(MessagePlan {
            from: from?,
            sender: draft.sender,
            to,
            to_by_default,
            cc: draft.cc,
            bcc: draft.bcc,
            reply_to: draft.reply_to,
            return_path: draft.return_path,
            subject: subject?,
            text,
            html,
            markdown: file(markdown),
            inline_css: draft.inline_css.unwrap_or(true),
            inline,
            calendar: file(draft.calendar),
            attach,
            attach_root: root.unwrap_or_else(|| self.folder.clone()),
            headers: draft.headers,
            unsubscribe,
            dkim: draft.dkim,
            dsn: draft.dsn,
        })
    }

    fn template_file(&self, flag: &str, path: Option<&PathBuf>, file: Option<Text>) -> Option<TemplateFile> {
        if let Some(path) = path {
            return Some(TemplateFile {
                path: path.clone(),
                place: Text::of_flag(flag, &path.display().to_string()).place,
            });
        }
        file.map(|text| TemplateFile {
            path: self.folder.join(text.value),
            place: text.place,
        })
    }

    /// The folder that files named by cells lie below, where it is not the campaign's.
    fn attach_root(&mut self, root: &Text) -> PathBuf {
        let path = self.folder.join(&root.value);
        if !path.is_dir() {
            self.problems.push(
                Problem::error(format!("`attach_root`: there is no folder {}", root.value))
                    .at(root.place.clone())
                    .help("paths in the campaign file start from its folder"),
            );
        }
        path
    }

    fn attached(&self, draft: AttachDraft, root: Option<&Path>) -> AttachPlan {
        // The root is for what cells name; a file that is named here may lie anywhere.
        let by_cell = draft.path.is_template();
        AttachPlan {
            base: root.filter(|_| by_cell).unwrap_or(&self.folder).to_owned(),
            path: draft.path,
            name: draft.name,
            optional: draft.optional,
        }
    }

    fn unsubscribe(&mut self, draft: UnsubscribeDraft) -> UnsubscribePlan {
        let mut problem = |place: &Place, what: &str, help: &str| {
            self.problems
                .push(Problem::error(what).at(place.clone()).help(help));
        };
        if draft.url.is_none() && draft.mailto.is_none() {
            problem(
                &draft.place,
                "`unsubscribe` names neither a `url` nor a `mailto`",
                "write unsubscribe = { url = \"https://uni.example/leave/{{ token }}\" } or { mailto = \"leave@uni.example\" }",
            );
        }
        if let Some(url) = &draft.url {
            let secure = url.value.starts_with("https://");
            if draft.one_click.unwrap_or(true) && !secure && !url.value.starts_with("{{") {
                problem(
                    &url.place,
                    "the page of a one-click `unsubscribe` must be https:// (RFC 8058)",
                    "write the https:// address; for a page that only answers who looks at it: one_click = false",
                );
            }
        } else if draft.one_click == Some(true) && draft.mailto.is_some() {
            problem(
                &draft.place,
                "`one_click` needs a `url`: mail programs send it a POST (RFC 8058)",
                "add url = \"https://…/{{ token }}\", or take one_click out",
            );
        }
        UnsubscribePlan {
            one_click: draft.url.is_some() && draft.one_click.unwrap_or(true),
            url: draft.url,
            mailto: draft.mailto,
            place: draft.place,
        }
    }
}

fn attached_by_flag(path: &Path) -> AttachPlan {
    AttachPlan {
        path: Text::of_flag("--attach", &path.display().to_string()),
        base: PathBuf::new(),
        name: None,
        optional: false,
    }
}
