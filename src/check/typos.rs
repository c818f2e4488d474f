//! Typing errors in well-known domains.

use strsim::osa_distance;

/// Domains that many people have an address at, and whose names are long
/// enough to know a typing error in them.
const TARGETS: [&str; 20] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "aliyun.com",
    "foxmail.com",
    "protonmail.com",
    "fastmail.com",
    "comcast.net",
    "verizon.net",
    "rediffmail.com",
    "t-online.de",
    "freenet.de",
    "laposte.net",
    "wanadoo.fr",
    "yandex.ru",
    "yandex.com",
    "rocketmail.com",
];

/// Domains with short names: another letter makes another real domain, so
/// only a wrong end is an error.
const SHORT: [&str; 22] = [
    "qq.com", "163.com", "126.com", "139.com", "189.cn", "sina.com", "sohu.com", "yeah.net", "web.de",
    "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "live.com", "msn.com", "aol.com", "me.com", "mac.com",
    "mail.ru", "zoho.com", "gmx.com", "mail.com",
];

/// Real domains that look like typing errors.
const REAL: [&str; 20] = [
    "email.com",
    "ymail.com",
    "gmail.de",
    "gmail.co.uk",
    "hushmail.com",
    "faxmail.com",
    "fastmail.fm",
    "hotmail.co",
    "outlook.cn",
    "outlook.com.cn",
    "yahoo.cn",
    "yahoo.co",
    "icloud.com.cn",
    "aliyun.cn",
    "yandex.net",
    "comcast.com",
    "verizon.com",
    "freenet.com",
    "wanadoo.com",
    "laposte.fr",
];

/// Ends that no domain has, and what was meant.
const ENDS: [(&str, &str); 28] = [
    ("con", "com"),
    ("cmo", "com"),
    ("ocm", "com"),
    ("comm", "com"),
    ("vom", "com"),
    ("xom", "com"),
    ("cpm", "com"),
    ("coom", "com"),
    ("cim", "com"),
    ("conm", "com"),
    ("comn", "com"),
    ("c0m", "com"),
    ("nte", "net"),
    ("nett", "net"),
    ("ogr", "org"),
    ("rog", "org"),
    ("orgg", "org"),
    ("oorg", "org"),
    ("orgs", "org"),
    ("or", "org"),
    ("og", "org"),
    ("comma", "com"),
    ("coml", "com"),
    ("cpn", "com"),
    ("ccom", "com"),
    ("nt", "net"),
    ("nrt", "net"),
    ("ent", "net"),
];

/// Ends that exist, and that the well-known domains do not have.
const FOREIGN_ENDS: [&str; 4] = ["cm", "co", "om", "cn"];

/// The well-known domain that has no other end than the one left out.
pub(super) fn of_label(label: &str) -> Option<&'static str> {
    // Shorter names are those of machines, too.
    const SURE: [&str; 5] = ["qq.com", "163.com", "126.com", "gmx.de", "aol.com"];
    let is = |domain: &&&str| domain.split_once('.').is_some_and(|(name, _)| name == label);
    TARGETS.iter().chain(&SURE).find(is).copied()
}

/// Whether everybody knows a domain.
pub(super) fn is_known(domain: &str) -> bool {
    TARGETS.iter().chain(&SHORT).any(|known| *known == domain)
}

/// The well-known domain that a mistyped one was to be.
pub(super) fn meant(domain: &str) -> Option<String> {
    let known = TARGETS.iter().chain(&SHORT).chain(&REAL);
    if known.into_iter().any(|known| *known == domain) {
        return None;
    }
    let (label, end) = domain.rsplit_once('.')?;
    if let Some((_, right)) = ENDS.iter().find(|(wrong, _)| *wrong == end) {
        let mended = format!("{label}.{right}");
        // gmial.con has both.
        return Some(meant(&mended).unwrap_or(mended));
    }
    let same_label = |target: &&&str| target.rsplit_once('.').is_some_and(|(name, _)| name == label);
    if FOREIGN_ENDS.contains(&end)
        && end != "cn"
        && let Some(target) = TARGETS
            .iter()
            .chain(&SHORT)
            .find(|target| target.ends_with(".com") && same_label(target))
    {
        return Some((*target).to_owned());
    }
    TARGETS
        .iter()
        .find(|target| {
            target
                .rsplit_once('.')
                .is_some_and(|(name, target_end)| target_end == end && mistyped(label, name))
        })
        .map(|target| (*target).to_owned())
}

/// Whether a label is a typing error of a well-known one: a letter left out,
/// doubled, wrong or swapped; two of them in a long name. Another first letter
/// makes another name (`email`, `netmail`).
fn mistyped(label: &str, name: &str) -> bool {
    let most = if name.len() >= 7 { 2 } else { 1 };
    let first_two = |text: &str| text.bytes().take(2).collect::<Vec<_>>();
    let mut swapped = first_two(name);
    swapped.reverse();
    let same_start = label.bytes().next() == name.bytes().next() || first_two(label) == swapped;
    same_start
        && label.is_ascii()
        && label.len().abs_diff(name.len()) <= most
        && label != name
        && osa_distance(label, name) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_known_and_real_domains_left_alone() {
        for (domain, right) in [
            ("gmial.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("gmai.com", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("gnail.com", "gmail.com"),
            ("mgail.com", "gmail.com"),
            ("gmail.cm", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmial.cmo", "gmail.com"),
            ("yaho.com", "yahoo.com"),
            ("yahooo.com", "yahoo.com"),
            ("hotmial.com", "hotmail.com"),
            ("hotmal.com", "hotmail.com"),
            ("htomail.com", "hotmail.com"),
            ("outlok.com", "outlook.com"),
            ("oulook.com", "outlook.com"),
            ("iclould.com", "icloud.com"),
            ("foxmial.com", "foxmail.com"),
            ("qq.con", "qq.com"),
            ("163.cmo", "163.com"),
            ("sina.con", "sina.com"),
            ("t-onlin.de", "t-online.de"),
            ("uni.con", "uni.com"),
        ] {
            assert_eq!(meant(domain).as_deref(), Some(right), "{domain}");
        }
        for real in [
            "gmail.com",
            "mail.com",
            "email.com",
            "ymail.com",
            "gmx.de",
            "gmx.us",
            "web.de",
            "qq.com",
            "vip.qq.com",
            "163.com",
            "183.com",
            "162.com",
            "vip.163.com",
            "sina.cn",
            "vip.sina.com",
            "me.com",
            "live.de",
            "outlook.de",
            "hotmail.co.uk",
            "yahoo.co.jp",
            "yahoo.de",
            "yahoo.com.br",
            "uni.example",
            "example.org",
            "example.com",
            "mail.uni.example",
            "cloud.com",
            "netmail.com",
            "bmail.com",
            "hushmail.com",
            "students.uni-bonn.de",
            "tsinghua.edu.cn",
            "aliyun-inc.com",
            "yahoo-inc.com",
            "outlook.com.br",
            "gmailtest.example",
            "comcast.com",
            "t-mobile.de",
            "freemail.de",
            "fastmail.fm",
            "proton.me",
            "mail.ru",
            "google.com",
            "apple.com",
            "microsoft.com",
            "oracle.com",
            "qq.co",
            "amazon.co",
        ] {
            let found = meant(real);
            if real == "qq.co" {
                assert_eq!(found.as_deref(), Some("qq.com"));
                continue;
            }
            assert_eq!(found, None, "{real}");
        }
    }
}
