//! A worker's session from the order to open it until its end. While it is opened, the worker has
//! no message: a relay that does not greet it delays no recipient.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::timeout;

use crate::delivery::journal::Journal;
use crate::smtp::{Session, SessionFailure, greeted};

use super::report::Report;
use super::session::{DispatcherGone, Worker};

/// How long the next session waits for the reply to QUIT.
const QUIT: Duration = Duration::from_millis(250);

impl<J: Journal> Worker<J> {
    /// Opens a session, unless that is not wanted any more before it is open.
    pub(crate) async fn open(&mut self, order: u64) -> Result<(), DispatcherGone> {
        self.end().await;
        self.order = Some(order);
        let context = Arc::clone(&self.context);
        let handoff = Arc::clone(&self.handoff);
        let worker = self.number;
        let opened = tokio::select! {
            biased;
            () = context.stopped() => None,
            () = handoff.unwanted() => None,
            opened = greeted(self.connect(), || {
                // Where the channel is full this is left out: `Connected` follows in a moment.
                let _ = context.reports.try_send(Report::Greeted { worker, order });
            }) => Some(opened),
        };
        match opened {
            Some(Ok(session)) => {
                self.session = Some(session);
                self.report(Report::Connected { worker, order }).await
            }
            Some(Err(failure)) => {
                self.order = None;
                let failure = Arc::new(failure);
                self.report(Report::NotConnected {
                    worker,
                    order,
                    failure,
                })
                .await
            }
            None => self.closed().await,
        }
    }

    async fn connect(&mut self) -> Result<Session, SessionFailure> {
        let endpoint = self.context.endpoint().await?;
        let session = Session::open(&endpoint).await?;
        self.session_number = self.context.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        self.watch.over();
        self.recall(&session).await;
        self.context.offers.note(session.capabilities());
        if let Some(most) = session.capabilities().mail_max {
            let limit = &self.context.messages_per_connection;
            limit.fetch_min(most, Ordering::Relaxed);
        }
        Ok(session)
    }

    /// Whether there is a session that takes another message.
    pub(crate) fn has_session(&self) -> bool {
        let session = self.session.as_ref();
        session.is_some_and(|session| session.is_usable() && session.messages() < self.most())
    }

    /// Closes a session that takes no more, and reports that.
    pub(crate) async fn end_if_spent(&mut self) -> Result<(), DispatcherGone> {
        if self.order.is_none() || self.has_session() {
            return Ok(());
        }
        if let (Some(order), Some(_)) = (self.order, &self.session) {
            let worker = self.number;
            self.report(Report::Ending { worker, order }).await?;
        }
        self.end().await;
        self.closed().await
    }

    /// Closes the session, and reports that.
    pub(crate) async fn end_idle(&mut self) -> Result<(), DispatcherGone> {
        self.quit().await;
        self.closed().await
    }

    /// Reports that the session is over, where there was one.
    async fn closed(&mut self) -> Result<(), DispatcherGone> {
        self.watch.over();
        let worker = self.number;
        match self.order.take() {
            Some(order) => self.report(Report::Closed { worker, order }).await,
            None => Ok(()),
        }
    }

    /// Closes the session.
    pub(crate) async fn quit(&mut self) {
        if let Some(session) = self.session.take() {
            session.quit().await;
        }
    }

    /// Closes a session that another one may follow. Some relays never answer QUIT: the next one does not
    /// wait for that, except for the moment in which all others answer, as a relay that counts
    /// connections should see this one go first.
    pub(crate) async fn end(&mut self) {
        if let Some(session) = self.session.take() {
            let quitting = tokio::spawn(session.quit());
            let _ = timeout(QUIT, quitting).await;
        }
    }
}
