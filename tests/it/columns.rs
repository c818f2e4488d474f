//! `mailshot columns`: what a file is, what its columns hold, and what templates call them.

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::program::Outcome;

const CSV: &str = "\u{feff}姓名;电子邮件;Score;When;Paid;First Name\r\n\
    王小明;wang@例子.example;85;2026-03-09;yes;\r\n\
    Ada;ada@example.org;1.5;2026-03-10 10:00;no;Ada\r\n\
    Bob;nobody;x;11.3.2026;no;\"a cell of more than twenty-four characters,\n\u{1b}[2Jand two lines\"\r\n";

fn document(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}\n{outcome}"))
}

#[test]
fn the_page_tells_what_was_found_and_how_templates_write_it() {
    let bench = Bench::new().csv("people.csv", CSV);
    let outcome = bench.run(&["columns", "people.csv"]);
    outcome.code(0);
    assert_eq!(outcome.stderr, "");
    let expected = "\
people.csv: text (CSV), UTF-8, cells separated by semicolons
3 rows; row 1 names the columns

       column      in templates             looks like               empty  distinct  examples
    A  姓名        {{ 姓名 }}               text                         0         3  王小明 | Ada | Bob
 *  B  电子邮件    {{ 电子邮件 }}           addresses (1 exception)      0         3  wang@例子.example | ada@example.org | nobody
    C  Score       {{ Score }}              numbers (1 exception)        0         3  85 | 1.5 | x
    D  When        {{ When }}               dates (1 exception)          0         3  2026-03-09 | 2026-03-10 10:00 | 11.3.2026
    E  Paid        {{ Paid }}               yes/no                       0         2  yes | no
    F  First Name  {{ row['First Name'] }}  text                         1         2  Ada | a cell of more than twe…

* `to` is filled in from 电子邮件: {{ 电子邮件 }}
";
    assert_eq!(outcome.stdout, expected, "{}", outcome.stdout);
    // A campaign's own `to` is looked at.
    let bench = bench.campaign(
        r#"[recipients]
file = "people.csv"

[message]
from = "registrar@uni.example"
to = "{{ row['姓名'] }} <{{ row['电子邮件'] }}>"
subject = "x"
text = "notice.txt"
"#,
    );
    for campaign in [".", "mailshot.toml"] {
        bench
            .run(&["columns", campaign])
            .code(0)
            .stdout_has("\n *  B  电子邮件")
            .stdout_has("* `to` is filled in from 电子邮件");
    }
    assert!(!bench.path(".mailshot").exists() && !bench.path("results").exists());
}

#[test]
fn the_document_says_the_same() {
    let bench = Bench::new().csv("people.csv", format!("{CSV}too;few\r\n"));
    let outcome = bench.run(&["columns", "--json", "people.csv"]);
    outcome.code(1).stderr_has("people.csv:5:1");
    let document = document(&outcome);
    assert_eq!(document["format"], "text (CSV)");
    assert_eq!(document["delimiter"], ";");
    assert_eq!(
        (&document["rows"], &document["faulty_rows"]),
        (&4.into(), &1.into())
    );
    assert_eq!(document["first_faults"][0]["code"], "ragged-row");
    let columns = document["columns"].as_array().expect("a list of columns");
    assert_eq!(columns.len(), 6);
    assert_eq!(columns[1]["letter"], "B");
    assert_eq!(columns[1]["template"], "{{ 电子邮件 }}");
    assert_eq!(columns[1]["looks"], "addresses");
    assert_eq!(
        (&columns[1]["others"], &columns[5]["empty"]),
        (&1.into(), &1.into())
    );
    assert_eq!(columns[4]["examples"], serde_json::json!(["yes", "no"]));
}

#[test]
fn many_values_are_counted_up_to_a_bound() {
    let mut csv = "email,group\n".to_owned();
    for i in 0..10_001 {
        csv.push_str(&format!("p{i}@example.org,{}\n", i % 7));
    }
    let outcome = Bench::new()
        .csv("people.csv", csv)
        .run(&["columns", "people.csv", "--json"]);
    outcome.code(0);
    let document = document(&outcome);
    let columns = &document["columns"];
    assert_eq!(
        (&columns[0]["distinct"], &columns[0]["distinct_exact"]),
        (&10_000.into(), &false.into())
    );
    assert_eq!(
        (&columns[1]["distinct"], &columns[1]["distinct_exact"]),
        (&7.into(), &true.into())
    );
    assert_eq!(
        (&columns[0]["to"], &columns[1]["to"]),
        (&true.into(), &false.into())
    );
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let bench = Bench::new()
        .csv("empty.csv", "")
        .csv("open.csv", "email\n\"a@x.test\n");
    for (arguments, words) in [
        (&["columns", "nowhere.csv"][..], "cannot be read"),
        (&["columns", "empty.csv"], "the recipients file is empty"),
        (&["columns", "open.csv"], "never closed"),
        (
            &["columns", "open.csv", "--delimiter", "ab"],
            "one ASCII character",
        ),
        (
            &["columns", "open.csv", "--encoding", "klingon"],
            "there is no encoding `klingon`",
        ),
        (&["columns", "open.csv", "--query", "select 1"], "--query:1:1"),
        (&["columns", "."], "no campaign here"),
        (&["columns"], "FILE"),
    ] {
        let outcome = bench.run(arguments);
        outcome.code(2).stderr_has(words);
        assert_eq!(outcome.stdout, "");
    }
}

#[test]
fn json_lines_go_from_stdin_to_messages() {
    let lines = "{\"email\": \"ada@example.org\", \"id\": 12345678901234567890}\n\n\
        {\"email\": \"bob@example.org\", \"id\": 1.50}\n{\"email\": oops}\n";
    let bench = Bench::new().file("notice.txt", "Your number is {{ id }}.\n");
    bench
        .run_with_stdin(&["columns", "-"], lines)
        .code(1)
        .stdout_has("-: JSON, one object a line\n3 rows, 1 of them cannot be read\n")
        .stderr_has("-:4:1")
        .stderr_has("this line is not JSON: a value is expected (column 11, at `oops}`)");
    assert!(!bench.path(".mailshot").exists());
    let flags = [
        "send",
        "--dry-run",
        "--skip-invalid",
        "--recipients",
        "-",
        "--from",
        "registrar@uni.example",
        "--subject",
        "x",
        "--text",
        "notice.txt",
    ];
    bench.run_with_stdin(&flags, lines).code(1);
    let messages = bench.eml("results/preview");
    let names: Vec<_> = messages
        .iter()
        .filter_map(|path| path.file_name()?.to_str())
        .collect();
    assert_eq!(
        names,
        ["000001-ada@example.org.eml", "000003-bob@example.org.eml"]
    );
    assert!(
        bench
            .read("results/preview/000001-ada@example.org.eml")
            .contains("is 12345678901234567890.")
    );
    assert!(
        bench
            .read("results/preview/000003-bob@example.org.eml")
            .contains("is 1.50.")
    );
    // A list has the same recipients.
    let list = "[\n  {\"email\": \"ada@example.org\", \"id\": 1},\n  {\"email\": \"bob@example.org\", \"id\": 2}\n]\n";
    bench.run_with_stdin(&flags, list).code(0);
    assert_eq!(bench.eml("results/preview").len(), 2);
    assert!(bench.path(".mailshot/stdin").exists());
}

/// The words of a campaign file about how its file is read do not count for another file.
#[test]
fn how_a_file_is_read_belongs_to_the_file() {
    let bench = Bench::new()
        .campaign(
            r#"[recipients]
file = "people.csv"
delimiter = "|"

[message]
from = "registrar@uni.example"
subject = "{{ name }}"
text = "notice.txt"
"#,
        )
        .csv("people.csv", "email|name\nada@example.org|Ada\n")
        .csv("others.csv", "email,name\nbob@example.org,Bob\n")
        .csv("semi.csv", "email;name,full\nbob@example.org;Bob\n")
        .file("notice.txt", "Hello.\n");
    bench.run(&["check"]).code(0);
    bench.run(&["check", "--recipients", "others.csv"]).code(0);
    bench.run(&["check", "--delimiter", ","]).code(2);
    bench
        .run(&["columns", "semi.csv", "--delimiter", ";"])
        .code(0)
        .stdout_has("{{ row['name,full'] }}");
}
