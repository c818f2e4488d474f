//! Where the messages of a run go, and everything that depends on it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lettre::Address;
use tokio::sync::{oneshot, watch};

use crate::campaign::Relay;
use crate::delivery::StopRequest;
use crate::ledger::{Ledger, Lock};
use crate::message::Signing;
use crate::sandbox::{self, Sandbox};
use crate::storage::private_folder;
use crate::userdata::{remember_begun, remember_ledger};
use crate::words::say;

use super::failure::RunError;
use super::front::Front;
use super::options::{Mode, SendOptions};
use super::place::{Before, Place, place_among};
use super::prepare::Prepared;
use super::stops::Stops;
use super::{copies, relay, signing};

/// Messages that go to the tester when nothing says how many.
const TEST_MESSAGES: u64 = 3;

/// Where a run's messages go; made once, before anything is looked at.
pub(super) struct Destination {
    /// The ledger that accounts for them.
    pub(super) ledger: PathBuf,
    /// Whose that ledger was so far; of one that stays.
    pub(super) place: Option<Place>,
    /// The folder of the reports, where there are some.
    pub(super) results: Option<PathBuf>,
    /// What goes out counts against the limits of the relays' accounts.
    pub(super) counted: bool,
    /// What the relays make of the messages is worth a finding.
    pub(super) judged: bool,
    /// A person is asked before the first message.
    pub(super) asks: bool,
    /// Every message goes to this address alone.
    pub(super) test_to: Option<Address>,
    /// The number of messages if nothing else limits it.
    pub(super) most: Option<u64>,
    /// Signs them.
    pub(super) signing: Option<Arc<Signing>>,
    /// They go to a sandbox in this process.
    in_sandbox: bool,
    /// Another process asks it to stop; gone before the lock is.
    stops: Option<Stops>,
    /// Held as long as the run has the campaign.
    _lock: Option<Lock>,
    /// Thrown away at the end.
    _temporary: Option<tempfile::TempDir>,
}

impl Destination {
    pub(super) fn of(
        prepared: &Prepared,
        options: &SendOptions,
        front: &mut dyn Front,
    ) -> Result<Self, RunError> {
        let campaign = &prepared.campaign;
        let refusal = &campaign.settings.refusal;
        match &options.mode {
            Mode::Relay | Mode::TestTo(_) if !refusal.0.is_empty() => Err(refusal.clone().into()),
            Mode::Relay => {
                let mut place = place_among(&campaign.own_folders(), &mut |strangers| {
                    copies::gone_on_with(prepared, strangers)
                })?;
                if let Some(ledger) = copies::begun_elsewhere(prepared, &place)? {
                    place.moved_to(ledger);
                }
                let lock = Lock::take(&place.ledger)?;
                if let Some(kind) = Ledger::shared_by(&place.ledger) {
                    front.note(&say!(
                        "run-ledger-on-network",
                        ledger = place.ledger.as_path(),
                        kind = kind
                    ));
                }
                tracing::info!("ledger {}: held by this run alone", place.ledger.display());
                if let (Before::Other(_), Some(note)) = (&place.before, place.note()) {
                    front.note(&note);
                }
                let stops = Stops::of(&place.ledger, options.drain, front.cancel()).map_err(|source| {
                    RunError::Write {
                        path: place.ledger.with_extension("run").display().to_string(),
                        source,
                    }
                })?;
                Ok(Self {
                    ledger: place.ledger.clone(),
                    results: Some(place.results().unwrap_or_else(|| campaign.results.clone())),
                    place: Some(place),
                    counted: true,
                    judged: true,
                    asks: true,
                    test_to: None,
                    most: None,
                    signing: signing::required(campaign, &mut |wait| front.waits(wait))?.map(Arc::new),
                    in_sandbox: false,
                    stops: Some(stops),
                    _lock: Some(lock),
                    _temporary: None,
                })
            }
            Mode::Sandbox => {
                let temporary = temporary()?;
                let signing = signing::without_asking(campaign, &mut |said| front.note(said));
                Ok(Self {
                    ledger: Ledger::file(temporary.path(), &campaign.name),
                    place: None,
                    results: Some(campaign.results.join("sandbox")),
                    counted: false,
                    // The sandbox takes everything.
                    judged: false,
                    asks: false,
                    test_to: None,
                    most: None,
                    signing: signing.map(Arc::new),
                    in_sandbox: true,
                    stops: None,
                    _lock: None,
                    _temporary: Some(temporary),
                })
            }
            Mode::TestTo(address) => {
                let temporary = temporary()?;
                Ok(Self {
                    ledger: Ledger::file(temporary.path(), &campaign.name),
                    place: None,
                    results: None,
                    counted: true,
                    judged: false,
                    asks: true,
                    test_to: Some(address.clone()),
                    most: Some(TEST_MESSAGES),
                    signing: signing::required(campaign, &mut |wait| front.waits(wait))?.map(Arc::new),
                    in_sandbox: false,
                    stops: None,
                    _lock: None,
                    _temporary: Some(temporary),
                })
            }
        }
    }

    /// Fails where another process has asked it to stop before anything went out.
    pub(super) fn wanted_still(&self) -> Result<(), RunError> {
        match &self.stops {
            Some(stops) if stops.is_asked_for() => Err(RunError::Cancelled),
            Some(_) | None => Ok(()),
        }
    }

    /// What other processes ask of it while it sends.
    pub(super) fn stop_requests(&self) -> Option<watch::Receiver<StopRequest>> {
        self.stops.as_ref().map(Stops::requests)
    }

    /// Notes where the ledger lies, for answers; and that of what flags alone describe, for the same
    /// flags elsewhere.
    pub(super) fn remember(&self, prepared: &Prepared) -> Result<(), RunError> {
        let campaign = &prepared.campaign;
        let list = &campaign.recipients;
        if let (Some(state), Some(_)) = (prepared.environment.state(), &self.place) {
            remember_ledger(state, &self.ledger)?;
        }
        let flags_alone = campaign.file.is_none() && !list.stdin && list.only.is_none();
        match prepared.environment.state() {
            Some(state) if flags_alone && self.place.is_some() => Ok(remember_begun(
                state,
                &campaign.recipients.file,
                &campaign.name,
                &self.ledger,
            )?),
            Some(_) | None => Ok(()),
        }
    }

    /// Starts the sandbox, where messages go to one.
    pub(super) async fn serve(&self) -> Result<Option<Served>, RunError> {
        match self.results.as_deref().filter(|_| self.in_sandbox) {
            Some(output) => Served::start(output).await.map(Some),
            None => Ok(None),
        }
    }

    /// The relays to hand them to.
    pub(super) fn relays(
        &self,
        campaign: &[Relay],
        served: Option<&Served>,
        rates_by_flag: bool,
    ) -> Result<Vec<Relay>, RunError> {
        match served {
            Some(served) => Ok(vec![relay::sandbox(campaign.first(), served.port, rates_by_flag)]),
            None if campaign.is_empty() => Err(RunError::NoRelay),
            None => Ok(campaign.to_vec()),
        }
    }
}

fn temporary() -> Result<tempfile::TempDir, RunError> {
    tempfile::tempdir().map_err(|source| RunError::Write {
        path: std::env::temp_dir().display().to_string(),
        source,
    })
}

/// A sandbox that serves while the run sends to it.
pub(super) struct Served {
    port: u16,
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<Result<sandbox::Tally, sandbox::SandboxError>>,
}

impl Served {
    async fn start(output: &Path) -> Result<Self, RunError> {
        private_folder(output)?;
        sandbox::clear(output).map_err(|source| RunError::Write {
            path: output.display().to_string(),
            source,
        })?;
        for name in ["report.csv", "failed.csv", "in_doubt.csv", "summary.json"] {
            // A report of an earlier run must not pass for one of this.
            let _ = std::fs::remove_file(output.join(name));
        }
        let options = sandbox::Options {
            output: Some(output.to_owned()),
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
