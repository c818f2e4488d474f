//! The tables of the account store, and the migrations from each version to the next.

use crate::storage::Database;

/// The tables of today.
pub(super) const STORE: Database = Database {
    // `mlac` in ASCII: no ledger (`mail`) is taken for this, nor this for one.
    application: 0x6d6c_6163,
    version: 3,
    tables: "
CREATE TABLE reservation (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice: somebody may close it late
    account      TEXT NOT NULL,                 -- user@host:port
    recipients   INTEGER NOT NULL,              -- envelope recipients: reserved, and once closed: sent to
    open         INTEGER NOT NULL DEFAULT 1,
    until        INTEGER NOT NULL               -- none is sent to after this; unix microseconds
);
CREATE INDEX reservation_account ON reservation (account, until);
CREATE TABLE relay (
    host         TEXT NOT NULL,
    greeting     TEXT NOT NULL,                 -- which server greets there; '*': whichever
    pipelining   TEXT NOT NULL,                 -- 'envelope': 'full' was refused; 'off': that, too; 'late': slower than 'off'
    expires      INTEGER NOT NULL,              -- unix microseconds
    PRIMARY KEY (host, greeting)
) WITHOUT ROWID;
CREATE TABLE sessions (
    account      TEXT PRIMARY KEY,              -- user@host:port
    most         INTEGER NOT NULL,              -- its relay takes so many at the same time
    expires      INTEGER NOT NULL               -- unix microseconds
) WITHOUT ROWID;
CREATE TABLE clock (
    seen         INTEGER NOT NULL               -- the latest time of day so far; unix microseconds
);
",
    sound: Some(
        "SELECT 'what was sent holds what mailshot does not write' FROM reservation
         WHERE typeof(account) <> 'text' OR typeof(recipients) <> 'integer' OR recipients NOT BETWEEN 0 AND 1000000000
            OR open NOT IN (0, 1) OR typeof(until) <> 'integer' LIMIT 1",
    ),
    migrations: &[TO_2, TO_3],
};

/// What was known by `host:port`, whichever server greeted there, applies to all ports of the host.
/// If the ports differ, what works on each of them is kept.
const TO_2: &str = "
ALTER TABLE relay RENAME TO relay_1;
CREATE TABLE relay (
    host         TEXT NOT NULL,
    greeting     TEXT NOT NULL,                 -- which server greets there; '*': whichever
    pipelining   TEXT NOT NULL,                 -- 'envelope': 'full' was refused; 'off': that, too; 'late': slower than 'off'
    expires      INTEGER NOT NULL,              -- unix microseconds
    PRIMARY KEY (host, greeting)
) WITHOUT ROWID;
INSERT OR REPLACE INTO relay (host, greeting, pipelining, expires)
    SELECT rtrim(rtrim(relay, '0123456789'), ':'), '*', pipelining, expires FROM relay_1
    ORDER BY pipelining = 'off', expires;
DROP TABLE relay_1;
";

/// How many sessions a relay takes.
const TO_3: &str = "
CREATE TABLE sessions (
    account      TEXT PRIMARY KEY,
    most         INTEGER NOT NULL,
    expires      INTEGER NOT NULL
) WITHOUT ROWID;
";
