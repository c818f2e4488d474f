//! Whom a dry run writes to, and what stops it before the first file.

use super::{PREVIEW, bench, eml, names};

/// The messages are written while the rows are checked.
#[test]
fn an_error_in_the_last_of_many_rows_leaves_no_message() {
    let good: String = (1..=3000)
        .map(|i| format!("p{i}@example.org,Person {i}\n"))
        .collect();
    let bench = bench();
    bench.write("people.csv", format!("email,name\n{good}"));
    bench
        .run(&["send", "--dry-run"])
        .code(0)
        .stderr_has("3,000 messages in");
    bench.write("results/preview/notes.txt", "mine");
    bench.write("people.csv", format!("email,name\n{good}nobody,Eve\n"));
    bench
        .run(&["send", "--dry-run"])
        .code(2)
        .stderr_has("people.csv:3002");
    assert_eq!(
        eml(&bench, PREVIEW).len(),
        0,
        "the messages of before are not what would be sent"
    );
    assert_eq!(names(&bench, PREVIEW), ["notes.txt"]);
    bench.run(&["send", "--dry-run", "--output", "new/out"]).code(2);
    assert!(!bench.path("new").exists(), "folders were made for nothing");
    bench
        .run(&["send", "--dry-run", "--skip-invalid"])
        .code(1)
        .stderr_has("3,000 messages in");
    assert_eq!(eml(&bench, PREVIEW).len(), 3000);
}

#[test]
fn limit_and_only_choose_recipients() {
    let bench = bench();
    let written = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["send", "--dry-run"].iter().chain(arguments).copied().collect();
        bench.run(&arguments).code(0);
        let names = eml(&bench, PREVIEW);
        names
            .iter()
            .map(|name| name[..6].trim_start_matches('0').to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(written(&["--limit", "2"]), "2 4");
    assert_eq!(written(&["--limit", "99"]), "2 4 5");
    assert_eq!(written(&["--only", "ADA@example.ORG"]), "2");
    assert_eq!(written(&["--only", "王@例子.example"]), "5");
    assert_eq!(
        written(&["--only", "王@例子.example", "--only", "ada@example.org"]),
        "2 5"
    );
    assert_eq!(
        written(&[
            "--only",
            "王@例子.example",
            "--only",
            "ada@example.org",
            "--limit",
            "1"
        ]),
        "2"
    );
    // Also by a key of the campaign's own.
    let toml = bench
        .read("mailshot.toml")
        .replace("\"people.csv\"", "\"people.csv\"\nkey = \"name\"");
    bench.write("mailshot.toml", toml);
    assert_eq!(written(&["--only", "王小明"]), "5");
}

#[test]
fn somebody_who_is_not_in_the_list_stops_it_before_the_first_file() {
    let bench = bench();
    let chosen = ["--only", "ada@example.org", "--only", "eve@example.net"];
    for limit in [&[][..], &["--limit", "1"]] {
        let arguments: Vec<&str> = ["send", "--dry-run"]
            .iter()
            .chain(&chosen)
            .chain(limit)
            .copied()
            .collect();
        bench
            .run(&arguments)
            .code(2)
            .stderr_has("not in the recipients file: eve@example.net")
            .stderr_lacks("ada@example.org");
        assert!(eml(&bench, PREVIEW).is_empty());
    }
}

#[test]
fn bad_rows_stop_it_unless_they_are_skipped() {
    let bench = bench().csv(
        "people.csv",
        "email,name\nada@example.org,Ada\nnobody,Bob\ncy@example.org,\"Cy\nthe second\"\ndee@example.org,Dee\n",
    );
    bench
        .run(&["send", "--dry-run"])
        .code(2)
        .stderr_has("people.csv:3")
        .stderr_has("people.csv:4")
        .stderr_has("--skip-invalid");
    assert!(!bench.path("results/preview").exists(), "nothing may be written");
    assert_eq!(bench.table("results/faults.csv").len(), 3);
    bench
        .run(&["send", "--dry-run", "--skip-invalid"])
        .code(1)
        .stderr_has("2 messages")
        .stderr_has("2 invalid rows skipped");
    assert_eq!(
        eml(&bench, PREVIEW),
        ["000002-ada@example.org.eml", "000005-dee@example.org.eml"]
    );
}

#[test]
fn duplicates_stop_it_unless_the_first_is_taken() {
    let bench = bench().csv(
        "people.csv",
        "email,name\nada@example.org,Ada\nbob@example.org,Bob\nADA@example.org,Ada again\n",
    );
    bench
        .run(&["send", "--dry-run"])
        .code(2)
        .stderr_has("ada@example.org: rows 2, 4")
        .stderr_has("key")
        .stderr_has("group_by")
        .stderr_has("--skip-duplicates");
    assert!(!bench.path("results").exists(), "nothing may be written");
    bench
        .run(&["send", "--dry-run", "--skip-duplicates"])
        .code(0)
        .stderr_has("1 duplicate skipped");
    assert_eq!(
        eml(&bench, PREVIEW),
        ["000002-ada@example.org.eml", "000003-bob@example.org.eml"]
    );
}
