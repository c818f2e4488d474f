//! TLS for sessions: the settings, the handshake, and its errors in words.
//!
//! Certificates are checked the way the machine's other programs check them
//! (rustls-platform-verifier), plus one CA of the user's own for relays inside a house. There is
//! no switch that turns checking off: the extra CA is the way to trust a self-made certificate.
//! TLS 1.2 is the least that is spoken.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig};
use rustls_platform_verifier::Verifier;
use tokio::time::timeout;
use tokio_rustls::{TlsConnector, rustls};

use super::failure::Cause;
use super::stream::{Counted, Stream};

/// TLS cannot be set up on this machine, or with this CA.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlsSetupError {
    /// The extra CA holds something that is no certificate.
    #[error("the CA file cannot be read as PEM certificates: {0}")]
    BadCa(String),
    /// The extra CA holds no certificate at all.
    #[error("the CA file holds no certificate; it needs a block \"-----BEGIN CERTIFICATE-----\"")]
    EmptyCa,
    /// No certificate authority is known.
    #[error(
        "this machine has no CA certificates to check a relay with ({0}); \
         install them (on Debian the package ca-certificates) or name the relay's CA as ca_file"
    )]
    NoCaStore(String),
    /// The TLS library has no usable ciphers.
    #[error("TLS cannot be set up: {0}")]
    NoTls(String),
}

/// The settings for all sessions: the machine's own idea of trust, plus the CA certificates in
/// `extra_ca_pem`. With an extra CA a machine without a CA store will do.
///
/// # Errors
/// When the extra CA is not PEM, or nothing at all is there to check a certificate with.
pub fn client_config(extra_ca_pem: Option<&[u8]>) -> Result<Arc<ClientConfig>, TlsSetupError> {
    let extra = match extra_ca_pem {
        Some(pem) => certificates(pem)?,
        None => Vec::new(),
    };
    let has_extra = !extra.is_empty();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, provider.clone()).map_err(|error| {
        let why = if let rustls::Error::General(why) = error {
            why
        } else {
            error.to_string()
        };
        if has_extra {
            TlsSetupError::BadCa(why)
        } else {
            TlsSetupError::NoCaStore(why)
        }
    })?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsSetupError::NoTls(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsSetupError> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| TlsSetupError::BadCa(error.to_string()))?;
    if found.is_empty() {
        return Err(TlsSetupError::EmptyCa);
    }
    Ok(found)
}

/// What is wrong with a relay's certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// It was valid until then.
    #[error("the relay's certificate expired{}", day(" on ", *.0))]
    Expired(Option<jiff::Timestamp>),
    /// It becomes valid then.
    #[error("the relay's certificate is not valid before {}; is this machine's clock right?", day("", *.0))]
    NotYetValid(Option<jiff::Timestamp>),
    /// It belongs to other names.
    #[error("the relay's certificate is not for {expected}{}", names(presented))]
    WrongName {
        /// The host the session was opened to.
        expected: String,
        /// The names in the certificate, where they are known.
        presented: Vec<String>,
    },
    /// Nobody this machine trusts has signed it, or it has signed itself.
    #[error(
        "the relay's certificate is signed by an unknown CA or by itself; \
         if it is the relay of your own house, name its CA as ca_file"
    )]
    UnknownIssuer,
    /// A CA's own certificate is used as a server's.
    #[error(
        "the relay presents a CA certificate as its own; \
         it needs a server certificate signed by that CA"
    )]
    CaAsServer,
    /// Its issuer took it back.
    #[error("the relay's certificate has been revoked")]
    Revoked,
    /// Anything else, in the words of the TLS library.
    #[error("the relay's certificate is not acceptable: {0}")]
    Other(String),
}

fn day(before: &str, when: Option<jiff::Timestamp>) -> String {
    when.map_or_else(String::new, |when| {
        format!("{before}{}", when.strftime("%Y-%m-%d"))
    })
}

fn names(presented: &[String]) -> String {
    if presented.is_empty() {
        String::new()
    } else {
        format!(", it is for {}", presented.join(", "))
    }
}

/// TLS over an open connection, the relay's certificate checked against `host`.
pub(super) async fn secure(
    counted: Counted,
    config: Option<Arc<ClientConfig>>,
    host: &str,
    limit: Duration,
) -> Result<Stream, Cause> {
    let config = match config {
        Some(config) => config,
        None => client_config(None).map_err(Cause::TlsSetup)?,
    };
    let name = ServerName::try_from(host.to_owned()).map_err(|_| Cause::BadHost(host.to_owned()))?;
    let handshake = TlsConnector::from(config).connect(name, counted);
    match timeout(limit, handshake).await {
        Ok(Ok(tls)) => Ok(Stream::Tls(Box::new(tls))),
        Ok(Err(error)) => Err(handshake_cause(error, host)),
        Err(_) => Err(Cause::Timeout(limit)),
    }
}

fn handshake_cause(error: io::Error, host: &str) -> Cause {
    let Some(tls) = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
    else {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Cause::Closed;
        }
        return Cause::Io(error);
    };
    if let rustls::Error::InvalidCertificate(problem) = tls {
        return Cause::Certificate(certificate_problem(problem, host));
    }
    // The first byte of an SMTP reply is no TLS content type.
    if let rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) = tls {
        return Cause::NotTls;
    }
    Cause::TlsHandshake(tls.to_string())
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "rustls adds kinds of certificate errors; its own words serve for the rest"
)]
fn certificate_problem(error: &CertificateError, host: &str) -> CertificateProblem {
    let wrong_name = |presented| CertificateProblem::WrongName {
        expected: host.to_owned(),
        presented,
    };
    match error {
        CertificateError::Expired => CertificateProblem::Expired(None),
        CertificateError::ExpiredContext { not_after, .. } => {
            CertificateProblem::Expired(timestamp(*not_after))
        }
        CertificateError::NotValidYet => CertificateProblem::NotYetValid(None),
        CertificateError::NotValidYetContext { not_before, .. } => {
            CertificateProblem::NotYetValid(timestamp(*not_before))
        }
        CertificateError::NotValidForName => wrong_name(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => {
            wrong_name(presented.iter().map(|name| bare_name(name)).collect())
        }
        // A bad signature is a CA of a trusted one's name with another key: a house CA made anew.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => CertificateProblem::UnknownIssuer,
        CertificateError::Revoked => CertificateProblem::Revoked,
        other => {
            let words = other.to_string();
            if words.contains("CaUsedAsEndEntity") {
                CertificateProblem::CaAsServer
            } else {
                CertificateProblem::Other(words)
            }
        }
    }
}

/// webpki writes `DnsName("mail.example.org")`; people read `mail.example.org`.
fn bare_name(presented: &str) -> String {
    match presented.split_once('(') {
        Some((_, rest)) => rest.trim_matches(|c| c == ')' || c == '"').to_owned(),
        None => presented.to_owned(),
    }
}

fn timestamp(time: UnixTime) -> Option<jiff::Timestamp> {
    let seconds = i64::try_from(time.as_secs()).ok()?;
    jiff::Timestamp::from_second(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ca_file_without_a_certificate_is_refused() {
        assert_eq!(client_config(Some(b"hello")).unwrap_err(), TlsSetupError::EmptyCa);
        let torn = b"-----BEGIN CERTIFICATE-----\nAAA\n";
        assert!(matches!(client_config(Some(torn)), Err(TlsSetupError::BadCa(_))));
        let junk = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(client_config(Some(junk)), Err(TlsSetupError::BadCa(_))));
    }

    #[test]
    fn problems_are_said_in_words() {
        let expired = CertificateProblem::Expired(jiff::Timestamp::from_second(86_400).ok());
        assert_eq!(
            expired.to_string(),
            "the relay's certificate expired on 1970-01-02"
        );
        let unknown = CertificateProblem::Expired(None);
        assert_eq!(unknown.to_string(), "the relay's certificate expired");
        assert_eq!(bare_name("DnsName(\"a.example\")"), "a.example");
        assert_eq!(bare_name("a.example"), "a.example");
    }
}
