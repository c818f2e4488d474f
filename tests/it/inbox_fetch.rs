//! `inbox` from a mail server: a real one over each protocol, and servers that do everything wrong.

mod cases;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use crate::support::bench::Bench;
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::program::Outcome;

use cases::{CASES, SECRET, Script};

/// A server that greets and answers each line by a script, for every connection.
fn server(greeting: &'static [u8], script: Script) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            std::thread::spawn(move || {
                let Ok(read) = stream.try_clone() else { return };
                if stream.write_all(greeting).is_err() {
                    return;
                }
                for line in BufReader::new(read).lines() {
                    let Ok(line) = line else { return };
                    match script(&line) {
                        Some(answer) if stream.write_all(&answer).is_ok() => {}
                        _ => return,
                    }
                }
            });
        }
    });
    port
}

fn inbox(url: &str) -> Outcome {
    Bench::new().env("INBOX_PASSWORD", SECRET).run(&[
        "inbox",
        "--no-campaign",
        "--server",
        url,
        "--user",
        "ada",
        "--password-env",
        "INBOX_PASSWORD",
    ])
}

#[test]
fn what_servers_do_wrong_ends_in_words_and_a_code() {
    let mut faults = Vec::new();
    for (name, scheme, greeting, script, code, words) in CASES {
        let port = server(greeting, *script);
        let outcome = inbox(&format!("{scheme}://127.0.0.1:{port}"));
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        let ended = outcome.status.code();
        if ended != Some(*code) || !said.contains(words) || said.contains(SECRET) {
            faults.push(format!("{name} ({scheme}), {ended:?} and not {code}:\n{said}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_server_that_is_not_there_may_be_there_later() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    drop(listener);
    inbox(&format!("imaps://127.0.0.1:{port}"))
        .code(4)
        .stderr_has("the mail server cannot be reached");
    inbox("imap+plain://imap.uni.example")
        .code(2)
        .stderr_has("a password is never sent without TLS");
}

#[test]
fn a_mailbox_is_read_alike_over_each_protocol() {
    let Some(dovecot) = Dovecot::start() else { return };
    for n in 1..=3 {
        let mail = format!(
            "From: p{n}@example.org\nSubject: mail {n}\nMessage-ID: <{n}@x.example>\n\n.dot\n..two\n"
        );
        dovecot.deliver("ada", &format!("{n}.mail"), &mail);
    }
    dovecot.deliver(
        "ada",
        "4.mail",
        &format!("Subject: long\n\n{}", "0123456789\n".repeat(60_000)),
    );
    for url in dovecot.urls() {
        let toml = format!(
            "[inbox]\nserver = '{url}'\nuser = 'ada'\npassword = {{ env = 'INBOX_PASSWORD' }}\nca_file = '{}'\n",
            dovecot.certificate()
        );
        let bench = Bench::new().campaign(&toml).env("INBOX_PASSWORD", PASSWORD);
        let outcome = bench.run(&["inbox", "--no-campaign", "--events"]);
        outcome.code(0).stderr_has("Read 4 mails");
        let subjects: Vec<String> = outcome
            .events()
            .iter()
            .filter_map(|event| event["subject"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(subjects, ["mail 1", "mail 2", "mail 3", "long"], "{url}");
        // Its certificate is nobody else's to trust.
        let bench = Bench::new()
            .campaign(&toml.replace("ca_file", "# ca_file"))
            .env("INBOX_PASSWORD", PASSWORD);
        bench
            .run(&["inbox", "--no-campaign"])
            .code(2)
            .stderr_has("signed by an unknown CA or by itself")
            .stderr_has("tls_fingerprint = \"sha256:");
    }
}
