//! Mailboxes as programs leave them.

use super::Source;
use super::incoming::{Incoming, MOST};

fn mails(content: &[u8]) -> Vec<(u64, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("box");
    std::fs::write(&path, content).unwrap();
    let source = Source::open(&path).unwrap();
    let mails = source.map(Result::unwrap).collect::<Vec<_>>();
    assert!(
        (1..)
            .zip(&mails)
            .all(|(n, mail)| mail.number == n && mail.file == "box")
    );
    let text = |mail: &Incoming| String::from_utf8_lossy(&mail.octets).into_owned();
    mails.iter().map(|mail| (mail.at, text(mail))).collect()
}

fn subjects(content: &[u8]) -> Vec<String> {
    let subject = |mail: &(u64, String)| {
        let line = mail
            .1
            .split(['\r', '\n'])
            .find(|line| line.starts_with("Subject: "));
        line.unwrap_or("none").trim_start_matches("Subject: ").to_owned()
    };
    mails(content).iter().map(subject).collect()
}

const TWO: &str = "From a@x.example Sat Nov 28 05:00:00 2026\nSubject: one\n\nDear Ada\n\n\
                   From here on it goes well.\nFrom: nobody\n\nFrom the office at 10:30\nsee you\n\n\
                   From b@x.example Sat Nov 28 05:00:01 2026\nSubject: two\n\nBye";

#[test]
fn lines_of_people_that_begin_with_from_are_no_mails() {
    assert_eq!(subjects(TWO.as_bytes()), ["one", "two"]);
    assert_eq!(mails(TWO.as_bytes())[0].0, 0);
    assert_eq!(mails(TWO.as_bytes())[1].1, "Subject: two\n\nBye");
    for changed in [
        TWO.replace('\n', "\r\n"),
        TWO.replace('\n', "\r"),
        format!("\u{feff}{TWO}"),
        format!("\n\n{TWO}"),
    ] {
        assert_eq!(subjects(changed.as_bytes()), ["one", "two"], "{changed:?}");
    }
}

#[test]
fn the_length_of_a_body_counts_if_it_is_right() {
    let body = "See below\n\nFrom c@x.example Sat Nov 28 05:00:02 2026\nSubject: quoted\n\nend\n";
    let with = |length: usize| {
        format!(
            "From a@x.example Sat Nov 28 05:00:00 2026\nSubject: one\nContent-Length: {length}\n\n{body}\n\
             From b@x.example Sat Nov 28 05:00:01 2026\nSubject: two\n\nBye\n"
        )
    };
    assert_eq!(subjects(with(body.len()).as_bytes()), ["one", "two"]);
    assert_eq!(subjects(with(100_000).as_bytes()), ["one", "quoted", "two"]);
}

#[test]
fn one_mail_is_one_mail_and_nothing_is_none() {
    assert_eq!(subjects(b"Subject: alone\n\nFrom here\n"), ["alone"]);
    assert_eq!(subjects(b""), [""; 0]);
    assert_eq!(
        subjects(b"From a@x.example Sat Nov 28 05:00:00 2026\nSubject: cut"),
        ["cut"]
    );
    let long = format!("Subject: long\n\n{}", "x".repeat(20 << 20));
    assert_eq!(mails(long.as_bytes())[0].1.len(), MOST);
}

#[test]
fn folders_of_mails_are_read_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("b.eml"), "Subject: b\n\n").unwrap();
    std::fs::write(at("a.eml"), "Subject: a\n\n").unwrap();
    std::fs::write(at(".hidden"), "Subject: c\n\n").unwrap();
    let names = || -> Vec<String> {
        let source = Source::open(folder.path()).unwrap();
        source.map(|mail| mail.unwrap().file).collect()
    };
    assert_eq!(names(), ["a.eml", "b.eml"]);
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir(at(part)).unwrap();
        std::fs::write(at(&format!("{part}/1:2,S")), "Subject: m\n\n").unwrap();
    }
    assert_eq!(names(), ["new/1:2,S", "cur/1:2,S"]);
    assert!(Source::open(&at("none")).is_err());
}

#[test]
fn a_folder_has_other_things_in_it_and_folders() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("2026/may")).unwrap();
    for (name, text) in [
        ("2026/may/1.eml", "Subject: a\n\n"),
        ("b.emlx", "14\nSubject: b\n\nx\n<?xml version=\"1.0\"?>"),
        ("notes.txt", "nothing of the kind\n"),
        ("old.mbox", TWO),
    ] {
        std::fs::write(at(name), text).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", at("endless.eml")).unwrap();
    let mut source = Source::open(folder.path()).unwrap();
    let mails: Vec<Incoming> = source.by_ref().map(Result::unwrap).collect();
    let files: Vec<&str> = mails.iter().map(|mail| mail.file.as_str()).collect();
    assert_eq!(files, ["2026/may/1.eml", "b.emlx", "old.mbox", "old.mbox"]);
    assert_eq!(mails[1].octets, b"Subject: b\n\nx\n");
    assert_eq!(source.passed_over(), 1);
}

#[test]
fn what_is_no_mail_is_named_as_what_it_is() {
    use crate::words::Speak as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for (octets, what) in [
        (b"!BDN\x00".as_slice(), "data file of Outlook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "format of Outlook"),
        (b"\xcf\xad\x12\xfe", "Outlook Express"),
        (b"PK\x03\x04", "packed"),
        (b"\x1f\x8b\x08", "packed"),
        (b"\x89PNG\r\n\x1a\n\x00", "not a mail"),
    ] {
        std::fs::write(&path, octets).unwrap();
        let refused = Source::open(&path).err().unwrap();
        assert!(refused.said().to_string().contains(what), "{refused}");
        assert_eq!(refused.hints().len(), 1);
    }
}
