//! Permits of an account store.

use std::ops::RangeInclusive;
use std::sync::Mutex;
use std::time::Instant;

use crate::campaign::{Rate, clock};

use super::*;

/// A store that gives permits until they are used up, or cannot be used.
struct Store {
    permits: Mutex<u32>,
    /// Of each reservation that was closed.
    spent: Mutex<Vec<u32>>,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Sound,
    Unusable,
    Panics,
}

impl Store {
    fn of(permits: u32, fault: Fault) -> Arc<Self> {
        Arc::new(Self {
            permits: Mutex::new(permits),
            spent: Mutex::default(),
            fault,
        })
    }
}

impl Accounts for Store {
    fn reserve(
        &self,
        _account: &str,
        limits: &[Rate],
        wanted: RangeInclusive<u32>,
    ) -> Result<Reserved, AccountsError> {
        match self.fault {
            Fault::Sound => {}
            Fault::Unusable => {
                return Err(AccountsError {
                    store: "accounts.db".to_owned(),
                    source: Arc::new(std::io::Error::from(std::io::ErrorKind::StorageFull)),
                });
            }
            Fault::Panics => panic!("a store nobody can read"),
        }
        let mut permits = self.permits.lock().unwrap();
        let count = (*wanted.end()).min(*permits);
        *permits -= count;
        Ok(if count == 0 {
            Reserved::Full {
                limit: limits[0],
                wait: Duration::from_secs(3600),
                held: 0,
            }
        } else {
            Reserved::Granted {
                reservation: ReservationId(1),
                count,
                lease: Lease::new(clock::now(), Instant::now(), LEASE),
            }
        })
    }

    fn renew(&self, _reservation: ReservationId) -> Result<Option<Lease>, AccountsError> {
        Ok(None)
    }

    fn spend(&self, _reservation: ReservationId, used: u32) -> Result<(), AccountsError> {
        self.spent.lock().unwrap().push(used);
        Ok(())
    }

    fn pipelining(&self, _host: &str) -> Result<Vec<Memory>, AccountsError> {
        Ok(Vec::new())
    }

    fn learn(
        &self,
        _host: &str,
        _greeting: &str,
        _learned: Learned,
        _lasts: Duration,
    ) -> Result<(), AccountsError> {
        Ok(())
    }

    fn sessions(&self, _account: &str) -> Result<Option<u32>, AccountsError> {
        Ok(None)
    }

    fn learn_sessions(&self, _: &str, _: Option<u32>, _: Duration) -> Result<(), AccountsError> {
        Ok(())
    }
}

/// A run to five recipients over a relay whose limits this store counts.
async fn counted(store: &Arc<Store>) -> Bench {
    let refused = |heard: &Heard| heard.is("RCPT TO:<p2@").then_some(Answer::Say("550 5.1.1 who?"));
    let mut bench = bench(5, refused).await;
    bench.plan.relays[0].account = Some("ada@127.0.0.1:25".to_owned());
    bench.plan.relays[0].rates = vec!["4/day".parse().unwrap()];
    bench.accounts = Some(Arc::clone(store) as Arc<dyn Accounts>);
    bench
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_used_up_stops_the_run_and_what_did_not_go_out_is_given_back() {
    let store = Store::of(4, Fault::Sound);
    let (ended, _) = counted(&store).await.start().end().await;
    let Some(Stop::QuotaSpent { what, wait }) = &ended.delivered.stop else {
        panic!("{:?}", ended.delivered.stop);
    };
    assert_eq!(
        (what.to_string().as_str(), *wait),
        ("4/day", Duration::from_secs(3600))
    );
    assert_eq!(
        (ended.journal.count("accepted"), ended.journal.count("pending")),
        (3, 1)
    );
    assert_eq!(*store.spent.lock().unwrap(), [3], "of four permits");
}

#[tokio::test(start_paused = true)]
async fn without_a_store_that_can_be_used_nothing_leaves() {
    for fault in [Fault::Unusable, Fault::Panics] {
        let (ended, _) = counted(&Store::of(9, fault)).await.start().end().await;
        match &ended.delivered.stop {
            Some(Stop::Accounts(_)) => assert!(fault == Fault::Unusable),
            Some(Stop::Internal(Part::Accounts)) => assert!(fault == Fault::Panics),
            other => panic!("{other:?}"),
        }
        assert_eq!(ended.relay.count("connect"), 0);
        assert_eq!(ended.journal.count("pending"), 5);
    }
}
