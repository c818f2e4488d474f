//! The account store: hour and day limits of relay accounts, shared by all runs, campaigns and
//! processes of a user; and what relays can do with pipelining.
//!
//! A window is counted exactly: one row per reservation, with the number of envelope recipients and
//! the moment after which certainly none of them is sent any more. While a reservation is open,
//! that moment is the end of its lease; closing it moves the moment to now and reduces the number
//! to what was used. A row counts in a window that ends now if its moment is inside. After any
//! crash, this can count too much, never too little: a row that nobody closes is already right.
//! Only a clock that is set ahead ends windows early; it looks the same as time that has passed.
//!
//! A rollback journal, not a write-ahead log: home folders may be on network filesystems, where the
//! latter does not work, and a commit here serves up to a hundred messages.

mod counts;
mod schema;

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::campaign::{Rate, clock};
use crate::delivery::{Accounts, AccountsError, LEASE, Learned, Lease, Memory, ReservationId, Reserved};
use crate::storage::{Held, Unfit, private_folder};

use super::failure::AccountStoreError;

use counts::{frees, held, micros, seen, used, wait, windows};
use schema::STORE;

/// The file's name in the state folder.
const FILE_NAME: &str = "accounts.db";

/// One reservation takes this fraction of what is left of a limit, so that a second process finds
/// something when it comes.
const SHARES: u64 = 50;

/// The largest reservation: what an unlucky death costs of a limit.
const LARGEST: u64 = 100;

/// The longest window.
const DAY: i64 = 86_400_000_000;

/// A clock that is behind the store by less is waited for. One that is
/// further behind was wrong before: see [`AccountStore::moment`].
const STEP: i64 = 600_000_000;

type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// The accounts of relays, in one SQLite file that every process of a user
/// shares.
pub struct AccountStore {
    path: PathBuf,
    connection: Mutex<Connection>,
    clock: Clock,
}

/// What time it is.
#[derive(Clone, Copy)]
struct Moment {
    /// For the store: unix microseconds that never go back.
    now: i64,
    /// The clock of the machine, which may be behind.
    wall: Timestamp,
}

impl AccountStore {
    /// The path of the store below the state folder.
    pub fn file(state: &Path) -> PathBuf {
        state.join(FILE_NAME)
    }

    /// Opens the store below the user's state folder, making it where there is none.
    ///
    /// # Errors
    /// There is no state folder; it cannot be made; a file that is damaged, foreign
    /// or from a later version.
    pub fn below(state: Option<&Path>) -> Result<Self, AccountStoreError> {
        Self::open(&Self::file(state.ok_or(AccountStoreError::NoHome)?))
    }

    /// Opens the store at `path`, making it where there is none.
    ///
    /// # Errors
    /// As [`AccountStore::below`].
    pub fn open(path: &Path) -> Result<Self, AccountStoreError> {
        Self::with_clock(path, Box::new(clock::now))
    }

    fn with_clock(path: &Path, clock: Clock) -> Result<Self, AccountStoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private_folder(folder)?;
        }
        let connection = STORE.open(path).map_err(|why| refused(path, why))?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;",
            )
            .map_err(|error| refused(path, error.into()))?;
        Ok(Self {
            path: path.to_owned(),
            connection: Mutex::new(connection),
            clock,
        })
    }

    /// Changes the store in one transaction, at one moment: the clock is read
    /// once the lock is held, so the moments of several processes come in the
    /// order of their changes.
    fn change<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>, Moment) -> rusqlite::Result<T>,
    ) -> Result<T, AccountsError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let moment = self.moment(&transaction)?;
                let value = change(&transaction, moment)?;
                transaction.commit()?;
                Ok(value)
            });
        changed.map_err(|error| self.failed(error))
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Connection, i64) -> rusqlite::Result<T>,
    ) -> Result<T, AccountsError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let wall = (self.clock)().as_microsecond();
        seen(&connection)
            .and_then(|seen| read(&connection, seen.map_or(wall, |seen| seen.max(wall))))
            .map_err(|error| self.failed(error))
    }

    /// The time, which never goes back: a clock that is a little behind is
    /// waited for.
    ///
    /// One that is far behind had been set ahead, and is right again. Waiting
    /// for it would keep an hour's limit used up for as long as it had been
    /// ahead. Everything noted moves back with it instead, so that each window
    /// ends in as much time as it had left.
    fn moment(&self, transaction: &Transaction<'_>) -> rusqlite::Result<Moment> {
        let wall = (self.clock)();
        let machine = wall.as_microsecond();
        let now = match seen(transaction)? {
            Some(seen) if seen - machine > STEP => {
                let back = seen - machine;
                transaction.execute("UPDATE reservation SET until = until - ?1", [back])?;
                transaction.execute("UPDATE relay SET expires = expires - ?1", [back])?;
                transaction.execute("UPDATE sessions SET expires = expires - ?1", [back])?;
                machine
            }
            Some(seen) => seen.max(machine),
            None => {
                transaction.execute("INSERT INTO clock (seen) VALUES (?1)", [machine])?;
                machine
            }
        };
        transaction
            .prepare_cached("UPDATE clock SET seen = ?1")?
            .execute([now])?;
        Ok(Moment { now, wall })
    }

    fn failed(&self, error: rusqlite::Error) -> AccountsError {
        AccountsError {
            store: self.path.display().to_string(),
            source: if Held::is(&error) {
                Arc::new(Held)
            } else {
                Arc::new(error)
            },
        }
    }
}

/// A limit by the hour or day, and what counts against it now.
#[derive(Debug, Clone)]
pub struct Used {
    /// The limit.
    pub limit: Rate,
    /// Envelope recipients that count, by when they count no more: the oldest first.
    pub frees: Vec<(Duration, u64)>,
}

impl AccountStore {
    /// What counts against each hour and day limit now, open reservations among it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn usage(&self, account: &str, limits: &[Rate]) -> Result<Vec<Used>, AccountsError> {
        self.read(|connection, now| {
            let used = |limit| {
                Ok(Used {
                    limit,
                    frees: frees(connection, account, limit, now)?,
                })
            };
            windows(limits).map(used).collect()
        })
    }
}

#[cfg(test)]
impl AccountStore {
    /// How many envelope recipients count against each hour and day limit now, open reservations
    /// among them.
    fn used(&self, account: &str, limits: &[Rate]) -> Result<Vec<(Rate, u64)>, AccountsError> {
        self.read(|connection, now| {
            windows(limits)
                .map(|limit| Ok((limit, used(connection, account, limit, now)?)))
                .collect()
        })
    }
}

impl Accounts for AccountStore {
    fn reserve(
        &self,
        account: &str,
        limits: &[Rate],
        wanted: RangeInclusive<u32>,
    ) -> Result<Reserved, AccountsError> {
        let asked = Instant::now();
        let (least, most) = ((*wanted.start()).max(1), *wanted.end());
        if let Some(limit) = windows(limits).find(|limit| limit.count.get() < least) {
            return Ok(Reserved::Never { limit });
        }
        self.change(|transaction, moment| {
            transaction
                .prepare_cached("DELETE FROM reservation WHERE account = ?1 AND until <= ?2")?
                .execute(params![account, moment.now - DAY])?;
            let mut share = u64::from(most.max(least));
            let mut full: Option<(Duration, Rate)> = None;
            for limit in windows(limits) {
                let used = used(transaction, account, limit, moment.now)?;
                let left = u64::from(limit.count.get()).saturating_sub(used);
                share = share.min((left / SHARES).clamp(1, LARGEST));
                if left < u64::from(least) {
                    let wait = wait(transaction, account, limit, least, moment.now)?;
                    full = full.filter(|(longer, _)| *longer >= wait).or(Some((wait, limit)));
                }
            }
            if let Some((wait, limit)) = full {
                let held = held(transaction, account, moment.now)?;
                return Ok(Reserved::Full { limit, wait, held });
            }
            let count = u32::try_from(share).unwrap_or(most).max(least);
            let id = transaction
                .prepare_cached("INSERT INTO reservation (account, recipients, until) VALUES (?1, ?2, ?3)")?
                .insert(params![account, count, moment.now + micros(LEASE)])?;
            Ok(Reserved::Granted {
                reservation: ReservationId(id),
                count,
                lease: Lease::new(moment.wall, asked, LEASE),
            })
        })
    }

    fn renew(&self, reservation: ReservationId) -> Result<Option<Lease>, AccountsError> {
        let asked = Instant::now();
        self.change(|transaction, moment| {
            let renewed = transaction
                .prepare_cached(
                    "UPDATE reservation SET until = ?2 WHERE id = ?1 AND open = 1 AND until > ?3",
                )?
                .execute(params![reservation.0, moment.now + micros(LEASE), moment.now])?;
            Ok((renewed == 1).then(|| Lease::new(moment.wall, asked, LEASE)))
        })
    }

    fn spend(&self, reservation: ReservationId, used: u32) -> Result<(), AccountsError> {
        self.change(|transaction, moment| {
            // Late, the end of the lease is past; what was sent since then is not known.
            transaction
                .prepare_cached(
                    "UPDATE reservation SET recipients = ?2, until = ?3, open = 0 WHERE id = ?1 AND open = 1",
                )?
                .execute(params![reservation.0, used, moment.now])
                .map(drop)
        })
    }

    fn pipelining(&self, host: &str) -> Result<Vec<Memory>, AccountsError> {
        self.read(|connection, now| {
            let mut known = connection.prepare_cached(
                "SELECT greeting, pipelining FROM relay WHERE host = ?1 AND expires > ?2 ORDER BY greeting = '*'",
            )?;
            let known = known.query_map(params![host, now], |row| {
                let (greeting, name): (String, String) = (row.get(0)?, row.get(1)?);
                let learned = NAMES.into_iter().find(|(_, known)| *known == name);
                Ok(learned.map(|(learned, _)| Memory {
                    greeting: (greeting != WHICHEVER).then_some(greeting),
                    learned,
                }))
            })?;
            known.filter_map(Result::transpose).collect()
        })
    }

    fn learn(
        &self,
        host: &str,
        greeting: &str,
        learned: Learned,
        lasts: Duration,
    ) -> Result<(), AccountsError> {
        let name = NAMES.into_iter().find(|(known, _)| *known == learned);
        let Some((_, name)) = name else {
            return Ok(());
        };
        self.change(|transaction, moment| {
            transaction
                .execute(
                    "INSERT OR REPLACE INTO relay (host, greeting, pipelining, expires) VALUES (?1, ?2, ?3, ?4)",
                    params![host, greeting, name, moment.now.saturating_add(micros(lasts))],
                )
                .map(drop)
        })
    }

    fn sessions(&self, account: &str) -> Result<Option<u32>, AccountsError> {
        self.read(|connection, now| {
            connection
                .prepare_cached("SELECT most FROM sessions WHERE account = ?1 AND expires > ?2 AND most > 0")?
                .query_row(params![account, now], |row| row.get(0))
                .optional()
        })
    }

    fn learn_sessions(&self, account: &str, most: Option<u32>, lasts: Duration) -> Result<(), AccountsError> {
        self.change(|transaction, moment| {
            transaction.execute("DELETE FROM sessions WHERE account = ?1", [account])?;
            if let Some(most) = most {
                transaction.execute(
                    "INSERT INTO sessions (account, most, expires) VALUES (?1, ?2, ?3)",
                    params![account, most, moment.now.saturating_add(micros(lasts))],
                )?;
            }
            Ok(())
        })
    }
}

/// What can be learned, and how the store calls it.
const NAMES: [(Learned, &str); 3] = [
    (Learned::EnvelopeOnly, "envelope"),
    (Learned::StepByStep, "off"),
    (Learned::LateReplies, "late"),
];

/// In place of a greeting.
const WHICHEVER: &str = "*";

/// Why a file cannot be used as an account store, in words that say what to do.
fn refused(path: &Path, why: Unfit) -> AccountStoreError {
    let path = path.display().to_string();
    match why {
        Unfit::Foreign => AccountStoreError::Foreign(path),
        Unfit::Newer { found } => AccountStoreError::Newer {
            path,
            found,
            known: STORE.version,
        },
        Unfit::Damaged(words) => AccountStoreError::Damaged { path, words },
        Unfit::File(obstacle) => AccountStoreError::Unopenable { path, obstacle },
        Unfit::Held => AccountStoreError::Held { path, held: Held },
        Unfit::Sqlite(source) => AccountStoreError::Unusable { path, source },
    }
}

#[cfg(test)]
mod tests;
