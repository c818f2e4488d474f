//! A sandbox that runs, and a client that talks to it over a socket.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::super::{Options, Sandbox, SandboxError, Tally};

pub(super) const LOOPBACK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

pub(super) struct Running {
    pub(super) address: SocketAddr,
    pub(super) pem: String,
    pub(super) stop: oneshot::Sender<()>,
    pub(super) served: JoinHandle<Result<Tally, SandboxError>>,
}

impl Running {
    pub(super) async fn start(options: Options) -> Self {
        Self::of(Sandbox::bind(LOOPBACK, options).await.unwrap())
    }

    pub(super) fn of(sandbox: Sandbox) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (address, pem) = (sandbox.local_addr(), sandbox.certificate_pem().to_owned());
        let served = tokio::spawn(sandbox.serve(async {
            let _ = stopped.await;
        }));
        Self {
            address,
            pem,
            stop,
            served,
        }
    }

    pub(super) async fn connect(&self) -> Client<TcpStream> {
        Client(BufReader::new(TcpStream::connect(self.address).await.unwrap()))
    }

    pub(super) fn connector(&self) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(self.pem.as_bytes()).unwrap())
            .unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        TlsConnector::from(Arc::new(config))
    }

    pub(super) async fn stop(self) -> Tally {
        self.stop.send(()).unwrap();
        self.served.await.unwrap().unwrap()
    }
}

pub(super) struct Client<S>(pub(super) BufReader<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    pub(super) async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// The last line of the next reply.
    pub(super) async fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(
                self.0.read_line(&mut line).await.unwrap(),
                0,
                "the sandbox has closed"
            );
            if line.as_bytes()[3] == b' ' {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Asserts the codes of the next replies.
    pub(super) async fn expect(&mut self, codes: &[&str]) {
        for code in codes {
            let reply = self.reply().await;
            assert!(reply.starts_with(code), "{reply}, not {code}");
        }
    }

    pub(super) async fn expect_end(&mut self) {
        let mut rest = String::new();
        self.0.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "");
    }
}

pub(super) fn envelope(to: &str) -> String {
    format!("MAIL FROM:<from@example.org>\r\nRCPT TO:<{to}>\r\nDATA\r\n")
}

pub(super) fn jsonl(output: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(output.join("envelopes.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(super) fn keeping(output: &Path) -> Options {
    Options {
        output: Some(output.to_owned()),
        ..Options::default()
    }
}
