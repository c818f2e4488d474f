//! What a report says in words, and the message that it returns.

use super::fields::Fields;
use super::mail::{Mail, Part};

/// A report's own words are within the first of this many octets.
const WORDS: usize = 24 * 1024;

/// A line with one of these announces the returned message. In lower case.
const ANNOUNCED: [&str; 45] = [
    "below this line is a copy of the",
    "below the next line is a copy of the",
    "this is a copy of the message",
    "this is a copy of your message",
    "this is a copy of the header",
    "here is a copy of the message",
    "included is a copy of the message",
    "a copy of the original message",
    "a copy of your message follows",
    "copy of original message",
    "headers of the original message follow",
    "header of the original message is following",
    "headers of your original message",
    "the header of the original message",
    "original message follows",
    "original message text follows",
    "original message headers",
    "original message header",
    "original message attached",
    "----- original message",
    "--- original message",
    "-------original message",
    "-------original mail info",
    "original mail as follows",
    "original mail follows",
    "message header follows",
    "message headers follow",
    "unsent message follows",
    "undelivered message follows",
    "unsent message below",
    "returned mail follows",
    "here is your returned mail",
    "start of returned message",
    "-------- returned mail",
    "no message was collected",
    "beginning of the original message",
    "attachment contains the original mail",
    "mensaje original adjunto",
    "en-têtes de message d",
    "en-têtes du message d'origine",
    "intestazioni originali del messaggio",
    "ursprungshuvuden",
    "ursprüngliche nachrichtenkopfzeilen",
    "encabezados de mensajes originales",
    "encabezados del mensaje original",
];

/// The same, in a line of its own: between dashes, or with a colon at its end.
const ANNOUNCED_IN_LINE: [&str; 9] = [
    "message follows",
    "returned message",
    "original message",
    "old message",
    "message text follows",
    "the header",
    "original mail",
    "message headers",
    "your message",
];

/// The same, of which the whole line is to be this.
const ANNOUNCED_ALONE: [&str; 8] = [
    "原始邮件标头:",
    "原始邮件头:",
    "元のメッセージ ヘッダー:",
    "元のメッセージヘッダー:",
    "исходные заголовки сообщения:",
    "исходные заголовки:",
    "cabeçalhos de mensagens originais:",
    "původní záhlaví zprávy:",
];

/// Fields that begin the header of a returned message.
const BEGINNINGS: [&str; 5] = [
    "received: ",
    "return-path: ",
    "delivered-to: ",
    "dkim-signature: ",
    "x-received: ",
];

/// What a report consists of.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Its own words, without the returned message.
    pub(super) words: String,
    /// The header of the returned message, as far as it is there.
    pub(super) returned: Fields,
}

impl Report {
    /// The words are those of the mail's own parts that people read.
    pub(super) fn of(mail: &Mail) -> Self {
        let mut words = String::new();
        let mut returned = mail.own().find_map(header_of_part).unwrap_or_default();
        let is_text = |part: &&Part| part.is_prose() && part.kind != "text/html";
        let has_text = mail
            .own()
            .filter(is_text)
            .any(|part| !part.text.trim().is_empty());
        for part in mail.own().filter(|part| part.is_prose()) {
            // The same in HTML says nothing more, and as text it is better set.
            if part.kind == "text/html" && has_text || words.len() > WORDS {
                continue;
            }
            let text = bounded(&part.text, WORDS);
            let (said, rest) = split(text);
            words.push_str(said);
            words.push('\n');
            if returned.is_empty() {
                returned = header_in(rest);
            }
        }
        Self { words, returned }
    }
}

/// The beginning of a text, of at most this many octets.
pub(super) fn bounded(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// The header that a part returns.
fn header_of_part(part: &Part) -> Option<Fields> {
    if let Some(header) = &part.message {
        return (!header.is_empty()).then(|| header.clone());
    }
    let is_header = matches!(
        part.kind.as_str(),
        "text/rfc822-headers"
            | "text/rfc822-header"
            | "message/rfc822-headers"
            | "message/global-headers"
            | "text/rfc822"
    );
    let looks_so = || part.kind == "application/octet-stream" || part.fields.has("content-disposition");
    if is_header || looks_so() {
        let header = Fields::of_text(bounded(&part.text, WORDS));
        let is_one =
            header.has("from") && (header.has("received") || header.has("message-id") || header.has("date"));
        return (is_header || is_one).then_some(header);
    }
    None
}

/// The report's words, and what comes after them.
fn split(text: &str) -> (&str, &str) {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let lower = line.trim().to_lowercase();
        let next = lines.peek().map(|next| next.to_lowercase()).unwrap_or_default();
        let announced = ANNOUNCED.iter().any(|mark| lower.contains(mark)) && lower.len() < 120
            || ANNOUNCED_ALONE.contains(&lower.as_str())
            || is_heading(&lower) && ANNOUNCED_IN_LINE.iter().any(|mark| lower.contains(mark));
        // What a report begins with is not a returned message, and `Original message:` may head what
        // the report says about it.
        let rest = text.get(at..).unwrap_or_default();
        if (announced && at > 0)
            || (!line.starts_with([' ', '\t']) && begins_header(&lower, &next))
            || (lower.starts_with("from: ") && is_header(rest))
        {
            return (
                text.get(..at).unwrap_or_default(),
                text.get(at..).unwrap_or_default(),
            );
        }
        at += line.len();
    }
    (text, "")
}

/// `--- The original message ---`.
fn is_heading(line: &str) -> bool {
    line.starts_with("--") && line.len() < 100 && line.bytes().any(|octet| octet.is_ascii_alphabetic())
}

/// The header of a returned message that begins with From: at the beginning of its line, and with
/// more than what a report says about a message.
fn is_header(rest: &str) -> bool {
    if rest.starts_with([' ', '\t']) {
        return false;
    }
    let fields = Fields::of_text(bounded(rest, 2048));
    let known = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "cc",
        "reply-to",
    ];
    let named = known.iter().filter(|name| fields.has(name)).count();
    let marked = fields.iter().any(|(name, _)| {
        name.starts_with("x-")
            || name.starts_with("content-")
            || name == "mime-version"
            || name == "message-id"
    });
    named >= 3 && marked
}

fn begins_header(line: &str, next: &str) -> bool {
    let is_field = |line: &str| {
        line.split_once(": ").is_some_and(|(name, _)| {
            !name.is_empty()
                && name.len() < 40
                && name
                    .bytes()
                    .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
        })
    };
    let line = line.trim_start_matches("> ");
    let continues = next.starts_with([' ', '\t']);
    BEGINNINGS.iter().any(|field| line.starts_with(field)) && (is_field(next) || continues || next.is_empty())
}

/// The header in what comes after the words: its first field may be some lines below.
fn header_in(rest: &str) -> Fields {
    let mut at = 0;
    for line in rest.split_inclusive('\n').take(12) {
        let fields = Fields::of_text(rest.get(at..).unwrap_or_default());
        if ["from", "to", "message-id", "subject", "received"]
            .iter()
            .filter(|name| fields.has(name))
            .count()
            >= 2
        {
            return fields;
        }
        at += line.len();
    }
    Fields::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Report {
        Report::of(&Mail::read(format!("Subject: x\n\n{body}").as_bytes()))
    }

    #[test]
    fn a_returned_message_is_no_part_of_the_words() {
        let report = of(
            "Hi.\n<a@b.test>:\nno\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <c@d.test>\nTo: a@b.test\nSubject: y\n\nbody",
        );
        assert_eq!(report.words.trim(), "Hi.\n<a@b.test>:\nno");
        assert_eq!(report.returned.first("to"), Some("a@b.test"));
        let bare =
            of("failed: a@b.test\n\nReceived: from x by y;\n\tThu\nFrom: c@d.test\nTo: a@b.test\n\nbody");
        assert_eq!(bare.words.trim(), "failed: a@b.test");
        assert_eq!(bare.returned.first("from"), Some("c@d.test"));
    }
}
