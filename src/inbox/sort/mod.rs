//! A mail in octets -> what it is, about whom, and why.
//!
//! Pure: no files, no clock, no ledger; the same octets always give the same answer. The tables
//! (`*.toml`) hold how mail systems and people write; the code holds what follows from it.

mod address;
mod answers;
mod charset;
mod codes;
mod complaint;
mod decide;
mod dsn;
mod fields;
#[cfg(test)]
mod hostile;
mod kind;
mod leave;
mod mail;
mod markup;
mod octets;
mod own_words;
mod phrases;
mod place;
mod reply;
mod report;
mod report_text;
mod returned;
#[cfg(test)]
mod samples;
mod sender;
mod sorted;
mod tokens;
mod told;

pub use decide::sort;
pub use sorted::{Action, Class, Kind, Reason, Reported, Sorted};
