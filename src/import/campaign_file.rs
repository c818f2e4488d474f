//! Writes what was read as a `mailshot.toml`.

use std::fmt::Write;
use std::path::Path;

use crate::campaign::AddressField;
use crate::words::say;

use super::attachments::Attached;
use super::bodies::Bodies;
use super::folder::{CALENDAR, DATABASE, HTML, MARKDOWN, SERVER, TEXT};
use super::header::{Field, Head};
use super::server::RelayTable;

/// Headers that mailshot or the relay writes, and those of the body's form.
const NOT_TAKEN: [&str; 6] = [
    "attachment",
    "content-type",
    "content-transfer-encoding",
    "mime-version",
    "date",
    "message-id",
];

/// The relay's name: what its section is called.
const RELAY: &str = "smtp_server";

pub(super) fn write(
    old: &Path,
    head: &Head,
    bodies: &Bodies,
    attached: &Attached,
    relay: Option<&RelayTable>,
) -> String {
    let mut file = format!(
        "# {}\n\n[recipients]\nfile = {}\n\n[message]\n",
        printable(&say!("import-file-made", folder = old).to_string()),
        quoted(DATABASE)
    );
    message(&mut file, head, bodies, attached);
    if let Some(relay) = relay {
        table(&mut file, relay);
    }
    file
}

fn message(file: &mut String, head: &Head, bodies: &Bodies, attached: &Attached) {
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(file, "{key} = {value}");
    };
    for (field, header) in address_headers() {
        if let Some(value) = head.joined(&header, ", ") {
            line(field.key(), &quoted(&value));
        }
    }
    line(
        "subject",
        &quoted(&head.joined("subject", "").unwrap_or_default()),
    );
    let of_markdown = format!("# {}", say!("import-file-text"));
    if bodies.text_is_markdown() {
        line("text", &format!("{}  {of_markdown}", quoted(MARKDOWN)));
    } else if bodies.text.is_some() {
        let words = if bodies.markdown.is_some() {
            of_markdown.as_str()
        } else {
            ""
        };
        line("text", format!("{}  {words}", quoted(TEXT)).trim_end());
    }
    if bodies.html.is_some() {
        line("html", &quoted(HTML));
    }
    if bodies.markdown.is_some() {
        line("markdown", &quoted(MARKDOWN));
    }
    if bodies.calendar.is_some() {
        line("calendar", &quoted(CALENDAR));
    }
    if bodies
        .html
        .as_deref()
        .is_some_and(|html| html.to_ascii_lowercase().contains("<style"))
    {
        line("inline_css", &format!("false  # {}", say!("import-file-html")));
    }
    let (pictures, files): (Vec<_>, Vec<_>) = attached.all.iter().partition(|one| one.cid.is_some());
    if !pictures.is_empty() {
        let entries: Vec<_> = pictures
            .iter()
            .map(|one| {
                let cid = one.cid.as_deref().unwrap_or_default();
                format!("{} = {}", quoted(cid), quoted(&one.path))
            })
            .collect();
        line("inline", &format!("{{ {} }}", entries.join(", ")));
    }
    if !files.is_empty() {
        let paths: Vec<_> = files.iter().map(|one| quoted(&one.path)).collect();
        line("attach", &format!("[{}]", paths.join(", ")));
    }
    let others: Vec<_> = others(head)
        .filter(|field| is_first(head, field))
        .map(|field| format!("{} = {}", quoted(&field.written), quoted(&field.value)))
        .collect();
    if !others.is_empty() {
        line("headers", &format!("{{ {} }}", others.join(", ")));
    }
}

/// Headers other than addresses, the subject and those that mailshot writes.
fn others(head: &Head) -> impl Iterator<Item = &Field> {
    let addresses: Vec<String> = address_headers().map(|(_, header)| header).collect();
    let known = move |name: &str| name == "subject" || addresses.iter().any(|header| header == name);
    let fields = head.fields.iter();
    fields.filter(move |field| !known(&field.name) && !NOT_TAKEN.contains(&field.name.as_str()))
}

/// Those of them that occur a second time, and are left out.
pub(super) fn repeated(head: &Head) -> impl Iterator<Item = &Field> {
    others(head).filter(|field| !is_first(head, field))
}

/// Whether this is the first header of this name: a message has one of each.
fn is_first(head: &Head, field: &Field) -> bool {
    let first = head.fields.iter().find(|other| other.name == field.name);
    first.is_some_and(|first| first.span == field.span)
}

/// The address fields and the names of their headers; the reverse-path is not one of the headers
/// that mailmerge sends.
fn address_headers() -> impl Iterator<Item = (AddressField, String)> {
    let headers = AddressField::ALL
        .into_iter()
        .filter(|field| *field != AddressField::ReturnPath);
    headers.map(|field| (field, field.key().replace('_', "-")))
}

fn table(file: &mut String, relay: &RelayTable) {
    let _ = writeln!(file, "\n[relay.{RELAY}]\nserver = {}", quoted(&relay.server));
    if let Some(user) = &relay.user {
        let what = if relay.xoauth2 {
            say!("import-file-token")
        } else {
            say!("import-file-password")
        };
        let _ = writeln!(
            file,
            "user = {}\n# {what}\n# password = {{ keyring = true }}  # mailshot login {RELAY}",
            quoted(user)
        );
    }
    if relay.xoauth2 {
        let _ = writeln!(file, "auth = \"xoauth2\"");
    }
    if relay.allow_plaintext {
        let words = say!("import-file-plaintext", file = SERVER);
        let _ = writeln!(file, "allow_plaintext = true  # {words}");
    }
    if let Some(rate) = relay.rate {
        let _ = writeln!(file, "rate = [{}]", quoted(&format!("{rate}/min")));
    }
}

/// A TOML string; one without escapes where that will do.
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.contains(['\'', '\u{7f}']) && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    // JSON's strings are TOML's, except for one character.
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}

fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
