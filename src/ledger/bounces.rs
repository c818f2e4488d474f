//! The status `bounced`: it follows from the answers about a recipient, and what the recipient was
//! before is kept beside it.

use rusqlite::params;

use super::answers::{BounceKind, Recorded, What};
use super::failure::LedgerError;
use super::file::Ledger;
use super::moment::now;
use super::status::{INTENT, Status};

/// What became of the status of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighed {
    /// It is as it was.
    Same,
    /// The recipient is bounced now.
    Bounced,
    /// They were bounced, and are what they were before.
    Restored,
}

impl Ledger {
    /// Makes the status of a recipient agree with all answers about them.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn weigh_bounces(&mut self, recipient: i64) -> Result<Weighed, LedgerError> {
        self.weigh(recipient).map_err(|error| self.failed(error))
    }

    fn weigh(&mut self, recipient: i64) -> rusqlite::Result<Weighed> {
        let effects = self.effects_on_recipient(recipient)?;
        let status: String =
            self.connection
                .query_row("SELECT status FROM recipient WHERE id = ?1", [recipient], |row| {
                    row.get(0)
                })?;
        let bounced = status == Status::Bounced.name();
        let bounce = decisive(&effects);
        match bounce {
            Some(bounce) if !bounced => {
                if !may_bounce(&status, bounce.effect.matched.is_proof()) {
                    return Ok(Weighed::Same);
                }
                self.connection.execute(
                    "INSERT OR REPLACE INTO unbounced (recipient, status, code, reply, at)
                     SELECT id, CASE status WHEN 'intent' THEN 'in_doubt' ELSE status END, code, reply, at
                     FROM recipient WHERE id = ?1",
                    [recipient],
                )?;
                self.bounce(recipient, bounce)?;
                Ok(Weighed::Bounced)
            }
            // A later answer may say more.
            Some(bounce) => {
                self.bounce(recipient, bounce)?;
                Ok(Weighed::Same)
            }
            None if bounced => {
                let restored = self.connection.execute(
                    "UPDATE recipient SET (status, code, reply, at) =
                        (SELECT status, code, reply, at FROM unbounced u WHERE u.recipient = recipient.id)
                     WHERE id = ?1 AND id IN (SELECT recipient FROM unbounced)",
                    [recipient],
                )?;
                self.connection
                    .execute("DELETE FROM unbounced WHERE recipient = ?1", [recipient])?;
                Ok(if restored == 1 {
                    Weighed::Restored
                } else {
                    Weighed::Same
                })
            }
            None => Ok(Weighed::Same),
        }
    }

    fn bounce(&self, recipient: i64, bounce: &Recorded) -> rusqlite::Result<()> {
        let reply = reply(bounce);
        self.connection
            .execute(
                "UPDATE recipient SET status = 'bounced', code = ?2, reply = ?3, at = ?4, claimed_by = NULL
                 WHERE id = ?1 AND (status <> 'bounced' OR reply IS NOT ?3 OR code IS NOT ?2)",
                params![recipient, bounce.effect.code, reply, now()],
            )
            .map(drop)
    }
}

/// Whether a message that bounced can be one to a recipient of this status: it was sent. That it was
/// sent to a recipient in doubt or pending, only a token shows.
fn may_bounce(status: &str, proof: bool) -> bool {
    match Status::named(status) {
        Some(Status::Accepted) => true,
        Some(Status::InDoubt | Status::Pending | Status::Deferred | Status::Suppressed) => proof,
        Some(Status::Rejected | Status::Invalid | Status::Duplicate | Status::Bounced) => false,
        None => proof && status == INTENT,
    }
}

/// The bounce that the status of a recipient shows: one about a dead address before others, then
/// the first. None, if the recipient replied to the same message later.
fn decisive(effects: &[Recorded]) -> Option<&Recorded> {
    let replies: Vec<_> = effects
        .iter()
        .filter(|one| one.effect.what == What::Reply)
        .collect();
    let bounces = effects.iter().filter(|one| {
        let is_theirs = one.effect.what == What::Bounce && !one.effect.copy;
        is_theirs && !replies.iter().any(|reply| is_later(reply, one))
    });
    bounces.min_by_key(|one| (one.effect.kind != Some(BounceKind::Hard), one.id))
}

/// Whether an answer came after another: by their dates, if both have one.
pub fn is_later(one: &Recorded, than: &Recorded) -> bool {
    match (&one.date, &than.date) {
        (Some(one), Some(than)) => one > than,
        _ => one.id > than.id,
    }
}

/// What reports say of a bounce: its kind and reason, then the words of the far end.
fn reply(bounce: &Recorded) -> String {
    let effect = &bounce.effect;
    let mut reply = format!("{} bounce", effect.kind.unwrap_or(BounceKind::Unsure).name());
    if let Some(reason) = &effect.reason {
        reply.push_str(&format!(" ({reason})"));
    }
    if let Some(named) = &effect.named {
        reply.push_str(&format!(" of {named}"));
    }
    let words = effect.words.as_deref().unwrap_or_default();
    let status = effect.status.as_deref().unwrap_or_default();
    let parts: Vec<&str> = [status, words]
        .into_iter()
        .filter(|part| !part.is_empty() && (*part != status || !words.contains(status)))
        .collect();
    if !parts.is_empty() {
        reply.push_str(": ");
        reply.push_str(&parts.join(" "));
    }
    reply
}
