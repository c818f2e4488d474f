//! A relay's sessions as the dispatcher counts them: who has nothing to do,
//! who can take one more message, and who does not get on.

use std::time::Instant;

/// Messages a session has at most: one whose content is under way, the next
/// whose envelope went with it, and one that lies ready for when that opens.
pub(crate) const MESSAGES: usize = 3;

/// A session's place at a relay.
struct Slot {
    /// Messages given to it that are not through.
    messages: usize,
    /// A session was opened here, and has not failed since.
    open: bool,
    /// Since when it is at the same message.
    since: Instant,
}

/// The places of one relay.
pub(crate) struct Slots {
    slots: Vec<Slot>,
    /// Those with nothing to do; the one that worked last is first again, so
    /// that at a low rate one session does all the work.
    idle: Vec<usize>,
    /// Those that can take a message to lie ready; some are out of date.
    with_room: Vec<usize>,
}

impl Slots {
    pub(crate) fn new(count: usize, now: Instant) -> Self {
        Self {
            slots: (0..count)
                .map(|_| Slot {
                    messages: 0,
                    open: false,
                    since: now,
                })
                .collect(),
            idle: (0..count).rev().collect(),
            with_room: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Sessions with a message.
    pub(crate) fn working(&self) -> usize {
        self.slots.len() - self.idle.len()
    }

    /// Messages of this session that are not through.
    pub(crate) fn messages(&self, slot: usize) -> usize {
        self.slots[slot].messages
    }

    /// One with nothing to do, with a session where there is one.
    pub(crate) fn idle(&self) -> Option<usize> {
        let open = self.idle.iter().rev().find(|slot| self.slots[**slot].open);
        open.or(self.idle.last()).copied()
    }

    /// A session was opened here.
    pub(crate) fn opened(&mut self, slot: usize) {
        self.slots[slot].open = true;
    }

    /// It is over.
    pub(crate) fn closed(&mut self, slot: usize) {
        self.slots[slot].open = false;
    }

    /// How many sessions are open, as far as is known.
    pub(crate) fn open(&self) -> usize {
        self.slots.iter().filter(|slot| slot.open).count()
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
        at.messages = at.messages.saturating_sub(1);
        at.since = now;
        if at.messages == 0 {
            self.with_room.retain(|room| *room != slot);
            if !self.idle.contains(&slot) {
                self.idle.push(slot);
            }
        } else if !self.with_room.contains(&slot) {
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
