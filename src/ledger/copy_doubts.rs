//! Copies (Cc, Bcc) in doubt: how this happens, and how a person decides about them.

use rusqlite::{Connection, OptionalExtension, Params, params};

use crate::recipients::Key;

use super::mailing::Mailing;
use super::moment::now;
use super::writer::refused_copy;

/// Why a recipient is in doubt whose message, or copy, was on its way when a run ended.
pub(super) const LOST: &str = "the run ended before the relay's reply was recorded";

const CUT: &str = "the machine went down while this copy was being sent";

/// Copies that were handed over without a recorded reply are in doubt.
pub(super) fn doubt_intents(connection: &Connection, mailing: i64) -> rusqlite::Result<()> {
    become_doubtful(connection, "c.status = 'intent'", params![mailing], LOST)
}

/// Copies that were claimed when the machine went down may be there; others are free again.
pub(super) fn give_back(connection: &Connection, mailing: i64, boot: Option<&str>) -> rusqlite::Result<()> {
    if let Some(boot) = boot {
        let cut = "c.claimed_by IN (SELECT id FROM run WHERE mailing = ?1 AND ended_at IS NULL
                                    AND (boot <> ?2 OR boot = ''))";
        become_doubtful(connection, cut, params![mailing, boot], CUT)?;
    }
    connection.execute(
        "UPDATE copy SET claimed_by = NULL WHERE claimed_by IS NOT NULL
         AND EXISTS (SELECT 1 FROM recipient r WHERE r.id = copy.recipient AND r.mailing = ?1)",
        [mailing],
    )?;
    Ok(())
}

/// `values` are those of `which`, the mailing first.
fn become_doubtful(
    connection: &Connection,
    which: &str,
    values: impl Params,
    why: &str,
) -> rusqlite::Result<()> {
    for (copy, _) in among(connection, which, values)? {
        becomes(connection, copy, "in_doubt", why)?;
    }
    Ok(())
}

/// The recipient of the message and the place of the copy in the envelope; and the address of the
/// copy.
type Place = ((i64, u32), String);

fn among(connection: &Connection, which: &str, values: impl Params) -> rusqlite::Result<Vec<Place>> {
    let mut statement = connection.prepare(&format!(
        "SELECT c.recipient, c.position, c.address FROM copy c CROSS JOIN recipient r ON r.id = c.recipient
         WHERE r.mailing = ?1 AND {which}"
    ))?;
    let rows = statement.query_map(values, |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    rows.collect()
}

/// The copies of a mailing that are in doubt: those of one message alone, those to certain addresses.
pub(super) fn in_doubt(
    connection: &Connection,
    mailing: &Mailing,
    of: Option<&Key>,
    to: &[String],
) -> rusqlite::Result<Vec<(i64, u32)>> {
    let recipient: Option<i64> = match of {
        None => None,
        Some(key) => {
            let found = connection
                .prepare_cached("SELECT id FROM recipient WHERE mailing = ?1 AND key = ?2")?
                .query_row(params![mailing.id, key.as_str()], |row| row.get(0))
                .optional()?;
            let Some(found) = found else {
                return Ok(Vec::new());
            };
            Some(found)
        }
    };
    let found = among(connection, "c.status = 'in_doubt'", params![mailing.id])?.into_iter();
    let meant = found.filter(|((whose, _), address)| {
        recipient.is_none_or(|recipient| recipient == *whose)
            && (to.is_empty() || to.iter().any(|to| Key::typed(to) == Key::typed(address)))
    });
    Ok(meant.map(|(copy, _)| copy).collect())
}

/// Where a copy stands now, in the row of its message, too.
pub(super) fn becomes(
    connection: &Connection,
    (recipient, position): (i64, u32),
    status: &str,
    reply: &str,
) -> rusqlite::Result<()> {
    let found: Option<(String, String)> = connection
        .prepare_cached("SELECT address, reply FROM copy WHERE recipient = ?1 AND position = ?2")?
        .query_row(params![recipient, position], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((address, before)) = found else {
        return Ok(());
    };
    let after = if status == "accepted" {
        format!("; {address} was accepted later")
    } else {
        refused_copy(&address, reply)
    };
    connection
        .prepare_cached(
            "UPDATE copy SET status = ?3, reply = ?4, at = ?5, claimed_by = NULL
             WHERE recipient = ?1 AND position = ?2",
        )?
        .execute(params![recipient, position, status, reply, now()])?;
    connection
        .prepare_cached("UPDATE recipient SET reply = replace(reply, ?2, ?3) WHERE id = ?1")?
        .execute(params![recipient, refused_copy(&address, &before), after])?;
    Ok(())
}
