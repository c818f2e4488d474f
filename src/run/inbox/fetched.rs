//! Fetching answers from a mail server, and what is remembered of it in the ledger.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::campaign::MailAccount;
use crate::inbox::fetch::{Access, Fetching, Memory, Place, Wanted};
use crate::ledger::{Ledger, LedgerError, MailboxMail, MailboxPlace, MailboxRead};

use super::super::failure::RunError;
use super::super::front::Front;
use super::super::relay::{endpoint, login};

/// Answers come to mailings of the last 30 days.
const RECENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Clocks differ, and mails are dated before they are sent.
const EARLIER: SignedDuration = SignedDuration::from_hours(24);

/// Begins to fetch what is new in a mailbox.
///
/// # Errors
/// The secret is not available, or TLS cannot be set up.
pub fn fetch(
    account: &MailAccount,
    front: &mut dyn Front,
    known: impl Fn(&Place) -> Result<Option<Memory>, RunError>,
    since: Option<Timestamp>,
) -> Result<Fetching, RunError> {
    let access = access(account, front)?;
    let mut wanted = Vec::new();
    for folder in &account.folders {
        let place = Place {
            server: access.name.clone(),
            user: account.access.user.clone().unwrap_or_default(),
            folder: folder.clone(),
        };
        wanted.push(Wanted {
            known: known(&place)?,
            folder: folder.clone(),
            since,
        });
    }
    Fetching::begin(access, wanted).map_err(RunError::Runtime)
}

/// Where and as whom a mailbox is read; reads the secret.
fn access(account: &MailAccount, front: &mut dyn Front) -> Result<Access, RunError> {
    let (login, _) = login(&account.access, front)?;
    Ok(Access {
        protocol: account.server.protocol,
        endpoint: endpoint(&account.access, login)?,
        name: account.server.to_string(),
    })
}

/// From when on mails are wanted, unless the campaign says so: a day before its mailing.
pub(super) fn since(ledger: &Ledger, now: Timestamp) -> Result<Option<Timestamp>, LedgerError> {
    let recent = now.checked_sub(RECENT).unwrap_or(Timestamp::MIN);
    let began = ledger.answers_since(&recent.to_string())?;
    let began: Option<Timestamp> = began.and_then(|began| began.parse().ok());
    Ok(began.and_then(|began| began.checked_sub(EARLIER).ok()))
}

/// What is remembered of a folder.
pub(super) fn recall(ledger: &Ledger, place: &Place) -> Result<Option<Memory>, LedgerError> {
    let Some(read) = ledger.mailbox(&of(place))? else {
        return Ok(None);
    };
    let is_imap = read.validity.is_some();
    let mut memory = Memory {
        validity: read.validity,
        next: read.next,
        since: read.since.and_then(|since| since.parse().ok()),
        unread: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    for mail in read.mails {
        if is_imap && let Ok(uid) = mail.name.as_slice().try_into() {
            memory.unread.insert(u32::from_be_bytes(uid), mail.tries);
        } else if let Ok(name) = mail.name.as_slice().try_into() {
            memory.names.insert(name, mail.size.unwrap_or_default());
        }
    }
    Ok(Some(memory))
}

/// Keeps what is remembered of a folder.
pub(super) fn keep(ledger: &mut Ledger, place: &Place, memory: &Memory) -> Result<(), LedgerError> {
    let unread = memory.unread.iter().map(|(uid, tries)| MailboxMail {
        name: uid.to_be_bytes().to_vec(),
        size: None,
        tries: *tries,
    });
    let names = memory.names.iter().map(|(name, size)| MailboxMail {
        name: name.to_vec(),
        size: Some(*size),
        tries: 0,
    });
    let read = MailboxRead {
        validity: memory.validity,
        next: memory.next,
        since: memory.since.map(|since| since.to_string()),
        mails: unread.chain(names).collect(),
    };
    ledger.keep_mailbox(&of(place), &read)
}

fn of(place: &Place) -> MailboxPlace<'_> {
    MailboxPlace {
        server: &place.server,
        user: &place.user,
        folder: &place.folder,
    }
}
