//! `send --dry-run`: which files it writes and which it leaves alone.
//!
//! What stands in the messages is the matter of `composed.rs`.

mod choosing;

use std::fs;

use crate::support::bench::Bench;

const PREVIEW: &str = "results/preview";

/// Three recipients in rows 2, 4 and 5, and everything the dry run may not touch.
fn bench() -> Bench {
    Bench::new()
        .campaign(
            r#"name = "notice"

[recipients]
file = "people.csv"

[message]
from = "Registrar <registrar@uni.example>"
to = "{{ name }} <{{ email }}>"
subject = "Room change, {{ name }}"
text = "notice.txt"
html = "notice.html"
attach = ["map.txt"]

[relay.school]
server = "smtps://smtp.uni.example"
user = "registrar"
password = { env = "NOBODY_SET_THIS" }
"#,
        )
        .csv(
            "people.csv",
            "email,name\nada@example.org,Ada\n\nBob.O'Neil@Example.NET,Bob\n王@例子.example,王小明\n",
        )
        .file("notice.txt", "Dear {{ name }},\n\nB12 it is.\n")
        .file("notice.html", "<p>Dear {{ name }},</p>\n")
        .file("map.txt", "left, then right\n")
}

/// The names of the files in a folder, sorted; dot files too.
fn names(bench: &Bench, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(bench.path(folder))
        .into_iter()
        .flatten()
        .map(|entry| {
            let name = entry.expect("an entry of the folder").file_name();
            name.to_string_lossy().into_owned()
        })
        .collect();
    names.sort();
    names
}

fn eml(bench: &Bench, folder: &str) -> Vec<String> {
    let mut names = names(bench, folder);
    names.retain(|name| name.ends_with(".eml"));
    names
}

fn header<'m>(message: &'m str, name: &str) -> &'m str {
    let start = format!("{name}: ");
    let find = |line: &'m str| line.strip_prefix(start.as_str());
    message
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(find)
        .unwrap_or_else(|| panic!("no {name} in\n{message}"))
}

#[test]
fn one_file_a_recipient_named_by_row_and_address() {
    let bench = bench();
    let outcome = bench.run(&["send", "--dry-run"]);
    outcome
        .code(0)
        .stderr_has("3 messages")
        .stderr_has("results/preview");
    assert_eq!(outcome.stdout, "");
    assert_eq!(
        eml(&bench, PREVIEW),
        [
            "000002-ada@example.org.eml",
            "000004-Bob.O'Neil@Example.NET.eml",
            "000005-王@xn--fsqu00a.example.eml",
        ]
    );
    let ada = bench.read("results/preview/000002-ada@example.org.eml");
    assert_eq!(header(&ada, "To"), "Ada <ada@example.org>");
    assert_eq!(header(&ada, "Subject"), "Room change, Ada");
}

#[test]
fn two_runs_of_the_same_campaign_are_byte_identical() {
    let bench = bench();
    let files = |folder: &str| -> Vec<(String, Vec<u8>)> {
        eml(&bench, folder)
            .into_iter()
            .map(|name| (name.clone(), bench.bytes(&format!("{folder}/{name}"))))
            .collect()
    };
    bench.run(&["send", "--dry-run"]).code(0);
    let first = files(PREVIEW);
    bench.run(&["send", "--dry-run"]).code(0);
    assert_eq!(first, files(PREVIEW));
    bench.run(&["send", "--dry-run", "--output", "elsewhere"]).code(0);
    assert_eq!(first, files("elsewhere"));
    assert_eq!(first.len(), 3);

    // No two messages share what must be theirs alone.
    let ids: std::collections::BTreeSet<String> = first
        .iter()
        .map(|(_, bytes)| header(&String::from_utf8_lossy(bytes), "Message-ID").to_owned())
        .collect();
    assert_eq!(ids.len(), 3, "{ids:?}");
    assert!(ids.iter().all(|id| id.ends_with("@uni.example>")), "{ids:?}");
}

#[test]
fn the_date_is_that_of_the_newest_input_or_the_one_asked_for() {
    let date = |bench: &Bench| {
        bench.run(&["send", "--dry-run"]).code(0);
        header(&bench.read("results/preview/000002-ada@example.org.eml"), "Date").to_owned()
    };
    let bench = bench();
    let at = |seconds| std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let set = |name: &str, seconds| {
        let file = fs::File::options()
            .write(true)
            .open(bench.path(name))
            .expect("an input");
        file.set_modified(at(seconds)).expect("its time");
    };
    for name in [
        "mailshot.toml",
        "people.csv",
        "notice.txt",
        "notice.html",
        "map.txt",
    ] {
        set(name, 1_700_000_000);
    }
    assert_eq!(date(&bench), "Tue, 14 Nov 2023 22:13:20 +0000");
    for (name, seconds, shown) in [
        ("mailshot.toml", 1_700_000_001, "22:13:21"),
        ("people.csv", 1_700_000_002, "22:13:22"),
        ("notice.html", 1_700_000_003, "22:13:23"),
        ("map.txt", 1_700_000_004, "22:13:24"),
    ] {
        set(name, seconds);
        assert_eq!(date(&bench), format!("Tue, 14 Nov 2023 {shown} +0000"), "{name}");
    }
    let bench = bench.env("SOURCE_DATE_EPOCH", "1234567890");
    assert_eq!(date(&bench), "Fri, 13 Feb 2009 23:31:30 +0000");
}

#[test]
fn it_clears_what_it_wrote_before_and_nothing_else() {
    let bench = bench();
    bench.run(&["send", "--dry-run"]).code(0);
    bench.write("results/preview/notes.txt", "mine");
    bench.write("results/preview/000099-mine@example.org.eml", "mine");
    bench.write("results/preview/old/000002-ada@example.org.eml", "mine");
    bench.write("results/report.csv", "mine");
    bench.write("people.csv", "email,name\ncy@example.org,Cy\n");
    bench
        .run(&["send", "--dry-run"])
        .code(0)
        .stderr_has("1 message in");
    assert_eq!(
        names(&bench, PREVIEW),
        [
            ".mailshot-dry-run",
            "000002-cy@example.org.eml",
            "000099-mine@example.org.eml",
            "notes.txt",
            "old"
        ]
    );
    assert_eq!(bench.read("results/preview/000099-mine@example.org.eml"), "mine");
    assert_eq!(
        bench.read("results/preview/old/000002-ada@example.org.eml"),
        "mine"
    );
    assert_eq!(bench.read("results/report.csv"), "mine");
}

/// The list of earlier files is a file, and files are edited.
#[test]
fn a_list_of_earlier_files_that_names_others_deletes_nothing() {
    let bench = bench().file("000001-outside.eml", "mine");
    bench.run(&["send", "--dry-run"]).code(0);
    bench.write("results/preview/notes.txt", "mine");
    let list = format!(
        "../../000001-outside.eml\n{}\nnotes.txt\n../../people.csv\n000004-Bob.O'Neil@Example.NET.eml\n",
        bench.path("000001-outside.eml").display()
    );
    bench.write("results/preview/.mailshot-dry-run", list);
    for name in ["000002-ada@example.org.eml", "000005-王@xn--fsqu00a.example.eml"] {
        fs::remove_file(bench.path(PREVIEW).join(name)).expect("a message of the first run");
    }
    bench.run(&["send", "--dry-run"]).code(0);
    assert_eq!(bench.read("000001-outside.eml"), "mine");
    assert_eq!(bench.read("results/preview/notes.txt"), "mine");
    assert_eq!(eml(&bench, PREVIEW).len(), 3);
}

#[test]
fn a_file_that_is_not_its_own_is_not_overwritten() {
    let bench = bench().file("out/000002-ada@example.org.eml", "mine");
    bench
        .run(&["send", "--dry-run", "--output", "out"])
        .code(2)
        .stderr_has("000002-ada@example.org.eml")
        .stderr_has("would be overwritten")
        .stderr_has("--output");
    assert_eq!(
        names(&bench, "out"),
        ["000002-ada@example.org.eml"],
        "what was written before it"
    );
    // Nor is it taken for one of its own by the next.
    bench.run(&["send", "--dry-run", "--output", "out"]).code(2);
    assert_eq!(bench.read("out/000002-ada@example.org.eml"), "mine");
}

#[test]
fn it_leaves_no_ledger_no_report_and_nothing_for_other_eyes() {
    let bench = bench();
    bench.run(&["send", "--dry-run"]).code(0);
    assert_eq!(names(&bench, "results"), ["preview"]);
    assert!(!bench.path(".mailshot").exists(), "there is a ledger");
    assert!(
        !bench.path("../state").exists(),
        "something was written for the user"
    );
    assert!(
        !bench.path("../state-home").exists(),
        "something was written for the user"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| {
            let metadata = fs::metadata(bench.path(name)).expect("it was written");
            metadata.permissions().mode() & 0o777
        };
        assert_eq!(mode("results"), 0o700);
        assert_eq!(mode(PREVIEW), 0o700);
        for name in names(&bench, PREVIEW) {
            assert_eq!(mode(&format!("{PREVIEW}/{name}")), 0o600, "{name}");
        }
    }
}

#[test]
fn a_campaign_file_of_another_name_has_results_of_its_own() {
    let bench = bench();
    fs::rename(bench.path("mailshot.toml"), bench.path("week-9.toml")).expect("the campaign file");
    bench.run(&["send", "week-9.toml", "--dry-run"]).code(0);
    assert_eq!(eml(&bench, "results/notice/preview").len(), 3);
    // Named from elsewhere, its paths still start from its folder.
    let folder = bench.path("");
    let from_above = folder.join("week-9.toml").display().to_string();
    bench
        .run(&["send", &from_above, "--dry-run", "--output", "above"])
        .code(0);
    assert_eq!(eml(&bench, "above").len(), 3);
}
