//! Pictures in a message, by the names that its HTML uses.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Whether HTML shows the picture of this name, wherever it may say so.
pub fn shows_picture(html: &str, cid: &str) -> bool {
    memchr::memchr_iter(b':', html.as_bytes()).any(|at| {
        let Some(rest) = at.checked_sub(3).and_then(|start| html.get(start..)) else {
            return false;
        };
        let scheme = "cid:".len();
        let of_name = |c: char| c.is_alphanumeric() || "-_.@+%".contains(c);
        let length = rest
            .get(scheme..)
            .map_or(0, |name| name.find(|c| !of_name(c)).unwrap_or(name.len()));
        let named = rest.get(..scheme + length).and_then(picture_named);
        named.is_some_and(|named| named == cid)
    })
}

/// The name of the picture that this address shows: its scheme is in whatever case (RFC 3986
/// §3.1), and any character of the name may be encoded (RFC 2392).
pub fn picture_named(address: &str) -> Option<Cow<'_, str>> {
    let (scheme, name) = address.split_at_checked("cid:".len())?;
    let named = percent_decode_str(name).decode_utf8();
    scheme.eq_ignore_ascii_case("cid:").then_some(named.ok()?)
}
