use super::*;
use crate::delivery::{Attempt, Intent, Journal, Outcome, RecipientId};
use crate::message::MailingId;
use crate::recipients::Key;
use crate::smtp::Reply;
use std::path::Path;
use std::sync::Arc;

fn content() -> Content {
    Content::from([("subject".to_owned(), "1".to_owned())])
}

fn begin(ledger: &mut Ledger, people: &[&str]) -> Mailing {
    let mailing = ledger
        .begin(&NewMailing {
            uid: MailingId::random().unwrap(),
            rules: 3,
            campaign: "news",
            columns: &["email".to_owned()],
            content: &content(),
            texts: &Texts::new(),
        })
        .unwrap();
    load(ledger, &mailing, people);
    mailing
}

fn load(ledger: &mut Ledger, mailing: &Mailing, people: &[&str]) {
    ledger.unlist(mailing).unwrap();
    for (i, person) in people.iter().enumerate() {
        let key = Key::typed(person);
        let row = SourceRow {
            number: i as u64 + 2,
            position: 0,
            fields: &[(*person).to_owned()],
            plain: &[],
            whose: of(&key),
        };
        ledger.load(mailing, &row).unwrap();
    }
    ledger.listed(mailing).unwrap();
}

fn of(key: &Key) -> Whose<'_> {
    let (address, files) = (None, &[][..]);
    Whose::Recipient {
        key,
        address,
        chosen: true,
        files,
    }
}

fn chosen() -> Chosen {
    Chosen {
        in_doubt: InDoubt::Hold,
        retry_rejected: false,
        only: None,
        limit: None,
        choice: None,
    }
}

fn intent(recipient: RecipientId) -> Intent {
    Intent {
        refused: Vec::new(),
        recipient,
        session: 1,
        relay: "school".into(),
        date: 1_700_000_000,
        digest: [7; 16],
        message_id: "<x@uni.example>".to_owned(),
    }
}

fn attempt(recipient: RecipientId, outcome: Outcome) -> Arc<Attempt> {
    Arc::new(Attempt {
        recipient,
        session: 1,
        relay: "school".into(),
        outcome,
        message_id: "<x@uni.example>".to_owned(),
        row: 2,
        number: 1,
        refused: Vec::new(),
    })
}

fn words(text: &str) -> Reply {
    Reply::new(250, Some((2, 0, 0)), text)
}

fn totals(path: &Path, mailing: &Mailing) -> Vec<(Status, u64)> {
    Reader::open(path)
        .unwrap()
        .totals(mailing.id)
        .unwrap()
        .into_iter()
        .collect()
}

#[tokio::test]
async fn the_ledger_keeps_the_rules_of_a_journal_and_is_closed_once_finished() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&Ledger::file(folder.path(), "news")).unwrap();
    let mailing = begin(&mut ledger, &["a@x.test", "b@x.test", "c@x.test"]);
    let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
    crate::delivery::keeps_the_rules(Arc::clone(&journal)).await;
    drop(journal.finish().unwrap());
    let closed = journal.withdraw(RecipientId(1)).await;
    assert!(matches!(closed, Err(crate::delivery::JournalError::Closed)));
}

#[tokio::test]
async fn an_intent_without_an_outcome_is_in_doubt_and_a_claim_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = Ledger::file(folder.path(), "news");
    let mut ledger = Ledger::open(&path).unwrap();
    let mailing = begin(&mut ledger, &["a@x.test", "b@x.test", "c@x.test", "d@x.test"]);
    let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
    let claiming = Arc::clone(&journal);
    let claimed = tokio::task::spawn_blocking(move || claiming.claim(3).unwrap())
        .await
        .unwrap();
    assert_eq!(claimed.len(), 3);
    assert_eq!(claimed[1].row.fields, ["b@x.test"]);
    journal.intend(intent(claimed[0].recipient)).await.unwrap();
    journal
        .settle(attempt(
            claimed[0].recipient,
            Outcome::Accepted(words("queued as 1")),
        ))
        .await
        .unwrap();
    journal.intend(intent(claimed[1].recipient)).await.unwrap();
    // The process dies here: nobody ends the run.
    drop(journal.finish().unwrap());

    let mut ledger = Ledger::open(&path).unwrap();
    let mailing = ledger.latest_mailing().unwrap().unwrap();
    assert_eq!(ledger.recover(&mailing).unwrap().in_doubt, 1);
    assert_eq!(
        totals(&path, &mailing),
        [(Status::Pending, 2), (Status::Accepted, 1), (Status::InDoubt, 1)]
    );
    assert_eq!(ledger.to_send(&mailing, &chosen()).unwrap().0, 2);
    let resend = Chosen {
        in_doubt: InDoubt::Resend,
        ..chosen()
    };
    assert_eq!(ledger.to_send(&mailing, &resend).unwrap().0, 3);
    let mut rows = Vec::new();
    Reader::open(&path)
        .unwrap()
        .rows::<LedgerError>(mailing.id, |row| {
            rows.push((row.code, row.reply.to_owned(), row.attempts));
            Ok(())
        })
        .unwrap();
    assert_eq!(rows[0], (Some(250), "2.0.0 queued as 1".to_owned(), 1));
}

#[tokio::test]
async fn after_a_power_cut_claims_are_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let path = Ledger::file(folder.path(), "news");
    let mut ledger = Ledger::open(&path).unwrap();
    let mailing = begin(&mut ledger, &["a@x.test", "b@x.test"]);
    let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
    let claiming = Arc::clone(&journal);
    tokio::task::spawn_blocking(move || claiming.claim(1).unwrap())
        .await
        .unwrap();
    let mut ledger = journal.finish().unwrap();
    ledger
        .connection
        .execute("UPDATE run SET boot = 'another'", [])
        .unwrap();
    assert_eq!(ledger.recover(&mailing).unwrap().in_doubt, 1);
    assert_eq!(
        totals(&path, &mailing),
        [(Status::Pending, 1), (Status::InDoubt, 1)]
    );
}

/// It is nobody's while the run goes on, and pending when the run ends. When the run dies, it is the
/// recipient's where it is one of few and the relay has accepted others, and pending otherwise.
#[tokio::test]
async fn a_refusal_that_is_held_is_the_recipients_only_where_the_relay_accepts_others() {
    for (accepts, refused, dies, rejected) in [
        (true, 1, true, 1),
        (true, 2, true, 2),
        (true, 3, true, 0),
        (true, 1, false, 0),
        (false, 1, true, 0),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = Ledger::file(folder.path(), "news");
        let mut ledger = Ledger::open(&path).unwrap();
        let mailing = begin(
            &mut ledger,
            &["a@x.test", "b@x.test", "c@x.test", "d@x.test", "e@x.test"],
        );
        let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
        let claiming = Arc::clone(&journal);
        let claimed = tokio::task::spawn_blocking(move || claiming.claim(9).unwrap())
            .await
            .unwrap();
        for one in &claimed[..=refused] {
            journal.intend(intent(one.recipient)).await.unwrap();
            let refusal = Outcome::Rejected(crate::smtp::Reply::new(554, None, "no"));
            journal.hold(attempt(one.recipient, refusal)).await.unwrap();
        }
        // It is about everybody, so it is not about this one.
        journal.withdraw(claimed[refused].recipient).await.unwrap();
        assert_eq!(totals(&path, &mailing), [(Status::Pending, 5)]);
        let last = claimed[4].recipient;
        if accepts {
            journal.intend(intent(last)).await.unwrap();
            let accepted = attempt(last, Outcome::Accepted(words("taken")));
            journal.settle(accepted).await.unwrap();
        }
        let mut ledger = journal.finish().unwrap();
        if !dies {
            ledger.give_back(&mailing).unwrap();
        }
        // Held refusals are on disk: a power cut brings none of them into doubt.
        let recovered = ledger.recover(&mailing).unwrap();
        assert_eq!((recovered.in_doubt, recovered.rejected.len()), (0, rejected));
        let told = ledger.refused_before(&mailing, &recovered.rejected).unwrap();
        assert_eq!(told.len(), rejected);
        for (_, attempt) in told {
            assert_eq!(attempt.outcome.reply().to_string(), "554 no");
        }
        let of = |status| totals(&path, &mailing).into_iter().find(|(is, _)| *is == status);
        let of = |status| of(status).map_or(0, |(_, count)| count);
        assert_eq!(of(Status::Rejected), rejected as u64);
        assert_eq!(of(Status::Pending), 5 - u64::from(accepts) - rejected as u64);
    }
}

/// What is under way again when its refusal is taken back may be there from before: only an
/// acceptance ends that.
#[tokio::test]
async fn a_refusal_that_is_taken_back_while_the_message_is_under_way_again_leaves_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let path = Ledger::file(folder.path(), "news");
    let mut ledger = Ledger::open(&path).unwrap();
    let mailing = begin(&mut ledger, &["a@x.test", "b@x.test", "c@x.test"]);
    let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
    let claiming = Arc::clone(&journal);
    let claimed = tokio::task::spawn_blocking(move || claiming.claim(9).unwrap())
        .await
        .unwrap();
    let [a, b, c] = [0, 1, 2].map(|at| claimed[at].recipient);
    let doubt = |recipient| attempt(recipient, Outcome::InDoubt(words("out of step")));
    for (recipient, then) in [
        (a, Outcome::Rejected(words("no"))),
        (b, Outcome::Accepted(words("taken"))),
    ] {
        journal.intend(intent(recipient)).await.unwrap();
        journal.doubt(doubt(recipient)).await.unwrap();
        journal.settle(attempt(recipient, then)).await.unwrap();
    }
    // Recorded, taken back, and reported once more: it was one attempt.
    journal.intend(intent(c)).await.unwrap();
    journal
        .settle(attempt(c, Outcome::Deferred(words("later"))))
        .await
        .unwrap();
    journal.doubt(doubt(c)).await.unwrap();
    journal.settle(doubt(c)).await.unwrap();
    let ledger = journal.finish().unwrap();
    let attempts: u32 = ledger
        .connection
        .query_row("SELECT attempts FROM recipient WHERE id = ?1", [c.0], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(attempts, 1);
    assert_eq!(
        totals(&path, &mailing),
        [(Status::Accepted, 1), (Status::InDoubt, 2)]
    );
}

#[tokio::test]
async fn a_withdrawn_intent_leaves_nothing_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let path = Ledger::file(folder.path(), "news");
    let mut ledger = Ledger::open(&path).unwrap();
    let mailing = begin(&mut ledger, &["a@x.test"]);
    let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
    let claiming = Arc::clone(&journal);
    let claimed = tokio::task::spawn_blocking(move || claiming.claim(9).unwrap())
        .await
        .unwrap();
    journal.intend(intent(claimed[0].recipient)).await.unwrap();
    journal.withdraw(claimed[0].recipient).await.unwrap();
    let run = journal.run();
    let mut ledger = journal.finish().unwrap();
    ledger.end_run(&mailing, run, RunEnd { exit_code: 3 }).unwrap();
    assert_eq!(totals(&path, &mailing), [(Status::Pending, 1)]);
    assert_eq!(ledger.latest_mailing().unwrap().unwrap().finished_at, None);
}

#[tokio::test]
async fn a_mailing_is_finished_when_nobody_is_left_and_rows_match_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = Ledger::file(folder.path(), "news");
    let mut ledger = Ledger::open(&path).unwrap();
    let mailing = begin(&mut ledger, &["a@x.test", "b@x.test"]);
    let journal = Arc::new(LedgerJournal::begin(ledger, &mailing, chosen()).unwrap());
    let claiming = Arc::clone(&journal);
    let claimed = tokio::task::spawn_blocking(move || claiming.claim(9).unwrap())
        .await
        .unwrap();
    for one in &claimed {
        journal
            .settle(attempt(one.recipient, Outcome::Accepted(words("ok"))))
            .await
            .unwrap();
    }
    let run = journal.run();
    let mut ledger = journal.finish().unwrap();
    ledger.end_run(&mailing, run, RunEnd { exit_code: 0 }).unwrap();
    assert!(ledger.latest_mailing().unwrap().unwrap().finished_at.is_some());
    // The list is sorted otherwise, one is gone, one is new.
    load(&mut ledger, &mailing, &["new@x.test", "B@x.test"]);
    assert_eq!(ledger.to_send(&mailing, &chosen()).unwrap().0, 1);
    let former = Reader::open(&path).unwrap().totals_of_former(mailing.id).unwrap();
    assert_eq!(former.values().sum::<u64>(), 1);
}

#[test]
fn changed_content_is_named_part_by_part() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&Ledger::file(folder.path(), "news")).unwrap();
    let mailing = begin(&mut ledger, &[]);
    let now = Content::from([
        ("subject".to_owned(), "2".to_owned()),
        ("notice.txt".to_owned(), "1".to_owned()),
    ]);
    let words: Vec<_> = mailing
        .differences(&now, &Texts::new())
        .iter()
        .map(|d| format!("{} {:?}", d.part, d.how))
        .collect();
    assert_eq!(words, ["notice.txt New", "subject Changed"]);
    assert!(mailing.differences(&content(), &Texts::new()).is_empty());
}

mod files;
mod power_cut;
