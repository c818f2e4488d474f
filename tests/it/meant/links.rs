//! Values in the addresses of links, of pages to leave by, and in headers that programs read.

use std::fs;

use mail_parser::MessageParser;

use super::campaign;
use crate::support::bench::Bench;

/// A list of one row, with these cells in `a` and `b`.
fn list(a: &str, b: &str) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record(["email", "a", "First Name"])
        .expect("the header");
    table.write_record(["ada+news@example.org", a, b]).expect("a row");
    table.into_inner().expect("the rows")
}

/// A line, and whether something is said of it.
type Case = (&'static str, bool);

/// Lines of which each holds a column in a link; whether `check` warns of it, where the column holds `Köln & Bonn`
/// and the other `50 %`.
const TEXT: [Case; 20] = [
    ("See https://uni.example/x?c={{ a }} now", true),
    ("See https://uni.example/x?c={{ a | urlencode }} now", false),
    ("See https://uni.example/x?u=1&c={{ a | upper }}&d=2", true),
    ("See <https://uni.example/{{ row[\"First Name\"] }}/x>", true),
    ("See https://uni.example/{{ email }}", false),
    ("See https://uni.example/?e={{ email }}", true),
    ("See {{ a }} and https://uni.example/", false),
    ("{{ a }} https://uni.example/?row={{ row_number }}", false),
    ("{{ a }}", false),
    ("https://uni.example/?a={% if a %}{{ a }}{% endif %}", true),
    (
        "https://uni.example/?a={{ a | replace(from=\" \", to=\"-\") | replace(from=\"&\", to=\"and\") }}",
        false,
    ),
    ("(https://uni.example/?x=1) {{ a }}", false),
    ("https://uni.example/#{{ a }}", true),
    ("tel:{{ a }}", false),
    ("http://uni.example/?a={{ a ~ email }}", true),
    ("https://uni.example/?{{ a }}", false),
    ("HTTP says {{ a }}", false),
    ("https://{{ a }}.uni.example/", false),
    ("https://uni.example/?a={{ a | length }}", false),
    ("https://uni.example/?a={{ \"x\" }}", false),
];

const HTML: [Case; 11] = [
    ("<a href=\"https://uni.example/x?c={{ a }}\">x</a>", true),
    (
        "<a href='https://uni.example/x?u=1&amp;c={{ row[\"First Name\"] }}'>x</a>",
        true,
    ),
    (
        "<a href=\"https://uni.example/x?c={{ a | urlencode }}\">x</a>",
        false,
    ),
    (
        "<img alt=\"x\" src=\"https://uni.example/i.png?n={{ a }}\">",
        true,
    ),
    (
        "<a href=\"mailto:leave@uni.example?subject=leave {{ a }}\">x</a>",
        true,
    ),
    (
        "<a href=\"mailto:leave@uni.example?subject=leave {{ email }}\">x</a>",
        false,
    ),
    ("<a href=\"mailto:{{ email }}\">x</a>", false),
    ("<a href=\"https://uni.example/\">{{ a }}</a>", false),
    ("<a title=\"{{ a }}\" href=\"https://uni.example/\">x</a>", false),
    ("<img alt=\"{{ a }}\" src=\"cid:{{ a }}\">", false),
    ("<a href=\"tel:{{ a }}\">x</a>", false),
];

const MARKDOWN: [Case; 5] = [
    ("[Go](https://uni.example/x?n={{ a }})", true),
    ("<https://uni.example/x?n={{ a }}>", true),
    ("[{{ a }}](https://uni.example/)", false),
    ("![{{ a }}](https://uni.example/{{ a }}.png)", true),
    ("[Go](https://uni.example/x?n={{ a | urlencode }})", false),
];

#[test]
fn a_column_in_a_link_is_told_where_a_row_breaks_it() {
    let kinds: [(&str, &str, &[Case]); 3] = [
        ("n.txt", "", &TEXT),
        ("n.html", "html = 'n.html'", &HTML),
        ("n.md", "", &MARKDOWN),
    ];
    for (file, message, lines) in kinds {
        // Blank lines part paragraphs of Markdown.
        let text: String = lines.iter().map(|(line, _)| format!("{line}\n\n")).collect();
        let bench = campaign(list("Köln & Bonn", "50 %"), "Hello\n", message).file(file, text);
        if file == "n.md" {
            bench.write(
                "mailshot.toml",
                bench
                    .read("mailshot.toml")
                    .replace("text = 'n.txt'", "markdown = 'n.md'"),
            );
        }
        let outcome = bench.run(&["check"]);
        outcome.code(0);
        let said = outcome.stdout.clone() + &outcome.stderr;
        let told: Vec<usize> = said
            .split("goes into a link as it is")
            .skip(1)
            .filter_map(|rest| {
                rest.split_once(&format!("{file}:"))?
                    .1
                    .split(':')
                    .next()?
                    .parse()
                    .ok()
            })
            .collect();
        for (i, (line, expected)) in lines.iter().enumerate() {
            assert_eq!(told.contains(&(2 * i + 1)), *expected, "{line}\n{said}");
        }
        assert!(said.contains("{{ a | urlencode }}"), "{said}");
    }
}

#[test]
fn rows_that_break_no_link_are_not_told() {
    let lines = TEXT.iter().filter(|(line, _)| !line.contains("email"));
    let text: String = lines.map(|(line, _)| format!("{line}\n")).collect();
    for (a, b) in [
        ("Wien", "Ada"),
        ("20251001", "a-b_c.d~e"),
        ("王", "x%20y"),
        ("a/b", "1,5"),
        ("", ""),
    ] {
        let outcome = campaign(list(a, b), &text, "").run(&["check"]);
        outcome
            .code(0)
            .stderr_lacks("goes into a link")
            .stdout_lacks("goes into a link");
    }
}

/// One field of the only message, unfolded.
fn field(bench: &Bench, name: &str) -> String {
    bench.run(&["send", "--dry-run"]).code(0);
    let file = bench.eml("results/preview").remove(0);
    let octets = fs::read(file).expect("the message");
    let message = MessageParser::new().parse(&octets).expect("a message");
    let raw = message.header_raw(name).unwrap_or_default();
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn whoever_leaves_is_who_it_says() {
    for (plan, cell, expected) in [
        (
            "url = 'https://uni.example/leave?e={{ email }}'",
            "",
            "<https://uni.example/leave?e=ada%2Bnews@example.org>",
        ),
        (
            "url = 'https://uni.example/leave?e={{ email | urlencode }}'",
            "",
            "<https://uni.example/leave?e=ada%2Bnews%40example.org>",
        ),
        (
            "url = 'https://uni.example/leave?e={{ email | lower }}&n={{ a }}'",
            "Köln & #1+1",
            "<https://uni.example/leave?e=ada%2Bnews@example.org&n=K%C3%B6ln%20%26%20%231%2B1>",
        ),
        (
            "url = 'https://uni.example/leave/{{ email }}'",
            "",
            "<https://uni.example/leave/ada+news@example.org>",
        ),
        (
            "url = 'https://uni.example/{{ a }}/leave'",
            "a b?c",
            "<https://uni.example/a%20b%3Fc/leave>",
        ),
        (
            "url = '{{ a }}'",
            "https://uni.example/?e=ada+news@example.org&x=1+1",
            "<https://uni.example/?e=ada%2Bnews@example.org&x=1+1>",
        ),
        (
            "url = 'https://uni.example/?{{ a }}'",
            "e=ada+news@example.org&x=1",
            "<https://uni.example/?e=ada%2Bnews@example.org&x=1>",
        ),
        (
            "url = 'https://uni.example/#/leave?e={{ email }}'",
            "",
            "<https://uni.example/#/leave?e=ada%2Bnews@example.org>",
        ),
        (
            "url = 'https://uni.example/?n={{ a }}'",
            "100%",
            "<https://uni.example/?n=100%25>",
        ),
        (
            "url = 'https://uni.example/?n={{ a }}'",
            "J%C3%BCrgen",
            "<https://uni.example/?n=J%C3%BCrgen>",
        ),
        (
            "mailto = 'leave@uni.example?subject={{ email }}&body={{ a }}'",
            "bye & thanks",
            "<mailto:leave@uni.example?subject=ada%2Bnews@example.org&body=bye%20%26%20thanks>",
        ),
        (
            "mailto = 'mailto:leave@uni.example?subject=leave {{ a }}'",
            "A=B?",
            "<mailto:leave@uni.example?subject=leave%20A%3DB%3F>",
        ),
    ] {
        let bench = campaign(
            list(cell, ""),
            "Hello\n",
            &format!("unsubscribe = {{ {plan}, one_click = false }}"),
        );
        assert_eq!(field(&bench, "List-Unsubscribe"), expected, "{plan}");
    }
}

#[test]
fn headers_that_programs_read_keep_their_syntax() {
    let cases = [
        (
            "List-Archive",
            "<https://uni.example/王>",
            "<https://uni.example/%E7%8E%8B>",
        ),
        (
            "List-Owner",
            "mailto:chef@uni.example",
            "<mailto:chef@uni.example>",
        ),
        (
            "List-Help",
            "<https://uni.example/?e={{ email }}&c={{ a }}> (Hilfe)",
            "<https://uni.example/?e=ada%2Bnews@example.org&c=Lovelace%2C%20Ada%3B%20%22x%22> (Hilfe)",
        ),
        (
            "Archived-At",
            "https://münchen.example/straße",
            "<https://xn--mnchen-3ya.example/stra%C3%9Fe>",
        ),
        (
            "List-Id",
            "Fächer <faecher.uni.example>",
            "=?utf-8?b?RsOkY2hlcg==?= <faecher.uni.example>",
        ),
        ("In-Reply-To", "2026.1@uni.example", "<2026.1@uni.example>"),
        (
            "References",
            "<1@uni.example> <2@uni.example>",
            "<1@uni.example> <2@uni.example>",
        ),
        (
            "Expires",
            "{{ row['First Name'] }}",
            "Mon, 9 Mar 2026 10:00:00 +0000",
        ),
        (
            "Disposition-Notification-To",
            "{{ a }} <{{ email }}>",
            "\"Lovelace, Ada; \\\"x\\\"\" <ada+news@example.org>",
        ),
        (
            "Errors-To",
            "Büro <buero@uni.example>, it@uni.example",
            "=?utf-8?b?QsO8cm8=?= <buero@uni.example>, it@uni.example",
        ),
        ("X-Course", "Größe", "=?utf-8?b?R3LDtsOfZQ==?="),
    ];
    let lines: Vec<String> = cases
        .iter()
        .map(|(name, value, _)| format!("'{name}' = \"\"\"{value}\"\"\""))
        .collect();
    let bench = campaign(
        list("Lovelace, Ada; \"x\"", "9.3.2026 10:00"),
        "Hello\n",
        &format!("headers = {{ {} }}", lines.join(", ")),
    );
    for (name, value, expected) in cases {
        assert_eq!(field(&bench, name), expected, "{name} = {value}");
    }
    let cases = [
        (
            "List-Archive",
            "our archive",
            "it needs addresses in angle brackets",
        ),
        ("In-Reply-To", "yesterday's", "`yesterday's` is not a Message-ID"),
        ("Expires", "03/04/2026", "`03/04/2026` is not a date"),
        ("Errors-To", "{{ a }}", "is not an address, which Errors-To needs"),
        ("Importance", "高", "it must be ASCII"),
    ];
    let lines: Vec<String> = cases
        .iter()
        .map(|(name, value, _)| format!("'{name}' = \"{value}\""))
        .collect();
    let bench = campaign(
        list("nobody", ""),
        "Hello\n",
        &format!("headers = {{ {} }}", lines.join(", ")),
    );
    let outcome = bench.run(&["check"]);
    outcome.code(2);
    for (name, value, words) in cases {
        assert!(
            (outcome.stdout.clone() + &outcome.stderr).contains(words),
            "{name} = {value}: {}",
            outcome.stderr
        );
    }
}
