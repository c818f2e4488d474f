//! A message's envelope, as the SMTP client wants it.

use crate::campaign::Notify;
use crate::message::Message;
use crate::smtp::{Envelope, Reply, Reports};

/// The envelope of a message.
pub(crate) fn envelope(message: &Message) -> Envelope {
    Envelope {
        from: Some(message.return_path.clone()),
        to: message.recipients.clone(),
        size: message.content.len(),
        eight_bit: message.is_eight_bit(),
        utf8_header: message.has_utf8_header(),
        reports: message.dsn.map(|dsn| Reports {
            notify: notify(dsn.notify),
            ret: if dsn.full { "FULL" } else { "HDRS" },
            envelope_id: message.message_id.trim_matches(['<', '>']).to_owned(),
        }),
    }
}

/// The value of NOTIFY (RFC 3461 §4.1).
fn notify(wanted: Notify) -> &'static str {
    match (wanted.success, wanted.failure, wanted.delay) {
        (false, false, false) => "NEVER",
        (true, false, false) => "SUCCESS",
        (false, true, false) => "FAILURE",
        (false, false, true) => "DELAY",
        (true, true, false) => "SUCCESS,FAILURE",
        (true, false, true) => "SUCCESS,DELAY",
        (false, true, true) => "FAILURE,DELAY",
        (true, true, true) => "SUCCESS,FAILURE,DELAY",
    }
}

/// Refused envelope recipients by their addresses.
pub(crate) fn named(message: &Message, refused: Vec<(usize, Reply)>) -> Vec<(String, Reply)> {
    let address = |i: usize| message.recipients.get(i).map(ToString::to_string);
    refused
        .into_iter()
        .filter_map(|(i, reply)| Some((address(i)?, reply)))
        .collect()
}
