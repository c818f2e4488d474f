//! The throw-away TLS identity of one sandbox run.
//!
//! Created for each run and kept only in memory: there is no key to leak and no expiry to forget. A
//! small authority signs the server's certificate, instead of the server itself, because the
//! verifiers of some platforms accept only an authority as a root. The key of the authority is
//! dropped here, so trusting its certificate for a test means trusting this one server and nothing
//! that is made later. This is not a certificate tool: one key type, one lifetime, fixed names.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::failure::SandboxError;

/// Longer than any run; short enough for verifiers that cap lifetimes (Apple: 825 days).
const LIFETIME: Duration = Duration::from_secs(365 * 86_400);

/// Clocks of containers and their hosts differ.
const BACKDATED: Duration = Duration::from_secs(86_400);

pub(super) struct Certificate {
    acceptor: TlsAcceptor,
    authority_pem: String,
}

impl Certificate {
    /// Valid for `name`, `localhost`, 127.0.0.1 and ::1.
    pub(super) fn throw_away(name: &str) -> Result<Self, SandboxError> {
        let mut authority = parameters(Vec::new(), "mailshot sandbox, throw-away authority")?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

        let names = [name, "localhost", "127.0.0.1", "::1"]
            .map(str::to_owned)
            .to_vec();
        let mut server = parameters(names, name)?;
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let server = server.signed_by(&key, &authority)?;

        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(
                vec![server.der().clone()],
                PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der())),
            )?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            authority_pem: authority.pem(),
        })
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    pub(super) fn authority_pem(&self) -> &str {
        &self.authority_pem
    }
}

fn parameters(names: Vec<String>, common_name: &str) -> Result<CertificateParams, rcgen::Error> {
    let mut parameters = CertificateParams::new(names)?;
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters
        .distinguished_name
        .push(DnType::CommonName, common_name);
    let now = rcgen::date_time_ymd(1970, 1, 1) + since_epoch();
    parameters.not_before = now - BACKDATED;
    parameters.not_after = now + LIFETIME;
    Ok(parameters)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the clock of this crate lives in campaign, which the sandbox does not import; nothing \
              but the certificate's dates depends on this one"
)]
fn since_epoch() -> Duration {
    // A clock set before 1970 leaves the certificate dated 1970, which suits that clock.
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}
