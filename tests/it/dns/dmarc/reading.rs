//! What a DMARC record says to receivers.

use super::{Case, ELSEWHERE, judge};

#[test]
fn a_record_is_read_as_receivers_do() {
    judge(&[
        // The version is `DMARC1`, to the letter; what is pasted instead is the same record.
        Case {
            name: "small",
            records: &[("_dmarc.D", "v=dmarc1; p=reject")],
            found: &["dmarc-invalid"],
            says: &[
                "written `v=dmarc1`: receivers ignore it",
                "_dmarc.D about DMARC be: v=DMARC1; p=reject",
            ],
            says_not: &["first make sure"],
            ..Case::default()
        },
        // Mending it would have the messages refused: that comes first.
        Case {
            name: "small-unaligned",
            records: &[("_dmarc.D", "v=Dmarc1; p=reject")],
            more: ELSEWHERE,
            found: &["dmarc-invalid"],
            says: &[
                "first make sure that a signature (DKIM) or the return path (SPF)",
                "v=DMARC1; p=reject",
            ],
            ..Case::default()
        },
        Case {
            name: "ten",
            records: &[("_dmarc.D", "v=DMARC10; p=none")],
            found: &["dmarc-invalid"],
            says: &["`v=DMARC10`"],
            ..Case::default()
        },
        Case {
            name: "no-semicolon",
            records: &[("_dmarc.D", "v=DMARC1 p=none")],
            found: &["dmarc-invalid"],
            says: &["only `v=DMARC1;` counts", "be: v=DMARC1; p=none"],
            ..Case::default()
        },
        Case {
            name: "capital-v",
            records: &[("_dmarc.D", "V=DMARC1; p=none")],
            ..Case::default()
        },
        // Faults elsewhere are defaults, and no reason to take nothing of it.
        Case {
            name: "adkim-long",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; adkim=strict; fo=x; t=perhaps")],
            ..Case::default()
        },
        Case {
            name: "adkim-long-unaligned",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; aspf=relaxed; t=perhaps")],
            more: ELSEWHERE,
            found: &["dmarc-unaligned"],
            says: &["asks receivers to reject"],
            ..Case::default()
        },
        // A policy that is none counts as `none` where reports are wanted.
        Case {
            name: "blocked",
            records: &[("_dmarc.D", "v=DMARC1; p=blocked; rua=mailto:d@D")],
            more: ELSEWHERE,
            found: &["dmarc-invalid"],
            says: &[
                "p=blocked is not a policy: receivers read it as none",
                "be: v=DMARC1; p=none; rua=mailto:d@D",
            ],
            says_not: &["cannot read"],
            ..Case::default()
        },
        Case {
            name: "blocked-below",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; sp=deny; rua=https://D/r")],
            more: ELSEWHERE,
            found: &["dmarc-invalid"],
            says: &[
                "sp=deny",
                "is not a policy",
                "v=DMARC1; p=reject; sp=none; rua=https://D/r",
                "first make sure",
            ],
            ..Case::default()
        },
        Case {
            name: "blocked-silent",
            records: &[("_dmarc.D", "v=DMARC1; p=rejct; rua=d@D")],
            more: ELSEWHERE,
            found: &["dmarc-invalid"],
            says: &[
                "does not count: p=rejct is not a policy",
                "v=DMARC1; p=none; rua=d@D",
            ],
            ..Case::default()
        },
        Case {
            name: "policy-twice",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; p=none")],
            found: &["dmarc-invalid"],
            says: &["has p= twice", "be: v=DMARC1; p=none"],
            ..Case::default()
        },
        // Tested (t=y) is one step lower.
        Case {
            name: "tested-quarantine",
            records: &[("_dmarc.D", "v=DMARC1; p=quarantine; t=y")],
            more: ELSEWHERE,
            ..Case::default()
        },
        Case {
            name: "tested-reject",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; t=Y")],
            more: ELSEWHERE,
            found: &["dmarc-unaligned"],
            says: &["into the spam folder"],
            says_not: &["to reject"],
            ..Case::default()
        },
        Case {
            name: "tested-below",
            below: "cs.",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; sp=quarantine; t=y")],
            more: ELSEWHERE,
            ..Case::default()
        },
        // Of several none counts, and the mildest is the one to keep.
        Case {
            name: "several",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=reject"),
                ("_dmarc.D", "v=DMARC1; p=none; rua=mailto:d@D"),
            ],
            more: ELSEWHERE,
            found: &["dmarc-invalid"],
            says: &["there are 2 of them", "be: v=DMARC1; p=none; rua=mailto:d@D"],
            says_not: &["first make sure"],
            ..Case::default()
        },
        // What is pasted is written plainly, and judged as it would be there.
        Case {
            name: "several-tabs",
            records: &[
                ("_dmarc.D", "v=DMARC1;\tp=reject"),
                ("_dmarc.D", "v=DMARC1 ;\tsp=no; p=quarantine"),
            ],
            found: &["dmarc-invalid"],
            says: &["be: v=DMARC1; p=reject"],
            ..Case::default()
        },
        Case {
            name: "small-apart",
            below: "cs.",
            records: &[
                ("_dmarc.cs.D", "v=dmarc1; p=quarantine; psd=n"),
                ("_dmarc.D", "v=DMARC1; p=none"),
                ("D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@D'",
            found: &["dmarc-invalid"],
            says: &["first make sure", "be: v=DMARC1; p=quarantine; psd=n"],
            ..Case::default()
        },
    ]);
}
