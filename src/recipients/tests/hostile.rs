//! Any cells of a row, with any template around them.

use std::collections::BTreeSet;

use lettre::Address;

use crate::campaign::Problems;
use crate::table::Row;

use super::*;

const WORDS: [&[u8]; 30] = [
    b"\n---\n",
    b"@",
    b"<",
    b">",
    b"\"",
    b"\\",
    b"\"@",
    b"\\\"",
    b",",
    b";",
    b"(",
    b")",
    b"[127.0.0.1]",
    b"[IPv6:::1]",
    b"@x.test",
    b"ada@example.org",
    b"> , evil@example.net, <",
    b"\r\nBcc: eve@example.net",
    b"{{ name }}",
    b"{{ email }}",
    b"{{ tutor }}",
    b"{% if name %}",
    b"\0",
    b" ",
    b"=?utf-8?q?=0A?=",
    "\u{ff20}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{2028}\u{85}".as_bytes(),
    "e\u{301}".as_bytes(),
    "\u{738b}@\u{4f8b}\u{5b50}.example".as_bytes(),
];

/// An address template and three cells, from an input whose parts are separated by lines `---`.
fn taken_apart(bytes: &[u8]) -> (String, Row) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\n---\n").map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let template = next();
    let row = Row::new(2, vec![next(), next(), next()]);
    (template, row)
}

/// Who a row is for; the Cc is fixed, a list in a cell.
fn recipient(
    to: &str,
    row: &Row,
    table: &crate::table::Table,
    source: &RecipientsSource,
) -> Result<Recipient, Problems> {
    let plan = MessagePlan {
        cc: Some(text("{{ tutor }}")),
        ..plan(to)
    };
    let mut compiler = Compiler::new(Path::new(""));
    let addressing = Addressing::compile(&mut compiler, &super::addresses(&plan), source, table.header())?;
    let templates = compiler.finish(table.header(), "test")?;
    addressing.recipient(&templates, &mut templates.context(row), &super::unnamed)
}

/// A local part or a domain that ends where it seems to (RFC 5321 §4.1.2).
fn is_of_one_piece(address: &Address) {
    let said = address.to_string();
    assert!(!said.contains(char::is_control), "{said:?}");
    assert_eq!(said, format!("{}@{}", address.user(), address.domain()));
    assert!(
        !address.domain().contains(['@', '<', '>', '"', ' ', ',', ';']),
        "{said}"
    );
    let user = address.user();
    if !user.starts_with('"') {
        let outside = |c: char| c.is_whitespace() || "@<>(),;:\\\"[]".contains(c);
        assert!(!user.is_empty() && !user.contains(outside), "{said}");
        return;
    }
    let mut inner = user
        .strip_prefix('"')
        .and_then(|u| u.strip_suffix('"'))
        .expect("a closed quote")
        .chars();
    while let Some(c) = inner.next() {
        assert_ne!(c, '"', "a quote within quotes ends them: {said}");
        assert!(
            c != '\\' || inner.next().is_some(),
            "the closing quote is taken away: {said}"
        );
    }
}

#[test]
fn whatever_the_cells_hold_a_template_gives_its_one_mailbox_or_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    std::fs::write(&file, "name,email,tutor\n").unwrap();
    let source = source(&file, &[]);
    let table = crate::table::Table::open(&source).unwrap();
    fuzzing::hold("addresses", &WORDS, |bytes| {
        let (template, row) = taken_apart(bytes);
        let [name, email, tutor] = [0, 1, 2].map(|i| row.fields[i].trim());
        let mut kinds = BTreeSet::new();
        for to in ["{{ name }} <{{ email }}>", template.as_str()] {
            let recipient = match recipient(to, &row, &table, &source) {
                Ok(recipient) => recipient,
                Err(problems) => {
                    assert!(problems.has_errors(), "a fault without a word");
                    kinds.extend(
                        problems
                            .0
                            .iter()
                            .map(|p| p.what.to_string().split('`').next_back().unwrap().to_owned()),
                    );
                    continue;
                }
            };
            let tutors = reading::all(tutor).len();
            assert_eq!(recipient.cc.len(), tutors, "{tutor:?}");
            assert!(recipient.envelope_recipients().len() <= 1 + tutors);
            recipient.envelope_recipients().iter().for_each(is_of_one_piece);
            assert_eq!(recipient.from.email.to_string(), "registrar@uni.example");
            for mailbox in std::iter::once(&recipient.to).chain(&recipient.cc) {
                assert!(
                    !mailbox.name.iter().any(|name| name.contains(char::is_control)),
                    "{mailbox:?}"
                );
            }
            let at = recipient
                .key
                .as_str()
                .rsplit_once('@')
                .expect("a key is an address");
            assert!(!at.0.is_empty() && !at.1.is_empty(), "{}", recipient.key);
            if to != template {
                // The name is the whole cell, or that of the other where there is none; the address is
                // the one that the cell holds.
                let read = reading::one(email).expect("a mailbox");
                let said = Some(name)
                    .filter(|name| !name.is_empty())
                    .or(read.name.as_deref());
                // What goes out has its accents composed.
                let said = said.map(crate::storage::composed);
                assert_eq!(recipient.to.name.as_deref(), said.as_deref());
                // Accents of an address may be composed, too: it is the same one (its key is).
                let address = |address: &Address| crate::storage::composed(address.as_ref()).into_owned();
                assert_eq!(address(&recipient.to.email), address(&read.address));
                let user = crate::storage::composed(recipient.to.email.user());
                assert!(
                    crate::storage::composed(&address::keyboard(email)).contains(&*user),
                    "{email:?}"
                );
                kinds.insert(format!("{} {}", name.is_empty(), tutors.min(4)));
            }
        }
        kinds
    });
}

#[test]
fn a_template_that_names_nobody_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    std::fs::write(&file, "name,email,tutor\n").unwrap();
    let source = source(&file, &[]);
    let table = crate::table::Table::open(&source).unwrap();
    let row = Row::new(2, vec!["Ada".into(), "ada@example.org".into(), String::new()]);
    for to in [" ; ,\u{202e}:", "undisclosed-recipients:;", ";"] {
        let problems = recipient(to, &row, &table, &source).unwrap_err();
        assert!(problems.has_errors(), "{to}");
    }
}

/// Its halves would make an address that nobody wrote.
#[test]
fn what_stands_within_a_word_is_no_comment() {
    for cell in [
        "ad[127.0.0.1]a\u{ff20} example.org",
        "ad(x)a@example.org",
        "ada@exam(x)ple.org",
        "王（x）明@example.org",
    ] {
        assert!(reading::one(cell).is_err(), "{cell}");
    }
    for cell in [
        "ada(x)@example.org",
        "ada@example(x).org",
        "(x) ada@example.org (y)",
    ] {
        let read = reading::one(cell).expect("a mailbox");
        assert_eq!(read.address.to_string(), "ada@example.org", "{cell}");
    }
}
