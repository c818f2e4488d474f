PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE clock (
    seen         INTEGER NOT NULL               -- the latest time of day so far; unix microseconds
);
INSERT INTO "clock" VALUES(1795840419832394);
CREATE TABLE relay (
    host         TEXT NOT NULL,
    greeting     TEXT NOT NULL,                 -- which server greets there; '*': whichever
    pipelining   TEXT NOT NULL,                 -- 'envelope': 'full' was refused; 'off': that, too; 'late': slower than 'off'
    expires      INTEGER NOT NULL,              -- unix microseconds
    PRIMARY KEY (host, greeting)
) WITHOUT ROWID;
INSERT INTO "relay" VALUES('127.0.0.1','relay.example ready','envelope',1798432413731840);
CREATE TABLE reservation (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice: somebody may close it late
    account      TEXT NOT NULL,                 -- user@host:port
    recipients   INTEGER NOT NULL,              -- envelope recipients: reserved, and once closed: sent to
    open         INTEGER NOT NULL DEFAULT 1,
    until        INTEGER NOT NULL               -- none is sent to after this; unix microseconds
);
INSERT INTO "reservation" VALUES(1,'@127.0.0.1:2525',20,0,1795840418397937);
INSERT INTO "reservation" VALUES(2,'@127.0.0.1:2525',3,0,1795840419005942);
INSERT INTO "reservation" VALUES(3,'@127.0.0.1:2525',4,0,1795840419694347);
INSERT INTO "reservation" VALUES(4,'@127.0.0.1:2525',39,1,1795841019832394);
CREATE TABLE sessions (
    account      TEXT PRIMARY KEY,              -- user@host:port
    most         INTEGER NOT NULL,              -- its relay takes so many at the same time
    expires      INTEGER NOT NULL               -- unix microseconds
) WITHOUT ROWID;
CREATE INDEX reservation_account ON reservation (account, until);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('reservation',4);
PRAGMA application_id = 1835819363;
PRAGMA user_version = 3;
COMMIT;
