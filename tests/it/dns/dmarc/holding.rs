//! Which DMARC record holds for a sender, and what is said where there is none.

use super::{Case, ELSEWHERE, judge};

#[test]
fn the_record_that_holds_is_found() {
    judge(&[
        // That of a registry holds for who has none: `sp` before `p`.
        Case {
            name: "registry",
            below: "uni.",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; psd=y")],
            ..Case::default()
        },
        Case {
            name: "registry-unaligned",
            below: "cs.uni.",
            records: &[("_dmarc.D", "v=DMARC1; p=none; sp=reject; psd=y")],
            more: ELSEWHERE,
            found: &["dmarc-unaligned"],
            says: &["_dmarc.D asks receivers to reject"],
            ..Case::default()
        },
        Case {
            name: "registry-mild",
            below: "uni.",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; sp=none; psd=y")],
            more: ELSEWHERE,
            ..Case::default()
        },
        Case {
            name: "registry-neighbour",
            below: "uni.",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=reject; psd=y"),
                ("other.D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@other.D'",
            found: &["dmarc-unaligned"],
            says_not: &["RFC 9989", "publish"],
            ..Case::default()
        },
        // What does not count at the nearer domain is passed over, and told.
        Case {
            name: "passed-over",
            below: "cs.",
            records: &[
                ("_dmarc.cs.D", "v=DMARC1; p=none"),
                ("_dmarc.cs.D", "v=DMARC1; p=none; rua=mailto:d@D"),
                ("_dmarc.D", "v=DMARC1; p=reject"),
            ],
            more: ELSEWHERE,
            found: &["dmarc-invalid", "dmarc-unaligned"],
            says: &[
                "_dmarc.cs.D does not count: there are 2",
                "that of _dmarc.D applies",
                "_dmarc.D asks receivers to reject",
            ],
            ..Case::default()
        },
        Case {
            name: "quoted-below",
            below: "cs.",
            records: &[
                ("_dmarc.cs.D", "\"v=DMARC1; p=none\""),
                ("_dmarc.D", "v=DMARC1; p=none"),
            ],
            found: &["dmarc-invalid"],
            says: &["it begins with `\"`", "that of _dmarc.D applies"],
            ..Case::default()
        },
        Case {
            name: "several-above",
            below: "cs.",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=none"),
                ("_dmarc.D", "v=DMARC1; p=reject"),
            ],
            found: &["dmarc-invalid"],
            says: &["_dmarc.D does not count: there are 2"],
            ..Case::default()
        },
        // Without any, that of the organisation is proposed: it holds for what is below as well.
        Case {
            name: "nothing",
            below: "cs.",
            found: &["dmarc-missing"],
            says: &["publish at _dmarc.D the TXT record v=DMARC1; p=none"],
            ..Case::default()
        },
        // What was meant as one is named, with what to write where.
        Case {
            name: "quoted",
            records: &[("_dmarc.D", "\"v=DMARC1; p=none\"")],
            found: &["dmarc-missing"],
            says: &[
                "but it begins with `\"`",
                "_dmarc.D about DMARC be: v=DMARC1; p=none",
            ],
            ..Case::default()
        },
        Case {
            name: "indented",
            records: &[("_dmarc.D", " v=DMARC1; p=none")],
            found: &["dmarc-missing"],
            says: &["it begins with a blank"],
            ..Case::default()
        },
        Case {
            name: "zone-line",
            records: &[("_dmarc.D", "TXT v=DMARC1; p=none")],
            found: &["dmarc-missing"],
            says: &["does not begin with `v=DMARC1;`", "be: v=DMARC1; p=none"],
            ..Case::default()
        },
        Case {
            name: "apex",
            records: &[("D", "v=DMARC1; p=reject")],
            found: &["dmarc-missing"],
            says: &[
                "one is at D, and belongs at _dmarc.D",
                "_dmarc.D about DMARC be: v=DMARC1; p=reject",
            ],
            says_not: &["first make sure"],
            ..Case::default()
        },
        Case {
            name: "apex-unaligned",
            records: &[("D", "v=DMARC1; p=reject")],
            more: ELSEWHERE,
            found: &["dmarc-missing"],
            says: &["first make sure"],
            ..Case::default()
        },
        Case {
            name: "apex-above",
            below: "cs.",
            records: &[("D", "v=DMARC1; p=none")],
            found: &["dmarc-missing"],
            says: &["one is at D, and belongs at _dmarc.D"],
            ..Case::default()
        },
        Case {
            name: "doubled",
            records: &[("_dmarc.D.D", "v=DMARC1; p=none")],
            found: &["dmarc-missing"],
            says: &["one is at _dmarc.D.D", "_dmarc.D about DMARC be"],
            ..Case::default()
        },
        Case {
            name: "bare",
            records: &[("dmarc.D", "v=DMARC1; p=none")],
            found: &["dmarc-missing"],
            says: &["one is at dmarc.D"],
            ..Case::default()
        },
        Case {
            name: "spf-there",
            records: &[("_dmarc.D", "v=spf1 -all")],
            found: &["dmarc-missing"],
            says: &["publish at _dmarc.D the TXT record v=DMARC1; p=none"],
            ..Case::default()
        },
    ]);
}
