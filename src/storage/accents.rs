//! Accented letters in one form, and files by their names in any of the two forms.
//!
//! An é is one character, or an e and an accent (NFC and NFD of Unicode); both look the same. Macs
//! write file names in the second form, most other programs in the first.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in the composed form. Ideographs of the ranges for compatibility stay, though Unicode has
/// them for the same as others: in names of people they look different. File systems of Macs leave
/// them alone, too.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for piece in text.split_inclusive(stays) {
        let last = piece.chars().next_back().filter(|c| stays(*c));
        let rest = piece.get(..piece.len() - last.map_or(0, char::len_utf8));
        whole.extend(rest.unwrap_or_default().nfc());
        whole.extend(last);
    }
    if whole == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(whole)
    }
}

fn stays(c: char) -> bool {
    matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// The names in a folder, by what they are when all accents are composed.
#[derive(Debug, Default)]
pub struct Names(HashMap<PathBuf, HashMap<String, String>>);

impl Names {
    /// The path, as the files and folders on the way are really called; as it is where some are not
    /// there.
    pub fn found(&mut self, path: &Path) -> PathBuf {
        if path.as_os_str().is_empty() || path.to_str().is_none_or(str::is_ascii) || exists(path) {
            return path.to_owned();
        }
        let mut real = PathBuf::new();
        for component in path.components() {
            let next = real.join(component);
            real = match component {
                Component::Normal(name) if !exists(&next) => {
                    let name = composed(name.to_str().unwrap_or_default());
                    let Some(called) = self.of(&real).get(&*name) else {
                        return path.to_owned();
                    };
                    real.join(called)
                }
                Component::Normal(_)
                | Component::Prefix(_)
                | Component::RootDir
                | Component::CurDir
                | Component::ParentDir => next,
            };
        }
        real
    }

    fn of(&mut self, folder: &Path) -> &HashMap<String, String> {
        self.0.entry(folder.to_owned()).or_insert_with(|| {
            let names = names_in(folder).filter(|name| !name.is_ascii());
            names.map(|name| (composed(&name).into_owned(), name)).collect()
        })
    }
}

/// The path, as the files and folders on the way are really called.
pub fn found(path: &Path) -> PathBuf {
    Names::default().found(path)
}

/// A file beside the path whose name differs only in capitals and accents.
pub fn near(path: &Path) -> Option<String> {
    let small = |name: &str| composed(name).to_lowercase();
    let name = small(path.file_name()?.to_str()?);
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut names: Vec<_> = names_in(folder).filter(|other| small(other) == name).collect();
    names.sort();
    names.into_iter().next()
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn names_in(folder: &Path) -> impl Iterator<Item = String> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_composed_and_nothing_else() {
        for (text, expected) in [
            ("Orle\u{301}ans", "Orléans"),
            ("\u{1100}\u{1161}", "가"),
            ("Ε\u{301}", "Έ"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("℡", "℡"),
            ("ﬁn", "ﬁn"),
            ("\u{fa19}社 e\u{301}", "\u{fa19}社 é"),
            ("Zoé", "Zoé"),
        ] {
            assert_eq!(composed(text), expected);
        }
    }
}
