use super::*;

/// As it was read: `Name <address>`, or why not.
fn read(text: &str) -> String {
    match one(text) {
        Ok(read) => shown(&read),
        Err(why) => format!("{why:?}"),
    }
}

fn shown(read: &Read) -> String {
    match &read.name {
        Some(name) => format!("{name} <{}>", read.address),
        None => read.address.to_string(),
    }
}

#[test]
fn one_mailbox_as_programs_write_it() {
    const ADA: &str = "ada@example.org";
    const NAMED: &str = "Ada <ada@example.org>";
    for (text, expected) in [
        ("Ada<ada@example.org>", NAMED),
        ("Ada <ada@example.org>;", NAMED),
        ("\"Ada\" <ada@example.org>", NAMED),
        ("'Ada' <ada@example.org>", NAMED),
        ("“Ada” <ada@example.org>", NAMED),
        ("Ada＜ada@example.org＞；", NAMED),
        ("Ada <mailto:ada@example.org>", NAMED),
        ("Ada <SMTP:ada@example.org>", NAMED),
        ("ada@example.org (Ada)", NAMED),
        ("(Ada) ada@example.org", NAMED),
        ("ada@example.org（Ada）", NAMED),
        ("Ada (ada@example.org)", NAMED),
        ("Ada（ada＠example．org）", NAMED),
        ("Ada [ada@example.org]", NAMED),
        ("Ada【ada@example.org】", NAMED),
        ("Ada\u{a0}<\u{200b}ada@example.org>", NAMED),
        ("Ada\n<ada@example.org>", NAMED),
        ("Ada <ada@example.org> (work)", NAMED),
        ("Friends: Ada <ada@example.org>;", NAMED),
        ("Friends:ada@example.org;", ADA),
        ("E-Mail: ada@example.org", ADA),
        ("邮箱：ada@example.org", ADA),
        ("ada@example.org <ada@example.org>", ADA),
        ("'ada@example.org' <ada@example.org>", ADA),
        ("ada@example.org<mailto:ada@example.org>", ADA),
        ("Ada <ada@example.org><mailto:ada@example.org>", NAMED),
        ("ada@example.org; ada@example.org", ADA),
        ("mailto:ada@example.org?subject=Hi%20there", ADA),
        ("mailto:ada%40example.org", ADA),
        ("<<ada@example.org>>", ADA),
        ("ada(the first)@(here)example.org", ADA),
        ("Doe, John <john@example.org>", "Doe, John <john@example.org>"),
        (
            "\"Doe, \\\"J\\\"\" <john@example.org>",
            "Doe, \"J\" <john@example.org>",
        ),
        ("Office: Ada <ada@example.org>", "Office: Ada <ada@example.org>"),
        ("王小明<wang@example.org>", "王小明 <wang@example.org>"),
        ("王（小）明 <wang@example.org>", "王（小）明 <wang@example.org>"),
        ("\"a b\"@example.org", "\"a b\"@example.org"),
        ("Ada <\"a b\"@example.org>", "Ada <\"a b\"@example.org>"),
        ("ada@[127.0.0.1]", "ada@[127.0.0.1]"),
        ("Ada <ada@[IPv6:::1]>", "Ada <ada@[IPv6:::1]>"),
        ("Ada <ada@example.org", "Unclosed"),
        ("Ada <ada@example.org> Lovelace", "Behind"),
        ("<@relay.example:ada@example.org>", "Route"),
        ("sip:ada@example.org", "Scheme"),
        ("Ada ada@example.org", "Space"),
        ("ada@example.org, bob@example.org", "Several"),
        ("ada@example.org\nBcc: eve@example.net", "Several"),
        ("ada@example.org bob@example.org", "Several"),
        ("Ada <ada@example.org> <bob@example.org>", "Behind"),
        ("ada@example,org", "Comma"),
        ("[ada@example.org](mailto:ada@example.org)", ADA),
        ("<mailto:ada@example.org|ada@example.org>", ADA),
        ("<a href=\"mailto:ada@example.org\">ada@example.org</a>", ADA),
        ("=HYPERLINK(\"mailto:ada@example.org\",\"ada@example.org\")", ADA),
        ("[ada@example.org|mailto:ada@example.org]", ADA),
        ("[ada@example.org](mailto:bob@example.org)", "Several"),
        ("[\"ada@example.org\"]", ADA),
        ("{ada@example.org}", ADA),
        ("[Ada](mailto:ada@example.org)", NAMED),
        ("mailto://ada@example.org", ADA),
        ("E-Mail: <ada@example.org>", ADA),
        ("To: Ada <ada@example.org>", NAMED),
        ("\"\"\"ada@example.org\"\"\"", ADA),
        ("Ada\u{200f} <ada@example.org>", NAMED),
        ("undisclosed-recipients:;", "Empty"),
        ("Ada <>", "Empty"),
        ("Ada", "NoAt"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_list_of_mailboxes() {
    for (text, expected) in [
        (
            "Doe, John <john@example.org>; Roe, Jane <jane@example.org>",
            ["Doe, John <john@example.org>", "Roe, Jane <jane@example.org>"].as_slice(),
        ),
        (
            "Doe, John <john@example.org>, jane@example.org,",
            &["Doe, John <john@example.org>", "jane@example.org"],
        ),
        (
            "Friends: ada@example.org, Bob <bob@example.org>;",
            &["ada@example.org", "Bob <bob@example.org>"],
        ),
        (
            "王小明<wang@example.org>；李雷<li@example.org>，hmm@example.org、x@example.org",
            &[
                "王小明 <wang@example.org>",
                "李雷 <li@example.org>",
                "hmm@example.org",
                "x@example.org",
            ],
        ),
        (
            "ada@example.org\r\nbob@example.org\n• cyd@example.org",
            &["ada@example.org", "bob@example.org", "cyd@example.org"],
        ),
        (
            "ada@example.org bob@example.org / cyd@example.org",
            &["ada@example.org", "bob@example.org", "cyd@example.org"],
        ),
        ("ada@example.org (Doe, John); ", &["Doe, John <ada@example.org>"]),
        (
            "“Doe, John” <john@example.org>",
            &["Doe, John <john@example.org>"],
        ),
        (" ; ,", &[]),
    ] {
        let found: Vec<_> = all(text)
            .iter()
            .map(|(_, read)| shown(read.as_ref().unwrap()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}
