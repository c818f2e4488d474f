//! One pass over a campaign's recipients: rows are read ahead, their messages composed on all cores,
//! and what they came to is handed on in the rows' order.
//!
//! It judges nothing and keeps nothing. The check looks at what comes by and counts it; what else is
//! to be done with every message (loading its row into the ledger, writing it to a file) is done
//! beside the composing of the next ones.

mod cancel;
mod plan;
mod walk;

pub use cancel::Cancel;
pub use plan::{Composed, Outcome, Pass, PassError, Passed};
pub use walk::End;
