//! Sending: check, load, ask, deliver, account.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::campaign::Problem;
use crate::delivery::{
    self, Accounts, Claimed, Compose, Composed, Delivered, Event, Plan, Stop, StopRequest,
};
use crate::ledger::{Chosen, Copies, Ledger, LedgerJournal, Mailing, Status};
use crate::message::{IdForm, NamedFile, Stamp};
use crate::report::{self, Summary, ThisRun};
use crate::userdata::AccountStore;
use crate::words::{Speak, say};

use super::account::{Account, Sent, now};
use super::ahead::Ahead;
use super::begin::{Begun, tell_recovered};
use super::destination::{Destination, Served};
use super::failure::RunError;
use super::front::{Front, Stage};
use super::inputs::{self, Inputs};
use super::options::{Choice, SendOptions};
use super::prepare::Prepared;
use super::sample::Sample;
use super::{mailing, relay};

/// Sends a campaign.
///
/// # Errors
/// Why nothing went out. What happens after the first message is in
/// [`Sent`], not an error, unless it cannot be accounted for.
pub fn send(prepared: &Prepared, options: &SendOptions, front: &mut dyn Front) -> Result<Sent, RunError> {
    prepared.tell(front);
    let destination = Destination::of(prepared, options, front)?;
    let begun = Begun::load(prepared, options, &destination, front)?;
    // One thread for all sessions: what they wait for is the network, and a wake-up within a
    // thread costs a tenth of one across. Composing, the ledger and the disk have their own.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let served = runtime.block_on(destination.serve())?;
    let sent = Run {
        prepared,
        options,
        destination: &destination,
        check_seconds: begun.check_seconds,
        runtime: &runtime,
    }
    .run(begun, served.as_ref(), front);
    if let Some(served) = served {
        runtime.block_on(served.stop())?;
    }
    // A name server that keeps silent holds nobody up who is done.
    runtime.shutdown_background();
    sent
}

/// A mailing that may be delivered: everything was checked, and a person said yes.
struct Ready {
    ledger: Ledger,
    mailing: Mailing,
    plan: Plan,
    accounts: Option<AccountStore>,
    chosen: Chosen,
    /// Of recipients, and copies of messages of earlier runs.
    messages: u64,
    recipients: u64,
    inputs: Inputs,
    /// How many were refused in an earlier run that could not say so; this one does.
    refused_before: u64,
}

struct Run<'r> {
    prepared: &'r Prepared,
    options: &'r SendOptions,
    destination: &'r Destination,
    check_seconds: f64,
    runtime: &'r tokio::runtime::Runtime,
}

impl Run<'_> {
    fn run(&self, begun: Begun, served: Option<&Served>, front: &mut dyn Front) -> Result<Sent, RunError> {
        let relays = &self.prepared.campaign.relays;
        let relays = self
            .destination
            .relays(relays, served, self.options.rates_by_flag)?;
        let accounts = if self.destination.counted {
            Some(AccountStore::below(self.prepared.environment.state())?)
        } else {
            None
        };
        let plan = relay::plan(
            &relays,
            self.destination.counted,
            self.prepared.campaign.retry,
            self.options,
            front,
        )?;
        let mut chosen = self.chosen();
        let Begun {
            mut ledger,
            mailing,
            checked,
            recovered,
            ..
        } = begun;
        if let Some(only) = &chosen.only {
            let unknown = ledger.unknown(&mailing, only)?;
            if !unknown.is_empty() {
                return Err(RunError::UnknownKeys(
                    unknown.iter().map(ToString::to_string).collect(),
                ));
            }
        }
        if checked.suppressed > 0 {
            self.tell_suppressed(&ledger, &mailing, &chosen, front)?;
        }
        if let Some(most) = self.options.choice.sample {
            let mut sample = Sample::new(&self.prepared.campaign.name, most);
            ledger.each_to_send(&mailing, &chosen, |key| sample.note(key))?;
            chosen.only = Some(sample.keys());
        }
        let (recipients, owed) = ledger.to_send(&mailing, &chosen)?;
        let messages = recipients + owed.copies;
        if messages > 0
            && chosen.choice.is_none()
            && let Some(left_out) = ledger.left_out(&mailing)?
        {
            front.left_out(&left_out, ledger.accepted(&mailing)?)?;
        }
        if messages > 0 && self.destination.asks {
            let ahead = Ahead {
                prepared: self.prepared,
                checked: &checked,
                ledger: &ledger,
                mailing: &mailing,
                chosen: &chosen,
                relays: &relays,
                accounts: accounts.as_ref(),
                test_to: self.destination.test_to.as_ref(),
                messages: recipients,
                owed,
            };
            let question = ahead.question()?;
            if !front.confirm(&question)? {
                return Err(RunError::Declined);
            }
        }
        self.destination.wanted_still()?;
        let mut inputs = Inputs::of(self.prepared, checked.digest);
        if let Some(found) = inputs.look_once() {
            return Err(found.into());
        }
        if let Some(results) = self.destination.results.as_ref().filter(|_| messages > 0) {
            // A report that cannot be written is found out before anything goes out.
            report::make_room(results, &self.prepared.campaign.recipients.file)
                .map_err(RunError::NoReport)?;
        }
        ledger.take_in(&mailing)?;
        let ledger = ledger.keep()?;
        self.destination.remember(self.prepared)?;
        let refused_before = tell_recovered(&ledger, &mailing, &recovered, front)?;
        let ready = Ready {
            ledger,
            mailing,
            plan,
            accounts,
            chosen,
            messages,
            recipients,
            inputs,
            refused_before,
        };
        self.deliver(ready, front)
    }

    /// Reports recipients that were asked for and are on a suppression list: nothing is sent to
    /// them.
    fn tell_suppressed(
        &self,
        ledger: &Ledger,
        mailing: &Mailing,
        chosen: &Chosen,
        front: &mut dyn Front,
    ) -> Result<(), RunError> {
        if let Some(only) = &chosen.only {
            for (key, why) in ledger.suppressed_among(mailing, only)? {
                front.note(&mailing::suppressed(&key, why));
            }
            return Ok(());
        }
        let held_back = ledger.held_back(mailing, chosen)?;
        if held_back > 0 {
            front.note(&say!("run-held-back", recipients = held_back));
        }
        Ok(())
    }

    fn chosen(&self) -> Chosen {
        let Choice {
            limit,
            mut only,
            sample,
            ..
        } = self.options.choice.clone();
        let mut named = std::collections::HashSet::new();
        only.retain(|key| named.insert(key.clone()));
        Chosen {
            in_doubt: self.options.in_doubt,
            retry_rejected: self.options.retry_rejected,
            limit: limit.or(self
                .destination
                .most
                .filter(|_| only.is_empty() && sample.is_none())),
            only: (!only.is_empty()).then_some(only),
            choice: self.options.choice.leaving_out(),
        }
    }

    fn deliver(&self, ready: Ready, front: &mut dyn Front) -> Result<Sent, RunError> {
        let Ready {
            ledger,
            mailing,
            plan,
            accounts,
            chosen,
            messages,
            recipients,
            inputs,
            refused_before,
        } = ready;
        let mailing = &mailing;
        let mut summary = self.summary(mailing);
        let before = ledger.totals(mailing.id)?;
        let accepted_before = before.get(&Status::Accepted).copied().unwrap_or(0);
        summary.count(&before);
        summary.this_run.recipients = recipients;
        if let Some(results) = &self.destination.results {
            if messages > 0 {
                summary.write(results).map_err(RunError::NoReport)?;
            } else {
                summary.sent_before(results);
            }
        }
        let (stop, stopped) = watch::channel(StopRequest::None);
        let saved = Arc::new(OnceLock::new());
        let compose = self.compose(mailing, &chosen, stop.clone(), Arc::clone(&saved));
        let journal = Arc::new(LedgerJournal::begin(ledger, mailing, chosen.clone())?);
        front.stage(Stage::Sending, Some(messages));
        let mut delivered = if messages == 0 {
            Delivered::default()
        } else {
            let journal = Arc::clone(&journal);
            self.runtime.block_on(async {
                let requests = std::iter::once(front.stop_requests()).chain(self.destination.stop_requests());
                forward_stops(requests, inputs, stop);
                let accounts = accounts.map(|accounts| Arc::new(accounts) as Arc<dyn Accounts>);
                let mut observe = |event: Event<'_>| front.event(&event);
                delivery::run(plan, journal, accounts, compose, &mut observe, stopped).await
            })
        };
        front.stage(Stage::Over, None);
        // The last messages may be through before the request to stop is heard.
        if let (None, Some(file)) = (&delivered.stop, saved.get()) {
            delivered.stop = Some(Stop::InputsChanged(String::clone(file)));
        }
        // What was written went nowhere, also where everybody was through before anybody looked.
        if let (None, true, Some(how)) = (&delivered.stop, messages > 0, journal.replaced()) {
            delivered.stop = Some(Stop::LedgerReplaced(how));
        }
        let account = Account {
            environment: &self.prepared.environment,
            destination: self.destination,
            mailing,
            delivered: &delivered,
            accepted_before,
            refused_before,
        };
        account
            .close(&journal, &chosen, messages, summary)
            .map_err(|error| {
                if let RunError::Ledger(error) = error {
                    RunError::Unaccounted(error)
                } else {
                    error
                }
            })
    }

    /// Renders, composes and signs a claimed row.
    /// Asks for a stop where a file that a row names is not what was checked, and notes it in `saved`.
    fn compose(
        &self,
        mailing: &Mailing,
        chosen: &Chosen,
        stop: watch::Sender<StopRequest>,
        saved: Arc<OnceLock<String>>,
    ) -> Compose {
        let environment = self.prepared.environment.clone();
        let audience = Arc::clone(&self.prepared.audience);
        let composer = Arc::clone(&self.prepared.composer);
        let stamp = Stamp {
            mailing: mailing.uid,
            id_form: IdForm::of_rules(mailing.rules),
            test_to: self.destination.test_to.clone(),
        };
        let signing = self.destination.signing.clone();
        let named = chosen.only.is_some();
        Box::new(move |claimed: &Claimed| {
            let date = claimed.date.unwrap_or_else(|| environment.now().as_second());
            let at = Timestamp::from_second(date).unwrap_or_default();
            let addressed = match audience.addressed(&claimed.row, &|key| stamp.token(key)) {
                Ok(addressed) => addressed,
                Err(unaddressed) => return Err(composer.faults(unaddressed, &mut |_| {})),
            };
            let compose = || composer.compose(&addressed, &stamp, at, &mut |_| {});
            let mut message = inputs::patiently(&stop, &claimed.files, compose, || composer.take_unread())?;
            if let Some(signing) = &signing {
                signing
                    .sign(&mut message.content, at)
                    .map_err(|why| Problem::error(why.said()))?;
            }
            if let Some(file) = NamedFile::changed(&claimed.files, &message.files) {
                saved.get_or_init(|| file.path.clone());
                inputs::stop(&stop, StopRequest::InputsChanged(file.path.clone()));
                return Err(mailing::saved_meanwhile(&file.path).into());
            }
            let digest = message.content.digest;
            if claimed.in_doubt && !named && claimed.digest.is_some_and(|before| before != digest) {
                return Err(mailing::differs(&claimed.key).into());
            }
            Ok(Composed { date, message })
        })
    }

    fn summary(&self, mailing: &Mailing) -> Summary {
        Summary {
            campaign: self.prepared.campaign.name.clone(),
            mailing: mailing.uid.to_string(),
            recipients: 0,
            statuses: std::collections::BTreeMap::new(),
            check_seconds: self.check_seconds,
            send_seconds: 0.0,
            messages_per_second: 0.0,
            bytes: 0,
            connections_opened: 0,
            this_run: ThisRun::default(),
            copies: Copies::default(),
            started_at: now(&self.prepared.environment),
            finished_at: None,
            exit_code: None,
            reason: None,
            retry_at: None,
        }
    }
}

/// The stops of people, here and elsewhere, and the files' go to one channel.
fn forward_stops(
    people: impl Iterator<Item = watch::Receiver<StopRequest>>,
    inputs: Inputs,
    stop: watch::Sender<StopRequest>,
) {
    tokio::spawn(inputs.watch(stop.clone()));
    for mut person in people {
        let stop = stop.clone();
        tokio::spawn(async move {
            // What was asked for before now counts as well.
            person.mark_changed();
            while person.changed().await.is_ok() {
                let request = person.borrow_and_update().clone();
                if request != StopRequest::None && stop.send(request).is_err() {
                    return;
                }
            }
        });
    }
}
