//! The relays of the campaign, and what is proposed for them.

use super::{Case, play};

#[test]
fn a_relay_is_missed_only_where_it_is_known_to_be_missing() {
    play(&[
        Case {
            name: "left-out",
            record: "v=spf1 mx -all",
            preset: "gmail",
            found: &["spf-relay"],
            says: &[
                "write include:_spf.google.com before `all` in the TXT record of {D}",
                "at the DNS provider of {D}, that record is then: v=spf1 mx include:_spf.google.com -all",
            ],
            ..Case::default()
        },
        Case {
            name: "refused",
            record: "v=spf1 -include:_spf.google.com mx ~all",
            preset: "gmail",
            found: &["spf-relay"],
            says: &["then: v=spf1 mx include:_spf.google.com ~all"],
            ..Case::default()
        },
        Case {
            name: "behind-all",
            record: "v=spf1 mx ~all include:_spf.google.com",
            preset: "gmail",
            found: &["spf-behind-all", "spf-relay"],
            says: &["then: v=spf1 mx include:_spf.google.com ~all"],
            ..Case::default()
        },
        Case {
            name: "no-room",
            record: "v=spf1 mx mx mx mx mx mx mx mx mx mx -all",
            preset: "gmail",
            found: &["spf-relay"],
            says: &[
                "with include:_spf.google.com it would need 11 lookups, and receivers give up after 10: first remove",
            ],
            says_not: &["is then:"],
            ..Case::default()
        },
        // What _spf.google.com names in the zone that all tests share.
        Case {
            name: "one-by-one",
            record: "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all",
            preset: "gmail",
            ..Case::default()
        },
        Case {
            name: "not-all-of-them",
            record: "v=spf1 ip4:192.0.2.0/25 -all",
            preset: "gmail",
            found: &["spf-relay"],
            ..Case::default()
        },
        Case {
            name: "flattened",
            record: "v=spf1 include:%{l}._u.{D}._spf.flat.example ~all",
            preset: "gmail",
            ..Case::default()
        },
        Case {
            name: "by-exists",
            record: "v=spf1 exists:%{i}._spf.{D} ~all",
            preset: "outlook",
            ..Case::default()
        },
        Case {
            name: "by-redirect",
            record: "v=spf1 redirect=%{d}._spf.{D}",
            preset: "icloud",
            ..Case::default()
        },
        Case {
            name: "own-path",
            record: "v=spf1 mx -all",
            preset: "ses",
            ..Case::default()
        },
        Case {
            name: "own-path-no-record",
            preset: "ses",
            found: &["spf-missing"],
            says: &["a return path of its own", "useful, but not required"],
            says_not: &["nothing says which relays may send"],
            ..Case::default()
        },
    ]);
}
