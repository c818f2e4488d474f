//! Restores letters that were read in the wrong encoding.
//!
//! UTF-8 is the most certain: its octets follow rules that text of another encoding follows only by
//! chance. So if a text, turned back into octets, is valid UTF-8 and makes letters that people
//! write, it was UTF-8. (ftfy, by Robyn Speer, has shown how far this goes.) The other directions
//! need words.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS};

use super::pages::{READERS, SCRIPTS, SELDOM, Upper, WESTERN};
use crate::table::guess::name_weight;
use crate::table::plausible::points;

/// Broken on top of broken is met twice at most, and thrice by those who never look.
const LAYERS: usize = 3;

/// How much of a text is examined; a longer text shows enough in this part.
const LONGEST: usize = 4096;

/// What was lost when UTF-8 went through other programs: U+FFFD, read as GBK, Big5, Shift_JIS and so on.
const LOST: [&str; 9] = [
    "锟斤拷",
    "嚙踝蕭",
    "ï¿½",
    "пїЅ",
    "ďż˝",
    "ÔøΩ",
    "∩┐╜",
    "´┐¢",
    "烫烫烫",
];

/// What a text was meant to say, U+FFFD where that is lost; `None` for one that says what it means.
pub fn undone(text: &str) -> Option<String> {
    let end = text.floor_char_boundary(LONGEST);
    let text = text.get(..end).unwrap_or(text);
    let mut meant = once(text)?;
    for _ in 1..LAYERS {
        match once(&meant) {
            Some(deeper) => meant = deeper,
            None => break,
        }
    }
    Some(meant)
}

fn once(text: &str) -> Option<String> {
    if !is_odd(text) {
        return None;
    }
    let mut spoilt = text.to_owned();
    for lost in LOST {
        if spoilt.contains(lost) {
            spoilt = spoilt.replace(lost, "\u{fffd}");
        }
    }
    if spoilt != text {
        return Some(spoilt);
    }
    of_utf_8(text)
        .or_else(|| of_utf_8_as_chinese(text))
        .or_else(|| of_other_script(text))
        .or_else(|| of_mac_or_dos(text))
}

/// Whether it is worth a closer look: a million cells go through here, and hardly any of them has two
/// characters beyond ASCII in a row that begin as UTF-8 does, or ideographs that are rare.
fn is_odd(text: &str) -> bool {
    let mut before = ' ';
    let mut wide = 0;
    for c in text.chars() {
        if !c.is_ascii() {
            let pair = !before.is_ascii() && !is_letter_of_one_script(before, c);
            let alone = "ŸŽŠ‡†‰„”¤¢‚Ã".contains(c) || ('\u{80}'..'\u{a0}').contains(&c);
            let in_word = before.is_ascii_alphabetic() && ('\u{4e00}'..='\u{9fff}').contains(&c);
            let filled = c == '烫' && before == '烫';
            if pair || alone || in_word || filled {
                return true;
            }
            wide += usize::from(c >= '\u{2e80}');
        }
        before = c;
    }
    // Chinese of common characters is what it is.
    wide > 0 && rare(text) > 0
}

/// Two letters that people write beside each other, of scripts other than Latin.
fn is_letter_of_one_script(one: char, next: char) -> bool {
    let script = |c: char| match c {
        // Without those that Russian and Greek have not: octets of UTF-8 are read as them, too.
        '\u{410}'..='\u{44f}' | 'ё' | 'Ё' | 'і' | 'ї' | 'є' => 1,
        '\u{386}'..='\u{3ce}' => 2,
        '\u{5d0}'..='\u{5ea}' => 3,
        '\u{621}'..='\u{64a}' => 4,
        '\u{e00}'..='\u{e5b}' => 5,
        '\u{900}'..='\u{97f}' => 6,
        '\u{2e80}'..='\u{d7ff}' | '\u{ff00}'..='\u{ff60}' => 7,
        _ => 0,
    };
    script(one) > 0 && script(one) == script(next)
}

/// The pieces of a text beyond ASCII, and what is between them.
fn runs(text: &str) -> Vec<(bool, &str)> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let next = chars.peek().copied();
        if next.is_none_or(|(_, next)| next.is_ascii() != c.is_ascii()) {
            let end = next.map_or(text.len(), |(at, _)| at);
            runs.push((!c.is_ascii(), text.get(start..end).unwrap_or_default()));
            start = end;
        }
    }
    runs
}

/// UTF-8 that was read as a page of one octet a character.
fn of_utf_8(text: &str) -> Option<String> {
    let spaced = with_blanks(text);
    let runs = runs(&spaced);
    let mut best: Option<(usize, String)> = None;
    for reader in READERS.iter() {
        let mut meant = String::with_capacity(text.len());
        let mut mended = 0;
        for (beyond, run) in &runs {
            let back = beyond.then(|| back(run, &meant, reader)).flatten();
            mended += usize::from(back.is_some());
            meant.push_str(back.as_deref().unwrap_or(run));
        }
        if mended > 0 && best.as_ref().is_none_or(|(most, _)| mended > *most) {
            best = Some((mended, meant));
        }
    }
    best.map(|(_, meant)| meant)
}

/// `VoilÃ ` with the blank that does not break, which is the second half of an à and gets lost.
fn with_blanks(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        spaced.push(c);
        let after = chars.peek().copied().unwrap_or(' ');
        if c == 'Ã' && before.is_lowercase() && before.is_ascii() && after == ' ' {
            spaced.push('\u{a0}');
        }
        before = c;
    }
    spaced
}

fn back(run: &str, before: &str, reader: &Upper) -> Option<String> {
    // As UTF-8 begins.
    reader
        .octet(run.chars().next()?)
        .filter(|octet| (0xc2..=0xf4).contains(octet))?;
    let letters = run.chars().count();
    if letters < 2 {
        return None;
    }
    let octets = reader.octets(run)?;
    let Read {
        text,
        good,
        lost,
        wide,
    } = utf_8(&octets);
    let first = run.chars().next()?;
    // Cyrillic and Greek letters meet each other, Latin ones beyond ASCII hardly do; and a dash or
    // a quotation mark meets them all.
    let enough = match first {
        '\u{370}'..='\u{52f}' | '–' | '—' | '“' | '”' | '‘' | '’' | '«' | '»' | '…' | '\u{a0}' => {
            good >= 2 && lost == 0
        }
        _ => good >= 1 && (lost == 0 || (wide && good > lost)),
    };
    // `“IRMÃ”`: a capital, and a quotation mark that closes.
    let last = run.chars().next_back()?;
    let closes = letters == 2 && "”’»…–—™®\u{a0}".contains(last);
    let in_capitals = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_uppercase() || "“‘«„\"".contains(c));
    (enough && !(closes && in_capitals) && text.chars().all(is_written)).then_some(text)
}

/// Octets read as UTF-8.
struct Read {
    text: String,
    /// Sequences that are whole, and such as are not.
    good: usize,
    lost: usize,
    /// One of them has three octets or four.
    wide: bool,
}

fn utf_8(octets: &[u8]) -> Read {
    let mut read = Read {
        text: String::new(),
        good: 0,
        lost: 0,
        wide: false,
    };
    for chunk in octets.utf8_chunks() {
        let valid = chunk.valid();
        read.text.push_str(valid);
        read.good += valid.chars().filter(|c| !c.is_ascii()).count();
        read.wide |= valid.chars().any(|c| c.len_utf8() > 2);
        if !chunk.invalid().is_empty() {
            read.lost += 1;
            read.text.push('\u{fffd}');
        }
    }
    read
}

/// Whether people write it: letters of living languages and the marks between them.
fn is_written(c: char) -> bool {
    matches!(c,
        '\0'..='\u{17f}' | '\u{218}'..='\u{21b}' | '\u{384}'..='\u{3ce}' | '\u{400}'..='\u{45f}' | '\u{490}'..='\u{491}'
        | '\u{5d0}'..='\u{5ea}' | '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{e5b}' | '\u{10a0}'..='\u{10ff}'
        | '\u{1ea0}'..='\u{1ef9}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2030}' | '\u{2039}'..='\u{203a}'
        | '\u{20ac}' | '\u{2116}' | '\u{2122}' | '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{3000}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{fe0f}' | '\u{feff}' | '\u{ff00}'..='\u{ffef}' | '\u{fffd}'
        | '\u{1f000}'..='\u{1faff}')
        && !('\u{80}'..'\u{a0}').contains(&c)
}

/// UTF-8 that was read as GBK, Big5, Shift_JIS or EUC-KR.
fn of_utf_8_as_chinese(text: &str) -> Option<String> {
    let runs = runs(text);
    for encoding in [GBK, SHIFT_JIS, BIG5, EUC_KR] {
        let mut meant = String::with_capacity(text.len());
        let mut mended = 0;
        for (at, (beyond, run)) in runs.iter().enumerate() {
            let after = runs.get(at + 1).map_or("", |(_, run)| *run);
            let back = beyond.then(|| back_from(run, &meant, after, encoding)).flatten();
            mended += usize::from(back.is_some());
            meant.push_str(back.as_deref().unwrap_or(run));
        }
        if mended > 0 {
            return Some(meant);
        }
    }
    None
}

fn back_from(run: &str, before: &str, after: &str, encoding: &'static Encoding) -> Option<String> {
    // The half of a pair that nothing belonged to.
    let whole = run.trim_end_matches(['\u{fffd}', '\u{30fb}', '・']);
    let octets = encoded(whole, encoding)?;
    let Read { text, good, lost, .. } = utf_8(&octets);
    if !text.chars().all(is_written) {
        return None;
    }
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    if encoding == GBK && lost == 0 && text.chars().all(|c| ('\u{c0}'..='\u{17f}').contains(&c)) {
        // `M眉ller`: one letter of a word.
        let last = before.chars().next_back();
        let begun = before.chars().rev().take(3).all(|c| c.is_ascii_alphabetic());
        let in_word = if letter(after.chars().next()) {
            last.is_some_and(|c| c.is_ascii_alphabetic())
        } else {
            letter(last) && begun
        };
        return (good == 1 && in_word).then_some(text);
    }
    let is_eastern = |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ffef}' | '\u{fffd}');
    let is_cut = whole.len() < run.len() || after.starts_with('?');
    let enough = if lost == 0 {
        good >= 2
    } else {
        good >= 2 || (good == 1 && is_cut)
    };
    let seldom = rare(whole) * 2 > whole.chars().count() && rare(&text) * 2 <= text.chars().count();
    (enough && lost <= 1 + good / 3 && text.chars().all(is_eastern) && seldom).then_some(text)
}

/// The octets of a text, where the encoding has all of its characters.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let (octets, _, lost) = encoding.encode(text);
    (!lost && !text.is_empty()).then(|| octets.into_owned())
}

/// How many characters are neither taught in Chinese schools, nor kana, nor Hangul.
fn rare(text: &str) -> usize {
    let is_common = |c: &char| match c {
        '\u{3000}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ff5e}' | '\u{fffd}' => true,
        c => {
            let mut buffer = [0; 4];
            let octets = encoded(c.encode_utf8(&mut buffer), GBK);
            matches!(octets.as_deref(), Some([0xb0..=0xd7, 0xa1..=0xfe]))
        }
    };
    text.chars().filter(|c| !is_common(c)).count()
}

/// Chinese, Korean, Japanese, Russian and Greek that was read as Western letters.
fn of_other_script(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_ascii_whitespace() || c.is_ascii_punctuation());
    let longest = words.max_by_key(|word| word.chars().filter(|c| !c.is_ascii()).count())?;
    let beyond: Vec<char> = longest.chars().filter(|c| !c.is_ascii()).collect();
    let mut distinct = beyond.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 3 {
        return None;
    }
    let octets = WESTERN.octets(text)?;
    if beyond.len() == longest.chars().count() {
        let scripts = SCRIPTS.iter().map(|script| script.text(&octets));
        let letters = |text: &String| text.chars().all(|c| c.is_ascii() || c.is_alphabetic());
        let read = scripts
            .filter(letters)
            .map(|text| (points(&text), text))
            .max_by_key(|(points, _)| *points);
        let eastern = [EUC_KR, GBK]
            .into_iter()
            .filter_map(|encoding| eastern(&octets, encoding));
        let eastern = eastern.map(|text| (text.split_whitespace().map(name_weight).sum::<u32>(), text));
        // Without a family's name, it is Chinese.
        let eastern = eastern.max_by_key(|(weight, _)| *weight);
        return match (read, eastern) {
            (_, Some((weight, text))) if weight > 0 => Some(text),
            (Some((points, text)), _) if points > 40 => Some(text),
            (_, Some((_, text))) if beyond.len() >= 6 => Some(text),
            _ => None,
        };
    }
    // The second halves of these may be ASCII.
    let pairs = [BIG5, SHIFT_JIS]
        .into_iter()
        .filter_map(|encoding| eastern(&octets, encoding));
    pairs.into_iter().next()
}

/// Octets as a text of common characters of that encoding, and nothing else but ASCII's blanks.
fn eastern(octets: &[u8], encoding: &'static Encoding) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(octets)?;
    let is_common = |c: char| {
        let mut buffer = [0; 4];
        let Some(octets) = encoded(c.encode_utf8(&mut buffer), encoding) else {
            return false;
        };
        match (encoding.name(), octets.as_slice()) {
            ("GBK", [first, second]) => (0xb0..=0xd7).contains(first) && *second >= 0xa1,
            ("Big5", [first, _]) => (0xa4..=0xc6).contains(first),
            ("Shift_JIS", [first, _]) => (0x82..=0x83).contains(first) || (0x88..=0x98).contains(first),
            ("EUC-KR", [first, _]) => (0xb0..=0xc8).contains(first),
            _ => false,
        }
    };
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let good = text.chars().all(|c| c == ' ' || (!c.is_ascii() && is_common(c)));
    (good && wide >= 2).then(|| text.into_owned())
}

/// Western letters of the Mac or of DOS that were read as those of Windows: `JŸrgen`, `Fran‡ois`.
fn of_mac_or_dos(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let small = |c: &char| c.is_ascii_lowercase();
    let control = |c: &char| ('\u{80}'..'\u{a0}').contains(c);
    let within = chars.windows(3).any(|three| match three {
        [a, b, c] if small(c) => {
            (small(a) && "ŽŠ".contains(*b))
                || (a.is_ascii_alphabetic() && ("Ÿ‡†‰„”¤¢".contains(*b) || control(b)))
        }
        _ => false,
    });
    // `AndrŽ`, `Ren‚`: at the end of a word.
    let ends = |pair: &[char], after: Option<&char>| match pair {
        [a, b] => small(a) && "ŽŸ‚".contains(*b) && after.is_none_or(|c| *c == ' '),
        _ => false,
    };
    let at_end = (0..chars.len()).any(|at| {
        chars
            .get(at..at + 2)
            .is_some_and(|pair| ends(pair, chars.get(at + 2)))
    });
    if !within && !at_end {
        return None;
    }
    let octets = WESTERN.octets(text)?;
    let read = SELDOM.iter().map(|page| page.text(&octets));
    let (best, meant) = read
        .map(|text| (points(&text), text))
        .max_by_key(|(points, _)| *points)?;
    (best > 10 && points(text) < 0).then_some(meant)
}
