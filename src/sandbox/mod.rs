//! An SMTP server that captures instead of delivering.
//!
//! It is what `mailshot send --sandbox` sends to and what `mailshot sandbox` runs for the tests of
//! other programs: a real submission server on loopback, with EHLO, STARTTLS, AUTH and PIPELINING,
//! that writes every accepted message to a file and delivers none.
//!
//! It is strict where real servers differ (bare line feeds, long lines, undeclared 8-bit content,
//! spaces after `FROM:`): what passes here passes elsewhere. It listens only on loopback unless
//! asked otherwise, because it accepts any login, and it never relays, so no test can reach a
//! person. It knows nothing about campaigns.
//!
//! `server` owns the sockets; `session` is the dialogue without any I/O and `answers` what commands
//! do to it; `command`, `path`, `login` and `content` are what it reads, `refusal` what it refuses
//! with; `capture` and `names` are the files, `certificate` the throw-away TLS identity.

mod answers;
mod capture;
mod certificate;
mod command;
mod content;
mod failure;
mod login;
mod names;
mod options;
mod path;
mod refusal;
mod server;
mod session;
#[cfg(test)]
mod tests;

pub use capture::{Captured, Tally, clear};
pub use failure::SandboxError;
pub use names::{file_name, number_of};
pub use options::{LoginPolicy, Options, Tls};
pub use server::Sandbox;
