//! Emphasis in Markdown in scripts without blanks, and beside signs that are not letters.
//!
//! In CommonMark (§6.2), the characters beside `**` decide whether it begins or ends emphasis, and
//! a punctuation sign between `**` and a word prevents it: `**注意：**明天` and `价格**€5**元` keep their
//! stars, because nobody writes a blank there. So a mark that the parser takes for a letter is put
//! between the two if a sign is not ASCII, or if the word outside is in a script without blanks.
//! Text that is entirely ASCII is read as CommonMark says. (The rule is that of
//! markdown-cjk-friendly, and beyond CJK that of CommonMark 0.30, for which `€` was not
//! punctuation.)

use crate::render::Seam;

/// The text with marks where emphasis needs them, and without those of empty values, except between
/// marks of emphasis: these must leave nothing.
pub(super) fn prepared(text: &str) -> String {
    let chars: Vec<char> = without_idle_seams(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        if c == '\\' {
            out.push(c);
            out.extend(chars.get(at + 1));
            at += 2;
            continue;
        }
        if !matches!(c, '*' | '~') {
            out.push(c);
            at += 1;
            continue;
        }
        let length = chars[at..].iter().take_while(|next| **next == c).count();
        let before = at.checked_sub(1).and_then(|at| chars.get(at).copied());
        let behind = chars.get(at + length).copied();
        // `10~20` is a range.
        let (joined_before, joined_behind) = match (c, length) {
            ('~', 1) => (false, false),
            _ => joints(before, behind),
        };
        out.extend(joined_before.then(|| Seam::Joint.mark()));
        out.extend(std::iter::repeat_n(c, length));
        out.extend(joined_behind.then(|| Seam::Joint.mark()));
        at += length;
    }
    out
}

/// What of an empty value is left between `**` and `**` would be four stars to a reader; anywhere
/// else it would make a paragraph of an empty line.
fn without_idle_seams(text: &str) -> Vec<char> {
    let (open, close) = (Seam::Open.mark(), Seam::Close.mark());
    let chars: Vec<char> = text.chars().collect();
    if !text.contains(&format!("{open}{close}") as &str) {
        return chars;
    }
    let empty = |at: usize| chars.get(at) == Some(&open) && chars.get(at + 1) == Some(&close);
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if !empty(at) {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        // All empty values here, with the blanks between them.
        let mut end = at;
        while empty(end) || matches!(chars.get(end), Some(' ' | '\t')) {
            end += if empty(end) { 2 } else { 1 };
        }
        let delimiter = |c: Option<&char>| c.copied().filter(|c| matches!(c, '*' | '~' | '_' | '`'));
        let before = out.iter().rposition(|c| !matches!(c, ' ' | '\t'));
        let before = delimiter(before.map(|at| &out[at]));
        let between = before.is_some() && before == delimiter(chars.get(end));
        out.extend(
            chars[at..end]
                .iter()
                .filter(|c| between || !matches!(**c, c if c == open || c == close)),
        );
        at = end;
    }
    out
}

/// What the parser takes a character for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Sign,
    Letter,
}

fn class(c: Option<char>) -> Class {
    match c {
        None => Class::Blank,
        Some(c) if c.is_whitespace() => Class::Blank,
        Some(c) if c.is_alphanumeric() || is_private(c) => Class::Letter,
        Some(_) => Class::Sign,
    }
}

/// What values are sealed with.
fn is_private(c: char) -> bool {
    u32::from(c) >= 0x0010_0000
}

/// Whether a run between these two characters begins something, and whether it ends something.
fn flanking(before: Class, behind: Class) -> (bool, bool) {
    let begins = behind != Class::Blank && (behind != Class::Sign || before != Class::Letter);
    let ends = before != Class::Blank && (before != Class::Sign || behind != Class::Letter);
    (begins, ends)
}

/// Signs that nothing begins with: the star in `姓名*：` is one. Quotes are not among them: in some
/// languages they can be on either side.
const CLOSING: &str = ")]},.:;!?）】」』》〉〕〗〙〛｝］、。，．：；！？";

/// Signs that nothing ends with.
const OPENING: &str = "([{（【「『《〈〔〖〘〚｛［";

/// Whether a mark belongs in front of a run, and behind it.
fn joints(before: Option<char>, behind: Option<char>) -> (bool, bool) {
    let (class_before, class_behind) = (class(before), class(behind));
    let as_letter = |c: Option<char>, class: Class, outside: Option<char>, but: &str| {
        let sign = c.filter(|c| class == Class::Sign && !but.contains(*c));
        let beside = |sign: char| !sign.is_ascii() || outside.is_some_and(unspaced);
        if sign.is_some_and(beside) {
            Class::Letter
        } else {
            class
        }
    };
    // What it is meant to be, with a sign as good as a letter.
    let meant_begins = flanking(class_before, as_letter(behind, class_behind, before, CLOSING)).0;
    let meant_ends = flanking(as_letter(before, class_before, behind, OPENING), class_behind).1;
    let meant = (
        meant_begins || flanking(class_before, class_behind).0,
        meant_ends || flanking(class_before, class_behind).1,
    );
    let with = |(joined_before, joined_behind): (bool, bool)| {
        flanking(
            if joined_before {
                Class::Letter
            } else {
                class_before
            },
            if joined_behind {
                Class::Letter
            } else {
                class_behind
            },
        )
    };
    let ways = [(false, false), (false, true), (true, false), (true, true)];
    ways.into_iter()
        .find(|way| with(*way) == meant)
        .unwrap_or_default()
}

/// Whether a character is of a script that writes no blanks between words, or of its punctuation.
fn unspaced(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0e00..=0x0eff // Thai, Lao
            | 0x1000..=0x109f // Myanmar
            | 0x1100..=0x11ff // Hangul
            | 0x1780..=0x17ff // Khmer
            | 0x2e80..=0xa4cf // CJK, kana, Yi
            | 0xa960..=0xa97f
            | 0xac00..=0xd7ff
            | 0xf900..=0xfaff
            | 0xfe30..=0xfe4f
            | 0xff00..=0xffef // full-width forms
            | 0x2_0000..=0x3_ffff
    )
}
