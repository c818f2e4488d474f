//! Whether what is sent speaks for its sender.

use super::{BOTH, Case, ELSEWHERE, MAILGUN, SES, SIGNED_ABOVE, judge};

#[test]
fn what_speaks_for_the_sender_depends_on_the_relay() {
    judge(&[
        Case {
            name: "ses",
            records: &[("_dmarc.D", "v=DMARC1; p=reject")],
            more: SES,
            found: &["dmarc-by-relay"],
            says: &[
                "Amazon SES uses a return path of its own: DMARC needs its DKIM signature for D",
                "set up the signature (DKIM) for D at",
            ],
            ..Case::default()
        },
        Case {
            name: "ses-none",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: SES,
            ..Case::default()
        },
        Case {
            name: "ses-tested",
            records: &[("_dmarc.D", "v=DMARC1; p=quarantine; t=y")],
            more: SES,
            ..Case::default()
        },
        // The other relay goes by the sender's return path, which speaks for it.
        Case {
            name: "one-of-two",
            records: &[("_dmarc.D", "v=DMARC1; p=quarantine")],
            more: BOTH,
            found: &["dmarc-by-relay"],
            says: &["SendGrid", "into the spam folder"],
            ..Case::default()
        },
        Case {
            name: "mailgun",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=reject"),
                ("mg.D", "v=spf1 include:mailgun.org ~all"),
            ],
            more: MAILGUN,
            ..Case::default()
        },
        Case {
            name: "mailgun-strict",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=reject; aspf=s"),
                ("mg.D", "v=spf1 include:mailgun.org ~all"),
            ],
            more: MAILGUN,
            found: &["dmarc-by-relay"],
            says: &[
                "Mailgun uses a return path of its own",
                "set up the signature (DKIM) for D at Mailgun",
            ],
            says_not: &["correct the SPF"],
            ..Case::default()
        },
        // Each half may be strict by itself.
        Case {
            name: "aspf",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=reject; aspf=s"),
                ("bounces.D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@bounces.D'",
            found: &["dmarc-unaligned"],
            says: &["aspf=s is strict", "use a return_path at D"],
            says_not: &["adkim", "strict: to exactly"],
            ..Case::default()
        },
        Case {
            name: "adkim",
            records: &[
                ("_dmarc.D", "v=DMARC1; p=reject; adkim=s"),
                ("bounces.D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@bounces.D'",
            ..Case::default()
        },
        // Large providers want it whatever the record asks for.
        Case {
            name: "bulk",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: ELSEWHERE,
            many: "gmail.com",
            found: &["dmarc-unaligned-bulk"],
            says: &["5,200 at Gmail", "sign for D"],
            ..Case::default()
        },
        Case {
            name: "bulk-tested",
            records: &[("_dmarc.D", "v=DMARC1; p=quarantine; t=y")],
            more: ELSEWHERE,
            many: "outlook.com",
            found: &["dmarc-unaligned-bulk"],
            ..Case::default()
        },
        Case {
            name: "bulk-ses",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: SES,
            many: "gmail.com",
            found: &["dmarc-unaligned-bulk"],
            says: &["only a signature can", "set up the signature (DKIM) for D at"],
            says_not: &["return_path"],
            ..Case::default()
        },
        Case {
            name: "bulk-aligned",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            many: "gmail.com",
            ..Case::default()
        },
        // Each provider has its own rule: QQ asks nothing of the kind.
        Case {
            name: "bulk-gmx",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: ELSEWHERE,
            many: "gmx.de",
            found: &["dmarc-unaligned-bulk"],
            says: &["5,200 at GMX"],
            ..Case::default()
        },
        Case {
            name: "bulk-qq",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: ELSEWHERE,
            many: "qq.com",
            ..Case::default()
        },
        Case {
            name: "bulk-elsewhere",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: ELSEWHERE,
            many: "uni.example",
            ..Case::default()
        },
        // So many in all, but not in a day.
        Case {
            name: "bulk-slow",
            records: &[("_dmarc.D", "v=DMARC1; p=none")],
            more: "return_path = 'b@bounces.uni.example'\n[relay.here]\nserver = 'smtps://smtp.relay.example'\nuser = 'u'\npassword = { env = 'PW' }\nrate = '400/day'",
            many: "gmail.com",
            ..Case::default()
        },
        // A signature of the domain above, and a record only below it.
        Case {
            name: "only-below",
            below: "cs.",
            records: &[("_dmarc.cs.D", "v=DMARC1; p=reject")],
            more: "return_path = 'b@bounces.uni.example'\ndkim = { domain = 'D', selector = 's', key = { command = 'false' } }",
            found: &["dmarc-unaligned"],
            says: &[
                "receivers that follow RFC 9989; others still count it",
                "publish at _dmarc.D the TXT record v=DMARC1; p=none",
            ],
            ..Case::default()
        },
        Case {
            name: "only-below-twice",
            below: "cs.",
            records: &[
                ("_dmarc.cs.D", "v=DMARC1; p=reject"),
                ("_dmarc.D", "v=DMARC1; p=none"),
                ("_dmarc.D", "v=DMARC1; p=quarantine"),
                ("D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@D'",
            found: &["dmarc-unaligned", "dmarc-invalid"],
            says: &[
                "_dmarc.D does not count: there are 2 of them",
                "be: v=DMARC1; p=none",
            ],
            says_not: &["publish"],
            ..Case::default()
        },
        Case {
            name: "neighbour-apart",
            below: "cs.",
            records: &[
                ("_dmarc.cs.D", "v=DMARC1; p=reject"),
                ("_dmarc.mail.D", "v=DMARC1; p=none; psd=n"),
                ("mail.D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@mail.D'",
            found: &["dmarc-unaligned"],
            says_not: &["publish"],
            ..Case::default()
        },
        Case {
            name: "apart-below",
            below: "cs.",
            records: &[
                ("_dmarc.cs.D", "v=DMARC1; p=reject; psd=n"),
                ("_dmarc.D", "v=DMARC1; p=none"),
                ("D", "v=spf1 ip4:192.0.2.0/24 -all"),
            ],
            more: "return_path = 'b@D'",
            found: &["dmarc-unaligned"],
            says_not: &["publish"],
            ..Case::default()
        },
        Case {
            name: "strict-below",
            below: "cs.",
            records: &[("_dmarc.D", "v=DMARC1; p=reject; adkim=s; aspf=s")],
            more: SIGNED_ABOVE,
            ..Case::default()
        },
        Case {
            name: "broken-spf",
            records: &[("_dmarc.D", "v=DMARC1; p=reject"), ("D", "v=spf1 mx -all")],
            found: &["dmarc-unaligned"],
            says: &["correct the SPF record of D"],
            says_not: &["use a return_path"],
            ..Case::default()
        },
    ]);
}
