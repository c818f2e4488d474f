//! What was refused because of the sender or the relay: summed up, because it says nothing of the
//! recipients and needs one cure.

use std::collections::BTreeMap;

use crate::ledger::{BounceKind, Effect, What};

/// Names that block lists have in their domains.
const LISTS: [&str; 16] = [
    "spamhaus",
    "spamcop",
    "barracuda",
    "sorbs",
    "uceprotect",
    "abuseat",
    "surbl",
    "uribl",
    "mailspike",
    "invaluement",
    "psbl",
    "0spam",
    "dnsbl",
    "rbl",
    "blocklist",
    "proofpoint",
];

/// Bounces with the same cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The relay that sent the messages.
    pub relay: String,
    /// The reason.
    pub reason: String,
    /// The list that the far end names.
    pub list: Option<String>,
    /// How many bounced because of it.
    pub bounces: u64,
    /// Of the N that were sent through the relay and came back.
    pub of: u64,
    /// The words of one of them.
    pub words: String,
}

/// Counts them.
#[derive(Debug, Default)]
pub(super) struct Causes {
    by_cause: BTreeMap<(String, String, Option<String>), (u64, String)>,
    by_relay: BTreeMap<String, u64>,
}

impl Causes {
    pub(super) fn note(&mut self, relay: &str, effect: &Effect) {
        if effect.what != What::Bounce {
            return;
        }
        *self.by_relay.entry(relay.to_owned()).or_default() += 1;
        if effect.kind != Some(BounceKind::Sender) {
            return;
        }
        let words = effect.words.clone().unwrap_or_default();
        let reason = effect.reason.clone().unwrap_or_else(|| "other".to_owned());
        let cause = self
            .by_cause
            .entry((relay.to_owned(), reason, list(&words)))
            .or_insert_with(|| (0, words));
        cause.0 += 1;
    }

    /// The most frequent first.
    pub(super) fn all(self) -> Vec<Cause> {
        let by_relay = self.by_relay;
        let causes = self
            .by_cause
            .into_iter()
            .map(|((relay, reason, list), (bounces, words))| Cause {
                of: by_relay.get(&relay).copied().unwrap_or_default(),
                relay,
                reason,
                list,
                bounces,
                words,
            });
        let mut causes: Vec<_> = causes.collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.bounces));
        causes
    }
}

/// The block list that words name, by its domain.
fn list(words: &str) -> Option<String> {
    let names = words.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')));
    let names = names.map(|name| name.trim_matches(['.', '-']).to_ascii_lowercase());
    names
        .filter(|name| name.contains('.') && name.bytes().any(|octet| octet.is_ascii_alphabetic()))
        .find(|name| {
            name.split('.').any(|label| {
                LISTS
                    .iter()
                    .any(|list| label == *list || (list.len() > 4 && label.contains(list)))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_found_in_the_words() {
        let of = |words| list(words);
        assert_eq!(
            of(
                "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://x.example"
            ),
            Some("zen.spamhaus.org".to_owned())
        );
        assert_eq!(
            of("blocked, see https://www.spamcop.net/bl.shtml?192.0.2.1"),
            Some("www.spamcop.net".to_owned())
        );
        assert_eq!(of("550 mx.example.org: no such user"), None);
        assert_eq!(of("550 5.7.1 message refused"), None);
    }
}
