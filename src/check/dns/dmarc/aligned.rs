//! Whether the signatures and the return path authenticate the sender (RFC 9989 §4.4, §4.10.2).

use crate::campaign::{Preset, Relay, Signs};
use crate::check::relay::same_organisation;

use super::super::answers::Told;
use super::super::asking::Asking;
use super::super::questions::Questions;
use super::record::Record;
use super::walk::Walk;

/// What messages bring along that can speak for their sender.
#[derive(Clone, Copy)]
pub(super) struct Voices<'a> {
    pub(super) questions: &'a Questions,
    /// The return path's domain, where its SPF record can speak for messages.
    pub(super) envelope: Option<&'a str>,
    pub(super) asking: &'a Asking<'a>,
}

/// What nothing speaks for.
#[derive(Debug, Default)]
pub(super) struct Unspoken {
    /// Relays that put a return path of their own on, for which only a signature speaks.
    pub(super) by_relay: Vec<&'static Preset>,
    /// Nothing speaks for messages of other relays either.
    pub(super) others: bool,
    pub(super) kin: Option<Kin>,
}

/// A domain that is authenticated, but does not belong to the sender's organisation, except for
/// receivers that use a list of the registries.
#[derive(Debug)]
pub(super) struct Kin {
    /// The domain above it and the sender's.
    pub(super) above: String,
    /// One is below the other: they are not two that a registry unknown here has given away.
    pub(super) in_line: bool,
}

impl Unspoken {
    pub(super) fn is_empty(&self) -> bool {
        self.by_relay.is_empty() && !self.others
    }
}

impl Voices<'_> {
    /// Of which messages neither signature nor return path counts with this record.
    pub(super) async fn missing(&self, walk: &Walk, record: &Record, told: &mut Told) -> Unspoken {
        let mut unspoken = Unspoken::default();
        let campaign = self.asking.campaign;
        for plan in &campaign.message.dkim {
            let strict = record.strict_signature();
            if self
                .aligned(walk, &plan.domain, strict, &mut unspoken, told)
                .await
            {
                return unspoken;
            }
        }
        if campaign.relays.is_empty() {
            unspoken.others = !self.return_path(walk, record, None, &mut unspoken, told).await;
        }
        for relay in &campaign.relays {
            let preset = relay.preset;
            if preset.is_some_and(|preset| preset.signs == Signs::Sender) {
                continue;
            }
            let elsewhere = preset.filter(|preset| preset.own_return_path || preset.return_path_of_user);
            let own = preset.is_some_and(|preset| preset.own_return_path);
            if !own
                && self
                    .return_path(walk, record, Some(relay), &mut unspoken, told)
                    .await
            {
                continue;
            }
            match elsewhere {
                Some(preset) if unspoken.by_relay.iter().any(|other| other.name == preset.name) => {}
                Some(preset) => unspoken.by_relay.push(preset),
                None => unspoken.others = true,
            }
        }
        unspoken
    }

    /// Whether the return path speaks for the sender, by way of this relay.
    async fn return_path(
        &self,
        walk: &Walk,
        record: &Record,
        relay: Option<&Relay>,
        unspoken: &mut Unspoken,
        told: &mut Told,
    ) -> bool {
        let of_user = relay.filter(|relay| relay.preset.is_some_and(|preset| preset.return_path_of_user));
        let users = of_user
            .and_then(|relay| relay.user.as_deref()?.rsplit_once('@'))
            .map(|(_, domain)| domain);
        let Some(candidate) = users.or(self.envelope) else {
            return false;
        };
        self.aligned(walk, candidate, record.strict_return_path(), unspoken, told)
            .await
    }

    /// Whether what speaks for `candidate` speaks for the sender; also where that cannot be found out.
    async fn aligned(
        &self,
        walk: &Walk,
        candidate: &str,
        strict: bool,
        unspoken: &mut Unspoken,
        told: &mut Told,
    ) -> bool {
        let candidate = candidate.to_ascii_lowercase();
        if candidate == walk.domain {
            return true;
        }
        if strict {
            return false;
        }
        let organisation = walk.organisation();
        // An organisation is above what belongs to it: of others nothing needs to be asked.
        if is_in(&candidate, &organisation) {
            match Walk::from(&candidate, self.questions, told).await {
                Some(other) if known(&other, walk).organisation() != organisation => {}
                Some(_) | None => return true,
            }
        }
        if walk.registry().is_none() && same_organisation(&candidate, &walk.domain) {
            unspoken.kin.get_or_insert_with(|| Kin {
                above: shared(&candidate, &walk.domain),
                in_line: is_in(&candidate, &walk.domain) || is_in(&walk.domain, &candidate),
            });
        }
        false
    }
}

/// The way up from another domain, with the records that are on the sender's.
fn known(other: &Walk, walk: &Walk) -> Walk {
    let mut known = other.clone();
    for step in &walk.steps {
        if let Some(record) = step.record()
            && is_in(&other.domain, &step.domain)
        {
            known = known.with(&step.domain, record);
        }
    }
    known
}

fn is_in(domain: &str, above: &str) -> bool {
    let front = domain.strip_suffix(above);
    front.is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// The nearest domain above both.
fn shared(a: &str, b: &str) -> String {
    let same = a.rsplit('.').zip(b.rsplit('.')).take_while(|(a, b)| a == b);
    let mut labels: Vec<_> = same.map(|(label, _)| label).collect();
    labels.reverse();
    labels.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_above_both_is_found() {
        assert_eq!(shared("cs.uni.example", "uni.example"), "uni.example");
        assert_eq!(shared("mail.uni.example", "cs.uni.example"), "uni.example");
        assert!(is_in("cs.uni.example", "uni.example") && is_in("uni.example", "uni.example"));
        assert!(!is_in("reuni.example", "uni.example") && !is_in("uni.example", "cs.uni.example"));
    }
}
