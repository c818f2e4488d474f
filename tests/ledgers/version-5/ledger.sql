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
INSERT INTO "attempt" VALUES(1,1,2,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-27T01:57:16.864Z');
INSERT INTO "attempt" VALUES(2,2,2,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-27T01:57:16.866Z');
INSERT INTO "attempt" VALUES(3,3,2,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-27T01:57:16.871Z');
INSERT INTO "attempt" VALUES(4,4,2,2,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-27T01:57:17.078Z');
INSERT INTO "attempt" VALUES(5,5,3,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-27T01:57:18.016Z');
INSERT INTO "attempt" VALUES(6,6,3,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-27T01:57:18.027Z');
INSERT INTO "attempt" VALUES(7,7,3,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-27T01:57:18.097Z');
INSERT INTO "attempt" VALUES(8,8,3,2,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-27T01:57:18.101Z');
INSERT INTO "attempt" VALUES(9,9,3,2,'here','accepted',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','[["gone@example.org","550 5.1.1 no such user"]]','2026-11-27T01:57:18.305Z');
INSERT INTO "attempt" VALUES(10,10,3,0,'here','rejected',NULL,'王@example.org needs SMTPUTF8, which the relay does not offer',NULL,'2026-11-27T01:57:18.306Z');
INSERT INTO "attempt" VALUES(11,8,4,1,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-27T01:57:18.445Z');
CREATE TABLE campaign (                         -- whose ledger this is: one row, once something was sent
    id           TEXT NOT NULL,                 -- random; a copy of the file has the same
    folder       TEXT NOT NULL,                 -- where it lies
    file         TEXT,                          -- its campaign file in there; NULL: flags say everything
    name         TEXT NOT NULL,
    renamed      INTEGER NOT NULL               -- the name was given by --name
);
INSERT INTO "campaign" VALUES('62f2c14b133a2daffd82bb48f3033655','/tmp/tmp7ndd_4sx/campaign','mailshot.toml','notice',0);
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
INSERT INTO "copy" VALUES(9,1,'gone@example.org','rejected',1,NULL,3,'550 5.1.1 no such user','2026-11-27T01:57:18.305Z');
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    sent         INTEGER NOT NULL,              -- 1: a person says it was sent, 0: it was not
    host         TEXT NOT NULL,
    at           TEXT NOT NULL
);
INSERT INTO "decision" VALUES(1,2,1,'office','2026-11-27T01:57:17.338Z');
CREATE TABLE former_row (                       -- rows of recipients whom the list has no longer
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    number       INTEGER NOT NULL,
    columns      TEXT NOT NULL,                 -- JSON: the header then
    fields       TEXT NOT NULL
);
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
INSERT INTO "mailing" VALUES(1,'b3a83fbbec3ba3f1c32687e38de0b12b','notice','2026-11-27T01:57:12.085Z','2026-11-27T01:57:16.330Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"def5fd9fd8a5a06c","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"e3b0c44298fc1c14","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"6b86b273ff34fce1"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }}, welcome.\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"1"}','2026-11-27T01:57:16.440Z','{"accepted":20}');
INSERT INTO "mailing" VALUES(2,'242bfbae370c83eb001e5d1f86f11e0f','notice','2026-11-27T01:57:16.518Z','2026-11-27T01:57:17.338Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"def5fd9fd8a5a06c","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"e3b0c44298fc1c14","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"6b86b273ff34fce1"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }}, welcome.\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"1"}',NULL,NULL);
INSERT INTO "mailing" VALUES(3,'7a15f71ac8e04d805c36ce041de0f199','notice','2026-11-27T01:57:17.695Z',NULL,NULL,'["email","name","cc","course","room"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"1017823496786b80","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"82244417f956ac7c","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","recipients.sort":"e3b0c44298fc1c14","recipients.where":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"6b86b273ff34fce1"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }},\n\n{% for row in rows %}{{ row.course }} moves to room {{ row.room }}.\n{% endfor %}\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"email","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","recipients.sort":"","recipients.where":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"1"}',NULL,NULL);
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
    UNIQUE (mailing, key)
);
INSERT INTO "recipient" VALUES(1,2,'ada@example.org','accepted',NULL,1,1795744636,X'A9FE4797DFC288FA90A5E3968A502E11',250,'2.0.0 taken','<7nojpzdo3sv572ya6lguncollf@uni.example>','here','2026-11-27T01:57:16.864Z',1,2,1,1,NULL,0);
INSERT INTO "recipient" VALUES(2,2,'bob@example.org','accepted',NULL,1,1795744636,X'DE79E49380B7194298992A01973F995D',NULL,'settled by hand: it was sent','<jba3j7ctkkohdndxd6rl4r2irg@uni.example>','here','2026-11-27T01:57:17.338Z',1,2,1,1,NULL,0);
INSERT INTO "recipient" VALUES(3,2,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<psslzxe6drfoizuj5hc7eafpln@uni.example>','here','2026-11-27T01:57:16.871Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(4,2,'kim@example.org','accepted',NULL,1,1795744636,X'A0AB0AE2D1261804E6372AF1FB3EE5A5',250,'2.0.0 taken','<4rka6i6wnhu5xfu7s4746kdaqa@uni.example>','here','2026-11-27T01:57:17.078Z',1,2,2,1,NULL,0);
INSERT INTO "recipient" VALUES(5,3,'ada@example.org','accepted',NULL,1,1795744637,X'8A7E8EE052085384E6910B602DDB7458',250,'2.0.0 taken','<pgcyr4i2jlxi45wtvvap5gtsyw@uni.example>','here','2026-11-27T01:57:18.016Z',1,3,1,1,NULL,0);
INSERT INTO "recipient" VALUES(6,3,'bob@example.org','in_doubt',NULL,1,1795744637,X'57DA21152C7E0D4913E746C150BC37DE',NULL,'end of message: the relay closed the connection','<z5lrk6l6ahkfrlu44gpb7wtnxs@uni.example>','here','2026-11-27T01:57:18.027Z',1,3,1,1,NULL,0);
INSERT INTO "recipient" VALUES(7,3,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<xukk62kexiykc73ilzbuknwtxo@uni.example>','here','2026-11-27T01:57:18.097Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(8,3,'dan@example.org','deferred',NULL,2,NULL,NULL,451,'4.3.0 try again later','<47atujh7cq3g4ddaafz7bjbvy2@uni.example>','here','2026-11-27T01:57:18.445Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(9,3,'fay@example.org','accepted',NULL,1,1795744637,X'C7237E59EE6E59E54433F11D98BB8700',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','<2nrmnln2hc4t5hu5asddctxyje@uni.example>','here','2026-11-27T01:57:18.305Z',1,3,2,1,NULL,0);
INSERT INTO "recipient" VALUES(10,3,'王@example.org','rejected',NULL,1,NULL,NULL,NULL,'王@example.org needs SMTPUTF8, which the relay does not offer','<hlxawz6chsoivwgjvgj4nugskz@uni.example>','here','2026-11-27T01:57:18.306Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(11,3,'kim@example.org','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 2, by token',NULL,NULL,NULL,2,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(12,3,'ned@spam.test','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 3: @spam.test',NULL,NULL,NULL,2,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(13,3,'eve@example.org','intent',4,0,1795744638,X'D2A97673FEEE9F63BD9139DF366260D8',NULL,NULL,'<2tfqgl5iklgdnk54ojgg3pktww@uni.example>','here','2026-11-27T01:57:18.446Z',1,4,1,1,NULL,0);
INSERT INTO "recipient" VALUES(14,3,'hal@example.org','pending',4,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(15,3,'iva@example.org','pending',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,0,NULL,1);
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
INSERT INTO "run" VALUES(1,1,'a365e0b7-454d-41dd-820b-b22ffb163187','office',15140,'2026-11-27T01:57:12.175Z','2026-11-27T01:57:16.339Z',0,NULL);
INSERT INTO "run" VALUES(2,2,'a365e0b7-454d-41dd-820b-b22ffb163187','office',15359,'2026-11-27T01:57:16.599Z','2026-11-27T01:57:17.090Z',1,NULL);
INSERT INTO "run" VALUES(3,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',15415,'2026-11-27T01:57:17.761Z','2026-11-27T01:57:18.325Z',1,'--where "name != ''Iva''"');
INSERT INTO "run" VALUES(4,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',15447,'2026-11-27T01:57:18.426Z',NULL,NULL,'--where "name != ''Iva''"');
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
CREATE INDEX former_row_recipient ON former_row (recipient);
PRAGMA application_id = 1835100524;
PRAGMA user_version = 5;
COMMIT;
