//! The first hour of three people: a teacher with a workbook, an office with a newsletter, an operator
//! with a timer. Each task in as few commands as it takes; what they write in between is written here.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::fmt::Write as _;

use crate::support::bench::Bench;
use crate::support::foreign::{english_words, without_replies};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::program::Outcome;
use crate::support::workbook::{row, xlsx};

const PICTURE: &str = "templates/course-notice/map.jpg";

/// The workbook of a registry: two lines of titles, a blank row, the names of the columns, the rows, a
/// blank row, and who made it.
fn marks(second: &str) -> Vec<u8> {
    let student = |number: u64, name: &str, address: &str, mark: &str| {
        let texts = [("B", name), ("C", address)];
        row(number, &texts)
            .replace(
                &format!("<row r=\"{number}\">"),
                &format!(
                    "<row r=\"{number}\"><c r=\"A{number}\"><v>{}</v></c>",
                    20_250_996 + number
                ),
            )
            .replace("</row>", &format!("<c r=\"D{number}\"><v>{mark}</v></c></row>"))
    };
    let rows = [
        row(1, &[("A", "2026—2027学年第一学期《数据结构》期末成绩登记表")]),
        row(2, &[("A", "任课教师：李老师"), ("C", "班级：计科2501")]),
        row(
            4,
            &[("A", "学号"), ("B", "姓名"), ("C", "邮箱"), ("D", "总评成绩")],
        ),
        student(5, "王小明", "s1@stu.example", "93"),
        student(6, "李雷", second, "78.5"),
        student(7, "韩梅梅", "s3@stu.example", "88"),
        row(9, &[("A", "制表人：李老师")]),
    ];
    xlsx(&rows.concat(), ("<sst></sst>", 0))
}

#[track_caller]
fn is_chinese(outcome: &Outcome) {
    let ours = without_replies(&outcome.stderr);
    let names = ["kB", "Bcc", "Cc"];
    assert_eq!(english_words(&ours, &names), Vec::<String>::new(), "{outcome}");
}

#[test]
fn a_teacher_comes_to_a_correct_dry_run_in_four_commands() {
    let picture = std::fs::read(PICTURE).expect("a picture");
    let bench = Bench::new()
        .env("LANG", "zh_CN.UTF-8")
        .file("成绩.xlsx", marks("s2@stu,example"))
        .file("校徽.jpg", picture);
    for number in 20_251_001..=20_251_003 {
        bench.write(&format!("成绩单/{number}.pdf"), format!("%PDF-1.4 {number}"));
    }
    // 1
    let new = bench.run(&[
        "new",
        ".",
        "--list",
        "成绩.xlsx",
        "--from",
        "李老师 <teacherli@163.com>",
    ]);
    new.code(0);
    is_chinese(&new);
    // She writes her letter, and takes the files that `new` found.
    let toml = bench.read("mailshot.toml");
    assert!(toml.contains("preset = \"163\""), "{toml}");
    assert!(
        toml.contains("\n# attach = [\"成绩单/{{ 学号 }}.pdf\"]"),
        "{toml}"
    );
    let toml = toml
        .replace("\n# attach = ", "\nattach = ")
        .replace("text = \"letter.txt\"", "html = \"letter.html\"");
    bench.write("mailshot.toml", toml);
    bench.write(
        "letter.html",
        "<p>{{ 姓名 }} 同学：</p>\n<p>你的《数据结构》总评成绩是 {{ 总评成绩 }}，成绩单见附件。如有疑问，请在三天之内回复这封邮件。</p>\n\
         <p><img src=\"校徽.jpg\" alt=\"校徽\"></p>\n<p>李老师</p>\n",
    );
    // 2: the address with a comma is the only error, and says what was meant.
    let first = bench.run(&["check"]);
    first
        .code(2)
        .stderr_has("s2@stu.example")
        .stderr_has("制表人：李老师");
    assert_eq!(first.stderr.matches("错误[").count(), 1, "{first}");
    is_chinese(&first);
    bench.write("成绩.xlsx", marks("s2@stu.example"));
    // 3
    let second = bench.run(&["check"]);
    second.code(0).stderr_has("3 封邮件").stderr_has("制表人：李老师");
    is_chinese(&second);
    // 4
    let rehearsed = bench.run(&["send", "--dry-run"]);
    rehearsed.code(0);
    is_chinese(&rehearsed);
    let messages = bench.eml("results/preview");
    assert_eq!(messages.len(), 3);
    let message = std::fs::read_to_string(&messages[1]).expect("a message");
    for part in [
        "s2@stu.example",
        "20251002.pdf",
        "Content-ID: ",
        "multipart/related",
        "Content-Type: application/pdf",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

/// The list of an office: a department and an address for each of so many.
fn subscribers(numbers: std::ops::RangeInclusive<usize>) -> String {
    let mut rows = "First Name,Department,E-mail\n".to_owned();
    for number in numbers {
        let department = ["HR", "IT", "Sales"][number % 3];
        writeln!(rows, "Person {number},{department},p{number}@example.org").ok();
    }
    rows
}

/// The same in plain words.
const WORDS: &str = "Dear {{ row['First Name'] }},\n\nhere is what happened in {{ Department }} this month: three new courses \
    have begun, the library opens on Sundays, and the canteen has a new kitchen.\n\nThe new courses are about data \
    structures, the history of the town and the chemistry of cooking. Whoever wants to help with the summer fair finds \
    the list in the office, next to the door, until the end of the month.\n\nYours, the office\n";

const NEWSLETTER: &str = "<html><head><style>@media screen{#box{color:#333333}}</style></head><body>\n\
    <p><img src=\"images/header.jpg\" alt=\"Uni news\"></p>\n\
    <p>Dear {{ row['First Name'] }}, here is what happened in {{ Department }} this month: \
    three new courses have begun, \
     the library opens on Sundays, and the canteen has a new kitchen.</p>\n\
     <p>The new courses are about data structures, the history of the town and the chemistry of cooking; all of them take \
     place in the new building behind the library. The library itself is open from ten to six, on Sundays from noon. \
     Whoever wants to help with the summer fair finds the list in the office, next to the door, until the end of the month.</p>\n\
    <p><img src=\"images/library.jpg\" alt=\"The library\"> <img src='images/canteen.jpg' alt='The canteen'></p>\n\
    <p>Yours, the office</p></body></html>\n";

/// A folder with the newsletter, as it comes from another program.
fn office(relay: &str) -> Bench {
    let bench = Bench::new()
        .csv("people.csv", subscribers(1..=120))
        .file("newsletter.html", NEWSLETTER)
        .file("newsletter.txt", WORDS)
        .campaign(&format!(
            "[recipients]\nfile = 'people.csv'\n\n[message]\nfrom = 'Office <office@uni.example>'\n\
             subject = 'News of {{{{ Department }}}}'\nhtml = 'newsletter.html'\ntext = 'newsletter.txt'\n\n\
             [relay.uni]\nserver = '{relay}'\nconnections = 1\n"
        ));
    let picture = std::fs::read(PICTURE).expect("a picture");
    for name in ["header", "library", "canteen"] {
        bench.write(&format!("images/{name}.jpg"), &picture);
    }
    bench
}

/// Refuses one address, and accepts the others.
fn refusing(address: &'static str) -> Peer {
    Peer::policy(move |event| match event.step {
        Step::Rcpt { to, .. } if to == address => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    })
}

#[test]
fn an_office_sends_its_newsletter_and_what_comes_after() {
    let peer = refusing("p7@example.org");
    let bench = office(&peer.url());
    // The pictures are in the message by themselves, and styles are no comments of templates.
    bench
        .run(&["check"])
        .code(0)
        .stderr_has("120 messages")
        .stderr_lacks("error")
        .stderr_lacks("warning");
    // One department: a mailing of its own, and nobody else is written to by the next command.
    bench
        .run(&["send", "--yes", "--where", "Department == 'HR'"])
        .code(0)
        .stderr_has("40");
    bench
        .run(&["send", "--yes"])
        .code(2)
        .stderr_has("80 recipients were left out");
    bench
        .run(&["send", "--yes", "--where", "true"])
        .code(1)
        .stderr_has("--retry-rejected");
    // Ten more, later; only they get it.
    let before = peer.log().accepted.len();
    bench.write("people.csv", subscribers(1..=130));
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.log().accepted.len() - before, 10);
    // Who was rejected, and why; with a corrected address it is sent to that person alone.
    bench
        .run(&["status", "--recipient", "p7@example.org"])
        .code(0)
        .stdout_has("no such user");
    bench.write(
        "people.csv",
        subscribers(1..=130).replace("p7@example.org", "p7@students.example"),
    );
    bench.run(&["send", "--yes"]).code(0);
    assert_eq!(peer.log().accepted.len() - before, 11);
    // A reminder to those of one department who have it.
    bench.write(
        "newsletter.html",
        NEWSLETTER.replace("three new", "do not forget: three new"),
    );
    bench
        .run(&[
            "send",
            "--yes",
            "--new",
            "--where",
            "mailshot_status == 'accepted' and Department == 'IT'",
        ])
        .code(0);
    let log = peer.finish();
    let reminded: Vec<_> = log
        .accepted
        .iter()
        .filter(|message| String::from_utf8_lossy(&message.content).contains("do not forget"))
        .collect();
    assert_eq!(
        reminded.len(),
        44,
        "IT are 1, 4, 7 … 130, one of them under a new address"
    );
    log.assert_each_message_once();
}

#[test]
fn one_mail_is_one_command() {
    let peer = Peer::policy(|_| None);
    let picture = std::fs::read(PICTURE).expect("a picture");
    let bench = Bench::new().file("map.jpg", picture);
    bench
        .run_with_stdin(
            &[
                "send",
                "--yes",
                "--to",
                "ada@example.org",
                "--from",
                "Office <office@uni.example>",
                "--subject",
                "The way to us",
                "--text",
                "-",
                "--attach",
                "map.jpg",
                "--relay",
                &peer.url(),
            ],
            "Dear Ada,\n\nthe map is attached.\n",
        )
        .code(0);
    let log = peer.finish();
    assert_eq!(log.recipients(), ["ada@example.org"]);
    let content = String::from_utf8_lossy(&log.accepted[0].content).into_owned();
    for part in ["the map is attached.", "map.jpg", "Subject: The way to us"] {
        assert!(content.contains(part), "{part}: {content}");
    }
}

/// A timer's job: one command, a password from the environment, results for programs.
#[test]
fn an_operator_gets_codes_events_and_a_transcript() {
    let peer = refusing("p2@example.org");
    let bench = office(&peer.url());
    bench.write("people.csv", subscribers(1..=3));
    let outcome = bench.run(&["send", "--yes", "--events", "-vv"]);
    outcome.code(1);
    let events = outcome.events();
    let finished = events.last().expect("an event");
    assert_eq!(finished["event"], "finished");
    assert_eq!(finished["reason"], "left_rejected");
    let settled: Vec<_> = events
        .iter()
        .filter(|event| event["event"] == "settled")
        .collect();
    assert_eq!(settled.len(), 3, "{outcome}");
    // What was said to the relay, line by line.
    for line in ["MAIL FROM:<office@uni.example>", "550 5.1.1 no such user"] {
        outcome.stderr_has(line);
    }
    bench
        .run(&["status", "--json"])
        .code(0)
        .stdout_has("\"rejected\":1");
    // What a package needs.
    for shell in ["bash", "zsh", "fish", "powershell"] {
        bench.run(&["completions", shell]).code(0).stdout_has("mailshot");
    }
    bench.run(&["man", "man"]).code(0);
    assert!(bench.path("man/mailshot-send.1").is_file());
}
