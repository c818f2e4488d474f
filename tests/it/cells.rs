//! Cells in templates: as text, as numbers, through filters; and what is told of one that does not fit.

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::python::read_eml;

const PEOPLE: &str = "\
email,name,score,fee,share,day,seat,active,note,total
ada@example.org,Ada,87.5,1234.5,85%,2026-03-09,007,TRUE,\"one\n<two> & *three*\",\"1.234,50\"
bob@example.org,,100,0,7%,2026-12-31,12,no,x,7
";

fn campaign(body: &str, more: &str) -> String {
    format!(
        "[recipients]\nfile = 'people.csv'\n{more}\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
         to = '{{{{ email }}}}'\nsubject = 'Result'\n{body}\n"
    )
}

/// A bench with this text for all of these people.
fn bench(people: &str, text: &str, more: &str) -> Bench {
    Bench::new()
        .campaign(&campaign("text = 'notice.txt'", more))
        .csv("people.csv", people)
        .file("notice.txt", text)
}

/// The parts of each message, as texts.
fn parts(bench: &Bench) -> Option<Vec<Vec<String>>> {
    bench.run(&["send", "--dry-run"]).code(0);
    let messages = read_eml(&bench.eml("results/preview"))?;
    let text = |part: &Value| part["text"].as_str().map(str::to_owned);
    let parts = messages.iter().map(|message| {
        let parts = message["parts"].as_array().into_iter().flatten();
        parts.filter_map(text).collect()
    });
    Some(parts.collect())
}

#[test]
fn what_a_template_does_with_a_cell_says_what_the_cell_is() {
    for (template, ada, bob) in [
        // As the sheet shows it, where it only stands.
        ("{{ seat }} {{ share }} {{ fee }}", "007 85% 1234.5", "12 7% 0"),
        ("{{ row['seat'] ~ '!' }}", "007!", "12!"),
        // A number, where it is calculated with or compared with one.
        (
            "{{ seat + 1 }} {{ row['seat'] * 2 }} {{ -1 + seat }}",
            "8 14 6",
            "13 24 11",
        ),
        ("{% if score >= 90 %}A{% elif 80 < score %}B{% endif %}", "B", "A"),
        ("{% if score > share %}more{% endif %}", "more", "more"),
        (
            "{% if seat == 7 %}seven{% endif %}{% if seat == '007' %}!{% endif %}",
            "seven!",
            "",
        ),
        ("{{ score | round }} {{ score | abs }}", "88 87.5", "100 100"),
        (
            "{{ (score / 7) | round(precision=2) }} {{ share | round(method='ceil') }}",
            "12.5 1",
            "14.29 1",
        ),
        ("{{ (fee * share) | money }}", "1,049.33", "0.00"),
        (
            "{{ fee | money(symbol='€ ', thousands='.', point=',') }}",
            "€ 1.234,50",
            "€ 0,00",
        ),
        ("{{ fee | money(decimals=0) }}", "1,235", "0"),
        ("{{ total | number(point=',') | money }}", "1,234.50", "7.00"),
        (
            "{{ seat }} credit{{ seat | pluralize }}",
            "007 credits",
            "12 credits",
        ),
        // Yes and no, where it is a condition.
        ("{% if active %}yes{% else %}no{% endif %}", "yes", "no"),
        ("{{ 'yes' if active else 'no' }}", "yes", "no"),
        ("{% if not active or fee %}x{% endif %}", "x", "x"),
        ("{% if name and active %}both{% endif %}", "both", ""),
        (
            "{% set late = score < 90 %}{% if late %}late{% endif %}",
            "late",
            "",
        ),
        // Dates.
        ("{{ day | date(format='%d.%m.%Y') }}", "09.03.2026", "31.12.2026"),
        ("{{ day | iso }}", "2026-03-09", "2026-12-31"),
        // Texts.
        ("{{ name | default_name(name='student') }}", "Ada", "student"),
        ("{{ name | upper }}", "ADA", ""),
        (
            "{{ email | urlencode }}",
            "ada%40example.org",
            "bob%40example.org",
        ),
    ] {
        let Some(found) = parts(&bench(PEOPLE, &format!("={template}=\n"), "")) else {
            return;
        };
        let expected = [vec![format!("={ada}=\n")], vec![format!("={bob}=\n")]];
        assert_eq!(found, expected, "{template}");
    }
}

#[test]
fn line_breaks_of_a_cell_are_kept_where_the_message_is_html() {
    for (file, body, expected) in [
        (
            "notice.html",
            "<p>{{ note | nl2br }}</p>",
            "<p>one<br>&lt;two&gt; &amp; *three*</p>",
        ),
        (
            "notice.html",
            "<style>p { color: red }</style><p>{{ note | nl2br }}</p>",
            "one<br>&lt;two&gt; &amp; *three*</p>",
        ),
        (
            "notice.md",
            "*Note*: {{ note | nl2br }}",
            "<em>Note</em>: one<br>&lt;two&gt; &amp; *three*",
        ),
    ] {
        let key = if file.ends_with(".md") { "markdown" } else { "html" };
        let bench = Bench::new()
            .campaign(&campaign(&format!("{key} = '{file}'"), ""))
            .csv("people.csv", PEOPLE)
            .file(file, body);
        let Some(found) = parts(&bench) else { return };
        let html = found[0].last().expect("an HTML part");
        assert!(html.contains(expected), "{file}: {html}");
        // In the text beside it they are line breaks, and nothing is escaped.
        let text = found[0].first().expect("a text part");
        assert!(text.contains("one\n<two> & *three*"), "{file}: {text}");
    }
}

#[test]
fn an_included_file_calculates_with_the_same_cells() {
    let bench = bench(PEOPLE, "{% include 'parts/fee.txt' %}\n", "").file(
        "parts/fee.txt",
        "{% if score > 90 %}{{ fee + 1 }}{% else %}{{ fee * 2 }}{% endif %}",
    );
    if let Some(found) = parts(&bench) {
        assert_eq!(found, [["2469\n"], ["1\n"]]);
    }
}

#[test]
fn a_condition_on_rows_compares_numbers() {
    for (condition, rows) in [
        ("score >= 90", "1 message "),
        ("score < 1000", "2 messages "),
        ("share > 0.5 and active", "1 message "),
        ("not active", "1 message "),
        ("day < '2026-06-01'", "1 message "),
    ] {
        bench(PEOPLE, "x\n", &format!("where = \"{condition}\"\n"))
            .run(&["check"])
            .code(0)
            .stderr_has(rows);
        bench(PEOPLE, "x\n", "")
            .run(&["send", "--dry-run", "--where", condition])
            .code(0)
            .stderr_has(rows);
    }
    let broken = PEOPLE.replace(",100,", ",excused,");
    bench(&broken, "x\n", "where = \"score >= 90\"\n")
        .run(&["check"])
        .code(2)
        .stderr_has("`excused` is not a number, and ./mailshot.toml:3:10 calculates with it")
        .stderr_has("score, cell C3");
}

#[test]
fn a_cell_that_is_no_number_is_told_with_its_place_and_the_mend() {
    let people = "\
email,name,score,total
ada@example.org,Ada,87.5,1
bob@example.org,Bob,n/a,2
cyd@example.org,Cyd,,3
dan@example.org,Dan,\"1.234,5\",4
";
    let bench = bench(
        people,
        "Dear {{ name }},\n{% if score >= 60 %}{{ score * 2 }}{% endif %}\n",
        "",
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("`n/a` is not a number, and notice.txt:2:7 calculates with it")
        .stderr_has("score, cell C3")
        .stderr_has("write digits and a point into the cell, such as 1234.50")
        .stderr_has("this cell is empty, and notice.txt:2:7 calculates with it")
        .stderr_has("score, cell C4")
        .stderr_has("check first whether it has a value: {% if score %} … {% endif %}")
        .stderr_has("`1.234,5` is not a number")
        .stderr_has("score, cell C5")
        .stderr_has("(score | number(point=\",\"))")
        .stderr_lacks("Cannot compare")
        .stderr_lacks("_plain");
    let faults = bench.table("results/faults.csv");
    let cells: Vec<_> = faults.iter().map(|fault| fault["cell"].as_str()).collect();
    assert_eq!(cells, ["C3", "C4", "C5"], "{faults:#?}");
    // Each of several rows of one message by its own cell.
    let grouped = people.replace("cyd@example.org", "ada@example.org");
    bench.write("people.csv", grouped);
    bench.write(
        "mailshot.toml",
        campaign("text = 'notice.txt'", "group_by = 'email'\n"),
    );
    bench.write("notice.txt", "{% for r in rows %}{{ r.score + 1 }}{% endfor %}\n");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("this cell is empty, and notice.txt:1:23 calculates with it")
        .stderr_has("score, cell C4");
}

#[test]
fn what_a_filter_cannot_use_is_told_by_its_cell() {
    let people = "email,day,fee\nada@example.org,3/9/2026,free\n";
    for (template, words, cell) in [
        (
            "{{ day | date }}",
            "`3/9/2026` cannot be read as a date with certainty",
            "day, cell B2",
        ),
        ("{{ day | iso }}", "write it as 2026-03-09", "day, cell B2"),
        ("{{ fee | money }}", "`free` is not a number", "fee, cell C2"),
    ] {
        bench(people, template, "")
            .run(&["check"])
            .code(2)
            .stderr_has(words)
            .stderr_has(cell)
            .stderr_has("notice.txt:1:");
    }
    bench(PEOPLE, "Dear {{ name }},\non {{ day | date(locale='de') }}\n", "")
        .run(&["check"])
        .code(2)
        .stderr_has("`date` has no argument `locale`")
        .stderr_has("--> notice.txt:2:");
    // A filter that was meant for all of it.
    bench(PEOPLE, "{{ fee * 2 | money }}\n", "")
        .run(&["check"])
        .code(2)
        .stderr_has("notice.txt:1:14")
        .stderr_has("with brackets it applies to all of them: {{ (fee * 2) | money }}");
}
