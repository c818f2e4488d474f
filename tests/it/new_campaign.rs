//! `mailshot new` for a list: with flags, and at a terminal.

use std::fs;

use crate::support::bench::Bench;
use crate::support::program::Outcome;
#[cfg(unix)]
use crate::support::terminal::at_a_terminal;

const LIST: &str =
    "学号,姓名,邮箱,成绩\n20251001,王小明,s1@students.example,90\n20251002,欧阳雪,s2@students.example,85\n";

const SENDER: &str = "李老师 <teacherli@163.com>";

fn bench() -> Bench {
    Bench::new().csv("成绩.csv", LIST)
}

/// No errors and no warnings, but for columns that the letter does not use yet.
fn checks_clean(outcome: &Outcome) {
    outcome.code(0).stderr_has("2 messages");
    let warnings = outcome.stderr.lines().filter(|line| line.starts_with("warning["));
    let others: Vec<_> = warnings.filter(|line| !line.contains("unused-column")).collect();
    assert!(others.is_empty(), "{outcome}");
}

#[test]
fn flags_make_a_campaign_for_a_list_that_checks_clean() {
    let bench = bench();
    let outcome = bench.run(&[
        "new",
        "成绩通知",
        "--list",
        "成绩.csv",
        "--preset",
        "163",
        "--from",
        SENDER,
        "--lang",
        "zh",
    ]);
    outcome
        .code(0)
        .stderr_has("2 行")
        .stderr_has("mailshot check '成绩通知'");
    let toml = bench.read("成绩通知/mailshot.toml");
    let table: toml::Table = toml.parse().expect("TOML");
    assert_eq!(table["recipients"]["file"].as_str(), Some("../成绩.csv"));
    assert_eq!(table["message"]["from"].as_str(), Some(SENDER));
    assert_eq!(table["message"]["subject"].as_str(), Some("成绩通知"));
    let relay = &table["relay"]["163"];
    assert_eq!(relay["preset"].as_str(), Some("163"));
    assert_eq!(relay["user"].as_str(), Some("teacherli@163.com"));
    assert_eq!(relay["rate"][0].as_str(), Some("20/min"));
    assert!(relay.get("password").is_none(), "{toml}");
    assert!(toml.contains("密码不写在这里"), "{toml}");
    checks_clean(&bench.run(&["check", "成绩通知"]));
    bench.run(&["send", "成绩通知", "--dry-run"]).code(0);
    let message = bench.read("成绩通知/results/preview/000002-s1@students.example.eml");
    assert!(
        message.contains("To: ") && message.contains("<s1@students.example>"),
        "{message}"
    );
    assert!(!message.contains("正文"), "the hint goes nowhere: {message}");
    // Nothing of the list's is changed, and it is there once.
    assert_eq!(bench.read("成绩.csv"), LIST);
    assert!(!bench.path("成绩通知/成绩.csv").exists());
}

#[test]
fn a_folder_with_files_is_fine_as_long_as_none_is_overwritten() {
    let bench = bench()
        .file("letter.txt", "mine")
        .file("成绩单/20251001.pdf", "x")
        .file("成绩单/20251002.pdf", "y");
    let new = ["new", ".", "--list", "成绩.csv", "--from", SENDER];
    bench.run(&new).code(0).stderr_has("\n  mailshot check\n");
    assert_eq!(bench.read("letter.txt"), "mine");
    let toml = bench.read("mailshot.toml");
    assert!(toml.contains("file = \"成绩.csv\""), "{toml}");
    assert!(toml.contains("text = \"letter-2.txt\""), "{toml}");
    // The sender's provider is known by the address.
    assert!(toml.contains("preset = \"163\""), "{toml}");
    // A file for each recipient was seen; attached is what the user wants to attach.
    assert!(toml.contains("\n# attach = [\"成绩单/{{ "), "{toml}");
    checks_clean(&bench.run(&["check"]));
    bench.write("mailshot.toml", toml.replace("# attach", "attach"));
    bench.run(&["send", "--dry-run"]).code(0);
    let message = bench.read("results/preview/000002-s1@students.example.eml");
    assert!(message.contains("20251001.pdf"), "{message}");
    // A campaign that is there is left alone.
    bench
        .run(&new)
        .code(2)
        .stderr_has("exists already and has a campaign")
        .stderr_has("nothing was changed");
}

#[test]
fn names_are_written_as_their_columns_have_them() {
    for (rows, to, letter) in [
        (
            "First Name,Last Name,Email\nAda,Lovelace,ada@example.org\nBob,O'Neil,bob@example.org\n",
            "First Name",
            "Dear ",
        ),
        // An empty name is greeted without one.
        (
            "name,email\nAda,ada@example.org\n,bob@example.org\n",
            "{{ name }} <{{ email }}>",
            "{% if name %}",
        ),
        // Cells with names beside their addresses take no further name.
        (
            "name,email\nAda,Ada <ada@example.org>\nBob,bob@example.org\n",
            "to = \"{{ email }}\"",
            "Dear {{ name }},",
        ),
        (
            "email,amount\nada@example.org,1\nbob@example.org,2\n",
            "to = \"{{ email }}\"",
            "Hello,",
        ),
    ] {
        let bench = Bench::new().csv("list.csv", rows);
        let from = "Ada Jones <ada@uni.example>";
        bench
            .run(&[
                "new",
                "n",
                "--list",
                "list.csv",
                "--from",
                from,
                "--relay",
                "smtps://smtp.uni.example",
            ])
            .code(0);
        let toml = bench.read("n/mailshot.toml");
        assert!(toml.contains(to), "{toml}");
        assert!(toml.contains("[relay.uni]"), "{toml}");
        let text = bench.read("n/letter.txt");
        assert!(text.contains(letter), "{text}");
        checks_clean(&bench.run(&["check", "n"]));
    }
}

#[test]
fn what_is_missing_or_wrong_is_said_with_the_flag_and_makes_nothing() {
    let bench = bench().csv("bare.csv", "id,text\n1,a\n2,b\n");
    for (flags, code, words) in [
        (
            &["--list", "成绩.csv"][..],
            2,
            "missing: --from MAILBOX and --preset NAME",
        ),
        (
            &["--from", SENDER],
            2,
            "mailshot new n --from '李老师 <teacherli@163.com>' --list FILE",
        ),
        (
            &["--list", "成绩.csv", "--from", "li@uni.example"],
            2,
            "--preset NAME",
        ),
        (
            &["--list", "成绩.xlsx", "--from", SENDER],
            2,
            "did you mean `成绩.csv`?",
        ),
        (&["--list", "成绩.csv", "--from", "李老师"], 2, "is not a mailbox"),
        (
            &["--list", "成绩.csv", "--from", SENDER, "--preset", "136"],
            2,
            "no preset `136`",
        ),
        (
            &["--list", "bare.csv", "--from", SENDER],
            2,
            "add --to with a column",
        ),
        (
            &["--list", "成绩.csv", "--from", SENDER, "--preset", "ses"],
            2,
            "region",
        ),
        (
            &["--list", "成绩.csv", "--from", SENDER, "--preset", "brevo"],
            2,
            "--user NAME",
        ),
    ] {
        let outcome = bench.run(&[&["new", "n"], flags].concat());
        outcome.code(code).stderr_has(words);
        assert!(!bench.path("n").exists(), "{flags:?}");
    }
    bench
        .run(&["new", "成绩.csv"])
        .code(2)
        .stderr_has("mailshot new --list '成绩.csv'");
    // With all of it, those work.
    let flags = [
        "--list",
        "bare.csv",
        "--from",
        SENDER,
        "--preset",
        "brevo",
        "--user",
        "x1",
        "--to",
        "{{ text }}@a.example",
    ];
    bench.run(&[&["new", "n"], &flags[..]].concat()).code(0);
    bench.run(&["check", "n"]).code(0);
}

#[test]
fn a_relay_of_the_settings_is_taken_by_its_name() {
    let bench = bench().file(
        "config.toml",
        "[relay.school]\npreset = '163'\nuser = 'teacherli@163.com'\n",
    );
    let settings = bench.path("config.toml").display().to_string();
    let bench = bench.env("MAILSHOT_CONFIG", &settings);
    bench
        .run(&["new", "n", "--list", "成绩.csv", "--from", SENDER])
        .code(0);
    let toml = bench.read("n/mailshot.toml");
    assert!(toml.contains("[relay.school]"), "{toml}");
    assert!(!toml.contains("preset = "), "{toml}");
    checks_clean(&bench.run(&["check", "n"]));
}

#[cfg(unix)]
#[test]
fn at_a_terminal_three_questions_make_a_campaign() {
    let bench = bench();
    let list = format!("'{}' \n", bench.path("成绩.csv").display());
    let play = [
        ["List of recipients", "no such file.csv\n"],
        ["List of recipients", &list],
        ["Sender", "teacherli\n"],
        ["Sender", "李老师 <teacherli@163.com>\n"],
        ["Enter for 163", "\n"],
    ];
    let Some((code, screen)) = at_a_terminal(&bench, &play, &["new"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    for words in ["cannot be read", "is not a mailbox", "2 rows"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    // The folder is named after the list.
    assert!(screen.contains("mailshot check '成绩'"), "{screen}");
    let toml = bench.read("成绩/mailshot.toml");
    assert!(toml.contains("file = \"../成绩.csv\""), "{toml}");
    checks_clean(&bench.run(&["check", "成绩"]));
}

#[cfg(unix)]
#[test]
fn at_a_terminal_a_sample_has_the_sender_and_a_server_of_ones_own() {
    let bench = Bench::new();
    let play = [
        ["List of recipients", "\n"],
        ["Sender", "Ada Jones <ada@uni.example>\n"],
        ["Mail provider", "smtp.uni.example\n"],
        ["Mail provider", "smtps://smtp.uni.example\n"],
        ["User name", "ada\n"],
    ];
    let Some((code, screen)) = at_a_terminal(&bench, &play, &["new", "n"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    let toml = bench.read("n/mailshot.toml");
    for line in [
        "from = \"Ada Jones <ada@uni.example>\"",
        "[relay.uni]",
        "user = \"ada\"",
    ] {
        assert!(toml.contains(line), "{line}: {toml}");
    }
    assert!(!toml.contains("[relay.here]"), "{toml}");
    bench.run(&["check", "n"]).code(0).stderr_lacks("warning");
}

#[cfg(unix)]
#[test]
fn leaving_the_questions_leaves_nothing_behind() {
    let bench = bench();
    for typed in ["\u{3}", "\u{4}"] {
        let play = [["List of recipients", "成绩.csv\n"], ["Sender", typed]];
        let Some((code, screen)) = at_a_terminal(&bench, &play, &["new", "n"]) else {
            return;
        };
        assert_eq!(code, 4, "{screen}");
        assert!(screen.contains("Stopped. Nothing was created."), "{screen}");
        let files = fs::read_dir(bench.path("")).expect("a folder").flatten();
        let names: Vec<_> = files.map(|file| file.file_name()).collect();
        assert!(!bench.path("n").exists(), "{names:?}");
    }
    // A template by its name is whole, and asks nothing.
    let Some((code, screen)) = at_a_terminal(&bench, &[], &["new", "t", "--template", "newsletter"]) else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
}
