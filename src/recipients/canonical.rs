//! The form in which addresses are compared: for keys, duplicates, copies, tokens and lists.

use std::borrow::Cow;

use lettre::Address;
use unicode_normalization::UnicodeNormalization;

use super::mailboxes::unquote;

/// An address as it is compared: local part in NFC and lower case, without quotation marks and
/// backslashes that it does not need (RFC 5321 §4.1.2), domain as A-labels in lower case.
pub(super) fn folded(address: &Address) -> String {
    joined(&plain(address.user()), address.domain())
}

/// The other forms of an address that counted as different addresses while quotation marks still
/// mattered: tokens for them are in messages that were sent.
pub(super) fn former(folded: &str) -> Option<String> {
    let (local, domain) = folded.rsplit_once('@')?;
    (!local.starts_with('"')).then(|| format!("\"{local}\"@{domain}"))
}

fn joined(local: &str, domain: &str) -> String {
    let local: String = local.nfc().flat_map(char::to_lowercase).collect();
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
    format!("{local}@{domain}")
}

/// A local part without what quotes it, or quoted as little as it must be.
fn plain(local: &str) -> Cow<'_, str> {
    let inner = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return Cow::Borrowed(local);
    };
    let meant = unquote(inner);
    if is_dot_atom(&meant) {
        return Cow::Owned(meant);
    }
    Cow::Owned(format!(
        "\"{}\"",
        meant.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

/// Whether a local part needs no quotation marks (RFC 5322 §3.2.3, RFC 6532 §3.2).
fn is_dot_atom(local: &str) -> bool {
    let atext = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let beyond = |c: char| !c.is_ascii() && !c.is_whitespace() && !c.is_control();
    local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(|c| atext(c) || beyond(c)))
}
