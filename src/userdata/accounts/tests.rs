//! Windows by a made-up clock; several stores on one file represent several processes.

mod relays;
mod windows;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Barrier};

use tempfile::TempDir;

use super::*;
use crate::delivery::{CAP_LASTS, LEARNED_LASTS};
use crate::words::Speak as _;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const ACCOUNT: &str = "registrar@smtp.uni.example:465";

/// A file, and a clock that all who open it share.
struct World {
    folder: TempDir,
    wall: Arc<AtomicI64>,
}

impl World {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            wall: Arc::new(AtomicI64::new(1_790_000_000_000_000)),
        }
    }

    fn path(&self) -> PathBuf {
        AccountStore::file(&self.folder.path().join("state"))
    }

    fn store(&self) -> AccountStore {
        let wall = Arc::clone(&self.wall);
        let clock = move || Timestamp::from_microsecond(wall.load(Ordering::SeqCst)).unwrap();
        let store = AccountStore::with_clock(&self.path(), Box::new(clock)).unwrap();
        unsynced(&store);
        store
    }

    fn pass(&self, time: i64) {
        self.wall.fetch_add(time, Ordering::SeqCst);
    }

    fn wall(&self) -> Timestamp {
        Timestamp::from_microsecond(self.wall.load(Ordering::SeqCst)).unwrap()
    }
}

/// No machine goes down in these tests.
fn unsynced(store: &AccountStore) {
    let connection = store.connection.lock().unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
}

fn rates(texts: &[&str]) -> Vec<Rate> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// What is granted, or `None` when it is full.
fn granted(reserved: Reserved) -> Option<(ReservationId, u32, Lease)> {
    match reserved {
        Reserved::Granted {
            reservation,
            count,
            lease,
        } => Some((reservation, count, lease)),
        Reserved::Full { .. } => None,
        Reserved::Never { limit } => panic!("{limit} was thought never to be enough"),
    }
}

fn take(store: &AccountStore, limits: &[Rate], wanted: RangeInclusive<u32>) -> Option<(ReservationId, u32)> {
    granted(store.reserve(ACCOUNT, limits, wanted).unwrap()).map(|(id, count, _)| (id, count))
}

/// Sends as many as are available now.
fn send_all(store: &AccountStore, limits: &[Rate]) -> u32 {
    let mut sent = 0;
    while let Some((id, count)) = take(store, limits, 1..=1000) {
        store.spend(id, count).unwrap();
        sent += count;
    }
    sent
}

fn full(reserved: Reserved) -> (String, i64, u64) {
    match reserved {
        Reserved::Full { limit, wait, held } => (limit.to_string(), micros(wait), held),
        other @ (Reserved::Granted { .. } | Reserved::Never { .. }) => panic!("{other:?}"),
    }
}

#[test]
fn a_reservation_is_a_small_part_of_what_is_left() {
    let world = World::new();
    let store = world.store();
    let day = rates(&["2000/day", "3/s"]);
    assert_eq!(take(&store, &day, 1..=1000).unwrap().1, 40);
    assert_eq!(take(&store, &day, 1..=7).unwrap().1, 7, "never more than wanted");
    assert_eq!(
        take(&store, &day, 45..=1000).unwrap().1,
        45,
        "never less than needed"
    );
    assert_eq!(take(&store, &rates(&["100000/day"]), 1..=1000).unwrap().1, 100);
    assert_eq!(send_all(&store, &day), 2000 - 40 - 7 - 45 - 100);
    // No limit at all: everything, and it counts for those who have one.
    assert_eq!(take(&store, &rates(&["10/s"]), 1..=1000).unwrap().1, 1000);
    assert_eq!(store.used(ACCOUNT, &day).unwrap(), [(day[0], 3000)]);
    assert_eq!(store.used("other@smtp.uni.example:465", &day).unwrap()[0].1, 0);
}

#[test]
fn a_full_window_says_which_limit_and_until_when() {
    let world = World::new();
    let store = world.store();
    let limits = rates(&["3/h", "5/day"]);
    for _ in 0..3 {
        let (id, _) = take(&store, &limits, 1..=1).unwrap();
        world.pass(MINUTE);
        store.spend(id, 1).unwrap();
        world.pass(9 * MINUTE);
    }
    let hour = |wait| ("3/h".to_owned(), wait, 0);
    assert_eq!(
        full(store.reserve(ACCOUNT, &limits, 1..=10).unwrap()),
        hour(31 * MINUTE)
    );
    // Room for two: when the second has left the window too.
    assert_eq!(
        full(store.reserve(ACCOUNT, &limits, 2..=2).unwrap()),
        hour(41 * MINUTE)
    );
    world.pass(31 * MINUTE - 1);
    assert_eq!(full(store.reserve(ACCOUNT, &limits, 1..=1).unwrap()), hour(1));
    world.pass(1);
    assert_eq!(send_all(&store, &limits), 1);
    world.pass(HOUR);
    assert_eq!(send_all(&store, &limits), 1, "five in a day");
    let (limit, wait, held) = full(store.reserve(ACCOUNT, &limits, 1..=1).unwrap());
    assert_eq!((limit.as_str(), held), ("5/day", 0));
    assert_eq!(wait, DAY - (31 + 29 + 60) * MINUTE);
    let never = store.reserve(ACCOUNT, &limits, 4..=4).unwrap();
    assert_eq!(never, Reserved::Never { limit: limits[0] });
    // Of two that are full, the one that takes longer; in whichever order they are written.
    for limits in [["1/h", "5/day"], ["5/day", "1/h"]] {
        let (limit, longer, _) = full(store.reserve(ACCOUNT, &rates(&limits), 1..=1).unwrap());
        assert_eq!((limit.as_str(), longer), ("5/day", wait));
    }
}

#[test]
fn what_is_given_back_is_free_at_once_and_what_is_lost_counts_from_its_lease() {
    let world = World::new();
    let (store, other) = (world.store(), world.store());
    let limits = rates(&["2/h"]);
    let (first, _) = take(&store, &limits, 1..=1).unwrap();
    let (lost, _) = take(&store, &limits, 1..=1).unwrap();
    drop(store);
    let (limit, wait, held) = full(other.reserve(ACCOUNT, &limits, 1..=1).unwrap());
    assert_eq!(
        (limit.as_str(), wait, held),
        ("2/h", micros(LEASE) + HOUR, 2),
        "two are open"
    );
    other.spend(first, 0).unwrap();
    other.spend(first, 1).unwrap();
    assert_eq!(send_all(&other, &limits), 1);
    world.pass(HOUR);
    assert_eq!(send_all(&other, &limits), 1, "the other's may have gone out late");
    world.pass(micros(LEASE));
    assert_eq!(send_all(&other, &limits), 1);
    assert_eq!(other.renew(lost).unwrap(), None);
}

#[test]
fn a_lease_is_renewed_until_it_is_over() {
    let world = World::new();
    let store = world.store();
    let limits = rates(&["1/h"]);
    let (id, _, lease) = granted(store.reserve(ACCOUNT, &limits, 1..=1).unwrap()).unwrap();
    assert_eq!(lease.left(world.wall(), Instant::now() - LEASE), LEASE);
    world.pass(micros(LEASE) - 1);
    assert_eq!(
        lease.left(world.wall(), Instant::now() - LEASE),
        Duration::from_micros(1)
    );
    let lease = store.renew(id).unwrap().unwrap();
    assert_eq!(lease.left(world.wall(), Instant::now() - LEASE), LEASE);
    world.pass(micros(LEASE));
    assert_eq!(store.renew(id).unwrap(), None, "at its end it is over");
    // Closed late it counts from then: when it went out is not known any more.
    world.pass(10 * MINUTE);
    store.spend(id, 1).unwrap();
    assert_eq!(
        full(store.reserve(ACCOUNT, &limits, 1..=1).unwrap()),
        ("1/h".to_owned(), HOUR, 0)
    );
}

#[test]
fn a_clock_that_was_a_day_ahead_locks_nobody_out() {
    let world = World::new();
    let store = world.store();
    let limits = rates(&["2/h", "4/day"]);
    assert_eq!(send_all(&store, &limits), 2);
    store
        .learn(
            "smtp.uni.example",
            "postfix",
            Learned::EnvelopeOnly,
            LEARNED_LASTS,
        )
        .unwrap();
    world.pass(DAY);
    assert_eq!(send_all(&store, &limits), 2);
    world.pass(-DAY);
    assert_eq!(send_all(&store, &limits), 0, "they were sent just now");
    world.pass(HOUR);
    assert_eq!(send_all(&store, &limits), 2, "an hour later an hour has passed");
    world.pass(DAY - HOUR);
    assert_eq!(send_all(&store, &limits), 2, "and a day later a day");
    world.pass(micros(LEARNED_LASTS) - 2 * DAY);
    assert_eq!(store.pipelining("smtp.uni.example").unwrap(), []);
}

#[test]
fn a_clock_that_is_a_little_behind_is_waited_for() {
    let world = World::new();
    let store = world.store();
    let limits = rates(&["2/h"]);
    let (first, _) = take(&store, &limits, 1..=1).unwrap();
    world.pass(-STEP);
    assert_eq!(send_all(&store, &limits), 1);
    // Put right again, it must not have been sent ten minutes ago.
    world.pass(STEP);
    store.spend(first, 1).unwrap();
    world.pass(HOUR - 1);
    assert_eq!(send_all(&store, &limits), 0);
    world.pass(1);
    assert_eq!(send_all(&store, &limits), 2);
}

#[test]
fn what_no_window_needs_any_more_is_gone() {
    let world = World::new();
    let store = world.store();
    let rows = || -> i64 {
        let connection = store.connection.lock().unwrap();
        let count = "SELECT count(*) FROM reservation";
        connection.query_row(count, [], |row| row.get(0)).unwrap()
    };
    for _ in 0..10 {
        assert_eq!(send_all(&store, &rates(&["30/day"])), 30);
        world.pass(DAY);
    }
    assert_eq!(rows(), 30);
}

#[test]
fn a_file_of_something_else_is_refused_with_words() {
    let world = World::new();
    let path = world.path();
    drop(world.store());
    let words = || match AccountStore::open(&path) {
        Ok(_) => panic!("opened"),
        Err(error) => {
            let hints: Vec<_> = error.hints().iter().map(ToString::to_string).collect();
            format!("{error}; {}", hints.join("; "))
        }
    };
    let set = |pragma: &str, value: i32| {
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, pragma, value).unwrap();
    };
    let shown = path.display();
    set("user_version", 7);
    assert_eq!(
        words(),
        format!(
            "{shown} was written by a newer mailshot (quota record version 7; this mailshot knows versions up to 3); use the newer mailshot"
        )
    );
    let foreign = format!(
        "{shown} is not mailshot's record of the relays' quotas; move the file away, or set MAILSHOT_STATE to another folder"
    );
    set("application_id", 7);
    assert_eq!(words(), foreign);
    std::fs::write(&path, "Dear diary,\n".repeat(100)).unwrap();
    assert_eq!(words(), foreign);

    std::fs::remove_file(&path).unwrap();
    drop(world.store());
    let mut octets = std::fs::read(&path).unwrap();
    // The second page on: the tables.
    octets[4096..].fill(0x5a);
    std::fs::write(&path, octets).unwrap();
    let words = words();
    assert!(
        words.starts_with(&format!(
            "the record of the relays' quotas, {shown}, is damaged ("
        )),
        "{words}"
    );
    assert!(
        words.contains("move the file away to start a new record"),
        "{words}"
    );
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_look() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let _store = world.store();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.path()), 0o600);
    assert_eq!(mode(world.path().parent().unwrap()), 0o700);
}

/// Every thread opens the file, which is not there yet, and takes what it can
/// get; a part of it is given back. Together they sent exactly the limit.
#[test]
fn several_at_once_share_a_limit_and_never_exceed_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = AccountStore::file(folder.path());
    let limits = rates(&["600/h", "10000/day"]);
    let together = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let (path, limits, together) = (path.clone(), limits.clone(), Arc::clone(&together));
            std::thread::spawn(move || {
                together.wait();
                let store = AccountStore::open(&path).unwrap();
                unsynced(&store);
                let (mut sent, mut turn) = (0, thread);
                loop {
                    match store.reserve(ACCOUNT, &limits, 1..=2).unwrap() {
                        Reserved::Granted {
                            reservation, count, ..
                        } => {
                            turn += 1;
                            let used = if turn % 3 == 0 { count - 1 } else { count };
                            store.spend(reservation, used).unwrap();
                            sent += used;
                        }
                        // Another process may give some of it back.
                        Reserved::Full { held, .. } if held > 0 => std::thread::yield_now(),
                        Reserved::Full { .. } => return sent,
                        Reserved::Never { limit } => panic!("{limit}"),
                    }
                }
            })
        })
        .collect();
    let sent: Vec<u32> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(sent.iter().sum::<u32>(), 600, "{sent:?}");
}

#[test]
fn how_many_sessions_a_relay_takes_is_remembered_for_a_while() {
    let world = World::new();
    let store = world.store();
    assert_eq!(store.sessions(ACCOUNT).unwrap(), None);
    store.learn_sessions(ACCOUNT, Some(5), CAP_LASTS).unwrap();
    store.learn_sessions(ACCOUNT, Some(3), CAP_LASTS).unwrap();
    assert_eq!(world.store().sessions(ACCOUNT).unwrap(), Some(3));
    assert_eq!(store.sessions("another@smtp.uni.example:465").unwrap(), None);
    world.pass(25 * HOUR);
    assert_eq!(store.sessions(ACCOUNT).unwrap(), None);
    store.learn_sessions(ACCOUNT, Some(3), CAP_LASTS).unwrap();
    store.learn_sessions(ACCOUNT, None, CAP_LASTS).unwrap();
    assert_eq!(store.sessions(ACCOUNT).unwrap(), None);
}
