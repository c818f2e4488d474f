//! Servers of other hands: aiosmtpd (no PIPELINING, XOAUTH2) and Postfix's smtp-sink.

use std::collections::BTreeMap;

use crate::support::bench::Bench;
use crate::support::notice::{address, campaign, people};
use crate::support::python;
use crate::support::servers::{Aiosmtpd, Sink};

const TOKEN: &str = "ya29.a-token-nobody-may-see";

fn bench(count: usize, relay: &str) -> Bench {
    Bench::new()
        .campaign(&campaign(relay))
        .csv("people.csv", people(1..=count))
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n.\n..two dots\n",
        )
        .env("RELAY_PASSWORD", "s3cret-Passw0rd")
        .env("RELAY_TOKEN", TOKEN)
}

/// A relay of aiosmtpd over TLS, with a login.
fn over_tls(server: &Aiosmtpd, more: &str) -> String {
    format!(
        "server = '{}'\nca_file = '{}'\nuser = 'registrar'\n{more}",
        server.url(),
        server.ca_file().display()
    )
}

/// Every message came once, whole, to its own recipient.
fn assert_kept(server: &Aiosmtpd, count: usize) {
    let kept = server.messages();
    let mut to: Vec<String> = kept
        .iter()
        .map(|message| {
            message.envelope["rcpt_tos"][0]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    to.sort_unstable();
    assert_eq!(to, (1..=count).map(address).collect::<Vec<_>>());
    let files: Vec<_> = kept.iter().map(|message| &message.file).collect();
    let Some(read) = python::read_eml(&files) else {
        return;
    };
    for (message, one) in read.iter().zip(&kept) {
        assert_eq!(message["defects"], serde_json::json!([]));
        assert_eq!(message["addresses"]["to"][0][1], one.envelope["rcpt_tos"][0]);
        let text = message["parts"][0]["text"].as_str().unwrap_or_default();
        assert!(text.ends_with("room 101.\n.\n..two dots\n"), "{text}");
    }
}

#[test]
fn aiosmtpd_without_pipelining_takes_everything_step_by_step() {
    let Some(server) = Aiosmtpd::start(&[]) else {
        return;
    };
    let bench = bench(30, &format!("server = '{}'\nconnections = 2", server.url()));
    bench.run(&["send", "--yes"]).code(0);
    assert_kept(&server, 30);
    let sessions = server
        .messages()
        .into_iter()
        .map(|one| one.envelope["session"].as_u64());
    assert!(sessions.max().flatten() <= Some(2), "over two connections");
}

#[test]
fn aiosmtpd_takes_plain_and_login_over_starttls_and_smtps() {
    for tls in ["starttls", "smtps"] {
        for auth in ["", "auth = 'login'", "auth = 'plain'"] {
            let options = [
                "--tls",
                tls,
                "--user",
                "registrar",
                "--password",
                "s3cret-Passw0rd",
            ];
            let Some(server) = Aiosmtpd::start(&options) else {
                return;
            };
            let relay = over_tls(
                &server,
                &format!("password = {{ env = 'RELAY_PASSWORD' }}\n{auth}"),
            );
            bench(5, &relay).run(&["send", "--yes"]).code(0);
            assert_kept(&server, 5);
        }
    }
}

#[test]
fn aiosmtpd_takes_a_token_by_xoauth2_and_refuses_a_wrong_one() {
    let Some(server) = Aiosmtpd::start(&["--tls", "starttls", "--token", TOKEN]) else {
        return;
    };
    let relay = over_tls(&server, "auth = 'xoauth2'\npassword = { env = 'RELAY_TOKEN' }");
    bench(5, &relay).run(&["send", "--yes"]).code(0);
    assert_kept(&server, 5);

    let wrong = bench(5, &relay).env("RELAY_TOKEN", "ya29.another-token");
    let outcome = wrong.run(&["send", "--yes"]);
    outcome
        .code(2)
        .stderr_has("535")
        .stderr_has("login (AUTH)")
        .stderr_lacks("ya29");
    assert!(!wrong.read("results/report.csv").contains("ya29"));
    assert_kept(&server, 5);
}

#[test]
fn aiosmtpd_is_not_offered_what_is_larger_than_its_size() {
    let Some(server) = Aiosmtpd::start(&["--size", "2000"]) else {
        return;
    };
    let bench = bench(2, &format!("server = '{}'", server.url()));
    bench.write(
        "notice.txt",
        "Dear {{ name }}{% if row_number == 3 %}{% for n in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}\n\
         a line that makes this message longer, and longer still, and longer than that, until it is too long\n\
         and another one of the same kind, since one of them is not yet enough to reach what is too much\n\
         {% endfor %}{% endif %}\n",
    );
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("the relay accepts at most 2,000");
    assert_eq!(server.messages().len(), 1);
    assert_eq!(server.messages()[0].envelope["rcpt_tos"][0], address(1));
}

/// Sends twenty messages to an smtp-sink with these options; the report's counts.
fn to_sink(options: &[&str], code: i32, words: &str) -> Option<BTreeMap<String, usize>> {
    let sink = Sink::start(options)?;
    let relay = format!("server = '{}'\nconnections = 3", sink.url());
    let toml = "\n[delivery]\nattempts = 2\nretry = { first = '100ms', max = '100ms', greylist = '100ms' }\n";
    let bench = bench(20, &(relay + toml));
    bench.run(&["send", "--yes"]).code(code).stderr_has(words);
    Some(bench.statuses())
}

fn all(status: &str) -> BTreeMap<String, usize> {
    BTreeMap::from([(status.to_owned(), 20)])
}

#[test]
fn smtp_sink_takes_everything_whatever_it_offers() {
    // -e: no ESMTP at all; -p: no PIPELINING; -8: no 8BITMIME; -N: no DSN; -E: no ENHANCEDSTATUSCODES.
    for options in [&[][..], &["-e"], &["-p"], &["-8", "-N", "-E"]] {
        if let Some(statuses) = to_sink(options, 0, "accepted 20 of 20") {
            assert_eq!(statuses, all("accepted"), "{options:?}");
        }
    }
}

#[test]
fn smtp_sink_refusing_a_command_refuses_only_what_that_command_is_about() {
    // -r: 4yz, -f: 5yz, -q: hangs up without a word.
    if let Some(statuses) = to_sink(&["-r", "RCPT"], 1, "20 deferred: not accepted by the relay yet") {
        assert_eq!(statuses, all("deferred"));
    }
    // It says no word of a mailbox, and the same of each: that is not about them.
    if let Some(statuses) = to_sink(&["-f", "RCPT"], 2, "the relay rejects every message") {
        assert_eq!(statuses, all("pending"));
    }
    if let Some(statuses) = to_sink(&["-f", "MAIL"], 2, "the relay refuses the sender") {
        assert_eq!(statuses, all("pending"));
    }
    if let Some(statuses) = to_sink(&["-f", "CONNECT"], 2, "The relay cannot be used") {
        assert_eq!(statuses, all("pending"));
    }
    if let Some(statuses) = to_sink(&["-q", "EHLO"], 4, "closed the connection") {
        assert_eq!(statuses, all("pending"));
    }
    if let Some(statuses) = to_sink(
        &["-f", "."],
        2,
        "the relay rejects every message with the same words",
    ) {
        assert_eq!(statuses, all("pending"));
    }
    // A relay that takes content and says nothing is not given the whole list.
    if let Some(statuses) = to_sink(&["-q", "."], 3, "in doubt: p0001@example.org") {
        assert_eq!(statuses.get("accepted"), None);
        assert!(
            statuses["in_doubt"] <= 8,
            "five, and what was in flight: {statuses:?}"
        );
    }
}
