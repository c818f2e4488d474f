//! Which rows make messages: `where`, `_skip`, sorting, grouping, and what is chosen of them.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::python::read_eml;

const GRADES: &str = "\
email,name,course,score,status,_skip,_cc,_attach
bob@example.org,Bob,MATH,9,ok,,boss@example.org,a.txt
ada@example.org,Ada,MATH,85,ok,,,
Bob@Example.org ,Bob,ART,100,ok,,boss@example.org; Aide <aide@example.org>,b.txt;a.txt
ada@example.org,Ada,BIO,7,dropped,,,
ada@example.org,Ada,BIO,,ok,yes,,
ada@example.org,Ada,PE,77,ok,no,,
,NoMail,PE,1,ok,,,
,NoMail,PE,1,ok,,,
";

/// A campaign of results, one message a person, with these lines for its recipients.
fn grades(rows: &str, recipients: &str, more: &str) -> Bench {
    Bench::new()
        .campaign(&format!(
            "[recipients]\nfile = 'grades.csv'\n{recipients}\n\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
             to = '{{{{ name }}}} <{{{{ email }}}}>'\nsubject = 'Your {{{{ rows | length }}}} results, {{{{ name }}}}'\n\
             text = 'results.txt'\n\n{more}"
        ))
        .csv("grades.csv", rows)
        .file(
            "results.txt",
            "Dear {{ name }},\n{% for r in rows %}\n{{ r.course }}: {{ r.score }}{% endfor %}\n",
        )
        .file("a.txt", "a\n")
        .file("b.txt", "b\n")
}

/// The messages of a dry run, as Python reads them, by file name.
fn messages(bench: &Bench) -> Option<BTreeMap<String, Value>> {
    let files = bench.eml("results/preview");
    let names = files.iter().map(|file| {
        let name = file.file_name().expect("a file");
        name.to_string_lossy().into_owned()
    });
    Some(names.zip(read_eml(&files)?).collect())
}

fn names(bench: &Bench) -> Vec<String> {
    let files = bench.eml("results/preview");
    let names = files.iter().map(|file| file.file_name().expect("a file"));
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[test]
fn several_rows_of_a_person_make_one_message_and_each_stays_a_line_of_the_report() {
    let bench = grades(
        GRADES,
        "where = \"status != 'dropped'\"\ngroup_by = 'email'\nsort = ['name', '-score']",
        "",
    );
    bench
        .run(&["send", "--dry-run", "--skip-invalid"])
        .code(1)
        .stderr_has("6 rows checked: 2 messages of")
        .stderr_has("2 rows excluded (where, _skip), 2 invalid rows skipped");
    let Some(messages) = messages(&bench) else { return };
    assert_eq!(
        messages.keys().collect::<Vec<_>>(),
        ["000003-ada@example.org.eml", "000004-Bob@Example.org.eml"]
    );
    let (ada, bob) = (
        &messages["000003-ada@example.org.eml"],
        &messages["000004-Bob@Example.org.eml"],
    );
    assert_eq!(ada["headers"]["subject"], "Your 2 results, Ada");
    assert!(
        bob.to_string().contains("ART: 100\\n\\nMATH: 9") || bob.to_string().contains("ART: 100\\nMATH: 9"),
        "{bob}"
    );
    assert!(ada.to_string().contains("MATH: 85\\nPE: 77"), "{ada}");
    assert!(!ada.to_string().contains("BIO"), "{ada}");

    bench.run(&["send", "--sandbox", "--skip-invalid"]).code(1);
    let report = bench.report("results/sandbox");
    let lines: Vec<(&str, &str, &str)> = report
        .iter()
        .map(|row| {
            (
                row["course"].as_str(),
                row["score"].as_str(),
                row["mailshot_status"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("MATH", "9", "accepted"),
            ("MATH", "85", "accepted"),
            ("ART", "100", "accepted"),
            ("PE", "77", "accepted"),
            ("PE", "1", "invalid"),
            ("PE", "1", "invalid"),
        ]
    );
    assert_eq!(bench.summary("results/sandbox")["recipients"], 2);
    // The copies and files of all rows, each once.
    let captured = bench.eml("results/sandbox/messages");
    let bob = captured
        .iter()
        .map(std::fs::read_to_string)
        .map(|text| text.expect("a message"));
    let bob = bob
        .into_iter()
        .find(|text| text.contains("To: Bob"))
        .expect("Bob's");
    assert!(
        bob.contains("Cc: boss@example.org, Aide <aide@example.org>"),
        "{bob}"
    );
    assert_eq!(bob.matches("filename=").count(), 2, "{bob}");
    assert!(
        bob.contains("filename=\"b.txt\"") && bob.contains("filename=\"a.txt\""),
        "{bob}"
    );
}

#[test]
fn a_column_in_which_the_rows_of_a_message_differ_is_an_error_that_points_to_rows() {
    let bench = grades(
        "email,name,course,score\na@example.org,A,MATH,1\nb@example.org,B,ART,2\na@example.org,A,BIO,3\n",
        "group_by = 'email'",
        "",
    );
    bench.write(
        "results.txt",
        "{{ course }} of {{ row[\"score\"] }}, {{ rows | length }}\n",
    );
    let outcome = bench.run(&["check"]);
    outcome
        .code(2)
        .stderr_has("the rows of one message have different values in `course`, and this needs one")
        .stderr_has("{% for r in rows %} {{ r.course }} {% endfor %}")
        .stderr_has("results.txt:1:4")
        .stderr_has("different values in `score`")
        .stderr_has("(in row 2)");
    // Of a condition, too, that would take it for nothing.
    bench.write(
        "results.txt",
        "{% if name and course == 'MATH' %}x{% endif %}{{ rows | length }}\n",
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("results.txt:1:16")
        .stderr_has("different values in `course`");
    bench.write(
        "results.txt",
        "{% if row['score'] %}x{% endif %}{% include 'foot.txt' %}{{ rows | length }}\n",
    );
    bench.write("foot.txt", "{% if row.course %}y{% endif %}\n");
    let outcome = bench.run(&["check"]);
    outcome
        .code(2)
        .stderr_has("different values in `score`")
        .stderr_has("different values in `course`");
    // What must be one value, in words of its own.
    let bench = grades(
        "email,name,course,score\na@example.org,A,MATH,1\na@example.org,A,BIO,3\n",
        "group_by = 'email'\nkey = ['email', 'course']",
        "",
    );
    bench.run(&["check"]).code(2).stderr_has(
        "the rows of one message have different values in `course`, which must be the same in all of them",
    );
}

#[test]
fn columns_that_are_not_there_are_told_with_their_places() {
    let bench = grades(
        GRADES,
        "where = \"stauts != 'dropped'\"\ngroup_by = 'emial'\nsort = '-scores'",
        "",
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("there is no column `emial` in grades.csv")
        .stderr_has("did you mean `email`?")
        .stderr_has("there is no column `scores` in grades.csv");
    let bench = grades(GRADES, "where = \"stauts != 'dropped'\"\ngroup_by = 'email'", "");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("there is no column `stauts`")
        .stderr_has("mailshot.toml:3:10");
    let bench = grades(GRADES, "where = 'row[\"Sta tus\"] != 1'\ngroup_by = 'email'", "");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("there is no column `Sta tus`")
        .stderr_has("mailshot.toml:3:15");
    let bench = grades(GRADES, "where = 'score > '\ngroup_by = 'email'", "");
    bench.run(&["check"]).code(2).stderr_has("mailshot.toml:3");
    let bench = grades(GRADES, "where = \"status !=\"\ngroup_by = 'email'", "");
    bench.run(&["check"]).code(2).stderr_has("mailshot.toml:3");
}

/// A list in which everybody has three rows that are far apart.
fn scattered(people: usize) -> String {
    let mut rows = "email,name,course,score\n".to_owned();
    for course in ["MATH", "ART", "BIO"] {
        for person in 0..people {
            writeln!(rows, "p{person}@example.org,P{person},{course},{person}").ok();
        }
    }
    rows
}

#[test]
fn a_grouped_mailing_that_is_killed_goes_on_and_nobody_gets_two() {
    let seen = AtomicUsize::new(0);
    let peer = Peer::policy(move |event| match event.step {
        // One answer in seven is that the server has no time now.
        Step::Rcpt { .. } if seen.fetch_add(1, Ordering::SeqCst) % 7 == 3 => {
            Some(Answer::Say("451 4.3.0 later".to_owned()))
        }
        _ => None,
    });
    let relay = format!(
        "[relay.here]\nserver = '{}'\n\n[delivery]\nattempts = 1\n",
        peer.url()
    );
    let bench = grades(&scattered(40), "group_by = 'email'", &relay);
    bench.run(&["send", "--yes", "--limit", "15"]);
    for _ in 0..6 {
        bench.run(&["send", "--yes"]);
    }
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 40);
    for message in &log.accepted {
        let text = String::from_utf8_lossy(&message.content);
        assert!(
            text.contains("MATH: ") && text.contains("ART: ") && text.contains("BIO: "),
            "{text}"
        );
        let (math, art) = (text.find("MATH: "), text.find("ART: "));
        assert!(
            math < art && art < text.find("BIO: "),
            "in the file's order: {text}"
        );
    }
    assert_eq!(bench.statuses()["accepted"], 120, "one line for each row");
}

#[test]
fn where_by_flag_chooses_for_this_run_alone() {
    let peer = Peer::policy(|_| None);
    let relay = format!("[relay.here]\nserver = '{}'\n", peer.url());
    let bench = grades(&scattered(10), "group_by = 'email'", &relay);
    bench
        .run(&["send", "--yes", "--where", "name in ['P1', 'P2']"])
        .code(0)
        .stderr_has("accepted 2 of 10 messages");
    assert_eq!(
        bench.statuses(),
        BTreeMap::from([("accepted".to_owned(), 6), ("pending".to_owned(), 24)])
    );
    bench
        .run(&["send", "--yes", "--where", "nmae == 'P1'"])
        .code(2)
        .stderr_has("--where:1:1");
    bench
        .run(&["send", "--yes", "--sample", "3"])
        .code(2)
        .stderr_has("8 recipients were left out by --where \"name in ['P1', 'P2']\" in earlier runs")
        .stderr_has(": mailshot send --sample 3 --where true --yes");
    bench
        .run(&["send", "--yes", "--sample", "3", "--where", "true"])
        .code(0)
        .stderr_has("3 sent now")
        .stderr_has("accepted 5 of 10 so far");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("accepted 10 of 10 so far");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 10);
}

#[test]
fn a_sample_is_the_same_in_each_dry_run() {
    let bench = grades(&scattered(50), "group_by = 'email'", "");
    bench
        .run(&["send", "--dry-run", "--sample", "4"])
        .code(0)
        .stderr_has("4 messages in");
    let first = names(&bench);
    assert_eq!(first.len(), 4);
    bench.run(&["send", "--dry-run", "--sample", "4"]).code(0);
    assert_eq!(names(&bench), first);
    // Not simply the first of the list.
    assert_ne!(
        first,
        [
            "000002-p0@example.org.eml",
            "000003-p1@example.org.eml",
            "000004-p2@example.org.eml",
            "000005-p3@example.org.eml"
        ]
    );
    bench
        .run(&["send", "--dry-run", "--sample", "4", "--where", "name == 'P7'"])
        .code(0)
        .stderr_has("1 message in");
    bench
        .run(&["send", "--dry-run", "--sample", "2", "--only", "p9@example.org"])
        .code(0)
        .stderr_has("1 message in");
    bench.run(&["send", "--dry-run", "--sample", "0"]).code(2);
}

#[test]
fn faults_of_a_thousand_rows_are_all_in_one_file_which_goes_when_they_are_mended() {
    let mut rows = "email,name\n".to_owned();
    for person in 0..1000 {
        let at = if person % 2 == 0 { "@" } else { "" };
        writeln!(rows, "p{person}{at}example.org,\"=P, {person}\"").ok();
    }
    let bench = Bench::new()
        .campaign(
            "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'a@uni.example'\nsubject = 'x'\ntext = 'x.txt'\n",
        )
        .csv("people.csv", &rows)
        .file("x.txt", "Dear {{ name }}\n");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("… and 480 more problems like these; all of them: ")
        .stderr_has("results/faults.csv")
        .stderr_has("email, cell A3");
    let faults = bench.table("results/faults.csv");
    assert_eq!(faults.len(), 500);
    let last = &faults[499];
    assert_eq!(
        (
            last["file"].as_str(),
            last["row"].as_str(),
            last["cell"].as_str(),
            last["column"].as_str()
        ),
        ("people.csv", "1001", "A1001", "email")
    );
    assert_eq!(last["value"], "p999example.org");
    assert!(last["problem"].contains("the @ is missing"), "{last:?}");
    assert!(last["mend"].contains("correct the cell"), "{last:?}");
    bench.run(&["check", "--skip-invalid"]).code(0);
    assert_eq!(
        bench.table("results/faults.csv").len(),
        500,
        "who is left out is told"
    );
    bench.write(
        "people.csv",
        rows.replace("example.org", "@example.org").replace("@@", "@"),
    );
    bench.run(&["check"]).code(0);
    assert!(!bench.path("results/faults.csv").exists(), "of mended rows");
}
