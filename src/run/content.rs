//! The content lock: what the messages of a mailing are made of, part by part, so that a change is
//! noticed when the mailing continues, and can be named.
//!
//! Relay, rate and the rows of the list are not content: they may change during a mailing.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::campaign::{AttachPlan, Body, MessageTemplate};
use crate::ledger::{Content, Difference, MAIL, Mailing, Texts};
use crate::message::COMPOSING_RULES;

use super::mail_identity;
use super::parts::{HTML, OF_FILE, OF_HEADER, OF_NAME, ORDER, RULES, TEXT, UNSIGNED};
use super::prepare::Prepared;
use super::signing;

/// The part that says who is the same recipient.
pub(super) const KEY: &str = "recipients.key";

/// What the messages of a mailing are made of.
pub(super) struct ContentLock {
    /// Part -> hash.
    pub(super) content: Content,
    /// The texts among the parts.
    pub(super) texts: Texts,
    /// Parts that say how the list is read: they also count if their results differ.
    readings: Vec<&'static str>,
    /// Parts that locks have had since they hold the number of the composing rules.
    newer: Vec<&'static str>,
    /// What makes one mail this one, where there is no list.
    mail: Option<String>,
}

impl ContentLock {
    pub(super) fn of(prepared: &Prepared) -> Self {
        let mut lock = Self {
            content: Content::new(),
            texts: Texts::new(),
            readings: Vec::new(),
            newer: Vec::new(),
            mail: mail_identity::identity(prepared),
        };
        if let Some(mail) = lock.mail.clone() {
            lock.content.insert(MAIL.to_owned(), mail);
        }
        lock.text(RULES, &COMPOSING_RULES.to_string());
        lock.list(prepared);
        let message = &prepared.campaign.message;
        for (key, value) in message.settings() {
            lock.setting(key, &value);
        }
        for template in message.templates() {
            lock.template(prepared, template);
        }
        let unsigned = signing::left_out(&prepared.campaign);
        if !message.dkim.is_empty() && !unsigned.is_empty() {
            lock.text(UNSIGNED, &unsigned.join(", "));
        }
        for input in prepared.composer.inputs() {
            let part = prepared.campaign.shown(&input.path);
            lock.content.insert(part.clone(), short(&input.digest));
            lock.texts.extend(input.text.clone().map(|text| (part, text)));
        }
        lock
    }

    /// What tells one mail from others, where there is no list.
    pub(super) fn mail(&self) -> Option<&str> {
        self.mail.as_deref()
    }

    /// How rows become messages.
    fn list(&mut self, prepared: &Prepared) {
        let source = &prepared.campaign.recipients;
        // Another key makes everybody a new recipient.
        let key = source.key_setting();
        let key = if key.is_empty() { "to" } else { &key };
        self.hash(KEY, key);
        for (key, value) in source.settings() {
            self.setting(key, &value);
        }
        let header = &prepared.header;
        for reading in source.reading() {
            let came_to = match reading.key {
                "recipients.delimiter" => header.delimiter.to_string(),
                "recipients.encoding" => header.encoding.clone().into_owned(),
                "recipients.header_row" => header.row.map(|row| row.to_string()).unwrap_or_default(),
                "recipients.sheet" => header.sheet.as_deref().unwrap_or_default().to_owned(),
                _ => reading.said.clone(),
            };
            self.hash(reading.key, &reading.said);
            self.texts.insert(reading.key.to_owned(), came_to);
            self.readings.push(reading.key);
            self.newer.push(reading.key);
        }
    }

    fn template(&mut self, prepared: &Prepared, template: MessageTemplate<'_>) {
        match template {
            MessageTemplate::Subject(text) => self.text("subject", &text.value),
            MessageTemplate::Header(name, text) => self.text(&format!("{OF_HEADER}{name}"), &text.value),
            MessageTemplate::Address(field, text) => self.text(field.key(), &text.value),
            MessageTemplate::File { file, cid: _ } => {
                let AttachPlan {
                    path,
                    name,
                    base: _,     // files count by what they hold
                    optional: _, // and by whether they are there
                } = file;
                self.text(&format!("{OF_FILE}{}", path.value), &path.value);
                if let Some(name) = name {
                    self.text(&format!("{OF_NAME}{}", path.value), &name.value);
                }
            }
            MessageTemplate::Body(body, file) => {
                let part = match body {
                    Body::Text => TEXT,
                    Body::Html => HTML,
                    Body::Markdown | Body::Calendar => body.key(),
                };
                self.content
                    .insert(part.to_owned(), prepared.campaign.shown(&file.path));
            }
            MessageTemplate::UnsubscribeUrl(text) => self.text("unsubscribe.url", &text.value),
            MessageTemplate::UnsubscribeMailto(text) => self.text("unsubscribe.mailto", &text.value),
        }
    }

    fn setting(&mut self, key: &'static str, value: &str) {
        self.text(key, value);
        if key != "dkim" {
            self.newer.push(key);
        }
    }

    fn text(&mut self, part: &str, value: &str) {
        self.hash(part, value);
        self.texts.insert(part.to_owned(), value.to_owned());
    }

    fn hash(&mut self, part: &str, value: &str) {
        let digest = Sha256::digest(value.as_bytes());
        self.content.insert(part.to_owned(), short(digest.as_slice()));
    }

    /// Whether a mailing is made of the same, wherever its files lie.
    pub(super) fn same_but_for_paths(&self, mailing: &Mailing) -> bool {
        let hashes = |content: &Content| {
            let of_paths = |part: &str| part.starts_with(OF_FILE) || part == ORDER;
            let is_hash = |value: &&String| value.len() == 16 && value.bytes().all(|b| b.is_ascii_hexdigit());
            let mut hashes: Vec<String> = content
                .iter()
                .filter(|(part, _)| !of_paths(part))
                .map(|(_, value)| value)
                .filter(is_hash)
                .cloned()
                .collect();
            hashes.sort();
            hashes
        };
        hashes(&self.content) == hashes(&mailing.content)
    }

    /// What differs from the content of a mailing so far. Other composing rules, and fields that
    /// are not signed, count only for a mailing that is not finished: a nightly job that sends to
    /// new recipients must not stop because the program was updated.
    pub(super) fn differences(&self, mailing: &Mailing) -> Vec<Difference> {
        let mut differences = mailing.differences(&self.content, &self.texts);
        let holds_rules = mailing.content.contains_key(RULES);
        // The same mail is the same wherever its files lie.
        let is_mail = self.mail.is_some() && self.content.get(MAIL) == mailing.content.get(MAIL);
        differences.retain(|difference| {
            let part = difference.part.as_str();
            let same_reading = self.readings.contains(&part) && difference.before == difference.now;
            let not_recorded = !holds_rules && self.newer.contains(&part);
            if part == RULES || part == UNSIGNED {
                return mailing.finished_at.is_none();
            }
            !same_reading && !not_recorded && !is_mail
        });
        // Where files came or went, their order says nothing more.
        if differences.iter().any(|d| d.part.starts_with(OF_FILE)) {
            differences.retain(|d| d.part != ORDER);
        }
        differences
    }
}

fn short(digest: &[u8]) -> String {
    HEXLOWER.encode(digest.get(..8).unwrap_or(digest))
}
