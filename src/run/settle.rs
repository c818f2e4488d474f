//! `settle`: a person decides about recipients in doubt.

use crate::campaign::Folders;
use crate::ledger::{Decision, Ledger, LedgerError, Lock, Mailing, Reader, Totals};
use crate::recipients::Key;
use crate::report::{self, Rows};
use crate::words::{Arg, say};

use super::failure::RunError;
use super::place::place;

/// Who is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Everybody in doubt.
    All,
    /// These.
    Keys(Vec<Key>),
}

/// The result.
#[derive(Debug)]
pub struct Settled {
    /// How many were settled.
    pub settled: u64,
    /// And how many copies (Cc, Bcc).
    pub copies: u64,
    /// Recipients that the relay permanently refused in a run that died, and that were not reported
    /// yet.
    pub rejected: u64,
    /// Where the mailing stands now.
    pub totals: Totals,
}

/// Records what a person decided about recipients in doubt and the copies of their messages, and
/// updates the reports. All of them, or none. With addresses in `copies`, only about copies to
/// these.
///
/// # Errors
/// A run is active; a recipient is not in doubt; the ledger cannot be written.
pub fn settle(
    folders: &Folders,
    whom: &Whom,
    copies: &[String],
    decision: Decision,
) -> Result<Settled, RunError> {
    let path = place(folders)?.ledger;
    if !Ledger::is_there(&path)? {
        return Err(LedgerError::None(path.display().to_string()).into());
    }
    let _lock = Lock::take(&path)?;
    let mut ledger = Ledger::open(&path)?.change()?;
    let Some(latest) = ledger.latest_mailing()? else {
        return Err(LedgerError::None(path.display().to_string()).into());
    };
    let latest_id = latest.id;
    let mailing = mail_meant(&ledger, whom, latest)?;
    // What a killed run left open is in doubt from here on.
    let recovered = ledger.recover(&mailing)?;
    let (mut settled, mut settled_copies, mut others) = (0, 0, Vec::new());
    let keys = match whom {
        Whom::All if copies.is_empty() => ledger.in_doubt(&mailing)?,
        Whom::All => Vec::new(),
        Whom::Keys(keys) => keys.clone(),
    };
    for key in &keys {
        let theirs = match whom {
            Whom::Keys(_) => ledger.settle_copies(&mailing, Some(key), copies, decision)?,
            Whom::All => 0,
        };
        settled_copies += theirs;
        if !copies.is_empty() {
            if theirs == 0 {
                let addresses = Arg::or(copies.iter().map(String::as_str));
                others.push(say!(
                    "run-no-copy-in-doubt",
                    key = key.as_str(),
                    addresses = addresses
                ));
            }
            continue;
        }
        match ledger.settle(&mailing, key, decision)? {
            Ok(()) => settled += 1,
            Err(_) if theirs > 0 => {}
            Err(Some(status)) => {
                others.push(say!(
                    "run-not-in-doubt-but",
                    key = key.as_str(),
                    status = status.name()
                ));
            }
            Err(None) => others.push(say!("run-not-in-mailing", key = key.as_str())),
        }
    }
    if *whom == Whom::All {
        settled_copies = ledger.settle_copies(&mailing, None, copies, decision)?;
    }
    if !others.is_empty() {
        return Err(RunError::NotInDoubt(others));
    }
    ledger.finish(&mailing)?;
    drop(ledger.keep()?);
    let reader = Reader::open(&path)?;
    // If there are reports, they must agree with the ledger.
    if mailing.id == latest_id && folders.results.join("report.csv").is_file() {
        report::write_files(&Rows::of(&reader, mailing.id, None), &folders.results)?;
    }
    Ok(Settled {
        settled,
        copies: settled_copies,
        rejected: recovered.rejected.len() as u64,
        totals: reader.totals(mailing.id)?,
    })
}

/// The mailing that is settled: the latest one. Of mails without a list, the one in which the recipient
/// is in doubt, where only one can be meant.
fn mail_meant(ledger: &Ledger, whom: &Whom, latest: Mailing) -> Result<Mailing, LedgerError> {
    let Whom::Keys(keys) = whom else {
        return Ok(latest);
    };
    let [key] = keys.as_slice() else {
        return Ok(latest);
    };
    match ledger.mails_in_doubt(key)?.as_slice() {
        [other] if *other != latest.id => ledger.mailing_of(*other),
        _ => Ok(latest),
    }
}
