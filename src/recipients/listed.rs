//! A list of mailboxes in a custom header: `Ada <ada@example.org>, bob@example.org`.

use lettre::message::Mailbox;

use super::reading;

/// The mailboxes of a text.
///
/// # Errors
/// The one that is not a mailbox.
pub fn listed(text: &str) -> Result<Vec<Mailbox>, String> {
    let mut found = Vec::new();
    for (written, read) in reading::all(text) {
        let read = read.map_err(|_| written)?;
        found.push(Mailbox::new(read.name, read.address));
    }
    if found.is_empty() {
        return Err(text.to_owned());
    }
    Ok(found)
}
