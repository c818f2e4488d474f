//! The power is cut at every place of the write-ahead log.
//!
//! A run is played on the real journal and never checkpointed. Then the machine "goes down" with
//! the log cut at each of its frames, and in the middle of each: this is what a disk may contain if
//! it was never asked to sync the rest. A claim is answered after its sync, so a log without a
//! certain claim comes from a machine that went down before anything after that claim was done;
//! everything else in the script may have been done.

use super::*;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Claimed at a time.
const BLOCK: usize = 4;
/// Sessions of the run, each with at most one letter handed over.
const SESSIONS: usize = 3;
const PEOPLE: usize = 24;
/// Who was in doubt before the run, and is sent to once more in it.
const DOUBTFUL: usize = 3;
/// The header of a write-ahead log, and of each of its frames (SQLite's file format, §4.1).
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// What the run did, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// From here on it may be sent to; answered after a sync.
    Claimed,
    /// Its content may be leaving.
    Intended,
    /// It is settled, with this status.
    Settled(Status),
    /// Its content has not left after all.
    Withdrawn,
}

/// A deed, and how long the log was when it was done.
struct Done {
    recipient: i64,
    deed: Deed,
    length: usize,
}

/// The ledger's files, as the run left them.
struct Files {
    database: Vec<u8>,
    log: Vec<u8>,
    page: usize,
}

/// Plays a run.
struct Play {
    path: PathBuf,
    journal: LedgerJournal,
    done: Vec<Done>,
}

impl Play {
    fn note(&mut self, recipients: &[RecipientId], deed: Deed) {
        let length = std::fs::metadata(log_of(&self.path)).unwrap().len();
        let length = usize::try_from(length).unwrap();
        self.done.extend(recipients.iter().map(|recipient| Done {
            recipient: recipient.0,
            deed,
            length,
        }));
    }

    fn claim(&mut self) -> Vec<RecipientId> {
        let claimed = self.journal.claim(BLOCK).unwrap();
        let claimed: Vec<_> = claimed.into_iter().map(|one| one.recipient).collect();
        self.note(&claimed, Deed::Claimed);
        claimed
    }

    async fn intend(&mut self, to: RecipientId) {
        self.journal.intend(intent(to)).await.unwrap();
        self.note(&[to], Deed::Intended);
    }

    async fn settle(&mut self, to: RecipientId, outcome: Outcome) {
        let status = Status::named(outcome.status()).unwrap();
        self.journal.settle(attempt(to, outcome)).await.unwrap();
        self.note(&[to], Deed::Settled(status));
    }

    /// What a joint flight comes to: one is settled, the next one's content leaves.
    async fn settle_and_intend(&mut self, to: RecipientId, outcome: Outcome, next: RecipientId) {
        let status = Status::named(outcome.status()).unwrap();
        let attempt = Some(attempt(to, outcome));
        self.journal.record(attempt, Some(intent(next))).await.unwrap();
        self.note(&[to], Deed::Settled(status));
        self.note(&[next], Deed::Intended);
    }

    async fn withdraw(&mut self, to: RecipientId) {
        self.journal.withdraw(to).await.unwrap();
        self.note(&[to], Deed::Withdrawn);
    }

    /// Three sessions over block after block: every outcome, every order.
    async fn run(&mut self) {
        let accepted = || Outcome::Accepted(words("queued"));
        let rejected = || Outcome::Rejected(words("no such user"));
        let deferred = || Outcome::Deferred(words("try later"));
        let mut later = Vec::new();
        let mut block = self.claim();
        while let [a, b, c, d] = block[..] {
            // Claims run ahead of the sessions.
            let next = self.claim();
            self.intend(a).await;
            self.intend(b).await;
            self.settle_and_intend(a, accepted(), c).await;
            self.settle(b, rejected()).await;
            self.withdraw(c).await;
            self.intend(d).await;
            self.intend(c).await;
            self.settle(d, deferred()).await;
            self.settle(c, accepted()).await;
            later.push(d);
            block = next;
        }
        // The deferred ones once more: the first accepted, the second deferred again.
        let again = self.journal.claim_again(&later).unwrap();
        assert_eq!(again.len(), later.len());
        self.note(&later, Deed::Claimed);
        self.intend(later[0]).await;
        self.settle_and_intend(later[0], accepted(), later[1]).await;
        self.settle(later[1], deferred()).await;
        // Here it ends: two letters handed over, one given up, the others only claimed.
        self.intend(later[2]).await;
        self.intend(later[3]).await;
        self.withdraw(later[3]).await;
        self.intend(later[4]).await;
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}

/// A ledger with some in doubt, its log empty.
async fn prepared(path: &Path) -> Ledger {
    let mut ledger = Ledger::open(path).unwrap();
    let people: Vec<String> = (1..=PEOPLE).map(|n| format!("p{n:02}@x.test")).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let mailing = begin(&mut ledger, &people);
    let journal = LedgerJournal::begin(ledger, &mailing, chosen()).unwrap();
    for one in journal.claim(DOUBTFUL).unwrap() {
        journal.intend(intent(one.recipient)).await.unwrap();
    }
    let mut ledger = journal.finish().unwrap();
    assert_eq!(ledger.recover(&mailing).unwrap().in_doubt, DOUBTFUL as u64);
    ledger
        .connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0;")
        .unwrap();
    ledger
}

/// A whole run, its files as they are when the power goes.
async fn played() -> (Files, Vec<Done>) {
    let folder = tempfile::tempdir().unwrap();
    let path = Ledger::file(folder.path(), "news");
    let ledger = prepared(&path).await;
    let page: usize = ledger
        .connection
        .query_row("PRAGMA page_size", [], |row| row.get(0))
        .unwrap();
    let mailing = ledger.latest_mailing().unwrap().unwrap();
    let resend = Chosen {
        in_doubt: InDoubt::Resend,
        ..chosen()
    };
    let mut play = Play {
        journal: LedgerJournal::begin(ledger, &mailing, resend).unwrap(),
        path: path.clone(),
        done: Vec::new(),
    };
    play.run().await;
    let files = Files {
        database: std::fs::read(&path).unwrap(),
        log: std::fs::read(log_of(&path)).unwrap(),
        page,
    };
    (files, play.done)
}

impl Files {
    /// Everybody's status after the log was cut there and the next run has looked at it.
    fn after(&self, folder: &Path, cut: usize, other_boot: bool) -> BTreeMap<i64, Status> {
        let path = Ledger::file(folder, "news");
        for stale in ["news.db-shm", "news.db-wal"] {
            std::fs::remove_file(folder.join(stale)).ok();
        }
        std::fs::write(&path, &self.database).unwrap();
        std::fs::write(log_of(&path), &self.log[..cut]).unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        // What is at stake here is what was written, not whether this machine keeps it.
        ledger
            .connection
            .execute_batch("PRAGMA synchronous = OFF")
            .unwrap();
        if other_boot {
            ledger.execute("UPDATE run SET boot = 'another'", []).unwrap();
        }
        let mailing = ledger.latest_mailing().unwrap().unwrap();
        ledger.recover(&mailing).unwrap();
        let mut statement = ledger
            .connection
            .prepare("SELECT id, status FROM recipient")
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)));
        rows.unwrap()
            .map(Result::unwrap)
            .map(|(id, status)| (id, Status::named(&status).unwrap()))
            .collect()
    }

    /// Where frames end; the first is the log without any.
    fn boundaries(&self) -> impl Iterator<Item = usize> + use<> {
        (LOG_HEADER..=self.log.len()).step_by(FRAME_HEADER + self.page)
    }
}

/// What the script says of one recipient where the log was cut.
struct Told {
    /// The last deed the log still has.
    kept: Option<Deed>,
    /// Its content may have left, and the result of that is not in the log.
    left: bool,
}

fn told(done: &[Done], recipient: i64, cut: usize) -> Told {
    // A claim that is not in the log was not answered: nothing from there on was done.
    let possible = done
        .iter()
        .take_while(|done| done.deed != Deed::Claimed || done.length <= cut);
    let mut told = Told {
        kept: None,
        left: false,
    };
    for Done { deed, length, .. } in possible.filter(|done| done.recipient == recipient) {
        if *length <= cut {
            told.kept = Some(*deed);
        }
        told.left = match deed {
            Deed::Intended => true,
            Deed::Settled(_) | Deed::Withdrawn => told.left && *length > cut,
            Deed::Claimed => told.left,
        };
    }
    told
}

/// Everything that is promised of a machine that went down with the log cut there.
fn assert_promises(done: &[Done], cut: usize, after: &BTreeMap<i64, Status>) {
    let mut open = 0;
    for (&recipient, &status) in after {
        let told = told(done, recipient, cut);
        let doubtful = recipient <= DOUBTFUL as i64;
        let place = format!("recipient {recipient}, log cut at {cut}");
        if told.left {
            assert_eq!(status, Status::InDoubt, "{place}: its content may have left");
        }
        match told.kept {
            Some(Deed::Settled(Status::Accepted)) => assert_eq!(status, Status::Accepted, "{place}"),
            Some(Deed::Settled(_)) if doubtful => assert_eq!(status, Status::InDoubt, "{place}"),
            Some(Deed::Settled(settled)) => assert_eq!(status, settled, "{place}"),
            Some(Deed::Claimed | Deed::Intended | Deed::Withdrawn) => {
                assert_eq!(status, Status::InDoubt, "{place}");
                open += 1;
            }
            None if doubtful => assert_eq!(status, Status::InDoubt, "{place}"),
            None => assert_eq!(status, Status::Pending, "{place}: nothing can have left"),
        }
    }
    // The block that is sent and the one that was claimed ahead, or the deferred ones once more.
    assert!(open <= 2 * BLOCK, "{open} open, log cut at {cut}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wherever_the_power_cut_leaves_the_log_nobody_is_sent_to_twice_or_forgotten() {
    let (files, done) = played().await;
    let folder = tempfile::tempdir().unwrap();
    let frame = FRAME_HEADER + files.page;
    assert_eq!((files.log.len() - LOG_HEADER) % frame, 0);
    let mut seen = BTreeSet::new();
    let mut cuts = 0;
    for (number, cut) in files.boundaries().enumerate() {
        let after = files.after(folder.path(), cut, true);
        assert_promises(&done, cut, &after);
        cuts += 1;
        // A write torn anywhere in the next frame leaves what was there before it.
        let torn = cut + 1 + (number * 977) % (frame - 1);
        if torn < files.log.len() {
            assert_eq!(files.after(folder.path(), torn, true), after, "torn at {torn}");
            cuts += 1;
        }
        seen.extend(after.into_values());
    }
    println!(
        "{cuts} cuts of a log of {} frames",
        (files.log.len() - LOG_HEADER) / frame
    );
    // The script has come by everything there is to lose.
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        [
            Status::Pending,
            Status::Accepted,
            Status::Rejected,
            Status::Deferred,
            Status::InDoubt
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn when_only_the_process_died_nobody_is_in_doubt_but_who_was_being_handed_over() {
    let (files, done) = played().await;
    let folder = tempfile::tempdir().unwrap();
    let cut = files.log.len();
    let after = files.after(folder.path(), cut, false);
    let in_doubt = |recipient: i64| {
        let told = told(&done, recipient, cut);
        let accepted = told.kept == Some(Deed::Settled(Status::Accepted));
        told.left || (recipient <= DOUBTFUL as i64 && !accepted)
    };
    let expected: Vec<i64> = after.keys().copied().filter(|&one| in_doubt(one)).collect();
    let found: Vec<i64> = after
        .iter()
        .filter(|(_, status)| **status == Status::InDoubt)
        .map(|(&recipient, _)| recipient)
        .collect();
    assert_eq!(found, expected);
    let fresh = found.iter().filter(|&&one| one > DOUBTFUL as i64).count();
    assert!((1..=SESSIONS).contains(&fresh), "{fresh} fresh ones in doubt");
}
