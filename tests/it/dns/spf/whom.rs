//! Whom a record lets by: nobody, or everybody.

use super::{Case, play};

fn case(name: &'static str, record: &'static str, found: &'static [&'static str]) -> Case {
    Case {
        name,
        record,
        found,
        ..Case::default()
    }
}

#[test]
fn a_record_that_lets_nobody_by_is_told() {
    let nobody = |name, record| case(name, record, &["spf-none-may-send"]);
    play(&[
        Case {
            says: &[
                "the SPF record of {D} allows nobody to send in its name: receivers reject",
                "in the TXT record of {D}, at its DNS provider",
            ],
            ..nobody("hard", "v=spf1 -all")
        },
        Case {
            says: &["receivers suspect what is sent"],
            ..nobody("soft", "v=spf1 ~all")
        },
        Case {
            says: &[
                "change the TXT record of {D}, at its DNS provider, to this: v=spf1 include:_spf.google.com -all",
            ],
            preset: "gmail",
            ..nobody("proposed", "v=spf1 -all")
        },
        nobody("empty", "v=spf1"),
        nobody("neutral", "v=spf1 ?mx ?all"),
        nobody("refuses", "v=spf1 -a:h.{D} -mx -all"),
        nobody("includes-none", "v=spf1 include:uni2.{D} -all")
            .with(&["uni2.{D}. 300 IN TXT \"v=spf1 -all\""]),
        nobody("goes-to-none", "v=spf1 redirect=none.{D}")
            .with(&["none.{D}. 300 IN TXT \"v=spf1 ~ip4:192.0.2.1 -all\""]),
        nobody("neutral-include", "v=spf1 ?include:_spf.relay.example -all"),
        Case {
            says: &["gone.{D} does not exist"],
            ..nobody("gone", "v=spf1 a:gone.{D} -all")
        },
        Case {
            says: &["ip4:10.1.2.3 is an address of a private network"],
            ..nobody("inner", "v=spf1 ip4:10.1.2.3 -all")
        },
        case(
            "behind",
            "v=spf1 -all include:_spf.relay.example",
            &["spf-behind-all", "spf-none-may-send"],
        ),
        case("unknown", "v=spf1 exists:%{i}._spf.{D} -all", &[]),
        case("by-mail-server", "v=spf1 mx -all", &[]),
        // Receivers look for the record of another domain.
        Case {
            preset: "ses",
            ..case("ses", "v=spf1 -all", &[])
        },
    ]);
}

#[test]
fn a_record_that_lets_everybody_by_is_told() {
    let open = |name, record| case(name, record, &["spf-open"]);
    play(&[
        Case {
            says: &["allows more addresses than anybody sends from (`ip4:0.0.0.0/0`)"],
            ..open("whole", "v=spf1 ip4:0.0.0.0/0 -all")
        },
        open("halves", "v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"),
        open("large", "v=spf1 mx ip4:203.0.0.0/8 ~all"),
        open("six", "v=spf1 ip6:2000::/3 -all"),
        open("around", "v=spf1 mx a:h.{D}/0 -all"),
        open("exists", "v=spf1 exists:h.{D} -all"),
        Case {
            says: &[
                "allows every relay there is (`+all` in the record of b.{D}, which it includes)",
                "in the TXT record of b.{D}",
            ],
            ..open("includes", "v=spf1 include:a.{D} ~all").with(&[
                "a.{D}. 300 IN TXT \"v=spf1 include:b.{D} -all\"",
                "b.{D}. 300 IN TXT \"v=spf1 +all\"",
            ])
        },
        open("no-end", "v=spf1 include:%{d}._spf.{D} mx"),
        case("campus", "v=spf1 ip4:198.51.0.0/16 ip4:10.0.0.0/8 mx -all", &[]),
        case(
            "often",
            "v=spf1 ip4:198.0.0.0/9 ip4:198.0.0.0/9 ip4:198.0.0.0/10 -all",
            &[],
        ),
        case("refused", "v=spf1 mx -ip4:0.0.0.0/0 -all", &[]),
        case("neutral-inside", "v=spf1 mx include:a.{D} ~all", &[])
            .with(&["a.{D}. 300 IN TXT \"v=spf1 ip4:192.0.2.1 ?all\""]),
        Case {
            says: &["asks for the names of sending addresses (`ptr:{D}`)"],
            ..case("by-name", "v=spf1 mx ptr:{D} -all", &["spf-ptr"])
        },
        case("by-name-macro", "v=spf1 mx exists:%{p}.{D} -all", &["spf-ptr"]),
        Case {
            says: &["ends with `~all`: receivers never look at `redirect=_spf.relay.example`"],
            ..case(
                "redirect-before",
                "v=spf1 redirect=_spf.relay.example mx ~all",
                &["spf-behind-all"],
            )
        },
        case("explained", "v=spf1 mx -all exp=why.{D}", &[]),
    ]);
}

impl Case {
    fn with(self, zone: &'static [&'static str]) -> Self {
        Self { zone, ..self }
    }
}
