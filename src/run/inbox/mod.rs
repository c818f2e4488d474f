//! `inbox`: what came back is collected into the ledger of its campaign, and what it caused can be
//! taken back.
//!
//! All answers of a run, with what follows from them, are one commit. The user's suppression list and
//! the reports follow it; if the process dies before they have, the next run makes them follow.

mod collected;
mod collection;
mod deciding;
mod fetched;
mod opened;

pub use collected::{Collected, Line, NotMatched};
pub use collection::Collection;
pub use deciding::{Decided, confirm_answers, undo_answers};
pub use fetched::fetch;

#[cfg(test)]
mod tests;
