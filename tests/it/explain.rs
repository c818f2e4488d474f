//! `mailshot explain` knows every code that the sources can produce, and no other.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
#[cfg(unix)]
use unicode_width::UnicodeWidthStr;

use crate::layering::sources::below;
use crate::support::bench::Bench;
#[cfg(unix)]
use crate::support::terminal::at_a_terminal_of;

/// Codes that are chosen by more than a literal: in which file, and which they are.
const CHOSEN: [(&str, &[&str]); 2] = [
    ("render/templates.rs", &["template-size", "template-time"]),
    ("check/dns.rs", &["sender-incomplete", "recipient-incomplete"]),
];

/// Rooms whose codes are those of SMTP.
const OF_REPLIES: [&str; 3] = ["smtp/", "sandbox/", "delivery/"];

/// Names that nothing has yet: there is no window, no start time and no inbox.
const NOT_YET: [&str; 3] = ["window", "not_yet", "bounced"];

#[test]
fn every_code_of_the_sources_is_explained_and_no_other() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for group in groups() {
        known.extend(group);
    }
    let exits: BTreeSet<String> = (0..=4).map(|code| code.to_string()).collect();
    assert!(exits.is_subset(&known));
    let made = &findings() | &names("run/end.rs", "reasons");
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

#[cfg(unix)]
#[test]
fn an_explanation_fits_the_terminal() {
    for columns in [60, 80, 200] {
        let bench = Bench::new();
        let asked = ["explain", "dmarc-unaligned", "--lang", "zh"];
        let Some((_, screen)) = at_a_terminal_of(columns, &bench, &[], &asked) else {
            return;
        };
        let prose = screen.lines().filter(|line| !line.starts_with("    "));
        let widest = prose.map(UnicodeWidthStr::width).max().unwrap_or_default();
        let most = columns.min(100);
        assert!(
            widest <= most && widest + 8 > most,
            "{columns}: {widest}\n{screen}"
        );
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
fn findings() -> BTreeSet<String> {
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
    for path in variable {
        let chosen = CHOSEN.iter().find(|(file, _)| *file == path);
        let (_, codes) = chosen.unwrap_or_else(|| panic!("{path} chooses a code: say which in CHOSEN"));
        let text = &files.iter().find(|(file, _)| *file == path).expect("a file").1;
        for code in *codes {
            assert!(text.contains(&format!("\"{code}\"")), "{code} is not in {path}");
            found.insert((*code).to_owned());
        }
    }
    found
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
