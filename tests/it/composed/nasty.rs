//! Twelve campaigns for the people of [`super::people`]: between them they use
//! whatever a message may have, and every message is read back by the parsers.

use std::fs;
use std::path::PathBuf;

use mail_parser::MessageParser;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::cases::{CASES, Case, Expected, bench, large, plain};
use super::people::{Person, people};
use super::{parsers_agree, text, wire_is_clean};
use crate::support::bench::Bench;
use crate::support::python;

#[test]
fn sixty_people_and_twelve_campaigns_come_out_as_they_went_in() {
    let people = people();
    assert!(people.len() >= 60);
    let large_letter = large();
    let mut benches: Vec<Bench> = CASES.iter().map(|case| bench(case, &people)).collect();
    // The large one goes to two of them.
    let lines = "text = 'notice.txt'\nattach = [{ path = 'large.bin', name = '{{ file }}' }]";
    let last = Case {
        what: "20 MB",
        lines,
        expected: |_| plain("text/plain"),
    };
    benches.push(bench(&last, &people[..2]).file("large.bin", &large_letter));
    for bench in &benches {
        let outcome = bench.run(&["send", "--dry-run"]);
        outcome.code(0);
    }
    // And over SMTP, to a server that takes nothing that is not in order.
    for bench in &benches[10..12] {
        bench.run(&["send", "--sandbox"]).code(0);
        let taken = bench.eml("results/sandbox/messages");
        assert_eq!(taken.len(), people.len());
        taken.iter().for_each(wire_is_clean);
    }
    let files: Vec<Vec<PathBuf>> = benches.iter().map(|bench| bench.eml("results/preview")).collect();
    let all: Vec<&PathBuf> = files.iter().flatten().collect();
    for file in &all {
        wire_is_clean(file);
        lines_are_no_longer_than_they_must_be(file);
    }
    for (case, files) in CASES.iter().zip(&files) {
        assert_eq!(files.len(), people.len(), "{}", case.what);
        for (file, one) in files.iter().zip(&people) {
            is_for(file, one, &(case.expected)(one));
        }
    }
    let Some(read) = python::read_eml(&all) else {
        return;
    };
    for (file, message) in all.iter().zip(&read) {
        parsers_agree(file, message);
    }
    let mut read = read.iter();
    for case in &CASES {
        for one in &people {
            let message = read.next().expect("a message of each");
            python_finds(message, &(case.expected)(one), one, case.what);
        }
    }
    for (message, one) in read.zip(&people) {
        let part = &message["parts"][1];
        assert_eq!(part["filename"].as_str(), Some(one.file.as_str()));
        assert_eq!(part["sha256"].as_str(), Some(hash(&large_letter).as_str()));
    }
}

fn hash(octets: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(Sha256::digest(octets).as_slice())
}

/// No line over 78 octets that could have been folded (RFC 5322 §2.1.1), no
/// encoded word over 75 (RFC 2047 §2), in the header and in those of the parts.
fn lines_are_no_longer_than_they_must_be(file: &PathBuf) {
    let bytes = fs::read(file).expect("a message");
    let message = MessageParser::new().parse(&bytes).expect("a message");
    for part in &message.parts {
        let header = &bytes[part.offset_header as usize..part.offset_body as usize];
        let header = std::str::from_utf8(header).expect("UTF-8");
        for line in header.split("\r\n") {
            for word in line
                .split([' ', ',', '"'])
                .filter(|word| word.starts_with("=?utf-8?"))
            {
                assert!(word.len() <= 75, "{word} in {}", file.display());
            }
            if line.len() > 78 {
                let words = line.split_once(": ").map_or(line, |(_, value)| value).trim();
                // An address or a URL is one word, and none has a space but a quoted local part; a
                // file's name is in one piece, for many do not put it together.
                let one = !words.contains(' ') || line.starts_with(" filename=");
                assert!(one, "{line}\nis a long line in {}", file.display());
            }
        }
    }
}

/// What mail-parser finds: names to the letter, files to the octet.
fn is_for(file: &PathBuf, one: &Person, expected: &Expected) {
    let place = file.display();
    let bytes = fs::read(file).expect("a message");
    let message = MessageParser::new().parse(&bytes).expect("a message");
    assert_eq!(message.subject(), Some(one.name.as_str()), "{place}");
    let read = |addresses: Option<&mail_parser::Address<'_>>| -> Vec<(String, String)> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let found = addresses.into_iter().flat_map(|list| list.iter());
        found.map(|m| (text(m.name()), text(m.address()))).collect()
    };
    let pair = |name: &str, address: &str| (name.to_owned(), address.to_owned());
    assert_eq!(read(message.to()), [pair(&one.name, &one.address)], "{place}");
    let from = pair(
        "Amt für Ürlaub, das \"große\" (教务处)",
        "registrar@xn--bcher-kva.example",
    );
    assert_eq!(read(message.from()), [from], "{place}");
    let cc: Vec<_> = one
        .copied
        .iter()
        .map(|(name, address)| pair(name, address))
        .collect();
    assert_eq!(
        read(message.cc()),
        if expected.cc { cc } else { Vec::new() },
        "{place}"
    );
    let id = message.message_id().expect("a Message-ID");
    assert!(id.is_ascii() && id.ends_with("@xn--bcher-kva.example"), "{id}");
    let files = message
        .parts
        .iter()
        .filter(|part| !part.is_multipart())
        .filter(|part| mail_parser::MimeHeaders::attachment_name(*part).is_some());
    let found: Vec<_> = files
        .map(|part| {
            let name = mail_parser::MimeHeaders::attachment_name(part).unwrap_or_default();
            (name.to_owned(), hash(part.contents()))
        })
        .collect();
    let wanted = expected
        .files
        .iter()
        .map(|(name, octets, _)| (name.clone(), hash(octets)));
    assert_eq!(found, wanted.collect::<Vec<_>>(), "{place}");
}

fn python_finds(message: &Value, expected: &Expected, one: &Person, what: &str) {
    let place = format!("{what}, to {}", one.id);
    assert_eq!(
        message["headers"]["subject"].as_str(),
        Some(one.name.as_str()),
        "{place}"
    );
    assert_eq!(
        message["addresses"]["to"][0][1].as_str(),
        Some(one.address.as_str()),
        "{place}"
    );
    if !expected.structure.is_null() {
        assert_eq!(message["structure"], expected.structure, "{place}");
    }
    let headers = message["all_headers"].as_array().expect("a list");
    for (name, value) in &expected.headers {
        assert!(
            headers.contains(&json!([name, value])),
            "{name}: {value}\n{headers:?}\n{place}"
        );
    }
    let parts = message["parts"].as_array().expect("a list");
    let part = |kind: &str| {
        let found = parts.iter().find(|part| part["content_type"] == kind);
        found.unwrap_or_else(|| panic!("no {kind}: {place}"))
    };
    let lf = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some(wanted) = &expected.text {
        assert_eq!(
            text(part("text/plain")).trim_end_matches('\n'),
            wanted.trim_end_matches('\n'),
            "{place}"
        );
    }
    if let Some(wanted) = &expected.html {
        assert_eq!(
            text(part("text/html")).trim_end_matches('\n'),
            lf(wanted).trim_end_matches('\n'),
            "{place}"
        );
    }
    if let Some(wanted) = &expected.visible {
        assert_eq!(
            part("text/html")["visible"].as_str(),
            Some(wanted.as_str()),
            "{place}"
        );
        if expected.text.is_none() && what != "everything at once" {
            // Its lines are broken where they fit, at an invisible space for one.
            let letters = |text: &str| {
                let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}');
                letters.collect::<String>()
            };
            let text = letters(&text(part("text/plain")));
            assert!(text.contains(&letters(&one.name)), "{text}\n{place}");
        }
    }
    let found = parts.iter().filter(|part| !part["filename"].is_null());
    assert_eq!(found.clone().count(), expected.files.len(), "{place}");
    for (part, (name, octets, cid)) in found.zip(&expected.files) {
        assert_eq!(part["filename"].as_str(), Some(name.as_str()), "{place}");
        assert_eq!(
            part["sha256"].as_str(),
            Some(hash(octets).as_str()),
            "{name}: {place}"
        );
        assert_eq!(part["cid"].as_str(), *cid, "{place}");
        let role = if cid.is_some() { "inline" } else { "attachment" };
        assert_eq!(part["disposition"], role, "{place}");
    }
}
