//! Posts one form over HTTP/1.1, with TLS settings from outside.
//!
//! No redirect is followed and no connection is kept. ureq itself trusts either the machine or a
//! list of certificates, and sessions may trust both: so our own connector adds TLS, and ureq calls
//! it with the connection that it has made (through a proxy, if the environment names one).

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use rustls_pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned};
use ureq::config::AutoHeaderValue;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout,
    TcpConnector, Transport, TransportAdapter,
};
use ureq::{Agent, Error, Proxy};
use url::form_urlencoded::Serializer;

use crate::words::{Said, say, system};

/// How long an answer may take, from the look-up of the host to its last octet.
const PATIENCE: Duration = Duration::from_secs(30);

/// No answer is read further.
const LONGEST_ANSWER: u64 = 1 << 18;

/// A status, and the body below it.
pub(super) type Answer = (u16, Vec<u8>);

/// For requests to `host`; without TLS it is this very machine, which no proxy leads to.
pub(super) fn agent(host: &str, tls: Option<Arc<ClientConfig>>) -> Agent {
    let config = Agent::config_builder()
        .https_only(tls.is_some())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections(0)
        .timeout_global(Some(PATIENCE))
        .user_agent(AutoHeaderValue::None)
        .proxy(tls.as_ref().and_then(|_| proxy(host)))
        .build();
    let connector = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(Tls(tls));
    Agent::with_parts(config, connector, DefaultResolver::default())
}

/// Why there is no answer.
pub(super) struct NoAnswer {
    /// The network's words.
    pub(super) words: Said,
    /// Another time may do.
    pub(super) passes: bool,
}

/// Posts a form.
pub(super) fn post(agent: &Agent, url: &str, form: &[(&str, &str)]) -> Result<Answer, NoAnswer> {
    let form = Serializer::new(String::new()).extend_pairs(form).finish();
    let answer = agent
        .post(url)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .send(form)
        .map_err(|error| NoAnswer::of(&error))?;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    answer
        .into_body()
        .into_reader()
        .take(LONGEST_ANSWER)
        .read_to_end(&mut body)
        .map_err(|error| NoAnswer::of(&error.into()))?;
    Ok((status, body))
}

impl NoAnswer {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library's enum may grow")]
    fn of(error: &Error) -> Self {
        let (words, passes) = match error {
            // What rustls finds wrong with a certificate comes as such data.
            Error::Io(error) => (system(error), error.kind() != io::ErrorKind::InvalidData),
            Error::Timeout(_) => (say!("words-system-timed-out"), true),
            Error::HostNotFound => (say!("run-token-no-such-host"), false),
            other => (say!("run-token-no-http", own = other.to_string()), true),
        };
        Self { words, passes }
    }
}

/// The proxy that the environment names for https, unless it exempts the host.
fn proxy(host: &str) -> Option<Proxy> {
    let named = |names: [&str; 2]| {
        let mut values = names.into_iter().filter_map(|name| std::env::var(name).ok());
        values.find(|value| !value.is_empty())
    };
    if named(["NO_PROXY", "no_proxy"]).is_some_and(|list| exempt(host, &list)) {
        return None;
    }
    let proxy = named(["HTTPS_PROXY", "https_proxy"]).or_else(|| named(["ALL_PROXY", "all_proxy"]))?;
    Proxy::new(&proxy).ok()
}

/// Whether a list as in `NO_PROXY` names the host, or a domain that contains it.
fn exempt(host: &str, list: &str) -> bool {
    list.split(',').map(str::trim).any(|entry| {
        let domain = entry.strip_prefix('.').unwrap_or(entry).to_ascii_lowercase();
        let within = |rest: &str| rest.is_empty() || rest.ends_with('.');
        domain == "*" || (!domain.is_empty() && host.strip_suffix(&domain).is_some_and(within))
    })
}

/// Puts TLS on a connection to an https address.
#[derive(Debug)]
struct Tls(Option<Arc<ClientConfig>>);

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, Encrypted<In>>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let Some(transport) = chained else {
            return Ok(None);
        };
        let Some(config) = self.0.as_ref().filter(|_| details.needs_tls()) else {
            return Ok(Some(Either::A(transport)));
        };
        let host = details.uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host).map_err(io::Error::other)?;
        let mut connection = ClientConnection::new(Arc::clone(config), name).map_err(io::Error::other)?;
        let mut transport = TransportAdapter::new(transport, Arc::clone(&details.current_time));
        transport.set_timeout(details.timeout);
        connection.complete_io(&mut transport)?;
        Ok(Some(Either::B(Encrypted {
            stream: StreamOwned::new(connection, transport),
            buffers: LazyBuffers::new(
                details.config.input_buffer_size(),
                details.config.output_buffer_size(),
            ),
        })))
    }
}

/// A connection with TLS on it.
struct Encrypted<In: Transport> {
    stream: StreamOwned<ClientConnection, TransportAdapter<In>>,
    buffers: LazyBuffers,
}

impl<In: Transport> Transport for Encrypted<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.get_mut().set_timeout(timeout);
        Ok(self.stream.write_all(&self.buffers.output()[..amount])?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.get_mut().set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.get_mut().get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl<In: Transport> fmt::Debug for Encrypted<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::exempt;

    #[test]
    fn a_list_of_exemptions_names_hosts_and_domains() {
        for (list, expected) in [
            ("login.uni.example", true),
            ("uni.example", true),
            (" other.example , .UNI.example", true),
            ("*", true),
            ("", false),
            ("gin.uni.example", false),
            ("login.uni.example.org", false),
        ] {
            assert_eq!(exempt("login.uni.example", list), expected, "{list:?}");
        }
    }
}
