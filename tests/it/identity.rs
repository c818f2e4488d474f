//! A campaign is its ledger, whatever its folder, its file and its name are called by now; and a copy is
//! another campaign. Nobody is sent to twice by what people, sync programs and archives do to folders.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::support::bench::Bench;
use crate::support::notice::{address, campaign, people};
use crate::support::peer::Peer;

const NOTICE: &str = "Dear {{ name }},\n\nthe course moves to room 101.\n";

/// The campaign `spring/` of ten people.
fn spring(peer: &Peer) -> Bench {
    Bench::new()
        .file("spring/mailshot.toml", toml(peer))
        .file("spring/people.csv", people(1..=10))
        .file("spring/notice.txt", NOTICE)
}

fn toml(peer: &Peer) -> String {
    campaign(&format!("server = '{}'", peer.url()))
}

/// Six of them are sent to.
fn begun(peer: &Peer) -> Bench {
    let bench = spring(peer);
    bench.run(&["send", "spring", "--yes", "--limit", "6"]).code(0);
    bench
}

fn moved(bench: &Bench, from: &str, to: &str) {
    fs::rename(bench.path(from), bench.path(to)).expect("the new name");
}

/// As `cp -r from/* to/`, or with hidden files, too.
fn copied(bench: &Bench, from: &str, to: &str, hidden: bool) {
    fn copy(from: &Path, to: &Path, hidden: bool) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder").flatten() {
            let name = entry.file_name();
            if !hidden && name.to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.path().is_dir() {
                copy(&entry.path(), &to.join(name), hidden);
            } else {
                fs::copy(entry.path(), to.join(name)).expect("a file");
            }
        }
    }
    copy(&bench.path(from), &bench.path(to), hidden);
}

/// Everybody got it, and nobody twice.
fn each_of(peer: Peer, count: usize) {
    let log = peer.finish();
    let mut to = log.recipients();
    to.sort_unstable();
    assert_eq!(to, (1..=count).map(address).collect::<Vec<_>>());
}

#[test]
fn a_renamed_folder_goes_on_with_its_ledger_and_says_so() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    for (before, now) in [
        ("spring", "spring (sent)"),
        ("spring (sent)", "Spring"),
        ("Spring", "elsewhere/2026"),
    ] {
        fs::create_dir_all(bench.path("elsewhere")).expect("a folder");
        moved(&bench, before, now);
        bench
            .run(&["status", now])
            .code(0)
            .stdout_has("accepted            6")
            .stderr_has("is used on, and nobody gets the message twice");
        bench
            .run(&["report", now])
            .code(0)
            .stdout_has("p0001@example.org,Person 1,accepted");
    }
    bench
        .run(&["send", "elsewhere/2026", "--yes"])
        .code(0)
        .stderr_has("/campaign/spring before; its ledger elsewhere/2026/.mailshot/spring.db is used on")
        .stderr_has("Sending 4 messages");
    bench
        .run(&["send", "elsewhere/2026", "--yes"])
        .code(0)
        .stderr_has("Nothing to send")
        .stderr_lacks("goes on");
    each_of(peer, 10);
}

#[test]
fn another_name_in_the_file_or_of_the_file_goes_on_with_the_ledger() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    let named = |name: &str| {
        bench.write(
            "spring/mailshot.toml",
            format!("name = '{name}'\n{}", toml(&peer)),
        )
    };
    named("one");
    bench
        .run(&["send", "spring", "--yes", "--limit", "1"])
        .code(0)
        .stderr_has(
            "this campaign was called spring before; its ledger spring/.mailshot/spring.db is used on",
        );
    named("two");
    bench.run(&["send", "spring", "--yes", "--limit", "1"]).code(0);
    moved(&bench, "spring/mailshot.toml", "spring/notice.toml");
    bench
        .run(&["send", "spring/notice.toml", "--yes", "--limit", "1"])
        .code(0)
        .stderr_has("the file of this campaign was called mailshot.toml before");
    bench.write("spring/notice.toml", toml(&peer));
    bench.run(&["send", "spring/notice.toml", "--yes"]).code(0);
    each_of(peer, 10);
}

#[test]
fn campaigns_in_one_folder_stop_nobody_and_go_on_with_nothing_of_each_other() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    bench.write("spring/other.toml", toml(&peer));
    bench
        .run(&["send", "spring/other.toml", "--yes"])
        .code(0)
        .stderr_has("Sending 10 messages")
        .stderr_lacks("goes on");
    bench
        .run(&["send", "spring", "--yes", "--name", "third"])
        .code(0)
        .stderr_has("Sending 10 messages");
    bench
        .run(&["send", "spring", "--yes"])
        .code(0)
        .stderr_has("Sending 4 messages");
    assert_eq!(bench.report("spring/results").len(), 10);
    assert_eq!(bench.report("spring/results/other").len(), 10);
    assert_eq!(bench.report("spring/results/third").len(), 10);
    assert_eq!(peer.finish().accepted.len(), 30);
}

/// A file that is gone is no reason to take a new campaign for the old one: nobody is in both.
#[test]
fn a_new_campaign_for_other_people_has_a_ledger_of_its_own() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    moved(&bench, "spring/mailshot.toml", "spring/autumn.toml");
    bench.write("spring/people.csv", people(11..=12));
    bench
        .run(&["send", "spring/autumn.toml", "--yes"])
        .code(0)
        .stderr_has("Sending 2 messages")
        .stderr_lacks("goes on");
    assert!(bench.path("spring/.mailshot/autumn.db").exists());
    peer.finish().assert_each_message_once();
}

#[test]
fn a_copied_folder_stops_with_names_and_both_ways_on() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    copied(&bench, "spring", "spring - Copy", true);
    for arguments in [
        &["send", "spring - Copy", "--yes"][..],
        &["send", "spring - Copy", "--yes", "--accept-changes"],
    ] {
        bench
            .run(arguments)
            .code(2)
            .stderr_has("this campaign is a copy of the one in ")
            .stderr_has("6 of the 10 recipients in this list have its message: p0001@example.org, p0002@example.org,")
            .stderr_has(" and 1 more. Nothing was sent.\n  hint: to send a new mailing from here to everybody in the list, again to 6 who have it: mailshot send 'spring - Copy' --new\n")
            .stderr_has("to continue that mailing where it began: mailshot send /");
    }
    // What sends to nobody, or to the tester alone, is no matter of the ledger's.
    bench.run(&["check", "spring - Copy"]).code(0);
    bench.run(&["send", "spring - Copy", "--dry-run"]).code(0);
    bench.run(&["send", "spring - Copy", "--sandbox"]).code(0);
    assert_eq!(peer.log().accepted.len(), 6);
    bench
        .run(&["send", "spring", "--yes"])
        .code(0)
        .stderr_has("Sending 4 messages");

    // From here on it is a campaign of its own.
    bench
        .run(&["send", "spring - Copy", "--yes", "--new"])
        .code(0)
        .stderr_has("6 recipients who have one from here already get it again")
        .stderr_has("Sending 10 messages");
    bench
        .run(&["send", "spring - Copy", "--yes"])
        .code(0)
        .stderr_has("Nothing to send")
        .stderr_lacks("copy");
    bench
        .run(&["send", "spring", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    assert_eq!(peer.finish().accepted.len(), 20);
}

#[test]
fn a_copied_folder_for_other_people_sends_to_them() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    copied(&bench, "spring", "summer", true);
    bench.write("summer/people.csv", people(21..=22));
    bench
        .run(&["send", "summer", "--yes"])
        .code(0)
        .stderr_has("Sending 2 messages");
    bench
        .run(&["send", "spring", "--yes"])
        .code(0)
        .stderr_has("Sending 4 messages");
    peer.finish().assert_each_message_once();
}

/// A copy whose original is gone is the campaign, moved.
#[test]
fn a_copy_takes_the_place_of_what_is_gone() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    copied(&bench, "spring", "summer", true);
    fs::remove_dir_all(bench.path("spring")).expect("the original");
    bench
        .run(&["send", "summer", "--yes"])
        .code(0)
        .stderr_has("Sending 4 messages");
    each_of(peer, 10);
}

#[test]
fn results_without_their_ledger_stop_with_names_and_both_ways_on() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    copied(&bench, "spring", "summer", false);
    bench.write(
        "summer/notice.txt",
        "Dear {{ name }},\n\nthe course moves back.\n",
    );
    bench
        .run(&["send", "summer", "--yes"])
        .code(2)
        .stderr_has("error: summer/results holds the results of the mailing of ")
        .stderr_has("which no ledger here knows; 6 of the 10 recipients in this list have its message: p0001@example.org,")
        .stderr_has("hint: to send a new mailing from here to everybody in the list, again to 6 who have it: mailshot send summer --new")
        .stderr_has("bring its folder .mailshot here");
    // Without the summary the addresses tell.
    fs::remove_file(bench.path("summer/results/summary.json")).expect("the summary");
    bench
        .run(&["send", "summer", "--yes"])
        .code(2)
        .stderr_has("6 of the 10 recipients in this list");
    assert_eq!(peer.log().accepted.len(), 6);
    bench.run(&["send", "summer", "--yes", "--new"]).code(0);
    bench
        .run(&["send", "summer", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    copied(&bench, "spring", "winter", false);
    bench.write("winter/people.csv", people(21..=22));
    bench.run(&["send", "winter", "--yes"]).code(0);
    assert_eq!(peer.finish().accepted.len(), 18);
}

#[test]
fn an_older_ledger_that_was_put_back_stops_and_nobody_is_sent_to_twice() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    copied(&bench, "spring/.mailshot", "older", true);
    bench.run(&["send", "spring", "--yes"]).code(0);
    fs::remove_dir_all(bench.path("spring/.mailshot")).expect("the ledger");
    moved(&bench, "older", "spring/.mailshot");
    bench
        .run(&["send", "spring", "--yes"])
        .code(2)
        .stderr_has("that the ledger does not know: the ledger was replaced by an older one")
        .stderr_has("10 of the 10 recipients in this list have its message");
    fs::remove_dir_all(bench.path("spring/.mailshot")).expect("the ledger");
    bench
        .run(&["send", "spring", "--yes"])
        .code(2)
        .stderr_has("which no ledger here knows");
    each_of(peer, 10);
}

/// Sent by a version whose ledgers did not say whose they are, and renamed before this one came.
#[test]
fn a_ledger_that_does_not_say_whose_it_is_is_gone_on_with() {
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    let ledger = Connection::open(bench.path("spring/.mailshot/spring.db")).expect("the ledger");
    ledger
        .execute("DELETE FROM campaign", [])
        .expect("a ledger as an older version leaves it");
    drop(ledger);
    moved(&bench, "spring", "summer");
    bench
        .run(&["send", "summer", "--yes"])
        .code(0)
        .stderr_has("this campaign was called spring before")
        .stderr_has("Sending 4 messages");
    each_of(peer, 10);
}

#[cfg(unix)]
#[test]
fn links_lead_to_the_same_campaign() {
    use std::os::unix::fs::symlink;
    let peer = Peer::policy(|_| None);
    let bench = begun(&peer);
    symlink("spring", bench.path("link")).expect("a link");
    bench
        .run(&["send", "link", "--yes", "--limit", "1"])
        .code(0)
        .stderr_lacks("goes on");
    symlink("mailshot.toml", bench.path("spring/now.toml")).expect("a link");
    bench.run(&["send", "spring/now.toml", "--yes"]).code(0);
    bench
        .run(&["send", "spring", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    each_of(peer, 10);
}

/// What flags alone describe is the same from another folder, as cron starts it; another message to the
/// same list is another mailing.
#[test]
fn the_same_flags_from_another_folder_go_on_with_the_same_ledger() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .csv("people.csv", people(1..=4))
        .file("notice.txt", NOTICE)
        .file("other.txt", "Dear {{ name }},\n\nanother thing.\n");
    fs::create_dir(bench.path("home")).expect("a folder");
    let relay = peer.url();
    let send = |home: &str, list: &str, text: &str, more: &[&str]| {
        let flags = [
            "send",
            home,
            "--yes",
            "--recipients",
            list,
            "--from",
            "registrar@uni.example",
            "--subject",
            "Room",
            "--text",
            text,
            "--relay",
            &relay,
        ];
        bench.run(&[&flags[..], more].concat())
    };
    send(".", "people.csv", "notice.txt", &["--limit", "3"]).code(0);
    let list = bench.path("people.csv").to_string_lossy().into_owned();
    let text = bench.path("notice.txt").to_string_lossy().into_owned();
    send("home", &list, &text, &[])
        .code(0)
        .stderr_has("the mailing that these flags describe began in another folder; its ledger ")
        .stderr_has("Sending 1 message");
    send("home", &list, &text, &[])
        .code(0)
        .stderr_has("Nothing to send");
    send(".", "people.csv", "notice.txt", &[])
        .code(0)
        .stderr_has("Nothing to send");
    assert_eq!(peer.log().accepted.len(), 4);
    // Another message from there is a mailing of its own.
    send("home", &list, "other.txt", &[])
        .code(0)
        .stderr_has("Sending 4 messages");
    each_of_twice(peer);
}

fn each_of_twice(peer: Peer) {
    let log = peer.finish();
    assert_eq!(log.accepted.len(), 8);
}
