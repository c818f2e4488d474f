//! Where receivers give up on a record that they can read.

use std::collections::BTreeSet;

use crate::support::servers::Dns;

use super::{Case, play};

#[test]
fn where_receivers_give_up_is_told() {
    play(&[
        Case {
            name: "void",
            record: "v=spf1 a:no1.{D} a:no2.{D} mx:no3.{D} ip4:192.0.2.0/24 -all",
            found: &["spf-void"],
            says: &[
                "asks for 3 names that do not exist (no1.{D}, no2.{D}, no3.{D}), and receivers give up after 2",
            ],
            ..Case::default()
        },
        Case {
            name: "void-inside",
            record: "v=spf1 mx include:one.{D} include:two.{D} -all",
            zone: &[
                "one.{D}. 300 IN TXT \"v=spf1 exists:no1.{D} a:no2.{D} -all\"",
                "two.{D}. 300 IN TXT \"v=spf1 a ~all\"",
            ],
            found: &["spf-void"],
            says: &["two.{D}"],
            ..Case::default()
        },
        Case {
            name: "void-two",
            record: "v=spf1 a:no1.{D} a:six.{D} mx:no2.{D} mx -all",
            zone: &["six.{D}. 300 IN AAAA 2001:db8::7"],
            ..Case::default()
        },
        Case {
            name: "void-behind",
            record: "v=spf1 mx -all a:no1.{D} a:no2.{D} a:no3.{D}",
            found: &["spf-behind-all"],
            ..Case::default()
        },
        Case {
            name: "servers",
            record: "v=spf1 mx:big.{D} -all",
            zone: &[
                "big.{D}. 300 IN MX 1 a1.{D}.",
                "big.{D}. 300 IN MX 1 a2.{D}.",
                "big.{D}. 300 IN MX 1 a3.{D}.",
                "big.{D}. 300 IN MX 1 a4.{D}.",
                "big.{D}. 300 IN MX 1 a5.{D}.",
                "big.{D}. 300 IN MX 1 a6.{D}.",
                "big.{D}. 300 IN MX 1 a7.{D}.",
                "big.{D}. 300 IN MX 1 a8.{D}.",
                "big.{D}. 300 IN MX 1 a9.{D}.",
                "big.{D}. 300 IN MX 1 a10.{D}.",
                "big.{D}. 300 IN MX 1 a11.{D}.",
            ],
            found: &["spf-names"],
            says: &["the mail servers of big.{D}: there are 11, and receivers give up after 10"],
            ..Case::default()
        },
        Case {
            name: "lookups",
            record: "v=spf1 mx include:one.{D} include:one.{D} -all",
            zone: &["one.{D}. 300 IN TXT \"v=spf1 a:h.{D} a:h.{D} a:h.{D} a:h.{D} ~all\""],
            found: &["spf-lookups"],
            says: &["needs 11 lookups", "mx 1, include:one.{D} 5, include:one.{D} 5"],
            ..Case::default()
        },
        Case {
            name: "itself",
            record: "v=spf1 mx include:SPF-Itself.EXAMPLE. -all",
            found: &["spf-loop"],
            says: &[
                "the record of {D} includes itself",
                "remove include:SPF-Itself.EXAMPLE. from the TXT record of {D}",
            ],
            ..Case::default()
        },
        Case {
            name: "redirects",
            record: "v=spf1 redirect=b.{D}",
            zone: &["b.{D}. 300 IN TXT \"v=spf1 redirect={D}\""],
            found: &["spf-loop"],
            says: &["{D} -> b.{D} -> {D}"],
            says_not: &["it has no all", "lookups"],
            ..Case::default()
        },
        Case {
            name: "circle",
            record: "v=spf1 mx include:b.{D} -all",
            zone: &[
                "b.{D}. 300 IN TXT \"v=spf1 include:c.{D} -all\"",
                "c.{D}. 300 IN TXT \"v=spf1 redirect=b.{D}\"",
            ],
            found: &["spf-loop"],
            says: &["b.{D} -> c.{D} -> b.{D}"],
            ..Case::default()
        },
        Case {
            name: "diamond",
            record: "v=spf1 include:l.{D} include:r.{D} -all",
            zone: &[
                "l.{D}. 300 IN TXT \"v=spf1 include:_spf.relay.example -all\"",
                "r.{D}. 300 IN TXT \"v=spf1 include:_spf.relay.example -all\"",
            ],
            ..Case::default()
        },
        Case {
            name: "unanswered",
            record: "v=spf1 a:h.servfail.test include:spf.servfail.test -all",
            found: &["sender-unanswered"],
            says: &["spf.servfail.test TXT", "h.servfail.test A:"],
            ..Case::default()
        },
    ]);
}

#[test]
fn what_nobody_can_pass_by_speaks_for_no_message() {
    let refused = |name, record, found| Case {
        name,
        record,
        policy: "reject",
        found,
        ..Case::default()
    };
    play(&[
        refused("spoken", "v=spf1 mx -all", &[]),
        refused("none", "v=spf1 -all", &["spf-none-may-send", "dmarc-unaligned"]),
        refused(
            "unread",
            "v=spf1 mx ip4:192.0.2.1/33 -all",
            &["spf-invalid", "dmarc-unaligned"],
        ),
        refused(
            "given-up",
            "v=spf1 a:no1.{D} a:no2.{D} a:no3.{D} mx -all",
            &["spf-void", "dmarc-unaligned"],
        ),
        // Whoever passes before has passed.
        refused(
            "before",
            "v=spf1 mx a:no1.{D} a:no2.{D} a:no3.{D} -all",
            &["spf-void"],
        ),
        refused("before-hole", "v=spf1 mx include:gone.{D} -all", &["spf-invalid"]),
        refused(
            "behind-hole",
            "v=spf1 include:gone.{D} mx -all",
            &["spf-invalid", "dmarc-unaligned"],
        ),
        refused("unknown", "v=spf1 include:%{d}._spf.{D} -all", &[]),
    ]);
}

#[test]
fn few_names_are_asked_for_spf() {
    let case = Case {
        name: "few",
        record: "v=spf1 a:h1.{D} mx:h2.{D} exists:h3.{D} a:h4.{D} a:h5.{D} a:h6.{D} a:h7.{D} a:h8.{D} a:h9.{D} a:h10.{D} a:h11.{D} a:h12.{D} -all",
        preset: "gmail",
        found: &["spf-lookups", "spf-void", "spf-relay"],
        ..Case::default()
    };
    let Some(dns) = Dns::start(&case.zone()) else {
        return;
    };
    case.play(&dns);
    let asked = dns.asked();
    let names: BTreeSet<&str> = asked
        .iter()
        .filter_map(|line| line.split(' ').nth(1))
        .filter(|name| {
            name.ends_with(".spf-few.example.") && name.starts_with('h') || name.contains("google")
        })
        .collect();
    assert!(names.len() <= 14, "{names:?}");
}
