//! Rows -> who gets a message: which rows are wanted, in which order, which of them make one
//! message, whom each is for, and who is suppressed.
//!
//! All code that iterates over the recipients of a campaign asks here ([`Audience`]): the check,
//! the ledger, a dry run, a look at one row. So a row is left out by all of them or by none.

mod arranged;
mod condition;
mod entry;
mod outcomes;
mod selection;

pub use condition::Condition;
pub use entry::{Addressed, Audience, Entry, Unaddressed, failed_inside};
pub use outcomes::{Outcome, Outcomes};
pub use selection::{Rows, Selection};
