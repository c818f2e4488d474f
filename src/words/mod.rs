//! The catalogue: every sentence that a person reads, in English and in Chinese.
//!
//! A sentence is data until it is shown: a [`Said`] holds the id of a message of the catalogue and its
//! named arguments. The code that shows it chooses the language, so a terminal and a page in one
//! process may differ; there is no global locale. `Display` is the English sentence, which is also
//! what programs read (JSON, events, the ledger).
//!
//! The messages are in `en/` and `zh/`, in Fluent, one file per room. A test (`tests/it/catalogue.rs`)
//! compares the two languages, and the ids and arguments that the sources name.

mod arg;
mod catalogue;
mod figures;
mod lang;
mod printable;
mod said;
mod storage;
mod system;

pub use catalogue::named;
pub use lang::Lang;
pub use printable::printable;
pub use said::{Arg, Said, Speak};
pub use storage::{of_error, sqlite};
pub use system::{hints_of, system};

pub(crate) use said::{say, spoken};
