//! TLS for sessions: the settings, the handshake, and its errors as sentences.
//!
//! Certificates are checked as other programs on the machine check them (rustls-platform-verifier),
//! plus one CA of the user for relays inside an organisation. No option turns the check off: to
//! trust a self-made certificate, name its CA or its fingerprint. The oldest version that is used
//! is TLS 1.2.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig};
use rustls_platform_verifier::Verifier;
use tokio::time::timeout;
use tokio_rustls::{TlsConnector, rustls};

use super::certificate::{CertificateProblem, TlsSetupError};
use super::failure::Cause;
use super::fingerprint::Fingerprint;
use super::stream::{Counted, Stream};
use super::trust::{RefusedCertificate, Trust};

/// The settings for all sessions: the machine's own idea of trust, plus the CA certificates in
/// `extra_ca_pem`. With an extra CA a machine without a CA store will do.
///
/// # Errors
/// When the extra CA is not PEM, or nothing at all is there to check a certificate with.
pub fn client_config(extra_ca_pem: Option<&[u8]>) -> Result<Arc<ClientConfig>, TlsSetupError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let extra = match extra_ca_pem {
        Some(pem) => certificates(pem)?,
        None => Vec::new(),
    };
    let has_extra = !extra.is_empty();
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
    config(Trust::Authorities(verifier, Arc::clone(&provider)), provider)
}

/// The settings for a relay of which this one certificate is trusted and no other.
///
/// # Errors
/// TLS cannot be set up.
pub fn pinned_config(fingerprint: Fingerprint) -> Result<Arc<ClientConfig>, TlsSetupError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    config(Trust::Pinned(fingerprint, Arc::clone(&provider)), provider)
}

fn config(trust: Trust, provider: Arc<CryptoProvider>) -> Result<Arc<ClientConfig>, TlsSetupError> {
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsSetupError::NoTls(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(trust))
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
        return match refused_certificate(problem) {
            Some(refused) => Cause::Certificate(problem_of(refused, host), Some(refused.fingerprint)),
            None => Cause::Certificate(certificate_problem(problem, host), None),
        };
    }
    if is_too_old(tls) {
        return Cause::TlsTooOld;
    }
    // The first byte of an SMTP reply is not a TLS content type.
    if let rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) = tls {
        return Cause::NotTls;
    }
    Cause::TlsHandshake(tls.to_string())
}

fn refused_certificate(error: &CertificateError) -> Option<&RefusedCertificate> {
    if let CertificateError::Other(other) = error {
        return other.0.downcast_ref();
    }
    None
}

/// What is wrong with a certificate that our own verifier refused.
fn problem_of(refused: &RefusedCertificate, host: &str) -> CertificateProblem {
    if let Some(pinned) = refused.pinned {
        return CertificateProblem::OtherFingerprint {
            pinned,
            presented: refused.fingerprint,
        };
    }
    match (certificate_problem(&refused.why, host), refused.weak) {
        // What a short key has signed does not count, and nobody says why.
        (CertificateProblem::UnknownIssuer | CertificateProblem::Other(_), Some(bits)) => {
            CertificateProblem::WeakKey(bits)
        }
        (problem, _) => problem,
    }
}

/// Whether the server speaks no version of TLS that is spoken here.
fn is_too_old(error: &rustls::Error) -> bool {
    use rustls::{AlertDescription, PeerIncompatible};
    matches!(
        error,
        rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
            | rustls::Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                    | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            )
    )
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
        CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            CertificateProblem::NoNames
        }
        CertificateError::NotValidForNameContext { presented, .. } => {
            wrong_name(presented.iter().map(|name| bare_name(name)).collect())
        }
        // A bad signature is a CA of a trusted one's name with another key: a house CA newly made.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => CertificateProblem::UnknownIssuer,
        CertificateError::Revoked => CertificateProblem::Revoked,
        other => {
            let words = other.to_string();
            if words.contains("CaUsedAsEndEntity") {
                CertificateProblem::CaAsServer
            } else if words.contains("UnsupportedCertVersion") {
                CertificateProblem::OldVersion
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
    fn names_are_shown_bare() {
        assert_eq!(bare_name("DnsName(\"a.example\")"), "a.example");
        assert_eq!(bare_name("a.example"), "a.example");
    }
}
