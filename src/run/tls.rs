//! Which certificates TLS trusts.

use std::sync::Arc;

use tokio_rustls::rustls::ClientConfig;

use crate::campaign::Relay;
use crate::smtp::client_config;
use crate::storage::{LARGEST_TEXT, read_regular};

use super::failure::RunError;

/// Whom to trust: the machine's CAs, and the relay's `ca_file`.
pub(super) fn tls(relay: &Relay) -> Result<Arc<ClientConfig>, RunError> {
    let pem = match &relay.ca_file {
        None => None,
        Some(path) => Some(
            read_regular(path, LARGEST_TEXT).map_err(|source| RunError::CaFile {
                path: path.display().to_string(),
                source,
            })?,
        ),
    };
    Ok(client_config(pem.as_deref())?)
}
