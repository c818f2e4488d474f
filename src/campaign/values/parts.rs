//! What shapes a message: the one list of its templates, and that of its settings.
//!
//! Compiling, the lints, the content lock of a mailing and the import of other programs' campaigns
//! use these lists. They take the plans apart field by field, so a new field does not compile until
//! it is decided here whether it shapes the message. Otherwise a change of it would go unnoticed
//! when a mailing continues, and two recipients would get two different messages.

use super::dkim::DkimPlan;
use super::message::{AttachPlan, InlinePlan, MessagePlan, TemplateFile, UnsubscribePlan};
use super::recipients::{RecipientsSource, SheetChoice};
use super::text::Text;

/// One of the templates of a message.
#[derive(Debug, Clone, Copy)]
pub enum MessageTemplate<'p> {
    /// The Subject.
    Subject(&'p Text),
    /// The value of a further header field.
    Header(&'p str, &'p Text),
    /// The mailboxes of a header field, or the reverse-path.
    Address(AddressField, &'p Text),
    /// The path and the name of a file that goes along; of a picture, what `cid:` names it by.
    File {
        /// The file.
        file: &'p AttachPlan,
        /// `cid:` names it so.
        cid: Option<&'p str>,
    },
    /// A file that holds a body.
    Body(Body, &'p TemplateFile),
    /// The page where recipients leave the list.
    UnsubscribeUrl(&'p Text),
    /// The address that takes recipients off the list.
    UnsubscribeMailto(&'p Text),
}

/// A key of `[message]` that holds addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressField {
    /// From.
    From,
    /// To.
    To,
    /// Sender.
    Sender,
    /// Cc.
    Cc,
    /// Bcc, which is in the envelope alone.
    Bcc,
    /// Reply-To.
    ReplyTo,
    /// The envelope's reverse-path (RFC 5321 §4.1.1.2).
    ReturnPath,
}

impl AddressField {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::From,
        Self::To,
        Self::Sender,
        Self::Cc,
        Self::Bcc,
        Self::ReplyTo,
        Self::ReturnPath,
    ];

    /// Its key in the campaign file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
            Self::Sender => "sender",
            Self::Cc => "cc",
            Self::Bcc => "bcc",
            Self::ReplyTo => "reply_to",
            Self::ReturnPath => "return_path",
        }
    }
}

/// A key of `[message]` that names the template file of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The text/plain part.
    Text,
    /// The text/html part.
    Html,
    /// Both parts, in Markdown.
    Markdown,
    /// An invitation (RFC 5545).
    Calendar,
}

impl Body {
    /// Its key in the campaign file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Calendar => "calendar",
        }
    }
}

impl<'p> MessageTemplate<'p> {
    /// The parts that are written in the campaign file itself or in a flag.
    pub fn texts(self) -> impl Iterator<Item = &'p Text> {
        let (first, second) = match self {
            Self::Subject(text)
            | Self::Header(_, text)
            | Self::Address(_, text)
            | Self::UnsubscribeUrl(text)
            | Self::UnsubscribeMailto(text) => (Some(text), None),
            Self::File { file, cid: _ } => (Some(&file.path), file.name.as_ref()),
            Self::Body(..) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// A setting that shapes messages: its key, and its value in words.
pub type Setting = (&'static str, String);

impl MessagePlan {
    /// Every template of the message.
    pub fn templates(&self) -> Vec<MessageTemplate<'_>> {
        self.shape().0
    }

    /// What else shapes the message.
    pub fn settings(&self) -> Vec<Setting> {
        self.shape().1
    }

    fn shape(&self) -> (Vec<MessageTemplate<'_>>, Vec<Setting>) {
        let Self {
            from,
            sender,
            to,
            to_by_default: _, // `to` holds what it came to
            cc,
            bcc,
            reply_to,
            return_path,
            subject,
            text,
            html,
            markdown,
            inline_css,
            inline,
            calendar,
            attach,
            attach_root: _, // files count by what they hold
            headers,
            unsubscribe,
            dkim,
            dsn: _, // a parameter of the envelope
        } = self;
        let mut templates = vec![MessageTemplate::Subject(subject)];
        let mut settings = vec![("inline_css", inline_css.to_string())];
        templates.extend(
            headers
                .iter()
                .map(|(name, text)| MessageTemplate::Header(name, text)),
        );
        let addresses = [
            (AddressField::From, Some(from)),
            (AddressField::To, Some(to)),
            (AddressField::Sender, sender.as_ref()),
            (AddressField::Cc, cc.as_ref()),
            (AddressField::Bcc, bcc.as_ref()),
            (AddressField::ReplyTo, reply_to.as_ref()),
            (AddressField::ReturnPath, return_path.as_ref()),
        ];
        templates.extend(
            addresses
                .into_iter()
                .filter_map(|(field, text)| Some(MessageTemplate::Address(field, text?))),
        );
        templates.extend(
            attach
                .iter()
                .map(|file| MessageTemplate::File { file, cid: None }),
        );
        templates.extend(
            inline
                .iter()
                .map(|InlinePlan { cid, file }| MessageTemplate::File { file, cid: Some(cid) }),
        );
        let bodies = [
            (Body::Text, text),
            (Body::Html, html),
            (Body::Markdown, markdown),
            (Body::Calendar, calendar),
        ];
        templates.extend(
            bodies
                .into_iter()
                .filter_map(|(body, file)| Some(MessageTemplate::Body(body, file.as_ref()?))),
        );
        if let Some(UnsubscribePlan {
            url,
            mailto,
            one_click,
            place: _,
            told: _,
        }) = unsubscribe
        {
            templates.extend(url.as_ref().map(MessageTemplate::UnsubscribeUrl));
            templates.extend(mailto.as_ref().map(MessageTemplate::UnsubscribeMailto));
            settings.push(("unsubscribe.one_click", one_click.to_string()));
        }
        // Who signs, not with what: another key of the same name makes no other message.
        let signatures: Vec<_> = dkim.iter().map(DkimPlan::record).collect();
        if !signatures.is_empty() {
            settings.push(("dkim", signatures.join(", ")));
        }
        // Files come in this order and under these names.
        let named = |file: &AttachPlan| {
            let name = file.name.as_ref().map(|name| format!(" as {}", name.value));
            format!("{}{}", file.path.value, name.unwrap_or_default())
        };
        let pictures = inline
            .iter()
            .map(|picture| format!("{} = {}", picture.cid, named(&picture.file)));
        let files: Vec<String> = pictures.chain(attach.iter().map(named)).collect();
        settings.push(("order of attachments", files.join("\n")));
        (templates, settings)
    }
}

/// A setting of how the list is read: the key, what the campaign says of it and what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The key, with its table.
    pub key: &'static str,
    /// What the campaign says; empty where it says nothing.
    pub said: String,
}

impl RecipientsSource {
    /// What says who is the same recipient: columns, or nothing for the To address.
    pub fn key_setting(&self) -> String {
        listed(&self.key)
    }

    /// What of `[recipients]` shapes messages: how rows are combined into one.
    pub fn settings(&self) -> Vec<Setting> {
        self.shape().0
    }

    /// How the list is read, which makes other cells of the same file.
    pub fn reading(&self) -> Vec<Reading> {
        self.shape().1
    }

    fn shape(&self) -> (Vec<Setting>, Vec<Reading>) {
        let Self {
            addressed_by: _, // what `to` says, which counts itself
            file: _,         // the list itself may change: rows are added, corrected, sorted
            shown: _,
            stdin: _,
            only: _, // the To, which is a template of the message
            delimiter,
            encoding,
            sheet,
            header_row,
            query,
            filter,
            group_by,
            sort,
            key: _,      // everybody would be somebody else: see `key_setting`
            suppress: _, // who leaves, leaves at once
        } = self;
        let mut settings = vec![("recipients.group_by", listed(group_by))];
        if !group_by.is_empty() {
            // Which rows a message has, and in which order.
            settings.push(("recipients.sort", listed(sort)));
            let filter = filter.as_ref().map(|text| text.value.clone());
            settings.push(("recipients.where", filter.unwrap_or_default()));
        }
        let sheet = sheet.as_ref().map(|sheet| match sheet {
            SheetChoice::Named(name) => name.value.clone(),
            SheetChoice::Numbered(number, _) => number.to_string(),
        });
        let query = query.as_ref().map(|text| text.value.clone());
        let reading = [
            (
                "recipients.delimiter",
                delimiter.map(|d| char::from(d).to_string()),
            ),
            (
                "recipients.encoding",
                encoding.map(|said| said.name().into_owned()),
            ),
            ("recipients.header_row", header_row.map(|row| row.to_string())),
            ("recipients.sheet", sheet),
            ("recipients.query", query),
        ];
        let reading = reading.map(|(key, said)| Reading {
            key,
            said: said.unwrap_or_default(),
        });
        (settings, reading.into())
    }
}

fn listed(columns: &[Text]) -> String {
    let columns: Vec<_> = columns.iter().map(|column| column.value.as_str()).collect();
    columns.join("\u{1f}")
}
