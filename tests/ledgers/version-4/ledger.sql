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
INSERT INTO "attempt" VALUES(1,1,2,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-26T22:40:30.801Z');
INSERT INTO "attempt" VALUES(2,2,2,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-26T22:40:30.848Z');
INSERT INTO "attempt" VALUES(3,3,2,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-26T22:40:30.892Z');
INSERT INTO "attempt" VALUES(4,4,2,2,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-26T22:40:31.140Z');
INSERT INTO "attempt" VALUES(5,5,3,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-26T22:40:31.921Z');
INSERT INTO "attempt" VALUES(6,6,3,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-26T22:40:31.968Z');
INSERT INTO "attempt" VALUES(7,7,3,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-26T22:40:32.016Z');
INSERT INTO "attempt" VALUES(8,8,3,2,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-26T22:40:32.060Z');
INSERT INTO "attempt" VALUES(9,9,3,2,'here','accepted',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','[["gone@example.org","550 5.1.1 no such user"]]','2026-11-26T22:40:32.305Z');
INSERT INTO "attempt" VALUES(10,10,3,2,'here','rejected',NULL,'王@example.org needs SMTPUTF8, which the relay does not offer',NULL,'2026-11-26T22:40:32.305Z');
INSERT INTO "attempt" VALUES(11,8,4,1,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-26T22:40:32.652Z');
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    sent         INTEGER NOT NULL,              -- 1: a person says it was sent, 0: it was not
    host         TEXT NOT NULL,
    at           TEXT NOT NULL
);
INSERT INTO "decision" VALUES(1,2,1,'office','2026-11-26T22:40:31.296Z');
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
    totals       TEXT                           -- JSON: status -> count, once purged
);
INSERT INTO "mailing" VALUES(1,'851cea4d50da70389d5ee38401fcf92a','notice','2026-11-26T22:40:25.043Z','2026-11-26T22:40:30.180Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"def5fd9fd8a5a06c","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"e3b0c44298fc1c14","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"6b86b273ff34fce1"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }}, welcome.\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"1"}','2026-11-26T22:40:30.325Z','{"accepted":20}');
INSERT INTO "mailing" VALUES(2,'742b7e11f5f02c7f791c5445e1057d05','notice','2026-11-26T22:40:30.425Z','2026-11-26T22:40:31.296Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"def5fd9fd8a5a06c","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"e3b0c44298fc1c14","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"6b86b273ff34fce1"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }}, welcome.\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"1"}',NULL,NULL);
INSERT INTO "mailing" VALUES(3,'76619bf0d3c975d59544c191441477cb','notice','2026-11-26T22:40:31.488Z',NULL,NULL,'["email","name","cc","course","room"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"1017823496786b80","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"82244417f956ac7c","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","recipients.sort":"e3b0c44298fc1c14","recipients.where":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"6b86b273ff34fce1"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }},\n\n{% for row in rows %}{{ row.course }} moves to room {{ row.room }}.\n{% endfor %}\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"email","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","recipients.sort":"","recipients.where":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"1"}',NULL,NULL);
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
    UNIQUE (mailing, key)
);
INSERT INTO "recipient" VALUES(1,2,'ada@example.org','accepted',NULL,1,1795732830,X'D41839FEF4021BD6A59D50D7B060ACA0',250,'2.0.0 taken','<3whuao5wtcs4s77mzfidhwnxkx@uni.example>','here','2026-11-26T22:40:30.801Z',1,2,1,1,NULL);
INSERT INTO "recipient" VALUES(2,2,'bob@example.org','accepted',NULL,1,1795732830,X'C55F79D70E0ECCB480FD50DBA1BA2174',NULL,'settled by hand: it was sent','<o72fto73jmutzlvznkkvvjlri7@uni.example>','here','2026-11-26T22:40:31.296Z',1,2,1,1,NULL);
INSERT INTO "recipient" VALUES(3,2,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<7c6ukise6xihabksahzzq2an4f@uni.example>','here','2026-11-26T22:40:30.892Z',1,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(4,2,'kim@example.org','accepted',NULL,1,1795732830,X'3735BA483D561F66764A1D5BF06FA77D',250,'2.0.0 taken','<xa2n4lepyvadpaw2jfxq3an3df@uni.example>','here','2026-11-26T22:40:31.140Z',1,2,2,1,NULL);
INSERT INTO "recipient" VALUES(5,3,'ada@example.org','accepted',NULL,1,1795732831,X'0B19FCF9D1FF668B7EAC9E0ED9201553',250,'2.0.0 taken','<vo5az6motrdm3l6a7mzmboj6gv@uni.example>','here','2026-11-26T22:40:31.921Z',1,3,1,1,NULL);
INSERT INTO "recipient" VALUES(6,3,'bob@example.org','in_doubt',NULL,1,1795732831,X'BF41D06AE1DA4C5D919913BC8DE6C7CC',NULL,'end of message: the relay closed the connection','<6f2vwnakb4lmvkqlpbkoomxwcw@uni.example>','here','2026-11-26T22:40:31.968Z',1,3,1,1,NULL);
INSERT INTO "recipient" VALUES(7,3,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<rt2zzwcr4akmi3zazs2bqbobix@uni.example>','here','2026-11-26T22:40:32.016Z',1,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(8,3,'dan@example.org','deferred',NULL,2,NULL,NULL,451,'4.3.0 try again later','<s57w7vl5if3s63xageqkn3tn62@uni.example>','here','2026-11-26T22:40:32.652Z',1,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(9,3,'fay@example.org','accepted',NULL,1,1795732831,X'F9E731A392AD6061B1F0974EBBC8DB9B',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','<caiiq5tn2abbhdumug2vqgfvlc@uni.example>','here','2026-11-26T22:40:32.305Z',1,3,2,1,NULL);
INSERT INTO "recipient" VALUES(10,3,'王@example.org','rejected',NULL,1,NULL,NULL,NULL,'王@example.org needs SMTPUTF8, which the relay does not offer','<vyasxegl3ianvzhdyscyyj25zg@uni.example>','here','2026-11-26T22:40:32.305Z',1,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(11,3,'kim@example.org','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 2, by token',NULL,NULL,NULL,2,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(12,3,'ned@spam.test','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 3: @spam.test',NULL,NULL,NULL,2,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(13,3,'eve@example.org','intent',4,0,1795732832,X'D857E0E777040295E7D9F7FBA6D62A70',NULL,NULL,'<dcnntxkltmopedgqnz5fmso6az@uni.example>','here','2026-11-26T22:40:32.696Z',1,4,1,1,NULL);
INSERT INTO "recipient" VALUES(14,3,'hal@example.org','pending',4,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,1,NULL);
INSERT INTO "recipient" VALUES(15,3,'iva@example.org','pending',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,0,NULL);
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
INSERT INTO "run" VALUES(1,1,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2240,'2026-11-26T22:40:25.102Z','2026-11-26T22:40:30.187Z',0);
INSERT INTO "run" VALUES(2,2,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2651,'2026-11-26T22:40:30.480Z','2026-11-26T22:40:31.185Z',1);
INSERT INTO "run" VALUES(3,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2687,'2026-11-26T22:40:31.596Z','2026-11-26T22:40:32.335Z',1);
INSERT INTO "run" VALUES(4,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2716,'2026-11-26T22:40:32.521Z',NULL,NULL);
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
INSERT INTO "source_row" VALUES(2,2,1,NULL,NULL,'["ada@example.org","Ada",""]',0,NULL);
INSERT INTO "source_row" VALUES(2,3,2,NULL,NULL,'["bob@example.org","Bob",""]',0,NULL);
INSERT INTO "source_row" VALUES(2,4,3,NULL,NULL,'["cyd@example.org","Cyd",""]',0,NULL);
INSERT INTO "source_row" VALUES(2,5,NULL,'duplicate','an earlier row has the same recipient','["ada@example.org","Ada",""]',0,NULL);
INSERT INTO "source_row" VALUES(2,6,4,NULL,NULL,'["kim@example.org","Kim",""]',0,NULL);
INSERT INTO "source_row" VALUES(3,2,5,NULL,NULL,'["ada@example.org","Ada","","Algebra","101"]',0,NULL);
INSERT INTO "source_row" VALUES(3,3,6,NULL,NULL,'["bob@example.org","Bob","","Botany","102"]',0,NULL);
INSERT INTO "source_row" VALUES(3,4,7,NULL,NULL,'["cyd@example.org","Cyd","","Chess","103"]',0,NULL);
INSERT INTO "source_row" VALUES(3,5,8,NULL,NULL,'["dan@example.org","Dan","","Drama","104"]',0,NULL);
INSERT INTO "source_row" VALUES(3,6,9,NULL,NULL,'["fay@example.org","Fay","gone@example.org","French","105"]',0,NULL);
INSERT INTO "source_row" VALUES(3,7,NULL,'invalid','`nobody` is not an e-mail address: the @ is missing','["nobody","Gil","","German","106"]',0,NULL);
INSERT INTO "source_row" VALUES(3,8,10,NULL,NULL,'["王@example.org","王小明","","Chess","103"]',0,NULL);
INSERT INTO "source_row" VALUES(3,9,5,NULL,NULL,'["ada@example.org","Ada","","Botany","102"]',1,NULL);
INSERT INTO "source_row" VALUES(3,10,11,'suppressed','your suppression list, line 2, by token','["kim@example.org","Kim","","Karate","107"]',0,NULL);
INSERT INTO "source_row" VALUES(3,11,12,'suppressed','your suppression list, line 3: @spam.test','["ned@spam.test","Ned","","Norse","108"]',0,NULL);
INSERT INTO "source_row" VALUES(3,12,13,NULL,NULL,'["eve@example.org","Eve","","English","109"]',0,NULL);
INSERT INTO "source_row" VALUES(3,13,14,NULL,NULL,'["hal@example.org","Hal","","History","110"]',0,NULL);
INSERT INTO "source_row" VALUES(3,14,15,NULL,NULL,'["iva@example.org","Iva","","Italian","111"]',0,NULL);
CREATE INDEX source_row_recipient ON source_row (recipient);
PRAGMA application_id = 1835100524;
PRAGMA user_version = 4;
COMMIT;
