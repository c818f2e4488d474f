//! A relay's sessions as the dispatcher counts them: which are open, which are idle, which can take
//! one more message, and which make no progress.

use std::time::Instant;

/// Messages a session has at most: one whose content is under way, the next
/// whose envelope went with it, and one that lies ready for when that opens.
pub(crate) const MESSAGES: usize = 3;

/// Whether there is a session in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Closed,
    /// It takes its leave: nothing more goes to it, and the relay still has it.
    Ending,
    /// It is being opened: no message goes to it before the relay has greeted and taken the login.
    Opening,
    Open,
}

/// A session's place at a relay.
struct Slot {
    state: State,
    /// The relay has greeted it, where it is being opened.
    greeted: bool,
    /// How many sessions were ordered here: what is reported of an earlier one is out of date.
    order: u64,
    /// Messages given to it that are not through.
    messages: usize,
    /// Since when it is at the same message, or being opened.
    since: Instant,
}

/// The places of one relay.
pub(crate) struct Slots {
    slots: Vec<Slot>,
    /// Open ones with nothing to do; the one that worked last is first again, so
    /// that at a low rate one session does all the work.
    idle: Vec<usize>,
    /// Those that can take a message to lie ready; some are out of date.
    with_room: Vec<usize>,
    /// Those with a message.
    working: usize,
    /// How many slots there are in each state.
    counts: [usize; 4],
}

impl Slots {
    pub(crate) fn new(count: usize, now: Instant) -> Self {
        Self {
            slots: (0..count)
                .map(|_| Slot {
                    state: State::Closed,
                    greeted: false,
                    order: 0,
                    messages: 0,
                    since: now,
                })
                .collect(),
            idle: Vec::with_capacity(count),
            with_room: Vec::new(),
            working: 0,
            counts: [count, 0, 0, 0],
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Sessions with a message.
    pub(crate) fn working(&self) -> usize {
        self.working
    }

    /// Messages of this session that are not through.
    pub(crate) fn messages(&self, slot: usize) -> usize {
        self.slots[slot].messages
    }

    fn count(&self, state: State) -> usize {
        self.counts[state as usize]
    }

    fn set(&mut self, slot: usize, state: State) {
        let before = std::mem::replace(&mut self.slots[slot].state, state);
        self.counts[before as usize] -= 1;
        self.counts[state as usize] += 1;
    }

    /// How many sessions are open, as far as is known.
    pub(crate) fn open(&self) -> usize {
        self.count(State::Open)
    }

    /// How many the relay has, or will: open, being opened, and on their way out.
    pub(crate) fn there(&self) -> usize {
        self.slots.len() - self.count(State::Closed)
    }

    /// Whether there is a session in every slot, or will be.
    pub(crate) fn all_there(&self) -> bool {
        self.count(State::Closed) == 0
    }

    /// How many are being opened.
    pub(crate) fn opening(&self) -> usize {
        self.count(State::Opening)
    }

    /// How many of those the relay has not greeted.
    pub(crate) fn not_greeted(&self) -> usize {
        let waits = |slot: &&Slot| slot.state == State::Opening && !slot.greeted;
        self.slots.iter().filter(waits).count()
    }

    /// The relay has greeted this one. False where it is known.
    pub(crate) fn greeted(&mut self, slot: usize) -> bool {
        !std::mem::replace(&mut self.slots[slot].greeted, true)
    }

    /// Those that have been opening since `before`, or longer.
    pub(crate) fn opening_since(&self, before: Instant) -> Vec<usize> {
        let slots = self.slots.iter().enumerate();
        let late = slots.filter(|(_, slot)| slot.state == State::Opening && slot.since <= before);
        late.map(|(number, _)| number).collect()
    }

    /// One that is open and has nothing to do.
    pub(crate) fn idle(&self) -> Option<usize> {
        self.idle.last().copied()
    }

    /// One without a session.
    pub(crate) fn closed(&self) -> Option<usize> {
        self.slots.iter().position(|slot| slot.state == State::Closed)
    }

    /// Whether there is no session in this slot.
    pub(crate) fn is_closed(&self, slot: usize) -> bool {
        self.slots[slot].state == State::Closed
    }

    /// A session is to be opened here; the number of the order.
    pub(crate) fn opens(&mut self, slot: usize, now: Instant) -> u64 {
        self.set(slot, State::Opening);
        let at = &mut self.slots[slot];
        at.greeted = false;
        at.order += 1;
        at.since = now;
        at.order
    }

    /// The session of this order was opened, or ended: false where it is out of date.
    pub(crate) fn is_of(&self, slot: usize, order: u64) -> bool {
        self.slots[slot].order == order && self.slots[slot].state != State::Closed
    }

    /// It is open; since when it was being opened.
    pub(crate) fn opened(&mut self, slot: usize) -> Instant {
        self.set(slot, State::Open);
        let at = &self.slots[slot];
        if at.messages == 0 && !self.idle.contains(&slot) {
            self.idle.push(slot);
        }
        at.since
    }

    /// It is ending.
    pub(crate) fn ending(&mut self, slot: usize) {
        self.leave(slot, State::Ending);
    }

    /// It is over, or not opened after all.
    pub(crate) fn ended(&mut self, slot: usize) {
        self.leave(slot, State::Closed);
    }

    fn leave(&mut self, slot: usize, state: State) {
        self.set(slot, state);
        self.idle.retain(|idle| *idle != slot);
        self.with_room.retain(|room| *room != slot);
    }

    /// One that works and can take a message to lie ready.
    pub(crate) fn with_room(&mut self) -> Option<usize> {
        while let Some(slot) = self.with_room.last().copied() {
            if (1..MESSAGES).contains(&self.slots[slot].messages) {
                return Some(slot);
            }
            self.with_room.pop();
        }
        None
    }

    /// A message goes to this session.
    pub(crate) fn given(&mut self, slot: usize, now: Instant) {
        let at = &mut self.slots[slot];
        at.messages += 1;
        match at.messages {
            1 => {
                at.since = now;
                self.working += 1;
                self.idle.retain(|idle| *idle != slot);
                self.with_room.push(slot);
            }
            MESSAGES => self.with_room.retain(|room| *room != slot),
            _ => {}
        }
    }

    /// A message of this session is through, or was taken back.
    pub(crate) fn freed(&mut self, slot: usize, now: Instant) {
        let at = &mut self.slots[slot];
        if at.messages == 0 {
            return;
        }
        at.messages -= 1;
        at.since = now;
        let (none, open) = (at.messages == 0, at.state == State::Open);
        if none {
            self.working -= 1;
            self.with_room.retain(|room| *room != slot);
            if open && !self.idle.contains(&slot) {
                self.idle.push(slot);
            }
        } else if open && !self.with_room.contains(&slot) {
            self.with_room.push(slot);
        }
    }

    /// One at which a message may have lain ready since `before`, or longer.
    pub(crate) fn stuck(&self, before: Instant) -> Option<usize> {
        self.slots
            .iter()
            .position(|slot| slot.messages > 1 && slot.since <= before)
    }

    /// Since when the first of those with a message lying ready has not got on.
    pub(crate) fn first_behind(&self) -> Option<Instant> {
        let behind = self.slots.iter().filter(|slot| slot.messages > 1);
        behind.map(|slot| slot.since).min()
    }
}
