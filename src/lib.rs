//! mailshot sends a personal e-mail to every row of a spreadsheet: checked before it is sent, safe
//! to interrupt, accounted for afterwards. It is first of all a program; this is its library, for
//! other programs that send mail.
//!
//! # Send
//! A [`Campaign`] says who gets what, through which relay. Load it from a folder with a
//! `mailshot.toml`, or build it from values:
//!
//! ```no_run
//! use mailshot::{Campaign, Environment, Options};
//!
//! # fn main() -> Result<(), mailshot::Error> {
//! let environment = Environment::new("/var/lib/rooms/state");
//! let campaign = Campaign::builder("/var/lib/rooms")
//!     .from("Registrar <registrar@uni.example>")
//!     .to("{{ name }} <{{ email }}>")
//!     .subject("Your room, {{ name }}")
//!     .text("Dear {{ name }},\n\nyour room is {{ room }}.\n")
//!     .rows(["email", "name", "room"], [["ada@example.org", "Ada", "101"]])
//!     .relay("smtps://smtp.uni.example")
//!     .user("registrar")
//!     .password("…")
//!     .build(&environment)?;
//! let sent = campaign.send_blocking(&Options::default(), &mut ())?;
//! println!("{} accepted", sent.accepted());
//! # Ok(())
//! # }
//! ```
//!
//! From async code, `campaign.send(options, observer).await` does the same on a separate thread.
//!
//! Every message is composed and every problem found before the first message is sent. The
//! campaign's ledger, below its folder, records what was sent: sending the same campaign again
//! continues with the recipients that are left, and nobody gets a message twice. A recipient whose
//! delivery could not be confirmed is *in doubt*, and is not sent to again unless
//! [`Options::resend_in_doubt`] says so.
//!
//! # Look on, and stop
//! An [`Observer`] sees the stages, the findings of the check and every attempt that ends. It can
//! decline before the first message ([`Observer::confirm`]). A clone of [`Options::stopper`] ends
//! the run from another place in the program.
//!
//! # Check without sending
//! [`Campaign::check`] composes every message and returns all [`Finding`]s, with the rows that each
//! affects ([`Checked::rows_with`]). [`Campaign::message`] returns the message of one row in
//! octets, [`Campaign::dry_run`] writes all of them to files.
//!
//! # Surroundings
//! The library does not read the home folder, environment variables or stdin by itself: an
//! [`Environment`] says where the user's state is (quotas of relay accounts, the suppression list,
//! the key of unsubscribe tokens) and what time it is.
//!
//! # A test double
//! [`sandbox::Sandbox`] is an SMTP server on loopback that captures instead of delivering, for the
//! tests of any program that sends mail.
//!
//! # What may change
//! Everything that is not listed here (the rooms in `ARCHITECTURE.md`) is private and may change.
//! Types that will grow are `#[non_exhaustive]`. The small programs in `examples/` show each of
//! these parts.

mod api;
mod audience;
mod campaign;
mod check;
mod cli;
mod delivery;
mod import;
mod inbox;
mod ledger;
mod message;
mod pass;
mod recipients;
mod render;
mod report;
mod run;
pub mod sandbox;
mod smtp;
mod storage;
mod table;
mod userdata;
mod words;

pub use api::{
    Builder, Campaign, Checked, Error, Finding, Observer, Options, Question, Sent, Settled, Stage, Stopper,
    To,
};
pub use ledger::Status;
pub use run::{End, Environment, Reason};

/// The command line: parses what was typed and runs it. The binary is this function and an
/// allocator.
#[doc(hidden)]
pub fn command_line() -> std::process::ExitCode {
    cli::run()
}

/// What the benchmarks and the integration tests measure from inside. Not part of the public
/// interface: it may change or disappear with any version.
#[doc(hidden)]
pub mod inside {
    pub use crate::campaign::RecipientsSource;
    pub use crate::campaign::clock::now;
    pub use crate::message::{Content, KeyKind, Signer, Signing, generate_key};
    pub use crate::recipients::TokenKey;
    pub use crate::table::{RowIndex, Table, TableError};
}
