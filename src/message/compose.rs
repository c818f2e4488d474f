//! Putting a message together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use email_encoding::headers::writer::EmailWriter;
use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Built, MessageBuilder, MultiPart, SinglePart};

use crate::campaign::{Campaign, MessagePlan, Problem, Problems};
use crate::recipients::{Addressing, Recipient};
use crate::render::{Compiler, Input, RowContext, TemplateId, Templates};
use crate::table::{Header, Row};

use super::attachments::Attachments;
use super::identity::{MailingId, boundary, message_id};
use super::{Message, gate};

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
        // A panic in a library must cost one row, not the run.
        catch_unwind(AssertUnwindSafe(|| self.try_compose(row, stamp, date))).unwrap_or_else(|_| {
            Err(
                Problem::error("composing the message of this row failed inside a library")
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
        let headers: Vec<_> = self
            .headers
            .iter()
            .filter_map(|(name, id)| take(self.header_value(*id, name, &context)).map(|value| (name, value)))
            .collect();
        let parts = self.attachments.parts(&self.templates, &context, &mut problems);
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
        let mut builder = addressed(&recipient)
            .date(system_time(date))
            .message_id(Some(message_id.clone()));
        builder = builder.raw_header(named_value("Subject", subject));
        for (name, value) in headers {
            builder = builder.raw_header(named_value(name, value));
        }
        let bound = |kind: &str| boundary(&stamp.mailing, &recipient.key, kind);
        let mut built = assemble(builder, text, html, parts, &bound).map_err(|e| {
            Problem::error(format!("the message of this row cannot be built: {e}"))
                .at(self.templates.header().place(row, None))
        })?;
        encode_lookalikes(&mut built, &recipient);
        let content = built.formatted();
        gate::pass(&content).map_err(|why| {
            Problem::error(why.to_string())
                .at(self.templates.header().place(row, None))
                .help("a subject, name or header of this row is too long, or holds what no mail may hold")
        })?;
        let message = Message {
            return_path: recipient.return_path.clone(),
            recipients: recipient.envelope_recipients(),
            message_id,
            content,
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
            .at(self.templates.header().place(context.row(), cell))
            .help("a header is one line; take the line break out of the cell, or of the template")
            .into());
        }
        Ok(value.to_owned())
    }

    /// A body with CRLF line ends. lettre would convert
    /// them too, at a cost that grows with the square of the size.
    fn body(&self, id: TemplateId, context: &RowContext<'_>) -> Result<String, Problems> {
        let text = self.templates.render(id, context)?;
        if let Some(bad) = text
            .chars()
            .find(|c| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}'))
        {
            let cell = context.row().fields.iter().position(|c| c.contains(bad));
            return Err(Problem::error(format!(
                "the body of this row holds the control character U+{:04X}",
                u32::from(bad)
            ))
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
    let mut out = String::with_capacity(text.len() + text.len() / 32 + 2);
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        let (line, end) = rest.split_at(at);
        out.push_str(line);
        out.push_str("\r\n");
        rest = end
            .strip_prefix("\r\n")
            .unwrap_or_else(|| end.get(1..).unwrap_or_default());
    }
    out.push_str(rest);
    out
}

fn addressed(recipient: &Recipient) -> MessageBuilder {
    let mut builder = Built::builder().from(recipient.from.clone());
    for mailbox in &recipient.reply_to {
        builder = builder.reply_to(mailbox.clone());
    }
    builder = builder.to(recipient.to.clone());
    for mailbox in &recipient.cc {
        builder = builder.cc(mailbox.clone());
    }
    builder
}

/// A name that holds `=?` would be read as an encoded word (RFC 2047) where
/// lettre writes it as it is; such a header is written once more, with the
/// name encoded.
fn encode_lookalikes(built: &mut Built, recipient: &Recipient) {
    let headers = [
        ("From", std::slice::from_ref(&recipient.from)),
        ("To", std::slice::from_ref(&recipient.to)),
        ("Cc", &recipient.cc),
        ("Reply-To", &recipient.reply_to),
    ];
    for (name, mailboxes) in headers {
        let lookalike = |m: &Mailbox| m.name.as_deref().is_some_and(|n| n.contains("=?"));
        if mailboxes.iter().any(lookalike)
            && let Ok(encoded) = encode_mailboxes(name, mailboxes)
        {
            let raw = mailboxes
                .iter()
                .map(Mailbox::to_string)
                .collect::<Vec<_>>()
                .join(", ");
            let value =
                HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), raw, encoded);
            built.headers_mut().insert_raw(value);
        }
    }
}

fn encode_mailboxes(name: &str, mailboxes: &[Mailbox]) -> Result<String, std::fmt::Error> {
    let mut encoded = String::new();
    write_mailboxes(
        &mut EmailWriter::new(&mut encoded, name.len() + 2, 0, false),
        mailboxes,
    )?;
    Ok(encoded)
}

fn write_mailboxes(writer: &mut EmailWriter<'_>, mailboxes: &[Mailbox]) -> std::fmt::Result {
    use std::fmt::Write;
    for (i, mailbox) in mailboxes.iter().enumerate() {
        if i > 0 {
            writer.write_char(',')?;
            writer.space();
        }
        if let Some(name) = &mailbox.name {
            email_encoding::headers::rfc2047::encode(name, writer)?;
            writer.space();
        }
        write!(writer, "<{}>", mailbox.email)?;
    }
    Ok(())
}

fn system_time(date: Timestamp) -> SystemTime {
    let seconds = u64::try_from(date.as_second()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// A header value that decodes to exactly `value`: what already looks like an
/// encoded word (RFC 2047) is encoded once more.
fn named_value(name: &str, value: String) -> HeaderValue {
    let header = HeaderName::new_from_ascii(name.to_owned())
        .unwrap_or_else(|_| HeaderName::new_from_ascii_str("X-Mailshot"));
    if !value.contains("=?") {
        return HeaderValue::new(header, value);
    }
    let mut encoded = String::new();
    let written = {
        let mut writer = EmailWriter::new(&mut encoded, name.len() + 2, 0, false);
        email_encoding::headers::rfc2047::encode(&value, &mut writer)
    };
    match written {
        Ok(()) => HeaderValue::dangerous_new_pre_encoded(header, value, encoded),
        Err(_) => HeaderValue::new(header, value),
    }
}

fn assemble(
    builder: MessageBuilder,
    text: Option<String>,
    html: Option<String>,
    attachments: Vec<SinglePart>,
    bound: &dyn Fn(&str) -> String,
) -> Result<Built, lettre::error::Error> {
    let plain = |body| {
        SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .body::<String>(body)
    };
    let rich = |body| {
        SinglePart::builder()
            .header(ContentType::TEXT_HTML)
            .body::<String>(body)
    };
    let alternative = |text, html| {
        MultiPart::alternative()
            .boundary(bound("alternative"))
            .singlepart(plain(text))
            .singlepart(rich(html))
    };
    // A body that is the whole message gets its last line end from lettre.
    let alone = |body: String| body.strip_suffix("\r\n").map(str::to_owned).unwrap_or(body);
    if attachments.is_empty() {
        return match (text, html) {
            (Some(text), Some(html)) => builder.multipart(alternative(text, html)),
            (Some(text), None) => builder.singlepart(plain(alone(text))),
            (None, html) => builder.singlepart(rich(alone(html.unwrap_or_default()))),
        };
    }
    let mixed = MultiPart::mixed().boundary(bound("mixed"));
    let mixed = match (text, html) {
        (Some(text), Some(html)) => mixed.multipart(alternative(text, html)),
        (Some(text), None) => mixed.singlepart(plain(text)),
        (None, html) => mixed.singlepart(rich(html.unwrap_or_default())),
    };
    builder.multipart(attachments.into_iter().fold(mixed, MultiPart::singlepart))
}
