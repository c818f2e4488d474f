PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "attempt" VALUES(1,1,1,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-25T00:55:40.526Z');
INSERT INTO "attempt" VALUES(2,2,1,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-25T00:55:40.526Z');
INSERT INTO "attempt" VALUES(3,3,1,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-25T00:55:40.528Z');
INSERT INTO "attempt" VALUES(4,4,1,2,'here','rejected',NULL,'the message needs 8BITMIME, which the relay does not offer',NULL,'2026-11-25T00:55:40.528Z');
CREATE TABLE mailing (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,          -- random; every Message-ID derives from it
    campaign     TEXT NOT NULL,
    started_at   TEXT NOT NULL,
    finished_at  TEXT,                          -- nobody is left to send to
    abandoned_at TEXT,
    columns      TEXT NOT NULL,                 -- JSON: the recipients file's header
    content      TEXT NOT NULL                  -- JSON: part -> hash, to notice changes
);
INSERT INTO "mailing" VALUES(1,'c479e4e4cdd4d56b3896d6234a0caac2','notice','2026-11-25T00:55:40.494Z',NULL,NULL,'["email","name"]','{"from":"25e2372715399cc8","notice.txt":"b6c9238583190612","recipients.key":"663ea1bfffe5038f","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f"}');
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
    listed       INTEGER NOT NULL DEFAULT 1,    -- still in the recipients file
    UNIQUE (mailing, key)
);
INSERT INTO "recipient" VALUES(1,1,'ada@example.org','accepted',NULL,1,1795568140,X'23D61F0C7DCB605CAF528376AB0FA8D2',250,'2.0.0 taken','<kfwp3u7m5qdq5bickzzmih7jho@uni.example>','here','2026-11-25T00:55:40.526Z',1);
INSERT INTO "recipient" VALUES(2,1,'bob@example.org','in_doubt',NULL,1,1795568140,X'ACB60BB6C189753291A7F2FA10350633',NULL,'end of message: the relay closed the connection','<mqywjfh4y6tsnfh2fgoaxwxl34@uni.example>','here','2026-11-25T00:55:40.526Z',1);
INSERT INTO "recipient" VALUES(3,1,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<qfvttqmvpq7atcnrws2damlfmo@uni.example>','here','2026-11-25T00:55:40.528Z',1);
INSERT INTO "recipient" VALUES(4,1,'王@example.org','rejected',NULL,1,NULL,NULL,NULL,'the message needs 8BITMIME, which the relay does not offer','<hgac3exdmnbrzl6fdsplqnmlrt@uni.example>','here','2026-11-25T00:55:40.528Z',1);
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    boot         TEXT NOT NULL,                 -- which start of the machine
    host         TEXT NOT NULL,
    pid          INTEGER NOT NULL,
    started_at   TEXT NOT NULL,
    ended_at     TEXT,
    exit_code    INTEGER
);
INSERT INTO "run" VALUES(1,1,'a365e0b7-454d-41dd-820b-b22ffb163187','office',5036,'2026-11-25T00:55:40.510Z','2026-11-25T00:55:40.538Z',1);
CREATE TABLE source_row (
    mailing      INTEGER NOT NULL REFERENCES mailing(id),
    number       INTEGER NOT NULL,              -- as the spreadsheet counts
    recipient    INTEGER,                       -- whose it is; NULL for rows that are nobody's
    status       TEXT,                          -- invalid, duplicate or suppressed rows
    problem      TEXT,
    fields       TEXT NOT NULL,                 -- JSON: the cells
    PRIMARY KEY (mailing, number)
) WITHOUT ROWID;
INSERT INTO "source_row" VALUES(1,2,1,NULL,NULL,'["ada@example.org","Ada"]');
INSERT INTO "source_row" VALUES(1,3,2,NULL,NULL,'["bob@example.org","Bob"]');
INSERT INTO "source_row" VALUES(1,4,3,NULL,NULL,'["cyd@example.org","Cyd"]');
INSERT INTO "source_row" VALUES(1,5,NULL,'invalid','`nobody` is not an e-mail address: the @ is missing','["nobody","Dan"]');
INSERT INTO "source_row" VALUES(1,6,4,NULL,NULL,'["王@example.org","王小明"]');
CREATE INDEX source_row_recipient ON source_row (recipient);
PRAGMA application_id = 1835100524;
PRAGMA user_version = 1;
COMMIT;
