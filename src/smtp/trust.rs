//! Which certificates are trusted: those signed by an authority that the machine trusts or by a CA
//! of the user, or exactly one certificate, by its fingerprint.
//!
//! With a fingerprint, nothing else about the certificate counts, neither its issuer nor its names
//! and dates, because it must be exactly this one. The handshake still proves that it belongs to
//! the relay. Any other certificate is refused, whatever its issuer.

use std::sync::Arc;

use memchr::memmem;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio_rustls::rustls;

use super::fingerprint::Fingerprint;

/// Bits of an RSA key that the TLS library takes at least.
const RSA_BITS: usize = 2048;

/// Who decides about certificates.
#[derive(Debug)]
pub(super) enum Trust {
    /// The machine's CAs, and perhaps one more.
    Authorities(Verifier, Arc<CryptoProvider>),
    /// Nobody: this one is trusted.
    Pinned(Fingerprint, Arc<CryptoProvider>),
}

/// A certificate that was refused, and which.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub(super) struct RefusedCertificate {
    pub(super) why: CertificateError,
    pub(super) fingerprint: Fingerprint,
    /// Another one was named.
    pub(super) pinned: Option<Fingerprint>,
    /// The bits of an RSA key that is too short for anybody, its own or one above it.
    pub(super) weak: Option<usize>,
}

impl Trust {
    fn provider(&self) -> &CryptoProvider {
        match self {
            Trust::Authorities(_, provider) | Trust::Pinned(_, provider) => provider,
        }
    }
}

/// The same error, with the certificate that it is about.
fn refused(
    error: Error,
    certificate: &[u8],
    above: &[CertificateDer<'_>],
    pinned: Option<Fingerprint>,
) -> Error {
    let Error::InvalidCertificate(why) = error else {
        return error;
    };
    let mut bits = std::iter::once(certificate).chain(above.iter().map(|one| one.as_ref()));
    let weak = bits.find_map(|one| rsa_bits(one).filter(|bits| *bits < RSA_BITS));
    Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(
        RefusedCertificate {
            why,
            fingerprint: Fingerprint::of(certificate),
            pinned,
            weak,
        },
    ))))
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self {
            Trust::Pinned(pinned, _) if Fingerprint::of(end_entity) == *pinned => {
                Ok(ServerCertVerified::assertion())
            }
            Trust::Pinned(pinned, _) => {
                let why = Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);
                Err(refused(why, end_entity, &[], Some(*pinned)))
            }
            Trust::Authorities(verifier, _) => verifier
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map_err(|error| refused(error, end_entity, intermediates, None)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider().signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
            .map_err(|error| refused(error, certificate, &[], None))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider().signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
            .map_err(|error| refused(error, certificate, &[], None))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// How long the RSA key in a certificate is, where it holds one (RFC 8017 A.1.1): for words only.
fn rsa_bits(certificate: &[u8]) -> Option<usize> {
    // rsaEncryption, its NULL, and the BIT STRING behind them.
    const RSA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03";
    let at = memmem::find(certificate, RSA)? + RSA.len();
    let (_, key) = length(certificate.get(at..)?)?;
    let (_, key) = length(key.strip_prefix(b"\0\x30")?)?;
    let (octets, modulus) = length(key.strip_prefix(b"\x02")?)?;
    let zeros = modulus.iter().take_while(|octet| **octet == 0).count();
    Some(octets.checked_sub(zeros)? * 8)
}

/// A length in DER, and what follows it.
fn length(octets: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = octets.split_first()?;
    if *first < 0x80 {
        return Some((usize::from(*first), rest));
    }
    let (long, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
    let fits = (1..=4).contains(&long.len());
    fits.then(|| {
        (
            long.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet)),
            rest,
        )
    })
}
