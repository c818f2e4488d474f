//! The commands around sending: `check`, `new`, `preview`; and campaigns made
//! of flags.

use std::fs;

use crate::support::bench::Bench;

const CAMPAIGN: &str = r#"name = "notice"

[recipients]
file = "people.csv"

[message]
from = "Registrar <registrar@uni.example>"
to = "{{ name }} <{{ email }}>"
subject = "通知：{{ name }}"
text = "notice.txt"
attach = ["map.txt"]
"#;

fn files() -> Bench {
    Bench::new()
        .csv(
            "people.csv",
            "email,name\nada@example.org,Ada\n\nwang@example.org,王小明（张三）\n",
        )
        .file("notice.txt", "Dear {{ name }},\n\nB12 it is.\n")
        .file("map.txt", "left, then right\n")
}

fn bench() -> Bench {
    files().campaign(CAMPAIGN)
}

#[test]
fn a_clean_check_says_how_many_messages_and_how_much() {
    let bench = bench();
    let outcome = bench.run(&["check"]);
    outcome.code(0);
    assert_eq!(outcome.stdout, "");
    let words = outcome.stderr.trim_end();
    assert!(words.starts_with("2 rows checked: 2 messages of "), "{words}");
    assert!(words.ends_with("kB in all."), "{words}");
    assert!(!bench.path("results").exists() && !bench.path(".mailshot").exists());
    // The folder, the file, and from elsewhere: the same campaign.
    let folder = bench.path("").display().to_string();
    let file = bench.path("mailshot.toml").display().to_string();
    for campaign in [".", "mailshot.toml", &folder, &file] {
        bench
            .run(&["check", campaign])
            .code(0)
            .stderr_has("2 rows checked");
    }
}

#[test]
fn a_check_may_leave_rows_out() {
    let bench = bench().csv(
        "people.csv",
        "email,name\nada@example.org,Ada\nnobody,Bob\nADA@example.org,Ada\n",
    );
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("`nobody` is not an e-mail address")
        .stderr_has("rows 2, 4")
        .stderr_has("2 errors");
    bench
        .run(&["check", "--skip-invalid", "--skip-duplicates"])
        .code(0)
        .stderr_has("3 rows checked: 1 message of")
        .stderr_has("1 invalid row skipped, 1 duplicate skipped");
}

/// Flags alone, relative to the current folder.
const FLAGS: [&str; 8] = [
    "--recipients",
    "people.csv",
    "--from",
    "registrar@uni.example",
    "--subject",
    "Room change",
    "--text",
    "notice.txt",
];

#[test]
fn flags_are_a_campaign_without_any_file() {
    let bench = files();
    let run =
        |command: &[&'static str], further: &[&'static str]| bench.run(&[command, &FLAGS, further].concat());
    run(&["check"], &[])
        .code(0)
        .stderr_has("2 rows checked: 2 messages");
    run(
        &["send", "--dry-run"],
        &["--to", "{{ name }} <{{ email }}>", "--attach", "map.txt"],
    )
    .code(0);
    let message = bench.read("results/preview/000002-ada@example.org.eml");
    assert!(message.contains("To: Ada <ada@example.org>"), "{message}");
    assert!(message.contains("Subject: Room change"), "{message}");
    assert!(message.contains("filename=\"map.txt\""), "{message}");
    // The campaign is called after its recipients, or as one says.
    run(&["send", "--sandbox"], &[]).code(0);
    assert_eq!(bench.summary("results/sandbox")["campaign"], "people");
    run(&["send", "--sandbox"], &["--name", "room-change"]).code(0);
    assert_eq!(bench.summary("results/sandbox")["campaign"], "room-change");
}

#[test]
fn recipients_may_come_from_stdin() {
    let bench = files();
    let mut flags = FLAGS.to_vec();
    flags[1] = "-";
    let rows = "email,name\neve@example.org,Eve\nfay@example.org,Fay\n";
    bench
        .run_with_stdin(&[&["check"], flags.as_slice()].concat(), rows)
        .code(0)
        .stderr_has("2 rows checked: 2 messages");
    bench
        .run_with_stdin(&[&["send", "--dry-run"], flags.as_slice()].concat(), rows)
        .code(0);
    assert_eq!(bench.eml("results/preview").len(), 2);
    // Over a campaign file as well, and a fault is found at its row.
    bench.write("mailshot.toml", CAMPAIGN);
    bench
        .run_with_stdin(&["check", "--recipients", "-"], "email,name\nnobody,Nobody\n")
        .code(2)
        .stderr_has("-:2:1")
        .stderr_has("`nobody` is not an e-mail address");
    bench
        .run_with_stdin(&["check", "--recipients", "-"], "")
        .code(2)
        .stderr_has("the list is to come from stdin, and nothing came");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for (name, mode) in [(".mailshot", 0o700), (".mailshot/stdin", 0o600)] {
            let metadata = fs::metadata(bench.path(name)).expect("it is kept for the second pass");
            assert_eq!(metadata.permissions().mode() & 0o777, mode, "{name}");
        }
    }
}

#[test]
fn flags_lie_over_the_file() {
    let bench = bench()
        .csv("others.csv", "email,name\neve@example.org,Eve\n")
        .file("other.txt", "Hello {{ name }}\n")
        .file("other.html", "<p>Hello {{ name }}</p>\n");
    bench
        .run(&[
            "send",
            "--dry-run",
            "--recipients",
            "others.csv",
            "--from",
            "dean@uni.example",
            "--to",
            "{{ email }}",
            "--subject",
            "Other",
            "--text",
            "other.txt",
            "--html",
            "other.html",
            "--attach",
            "others.csv",
            "--attach",
            "other.txt",
        ])
        .code(0);
    assert_eq!(bench.eml("results/preview").len(), 1);
    let message = bench.read("results/preview/000002-eve@example.org.eml");
    for word in [
        "From: dean@uni.example",
        "To: eve@example.org",
        "Subject: Other",
        "Hello Eve",
        "<p>Hello Eve</p>",
        "filename=\"others.csv\"",
        "filename=\"other.txt\"",
    ] {
        assert!(message.contains(word), "{word} is missing:\n{message}");
    }
    assert!(!message.contains("map.txt"), "{message}");
}

#[test]
fn every_template_makes_a_campaign_that_checks_and_sends() {
    let bench = Bench::new();
    let templates = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))
        .expect("templates/")
        .map(|entry| entry.expect("an entry").file_name());
    let templates: Vec<String> = templates
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert!(templates.len() >= 3, "{templates:?}");
    for (name, lang) in templates.iter().flat_map(|name| [(name, "en"), (name, "zh")]) {
        let folder = &format!("{name}-{lang}");
        let outcome = bench.run(&["new", folder, "--template", name, "--lang", lang]);
        outcome
            .code(0)
            .stderr_has(&format!("mailshot check {folder}"))
            .stderr_has(&format!("mailshot send {folder} --dry-run"))
            .stderr_has(&format!("mailshot send {folder} --sandbox"));
        assert_eq!(outcome.stdout, "");
        let ignored = bench.read(&format!("{folder}/.gitignore"));
        for line in [".mailshot/", "results/"] {
            assert!(ignored.lines().any(|ignored| ignored == line), "{ignored}");
        }
        for other in ["gitignore", "zh"] {
            assert!(!bench.path(format!("{folder}/{other}")).exists());
        }
        is_in_its_language(&bench.read(&format!("{folder}/mailshot.toml")), lang);
        bench
            .run(&["check", folder])
            .code(0)
            .stderr_lacks("warning")
            .stderr_has("3 messages");
        bench
            .run(&["send", folder, "--sandbox"])
            .code(0)
            .stderr_has("accepted");
        let rows = bench.report(&format!("{folder}/results/sandbox"));
        assert!(!rows.is_empty());
        assert!(
            rows.iter().all(|row| row["mailshot_status"] == "accepted"),
            "{rows:?}"
        );
    }
    // Without a name it is one of them; below folders that are not there yet.
    bench.run(&["new", "a/b"]).code(0);
    bench.run(&["check", "a/b"]).code(0);
}

/// The text is in this language, names Excel before CSV, and asks nobody to put a password into the
/// environment of a terminal.
fn is_in_its_language(toml: &str, lang: &str) {
    let chinese = toml.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert_eq!(chinese, lang == "zh", "{toml}");
    let (xlsx, csv) = (toml.find(".xlsx"), toml.find("CSV"));
    assert!(xlsx.is_some() && xlsx < csv, "{toml}");
    assert!(
        !toml.contains("Read-Host") && !toml.contains("\npassword"),
        "{toml}"
    );
}

#[test]
fn new_overwrites_nothing_and_lists_what_it_has() {
    let bench = Bench::new().file("taken/notes.txt", "mine").file("file", "mine");
    for taken in ["taken", "file"] {
        bench
            .run(&["new", taken])
            .code(2)
            .stderr_has("exists already")
            .stderr_has("nothing was changed");
    }
    assert_eq!(bench.read("taken/notes.txt"), "mine");
    assert_eq!(fs::read_dir(bench.path("taken")).expect("it is there").count(), 1);
    fs::create_dir(bench.path("empty")).expect("a folder");
    bench.run(&["new", "empty"]).code(0);
    bench
        .run(&["new", "notice", "--template", "newsleter"])
        .code(2)
        .stderr_has("there is no template `newsleter`")
        .stderr_has("did you mean `newsletter`?")
        .stderr_has("course-notice, newsletter, plain-text");
    assert!(!bench.path("notice").exists());
}

#[test]
fn preview_prints_the_message_of_a_row() {
    let bench = bench();
    let outcome = bench.run(&["preview", "--row", "4"]);
    outcome
        .code(0)
        .stdout_has("From: Registrar <registrar@uni.example>")
        .stdout_has("To: 王小明（张三） <wang@example.org>")
        .stdout_has("Subject: 通知：王小明（张三）")
        .stdout_has("Dear 王小明（张三）,\n\nB12 it is.")
        .stdout_has("map.txt");
    assert_eq!(outcome.stderr, "");
    assert!(!outcome.stdout.contains("Ada"), "{outcome}");
    for row in ["1", "3", "5"] {
        bench
            .run(&["preview", "--row", row])
            .code(2)
            .stderr_has(&format!("there is no row {row} in people.csv"))
            .stderr_has("the header is row 1");
    }
    bench.write(
        "people.csv",
        "email,name\nada@example.org,Ada\nnobody,Bob\nx,y,z\n",
    );
    bench.run(&["preview", "--row", "2"]).code(0);
    bench
        .run(&["preview", "--row", "3"])
        .code(2)
        .stderr_has("people.csv:3:1")
        .stderr_has("`nobody` is not an e-mail address");
    bench
        .run(&["preview", "--row", "4"])
        .code(2)
        .stderr_has("this row has 3 cells");
}
