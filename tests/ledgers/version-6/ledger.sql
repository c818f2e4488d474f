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
INSERT INTO "attempt" VALUES(1,1,2,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-28T04:33:38.796Z');
INSERT INTO "attempt" VALUES(2,2,2,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-28T04:33:38.801Z');
INSERT INTO "attempt" VALUES(3,3,2,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-28T04:33:38.804Z');
INSERT INTO "attempt" VALUES(4,4,2,2,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-28T04:33:39.005Z');
INSERT INTO "attempt" VALUES(5,5,3,1,'here','accepted',250,'2.0.0 taken',NULL,'2026-11-28T04:33:39.468Z');
INSERT INTO "attempt" VALUES(6,6,3,1,'here','in_doubt',NULL,'end of message: the relay closed the connection',NULL,'2026-11-28T04:33:39.474Z');
INSERT INTO "attempt" VALUES(7,7,3,2,'here','rejected',550,'5.1.1 no such user',NULL,'2026-11-28T04:33:39.488Z');
INSERT INTO "attempt" VALUES(8,8,3,2,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-28T04:33:39.491Z');
INSERT INTO "attempt" VALUES(9,9,3,2,'here','accepted',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','[["gone@example.org","550 5.1.1 no such user"]]','2026-11-28T04:33:39.693Z');
INSERT INTO "attempt" VALUES(10,10,3,0,'here','rejected',NULL,'the address 王@example.org needs SMTPUTF8, which the relay does not offer',NULL,'2026-11-28T04:33:39.693Z');
INSERT INTO "attempt" VALUES(11,8,4,1,'here','deferred',451,'4.3.0 try again later',NULL,'2026-11-28T04:33:39.837Z');
CREATE TABLE campaign (                         -- whose ledger this is: one row, once something was sent
    id           TEXT NOT NULL,                 -- random; a copy of the file has the same
    folder       TEXT NOT NULL,                 -- where it lies
    file         TEXT,                          -- its campaign file in there; NULL: flags say everything
    name         TEXT NOT NULL,
    renamed      INTEGER NOT NULL               -- the name was given by --name
);
INSERT INTO "campaign" VALUES('1a598394b650d142ee773ef22765397d','/tmp/tmphge6wray/campaign','mailshot.toml','notice',0);
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
INSERT INTO "copy" VALUES(9,1,'gone@example.org','rejected',1,NULL,3,'550 5.1.1 no such user','2026-11-28T04:33:39.693Z');
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    recipient    INTEGER NOT NULL REFERENCES recipient(id),
    sent         INTEGER NOT NULL,              -- 1: a person says it was sent, 0: it was not
    host         TEXT NOT NULL,
    at           TEXT NOT NULL
);
INSERT INTO "decision" VALUES(1,2,1,'office','2026-11-28T04:33:39.112Z');
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
    totals       TEXT,                          -- JSON: status -> count, once purged
    rules        INTEGER NOT NULL DEFAULT 2     -- the composing rules it was begun by; 2: those, or older ones
);
INSERT INTO "mailing" VALUES(1,'3f946249a0ebaaffba1264fa9dcd4286','notice','2026-11-28T04:33:33.247Z','2026-11-28T04:33:38.405Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"def5fd9fd8a5a06c","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"e3b0c44298fc1c14","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"4b227777d4dd1fc6"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }}, welcome.\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"4"}','2026-11-28T04:33:38.459Z','{"accepted":20}',4);
INSERT INTO "mailing" VALUES(2,'ffb1ff34fc75e29c05561c36654777b5','notice','2026-11-28T04:33:38.544Z','2026-11-28T04:33:39.112Z',NULL,'["email","name","cc"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"def5fd9fd8a5a06c","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"e3b0c44298fc1c14","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"4b227777d4dd1fc6"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }}, welcome.\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"4"}',NULL,NULL,4);
INSERT INTO "mailing" VALUES(3,'962adbab286fa2b593ca0b7a2f33847c','notice','2026-11-28T04:33:39.211Z',NULL,NULL,'["email","name","cc","course","room"]','{"cc":"e93ec9f3b5d3d095","from":"25e2372715399cc8","inline_css":"b5bea41b6c623f7c","notice.txt":"1017823496786b80","order of attachments":"e3b0c44298fc1c14","recipients.delimiter":"e3b0c44298fc1c14","recipients.encoding":"e3b0c44298fc1c14","recipients.group_by":"82244417f956ac7c","recipients.header_row":"e3b0c44298fc1c14","recipients.key":"663ea1bfffe5038f","recipients.query":"e3b0c44298fc1c14","recipients.sheet":"e3b0c44298fc1c14","recipients.sort":"e3b0c44298fc1c14","recipients.where":"e3b0c44298fc1c14","subject":"d4861cf430278282","text part":"notice.txt","to":"36f73771b4abde1f","unsubscribe.one_click":"b5bea41b6c623f7c","unsubscribe.url":"77a2d77a2cecc546","version of the composing rules":"4b227777d4dd1fc6"}','{"cc":"{{ cc }}","from":"Registrar <registrar@uni.example>","inline_css":"true","notice.txt":"Dear {{ name }},\n\n{% for row in rows %}{{ row.course }} moves to room {{ row.room }}.\n{% endfor %}\n","order of attachments":"","recipients.delimiter":",","recipients.encoding":"UTF-8","recipients.group_by":"email","recipients.header_row":"1","recipients.query":"","recipients.sheet":"","recipients.sort":"","recipients.where":"","subject":"Room change, {{ name }}","to":"{{ name }} <{{ email }}>","unsubscribe.one_click":"true","unsubscribe.url":"https://uni.example/leave?who={{ token }}","version of the composing rules":"4"}',NULL,NULL,4);
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
INSERT INTO "recipient" VALUES(1,2,'ada@example.org','accepted',NULL,1,1795840418,X'6B386008464359E7D9881FA587A87025',250,'2.0.0 taken','<gekbo6vneyypk.yaapcridu5dsk@uni.example>','here','2026-11-28T04:33:38.796Z',1,2,1,1,NULL,0);
INSERT INTO "recipient" VALUES(2,2,'bob@example.org','accepted',NULL,1,1795840418,X'9FD643753E24F812086C562243F58F7D',NULL,'settled by hand: it was sent','<yrngeoxkhqcxl.2p22sk2ya3sib@uni.example>','here','2026-11-28T04:33:39.112Z',1,2,1,1,NULL,0);
INSERT INTO "recipient" VALUES(3,2,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<6y44y7lvuvcpa.e2mayhvyx2xux@uni.example>','here','2026-11-28T04:33:38.804Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(4,2,'kim@example.org','accepted',NULL,1,1795840418,X'63926E374F7C2B78F162A17CFDA67B30',250,'2.0.0 taken','<bgl6w7e4imggj.ikjwxqfh2qp5n@uni.example>','here','2026-11-28T04:33:39.005Z',1,2,2,1,NULL,0);
INSERT INTO "recipient" VALUES(5,3,'ada@example.org','accepted',NULL,1,1795840419,X'3BA37D94BC0D6B4EDD870145BEF32264',250,'2.0.0 taken','<u25hhkqu7japc.wpuotikawdb6z@uni.example>','here','2026-11-28T04:33:39.468Z',1,3,1,1,NULL,0);
INSERT INTO "recipient" VALUES(6,3,'bob@example.org','in_doubt',NULL,1,1795840419,X'6FC155C1566AB21745E1E8529854DAE7',NULL,'end of message: the relay closed the connection','<ydvniasoki4sf.w544m6tffdjog@uni.example>','here','2026-11-28T04:33:39.474Z',1,3,1,1,NULL,0);
INSERT INTO "recipient" VALUES(7,3,'cyd@example.org','rejected',NULL,1,NULL,NULL,550,'5.1.1 no such user','<r7c2ap5gedexh.qy2mvdxlkkwzq@uni.example>','here','2026-11-28T04:33:39.488Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(8,3,'dan@example.org','deferred',NULL,2,NULL,NULL,451,'4.3.0 try again later','<s3c4mxqcswsjf.z6konkbrl2tma@uni.example>','here','2026-11-28T04:33:39.837Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(9,3,'fay@example.org','accepted',NULL,1,1795840419,X'6F7CCA92D0574CEBE50DF930EBC2BA7E',250,'2.0.0 taken; but refused for gone@example.org: 550 5.1.1 no such user','<gd5aiezwt2ivx.h3jstctucjgnl@uni.example>','here','2026-11-28T04:33:39.693Z',1,3,2,1,NULL,0);
INSERT INTO "recipient" VALUES(10,3,'王@example.org','rejected',NULL,1,NULL,NULL,NULL,'the address 王@example.org needs SMTPUTF8, which the relay does not offer','<s4vrw54tb4bny.62vlzz5zlym3c@uni.example>','here','2026-11-28T04:33:39.693Z',1,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(11,3,'kim@example.org','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 2, by token',NULL,NULL,NULL,2,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(12,3,'ned@spam.test','suppressed',NULL,0,NULL,NULL,NULL,'your suppression list, line 3: @spam.test',NULL,NULL,NULL,2,NULL,NULL,1,NULL,0);
INSERT INTO "recipient" VALUES(13,3,'eve@example.org','intent',4,0,1795840419,X'D590D3EBF02F31CE53A3133ADAD37CF7',NULL,NULL,'<n4ycu7w53ynng.hnl52c4kccea6@uni.example>','here','2026-11-28T04:33:39.844Z',1,4,1,1,NULL,0);
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
INSERT INTO "run" VALUES(1,1,'a365e0b7-454d-41dd-820b-b22ffb163187','office',24992,'2026-11-28T04:33:33.300Z','2026-11-28T04:33:38.409Z',0,NULL);
INSERT INTO "run" VALUES(2,2,'a365e0b7-454d-41dd-820b-b22ffb163187','office',25029,'2026-11-28T04:33:38.578Z','2026-11-28T04:33:39.020Z',1,NULL);
INSERT INTO "run" VALUES(3,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',25051,'2026-11-28T04:33:39.254Z','2026-11-28T04:33:39.706Z',1,'--where "name != ''Iva''"');
INSERT INTO "run" VALUES(4,3,'a365e0b7-454d-41dd-820b-b22ffb163187','office',25096,'2026-11-28T04:33:39.822Z',NULL,NULL,'--where "name != ''Iva''"');
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
PRAGMA user_version = 6;
COMMIT;
