//! A worker's loop: a message's envelope, then its content, then the next.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::delivery::journal::Journal;

use super::context::Context;
use super::handoff::Handoff;
use super::session::{DispatcherGone, Worker};

/// A session that nothing was sent over for so long is closed: relays count
/// idle ones against us.
const IDLE: Duration = Duration::from_secs(20);

/// Works off messages until there are no more.
pub(crate) async fn run<J: Journal>(number: usize, context: Arc<Context<J>>, handoff: Arc<Handoff>) {
    let mut worker = Worker::new(number, context, Arc::clone(&handoff));
    let mut ready = None;
    loop {
        let worked = match ready.take() {
            Some(ready) => worker.hand_over(ready).await,
            None => match timeout(IDLE, handoff.next()).await {
                Ok(Some(message)) => worker.offer(message).await,
                Ok(None) => break,
                Err(_) => {
                    worker.quit().await;
                    continue;
                }
            },
        };
        match worked {
            Ok(next) => ready = next,
            Err(DispatcherGone) => break,
        }
    }
    worker.quit().await;
}
