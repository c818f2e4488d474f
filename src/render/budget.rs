//! How much output, memory and time the templates of one message may use.
//!
//! A template is a program: two nested loops, or a value that is joined with itself, can write more
//! than any memory holds. Its author sees that here, with the row, and not as a machine that hangs.
//! The engine calls us whenever it writes, loops or keeps a value (see [`guards`](super::numbers));
//! if the budget is used up, rendering ends.

use std::cell::Cell;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Octets that the templates of a message write, and that one value may have. No relay takes more.
pub(super) const MOST_WRITTEN: u32 = 32 << 20;

/// Octets of the values that they make on the way.
const MOST_MADE: u32 = 1 << 30;

/// How long they may take.
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// Calls between two looks at the clock.
const CALLS: u16 = 256;

/// What is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    /// What may be written.
    Written,
    /// What may be made on the way.
    Made,
    /// The time.
    Time,
}

/// What is left for a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// The time begins with the first template.
    until: Option<Instant>,
    written: u32,
    made: u32,
    calls: u16,
    spent: Option<Spent>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            until: None,
            written: MOST_WRITTEN,
            made: MOST_MADE,
            calls: CALLS,
            spent: None,
        }
    }
}

#[cfg(test)]
impl Budget {
    /// With no time left.
    pub(super) fn late() -> Self {
        Self {
            until: Some(Instant::now()),
            ..Self::default()
        }
    }
}

thread_local! {
    /// That of the message whose template this thread renders.
    static CURRENT: Cell<Option<Budget>> = const { Cell::new(None) };
}

/// Renders within the budget of a message; says what is spent.
pub(super) fn within<T>(budget: &Cell<Budget>, render: impl FnOnce() -> T) -> (T, Option<Spent>) {
    let mut of_message = budget.get();
    of_message.until.get_or_insert_with(|| Instant::now() + LONGEST);
    let before = CURRENT.replace(Some(of_message));
    let rendered = render();
    let after = CURRENT.replace(before).unwrap_or(of_message);
    budget.set(after);
    (rendered, after.spent)
}

/// Takes something from what is left; an error when nothing is.
fn take(change: impl FnOnce(&mut Budget)) -> Result<(), Spent> {
    // Without a message there is nothing to bound.
    let Some(mut budget) = CURRENT.get() else {
        return Ok(());
    };
    change(&mut budget);
    budget.calls -= 1;
    if budget.calls == 0 {
        budget.calls = CALLS;
        if budget.until.is_some_and(|until| Instant::now() >= until) {
            budget.spent.get_or_insert(Spent::Time);
        }
    }
    CURRENT.set(Some(budget));
    budget.spent.map_or(Ok(()), Err)
}

/// This many octets are made that are not written yet.
pub(super) fn make(octets: u64) -> Result<(), Spent> {
    let octets = u32::try_from(octets).unwrap_or(u32::MAX);
    take(|budget| match budget.made.checked_sub(octets) {
        Some(left) => budget.made = left,
        None => {
            budget.spent.get_or_insert(Spent::Made);
        }
    })
}

/// A single value of this many octets is about to be made.
pub(super) fn value(octets: u64) -> Result<(), Spent> {
    if octets > u64::from(MOST_WRITTEN) {
        take(|budget| {
            budget.spent.get_or_insert(Spent::Written);
        })?;
    }
    make(octets)
}

/// Where a template writes to. Counts by itself: a message is written in many small pieces.
pub(super) struct Bounded {
    pub(super) octets: Vec<u8>,
    left: u32,
    full: bool,
}

impl Bounded {
    /// For what a message may still write.
    pub(super) fn within(budget: &Cell<Budget>, capacity: usize) -> Self {
        Self {
            octets: Vec::with_capacity(capacity),
            left: budget.get().written,
            full: false,
        }
    }

    /// Notes in the budget what was written.
    pub(super) fn account(&self, budget: &Cell<Budget>) -> Option<Spent> {
        let mut left = budget.get();
        left.written = self.left;
        if self.full {
            left.spent.get_or_insert(Spent::Written);
        }
        budget.set(left);
        left.spent
    }
}

impl Write for &mut Bounded {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let length = u32::try_from(octets.len()).unwrap_or(u32::MAX);
        let Some(left) = self.left.checked_sub(length) else {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        };
        self.left = left;
        self.octets.extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_said_once_and_stays_so() {
        let budget = Cell::new(Budget::default());
        let mut out = Bounded::within(&budget, 0);
        assert!((&mut out).write_all(&[0; 1024]).is_ok());
        assert_eq!(out.account(&budget), None);
        // The next template of the same message.
        let mut out = Bounded::within(&budget, 0);
        let much = vec![0; MOST_WRITTEN as usize];
        assert!((&mut out).write_all(&much).is_err());
        assert_eq!(
            (out.account(&budget), out.octets.len()),
            (Some(Spent::Written), 0)
        );
        let ((), spent) = within(&budget, || ());
        assert_eq!(spent, Some(Spent::Written), "it is one message");
        // Where no message is rendered, nothing is bounded.
        assert_eq!(value(u64::MAX), Ok(()));
    }

    #[test]
    fn the_time_of_a_message_ends() {
        let budget = Cell::new(Budget::late());
        let (rounds, spent) = within(&budget, || (0..2_000).take_while(|_| make(1).is_ok()).count());
        assert_eq!(spent, Some(Spent::Time));
        assert!(rounds <= usize::from(CALLS), "{rounds}");
    }
}
