//! What the sessions with one relay have offered so far. A relay may be several machines behind one
//! name, and these need not offer the same.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::smtp::{Capabilities, Unsuitable};

/// Sessions after which a relay is believed to offer no more than it did, where
/// it gets as many.
const SESSIONS: u32 = 3;

/// The best of what was offered.
#[derive(Debug)]
pub(crate) struct Offers {
    best: Mutex<Best>,
    enough: u32,
}

#[derive(Debug, Default)]
struct Best {
    sessions: u32,
    /// The largest SIZE; `None` where a session had no limit.
    size: Option<u64>,
    smtp_utf8: bool,
    eight_bit_mime: bool,
}

impl Offers {
    /// For a relay with this many sessions at the same time.
    pub(crate) fn of(connections: usize) -> Self {
        Self {
            best: Mutex::default(),
            enough: u32::try_from(connections).unwrap_or(SESSIONS).min(SESSIONS),
        }
    }

    fn best(&self) -> MutexGuard<'_, Best> {
        // A panic while it is held leaves numbers that are whole all the same.
        self.best.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session was opened.
    pub(crate) fn note(&self, offered: &Capabilities) {
        let mut best = self.best();
        best.size = match (best.sessions, best.size, offered.size) {
            (0, _, first) => first,
            (_, Some(before), Some(now)) => Some(before.max(now)),
            (_, None, _) | (_, _, None) => None,
        };
        best.smtp_utf8 |= offered.smtp_utf8;
        best.eight_bit_mime |= offered.eight_bit_mime;
        best.sessions += 1;
    }

    /// Whether another session may take what one could not.
    pub(crate) fn may_suit(&self, why: &Unsuitable) -> bool {
        let best = self.best();
        let suits = match why {
            Unsuitable::TooLarge { size, .. } => best.size.is_none_or(|limit| *size <= limit),
            Unsuitable::NeedsSmtpUtf8(_) | Unsuitable::HeaderNeedsSmtpUtf8 => best.smtp_utf8,
            Unsuitable::Needs8BitMime => best.eight_bit_mime,
            Unsuitable::BadAddress(_) | Unsuitable::NoRecipient => return false,
        };
        suits || best.sessions < self.enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_session_that_offers_more_is_enough_and_three_that_do_not_are_too() {
        let offers = Offers::of(8);
        let limit = |size| Capabilities {
            size: Some(size),
            size_declared: true,
            ..Capabilities::default()
        };
        let large = Unsuitable::TooLarge {
            size: 200,
            limit: 100,
        };
        offers.note(&limit(100));
        offers.note(&limit(100));
        assert!(offers.may_suit(&large));
        offers.note(&limit(100));
        assert!(!offers.may_suit(&large));
        offers.note(&limit(500));
        offers.note(&limit(100));
        assert!(offers.may_suit(&large));
        assert!(!offers.may_suit(&Unsuitable::Needs8BitMime));
    }
}
