//! Who an answer may be about: recipients by the token of their message, or by their address.

use rusqlite::{OptionalExtension, Row, params};

use crate::message::{MailingId, token_in};

use super::failure::LedgerError;
use super::file::Ledger;
use super::read::fields;
use super::schema;
use super::status::Status;

/// A recipient of a mailing, to whom a message was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The recipient's number in the ledger.
    pub recipient: i64,
    /// The mailing's number in the ledger.
    pub mailing: i64,
    /// Which mailing it is, counted from 1.
    pub nth: u64,
    /// The mailing's random id.
    pub uid: String,
    /// When the mailing began.
    pub started_at: String,
    /// The recipient's key.
    pub key: String,
    /// Where the recipient stands.
    pub status: Status,
    /// The token of the message.
    pub token: String,
    /// Where the message went, folded; `None` where the ledger does not know.
    pub address: Option<String>,
    /// The relay that took it.
    pub relay: String,
}

/// A mailing whose recipients were removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurgedMailing {
    /// Its random id.
    pub uid: MailingId,
    /// Which it is, counted from 1.
    pub nth: u64,
    /// When its recipients were removed.
    pub purged_at: String,
}

const SENT: &str =
    "r.id, r.mailing, (SELECT count(*) FROM mailing o WHERE o.id <= r.mailing), m.started_at, r.key,
    r.status, r.message_id, r.address, coalesce(r.relay, ''), m.uid
    FROM recipient r JOIN mailing m ON m.id = r.mailing";

impl Ledger {
    /// Hands the token of every message that was handed over to `each`, with its recipient's number.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn each_token(&self, each: impl FnMut(&str, i64)) -> Result<(), LedgerError> {
        each_token(&self.connection, each).map_err(|error| self.failed(error))
    }

    /// The same of a ledger of another campaign, which is not changed; also of an older version.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn each_token_in(path: &std::path::Path, each: impl FnMut(&str, i64)) -> Result<(), LedgerError> {
        let (connection, _) = schema::open_as_it_is(path)?;
        each_token(&connection, each).map_err(|error| LedgerError::of_sqlite(path, error))
    }

    /// A recipient, by number.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn sent_to(&self, recipient: i64) -> Result<Option<Sent>, LedgerError> {
        let sql = format!("SELECT {SENT} WHERE r.id = ?1 AND r.message_id IS NOT NULL");
        let found = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([recipient], sent).optional());
        let found = found.map_err(|error| self.failed(error))?;
        let found = found.filter(|sent| !sent.token.is_empty());
        found.map(|found| self.addressed(found)).transpose()
    }

    /// Everybody with this folded address to whom a message was handed over, the latest mailing first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn sent_to_address(&self, address: &str) -> Result<Vec<Sent>, LedgerError> {
        // By the index, whose first column is the mailing; nearly always the key is the address.
        let sql = format!(
            "SELECT {SENT} WHERE r.message_id IS NOT NULL AND r.id IN
             (SELECT k.id FROM mailing n CROSS JOIN recipient k ON k.mailing = n.id AND k.key = ?1
              UNION SELECT a.id FROM recipient a WHERE a.address = ?1)
             ORDER BY r.mailing DESC, r.id"
        );
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map([address], sent)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let found = read().map_err(|error| self.failed(error))?;
        let found = found.into_iter().map(|found| self.addressed(found));
        let mut found = found.collect::<Result<Vec<_>, _>>()?;
        found.retain(|sent| sent.address.as_deref() == Some(address) && !sent.token.is_empty());
        Ok(found)
    }

    /// Hands everybody to `each` to whom a message was handed over: their address and number.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn each_sent_address(&self, mut each: impl FnMut(&str, i64)) -> Result<(), LedgerError> {
        let sql = "SELECT coalesce(address, key), id FROM recipient WHERE message_id IS NOT NULL";
        let mut read = || {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                each(row.get_ref(0)?.as_str()?, row.get(1)?);
            }
            Ok(())
        };
        read().map_err(|error| self.failed(error))
    }

    /// Where the message went: the key is the address, or the ledger has it; in older ledgers it is the
    /// one address among the values of the key or the cells, if there is one.
    fn addressed(&self, mut sent: Sent) -> Result<Sent, LedgerError> {
        if sent.address.is_some() {
            return Ok(sent);
        }
        if sent.key.contains('@') && !sent.key.contains('|') {
            sent.address = Some(sent.key.clone());
            return Ok(sent);
        }
        let of_key = one(sent.key.split('|').map(ToOwned::to_owned));
        sent.address = match of_key {
            Some(address) => Some(address),
            None => one(self.cells_of(sent.recipient)?.into_iter()),
        };
        Ok(sent)
    }

    /// The cells of a recipient's rows.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn cells_of(&self, recipient: i64) -> Result<Vec<String>, LedgerError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT fields FROM source_row WHERE recipient = ?1
                 UNION ALL SELECT fields FROM former_row WHERE recipient = ?1",
            )?;
            let mut rows = statement.query([recipient])?;
            let mut cells = Vec::new();
            while let Some(row) = rows.next()? {
                let read = fields(row.get_ref(0)?.as_str()?);
                cells.extend(read.into_iter().map(std::borrow::Cow::into_owned));
            }
            Ok(cells)
        };
        read().map_err(|error| self.failed(error))
    }

    /// The mailings whose recipients were removed, the latest first.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn purged_mailings(&self) -> Result<Vec<PurgedMailing>, LedgerError> {
        let purged = self.list()?.into_iter().rev().filter_map(|one| {
            Some(PurgedMailing {
                uid: MailingId::parse(&one.uid)?,
                nth: one.nth,
                purged_at: one.purged_at?,
            })
        });
        Ok(purged.collect())
    }

    /// The mailings of an address that ended in `accepted` or `bounced`, the latest first: with their
    /// numbers, when they began, and the recipient's.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mailings_to(&self, address: &str) -> Result<Vec<Sent>, LedgerError> {
        let mut sent = self.sent_to_address(address)?;
        sent.retain(|one| matches!(one.status, Status::Accepted | Status::Bounced));
        Ok(sent)
    }

    /// Whether the list of a mailing has a column of this name.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn has_column(&self, mailing: i64, column: &str) -> Result<bool, LedgerError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM mailing, json_each(columns) WHERE mailing.id = ?1 AND value = ?2)";
        self.connection
            .query_row(sql, params![mailing, column], |row| row.get(0))
            .map_err(|error| self.failed(error))
    }

    /// The text of a part of what a mailing's messages are made of, such as `cc`.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn text_of(&self, mailing: i64, part: &str) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT json_extract(texts, '$.' || ?2) FROM mailing WHERE id = ?1";
        self.connection
            .query_row(sql, params![mailing, part], |row| row.get(0))
            .optional()
            .map(Option::flatten)
            .map_err(|error| self.failed(error))
    }
}

/// The address among these texts, if there is one and no other.
fn one(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut found = None;
    for text in texts.filter(|text| text.contains('@')) {
        let address: lettre::Address = text.trim().parse().ok()?;
        let address = crate::recipients::Key::of_address(&address).as_str().to_owned();
        if found.as_ref().is_some_and(|other| *other != address) {
            return None;
        }
        found = Some(address);
    }
    found
}

fn sent(row: &Row<'_>) -> rusqlite::Result<Sent> {
    let status: String = row.get(5)?;
    let message_id: String = row.get(6)?;
    Ok(Sent {
        recipient: row.get(0)?,
        mailing: row.get(1)?,
        nth: row.get(2)?,
        started_at: row.get(3)?,
        key: row.get(4)?,
        status: Status::named(&status).unwrap_or(Status::InDoubt),
        token: token_in(&message_id).unwrap_or_default(),
        address: row.get(7)?,
        relay: row.get(8)?,
        uid: row.get(9)?,
    })
}

fn each_token(connection: &rusqlite::Connection, mut each: impl FnMut(&str, i64)) -> rusqlite::Result<()> {
    let sql = "SELECT message_id, id FROM recipient WHERE message_id IS NOT NULL";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(token) = token_in(row.get_ref(0)?.as_str()?) {
            each(&token, row.get(1)?);
        }
    }
    Ok(())
}
