//! Whether a relay supports the next envelope after a content: one session finds out, while the
//! others send each envelope by itself.
//!
//! A relay that loses the commands after a content is silent, and so is a network that fails. The
//! difference is whether an envelope by itself is answered right after that: then the relay is
//! known to lose commands, and this is worth remembering. If that takes long, too, it is tried once
//! more, and a second silence is believed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How soon behind a silence another envelope is answered where nothing is wrong but the place of the
/// first: time for a new connection with all its steps.
const ALIVE: Duration = Duration::from_secs(2);

/// Silences that are believed whatever follows.
const SILENCES: u32 = 2;

/// What is known.
pub(crate) struct Joint {
    state: Mutex<State>,
}

#[derive(Clone, Copy)]
struct State {
    known: Known,
    silences: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    /// A session is about to find out.
    Tried,
    /// It found nothing but silence, since then.
    Silent(Instant),
    Takes,
    /// No further one is sent.
    TakesNone,
}

/// Leave to say an envelope behind a content. A first one is a trial: dropped without a verdict it
/// says nothing, and another session may have the next.
pub(crate) struct Leave {
    joint: Arc<Joint>,
    proven: bool,
}

impl Leave {
    /// It is known to work.
    pub(crate) fn is_proven(&self) -> bool {
        self.proven
    }
}

impl Joint {
    pub(crate) fn new(takes: bool) -> Self {
        let known = if takes { Known::Nothing } else { Known::TakesNone };
        let silences = 0;
        Self {
            state: Mutex::new(State { known, silences }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it is held leaves values that are whole all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for permission. A session tries it that is `measured`: its relay has answered MAIL
    /// after a content before, so silence can be distinguished from its usual pace.
    pub(crate) fn ask(self: &Arc<Self>, measured: bool) -> Option<Leave> {
        let mut state = self.state();
        let proven = match state.known {
            Known::Takes => true,
            Known::Nothing if !measured => return None,
            Known::Nothing => {
                state.known = Known::Tried;
                false
            }
            Known::Tried | Known::Silent(_) | Known::TakesNone => return None,
        };
        let joint = Arc::clone(self);
        Some(Leave { joint, proven })
    }

    /// What is known: `None` for nothing yet.
    pub(crate) fn takes(&self) -> Option<bool> {
        match self.state().known {
            Known::Takes => Some(true),
            Known::TakesNone => Some(false),
            Known::Nothing | Known::Tried | Known::Silent(_) => None,
        }
    }

    /// It took one.
    pub(crate) fn works(&self) {
        let mut state = self.state();
        if state.known != Known::TakesNone {
            state.known = Known::Takes;
        }
    }

    /// It supports none. True for the first caller that says so.
    pub(crate) fn refused(&self) -> bool {
        let before = std::mem::replace(&mut self.state().known, Known::TakesNone);
        before != Known::TakesNone
    }

    /// It was silent about one until now. True if this is to be believed, for the first caller that
    /// says so.
    pub(crate) fn silent(&self) -> bool {
        let mut state = self.state();
        if state.known == Known::TakesNone {
            return false;
        }
        state.silences += 1;
        let believed = state.silences >= SILENCES;
        state.known = if believed {
            Known::TakesNone
        } else {
            Known::Silent(Instant::now())
        };
        believed
    }

    /// An envelope by itself was answered. True when that tells that one behind a content was lost.
    pub(crate) fn heard(&self) -> bool {
        let mut state = self.state();
        let Known::Silent(since) = state.known else {
            return false;
        };
        let lost = since.elapsed() <= ALIVE;
        state.known = if lost { Known::TakesNone } else { Known::Nothing };
        lost
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        if self.proven {
            return;
        }
        let mut state = self.joint.state();
        if state.known == Known::Tried {
            state.known = Known::Nothing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joint() -> Arc<Joint> {
        Arc::new(Joint::new(true))
    }

    #[test]
    fn one_session_tries_and_the_others_follow() {
        let joint = joint();
        assert!(joint.ask(false).is_none(), "a session with nothing to compare");
        let trial = joint.ask(true);
        assert!(trial.as_ref().is_some_and(|trial| !trial.is_proven()));
        assert!(joint.ask(true).is_none(), "one is enough");
        drop(trial);
        let trial = joint.ask(true);
        assert!(trial.is_some(), "nothing came of the first");
        joint.works();
        drop(trial);
        assert!(joint.ask(true).is_some_and(|leave| leave.is_proven()));
        assert!(joint.refused() && !joint.refused() && joint.ask(true).is_none());
        joint.works();
        assert!(joint.ask(true).is_none(), "a refusal stands");
    }

    #[tokio::test(start_paused = true)]
    async fn a_silence_is_believed_when_the_relay_is_well_otherwise() {
        let joint = joint();
        assert!(!joint.heard() && !joint.silent());
        assert!(joint.ask(true).is_none());
        tokio::time::advance(ALIVE).await;
        assert!(joint.heard() && !joint.heard());
        assert_eq!(joint.takes(), Some(false));
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_that_was_gone_is_no_relay_that_loses_anything() {
        let joint = joint();
        assert!(!joint.silent());
        tokio::time::advance(ALIVE + Duration::from_secs(1)).await;
        assert!(!joint.heard());
        assert!(joint.ask(true).is_some(), "it is tried again");
        assert!(joint.silent(), "and that is enough");
        assert!(!joint.silent() && !joint.heard());
    }
}
