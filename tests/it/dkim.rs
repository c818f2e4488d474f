//! Signatures: what dkimpy, as a receiver, says of them, and what is said about keys.

mod keys;
mod verifiers;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::program::Outcome;
use crate::support::python;
use crate::support::servers::Postfix;

const RSA: &str = "{ domain = 'uni.example', selector = 's1', key = { file = 'dkim.pem' } }";
const ED25519: &str = "{ domain = 'uni.example', selector = 'e1', key = { file = 'keys/ed25519.pem' } }";

/// Names that are written and folded in all ways there are.
const PEOPLE: &str = "email,name
p1@example.org,two  spaces
p2@example.org,\"O'Neil, \"\"Bob\"\"\"
p3@example.org,a name that goes on and on and on and does not fit on the line that it begins on
p4@example.org,averyverylongwordthatdoesnotfitonalineandhasnospacesinitanywhereuntiltheveryendofitall
p5@example.org,王小明（张三）和很多很多别的人一起住在一个很远很远的地方
p6@example.org,=?utf-8?q?x?=
p7@example.org,a: b; c=d
";

/// Two people get text, HTML, an attachment and a header of each kind that is signed.
fn campaign(dkim: &str, relay: &str) -> String {
    format!(
        r#"name = "notice"

[recipients]
file = "people.csv"

[message]
from = "Registrar <registrar@uni.example>"
to = "{{{{ name }}}} <{{{{ email }}}}>"
reply_to = "office@uni.example"
subject = "{{{{ name }}}}：下周的课改到教二楼二百零一教室，请互相转告，谢谢大家的理解与支持"
text = "notice.txt"
html = "notice.html"
attach = ["map.txt"]
headers = {{ "List-Unsubscribe" = "<https://uni.example/leave/{{{{ row_number }}}}>", "List-Unsubscribe-Post" = "List-Unsubscribe=One-Click", "List-Id" = "<notices.uni.example>", "Feedback-ID" = "notice:uni", "Auto-Submitted" = "auto-generated", "X-Course" = "CS 101" }}
dkim = {dkim}

{relay}"#
    )
}

fn bench(dkim: &str, relay: &str) -> Bench {
    let bench = Bench::new()
        .campaign(&campaign(dkim, relay))
        .csv(
            "people.csv",
            "email,name\nada@example.org,Ada\nwang@example.org,王小明\n",
        )
        .file(
            "notice.txt",
            "Dear {{ name }},\n\n.a line with a dot, and one with spaces   \n \n  \n",
        )
        .file("notice.html", "<p>Dear {{ name }},</p>\n")
        .file("map.txt", "left, then right\n".repeat(200));
    fs::create_dir(bench.path("keys")).expect("a folder");
    bench
}

/// The value of the TXT record on stdout, under its name.
fn record(outcome: &Outcome) -> (String, String) {
    let line = |start: &str| {
        let found = outcome.stdout.lines().find_map(|line| line.strip_prefix(start));
        found
            .unwrap_or_else(|| panic!("no {start} in {outcome}"))
            .trim()
            .to_owned()
    };
    (line("name:"), line("value:"))
}

/// Makes a key, and gives its record as `dkim record` prints it.
fn new_key(bench: &Bench, kind: &str, selector: &str, file: &str) -> (String, String) {
    let domain = ["--domain", "uni.example", "--selector", selector];
    let made = bench.run(&[&["dkim", "new", "--type", kind, "--output", file], &domain[..]].concat());
    made.code(0).stderr_has(&format!("selector = \"{selector}\""));
    let printed = bench.run(&[&["dkim", "record", file], &domain[..]].concat());
    printed.code(0);
    assert_eq!(record(&made), record(&printed));
    record(&printed)
}

/// What a receiver says of the messages in these files.
fn verified<P: AsRef<Path>>(bench: &Bench, records: &[(String, String)], files: &[P]) -> Option<Vec<Value>> {
    let records: BTreeMap<_, _> = records.iter().cloned().collect();
    bench.write("records.json", json!(records).to_string());
    python::verify_dkim(&bench.path("records.json"), files)
}

/// One message a recipient, with these signatures, all of them valid, and no way around them.
fn assert_signed(bench: &Bench, records: &[(String, String)], folder: &str, signatures: &[(&str, &str)]) {
    let files = bench.eml(folder);
    assert_eq!(files.len(), 2);
    for message in verified(bench, records, &files).into_iter().flatten() {
        let found: Vec<_> = message["signatures"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| (one["algorithm"].as_str(), one["selector"].as_str(), &one["valid"]))
            .collect();
        let expected: Vec<_> = signatures
            .iter()
            .map(|(algorithm, selector)| (Some(*algorithm), Some(*selector), &Value::Bool(true)))
            .collect();
        assert_eq!(found, expected, "{message:#}");
        assert_eq!(message["forged"], json!([]));
        assert!(message["changes"].as_u64() > Some(60), "{message:#}");
    }
}

#[test]
fn a_receiver_finds_rsa_and_ed25519_signatures_valid_and_every_change_not() {
    let both = format!("[{RSA}, {ED25519}]");
    let bench = bench(RSA, "");
    let records = [
        new_key(&bench, "rsa", "s1", "dkim.pem"),
        new_key(&bench, "ed25519", "e1", "keys/ed25519.pem"),
    ];
    let (rsa, ed25519) = (("rsa-sha256", "s1"), ("ed25519-sha256", "e1"));
    for (dkim, signatures) in [(RSA, &[rsa][..]), (ED25519, &[ed25519]), (&both, &[rsa, ed25519])] {
        bench.write("mailshot.toml", campaign(dkim, ""));
        bench
            .run(&["send", "--dry-run"])
            .code(0)
            .stderr_lacks("not signed");
        assert_signed(&bench, &records, "results/preview", signatures);
        bench
            .run(&["send", "--sandbox"])
            .code(0)
            .stderr_lacks("not signed");
        assert_signed(&bench, &records, "results/sandbox/messages", signatures);
    }
    let preview = bench.run(&["preview", "--row", "2"]);
    preview.code(0).stdout_has("DKIM-Signature: v=1; a=rsa-sha256;");
}

#[test]
fn bodies_that_end_in_blank_lines_and_single_parts_are_signed_too() {
    let bench = bench(RSA, "");
    let records = [new_key(&bench, "rsa", "s1", "dkim.pem")];
    let alone = campaign(RSA, "")
        .replace("html = \"notice.html\"\n", "")
        .replace("attach = [\"map.txt\"]\n", "");
    for body in [
        "",
        "\n",
        " \n\n \n",
        "Dear {{ name }}  \n\n  \n\t\n",
        "王{{ name }}\n\n",
        ".\n..\n",
    ] {
        bench.write("mailshot.toml", &alone);
        bench.write("people.csv", PEOPLE);
        bench.write("notice.txt", format!("{body}{{# #}}"));
        bench.run(&["send", "--dry-run"]).code(0);
        let files = bench.eml("results/preview");
        assert_eq!(files.len(), PEOPLE.lines().count() - 1);
        for message in verified(&bench, &records, &files).into_iter().flatten() {
            assert_eq!(message["signatures"][0]["valid"], true, "{body:?}: {message:#}");
        }
    }
}

#[test]
fn two_dry_runs_are_the_same_and_dated_as_the_message() {
    let bench = bench(&format!("[{RSA}, {ED25519}]"), "").env("SOURCE_DATE_EPOCH", "1700000000");
    let records = [
        new_key(&bench, "rsa", "s1", "dkim.pem"),
        new_key(&bench, "ed25519", "e1", "keys/ed25519.pem"),
    ];
    bench.run(&["send", "--dry-run", "--output", "one"]).code(0);
    bench.run(&["send", "--dry-run", "--output", "two"]).code(0);
    let read = |folder| {
        bench
            .eml(folder)
            .into_iter()
            .map(fs::read)
            .collect::<Result<Vec<_>, _>>()
    };
    let (one, two) = (read("one").expect("files"), read("two").expect("files"));
    assert_eq!(one.len(), 2);
    assert!(one == two);
    for message in verified(&bench, &records, &bench.eml("one"))
        .into_iter()
        .flatten()
    {
        for signature in message["signatures"].as_array().expect("a list") {
            assert_eq!(signature["time"], 1_700_000_000);
            let headers: Vec<_> = signature["headers"].as_array().expect("a list").iter().collect();
            assert_eq!(headers.iter().filter(|name| **name == "From").count(), 2);
            for name in [
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "Message-ID",
                "Content-Type",
            ] {
                assert!(headers.iter().any(|one| *one == name), "{name}: {signature}");
            }
        }
    }
    for eml in &one {
        let text = String::from_utf8_lossy(eml);
        let (head, _) = text.split_once("\r\nFrom:").expect("a From");
        assert!(head.starts_with("DKIM-Signature: v=1; a=rsa-sha256;"));
        assert!(head.lines().all(|line| line.len() <= 76), "{head}");
    }
}

#[test]
fn what_postfix_passes_on_is_still_valid() {
    let Some(postfix) = Postfix::start(&["ada@example.org", "wang@example.org"]) else {
        return;
    };
    let relay = format!(
        "[relay.here]\nserver = '{}'\nuser = '{}'\npassword = {{ env = 'RELAY_PASSWORD' }}\nca_file = '{}'\n",
        postfix.smtps(),
        Postfix::USER,
        postfix.ca_file().display()
    );
    let bench = bench(&format!("[{RSA}, {ED25519}]"), &relay).env("RELAY_PASSWORD", Postfix::PASSWORD);
    let records = [
        new_key(&bench, "rsa", "s1", "dkim.pem"),
        new_key(&bench, "ed25519", "e1", "keys/ed25519.pem"),
    ];
    bench.run(&["send", "--yes"]).code(0);
    let files: Vec<_> = postfix
        .wait_for_delivery(2)
        .into_iter()
        .map(|one| one.file)
        .collect();
    for message in verified(&bench, &records, &files).into_iter().flatten() {
        assert_eq!(message["signatures"][0]["valid"], true, "{message:#}");
        assert_eq!(message["signatures"][1]["valid"], true, "{message:#}");
        assert_eq!(message["forged"], json!([]));
    }
}

#[test]
fn another_signer_is_a_changed_content_and_another_key_of_the_same_name_is_not() {
    let peer = Peer::policy(|_| None);
    let bench = bench(RSA, &format!("[relay.here]\nserver = '{}'\n", peer.url()));
    new_key(&bench, "rsa", "s1", "dkim.pem");
    bench.run(&["send", "--yes"]).code(0);
    let key = bench.read("dkim.pem");
    let line = key.lines().nth(3).expect("a line of the key").as_bytes();
    let ledger = bench.bytes(".mailshot/notice.db");
    assert!(!ledger.windows(line.len()).any(|window| window == line));

    fs::remove_file(bench.path("dkim.pem")).expect("the key is there");
    new_key(&bench, "rsa", "s1", "dkim.pem");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    bench.write(
        "mailshot.toml",
        bench.read("mailshot.toml").replace("'s1'", "'s2'"),
    );
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("dkim")
        .stderr_has("s2._domainkey.uni.example");
    let log = peer.finish();
    assert_eq!(log.accepted.len(), 2);
    for accepted in &log.accepted {
        assert!(accepted.content.starts_with(b"DKIM-Signature: "));
    }
}
