//! Terms that receivers cannot read, and texts that are no record.

use super::{Case, play};

fn invalid(name: &'static str, record: &'static str, says: &'static [&'static str]) -> Case {
    Case {
        name,
        record,
        found: &["spf-invalid"],
        says,
        ..Case::default()
    }
}

#[test]
fn a_term_that_receivers_cannot_read_is_told_with_what_was_meant() {
    play(&[
        invalid(
            "prefix-33",
            "v=spf1 ip4:192.0.2.1/33 -all",
            &["cannot read `ip4:192.0.2.1/33`", "a number from 0 to 32"],
        ),
        invalid(
            "prefix-200",
            "v=spf1 ip6:2001:db8::/200 ~all",
            &["cannot read `ip6:2001:db8::/200`", "from 0 to 128"],
        ),
        invalid("prefix-dual", "v=spf1 mx//129 a -all", &["cannot read `mx//129`"]),
        invalid(
            "prefix-zero",
            "v=spf1 ip4:192.0.2.0/024 -all",
            &["then: v=spf1 ip4:192.0.2.0/24 -all"],
        ),
        invalid(
            "a-address",
            "v=spf1 a:192.0.2.1 -all",
            &[
                "cannot read `a:192.0.2.1`",
                "write `ip4:192.0.2.1` instead of `a:192.0.2.1` in the TXT record of {D}, at its DNS provider",
                "the whole record is then: v=spf1 ip4:192.0.2.1 -all",
            ],
        ),
        invalid(
            "mailbox",
            "v=spf1 ip4:192.0.2.0/24 mx:mail@{D} -all",
            &[
                "find nothing with `mx:mail@{D}`",
                "it names a mailbox",
                "write `mx:{D}`",
            ],
        ),
        invalid(
            "glued",
            "v=spf1 include:_spf.relay.example~all",
            &["then: v=spf1 include:_spf.relay.example ~all"],
        ),
        invalid(
            "parted",
            "v=spf1 ip4: 192.0.2.1 - all",
            &["instead of `ip4: 192.0.2.1`", "then: v=spf1 ip4:192.0.2.1 -all"],
        ),
        invalid(
            "colon",
            "v=spf1 redirect:_spf.relay.example",
            &["then: v=spf1 redirect=_spf.relay.example"],
        ),
        invalid(
            "equals",
            "v=spf1 mx include=_spf.relay.example -all",
            &["then: v=spf1 mx include:_spf.relay.example -all"],
        ),
        invalid(
            "mask",
            "v=spf1 ipv4:192.0.2.0/255.255.255.0 –all",
            &["then: v=spf1 ip4:192.0.2.0/24 -all"],
        ),
        invalid(
            "commas",
            "v=spf1 mx, ip4:192.0.2.1,192.0.2.2; -all",
            &["then: v=spf1 mx ip4:192.0.2.1 ip4:192.0.2.2 -all"],
        ),
        invalid(
            "link",
            "v=spf1 include:https://_spf.relay.example/ -all",
            &["then: v=spf1 include:_spf.relay.example -all"],
        ),
        invalid("port", "v=spf1 a:h.{D}:25 -all", &["then: v=spf1 a:h.{D} -all"]),
        invalid(
            "no-macro",
            "v=spf1 exists:%{x}.{D} mx -all",
            &["there is no macro `%{x}`"],
        ),
        invalid(
            "for-words",
            "v=spf1 exists:%{t}.{D} mx -all",
            &["only in the text that exp= names"],
        ),
        invalid(
            "percent",
            "v=spf1 exists:100%.{D} mx -all",
            &["a `%` is not a macro"],
        ),
        invalid(
            "local",
            "v=spf1 a:localhost -all",
            &["a name must have a dot in it"],
        ),
        invalid("signs", "v=spf1 +-mx -all", &["cannot read `+-mx`"]),
        invalid(
            "twice",
            "v=spf1 redirect=_spf.relay.example redirect=uni.example",
            &["redirect may be in it only once"],
        ),
        invalid(
            "all-of-them",
            "v=spf1 a:192.0.2.1 ip4:192.0.2.1/33 include=_spf.relay.example -all",
            &[
                "write `ip4:192.0.2.1` instead of `a:192.0.2.1`",
                "correct `ip4:192.0.2.1/33` in the TXT record of {D}, at its DNS provider: what comes after the slash",
                "write `include:_spf.relay.example` instead of",
                "the record is: v=spf1 a:192.0.2.1 ip4:192.0.2.1/33",
            ],
        ),
        Case {
            name: "of-others",
            record: "v=spf1 include:_spf.{D} -all",
            zone: &["_spf.{D}. 300 IN TXT \"v=spf1 ip4:192.0.2.0/40 -all\""],
            found: &["spf-invalid"],
            says: &[
                "cannot read `ip4:192.0.2.0/40` in the record of _spf.{D}",
                "if _spf.{D} belongs to others, tell them",
            ],
            ..Case::default()
        },
        Case {
            name: "all-right",
            record: "V=SPF1  A:h.{D}/24//64 mx//64 exists:%{ir}.%{d1r-}._spf.{D} new=thing -ALL  exp=why.{D}",
            ..Case::default()
        },
    ]);
}

#[test]
fn a_text_that_is_nearly_a_record_is_told_with_the_right_one() {
    let near = |name, record| Case {
        name,
        record,
        found: &["spf-missing"],
        says: &[
            "it does not begin with `v=spf1` and a blank",
            "write this instead in the TXT record of {D}, at its DNS provider: v=spf1 mx -all",
        ],
        says_not: &["publish"],
        ..Case::default()
    };
    play(&[
        near("quotes", "\"v=spf1 mx -all\""),
        near("curly", "“v=spf1 mx -all”"),
        near("blank", " v=spf1 mx -all"),
        near("semicolons", "v=spf1; mx; -all"),
        near("tab", "v=spf1\tmx -all"),
        near("spaced", "v = spf1 mx -all"),
        near("ten", "v=spf10 mx -all"),
        near("typed", "TXT v=spf1 mx -all"),
        Case {
            name: "sender-id",
            record: "spf2.0/pra mx -all",
            found: &["spf-missing"],
            says: &["nothing says which relays may send for it"],
            ..Case::default()
        },
        Case {
            name: "doubled",
            zone: &["{D}.{D}. 300 IN TXT \"v=spf1 mx -all\""],
            found: &["spf-missing"],
            says: &[
                "there is one at {D}.{D}, where no receiver looks",
                "publish at {D} a TXT record: v=spf1 mx -all",
            ],
            ..Case::default()
        },
        Case {
            name: "prefixed",
            zone: &["_spf.{D}. 300 IN TXT \"v=spf1 mx -all\""],
            found: &["spf-missing"],
            says: &["there is one at _spf.{D}"],
            ..Case::default()
        },
        Case {
            name: "beside",
            record: "v=spf1 mx -all",
            zone: &[
                "{D}. 300 IN TXT \"v=spf10 mx -all\"",
                "{D}. 300 IN TXT \"some=v=spf2\"",
            ],
            ..Case::default()
        },
        Case {
            name: "several",
            record: "v=spf1 mx -all",
            zone: &["{D}. 300 IN TXT \"v=spf1 include:_spf.relay.example MX ~all\""],
            found: &["spf-invalid"],
            says: &["write this one instead of all of them, at the DNS provider of {D}: v=spf1"],
            says_not: &["what comes before `all`"],
            ..Case::default()
        },
    ]);
}
