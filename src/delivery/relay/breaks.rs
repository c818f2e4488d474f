//! Sessions that break together. If a relay is restarted or a line is cut, all sessions break: that
//! is one incident, however many messages it affects.
//!
//! Sessions that were open when the first of them broke belong to its incident. One that was opened
//! afterwards and breaks is another.

use std::time::{Duration, Instant};

use crate::delivery::journal::RecipientId;

/// A relay that answers so long after a break has survived it.
const TOGETHER: Duration = Duration::from_secs(1);

/// The sessions of one relay that broke last.
#[derive(Debug, Default)]
pub(crate) struct Breaks {
    incident: Option<Incident>,
}

#[derive(Debug)]
struct Incident {
    began: Instant,
    /// The number of the last session that was open by then.
    newest: u64,
    /// Breaks since the relay answered last.
    in_a_row: u32,
    /// A message is in doubt for it.
    in_doubt: bool,
    /// At whose messages sessions ended, with nothing in doubt.
    at: Vec<RecipientId>,
}

/// What a broken session means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Break {
    /// It is the first of its kind in its incident: where breaks in a row are counted, it counts.
    pub(crate) counts: bool,
    /// It counts against the recipient whose message was under way.
    pub(crate) at_recipient: bool,
    /// It is the second session that broke, with no answer between: the relay, or the line, is gone.
    /// Those that follow say nothing new.
    pub(crate) with_others: bool,
}

impl Breaks {
    /// This session broke and left its message in doubt. `newest` is the number of the session that
    /// was opened last.
    pub(crate) fn in_doubt(&mut self, session: u64, newest: u64, now: Instant) -> Break {
        let incident = self.incident(session, newest, now);
        Break {
            counts: !std::mem::replace(&mut incident.in_doubt, true),
            at_recipient: false,
            with_others: incident.in_a_row == 2,
        }
    }

    /// This session broke under this recipient's message, before its dot.
    pub(crate) fn died(&mut self, session: u64, recipient: RecipientId, newest: u64, now: Instant) -> Break {
        let incident = self.incident(session, newest, now);
        let counts = incident.at.is_empty();
        let before = incident.at.contains(&recipient);
        // A message that ends one session after the other does so alone.
        let alone = !incident.in_doubt && incident.at.iter().all(|other| *other == recipient);
        if !before {
            incident.at.push(recipient);
        }
        Break {
            counts: counts || alone,
            at_recipient: !before || alone,
            with_others: !alone && (incident.in_a_row == 2 || incident.at.len() == 2),
        }
    }

    /// The relay answered.
    pub(crate) fn answered(&mut self, now: Instant) {
        if let Some(incident) = &mut self.incident {
            incident.in_a_row = 0;
            if now >= incident.began + TOGETHER {
                self.incident = None;
            }
        }
    }

    fn incident(&mut self, session: u64, newest: u64, now: Instant) -> &mut Incident {
        let same = self.incident.take().filter(|incident| session <= incident.newest);
        let incident = self.incident.insert(same.unwrap_or(Incident {
            began: now,
            newest,
            in_a_row: 0,
            in_doubt: false,
            at: Vec::new(),
        }));
        incident.in_a_row += 1;
        incident
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn one(number: i64) -> RecipientId {
        RecipientId(number)
    }

    #[test]
    fn sessions_that_were_open_together_break_once() {
        let mut breaks = Breaks::default();
        let now = Instant::now();
        let first = breaks.in_doubt(3, 10, now);
        assert!(first.counts && !first.with_others);
        // Those that follow may take their time: nothing was opened meanwhile.
        for (session, later) in [(1, 0), (2, 0), (10, 30)] {
            let further = breaks.in_doubt(session, 10, now + SECOND * later);
            assert!(!further.counts);
            assert_eq!(further.with_others, session == 1, "said once");
        }
        let died = breaks.died(4, one(1), 10, now);
        assert!(died.counts, "of its kind the first");
        assert!(!breaks.died(5, one(2), 10, now).counts);
        assert!(breaks.in_doubt(11, 11, now).counts, "opened afterwards");
        assert!(breaks.in_doubt(12, 12, now).counts);
    }

    #[test]
    fn a_relay_that_goes_on_for_a_while_has_survived() {
        let mut breaks = Breaks::default();
        let now = Instant::now();
        assert!(breaks.in_doubt(1, 10, now).counts);
        breaks.answered(now);
        let next = breaks.in_doubt(2, 10, now);
        assert!(!next.counts && !next.with_others);
        breaks.answered(now + SECOND);
        assert!(breaks.in_doubt(3, 10, now + SECOND).counts);
    }

    #[test]
    fn a_message_that_ends_every_session_does_so_alone() {
        let mut breaks = Breaks::default();
        let now = Instant::now();
        for session in 1..=3 {
            let broke = breaks.died(session, one(7), 10, now);
            assert!(broke.counts && broke.at_recipient && !broke.with_others);
        }
        let other = breaks.died(4, one(8), 10, now);
        assert!(!other.counts && other.at_recipient && other.with_others);
        assert!(
            !breaks.died(5, one(7), 10, now).at_recipient,
            "the relay is gone: it is nobody's doing"
        );
    }
}
