//! A name that the system could not look up: it does not exist, or no DNS server could be asked.
//!
//! The system's resolver distinguishes the two only in its words, and the difference matters: the
//! first needs a correction in the campaign, the second passes. So we query the DNS once more
//! ourselves. Names that are reserved for examples and tests (RFC 6761, RFC 2606) do not exist
//! anywhere, and are not queried.

use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::net::{DnsError, NetError};
use tokio::time::timeout;

/// How long the DNS is asked for; the system has just had its own time.
const PATIENCE: Duration = Duration::from_secs(3);

/// Whether the DNS says, or it is agreed, that there is no such name. Silence says nothing.
pub(super) async fn is_no_name(host: &str) -> bool {
    if is_reserved(host) {
        return true;
    }
    let Ok(resolver) = TokioResolver::builder_tokio().and_then(|builder| builder.build()) else {
        return false;
    };
    says_no(timeout(PATIENCE, resolver.lookup_ip(host)).await)
}

fn says_no<T, E>(asked: Result<Result<T, NetError>, E>) -> bool {
    matches!(asked, Ok(Err(NetError::Dns(DnsError::NoRecordsFound(_)))))
}

/// RFC 6761 §6, RFC 2606 §3.
fn is_reserved(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let below = |name: &str| {
        host.strip_suffix(name)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    [
        "invalid",
        "test",
        "example",
        "example.com",
        "example.net",
        "example.org",
    ]
    .into_iter()
    .any(below)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, UdpSocket};

    use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
    use hickory_resolver::net::runtime::TokioRuntimeProvider;

    use super::*;

    #[tokio::test]
    async fn names_of_examples_exist_nowhere() {
        for host in ["relay.invalid", "smtp.uni.example", "Mail.Example.ORG.", "test"] {
            assert!(is_no_name(host).await, "{host}");
        }
        for host in ["invalid.uni.edu", "contest", "myexample.org"] {
            assert!(!is_reserved(host), "{host}");
        }
    }

    /// One that hears and says nothing is a network that is down.
    #[tokio::test]
    async fn silence_is_no_answer() {
        let silent = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let mut way = ConnectionConfig::udp();
        way.port = silent.local_addr().unwrap().port();
        let server = NameServerConfig::new(Ipv4Addr::LOCALHOST.into(), true, vec![way]);
        let config = ResolverConfig::from_name_servers(vec![server]);
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        builder.options_mut().timeout = Duration::from_millis(20);
        builder.options_mut().attempts = 0;
        let resolver = builder.build().unwrap();
        assert!(!says_no(
            timeout(PATIENCE, resolver.lookup_ip("smtp.uni.edu.")).await
        ));
    }
}
