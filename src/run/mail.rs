//! One mail without a list: when it is the same as one before.
//!
//! Each is a mailing of its own in the ledger of its name. What it says and to whom is its identity:
//! wherever its files lie, by whichever relay it goes, and however its recipient's name is written,
//! it is the same mail, which must not go out twice.

use crate::ledger::{Ledger, Mailing};

use super::content::ContentLock;
use super::failure::RunError;
use super::prepare::Prepared;

/// The mailing that a run may go on with: the latest one, or of a mail the one that is the same. The
/// record of mails and that of a list are never mixed: each would take the other for its own past.
pub(super) fn mailing_before(
    ledger: &Ledger,
    prepared: &Prepared,
    lock: &ContentLock,
) -> Result<Option<Mailing>, RunError> {
    let (lists, mails) = ledger.kinds()?;
    let another = |of_mails| RunError::AnotherRecord {
        name: prepared.campaign.name.clone(),
        of_mails,
    };
    match lock.mail() {
        Some(_) if lists => Err(another(false)),
        Some(mail) => Ok(ledger.mail(mail)?),
        None if mails => Err(another(true)),
        None => Ok(ledger.latest_mailing()?),
    }
}
