//! mailshot sends a personal e-mail to every row of a spreadsheet: checked before, resumable during,
//! accounted for after. It is a program first; this is its library, for programs that send by
//! themselves.
//!
//! # Send
//! A [`Campaign`] says who gets what, through which relay. It is loaded from a folder with a
//! `mailshot.toml`, or built from values:
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
//! From async code, `campaign.send(options, observer).await` does the same on a thread of its own.
//!
//! Every message is composed and every problem found before the first one leaves. What was sent is
//! in the campaign's ledger, below its folder: sending the same campaign again goes on with those
//! who are left, and nobody gets a message twice. A recipient whose delivery could not be confirmed
//! is *in doubt*, and is not sent to again unless [`Options::resend_in_doubt`] says so.
//!
//! # Look on, and stop
//! An [`Observer`] sees the stages, the findings of the check and every attempt that ends; it may
//! decline before the first message ([`Observer::confirm`]). A clone of [`Options::stopper`] ends the
//! run from elsewhere.
//!
//! # Check without sending
//! [`Campaign::check`] composes every message and returns all [`Finding`]s, with the rows that have
//! each ([`Checked::rows_with`]). [`Campaign::message`] is one row's message in octets,
//! [`Campaign::dry_run`] writes all of them to files.
//!
//! # Surroundings
//! The library reads no home, no environment variable and no stdin by itself: an [`Environment`]
//! says where the user's state lies (quotas of relay accounts, the suppression list, the key of
//! unsubscribe tokens) and what time it is.
//!
//! # A test double
//! [`sandbox::Sandbox`] is an SMTP server on loopback that captures instead of delivering, for the
//! tests of any program that sends mail.
//!
//! # What may change
//! What is not here (the rooms of the house, drawn in `ARCHITECTURE.md`) is private and changes
//! freely. What will grow is `#[non_exhaustive]`. The small programs in `examples/` show each of
//! these parts at work.

mod api;
mod audience;
mod campaign;
mod check;
mod cli;
mod delivery;
mod import;
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

/// The command line: what was typed is parsed and done. The binary is this and an allocator.
#[doc(hidden)]
pub fn command_line() -> std::process::ExitCode {
    cli::run()
}

/// What the benchmarks and the integration tests measure from inside. No part of the face: it may
/// change or go with any version.
#[doc(hidden)]
pub mod inside {
    pub use crate::campaign::RecipientsSource;
    pub use crate::campaign::clock::now;
    pub use crate::message::{Content, KeyKind, Signer, Signing, generate_key};
    pub use crate::recipients::TokenKey;
    pub use crate::table::{RowIndex, Table, TableError};
}
