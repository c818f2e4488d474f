//! Who may be the sender: what relays do with a sender other than the account, and which addresses
//! look forged if they come from elsewhere.

use crate::campaign::{Problem, Relay};
use crate::words::say;

use super::super::receivers::{Insists, Provider};
use super::sending::Sending;

/// 163, QQ, Exchange: who logs in is who sends. Gmail puts the account there by itself.
pub(super) fn not_the_account(sending: &Sending<'_>, relay: &Relay, from: &str) -> Option<Problem> {
    let preset = relay.preset?;
    let insists = Insists::of(&preset.name)?;
    let user = relay.user.as_deref()?;
    let same = match user.split_once('@') {
        Some(_) => user.eq_ignore_ascii_case(from),
        // 163 and its like take the part before the @ as a user as well.
        None => from
            .split_once('@')
            .is_some_and(|(local, _)| local.eq_ignore_ascii_case(user)),
    };
    if same {
        return None;
    }
    let what = insists.said(&preset.title, from, user);
    Some(
        Problem::warning(what)
            .code("from-not-account")
            .at(sending.from.place.clone())
            .help(say!("check-sender-account-hint")),
    )
}

/// Whether a provider of mailboxes sends this from a domain of its own: nobody else can sign for it, and its
/// DNS is nobody else's to write.
pub(super) fn is_by_its_owner(relay: &Relay, domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    if let Some(owner) = Provider::of(&domain) {
        return is_theirs(owner, relay, &domain);
    }
    let host = relay.server.host.to_ascii_lowercase();
    let own = host
        .strip_suffix(domain.as_str())
        .is_some_and(|front| front.is_empty() || front.ends_with('.'));
    own && relay
        .preset
        .is_some_and(|preset| Insists::of(&preset.name).is_some())
}

fn is_theirs(owner: Provider, relay: &Relay, domain: &str) -> bool {
    let host = relay.server.host.to_ascii_lowercase();
    let preset = owner.preset(domain);
    owner.sends_through(&host) || relay.preset.is_some_and(|own| preset == Some(&own.name))
}

/// Mail of gmail.com that does not come from Gmail is taken for forged.
pub(super) fn of_somebody_else(sending: &Sending<'_>, relay: &Relay, domain: &str) -> Option<Problem> {
    let domain = domain.to_ascii_lowercase();
    let owner = Provider::of(&domain)?;
    let host = relay.server.host.to_ascii_lowercase();
    let preset = owner.preset(&domain)?;
    // A server on this computer may pass it on to any other.
    if is_theirs(owner, relay, &domain) || relay.server.is_loopback() {
        return None;
    }
    Some(
        Problem::warning(say!(
            "check-sender-of-another",
            domain = &domain,
            relay = &relay.name,
            host = &host,
            provider = owner.title()
        ))
        .code("from-of-another-provider")
        .at(sending.from.place.clone())
        .help(say!(
            "check-sender-of-another-hint",
            provider = owner.title(),
            preset = preset
        )),
    )
}
