//! The property: whatever processes do and whenever they die, no window holds
//! more than its limit, and nothing is lost for ever.

use proptest::prelude::*;

use super::*;

/// What the processes of the property do, and what happens to them.
#[derive(Debug, Clone)]
enum Event {
    Pass(i64),
    /// The clock is set back, permanently. Ahead it would end windows early.
    SetBack(i64),
    Reserve(usize, u32, u32),
    Send(usize, u32),
    Close(usize),
    Renew(usize),
    Crash(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let process = 0..3usize;
    // Five minutes divide the lease and the windows, so that their ends are met exactly.
    let five = 5 * MINUTE;
    prop_oneof![
        6 => (0..3i64).prop_map(move |n| Event::Pass(n * five)),
        2 => (10..=12i64).prop_map(move |n| Event::Pass(n * five)),
        1 => (22..=24i64).prop_map(|n| Event::Pass(n * HOUR)),
        1 => prop_oneof![Just(five), Just(3 * five), Just(3 * HOUR), Just(DAY)].prop_map(Event::SetBack),
        9 => (process.clone(), 1..4u32, 0..4u32).prop_map(|(p, least, more)| Event::Reserve(p, least, more)),
        9 => (process.clone(), 1..4u32).prop_map(|(p, n)| Event::Send(p, n)),
        3 => process.clone().prop_map(Event::Close),
        2 => process.clone().prop_map(Event::Renew),
        1 => process.prop_map(Event::Crash),
    ]
}

/// A reservation as a live process holds it.
struct Held {
    id: ReservationId,
    left: u32,
    sent: u32,
    lease: Lease,
    /// Both clocks when the lease began.
    began: (Instant, i64),
}

/// Three processes on one file, and what really left at which true time.
struct Trial {
    world: World,
    limits: Vec<Rate>,
    processes: Vec<(AccountStore, Vec<Held>)>,
    now: i64,
    sent: Vec<(i64, u64)>,
}

impl Trial {
    fn new() -> Self {
        let world = World::new();
        Self {
            limits: rates(&["3/h", "7/day"]),
            processes: (0..3).map(|_| (world.store(), Vec::new())).collect(),
            world,
            now: 0,
            sent: Vec::new(),
        }
    }

    fn happens(&mut self, event: &Event) {
        match *event {
            Event::Pass(time) => {
                self.now += time;
                self.world.pass(time);
            }
            Event::SetBack(time) => self.world.pass(-time),
            Event::Reserve(process, least, more) => {
                let (store, held) = &mut self.processes[process];
                let reserved = store
                    .reserve(ACCOUNT, &self.limits, least..=least + more)
                    .unwrap();
                if let Some((id, left, lease)) = granted(reserved) {
                    assert!((least..=least + more).contains(&left));
                    let began = (Instant::now(), self.now);
                    held.push(Held {
                        id,
                        left,
                        sent: 0,
                        lease,
                        began,
                    });
                }
            }
            Event::Send(process, mut most) => {
                for held in &mut self.processes[process].1 {
                    let passed = Duration::from_micros(u64::try_from(self.now - held.began.1).unwrap());
                    let left = held.lease.left(self.world.wall(), held.began.0 + passed);
                    if !left.is_zero() {
                        let n = most.min(held.left);
                        (held.left, held.sent, most) = (held.left - n, held.sent + n, most - n);
                        self.sent.push((self.now, u64::from(n)));
                    }
                }
            }
            Event::Close(process) => {
                let (store, held) = &mut self.processes[process];
                for held in held.drain(..) {
                    store.spend(held.id, held.sent).unwrap();
                }
            }
            Event::Renew(process) => {
                let (store, held) = &mut self.processes[process];
                for held in held {
                    if let Some(lease) = store.renew(held.id).unwrap() {
                        (held.lease, held.began) = (lease, (Instant::now(), self.now));
                    }
                }
            }
            Event::Crash(process) => self.processes[process] = (self.world.store(), Vec::new()),
        }
    }

    /// The most that left in any half-open window of this length.
    fn most_in(&self, window: i64) -> u64 {
        let in_one = |start: i64| -> u64 {
            let in_it = self
                .sent
                .iter()
                .filter(|(at, _)| (start..start + window).contains(at));
            in_it.map(|(_, n)| n).sum()
        };
        self.sent
            .iter()
            .map(|(start, _)| in_one(*start))
            .max()
            .unwrap_or(0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_window_ever_holds_more_than_its_limit_and_nothing_is_lost(
        events in proptest::collection::vec(event(), 1..160)
    ) {
        let mut trial = Trial::new();
        for event in &events {
            trial.happens(event);
        }
        for limit in &trial.limits {
            let most = trial.most_in(micros(limit.per.duration()));
            prop_assert!(most <= u64::from(limit.count.get()), "{most} in {limit}");
        }
        // The remaining processes die. When the leases and the longest window are over, everything
        // is free; this is counted from when the store next sees the clock, because it cannot know
        // about time that was taken back unseen.
        let store = trial.world.store();
        store.renew(ReservationId(0)).unwrap();
        trial.happens(&Event::Pass(STEP + micros(LEASE) + DAY));
        prop_assert_eq!(send_all(&store, &trial.limits), 3);
    }
}
