//! Which campaign a ledger belongs to, and where that campaign is.
//!
//! A ledger is not identified by its name. Folders, campaign files and names change, and people who
//! got the message still have it; and a copy of a folder is another campaign with the same ledger
//! in it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::failure::LedgerError;
use super::file::Ledger;
use super::schema;

/// The version from which on ledgers say whose they are.
const SINCE: i32 = 5;

/// A campaign, as its ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Random; a copy has the same.
    pub id: String,
    /// The campaign.
    pub home: CampaignHome,
}

/// Where a campaign lies and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignHome {
    /// Its folder, without links in it.
    pub folder: String,
    /// Its file in there; `None` where flags say everything.
    pub file: Option<String>,
    /// Its name.
    pub name: String,
    /// The name was given by `--name`.
    pub renamed: bool,
}

/// A ledger in a folder of ledgers.
#[derive(Debug, Clone)]
pub struct FoundLedger {
    /// Its file.
    pub path: PathBuf,
    /// Whose it is; `None` where an older version has not noted that.
    pub identity: Option<Identity>,
    /// The random ids of its mailings.
    pub mailings: Vec<String>,
}

impl Ledger {
    /// The ledgers in a folder. Files that are not ledgers are left out; a file that cannot be read
    /// is an error, because it may be the one that matters.
    ///
    /// # Errors
    /// The folder or a ledger cannot be read.
    pub fn all_in(folder: &Path) -> Result<Vec<FoundLedger>, LedgerError> {
        let mut found = Vec::new();
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if crate::storage::says_absent(&error) => return Ok(found),
            Err(error) => return Err(LedgerError::unopenable(folder, error)),
        };
        for entry in entries {
            let path = entry
                .map_err(|error| LedgerError::unopenable(folder, error))?
                .path();
            let is_ledger = path.extension().is_some_and(|extension| extension == "db");
            if !is_ledger || path.is_dir() {
                continue;
            }
            match look(&path) {
                Ok(ledger) => found.push(ledger),
                Err(LedgerError::Foreign(_)) => {}
                Err(error) => return Err(error),
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// The ledger at `path`; it is not changed.
    ///
    /// # Errors
    /// It is not a ledger, or cannot be read.
    pub fn look(path: &Path) -> Result<FoundLedger, LedgerError> {
        look(path)
    }

    /// Notes whose it is.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn belongs_to(&mut self, identity: &Identity) -> Result<(), LedgerError> {
        self.execute("DELETE FROM campaign", [])?;
        let CampaignHome {
            folder,
            file,
            name,
            renamed,
        } = &identity.home;
        self.execute(
            "INSERT INTO campaign (id, folder, file, name, renamed) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![identity.id, folder, file, name, renamed],
        )
    }

    /// Whether a mailing of this random id is in it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn accepted_of(&self, uid: &str) -> Result<Option<u64>, LedgerError> {
        self.connection
            .query_row(
                "SELECT CASE WHEN purged_at IS NOT NULL THEN 9223372036854775807 ELSE
                        (SELECT count(*) FROM recipient r WHERE r.mailing = m.id AND r.status IN ('accepted', 'bounced')) END
                 FROM mailing m WHERE uid = ?1",
                [uid],
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| self.failed(error))
    }

    /// Hands the key of everybody to `each` who is in some mailing, and whether they have or may have
    /// its message.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn each_key(&self, mut each: impl FnMut(&str, bool)) -> Result<(), LedgerError> {
        let sql = "SELECT key, max(status IN ('accepted', 'in_doubt', 'intent', 'bounced')) FROM recipient GROUP BY key";
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
}

fn look(path: &Path) -> Result<FoundLedger, LedgerError> {
    let (connection, version) = schema::open_as_it_is(path)?;
    let read = || {
        let identity = if version >= SINCE {
            identity(&connection)?
        } else {
            None
        };
        let mut statement = connection.prepare("SELECT uid FROM mailing")?;
        let mailings = statement.query_map([], |row| row.get(0))?;
        Ok((identity, mailings.collect::<rusqlite::Result<_>>()?))
    };
    let (identity, mailings) = read().map_err(|error| LedgerError::of_sqlite(path, error))?;
    Ok(FoundLedger {
        path: path.to_owned(),
        identity,
        mailings,
    })
}

fn identity(connection: &Connection) -> rusqlite::Result<Option<Identity>> {
    let sql = "SELECT id, folder, file, name, renamed FROM campaign";
    let one = |row: &rusqlite::Row<'_>| {
        Ok(Identity {
            id: row.get(0)?,
            home: CampaignHome {
                folder: row.get(1)?,
                file: row.get(2)?,
                name: row.get(3)?,
                renamed: row.get(4)?,
            },
        })
    };
    connection.query_row(sql, [], one).optional()
}
