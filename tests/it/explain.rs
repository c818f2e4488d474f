//! `mailshot explain` knows every code that the sources can produce, and no other.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use unicode_width::UnicodeWidthStr;

use crate::layering::sources::below;
use crate::support::bench::Bench;

/// Rooms whose codes are those of SMTP.
const OF_REPLIES: [&str; 3] = ["smtp/", "sandbox/", "delivery/"];

/// Names that nothing has yet: there is no window and no start time.
const NOT_YET: [&str; 2] = ["window", "not_yet"];

#[test]
fn every_code_of_the_sources_is_explained_and_no_other() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for group in groups() {
        known.extend(group);
    }
    let exits: BTreeSet<String> = (0..=4).map(|code| code.to_string()).collect();
    assert!(exits.is_subset(&known));
    let made = &findings(&known) | &names("run/end.rs", "reasons");
    let made = &made | &statuses();
    let unexplained: Vec<_> = made
        .difference(&known)
        .filter(|code| !NOT_YET.contains(&code.as_str()))
        .collect();
    let unmade: Vec<_> = known.difference(&(&made | &exits)).cloned().collect();
    assert!(
        unexplained.is_empty() && unmade.is_empty(),
        "without an explanation (src/words/en/explain-*.ftl, src/cli/meaning/codes.rs): {unexplained:?}\n\
         explained, and made nowhere: {unmade:?}"
    );
    assert!(made.len() > 150, "only {} codes were found", made.len());
}

#[test]
fn a_code_is_explained_in_the_language_of_the_terminal() {
    let bench = Bench::new();
    let told = bench.run(&["explain", "unused-column", "550"]);
    told.code(0);
    let [unused, reply] = told
        .stdout
        .split_once("\n\n\n")
        .map(<[&str; 2]>::from)
        .expect("two pages");
    assert!(unused.starts_with("unused-column: Columns of the list are used nowhere\n\nWhat it means: "));
    assert!(unused.contains("\n\n    {{ room }}"), "{unused}");
    assert!(reply.contains("\nrejected: "), "{reply}");
    let told = bench.run(&["explain", "in-doubt", "--lang", "zh"]);
    told.code(0);
    assert!(
        told.stdout
            .starts_with("in_doubt：无法知道发信服务器有没有接收邮件\n\n含义：")
    );
    assert!(
        told.stdout.contains("\n    mailshot status --in-doubt\n"),
        "{told}"
    );
}

#[test]
fn of_an_unknown_code_the_near_one_is_named() {
    let bench = Bench::new();
    let told = bench.run(&["explain", "unusd-column"]);
    told.code(2);
    assert_eq!(told.stdout, "");
    assert!(
        told.stderr.contains("hint: mailshot explain unused-column"),
        "{told}"
    );
    let told = bench.run(&["explain", "weather"]);
    told.code(2);
    assert!(told.stderr.ends_with("hint: mailshot explain\n"), "{told}");
}

#[test]
fn an_explanation_fits_the_terminal() {
    for columns in [60, 80, 200] {
        let bench = Bench::new().env("COLUMNS", &columns.to_string());
        let told = bench.run(&["explain", "dmarc-unaligned", "--lang", "zh"]);
        let prose = told.stdout.lines().filter(|line| !line.starts_with("    "));
        let widest = prose.map(UnicodeWidthStr::width).max().unwrap_or_default();
        let most = columns.min(100);
        assert!(widest <= most && widest + 8 > most, "{columns}: {widest}\n{told}");
    }
}

/// The codes that are listed, group by group.
fn groups() -> Vec<Vec<String>> {
    let listed = Bench::new().run(&["explain"]);
    listed.code(0);
    let mut groups = vec![Vec::new()];
    for line in listed.stdout.lines() {
        match line.strip_prefix("  ") {
            Some(entry) if !entry.starts_with(' ') => {
                let code = entry.split_whitespace().next().expect("a code");
                groups.last_mut().expect("a group").push(code.to_owned());
            }
            Some(_) => {}
            None => groups.push(Vec::new()),
        }
    }
    groups
}

/// Every code of a problem that the sources make.
fn findings(known: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::from([String::from("other")]);
    let mut variable = Vec::new();
    let mut constants: BTreeMap<String, String> = BTreeMap::new();
    let mut named = Vec::new();
    let files = below("src");
    for (path, text) in &files {
        if path.contains("tests") || OF_REPLIES.iter().any(|room| path.starts_with(room)) {
            continue;
        }
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
        let tokens: TokenStream = text.parse().expect("a source file is Rust");
        walk(tokens, &mut |before, name, after| match (name, after) {
            // `.code("…")`, `.code(MISSING)`, `.code(fault.code)`
            ("code", TokenTree::Group(group)) if before == "." => {
                let inside = group.stream().to_string().replace(' ', "");
                match literal(&inside) {
                    Some(code) => drop(found.insert(code)),
                    // The field is made elsewhere.
                    None if inside.ends_with(".code") => {}
                    None if inside.is_empty() => {}
                    None if inside.chars().all(|c| c.is_ascii_uppercase() || c == '_') => named.push(inside),
                    None => variable.push(path.clone()),
                }
            }
            // `code: "…"` of a value that becomes one
            ("code", TokenTree::Literal(code)) if before == ":" => {
                found.extend(literal(&code.to_string()));
            }
            (constant, TokenTree::Literal(value)) if before == "=" => {
                if let Some(value) = literal(&value.to_string()) {
                    constants.insert(constant.to_owned(), value);
                }
            }
            _ => {}
        });
    }
    for name in named {
        let value = constants.get(&name).unwrap_or_else(|| panic!("where is {name}?"));
        found.insert(value.clone());
    }
    // Where a code is chosen among several, every word of that shape may be one.
    for path in variable {
        let text = &files.iter().find(|(file, _)| *file == path).expect("a file").1;
        let tokens: TokenStream = text.parse().expect("a source file is Rust");
        literals(tokens, &mut |word| {
            if word.contains('-') || known.contains(&word) {
                found.insert(word);
            }
        });
    }
    found
}

/// Every literal of the shape of a code that is in no macro, as the ids of sentences are.
fn literals(stream: TokenStream, visit: &mut impl FnMut(String)) {
    let mut is_macro = false;
    for token in stream {
        match &token {
            TokenTree::Literal(word) => literal(&word.to_string()).into_iter().for_each(&mut *visit),
            TokenTree::Group(group) if !is_macro => literals(group.stream(), visit),
            TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        is_macro = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
    }
}

fn literal(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let fits = inner.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    (fits && !inner.is_empty()).then(|| inner.to_owned())
}

/// Each name with what stands between it and the literal or the brackets behind it: `.name(…)`,
/// `name: "…"`, `NAME: &str = "…"`.
fn walk(stream: TokenStream, visit: &mut impl FnMut(&str, &str, &TokenTree)) {
    let mut name = String::new();
    let mut constant = String::new();
    let mut before = ' ';
    let mut called = false;
    for token in stream {
        match &token {
            TokenTree::Ident(ident) if *ident == "const" || *ident == "static" => {
                constant = String::from("next");
            }
            TokenTree::Ident(ident) => {
                called = before == '.';
                name = ident.to_string();
                if constant == "next" {
                    constant.clone_from(&name);
                }
            }
            TokenTree::Punct(punct) => {
                before = punct.as_char();
                if before != ':' {
                    name.clear();
                }
                if before == ';' {
                    constant.clear();
                }
                continue;
            }
            TokenTree::Literal(_) if before == '=' && !constant.is_empty() => visit("=", &constant, &token),
            TokenTree::Literal(_) if before == ':' => visit(":", &name, &token),
            TokenTree::Literal(_) => {}
            TokenTree::Group(group) => {
                if called {
                    visit(".", &name, &token);
                }
                walk(group.stream(), visit);
                name.clear();
            }
        }
        before = ' ';
    }
}

/// The names that a macro of a file declares: `Done "done",`.
fn names(file: &str, of: &str) -> BTreeSet<String> {
    let text = source(file);
    let from = text.find(&format!("\n{of}! {{")).expect("the macro is there");
    let end = text[from + 1..].find("\n}").expect("its end") + from;
    quoted(&text[from..end])
}

/// The names of statuses, which a match of one function gives.
fn statuses() -> BTreeSet<String> {
    let text = source("ledger/status.rs");
    let from = text.find("fn name(self)").expect("the function is there");
    let end = text[from..].find("\n    }").expect("its end") + from;
    quoted(&text[from..end])
}

fn source(file: &str) -> String {
    let files = below("src");
    let found = files.into_iter().find(|(path, _)| path == file);
    found.unwrap_or_else(|| panic!("src/{file} is there")).1
}

fn quoted(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("///"));
    let found = lines.filter_map(|line| line.split('"').nth(1));
    found.map(str::to_owned).collect()
}

/// Keys that belong below [recipients], and those that belong below a relay; the others are of [message].
const OF_RECIPIENTS: [&str; 7] = [
    "encoding",
    "group_by",
    "header_row",
    "key",
    "query",
    "sheet",
    "where",
];
const OF_RELAYS: [&str; 5] = ["password", "preset", "rate", "server", "user"];

/// Lines that are of no campaign and no command: of the DNS, of HTML, of a list, of a calendar.
fn is_other(line: &str) -> bool {
    let begins = [
        "<", "v=", "ip4:", "include:", "~all", "-all", "s1.", "https:", "DTSTART", "=CLEAN", "\"Smith",
        "{\"", "2026-", "de", "zh-",
    ];
    begins.iter().any(|begin| line.starts_with(begin)) && !line.contains(" = ")
}

#[test]
fn what_is_there_to_be_pasted_is_understood() {
    let bench = Bench::new();
    let codes: Vec<String> = groups().into_iter().flatten().collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let mut lines = BTreeSet::new();
    for lang in ["en", "zh"] {
        let told = bench.run(&[&["explain", "--lang", lang], codes.as_slice()].concat());
        told.code(0);
        let pasted = told.stdout.lines().filter_map(|line| line.strip_prefix("    "));
        lines.extend(pasted.map(str::to_owned));
    }
    let mut kinds = [0; 3];
    let mut faults = Vec::new();
    for line in lines.iter().filter(|line| !is_other(line)) {
        let (kind, wrong) = if let Some(arguments) = line.strip_prefix("mailshot ") {
            (0, command_fault(arguments))
        } else if line.split_once(" = ").is_some_and(|(key, _)| is_key(key)) {
            (1, campaign_fault(line))
        } else {
            (2, template_fault(line))
        };
        kinds[kind] += 1;
        faults.extend(wrong.map(|wrong| format!("{line}\n  {wrong}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(kinds.iter().all(|count| *count > 10), "{kinds:?}");
}

fn is_key(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// What the command line says against these arguments: help is the last of them, so that nothing is done.
fn command_fault(arguments: &str) -> Option<String> {
    let words = shlex::split(arguments).unwrap_or_default();
    let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let bench = Bench::new();
    let bare = bench.run(&arguments);
    arguments.push("--help");
    let helped = bench.run(&arguments);
    let usage = bare.stderr.contains("Usage:").then(|| bare.stderr.clone());
    usage.or_else(|| (helped.status.code() != Some(0)).then_some(helped.stderr))
}

fn campaign_fault(line: &str) -> Option<String> {
    let key = line.split(' ').next().unwrap_or_default();
    let place = |keys: &[&str], defaults: &str| {
        let line = if keys.contains(&key) { line } else { "" };
        let kept = defaults
            .lines()
            .filter(|kept| line.is_empty() || !kept.starts_with(&format!("{key} = ")));
        format!("{}\n{line}\n", kept.collect::<Vec<_>>().join("\n"))
    };
    let message = "from = 'Registrar <registrar@uni.example>'\nsubject = 'Room change'\ntext = 'notice.txt'";
    let others = [OF_RECIPIENTS.as_slice(), &OF_RELAYS].concat();
    // Pictures are of HTML.
    let message = match key {
        "inline" => message.replace(".txt", ".html").replace("text =", "html ="),
        _ => message.to_owned(),
    };
    let of_message = if others.contains(&key) {
        String::new()
    } else {
        key.to_owned()
    };
    let server = match key {
        "preset" | "server" => "user = 'registrar'",
        _ => "server = 'smtps://smtp.uni.example'\nuser = 'registrar'",
    };
    let campaign = format!(
        "[recipients]\n{}[message]\n{}[relay.school]\n{}",
        place(&OF_RECIPIENTS, "file = 'people.csv'"),
        place(&[&*of_message], &message),
        place(&OF_RELAYS, server),
    );
    let bench = people()
        .campaign(&campaign)
        .file("notice.txt", "Dear {{ name }}")
        .file("notice.md", "Dear {{ name }}")
        .file("notice.html", "<img src=\"cid:logo\" alt=\"x\">");
    wrong_codes(
        &bench,
        &["campaign-file", "bad-address", "unknown-column", "template"],
    )
}

fn template_fault(line: &str) -> Option<String> {
    let campaign = "[recipients]\nfile = 'people.csv'\ngroup_by = 'email'\n[message]\n\
                    from = 'registrar@uni.example'\nsubject = 'Room change'\ntext = 'notice.txt'\n";
    let bench = people().campaign(campaign).file("notice.txt", line);
    wrong_codes(
        &bench,
        &[
            "template",
            "unknown-column",
            "two-meanings",
            "yes-or-no",
            "not-a-number",
        ],
    )
}

fn people() -> Bench {
    Bench::new().csv(
        "people.csv",
        "email,column,name,room,course,paid,n,total,text,id,start,status,campaign,token\n\
         ada@example.org,x,Ada,B12,Maths,\"1.234,50\",2,4,hello,17,2026-03-09,here,c,t\n",
    )
}

/// The findings of a check with one of these codes.
fn wrong_codes(bench: &Bench, codes: &[&str]) -> Option<String> {
    let checked = bench.run(&["check", "--json"]);
    let document: serde_json::Value =
        serde_json::from_str(&checked.stdout).unwrap_or_else(|error| panic!("{error}: {checked}"));
    let findings = document["findings"].as_array().cloned().unwrap_or_default();
    let mut wrong = findings
        .iter()
        .filter(|finding| codes.iter().any(|code| finding["code"] == *code));
    wrong.next().map(ToString::to_string)
}
