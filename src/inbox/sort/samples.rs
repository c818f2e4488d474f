//! The samples of `tests/inbox`, cut off anywhere, sorted again and again. What each must be is held
//! against the program by `tests/it/inbox_sorted.rs`.

use std::fs;
use std::path::Path;

use super::{Class, sort};

/// The sample that is cut at every octet.
const WHOLE: &str = "dsn/postfix-several.eml";

/// How far apart the cuts of the others are; `MAILSHOT_TEST_CUTS` asks for closer ones.
const APART: usize = 401;

fn samples() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbox");
    let families = fs::read_dir(root).expect("the samples");
    let mails = families.flat_map(|family| fs::read_dir(family.expect("a family").path()).expect("a family"));
    let mut samples: Vec<(String, Vec<u8>)> = mails
        .map(|mail| mail.expect("a mail").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
        .map(|path| (path.display().to_string(), fs::read(&path).expect("a mail")))
        .collect();
    samples.sort();
    assert!(samples.len() > 200, "{}", samples.len());
    samples
}

#[test]
fn no_mail_cut_off_anywhere_is_stumbled_over() {
    let asked = std::env::var("MAILSHOT_TEST_CUTS").ok();
    let apart = asked.and_then(|text| text.parse().ok()).unwrap_or(APART);
    let mut whole = 0;
    for (path, mail) in samples() {
        let every = Path::new(&path).ends_with(WHOLE);
        whole += usize::from(every);
        for end in (0..mail.len()).step_by(if every { 1 } else { apart }) {
            let cut = sort(&mail[..end]);
            assert!(cut.recipients.len() < 100, "{path} cut after {end}: {cut:?}");
        }
    }
    assert_eq!(whole, 1, "{WHOLE} is there");
}

#[test]
fn the_answer_is_the_same_each_time() {
    for (path, mail) in samples() {
        let first = sort(&mail);
        for _ in 0..2 {
            assert_eq!(sort(&mail), first, "{path}");
        }
    }
}

#[test]
fn octets_that_are_no_mail_say_nothing() {
    let octets: Vec<u8> = (0..=255).collect();
    for mail in [
        &b""[..],
        b"\n",
        b"just a line\nand another: 550 5.1.1 user unknown\n",
        &octets,
        &octets.repeat(1000),
    ] {
        let sorted = sort(mail);
        assert_eq!(sorted.class, Class::Other, "{sorted:?}");
        assert!(sorted.recipients.is_empty(), "{sorted:?}");
    }
}
