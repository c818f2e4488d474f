//! Rows -> recipients: who a row is for, whether two rows are the same person, and who is
//! suppressed.
//!
//! An address template is split into mailboxes, phrase and address before anything is rendered;
//! each piece is rendered and checked separately. So a cell can never add a mailbox, close a
//! bracket or start a header: the name `x> , evil@example.net, <y` stays a name. A recipient is
//! identified by a key, never by position, so rows may be sorted, added or corrected between two
//! runs.

mod address;
mod address_columns;
mod addressing;
mod canonical;
mod columns;
mod default_to;
mod duplicates;
mod form;
mod key;
mod listed;
mod mailboxes;
mod mend;
mod pieces;
mod reading;
mod recipient;
mod suppression;
#[cfg(test)]
mod tests;
mod token;
mod why;

pub use address_columns::address_columns;
pub use addressing::{Addressing, CC_COLUMN, Naming, TOKEN, unnamed};
pub use columns::{disagreement, positions as column_positions};
pub use default_to::{find_addresses, in_toml};
pub use duplicates::{Repeats, Seen};
pub use key::Key;
pub use listed::listed;
pub use reading::{domain_of, is_address, typed_mailbox};
pub use recipient::Recipient;
pub use suppression::{Entry, Suppression};
pub use token::TokenKey;
