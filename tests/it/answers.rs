//! Yes and no in cells: the same in `columns`, in templates, in `where` and in `_skip`.

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::python::read_eml;

/// Words that may be an answer, with what they say where `columns` takes them for yes or no.
const WORDS: [&str; 40] = [
    "yes",
    "no",
    "y",
    "n",
    "true",
    "false",
    "ja",
    "nein",
    "wahr",
    "falsch",
    "oui",
    "non",
    "vrai",
    "faux",
    "vero",
    "falso",
    "verdadero",
    "verdadeiro",
    "是",
    "否",
    "x",
    "-",
    "on",
    "off",
    "si",
    "nee",
    "none",
    "null",
    "maybe",
    "Norway",
    "1",
    "0",
    "2",
    "0.5",
    "no.",
    "no!",
    "nono",
    "ok",
    "N/A",
    "非",
];

const NOTICE: &str = "{% if active %}REGISTERED{% else %}not registered{% endif %}\n";

/// A campaign for rows with these columns, that sends this text.
fn bench(people: &str, text: &str, recipients: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            "[recipients]\nfile = 'people.csv'\n{recipients}\n\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
             to = '{{{{ email }}}}'\nsubject = 'Your registration'\ntext = 'notice.txt'\n"
        ))
        .csv("people.csv", people)
        .file("notice.txt", text)
}

/// The text of each message of a dry run, by its first recipient's name.
fn texts(bench: &Bench) -> Option<Vec<(String, String)>> {
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    let name = |file: &std::path::PathBuf| {
        let name = file.file_name().expect("a file").to_string_lossy();
        let (_, name) = name.split_once('-').expect("a number and an address");
        name.split('@').next().unwrap_or_default().to_owned()
    };
    let text = |message: Value| {
        let text = message["parts"][0]["text"].as_str();
        text.unwrap_or_default().trim_end().to_owned()
    };
    let messages = read_eml(&files)?.into_iter().map(text);
    Some(files.iter().map(name).zip(messages).collect())
}

/// How each of the columns of a file looks.
fn looks(bench: &Bench) -> Vec<String> {
    let outcome = bench.run(&["columns", "--json", "people.csv"]);
    outcome.code(0);
    let document: Value = serde_json::from_str(&outcome.stdout).expect("a document");
    let columns = document["columns"].as_array().into_iter().flatten();
    columns
        .map(|column| column["looks"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn pairs(texts: &[(String, String)]) -> Vec<(&str, &str)> {
    texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect()
}

#[test]
fn a_no_is_no_in_every_column_that_is_shown_as_yes_or_no() {
    let people = "email,active,_skip\nbob@example.org,nein,\ncyd@example.org,non,\ndan@example.org,n,\n\
        eve@example.org,no,\nfay@example.org,yes,nein\ngus@example.org,yes,n\nhal@example.org,ja,oui\n";
    let bench = bench(people, NOTICE, "");
    assert_eq!(looks(&bench), ["addresses", "yes-no", "yes-no"]);
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("6 messages ")
        .stderr_has("1 row excluded (where, _skip)");
    let Some(texts) = texts(&bench) else { return };
    let no = "not registered";
    assert_eq!(
        pairs(&texts),
        [
            ("bob", no),
            ("cyd", no),
            ("dan", no),
            ("eve", no),
            ("fay", "REGISTERED"),
            ("gus", "REGISTERED")
        ]
    );
}

/// Every spelling of every word, in a column of its own.
#[test]
fn every_word_is_judged_alike_wherever_it_is_asked() {
    let capital = |word: &str| {
        let mut chars = word.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        first + chars.as_str()
    };
    let spellings = WORDS.iter().flat_map(|word| {
        [
            (*word).to_owned(),
            word.to_uppercase(),
            capital(word),
            format!(" {word}\u{a0}"),
            format!("\u{3000}{word}\u{feff}"),
        ]
    });
    let spellings: Vec<String> = spellings.collect();
    let header: String = (0..spellings.len()).map(|at| format!(",c{at}")).collect();
    let people = format!("email{header}\nann@example.org,{}\n", spellings.join(","));
    let looks = looks(&Bench::new().csv("people.csv", &people));
    let asked = (0..spellings.len()).map(|at| format!("{{% if c{at} %}}1{{% else %}}0{{% endif %}}"));
    let Some(asked) = texts(&bench(&people, &asked.collect::<String>(), "")) else {
        return;
    };
    let (_, asked) = &asked[0];
    let (mut answers, mut said) = (0, [Vec::new(), Vec::new()]);
    for ((spelling, answer), looks) in spellings.iter().zip(asked.chars()).zip(&looks[1..]) {
        let yes = answer == '1';
        if looks == "yes-no" {
            answers += 1;
            let word = spelling.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let word = word.to_lowercase();
            // A cross beside words for yes is no answer.
            if word != "x" {
                said[usize::from(yes)].push(spelling);
            }
            let means_no = ["n", "f", "\u{5426}", "off"]
                .iter()
                .any(|begin| word.starts_with(begin));
            assert_eq!(yes, !means_no, "{spelling:?}");
        } else if !spelling.contains('0') {
            let nothing = ["-", "n/a", "none", "null"];
            let is_nothing = nothing.iter().any(|no| spelling.to_lowercase().contains(no));
            assert_eq!(yes, !is_nothing, "{spelling:?}");
        }
    }
    // With a sign behind it, an answer is one, too.
    assert_eq!(answers, 27 * 5, "twenty-seven words, in five spellings");
    // What says yes in a template is wanted and skipped, in a list of its own.
    for (spellings, yes) in said.iter().zip([false, true]) {
        let rows = |column: &str| {
            let rows = spellings.iter().enumerate();
            let rows = rows.map(|(at, spelling)| format!("p{at}@example.org,{spelling}\n"));
            let other = if yes { "no" } else { "yes" };
            format!(
                "email,{column}\n{}z@example.org,{other}\n",
                rows.collect::<String>()
            )
        };
        let (wanted, kept) = if yes {
            (spellings.len(), 1)
        } else {
            (1, spellings.len())
        };
        let message = |count| format!("{count} message{} ", if count == 1 { "" } else { "s" });
        bench(&rows("active"), "x\n", "where = 'active'")
            .run(&["check"])
            .code(0)
            .stderr_has(&message(wanted));
        bench(&rows("_skip"), "x\n", "")
            .run(&["check"])
            .code(0)
            .stderr_has(&message(kept));
    }
}

/// However a template asks, and through whatever filters, a word for no is no.
#[test]
fn a_template_may_ask_in_any_way() {
    let people = "email,active,paid,note\nann@example.org,ja,ja,oui\nbob@example.org,nein,ja,NON\n\
        cyd@example.org,\u{a0}n ,nein,\n";
    let asked = [
        ("{% if not active %}no{% else %}yes{% endif %}", "yes", "no", "no"),
        ("{% if (active) %}yes{% else %}no{% endif %}", "yes", "no", "no"),
        ("{{ 'yes' if active else 'no' }}", "yes", "no", "no"),
        ("{{ 'yes' if (active) else 'no' }}", "yes", "no", "no"),
        ("{{ 'no' if not active else 'yes' }}", "yes", "no", "no"),
        ("{{ 'yes' if row['active'] else 'no' }}", "yes", "no", "no"),
        (
            "{% if active and paid %}both{% elif paid %}paid{% endif %}",
            "both",
            "paid",
            "",
        ),
        (
            "{% if active or paid %}one{% else %}none{% endif %}",
            "one",
            "one",
            "none",
        ),
        (
            "{% if not (active and paid) %}not both{% endif %}",
            "",
            "not both",
            "not both",
        ),
        (
            "{% if active | trim %}yes{% else %}no{% endif %}",
            "yes",
            "no",
            "no",
        ),
        (
            "{% if active | default(value='x') %}yes{% else %}no{% endif %}",
            "yes",
            "no",
            "no",
        ),
        (
            "{% if active | lower | trim and paid %}yes{% else %}no{% endif %}",
            "yes",
            "no",
            "no",
        ),
        (
            "{% set both = active and paid %}{% if both %}yes{% else %}no{% endif %}",
            "yes",
            "no",
            "no",
        ),
        (
            "{% set late = not active %}{% if late %}late{% endif %}",
            "",
            "late",
            "late",
        ),
        (
            "{% set a = active %}{% if a %}yes{% else %}no{% endif %}",
            "yes",
            "no",
            "no",
        ),
        ("{{ not active }}", "false", "true", "true"),
        ("{{ active and 'registered' }}", "registered", "", ""),
        ("{{ [a for a in [active, paid] if a] | length }}", "2", "1", "0"),
        (
            "{% if note %}{{ note }}{% else %}nothing{% endif %}",
            "oui",
            "nothing",
            "nothing",
        ),
        // A value stays what the cell says.
        (
            "{{ active }} {{ note or 'nothing' }}",
            "ja oui",
            "nein NON",
            "\u{a0}n  nothing",
        ),
        ("{% if active == 'nein' %}nein{% endif %}", "", "nein", ""),
        ("{% include 'parts/answer.txt' %}", "yes", "no", "no"),
    ];
    let text: String = asked
        .iter()
        .map(|(template, ..)| format!("={template}=\n"))
        .collect();
    let bench =
        bench(people, &text, "").file("parts/answer.txt", "{% if active %}yes{% else %}no{% endif %}");
    let Some(texts) = texts(&bench) else { return };
    for (at, (template, ann, bob, cyd)) in asked.into_iter().enumerate() {
        for ((name, text), expected) in texts.iter().zip([ann, bob, cyd]) {
            assert_eq!(
                text.lines().nth(at),
                Some(format!("={expected}=").as_str()),
                "{name}: {template}"
            );
        }
    }
}

/// A name that nobody knows is pointed at where the user wrote it.
#[test]
fn an_unknown_column_before_and_is_told_by_its_name() {
    for (template, place, name) in [
        ("{{ aktiv and 'x' }}", "notice.txt:1:4", "aktiv"),
        ("{{ row[\"aktiv\"] and 'x' }}", "notice.txt:1:4", "aktiv"),
    ] {
        bench("email,active\nann@example.org,ja\n", template, "")
            .run(&["check"])
            .code(2)
            .stderr_has(&format!("there is no column `{name}`\n --> {place}"))
            .stderr_has("did you mean {{ active }}?");
    }
}

#[test]
fn the_rows_of_a_group_are_asked_one_by_one() {
    let people =
        "email,course,passed\nann@example.org,MATH,ja\nann@example.org,ART,Nein\nann@example.org,PE,n\n";
    let template = "{% for r in rows %}{{ r.course }}: {% if r.passed %}passed{% else %}failed{% endif %}; \
        {% endfor %}{{ [r.course for r in rows if not r['passed']] | join(sep='+') }}\n";
    let Some(texts) = texts(&bench(people, template, "group_by = 'email'")) else {
        return;
    };
    assert_eq!(
        pairs(&texts),
        [("ann", "MATH: passed; ART: failed; PE: failed; ART+PE")]
    );
}

#[test]
fn what_is_shown_as_numbers_or_dates_can_be_calculated_with_or_written_as_a_date() {
    let cells = [
        "85",
        "007",
        "-1.5",
        ".5",
        "85%",
        "1,234.50",
        "1.234,50",
        "1 234",
        "1e5",
        "+5",
        "12 kg",
        "2026-03-09",
        "2026-03-09 10:00",
        "3/9/2026",
        "9.3.2026",
        "2026/03/09",
        "2026年3月9日",
        "10:00",
    ];
    let header: Vec<_> = (0..cells.len()).map(|at| format!("c{at}")).collect();
    let quoted = cells.map(|cell| format!("\"{cell}\""));
    let wide = Bench::new().csv(
        "people.csv",
        format!("{}\n{}\n", header.join(","), quoted.join(",")),
    );
    let looks = looks(&wide);
    let rows = quoted.iter().enumerate();
    let rows: String = rows
        .map(|(at, cell)| format!("p{at}@example.org,{cell}\n"))
        .collect();
    let people = format!("email,cell\n{rows}");
    let faults = |template: &str| -> Vec<String> {
        let bench = bench(&people, template, "");
        bench.run(&["check"]).code(2);
        let faults = bench.table("results/faults.csv");
        faults.iter().map(|fault| fault["cell"].clone()).collect()
    };
    let no_numbers = faults("{{ cell + 1 }}\n");
    let no_dates = faults("{{ cell | date }}\n");
    for (at, cell) in cells.into_iter().enumerate() {
        let place = format!("B{}", at + 2);
        assert_eq!(looks[at] == "numbers", !no_numbers.contains(&place), "{cell}");
        // Digits alone are seconds to that filter, so numbers are not asked.
        if looks[at] != "numbers" {
            assert_eq!(looks[at] == "dates", !no_dates.contains(&place), "{cell}");
        }
    }
    let counted = |look: &str| looks.iter().filter(|found| *found == look).count();
    assert_eq!((counted("numbers"), counted("dates")), (5, 2), "{looks:?}");
}
