//! The SMTP client: one [`Session`] is one conversation with one relay (RFC 5321, 6409).
//!
//! It opens the connection (TLS, greeting, EHLO, AUTH), then takes messages one at a time:
//! [`Session::envelope`] says MAIL, RCPT and DATA, [`Session::content`] hands over the content.
//! With [`Session::content_and`] the envelope of the next message shares a flight with the content:
//! one round trip per message. Every answer is one of three: a [`Reply`] of the relay, no command
//! sent at all ([`Unsuitable`]), or a [`SessionFailure`], which knows whether the end of the data
//! may have reached the relay. Between envelope and content there is room for a caller to write
//! down what is about to happen.
//!
//! It knows nothing about campaigns, recipients or retries, and imports only the words of this
//! crate. It does not guess: replies are counted and must match their commands; a session that is
//! out of step is never used again, and neither is one whose future was dropped half-way. A client
//! that reuses such a session reads the last message's reply as the next one's. It never logs in
//! over an unencrypted connection, except to this machine, and it never falls back from TLS to
//! plain text.

mod ahead;
mod auth;
mod awaited;
mod capabilities;
mod certificate;
mod channel;
mod concealed;
mod content;
mod endpoint;
mod envelope;
mod failure;
mod fingerprint;
mod greeting;
mod inbox;
mod lookup;
mod names;
mod open;
mod probe;
mod reply;
mod session;
mod spoken;
mod stream;
mod stuffing;
mod timing;
mod tls;
mod transaction;
mod trust;
mod wire;
mod write_buf;

#[cfg(test)]
mod tests;

pub use awaited::{greeted, watched};
pub use capabilities::Capabilities;
pub use certificate::{CertificateProblem, TlsSetupError};
pub use channel::Channel;
pub use concealed::Concealed;
pub use endpoint::{AuthMechanism, Endpoint, Login, Pipelining, Remembered, Security, Timeouts};
pub use envelope::{Envelope, Reports, Unsuitable};
pub use failure::{Cause, Phase, SessionFailure};
pub use fingerprint::{Fingerprint, NoFingerprint};
pub use reply::Reply;
pub(crate) use reply::misleads;
pub use session::Session;
pub use stuffing::Content;
pub use timing::Took;
pub use tls::{client_config, pinned_config};
pub use transaction::{Opening, Step};
