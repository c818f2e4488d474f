//! Which of several templates is in the recipient's language.
//!
//! `_lang` holds a tag of BCP 47 (`zh-Hant-TW`), and templates have tags in their names. The
//! look-up is that of RFC 4647 §3.4: subtags are dropped one by one. It also knows that people in
//! Taipei and Hong Kong use another script than people in Beijing (the likely subtags of CLDR), so
//! nobody gets the other script if their own exists; and that Deutsch is de.

use std::path::{Path, PathBuf};

use crate::storage::composed;

use super::tongues::{CODES, COUNTRIES, NAMES, REGIONS, RENAMED, SCRIPTS};

/// What a user writes for a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// A tag, in lower case, as it should be.
    Tag(String),
    /// The name of a language, or what can be nothing else: the tag that is meant.
    Named(&'static str),
    /// The code of a country that is not the code of a language: the tag of the language spoken
    /// there.
    Country(&'static str),
    /// Nothing that is known.
    Unknown,
}

/// The language that a cell means.
pub fn spoken(value: &str) -> Spoken {
    let value = value.trim();
    if let Some(tag) = tag(value) {
        let primary = tag.split('-').next().unwrap_or_default();
        if CODES.split_ascii_whitespace().any(|code| code == primary)
            || RENAMED.iter().any(|(code, _)| *code == primary)
        {
            return Spoken::Tag(tag);
        }
        if let Some((_, spoken)) = COUNTRIES.iter().find(|(code, _)| *code == tag) {
            return Spoken::Country(spoken);
        }
    }
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| {
            c.is_alphanumeric() || !(c.is_ascii() || c.is_whitespace() || "（）［］".contains(*c))
        });
        letters.flat_map(char::to_lowercase).collect()
    };
    let composed = composed(value);
    // `Deutsch (Schweiz)`: what is not known in brackets says no more.
    let before = composed.split(['(', '（', ',', '/']).next().unwrap_or_default();
    for words in [&*composed, before] {
        let words = plain(words);
        let known = |(_, names): &&(&str, &str)| names.split(' ').any(|name| name == words);
        if let Some((tag, _)) = NAMES.iter().find(known) {
            return Spoken::Named(tag);
        }
    }
    Spoken::Unknown
}

/// A tag in lower case, of what looks like one: `zh_TW.UTF-8` of a locale, too.
fn tag(value: &str) -> Option<String> {
    let value = value.split(['.', '@']).next().unwrap_or_default();
    let tag = value.to_ascii_lowercase().replace(['_', ' ', '/'], "-");
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let primary = tag.split('-').next().unwrap_or_default();
    let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    (is_code && tag.split('-').all(fits)).then_some(tag)
}

/// A tag with the code of its language that is used today.
fn modern(tag: &str) -> String {
    let (primary, rest) = tag.split_once('-').unwrap_or((tag, ""));
    let primary = RENAMED
        .iter()
        .find(|(code, _)| *code == primary)
        .map_or(primary, |(_, modern)| *modern);
    // `zh-cmn-Hans` has the language twice.
    let rest = rest.strip_prefix("cmn-").unwrap_or(rest);
    match (primary, rest) {
        ("sh", "") => "sr-latn".to_owned(),
        (primary, "" | "cmn") => primary.to_owned(),
        (primary, rest) => format!("{primary}-{rest}"),
    }
}

/// The one of `tags` (in lower case) that a cell asks for; `None` where that for everybody is meant.
pub fn best<'t>(wanted: &str, tags: &[&'t str]) -> Option<&'t str> {
    let wanted = match spoken(wanted) {
        Spoken::Tag(tag) => tag,
        Spoken::Named(tag) | Spoken::Country(tag) => tag.to_owned(),
        // A template may be called whatever rows say.
        Spoken::Unknown => {
            let wanted = wanted.trim().to_lowercase().replace('_', "-");
            return tags.iter().copied().find(|tag| *tag == wanted);
        }
    };
    let wanted = modern(&wanted);
    let known: Vec<(String, &str)> = tags.iter().map(|tag| (modern(tag), *tag)).collect();
    let of = |tag: &str| {
        known
            .iter()
            .find(|(modern, _)| modern == tag)
            .map(|(_, tag)| *tag)
    };
    let language = wanted.split('-').next().unwrap_or_default();
    // As far as it says more than the language.
    let mut shorter = wanted.as_str();
    while shorter.len() > language.len() {
        if let Some(found) = of(shorter) {
            return Some(found);
        }
        shorter = shorter.rsplit_once('-').map_or(language, |(before, _)| before);
        // RFC 4647 §3.4: a single character introduces what has fallen off.
        if let Some((before, single)) = shorter.rsplit_once('-')
            && single.len() == 1
        {
            shorter = before;
        }
    }
    let script = script(&wanted);
    let usual = SCRIPTS
        .iter()
        .find(|(of, ..)| *of == language)
        .map(|(_, usual, _)| *usual);
    let of_script = || script.and_then(|script| of(&format!("{language}-{script}")));
    let alike = || {
        let mut alike = known.iter().filter(|(tag, _)| {
            tag.split('-').next() == Some(language) && (usual.is_none() || self::script(tag) == script)
        });
        let region = REGIONS
            .iter()
            .find(|(of, _)| *of == language)
            .map_or(language, |(_, region)| *region);
        let first = alike.next()?;
        match alike.next() {
            None => Some(first.1),
            Some(_) => of(&format!("{language}-{region}")).or_else(|| {
                let place = usual.is_some().then_some(first.1);
                place.filter(|_| script != usual)
            }),
        }
    };
    if script != usual {
        return of_script().or_else(alike).or_else(|| of(language));
    }
    of_script().or_else(|| of(language)).or_else(alike)
}

/// The script of a language that has several: what the tag says, or what is likely where it is spoken.
fn script(tag: &str) -> Option<&str> {
    let mut parts = tag.split('-');
    let (_, usual, regions) = SCRIPTS
        .iter()
        .find(|(language, ..)| parts.clone().next() == Some(*language))?;
    parts.next();
    for part in parts {
        if part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Some(part);
        }
        if let Some((_, script)) = regions.iter().find(|(region, _)| *region == part) {
            return Some(script);
        }
    }
    Some(usual)
}

/// Whether this reader of Chinese uses the script of Taipei.
pub fn reads_traditional(value: &str) -> bool {
    let tag = match spoken(value) {
        Spoken::Tag(tag) => modern(&tag),
        Spoken::Named(tag) | Spoken::Country(tag) => tag.to_owned(),
        Spoken::Unknown => return false,
    };
    script(&tag) == Some("hant")
}

/// `notice.zh.html` and similar ones, beside `notice.html`: the language in lower case, and the file.
pub fn languages(path: &Path) -> Vec<(String, PathBuf)> {
    let part = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    let (Some(stem), Some(extension)) = (stem, extension) else {
        return Vec::new();
    };
    let (before, after) = (format!("{}.", composed(&stem)), format!(".{extension}"));
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new(".")))
        .into_iter()
        .flatten();
    let mut found: Vec<_> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let composed = composed(&name);
            let language = composed.strip_prefix(&before)?.strip_suffix(&after)?;
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let good = !language.is_empty() && language.chars().all(fits);
            let language = good.then(|| language.to_lowercase().replace('_', "-"))?;
            Some((language, path.with_file_name(&name)))
        })
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests;
