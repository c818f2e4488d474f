//! `inbox` from a mail server: what is new in the mailbox, sorted and collected.

use std::collections::BTreeMap;
use std::path::Path;

use crate::campaign::{MailAccount, MailServer, SecretSource};
use crate::cli::advice::Advice;
use crate::cli::events::Events;
use crate::cli::explain::{Failure, Outcome};
use crate::cli::output::{Globals, tell};
use crate::cli::screen::Screen;
use crate::cli::status::folders;
use crate::cli::{settings, terminal};
use crate::inbox::fetch::{FetchError, Listed, News, Rescan};
use crate::inbox::{Class, Incoming, Sorted, sort};
use crate::run::{Collection, End, Ended, Environment, Reason, RunError, Unfetched, fetch};
use crate::words::{Arg, Said, say};

use super::args::InboxArgs;
use super::ended::ended as by_reading;
use super::{event, shown};

/// From this many mails on, it takes so long that it is said.
const MANY: usize = 1000;

/// The mails of a folder on their way, and what could not be read.
#[derive(Default)]
struct Tally {
    folder: String,
    mails: u64,
    unread: u64,
    failed: Option<FetchError>,
}

pub(super) fn run(
    globals: &Globals,
    inbox: &InboxArgs,
    campaign: &Path,
    environment: &Environment,
    advice: &Advice,
    out: &Events,
) -> Outcome {
    let account = account(inbox, campaign, advice)?;
    let mut screen = Screen::new(globals.quiet, true, Events::new(false));
    if inbox.no_campaign {
        return sort_only(globals, account, &mut screen, out);
    }
    let folders = folders(campaign, inbox.name.as_deref())?;
    let mut collection = Collection::open(&folders, environment, inbox.look)?;
    let since = match account.since {
        Some(since) => Some(since),
        None => collection.since()?,
    };
    let mut fetching = fetch(&account, &mut screen, |place| collection.recall(place), since)?;
    let mut tally = Tally::default();
    for news in fetching.by_ref() {
        let Some((mail, sorted)) = tally.note(globals, news) else {
            continue;
        };
        let is_early = matches!((sorted_at(&sorted), since), (Some(at), Some(since)) if at < since);
        if is_early {
            continue;
        }
        let place = terminal::words(&say!(
            "cli-inbox-place",
            file = &mail.file,
            number = Arg::plain(mail.number)
        ));
        let taken = collection.take(&place, &mail.octets, &sorted)?;
        out.emit("mail", || event::of(&mail, &sorted, Some(&taken)));
    }
    collection.remember(&fetching.finish())?;
    let ended = match tally.failed.take() {
        Some(error) if tally.mails == 0 => return Err(unfetched(account, error)),
        Some(error) => {
            warn(&say!("cli-inbox-stopped", why = &error));
            Ended::new(End::Interrupted, Reason::RelayDown)
        }
        None => by_reading(End::of(tally.unread == 0)),
    };
    let collected = collection.finish()?;
    for said in shown::lines(&collected, advice) {
        tell(globals, &said);
    }
    out.emit("finished", || event::finished(&collected, tally.unread, ended));
    Ok(ended.end)
}

/// Says what each mail is, and does nothing.
fn sort_only(globals: &Globals, account: MailAccount, screen: &mut Screen, out: &Events) -> Outcome {
    let fetching = fetch(&account, screen, |_| Ok(None), account.since)?;
    let mut classes: BTreeMap<Class, u64> = BTreeMap::new();
    let mut tally = Tally::default();
    for news in fetching {
        if let Some((mail, sorted)) = tally.note(globals, news) {
            *classes.entry(sorted.class).or_default() += 1;
            out.emit("mail", || event::of(&mail, &sorted, None));
        }
    }
    let ended = match tally.failed.take() {
        Some(error) if tally.mails == 0 => return Err(unfetched(account, error)),
        Some(error) => {
            warn(&say!("cli-inbox-stopped", why = &error));
            Ended::new(End::Interrupted, Reason::RelayDown)
        }
        None => by_reading(End::of(tally.unread == 0)),
    };
    tell(globals, &shown::read(tally.mails, 0, &classes));
    out.emit("finished", || {
        event::sorted(tally.mails, tally.unread, &classes, ended)
    });
    Ok(ended.end)
}

fn sorted_at(sorted: &Sorted) -> Option<jiff::Timestamp> {
    sorted.date
}

fn unfetched(account: MailAccount, error: FetchError) -> Failure {
    RunError::Unfetched(Box::new(Unfetched { account, error })).into()
}

/// The mailbox that flags name, or that of the campaign.
fn account(inbox: &InboxArgs, campaign: &Path, advice: &Advice) -> Result<MailAccount, Failure> {
    if let (Some(server), Some(user)) = (&inbox.server, &inbox.user) {
        let password = inbox.password_env.clone().map(SecretSource::Env);
        let account = server
            .parse::<MailServer>()
            .and_then(|server| MailAccount::of_flags(server, user, password));
        return account.map_err(|wrong| Failure::spoken(&wrong));
    }
    let settings = settings::file();
    match MailAccount::of(campaign, settings.as_deref()).map_err(RunError::Problems)? {
        Some(account) => Ok(account),
        None => Err(Failure::Hinted(
            say!("cli-inbox-from-where"),
            vec![
                say!("cli-inbox-hint-table"),
                say!(
                    "cli-inbox-hint-from-mbox",
                    command = advice.command_with("inbox", &["--from-mbox", "PATH"])
                ),
            ],
        )),
    }
}

impl Tally {
    /// What happened; the mail, if it is one.
    fn note(&mut self, globals: &Globals, news: News) -> Option<(Incoming, Sorted)> {
        match news {
            News::Folder {
                place, rescan, new, ..
            } => {
                self.folder = place.folder;
                if new >= MANY {
                    tell(
                        globals,
                        &say!("cli-inbox-reading", folder = &self.folder, mails = new),
                    );
                }
                if let Some(rescan) = rescan {
                    tell(globals, &rescanned(&self.folder, rescan));
                }
                None
            }
            News::Mail { listed, octets, .. } => {
                self.mails += 1;
                let mail = Incoming {
                    file: self.folder.clone(),
                    at: 0,
                    number: listed.uid.into(),
                    octets,
                };
                let sorted = sort(&mail.octets);
                Some((mail, sorted))
            }
            News::Unreadable { listed, why } => {
                self.unread += 1;
                warn(&say!(
                    "cli-inbox-unreadable",
                    place = self.place(&listed),
                    why = why
                ));
                None
            }
            News::Gone { listed } => {
                tell(globals, &say!("cli-inbox-gone", place = self.place(&listed)));
                None
            }
            News::Failed(error) => {
                self.failed = Some(error);
                None
            }
            News::UpTo(_) | News::Read(_) => None,
        }
    }

    fn place(&self, listed: &Listed) -> Said {
        say!(
            "cli-inbox-place",
            file = &self.folder,
            number = Arg::plain(listed.uid)
        )
    }
}

fn rescanned(folder: &str, rescan: Rescan) -> Said {
    match rescan {
        Rescan::Validity => say!("cli-inbox-rescan-validity", folder = folder),
        Rescan::Since => say!("cli-inbox-rescan-since", folder = folder),
        Rescan::NoNames => say!("cli-inbox-rescan-no-names"),
        Rescan::NamesReused => say!("cli-inbox-rescan-names-reused"),
    }
}

/// What costs mails is named also with `-q`.
fn warn(said: &Said) {
    use std::io::Write as _;
    let _ = writeln!(anstream::stderr().lock(), "{}", terminal::words(said));
}
