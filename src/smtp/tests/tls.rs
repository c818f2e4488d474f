//! Implicit TLS and STARTTLS, with certificates made on the spot.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::*;

/// A CA's certificate in PEM, and a relay that shows a certificate of it.
fn ca_and_relay(shape: impl FnOnce(&mut CertificateParams)) -> (String, TlsAcceptor) {
    named_ca_and_relay("House CA", shape)
}

fn named_ca_and_relay(name: &str, shape: impl FnOnce(&mut CertificateParams)) -> (String, TlsAcceptor) {
    let ca_key = KeyPair::generate().unwrap();
    let mut ca = CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.distinguished_name.push(DnType::CommonName, name);
    let pem = ca.self_signed(&ca_key).unwrap().pem();
    let issuer = Issuer::new(ca, ca_key);
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    shape(&mut params);
    let certificate = params.signed_by(&key, &issuer).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    (pem, TlsAcceptor::from(Arc::new(config)))
}

impl Peer {
    async fn accept_tls(self, acceptor: TlsAcceptor) -> Option<Peer> {
        assert!(self.stream.buffer().is_empty());
        let stream = acceptor.accept(self.stream.into_inner()).await.ok()?;
        Some(Peer::over(stream))
    }
}

fn trusting(mut endpoint: Endpoint, security: Security, ca: &str) -> Endpoint {
    endpoint.security = security;
    endpoint.tls = Some(client_config(Some(ca.as_bytes())).unwrap());
    endpoint
}

#[tokio::test]
async fn a_certificate_of_the_extra_ca_is_trusted() {
    let (ca, acceptor) = ca_and_relay(|_| {});
    let (endpoint, peer) = relay(|peer| async move {
        let mut peer = peer.accept_tls(acceptor).await.unwrap();
        peer.greet(&["relay.example", "PIPELINING"]).await;
        peer.flight("250 ok\r\n250 ok\r\n354 go\r\n").await;
        let content = peer.content().await;
        peer.say("250 2.0.0 kept\r\n").await;
        peer.expect("QUIT").await;
        peer.say("221 bye\r\n").await;
        assert!(peer.rest().await.is_empty());
        content
    })
    .await;
    let endpoint = trusting(endpoint, Security::ImplicitTls, &ca);
    let mut session = Session::open(&endpoint).await.unwrap();
    assert!(session.is_encrypted());
    assert_eq!(session.envelope(&to_bob()).await.unwrap(), ready());
    // Longer than a block and a record, so that the count of bytes runs over several of each.
    let content = b"line\r\n".repeat(50_000);
    let reply = session.content(content.as_slice().into()).await.unwrap();
    assert_eq!(reply.to_string(), "250 2.0.0 kept");
    session.quit().await;
    assert_eq!(peer.await.unwrap(), [&content[..], b".\r\n"].concat());
}

/// The cause why implicit TLS with this relay fails, trusting `ca`.
async fn handshake_fails(ca: &str, acceptor: TlsAcceptor) -> Cause {
    let (endpoint, peer) = relay(|peer| async move { peer.accept_tls(acceptor).await.is_some() }).await;
    let endpoint = trusting(endpoint, Security::ImplicitTls, ca);
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert_eq!(failure.phase, Phase::Tls);
    let _ = peer.await.unwrap();
    failure.cause
}

#[tokio::test]
async fn an_expired_certificate_is_refused_with_its_date() {
    let (ca, acceptor) = ca_and_relay(|params| params.not_after = date_time_ymd(2020, 3, 1));
    let cause = handshake_fails(&ca, acceptor).await;
    assert_eq!(cause.to_string(), "the relay's certificate expired on 2020-03-01");
}

#[tokio::test]
async fn a_certificate_of_the_future_is_refused_with_its_date() {
    let (ca, acceptor) = ca_and_relay(|params| {
        params.not_before = date_time_ymd(2500, 3, 1);
        params.not_after = date_time_ymd(2501, 3, 1);
    });
    let cause = handshake_fails(&ca, acceptor).await.to_string();
    assert!(cause.contains("not valid before 2500-03-01"), "{cause}");
}

#[tokio::test]
async fn a_certificate_for_other_names_is_refused_with_them() {
    let names = vec!["mail.example.org".to_owned(), "smtp.example.org".to_owned()];
    let (ca, acceptor) = ca_and_relay(|params| {
        *params = CertificateParams::new(names).unwrap();
    });
    let cause = handshake_fails(&ca, acceptor).await;
    assert_eq!(
        cause.to_string(),
        "the relay's certificate is not for 127.0.0.1, \
         but for mail.example.org, smtp.example.org"
    );
}

#[tokio::test]
async fn a_certificate_of_an_unknown_ca_is_refused() {
    for name in ["Somebody's CA", "House CA"] {
        let (ca, _) = ca_and_relay(|_| {});
        let (_, acceptor) = named_ca_and_relay(name, |_| {});
        let cause = handshake_fails(&ca, acceptor).await;
        assert!(
            matches!(
                cause,
                Cause::Certificate(CertificateProblem::UnknownIssuer, Some(_))
            ),
            "{name}: {cause}"
        );
    }
}

#[tokio::test]
async fn a_ca_certificate_as_the_relays_own_is_explained() {
    let (ca, acceptor) = ca_and_relay(|params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    let cause = handshake_fails(&ca, acceptor).await;
    assert!(
        matches!(cause, Cause::Certificate(CertificateProblem::CaAsServer, Some(_))),
        "{cause}"
    );
}

#[tokio::test]
async fn plaintext_where_tls_is_expected_is_recognised() {
    let (ca, _) = ca_and_relay(|_| {});
    let (endpoint, peer) = relay(|mut peer| async move {
        peer.say("220 relay.example ESMTP\r\n").await;
        peer.rest().await
    })
    .await;
    let endpoint = trusting(endpoint, Security::ImplicitTls, &ca);
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert!(matches!(failure.cause, Cause::NotTls), "{failure}");
    peer.await.unwrap();
}

#[tokio::test]
async fn a_handshake_that_hangs_is_given_up() {
    let (ca, _) = ca_and_relay(|_| {});
    let (endpoint, peer) = relay(|mut peer| async move { peer.rest().await }).await;
    let mut endpoint = trusting(endpoint, Security::ImplicitTls, &ca);
    endpoint.timeouts.connect = Duration::from_millis(300);
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert_eq!(failure.phase, Phase::Tls);
    assert!(matches!(failure.cause, Cause::Timeout(_)), "{failure}");
    peer.await.unwrap();
}

#[tokio::test]
async fn starttls_forgets_what_was_said_before_it() {
    let (ca, acceptor) = ca_and_relay(|_| {});
    let (endpoint, peer) = relay(|mut peer| async move {
        peer.greet(&["relay.example", "STARTTLS", "PIPELINING", "AUTH PLAIN"])
            .await;
        peer.expect("STARTTLS").await;
        peer.say("220 go ahead\r\n").await;
        let mut peer = peer.accept_tls(acceptor).await.unwrap();
        peer.hello(&["relay.example", "8BITMIME"]).await;
        peer.rest().await
    })
    .await;
    let endpoint = trusting(endpoint, Security::StartTls, &ca);
    let session = Session::open(&endpoint).await.unwrap();
    let expected = Capabilities {
        eight_bit_mime: true,
        ..Capabilities::default()
    };
    assert_eq!(*session.capabilities(), expected);
    assert!(session.is_encrypted());
    drop(session);
    peer.await.unwrap();
}

/// The failure of STARTTLS with a relay that offers these keywords and answers so.
async fn starttls_fails(keyword: &'static str, answer: &'static str) -> (SessionFailure, Vec<u8>) {
    let (ca, _) = ca_and_relay(|_| {});
    let (endpoint, peer) = relay(move |mut peer| async move {
        peer.greet(&["relay.example", keyword, "AUTH PLAIN"]).await;
        if peer.hear().await == "STARTTLS" {
            peer.say(answer).await;
        }
        peer.rest().await
    })
    .await;
    let mut endpoint = trusting(endpoint, Security::StartTls, &ca);
    endpoint.login = Some(Login {
        user: "ada".to_owned(),
        secret: "hunter22".to_owned().into(),
        mechanism: None,
    });
    let failure = Session::open(&endpoint).await.unwrap_err();
    (failure, peer.await.unwrap())
}

#[tokio::test]
async fn without_starttls_nothing_is_said() {
    let (failure, rest) = starttls_fails("DSN", "").await;
    assert_eq!(failure.phase, Phase::StartTls);
    assert!(matches!(failure.cause, Cause::StartTlsNotOffered), "{failure}");
    assert!(rest.is_empty());
}

#[tokio::test]
async fn a_refused_starttls_ends_the_session() {
    let (failure, rest) = starttls_fails("STARTTLS", "454 4.7.0 not now\r\n").await;
    assert_eq!(failure.reply().unwrap().code(), Some(454));
    assert!(rest.is_empty());
}

#[tokio::test]
async fn replies_injected_before_tls_are_refused() {
    let injected = "220 go\r\n250-evil.example\r\n250 AUTH LOGIN\r\n";
    let (failure, rest) = starttls_fails("STARTTLS", injected).await;
    assert_eq!(failure.phase, Phase::StartTls);
    assert!(matches!(failure.cause, Cause::BytesBeforeTls), "{failure}");
    assert!(!String::from_utf8_lossy(&rest).contains("AUTH"));
}

#[tokio::test]
async fn replies_injected_behind_the_220_are_refused() {
    let (ca, _) = ca_and_relay(|_| {});
    let (endpoint, peer) = relay(|mut peer| async move {
        peer.greet(&["relay.example", "STARTTLS"]).await;
        peer.expect("STARTTLS").await;
        peer.say("220 go\r\n").await;
        // The handshake has begun, so these bytes are not in the session's inbox.
        peer.stream.fill_buf().await.unwrap();
        peer.say("250-evil.example\r\n250 AUTH LOGIN\r\n").await;
        peer.rest().await
    })
    .await;
    let endpoint = trusting(endpoint, Security::StartTls, &ca);
    let failure = Session::open(&endpoint).await.unwrap_err();
    assert_eq!(failure.phase, Phase::StartTls);
    assert!(matches!(failure.cause, Cause::BytesBeforeTls), "{failure}");
    peer.await.unwrap();
}
