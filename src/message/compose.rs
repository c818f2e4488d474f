//! Putting a message together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use lettre::Address;
use lettre::message::Mailbox;

use crate::campaign::{Campaign, MessagePlan, Problem, Problems};
use crate::recipients::{Addressing, Key, Recipient};
use crate::render::{Compiler, Input, RowContext, TemplateId, Templates};
use crate::table::{Header, Row};

use super::attachments::Attachments;
use super::content::Content;
use super::identity::{MailingId, boundary, message_id};
use super::layout::{Boundaries, Layout};
use super::{Message, gate, headers};

/// What is not the recipient's in a message: which mailing, when.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The mailing the Message-ID is derived from.
    pub mailing: MailingId,
    /// Send everything to this address alone, to look at it first: Cc and Bcc
    /// are dropped, and the Message-ID is salted, so that the real message is
    /// not taken for a duplicate of the test.
    pub test_to: Option<Address>,
}

impl Stamp {
    /// The stamp of a mailing's own messages.
    pub fn new(mailing: MailingId) -> Self {
        Self {
            mailing,
            test_to: None,
        }
    }
}

/// What the templates of one row came to, also of a row whose message does not
/// come together; for whoever looks at messages before they go out.
#[derive(Debug, Clone, Copy)]
pub struct Rendered<'r> {
    /// Who it is for.
    pub recipient: Option<&'r Recipient>,
    /// The subject.
    pub subject: Option<&'r str>,
    /// The text part, with CRLF.
    pub text: Option<&'r str>,
    /// The HTML part, with CRLF.
    pub html: Option<&'r str>,
}

struct Bodies {
    text: Option<TemplateId>,
    html: Option<TemplateId>,
}

/// Composes the messages of a campaign; made once, used for every row, from
/// any thread.
pub struct Composer {
    templates: Templates,
    addressing: Addressing,
    subject: TemplateId,
    bodies: Bodies,
    headers: Vec<(String, TemplateId)>,
    attachments: Attachments,
    layout: Layout,
    /// The From of the first message, and its field.
    from: OnceLock<(Mailbox, Vec<u8>)>,
}

impl Composer {
    /// Compiles every template and reads the shared attachments.
    ///
    /// # Errors
    /// Everything that is wrong with them, together.
    pub fn new(campaign: &Campaign, header: &Arc<Header>) -> Result<Self, Problems> {
        let plan: &MessagePlan = &campaign.message;
        let mut compiler = Compiler::new(&campaign.folder);
        let mut problems = Problems::default();
        let addressing = Addressing::compile(&mut compiler, plan, &campaign.recipients, header)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        let subject = compiler.text(&plan.subject);
        let mut file = |file: &Option<crate::campaign::TemplateFile>, escape| {
            file.as_ref()
                .map(|f| compiler.file(f, &campaign.shown(&f.path), escape))
        };
        let bodies = Bodies {
            text: file(&plan.text, false),
            html: file(&plan.html, true),
        };
        let headers = plan
            .headers
            .iter()
            .map(|(name, text)| (name.clone(), compiler.text(text)))
            .collect();
        let attachments = Attachments::compile(&mut compiler, &plan.attach)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        let templates = compiler
            .finish(header, &campaign.name)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        match (addressing, attachments, templates) {
            (Some(addressing), Some(attachments), Some(templates)) => Ok(Self {
                templates,
                addressing,
                subject,
                bodies,
                headers,
                attachments,
                layout: Layout::new(&boundaries(&MailingId::of_dry_run(""), &Key::typed(""))),
                from: OnceLock::new(),
            }),
            _ => Err(problems),
        }
    }

    /// Every file that goes into the messages, and what it held.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.templates.inputs().iter().chain(self.attachments.inputs())
    }

    /// The templates, for what `check` says of them.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// Who a row is for.
    ///
    /// # Errors
    /// What is wrong with its addresses.
    pub fn recipient(&self, row: &Row) -> Result<Recipient, Problems> {
        self.addressing
            .recipient(&self.templates, &self.templates.context(row))
    }

    /// The message of a row.
    ///
    /// # Errors
    /// Everything wrong with the row: addresses, templates, attachments, and
    /// what the gate over the octets finds.
    pub fn compose(
        &self,
        row: &Row,
        stamp: &Stamp,
        date: Timestamp,
    ) -> Result<(Recipient, Message), Problems> {
        self.compose_seen(row, stamp, date, &mut |_| {})
    }

    /// The message of a row, and `see` is shown what was rendered for it.
    ///
    /// # Errors
    /// As [`Self::compose`].
    pub fn compose_seen(
        &self,
        row: &Row,
        stamp: &Stamp,
        date: Timestamp,
        see: &mut dyn FnMut(&Rendered<'_>),
    ) -> Result<(Recipient, Message), Problems> {
        // A panic in a library must cost one row, not the run.
        catch_unwind(AssertUnwindSafe(|| self.try_compose(row, stamp, date, see))).unwrap_or_else(|_| {
            Err(
                Problem::error("composing the message of this row failed inside a library")
                    .code("row")
                    .at(self.templates.header().place(row, None))
                    .help("look for unusual characters in the row; leave it out with --skip-invalid")
                    .into(),
            )
        })
    }

    fn try_compose(
        &self,
        row: &Row,
        stamp: &Stamp,
        date: Timestamp,
        see: &mut dyn FnMut(&Rendered<'_>),
    ) -> Result<(Recipient, Message), Problems> {
        let context = self.templates.context(row);
        let mut problems = Problems::default();
        let recipient = self
            .addressing
            .recipient(&self.templates, &context)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        let mut take = |rendered: Result<_, Problems>| rendered.map_err(|p| problems.0.extend(p.0)).ok();
        let subject = take(self.header_value(self.subject, "subject", &context));
        let text = self.bodies.text.and_then(|id| take(self.body(id, &context)));
        let html = self.bodies.html.and_then(|id| take(self.body(id, &context)));
        let fields: Vec<_> = self
            .headers
            .iter()
            .filter_map(|(name, id)| take(self.header_value(*id, name, &context)).map(|value| (name, value)))
            .collect();
        let parts = self.attachments.parts(&self.templates, &context, &mut problems);
        see(&Rendered {
            recipient: recipient.as_ref(),
            subject: subject.as_deref(),
            text: text.as_deref(),
            html: html.as_deref(),
        });
        let (Some(recipient), Some(subject), false) = (recipient, subject, problems.has_errors()) else {
            return Err(problems);
        };

        let recipient = match &stamp.test_to {
            Some(address) => redirected(recipient, address),
            None => recipient,
        };
        let salt = stamp.test_to.as_ref().map(|_| "test").unwrap_or_default();
        let message_id = message_id(
            &stamp.mailing,
            &recipient.key,
            salt,
            recipient.from.email.domain(),
        );
        let boundaries = boundaries(&stamp.mailing, &recipient.key);
        let text_len = text.as_ref().map_or(0, String::len) + html.as_ref().map_or(0, String::len);
        let mut own = Vec::with_capacity(text_len + text_len / 8 + 1024);
        self.write_from(&recipient.from, &mut own);
        if !recipient.reply_to.is_empty() {
            headers::mailboxes("Reply-To", &recipient.reply_to, &mut own);
        }
        headers::mailboxes("To", std::slice::from_ref(&recipient.to), &mut own);
        if !recipient.cc.is_empty() {
            headers::mailboxes("Cc", &recipient.cc, &mut own);
        }
        headers::date(date, &mut own);
        headers::field("Message-ID", &message_id, &mut own);
        headers::text("Subject", &subject, &mut own);
        for (name, value) in fields {
            headers::text(name, &value, &mut own);
        }
        let shared = self
            .layout
            .write(text.as_deref(), html.as_deref(), parts, &boundaries, &mut own);
        gate::pass(&own).map_err(|why| {
            Problem::error(why.to_string())
                .code("gate")
                .at(self.templates.header().place(row, None))
                .help("a subject, name or header of this row is too long, or holds what no mail may hold")
        })?;
        let message = Message {
            return_path: recipient.return_path.clone(),
            recipients: recipient.envelope_recipients(),
            message_id,
            content: Content::new(own, shared),
        };
        Ok((recipient, message))
    }

    fn header_value(&self, id: TemplateId, name: &str, context: &RowContext<'_>) -> Result<String, Problems> {
        let value = self.templates.render(id, context)?;
        let value = value.trim();
        if value.chars().any(char::is_control) {
            let shown: String = value.chars().take(60).collect();
            let cell = context
                .row()
                .fields
                .iter()
                .position(|c| c.chars().any(char::is_control));
            return Err(Problem::error(format!(
                "the {name} of this row holds a line break or another control character: `{}`",
                shown.escape_debug()
            ))
            .code("control-character")
            .at(self.templates.header().place(context.row(), cell))
            .help("a header is one line; take the line break out of the cell, or of the template")
            .into());
        }
        Ok(value.to_owned())
    }

    /// The From field: nearly always the same as in the first message.
    fn write_from(&self, from: &Mailbox, out: &mut Vec<u8>) {
        let encoded = |mailbox: &Mailbox| {
            let mut field = Vec::new();
            headers::mailboxes("From", std::slice::from_ref(mailbox), &mut field);
            field
        };
        let (first, field) = self.from.get_or_init(|| (from.clone(), encoded(from)));
        if first == from {
            out.extend_from_slice(field);
        } else {
            out.extend_from_slice(&encoded(from));
        }
    }

    /// A body with CRLF line ends. lettre would convert
    /// them too, at a cost that grows with the square of the size.
    fn body(&self, id: TemplateId, context: &RowContext<'_>) -> Result<String, Problems> {
        let text = self.templates.render(id, context)?;
        // All of them are single bytes in UTF-8.
        let control = |b: &u8| matches!(b, 0..=8 | 0xb | 0xe..=0x1f | 0x7f);
        // No early exit: this way the compiler looks at many bytes at once.
        if text.bytes().fold(false, |any, b| any | control(&b))
            && let Some(bad) = text.bytes().find(control).map(char::from)
        {
            let cell = context.row().fields.iter().position(|c| c.contains(bad));
            return Err(Problem::error(format!(
                "the body of this row holds the control character U+{:04X}",
                u32::from(bad)
            ))
            .code("control-character")
            .at(self.templates.header().place(context.row(), cell))
            .help("take it out of the cell (or the template); no mail program can show it")
            .into());
        }
        Ok(crlf(&text))
    }
}

/// The recipient of a test message: nobody but the tester.
fn redirected(recipient: Recipient, tester: &Address) -> Recipient {
    Recipient {
        to: Mailbox::new(recipient.to.name.clone(), tester.clone()),
        cc: Vec::new(),
        bcc: Vec::new(),
        ..recipient
    }
}

fn crlf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16 + 2);
    let mut from = 0;
    for end in memchr::memchr2_iter(b'\r', b'\n', text.as_bytes()) {
        // The LF of a CRLF was written with its CR.
        if end < from {
            continue;
        }
        out.push_str(&text[from..end]);
        out.push_str("\r\n");
        from = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    out.push_str(&text[from..]);
    out
}

fn boundaries(mailing: &MailingId, key: &Key) -> Boundaries {
    Boundaries {
        alternative: boundary(mailing, key, "alternative"),
        mixed: boundary(mailing, key, "mixed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_crlf() {
        for (text, expected) in [
            ("", ""),
            ("a", "a"),
            ("a\nb\n", "a\r\nb\r\n"),
            ("a\r\nb", "a\r\nb"),
            ("a\rb\r", "a\r\nb\r\n"),
            ("\n\r\n\r\r\n", "\r\n\r\n\r\n\r\n"),
            ("\u{738b}\n\u{738b}", "\u{738b}\r\n\u{738b}"),
        ] {
            assert_eq!(crlf(text), expected, "{text:?}");
        }
    }
}
