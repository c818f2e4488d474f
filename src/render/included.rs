//! The templates that a template names, and where they are.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use crate::campaign::Stays;
use crate::storage::{LARGEST_TEXT, found, near, read_regular};
use crate::table::prose;
use crate::words::{Said, Speak, say, system};

use super::language::languages;
use super::numbers::Rewritten;

/// Why a template cannot be read: it stays here, or the system has a reason.
pub(super) fn unread(error: &std::io::Error) -> Said {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Stays>());
    inner.map_or_else(|| system(error), Speak::said)
}

/// What is said where another file is called nearly as one that is not there.
pub(super) fn beside(path: &Path) -> Option<Said> {
    if path.exists() {
        return None;
    }
    let name = near(path)?;
    Some(say!("render-near-file-hint", name = name))
}

/// The languages that a template is there in, or something that it includes.
pub fn spoken_in(folder: &Path, path: &Path) -> BTreeSet<String> {
    let mut tags = BTreeSet::new();
    gather(folder, path, &mut HashSet::new(), &mut tags);
    tags
}

fn gather(folder: &Path, path: &Path, seen: &mut HashSet<PathBuf>, tags: &mut BTreeSet<String>) {
    if !seen.insert(path.to_owned()) {
        return;
    }
    for (tag, path) in languages(path) {
        tags.insert(tag);
        gather(folder, &path, seen, tags);
    }
    let octets = read_regular(path, LARGEST_TEXT).unwrap_or_default();
    let text = prose(&octets).map(|prose| prose.text).unwrap_or_default();
    for (name, _) in inclusions(&text) {
        let path = found(&folder.join(name));
        if is_inside(name) && !leads_out(folder, &path) {
            gather(folder, &path, seen, tags);
        }
    }
}

/// A template that includes others by names that begin so.
pub(super) fn named_in(compiled: Rewritten, prefix: &str) -> Rewritten {
    if prefix.is_empty() {
        return compiled;
    }
    let places: Vec<usize> = inclusions(&compiled.text)
        .into_iter()
        .map(|(_, span)| span.start)
        .collect();
    compiled.with(&places, prefix)
}

/// Whether a name is one below the campaign's folder.
pub(super) fn is_inside(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a path leads to somewhere else than below the folder. What is not there leads nowhere.
pub fn leads_out(folder: &Path, path: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => !path.starts_with(folder),
        (_, Err(_)) => false,
        (Err(_), Ok(_)) => true,
    }
}

/// The file names in `{% include "…" %}` and `{% extends "…" %}`.
pub(super) fn inclusions(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{%") {
        let Some(tag) = text[at + 2..].split("%}").next() else {
            continue;
        };
        let words = tag.trim_start_matches(['-', ' ', '\t', '\n', '\r']);
        let Some(rest) = words
            .strip_prefix("include")
            .or_else(|| words.strip_prefix("extends"))
        else {
            continue;
        };
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
            continue;
        };
        if let Some(name) = rest[1..].split(quote).next() {
            let start = name.as_ptr() as usize - text.as_ptr() as usize;
            found.push((name, start..start + name.len()));
        }
    }
    found
}
