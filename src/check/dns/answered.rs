//! Where recipients write to or go: the addresses for replies and for unsubscribing, if they are
//! the same for everybody.

use percent_encoding::percent_decode_str;
use url::{Host as UrlHost, Url};

use crate::campaign::{MessagePlan, Place, Problem};
use crate::words::say;

use super::answers::{Named, Told};
use super::constant::constant_domain;
use super::hosts::{Host, Hosts};
use super::questions::Questions;
use super::reach::{self, Purpose};

const REPLIES: Purpose = Purpose {
    code: "mx-reply-to",
    key: "reply_to",
    so: || say!("check-so-no-replies"),
};

const LEAVING: Purpose = Purpose {
    code: "mx-unsubscribe",
    key: "unsubscribe.mailto",
    so: || say!("check-so-no-unsubscribe"),
};

const BY_HAND: &str = "headers.List-Unsubscribe";

/// Looks at each of them, except for the domains in `sender`, which have been reported already.
pub(super) async fn told(
    questions: &Questions,
    hosts: &Hosts,
    message: &MessagePlan,
    sender: &[&Named],
) -> Told {
    let mut told = Told::default();
    for (named, purpose) in addresses(message) {
        if sender.iter().any(|known| known.domain == named.domain) {
            continue;
        }
        if !hosts.claim(&named.domain) {
            continue;
        }
        let reach = reach::reach(questions, hosts, &named.domain).await;
        reach::no_mail(&mut told, &named, reach, purpose);
    }
    for (named, key) in pages(message) {
        page(hosts, &named, key, &mut told).await;
    }
    told
}

/// Domains that are written to, each once for each purpose.
fn addresses(message: &MessagePlan) -> Vec<(Named, Purpose)> {
    let mut all: Vec<(Named, Purpose)> = Vec::new();
    let mut add = |domain: Option<String>, place: &Place, purpose: Purpose| {
        let known = |(named, other): &(Named, Purpose)| {
            Some(&named.domain) == domain.as_ref() && other.key == purpose.key
        };
        if !all.iter().any(known)
            && let Some(domain) = domain
        {
            let place = place.clone();
            all.push((Named { domain, place }, purpose));
        }
    };
    if let Some(text) = &message.reply_to {
        for mailbox in mailboxes(&text.value) {
            add(
                constant_domain(mailbox.trim_matches([' ', ';'])),
                &text.place,
                REPLIES,
            );
        }
    }
    if let Some(text) = message.unsubscribe.as_ref().and_then(|plan| plan.mailto.as_ref()) {
        for domain in written_to(&text.value) {
            add(domain, &text.place, LEAVING);
        }
    }
    for (uri, place) in by_hand(message) {
        if scheme(uri).is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto")) {
            for domain in written_to(uri) {
                let purpose = Purpose {
                    key: BY_HAND,
                    ..LEAVING
                };
                add(domain, place, purpose);
            }
        }
    }
    all
}

/// Hosts of pages, and the keys that name them.
fn pages(message: &MessagePlan) -> Vec<(Named, &'static str)> {
    let own = message.unsubscribe.as_ref().and_then(|plan| plan.url.as_ref());
    let own = own.map(|text| (text.value.as_str(), &text.place, "unsubscribe.url"));
    let by_hand = by_hand(message).map(|(uri, place)| (uri, place, BY_HAND));
    own.into_iter()
        .chain(by_hand)
        .filter_map(|(uri, place, key)| {
            let domain = page_host(uri)?;
            let place = place.clone();
            Some((Named { domain, place }, key))
        })
        .collect()
}

async fn page(hosts: &Hosts, named: &Named, key: &str, told: &mut Told) {
    let domain = &named.domain;
    let why = match hosts.host(domain).await {
        Host::Somebody | Host::Unasked => return,
        Host::Silent(why) => return told.unanswered.push(why),
        Host::Late => return told.late.push(format!("{domain} A")),
        Host::Nobody(why) => why,
    };
    told.say(
        Problem::warning(say!("check-unsubscribe-host", domain = domain, why = why))
            .code("sender-unsubscribe-host")
            .at(named.place.clone())
            .help(say!("check-unsubscribe-host-hint", key = key)),
    );
}

/// The addresses in a List-Unsubscribe field that the campaign writes by hand.
fn by_hand(message: &MessagePlan) -> impl Iterator<Item = (&str, &Place)> {
    let is_it = |name: &str| name.eq_ignore_ascii_case("List-Unsubscribe");
    let fields = message.headers.iter().filter(move |(name, _)| is_it(name));
    fields.flat_map(|(_, text)| {
        let parts = text.value.split('<').skip(1);
        parts.filter_map(|part| Some((part.split_once('>')?.0.trim(), &text.place)))
    })
}

fn scheme(uri: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = uri.trim().split_once(':')?;
    Some((scheme, rest))
}

/// The domains of `mailto:` with or without that word (RFC 6068).
fn written_to(text: &str) -> Vec<Option<String>> {
    let text = match scheme(text) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => rest,
        _ => text.trim(),
    };
    let to = text.split('?').next().unwrap_or_default();
    mailboxes(to)
        .into_iter()
        .map(|mailbox| {
            let decoded = percent_decode_str(mailbox).decode_utf8().ok()?;
            constant_domain(decoded.trim())
        })
        .collect()
}

/// The host of a page, where nothing is filled into it; an address is not asked for.
fn page_host(text: &str) -> Option<String> {
    let (scheme, rest) = text.trim().split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    if !["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web))
        || host.contains(['{', '}'])
    {
        return None;
    }
    match Url::parse(&format!("https://{host}/")).ok()?.host()? {
        UrlHost::Domain(domain) => Some(domain.trim_end_matches('.').to_owned()),
        UrlHost::Ipv4(_) | UrlHost::Ipv6(_) => None,
    }
}

/// The mailboxes of a list: commas in quotes and in what is filled in separate nothing.
fn mailboxes(list: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut depth) = (0, false, 0_usize);
    for (at, c) in list.char_indices() {
        match c {
            '"' if depth == 0 => quoted = !quoted,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                found.extend(list.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(list.get(start..));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_pages_are_those_that_are_the_same_for_everybody() {
        for (url, host) in [
            (
                "https://www.uni.example/leave/{{ token }}",
                Some("www.uni.example"),
            ),
            (
                "HTTPS://user@WWW.Uni.example:8443?{{ token }}",
                Some("www.uni.example"),
            ),
            ("https://bücher.example", Some("xn--bcher-kva.example")),
            ("https://localhost/x", Some("localhost")),
            ("https://{{ host }}/leave", None),
            ("{{ page }}", None),
            ("https://192.0.2.80/leave", None),
            ("https://[2001:db8::1]/leave", None),
            ("ftp://uni.example/leave", None),
        ] {
            assert_eq!(page_host(url).as_deref(), host, "{url}");
        }
    }

    #[test]
    fn addresses_are_read_as_mail_programs_read_them() {
        let domains = |text: &str| written_to(text).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(domains("leave@uni.example?subject={{ token }}"), ["uni.example"]);
        assert_eq!(
            domains("mailto:a%40one.example,b@two.example"),
            ["one.example", "two.example"]
        );
        assert_eq!(domains("leave@{{ host }}"), [] as [String; 0]);
        assert_eq!(mailboxes("\"B, A\" <a@one.example>, {{ x | f(1, 2) }}").len(), 2);
    }
}
