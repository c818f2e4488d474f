//! A page of the guide, played: its files written, its commands run, what they print compared.
//!
//! A page has a folder of its own. Its relays are one peer on this machine: a server's name or a preset
//! in a campaign file is replaced while a command runs that connects to it, and put back afterwards,
//! also in what the command prints.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use regex::Regex;

use super::page::{Block, Part, Shown, parts};
use super::replaced::Replaced;
use crate::support::bench::Bench;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Policy, Step};
use crate::support::redact::redact;
use crate::support::{python, skip, terminal};

/// What is in the environment where nobody is at a terminal to type it.
const PASSWORD: &str = "export MAILSHOT_PASSWORD='a password of the guide'";

type Replies = Arc<Mutex<HashMap<String, String>>>;

/// What the UPDATE of a page corrects.
const DIFFERENT: &str = "prints something else";

/// What a page changes as it goes.
struct Player<'p> {
    page: &'p str,
    bench: Bench,
    peer: Peer,
    replies: Replies,
    faults: Vec<String>,
    /// For UPDATE=1: lines of the page, from 0, that are replaced by others.
    mended: Vec<(std::ops::Range<usize>, Vec<String>)>,
}

/// Plays a page; what is wrong with it. With UPDATE=1 the page gets what the commands print now.
pub(super) fn play(page: &str) -> Vec<String> {
    if python::interpreter().is_none() {
        skip("Python 3 is not installed: it is who types at a terminal");
        return Vec::new();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page}: {error}"));
    let replies = Replies::default();
    let peer = relay(Arc::clone(&replies));
    let mut player = Player {
        page,
        bench: folder(page, &peer),
        peer,
        replies,
        faults: Vec::new(),
        mended: Vec::new(),
    };
    for part in parts(&text) {
        player.part(&part);
    }
    if !player.mended.is_empty() && std::env::var_os("UPDATE").is_some() {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (range, output) in player.mended.into_iter().rev() {
            lines.splice(range, output);
        }
        fs::write(&path, lines.join("\n") + "\n").expect("the page");
        player.faults.retain(|fault| !fault.contains(DIFFERENT));
    }
    player.faults
}

/// An empty folder with the surroundings of a reader of this page.
fn folder(page: &str, peer: &Peer) -> Bench {
    let bench = Bench::new();
    let authority = bench.path("../authority.pem");
    fs::write(&authority, peer.ca_pem()).expect("the certificate");
    let language = if page.starts_with("docs/zh/") {
        "zh_CN.UTF-8"
    } else {
        "C.UTF-8"
    };
    bench
        .env("SSL_CERT_FILE", &authority.display().to_string())
        .env("PACKAGE", env!("CARGO_MANIFEST_DIR"))
        .env("LANG", language)
}

/// The relay of every page: it takes everything, but what the page says of an address.
#[expect(clippy::wildcard_enum_match_arm, reason = "two steps are about a recipient")]
fn relay(replies: Replies) -> Peer {
    Policy::new(move |event| {
        let replies = replies.lock().unwrap_or_else(PoisonError::into_inner);
        match event.step {
            Step::Rcpt { to, .. } => {
                let reply = replies.get(to).filter(|reply| *reply != "lost")?;
                Some(Answer::say(reply))
            }
            Step::Content { to, .. } => {
                let lost = to
                    .iter()
                    .any(|to| replies.get(to).is_some_and(|reply| reply == "lost"));
                lost.then_some(Answer::TakeThenClose)
            }
            _ => None,
        }
    })
    .tls()
    .start()
}

impl Player<'_> {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Block(block) => self.block(block),
            Part::Run(line, command) => {
                let outcome = self.bench.paste(command);
                if outcome.status.code() != Some(0) {
                    self.fault(*line, &outcome.to_string());
                }
            }
            Part::Relay(address, reply) => {
                let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
                replies.insert(address.clone(), reply.clone());
            }
            Part::Fresh => self.bench = folder(self.page, &self.peer),
        }
    }

    fn fault(&mut self, line: usize, what: &str) {
        self.faults.push(format!("{}:{line}: {what}", self.page));
    }

    fn block(&mut self, block: &Block) {
        let text = block.lines.join("\n") + "\n";
        if let Some(file) = &block.file {
            self.bench.write(file, text);
        } else if let Some(why) = &block.no_run {
            if why.len() < 10 {
                self.fault(block.line, "no-run needs a reason");
            }
        } else if block.is_typed() {
            let commands = block.commands();
            let last = commands.len().saturating_sub(1);
            for (n, shown) in commands.iter().enumerate() {
                self.command(block, shown, if n == last { block.exit } else { 0 });
            }
        } else if block.language == "toml" {
            self.fragment(block.line, &text);
        } else if block.language == "json" {
            let parsed: Result<serde_json::Value, _> = serde_json::from_str(&text);
            if let Err(error) = parsed {
                self.fault(block.line, &format!("not JSON: {error}"));
            }
        } else if text
            .lines()
            .any(|line| line.trim_start_matches("$ ").starts_with("mailshot "))
        {
            self.fault(block.line, "a command is in a block that is not run");
        }
    }

    /// Runs a command, and compares what it prints where the page shows it.
    fn command(&mut self, block: &Block, shown: &Shown, exit: i32) {
        let line = block.line + shown.at;
        let Some((code, output)) = self.run(block, &shown.command) else {
            return;
        };
        if code != Some(exit) {
            let words = format!("`{}` ended with {code:?}:\n{output}", shown.command);
            self.fault(line, &words);
        }
        if block.language != "console" {
            return;
        }
        let printed: Vec<String> = output
            .trim_end()
            .lines()
            .map(|l| l.trim_end().to_owned())
            .collect();
        let wanted: Vec<&str> = trimmed(&shown.output);
        if !alike(&wanted, &printed) {
            let words = format!("`{}` {DIFFERENT}:\n{}", shown.command, printed.join("\n"));
            self.fault(line, &words);
            let from = block.line + shown.at;
            self.mended.push((from..from + wanted.len(), printed));
        }
    }

    /// The exit code and what was printed. `None`: there is no terminal here.
    fn run(&self, block: &Block, command: &str) -> Option<(Option<i32>, String)> {
        let command = command.replace("cargo run --release -- ", "mailshot ");
        let connects = ["mailshot send", "--connect", "mailshot login", "python3"]
            .iter()
            .any(|word| command.contains(word))
            && !["--dry-run", "--sandbox"]
                .iter()
                .any(|word| command.contains(word));
        let mut replaced = Replaced::default();
        let command = if connects {
            replaced.begin(&self.bench, &self.peer);
            replaced.in_text(&command, &self.peer.url())
        } else {
            command
        };
        let told = match &block.types {
            Some(types) => terminal::a_line_at_a_terminal(&self.bench, types, &command)?,
            None => {
                let outcome = self.bench.paste(&format!("exec 2>&1; {PASSWORD}; {command}"));
                (outcome.status.code(), outcome.stdout)
            }
        };
        replaced.end();
        let port = self.peer.port();
        let host = replaced.host.as_deref().unwrap_or("smtp.uni.example");
        let text = told
            .1
            .replace("\r\n", "\n")
            .replace('\u{feff}', "")
            .replace(&format!("localhost:{port}"), host);
        let text = if connects {
            text.replace("localhost", host)
        } else {
            text
        };
        Some((told.0, self.at_home(&text)))
    }

    /// The paths as a reader sees them.
    fn at_home(&self, text: &str) -> String {
        let folder = self.bench.path("");
        let root = folder.parent().expect("the bench").display();
        text.replace(&format!("{root}/config"), "/home/ada/.config/mailshot")
            .replace(&format!("{root}/campaign"), "/home/ada")
    }

    /// A part of a campaign file has no key that the program does not know.
    fn fragment(&mut self, line: usize, text: &str) {
        let bench = Bench::new().campaign(text);
        let outcome = bench.run(&["check"]);
        for words in ["unknown key", "TOML", "must be", "unknown preset", "not a "] {
            if let Some(said) = outcome
                .stderr
                .lines()
                .find(|line| line.starts_with("error") && line.contains(words))
            {
                self.fault(line, said);
            }
        }
    }
}

/// Without the empty lines at the end.
fn trimmed(lines: &[String]) -> Vec<&str> {
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

static MASKS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let masks = [
        (r"\b[a-z2-7]{13}\.[a-z2-7]{13}\b", "[ID]"),
        (r"\b[0-9a-f]{32}\b", "[ID]"),
        (r"(until|到) \d\d:\d\d UTC", "[TIME]"),
        (r"(less than a second|about [\d.]+ s\b)", "[DURATION]"),
        (r"(不到 1 秒|约 ?[\d.]+ ?秒)", "[DURATION]"),
        (r"\b[\d.,]+ a second", "[SPEED]"),
        (r"每秒 ?[\d.,]+ ?封", "[SPEED]"),
        (
            r#""(\w*seconds|messages_per_second)": ?[\d.e-]+"#,
            "\"$1\": [NUMBER]",
        ),
        (r"p=[A-Za-z0-9+/]{40,}=*", "p=[KEY]"),
    ];
    masks
        .map(|(pattern, word)| (Regex::new(pattern).expect("a regular expression"), word))
        .to_vec()
});

fn masked(line: &str) -> String {
    let mut line = line.to_owned();
    for (pattern, word) in MASKS.iter() {
        line = pattern.replace_all(&line, *word).into_owned();
    }
    redact(&line, Path::new("/no-such-folder"))
}

/// Whether the lines are the same but for times and speeds; a line `…` is any number of lines, and `…`
/// at the end of a line is the rest of it.
fn alike(wanted: &[&str], printed: &[String]) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return printed.is_empty();
    };
    if first.trim() == "…" {
        return (0..=printed.len()).any(|skipped| alike(rest, &printed[skipped..]));
    }
    let Some((line, after)) = printed.split_first() else {
        return false;
    };
    let (one, other) = (masked(first), masked(line));
    let same = one == other
        || one
            .strip_suffix('…')
            .is_some_and(|start| other.starts_with(start.trim_end()));
    same && alike(rest, after)
}

#[test]
fn lines_are_compared_without_times_and_with_what_is_left_out() {
    let printed = ["a 5 ms", "b", "c", "d 2026-11-27 13:41 UTC"].map(str::to_owned);
    assert!(alike(&["a 7 ms", "…", "d 2026-11-28 01:00 UTC"], &printed));
    assert!(alike(&["a…", "b", "c", "d …"], &printed));
    assert!(!alike(&["a 7 ms", "c", "…"], &printed));
    assert!(!alike(&["a 7 ms", "b"], &printed));
}
