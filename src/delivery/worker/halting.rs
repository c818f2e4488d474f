//! Whether one command at a time is faster with a relay than several in a flight.
//!
//! A relay that sends its replies one by one, without TCP_NODELAY, waits for an acknowledgement
//! before each but the first, and systems delay that by some 40 ms. We ask Linux not to
//! (`smtp/stream.rs`). On other systems, or if a device between us and the relay causes the delay,
//! one command at a time avoids it. A relay that is slow with each command looks the same but gains
//! nothing: so one session tries it for a few messages, and the faster way stays.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::smtp::Took;

/// Messages in a row with replies that halt, before it is tried.
const SERIES: usize = 8;

/// Messages of a trial. The first one of them is begun before it, and does not count.
const TRIED: usize = 7;

/// What must be gained: half of what an acknowledgement is held back.
const GAIN: Duration = Duration::from_millis(20);

/// What is known of a relay.
#[derive(Default)]
pub(crate) struct Halting {
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Unknown,
    Tried,
    /// One at a time is quicker.
    OneByOne,
    /// It is not.
    Together,
}

impl Halting {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it is held leaves a value that is whole all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One command at a time is quicker.
    pub(crate) fn one_by_one(&self) -> bool {
        *self.state() == State::OneByOne
    }

    /// So it was remembered.
    pub(crate) fn remembered(&self) {
        *self.state() = State::OneByOne;
    }
}

/// What one worker has seen.
#[derive(Default)]
pub(crate) struct Watch {
    /// What messages took, of a series that halts.
    halting: Vec<Duration>,
    trial: Option<Trial>,
}

struct Trial {
    halting: Arc<Halting>,
    before: Duration,
    took: Vec<Duration>,
}

/// What the session is to do from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it does.
    AsBefore,
    /// One command at a time, for a trial.
    OneByOne,
    /// One command at a time, which is known to be quicker now.
    Quicker,
    /// As many in a flight as the relay takes.
    Together,
}

impl Watch {
    /// A message is through on this worker's session.
    pub(crate) fn through(&mut self, took: Took, halting: &Arc<Halting>) -> Manner {
        if let Some(trial) = &mut self.trial {
            trial.took.push(took.all);
            if trial.took.len() < TRIED {
                return Manner::AsBefore;
            }
            let alone = median(&mut trial.took[1..]);
            let quicker = alone + GAIN <= trial.before;
            *trial.halting.state() = if quicker { State::OneByOne } else { State::Together };
            self.over();
            return if quicker {
                Manner::Quicker
            } else {
                Manner::Together
            };
        }
        if !took.halting {
            self.halting.clear();
            return Manner::AsBefore;
        }
        self.halting.push(took.all);
        if self.halting.len() < SERIES {
            return Manner::AsBefore;
        }
        let before = median(&mut self.halting);
        self.halting.clear();
        let mut state = halting.state();
        if *state != State::Unknown {
            return Manner::AsBefore;
        }
        *state = State::Tried;
        self.trial = Some(Trial {
            halting: Arc::clone(halting),
            before,
            took: Vec::new(),
        });
        Manner::OneByOne
    }

    /// Whether one command at a time is tried.
    pub(crate) fn is_trying(&self) -> bool {
        self.trial.is_some()
    }

    /// The session is over, and a trial on it with it.
    pub(crate) fn over(&mut self) {
        self.halting.clear();
        self.trial = None;
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let mut state = self.halting.state();
        if *state == State::Tried {
            *state = State::Unknown;
        }
    }
}

fn median(took: &mut [Duration]) -> Duration {
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(millis: u64, halting: bool) -> Took {
        Took {
            all: Duration::from_millis(millis),
            halting,
        }
    }

    /// The result of messages that took so long each.
    fn manners(watch: &mut Watch, halting: &Arc<Halting>, messages: usize, each: Took) -> Vec<Manner> {
        let manners = (0..messages).map(|_| watch.through(each, halting));
        manners.filter(|manner| *manner != Manner::AsBefore).collect()
    }

    #[test]
    fn what_is_quicker_stays() {
        for (alone, expected) in [
            (1, Manner::Quicker),
            (24, Manner::Quicker),
            (40, Manner::Together),
            (120, Manner::Together),
        ] {
            let (mut watch, halting) = (Watch::default(), Arc::default());
            assert_eq!(
                manners(&mut watch, &halting, SERIES, took(44, true)),
                [Manner::OneByOne]
            );
            let tried = manners(&mut watch, &halting, TRIED, took(alone, false));
            assert_eq!(tried, [expected], "{alone} ms");
            assert_eq!(halting.one_by_one(), expected == Manner::Quicker);
            let after = manners(&mut watch, &halting, 100, took(44, true));
            assert_eq!(after, [], "it is known");
        }
    }

    #[test]
    fn a_single_one_is_nothing_and_one_session_tries() {
        let (mut watch, halting) = (Watch::default(), Arc::default());
        for _ in 0..20 {
            let few = manners(&mut watch, &halting, SERIES - 1, took(44, true));
            assert_eq!(few, []);
            assert_eq!(watch.through(took(2, false), &halting), Manner::AsBefore);
        }
        assert_eq!(
            manners(&mut watch, &halting, SERIES, took(44, true)),
            [Manner::OneByOne]
        );
        let mut other = Watch::default();
        assert_eq!(
            manners(&mut other, &halting, 3 * SERIES, took(44, true)),
            [],
            "one tries"
        );
        watch.over();
        assert_eq!(
            manners(&mut other, &halting, SERIES, took(44, true)),
            [Manner::OneByOne]
        );
    }
}
