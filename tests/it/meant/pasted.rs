//! What `columns` and the help print for a column: it can be pasted, and it works.

use super::names::table;
use super::{campaign, texts};

#[test]
fn every_column_is_printed_so_that_it_can_be_pasted() {
    let names = [
        "email",
        "in",
        "true",
        "row",
        "campaign",
        "not",
        "2024",
        "First Name",
        "O'Brien",
        "Student's \"nick\"",
        "say \"hi\"",
        "Name\\Vorname",
        "Qs {{x}}",
        "{% if %}",
        "a#}b",
        "{# c",
        "back`tick",
        "Zoë",
        "姓名",
        "a,b",
        "tab\tin it",
        "«x»",
        "“y”",
        "</b>",
        "x & y",
        "column_B",
        "$5",
    ];
    let cells: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, format!("cell {at}")))
        .collect();
    let cells: Vec<_> = cells.iter().map(|(name, cell)| (*name, cell.as_str())).collect();
    let people = table(&cells).replace("cell 0\"", "ada@example.org\"");
    let bench = campaign(&people, "x\n", "");
    let outcome = bench.run(&["columns", "people.csv", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&outcome.code(0).stdout).expect("a document");
    let columns = document["columns"].as_array().expect("columns");
    let templates: Vec<&str> = columns
        .iter()
        .map(|column| column["template"].as_str().expect("a template"))
        .collect();
    assert_eq!(templates.len(), names.len());
    let text: String = templates.iter().map(|template| format!("{template}\n")).collect();
    // In a file, in the quotation marks of a subject, in HTML, and as a condition.
    let headers: String = templates
        .iter()
        .enumerate()
        .map(|(at, template)| format!("\"X-{at}\" = \"{template}\", "))
        .collect();
    let bench = campaign(
        &people,
        &text,
        &format!("headers = {{ {} }}", headers.trim_end_matches(", ")),
    );
    let written = texts(&bench);
    let written: Vec<&str> = written[0].lines().collect();
    for (at, name) in names.iter().enumerate().skip(1) {
        assert_eq!(written[at], format!("cell {at}"), "{name}: {}", templates[at]);
    }
    let message = bench.read("results/preview/000002-ada@example.org.eml");
    for (at, name) in names.iter().enumerate().skip(1) {
        assert!(
            message.contains(&format!("X-{at}: cell {at}\r\n")),
            "{name}: {}\n{message}",
            templates[at]
        );
    }
    let all: Vec<String> = templates
        .iter()
        .enumerate()
        .skip(1)
        .map(|(at, template)| {
            format!(
                "{} == 'cell {at}'",
                template.trim_start_matches("{{ ").trim_end_matches(" }}")
            )
        })
        .collect();
    let outcome = bench.run(&["send", "--dry-run", "--where", &all.join(" and ")]);
    outcome.code(0);
    assert_eq!(bench.eml("results/preview").len(), 1, "{outcome}");
    // And as keys, which take a name as it is, or by its letter.
    let toml = bench.read("mailshot.toml").replace(
        "file = 'people.csv'",
        "file = 'people.csv'\nkey = ['column_J', \"Name\\\\Vorname\", '姓名']\nsort = ['-column_K']\ngroup_by = ['column_M']",
    );
    bench.file("mailshot.toml", toml).run(&["check"]).code(0);
}

#[test]
fn a_name_that_is_not_there_is_told_with_one_that_works() {
    let people = "email,\"Student's \"\"nick\"\"\",true,姓名,First Name\nada@example.org,A,B,C,D\n";
    for (template, help) in [
        ("{{ Studentsnick }}", "{{ column_B }}"),
        ("{{ tru }}", "did you mean {{ row['true'] }}?"),
        ("{{ FirstName }}", "did you mean {{ row['First Name'] }}?"),
        ("{{ 姓 }}", "there is no column `姓`"),
        ("{{ row['姓氏'] }}", "there is no column `姓氏`"),
        (
            "{{ nope }}",
            "the columns are: email, column_B, row['true'], 姓名, row['First Name']",
        ),
        ("{{ name; }}", "`;` has no meaning in a tag"),
    ] {
        let outcome = campaign(people, template, "").run(&["check"]);
        outcome.code(2).stderr_has(help).stderr_has("n.txt:1:");
    }
    let outcome = campaign(people, "x\n", "").run(&["send", "--dry-run", "--where", "Frist == 'D'"]);
    outcome.code(2).stderr_has("row['First Name']").stderr_lacks("{{");
}
