//! One mail without a list, and the addresses that flags give.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// One mail to Ada; further flags, and other values of these, go behind.
fn to_ada<'a>(command: &'a str, relay: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut flags = vec![
        ("--to", "Ada <ada@example.org>"),
        ("--from", "registrar@uni.example"),
        ("--subject", "Friday"),
        ("--text", "body.txt"),
        ("--relay", relay),
    ];
    let mut further = Vec::new();
    let mut words = more.iter().copied();
    while let Some(word) = words.next() {
        match flags.iter_mut().find(|(flag, _)| *flag == word) {
            Some((_, value)) => *value = words.next().expect("a value"),
            None => further.push(word),
        }
    }
    let flags = flags.into_iter().flat_map(|(flag, value)| [flag, value]);
    std::iter::once(command).chain(flags).chain(further).collect()
}

#[test]
fn copies_and_the_address_for_answers_come_by_flags() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .csv(
            "people.csv",
            "email,name,boss\nada@example.org,Ada,boss@example.org\n",
        )
        .file("notice.txt", "Hello {{ name }}\n");
    let outcome = bench.run(&[
        "send",
        "--recipients",
        "people.csv",
        "--from",
        "registrar@uni.example",
        "--cc",
        "{{ boss }}; second@example.org",
        "--bcc",
        "archive@uni.example",
        "--reply-to",
        "office@uni.example",
        "--subject",
        "s",
        "--text",
        "notice.txt",
        "--relay",
        &peer.url(),
        "--yes",
    ]);
    outcome.code(0);
    let log = peer.finish();
    let all = [
        "ada@example.org",
        "archive@uni.example",
        "boss@example.org",
        "second@example.org",
    ];
    assert_eq!(log.recipients(), all);
    let text = String::from_utf8_lossy(&log.accepted[0].content);
    assert!(text.contains("Reply-To: office@uni.example\r\n"), "{text}");
    assert!(
        text.contains("Cc: boss@example.org, second@example.org\r\n"),
        "{text}"
    );
    assert!(!text.contains("archive@"), "{text}");
}

#[test]
fn one_mail_is_checked_sent_and_recorded() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .file("body.txt", "See you on Friday.\n")
        .file("map.png", [0x89, b'P', b'N', b'G', 1, 2, 3]);
    let url = peer.url();
    bench
        .run(&to_ada("check", &url, &["--attach", "map.png"]))
        .code(0)
        .stderr_has("1 message");
    bench
        .run(&to_ada("preview", &url, &["--row", "1"]))
        .code(0)
        .stdout_has("To: Ada <ada@example.org>");
    bench
        .run(&to_ada("send", &url, &["--attach", "map.png"]))
        .code(2)
        .stderr_has("--yes");
    let sent = bench.run(&to_ada(
        "send",
        &url,
        &["--attach", "map.png", "--cc", "boss@example.org", "--yes"],
    ));
    sent.code(0)
        .stderr_has("Ada <ada@example.org>")
        .stderr_has("map.png");
    let row = &bench.table("results/report.csv")[0];
    assert_eq!(row["to"], "Ada <ada@example.org>");
    assert_eq!(row["mailshot_status"], "accepted");
    assert_eq!(bench.summary("results")["campaign"], "mail");
    bench.run(&["status"]).code(0).stdout_has("accepted");
    bench
        .run(&["report", "--format", "json"])
        .code(0)
        .stdout_has("Ada <ada@example.org>");
    let log = peer.finish();
    assert_eq!(log.recipients(), ["ada@example.org", "boss@example.org"]);
}

/// Fear number one.
#[test]
fn the_same_mail_goes_out_once_and_another_is_another() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .file("body.txt", "See you on Friday.\n")
        .file("other/words.txt", "See you on Friday.\n")
        .file("monday.txt", "See you on Monday.\n");
    let url = peer.url();
    let send = |more: &[&str]| bench.run(&to_ada("send", &url, &[more, &["--yes"]].concat()));
    send(&[]).code(0);
    let again = send(&[]);
    again
        .code(0)
        .stderr_has("ada@example.org has had it since")
        .stderr_has("--new");
    // Only its name, its path or its relay are other ones.
    send(&["--to", "ADA@example.org"])
        .code(0)
        .stderr_has("has had it since");
    send(&["--text", "other/words.txt"])
        .code(0)
        .stderr_has("has had it since");
    bench
        .run_with_stdin(
            &to_ada("send", &url, &["--text", "-", "--yes"]),
            "See you on Friday.\n",
        )
        .code(0)
        .stderr_has("has had it since");
    assert_eq!(peer.log().accepted.len(), 1);
    // Another text, subject or recipient make another mail, and the first one is still known.
    send(&["--text", "monday.txt"]).code(0).stderr_lacks("changed");
    send(&["--subject", "Monday"]).code(0);
    send(&["--to", "bob@example.org"]).code(0);
    send(&[]).code(0).stderr_has("has had it since");
    send(&["--text", "monday.txt"])
        .code(0)
        .stderr_has("has had it since");
    send(&["--new"]).code(0);
    send(&[]).code(0).stderr_has("has had it since");
    bench
        .run(&["report", "--mailing", "1"])
        .code(0)
        .stdout_has("accepted");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 5);
}

#[test]
fn what_became_of_a_mail_is_gone_on_with() {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { to, attempt: 1, .. } if to[0] == "bob@example.org" => Some(Answer::TakeThenClose),
        Step::Rcpt {
            to: "eve@example.org",
            ..
        } => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = Bench::new().file("body.txt", "See you on Friday.\n");
    let url = peer.url();
    let send = |more: &[&str]| bench.run(&to_ada("send", &url, &[more, &["--yes"]].concat()));
    let doubt = send(&["--to", "bob@example.org"]);
    doubt.code(1).stderr_has("--in-doubt");
    send(&["--to", "eve@example.org"]).code(1);
    // A later mail does not make the earlier one forgotten.
    bench
        .run(&["status"])
        .code(0)
        .stdout_has("bob@example.org")
        .stdout_has("run its command again");
    // Nobody is sent to twice without a word of whoever knows.
    send(&["--to", "bob@example.org"]).code(1);
    assert_eq!(peer.log().accepted.len(), 1);
    let eve = "eve@example.org";
    bench.run(&["status"]).stdout_lacks("earlier mail");
    send(&["--to", eve]).code(0).stderr_has("--retry-rejected");
    bench.run(&["settle", ".", "bob@example.org", "--sent"]).code(0);
    bench.run(&["status"]).stdout_lacks("earlier mail");
    send(&["--to", "bob@example.org"])
        .code(0)
        .stderr_has("has had it since");
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 1);
}

#[test]
fn a_killed_mail_is_neither_lost_nor_sent_twice() {
    let peer = Peer::policy(|event| match event.step {
        Step::Content { attempt: 1, .. } => Some(Answer::Hang),
        _ => None,
    });
    let bench = Bench::new();
    let url = peer.url();
    let send = to_ada("send", &url, &["--text", "-", "--yes"]);
    let text = "See you on Friday.\n";
    bench.write("stdin.txt", text);
    let running = bench.spawn(&to_ada("send", &url, &["--text", "stdin.txt", "--yes"]));
    peer.wait_until("the content is there", |log| log.contents() > 0);
    running.kill();
    bench
        .run_with_stdin(&send, text)
        .code(1)
        .stderr_has("they may or may not have it");
    assert_eq!(peer.log().contents(), 1, "nobody knows whether it arrived");
    bench
        .run_with_stdin(
            &to_ada("send", &url, &["--text", "-", "--yes", "--in-doubt", "resend"]),
            text,
        )
        .code(0);
    let log = peer.finish();
    assert_eq!(log.accepted.len(), 1);
}

#[test]
fn nothing_is_filled_in_and_what_was_to_be_is_told() {
    let bench = Bench::new()
        .file(
            "body.txt",
            "Hello {{ name }}, {% if x %} {# no comment #} ${y} ｛｛z｝｝\n",
        )
        .file(
            "body.html",
            "<p style=\"{#a}\">Hello {{ name }} & {{ 1 < 2 }}</p>\n",
        );
    let dry = bench.run(&to_ada(
        "send",
        "smtps://smtp.uni.example",
        &["--html", "body.html", "--subject", "{{ Friday }}", "--dry-run"],
    ));
    dry.code(0)
        .stderr_has("{{ Friday }} goes out as it is")
        .stderr_has("{{ name }} goes out as it is");
    let message = String::from_utf8_lossy(&std::fs::read(&bench.eml("results/preview")[0]).expect("a file"))
        .into_owned();
    assert!(message.contains("Subject: {{ Friday }}\r\n"), "{message}");
    assert!(message.contains("Hello {{ name }} & {{ 1 < 2 }}"), "{message}");
    assert!(
        message.contains("{% if x %} {# no comment #} ${y}")
            || message.contains("base64")
            || message.contains("{% if x %}"),
        "{message}"
    );
}

#[test]
fn what_does_not_go_with_one_mail_is_said() {
    let bench = Bench::new()
        .file("body.txt", "See you.\n")
        .csv("people.csv", "email\nbob@example.org\n");
    let relay = "smtps://smtp.uni.example";
    let check = |more: &[&str]| bench.run(&to_ada("check", relay, more));
    bench
        .run(&["send", "--to", "ada@example.org"])
        .code(2)
        .stderr_has("add --from")
        .stderr_has("add --subject")
        .stderr_has("add --text");
    check(&["--to", ""]).code(2).stderr_has("--to is empty");
    check(&["--to", "a@example.org, b@example.org"])
        .code(2)
        .stderr_has("--cc");
    check(&["--to", "ada@example"])
        .code(0)
        .stderr_has("not a complete domain");
    check(&["--cc", "{{ boss }}"])
        .code(2)
        .stderr_has("--cc names a column");
    check(&["--sheet", "2"])
        .code(2)
        .stderr_has("--sheet says how a list is read");
    check(&["--html", "-"]).code(2).stderr_has("--html body.html");
    check(&["--text", "-", "--recipients", "-"])
        .code(2)
        .stderr_has("cannot both come from stdin");
    check(&["--text", "-"]).code(2).stderr_has("nothing came");
    // Without a mailbox of its own a list is missing.
    check(&["--to", "{{ email }}"])
        .code(2)
        .stderr_has("--recipients people.csv");
}

#[test]
fn in_the_folder_of_a_campaign_one_mail_is_asked_about() {
    let peer = Peer::policy(|_| None);
    let url = peer.url();
    let toml = format!(
        "name = 'notice'\n[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'registrar@uni.example'\n\
         subject = 's'\ntext = 'body.txt'\n[relay.here]\nserver = '{url}'\n"
    );
    let bench = Bench::new()
        .csv("people.csv", "email\nbob@example.org\n")
        .file("body.txt", "See you on Friday.\n")
        .campaign(&toml);
    bench
        .run(&to_ada("send", &url, &["--yes"]))
        .code(2)
        .stderr_has("--no-campaign")
        .stderr_has("--test-to 'Ada <ada@example.org>'");
    bench.run(&["send", "--yes"]).code(0);
    bench
        .run(&to_ada("send", &url, &["--yes", "--no-campaign"]))
        .code(0);
    // Each has its own record and its own results.
    assert_eq!(bench.summary("results")["campaign"], "notice");
    assert_eq!(bench.summary("results/mail")["campaign"], "mail");
    bench
        .run(&["send", "--yes"])
        .code(0)
        .stderr_has("Nothing to send");
    let status = bench.run(&["status", "--name", "mail"]);
    status.code(0).stdout_has("mail").stdout_lacks("mailshot send");
    // Neither takes the other's record for its own.
    bench
        .run(&["send", "--name", "mail", "--yes"])
        .code(2)
        .stderr_has("single mails");
    bench
        .run(&to_ada(
            "send",
            &url,
            &["--yes", "--no-campaign", "--name", "notice"],
        ))
        .code(2)
        .stderr_has("of a campaign with a list");
    assert_eq!(peer.finish().recipients(), ["ada@example.org", "bob@example.org"]);
}
