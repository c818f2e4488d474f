//! Names of attachments and pictures, as other people's readers give them back: mailparser (Node),
//! MIME::Parser (Perl), GMime (notmuch), mutt and ripmime, beside Python's `email` and mail-parser.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{bench, compose};
use crate::support::bench::Bench;
use crate::support::{notmuch, skip, terminal};

/// Of at most 255 octets, which is what a file system takes.
const NAMES: [&str; 31] = [
    "plain.txt",
    "name with spaces.txt",
    "two  blanks .txt",
    "成绩单.pdf",
    "二〇二六年春季学期期末考试成绩单（最终版）.pdf",
    "成绩单 \"最终\" 100%.pdf",
    "日本語 ファイル名.txt",
    "한국어 파일.txt",
    "تقرير الفصل.pdf",
    "דו״ח.pdf",
    "ไทย.txt",
    "हिन्दी.txt",
    "Отчёт за июнь.doc",
    "Résumé – final.pdf",
    "📎 plan 🎓.pdf",
    "👨‍👩‍👧‍👦.png",
    "he said \"hi\".pdf",
    "it's mine.pdf",
    "100% sure.pdf",
    "50%25.txt",
    "=?utf-8?q?x?=.txt",
    "a =?utf-8?B?5oiQ?= b.txt",
    "utf-8''trick.txt",
    "name*0=bad.txt",
    "semi;colon, comma.txt",
    "(bracket) [x] {y} <z>.txt",
    "a=b&c.txt",
    "tab&amp;.txt",
    "RE: ~tilde#hash@at.txt",
    "x2026-06-01T10:00.tar.gz",
    "王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王王.p",
];

/// A campaign that attaches a file for each name.
fn attaching(names: &[String]) -> Bench {
    let files = (0..names.len()).map(|i| format!("f{i}.bin"));
    let entries: Vec<String> = (files.clone().zip(names))
        .map(|(file, name)| format!("{{ path = \"{file}\", name = {} }}", Value::from(name.as_str())))
        .collect();
    let message = format!("text = \"notice.txt\"\nattach = [\n{}\n]", entries.join(",\n"));
    files.fold(bench(&message), |bench, file| {
        let octets = format!("the octets of {file}");
        bench.file(&file, octets)
    })
}

/// What a program prints as a JSON list of names. `None`: it is not here, and the test skips.
fn names_of(program: &str, arguments: &[&str], message: &Path, modules: &Path) -> Option<Vec<String>> {
    let output = Command::new(program)
        .args(arguments)
        .arg(message)
        .env("NODE_PATH", modules)
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => {
            Some(serde_json::from_slice(&output.stdout).expect("a list of names"))
        }
        Ok(output) => {
            skip(&format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
            None
        }
        Err(_) => {
            skip(&format!("{program} is not installed"));
            None
        }
    }
}

const MAILPARSER: &str = "
    const { simpleParser } = require('mailparser');
    simpleParser(require('fs').createReadStream(process.argv[1]))
        .then(mail => console.log(JSON.stringify(mail.attachments.map(one => one.filename))));";

const MIME_PARSER: &str = "
    use MIME::Parser; use MIME::WordDecoder; use JSON::PP;
    my $parser = MIME::Parser->new; $parser->output_to_core(1);
    my @parts = grep { ($_->head->get('Content-Disposition') || '') =~ /^(attachment|inline)/ }
        $parser->parse_open($ARGV[0])->parts_DFS;
    my @names = map { my $name = $_->head->recommended_filename; utf8::decode($name); $name } @parts;
    binmode STDOUT, ':utf8';
    print JSON::PP->new->encode([@names]);";

/// The names as mailparser, MIME::Parser and GMime read them.
fn libraries_read(message: &Path) -> Vec<(&'static str, Vec<String>)> {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/readers/node_modules");
    let node = names_of("node", &["-e", MAILPARSER], message, &modules);
    let perl = names_of("perl", &["-e", MIME_PARSER], message, &modules);
    let notmuch = notmuch::show(&[message.to_owned()]).map(|mut shown| shown.remove(0).file_names);
    let read = [("mailparser", node), ("MIME::Parser", perl), ("notmuch", notmuch)];
    read.into_iter()
        .filter_map(|(program, names)| Some((program, names?)))
        .collect()
}

/// The files that a program made in an empty folder.
fn files_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Under which names mutt saves the attachments of a message, when a person presses `s` and Enter for
/// each. `None`: it is not here.
fn saved_by_mutt(message: &Path, count: usize) -> Option<BTreeSet<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let saved = folder.path().join("saved");
    fs::create_dir(&saved).expect("a folder");
    let octets = String::from_utf8(fs::read(message).expect("a message")).expect("UTF-8");
    let mailbox = format!(
        "From a@uni.example Wed Jan  1 00:00:00 2025\n{}\n",
        octets.replace("\r\n", "\n")
    );
    fs::write(folder.path().join("mailbox"), mailbox).expect("a mailbox");
    let keys = "<next-entry><save-entry><enter>".repeat(count);
    let settings = format!(
        "set wait_key=no resolve=no timeout=1 sleep_time=0 quit=yes beep=no save_name=no folder=\"..\"\n\
         push \"<view-attachments>{keys}<exit><quit>\"\n"
    );
    fs::write(folder.path().join("settings"), settings).expect("mutt's settings");
    let mutt = ["mutt", "-n", "-F", "../settings", "-R", "-f", "../mailbox"];
    match terminal::another_program(&saved, &mutt)? {
        127 => {
            skip("mutt is not installed");
            None
        }
        code => {
            assert_eq!(code, 0, "mutt");
            Some(files_in(&saved))
        }
    }
}

/// Under which names ripmime saves them. `None`: it is not here.
fn saved_by_ripmime(message: &Path) -> Option<BTreeSet<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new("ripmime");
    command.arg("-i").arg(message).arg("-d").arg(folder.path());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let Ok(status) = status else {
        skip("ripmime is not installed");
        return None;
    };
    assert!(status.success(), "ripmime: {status}");
    Some(files_in(folder.path()))
}

fn filenames(read: &Value) -> Vec<&str> {
    let parts = read["parts"].as_array().expect("parts");
    parts
        .iter()
        .filter_map(|part| part["filename"].as_str())
        .collect()
}

#[test]
fn every_reader_gives_back_the_name_of_a_file() {
    let names = NAMES.map(str::to_owned);
    let bench = attaching(&names);
    if let Some(read) = compose(&bench) {
        assert_eq!(filenames(&read[0]), names, "Python and mail-parser");
    }
    let message = &bench.eml("results/preview")[0];
    for (program, read) in libraries_read(message) {
        assert_eq!(read, names, "{program}");
    }
    if let Some(saved) = saved_by_mutt(message, names.len()) {
        assert_eq!(saved, names.iter().cloned().collect(), "mutt");
    }
    if let Some(saved) = saved_by_ripmime(message) {
        // It decodes what only looks like an encoded word, and ends a name at a quotation mark.
        let names = names
            .iter()
            .filter(|name| !name.contains("=?") && !name.contains('"'));
        for name in names {
            assert!(saved.contains(name), "ripmime: {name} is none of {saved:?}");
        }
    }
}

/// Two hundred characters, in scripts of one to four octets and where every character is escaped.
#[test]
fn names_of_two_hundred_characters_stay_whole() {
    let names = ["x", "王", "Ä", "م", "🎓", "% ", "=?", "\"a", "王 "].map(|piece| {
        let count = 196 / piece.chars().count();
        format!("{}!.txt", piece.repeat(count))
    });
    let bench = attaching(&names);
    if let Some(read) = compose(&bench) {
        assert_eq!(filenames(&read[0]), names, "Python and mail-parser");
    }
    for (program, read) in libraries_read(&bench.eml("results/preview")[0]) {
        assert_eq!(read, names, "{program}");
    }
}

/// Pictures in a page and invitations are parts like any other.
#[test]
fn names_of_pictures_are_written_as_those_of_files() {
    let picture = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/course-notice/map.jpg"));
    let picture = picture.expect("a picture");
    let names = ["校徽.jpg", "map 100%.jpg", "plan \"B\".jpg"];
    let inline: Vec<String> = (names.iter().enumerate())
        .map(|(i, name)| format!("p{i} = {}", Value::from(*name)))
        .collect();
    let bench = bench(&format!(
        "text = \"notice.txt\"\nhtml = \"notice.html\"\ninline = {{ {} }}",
        inline.join(", ")
    ));
    let shown = "<p>The plan of the rooms, as it hangs at the door.<img src=\"cid:p0\" alt=\"a\">\
        <img src=\"cid:p1\" alt=\"b\"><img src=\"cid:p2\" alt=\"c\"></p>";
    let bench = bench.file("notice.html", shown);
    let bench = (names.iter()).fold(bench, |bench, name| bench.file(name, picture.clone()));
    let read = compose(&bench);
    if let Some(read) = &read {
        assert_eq!(filenames(&read[0]), names, "Python and mail-parser");
    }
    let message: PathBuf = bench.eml("results/preview")[0].clone();
    for (program, read) in libraries_read(&message) {
        assert_eq!(read, names, "{program}");
    }
    let octets = fs::read_to_string(message).expect("ASCII");
    assert!(
        octets.contains("name=\"=?utf-8?b?5qCh5b69LmpwZw==?=\""),
        "{octets}"
    );
    assert!(
        octets.contains("filename*=utf-8''%E6%A0%A1%E5%BE%BD.jpg"),
        "{octets}"
    );
}
