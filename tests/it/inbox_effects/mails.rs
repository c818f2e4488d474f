//! A campaign that was sent, and the mails that come back from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::peer::policy::Policy;
use crate::support::peer::{Accepted, Peer};
use crate::support::program::Outcome;

pub(super) const PEOPLE: &str = "email,name\nada@example.org,Ada\nbob@example.org,Bob\ncyd@example.org,Cyd\n";

/// A campaign that was sent, and what the relay got.
pub(super) struct Sent {
    pub(super) bench: Bench,
    pub(super) messages: BTreeMap<String, Message>,
}

pub(super) struct Message {
    pub(super) token: String,
    pub(super) message_id: String,
    pub(super) content: String,
    pub(super) return_path: String,
}

pub(super) fn toml(name: &str, message: &str, peer: &Peer) -> String {
    format!(
        "name = '{name}'\n[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'News <news@uni.example>'\n\
         subject = 'News'\ntext = 'news.txt'\n{message}\n[relay.school]\nserver = '{}'\nconnections = 1\n",
        peer.url()
    )
}

/// Sent to three people, with these lines below `[message]`.
pub(super) fn sent(message: &str) -> Sent {
    let mut sent = Sent {
        bench: Bench::new()
            .csv("people.csv", PEOPLE)
            .file("news.txt", "Dear {{ name }}\n"),
        messages: BTreeMap::new(),
    };
    sent.send("news", message, &[]);
    sent
}

impl Sent {
    pub(super) fn send(&mut self, name: &str, message: &str, more: &[&str]) {
        let peer = Policy::new(|_| None).capabilities(&["PIPELINING", "DSN"]).start();
        let file = if name == "news" {
            "mailshot.toml"
        } else {
            "other.toml"
        };
        self.bench.write(file, toml(name, message, &peer));
        self.bench.run(&[&["send", "--yes"], more].concat()).code(0);
        let log = peer.finish();
        let lines = log.connections.iter().flat_map(|connection| connection.lines());
        let paths: Vec<String> = lines
            .filter_map(|line| Some(line.strip_prefix("MAIL FROM:<")?.split('>').next()?.to_owned()))
            .collect();
        for (accepted, return_path) in log.accepted.iter().zip(paths) {
            let message = Message::of(accepted, return_path);
            self.messages.insert(accepted.recipients[0].clone(), message);
        }
    }

    pub(super) fn of(&self, who: &str) -> &Message {
        &self.messages[&format!("{who}@example.org")]
    }

    pub(super) fn inbox(&self, mails: &[String], more: &[&str]) -> Outcome {
        self.bench.write("box", mails.concat());
        self.bench.run(&[&["inbox", "--from-mbox", "box"], more].concat())
    }

    /// The result, as the event `finished` says it.
    pub(super) fn collect(&self, mails: &[String]) -> Value {
        let outcome = self.inbox(mails, &["--events"]);
        finished(outcome.code(0))
    }

    pub(super) fn report(&self) -> String {
        self.bench.read("results/report.csv")
    }

    pub(super) fn suppressed(&self) -> Vec<String> {
        let list = self.bench.run(&["unsubscribe", "--list"]);
        let lines = list.stdout.lines().skip(1);
        lines
            .map(|line| line.split(',').next().unwrap_or_default().to_owned())
            .collect()
    }
}

pub(super) fn finished(outcome: &Outcome) -> Value {
    let last = outcome.stdout.lines().last().expect("an event");
    let event: Value = serde_json::from_str(last).expect("JSON");
    assert_eq!(event["event"], "finished", "{outcome}");
    event
}

impl Message {
    pub(super) fn of(accepted: &Accepted, return_path: String) -> Self {
        let content = String::from_utf8_lossy(&accepted.content).replace("\r\n", "\n");
        let field = |name: &str| {
            let line = content.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default().to_owned()
        };
        Self {
            token: field("X-Mailshot-Id: "),
            message_id: field("Message-ID: "),
            return_path,
            content,
        }
    }

    /// Its header.
    pub(super) fn header(&self) -> &str {
        self.content.split("\n\n").next().unwrap_or_default()
    }
}

/// What is different from one bounce to another.
pub(super) struct Bounce<'b> {
    /// The address that failed.
    pub(super) whom: &'b str,
    pub(super) status: &'b str,
    pub(super) words: &'b str,
    /// The header of the message that comes back.
    pub(super) returned: &'b str,
    pub(super) to: &'b str,
    pub(super) from: &'b str,
}

impl Default for Bounce<'_> {
    fn default() -> Self {
        Self {
            whom: "ada@example.org",
            status: "5.1.1",
            words: "550 5.1.1 no such user here",
            returned: "Subject: News",
            to: "news@uni.example",
            from: "MAILER-DAEMON@mx.example.org",
        }
    }
}

impl Bounce<'_> {
    /// As Postfix writes it, in a mailbox file.
    pub(super) fn mail(&self, id: &str) -> String {
        let Self {
            whom,
            status,
            words,
            returned,
            to,
            from,
        } = self;
        format!(
            "From MAILER-DAEMON Sat Nov 28 05:00:00 2026\nReturn-Path: <>\nDelivered-To: {to}\nFrom: Mail Delivery System <{from}>\n\
             To: {to}\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n\
             Message-ID: <{id}@mx.example.org>\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"B\"\n\n\
             --B\nContent-Type: text/plain\n\nThis is the mail system at host mx.example.org.\n\n\
             <{whom}>: host mx.example.org[192.0.2.1] said: {words}\n    (in reply to RCPT TO command)\n\n\
             --B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n\
             Final-Recipient: rfc822; {whom}\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {words}\n\n\
             --B\nContent-Type: text/rfc822-headers\n\n{returned}\n\n--B--\n\n"
        )
    }
}

/// A mail of a person.
pub(super) fn person(from: &str, subject: &str, more: &str, text: &str, id: &str) -> String {
    format!(
        "From {from} Sat Nov 28 05:00:00 2026\nFrom: {from}\nTo: news@uni.example\nSubject: {subject}\n{more}\
         Message-ID: <{id}@example.org>\n\n{text}\n\n"
    )
}

pub(super) fn complaint(whom: &str, returned: &str, id: &str) -> String {
    format!(
        "From fbl Sat Nov 28 05:00:00 2026\nFrom: feedback@provider.example\nTo: news@uni.example\nSubject: complaint\n\
         Message-ID: <{id}@provider.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=\"B\"\n\n--B\nContent-Type: text/plain\n\n\
         This is an email abuse report.\n\n--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\
         User-Agent: Fbl/1\nVersion: 1\nOriginal-Rcpt-To: <{whom}>\n\n--B\nContent-Type: message/rfc822\n\n{returned}\n\nDear\n\n--B--\n\n"
    )
}

/// All files below a folder.
pub(super) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !name.ends_with("-shm") && !name.ends_with("-wal") {
            // Those are what readers of a ledger leave beside it.
            found.push((path.clone(), fs::read(&path).expect("a file")));
        }
    }
    found.sort();
    found
}

pub(super) fn root(bench: &Bench) -> PathBuf {
    bench.path("").parent().expect("its root").to_owned()
}
