//! Checking and sending: from async code, or waiting for it.

use std::path::PathBuf;
use std::thread;

use tokio::sync::oneshot;

use crate::run::{self, DryRun, RunError};

use super::campaign::Campaign;
use super::checked::Checked;
use super::error::Error;
use super::observer::{Observer, Watched};
use super::options::Options;
use super::sent::Sent;

impl Campaign {
    /// Checks and sends: every message is composed and every problem found before the first message
    /// is sent. Sending the same campaign again continues with the recipients that are left.
    ///
    /// It runs on a separate thread and can be awaited on any runtime. Dropping the future does not
    /// end the run; [`Options::stopper`] does.
    ///
    /// # Errors
    /// Why nothing was sent, or why the record of what was sent is not complete ([`Error::end`]).
    /// Everything else that happens after the first message is in [`Sent`].
    pub async fn send(&self, options: Options, mut observer: impl Observer + 'static) -> Result<Sent, Error> {
        let campaign = self.clone();
        beside(move || campaign.send_blocking(&options, &mut observer)).await
    }

    /// As [`Self::send`], and waits for the end. From async code, await [`Self::send`] instead.
    ///
    /// # Errors
    /// As [`Self::send`].
    pub fn send_blocking(&self, options: &Options, observer: &mut dyn Observer) -> Result<Sent, Error> {
        let run = options.of_run();
        apart(|| Ok(run::send(&self.prepared, &run, &mut self.watched(options, observer))?.into()))
    }

    /// Composes every message and sends nothing.
    ///
    /// # Errors
    /// The list cannot be read to its end. Problems of messages are in [`Checked`].
    pub async fn check(
        &self,
        options: Options,
        mut observer: impl Observer + 'static,
    ) -> Result<Checked, Error> {
        let campaign = self.clone();
        beside(move || campaign.check_blocking(&options, &mut observer)).await
    }

    /// As [`Self::check`], and waits for the end.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_blocking(&self, options: &Options, observer: &mut dyn Observer) -> Result<Checked, Error> {
        let mut front = self.watched(options, observer);
        let checked = run::check_only(&self.prepared, options.allowed(), None, &mut front)?;
        Ok((&checked).into())
    }

    /// Writes each message to a file instead of sending it. Returns the number of messages and the
    /// folder.
    ///
    /// # Errors
    /// The check finds errors; a file cannot be written.
    pub fn dry_run(&self, options: &Options, observer: &mut dyn Observer) -> Result<(u64, PathBuf), Error> {
        let plan = DryRun {
            output: options.output.clone(),
            allowed: options.allowed(),
            choice: options.choice(),
            new: options.new_mailing,
        };
        let written = run::dry_run(&self.prepared, &plan, &mut self.watched(options, observer))?;
        Ok((written.messages, written.output))
    }

    /// The message of one row as it would be sent, in octets; `None` if there is no such row.
    /// `number` is the row number in the spreadsheet. After a check, rows of text files are found
    /// without reading the rows before them.
    ///
    /// # Errors
    /// What is wrong with the row.
    pub fn message(&self, number: u64) -> Result<Option<Vec<u8>>, Error> {
        let one = run::compose_row(&self.prepared, number, &mut |_| {})?;
        Ok(one.map(|one| one.message.content.to_vec()))
    }

    fn watched<'o>(&self, options: &Options, observer: &'o mut dyn Observer) -> Watched<'o> {
        Watched {
            observer,
            password: self.password.clone(),
            stopper: options.stopper.clone(),
        }
    }
}

/// Runs on a separate thread: a run has its own runtime, which must not be inside another.
async fn beside<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new()
        .name("mailshot".to_owned())
        .spawn(move || {
            // Nobody may wait for it any more.
            let _ = sender.send(run());
        })
        .map_err(RunError::Runtime)?;
    receiver.await.unwrap_or_else(|_| Err(RunError::Panicked.into()))
}

/// Runs here, or on another thread if this one belongs to a runtime.
fn apart<T: Send>(run: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    if tokio::runtime::Handle::try_current().is_err() {
        return run();
    }
    thread::scope(|scope| scope.spawn(run).join()).unwrap_or_else(|_| Err(RunError::Panicked.into()))
}
