//! What providers tell their customers to include in SPF, by preset, region and user.

use std::fmt::Write as _;

use crate::support::servers::Dns;

use super::{bench, findings};

const ZONE: &str = r#"
taken.example. 300 IN TXT "v=spf1 include:one.zoho.com include:spf.mxhichina.com include:spf1.dm.aliyun.com include:qcloudmail.com include:mailgun.org include:spf.infomaniak.ch redirect=_spf.yandex.ru"
none.example. 300 IN TXT "v=spf1 ip4:192.0.2.1 -all"
one.zoho.com. 300 IN TXT "v=spf1 ip4:192.0.2.2 ~all"
spf.mxhichina.com. 300 IN TXT "v=spf1 ip4:192.0.2.3 ~all"
spf1.dm.aliyun.com. 300 IN TXT "v=spf1 ip4:192.0.2.4 ~all"
qcloudmail.com. 300 IN TXT "v=spf1 ip4:192.0.2.5 ~all"
mailgun.org. 300 IN TXT "v=spf1 ip4:192.0.2.6 ~all"
spf.infomaniak.ch. 300 IN TXT "v=spf1 ip4:192.0.2.7 ~all"
_spf.yandex.ru. 300 IN TXT "v=spf1 ip4:192.0.2.8 ~all"
_dmarc.taken.example. 300 IN TXT "v=DMARC1; p=none"
_dmarc.none.example. 300 IN TXT "v=DMARC1; p=none"
"#;

/// Preset, region, who logs in, and the include that is asked for where there is none.
const RELAYS: [(&str, &str, &str, &str); 15] = [
    ("zoho", "com", "office@{}", "zohomail.com"),
    ("zoho", "eu", "office@{}", "zohomail.eu"),
    ("aliyun-qiye", "", "office@{}", "spf.qiye.aliyun.com"),
    ("directmail", "", "office@{}", "spf1.dm.aliyun.com"),
    ("tencent-ses", "gz", "office@{}", "qcloudmail.com"),
    ("infomaniak", "", "office@{}", "spf.infomaniak.ch"),
    ("yandex", "", "office@{}", "_spf.yandex.net"),
    ("mailgun", "eu", "office@{}", "mailgun.org"),
    // Their return path is elsewhere.
    ("mailgun", "", "office@mg.{}", ""),
    ("mailgun", "us", "office", ""),
    ("resend", "", "resend", ""),
    ("mailjet", "", "key", ""),
    ("ses", "eu-west-1", "key", ""),
    // Nothing is known of these.
    ("163", "", "office@{}", ""),
    ("gmx", "", "office@{}", ""),
];

fn relays(domain: &str) -> String {
    let mut relays = String::new();
    for (number, (preset, region, user, _)) in RELAYS.iter().enumerate() {
        let region = if region.is_empty() {
            String::new()
        } else {
            format!("region = '{region}'\n")
        };
        let user = user.replace("{}", domain);
        write!(
            relays,
            "[relay.r{number}]\npreset = '{preset}'\n{region}user = '{user}'\npassword = {{ env = 'PW' }}\n"
        )
        .ok();
    }
    relays
}

#[test]
fn what_a_provider_wants_in_spf_is_asked_for_where_it_counts() {
    let Some(dns) = Dns::start(ZONE) else { return };
    for domain in ["taken.example", "none.example"] {
        let (found, outcome) = findings(&bench(&format!("office@{domain}"), &relays(domain)), &dns);
        let mut told: Vec<_> = found
            .iter()
            .filter(|finding| finding["code"] == "spf-relay")
            .map(|finding| finding["help"].to_string())
            .collect();
        let wanted = RELAYS.iter().filter(|(.., include)| !include.is_empty());
        let mut count = 0;
        for (preset, region, _, include) in wanted.filter(|_| domain == "none.example") {
            let words = format!("write include:{include} before `all`");
            let at = told.iter().position(|help| help.contains(&words));
            let at = at.unwrap_or_else(|| panic!("{preset} {region}: {words}: {outcome}"));
            told.remove(at);
            count += 1;
        }
        assert!(told.is_empty(), "{domain}: {told:?}");
        assert_eq!(count, if domain == "none.example" { 8 } else { 0 });
    }
}
