//! Letters of one script that look like those of another: `exаmple.org` with a Cyrillic а is
//! another domain, and `kоe@example.org` is nobody's mailbox.
//!
//! Names of one script are left alone (президент.рф, 例子.测试, münchen.example), and so are those that mix
//! Chinese, Japanese or Korean with Latin letters (UTS #39 §5.2).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};
use unicode_security::confusable_detection::skeleton;

/// What is probably meant, judging by its look, and the first letter of another script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LookAlike {
    /// In ASCII, where all of it has a letter that looks the same there.
    pub(super) meant: Option<String>,
    /// The letter.
    pub(super) letter: char,
}

/// Scripts whose letters pass for each other's.
const ALIKE: [Script; 6] = [
    Script::Latin,
    Script::Cyrillic,
    Script::Greek,
    Script::Armenian,
    Script::Cherokee,
    Script::Coptic,
];

/// Whether a local part or a domain (in its own script, in small letters) looks like another. In an
/// address that is ASCII except for it, a word of another script that looks Latin as a whole is one, too.
pub(super) fn look_alike(name: &str, latin: bool) -> Option<LookAlike> {
    if name.is_ascii() {
        return None;
    }
    let words = name.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
    let letter = words
        .filter(|word| !word.is_ascii())
        .find_map(|word| foreign(word, latin))?;
    Some(LookAlike {
        meant: in_ascii(name),
        letter,
    })
}

/// The letter of a word that only looks like one of its neighbours, or of ASCII.
fn foreign(word: &str, latin: bool) -> Option<char> {
    let scripts = |c: char| ALIKE.iter().position(|script| *script == c.script());
    let mut found: Vec<usize> = word.chars().filter_map(scripts).collect();
    found.sort_unstable();
    found.dedup();
    let is_latin = |c: &char| c.script() == Script::Latin;
    match found.as_slice() {
        [] => None,
        [one] => {
            let other = ALIKE.get(*one) != Some(&Script::Latin);
            let whole = latin && other && word.chars().all(|c| c.is_ascii() || alike(c).is_some());
            word.chars()
                .find(|c| !c.is_ascii() && !is_latin(c))
                .filter(|_| whole)
        }
        _ => {
            let foreign = word.chars().filter(|c| scripts(*c).is_some() && !is_latin(c));
            let mut foreign = foreign.peekable();
            let first = foreign.peek().copied();
            foreign.find(|c| ascii(*c).is_some()).or(first)
        }
    }
}

/// A name in the ASCII letters that look like it, without accents.
pub(super) fn in_ascii(name: &str) -> Option<String> {
    name.nfd().filter(|c| !is_combining_mark(*c)).map(ascii).collect()
}

/// The letter of ASCII that another looks like, or whose capital it does.
fn ascii(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let capital = match small(c) {
        'к' | 'κ' => Some('k'),
        'м' => Some('m'),
        'т' | 'τ' => Some('t'),
        'в' => Some('b'),
        'н' => Some('h'),
        _ => None,
    };
    capital.or_else(|| alike(c))
}

/// The letter of ASCII that looks the same in small letters.
fn alike(c: char) -> Option<char> {
    let mut text = [0; 4];
    let mut alike = skeleton(small(c).encode_utf8(&mut text));
    let letter = alike.next().filter(|_| alike.next().is_none())?;
    letter
        .is_ascii_alphanumeric()
        .then(|| letter.to_ascii_lowercase())
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_something_else_is_told_and_scripts_are_left_alone() {
        let meant = |name: &str, latin| {
            look_alike(name, latin).map(|found| found.meant.unwrap_or_else(|| found.letter.to_string()))
        };
        for (name, looks) in [
            ("kоe", "koe"),
            ("exаmple.org", "example.org"),
            ("раураl.com", "paypal.com"),
            ("gοοgle.com", "google.com"),
            ("ivan.пeтров", "п"),
            ("аорс", "aopc"),
            ("micrоsoft-support", "microsoft-support"),
        ] {
            let found = meant(name, true).unwrap_or_default();
            assert!(found == looks || looks == "п", "{name}: {found}");
            assert!(!found.is_empty(), "{name}");
        }
        for name in [
            "президент.рф",
            "例子.测试",
            "münchen.example",
            "ivan.петров",
            "王ada",
            "ひらがなカナ漢字abc",
            "한국어abc",
            "o'neil",
            "josé",
            "παράδειγμα.ελ",
            "почта",
            "भारत",
            "مثال",
            "straße",
        ] {
            assert_eq!(meant(name, name.is_ascii()), None, "{name}");
        }
        // Of one script, in an address that has that script alone.
        assert_eq!(meant("сосо.рф", false), None);
        assert_eq!(meant("почта", true), None);
        assert_eq!(meant("антон", true), None);
    }
}
