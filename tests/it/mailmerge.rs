//! `mailshot new --from-mailmerge`: what mailmerge's documented examples make
//! of their rows is what the converted campaign makes of them.
//!
//! Each folder of tests/fixtures/mailmerge holds what mailmerge itself made, in
//! expected.json; make_expected.py there wrote it.

mod warnings;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use html5gum::{Token, Tokenizer};
use serde_json::{Value, json};

use crate::support::bench::Bench;
use crate::support::python;

const FIXTURES: &str = "tests/fixtures/mailmerge";

/// The folders that mailmerge is run in, by their path from the fixtures'.
fn examples() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(FIXTURES);
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("mailmerge_template.txt") {
                let relative = folder.strip_prefix(&root).expect("below the fixtures");
                found.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// HTML as a browser takes it: tags with their attributes in order, words with single blanks.
fn tokens(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                if matches!(name.as_str(), "html" | "head" | "body" | "meta") {
                    continue;
                }
                let attributes: BTreeMap<_, _> =
                    tag.attributes.iter().map(|(k, v)| (text(k), text(v))).collect();
                found.push(format!("<{name} {attributes:?}>"));
            }
            Token::EndTag(tag) => {
                let name = text(&tag.name);
                if !matches!(name.as_str(), "html" | "head" | "body") {
                    found.push(format!("</{name}>"));
                }
            }
            Token::String(words) => found.extend(text(&words).split_whitespace().map(str::to_owned)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    found
}

/// Lines without what stands at their ends, and no empty ones at the end of all.
fn lines(text: &Value) -> Vec<String> {
    let text = text.as_str().unwrap_or_default().trim();
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

fn mailboxes(found: &Value) -> Value {
    let addresses = found
        .as_array()
        .expect("mailboxes")
        .iter()
        .map(|one| one[1].clone());
    addresses.collect()
}

/// The messages of a campaign, in the order of its rows, in expected.json's form.
fn sent(bench: &Bench, campaign: &str) -> Option<Vec<Value>> {
    let sandbox = format!("{campaign}/results/sandbox");
    let envelopes: Vec<Value> = bench
        .read(&format!("{sandbox}/envelopes.jsonl"))
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    let files: Vec<PathBuf> = envelopes
        .iter()
        .map(|one| bench.path(&sandbox).join(one["file"].as_str().expect("a file")))
        .collect();
    let read = python::read_eml(&files)?;
    let mut messages: Vec<_> = envelopes.iter().zip(read).collect();
    messages.sort_by_key(|(envelope, _)| envelope["file"].to_string());
    let messages = messages.into_iter().map(|(envelope, message)| {
        assert_eq!(message["defects"], json!([]), "{campaign}: {message}");
        let mut recipients: Vec<_> = envelope["to"].as_array().expect("a list").clone();
        recipients.sort_by_key(ToString::to_string);
        let parts = message["parts"].as_array().expect("parts");
        let body = |kind: &str| {
            let part = parts
                .iter()
                .find(|part| part["content_type"] == kind && part["filename"].is_null());
            part.map_or(Value::Null, |part| part["text"].clone())
        };
        let mut names: Vec<_> = parts
            .iter()
            .map(|part| part["filename"].clone())
            .filter(|name| !name.is_null())
            .collect();
        names.sort_by_key(ToString::to_string);
        let mut html = body("text/html").as_str().unwrap_or_default().to_owned();
        for part in parts {
            if let (Some(cid), Some(name)) = (part["cid"].as_str(), part["filename"].as_str()) {
                html = html.replace(
                    &format!("cid:{}\"", cid.trim_matches(['<', '>'])),
                    &format!("file:{name}\""),
                );
            }
        }
        json!({
            "recipients": recipients,
            "subject": message["headers"]["subject"],
            "from": mailboxes(&message["addresses"]["from"]),
            "to": mailboxes(&message["addresses"]["to"]),
            "cc": mailboxes(&message["addresses"]["cc"]),
            "reply_to": mailboxes(&message["addresses"]["reply-to"]),
            "text": body("text/plain"),
            "html": html,
            "attachments": names,
        })
    });
    Some(messages.collect())
}

fn converted(example: &str) -> Bench {
    // With its neighbours: an attachment may lie beside the folder.
    let root = example.split('/').next().expect("a folder");
    let bench = Bench::new().copy_of(format!("{FIXTURES}/{root}"));
    let old = example.split_once('/').map_or(".", |(_, inner)| inner);
    bench
        .run(&["new", "converted", "--from-mailmerge", old])
        .code(0)
        .stderr_has("converted is a new campaign with")
        .stderr_has("mailshot check converted");
    bench
}

#[test]
fn every_documented_example_gives_the_same_messages() {
    let examples = examples();
    assert!(examples.len() >= 20, "{examples:?}");
    for example in examples {
        let bench = converted(&example);
        bench.run(&["check", "converted"]).code(0);
        bench
            .run(&["send", "converted", "--sandbox", "--connections", "1"])
            .code(0);
        let Some(sent) = sent(&bench, "converted") else {
            return;
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(FIXTURES)
            .join(&example);
        let expected = fs::read_to_string(path.join("expected.json")).expect("expected.json");
        let expected: Vec<Value> = serde_json::from_str(&expected).expect("a list");
        assert_eq!(sent.len(), expected.len(), "{example}");
        for (sent, expected) in sent.iter().zip(&expected) {
            assert_eq!(sent["recipients"], expected["recipients"], "{example}");
            assert_eq!(
                sent["subject"],
                expected["subject"].as_str().unwrap_or_default(),
                "{example}"
            );
            assert_eq!(sent["attachments"], expected["attachments"], "{example}");
            for field in ["from", "to", "cc", "reply_to"] {
                let written = expected[field].as_str().unwrap_or_default();
                let addresses = sent[field].as_array().expect("mailboxes");
                assert_eq!(addresses.is_empty(), written.is_empty(), "{example}: {field}");
                for address in addresses {
                    let address = address.as_str().expect("an address");
                    assert!(
                        written.contains(address),
                        "{example}: {field}: {address} is not in {written}"
                    );
                }
            }
            // Of HTML alone, mailshot makes a text part; mailmerge sends none.
            if !expected["text"].is_null() {
                assert_eq!(lines(&sent["text"]), lines(&expected["text"]), "{example}");
            }
            let html = |of: &Value| tokens(of["html"].as_str().unwrap_or_default());
            assert_eq!(html(sent), html(expected), "{example}");
        }
    }
}

#[test]
fn the_servers_settings_become_a_relay() {
    for (example, lines) in [
        (
            "readme-example",
            &[
                "server = \"smtps://smtp.example.org:465\"",
                "user = \"YOUR_USERNAME_HERE\"",
            ][..],
        ),
        (
            "attachments-by-row",
            &[
                "server = \"smtp://smtp.example.org:587\"",
                "user = \"myself\"",
                "rate = [\"60/min\"]",
            ],
        ),
        (
            "tabs",
            &["server = \"smtp://smtp.example.com:587\"", "auth = \"xoauth2\""],
        ),
        (
            "utf8",
            &[
                "server = \"smtp+plain://smtp.example.org:25\"",
                "allow_plaintext = true",
            ],
        ),
        ("bom", &["server = \"smtp+plain://127.0.0.1:2525\""]),
    ] {
        let file = converted(example).read("converted/mailshot.toml");
        for line in lines {
            assert!(file.contains(line), "{example}: no {line} in\n{file}");
        }
    }
    let bench = Bench::new().copy_of(format!("{FIXTURES}/semicolons"));
    bench
        .run(&["new", "converted", "--from-mailmerge", "."])
        .code(0)
        .stderr_has("PLAIN sends the password unencrypted")
        .stderr_has("mailmerge_server.conf:4:1");
}

/// A folder of mailmerge's with this template.
fn folder(template: &str, rows: &str) -> Bench {
    Bench::new()
        .file("old/mailmerge_template.txt", template)
        .file("old/mailmerge_database.csv", rows)
        .file(
            "old/mailmerge_server.conf",
            "[smtp_server]\nhost = localhost\nport = 25\n",
        )
}

const HEADERS: &str = "TO: {{email}}\nSUBJECT: x\nFROM: a@example.org\n";

#[test]
fn attachments_and_pictures_of_each_row_find_their_way() {
    let bench = folder(
        &format!(
            "{HEADERS}ATTACHMENT: pictures/{{{{ name }}}}.png\nATTACHMENT: {{{{ file }}}}\n\
             CONTENT-TYPE: text/html\n\n<p>Hi {{{{name}}}} <IMG alt='you' SRC = 'pictures/{{{{name}}}}.png'></p>\n"
        ),
        "email,name,file\nada@example.org,Ada,../secret.txt\n",
    )
    .file("old/pictures/Ada.png", "\u{89}PNG")
    .file("secret.txt", "mine");
    bench
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has("row 2: a cell can only name files below the campaign's folder, not ../secret.txt");
    let file = bench.read("new/mailshot.toml");
    assert!(
        file.contains(r#"inline = { "picture-1" = "pictures/{{ name }}.png" }"#),
        "{file}"
    );
    assert!(bench.read("new/message.html").contains("SRC = 'cid:picture-1'"));
    assert!(!bench.path("new/secret.txt").exists());
}

#[test]
fn files_of_the_same_name_do_not_take_each_others_place() {
    let bench = folder(
        &format!(
            "{HEADERS}ATTACHMENT: message.txt\nATTACHMENT: ../a/map.png\nATTACHMENT: ../b/map.png\n\
             ATTACHMENT: ../c/{{{{name}}}}.png\nATTACHMENT: ../d/{{{{name}}}}.png\n\n\
             Dear {{{{name}}}}{{% include \"../secret.txt\" %}}\n"
        ),
        "email,name\nada@example.org,Ada\n",
    )
    .file("old/message.txt", "attached")
    .file("a/map.png", "a")
    .file("b/map.png", "b")
    .file("c/Ada.png", "c")
    .file("d/Ada.png", "d")
    .file("secret.txt", "mine");
    bench
        .run(&["new", "deep/new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has("the included file `../secret.txt` is not imported");
    let file = bench.read("deep/new/mailshot.toml");
    let attach = r#"["attachments/message.txt", "attachments/map.png", "attachments/2/map.png", "attachments/{{name}}.png", "attachments/2/{{name}}.png"]"#;
    assert!(file.contains(attach), "{file}");
    assert_eq!(bench.read("deep/new/attachments/message.txt"), "attached");
    assert_eq!(bench.read("deep/new/attachments/2/map.png"), "b");
    assert_eq!(bench.read("deep/new/attachments/2/Ada.png"), "d");
    assert!(bench.read("deep/new/message.txt").starts_with("Dear "));
    assert!(!bench.path("deep/secret.txt").exists());
}

#[test]
fn several_mailboxes_in_to_all_get_the_message() {
    let bench = folder(
        "TO: \"Byron, {{ name }}\" <{{ email }}>, Bob <bob@example.org>\nCC: cy@example.org\n{#- who else? #}\n\
         FROM: a@example.org\nSUBJECT: x\n\nDear {{name}}\n",
        "email,name\nada@example.org,Ada\n",
    );
    bench
        .run(&["new", "new", "--from-mailmerge", "old"])
        .code(0)
        .stderr_has("mailshot has one mailbox in To; the others are in `cc` now")
        .stderr_has("mailmerge_template.txt:1:5");
    bench.run(&["send", "new", "--sandbox"]).code(0);
    if let Some(sent) = sent(&bench, "new") {
        assert_eq!(
            sent[0]["recipients"],
            json!(["ada@example.org", "bob@example.org", "cy@example.org"])
        );
        assert_eq!(sent[0]["to"], json!(["ada@example.org"]));
    }
}

#[test]
fn a_header_in_a_condition_becomes_a_value_with_one() {
    let bench = folder(
        "{% if boss %}CC: {{ boss }}\n{% else %}CC: staff@example.org\n{% endif %}TO: {{email}}\nFROM: a@example.org\n\
         SUBJECT: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nDear {{name}}\n",
        "email,name,boss\nada@example.org,Ada,boss@example.org\nbob@example.org,Bob,\n",
    );
    bench.run(&["new", "new", "--from-mailmerge", "old"]).code(0);
    bench
        .run(&["send", "new", "--sandbox", "--connections", "1"])
        .code(0);
    if let Some(sent) = sent(&bench, "new") {
        assert_eq!(sent[0]["cc"], json!(["boss@example.org"]));
        assert_eq!(sent[1]["cc"], json!(["staff@example.org"]));
        assert_eq!(sent[1]["subject"], "Grüße");
    }
}
