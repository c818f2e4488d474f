//! Questions to the DNS, and answers that distinguish "there is none" from "there was no answer".

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use tokio::time::{Instant, timeout_at};

use crate::words::{Said, say};

/// How long one server is waited for, and how often it is asked again.
const WAIT: Duration = Duration::from_secs(3);
const AGAIN: usize = 1;

/// The result of a question.
#[derive(Debug)]
pub(super) enum Answer<T> {
    /// Records, at least one.
    Found(Vec<T>),
    /// The name exists, and has no such record.
    Nothing,
    /// The name does not exist.
    NoSuchName,
    /// No answer, or one that says nothing, and why.
    Silent(Said),
    /// The time for all questions was over.
    Late,
}

/// Whom to ask, and until when; clones share both, and what is known already.
#[derive(Clone)]
pub(super) struct Questions {
    resolver: TokioResolver,
    until: Instant,
}

impl Questions {
    /// Asks `server`, or those that the system asks.
    pub(super) fn new(server: Option<SocketAddr>, patience: Duration) -> Result<Self, NetError> {
        let mut builder = match server {
            Some(server) => {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut way| {
                    way.port = server.port();
                    way
                });
                let server = NameServerConfig::new(server.ip(), true, connections.into());
                TokioResolver::builder_with_config(
                    ResolverConfig::from_name_servers(vec![server]),
                    TokioRuntimeProvider::default(),
                )
            }
            None => TokioResolver::builder_tokio()?,
        };
        let options = builder.options_mut();
        options.timeout = WAIT;
        options.attempts = AGAIN;
        // What this computer calls a host is nothing to receivers.
        options.use_hosts_file = ResolveHosts::Never;
        // More at a time than are ever asked: beyond it a question fails instead of waiting.
        options.max_active_requests = 1_024;
        Ok(Self {
            resolver: builder.build()?,
            until: Instant::now() + patience,
        })
    }

    /// The texts of TXT records, each one's strings combined.
    pub(super) async fn txt(&self, name: &str) -> Answer<String> {
        self.ask(name, RecordType::TXT, |data| {
            let RData::TXT(txt) = data else { return None };
            Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned())
        })
        .await
    }

    /// The names of mail servers; the root (an empty name) is not a server.
    pub(super) async fn mx(&self, name: &str) -> Answer<String> {
        self.ask(name, RecordType::MX, |data| {
            let RData::MX(mx) = data else { return None };
            Some(mx.exchange.to_ascii().trim_end_matches('.').to_owned())
        })
        .await
    }

    /// Mail servers with their preferences, the best first; the root (an empty name) is not a
    /// server.
    pub(super) async fn servers(&self, name: &str) -> Answer<(u16, String)> {
        let asked = self.ask(name, RecordType::MX, |data| {
            let RData::MX(mx) = data else { return None };
            let host = mx.exchange.to_ascii();
            Some((mx.preference, host.trim_end_matches('.').to_ascii_lowercase()))
        });
        let mut answer = asked.await;
        if let Answer::Found(servers) = &mut answer {
            servers.sort();
        }
        answer
    }

    /// Of which name this one is another.
    pub(super) async fn alias(&self, name: &str) -> Answer<String> {
        self.ask(name, RecordType::CNAME, |data| {
            let RData::CNAME(target) = data else { return None };
            Some(target.to_ascii().trim_end_matches('.').to_ascii_lowercase())
        })
        .await
    }

    /// Addresses of one family.
    pub(super) async fn address(&self, name: &str, kind: RecordType) -> Answer<IpAddr> {
        self.ask(name, kind, RData::ip_addr).await
    }

    async fn ask<T>(&self, name: &str, kind: RecordType, read: impl Fn(&RData) -> Option<T>) -> Answer<T> {
        let name = match Name::from_ascii(name) {
            Ok(mut name) => {
                // Whole as it is: what this computer searches in is nothing to receivers.
                name.set_fqdn(true);
                name
            }
            // Nothing can be registered under it.
            Err(_) => return Answer::NoSuchName,
        };
        if Instant::now() >= self.until {
            return Answer::Late;
        }
        match timeout_at(self.until, self.resolver.lookup(name, kind)).await {
            Err(_) => Answer::Late,
            Ok(Ok(found)) => {
                let records: Vec<T> = found
                    .answers()
                    .iter()
                    .filter_map(|record| read(&record.data))
                    .collect();
                if !records.is_empty() {
                    Answer::Found(records)
                } else if found.message().response_code == ResponseCode::NXDomain {
                    // A name that is another one's, which does not exist.
                    Answer::NoSuchName
                } else {
                    Answer::Nothing
                }
            }
            Ok(Err(NetError::Dns(DnsError::NoRecordsFound(none)))) => none_there(none.response_code),
            Ok(Err(NetError::Dns(DnsError::ResponseCode(code)))) => Answer::Silent(refusal(code)),
            Ok(Err(NetError::Timeout)) => Answer::Silent(say!("check-dns-timeout")),
            Ok(Err(other)) => Answer::Silent(say!("check-dns-failed", own = other.to_string())),
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "all others are failures")]
fn none_there<T>(code: ResponseCode) -> Answer<T> {
    match code {
        ResponseCode::NXDomain => Answer::NoSuchName,
        ResponseCode::NoError => Answer::Nothing,
        code => Answer::Silent(refusal(code)),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the others have words enough")]
fn refusal(code: ResponseCode) -> Said {
    let code = match code {
        ResponseCode::ServFail => "SERVFAIL",
        ResponseCode::Refused => "REFUSED",
        other => other.to_str(),
    };
    say!("check-dns-refusal", code = code)
}
