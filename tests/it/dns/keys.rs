//! Records of keys that are nearly right: cut, damaged, or under another name.

use std::fmt::Write as _;

use crate::support::bench::Bench;
use crate::support::servers::Dns;

use super::{assert_found, bench, check, filled, findings, new_key, signatures, signed};

/// A line of a zone file: no string of a TXT record is longer than 255 octets.
fn txt(zone: &mut String, name: &str, text: &str) {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut strings = String::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        // Nothing that is escaped is torn apart.
        let end = rest.len().min(200);
        let (first, others) = rest.split_at(end - usize::from(rest[..end].ends_with('\\')));
        write!(strings, " \"{first}\"").expect("a String takes all");
        rest = others;
    }
    writeln!(zone, "{name}. 300 IN TXT{strings}").expect("a String takes all");
}

/// What stands behind `p=` in the record of a new key.
fn letters(bench: &Bench, kind: &str, file: &str) -> String {
    let zone = new_key(bench, kind, "s", file).replace("\" \"", "");
    let (_, letters) = zone.rsplit_once("p=").expect("a key");
    letters.trim_end_matches('"').to_owned()
}

#[test]
fn records_of_keys_that_are_cut_or_written_wrong_are_told_with_what_is_wrong() {
    let campaign = Bench::new();
    let p = letters(&campaign, "rsa", "key.pem");
    let half = &p[..200];
    let own = |text: &str| {
        text.replace("KEY", &p)
            .replace("HALF", half)
            .replace("REST", &p[200..])
    };
    let cases: [(&str, &[&str], &str, &str); 24] = [
        ("whole", &["v=DKIM1; k=rsa; p=KEY"], "", ""),
        ("besides", &["v=DMARC1; p=none", "v=DKIM1; p=KEY"], "", ""),
        (
            "cut",
            &["v=DKIM1; k=rsa; p=HALF"],
            "dkim-record-cut",
            "ends after 200 of 392 characters",
        ),
        (
            "odd",
            &["v=DKIM1; p=MIIBI"],
            "dkim-record-cut",
            "ends after 5 of 392",
        ),
        (
            "torn",
            &["v=DKIM1; p=HALF", "REST"],
            "dkim-record-cut",
            "must be in one",
        ),
        (
            "halves",
            &["v=DKIM1; p=REST", "v=DKIM1; p=HALF"],
            "dkim-record-cut",
            "must be in one",
        ),
        (
            "first",
            &["v=DKIM1; p=REST"],
            "dkim-record-differs",
            "its first 200 of 392 characters are missing",
        ),
        (
            "doubled",
            &["v=DKIM1; p=KEYKEY"],
            "dkim-record-differs",
            "it is there twice",
        ),
        (
            "behind",
            &["v=DKIM1; p=KEYx"],
            "dkim-record-differs",
            "`x` comes after it",
        ),
        (
            "kind",
            &["v=DKIM1; k=ed25519; p=KEY"],
            "dkim-record-differs",
            "a key of the kind ed25519, and the campaign's is rsa",
        ),
        (
            "last",
            &["p=KEY; v=DKIM1"],
            "dkim-record-invalid",
            "must be first",
        ),
        (
            "inner",
            &["k=rsa; v=DKIM1; p=KEY"],
            "dkim-record-invalid",
            "must be first",
        ),
        ("small", &["v=dkim1; p=KEY"], "dkim-record-invalid", "in capitals"),
        (
            "bare",
            &["v=DKIM1 k=rsa p=KEY"],
            "dkim-record-invalid",
            "a semicolon must follow",
        ),
        (
            "commas",
            &["v=DKIM1, k=rsa, p=KEY"],
            "dkim-record-invalid",
            "a semicolon must follow",
        ),
        (
            "colon",
            &["v:DKIM1; k:rsa; p:KEY"],
            "dkim-record-invalid",
            "has no `=`",
        ),
        (
            "nothing",
            &["v=DKIM1; k=rsa"],
            "dkim-record-invalid",
            "it has no p=",
        ),
        (
            "large",
            &["v=DKIM1; K=rsa; P=KEY"],
            "dkim-record-invalid",
            "p= must be a small letter",
        ),
        (
            "twice",
            &["v=DKIM1; p=KEY; p=KEY"],
            "dkim-record-invalid",
            "is in it twice",
        ),
        (
            "quoted",
            &["\"v=DKIM1; p=KEY\""],
            "dkim-record-invalid",
            "the quotes are part of it",
        ),
        (
            "escaped",
            &["v=DKIM1\\; p=KEY"],
            "dkim-record-invalid",
            "the backslashes are part of it",
        ),
        (
            "lines",
            &["v=DKIM1; p=-----BEGIN PUBLIC KEY-----KEY"],
            "dkim-record-invalid",
            "the lines BEGIN and END",
        ),
        (
            "two",
            &["v=DKIM1; p=KEY", "v=DKIM1; p=AAAA"],
            "dkim-record-several",
            "remove the others",
        ),
        (
            "spf",
            &["v=spf1 -all"],
            "dkim-record-missing",
            "there is no DKIM record",
        ),
    ];
    let mut zone = String::new();
    for (selector, texts, ..) in &cases {
        for text in *texts {
            txt(
                &mut zone,
                &format!("x{selector}._domainkey.uni.example"),
                &own(text),
            );
        }
    }
    let Some(dns) = Dns::start(&zone) else { return };
    let names: Vec<_> = cases
        .iter()
        .map(|(selector, ..)| format!("x{selector}"))
        .collect();
    let keys: Vec<_> = names.iter().map(|name| (name.as_str(), "key.pem")).collect();
    let people = "email,name\nada@uni.example,Ada\n";
    let campaign = filled(campaign, "office@uni.example", &signatures(&keys), people);
    let (found, outcome) = findings(&campaign, &dns);
    for (selector, _, code, words) in cases {
        let name = format!("x{selector}._domainkey.uni.example");
        let mut about = found.iter().filter(|finding| finding.to_string().contains(&name));
        let first = about
            .next()
            .map(|finding| (finding["code"].as_str().unwrap_or_default(), finding.to_string()));
        assert!(about.next().is_none(), "{selector}: {outcome}");
        let Some((told, all)) = first else {
            assert_eq!(code, "", "{selector}: {outcome}");
            continue;
        };
        assert_eq!(told, code, "{selector}: {all}");
        assert!(all.contains(words), "{selector}: {all}");
        assert!(
            all.contains(&format!("publish at {name} the TXT record")),
            "{selector}: {all}"
        );
    }
    // What nobody signs with is not named as somebody's, and what may be is.
    outcome.stderr_lacks("if another service signs");
}

#[test]
fn a_record_of_a_key_that_nobody_can_read_says_its_own_length() {
    let campaign = Bench::new();
    let p = letters(&campaign, "rsa", "other.pem");
    let mut zone = String::new();
    txt(
        &mut zone,
        "s1._domainkey.uni.example",
        &format!("v=DKIM1; p={}", &p[..200]),
    );
    let Some(dns) = Dns::start(&zone) else { return };
    let command = "dkim = { domain = 'uni.example', selector = 's1', key = { command = 'false' } }";
    let words = ["ends after 200 characters", "mailshot dkim record KEY"];
    assert_found(
        &bench("office@uni.example", command),
        &dns,
        "dkim-record-cut",
        8,
        &words,
    );
}

#[test]
fn a_key_that_openssl_printed_is_told_from_another_and_a_private_one_is_burnt() {
    let mut campaign = Bench::new();
    let p = letters(&campaign, "ed25519", "key.pem");
    let private = campaign.read("key.pem");
    let private: String = private.lines().filter(|line| !line.starts_with('-')).collect();
    let mut zone = String::new();
    for (selector, record) in [
        ("named", format!("v=DKIM1; k=ed25519; p=MCowBQYDK2VwAyEA{p}")),
        (
            "short",
            format!("v=DKIM1; k=ed25519; p={}", p.trim_end_matches('=')),
        ),
        ("unsaid", format!("v=DKIM1; p={p}")),
        ("private", format!("v=DKIM1; k=ed25519; p={private}")),
    ] {
        txt(&mut zone, &format!("{selector}._domainkey.uni.example"), &record);
    }
    let Some(dns) = Dns::start(&zone) else { return };
    for (selector, code, words) in [
        (
            "named",
            "dkim-record-differs",
            "`MCowBQYDK2VwAyEA` comes before it",
        ),
        ("short", "dkim-record-cut", "ends after 43 of 44 characters"),
        (
            "unsaid",
            "dkim-record-differs",
            "a key of the kind rsa, and the campaign's is ed25519",
        ),
        ("private", "dkim-record-invalid", "holds a private key"),
    ] {
        campaign = signed(campaign, selector);
        assert_found(&campaign, &dns, code, 8, &[words]);
    }
    // Nobody is told to go on with it.
    let outcome = check(&campaign, &dns, &[]);
    outcome.stderr_lacks("publish at");
}

#[test]
fn a_record_that_stands_elsewhere_is_found() {
    let mut campaign = Bench::new();
    let p = letters(&campaign, "ed25519", "key.pem");
    let record = format!("v=DKIM1; k=ed25519; p={p}");
    let mut zone = String::new();
    for name in [
        "a1._domainkey.uni.example.uni.example",
        "b1.uni.example",
        "e1._domainkey.cs.uni.example.uni.example",
    ] {
        txt(&mut zone, name, &record);
    }
    // Somebody else's is no mistake.
    txt(
        &mut zone,
        "f1._domainkey.uni.example.uni.example",
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    );
    zone.push_str(
        "c1._domainkey.uni.example. 300 IN CNAME c1.relay.gone.example.\n\
         d1._domainkey.uni.example. 300 IN CNAME d1.relay.example.uni.example.\n",
    );
    let Some(dns) = Dns::start(&zone) else { return };
    for (selector, code, words) in [
        (
            "a1",
            "dkim-record-misplaced",
            [
                "is at a1._domainkey.uni.example.uni.example instead of a1._domainkey.uni.example",
                "write a1._domainkey in its field",
            ],
        ),
        (
            "b1",
            "dkim-record-misplaced",
            [
                "is at b1.uni.example instead",
                "_domainkey belongs between b1 and uni.example",
            ],
        ),
        (
            "c1",
            "dkim-record-missing",
            ["leads on to c1.relay.gone.example (CNAME)", "remove the CNAME"],
        ),
        (
            "d1",
            "dkim-record-missing",
            [
                "leads on to d1.relay.example.uni.example",
                "write d1.relay.example. with a dot at its end",
            ],
        ),
        (
            "f1",
            "dkim-record-missing",
            [
                "there is no DKIM record f1._domainkey",
                "publish at f1._domainkey.uni.example",
            ],
        ),
    ] {
        campaign = signed(campaign, selector);
        assert_found(&campaign, &dns, code, 8, &words);
    }
    let faculty = signatures(&[("e1", "key.pem")]).replace("'uni.example'", "'cs.uni.example'");
    let people = "email,name\nada@uni.example,Ada\n";
    let campaign = filled(campaign, "office@cs.uni.example", &faculty, people);
    let words = [
        "is at e1._domainkey.cs.uni.example.uni.example",
        "write e1._domainkey.cs in its field",
    ];
    assert_found(&campaign, &dns, "dkim-record-misplaced", 8, &words);
}
