//! The house keeps its order: a module names only modules before it.
//!
//! The sources are read as Rust tokens, so paths in `use` groups, in code and
//! in the arguments of macros all count, and what stands in comments, strings
//! and documentation does not. `super::` counts as far as it climbs to the
//! crate's root.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The library, in the order of src/lib.rs: each may name those before it.
const ORDER: [&str; 12] = [
    "smtp",
    "sandbox",
    "campaign",
    "table",
    "render",
    "recipients",
    "message",
    "delivery",
    "ledger",
    "report",
    "check",
    "run",
];

/// Name no other module of ours: they could be crates of their own.
const ALONE: [&str; 2] = ["smtp", "sandbox"];

/// Names under which everything ends up for which nobody found a place.
const HOMELESS: [&str; 5] = ["utils", "common", "helpers", "types", "errors"];

/// No file is longer: one noun, one reason to open it.
const LONGEST: usize = 450;

/// A module named in a path that begins at a crate's root, and where.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    module: String,
    line: usize,
}

#[test]
fn imports_go_one_way() {
    let faults: Vec<String> = sources()
        .iter()
        .flat_map(|(path, text)| faults_of(path, text))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_order() {
    for (path, _) in sources() {
        let module = module_of(&path);
        assert!(
            matches!(module.as_str(), "lib" | "main" | "cli") || ORDER.contains(&module.as_str()),
            "src/{path} belongs to the module `{module}`, which has no place in the order of tests/it/layering.rs"
        );
    }
    for module in ORDER {
        let there = sources().iter().any(|(path, _)| module_of(path) == module);
        assert!(
            there,
            "`{module}` stands in the order of tests/it/layering.rs and not in src/"
        );
    }
}

#[test]
fn every_file_has_a_name_and_a_size_one_can_hold_in_the_head() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for part in path.trim_end_matches(".rs").split('/') {
            if HOMELESS.contains(&part) {
                faults.push(format!(
                    "src/{path}: `{part}` says nothing of what it is for; a type lives with the module that makes it"
                ));
            }
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            faults.push(format!(
                "src/{path} has {lines} lines; more than {LONGEST} is two files"
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every way to name a module is seen, and nothing that only looks like one.
#[test]
fn the_walk_sees_every_way_to_name_a_module() {
    let text = r##"
//! [`crate::run`] in documentation is no import.
use crate::{check::{Checked, Finding}, run, ledger as record};
// crate::run::send
pub(in crate::table) fn f() -> crate::report::Summary {
    let _ = "crate::sandbox";
    println!("{}", crate::smtp::Session::new::<crate::cli::Args>());
    super::delivery::start();
    self::inner::g();
}
mod inner {
    use super::super::message;
    use super::f;
}
"##;
    let named: Vec<(String, usize)> = named_by("render.rs", text)
        .into_iter()
        .map(|named| (named.module, named.line))
        .collect();
    let expected = [
        ("check", 3),
        ("run", 3),
        ("ledger", 3),
        ("table", 5),
        ("report", 5),
        ("smtp", 7),
        ("cli", 7),
        ("delivery", 8),
        ("message", 12),
    ];
    assert_eq!(named, expected.map(|(module, line)| (module.to_owned(), line)));
}

#[test]
fn a_wrong_import_is_named_in_a_sentence() {
    let late = faults_of("render.rs", "fn f() {}\nuse crate::{table::Row, run::send};\n");
    assert_eq!(
        late,
        ["src/render.rs:2: `render` names `run`, which comes after it in the order of imports"]
    );
    let alone = faults_of("smtp/wire.rs", "use crate::campaign::Relay;");
    assert_eq!(
        alone,
        ["src/smtp/wire.rs:1: `smtp` names `campaign`, and `smtp` must name no other module of ours"]
    );
    let binary = faults_of("run/mod.rs", "use mailshot::table::Row;\nuse crate::cli::Args;");
    assert_eq!(
        binary,
        [
            "src/run/mod.rs:1: `run` names `table` as the binary would; in the library write `crate::table`",
            "src/run/mod.rs:2: `run` names `cli`, which comes after it in the order of imports"
        ]
    );
    assert!(faults_of("run/mod.rs", "use crate::{table::Row, run::Mode};").is_empty());
    assert!(faults_of("cli/mod.rs", "use mailshot::run::send; use crate::cli::args;").is_empty());
}

/// What a file names that it must not.
fn faults_of(path: &str, text: &str) -> Vec<String> {
    let own = module_of(path);
    if matches!(own.as_str(), "lib" | "main") {
        return Vec::new(); // They name the modules they are made of.
    }
    let place = |module: &str| {
        ORDER
            .iter()
            .position(|known| *known == module)
            .unwrap_or(ORDER.len())
    };
    let mut faults = Vec::new();
    for Named { module, line } in named_by(path, text) {
        let (binary, module) = match module.strip_prefix("mailshot::") {
            Some(module) => (true, module),
            None => (false, module.as_str()),
        };
        let why = if own == "cli" {
            // The binary lies over the whole library; `crate` is itself there.
            if binary || module == "cli" {
                continue;
            }
            format!("`cli` names `{module}` as its own; the library is `mailshot::{module}` there")
        } else if binary {
            format!("`{own}` names `{module}` as the binary would; in the library write `crate::{module}`")
        } else if module == own {
            continue;
        } else if ALONE.contains(&own.as_str()) {
            format!("`{own}` names `{module}`, and `{own}` must name no other module of ours")
        } else if place(module) > place(&own) {
            format!("`{own}` names `{module}`, which comes after it in the order of imports")
        } else {
            continue;
        };
        faults.push(format!("src/{path}:{line}: {why}"));
    }
    faults
}

/// Every module that the file at `path` (below src/) names from a root.
fn named_by(path: &str, text: &str) -> Vec<Named> {
    let tokens: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("src/{path} is not Rust: {error}"));
    // How deep the file's own module lies: so many `super::` reach the root.
    let depth = path
        .trim_end_matches(".rs")
        .trim_end_matches("/mod")
        .split('/')
        .count();
    let mut found = Vec::new();
    walk(tokens, depth, &mut found);
    found
}

fn walk(tokens: TokenStream, depth: usize, found: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => {
                // `mod name { … }`: one deeper.
                let inline = at >= 3
                    && group.delimiter() == Delimiter::Brace
                    && is_word(&tokens[at - 3], "mod")
                    && matches!(tokens[at - 2], TokenTree::Ident(_));
                walk(group.stream(), depth + usize::from(inline), found);
            }
            TokenTree::Ident(word) => {
                let mut climbed = usize::from(word == "super");
                let root = word == "crate" || word == "mailshot";
                if climbed == 0 && !root {
                    continue;
                }
                // `a::crate` is no path, and `x.super` neither; `::` must follow.
                while climbed > 0
                    && colons(&tokens, at)
                    && tokens.get(at + 2).is_some_and(|next| is_word(next, "super"))
                {
                    climbed += 1;
                    at += 3;
                }
                if colons(&tokens, at) && (root || climbed >= depth) {
                    let prefix = if word == "mailshot" { "mailshot::" } else { "" };
                    first_segments(tokens.get(at + 2), prefix, found);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// What follows `crate::`: one name, or a group of paths that each begin with one.
fn first_segments(token: Option<&TokenTree>, prefix: &str, found: &mut Vec<Named>) {
    match token {
        // Names of the crate's own root are functions and macros, not modules of ours.
        Some(TokenTree::Ident(name)) => found.push(Named {
            module: format!("{prefix}{name}"),
            line: name.span().start().line,
        }),
        Some(TokenTree::Group(group)) => {
            let mut first = true;
            for token in group.stream() {
                let comma = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',');
                if first && !comma {
                    first_segments(Some(&token), prefix, found);
                }
                first = comma;
            }
        }
        Some(TokenTree::Punct(_) | TokenTree::Literal(_)) | None => {}
    }
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(at) && colon(at + 1)
}

fn is_word(token: &TokenTree, expected: &str) -> bool {
    matches!(token, TokenTree::Ident(word) if word == expected)
}

/// `campaign` for `campaign/file.rs`, `render` for `render.rs`.
fn module_of(path: &str) -> String {
    let first = path.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs").to_owned()
}

/// Every file below src/: its path with `/`, and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src/ is a folder") {
            let path = entry.expect("an entry of src/").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let below = path.strip_prefix(&root).expect("it lies below src/");
            (below.display().to_string().replace('\\', "/"), text)
        })
        .collect()
}
