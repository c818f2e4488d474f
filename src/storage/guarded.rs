//! If a library panics on foreign text, only its result is lost, not the program.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A library panicked. What it said is for its makers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panicked;

thread_local! {
    /// How many [`guarded`] calls this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Calls into a library; its panic is an error.
///
/// # Errors
/// It panicked.
pub fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    DEPTH.set(DEPTH.get() + 1);
    let called = catch_unwind(AssertUnwindSafe(call));
    DEPTH.set(DEPTH.get() - 1);
    called.map_err(|_| Panicked)
}

/// Whether a panic on this thread will be caught and told in other words.
pub fn is_guarded() -> bool {
    DEPTH.get() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(guarded(|| 1), Ok(1));
        let inner = || {
            assert!(is_guarded());
            guarded(|| panic!("as libraries do")).unwrap_or(2)
        };
        assert_eq!(guarded(inner), Ok(2));
        assert!(!is_guarded());
    }
}
