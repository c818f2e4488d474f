//! What the messages of a mailing are made of, part by part, so that a change
//! can be named.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::campaign::{DkimPlan, Text};
use crate::ledger::{Content, Texts};

use super::Prepared;

/// The part that says who is the same recipient.
pub(super) const KEY: &str = "recipients.key";

/// Part -> hash, and the texts among them. Relay, rate and the recipients are not content: they may
/// change while a mailing goes on.
pub(super) fn of(prepared: &Prepared) -> (Content, Texts) {
    let message = &prepared.campaign.message;
    let (mut content, mut texts) = (Content::new(), Texts::new());
    // Another key makes everybody a new recipient.
    let key: Vec<_> = prepared
        .campaign
        .recipients
        .key
        .iter()
        .map(|k| k.value.as_str())
        .collect();
    let key = if key.is_empty() {
        "to".to_owned()
    } else {
        key.join("\u{1f}")
    };
    content.insert(KEY.to_owned(), short(Sha256::digest(key.as_bytes()).as_slice()));
    let mut text = |name: &str, text: Option<&Text>| {
        if let Some(text) = text {
            let digest = Sha256::digest(text.value.as_bytes());
            content.insert(name.to_owned(), short(digest.as_slice()));
            texts.insert(name.to_owned(), text.value.clone());
        }
    };
    text("from", Some(&message.from));
    text("sender", message.sender.as_ref());
    text("to", Some(&message.to));
    text("cc", message.cc.as_ref());
    text("bcc", message.bcc.as_ref());
    text("reply_to", message.reply_to.as_ref());
    text("return_path", message.return_path.as_ref());
    text("subject", Some(&message.subject));
    for (name, value) in &message.headers {
        text(&format!("header {name}"), Some(value));
    }
    // Who signs, not with what: another key of the same name makes no other message.
    let signatures: Vec<_> = message.dkim.iter().map(DkimPlan::record).collect();
    let signatures = message.dkim.first().map(|first| Text {
        value: signatures.join(", "),
        place: first.place.clone(),
    });
    text("dkim", signatures.as_ref());
    if let Some(unsubscribe) = &message.unsubscribe {
        text("unsubscribe.url", unsubscribe.url.as_ref());
        text("unsubscribe.mailto", unsubscribe.mailto.as_ref());
    }
    let pictures = message.inline.iter().map(|picture| &picture.file);
    for attachment in message.attach.iter().chain(pictures) {
        text(
            &format!("attachment {}", attachment.path.value),
            Some(&attachment.path),
        );
        text(
            &format!("attachment name of {}", attachment.path.value),
            attachment.name.as_ref(),
        );
    }
    let files = [
        ("text part", &message.text),
        ("html part", &message.html),
        ("markdown", &message.markdown),
        ("calendar", &message.calendar),
    ];
    for (role, file) in files {
        if let Some(file) = file {
            content.insert(role.to_owned(), prepared.campaign.shown(&file.path));
        }
    }
    for input in prepared.composer.inputs() {
        let part = prepared.campaign.shown(&input.path);
        content.insert(part.clone(), short(&input.digest));
        texts.extend(input.text.clone().map(|text| (part, text)));
    }
    (content, texts)
}

fn short(digest: &[u8]) -> String {
    HEXLOWER.encode(digest.get(..8).unwrap_or(digest))
}
