//! Looking at one message.

use crate::campaign::{Problem, Problems};
use crate::ledger::Next;
use crate::message::{MailingId, Message, Stamp};
use crate::words::{Said, Speak};

use super::failure::RunError;
use super::prepare::Prepared;
use super::signing;

/// One message, to look at.
#[derive(Debug)]
pub struct OneMessage {
    /// As a dry run would write it.
    pub message: Message,
    /// Where its recipient stands among those who are not to be written to.
    pub suppressed: Option<Said>,
}

/// The message of one row; `None` when there is no such row. What it lacks (a
/// signature whose key is not there) is noted.
///
/// # Errors
/// What is wrong with the row.
pub fn compose_row(
    prepared: &Prepared,
    number: u64,
    note: &mut dyn FnMut(&Said),
) -> Result<Option<OneMessage>, RunError> {
    let stamp = Stamp::new(MailingId::of_dry_run(&prepared.campaign.name));
    if let Some(looked) = prepared.look_back(None, Next::Open)? {
        note(&looked);
    }
    let Some(read) = prepared.audience.row(number)? else {
        return Ok(None);
    };
    let row = read.map_err(|fault| fault.problems)?;
    let date = prepared.environment.now();
    let addressed = match prepared.audience.addressed(&row, &|key| stamp.token(key)) {
        Ok(addressed) => addressed,
        Err(unaddressed) => return Err(prepared.composer.faults(unaddressed, &mut |_| {}).into()),
    };
    let mut message = prepared.composer.compose(&addressed, &stamp, date, &mut |_| {})?;
    if let Some(signing) = signing::if_there(&prepared.campaign, note) {
        signing
            .sign(&mut message.content, date)
            .map_err(|why| Problems::from(Problem::error(why.said()).code("recipients-file")))?;
    }
    let suppressed = prepared.audience.suppressed(&addressed.recipient);
    Ok(Some(OneMessage { message, suppressed }))
}
