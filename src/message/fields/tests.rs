//! Every syntax with values that it accepts and values that it refuses.

use super::*;

fn field(name: &str, value: &str) -> Option<String> {
    let mut out = Vec::new();
    shape(name).write(name, value, &mut out).ok()?;
    Some(String::from_utf8(out).unwrap().trim_end().replace("\r\n ", " "))
}

#[test]
fn values_have_the_syntax_of_their_field() {
    for (name, value, expected) in [
        (
            "List-Archive",
            "<https://uni.example/王>",
            "<https://uni.example/%E7%8E%8B>",
        ),
        (
            "List-Archive",
            "https://uni.example/a b",
            "<https://uni.example/a%20b>",
        ),
        (
            "List-Archive",
            "<https://münchen.example/ü>",
            "<https://xn--mnchen-3ya.example/%C3%BC>",
        ),
        ("List-Post", "NO", "NO"),
        (
            "List-Help",
            "<mailto:help@uni.example?subject=\u{1}Hilfe & mehr\u{2}>, <https://uni.example/hilfe> (für alle)",
            "<mailto:help@uni.example?subject=Hilfe%20%26%20mehr>, <https://uni.example/hilfe>",
        ),
        (
            "List-Id",
            "Kurs für alle <kurs.uni.example>",
            "=?utf-8?b?S3VycyBmw7xyIGFsbGU=?= <kurs.uni.example>",
        ),
        (
            "List-Id",
            "新闻<kurs.uni.example>",
            "=?utf-8?b?5paw6Ze7?= <kurs.uni.example>",
        ),
        ("In-Reply-To", "1234@uni.example", "<1234@uni.example>"),
        (
            "References",
            "<1@uni.example>, <2@uni.example>",
            "<1@uni.example> <2@uni.example>",
        ),
        ("Expires", "2026-12-01", "Tue, 1 Dec 2026 00:00:00 +0000"),
        ("Expires", "9.3.2026 10:00", "Mon, 9 Mar 2026 10:00:00 +0000"),
        (
            "Resent-Date",
            "Tue, 1 Dec 2026 09:00:00 +0100",
            "Tue, 1 Dec 2026 09:00:00 +0100",
        ),
        (
            "Disposition-Notification-To",
            "\u{1}Müller, Jürgen\u{2} <\u{1}j@example.org\u{2}>",
            "=?utf-8?b?TcO8bGxlciwgSsO8cmdlbg==?= <j@example.org>",
        ),
        ("Errors-To", "ada@example.org", "ada@example.org"),
        ("Importance", "high", "high"),
    ] {
        let expected = format!("{name}: {expected}");
        assert_eq!(
            field(name, value).as_deref(),
            Some(expected.as_str()),
            "{value:?}"
        );
    }
    for (name, value) in [
        ("List-Archive", "the archive"),
        ("List-Id", "Kurs"),
        ("In-Reply-To", "王@uni.example"),
        ("In-Reply-To", "yesterday's"),
        ("Expires", "soon"),
        ("Expires", "03/04/2026"),
        ("Errors-To", "nobody"),
        ("Importance", "高"),
    ] {
        assert_eq!(field(name, value), None, "{name}: {value}");
    }
}
