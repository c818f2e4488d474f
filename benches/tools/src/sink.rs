//! An SMTP server that takes everything and notes when each message was complete, with TLS from the
//! first octet or without any.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::Result;
use super::conversation::Conversation;
use super::tally::Tally;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Speak TLS from the first octet; the certificate to trust goes into this file.
    #[arg(long, value_name = "FILE")]
    tls: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let acceptor = arguments.tls.as_deref().map(acceptor).transpose()?;
    let tally = Arc::new(Tally::new());
    let runtime = Runtime::new()?;
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
    println!("{}", json!({"port": listener.local_addr()?.port()}));
    runtime.spawn(serve(listener, acceptor, Arc::clone(&tally)));
    super::until_stdin_closes(|| println!("{}", tally.report()))?;
    runtime.shutdown_background();
    Ok(())
}

async fn serve(listener: TcpListener, acceptor: Option<TlsAcceptor>, tally: Arc<Tally>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, tally) = (acceptor.clone(), Arc::clone(&tally));
        tokio::spawn(async move {
            // What goes wrong on the way is the client's to report.
            let _ = receive(stream, acceptor, &tally).await;
        });
    }
}

async fn receive(stream: TcpStream, acceptor: Option<TlsAcceptor>, tally: &Tally) -> io::Result<()> {
    stream.set_nodelay(true)?;
    match acceptor {
        Some(acceptor) => converse(acceptor.accept(stream).await?, tally).await,
        None => converse(stream, tally).await,
    }
}

async fn converse(mut stream: impl AsyncRead + AsyncWrite + Unpin, tally: &Tally) -> io::Result<()> {
    let mut conversation = Conversation::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let replies = conversation.replies();
        if !replies.is_empty() {
            stream.write_all(replies).await?;
            stream.flush().await?;
            replies.clear();
        }
        if conversation.is_over() {
            return stream.shutdown().await;
        }
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let messages = conversation.take(buffer.get(..count).unwrap_or_default());
        tally.add(messages, count);
    }
}

/// A throw-away authority, written to `trusted`, and a certificate of its for localhost.
fn acceptor(trusted: &Path) -> Result<TlsAcceptor> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority_key = KeyPair::generate()?;
    std::fs::write(trusted, authority.self_signed(&authority_key)?.pem())?;
    let issuer = Issuer::new(authority, authority_key);

    let key = KeyPair::generate()?;
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &issuer)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
