//! Identifies a server that does not speak SMTP: it waits for TLS, or it speaks another protocol.
//! Only to report this to a person; no conversation is ever based on it.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use tokio::io::ReadBuf;
use tokio::time::timeout;
use tokio_rustls::rustls;

use super::failure::Cause;
use super::stream::Stream;
use super::write_buf::Rest;

/// How long the answer may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The content types of TLS records that answer a client's first one: alert and handshake.
const TLS_RECORDS: [u8; 2] = [21, 22];

/// Begins TLS on a connection on which nothing was said; what the answer tells, if there is one.
/// The connection is of no use afterwards.
pub(super) async fn ask(stream: &mut Stream) -> Option<Cause> {
    let mut hello = Vec::new();
    connection()?.write_tls(&mut hello).ok()?;
    let answer = async {
        let parts: [&[u8]; 1] = [&hello];
        let mut rest = Rest::of(&parts);
        while !rest.is_written() {
            let written = poll_fn(|cx| stream.poll_write(cx, &rest)).await.ok()?;
            if written == 0 {
                return None;
            }
            rest.advance(written);
        }
        let mut chunk = [0; 64];
        let mut buf = ReadBuf::new(&mut chunk);
        poll_fn(|cx| stream.poll_read(cx, &mut buf)).await.ok()?;
        Some(buf.filled().to_vec())
    };
    let answer = timeout(PATIENCE, answer).await.ok()??;
    if answer.first().is_some_and(|first| TLS_RECORDS.contains(first)) {
        return Some(Cause::WaitsForTls);
    }
    let line = answer.split(|byte| *byte == b'\r' || *byte == b'\n').next()?;
    let line = format!("\"{}\"", String::from_utf8_lossy(line).escape_default());
    let cause = named(line);
    matches!(cause, Cause::OtherProtocol { .. }).then_some(cause)
}

fn connection() -> Option<ClientConnection> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?
        // It trusts nobody: the handshake is never finished.
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let name = ServerName::try_from("relay.invalid").ok()?;
    ClientConnection::new(Arc::new(config), name).ok()
}

/// A first line that is not a reply, in quotes, with the protocol it belongs to, if that is known.
pub(super) fn named(line: String) -> Cause {
    let begins = |with: &str| line.trim_start_matches('"').starts_with(with);
    let protocol = if begins("* OK") || begins("* PREAUTH") || begins("* BYE") {
        "IMAP"
    } else if begins("+OK") || begins("-ERR") {
        "POP3"
    } else if begins("SSH-") {
        "SSH"
    } else if begins("HTTP/") || begins("<!DOCTYPE") || begins("<html") {
        "HTTP"
    } else if begins("RFB ") {
        "VNC"
    } else {
        return Cause::MalformedReply(line);
    };
    Cause::OtherProtocol { protocol, line }
}
