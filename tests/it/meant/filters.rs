//! What filters and receivers hold against a message though every word of it is meant: told by `check`, with
//! the line to mend; and what only looks like it, which stays untold.

use serde_json::Value;

use crate::support::bench::Bench;

/// The findings of this kind.
const CODES: [&str; 8] = [
    "link-shows-other-host",
    "link-to-ip",
    "link-shortener",
    "fake-reply",
    "shouting-subject",
    "no-reply-sender",
    "list-id-missing",
    "one-click-by-hand",
];

fn campaign(settings: &str) -> String {
    let mut lines = vec![
        "from = 'Registrar <registrar@uni.example>'",
        "to = '{{ email }}'",
        "subject = 'Room change'",
        "text = 'n.txt'",
        "html = 'n.html'",
    ];
    let key = |line: &str| line.split(" =").next().unwrap_or_default().to_owned();
    lines.retain(|line| !settings.lines().any(|own| key(own) == key(line)));
    format!(
        "[recipients]\nfile = 'people.csv'\n[message]\n{settings}\n{}\n",
        lines.join("\n")
    )
}

fn bench() -> Bench {
    let words = "<p>The lecture moves to another room this week, and only this week.</p>";
    Bench::new()
        .campaign(&campaign(""))
        .csv("people.csv", "email,host,kind\nada@example.org,x.example,Re: x\n")
        .file(
            "n.txt",
            "The lecture moves to another room this week, and only this week.\n",
        )
        .file("n.html", words)
}

/// `code file:line` of each.
fn told(bench: &Bench) -> Vec<String> {
    let outcome = bench.run(&["check", "--json"]);
    let document: Value = serde_json::from_str(&outcome.code(0).stdout).expect("JSON");
    let findings = document["findings"].as_array().expect("findings").iter();
    findings
        .filter(|finding| CODES.iter().any(|code| finding["code"] == *code))
        .map(|finding| {
            assert!(
                finding["help"].as_array().is_some_and(|help| !help.is_empty()),
                "{finding}"
            );
            format!("{} {}:{}", finding["code"], finding["file"], finding["line"]).replace('"', "")
        })
        .collect()
}

#[test]
fn a_header_that_filters_hold_against_a_message_is_told() {
    let leave = "unsubscribe = { url = 'https://uni.example/leave/{{ token }}' }";
    let mailto = "unsubscribe = { mailto = 'leave@uni.example' }";
    let cases = [
        ("subject = 'Re: Room change'", "fake-reply"),
        ("subject = '回复：教室变更'", "fake-reply"),
        ("subject = 'AW[2]: Raum'", "fake-reply"),
        (
            "subject = 'Re: Room change'\nheaders = { In-Reply-To = '<1@uni.example>' }",
            "",
        ),
        ("subject = 'Regarding: Room change'", ""),
        ("subject = '{{ kind }}'", ""),
        ("subject = 'URGENT MEETING TODAY AT NOON'", "shouting-subject"),
        ("subject = 'Tickets: €12'", "shouting-subject"),
        ("subject = 'ICML 2026: CFP'", ""),
        ("subject = 'BIOL-101 and CHEM-102'", ""),
        ("subject = '通知：教室变更'", ""),
        ("subject = 'COMSOL MULTIPHYSICS 软件培训通知'", ""),
        ("subject = 'LENOVO THINKPAD X1'", ""),
        ("subject = '12 ₺'", "shouting-subject"),
        ("subject = '{{ kind | upper }}'", ""),
        ("from = 'Uni <no-reply@uni.example>'", "no-reply-sender"),
        ("from = 'donotreply@uni.example'", "no-reply-sender"),
        (
            "from = 'noreply@uni.example'\nreply_to = 'office@uni.example'",
            "",
        ),
        (
            "from = 'noreply@uni.example'\nreply_to = 'no-reply@uni.example'",
            "no-reply-sender",
        ),
        ("from = 'office@noreply.example'", ""),
        ("from = 'no-responda@uni.example'", "no-reply-sender"),
        (
            "headers = { List-Unsubscribe = '<https://uni.example/leave>', List-Unsubscribe-Post = 'One-Click', List-Id = '<news.uni.example>' }",
            "one-click-by-hand",
        ),
        (
            "headers = { List-Unsubscribe = '<mailto:leave@uni.example>', List-Unsubscribe-Post = 'List-Unsubscribe=One-Click', List-Id = '<news.uni.example>' }",
            "one-click-by-hand",
        ),
        (leave, "list-id-missing"),
        (mailto, "list-id-missing"),
        (
            &format!("{leave}\nheaders = {{ List-Id = 'News <news.uni.example>' }}"),
            "",
        ),
        (
            "headers = { List-Unsubscribe = '<https://uni.example/leave>', List-Id = '<news.uni.example>' }",
            "one-click-by-hand",
        ),
        (
            "headers = { List-Unsubscribe = '<mailto:leave@uni.example>', List-Id = '<news.uni.example>' }",
            "",
        ),
        (
            "headers = { list-unsubscribe = '<https://uni.example/leave>', List-Unsubscribe-Post = 'List-Unsubscribe=One-Click', List-Id = '<news.uni.example>' }",
            "",
        ),
    ];
    let bench = bench();
    for (settings, code) in cases {
        bench.write("mailshot.toml", campaign(settings));
        let codes: Vec<_> = told(&bench)
            .iter()
            .map(|one| one.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        let expected: Vec<&str> = Some(code).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(codes, expected, "{settings}");
    }
}

#[test]
fn a_link_that_leads_elsewhere_than_it_looks_is_told() {
    let cases = [
        (
            "<a href='https://other.example/x'>https://bank.example/x</a>",
            "link-shows-other-host",
        ),
        (
            "<a href='https://other.example/'><b>www.bank.example</b></a>",
            "link-shows-other-host",
        ),
        (
            "<a href='mailto:office@other.example'>office@uni.example</a>",
            "link-shows-other-host",
        ),
        (
            "<a href='https://click.uni.example/?u={{ email | urlencode }}'>www.uni.example</a>",
            "",
        ),
        ("<a href='https://uni.example/notice.pdf'>notice.pdf</a>", ""),
        (
            "<a href='https://other.example/x'>Log in: https://bank.example/x</a>",
            "link-shows-other-host",
        ),
        ("<a href='https://uni.example/'>https://uni.example.</a>", ""),
        ("<a href='https://campus.uni.zz/'>www.uni.zz</a>", ""),
        ("<a href='https://youtu.be/1'>youtube.com/watch</a>", ""),
        ("<a href='https://uni.example/'>ASP.NET</a>", ""),
        (
            "<a href='https://other.example/'>The page of bank.example</a>",
            "",
        ),
        ("<a href='https://{{ host }}/'>bank.example</a>", ""),
        ("<a href='{{ host }}'>{{ host }}</a>", ""),
        ("<a href='https://192.0.2.1/plan'>the plan</a>", "link-to-ip"),
        ("<a href='https://3221225985/plan'>the plan</a>", "link-to-ip"),
        ("<a href='https://[2001:db8::1]/plan'>the plan</a>", "link-to-ip"),
        ("<a href='https://0x7f.1/plan'>the plan</a>", "link-to-ip"),
        ("<a href='https://bit.ly/3x'>the plan</a>", "link-shortener"),
        ("<a href='https://T.CN/A6x'>the plan</a>", "link-shortener"),
        ("<a href='https://rabbit.ly/'>the plan</a>", ""),
        ("<a href='https://uni.example/192.0.2.1'>the plan</a>", ""),
        ("<img src='https://192.0.2.1/x.png' alt='x'>", ""),
        ("<!-- <a href='https://192.0.2.1/'>x</a> -->", ""),
    ];
    let bench = bench();
    for (line, code) in cases {
        bench.write("n.html", format!("<p>The lecture moves.</p>\n{line}\n"));
        let expected: Vec<_> = Some(code)
            .filter(|code| !code.is_empty())
            .map(|code| format!("{code} n.html:2"))
            .into_iter()
            .collect();
        let found: Vec<_> = told(&bench)
            .into_iter()
            .filter(|one| one.starts_with("link-"))
            .collect();
        assert_eq!(found, expected, "{line}");
    }
    bench.write("n.html", "<p>The lecture moves.</p>");
    for (text, code) in [
        ("See\nhttps://bit.ly/3x\n", "link-shortener n.txt:2"),
        ("See\n<https://192.0.2.1/plan>\n", "link-to-ip n.txt:2"),
    ] {
        bench.write("n.txt", text);
        assert_eq!(told(&bench), [code], "{text}");
    }
    bench.write(
        "mailshot.toml",
        campaign("markdown = 'n.md'").replace("text = 'n.txt'\nhtml = 'n.html'\n", ""),
    );
    for (text, code) in [
        (
            "See\n\n[https://bank.example](https://other.example/)\n",
            "link-shows-other-host n.md:3",
        ),
        ("See\n\n[the plan](https://goo.gl/x)\n", "link-shortener n.md:3"),
        (
            "See\n\n<https://uni.example/> [uni.example](https://www.uni.example/)\n",
            "",
        ),
    ] {
        bench.write("n.md", text);
        let expected: Vec<&str> = Some(code).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(told(&bench), expected, "{text}");
    }
}

#[test]
fn a_mailbox_that_goes_through_its_provider_is_asked_for_no_signature() {
    let bench = bench();
    bench.write("people.csv", "email\nada@gmx.de\nbob@laposte.net\n");
    for (from, relay, receivers) in [
        ("ada@gmail.com", "preset = 'gmail'", 0),
        ("ada@163.com", "preset = '163'", 0),
        ("ada@free.fr", "preset = 'free'", 0),
        ("ada@gmail.com", "server = 'smtps://smtp.gmail.com'", 0),
        ("office@uni.example", "preset = 'gmail'", 2),
        ("office@uni.example", "server = 'smtps://smtp.uni.example'", 2),
    ] {
        let login = format!("user = '{from}'\npassword = {{ env = 'PASSWORD' }}\n");
        let message = campaign(&format!("from = '{from}'"));
        bench.write("mailshot.toml", format!("{message}[relay.own]\n{relay}\n{login}"));
        let outcome = bench.run(&["check", "--json"]);
        let document: Value = serde_json::from_str(&outcome.code(0).stdout).expect("JSON");
        let findings = document["findings"].as_array().expect("findings").iter();
        let told = findings
            .filter(|finding| finding["code"] == "receiver-rules")
            .count();
        assert_eq!(told, receivers, "{from} {relay}: {document}");
    }
}
