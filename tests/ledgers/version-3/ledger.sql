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
INSERT INTO "attempt" VALUES(1,1,2,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-26T19:17:54.303Z');
INSERT INTO "attempt" VALUES(2,2,2,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-26T19:17:54.348Z');
INSERT INTO "attempt" VALUES(3,3,2,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-26T19:17:54.392Z');
INSERT INTO "attempt" VALUES(4,4,2,2,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-26T19:17:54.640Z');
INSERT INTO "attempt" VALUES(5,5,3,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-26T19:17:55.284Z');
INSERT INTO "attempt" VALUES(6,6,3,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-26T19:17:55.328Z');
INSERT INTO "attempt" VALUES(7,7,3,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-26T19:17:55.372Z');
INSERT INTO "attempt" VALUES(8,8,3,2,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-26T19:17:55.420Z');
INSERT INTO "attempt" VALUES(9,9,3,2,'here','accepted',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','[["gone@example.org","550 5.1.1 no such user"]]','2026-11-26T19:17:55.669Z');
INSERT INTO "attempt" VALUES(10,10,3,2,'here','rejected',NULL,'王@example.org needs SMTPUTF8, which the relay does not offer',NULL,'2026-11-26T19:17:55.669Z');
INSERT INTO "attempt" VALUES(11,8,4,1,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-26T19:17:56.104Z');
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    sent         INTEGER NOT NULL,              -- 1: a person says it was sent, 0: it was not
    host         TEXT NOT NULL,
    at           TEXT NOT NULL
);
INSERT INTO "decision" VALUES(1,2,1,'office','2026-11-26T19:17:54.772Z');
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
INSERT INTO "mailing" VALUES(1,'170610074a62936a3861a59a4d28058c','notice','2026-11-26T19:17:41.448Z','2026-11-26T19:17:53.766Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","notice.txt":"def5fd9fd8a5a06c","recipients.key":"663ea1bfffe5038f","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.url":"77a2d77a2cecc546"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","notice.txt":"Dear {{ name }}, welcome.\n","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.url":"https://uni.example/leave?who={{ token }}"}','2026-11-26T19:17:53.908Z','{"accepted":20}');
INSERT INTO "mailing" VALUES(2,'e6828755722115f19cf6c3b7c73b7e20','notice','2026-11-26T19:17:53.972Z','2026-11-26T19:17:54.772Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","notice.txt":"def5fd9fd8a5a06c","recipients.key":"663ea1bfffe5038f","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.url":"77a2d77a2cecc546"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","notice.txt":"Dear {{ name }}, welcome.\n","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.url":"https://uni.example/leave?who={{ token }}"}',NULL,NULL);
INSERT INTO "mailing" VALUES(3,'6ba61f8bac10c496ab58ea46bac9db2a','notice','2026-11-26T19:17:54.950Z',NULL,NULL,'["email","name","cc","course","room"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","notice.txt":"1017823496786b80","recipients.key":"663ea1bfffe5038f","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.url":"77a2d77a2cecc546"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","notice.txt":"Dear {{ name }},\n\n{% for row in rows %}{{ row.course }} moves to room {{ row.room }}.\n{% endfor %}\n","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.url":"https://uni.example/leave?who={{ token }}"}',NULL,NULL);
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
    UNIQUE (mailing, key)
);
INSERT INTO "recipient" VALUES(1,2,'ada@example.org','accepted',NULL,1,1795720674,X'68BA870809D4C93758C94CCB10537069',250,'2.0.0 taken','<4byjskwowd243adwlncmsrefke@uni.example>','here','2026-11-26T19:17:54.303Z',1,2,1,1);
INSERT INTO "recipient" VALUES(2,2,'bob@example.org','accepted',NULL,1,1795720674,X'5149E60B6D5A44BF415F0A2A15789ED0',NULL,'settled by hand: it was sent','<cbkfqib4w4kgbvisvs63xzbr6d@uni.example>','here','2026-11-26T19:17:54.772Z',1,2,1,1);
INSERT INTO "recipient" VALUES(3,2,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<cm7sa7nxdlkxromzxx7tox75re@uni.example>','here','2026-11-26T19:17:54.392Z',1,NULL,NULL,1);
INSERT INTO "recipient" VALUES(4,2,'kim@example.org','accepted',NULL,1,1795720674,X'2AB16824DE8B3D1D58C9B32AE903DAEE',250,'2.0.0 taken','<aa7auyrzxq7m3oiqta72fgoslb@uni.example>','here','2026-11-26T19:17:54.640Z',1,2,2,1);
INSERT INTO "recipient" VALUES(5,3,'ada@example.org','accepted',NULL,1,1795720675,X'F3D440846FF9B28DC876506DEA5C9763',250,'2.0.0 taken','<tj5vng6svfzotuq3qa2u5z7b2t@uni.example>','here','2026-11-26T19:17:55.284Z',1,3,1,1);
INSERT INTO "recipient" VALUES(6,3,'bob@example.org','in_doubt',NULL,1,1795720675,X'44D4ECB0838197BDEE1A49D15082B7A8',NULL,'end of message: the relay closed the connection','<7tdswkxia2rzmntqh263ue3iu6@uni.example>','here','2026-11-26T19:17:55.328Z',1,3,1,1);
INSERT INTO "recipient" VALUES(7,3,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<ycp64mmb47ysyp5talk3bcoth7@uni.example>','here','2026-11-26T19:17:55.372Z',1,NULL,NULL,1);
INSERT INTO "recipient" VALUES(8,3,'dan@example.org','deferred',NULL,2,NULL,NULL,451,'4.3.0 try again later','<acecsykukb6r5lf5lzxc6eaypq@uni.example>','here','2026-11-26T19:17:56.104Z',1,NULL,NULL,1);
INSERT INTO "recipient" VALUES(9,3,'fay@example.org','accepted',NULL,1,1795720675,X'26EE9FEDEF087C8D6BC329D9479331E5',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','<qnkqwwfpxexrzccrsompdxtkqh@uni.example>','here','2026-11-26T19:17:55.669Z',1,3,2,1);
INSERT INTO "recipient" VALUES(10,3,'王@example.org','rejected',NULL,1,NULL,NULL,NULL,'王@example.org needs SMTPUTF8, which the relay does not offer','<ayqiun27tyouv6agbwgg3rb7kk@uni.example>','here','2026-11-26T19:17:55.669Z',1,NULL,NULL,1);
INSERT INTO "recipient" VALUES(11,3,'kim@example.org','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 2, by token',NULL,NULL,NULL,2,NULL,NULL,1);
INSERT INTO "recipient" VALUES(12,3,'ned@spam.test','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 3: @spam.test',NULL,NULL,NULL,2,NULL,NULL,1);
INSERT INTO "recipient" VALUES(13,3,'eve@example.org','intent',4,0,1795720676,X'ED95656D51D37A5FBE5A2156D1CB7811',NULL,NULL,'<6xprkplyoanu2km2fwmd4hisgd@uni.example>','here','2026-11-26T19:17:56.148Z',1,4,1,1);
INSERT INTO "recipient" VALUES(14,3,'hal@example.org','pending',4,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,1);
INSERT INTO "recipient" VALUES(15,3,'iva@example.org','pending',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,0);
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
INSERT INTO "run" VALUES(1,1,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2674,'2026-11-26T19:17:41.571Z','2026-11-26T19:17:53.775Z',0);
INSERT INTO "run" VALUES(2,2,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2914,'2026-11-26T19:17:54.007Z','2026-11-26T19:17:54.667Z',1);
INSERT INTO "run" VALUES(3,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2924,'2026-11-26T19:17:55.000Z','2026-11-26T19:17:55.700Z',1);
INSERT INTO "run" VALUES(4,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',2932,'2026-11-26T19:17:55.973Z',NULL,NULL);
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
PRAGMA user_version = 3;
COMMIT;
