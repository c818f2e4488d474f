//! A list of mailboxes in a header of one's own: `Ada <ada@example.org>, bob@example.org`.

use lettre::message::Mailbox;

use super::address;
use super::mailboxes::{split, unquote};

/// The mailboxes of a text.
///
/// # Errors
/// The one that is none.
pub fn listed(text: &str) -> Result<Vec<Mailbox>, String> {
    let mut found = Vec::new();
    for piece in split(text, false) {
        let piece = piece.map_err(|_| text.to_owned())?;
        let written = text.get(piece.address.clone()).unwrap_or_default();
        let email = address::parse(written).map_err(|_| written.to_owned())?;
        let name = piece.phrase.and_then(|phrase| text.get(phrase)).map(unquote);
        found.push(Mailbox::new(name, email));
    }
    if found.is_empty() {
        return Err(text.to_owned());
    }
    Ok(found)
}
