//! What is written for those who work on the code is true: each file and function that it names is
//! there, and the map has every room.
//!
//! A name stands between backticks: `src/smtp/reply.rs`, a folder with its slash at the end, or a
//! file with what stands in it, `delivery/retry.rs:settled`. Paths begin at the package or at
//! src/. A part in capital letters, as in `tests/cases/NN-NAME/`, stands for any name.

use std::fs;
use std::path::{Path, PathBuf};

use crate::layering::rooms;

const DOCUMENTS: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Every document, by its path.
fn documents() -> Vec<(String, String)> {
    let decisions = fs::read_dir(package("docs/decisions"))
        .expect("docs/decisions")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            format!("docs/decisions/{}", name.display())
        });
    let mut paths: Vec<String> = DOCUMENTS
        .map(str::to_owned)
        .into_iter()
        .chain(decisions)
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(package(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path, text)
        })
        .collect()
}

#[test]
fn every_file_and_function_that_is_named_is_there() {
    let mut faults = Vec::new();
    let mut named = 0;
    for (path, text) in documents() {
        for (line, name) in names(&text) {
            named += 1;
            faults.extend(missing(name).map(|why| format!("{path}:{line}: `{name}`: {why}")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(named > 100, "only {named} names were found");
}

#[test]
fn the_map_has_every_room_in_the_order_of_imports() {
    let text = fs::read_to_string(package("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let listed: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `src/")?.split_once("/` |"))
        .map(|(room, _)| room)
        .collect();
    let expected: Vec<&str> = rooms().collect();
    assert_eq!(listed, expected);
}

#[test]
fn every_decision_is_in_the_list_and_numbered() {
    let documents = documents();
    let index = |path: &str| path.ends_with("/README.md");
    let (_, list) = documents.iter().find(|(path, _)| index(path)).expect("a list");
    let decisions = documents
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("docs/decisions/")?, text)))
        .filter(|(name, _)| *name != "README.md");
    for (at, (name, text)) in decisions.enumerate() {
        let number = format!("{:03}", at + 1);
        assert!(name.starts_with(&number), "{name} should begin with {number}");
        assert!(text.starts_with(&format!("# {number}: ")), "the title of {name}");
        assert!(list.contains(&format!("({name})")), "{name} is not in the list");
        for part in ["## Context", "## Decision", "## Consequences"] {
            assert!(text.contains(part), "{name} has no {part}");
        }
    }
}

#[test]
fn a_name_that_is_not_there_is_found() {
    let text = "see `src/smtp/reply.rs`, `smtp/`, `smtp/reply.rs:Reply`, `delivery/retry.rs:nothing_of_it`,\n\
                `cargo test`, `a/b.rs` and `tests/cases/NN-NAME/relay.script`; `Cargo.toml`\n\
                ```\n`c/d.rs`\n```\n`smtp/reply.rs/`";
    let found: Vec<(usize, &str)> = names(text).filter(|(_, name)| missing(name).is_some()).collect();
    assert_eq!(
        found,
        [
            (1, "delivery/retry.rs:nothing_of_it"),
            (2, "a/b.rs"),
            (6, "smtp/reply.rs/")
        ]
    );
}

/// What stands between backticks and is the name of a file, with its line; code blocks are left out.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut code = false;
    let lines = (1..).zip(text.lines()).filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    });
    lines.flat_map(|(number, line)| {
        line.split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| is_path(name))
            .map(move |name| (number, name))
    })
}

fn is_path(name: &str) -> bool {
    let (path, _) = name.split_once(':').unwrap_or((name, ""));
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    path.chars().all(plain) && path.contains('/') && path.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Why a name is not that of a file or of something in it.
fn missing(name: &str) -> Option<String> {
    let (path, item) = match name.split_once(':') {
        Some((path, item)) => (path, Some(item)),
        None => (name, None),
    };
    let found = [package(path), package(&format!("src/{path}"))]
        .into_iter()
        .find_map(|path| standing_for(&path));
    let Some(found) = found else {
        return Some("no such file".to_owned());
    };
    if path.ends_with('/') && !found.is_dir() {
        return Some("it is no folder".to_owned());
    }
    let item = item?;
    let text = fs::read_to_string(&found).ok()?;
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static"];
    let is_there = |item: &str| {
        kinds.iter().any(|kind| {
            let start = format!("{kind} {item}");
            text.match_indices(&start).any(|(at, _)| {
                let rest = &text[at + start.len()..];
                !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
    };
    let last = item.rsplit("::").next().unwrap_or(item);
    (!is_there(last)).then(|| format!("`{last}` is not in that file"))
}

/// The path, if it is there; a part in capital letters is any name.
fn standing_for(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for part in path {
        let name = part.to_string_lossy();
        let any = name.contains("NAME") || name.contains("NN");
        if any && !found.join(part).exists() {
            let first = fs::read_dir(&found).ok()?.flatten().next()?;
            found.push(first.file_name());
        } else {
            found.push(part);
        }
    }
    found.exists().then_some(found)
}

/// Below the package's folder.
fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
