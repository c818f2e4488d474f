//! Servers where nobody is, and addresses for answers and for leaving that nobody reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::support::servers::Dns;

use super::{assert_found, bench, findings, with_people};

/// Domains with servers that are nearly right, and what is said of each; nothing where mail arrives.
const SERVERS: [(&str, &str, &str); 15] = [
    ("gone", "@ MX 10 lost", "lost.gone.example does not exist"),
    ("address", "@ MX 10 192.0.2.25.", "192.0.2.25 is an address"),
    (
        "relative",
        "@ MX 10 192.0.2.25",
        "that has the address 192.0.2.25",
    ),
    (
        "doubled",
        "@ MX 10 mx.doubled.example",
        "write mx.doubled.example. with a dot",
    ),
    (
        "local",
        "@ MX 10 localhost.",
        "localhost is what each computer calls itself",
    ),
    (
        "home",
        "@ MX 10 mx\nmx A 127.0.0.2",
        "mx.home.example has the address 127.0.0.2",
    ),
    ("six", "@ MX 10 mx\nmx AAAA ::1", "has the address ::1"),
    ("zero", "@ MX 10 mx\nmx A 0.0.0.0", "has the address 0.0.0.0"),
    ("none", "@ MX 10 mx\nmx TXT x", "mx.none.example has no address"),
    (
        "parked",
        "@ A 127.0.0.1",
        "parked.example has the address 127.0.0.1",
    ),
    (
        "both",
        "@ MX 10 lost\n@ MX 20 gone\n@ A 192.0.2.25",
        "lost.both.example does not exist",
    ),
    ("second", "@ MX 10 lost\n@ MX 20 mx\nmx A 192.0.2.25", ""),
    ("inside", "@ MX 10 mx\nmx A 10.1.2.3", ""),
    ("mixed", "@ MX 0 .\n@ MX 10 mx\nmx AAAA 2001:db8::25", ""),
    ("many", "@ MX 1 a\n@ MX 2 b\n@ MX 3 c\n@ MX 4 d", ""),
];

fn zones(of: &[(&str, &str, &str)]) -> String {
    let mut zone = String::new();
    for (name, lines, _) in of {
        writeln!(zone, "$ORIGIN {name}.example.\n{lines}\n@ TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n_dmarc TXT \"v=DMARC1; p=none\"\n$ORIGIN .")
            .expect("a String takes all");
    }
    zone
}

#[test]
fn a_mail_server_where_nobody_is_takes_no_mail() {
    let Some(dns) = Dns::start(&zones(&SERVERS)) else {
        return;
    };
    for (name, _, words) in SERVERS {
        let campaign = bench(&format!("office@{name}.example"), "");
        if words.is_empty() {
            let (found, outcome) = findings(&campaign, &dns);
            assert!(found.is_empty(), "{name}: {outcome}");
        } else {
            assert_found(&campaign, &dns, "mx-sender", 5, &[words, "replies and bounces"]);
        }
    }
}

#[test]
fn servers_of_recipients_are_asked_for_within_bounds() {
    let mut zone = zones(&SERVERS);
    let mut people = "email,name\n".to_owned();
    for (name, ..) in SERVERS {
        writeln!(people, "a@{name}.example,A").expect("a String takes all");
    }
    for n in 0..40 {
        writeln!(people, "a@d{n}.example,A").expect("a String takes all");
        writeln!(zone, "d{n}.example. 300 IN MX 10 mx.d{n}.example.").expect("a String takes all");
    }
    // A large provider's servers are there.
    people.push_str("a@gmail.com,A\nb@gmail.com,A\n");
    zone.push_str("gmail.com. 300 IN MX 10 localhost.\n");
    let Some(dns) = Dns::start(&zone) else { return };
    let (found, outcome) = findings(&with_people("office@uni.example", "", &people), &dns);
    for finding in &found {
        assert_eq!(finding["code"], "recipient-domain-missing", "{outcome}");
    }
    // What the name says itself, or the domain's own address, needs no question.
    for name in ["address", "local", "parked"] {
        outcome.stderr_has(&format!(
            "the recipients' domain {name}.example has no mail server that mail can reach"
        ));
    }
    assert!(!outcome.stderr.contains("gmail.com"), "{outcome}");
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for line in dns.asked() {
        let (name, kind) = line.rsplit_once(' ').expect("a kind");
        if matches!(kind, "A" | "AAAA") && !name.contains("parked") {
            *hosts.entry(name.to_owned()).or_default() += 1;
        }
    }
    assert!(hosts.len() <= 10, "{hosts:#?}");
}

#[test]
fn answers_and_who_leaves_have_somewhere_to_go() {
    let zone =
        zones(&SERVERS) + "www.uni.example. 300 IN AAAA 2001:db8::80\nempty.uni.example. 300 IN TXT \"x\"\n";
    let Some(dns) = Dns::start(&zone) else { return };
    let page = |url: &str| format!("unsubscribe = {{ url = '{url}' }}");
    let mail = |to: &str| format!("unsubscribe = {{ mailto = '{to}' }}");
    let by_hand = |value: &str| format!("headers = {{ List-Unsubscribe = '{value}' }}");
    for (more, code, words) in [
        (
            "reply_to = 'Office <office@nullmx.example>'".to_owned(),
            "mx-reply-to",
            "nullmx.example accepts no mail",
        ),
        (
            "reply_to = 'a@uni.example, \"B, C\" <b@lost.example>'".to_owned(),
            "mx-reply-to",
            "lost.example does not exist",
        ),
        (
            "reply_to = 'a@gone.example'".to_owned(),
            "mx-reply-to",
            "lost.gone.example does not exist",
        ),
        (
            "reply_to = '{{ name }}@local.example'".to_owned(),
            "mx-reply-to",
            "localhost is what each computer",
        ),
        (
            mail("leave@lost.example?subject={{ token }}"),
            "mx-unsubscribe",
            "lost.example does not exist",
        ),
        (
            mail("mailto:leave@nullmx.example"),
            "mx-unsubscribe",
            "accepts no mail",
        ),
        (
            by_hand("<mailto:leave%40address.example>, <https://www.uni.example/>"),
            "mx-unsubscribe",
            "192.0.2.25 is an address",
        ),
        (
            page("https://lost.example/leave/{{ token }}"),
            "sender-unsubscribe-host",
            "lost.example does not exist",
        ),
        (
            page("https://EMPTY.uni.example:8443?{{ token }}"),
            "sender-unsubscribe-host",
            "empty.uni.example has no address",
        ),
        (
            page("https://localhost/{{ token }}"),
            "sender-unsubscribe-host",
            "localhost is what each computer",
        ),
        (
            by_hand("<https://lost.example/leave>"),
            "sender-unsubscribe-host",
            "lost.example does not exist",
        ),
        // All is right, or is another for each.
        (
            "reply_to = 'a@cs.uni.example, b@{{ name }}.lost.example'".to_owned(),
            "",
            "",
        ),
        (mail("leave+{{ token }}@uni.example?cc=a@lost.example"), "", ""),
        (
            page("https://www.uni.example/leave/{{ token }}?at=lost.example"),
            "",
            "",
        ),
        (page("https://{{ name }}.uni.example/leave"), "", ""),
        (page("https://192.0.2.80/leave/{{ token }}"), "", ""),
    ] {
        let campaign = bench("office@uni.example", &more);
        let (found, outcome) = findings(&campaign, &dns);
        // Whether somebody leaves by hand or at an address is not the DNS's business.
        let of_dns = |code: &str| {
            ["mx-", "sender-", "recipient-"]
                .iter()
                .any(|start| code.starts_with(start))
        };
        let told: Vec<_> = found
            .iter()
            .filter(|finding| finding["code"].as_str().is_some_and(of_dns))
            .collect();
        assert_eq!(told.len(), usize::from(!code.is_empty()), "{more}: {outcome}");
        if let [finding] = told.as_slice() {
            assert_eq!(finding["code"], code, "{more}: {outcome}");
            assert_eq!(finding["line"], 8, "{more}: {outcome}");
            outcome.stderr_has(words);
        }
    }
}
