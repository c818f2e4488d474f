//! Lists of who left: wildcards, and the exports of newsletter programs.

use crate::support::bench::Bench;

use super::campaign;

/// A campaign to these addresses, with these lists.
fn with_lists(people: &[&str], lists: &[(String, String)]) -> Bench {
    let bench = campaign(format!("email\n{}\n", people.join("\n")), "x", "");
    let names: Vec<_> = lists.iter().map(|(name, _)| format!("'{name}'")).collect();
    let toml = bench.read("mailshot.toml").replace(
        "file = 'people.csv'",
        &format!("file = 'people.csv'\nsuppress = [{}]", names.join(", ")),
    );
    bench.write("mailshot.toml", toml);
    for (name, text) in lists {
        bench.write(name, text);
    }
    bench
}

/// Who is written to.
fn left(bench: &Bench) -> Vec<String> {
    bench.run(&["send", "--dry-run"]).code(0);
    let name = |path: std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (_, address) = name.split_once('-').expect("the row's number");
        address.trim_end_matches(".eml").to_owned()
    };
    bench.eml("results/preview").into_iter().map(name).collect()
}

#[test]
fn wildcards_mean_what_their_writer_meant() {
    // What stands on the list, who is meant, and who is not.
    let cases = [
        ("*@#", "x@#", "x@sub.#"),
        ("%@#", "x@#", "x@sub.#"),
        (".*@#", "x@#", "x@sub.#"),
        (".*@d7\\.example", "x@d7.example", "x@sub.d7.example"),
        ("^.*@d8\\.example$", "x@d8.example", "x@sub.d8.example"),
        ("/@#$/", "x@#", "x@sub.#"),
        ("Everybody <*@#>", "x@#", "x@sub.#"),
        ("*@*.#", "x@sub.#", "x@#"),
        ("@*.#", "x@a.b.#", "x@#"),
        ("*.#", "x@sub.#", "x@#"),
        (".#", "x@sub.#", "x@#"),
        ("u0@*", "u0@#", "u1@#"),
        ("Ada+*@#", "ada+news@#", "ada@#"),
        ("*-list@#", "a-list@#", "list@#"),
        ("info@*.#", "info@sub.#", "x@sub.#"),
        ("\"*@#\"", "x@#", "x@sub.#"),
        ("mailto:*@#", "x@#", "x@sub.#"),
        ("*＠#", "x@#", "x@sub.#"),
    ];
    let (mut people, mut list, mut expected) = (Vec::new(), String::from("# who left\n"), Vec::new());
    for (number, (entry, gone, stays)) in cases.iter().enumerate() {
        let domain = format!("d{}.example", number + 4);
        list.push_str(&format!("{}\n", entry.replace('#', &domain)));
        people.push(gone.replace('#', &domain));
        people.push(stays.replace('#', &domain));
        expected.push(stays.replace('#', &domain));
    }
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let bench = with_lists(&people, &[("gone.txt".to_owned(), list)]);
    assert_eq!(left(&bench), expected);
}

#[test]
fn what_may_mean_anybody_stops_everything() {
    let lines = [
        "*",
        "*@*",
        "%",
        "?",
        "a?a@example.org",
        "a***@example.org",
        "example.org",
        "*example.org",
        "^(ada|bob)@example\\.org$",
        "ada%@example.org",
        "@*",
        "/ada/x/",
    ];
    let bench = with_lists(&["ada@example.org"], &[("gone.txt".to_owned(), lines.join("\n"))]);
    let outcome = bench.run(&["check"]);
    outcome.code(2).stderr_has("everyone at a domain is @example.org");
    for (number, line) in (1..).zip(lines) {
        outcome
            .stderr_has(&format!("`{line}` is neither"))
            .stderr_has(&format!("gone.txt:{number}:1"));
    }
}

#[test]
fn the_own_list_takes_the_same() {
    let bench = campaign(
        "email\nx@a.example\nx@s.b.example\nada@c.example\nbob@c.example\n",
        "x",
        "",
    );
    bench
        .run(&["unsubscribe", "*@a.example", "*@*.b.example", "ada@*"])
        .code(0)
        .stderr_has("@a.example is on the list now")
        .stderr_has("@*.b.example is on the list now")
        .stderr_has("ada@* is on the list now");
    bench
        .run(&["unsubscribe", "*"])
        .code(2)
        .stderr_has("it means everyone");
    assert_eq!(left(&bench), ["bob@c.example"]);
    bench.run(&["unsubscribe", "--remove", "%@a.example"]).code(0);
    assert_eq!(left(&bench), ["x@a.example", "bob@c.example"]);
}

/// A word that nobody knows is no header with nothing below it.
#[test]
fn a_word_alone_stops_everything() {
    with_lists(
        &["ada@example.org"],
        &[("gone.txt".to_owned(), "ada\n".to_owned())],
    )
    .run(&["check"])
    .code(2)
    .stderr_has("`ada` is neither");
}

/// Each names one person, and somebody else beside, who is no entry.
#[test]
fn exports_of_newsletter_programs_are_read() {
    let exports = [
        "Email Address,First Name,Last Name,UNSUB_TIME,UNSUB_REASON\n#,Ada,L,2026-03-01 10:00:00,NORMAL\n",
        "email,created\n#,1700000000\n",
        "EmailAddress,Reason,LastUpdateTime\n#,COMPLAINT,2026-03-01T00:00:00Z\n",
        "address,code,error,created_at\n#,550,no such user at keep@example.org,Sun 01 Mar 2026\n",
        "recipient,type,non_transactional\n#,non_transactional,true\n",
        "Record ID,Email,Unsubscribed from all email,Contact owner\n1,#,true,keep@example.org\n",
        "date,who,mail to\n2026-03-01,Ada,#\n",
        "who,added_at,note\n#,2026-03-01,asked keep@example.org\n",
        "Name;E-Mail-Adresse;Abgemeldet am\nAda;#;01.03.2026\n",
        "姓名,电子邮箱（必填）,退订时间\n王,#,2026-03-01\n",
        "Nom\tAdresse e-mail\tDate\nAda\t#\t2026\n",
        "Subscriber,Status\n#,Unsubscribed\n",
        "Kontakt,Grund\nAda <#>,keine Zeit\n",
        "Owner email,Subscriber email\n,#\n",
    ];
    let list = |(number, text): (usize, &&str)| {
        (
            format!("l{number}.csv"),
            text.replace('#', &format!("p{number}@example.org")),
        )
    };
    let lists: Vec<_> = exports.iter().enumerate().map(list).collect();
    let mut people: Vec<_> = (0..exports.len())
        .map(|number| format!("p{number}@example.org"))
        .collect();
    people.push("keep@example.org".to_owned());
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    assert_eq!(left(&with_lists(&people, &lists)), ["keep@example.org"]);
}
