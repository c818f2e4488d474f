//! Rows -> who gets a message: which rows are wanted, in which order, which of them make one
//! message, who each is for, and who is not to be written to.
//!
//! Everybody who walks over a campaign's recipients asks here ([`Audience`]): the check, the ledger,
//! a dry run, a look at one row. So a row that one of them leaves out, all leave out.

mod arranged;
mod condition;
mod entry;
mod selection;

pub use condition::Condition;
pub use entry::{Addressed, Audience, Entry, Unaddressed, failed_inside};
pub use selection::{Rows, Selection};
