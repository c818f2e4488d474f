//! What the messages of each example say.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;

use crate::support::python;

use super::{GROUPED, SANDBOX, envelopes, example, rows, send_to_the_sandbox};

#[test]
fn the_course_notice_arrives_whole_at_its_own_recipient() {
    let bench = example("course-notice");
    let rows = rows(&bench);
    send_to_the_sandbox(&bench);
    let envelopes = envelopes(&bench);
    let files: Vec<_> = envelopes
        .iter()
        .map(|envelope| {
            let file = envelope["file"].as_str().expect("a file");
            bench.path(format!("{SANDBOX}/{file}"))
        })
        .collect();
    let picture = data_encoding::HEXLOWER
        .encode(<sha2::Sha256 as sha2::Digest>::digest(bench.bytes("map.jpg")).as_slice());
    let Some(messages) = python::read_eml(&files) else {
        return;
    };
    assert_eq!(messages.len(), rows.len());
    for (message, envelope) in messages.iter().zip(&envelopes) {
        assert_eq!(message["defects"], json!([]), "{message}");
        assert_eq!(
            message["structure"],
            json!([
                "multipart/mixed",
                [
                    ["multipart/alternative", ["text/plain", "text/html"]],
                    "image/jpeg"
                ]
            ])
        );
        let to = envelope["to"].as_array().expect("a list");
        assert_eq!(to.len(), 1, "{envelope}");
        let row = rows
            .iter()
            .find(|row| row["email"] == to[0])
            .expect("a recipient of the list");
        assert_eq!(message["addresses"]["to"], json!([[row["name"], row["email"]]]));
        assert_eq!(
            message["addresses"]["from"],
            json!([["教务处", "jiaowu@uni.example"]])
        );
        assert_eq!(
            message["headers"]["subject"],
            json!("【换教室】《数据结构》第9周改到教二楼305")
        );
        let parts = message["parts"].as_array().expect("a list");
        for (part, kind) in parts.iter().zip(["text/plain", "text/html"]) {
            assert_eq!(part["content_type"], kind);
            assert_eq!(part["charset"], "utf-8");
            let text = part["text"].as_str().expect("text");
            let name = if kind == "text/html" {
                escaped(&row["name"])
            } else {
                row["name"].clone()
            };
            for word in [
                &name,
                &row["seat"],
                &row["学号"],
                "原教室",
                "https://uni.example/leave/",
            ] {
                assert!(
                    text.contains(word),
                    "{word} is not in the {kind} of {}:\n{text}",
                    row["name"]
                );
            }
            for other in rows.iter().filter(|other| other["学号"] != row["学号"]) {
                assert!(
                    !text.contains(&other["学号"]),
                    "{} reads of {}",
                    row["name"],
                    other["name"]
                );
            }
            assert!(!text.contains("{{") && !text.contains("{%"), "{text}");
        }
        assert_eq!(parts[2]["filename"], "map.jpg");
        assert_eq!(parts[2]["disposition"], "attachment");
        assert_eq!(parts[2]["sha256"], json!(picture));
    }
}

/// A name as Tera escapes it.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[test]
fn the_newsletter_tells_readers_by_their_plan() {
    let bench = example("newsletter");
    let rows = rows(&bench);
    assert!(rows.len() >= 300, "several hundred rows, not {}", rows.len());
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    assert_eq!(files.len(), rows.len());
    for (file, row) in files.iter().zip(&rows) {
        let bytes = fs::read(file).expect("a message");
        let message = mail_parser::MessageParser::new()
            .parse(&bytes)
            .expect("a message");
        let patron = message
            .subject()
            .expect("a subject")
            .contains("(and your invitation)");
        assert_eq!(patron, row["plan"] == "patron", "{row:?}");
        let text = message.body_text(0).expect("a text part");
        assert_eq!(
            text.contains("YOU READ US FOR FREE"),
            row["plan"] == "free",
            "{row:?}"
        );
        assert!(
            text.contains(&row["first_name"]) && text.contains(&row["city"]),
            "{row:?}"
        );
        let name = format!("{} {}", row["first_name"], row["last_name"]);
        let to = message.to().and_then(|to| to.first()).expect("a To");
        assert_eq!(to.name(), Some(name.as_str()));
        assert_eq!(to.address(), Some(row["email"].as_str()));
    }
}

#[test]
fn the_plain_letter_copies_in_whom_the_cell_names() {
    let bench = example("plain-text");
    let rows = rows(&bench);
    send_to_the_sandbox(&bench);
    assert_eq!(envelopes(&bench).len(), rows.len());
    for envelope in envelopes(&bench) {
        let row = rows
            .iter()
            .find(|row| row["email"] == envelope["to"][0])
            .expect("a recipient of the list");
        let copied = row["tutor"]
            .split([',', ';'])
            .filter(|tutor| !tutor.trim().is_empty());
        let to = envelope["to"].as_array().expect("a list");
        assert_eq!(to.len(), 1 + copied.count(), "{envelope}");
        let own = bench.bytes(&format!("letters/{}.pdf", row["id"]));
        let file = envelope["file"].as_str().expect("a file");
        let bytes = bench.bytes(&format!("{SANDBOX}/{file}"));
        let message = mail_parser::MessageParser::new()
            .parse(&bytes)
            .expect("a message");
        let letter = message.attachment(0).expect("a letter");
        assert!(letter.contents() == own, "{} got another's letter", row["name"]);
    }
}

#[test]
fn the_invitation_speaks_the_guests_language() {
    let bench = example("invitation");
    let rows = rows(&bench);
    bench.run(&["send", "--dry-run"]).code(0);
    let files = bench.eml("results/preview");
    let Some(messages) = python::read_eml(&files) else {
        return;
    };
    assert_eq!(messages.len(), rows.len());
    for (message, row) in messages.iter().zip(&rows) {
        assert_eq!(message["defects"], json!([]), "{message}");
        let related = json!(["multipart/related", ["text/html", "image/png"]]);
        assert_eq!(
            message["structure"],
            json!([
                "multipart/mixed",
                [
                    ["multipart/alternative", ["text/plain", related, "text/calendar"]],
                    "application/pdf"
                ]
            ])
        );
        let subject = message["headers"]["subject"].as_str().expect("a subject");
        let parts = message["parts"].as_array().expect("a list");
        let chinese = row["_lang"].starts_with("zh");
        assert_eq!(subject.contains("冬季晚宴"), chinese, "{subject}");
        for part in parts.iter().filter(|part| part["text"].is_string()) {
            let text = part["text"].as_str().expect("text");
            assert_eq!(text.contains("第二食堂一楼"), chinese, "{text}");
            assert_eq!(text.contains("Dining hall 2"), !chinese, "{text}");
            let name = if part["content_type"] == "text/html" {
                row["name"].replace('\'', "&#39;")
            } else {
                row["name"].clone()
            };
            let named = text.contains(&name) || text.contains(&row["name"]);
            assert!(named, "{name} is not in\n{text}");
        }
        let ticket = parts.last().expect("a ticket");
        assert_eq!(ticket["filename"], json!(format!("{}.pdf", row["name"])));
        let own = bench.bytes(&format!("tickets/{}.pdf", row["ticket"]));
        let digest = data_encoding::HEXLOWER.encode(<sha2::Sha256 as sha2::Digest>::digest(own).as_slice());
        assert_eq!(ticket["sha256"], json!(digest));
    }
}

#[test]
fn the_exam_results_are_one_letter_a_student_with_the_numbers_of_the_sheet() {
    let bench = example(GROUPED);
    send_to_the_sandbox(&bench);
    let files = bench.eml(&format!("{SANDBOX}/messages"));
    assert_eq!(files.len(), 8);
    let Some(messages) = python::read_eml(&files) else {
        return;
    };
    let xue = messages
        .iter()
        .find(|message| message["addresses"]["to"].to_string().contains("ouyangxue"))
        .expect("a letter to her");
    assert_eq!(xue["headers"]["subject"], "期末成绩：3 门课");
    let parts = xue["parts"].as_array().into_iter().flatten();
    let texts: Vec<_> = parts.filter_map(|part| part["text"].as_str()).collect();
    let [text, html] = texts[..] else {
        panic!("{texts:?}")
    };
    for words in [
        "学号 20251111",
        "Art, History 88         合格       80%",
        "大学英语     45.5       不合格     80%",
        "平均分 / on average: **76.2**",
        "《大学英语》需要补考：2026年09月03日",
        "《Art, History》出勤只有 80%",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("《数据结构》"), "{text}");
    assert!(html.contains(">45.5</td>"), "{html}");
    // Each row of the sheet is a line of the report, but the one that was given up.
    let report = bench.report(SANDBOX);
    assert_eq!(report.len(), 20);
    assert!(report.iter().all(|row| row["mailshot_status"] == "accepted"));
    let ids: BTreeSet<_> = report
        .iter()
        .map(|row| row["mailshot_message_id"].clone())
        .collect();
    assert_eq!(ids.len(), 8);
}
