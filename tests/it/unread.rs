//! Files that cannot be read for a moment, streams that take no more, and lists that libraries stumble over.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rusqlite::Connection;

use crate::support::bench::Bench;
use crate::support::notice::bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::Step;

#[test]
fn a_list_that_is_away_for_a_moment_was_saved_by_nobody() {
    let path: Arc<OnceLock<std::path::PathBuf>> = Arc::default();
    let (of, taken) = (Arc::clone(&path), AtomicUsize::new(0));
    // The pace makes more than a second of the time between the two.
    let peer = Peer::policy(move |event| {
        let list = of.get()?;
        let away = list.with_extension("away");
        if let Step::Content { .. } = event.step {
            match taken.fetch_add(1, Ordering::SeqCst) {
                0 => fs::rename(list, &away).expect("the list goes"),
                6 => fs::rename(&away, list).expect("the list comes back"),
                _ => {}
            }
        }
        None
    });
    let bench = bench(&peer, 10, "rate = ['4/s']");
    path.set(bench.path("people.csv")).expect("once");
    bench.run(&["send", "--yes"]).code(0).stderr_lacks("saved");
    assert_eq!(peer.finish().accepted.len(), 10);
}

#[test]
fn a_file_of_a_row_that_is_away_for_a_moment_costs_nobody_a_message() {
    let path: Arc<OnceLock<std::path::PathBuf>> = Arc::default();
    let (of, taken) = (Arc::clone(&path), AtomicUsize::new(0));
    let peer = Peer::policy(move |event| {
        let letter = of.get()?;
        let away = letter.with_extension("away");
        if let Step::Content { .. } = event.step {
            match taken.fetch_add(1, Ordering::SeqCst) {
                0 => fs::rename(letter, &away).expect("the letter goes"),
                120 => fs::rename(&away, letter).expect("the letter comes back"),
                _ => {}
            }
        }
        None
    });
    let bench = bench(&peer, 200, "");
    let toml = bench.read("mailshot.toml");
    bench.write(
        "mailshot.toml",
        toml.replace("text = ", "attach = ['letters/{{ email }}.txt']\ntext = "),
    );
    let list = bench.read("people.csv");
    let addresses = list.lines().skip(1).filter_map(|line| line.split(',').next());
    let mut last = String::new();
    for address in addresses {
        last = format!("letters/{address}.txt");
        bench.write(&last, address);
    }
    path.set(bench.path(&last)).expect("once");
    bench.run(&["send", "--yes"]).code(0).stderr_lacks("invalid");
    assert_eq!(peer.finish().accepted.len(), 200);
}

#[test]
fn a_limit_on_the_size_of_files_is_met_as_a_full_disk() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 2_000, "");
    let limited = |blocks: u32| {
        let run = format!("ulimit -f {blocks}; exec \"$0\" send . --yes");
        let ended = Command::new("sh")
            .args(["-c", &run, env!("CARGO_BIN_EXE_mailshot")])
            .current_dir(bench.path(""))
            .env("MAILSHOT_STATE", bench.path("state"))
            .env("MAILSHOT_CONFIG", bench.path("no-settings"))
            .output()
            .expect("the program");
        (
            ended.status.code(),
            String::from_utf8_lossy(&ended.stderr).into_owned(),
        )
    };
    let (code, said) = limited(16);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("error: "), "{said}");
    // Enough for the list, and not for what becomes of it.
    let (code, said) = limited(1_200);
    assert!(matches!(code, Some(0 | 3)), "{code:?}: {said}");
    peer.finish();
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 5_000, "");
    bench.run(&["send", "--yes"]).code(0);
    peer.finish();
    let mut report = Command::new(env!("CARGO_BIN_EXE_mailshot"))
        .args(["report", "."])
        .env("MAILSHOT_CONFIG", bench.path("no-settings"))
        .current_dir(bench.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut first = String::new();
    let out = report.stdout.take().expect("a pipe");
    BufReader::new(out).read_line(&mut first).expect("its first line");
    assert!(first.contains("mailshot_status"), "{first}");
    let ended = report.wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!((ended.status.code(), &*said), (Some(0), ""));
}

#[test]
#[cfg(target_os = "linux")]
fn help_that_nobody_gets_has_failed() {
    for (arguments, code) in [
        (&["--help"][..], 2),
        (&["send", "--help"], 2),
        (&["--version"], 2),
    ] {
        let full = fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("/dev/full");
        let ended = Command::new(env!("CARGO_BIN_EXE_mailshot"))
            .args(arguments)
            .stdout(full)
            .output()
            .expect("the program");
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(said.contains("stdout cannot be written"), "{said}");
    }
}

#[test]
fn an_attachment_flag_takes_one_file() {
    let bench = Bench::new()
        .campaign("[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'a@uni.example'\nsubject = 'x'\ntext = 'm.txt'\n")
        .csv("people.csv", "email\nada@example.org\n")
        .file("m.txt", "Hello\n")
        .file("one.txt", "one\n")
        .file("two.txt", "two\n");
    bench
        .run(&["send", "--dry-run", "--attach", "one.txt", "people.csv"])
        .code(2)
        .stderr_has("a campaign is a folder or a .toml file");
    bench
        .run(&[
            "send",
            "--attach",
            "one.txt",
            "--attach",
            "two.txt",
            ".",
            "--dry-run",
        ])
        .code(0);
    let message = fs::read_to_string(&bench.eml("results/preview")[0]).expect("the message");
    assert!(
        message.contains("one.txt") && message.contains("two.txt"),
        "{message}"
    );
}

#[test]
fn databases_that_are_odd_are_told_in_words() {
    let bench = Bench::new()
        .campaign("[recipients]\nfile = 'p.db'\nQUERY\n[message]\nfrom = 'a@uni.example'\nsubject = 'x'\ntext = 'm.txt'\n")
        .file("m.txt", "Hello\n");
    let toml = bench.read("mailshot.toml");
    let query = |query: &str| bench.write("mailshot.toml", toml.replace("QUERY", query));
    let sql = "create table p (email text, naQme text); insert into p values ('ada@example.org', 'Ada');
        create view huge as select 'a@example.org' as email, hex(zeroblob(20000000)) as name;";
    Connection::open(bench.path("p.db"))
        .expect("a database")
        .execute_batch(sql)
        .expect("its tables");
    query("query = 'select * from p where naQme = ?1'");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("the query has parameters")
        .stderr_has("write the value itself");
    query("query = 'select * from huge'");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("a value or a row of more than 16 MiB");
    let octets = bench.bytes("p.db");
    let name: Vec<u8> = octets
        .split_inclusive(|octet| *octet == b'Q')
        .flat_map(|part| match part {
            [before @ .., b'Q'] if before.ends_with(b"na") => [before, b"\xff"].concat(),
            part => part.to_vec(),
        })
        .collect();
    bench.write("p.db", name);
    query("query = 'select * from p'");
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("a column of the database has a name that is not UTF-8")
        .stderr_lacks("panicked");
    query("sheet = 'p'");
    bench.run(&["check"]).code(2).stderr_lacks("panicked");
}

#[test]
fn rows_and_addresses_have_bounds() {
    let bench = Bench::new()
        .campaign("[recipients]\nfile = 'p.csv'\n[message]\nfrom = 'a@uni.example'\nsubject = 'x'\ntext = 'm.txt'\n")
        .file("m.txt", "Hello\n")
        .csv("p.csv", format!("email,name\nada@example.org,{}\n", ",".repeat(10_000_000)));
    bench
        .run(&["check"])
        .code(2)
        .stderr_has("row 2 has more than 65,536 cells");
    for (address, why) in [
        ("a@127.0.0.1", "is an IP address without brackets"),
        ("a@1", "the part after the @ is not a domain name"),
        ("a@mail.example.123", "the part after the @ is not a domain name"),
    ] {
        bench.write("p.csv", format!("email\n{address}\n"));
        bench.run(&["check"]).code(2).stderr_has(why);
    }
    bench.write("p.csv", "email\na@[127.0.0.1]\n");
    bench.run(&["check"]).code(0);
}
