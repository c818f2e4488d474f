//! Opening a conversation with a relay, and what is known of it afterwards.
//!
//! The order is fixed: connection, TLS where it is implicit, greeting, EHLO, STARTTLS where it
//! is required and EHLO again, AUTH. Whatever a relay announced before TLS is forgotten.
//!
//! A session is usable only between complete exchanges: [`Session::is_usable`] turns false
//! before the first byte of an exchange and true again after the last, so a future that is
//! dropped in between leaves it false for good, and a late reply can never be read as the
//! answer to the next command.

use std::net::IpAddr;

use lettre::Address;
use lettre::transport::smtp::commands::{Ehlo, Starttls};
use lettre::transport::smtp::extension::ClientId;

use super::auth::authenticate;
use super::capabilities::Capabilities;
use super::endpoint::{Endpoint, Pipelining, Security, Timeouts};
use super::failure::{Cause, Phase, SessionFailure};
use super::stream::{Stream, connect};
use super::tls::secure;
use super::wire::{Heard, Wire};

/// Where the final dot of a content stands: beyond these counts it may be on the network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dot {
    /// Of bytes taken from us.
    pub(super) accepted: u64,
    /// Of bytes the kernel took.
    pub(super) handed_over: u64,
}

/// One SMTP conversation, logged in and ready for messages.
#[derive(Debug)]
pub struct Session {
    pub(super) wire: Wire,
    pub(super) capabilities: Capabilities,
    pub(super) timeouts: Timeouts,
    pub(super) pipelining: Pipelining,
    pub(super) usable: bool,
    pub(super) awaiting_content: bool,
    /// The end of the content under way, before its final dot.
    pub(super) dot: Option<Dot>,
    /// Whose envelope stood behind the last content and is not answered yet.
    pub(super) ahead: Option<Address>,
    /// The content before the envelope under way was refused.
    pub(super) refused_last: bool,
    /// The envelope that is accepted stood behind a content.
    pub(super) joined: bool,
    /// The replies to a flight of a content and an envelope were not as many as they should be.
    pub(super) out_of_step: bool,
    /// What came of the first envelope behind a content.
    pub(super) ahead_works: Option<bool>,
    /// The content under way, as it goes over the wire; kept for its capacity.
    pub(super) flight: Vec<u8>,
    pub(super) messages: u32,
}

impl Session {
    /// Opens a conversation, up to and with the login.
    ///
    /// # Errors
    /// Everything that keeps it from being ready for a message; no message is ever in doubt here.
    pub async fn open(endpoint: &Endpoint) -> Result<Session, SessionFailure> {
        let timeouts = endpoint.timeouts;
        let host = ascii_host(&endpoint.host)
            .ok_or_else(|| at(Phase::Resolve)(Cause::BadHost(endpoint.host.clone())))?;
        let tcp = connect(&host, endpoint.port, timeouts.connect).await?;
        let mut wire = Wire::over(tcp).map_err(at(Phase::Connect))?;
        if endpoint.security == Security::ImplicitTls {
            wire = encrypt(wire, endpoint, &host).await?;
        }
        greeting(&mut wire, timeouts).await?;
        let name = client_id(endpoint.ehlo.as_deref(), wire.local.ip()).map_err(at(Phase::Ehlo))?;
        let mut capabilities = hello(&mut wire, &name, timeouts).await?;
        if endpoint.security == Security::StartTls {
            start_tls(&mut wire, &capabilities, timeouts).await?;
            wire = encrypt(wire, endpoint, &host).await?;
            capabilities = hello(&mut wire, &name, timeouts).await?;
        }
        if let Some(login) = &endpoint.login {
            authenticate(&mut wire, login, &capabilities, timeouts.command)
                .await
                .map_err(at(Phase::Auth))?;
        }
        Ok(Session {
            wire,
            capabilities,
            timeouts,
            pipelining: endpoint.pipelining,
            usable: true,
            awaiting_content: false,
            dot: None,
            ahead: None,
            refused_last: false,
            joined: false,
            out_of_step: false,
            ahead_works: None,
            flight: Vec::new(),
            messages: 0,
        })
    }

    /// What the relay offers, as announced last (after TLS where there is TLS).
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Whether another exchange may be tried: false after any failure, after a 421, and when a
    /// future of this session was dropped before it was done.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.usable
    }

    /// Whether the conversation is under TLS.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.wire.stream.is_encrypted()
    }

    /// How many messages were handed over and answered, whatever the answer.
    #[must_use]
    pub fn messages(&self) -> u32 {
        self.messages
    }

    /// Whether the final dot of a content that was not answered may be on the network. For a
    /// caller who dropped the future of [`Session::content`] and so got no failure to ask.
    #[must_use]
    pub fn may_have_delivered(&self) -> bool {
        self.dot.is_some_and(|dot| {
            self.wire.accepted > dot.accepted && self.wire.stream.handed_over() > dot.handed_over
        })
    }

    /// Whether the relay takes an envelope behind a content: `None` before it was tried.
    #[must_use]
    pub fn takes_envelope_ahead(&self) -> Option<bool> {
        self.ahead_works
    }

    /// Whether an envelope stood behind the last content and is not answered yet:
    /// [`Session::envelope`] reads the replies to it.
    #[must_use]
    pub fn has_envelope_ahead(&self) -> bool {
        self.ahead.is_some()
    }

    /// Says goodbye, briefly, and closes. A session that is unusable, or that owes the relay a
    /// content, is closed without a word: QUIT would be taken for content.
    pub async fn quit(mut self) {
        if self.usable && !self.awaiting_content {
            self.wire.farewell(self.timeouts.quit).await;
        }
    }
}

fn at(phase: Phase) -> impl Fn(Cause) -> SessionFailure {
    move |cause| SessionFailure::new(phase, cause)
}

async fn greeting(wire: &mut Wire, timeouts: Timeouts) -> Result<(), SessionFailure> {
    let failed = at(Phase::Greeting);
    let reply = wire.reply(timeouts.greeting).await.map_err(&failed)?;
    let reply = match wire.left_over().await.map_err(&failed)? {
        Some(farewell) => farewell,
        None => reply,
    };
    if reply.is_positive() {
        Ok(())
    } else {
        Err(failed(Cause::Refused(reply)))
    }
}

/// EHLO, or HELO for a relay that knows only that (RFC 5321 §3.2) and so offers nothing.
async fn hello(wire: &mut Wire, name: &ClientId, timeouts: Timeouts) -> Result<Capabilities, SessionFailure> {
    let failed = at(Phase::Ehlo);
    let ehlo = Ehlo::new(name.clone()).to_string();
    let reply = wire.ask(&ehlo, timeouts.command).await.map_err(&failed)?;
    if reply.is_positive() {
        return Ok(Capabilities::from_ehlo(&reply));
    }
    if !reply.is_permanent() {
        return Err(failed(Cause::Refused(reply)));
    }
    let helo = format!("HELO {name}\r\n");
    let reply = wire.ask(&helo, timeouts.command).await.map_err(&failed)?;
    if reply.is_positive() {
        Ok(Capabilities::default())
    } else {
        Err(failed(Cause::Refused(reply)))
    }
}

/// STARTTLS up to its 220. Bytes that came along with the 220 were not protected by TLS, and
/// reading them after the handshake would let somebody on the way answer for the relay.
async fn start_tls(
    wire: &mut Wire,
    offered: &Capabilities,
    timeouts: Timeouts,
) -> Result<(), SessionFailure> {
    let failed = at(Phase::StartTls);
    if !offered.starttls {
        return Err(failed(Cause::StartTlsNotOffered));
    }
    let command = Starttls.to_string();
    wire.write(&[command.as_bytes()], Heard::replies(1), timeouts.command)
        .await
        .map_err(&failed)?;
    let reply = wire.reply(timeouts.command).await.map_err(&failed)?;
    if !reply.is(220) {
        return Err(failed(Cause::Refused(reply)));
    }
    if wire.is_quiet() {
        Ok(())
    } else {
        Err(failed(Cause::BytesBeforeTls))
    }
}

/// The same connection under TLS, with an empty inbox.
async fn encrypt(wire: Wire, endpoint: &Endpoint, host: &str) -> Result<Wire, SessionFailure> {
    let failed = at(Phase::Tls);
    let (peer, local) = (wire.peer, wire.local);
    let Stream::Plain(counted) = wire.stream else {
        return Err(failed(Cause::OutOfStep("TLS is already there".to_owned())));
    };
    let limit = endpoint.timeouts.connect;
    let stream = secure(counted, endpoint.tls.clone(), host, limit)
        .await
        .map_err(|cause| match (cause, endpoint.security) {
            // Plain bytes in place of the handshake were under way when the 220 was read.
            (Cause::NotTls, Security::StartTls) => at(Phase::StartTls)(Cause::BytesBeforeTls),
            (cause, _) => failed(cause),
        })?;
    Ok(Wire::fresh(stream, peer, local))
}

/// The host as DNS and certificates want it: A-labels, no brackets around an IPv6 address.
fn ascii_host(host: &str) -> Option<String> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host);
    if bare.is_ascii() {
        let fits = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_graphic());
        return fits.then(|| bare.to_owned());
    }
    idna::domain_to_ascii(bare).ok()
}

/// Who we say we are: the caller's name, else this machine's full name, else the address the
/// connection comes from (RFC 5321 §4.1.3, §4.1.4).
fn client_id(chosen: Option<&str>, local: IpAddr) -> Result<ClientId, Cause> {
    if let Some(name) = chosen {
        let sayable = !name.is_empty() && name.len() <= 255 && name.bytes().all(|b| b.is_ascii_graphic());
        return if sayable {
            Ok(ClientId::Domain(name.to_owned()))
        } else {
            Err(Cause::BadEhloName(name.escape_default().to_string()))
        };
    }
    let machine = gethostname::gethostname();
    Ok(match machine.to_str().filter(|name| is_full_name(name)) {
        Some(name) => ClientId::Domain(name.to_owned()),
        None => match local.to_canonical() {
            IpAddr::V4(address) => ClientId::Ipv4(address),
            IpAddr::V6(address) => ClientId::Ipv6(address),
        },
    })
}

/// A host name with a domain that others could know; `localhost.localdomain` is nobody's.
fn is_full_name(name: &str) -> bool {
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253
        && name.contains('.')
        && name.split('.').all(label_fits)
        && !name.starts_with("localhost.")
        && !name.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_ascii_name_names_a_machine() {
        for name in ["mail.example.org", "a-1.example"] {
            assert!(is_full_name(name), "{name}");
        }
        for name in [
            "",
            "mail",
            "localhost.localdomain",
            "m\u{e4}il.example",
            "a..b",
            "-a.example",
            "a_b.example",
            "mail.",
            "192.0.2.1",
        ] {
            assert!(!is_full_name(name), "{name}");
        }
    }

    #[test]
    fn a_chosen_name_cannot_add_a_command() {
        let local = "192.0.2.1".parse().unwrap();
        for name in ["", "a b", "a\r\nRSET", "m\u{e4}il.example"] {
            assert!(
                matches!(client_id(Some(name), local), Err(Cause::BadEhloName(_))),
                "{name:?}"
            );
        }
        let literal = client_id(Some("[192.0.2.7]"), local).unwrap();
        assert_eq!(literal.to_string(), "[192.0.2.7]");
    }

    #[test]
    fn hosts_become_what_dns_knows() {
        assert_eq!(ascii_host("smtp.example").as_deref(), Some("smtp.example"));
        assert_eq!(ascii_host("[::1]").as_deref(), Some("::1"));
        assert_eq!(
            ascii_host("\u{90ae}\u{7bb1}.example").as_deref(),
            Some("xn--c0zu34b.example")
        );
        assert_eq!(ascii_host(""), None);
        assert_eq!(ascii_host("a b"), None);
    }
}
