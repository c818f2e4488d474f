//! The user's own header fields whose value has a syntax: addresses of pages and people, ids, dates
//! (RFC 2369, RFC 2919, RFC 5064, RFC 5322).
//!
//! None of them allows an encoded word. Characters beyond ASCII are written as each syntax
//! requires; a value that does not fit is reported.

use jiff::civil::Time;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use percent_encoding::utf8_percent_encode;

use crate::recipients::listed;
use crate::render::marks::{self, Piece};
use crate::table::spelled::{self, Spelled};
use crate::words::{Said, say};

use super::calendar::shown;
use super::headers;
use super::links::{self, NO_URI};

/// The syntax of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// None: it is text.
    Text,
    /// `<https://…>, <mailto:…>`
    Uris,
    /// `Phrase <id>`
    ListId,
    /// `<id@host> <id@host>`
    Ids,
    Mailboxes,
    Date,
    /// Words of ASCII.
    Words,
}

/// Of a field with this name.
pub(super) fn shape(name: &str) -> Shape {
    match name.to_ascii_lowercase().as_str() {
        "list-archive" | "list-help" | "list-owner" | "list-post" | "list-subscribe" | "list-unsubscribe"
        | "archived-at" => Shape::Uris,
        "list-id" => Shape::ListId,
        "references"
        | "in-reply-to"
        | "resent-message-id"
        | "supersedes"
        | "obsoletes"
        | "original-message-id" => Shape::Ids,
        "resent-from"
        | "resent-sender"
        | "resent-to"
        | "resent-cc"
        | "resent-bcc"
        | "disposition-notification-to"
        | "return-receipt-to"
        | "x-confirm-reading-to"
        | "errors-to"
        | "mail-followup-to"
        | "mail-reply-to"
        | "abuse-reports-to"
        | "approved-by"
        | "original-from"
        | "author" => Shape::Mailboxes,
        "resent-date"
        | "expires"
        | "expiry-date"
        | "reply-by"
        | "deferred-delivery"
        | "delivery-date"
        | "latest-delivery-time"
        | "original-date" => Shape::Date,
        "importance"
        | "priority"
        | "x-priority"
        | "x-msmail-priority"
        | "sensitivity"
        | "precedence"
        | "content-language"
        | "auto-submitted"
        | "x-auto-response-suppress"
        | "list-unsubscribe-post"
        | "feedback-id" => Shape::Words,
        _ => Shape::Text,
    }
}

/// What is wrong with a value, and what to write.
type Wrong = (Said, Said);

impl Shape {
    /// Values in it are distinguished from the text around them.
    pub(super) fn takes_values_apart(self) -> bool {
        match self {
            Self::Uris | Self::Mailboxes => true,
            Self::Text | Self::ListId | Self::Ids | Self::Date | Self::Words => false,
        }
    }

    /// Writes the field.
    pub(super) fn write(self, name: &str, value: &str, out: &mut Vec<u8>) -> Result<(), Wrong> {
        match self {
            Self::Text => headers::text(name, value, out),
            Self::Uris => headers::text(name, &uris(name, &links::filled(value))?, out),
            Self::ListId => return list_id(name, value, out),
            Self::Ids => headers::text(name, &ids(name, value)?, out),
            Self::Mailboxes => {
                let value = people(value);
                if value.trim().is_empty() {
                    return Ok(());
                }
                let mailboxes = listed(&value).map_err(|wrong| {
                    let what = say!("message-header-no-address", value = shown(&wrong), name = name);
                    (what, say!("message-header-no-address-hint", name = name))
                })?;
                headers::mailboxes(name, &mailboxes, out);
            }
            Self::Date => headers::text(name, &date(name, value)?, out),
            Self::Words if value.is_ascii() => headers::text(name, value, out),
            Self::Words => {
                let what = say!("message-header-not-ascii", value = shown(value), name = name);
                return Err((what, say!("message-header-not-ascii-hint")));
            }
        }
        Ok(())
    }
}

/// Addresses in angle brackets, with what no URI holds encoded; comments between them are left out
/// where they are not ASCII: nobody shows them.
fn uris(name: &str, value: &str) -> Result<String, Wrong> {
    let bare = value.trim();
    if bare.is_empty() || (name.eq_ignore_ascii_case("list-post") && bare.eq_ignore_ascii_case("no")) {
        return Ok(bare.to_owned());
    }
    let wrong = || {
        let what = say!("message-header-no-uri", value = shown(bare), name = name);
        (what, say!("message-header-no-uri-hint", name = name))
    };
    let bracketed = if bare.contains('<') {
        bare.to_owned()
    } else {
        format!("<{bare}>")
    };
    let mut found = Vec::new();
    let mut rest = bracketed.as_str();
    while let Some((between, behind)) = rest.split_once('<') {
        let (address, after) = behind.split_once('>').ok_or_else(wrong)?;
        let said = between.trim_matches([',', ' ']);
        if !(said.is_empty() || said.starts_with('(') && said.ends_with(')')) {
            return Err(wrong());
        }
        let address = address.trim();
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
        if scheme.is_empty()
            || !scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        {
            return Err(wrong());
        }
        let ascii = address
            .is_ascii()
            .then(|| address.to_owned())
            .or_else(|| with_ascii_host(address));
        found.push(format!(
            "<{}>",
            utf8_percent_encode(&ascii.unwrap_or_else(|| address.to_owned()), NO_URI)
        ));
        rest = after;
    }
    let said = rest.trim();
    if !(said.is_empty() || said == "," || said.starts_with('(') && said.ends_with(')')) {
        return Err(wrong());
    }
    if said.starts_with('(') && said.is_ascii() {
        return Ok(format!("{} {said}", found.join(", ")));
    }
    Ok(found.join(", "))
}

/// A page whose host has letters beyond ASCII has those of the domain name system.
fn with_ascii_host(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = idna::domain_to_ascii(host).ok()?;
    Some(format!("{scheme}://{host}{path}"))
}

fn list_id(name: &str, value: &str, out: &mut Vec<u8>) -> Result<(), Wrong> {
    let wrong = || {
        let what = say!("message-header-no-list-id", value = shown(value), name = name);
        (what, say!("message-header-no-list-id-hint"))
    };
    let Some((phrase, id)) = value
        .trim()
        .strip_suffix('>')
        .and_then(|value| value.rsplit_once('<'))
    else {
        return Err(wrong());
    };
    let fits = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"');
    if id.trim().is_empty() || !id.trim().chars().all(fits) {
        return Err(wrong());
    }
    let phrase = phrase.trim();
    let phrase = phrase
        .strip_prefix('"')
        .and_then(|p| p.strip_suffix('"'))
        .unwrap_or(phrase);
    let id = format!("<{}>", id.trim());
    if phrase.is_empty() {
        headers::text(name, &id, out);
    } else if phrase
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_'))
    {
        headers::text(name, &format!("{phrase} {id}"), out);
    } else {
        headers::phrase_and_id(name, phrase, &id, out);
    }
    Ok(())
}

/// Message-IDs, in their brackets.
fn ids(name: &str, value: &str) -> Result<String, Wrong> {
    let mut found = Vec::new();
    for id in value.split([' ', ',', '\t']).filter(|id| !id.is_empty()) {
        let bare = id.trim_matches(['<', '>']);
        let good = bare.is_ascii() && bare.matches('@').count() == 1 && !bare.contains(['<', '>']);
        if !good {
            let what = say!("message-header-no-message-id", value = shown(id), name = name);
            return Err((what, say!("message-header-no-message-id-hint", name = name)));
        }
        found.push(format!("<{bare}>"));
    }
    Ok(found.join(" "))
}

/// A date as RFC 5322 has it (§3.3), from one that people or sheets write.
fn date(name: &str, value: &str) -> Result<String, Wrong> {
    if value.is_empty() || rfc2822::parse(value).is_ok() {
        return Ok(value.to_owned());
    }
    let zoned = match spelled::of(value) {
        Ok(Spelled::Day(day)) => day
            .to_datetime(Time::midnight())
            .to_zoned_datetime(TimeZone::UTC)
            .ok(),
        Ok(Spelled::Local(local)) => local.to_zoned_datetime(TimeZone::UTC).ok(),
        Ok(Spelled::Zoned(zoned)) => Some(zoned),
        Ok(Spelled::Time(_)) | Err(_) => None,
    };
    let written = zoned.and_then(|zoned| rfc2822::to_string(&zoned).ok());
    written.ok_or_else(|| {
        let what = say!("message-header-no-date", value = shown(value), name = name);
        (what, say!("message-header-no-date-hint"))
    })
}

/// A list of mailboxes whose names may hold anything.
fn people(marked: &str) -> String {
    let mut out = String::with_capacity(marked.len());
    let mut quoted = false;
    for piece in marks::pieces(marked) {
        match piece {
            Piece::Line { .. } => {}
            Piece::Written(text) => {
                quoted ^= text.matches('"').count() % 2 == 1;
                out.push_str(text);
            }
            Piece::Value(text) => {
                let special = text.contains(['"', '\\', ',', ';', '<', '>', '(', ')', ':', '@']);
                let escaped = || text.replace('\\', "\\\\").replace('"', "\\\"");
                if quoted {
                    out.push_str(&escaped());
                } else if special && !crate::recipients::is_address(text.trim()) {
                    out.push_str(&format!("\"{}\"", escaped()));
                } else {
                    out.push_str(text);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
