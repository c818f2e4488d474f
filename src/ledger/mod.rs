//! The ledger: the durable record of every mailing, recipient and attempt of
//! a campaign, in one SQLite file.
//!
//! Two promises of different strength, because an fsync per message is slow and a process dies more
//! often than a machine: a *claim* is on disk before a message is composed; an *intent* is in the
//! write-ahead log before the first octet of content is sent, and an *outcome* after its reply;
//! both are on disk within 10 ms. After a crash of the process, the intents show who is in doubt;
//! after a power cut, the claims do.
//!
//! One process writes (a lock that dies with it ensures this), and any number read. The schema is
//! easy to read in the `sqlite3` shell.

mod ahead;
mod answers;
mod answers_said;
mod boot;
mod bounces;
mod change;
mod claims;
mod content;
mod copies;
mod copy_doubts;
mod doubt;
mod durable;
mod earlier;
mod failure;
mod file;
mod former;
mod held;
mod history;
mod identity;
mod journal;
mod keys_of_before;
mod latest;
mod lock;
mod lookup;
mod mailboxes;
mod mailing;
mod mails;
mod moment;
mod purge;
mod read;
mod reloading;
mod rows;
mod run;
mod schema;
mod settle;
mod standing;
mod status;
mod stop;
mod suppressing;
mod writer;

pub use ahead::Owed;
pub use answers::{Answer, BounceKind, Effect, Matched, NewAnswer, Recorded, What};
pub use bounces::{Weighed, is_later};
pub use change::Change;
pub use content::{Content, Difference, How, Texts};
pub use copies::{Copies, LostCopy};
pub use doubt::{CopyDoubt, Doubt};
pub use earlier::{Became, EarlierMailing, Next};
pub use failure::LedgerError;
pub use file::Ledger;
pub use held::Recovered;
pub use history::{Appearance, CopyOf, StrayRow};
pub use identity::{CampaignHome, FoundLedger, Identity};
pub use journal::LedgerJournal;
pub use latest::MAIL;
pub use lock::{Lock, LockError};
pub use lookup::{PurgedMailing, Sent};
pub use mailboxes::{MailboxMail, MailboxPlace, MailboxRead};
pub use mailing::{Mailing, NewMailing};
pub use purge::Listed;
pub use read::{Reader, ReportRow, Totals};
pub use rows::{SourceRow, Whose};
pub use run::{Chosen, InDoubt, LeftOut, RunEnd};
pub use settle::Decision;
pub use status::Status;
pub use stop::{Going, HowToStop, Stoppable};

#[cfg(test)]
mod tests;
