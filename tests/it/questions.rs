//! What is said before the first message leaves: who gets it, what goes along, what is left of limits.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::bench::Bench;
use crate::support::notice::{address, bench, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// The bench with this below `[message]`.
fn with(bench: Bench, lines: &str) -> Bench {
    let toml = bench
        .read("mailshot.toml")
        .replace("subject =", &format!("{lines}\nsubject ="));
    bench.write("mailshot.toml", toml);
    bench
}

#[test]
fn it_names_who_really_gets_the_first_message() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to == address(3) => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(&peer, 6, "connections = 1");
    let first = |n: usize| format!("First to Person {n} <{}>", address(n));
    let to = |n: usize| format!("To Person {n} <{}>", address(n));
    // By a condition, by key, by number, at random.
    bench
        .run(&[
            "send",
            "--yes",
            "--name",
            "some",
            "--where",
            "name in ['Person 4', 'Person 5']",
        ])
        .code(0)
        .stderr_has(&first(4));
    bench
        .run(&[
            "send",
            "--yes",
            "--name",
            "two",
            "--only",
            &address(5),
            "--only",
            &address(2),
        ])
        .code(0)
        .stderr_has(&first(5));
    bench
        .run(&["send", "--yes", "--limit", "2"])
        .code(0)
        .stderr_has(&first(1));
    // The mailing goes on: those who have it are not named.
    bench
        .run(&["send", "--yes", "--limit", "1"])
        .code(1)
        .stderr_has(&to(3))
        .stderr_lacks("Person 1");
    bench.run(&["send", "--yes"]).code(0).stderr_has(&first(4));
    bench
        .run(&["send", "--yes", "--retry-rejected"])
        .code(1)
        .stderr_has(&to(3))
        .stderr_lacks("Person 1");
    bench.write(
        "people.csv",
        people(1..=6).replace(&address(3), "new@example.org"),
    );
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("To Person 3 <new@example.org>")
        .stderr_lacks("Person 1");
    peer.finish();
}

#[test]
fn a_test_says_that_all_of_it_goes_to_one_address() {
    let peer = Peer::policy(|_| None);
    let bench = with(bench(&peer, 6, "connections = 1"), "bcc = 'boss@uni.example'");
    let test = ["send", "--yes", "--test-to", "me@uni.example"];
    bench
        .run(&test)
        .code(0)
        .stderr_has(&format!(
            "Test: 3 messages, all to me@uni.example (as written for Person 1 <{}>, Person 2 <{}> and Person 3 <{}>)",
            address(1),
            address(2),
            address(3)
        ))
        .stderr_lacks("First to")
        .stderr_lacks("Copies");
    let fifth = address(5);
    let one = [&test[..], &["--only", &fifth]].concat();
    bench.run(&one).code(0).stderr_has(&format!(
        "Test: 1 message to me@uni.example (as written for Person 5 <{}>)",
        address(5)
    ));
    let five = [&test[..], &["--limit", "5"]].concat();
    bench.run(&five).code(0).stderr_has(" and 2 more)");
    assert!(
        peer.finish()
            .recipients()
            .iter()
            .all(|to| *to == "me@uni.example")
    );
}

#[test]
fn copies_and_files_are_counted_for_those_who_are_chosen() {
    let peer = Peer::policy(|_| None);
    let bench = with(
        bench(&peer, 4, "connections = 1"),
        "bcc = 'boss@uni.example'\ncc = '{{ cc }}'\nattach = ['map.txt', { path = 'letters/{{ letter }}', optional = true }]",
    );
    let many: Vec<_> = (0..25).map(|n| format!("c{n}@uni.example")).collect();
    bench.write(
        "people.csv",
        format!(
            "email,name,cc,letter\n{},One,,1.txt\n{},Two,a@uni.example; b@uni.example,2.txt\n{},Three,{},none\n{},Four,,3.txt\n",
            address(1),
            address(2),
            address(3),
            many.join(";"),
            address(4)
        ),
    );
    for name in ["map.txt", "letters/1.txt", "letters/2.txt", "letters/3.txt"] {
        bench.write(name, "a file\n");
    }
    let run = |name: &str, more: &[&str]| bench.run(&[&["send", "--yes", "--name", name], more].concat());
    let outcome = run("all", &[]);
    outcome
        .code(0)
        .stderr_has("Attached: map.txt")
        .stderr_has("Attached from the rows: files of their own in 3 messages, the first: letters/1.txt")
        .stderr_has("Copies: 31 by Cc and Bcc, which makes 35 mails in all")
        .stderr_has("boss@uni.example gets a copy of every message: 4 mails (Bcc)")
        .stderr_has("1 message has 20 copies or more, up to 26");
    run("two", &["--only", &address(1), "--only", &address(2)])
        .code(0)
        .stderr_has("Copies: 4 by Cc and Bcc, which makes 6 mails in all")
        .stderr_has("files of their own in 2 messages")
        .stderr_lacks("copies or more");
    // Of one message there is nobody who gets every one.
    run("one", &["--only", &address(3)])
        .code(0)
        .stderr_has("Copies: 26 by Cc and Bcc, which makes 27 mails in all")
        .stderr_lacks("every message")
        .stderr_lacks("from the rows");
    peer.finish();
}

#[test]
fn limits_are_what_is_left_of_them_now_and_the_end_has_a_time() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 12, "rate = ['1000/s', '7/day']\nconnections = 1");
    bench
        .run(&["send", "--yes", "--limit", "3"])
        .code(0)
        .stderr_has("Limit of here, 7/day: 7 left")
        .stderr_lacks("send the rest")
        .stderr_has("Sending 3 messages through here (localhost) as Registrar <registrar@uni.example>, about 1 s (until ");
    bench
        .run(&["send", "--yes"])
        .code(3)
        .stderr_has("Limit of here, 7/day: 4 left")
        .stderr_has(
            "These limits let 4 of 9 mails go out now; later runs send the rest, or this one waits with --wait",
        )
        .stderr_has(", over 2 days (until ");
    let outcome = bench.run(&["send", "--yes"]);
    outcome
        .stderr_has("Limit of here, 7/day: nothing left until ")
        .stderr_has("These limits let none of 5 mails go out now; later runs send them")
        // The same clock as in the question.
        .stderr_has("; it is free again in ");
    assert!(outcome.stderr.contains(" tomorrow)"), "{outcome}");
    // What check says agrees with itself, and with the question.
    bench
        .run(&["check"])
        .code(0)
        .stderr_has(
            "12 recipients are more than the 7 a day that the relays' limits allow: sending takes 2 days",
        )
        .stderr_has("Sending takes about 2 days through here (localhost).");
    peer.finish();
}

#[test]
fn a_sentence_is_composed_and_not_cut_out_of_another() {
    let peer = Peer::policy(|_| None);
    let bench = bench(&peer, 1, "");
    let toml = bench.read("mailshot.toml").replace(
        "'Registrar <registrar@uni.example>'",
        "'\"Resend? SendGrid Team\" <Send@SendGrid.example>'",
    );
    bench.write("mailshot.toml", toml);
    bench.run(&["send", "--yes"]).code(0).stderr_has(
        "Sending 1 message through here (localhost) as \"Resend? SendGrid Team\" <Send@SendGrid.example>, about 1 s",
    );
    peer.finish();
}

/// A run that brings nothing but copies sends no message to anybody on the list.
#[test]
fn copies_of_earlier_messages_are_called_what_they_are() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "boss@uni.example",
            attempt: 1..=3,
        } => Some(Answer::say("450 4.2.1 mailbox busy")),
        _ => None,
    });
    let bench = bench(&peer, 3, "connections = 1\n[delivery]\nattempts = 1");
    let bench = with(bench, "cc = 'boss@uni.example'");
    bench.run(&["send", "--yes"]).code(1);
    bench
        .run(&["send", "--yes", "--limit", "1"])
        .code(1)
        .stderr_has("Sending a copy of 1 message through here ");
    let run = bench.run(&["send", "--yes"]);
    run.code(0)
        .stderr_has("Only deferred copies of earlier messages: to boss@uni.example\n")
        .stderr_has("Sending copies of 2 messages through here ")
        .stderr_has("2 copies sent now, in less than a second; accepted 3 of 3 messages so far.")
        .stderr_lacks("First to")
        .stderr_lacks("mails in all");
    assert_eq!(bench.summary("results")["this_run"]["recipients"], 0);
    assert_eq!(peer.finish().accepted.len(), 6);
}

#[test]
fn copies_beside_messages_are_told_of() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "boss@uni.example",
            attempt: 1..=2,
        } => Some(Answer::say("450 4.2.1 mailbox busy")),
        _ => None,
    });
    let bench = bench(&peer, 3, "connections = 1\n[delivery]\nattempts = 1");
    let bench = with(bench, "cc = 'boss@uni.example'");
    bench.run(&["send", "--yes", "--limit", "2"]).code(1);
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("To Person 3 <p0003@example.org>")
        .stderr_has("Copies: 1 by Cc and Bcc, which makes 2 mails in all")
        .stderr_has("Also 2 deferred copies of earlier messages: to boss@uni.example")
        .stderr_has("Sending 1 message and 2 copies through here ");
    peer.finish();
}
