//! Where links lead: somewhere else than they show, to a number, or through a service that hides
//! it. Filters take each of these for fraud or spam, whatever the intention.

use std::ops::Range;

use url::{Host, Url};

use crate::campaign::Problem;
use crate::words::say;

use super::anchors::Anchor;
use super::html::{Address, Html};
use super::in_links::written;
use super::receivers::shortens;
use super::relay::{organisation, same_organisation};
use super::source::{Kind, Source};

/// Ends of names that are hosts also without `https://` in front of them. `notice.pdf`, `README.md`
/// and `main.rs` are not hosts.
const ENDS: [&str; 34] = [
    "com",
    "org",
    "net",
    "edu",
    "gov",
    "info",
    "biz",
    "eu",
    "de",
    "fr",
    "uk",
    "cn",
    "tw",
    "hk",
    "jp",
    "kr",
    "ru",
    "it",
    "es",
    "nl",
    "ch",
    "at",
    "be",
    "se",
    "no",
    "dk",
    "fi",
    "us",
    "ca",
    "au",
    "br",
    "example",
    "test",
    "xn--fiqs8s",
];

/// Names of things that look like hosts.
const NAMES: [&str; 3] = ["asp.net", "ado.net", "vb.net"];

pub(super) fn findings(source: &Source, html: Option<&Html>) -> Vec<Problem> {
    let mut found = Vec::new();
    let anchors = html.iter().flat_map(|html| &html.anchors);
    found.extend(shows_another(source, anchors));
    let hosts = hosts(source, html);
    found.extend(numbers(source, &hosts));
    found.extend(shortened(source, &hosts));
    found
}

/// The addresses of a template that are the same for everybody, with their hosts.
fn hosts(source: &Source, html: Option<&Html>) -> Vec<(Range<usize>, Host)> {
    let links = html
        .iter()
        .flat_map(|html| &html.links)
        .filter(|link| !link.image);
    let mut found: Vec<_> = links
        .filter_map(|link| match &link.address {
            Address::Written(address) => Some((link.span.clone(), host(address)?)),
            Address::Column(_) | Address::Unknown => None,
        })
        .collect();
    if source.kind == Kind::Text {
        let masked = source.masked('x');
        found.extend(written(&masked).into_iter().filter_map(|span| {
            let address = source.text().get(span.clone())?;
            Some((span, host(address)?))
        }));
    }
    found
}

/// The host of a web address that is written out.
fn host(address: &str) -> Option<Host> {
    let url = Url::parse(address.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https");
    url.host().filter(|_| web).map(|host| host.to_owned())
}

fn shows_another<'a>(source: &Source, anchors: impl Iterator<Item = &'a Anchor>) -> Option<Problem> {
    let mut first = None;
    let spans: Vec<_> = anchors
        .filter_map(|anchor| {
            let address = source.text().get(anchor.address.clone())?;
            let (shown, led) = differing(anchor.words.trim(), address.trim())?;
            first.get_or_insert((shown, led));
            Some(anchor.address.clone())
        })
        .collect();
    let (shown, led) = first?;
    let problem = Problem::warning(say!(
        "check-link-shows-another",
        shown = shown,
        leads = led,
        links = spans.len()
    ))
    .code("link-shows-other-host")
    .help(say!("check-link-shows-another-hint"));
    source.placed(problem, spans)
}

/// The host that a link shows and the one it leads to, where those are of two organisations.
fn differing(words: &str, address: &str) -> Option<(String, String)> {
    let one = words.trim_matches(is_around);
    let (shown, led) = match address.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            let to = address.get(7..)?.split('?').next()?.replace("%40", "@");
            (vec![mailbox_host(one)?], mailbox_host(&to)?)
        }
        _ if one.contains(char::is_whitespace) => (shown_among(words), domain(host(address)?)?),
        _ => (vec![shown_host(one)?], domain(host(address)?)?),
    };
    // What values fill in is not known.
    let known = |host: &str| !host.contains("xxxxxx") && !host.contains(['{', '}']);
    let other = |shown: &String| known(shown) && !alike(shown, &led);
    let all = known(&led) && shown.iter().all(other);
    shown.into_iter().next().filter(|_| all).map(|shown| (shown, led))
}

/// Marks around an address that do not belong to it.
fn is_around(c: char) -> bool {
    c.is_whitespace() || "<>()[]{}«»‹›\"'“”„‘’.,;:!?…→↗➜»›。，、；：！？（）《》【】「」".contains(c)
}

/// The hosts of addresses between other words, where they look like nothing else.
fn shown_among(words: &str) -> Vec<String> {
    let words = words.split_whitespace().map(|word| word.trim_matches(is_around));
    let addresses = words.filter(|word| word.contains("://") || word.starts_with("www."));
    addresses.filter_map(shown_host).collect()
}

/// Names of the same site that do not look alike.
const SAME: [[&str; 2]; 6] = [
    ["twitter.com", "x.com"],
    ["youtube.com", "youtu.be"],
    ["facebook.com", "fb.com"],
    ["facebook.com", "fb.me"],
    ["whatsapp.com", "wa.me"],
    ["weixin.com", "wechat.com"],
];

fn alike(shown: &str, led: &str) -> bool {
    let (a, b) = (organisation(shown), organisation(led));
    same_organisation(shown, led) || SAME.iter().any(|same| same.contains(&&*a) && same.contains(&&*b))
}

fn domain(host: Host) -> Option<String> {
    match host {
        Host::Domain(domain) => {
            let domain = domain.trim_end_matches('.');
            Some(domain.strip_prefix("www.").unwrap_or(domain).to_owned())
        }
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(address) => Some(address.to_string()),
    }
}

/// The host of words that are an address of the web: `https://uni.example/plan`, `www.uni.example`.
fn shown_host(words: &str) -> Option<String> {
    if words.contains('@') || NAMES.contains(&words.to_ascii_lowercase().as_str()) {
        return None;
    }
    if words.contains("://") {
        return domain(host(words)?);
    }
    let name = words.split(['/', '?', '#', ':']).next()?;
    let Host::Domain(domain) = host(&format!("https://{name}/"))? else {
        return None;
    };
    let end = domain.rsplit_once('.').map(|(_, end)| end)?;
    let bare = domain.strip_prefix("www.");
    (bare.is_some() || ENDS.contains(&end)).then(|| bare.unwrap_or(&domain).to_owned())
}

fn mailbox_host(mailbox: &str) -> Option<String> {
    let (_, host) = mailbox.trim_matches(['<', '>']).rsplit_once('@')?;
    idna::domain_to_ascii(host).ok().filter(|host| host.contains('.'))
}

fn numbers(source: &Source, hosts: &[(Range<usize>, Host)]) -> Option<Problem> {
    let numbers = hosts.iter().filter_map(|(span, host)| match host {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some((span.clone(), address.to_string())),
        Host::Ipv6(address) => Some((span.clone(), address.to_string())),
    });
    let (spans, addresses): (Vec<_>, Vec<_>) = numbers.unzip();
    let problem = Problem::warning(say!(
        "check-link-to-ip",
        links = spans.len(),
        address = addresses.first()?
    ))
    .code("link-to-ip")
    .help(say!("check-link-to-ip-hint"));
    source.placed(problem, spans)
}

fn shortened(source: &Source, hosts: &[(Range<usize>, Host)]) -> Option<Problem> {
    let short = hosts.iter().filter_map(|(span, host)| match host {
        Host::Domain(domain) if shortens(domain) => Some((span.clone(), domain.clone())),
        Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => None,
    });
    let (spans, services): (Vec<_>, Vec<_>) = short.unzip();
    let problem = Problem::warning(say!(
        "check-link-shortener",
        links = spans.len(),
        service = services.first()?
    ))
    .code("link-shortener")
    .help(say!("check-link-shortener-hint"));
    source.placed(problem, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_shows_is_where_it_leads() {
        for (words, address, told) in [
            ("https://bank.example/", "https://other.example/", true),
            ("www.bank.example", "https://other.example/", true),
            ("bank.example", "https://other.example/login", true),
            ("https://bank.example/a", "http://192.0.2.1/a", true),
            ("office@uni.example", "mailto:office@other.example", true),
            ("bücher.example", "https://other.example/", true),
            ("例子.中国", "https://other.example/", true),
            // The same, another host of the same organisation, or no address at all.
            ("https://uni.example/plan", "https://www.uni.example/plan", false),
            ("uni.example", "https://click.mail.uni.example/?u=1", false),
            ("https://news.uni.example/", "https://uni.example/news", false),
            ("bücher.example", "https://xn--bcher-kva.example/", false),
            ("UNI.example/plan", "https://uni.example/plan", false),
            ("office@uni.example", "mailto:office@uni.example?subject=x", false),
            ("office@uni.example", "mailto:office%40uni.example", false),
            ("office@uni.example", "https://other.example/contact", false),
            ("notice.pdf", "https://uni.example/notice.pdf", false),
            ("README.md", "https://uni.example/", false),
            ("main.rs", "https://uni.example/", false),
            ("ASP.NET", "https://uni.example/", false),
            ("https://bank.example/ (PDF)", "https://other.example/", true),
            ("See https://bank.example/.", "https://other.example/", true),
            ("→ www.bank.example", "https://other.example/", true),
            ("(bank.example)", "https://other.example/", true),
            (
                "https://bank.example@other.example/",
                "https://bank.example/",
                false,
            ),
            ("https://uni.example.", "https://uni.example/", false),
            ("www.uni.example.", "https://uni.example/", false),
            ("»uni.example«", "https://uni.example./", false),
            ("uni.example/plan, page 3", "https://other.example/", false),
            (
                "https://a.example and https://uni.example",
                "https://uni.example/",
                false,
            ),
            ("www.uni.zz", "https://campus.uni.zz/", false),
            ("https://cs.uni.zz", "https://uni.zz/", false),
            ("www.uni.ac.zz", "https://www.cs.uni.ac.zz/", false),
            ("one.ac.uk", "https://two.ac.uk/", true),
            ("youtube.com/@uni", "https://youtu.be/1", false),
            ("twitter.com/uni", "https://x.com/uni", false),
            ("Node.js", "https://uni.example/", false),
            ("v2.5", "https://uni.example/", false),
            ("e.g.", "https://uni.example/", false),
            ("the plan of bank.example", "https://other.example/", false),
            ("here", "https://other.example/", false),
            ("", "https://other.example/", false),
            ("https://bank.example/", "{{ link }}", false),
            ("https://bank.example/", "https://{{ host }}/", false),
            ("xxxxxxxxxx.example", "https://other.example/", false),
            ("https://bank.example/", "#top", false),
            ("bank.example", "tel:+4912345", false),
        ] {
            assert_eq!(differing(words, address).is_some(), told, "{words} {address}");
        }
    }
}
