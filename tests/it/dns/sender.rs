//! What is wrong with the records of the sender: SPF, DKIM, DMARC.

use std::fmt::Write as _;

use crate::support::bench::Bench;
use crate::support::servers::Dns;

use super::{assert_found, bench, findings, new_key, signed, with_people};

#[test]
fn what_is_wrong_with_spf_is_said() {
    let Some(dns) = Dns::start("") else { return };
    for (from, code, words) in [
        (
            "office@nospf.example",
            "spf-missing",
            "publish at nospf.example a TXT record: v=spf1",
        ),
        (
            "office@twospf.example",
            "spf-invalid",
            "twospf.example has 2 SPF records",
        ),
        (
            "office@badspf.example",
            "spf-invalid",
            "receivers cannot read `ip4:192.0.2.300` in the record of badspf.example",
        ),
        (
            "office@holespf.example",
            "spf-invalid",
            "it names nospf.example, which has no SPF record",
        ),
        (
            "office@deepspf.example",
            "spf-lookups",
            "needs 11 lookups, and receivers give up after 10",
        ),
        (
            "office@loopspf.example",
            "spf-loop",
            "the record of loopspf.example includes itself",
        ),
        (
            "office@openspf.example",
            "spf-open",
            "allows every relay there is (+all)",
        ),
        (
            "office@weakspf.example",
            "spf-open",
            "says nothing about other relays (?all)",
        ),
    ] {
        assert_found(&bench(from, ""), &dns, code, 5, &[words]);
    }

    let gmail = "[relay.work]\npreset = 'gmail'\nuser = 'office@uni.example'\npassword = { env = 'PW' }";
    let words = [
        "does not include _spf.google.com",
        "write include:_spf.google.com before `all`",
    ];
    assert_found(&bench("office@uni.example", gmail), &dns, "spf-relay", 5, &words);
    let missing = bench("office@nospf.example", &gmail.replace("@uni", "@nospf"));
    assert_found(
        &missing,
        &dns,
        "spf-missing",
        5,
        &["v=spf1 include:_spf.google.com ~all"],
    );
    // By way of a record of its own.
    let (found, outcome) = findings(
        &bench("office@google.example", &gmail.replace("@uni", "@google")),
        &dns,
    );
    assert!(found.is_empty(), "{outcome}");
}

#[test]
fn what_is_wrong_with_the_record_of_a_key_is_said_with_the_right_one() {
    let mut campaign = Bench::new();
    let published = new_key(&campaign, "ed25519", "test", "key.pem");
    let testing = published.replace("v=DKIM1;", "v=DKIM1; t=y;");
    let Some(dns) = Dns::start(&testing) else { return };
    let (_, right) = published.split_once('"').expect("a string");
    let right = right.trim_end_matches('"');
    for (selector, code, words) in [
        (
            "none",
            "dkim-record-missing",
            "there is no DKIM record none._domainkey.uni.example",
        ),
        ("two", "dkim-record-several", "there are 2 DKIM records"),
        ("revoked", "dkim-record-revoked", "is revoked"),
        (
            "broken",
            "dkim-record-invalid",
            "cannot verify messages: v=DKIM1; k=ed25519; p=***",
        ),
        ("web", "dkim-record-invalid", "s=web"),
        ("other", "dkim-record-differs", "holds another key"),
        (
            "kind",
            "dkim-record-differs",
            "a key of the kind rsa, and the campaign's is ed25519",
        ),
    ] {
        campaign = signed(campaign, selector);
        let publish = format!("publish at {selector}._domainkey.uni.example the TXT record {right}");
        assert_found(&campaign, &dns, code, 8, &[words, &publish]);
    }
    let campaign = signed(campaign, "test");
    assert_found(
        &campaign,
        &dns,
        "dkim-record-testing",
        8,
        &["is in test mode (t=y)"],
    );
}

#[test]
fn what_is_wrong_with_dmarc_is_said() {
    let Some(dns) = Dns::start("") else { return };
    let missing = bench("office@nodmarc.example", "");
    let words = [
        "there is no DMARC record for nodmarc.example",
        "publish at _dmarc.nodmarc.example",
    ];
    assert_found(&missing, &dns, "dmarc-missing", 5, &words);
    let invalid = bench("office@baddmarc.example", "");
    assert_found(
        &invalid,
        &dns,
        "dmarc-invalid",
        5,
        &[
            "p=refuse is not a policy",
            "receivers cannot read the record: v=DMARC1; p=refuse",
            "about DMARC be: v=DMARC1; p=none",
        ],
    );
    // Relaxed: another organisation; strict: a domain below is another one as well.
    for (from, bounces, words) in [
        (
            "office@uni.example",
            "bounces.strict.example",
            [
                "_dmarc.uni.example asks receivers to reject",
                "return_path at uni.example",
            ],
        ),
        (
            "office@strict.example",
            "bounces.strict.example",
            [
                "to put mail into the spam folder",
                "(strict: to exactly this domain)",
            ],
        ),
    ] {
        let more = format!("return_path = 'b@{bounces}'");
        assert_found(&bench(from, &more), &dns, "dmarc-unaligned", 5, &words);
    }
    // A return path that SPF cannot speak for speaks for nobody; below a domain its policy holds.
    let zone = "below.uni.example. 300 IN MX 10 mx.uni.example.";
    let Some(dns) = Dns::start(zone) else { return };
    let (found, outcome) = findings(&bench("office@below.uni.example", ""), &dns);
    let codes: Vec<_> = found.iter().map(|finding| &finding["code"]).collect();
    assert_eq!(codes, ["spf-missing", "dmarc-unaligned"], "{outcome}");
}

#[test]
fn many_recipients_at_a_provider_make_dmarc_a_must() {
    let Some(dns) = Dns::start("gmail.com. 300 IN MX 10 mx.uni.example.") else {
        return;
    };
    let mut people = "email,name\n".to_owned();
    for n in 0..5_000 {
        writeln!(people, "p{n}@gmail.com,P").expect("a String takes all");
    }
    let campaign = with_people("office@nodmarc.example", "", &people);
    let words = ["it is required for this many recipients (5,000 at Gmail)"];
    assert_found(&campaign, &dns, "dmarc-missing", 5, &words);
}
