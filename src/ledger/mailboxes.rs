//! What was read of the folders that answers are fetched from: kept in the same change as what the mails
//! caused, so that a run that dies has read nothing.

use rusqlite::{OptionalExtension, params};

use super::failure::LedgerError;
use super::file::Ledger;

/// A folder of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxPlace<'p> {
    /// The server.
    pub server: &'p str,
    /// Who reads it.
    pub user: &'p str,
    /// The folder.
    pub folder: &'p str,
}

/// What was read of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailboxRead {
    /// UIDVALIDITY; `None` over POP3.
    pub validity: Option<u32>,
    /// Over IMAP, mails with a lower UID were read.
    pub next: u32,
    /// Mails from before were left out.
    pub since: Option<String>,
    /// Mails one by one, in the order of their names: over POP3 those that were read, over IMAP those
    /// that could not be.
    pub mails: Vec<MailboxMail>,
}

/// One mail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailboxMail {
    /// A hash of its UIDL, or its UID.
    pub name: Vec<u8>,
    /// Its size.
    pub size: Option<u64>,
    /// How often it could not be read.
    pub tries: u32,
}

impl Ledger {
    /// What was read of a folder, if anything was.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn mailbox(&self, place: &MailboxPlace<'_>) -> Result<Option<MailboxRead>, LedgerError> {
        let Some((id, mut read)) = self.mailbox_itself(place)? else {
            return Ok(None);
        };
        let sql = "SELECT name, size, tries FROM mailbox_mail WHERE mailbox = ?1 ORDER BY name";
        let mails = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let rows = statement.query_map([id], |row| {
                Ok(MailboxMail {
                    name: row.get(0)?,
                    size: row.get(1)?,
                    tries: row.get(2)?,
                })
            })?;
            rows.collect()
        });
        read.mails = mails.map_err(|error| self.failed(error))?;
        Ok(Some(read))
    }

    fn mailbox_itself(&self, place: &MailboxPlace<'_>) -> Result<Option<(i64, MailboxRead)>, LedgerError> {
        let sql =
            "SELECT id, validity, next, since FROM mailbox WHERE server = ?1 AND user = ?2 AND folder = ?3";
        let found = self
            .connection
            .query_row(sql, params![place.server, place.user, place.folder], |row| {
                let read = MailboxRead {
                    validity: row.get(1)?,
                    next: row.get(2)?,
                    since: row.get(3)?,
                    mails: Vec::new(),
                };
                Ok((row.get(0)?, read))
            });
        found.optional().map_err(|error| self.failed(error))
    }

    /// Keeps what was read of a folder. What is kept already is not written again.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn keep_mailbox(&mut self, place: &MailboxPlace<'_>, read: &MailboxRead) -> Result<(), LedgerError> {
        let known = self.mailbox(place)?;
        if known.as_ref() == Some(read) {
            return Ok(());
        }
        self.execute(
            "INSERT INTO mailbox (server, user, folder, validity, next, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (server, user, folder) DO UPDATE SET validity = ?4, next = ?5, since = ?6",
            params![place.server, place.user, place.folder, read.validity, read.next, read.since],
        )?;
        let Some((id, _)) = self.mailbox_itself(place)? else {
            return Ok(());
        };
        let known = known.map(|known| known.mails).unwrap_or_default();
        for gone in known
            .iter()
            .filter(|mail| read.mails.binary_search(mail).is_err())
        {
            let sql = "DELETE FROM mailbox_mail WHERE mailbox = ?1 AND name = ?2";
            self.execute(sql, params![id, gone.name])?;
        }
        for mail in read
            .mails
            .iter()
            .filter(|mail| known.binary_search(mail).is_err())
        {
            self.execute(
                "INSERT OR REPLACE INTO mailbox_mail (mailbox, name, size, tries) VALUES (?1, ?2, ?3, ?4)",
                params![id, mail.name, mail.size, mail.tries],
            )?;
        }
        Ok(())
    }

    /// When the oldest of the mailings began that answers still come to: those of the last 30 days, or
    /// the latest.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn answers_since(&self, recent: &str) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT coalesce((SELECT min(started_at) FROM mailing WHERE started_at >= ?1), max(started_at)) FROM mailing";
        let found = self.connection.query_row(sql, [recent], |row| row.get(0));
        found.map_err(|error| self.failed(error))
    }
}
