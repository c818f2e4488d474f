//! What came back, from a mail that was sorted to the suppression list and the reports.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::campaign::{Folders, clock};
use crate::inbox::{Action, Class, Kind, Reason, Reported, Sorted, Unmatched};
use crate::ledger::Ledger;
use crate::message::MailingId;
use crate::recipients::Key;

use super::super::environment::Environment;
use super::super::failure::RunError;
use super::{Collected, Collection, confirm_answers, undo_answers};

const ADA: &str = "ada@example.org";

struct User {
    folder: TempDir,
}

/// A campaign of theirs, as after a mailing that every relay took.
struct Sent<'u> {
    user: &'u User,
    name: &'static str,
    uid: MailingId,
}

impl User {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn environment(&self) -> Environment {
        Environment::new(self.at("state"))
    }

    fn suppressed(&self) -> String {
        let text = fs::read_to_string(self.at("state/suppressed.csv")).unwrap_or_default();
        let lines = text
            .lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap_or_default());
        lines.collect::<Vec<_>>().join(" ")
    }

    fn sent(&self, name: &'static str, people: &[&str]) -> Sent<'_> {
        let sent = Sent {
            user: self,
            name,
            uid: MailingId::of_dry_run(name),
        };
        let folders = sent.folders();
        let path = Ledger::file(&folders.state, name);
        drop(Ledger::open(&path).unwrap());
        let raw = Connection::open(&path).unwrap();
        let now = clock::now().to_string();
        raw.execute(
            "INSERT INTO mailing (uid, campaign, started_at, finished_at, columns, content, texts)
             VALUES (?1, ?2, ?3, ?3, '[\"email\"]', '{}', '{}')",
            params![sent.uid.to_string(), name, now],
        )
        .unwrap();
        raw.execute(
            "INSERT INTO run (mailing, boot, host, pid, started_at, ended_at, exit_code) VALUES (1, '', '', 1, ?1, ?1, 0)",
            [&now],
        )
        .unwrap();
        for (n, person) in people.iter().enumerate() {
            let id = format!("<{}@uni.example>", sent.token(person));
            raw.execute(
                "INSERT INTO recipient (mailing, key, status, attempts, message_id, relay, code, reply, at)
                 VALUES (1, ?1, 'accepted', 1, ?2, 'school', 250, '2.0.0 taken', ?3)",
                params![person, id, now],
            )
            .unwrap();
            raw.execute(
                "INSERT INTO source_row (mailing, number, recipient, fields) VALUES (1, ?1, ?2, json_array(?3))",
                params![n + 2, raw.last_insert_rowid(), person],
            )
            .unwrap();
        }
        fs::create_dir_all(&folders.results).unwrap();
        fs::write(folders.results.join("report.csv"), "old").unwrap();
        let summary = format!(
            "{{\n  \"campaign\": \"{name}\",\n  \"mailing\": \"{}\",\n  \"statuses\": {{\n    \"accepted\": 3\n  }},\n  \
             \"send_seconds\": 1.0,\n  \"messages_per_second\": 1.0,\n  \"bytes\": 1,\n  \"connections_opened\": 1\n}}\n",
            sent.uid
        );
        fs::write(folders.results.join("summary.json"), summary).unwrap();
        sent
    }
}

impl Sent<'_> {
    fn folders(&self) -> Folders {
        Folders::of_named(&self.user.at(self.name), self.name)
    }

    fn token(&self, person: &str) -> String {
        self.uid.token(&Key::typed(person), "")
    }

    fn raw(&self) -> Connection {
        Connection::open(Ledger::file(&self.folders().state, self.name)).unwrap()
    }

    fn status(&self, person: &str) -> (String, Option<u16>, String) {
        let sql = "SELECT status, code, reply FROM recipient WHERE key = ?1";
        self.raw()
            .query_row(sql, [person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
    }

    fn run(&self, mails: &[(&str, Sorted)], look: bool) -> Result<Collected, RunError> {
        let mut collection = Collection::open(&self.folders(), &self.user.environment(), look)?;
        for (octets, sorted) in mails {
            collection.take("box, mail 1", octets.as_bytes(), sorted)?;
        }
        collection.finish()
    }

    fn collect(&self, mails: &[(&str, Sorted)]) -> Collected {
        self.run(mails, false).unwrap()
    }

    fn result(&self, name: &str) -> String {
        fs::read_to_string(self.folders().results.join(name)).unwrap_or_default()
    }
}

fn hard(address: &str, token: Option<String>) -> Sorted {
    Sorted {
        class: Class::Bounce,
        recipients: vec![Reported {
            address: address.to_owned(),
            original: None,
            action: Some(Action::Failed),
            status: Some("5.1.1".to_owned()),
            code: Some(550),
            kind: Some(Kind::Hard),
            reason: Some(Reason::NoMailbox),
            words: "550 5.1.1 no such user".to_owned(),
        }],
        tokens: token.into_iter().collect(),
        from: Some("mailer-daemon@mx.example".to_owned()),
        ..Sorted::default()
    }
}

/// Every file below a folder, with what is in it.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_bounce_is_in_the_ledger_the_reports_and_the_list_and_a_second_run_changes_no_byte() {
    let user = User::new();
    let news = user.sent("news", &[ADA, "bob@example.org", "cyd@example.org"]);
    let mails = [("mail 1", hard(ADA, Some(news.token(ADA))))];
    let before = files(user.folder.path());
    let looked = news.run(&mails, true).unwrap();
    assert_eq!(
        (looked.followed.bounced, looked.followed.suppressed.len()),
        (1, 1)
    );
    let ledger = |files: &[(PathBuf, Vec<u8>)]| -> Vec<(PathBuf, Vec<u8>)> {
        let own = files
            .iter()
            .filter(|(path, _)| path.extension().is_none_or(|end| end != "lock"));
        own.cloned().collect()
    };
    assert!(
        ledger(&before) == ledger(&files(user.folder.path())),
        "a look changes nothing"
    );

    let collected = news.collect(&mails);
    assert_eq!(
        (collected.mails, collected.before, collected.followed.bounced),
        (1, 0, 1)
    );
    assert_eq!(
        news.status(ADA),
        (
            "bounced".to_owned(),
            Some(550),
            "hard bounce (no_mailbox): 550 5.1.1 no such user".to_owned()
        )
    );
    assert_eq!(user.suppressed(), ADA);
    let report = "ada@example.org,bounced,550,hard bounce (no_mailbox): 550 5.1.1 no such user,1,<";
    assert!(
        news.result("report.csv").contains(report),
        "{}",
        news.result("report.csv")
    );
    assert!(news.result("failed.csv").contains(report));
    let summary: serde_json::Value = serde_json::from_str(&news.result("summary.json")).unwrap();
    assert_eq!(
        (&summary["statuses"]["bounced"], &summary["statuses"]["accepted"]),
        (&1.into(), &2.into())
    );
    assert_eq!(summary["connections_opened"], 1);

    let before = files(user.folder.path());
    let again = news.collect(&mails);
    assert_eq!((again.mails, again.before), (1, 1));
    assert!(before == files(user.folder.path()), "not a byte changed");
}

#[test]
fn what_an_answer_caused_is_taken_back_and_stays_so() {
    let user = User::new();
    let news = user.sent("news", &[ADA, "bob@example.org"]);
    let mails = [
        ("mail 1", hard(ADA, Some(news.token(ADA)))),
        ("mail 2", hard(ADA, Some(news.token(ADA)))),
        (
            "mail 3",
            hard("bob@example.org", Some(news.token("bob@example.org"))),
        ),
    ];
    let collected = news.collect(&mails);
    let names: Vec<String> = collected.lines.iter().map(|line| line.name.clone()).collect();
    let undo = |name: &String| undo_answers(&news.folders(), &user.environment(), std::slice::from_ref(name));
    // The other mail says the same.
    let undone = undo(&names[0]).unwrap();
    assert!(undone.followed.is_nothing());
    assert_eq!(undone.still, [(ADA.to_owned(), names[1].clone())]);
    let undone = undo(&names[1]).unwrap();
    assert_eq!(undone.followed.taken_off, [ADA]);
    assert_eq!(user.suppressed(), "bob@example.org");
    assert_eq!(
        news.status(ADA),
        ("accepted".to_owned(), Some(250), "2.0.0 taken".to_owned())
    );
    assert!(
        !news.result("failed.csv").contains("ada@"),
        "{}",
        news.result("failed.csv")
    );
    assert_eq!(undo(&names[1]).unwrap().before, [names[1].clone()]);
    // It was seen, and does nothing again.
    let again = news.collect(&mails);
    assert_eq!((again.before, user.suppressed().as_str()), (3, "bob@example.org"));
    let unknown = undo(&"zzzzzz".to_owned()).unwrap_err();
    assert!(matches!(unknown, RunError::NoAnswer(_)), "{unknown}");
}

#[test]
fn whom_the_user_suppressed_before_stays_so_after_an_undo() {
    let user = User::new();
    let news = user.sent("news", &[ADA]);
    fs::create_dir_all(user.at("state")).unwrap();
    fs::write(
        user.at("state/suppressed.csv"),
        "who,added_at\nada@example.org,2026-01-01T00:00:00Z\n",
    )
    .unwrap();
    let collected = news.collect(&[("mail 1", hard(ADA, Some(news.token(ADA))))]);
    assert!(collected.followed.suppressed[0].was_there);
    let name = collected.lines[0].name.clone();
    undo_answers(&news.folders(), &user.environment(), &[name]).unwrap();
    assert_eq!(user.suppressed(), ADA);
}

#[test]
fn if_it_dies_between_the_ledger_and_the_list_the_next_run_makes_up_for_it() {
    let user = User::new();
    let news = user.sent("news", &[ADA]);
    let mails = [("mail 1", hard(ADA, Some(news.token(ADA))))];
    news.collect(&mails);
    // As if the process had died after the commit.
    fs::remove_file(user.at("state/suppressed.csv")).unwrap();
    news.raw().execute("UPDATE suppressing SET done = 0", []).unwrap();
    news.collect(&mails);
    assert_eq!(user.suppressed(), ADA);
    // Whom a person takes off the list, an answer that was collected does not put on it again.
    fs::write(user.at("state/suppressed.csv"), "who,added_at\n").unwrap();
    news.collect(&mails);
    assert_eq!(user.suppressed(), "");
    news.collect(&[("mail 2", hard(ADA, Some(news.token(ADA))))]);
    assert_eq!(user.suppressed(), ADA, "a further one does");
}

#[test]
fn what_is_not_proved_waits_for_a_yes() {
    let user = User::new();
    let news = user.sent("news", &[ADA]);
    let leave = Sorted {
        class: Class::Unsubscribe,
        from: Some(ADA.to_owned()),
        words: Some("please take me off your list".to_owned()),
        ..Sorted::default()
    };
    let collected = news.collect(&[("mail 1", leave), ("mail 2", hard(ADA, None))]);
    assert_eq!((collected.to_confirm.len(), user.suppressed().as_str()), (2, ""));
    let name = collected.to_confirm[0].name.clone();
    let yes = || confirm_answers(&news.folders(), &user.environment(), &[name.to_uppercase()]).unwrap();
    assert_eq!(yes().followed.suppressed.len(), 1);
    assert_eq!(user.suppressed(), ADA);
    assert_eq!(yes().before, std::slice::from_ref(&name));
    undo_answers(&news.folders(), &user.environment(), &[name]).unwrap();
    assert_eq!(user.suppressed(), "");
    let reply = Sorted {
        class: Class::Reply,
        from: Some(ADA.to_owned()),
        ..Sorted::default()
    };
    let name = news.collect(&[("mail 3", reply)]).lines[0].name.clone();
    let nothing = confirm_answers(&news.folders(), &user.environment(), &[name]).unwrap_err();
    assert!(matches!(nothing, RunError::NothingToConfirm(_)), "{nothing}");
}

#[test]
fn what_is_about_another_campaign_or_a_purged_mailing_is_listed_so() {
    let user = User::new();
    let (news, other) = (user.sent("news", &[ADA]), user.sent("other", &[ADA]));
    let mails = [("mail 1", hard(ADA, Some(other.token(ADA))))];
    // A ledger is known from its first collection, or from sending.
    other.collect(&[]);
    let why = |collected: Collected| collected.unmatched.first().map(|one| one.why.clone());
    let found = why(news.collect(&mails));
    assert!(
        matches!(&found, Some(Unmatched::OtherCampaign(campaign)) if campaign.name == "other"),
        "{found:?}"
    );
    // Its address would have matched.
    assert_eq!(
        (news.status(ADA).0.as_str(), user.suppressed().as_str()),
        ("accepted", "")
    );
    let mut ledger = Ledger::open(&Ledger::file(&other.folders().state, "other")).unwrap();
    ledger.purge(1).unwrap();
    drop(ledger);
    let found = why(other.collect(&mails));
    assert!(
        matches!(found, Some(Unmatched::Purged { mailing: 1, .. })),
        "{found:?}"
    );
}

#[test]
fn a_purge_removes_what_came_back() {
    let user = User::new();
    let news = user.sent("news", &[ADA]);
    news.collect(&[("mail 1", hard(ADA, Some(news.token(ADA))))]);
    let mut ledger = Ledger::open(&Ledger::file(&news.folders().state, "news")).unwrap();
    ledger.purge(1).unwrap();
    drop(ledger);
    for table in ["answer", "effect", "unbounced", "suppressing"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let left: u64 = news.raw().query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
    assert_eq!(user.suppressed(), ADA);
}

#[test]
fn a_run_that_goes_on_is_waited_for() {
    let user = User::new();
    let news = user.sent("news", &[ADA]);
    let _held = crate::ledger::Lock::take(&Ledger::file(&news.folders().state, "news")).unwrap();
    let error = news.run(&[], false).unwrap_err();
    assert_eq!(error.ended().end.exit_code(), 4, "{error}");
}
