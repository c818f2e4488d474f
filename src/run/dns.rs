//! `check --dns`: the questions about the sender and the recipients' domains.

use std::net::SocketAddr;

use crate::check::dns::{Asking, findings};
use crate::check::{Checked, Finding};

use super::failure::RunError;
use super::prepare::Prepared;
use super::signing;

/// Which DNS server is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DnsServer {
    /// Those that the system asks.
    System,
    /// This one.
    At(SocketAddr),
}

/// Asks about what was checked.
pub(super) fn asked(
    prepared: &Prepared,
    checked: &Checked,
    server: DnsServer,
) -> Result<Vec<Finding>, RunError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let keys = signing::public_keys(&prepared.campaign);
    let (domains, all_domains) = &checked.domains;
    let asking = Asking {
        campaign: &prepared.campaign,
        header: &prepared.header,
        keys: &keys,
        domains,
        all_domains: *all_domains,
        at: &checked.at,
    };
    let server = match server {
        DnsServer::System => None,
        DnsServer::At(address) => Some(address),
    };
    Ok(runtime.block_on(findings(&asking, server)))
}
