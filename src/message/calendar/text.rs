//! Values of the types that are text: TEXT, URI, CAL-ADDRESS, and parameters.
//!
//! Text of the template comes from the author, and is corrected if the grammar leaves no doubt;
//! values that are filled in are escaped according to their type (RFC 5545 §3.3, RFC 6868, RFC
//! 3986).

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::message::links;
use crate::words::say;

use super::fault::{Fault, shown};
use super::mixed::Mixed;

/// TEXT (§3.3.11). A comma or a semicolon of the template's own stands for itself where there is
/// `one` text; in a list, commas part it.
pub(super) fn text(value: &Mixed, list: bool, html: bool) -> String {
    let mut out = String::with_capacity(value.as_str().len() + 16);
    for (piece, filled) in value.pieces() {
        if filled {
            let piece = if html { of_html(piece) } else { piece.to_owned() };
            escaped(&piece, &mut out);
        } else {
            mended(piece, list, &mut out);
        }
    }
    out
}

/// Text of a property that nobody knows: the template's own stays as it is.
pub(super) fn other(value: &Mixed, html: bool) -> String {
    let mut out = String::with_capacity(value.as_str().len() + 16);
    for (piece, filled) in value.pieces() {
        match filled {
            true if html => escaped(&of_html(piece), &mut out),
            true => escaped(piece, &mut out),
            false => out.push_str(piece),
        }
    }
    out
}

fn of_html(text: &str) -> String {
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let _ = tera::escape_html(text, &mut out);
    String::from_utf8_lossy(&out)
        .replace("\r\n", "\n")
        .replace(['\r', '\n'], "<br>")
}

fn escaped(text: &str, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push_str("\\n");
            }
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
}

fn mended(text: &str, list: bool, out: &mut String) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next_if(|c| matches!(c, '\\' | ';' | ',' | 'n' | 'N')) {
                Some(next) => out.extend(['\\', next]),
                None => out.push_str("\\\\"),
            },
            ',' if list => out.push(','),
            ';' | ',' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
}

/// What a URI cannot contain, and what is not ASCII.
const NO_URI: &AsciiSet = &links::NO_URI.add(b'<').add(b'>');

/// URI: as it is, except for what no URI can hold.
pub(super) fn uri(value: &Mixed, name: &str) -> Result<String, Fault> {
    let text = value.as_str().trim();
    if text.contains(['\n', '\r']) {
        return Err(Fault::new(
            say!(
                "message-calendar-address-line-break",
                name = name,
                value = shown(text)
            ),
            say!("message-calendar-address-line-break-hint"),
        ));
    }
    let whole = utf8_percent_encode(text, NO_URI).to_string();
    let scheme = whole.split_once(':').map_or("", |(scheme, _)| scheme);
    let good = scheme.len() > 1
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if name == "URL" && !good {
        return Err(Fault::new(
            say!("message-calendar-url", value = shown(text), name = name),
            say!("message-calendar-url-hint"),
        ));
    }
    Ok(whole)
}

/// What the address of a mailto: URI cannot contain (RFC 6068 §2).
const NO_ADDRESS: &AsciiSet = &NO_URI
    .add(b'%')
    .add(b'/')
    .add(b'?')
    .add(b'#')
    .add(b'[')
    .add(b']')
    .add(b'&')
    .add(b';')
    .add(b'=')
    .add(b',');

/// CAL-ADDRESS: `mailto:` and an address, or another URI. `None`: nobody is named.
pub(super) fn person(value: &Mixed, name: &str) -> Result<Option<String>, Fault> {
    let whole = value.as_str().trim();
    let is_mail = whole
        .get(..7)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let address = if is_mail {
        whole.get(7..).unwrap_or_default()
    } else {
        whole
    }
    .trim();
    if address.is_empty() {
        return Ok(None);
    }
    if !is_mail && !address.contains('@') {
        return if address.contains(':') {
            uri(value, name).map(Some)
        } else {
            Err(nobody(address, name))
        };
    }
    if !is_mail
        && address
            .split_once(':')
            .is_some_and(|(scheme, _)| !scheme.contains('@'))
    {
        return uri(value, name).map(Some);
    }
    // Of the template's own, `%` may be an escape.
    let plain = if value.first_value().is_some() {
        address.to_owned()
    } else {
        percent_encoding::percent_decode_str(address)
            .decode_utf8_lossy()
            .into_owned()
    };
    let known = plain
        .parse::<lettre::Address>()
        .map_err(|_| nobody(address, name))?;
    let domain = idna::domain_to_ascii(known.domain()).unwrap_or_else(|_| known.domain().to_owned());
    Ok(Some(format!(
        "mailto:{}@{domain}",
        utf8_percent_encode(known.user(), NO_ADDRESS)
    )))
}

fn nobody(address: &str, name: &str) -> Fault {
    Fault::new(
        say!("message-calendar-no-address", value = shown(address), name = name),
        say!("message-calendar-no-address-hint", name = name),
    )
}

/// The same for an address that is known.
pub(super) fn mailto(address: &lettre::Address) -> String {
    let domain = idna::domain_to_ascii(address.domain()).unwrap_or_else(|_| address.domain().to_owned());
    format!(
        "mailto:{}@{domain}",
        utf8_percent_encode(address.user(), NO_ADDRESS)
    )
}

/// A parameter's value (RFC 5545 §3.2, RFC 6868), in quotes where it needs them.
pub(super) fn parameter(value: &Mixed, quoted: bool) -> String {
    let mut out = String::new();
    for (piece, filled) in value.pieces() {
        if filled {
            circumflexed(piece, &mut out);
        } else {
            out.push_str(piece);
        }
    }
    let out = out.trim();
    if quoted || out.contains([':', ';', ',']) {
        format!("\"{out}\"")
    } else {
        out.to_owned()
    }
}

/// A name as a parameter's value, in quotes.
pub(super) fn quoted(name: &str) -> String {
    let mut out = String::from("\"");
    circumflexed(name, &mut out);
    out.push('"');
    out
}

fn circumflexed(text: &str, out: &mut String) {
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '^' => out.push_str("^^"),
            '"' => out.push_str("^'"),
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push_str("^n");
            }
            '\n' => out.push_str("^n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}
