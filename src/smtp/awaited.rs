//! What a conversation waits for, for observers: a relay may be silent for minutes, and a person
//! wants to know what the wait is for.
//!
//! It does not change the waiting: the time limits of the endpoint say how long that may take.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::failure::Phase;

tokio::task_local! {
    /// The step under way in this task, and since when.
    static AWAITED: Cell<Option<(Phase, Instant)>>;
}

/// How often it is looked whether something is heard.
const LOOK: Duration = Duration::from_secs(1);

/// A step begins.
pub(super) fn begins(phase: Phase) {
    // Without an observer, nothing is noted.
    let _ = AWAITED.try_with(|awaited| awaited.set(Some((phase, Instant::now()))));
}

/// It is answered; nothing is waited for until the next one begins.
pub(super) fn answered() {
    let _ = AWAITED.try_with(|awaited| awaited.set(None));
}

/// Does `work`, which opens a conversation, and tells once that the relay has greeted.
pub async fn greeted<T>(work: impl Future<Output = T>, told: impl FnOnce()) -> T {
    let mut work = pin!(work);
    let mut told = Some(told);
    poll_fn(|cx| {
        let polled = work.as_mut().poll(cx);
        let awaited = AWAITED.try_with(Cell::get).ok().flatten();
        if awaited.is_some_and(|(phase, _)| phase == Phase::Ehlo)
            && let Some(told) = told.take()
        {
            told();
        }
        polled
    })
    .await
}

/// Does `work`, and tells `silent` of each step in it that takes longer than `patience`, again and
/// again with how long it takes by now.
pub async fn watched<T>(
    work: impl Future<Output = T>,
    patience: Duration,
    mut silent: impl FnMut(Phase, Duration),
) -> T {
    let watching = async {
        let mut work = pin!(work);
        loop {
            if let Ok(done) = timeout(LOOK, &mut work).await {
                return done;
            }
            let awaited = AWAITED.with(Cell::get);
            if let Some((phase, since)) = awaited
                && since.elapsed() >= patience
            {
                silent(phase, since.elapsed());
            }
        }
    };
    AWAITED.scope(Cell::new(None), watching).await
}
