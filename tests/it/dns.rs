//! `mailshot check --dns`, against a DNS server on loopback: nothing is found
//! where all is right, and each thing that is wrong is said once.

mod asked;
mod dmarc;
mod keys;
mod providers;
mod reach;
mod sender;
mod setups;
mod spf;

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::program::Outcome;
use crate::support::servers::Dns;

/// A campaign with this sender and more lines below `[message]`.
fn bench(from: &str, more: &str) -> Bench {
    with_people(from, more, "email,name\nada@uni.example,Ada\n")
}

fn with_people(from: &str, more: &str, people: &str) -> Bench {
    filled(Bench::new(), from, more, people)
}

fn filled(bench: Bench, from: &str, more: &str, people: &str) -> Bench {
    bench
        .campaign(&format!(
            "name = 'notice'\n[recipients]\nfile = 'people.csv'\n[message]\nfrom = '{from}'\n\
             subject = 'Room change'\ntext = 'notice.txt'\n{more}\n"
        ))
        .csv("people.csv", people)
        .file("notice.txt", "Dear {{ name }}, the room is 12.\n")
}

fn check(bench: &Bench, dns: &Dns, more: &[&str]) -> Outcome {
    let address = dns.address();
    bench.run(&[&["check", "--dns", "--dns-server", address.as_str()], more].concat())
}

/// What was found, and the page that says it.
fn findings(bench: &Bench, dns: &Dns) -> (Vec<Value>, Outcome) {
    let outcome = check(bench, dns, &["--json"]);
    let document: Value =
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}\n{outcome}"));
    let list = document["findings"].as_array().expect("a list of findings");
    (list.clone(), outcome)
}

/// The only thing that is found has this code, in this line of the campaign file, these words, and a mend.
fn assert_found(bench: &Bench, dns: &Dns, code: &str, line: u64, words: &[&str]) {
    let (found, outcome) = findings(bench, dns);
    assert_eq!(found.len(), 1, "{code}: {outcome}");
    assert_eq!(found[0]["code"], code, "{outcome}");
    assert_eq!(found[0]["line"], line, "{outcome}");
    let severity = if code == "sender-domain-missing" {
        "error"
    } else {
        "warning"
    };
    assert_eq!(found[0]["severity"], severity);
    assert!(
        !found[0]["help"].as_array().expect("mends").is_empty(),
        "{outcome}"
    );
    for words in words {
        outcome.stderr_has(words);
    }
    outcome.code(if severity == "error" { 2 } else { 0 });
}

/// `dkim = …` for these selectors of uni.example.
fn signatures(keys: &[(&str, &str)]) -> String {
    let tables: Vec<_> = keys
        .iter()
        .map(|(selector, file)| {
            format!("{{ domain = 'uni.example', selector = '{selector}', key = {{ file = '{file}' }} }}")
        })
        .collect();
    format!("dkim = [{}]", tables.join(", "))
}

/// Messages of uni.example that `key.pem`, which is there, signs under this selector.
fn signed(bench: Bench, selector: &str) -> Bench {
    let people = "email,name\nada@uni.example,Ada\n";
    filled(
        bench,
        "office@uni.example",
        &signatures(&[(selector, "key.pem")]),
        people,
    )
}

/// Makes a key; its record as `dkim record` prints it, for a zone file.
fn new_key(bench: &Bench, kind: &str, selector: &str, file: &str) -> String {
    let domain = ["--domain", "uni.example", "--selector", selector];
    bench
        .run(&[&["dkim", "new", "--type", kind, "--output", file], &domain[..]].concat())
        .code(0);
    let printed = bench.run(&[&["dkim", "record", file], &domain[..]].concat());
    printed.code(0);
    let line = |start: &str| {
        let found = printed.stdout.lines().find_map(|line| line.strip_prefix(start));
        found.unwrap_or_else(|| panic!("no {start} in {printed}")).trim()
    };
    let mut zone = format!("{}. 300 IN TXT", line("name:"));
    // No string of a TXT record is longer than 255 octets.
    for part in line("value:").as_bytes().chunks(200) {
        write!(zone, " \"{}\"", String::from_utf8_lossy(part)).expect("a String takes all");
    }
    zone
}

#[test]
fn nothing_is_found_where_all_is_right() {
    let signed = signatures(&[("s1", "rsa.pem"), ("e1", "ed25519.pem")]);
    let campaign = bench("Registrar <registrar@uni.example>", &signed);
    let records = [
        new_key(&campaign, "rsa", "s1", "rsa.pem"),
        new_key(&campaign, "ed25519", "e1", "ed25519.pem"),
    ];
    let Some(dns) = Dns::start(&records.join("\n")) else {
        return;
    };
    let (found, outcome) = findings(&campaign, &dns);
    assert!(found.is_empty(), "{outcome}");
    outcome.code(0);
    let asked = dns.asked();
    for question in [
        "udp uni.example. MX",
        "udp uni.example. TXT",
        "udp _spf.relay.example. TXT",
        "udp s1._domainkey.uni.example. TXT",
        "udp e1._domainkey.uni.example. TXT",
        "udp _dmarc.uni.example. TXT",
    ] {
        assert!(asked.contains(&question.to_owned()), "{question}: {asked:#?}");
    }

    // A domain below it, an international one that has an address alone, one whose bounces go elsewhere
    // in the same organisation, and one whose records fill more than a packet.
    for (from, more) in [
        ("office@cs.uni.example", ""),
        ("Müller <office@bücher.example>", ""),
        (
            "office@uni.example",
            "return_path = 'b+{{ row_number }}@bounces.uni.example'",
        ),
        ("office@large.example", ""),
    ] {
        let (found, outcome) = findings(&bench(from, more), &dns);
        assert!(found.is_empty(), "{from}: {outcome}");
    }
    let asked = dns.asked();
    assert!(
        asked.contains(&"udp xn--bcher-kva.example. AAAA".to_owned()),
        "{asked:#?}"
    );
    assert!(asked.contains(&"tcp large.example. TXT".to_owned()), "{asked:#?}");
}

#[test]
fn nothing_is_asked_without_being_told_to() {
    let Some(dns) = Dns::start("") else { return };
    let campaign = bench("office@gone.example", "");
    let silent = campaign.run(&["check"]);
    silent.code(0);
    assert!(!silent.stderr.contains("DNS"), "{silent}");
    let refused = campaign.run(&["check", "--dns-server", &dns.address()]);
    refused.code(2).stderr_has("--dns");
    assert_eq!(dns.asked(), [] as [String; 0]);
    let wrong = campaign.run(&["check", "--dns", "--dns-server", "dns.example"]);
    wrong
        .code(2)
        .stderr_has("`dns.example` is not the address of a DNS server");
}

#[test]
fn a_sender_whom_no_mail_reaches_is_told_so() {
    let Some(dns) = Dns::start("") else { return };
    let at = |from: &str, more: &str| bench(from, more);
    let gone = at("office@gone.example", "");
    let words = ["gone.example does not exist", "look for a typo", "1 error"];
    assert_found(&gone, &dns, "sender-domain-missing", 5, &words);
    let nowhere = at("office@nowhere.example", "");
    let words = ["nowhere.example has no mail server", "replies and bounces"];
    assert_found(&nowhere, &dns, "mx-sender", 5, &words);
    let nullmx = at("office@nullmx.example", "");
    let words = ["nullmx.example accepts no mail", "RFC 7505"];
    assert_found(&nullmx, &dns, "mx-sender", 5, &words);
    let bounces = at(
        "office@strict.example",
        "return_path = 'bounces@nullmx.example'\ndkim = { domain = 'strict.example', selector = 's', key = { command = 'false' } }",
    );
    let (found, outcome) = findings(&bounces, &dns);
    let codes: Vec<_> = found.iter().map(|finding| &finding["code"]).collect();
    assert_eq!(codes, ["mx-return-path", "dkim-record-missing"], "{outcome}");
    assert_eq!(found[0]["line"], 8);
    outcome.stderr_has("nullmx.example accepts no mail");
    // The key is nobody's to ask for: the command that makes its record is named instead.
    outcome.stderr_has("mailshot dkim record KEY --domain strict.example --selector s");
}

#[test]
fn domains_of_recipients_where_nothing_arrives_are_named_once() {
    let Some(dns) = Dns::start("") else { return };
    let people = "email,name
a@uni.example,A
b@gone.example,B
c@bücher.example,C
d@nullmx.example,D
e@GONE.example,E
f@nowhere.example,F
g@alias.example,G
h@deeper.gone.example,H
i@xn--bcher-kva.example,I
";
    let (found, outcome) = findings(&with_people("office@uni.example", "", people), &dns);
    let told: Vec<_> = found
        .iter()
        .map(|finding| {
            format!(
                "{} {} {} {}",
                finding["code"], finding["line"], finding["rows"], finding["first_rows"]
            )
        })
        .map(|line| line.replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "recipient-domain-missing 3 2 [3,6]",
            "recipient-domain-missing 5 1 [5]",
            "recipient-domain-missing 7 1 [7]",
            "recipient-domain-missing 8 1 [8]",
            "recipient-domain-missing 9 1 [9]",
        ],
        "{outcome}"
    );
    outcome
        .code(0)
        .stderr_has("the recipients' domain gone.example does not exist: mail to it bounces")
        .stderr_has("the recipients' domain nullmx.example accepts no mail")
        .stderr_has("the recipients' domain nowhere.example has no mail server")
        .stderr_has("(in 2 rows: 3, 6)");
    // However many people are at a domain, it is asked for once.
    let asked = dns.asked();
    let times = asked
        .iter()
        .filter(|line| line.ends_with(" gone.example. MX"))
        .count();
    assert_eq!(times, 1, "{asked:#?}");
}

#[test]
fn no_answer_is_never_taken_for_a_missing_domain() {
    let Some(dns) = Dns::start("") else { return };
    let people = "email,name\na@servfail.test,A\nb@silent.test,B\nc@gone.example,C\n";
    let (found, outcome) = findings(&with_people("office@uni.example", "", people), &dns);
    let codes: Vec<_> = found.iter().map(|finding| &finding["code"]).collect();
    assert_eq!(
        codes,
        ["recipient-domain-missing", "recipient-unanswered"],
        "{outcome}"
    );
    assert_eq!(found[1]["rows"], 2);
    outcome
        .stderr_has("no answer about 2 of the recipients' domains")
        .stderr_has("servfail.test: the DNS server could not answer (SERVFAIL)")
        .stderr_has("silent.test: no answer in time");

    let (found, outcome) = findings(&bench("office@servfail.test", &signatures(&[])), &dns);
    let codes: Vec<_> = found.iter().map(|finding| &finding["code"]).collect();
    assert_eq!(codes, ["sender-unanswered"], "{outcome}");
    outcome
        .code(0)
        .stderr_has("the DNS gave no answer to 3 questions about the sender")
        .stderr_has("_dmarc.servfail.test TXT: the DNS server could not answer (SERVFAIL)");
}

#[test]
fn what_was_not_asked_is_said() {
    let Some(dns) = Dns::start("") else {
        return;
    };
    let mut people = "email,name\n".to_owned();
    for n in 0..2_003 {
        writeln!(people, "p@uni.example,P\np@d{n}.gone.example,P").expect("a String takes all");
    }
    let campaign = with_people("{{ name }} <{{ email }}>", "", &people);
    let address = dns.address();
    let outcome = campaign.run(&[
        "check",
        "--dns",
        "--dns-server",
        &address,
        "--json",
        "--skip-duplicates",
    ]);
    outcome
        .code(0)
        .stderr_has("1,979 more of the recipients' domains accept no mail")
        .stderr_has("the DNS was not asked about everything")
        .stdout_has("sender-incomplete")
        .stdout_has("recipient-incomplete")
        .stderr_has("not asked: the sender, because it differs from recipient to recipient")
        .stderr_has(
            "not asked: 4 more of the recipients' domains (only the 2,000 most frequent are asked about)",
        );
}
