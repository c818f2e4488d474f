use super::*;

/// Everybody of a list, by line; or its problems.
fn read(text: impl AsRef<[u8]>) -> Result<Vec<(u64, String)>, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, text).unwrap();
    let list = List::open(&path, "list.csv")
        .unwrap()
        .map_err(|e| words(e.into_problems()))?;
    let (mut found, mut wrong) = (Vec::new(), Problems::default());
    let read = lines::read(list, "list.csv", &mut |line, entry| match entry {
        Ok(entry) => found.push((line, entry.to_string())),
        Err(problem) => wrong.push(problem),
    });
    if let Err(error) = read {
        wrong.0.extend(error.into_problems().0);
    }
    if wrong.0.is_empty() {
        Ok(found)
    } else {
        Err(words(wrong))
    }
}

fn words(problems: Problems) -> Vec<String> {
    let one = |p: &Problem| format!("{}: {}", p.place.as_ref().unwrap(), p.what);
    problems.0.iter().map(one).collect()
}

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.org";
const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz";

#[track_caller]
fn holds(text: impl AsRef<[u8]>, expected: &[(u64, &str)]) {
    let found = read(text).unwrap();
    let found: Vec<_> = found.iter().map(|(line, who)| (*line, who.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn one_a_line() {
    holds("", &[]);
    holds("# nobody yet, \"so far\n", &[]);
    holds("ada@example.org", &[(1, ADA)]);
    holds(
        "\u{feff}# who left, and when\r\n\r\nAda <Ada@Example.ORG>\r\n  bob@example.org \r\n@Spam.TEST\r\nABCDEFGHIJKLMNOPQRSTUVWXYZ\r\n",
        &[(3, ADA), (4, BOB), (5, "@spam.test"), (6, TOKEN)],
    );
    holds(
        "\"ada@example.org\"\n#bob@example.org\n\"#bob@example.org\"\n",
        &[(1, ADA), (3, "#bob@example.org")],
    );
    holds("ada@example.org; bob@example.org\n", &[(1, ADA), (1, BOB)]);
    holds(
        "ada@example.org,2026-03-01\nBob,bob@example.org\n",
        &[(1, ADA), (2, BOB)],
    );
    holds("ada@example.org bob＠example.org\n", &[(1, ADA), (1, BOB)]);
    holds("email\nada@example.org\n", &[(2, ADA)]);
    holds("Abonnent\nada@example.org\n", &[(2, ADA)]);
    holds("wer@例子.example\n", &[(1, "wer@xn--fsqu00a.example")]);
}

#[test]
fn a_spreadsheet_of_any_program() {
    holds("name,email\nAda,ada@example.org\n", &[(2, ADA)]);
    holds("Name;E-Mail\n\"B; O\";bob@example.org\n;\n", &[(2, BOB)]);
    holds("name\tMAIL\nAda\tada@example.org\n", &[(2, ADA)]);
    holds("姓名,邮箱\n王,ada@example.org\n", &[(2, ADA)]);
    holds("email,address\nada@example.org,12 Main Street\n", &[(2, ADA)]);
    holds("address,city\nada@example.org,Paris\n", &[(2, ADA)]);
    holds(
        "token,date\nabcdefghijklmnopqrstuvwxyz,2026-03-01\n",
        &[(2, TOKEN)],
    );
    holds(
        "date,kontakt\n2026-03-01,ada@example.org\n2026-03-02,bob@example.org\n",
        &[(2, ADA), (3, BOB)],
    );
    holds(
        "name,email\nAda,\"ada@example.org, bob@example.org\"\n",
        &[(2, ADA), (2, BOB)],
    );
    holds(
        "who,added_at\n@spam.test,2026-03-01T00:00:00Z\n",
        &[(2, "@spam.test")],
    );
    // A report of ours: an address in a Message-ID is nobody's, an invalid row was nobody's.
    holds(
        "kontakt,mailshot_status,mailshot_message_id\r\nada@example.org,rejected,<x@uni.example>\r\nnobody,invalid,\r\n,invalid,\r\n",
        &[(2, ADA)],
    );
}

#[test]
fn what_is_no_entry_is_an_error_with_its_line() {
    for (text, expected) in [
        (
            "ada.example.org\nbob@example.org\n",
            "list.csv:1:1: `ada.example.org` is neither an e-mail address nor an unsubscribe token: the @ is missing",
        ),
        (
            "email\nada@example.org\nada@example@org\n",
            "list.csv:3:1: `ada@example@org` is neither",
        ),
        (
            "ada.example.org,Ada\nbob@example.org,Bob\n",
            "list.csv:1:1: `ada.example.org` is neither",
        ),
        ("ada@example.org,bob@\n", "list.csv:1:17: `bob@` is neither"),
        (
            "ada@example.org bob example.org\n",
            "list.csv:1:1: `ada@example.org bob example.org` is neither",
        ),
        (
            "ada@example.org\nbob–b@example.org\n",
            "list.csv:2:1: `bob–b@example.org` is neither",
        ),
        ("ada@example.org\nbob@example.org\tBob\n", "list.csv:2:1:"),
        ("@\n", "list.csv:1:1: `@` is neither"),
        (
            "email\nada@example.org,bob@example.org\n",
            "list.csv:2:1: this line has 2 cells, the header has 1",
        ),
        (
            "name,email\nAda,\n",
            "list.csv:2:1: this line contains no address",
        ),
        ("name,email\nAda,ada\n", "list.csv:2:5: `ada` is neither"),
        (
            "abcdefghijklmnopqrstuvwxy\n",
            "list.csv:1:1: `abcdefghijklmnopqrstuvwxy` is neither",
        ),
        ("name,city\nAda,Paris\n", "list.csv:1:1: `name` is neither"),
        (
            "email\n\"ada@example.org\n",
            "list.csv: row 2 opens a quotation mark",
        ),
        ("PK\u{3}\u{4}", "list.csv: this workbook cannot be read"),
    ] {
        let words = read(text).unwrap_err();
        assert!(words[0].starts_with(expected), "{text:?}: {words:?}");
    }
    let octets = [
        "王@example.org\n李@example.org\n".as_bytes(),
        b"\xff@example.org\n",
    ]
    .concat();
    let words = read(&octets).unwrap_err();
    assert!(words[0].contains("row 3, cell 1 is not valid UTF-8"), "{words:?}");
}

fn suppression(text: &str) -> Suppression {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, text).unwrap();
    let mut suppression = Suppression::default();
    suppression
        .read(&path, "list.csv", Some("gone.csv"))
        .unwrap()
        .unwrap();
    suppression
}

#[test]
fn an_address_a_domain_and_a_token_suppress() {
    let address = |text: &str| super::super::address::parse(text).unwrap();
    let key = TokenKey::new(&[7; 32]);
    let list = format!(
        "ada@example.org\n@spam.test\n{}\nada@example.org\n",
        key.token(&address(BOB)).to_uppercase()
    );
    let suppression = suppression(&list);
    assert_eq!(suppression.first_token().unwrap().to_string(), "gone.csv, line 3");
    let suppression = suppression.with_key(key);
    let place = |text: &str| {
        let place = suppression.place_of(&address(text));
        place.map(|place| place.to_string())
    };
    assert_eq!(place("ADA@Example.org").unwrap(), "gone.csv, line 1");
    assert_eq!(place("x@SPAM.test").unwrap(), "gone.csv, line 2: @spam.test");
    assert_eq!(place("Bob@example.org").unwrap(), "gone.csv, line 3, by token");
    assert_eq!(place("eve@example.org"), None);
    assert_eq!(place("x@not.spam.test"), None);
    let mut copies: Vec<Mailbox> = [ADA, "eve@example.org"]
        .map(|a| Mailbox::new(None, address(a)))
        .into();
    suppression.take_out(&mut copies);
    assert_eq!(copies.len(), 1);
}

/// Whatever a list holds: every line with an @ comes to an entry or to a problem.
#[test]
fn hostile_lists() {
    const WORDS: [&[u8]; 16] = [
        b"\n",
        b"\r\n",
        b"\r",
        b",",
        b";",
        b"\t",
        b"\"",
        b"#",
        b"@",
        b"<",
        b">",
        b"ada@example.org",
        b"email",
        b"@spam.test",
        b"mailshot_status,",
        "\u{feff}".as_bytes(),
    ];
    fuzzing::hold("list", &WORDS, |bytes| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        match read(bytes) {
            Ok(found) => {
                let utf_8 = std::str::from_utf8(bytes).is_ok() && !text.contains('\0');
                let plain = !text.contains(['"', '\r', ',', ';', '|', '\t']);
                let simple = utf_8 && plain && !text.contains("mailshot_");
                for (line, words) in (1..).zip(text.lines()).filter(|_| simple) {
                    let comment = words.trim_start_matches('\u{feff}').starts_with('#');
                    let told = found.iter().any(|(at, _)| *at == line);
                    assert!(told || comment || !words.contains('@'), "{line}: {words:?}");
                }
                for (_, who) in &found {
                    // Lower case may be letters that an address has not, and is only compared with.
                    if let Ok(again) = Entry::parse(who) {
                        assert_eq!(again.as_str(), who);
                    }
                }
                (true, found.len().min(4))
            }
            Err(words) => (false, words.len().min(4)),
        }
    });
}
