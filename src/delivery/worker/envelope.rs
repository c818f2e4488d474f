//! A message's envelope, as the SMTP client wants it.

use crate::campaign::Notify;
use crate::delivery::journal::RefusedCopy;
use crate::delivery::reply::{At, Verdict, judge};
use crate::message::Message;
use crate::smtp::{Envelope, Reply, Reports};

/// Copies after this many are no longer distinguished.
const MOST_COPIES: usize = 1000;

/// A temporary reply about one mailbox.
const RECIPIENT_LATER: Verdict = Verdict::Recipient { permanent: false };

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

/// Refused envelope recipients by their addresses, and whether they are tried again.
pub(crate) fn named(message: &Message, refused: Vec<(usize, Reply)>) -> Vec<RefusedCopy> {
    let address = |i: usize| message.recipients.get(i).map(ToString::to_string);
    let refused = refused.into_iter().filter_map(|(i, reply)| {
        let verdict = judge(At::Rcpt, &reply);
        let of_the_day = matches!(
            verdict,
            Verdict::QuotaSpent { .. } | Verdict::Throttled { .. } | Verdict::ConnectionSpent
        );
        Some(RefusedCopy {
            position: u32::try_from(i).ok()?,
            address: address(i)?,
            later: i < MOST_COPIES && (!reply.is_permanent() || of_the_day || verdict == RECIPIENT_LATER),
            reply,
        })
    });
    refused.collect()
}
