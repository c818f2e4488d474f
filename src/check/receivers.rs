//! Providers with rules for senders of many messages, and relays with rules for senders: the facts
//! are in `receivers.toml`, each with its source and the month it was looked up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::words::{Said, say};

/// What the file holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    receiver: Vec<Receiver>,
    sender: Vec<Insists>,
    shorteners: Shorteners,
}

/// Services that shorten addresses.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shorteners {
    hosts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who looks it up again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who looks it up again"))]
    looked_up: String,
}

/// Whether a host, in small letters, only hides where a link leads.
pub(super) fn shortens(host: &str) -> bool {
    let bare = host.strip_prefix("www.").unwrap_or(host);
    KNOWN.shorteners.hosts.iter().any(|known| known == bare)
}

static KNOWN: LazyLock<Known> =
    // A test reads the file: it cannot fail at a user's.
    LazyLock::new(|| toml::from_str(include_str!("receivers.toml")).unwrap_or_default());

/// What a provider asks of who writes to many of its mailboxes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Receiver {
    name: String,
    title: String,
    domains: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    hosts: Vec<String>,
    presets: BTreeMap<String, String>,
    /// Recipients from which each of these is missed.
    pub(super) signature: Option<u64>,
    pub(super) one_click: Option<u64>,
    pub(super) unsubscribe: Option<u64>,
    pub(super) pace: Option<u64>,
    /// Recipients a day from which a DMARC record is missed, and something that speaks for the sender.
    pub(super) dmarc: Option<u64>,
    pub(super) aligned: Option<u64>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who looks it up again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who looks it up again"))]
    looked_up: String,
}

/// A provider of mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provider(usize);

impl Provider {
    /// All of them.
    pub(in crate::check) fn all() -> impl Iterator<Item = Self> {
        (0..KNOWN.receiver.len()).map(Self)
    }

    /// Whose mailboxes are at a domain, in small letters.
    pub(in crate::check) fn of(domain: &str) -> Option<Self> {
        let at = KNOWN.receiver.iter().position(|receiver| receiver.has(domain))?;
        Some(Self(at))
    }

    /// The one of this name.
    #[cfg(test)]
    pub(super) fn called(name: &str) -> Option<Self> {
        let at = KNOWN.receiver.iter().position(|receiver| receiver.name == name)?;
        Some(Self(at))
    }

    pub(super) fn rules(self) -> Option<&'static Receiver> {
        KNOWN.receiver.get(self.0)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        self.rules().map_or("", |receiver| &receiver.title)
    }

    /// Whether a relay at this host may send from its mailboxes.
    pub(super) fn sends_through(self, host: &str) -> bool {
        let below = |own: &String| {
            host == own
                || host
                    .strip_suffix(own.as_str())
                    .is_some_and(|front| front.ends_with('.'))
        };
        self.rules()
            .is_some_and(|receiver| receiver.hosts.iter().any(below))
    }

    /// The preset to send through from a domain of it.
    pub(super) fn preset(self, domain: &str) -> Option<&'static str> {
        let presets = &self.rules()?.presets;
        presets
            .get(domain)
            .or_else(|| presets.get("*"))
            .map(String::as_str)
    }
}

impl Receiver {
    /// What it asks of who writes to many.
    pub(super) fn rule(&self) -> Option<Said> {
        Some(match self.name.as_str() {
            "gmail" => say!("check-rule-gmail"),
            "yahoo" => say!("check-rule-yahoo"),
            "microsoft" => say!("check-rule-microsoft"),
            "icloud" => say!("check-rule-icloud"),
            "gmx" => say!("check-rule-gmx"),
            "laposte" => say!("check-rule-laposte"),
            "mailru" => say!("check-rule-mailru"),
            "yandex" => say!("check-rule-yandex"),
            "netease" => say!("check-rule-netease"),
            "qq" => say!("check-rule-qq"),
            "tonline" => say!("check-rule-tonline"),
            _ => return None,
        })
    }

    fn has(&self, domain: &str) -> bool {
        !self.except.iter().any(|other| other == domain)
            && self.domains.iter().any(|own| match own.strip_suffix(".*") {
                Some(label) => {
                    let behind = domain.strip_prefix(label).and_then(|rest| rest.strip_prefix('.'));
                    behind.is_some_and(is_everywhere)
                }
                None => own == domain,
            })
    }
}

/// Whether something is `com`, a country, or `co` or `com` of one: where a provider has its name.
fn is_everywhere(suffix: &str) -> bool {
    let country = |label: &str| label.len() == 2 && label.bytes().all(|b| b.is_ascii_lowercase());
    match suffix.split_once('.') {
        None => suffix == "com" || suffix == "net" || country(suffix),
        Some((second, label)) => matches!(second, "co" | "com") && country(label),
    }
}

/// What a relay does with a sender other than the account that logs in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Insists {
    presets: Vec<String>,
    does: Does,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who looks it up again"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who looks it up again"))]
    looked_up: String,
}

/// What a relay does with another sender than the account, and what makes one right.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Does {
    Account,
    AccountNetease,
    SendAs,
    Rewrites,
    Alias,
    NotAllowed,
    Own,
}

impl Insists {
    /// In words, of a relay, a sender and an account.
    pub(super) fn said(&self, provider: &str, from: &str, user: &str) -> Said {
        match self.does {
            Does::Account => say!(
                "check-sender-account",
                provider = provider,
                from = from,
                user = user
            ),
            Does::AccountNetease => say!(
                "check-sender-account-netease",
                provider = provider,
                from = from,
                user = user
            ),
            Does::SendAs => say!(
                "check-sender-send-as",
                provider = provider,
                from = from,
                user = user
            ),
            Does::Rewrites => say!(
                "check-sender-rewritten",
                provider = provider,
                from = from,
                user = user
            ),
            Does::Alias => say!(
                "check-sender-alias",
                provider = provider,
                from = from,
                user = user
            ),
            Does::NotAllowed => say!(
                "check-sender-not-allowed",
                provider = provider,
                from = from,
                user = user
            ),
            Does::Own => say!("check-sender-own", provider = provider, from = from, user = user),
        }
    }

    /// Of the relay of a preset.
    pub(super) fn of(preset: &str) -> Option<&'static Self> {
        let of = |insists: &&Self| insists.presets.iter().any(|name| name == preset);
        KNOWN.sender.iter().find(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Preset;

    #[test]
    fn the_file_is_read_and_each_fact_has_its_source() {
        let known: Known = toml::from_str(include_str!("receivers.toml")).unwrap();
        let mut domains = Vec::new();
        for receiver in &known.receiver {
            assert!(
                !receiver.source.is_empty() && receiver.rule().is_some(),
                "{}",
                receiver.name
            );
            assert!(receiver.looked_up.as_str() >= "2026-11", "{}", receiver.name);
            domains.extend(&receiver.domains);
            for preset in receiver.presets.values() {
                assert!(Preset::find(preset).is_some(), "{preset}");
            }
        }
        let all = domains.len();
        domains.sort();
        domains.dedup();
        assert_eq!(domains.len(), all, "a domain of two");
        let Shorteners {
            hosts,
            source,
            looked_up,
        } = &known.shorteners;
        assert!(hosts.len() > 20 && !source.is_empty() && looked_up.as_str() >= "2026-11");
        for sender in &known.sender {
            assert!(!sender.source.is_empty() && sender.looked_up.as_str() >= "2026-11");
            for preset in &sender.presets {
                assert!(Preset::find(preset).is_some(), "{preset}");
            }
        }
    }

    #[test]
    fn a_domain_is_its_providers() {
        for (domain, name) in [
            ("gmail.com", Some("gmail")),
            ("googlemail.com", Some("gmail")),
            ("gmail.de", None),
            ("gmail.uni.example", None),
            ("yahoo.com", Some("yahoo")),
            ("yahoo.co.uk", Some("yahoo")),
            ("yahoo.com.br", Some("yahoo")),
            ("yahoo.fr", Some("yahoo")),
            ("yahoo.co.jp", None),
            ("yahoo.example", None),
            ("mail.yahoo.com", None),
            ("att.net", Some("yahoo")),
            ("sbcglobal.net", Some("yahoo")),
            ("hotmail.co.uk", Some("microsoft")),
            ("outlook.de", Some("microsoft")),
            ("outlook.uni.example", None),
            ("live.com", Some("microsoft")),
            ("live.example", None),
            ("gmx.net", Some("gmx")),
            ("gmx.at", Some("gmx")),
            ("web.de", Some("gmx")),
            ("laposte.net", Some("laposte")),
            ("bk.ru", Some("mailru")),
            ("foxmail.com", Some("qq")),
            ("163.com", Some("netease")),
            ("uni.example", None),
            ("com", None),
        ] {
            assert_eq!(Provider::of(domain), name.and_then(Provider::called), "{domain}");
            assert!(
                name.is_none_or(|name| Provider::called(name).is_some()),
                "{domain}"
            );
        }
    }
}
