//! One pass over a campaign's recipients: rows are read ahead, their messages composed on all
//! cores, and the results are handed on in the order of the rows.
//!
//! It judges nothing and keeps nothing. The check looks at the results and counts them; other work
//! with every message (loading its row into the ledger, writing it to a file) is done while the
//! next ones are composed.

mod cancel;
mod plan;
mod walk;

pub use cancel::Cancel;
pub use plan::{Composed, Outcome, Pass, PassError, Passed};
pub use walk::End;
