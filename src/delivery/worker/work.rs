//! A worker's loop: a session, then a message's envelope, its content, the next.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::delivery::journal::Journal;

use super::context::Context;
use super::handoff::{Handoff, Order};
use super::session::{DispatcherGone, Next, Worker};

/// A session that nothing was sent over for so long is closed: relays count
/// idle ones against us.
const IDLE: Duration = Duration::from_secs(20);

/// A session that had nothing to do for so long may have been ended meanwhile.
const MAY_HAVE_ENDED: Duration = Duration::from_secs(1);

/// Works off orders and messages until there are no more.
pub(crate) async fn run<J: Journal>(number: usize, context: Arc<Context<J>>, handoff: Arc<Handoff>) {
    let mut worker = Worker::new(number, context, Arc::clone(&handoff));
    let mut ready = None;
    loop {
        let worked = match ready.take() {
            Some(ready) => worker.hand_over(ready).await,
            None => match next(&mut worker, &handoff).await {
                Ok(Some(worked)) => worked,
                Ok(None) => break,
                Err(DispatcherGone) => break,
            },
        };
        match worked {
            Ok(next) => ready = next,
            Err(DispatcherGone) => break,
        }
    }
    worker.quit().await;
}

/// Does what comes next; `None` once nothing does.
async fn next<J: Journal>(worker: &mut Worker<J>, handoff: &Handoff) -> Result<Option<Next>, DispatcherGone> {
    worker.end_if_spent().await?;
    let has_session = worker.has_session();
    let since = Instant::now();
    let order = timeout(IDLE, handoff.next(has_session)).await;
    Ok(Some(match order {
        Ok(Some(Order::Send(message))) => {
            worker.was_idle = since.elapsed() > MAY_HAVE_ENDED;
            worker.offer(*message).await
        }
        Ok(Some(Order::Open(order))) => worker.open(order).await.map(|()| None),
        Ok(Some(Order::Close)) | Err(_) => worker.end_idle().await.map(|()| None),
        Ok(None) => return Ok(None),
    }))
}
