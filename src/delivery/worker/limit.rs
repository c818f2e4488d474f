//! What the end of a connection says about how many messages it accepts.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whether the end of a connection shows how many messages it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// The relay said so.
    Said,
    /// It ended between two messages.
    Perhaps,
    /// It ended in the middle of one.
    No,
}

impl Limit {
    pub(crate) fn at(between_messages: bool) -> Self {
        if between_messages { Self::Perhaps } else { Self::No }
    }
}

/// After how many messages a relay hung up last without saying why.
#[derive(Debug, Default)]
pub(crate) struct HungUp(Mutex<Last>);

#[derive(Debug, Default)]
struct Last {
    taken: u32,
    /// The number of the last session that was open by then.
    newest: u64,
}

impl HungUp {
    fn last(&self) -> MutexGuard<'_, Last> {
        // A panic while it is held leaves numbers that are whole all the same.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session ended after `taken` messages. True if another session that ended before this one
    /// was opened had taken as many: sessions that end together, at a relay that is restarted, may
    /// have had as many by chance.
    pub(crate) fn again(&self, taken: u32, session: u64, newest: u64) -> bool {
        let mut last = self.last();
        if last.taken == taken {
            return session > last.newest;
        }
        *last = Last { taken, newest };
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_that_end_together_show_no_limit() {
        let hung_up = HungUp::default();
        assert!(!hung_up.again(20, 1, 3));
        assert!(!hung_up.again(20, 2, 3));
        assert!(!hung_up.again(20, 3, 4));
        assert!(hung_up.again(20, 4, 6));
        assert!(!hung_up.again(7, 5, 6));
        assert!(!hung_up.again(20, 6, 6));
    }
}
