//! A throw-away certificate authority for peers that speak TLS.
//!
//! One authority and one certificate for `localhost` and 127.0.0.1 a process:
//! every peer of a test can share them, and a test trusts them by `ca_file`.

use std::sync::{Arc, LazyLock};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// What a TLS peer needs: its side of the handshake, and what a client must trust.
pub(super) struct Authority {
    pub(super) ca_pem: String,
    pub(super) server: Arc<ServerConfig>,
}

/// The authority of this process.
pub(super) static AUTHORITY: LazyLock<Authority> = LazyLock::new(make);

fn make() -> Authority {
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    ca.distinguished_name
        .push(DnType::CommonName, "Authority of this test");
    let ca_key = KeyPair::generate().expect("a key for the authority");
    let ca_pem = ca
        .self_signed(&ca_key)
        .expect("the authority's certificate")
        .pem();
    let issuer = Issuer::new(ca, ca_key);

    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let key = KeyPair::generate().expect("a key for the peer");
    let certificate = CertificateParams::new(names)
        .and_then(|params| params.signed_by(&key, &issuer))
        .expect("the peer's certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let server = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("aws-lc-rs offers the default versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("the certificate fits its key");
    Authority {
        ca_pem,
        server: Arc::new(server),
    }
}
