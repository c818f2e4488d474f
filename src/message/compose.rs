//! Putting a message together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use lettre::Address;
use lettre::message::Mailbox;

use crate::campaign::{Campaign, Dsn, MessagePlan, MessageTemplate, Problem, Problems};
use crate::recipients::{Addressing, Key, Recipient, Selection, Suppression, TOKEN, TokenKey};
use crate::render::{Compiler, Input, RowContext, TemplateId, Templates};
use crate::table::{Header, Row};

use super::attachments::Attachments;
use super::bodies::Bodies;
use super::calendar::{self, Calendar, Invitation};
use super::content::Content;
use super::identity::{MailingId, boundary, message_id};
use super::layout::{Boundaries, Layout, Parts};
use super::unsubscribe::Unsubscribe;
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

/// Composes the messages of a campaign; made once, used for every row, from
/// any thread.
pub struct Composer {
    templates: Templates,
    addressing: Addressing,
    subject: TemplateId,
    bodies: Bodies,
    headers: Vec<(String, TemplateId)>,
    unsubscribe: Option<Unsubscribe>,
    dsn: Option<Dsn>,
    attachments: Attachments,
    campaign: String,
    layout: Layout,
    /// Which rows make messages.
    selection: Selection,
    /// Who gets nothing: no copy either.
    suppression: Suppression,
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
        let mut addresses = Vec::new();
        let mut subject = None;
        let mut headers = Vec::new();
        let mut bodies = Bodies::new(plan.inline_css, header);
        let mut unsubscribe = plan.unsubscribe.as_ref().map(Unsubscribe::new);
        let mut attachments = Attachments::new(header, &plan.attach_root);
        for template in plan.templates() {
            match template {
                MessageTemplate::Subject(text) => subject = Some(compiler.text(text)),
                MessageTemplate::Header(name, text) => {
                    headers.push((name.to_owned(), compiler.text(text)));
                }
                MessageTemplate::Address(field, text) => addresses.push((field, text)),
                MessageTemplate::File { file, cid } => attachments.add(&mut compiler, file, cid),
                MessageTemplate::Body(body, file) => bodies.add(&mut compiler, campaign, body, file),
                MessageTemplate::UnsubscribeUrl(text) => {
                    let url = compiler.text(text);
                    unsubscribe.iter_mut().for_each(|fields| fields.url = Some(url));
                }
                MessageTemplate::UnsubscribeMailto(text) => {
                    let mailto = compiler.text(text);
                    unsubscribe
                        .iter_mut()
                        .for_each(|fields| fields.mailto = Some(mailto));
                }
            }
        }
        let addressing = Addressing::compile(&mut compiler, &addresses, &campaign.recipients, header)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        let selection = Selection::compile(campaign, header)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        let attachments = attachments.finish().map_err(|p| problems.0.extend(p.0)).ok();
        let templates = compiler
            .finish(header, &campaign.name)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        if let (Some(plan), Some(templates)) = (&plan.unsubscribe, &templates)
            && templates.uses(TOKEN)
            && header.position(TOKEN).is_some()
        {
            problems.push(
                Problem::error(format!(
                    "{{{{ token }}}} is the unsubscribe token here, and {} has a column `token`",
                    header.file
                ))
                .code("token-column")
                .at(plan.place.clone())
                .help("give the column another name; {{ row[\"token\"] }} fills it in as it is"),
            );
        }
        match (addressing, selection, subject, attachments, templates) {
            (Some(addressing), Some(selection), Some(subject), Some(attachments), Some(templates))
                if !problems.has_errors() =>
            {
                Ok(Self {
                    templates,
                    addressing,
                    subject,
                    bodies,
                    headers,
                    unsubscribe,
                    dsn: plan.dsn,
                    attachments,
                    campaign: campaign.name.clone(),
                    layout: Layout::new(&boundaries(&MailingId::of_dry_run(""), &Key::typed(""), true)),
                    selection,
                    suppression: Suppression::default(),
                    from: OnceLock::new(),
                })
            }
            _ => Err(problems),
        }
    }

    /// Which rows make messages.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Whether some template fills in a recipient's unsubscribe token.
    pub fn wants_tokens(&self) -> bool {
        self.templates.uses(TOKEN) && self.templates.header().position(TOKEN).is_none()
    }

    /// The same, with tokens of this key.
    #[must_use]
    pub fn with_tokens(self, key: TokenKey) -> Self {
        Self {
            addressing: self.addressing.with_tokens(key),
            ..self
        }
    }

    /// The same, with nobody of these in Cc and Bcc.
    #[must_use]
    pub fn without(self, suppression: Suppression) -> Self {
        Self { suppression, ..self }
    }

    /// Who is not to be written to; whoever asks for messages leaves them out.
    pub fn suppression(&self) -> &Suppression {
        &self.suppression
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
            .recipient(&self.templates, &mut self.templates.context(row))
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
        let mut context = self.templates.context(row);
        let mut problems = Problems::default();
        let recipient = self
            .addressing
            .recipient(&self.templates, &mut context)
            .map_err(|p| problems.0.extend(p.0))
            .ok();
        let mut take = |rendered: Result<_, Problems>| rendered.map_err(|p| problems.0.extend(p.0)).ok();
        let subject = take(self.header_value(self.subject, "subject", &context));
        let fields: Vec<_> = self
            .headers
            .iter()
            .filter_map(|(name, id)| take(self.header_value(*id, name, &context)).map(|value| (name, value)))
            .collect();
        let leaving = self.unsubscribe.as_ref().and_then(|unsubscribe| {
            unsubscribe
                .fields(&self.templates, &context)
                .map_err(|p| problems.0.extend(p.0))
                .ok()
        });
        let texts = self.bodies.texts(&self.templates, &context, &mut problems);
        let html = texts.html.as_deref();
        let files = self
            .attachments
            .files(html, &self.templates, &context, &mut problems);
        let calendar = match (&texts.calendar, &recipient) {
            (Some(text), Some(recipient)) => self
                .invitation(text, recipient, row, date)
                .map_err(|p| problems.0.extend(p.0))
                .ok(),
            _ => None,
        };
        see(&Rendered {
            recipient: recipient.as_ref(),
            subject: subject.as_deref(),
            text: texts.text.as_deref(),
            html,
        });
        let (Some(recipient), Some(subject), false) = (recipient, subject, problems.has_errors()) else {
            return Err(problems);
        };

        let recipient = self.without_suppressed_copies(recipient);
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
        let boundaries = boundaries(&stamp.mailing, &recipient.key, self.attachments.has_pictures());
        let text_len = texts.text.as_ref().map_or(0, String::len) + html.map_or(0, str::len);
        let mut own = Vec::with_capacity(text_len + text_len / 8 + 1024);
        self.write_from(&recipient, &mut own);
        if let Some(sender) = &recipient.sender {
            headers::mailboxes("Sender", std::slice::from_ref(sender), &mut own);
        }
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
        own.extend(leaving.unwrap_or_default());
        let parts = Parts {
            text: texts.text.as_deref(),
            html,
            calendar: calendar.as_ref(),
            inline: files.inline,
            attached: files.attached,
        };
        let shared = self.layout.write(parts, &boundaries, &mut own);
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
            dsn: self.dsn,
            content: Content::new(own, shared),
            files: files.named,
        };
        Ok((recipient, message))
    }

    fn without_suppressed_copies(&self, mut recipient: Recipient) -> Recipient {
        self.suppression.take_out(&mut recipient.cc);
        self.suppression.take_out(&mut recipient.bcc);
        recipient
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
    fn write_from(&self, recipient: &Recipient, out: &mut Vec<u8>) {
        let encoded = |mailboxes: &[Mailbox]| {
            let mut field = Vec::new();
            headers::mailboxes("From", mailboxes, &mut field);
            field
        };
        let from = &recipient.from;
        if !recipient.more_from.is_empty() {
            let all: Vec<_> = std::iter::once(from)
                .chain(&recipient.more_from)
                .cloned()
                .collect();
            out.extend_from_slice(&encoded(&all));
            return;
        }
        let one = std::slice::from_ref(from);
        let (first, field) = self.from.get_or_init(|| (from.clone(), encoded(one)));
        if first == from {
            out.extend_from_slice(field);
        } else {
            out.extend_from_slice(&encoded(one));
        }
    }

    fn invitation(
        &self,
        text: &str,
        recipient: &Recipient,
        row: &Row,
        date: Timestamp,
    ) -> Result<Calendar, Problems> {
        let of = Invitation {
            campaign: &self.campaign,
            date,
        };
        calendar::complete(text, &of, recipient).map_err(|why| {
            Problem::error(format!("the calendar file of this row {why}")).code("calendar")
                .at(self.templates.header().place(row, None))
                .help("compare it with an invitation that a calendar program saved; the values in it are escaped already")
                .into()
        })
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

fn boundaries(mailing: &MailingId, key: &Key, pictures: bool) -> Boundaries {
    Boundaries {
        alternative: boundary(mailing, key, "alternative"),
        related: if pictures {
            boundary(mailing, key, "related")
        } else {
            String::new()
        },
        mixed: boundary(mailing, key, "mixed"),
    }
}
