//! The tables, and how a ledger is opened.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::storage::{self, Database, Held, Unfit};

use super::failure::LedgerError;

const LEDGER: Database = Database {
    // `mail` in ASCII: `file ledger.db` and we know it is ours.
    application: 0x6d61_696c,
    version: 7,
    tables: TABLES,
    sound: Some(SOUND),
    migrations: &[TO_2, TO_3, TO_4, TO_5, TO_6, TO_7],
};

/// What came back.
macro_rules! answer_tables {
    () => {
        "
CREATE INDEX recipient_address ON recipient (address) WHERE address IS NOT NULL;
CREATE TABLE answer (                           -- a mail that came back and is about a message of ours: each once
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,          -- for --undo and --confirm
    identity     BLOB NOT NULL UNIQUE,          -- a hash of its Message-ID, Date and beginning
    class        TEXT NOT NULL,
    sender       TEXT,
    subject      TEXT,
    message_id   TEXT,
    date         TEXT,                          -- as the mail has it
    at           TEXT NOT NULL,                 -- when it was collected
    confirmed_at TEXT,                          -- when a person said yes to what it asks for
    undone_at    TEXT                           -- when a person took back what it caused
);
CREATE TABLE effect (                           -- what an answer says of a recipient
    id           INTEGER PRIMARY KEY,
    answer       INTEGER NOT NULL REFERENCES answer(id),
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    what         TEXT NOT NULL,                 -- bounce, delayed, delivered, complaint, unsubscribe, reply ...
    matched      TEXT NOT NULL,                 -- by token, verp, address or leaving_token
    address      TEXT,                          -- whom we wrote to: the recipient, or a copy
    named        TEXT,                          -- the address in the answer, if it is another
    copy         INTEGER NOT NULL,              -- it is about a Cc or Bcc
    kind         TEXT,                          -- of a bounce: hard, soft, sender, unsure
    reason       TEXT,
    status       TEXT,                          -- the enhanced code
    code         INTEGER,
    words        TEXT,
    reporter     TEXT                           -- the domain that says so
);
CREATE INDEX effect_answer ON effect (answer);
CREATE INDEX effect_recipient ON effect (recipient);
CREATE INDEX effect_address ON effect (address);
CREATE TABLE unbounced (                        -- what bounced recipients were before
    recipient    INTEGER PRIMARY KEY REFERENCES recipient(id),
    status       TEXT NOT NULL,
    code         INTEGER,
    reply        TEXT,
    at           TEXT
);
CREATE TABLE suppressing (                      -- addresses that answers put on the user's suppression list
    address      TEXT PRIMARY KEY,
    answer       INTEGER NOT NULL REFERENCES answer(id),
    why          TEXT NOT NULL,                 -- hard, soft, complaint, unsubscribe
    wanted       INTEGER NOT NULL,              -- 0: it is to be taken off again
    was_there    INTEGER NOT NULL,              -- the list had it before
    done         INTEGER NOT NULL               -- the list agrees
) WITHOUT ROWID;
CREATE TABLE mailbox (                          -- a folder that answers were fetched from, and what was read of it
    id           INTEGER PRIMARY KEY,
    server       TEXT NOT NULL,
    user         TEXT NOT NULL,
    folder       TEXT NOT NULL,
    validity     INTEGER,                       -- UIDVALIDITY; NULL over POP3
    next         INTEGER NOT NULL,              -- over IMAP: mails with a lower UID were read
    since        TEXT,                          -- mails from before were left out
    UNIQUE (server, user, folder)
);
CREATE TABLE mailbox_mail (                     -- over POP3 the mails that were read, over IMAP those that could not be
    mailbox      INTEGER NOT NULL REFERENCES mailbox(id),
    name         BLOB NOT NULL,                 -- a hash of the UIDL, or the UID
    size         INTEGER,
    tries        INTEGER NOT NULL,              -- how often it could not be read
    PRIMARY KEY (mailbox, name)
) WITHOUT ROWID;
"
    };
}

/// Times are UTC as ISO 8601 text, `date` is unix seconds, ids are rowids.
const TABLES: &str = concat!(
    "
CREATE TABLE mailing (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,          -- random; every Message-ID derives from it
    campaign     TEXT NOT NULL,
    started_at   TEXT NOT NULL,
    finished_at  TEXT,                          -- nobody is left to send to
    abandoned_at TEXT,
    columns      TEXT NOT NULL,                 -- JSON: the recipients file's header
    content      TEXT NOT NULL,                 -- JSON: part -> hash, to notice changes
    texts        TEXT,                          -- JSON: part -> text, to show them
    purged_at    TEXT,                          -- when its recipients were removed
    totals       TEXT,                          -- JSON: status -> count, once purged
    rules        INTEGER NOT NULL DEFAULT 2     -- the composing rules it was begun by; 2: those, or older ones
);
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    boot         TEXT NOT NULL,                 -- which start of the machine
    host         TEXT NOT NULL,
    pid          INTEGER NOT NULL,
    started_at   TEXT NOT NULL,
    ended_at     TEXT,
    exit_code    INTEGER,
    choice       TEXT                           -- the flags that chose among the recipients
);
CREATE TABLE recipient (
    id           INTEGER PRIMARY KEY,
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    key          TEXT NOT NULL,
    status       TEXT NOT NULL DEFAULT 'pending', -- 'intent': handed over, no reply recorded yet
    claimed_by   INTEGER,                       -- the run that may send to it now
    attempts     INTEGER NOT NULL DEFAULT 0,
    date         INTEGER,                       -- the Date header of the first intent
    digest       BLOB,                          -- a hash of the content then
    code         INTEGER,
    reply        TEXT,
    message_id   TEXT,
    relay        TEXT,
    at           TEXT,
    listed       INTEGER NOT NULL DEFAULT 1,    -- still in the recipients file; 2: and not to be written to
    run          INTEGER,                       -- of the latest intent
    session      INTEGER,                       -- of the latest intent, as that run counts
    chosen       INTEGER NOT NULL DEFAULT 1,    -- the latest run is about it
    files        TEXT,                          -- JSON: the files that its row names, and hashes of them
    left_out     INTEGER NOT NULL DEFAULT 0,    -- no run so far was about it
    address      TEXT,                          -- where its message goes, if the key is not that address
    UNIQUE (mailing, key)
);
CREATE TABLE source_row (
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    number       INTEGER NOT NULL,              -- as the spreadsheet counts
    recipient    INTEGER,                       -- whose it is; NULL for rows that are nobody's
    status       TEXT,                          -- invalid, duplicate or suppressed rows
    problem      TEXT,
    fields       TEXT NOT NULL,                 -- JSON: the cells
    position     INTEGER NOT NULL DEFAULT 0,    -- among the rows of the same message
    plain        TEXT,                          -- JSON: cells that show something else than they are
    PRIMARY KEY (mailing, number)
) WITHOUT ROWID;
CREATE INDEX source_row_recipient ON source_row (recipient);
CREATE TABLE attempt (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    run          INTEGER NOT NULL REFERENCES run(id),
    session      INTEGER NOT NULL,
    relay        TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    code         INTEGER,
    reply        TEXT,
    refused      TEXT,                          -- JSON: other envelope recipients refused
    at           TEXT NOT NULL
);
CREATE TABLE copy (                             -- Cc and Bcc that were refused when their message was accepted
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    position     INTEGER NOT NULL,              -- in the envelope
    address      TEXT NOT NULL,
    status       TEXT NOT NULL,
    attempts     INTEGER NOT NULL,
    claimed_by   INTEGER,                       -- the run that may send to it now
    run          INTEGER NOT NULL,              -- that touched it last
    reply        TEXT NOT NULL,
    at           TEXT NOT NULL,
    PRIMARY KEY (recipient, position)
) WITHOUT ROWID;
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    sent         INTEGER NOT NULL,              -- 1: a person says it was sent, 0: it was not
    host         TEXT NOT NULL,
    at           TEXT NOT NULL
);
CREATE TABLE campaign (                         -- whose ledger this is: one row, once something was sent
    id           TEXT NOT NULL,                 -- random; a copy of the file has the same
    folder       TEXT NOT NULL,                 -- where it lies
    file         TEXT,                          -- its campaign file in there; NULL: flags say everything
    name         TEXT NOT NULL,
    renamed      INTEGER NOT NULL               -- the name was given by --name
);
CREATE TABLE former_row (                       -- rows of recipients whom the list has no longer
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    number       INTEGER NOT NULL,
    columns      TEXT NOT NULL,                 -- JSON: the header then
    fields       TEXT NOT NULL
);
CREATE INDEX former_row_recipient ON former_row (recipient);
", answer_tables!());

/// What no program of ours writes: a damaged value must not make a mailing look abandoned, or a
/// recipient new.
const SOUND: &str = "
SELECT 'mailing ' || id || ' holds what mailshot does not write' FROM mailing
WHERE typeof(uid) <> 'text' OR typeof(started_at) <> 'text' OR typeof(rules) <> 'integer'
   OR coalesce(started_at NOT GLOB '[0-9]*-*-*T*', 1)
   OR (finished_at IS NOT NULL AND (typeof(finished_at) <> 'text' OR finished_at NOT GLOB '[0-9]*-*-*T*'))
   OR (abandoned_at IS NOT NULL AND (typeof(abandoned_at) <> 'text' OR abandoned_at NOT GLOB '[0-9]*-*-*T*'))
   OR (purged_at IS NOT NULL AND (typeof(purged_at) <> 'text' OR purged_at NOT GLOB '[0-9]*-*-*T*'))
   OR NOT json_valid(columns) OR NOT json_valid(content)
   OR (texts IS NOT NULL AND NOT json_valid(texts)) OR (totals IS NOT NULL AND NOT json_valid(totals))
UNION ALL
SELECT 'recipient ' || id || ' holds what mailshot does not write' FROM recipient
WHERE status NOT IN ('pending', 'accepted', 'rejected', 'deferred', 'in_doubt', 'invalid', 'suppressed', 'duplicate',
                     'bounced', 'intent')
   OR typeof(key) <> 'text' OR listed NOT IN (0, 1, 2) OR chosen NOT IN (0, 1)
   OR mailing NOT IN (SELECT id FROM mailing)
LIMIT 1
";

/// What is known of recipients in doubt; what a person decided; purged mailings.
const TO_2: &str = "
ALTER TABLE mailing ADD COLUMN texts TEXT;
ALTER TABLE mailing ADD COLUMN purged_at TEXT;
ALTER TABLE mailing ADD COLUMN totals TEXT;
ALTER TABLE recipient ADD COLUMN run INTEGER;
ALTER TABLE recipient ADD COLUMN session INTEGER;
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    sent         INTEGER NOT NULL,
    host         TEXT NOT NULL,
    at           TEXT NOT NULL
);
";

/// Several rows to a message; runs about some of the recipients.
const TO_3: &str = "
ALTER TABLE recipient ADD COLUMN chosen INTEGER NOT NULL DEFAULT 1;
ALTER TABLE source_row ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_row ADD COLUMN plain TEXT;
";

/// Files that rows name, which count as content.
const TO_4: &str = "
ALTER TABLE recipient ADD COLUMN files TEXT;
";

/// Who was left out by a choice, and by which; whose ledger it is; rows that the list has no longer.
const TO_5: &str = "
ALTER TABLE recipient ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN choice TEXT;
CREATE TABLE campaign (
    id           TEXT NOT NULL,
    folder       TEXT NOT NULL,
    file         TEXT,
    name         TEXT NOT NULL,
    renamed      INTEGER NOT NULL
);
CREATE TABLE former_row (
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    number       INTEGER NOT NULL,
    columns      TEXT NOT NULL,
    fields       TEXT NOT NULL
);
CREATE INDEX former_row_recipient ON former_row (recipient);
CREATE TABLE copy (                             -- Cc and Bcc that were refused when their message was accepted
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    position     INTEGER NOT NULL,              -- in the envelope
    address      TEXT NOT NULL,
    status       TEXT NOT NULL,
    attempts     INTEGER NOT NULL,
    claimed_by   INTEGER,                       -- the run that may send to it now
    run          INTEGER NOT NULL,              -- that touched it last
    reply        TEXT NOT NULL,
    at           TEXT NOT NULL,
    PRIMARY KEY (recipient, position)
) WITHOUT ROWID;
";

/// By which rules a mailing was begun: its Message-IDs keep their form.
const TO_6: &str = "
ALTER TABLE mailing ADD COLUMN rules INTEGER NOT NULL DEFAULT 2;
";

/// What came back: answers, what they say of recipients, and what that changed.
const TO_7: &str = concat!("ALTER TABLE recipient ADD COLUMN address TEXT;", answer_tables!());

/// Opens for writing, making or checking the tables; `shared` where other machines may have the file
/// open as well: with a rollback journal, then, that is on disk with each commit.
pub(super) fn open(path: &Path, shared: bool) -> Result<Connection, LedgerError> {
    let failed = |error: rusqlite::Error| refused(path, error.into());
    let connection = LEDGER.open(path).map_err(|why| refused(path, why))?;
    let (wanted, synchronous) = if shared {
        ("delete", "FULL")
    } else {
        ("wal", "NORMAL")
    };
    let journal: String = connection
        .query_row(&format!("PRAGMA journal_mode = {wanted}"), [], |row| row.get(0))
        .map_err(failed)?;
    if journal != wanted {
        // Another process has it open, with the other kind of journal.
        return Err(refused(path, Unfit::Held));
    }
    connection
        .execute_batch(&format!(
            "PRAGMA synchronous = {synchronous};
             PRAGMA wal_autocheckpoint = 8000;
             PRAGMA foreign_keys = OFF;
             PRAGMA temp_store = MEMORY;
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;"
        ))
        .map_err(failed)?;
    Ok(connection)
}

/// Whether there is a ledger, or anything else in its place.
pub(super) fn is_there(path: &Path) -> Result<bool, LedgerError> {
    storage::is_there(path).map_err(|obstacle| refused(path, Unfit::File(obstacle)))
}

/// Opens for reading, beside a process that writes.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, LedgerError> {
    if !is_there(path)? {
        return Err(LedgerError::None(path.display().to_string()));
    }
    let refused = |why: Unfit| refused(path, why);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = || Connection::open_with_flags(path, flags).map_err(|error| refused(error.into()));
    let connection = read()?;
    if LEDGER.recognise(&connection).map_err(refused)? == LEDGER.version {
        return Ok(connection);
    }
    drop(connection);
    drop(LEDGER.open(path).map_err(refused)?);
    read()
}

/// Opens for reading as it is, also of an older version; with that version.
pub(super) fn open_as_it_is(path: &Path) -> Result<(Connection, i32), LedgerError> {
    let refused = |why: Unfit| refused(path, why);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| refused(error.into()))?;
    let version = LEDGER.recognise(&connection).map_err(refused)?;
    Ok((connection, version))
}

/// Why a file cannot be used as a ledger, in words that say what to do.
fn refused(path: &Path, why: Unfit) -> LedgerError {
    let path = path.display().to_string();
    match why {
        Unfit::Foreign => LedgerError::Foreign(path),
        Unfit::Newer { found } => LedgerError::Newer {
            path,
            found,
            known: LEDGER.version,
        },
        Unfit::Damaged(words) => LedgerError::Damaged { path, words },
        Unfit::File(obstacle) => LedgerError::Unopenable { path, obstacle },
        Unfit::Held => LedgerError::Held { path, held: Held },
        Unfit::Sqlite(source) => LedgerError::Sqlite { path, source },
    }
}
