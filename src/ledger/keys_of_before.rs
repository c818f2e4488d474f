//! Keys as earlier versions made them: `"brian"@example.org` and brian@example.org were different
//! keys.
//!
//! They are renewed when a ledger is opened for writing, so that nobody gets a message again under
//! the other name, and `settle` and `--only` find every recipient.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::recipients::Key;

/// Recipients that have the message, or may have it.
const HAS_IT: &str = "status IN ('accepted', 'in_doubt', 'intent', 'bounced')";

/// Renews keys in which an address is quoted.
pub(super) fn renew(connection: &mut Connection) -> rusqlite::Result<()> {
    let found = quoted(connection)?;
    if found.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for (recipient, mailing, key) in found {
        let renewed = Key::anew(&key);
        if renewed.as_str() != key {
            rename(&transaction, recipient, mailing, &key, renewed.as_str())?;
        }
    }
    transaction.commit()
}

fn quoted(connection: &Connection) -> rusqlite::Result<Vec<(i64, i64, String)>> {
    let sql = "SELECT id, mailing, key FROM recipient WHERE key LIKE '%\"@%'";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// If a mailing had both, the recipient that has the message keeps the name.
fn rename(
    transaction: &Transaction<'_>,
    recipient: i64,
    mailing: i64,
    key: &str,
    renewed: &str,
) -> rusqlite::Result<()> {
    let has_it = |id: i64| -> rusqlite::Result<bool> {
        let sql = format!("SELECT {HAS_IT} FROM recipient WHERE id = ?1");
        transaction.query_row(&sql, [id], |row| row.get(0))
    };
    let set = |id: i64, key: &str| {
        transaction.execute("UPDATE recipient SET key = ?2 WHERE id = ?1", params![id, key])
    };
    let other: Option<i64> = transaction
        .query_row(
            "SELECT id FROM recipient WHERE mailing = ?1 AND key = ?2",
            params![mailing, renewed],
            |row| row.get(0),
        )
        .optional()?;
    let Some(other) = other else {
        return set(recipient, renewed).map(drop);
    };
    if has_it(recipient)? && !has_it(other)? {
        // No key has a line break.
        set(recipient, "\n")?;
        set(other, key)?;
        set(recipient, renewed)?;
    }
    Ok(())
}
