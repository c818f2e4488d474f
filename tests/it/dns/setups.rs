//! Many set-ups of a domain, each with a verdict that was written by hand from the RFCs, and pyspf as the
//! second judge of SPF.
//!
//! `tests/fixtures/setups` holds the table; [`table::Setup`] says what its fields are. One DNS server answers
//! for all of them, and nothing else is asked: relays of presets are named, never contacted.

mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::support::bench::Bench;
use crate::support::python;
use crate::support::servers::Dns;

use table::Setup;

/// Campaigns that are checked at the same time.
const SIDE_BY_SIDE: usize = 4;

/// What codes of findings about the DNS begin with.
const BEGINNINGS: [&str; 6] = ["spf-", "dmarc-", "dkim-record-", "mx-", "sender-", "recipient-"];

/// An address that is in no record.
const STRANGER: &str = "203.0.113.7";

#[test]
fn every_set_up_is_judged_right() {
    let setups = table::all();
    let names: BTreeSet<_> = setups.iter().map(|setup| &setup.name).collect();
    assert_eq!(names.len(), setups.len(), "two set-ups have the same name");
    let safe = Bench::new();
    let keys = [
        ("RSA", new_key(&safe, "rsa", "rsa.pem")),
        ("OTHERRSA", new_key(&safe, "rsa", "other.pem")),
        ("ED25519", new_key(&safe, "ed25519", "ed25519.pem")),
    ];
    let zones = table::zones(&setups, &BTreeMap::from(keys));
    let Some(dns) = Dns::start(&zones) else { return };
    let (next, faults) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(setup) = setups.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Some(fault) = fault(setup, &safe.path(""), &dns) {
                        let mut faults = faults.lock().expect("no thread has panicked");
                        faults.insert((&setup.part, &setup.name), fault);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().expect("no thread has panicked");
    let mut told = String::new();
    for ((part, name), fault) in &faults {
        write!(told, "\n{part}: {name}: {fault}").expect("a String takes all");
    }
    assert!(
        faults.is_empty(),
        "{} of {} set-ups:{told}",
        faults.len(),
        setups.len()
    );
}

#[test]
fn pyspf_judges_the_records_the_same_way() {
    let mut setups = table::all();
    let zones = table::zones(&setups, &BTreeMap::new());
    setups.retain(|setup| setup.pyspf.is_some());
    let Some(dns) = Dns::start(&zones) else { return };
    let bench = Bench::new();
    let rows: Vec<_> = setups
        .iter()
        .map(|setup| {
            json!({
                "domain": setup.judge.clone().unwrap_or_else(|| setup.domain()),
                "ip": setup.ip.as_deref().unwrap_or(STRANGER),
            })
        })
        .collect();
    bench.write("rows.json", Value::from(rows).to_string());
    let Some(results) = python::judge_spf(&dns.address(), &bench.path("rows.json")) else {
        return;
    };
    assert_eq!(results.len(), setups.len());
    let mut told = String::new();
    for (setup, (result, why)) in setups.iter().zip(&results) {
        if setup.pyspf.as_ref() != Some(result) {
            let name = &setup.name;
            let expected = setup.pyspf.as_deref().unwrap_or_default();
            write!(told, "\n{name}: {result}, not {expected}: {why}").expect("a String takes all");
        }
    }
    assert!(told.is_empty(), "{told}");
}

/// Makes a key; its public half, as `p=` of the record that `dkim record` prints.
fn new_key(bench: &Bench, kind: &str, file: &str) -> String {
    let domain = ["--domain", "uni.example", "--selector", "s1"];
    let made = bench.run(&[&["dkim", "new", "--type", kind, "--output", file], &domain[..]].concat());
    made.code(0);
    let printed = bench.run(&[&["dkim", "record", file], &domain[..]].concat());
    printed.code(0);
    let of_key = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let (_, key) = printed.stdout.split_once("p=").expect("a record has a key");
    key.chars().take_while(of_key).collect()
}

/// The campaign of a set-up, signed with a key that lies in the folder `keys`.
fn campaign(setup: &Setup, keys: &Path) -> Bench {
    let from = setup.filled(setup.from.as_deref().unwrap_or("office@DOMAIN"));
    let mut more = String::new();
    let mut line = |line: String| writeln!(more, "{line}").expect("a String takes all");
    let mailboxes = [("return_path", &setup.return_path), ("reply_to", &setup.reply_to)];
    for (field, value) in mailboxes {
        if let Some(value) = value {
            line(format!("{field} = '{}'", setup.filled(value)));
        }
    }
    if let Some(value) = &setup.unsubscribe {
        line(format!("unsubscribe = {}", setup.filled(value)));
    }
    if let Some(kind) = &setup.dkim {
        let file = keys.join(format!("{kind}.pem"));
        line(format!(
            "dkim = {{ domain = '{}', selector = 's1', key = {{ file = '{}' }} }}",
            setup.domain(),
            file.display()
        ));
    }
    if let Some(preset) = &setup.preset {
        line(format!(
            "[relay.here]\npreset = '{preset}'\nuser = '{from}'\npassword = {{ env = 'SECRET' }}"
        ));
    }
    if let Some(region) = &setup.region {
        line(format!("region = '{region}'"));
    }
    let bench = Bench::new().env("SECRET", "nobody logs in");
    super::filled(bench, &from, &more, &people(setup))
}

fn people(setup: &Setup) -> String {
    let mut people = "email,name\n".to_owned();
    let Some(domain) = &setup.many else {
        let to = setup.filled(setup.to.as_deref().unwrap_or("ada@people.example"));
        return people + &to + ",ada\n";
    };
    for n in 0..5_200 {
        writeln!(people, "p{n}@{domain},P").expect("a String takes all");
    }
    people
}

/// What is not right about what is said of a set-up.
fn fault(setup: &Setup, keys: &Path, dns: &Dns) -> Option<String> {
    let outcome = super::check(&campaign(setup, keys), dns, &["--json"]);
    let Ok(document) = serde_json::from_str::<Value>(&outcome.stdout) else {
        return Some(format!("it is not checked at all: {outcome}"));
    };
    let about_dns = |finding: &&Value| {
        let code = finding["code"].as_str().unwrap_or_default();
        BEGINNINGS.iter().any(|beginning| code.starts_with(beginning))
    };
    let list = document["findings"].as_array().map_or(&[][..], Vec::as_slice);
    let found: Vec<&Value> = list.iter().filter(about_dns).collect();
    let mut faults = codes_amiss(setup, &found);
    let said: String = found.iter().map(|finding| texts(finding)).collect();
    if faults.is_empty() {
        let words = |list: &[String]| list.iter().map(|words| setup.filled(words)).collect::<Vec<_>>();
        let missing = words(&setup.words)
            .into_iter()
            .filter(|words| !said.contains(words.as_str()));
        faults.extend(missing.map(|words| format!("`{words}` is not said")));
        let wrong = words(&setup.unsaid)
            .into_iter()
            .filter(|words| said.contains(words.as_str()));
        faults.extend(wrong.map(|words| format!("`{words}` is said")));
    }
    (!faults.is_empty()).then(|| format!("{} ({})\n    said: {said}", faults.join(", "), setup.why))
}

/// Findings that are missing, and those nobody wants.
fn codes_amiss(setup: &Setup, found: &[&Value]) -> Vec<String> {
    let mut left: Vec<&str> = found
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    let mut faults = Vec::new();
    for wanted in &setup.found {
        let one_of = wanted.strip_suffix('?').unwrap_or(wanted);
        match left
            .iter()
            .position(|code| one_of.split('|').any(|one| one == *code))
        {
            Some(at) => {
                left.remove(at);
            }
            None if wanted.ends_with('?') => {}
            None => faults.push(format!("no {wanted}")),
        }
    }
    faults.extend(left.into_iter().map(|code| format!("{code} is too much")));
    faults
}

/// All strings of a finding, a line each.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(list) => list.iter().map(texts).collect(),
        Value::Object(fields) => fields.values().map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}
