//! Where a run leaves what it leaves, and the sandbox it may send to.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use tokio::sync::oneshot;

use crate::ledger::Ledger;
use crate::sandbox::{self, Sandbox};
use crate::storage::private_folder;

use super::{Mode, Prepared, RunError, SendOptions};

/// Where a run keeps its ledger and its reports.
pub(super) struct Place {
    pub(super) ledger: PathBuf,
    pub(super) results: Option<PathBuf>,
    /// Thrown away at the end.
    _temporary: Option<tempfile::TempDir>,
}

impl Place {
    pub(super) fn of(prepared: &Prepared, options: &SendOptions) -> Result<Self, RunError> {
        let campaign = &prepared.campaign;
        let results = match options.mode {
            Mode::Relay => Some(campaign.results.clone()),
            Mode::Sandbox => Some(campaign.results.join("sandbox")),
            Mode::TestTo(_) => None,
        };
        if options.mode == Mode::Relay {
            return Ok(Self {
                ledger: Ledger::file(&campaign.state(), &campaign.name),
                results,
                _temporary: None,
            });
        }
        let temporary = tempfile::tempdir().map_err(|source| RunError::Write {
            path: "a temporary folder".to_owned(),
            source,
        })?;
        Ok(Self {
            ledger: Ledger::file(temporary.path(), &campaign.name),
            results,
            _temporary: Some(temporary),
        })
    }
}

/// A sandbox that serves while the run sends to it.
pub(super) struct Served {
    pub(super) port: u16,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<Result<sandbox::Tally, sandbox::SandboxError>>,
}

impl Served {
    pub(super) async fn start(place: &Place) -> Result<Self, RunError> {
        let output = place.results.clone().unwrap_or_default();
        private_folder(&output)?;
        sandbox::clear(&output).map_err(|source| RunError::Write {
            path: output.display().to_string(),
            source,
        })?;
        for name in ["report.csv", "failed.csv", "in_doubt.csv", "summary.json"] {
            // A report of an earlier run must not pass for one of this.
            let _ = std::fs::remove_file(output.join(name));
        }
        let options = sandbox::Options {
            output: Some(output),
            ..sandbox::Options::default()
        };
        let sandbox = Sandbox::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), options).await?;
        let port = sandbox.local_addr().port();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(sandbox.serve(async move {
            let _ = stopped.await;
        }));
        Ok(Self { port, stop, task })
    }

    pub(super) async fn stop(self) -> Result<(), RunError> {
        // Gone already: then its own error comes next.
        let _ = self.stop.send(());
        match self.task.await {
            Ok(served) => Ok(served.map(drop)?),
            Err(panic) => Err(RunError::Runtime(std::io::Error::other(panic.to_string()))),
        }
    }
}
