//! Addresses as people and their programs write them, and lists of who left.

mod columns;
mod lists;
mod looks;

use std::collections::BTreeMap;
use std::fs;

use mail_parser::{Address, MessageParser};
use rusqlite::Connection;

use crate::support::bench::Bench;
use crate::support::peer::Peer;

use super::campaign;

/// A cell of a CSV file.
fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The mailboxes of a header in each message of a dry run, in the order of the rows.
fn mailboxes(bench: &Bench, header: &str) -> Vec<Vec<String>> {
    bench.run(&["send", "--dry-run"]).code(0);
    let of = |file| {
        let octets = fs::read(file).expect("the message");
        let message = MessageParser::new().parse(&octets).expect("a message");
        let list = match header {
            "Cc" => message.cc(),
            "Reply-To" => message.reply_to(),
            _ => message.to(),
        };
        list.map(shown).unwrap_or_default()
    };
    bench.eml("results/preview").into_iter().map(of).collect()
}

fn shown(list: &Address<'_>) -> Vec<String> {
    let one = |one: &mail_parser::Addr<'_>| {
        let address = one.address().unwrap_or_default();
        one.name()
            .map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
    };
    list.clone().into_list().iter().map(one).collect()
}

/// What programs put on the clipboard, and what RFC 5322 allows.
#[test]
fn one_mailbox_in_a_cell_is_read_with_its_name() {
    const CASES: [(&str, &str); 40] = [
        ("Ada Lovelace <#>", "Ada Lovelace"),
        ("Ada<#>", "Ada"),
        ("<#>", ""),
        ("\"#\"", ""),
        ("'#'", ""),
        ("#;", ""),
        ("#,", ""),
        ("#.", ""),
        ("; #", ""),
        ("mailto:#", ""),
        ("mailto:#?subject=Hello%20there&cc=x@example.net", ""),
        ("SMTP:#", ""),
        ("# (Ada Lovelace)", "Ada Lovelace"),
        ("(Ada) #", "Ada"),
        ("Ada (#)", "Ada"),
        ("Ada [#]", "Ada"),
        ("王小明（#）", "王小明"),
        ("王小明＜#＞；", "王小明"),
        ("王小明<#>", "王小明"),
        ("\"王小明\" <#>", "王小明"),
        ("'Ada Lovelace' <#>", "Ada Lovelace"),
        ("“Ada Lovelace” <#>", "Ada Lovelace"),
        ("Lovelace, Ada <#>", "Lovelace, Ada"),
        ("\"Lovelace, Ada\" <#>;", "Lovelace, Ada"),
        ("#<mailto:#>", ""),
        ("Ada <#> <mailto:#>", "Ada"),
        ("# <#>", ""),
        ("Ada\u{a0}<\u{200b}#\u{200b}>", "Ada"),
        ("\u{a0}#\u{200b}", ""),
        ("Friends: #;", ""),
        ("E-Mail: #", ""),
        ("邮箱：#", ""),
        ("ada @ $", ""),
        ("ada＠$", ""),
        ("ａｄａ＠$", ""),
        ("ada@\u{200b}$", ""),
        ("ada(the first)@$", ""),
        ("#; #", ""),
        ("Ada <SMTP:#>", "Ada"),
        ("Ada\n<#>", "Ada"),
    ];
    let mut people = String::from("email\n");
    for (number, (written, _)) in CASES.iter().enumerate() {
        let domain = format!("d{number}.example");
        let written = written
            .replace('#', &format!("ada@{domain}"))
            .replace('$', &domain);
        people.push_str(&format!("{}\n", cell(&written)));
    }
    let found = mailboxes(&campaign(people, "x", ""), "To");
    assert_eq!(found.len(), CASES.len());
    for (number, ((written, name), found)) in CASES.iter().zip(found).enumerate() {
        let address = format!("ada@d{number}.example");
        let expected = if name.is_empty() {
            address
        } else {
            format!("{name} <{address}>")
        };
        assert_eq!(found, [expected], "{written}");
    }
}

/// A name of the template's goes before the cell's, which takes its place where it is empty.
#[test]
fn a_name_of_the_template_goes_before_the_cells() {
    let people = "email,name\nAda <ada@example.org>,Countess\nBob <bob@example.org>,\n";
    let bench = campaign(people, "x", "");
    let toml = bench.read("mailshot.toml");
    bench.write(
        "mailshot.toml",
        toml.replace("to = '{{ email }}'", "to = '{{ name }} <{{ email }}>'"),
    );
    assert_eq!(
        mailboxes(&bench, "To"),
        [["Countess <ada@example.org>"], ["Bob <bob@example.org>"]]
    );
}

#[test]
fn lists_in_cells_and_in_the_file_are_read_as_address_books_write_them() {
    let doe = "Doe, John <john@example.org>; Roe, Jane <jane@example.org>";
    let lists = [
        doe,
        "Friends: a@example.org, Bob <b@example.org>;",
        "王小明<w@example.org>；李雷<l@example.org>，h@example.org",
        "a@example.org\nb@example.org",
        "a@example.org b@example.org",
        "a@example.org; A@Example.ORG",
    ];
    let mut people = String::from("email,tutors,_cc\n");
    for (number, list) in lists.iter().enumerate() {
        people.push_str(&format!(
            "p{number}@example.org,{},{}\n",
            cell(list),
            cell("Eve (eve@example.org)")
        ));
    }
    let bench = campaign(
        people,
        "x",
        &format!("cc = '{{{{ tutors }}}}'\nreply_to = '{doe}'"),
    );
    let found = mailboxes(&bench, "Cc");
    let eve = "Eve <eve@example.org>";
    assert_eq!(
        found[0],
        [
            "Doe, John <john@example.org>",
            "Roe, Jane <jane@example.org>",
            eve
        ]
    );
    assert_eq!(found[1], ["a@example.org", "Bob <b@example.org>", eve]);
    assert_eq!(
        found[2],
        [
            "王小明 <w@example.org>",
            "李雷 <l@example.org>",
            "h@example.org",
            eve
        ]
    );
    assert_eq!(found[3], ["a@example.org", "b@example.org", eve]);
    assert_eq!(found[4], ["a@example.org", "b@example.org", eve]);
    let answers = mailboxes(&bench, "Reply-To");
    assert_eq!(
        answers[0],
        ["Doe, John <john@example.org>", "Roe, Jane <jane@example.org>"]
    );
    // The same in a flag.
    let flags = [
        "send",
        "--dry-run",
        "--recipients",
        "people.csv",
        "--only",
        "Ada <A@example.org>",
        "--to",
        "Doe, John <a@example.org>;",
    ];
    bench
        .run(&[flags.as_slice(), &["--skip-duplicates"]].concat())
        .code(0);
    let octets = fs::read(&bench.eml("results/preview")[0]).expect("the message");
    let message = MessageParser::new().parse(&octets).expect("a message");
    assert_eq!(
        message.to().map(shown),
        Some(vec!["Doe, John <a@example.org>".to_owned()])
    );
}

#[test]
fn what_is_no_mailbox_is_refused_for_its_reason_with_the_likely_one() {
    let cases = [
        ("Ada <ada@example.org", "a < is not closed", "ada@example.org"),
        (
            "Ada <ada@example.org> Lovelace",
            "something follows the >",
            "ada@example.org",
        ),
        (
            "<@relay.example:ada@example.org>",
            "relays on the way",
            "ada@example.org",
        ),
        ("sip:ada@example.org", "so it is not a mailbox", ""),
        ("Ada ada@example.org", "contains a space", ""),
        ("ada@@example.org", "one @ too many", "ada@example.org"),
        ("ada@example,org", "contains a comma", "ada@example.org"),
        ("ada(at)example.org", "the @ is missing", "ada@example.org"),
        (
            "ada [at] example [dot] org",
            "the @ is missing",
            "ada@example.org",
        ),
        ("max@example‐shop.org", "U+2010", "max@example-shop.org"),
        ("anna–maria@example.org", "U+2013", "anna-maria@example.org"),
        ("o’neil@example.org", "U+2019", "o'neil@example.org"),
        ("ned@1.2.3.4", "is an IP address", ""),
        ("dee@123", "not a domain name", ""),
        ("a@example.org; b@example.org", "contains several addresses", ""),
        ("ada@example..org", "not a domain name", "ada@example.org"),
    ];
    let mut people = String::from("email\n");
    for (written, ..) in cases {
        people.push_str(&format!("{}\n", cell(written)));
    }
    let outcome = campaign(people, "x", "").run(&["check"]);
    outcome.code(2);
    for (written, why, meant) in cases {
        let at = outcome
            .stderr
            .find(&format!("`{written}`"))
            .unwrap_or_else(|| panic!("{written}\n{outcome}"));
        let said = &outcome.stderr[at..];
        let said = &said[..said.find("\n\n").unwrap_or(said.len())];
        assert!(said.contains(why), "{written}: {said}");
        assert_eq!(
            said.contains("if that is meant"),
            !meant.is_empty(),
            "{written}: {said}"
        );
        if !meant.is_empty() {
            assert!(
                said.contains(&format!("write {meant} if that is meant")),
                "{written}: {said}"
            );
        }
    }
}

/// A cell that is only a part of an address makes no other address of it.
#[test]
fn a_part_of_an_address_is_not_read_as_a_mailbox() {
    for user in [
        "mailto:eve@example.net?x=",
        "eve@example.net (",
        "<eve@example.net>",
        "Eve (eve@example.net)",
    ] {
        let bench = campaign(format!("user\n{}\n", cell(user)), "x", "");
        let toml = bench.read("mailshot.toml");
        for to in [
            "{{ user }}@example.org",
            "{{ user ~ '@example.org' }}",
            "Eve <{{ user }}@example.org>",
        ] {
            bench.write(
                "mailshot.toml",
                toml.replace("to = '{{ email }}'", &format!("to = \"{to}\"")),
            );
            bench
                .run(&["check"])
                .code(2)
                .stderr_has("is not an e-mail address");
        }
    }
}

const BRIAN: &str = "brian@example.org";

/// A campaign of these rows through a peer.
fn sending(peer: &Peer, people: &str, more: &str) -> Bench {
    let relay = format!("{more}\n[relay.here]\nserver = '{}'\nconnections = 1", peer.url());
    campaign(people, "x", &relay)
}

#[test]
fn quoting_is_no_disguise() {
    let peer = Peer::policy(|_| None);
    let people = [
        "\"brian\"@example.org",
        "\"a.b\"@example.org",
        "\"c\\d\"@example.org",
        "E@EXAMPLE.ORG.",
        "f＠example．org",
        "g@xn--mnchen-3ya.example",
        "\"h h\"@example.org",
        "Ada <ada@example.org>",
    ];
    let rows = people.map(cell).join("\n");
    let bench = sending(&peer, &format!("email\n{rows}\n"), "");
    let gone = [
        BRIAN,
        "a.b@example.org",
        "cd@example.org",
        "e@example.org",
        "\"f\"@example.org",
        "\"g\"@münchen.example",
        "\"h\\ h\"@example.org",
    ];
    bench
        .run(&[["unsubscribe"].as_slice(), &gone].concat())
        .code(0)
        .stderr_has("\"h h\"@example.org is on the list now");
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().recipients(), ["ada@example.org"]);
    let left: BTreeMap<_, _> = bench.statuses();
    assert_eq!(left["suppressed"], 7);
}

#[test]
fn quoted_and_plain_are_one_recipient_and_one_copy() {
    let rows = [
        "\"brian\"@example.org",
        BRIAN,
        "\"b b\"@example.org",
        "\"b\\ b\"@example.org",
    ];
    let rows = rows.map(cell).join("\n");
    campaign(format!("email\n{rows}\n"), "x", "")
        .run(&["check"])
        .code(2)
        .stderr_has("brian@example.org")
        .stderr_has("rows 2, 3")
        .stderr_has("rows 4, 5");
    let peer = Peer::policy(|_| None);
    let copies = "cc = '\"brian\"@example.org'\nbcc = 'BRIAN@example.org., eve@example.org'";
    let bench = sending(&peer, "email\nbrian@example.org\n", copies);
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.finish().recipients(), [BRIAN, "eve@example.org"]);
}

/// A ledger of a version to which `"brian"@example.org` was another than brian@example.org.
fn of_before(bench: &Bench) {
    let ledger = Connection::open(bench.path(".mailshot/c.db")).expect("the ledger");
    ledger
        .execute(
            "UPDATE recipient SET key = '\"brian\"@example.org', status = ?1 WHERE key = 'brian@example.org'",
            ["in_doubt"],
        )
        .expect("the key of before");
    fs::remove_dir_all(bench.path("results")).expect("reports of then");
}

#[test]
fn a_mailing_of_before_is_not_sent_twice_and_settle_finds_both() {
    for settled in ["\"brian\"@example.org", BRIAN, "Brian <Brian@Example.org>"] {
        let peer = Peer::policy(|_| None);
        let people = "email\n\"\"\"brian\"\"@example.org\"\nada@example.org\n";
        let bench = sending(&peer, people, "");
        let toml = bench.read("mailshot.toml");
        bench.write("mailshot.toml", format!("name = 'c'\n{toml}"));
        bench.run(&["send", "--yes"]).code(0);
        of_before(&bench);
        bench.run(&["send", "--yes"]).code(1);
        of_before(&bench);
        bench
            .run(&["settle", settled, "--sent"])
            .code(0)
            .stderr_has("1 recipient settled as sent");
        bench.write(
            "people.csv",
            "email\nbrian@example.org\nada@example.org\neve@example.org\n",
        );
        bench.run(&["send", "--yes", "--only", settled]).code(0);
        bench.run(&["send", "--yes", "--where", "true"]).code(0);
        let log = peer.finish();
        let twice = log
            .recipients()
            .iter()
            .filter(|who| who.contains("brian"))
            .count();
        assert_eq!(twice, 1, "{:?}", log.recipients());
    }
}
