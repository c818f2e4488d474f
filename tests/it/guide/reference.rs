//! What the guide lists is all there is, and there is all of it: links, options, keys of the campaign
//! file, fields of JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regex::Regex;
use serde_json::Value;

use super::page::{Part, parts};
use super::{PAGES, package};
use crate::manual::COMMANDS;
use crate::support::bench::Bench;
use crate::support::notice;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

type Names = BTreeSet<String>;

fn read(page: &str) -> String {
    fs::read_to_string(package(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a regular expression")
}

/// What GitHub makes of a heading.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || "-_ ".contains(*c);
    let heading = heading.trim().to_lowercase();
    heading
        .chars()
        .filter(kept)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// The lines of a page that are not code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

#[test]
fn every_link_leads_somewhere() {
    let link = regex(r"\]\(([^)\s]+)\)");
    let mut faults = Vec::new();
    let mut found = 0;
    for page in PAGES {
        let text = read(page);
        for target in prose(&text).flat_map(|line| link.captures_iter(line)) {
            let target = &target[1];
            if target.contains("://") {
                continue;
            }
            found += 1;
            let (path, place) = target.split_once('#').unwrap_or((target, ""));
            let from = package(page);
            let to = if path.is_empty() {
                from
            } else {
                from.parent().expect("a folder").join(path)
            };
            let there = place.is_empty() || {
                let text = fs::read_to_string(&to).unwrap_or_default();
                prose(&text).any(|line| {
                    let heading = line.trim_start_matches('#');
                    heading.len() < line.len() && anchor(heading) == place
                })
            };
            if !to.exists() || !there {
                faults.push(format!("{page}: {target} leads nowhere"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(found > 100, "only {found} links were found");
}

/// The options of every command.
fn options() -> BTreeMap<&'static str, Names> {
    let option = regex(r"(?m)^ +(?:-\w, )?(--[a-z][a-z-]+)");
    let bench = Bench::new();
    COMMANDS
        .into_iter()
        .map(|command| {
            let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
            let help = bench.run(&arguments).stdout;
            let options = option.captures_iter(&help).map(|found| found[1].to_owned());
            (command, options.collect())
        })
        .collect()
}

#[test]
fn every_option_is_in_the_guide_and_every_option_of_the_guide_is_there() {
    let options = options();
    let guide: String = PAGES.iter().map(|page| read(page)).collect();
    let named = regex(r"--[a-z][a-z-]+");
    let in_guide: BTreeSet<&str> = named.find_iter(&guide).map(|found| found.as_str()).collect();
    let mut faults = Vec::new();
    for (command, options) in &options {
        for option in options
            .iter()
            .filter(|option| !in_guide.contains(option.as_str()))
        {
            faults.push(format!("no page has {option} of mailshot {command}"));
        }
    }
    for page in PAGES {
        for line in typed(&read(page)) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let two = format!("{} {}", words.get(1).unwrap_or(&""), words.get(2).unwrap_or(&""));
            let known = options.get(two.as_str());
            let known = known.or_else(|| options.get(words.get(1).copied().unwrap_or_default()));
            let known = known
                .or_else(|| options.get(""))
                .expect("the options for every command");
            for option in named.find_iter(&line).map(|found| found.as_str()) {
                if !known.contains(option) && option != "--version" {
                    faults.push(format!("{page}: `{line}`: there is no {option}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The lines that begin with `mailshot`, in blocks and in the text.
fn typed(text: &str) -> Vec<String> {
    let span = regex(r"`(mailshot [^`]+)`");
    let mut lines: Vec<String> = span
        .captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect();
    for part in parts(text) {
        if let Part::Block(block) = part
            && block.is_typed()
        {
            let commands = block.commands().into_iter().map(|shown| shown.command);
            lines.extend(commands.filter(|line| line.starts_with("mailshot ")));
        }
    }
    lines.retain(|line| !line.contains(['|', ';']));
    lines
}

/// The names in the first columns of the tables below a heading.
fn table(page: &str, heading: &str) -> Names {
    let text = read(page);
    let name = regex(r"`([^`]+)`");
    let mut names = Names::new();
    let mut below = false;
    for line in prose(&text) {
        if line.starts_with('#') {
            below = line.trim_start_matches('#').trim() == heading;
        } else if below && line.starts_with('|') {
            let first = line.split('|').nth(1).unwrap_or_default();
            names.extend(name.captures_iter(first).map(|found| found[1].to_owned()));
        }
    }
    assert!(!names.is_empty(), "{page} has no table below {heading}");
    names
}

/// A heading of the page about the campaign file, and a file with an unknown key at that place.
const PLACES: [(&str, &str); 13] = [
    ("At the top", "qqqqqqqqqqqq = 1"),
    ("`[recipients]`", "[recipients]\nqqqqqqqqqqqq = 1"),
    ("`[message]`", "[message]\nqqqqqqqqqqqq = 1"),
    (
        "`[message.unsubscribe]`",
        "[message.unsubscribe]\nqqqqqqqqqqqq = 1",
    ),
    ("`[message.dsn]`", "[message.dsn]\nqqqqqqqqqqqq = 1"),
    ("`[message.dkim]`", "[message.dkim]\nqqqqqqqqqqqq = 1"),
    ("`[relay.NAME]`", "[relay.x]\nqqqqqqqqqqqq = 1"),
    ("Passwords", "[relay.x]\npassword = { qqqqqqqqqqqq = 1 }"),
    ("`[relay.NAME.oauth2]`", "[relay.x.oauth2]\nqqqqqqqqqqqq = 1"),
    ("`[relay.NAME.timeouts]`", "[relay.x.timeouts]\nqqqqqqqqqqqq = 1"),
    ("`[inbox]`", "[inbox]\nqqqqqqqqqqqq = 1"),
    ("`[delivery]`", "[delivery]\nqqqqqqqqqqqq = 1"),
    ("`[delivery.retry]`", "[delivery.retry]\nqqqqqqqqqqqq = 1"),
];

#[test]
fn the_guide_has_every_key_of_the_campaign_file() {
    for (heading, toml) in PLACES {
        let said = Bench::new().campaign(toml).run(&["check"]).stderr;
        let at = said.find("qqqqqqqqqqqq").expect("the unknown key is named");
        let keys = said[at..]
            .lines()
            .find_map(|line| line.split_once("the keys here are: "));
        let (_, keys) = keys.unwrap_or_else(|| panic!("{heading}: {said}"));
        let known: Names = keys.split(", ").map(|key| key.trim().to_owned()).collect();
        assert_eq!(table("docs/campaign-file.md", heading), known, "{heading}");
    }
}

/// A campaign that has most of what can happen: its events, and itself.
fn events() -> (Bench, Vec<Value>) {
    let peer = Peer::policy(policy);
    let bench = notice::bench(&peer, 4, "connections = 1\n[delivery]\nattempts = 1");
    let toml = bench
        .read("mailshot.toml")
        .replace("subject =", "cc = 'copy@example.org'\nsubject =");
    bench.write("mailshot.toml", toml);
    let outcome = bench.run(&["send", "--yes", "--events"]);
    let events = outcome.events();
    (bench, events)
}

/// One is accepted without its copy, one rejected, one deferred, one in doubt.
#[expect(clippy::wildcard_enum_match_arm, reason = "two steps are about a recipient")]
fn policy(event: &crate::support::peer::policy::Event<'_>) -> Option<Answer> {
    match event.step {
        Step::Rcpt {
            to: "copy@example.org",
            ..
        } => Some(Answer::say("550 5.1.1 no such copy")),
        Step::Rcpt { to, .. } if to == notice::address(2) => Some(Answer::say("550 5.1.1 no such user")),
        Step::Rcpt { to, .. } if to == notice::address(3) => Some(Answer::say("451 4.2.0 later")),
        Step::Content { to, .. } if to.contains(&notice::address(4)) => Some(Answer::TakeThenClose),
        _ => None,
    }
}

fn keys(value: &Value) -> Names {
    value.as_object().expect("an object").keys().cloned().collect()
}

#[test]
fn the_guide_has_every_field_of_every_event() {
    let name = regex(r"`([^`]+)`");
    let mut listed: BTreeMap<String, Names> = BTreeMap::new();
    let text = read("docs/automation.md");
    let lines = prose(&text).skip_while(|line| !line.starts_with("| event "));
    for line in lines.take_while(|line| line.starts_with('|')).skip(2) {
        let cells: Vec<&str> = line.split('|').collect();
        // What is in brackets are values, not fields.
        let fields = regex(r"\([^)]*\)").replace_all(cells[3], "").into_owned();
        let fields: Names = name
            .captures_iter(&fields)
            .map(|found| found[1].to_owned())
            .collect();
        for event in name.captures_iter(cells[1]) {
            listed.insert(event[1].to_owned(), fields.clone());
        }
    }
    let (_bench, events) = events();
    let mut seen = BTreeSet::new();
    for event in &events {
        let of = event["event"].as_str().expect("the name of an event");
        let mut fields = keys(event);
        for common in ["event", "time"] {
            assert!(fields.remove(common), "{event}");
        }
        assert_eq!(listed.get(of), Some(&fields), "{event}");
        seen.insert(of);
    }
    assert!(seen.len() > 5, "only {seen:?} happened");
}

#[test]
fn the_guide_has_every_field_of_json_and_every_column_of_the_report() {
    let page = "docs/automation.md";
    let (bench, _) = events();
    let json = |arguments: &[&str]| -> Value {
        let outcome = bench.run(arguments);
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {outcome}"))
    };
    assert_eq!(table(page, "`summary.json`"), keys(&bench.summary("results")));
    assert_eq!(table(page, "`status --json`"), keys(&json(&["status", "--json"])));
    let mailings = json(&["status", "--mailings", "--json"]);
    assert_eq!(
        table(page, "`status --mailings --json`"),
        keys(&mailings["mailings"][0])
    );
    let found = json(&["status", "--recipient", &notice::address(1), "--json"]);
    let recipient = &found["recipients"][0];
    let mut names = keys(recipient);
    names.extend(keys(&recipient["mailings"][0]));
    assert_eq!(table(page, "`status --recipient KEY --json`"), names);
    let columns = json(&["columns", ".", "--json"]);
    let mut names = keys(&columns);
    names.extend(keys(&columns["columns"][0]));
    assert_eq!(table(page, "`columns --json`"), names);
    let report = json(&["report", "--format", "json"]);
    assert_eq!(table(page, "`report --format json`"), keys(&report[0]));
    let mut columns: Names = bench.report("results").remove(0).into_keys().collect();
    columns.retain(|column| column.starts_with("mailshot_"));
    assert_eq!(table(page, "`report.csv`"), columns);
    bench.write("notice.txt", "Dear {{ nmae }}\n");
    let check = json(&["check", "--json"]);
    let mut names = keys(&check);
    names.extend(keys(&check["findings"][0]));
    assert_eq!(table(page, "`check --json`"), names);
}
