//! Whom answers are about and what follows from them, in ledgers made for it.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::ledger::{Ledger, Matched, What};
use crate::message::MailingId;
use crate::recipients::{Entry, Key, TokenKey};

use super::collecting::{Collector, Followed, Taken};
use super::elsewhere::Elsewhere;
use super::sort::{Action, Class, Kind, Reported, Sorted};
use super::unmatched::Unmatched;

/// Days of mailings, before now.
struct Campaign {
    folder: TempDir,
    mailings: Vec<MailingId>,
    listed: HashSet<Entry>,
    mails: u32,
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

fn now() -> Timestamp {
    "2026-06-30T12:00:00Z".parse().unwrap()
}

fn moment(before: i64) -> String {
    let at = now() - days(before);
    at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

impl Campaign {
    /// With mailings that began N days ago, to these.
    fn new(began: &[i64], people: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        drop(Ledger::open(&path).unwrap());
        let raw = Connection::open(&path).unwrap();
        let mut mailings = Vec::new();
        for (n, before) in began.iter().enumerate() {
            let uid = MailingId::of_dry_run(&format!("{n}"));
            raw.execute(
                "INSERT INTO mailing (uid, campaign, started_at, finished_at, columns, content, texts)
                 VALUES (?1, 'news', ?2, ?2, '[\"email\"]', '{}', '{\"cc\":\"boss@uni.example\"}')",
                params![uid.to_string(), moment(*before)],
            )
            .unwrap();
            let mailing = raw.last_insert_rowid();
            for person in people {
                let key = Key::typed(person);
                let id = format!("<{}@uni.example>", uid.token(&key, ""));
                raw.execute(
                    "INSERT INTO recipient (mailing, key, status, message_id, relay, code, reply, at)
                     VALUES (?1, ?2, 'accepted', ?3, 'school', 250, 'taken', ?4)",
                    params![mailing, key.as_str(), id, moment(*before)],
                )
                .unwrap();
            }
            mailings.push(uid);
        }
        Self {
            folder,
            mailings,
            listed: HashSet::new(),
            mails: 0,
        }
    }

    fn ledger(&self) -> Ledger {
        Ledger::open(&self.folder.path().join("news.db")).unwrap()
    }

    fn raw(&self) -> Connection {
        Connection::open(self.folder.path().join("news.db")).unwrap()
    }

    fn token(&self, mailing: usize, person: &str) -> String {
        self.mailings[mailing].token(&Key::typed(person), "")
    }

    /// Collects these mails, each another one.
    fn collect(&mut self, mails: &[Sorted]) -> (Vec<Taken>, Followed) {
        let mut ledger = self.ledger();
        let key = Some(TokenKey::new(&[7; 32]));
        let elsewhere = Elsewhere::new(Vec::new());
        let mut collector = Collector::new(&ledger, key, elsewhere, self.listed.clone(), now()).unwrap();
        let mut taken = Vec::new();
        for mail in mails {
            self.mails += 1;
            let octets = format!("Message-ID: <{}@mx.example>\n\n", self.mails);
            let mut mail = mail.clone();
            mail.message_id
                .get_or_insert(format!("{}@mx.example", self.mails));
            taken.push(collector.take(&mut ledger, octets.as_bytes(), &mail).unwrap());
        }
        let (followed, _) = collector.conclude(&mut ledger).unwrap();
        for one in &followed.suppressed {
            self.listed.insert(Entry::parse(&one.address).unwrap());
        }
        ledger.suppressed_all().unwrap();
        (taken, followed)
    }

    fn status(&self, mailing: usize, person: &str) -> String {
        let sql = "SELECT status FROM recipient WHERE mailing = ?1 AND key = ?2";
        self.raw()
            .query_row(sql, params![mailing as i64 + 1, person], |row| row.get(0))
            .unwrap()
    }
}

fn bounce(address: &str, kind: Kind, tokens: &[String]) -> Sorted {
    Sorted {
        class: Class::Bounce,
        recipients: vec![Reported {
            address: address.to_owned(),
            original: None,
            action: Some(Action::Failed),
            status: None,
            code: Some(550),
            kind: Some(kind),
            reason: None,
            words: "no such user".to_owned(),
        }],
        tokens: tokens.to_vec(),
        from: Some("mailer-daemon@mx.example".to_owned()),
        date: Some(now()),
        ..Sorted::default()
    }
}

fn mail(class: Class, from: &str, tokens: &[String]) -> Sorted {
    Sorted {
        class,
        tokens: tokens.to_vec(),
        from: Some(from.to_owned()),
        date: Some(now()),
        ..Sorted::default()
    }
}

fn how(taken: &Taken) -> Vec<Matched> {
    taken.about.matches.iter().map(|found| found.how).collect()
}

fn suppressed(followed: &Followed) -> Vec<&str> {
    followed
        .suppressed
        .iter()
        .map(|one| one.address.as_str())
        .collect()
}

const ADA: &str = "ada@example.org";

const BOB: &str = "bob@example.org";

#[test]
fn a_token_proves_and_the_rest_does_not() {
    let mut news = Campaign::new(&[1], &[ADA, BOB]);
    let (taken, followed) = news.collect(&[
        bounce("Ada@Example.org", Kind::Hard, &[news.token(0, ADA)]),
        bounce(BOB, Kind::Hard, &["abcdefghijklmnopqrstuvwxyz".to_owned()]),
    ]);
    assert_eq!(
        (how(&taken[0]), how(&taken[1])),
        (vec![Matched::Token], vec![Matched::Address])
    );
    assert_eq!(suppressed(&followed), [ADA]);
    assert_eq!(followed.bounced, 2);
    // From the same system, about the same mailing: that proves no more.
    let verp = Sorted {
        envelope_to: vec!["bounces+bob=example.org@uni.example".to_owned()],
        ..bounce(BOB, Kind::Hard, &[])
    };
    let (taken, followed) = news.collect(std::slice::from_ref(&verp));
    assert_eq!(
        (how(&taken[0]), suppressed(&followed)),
        (vec![Matched::Verp], vec![])
    );
    let other = Sorted {
        from: Some("postmaster@relay.example".to_owned()),
        ..verp
    };
    assert_eq!(suppressed(&news.collect(&[other]).1), [BOB]);
}

#[test]
fn a_token_that_no_ledger_knows_is_nothing() {
    let mut news = Campaign::new(&[1], &[ADA]);
    let unknown = "abcdefghijklmnopqrstuvwxyz".to_owned();
    for class in [Class::Complaint, Class::Bounce] {
        let (taken, followed) = news.collect(&[Sorted {
            class,
            recipients: Vec::new(),
            ..bounce(ADA, Kind::Hard, std::slice::from_ref(&unknown))
        }]);
        assert_eq!(taken[0].about.unmatched, [Unmatched::NoMessage]);
        assert!(followed.is_nothing());
    }
    let complaint = Sorted {
        class: Class::Complaint,
        ..bounce(ADA, Kind::Hard, &[])
    };
    let (taken, followed) = news.collect(&[complaint]);
    assert_eq!(
        (how(&taken[0]), followed.is_nothing()),
        (vec![Matched::Address], true)
    );
    assert_eq!(news.status(0, ADA), "accepted");
}

#[test]
fn an_address_alone_needs_one_mailing_of_late_that_came_before() {
    let of = |began: &[i64], bounced: Sorted| {
        let mut news = Campaign::new(began, &[ADA]);
        let (taken, _) = news.collect(&[bounced]);
        (
            how(&taken[0]),
            taken[0].about.unmatched.first().map(Unmatched::name),
        )
    };
    let hard = || bounce(ADA, Kind::Hard, &[]);
    assert_eq!(of(&[40, 29], hard()), (vec![Matched::Address], None));
    assert_eq!(of(&[31], hard()), (vec![], Some("long_ago")));
    assert_eq!(of(&[20, 10], hard()), (vec![], Some("several_mailings")));
    let old = Sorted {
        date: Some(now() - days(20)),
        ..hard()
    };
    assert_eq!(of(&[10], old.clone()), (vec![], Some("older")));
    // By its return path, it is about the mailing before it.
    let verp = Sorted {
        envelope_to: vec!["b-ada=example.org@uni.example".to_owned()],
        ..old
    };
    let mut news = Campaign::new(&[25, 10], &[ADA]);
    let (taken, _) = news.collect(&[verp]);
    assert_eq!(
        (how(&taken[0]), taken[0].about.matches[0].sent.nth),
        (vec![Matched::Verp], 1)
    );
}

#[test]
fn a_forwarded_message_is_found_by_its_token_only() {
    let mut news = Campaign::new(&[1], &[ADA]);
    let (taken, followed) = news.collect(&[bounce("old@else.example", Kind::Hard, &[news.token(0, ADA)])]);
    let found = &taken[0].about.matches[0];
    assert_eq!(found.named.as_deref(), Some("old@else.example"));
    assert_eq!(suppressed(&followed), [ADA]);
    let verp = Sorted {
        envelope_to: vec!["b+ada=example.org@uni.example".to_owned()],
        ..bounce("old@else.example", Kind::Hard, &[])
    };
    let (taken, _) = Campaign::new(&[1], &[ADA]).collect(&[verp]);
    assert_eq!(taken[0].about.unmatched[0].name(), "another_address");
}

#[test]
fn a_copy_that_bounces_is_not_the_recipients_fault() {
    let mut news = Campaign::new(&[1], &[ADA]);
    let (taken, followed) = news.collect(&[bounce("boss@uni.example", Kind::Hard, &[news.token(0, ADA)])]);
    assert!(taken[0].effects[0].copy);
    assert_eq!(suppressed(&followed), ["boss@uni.example"]);
    assert_eq!((news.status(0, ADA).as_str(), followed.bounced), ("accepted", 0));
}

#[test]
fn a_report_about_several_says_something_of_each() {
    let mut news = Campaign::new(&[1], &[ADA]);
    let mut report = bounce(ADA, Kind::Hard, &[news.token(0, ADA)]);
    report.recipients[0].action = Some(Action::Delivered);
    report
        .recipients
        .extend(bounce("list@else.example", Kind::Hard, &[]).recipients);
    let (taken, followed) = news.collect(&[report]);
    let said: Vec<_> = taken[0].effects.iter().map(|effect| effect.what).collect();
    assert_eq!(said, [What::Delivered, What::Bounce]);
    assert!(followed.is_nothing());
    assert_eq!(news.status(0, ADA), "accepted");
}

#[test]
fn a_later_reply_takes_a_bounced_recipient_off_again() {
    let mut news = Campaign::new(&[1], &[ADA]);
    let token = [news.token(0, ADA)];
    let reply = mail(Class::Reply, ADA, &token);
    let earlier = Sorted {
        date: Some(now() - days(1)),
        ..reply.clone()
    };
    let (_, followed) = news.collect(&[earlier, bounce(ADA, Kind::Hard, &token)]);
    assert_eq!(suppressed(&followed), [ADA], "it came before");
    let later = Sorted {
        date: Some(now() + days(1)),
        ..reply
    };
    let (_, followed) = news.collect(&[later]);
    assert_eq!(
        (followed.taken_off.as_slice(), followed.restored),
        (&[ADA.to_owned()][..], 1)
    );
    assert_eq!(news.status(0, ADA), "accepted");
}

#[test]
fn who_leaves_is_asked_for_if_it_may_be_another() {
    let mut news = Campaign::new(&[1], &[ADA, BOB]);
    let leaving = TokenKey::new(&[7; 32]).token(&BOB.parse().unwrap());
    let (taken, followed) = news.collect(&[
        mail(Class::Unsubscribe, "Ada <ada@example.org>", &[]),
        mail(Class::Unsubscribe, "someone@else.example", &[leaving]),
    ]);
    assert_eq!(
        (how(&taken[0]), how(&taken[1])),
        (vec![Matched::Address], vec![Matched::LeavingToken])
    );
    assert_eq!(suppressed(&followed), [BOB]);
    // Ada's message, forwarded to another person who wants none.
    let (_, followed) = news.collect(&[mail(
        Class::Unsubscribe,
        "eve@else.example",
        &[news.token(0, ADA)],
    )]);
    assert!(followed.is_nothing());
    let (_, followed) = news.collect(&[mail(Class::Unsubscribe, ADA, &[news.token(0, ADA)])]);
    assert_eq!(suppressed(&followed), [ADA]);
}

#[test]
fn five_soft_mailings_in_two_weeks_with_nothing_good_between() {
    let of = |began: &[i64], good: Option<usize>, kind: Kind| {
        let mut news = Campaign::new(began, &[ADA]);
        let mails: Vec<_> = (0..began.len())
            .filter(|mailing| Some(*mailing) != good)
            .map(|mailing| bounce(ADA, kind, &[news.token(mailing, ADA)]))
            .collect();
        let (_, followed) = news.collect(&mails);
        assert_eq!(followed.bounced as usize, mails.len());
        followed.suppressed.len()
    };
    assert_eq!(of(&[20, 15, 10, 5, 1], None, Kind::Soft), 1);
    assert_eq!(of(&[20, 15, 10, 5, 1], None, Kind::Unsure), 1);
    assert_eq!(of(&[14, 10, 8, 5, 1], None, Kind::Soft), 0, "thirteen days");
    assert_eq!(of(&[20, 15, 10, 5], None, Kind::Soft), 0);
    assert_eq!(of(&[24, 20, 15, 10, 5, 1], Some(3), Kind::Soft), 0);
    assert_eq!(of(&[20, 15, 10, 5, 1], None, Kind::Sender), 0);
}

#[test]
fn in_doubt_and_bounced_by_its_token_was_sent() {
    let mut news = Campaign::new(&[1], &[ADA, BOB]);
    news.raw()
        .execute("UPDATE recipient SET status = 'in_doubt', reply = 'no reply'", [])
        .unwrap();
    news.collect(&[
        bounce(ADA, Kind::Soft, &[news.token(0, ADA)]),
        bounce(BOB, Kind::Soft, &[]),
    ]);
    assert_eq!(
        (news.status(0, ADA), news.status(0, BOB)),
        ("bounced".into(), "in_doubt".into())
    );
}
