//! Building a message.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use lettre::Address;
use lettre::message::Mailbox;

use crate::audience::{Addressed, Unaddressed, failed_inside};
use crate::campaign::{Dsn, Place, Problem, Problems};
use crate::recipients::{Key, Recipient};
use crate::render::{Input, RowContext, TemplateId, Templates, marks};
use crate::storage::guarded;
use crate::table::Row;
use crate::words::{Said, Speak, say};

use super::attachments::{Attachments, Files};
use super::bodies::{Bodies, Texts};
use super::calendar::{self, Calendar, Invitation};
use super::content::Content;
use super::fields::Shape;
use super::identity::{IdForm, MailingId};
use super::layout::{Boundaries, Layout, Parts};
use super::unsubscribe::Unsubscribe;
use super::{COMPOSING_RULES, Message, gate, headers};

/// What is not the recipient's in a message: which mailing, when.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The mailing the Message-ID is derived from.
    pub mailing: MailingId,
    /// How that is written.
    pub id_form: IdForm,
    /// Send everything to this address alone, to look at it first: Cc and Bcc
    /// are dropped, and the Message-ID is salted, so that the real message is
    /// not taken for a duplicate of the test.
    pub test_to: Option<Address>,
}

impl Stamp {
    /// The stamp of a new mailing's own messages.
    pub fn new(mailing: MailingId) -> Self {
        Self {
            mailing,
            id_form: IdForm::of_rules(COMPOSING_RULES),
            test_to: None,
        }
    }

    /// The token of the message to a recipient.
    pub fn token(&self, key: &Key) -> String {
        let salt = self.test_to.as_ref().map(|_| "test").unwrap_or_default();
        self.mailing.token(key, salt)
    }
}

/// The output of the templates for one row, even if its message cannot be built; for code that
/// examines messages before they are sent.
#[derive(Debug, Clone, Copy)]
pub struct Rendered<'r> {
    /// The subject.
    pub subject: Option<&'r str>,
    /// The text part, with CRLF.
    pub text: Option<&'r str>,
    /// The HTML part, with CRLF.
    pub html: Option<&'r str>,
}

/// The output of the templates for one row, and the files that go along.
struct Rendition<'c> {
    subject: String,
    /// Those of the user's own, as they go out.
    fields: Vec<u8>,
    /// The fields that tell how to leave the list.
    leaving: Vec<u8>,
    texts: Texts,
    files: Files<'c>,
    calendar: Option<Calendar>,
}

/// A header field of the user's own.
pub(super) struct HeaderTemplate {
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) id: TemplateId,
    pub(super) place: Place,
}

/// Composes the messages of a campaign; made once, used for every row, from
/// any thread.
pub struct Composer {
    pub(super) templates: Arc<Templates>,
    pub(super) subject: TemplateId,
    pub(super) bodies: Bodies,
    pub(super) headers: Vec<HeaderTemplate>,
    pub(super) unsubscribe: Option<Unsubscribe>,
    pub(super) dsn: Option<Dsn>,
    pub(super) attachments: Attachments,
    pub(super) campaign: String,
    pub(super) layout: Layout,
    /// The From of the first message, and its field.
    pub(super) from: OnceLock<(Mailbox, Vec<u8>)>,
}

impl Composer {
    /// Every file that goes into the messages, and what it held.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.templates.inputs().iter().chain(self.attachments.inputs())
    }

    /// What is wrong with the pictures that templates name by their files. Messages can be composed
    /// without them, to look at the rows; they must not be sent.
    pub fn picture_problems(&self) -> &[Problem] {
        self.attachments.picture_problems()
    }

    /// The last file named by a row that was not there or could not be read on this thread since this
    /// was asked there, and why: that of the message it composed last.
    pub fn take_unread(&self) -> Option<(String, Said)> {
        self.attachments.take_unread()
    }

    /// The templates, for what `check` says of them.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The message of a recipient, and `see` is shown what was rendered for it.
    ///
    /// # Errors
    /// Everything wrong with the row: templates, attachments, and what the gate over the octets
    /// finds.
    pub fn compose(
        &self,
        addressed: &Addressed<'_>,
        stamp: &Stamp,
        date: Timestamp,
        see: &mut dyn FnMut(&Rendered<'_>),
    ) -> Result<Message, Problems> {
        let Addressed { recipient, context } = addressed;
        self.guarded(context, || {
            let mut problems = Problems::default();
            let parts = self.render(Some(recipient), context, date, see, &mut problems);
            match parts {
                Some(parts) if !problems.has_errors() => {
                    self.assemble(recipient, context, parts, stamp, date)
                }
                Some(_) | None => Err(problems),
            }
        })
    }

    /// All that is wrong with a row that has no address; `see` is shown what could be rendered.
    pub fn faults(&self, unaddressed: Unaddressed<'_>, see: &mut dyn FnMut(&Rendered<'_>)) -> Problems {
        let Unaddressed { problems, context } = unaddressed;
        let Some(context) = &context else {
            return problems;
        };
        let more = self.guarded(context, || {
            let mut problems = Problems::default();
            self.render(None, context, Timestamp::UNIX_EPOCH, see, &mut problems);
            Err::<(), _>(problems)
        });
        Problems(
            problems
                .0
                .into_iter()
                .chain(more.err().unwrap_or_default().0)
                .collect(),
        )
    }

    /// A panic in a library must cost one row, not the run.
    fn guarded<T>(
        &self,
        context: &RowContext<'_>,
        compose: impl FnOnce() -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        guarded(compose).unwrap_or_else(|_| Err(failed_inside(self.templates.header(), context.row()).into()))
    }

    fn render(
        &self,
        recipient: Option<&Recipient>,
        context: &RowContext<'_>,
        date: Timestamp,
        see: &mut dyn FnMut(&Rendered<'_>),
        problems: &mut Problems,
    ) -> Option<Rendition<'_>> {
        let mut take = |rendered: Result<_, Problems>| rendered.map_err(|p| problems.0.extend(p.0)).ok();
        let subject = take(self.header_value(self.subject, "subject", false, context));
        let mut fields = Vec::new();
        let mut wrong = Vec::new();
        for header in &self.headers {
            if let Some(value) = take(self.header_value(
                header.id,
                &header.name,
                header.shape.takes_values_apart(),
                context,
            )) {
                let written = header.shape.write(&header.name, &value, &mut fields);
                if let Err((what, help)) = written {
                    let problem = Problem::error(what).code("header-value");
                    wrong.push(problem.at(header.place.clone()).help(help));
                }
            }
        }
        problems.0.extend(wrong);
        let leaving = self.unsubscribe.as_ref().and_then(|unsubscribe| {
            unsubscribe
                .fields(&self.templates, context)
                .map_err(|p| problems.0.extend(p.0))
                .ok()
        });
        let mut texts = self.bodies.texts(&self.templates, context, problems);
        let html = texts.html.as_mut();
        let files = self.attachments.files(html, &self.templates, context, problems);
        let calendar = match (&texts.calendar, recipient) {
            (Some(text), Some(recipient)) => self
                .invitation(text, recipient, context.row(), date)
                .map_err(|p| problems.0.extend(p.0))
                .ok(),
            _ => None,
        };
        see(&Rendered {
            subject: subject.as_deref(),
            text: texts.text.as_deref(),
            html: texts.html.as_deref(),
        });
        Some(Rendition {
            subject: subject?,
            fields,
            leaving: leaving.unwrap_or_default(),
            texts,
            files,
            calendar,
        })
    }

    /// Puts together what was rendered.
    fn assemble(
        &self,
        recipient: &Recipient,
        context: &RowContext<'_>,
        parts: Rendition<'_>,
        stamp: &Stamp,
        date: Timestamp,
    ) -> Result<Message, Problems> {
        let redirected = stamp
            .test_to
            .as_ref()
            .map(|address| redirected(recipient, address));
        let recipient = redirected.as_ref().unwrap_or(recipient);
        let html = parts.texts.html.as_deref();
        let token = stamp.token(&recipient.key);
        let message_id = stamp.id_form.message_id(&token, recipient.from.email.domain());
        let (pictures, files) = (self.attachments.has_pictures(), !parts.files.attached.is_empty());
        let boundaries = Boundaries::of(&stamp.mailing, &recipient.key, pictures, files);
        let text_len = parts.texts.text.as_ref().map_or(0, String::len) + html.map_or(0, str::len);
        let mut own = Vec::with_capacity(text_len + text_len / 8 + 1024);
        self.write_from(recipient, &mut own);
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
        if stamp.id_form == IdForm::Dotted {
            // A bounce that quotes the header has it in one piece.
            headers::field("X-Mailshot-Id", &token, &mut own);
        }
        headers::text("Subject", &parts.subject, &mut own);
        own.extend(parts.fields);
        own.extend(parts.leaving);
        let files = parts.files;
        let laid_out = Parts {
            text: parts.texts.text.as_deref(),
            html,
            calendar: parts.calendar.as_ref(),
            inline: files.inline,
            attached: files.attached,
        };
        let shared = self.layout.write(laid_out, &boundaries, &mut own);
        gate::pass(&own).map_err(|why| {
            Problem::error(why.said())
                .code("gate")
                .at(self.templates.header().place(context.row(), None))
                .help(say!("message-gate-hint"))
        })?;
        Ok(Message {
            return_path: recipient.return_path.clone(),
            recipients: recipient.envelope_recipients(),
            message_id,
            dsn: self.dsn,
            content: Content::new(own, shared),
            files: files.named,
        })
    }

    fn header_value(
        &self,
        id: TemplateId,
        name: &str,
        marked: bool,
        context: &RowContext<'_>,
    ) -> Result<String, Problems> {
        let value = self.templates.render(id, context)?;
        let value = value.trim();
        // Marks are taken out where a field is written.
        if value
            .chars()
            .any(|c| c.is_control() && !(marked && marks::is_mark(c)))
        {
            let shown: String = value.chars().take(60).collect();
            let cell = context
                .row()
                .fields
                .iter()
                .position(|c| c.chars().any(char::is_control));
            return Err(
                Problem::error(say!("message-header-control", name = name, value = shown))
                    .code("control-character")
                    .at(self.templates.header().place(context.row(), cell))
                    .help(say!("message-header-control-hint"))
                    .into(),
            );
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
            row,
        };
        calendar::complete(text, &of, recipient).map_err(|faults| {
            let problems = faults
                .into_iter()
                .map(|fault| fault.problem(&self.templates, row));
            Problems(problems.collect())
        })
    }
}

/// The recipient of a test message: nobody but the tester.
fn redirected(recipient: &Recipient, tester: &Address) -> Recipient {
    Recipient {
        to: Mailbox::new(recipient.to.name.clone(), tester.clone()),
        cc: Vec::new(),
        bcc: Vec::new(),
        ..recipient.clone()
    }
}
