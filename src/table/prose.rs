//! A text that is not a table (a template), in whatever encoding it was saved.
//!
//! Valid UTF-8 is read as that. Otherwise a page may name its encoding itself; if it does not, the
//! encoding is found in the same way as that of a list. If several are possible, nothing is guessed.

use std::io;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

use crate::campaign::{Charset, Said};

use super::converter;
use super::detect::{Found, charset_of};
use super::plausible::points;

/// What the text is, and what it was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The text, without a byte order mark.
    pub text: String,
    /// Its encoding.
    pub charset: Charset,
}

/// Why octets cannot be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// They are not valid in this encoding, from this line on.
    Octets(Charset, usize),
    /// Each of these encodings is possible; with the words that it makes.
    Unclear(Vec<(Charset, String)>),
}

/// At most this many octets beyond ASCII tell too little: six characters of Chinese.
const LITTLE: usize = 12;

/// What a few octets may be in.
const RIVALS: [&Encoding; 7] = [
    GB18030,
    BIG5,
    SHIFT_JIS,
    EUC_KR,
    WINDOWS_1252,
    WINDOWS_1250,
    WINDOWS_1251,
];

/// Octets of a page in which it says its encoding: browsers look at no more.
const HEAD: usize = 4096;

/// Reads octets as text.
///
/// # Errors
/// They are not text, or it is not clear in which encoding.
pub fn prose(octets: &[u8]) -> Result<Prose, Unreadable> {
    let start = octets.get(..1 << 16).unwrap_or(octets);
    let found = charset_of(|| io::Result::Ok(octets), start, None);
    // Octets in memory can always be read.
    let Found { charset, doubt } = match found {
        Ok(_) if has_only_signs(octets) => Charset::from(WINDOWS_1252).into(),
        found => found.unwrap_or_else(|_| Charset::from(encoding_rs::UTF_8).into()),
    };
    if !charset.is_utf_8() || std::str::from_utf8(octets).is_err() {
        let said = said(octets).and_then(|said| read(octets, said).ok());
        if let Some(prose) = said.filter(|_| !charset.is_utf_16()) {
            return Ok(prose);
        }
        let doubt = if doubt.is_empty() {
            little(octets, charset)
        } else {
            doubt
        };
        if !doubt.is_empty() {
            return Err(Unreadable::Unclear(doubt));
        }
    }
    read(octets, charset)
}

/// Whether all that is beyond ASCII is what Word puts into English: quotation marks, dashes, dots and
/// blanks of windows-1252, not beside each other as the octets of other scripts are.
fn has_only_signs(octets: &[u8]) -> bool {
    let is_sign = |octet: &u8| matches!(octet, 0x80 | 0x85 | 0x91..=0x97 | 0x99 | 0xa0 | 0xab | 0xbb);
    let mut beyond = octets.iter().filter(|octet| !octet.is_ascii()).peekable();
    let meet = |pair: &[u8]| matches!(pair, [a, b] if !a.is_ascii() && !b.is_ascii());
    beyond.peek().is_some() && beyond.all(is_sign) && !octets.windows(2).any(meet)
}

/// What a text may as well be in that has but a few characters beyond ASCII, with its words: of one
/// or two words in Chinese, the octets are words in Japanese and Korean, too.
fn little(octets: &[u8], charset: Charset) -> Vec<(Charset, String)> {
    let beyond = octets.iter().filter(|octet| !octet.is_ascii()).count();
    if beyond > LITTLE {
        return Vec::new();
    }
    let mut possible: Vec<(Charset, String)> = Vec::new();
    let rivals = RIVALS.into_iter().map(Charset::from);
    for charset in std::iter::once(charset).chain(rivals) {
        let words = words(&read(octets, charset).map(|prose| prose.text).unwrap_or_default());
        let is_possible = match possible.first() {
            None => true,
            Some((_, guessed)) => {
                let both_latin = !is_asian(guessed) && !is_asian(&words);
                // Between two pages of Windows the guess is better than nothing.
                let likelier =
                    !both_latin || charset == WINDOWS_1252.into() && points(&words) >= points(guessed);
                likelier && could_be(&words)
            }
        };
        if is_possible && !possible.iter().any(|(_, told)| *told == words) {
            possible.push((charset, words));
        }
    }
    if possible.len() > 1 { possible } else { Vec::new() }
}

/// The words of a text that have more than ASCII.
fn words(text: &str) -> String {
    let words = text.split_ascii_whitespace().filter(|word| !word.is_ascii());
    words.collect::<Vec<_>>().join(" ")
}

/// Beyond the letters of Europe and what is written with them.
fn is_wide(c: char) -> bool {
    c > '\u{2e7f}'
}

fn is_asian(words: &str) -> bool {
    words.chars().any(is_wide)
}

/// Whether a person may have written these words: letters of Asian scripts have no Latin letters
/// around them, others make likely words.
fn could_be(words: &str) -> bool {
    if words.is_empty() || words.contains('\u{fffd}') {
        return false;
    }
    if !is_asian(words) {
        return points(words) > 0;
    }
    let letters: Vec<char> = words.chars().collect();
    let touches = |pair: &[char]| matches!(pair, [a, b] if (a.is_ascii_alphabetic() && is_wide(*b)) || (is_wide(*a) && b.is_ascii_alphabetic()));
    let narrow = |c: &char| !c.is_ascii() && !is_wide(*c);
    !letters.windows(2).any(touches) && !letters.iter().any(narrow)
}

fn read(octets: &[u8], charset: Charset) -> Result<Prose, Unreadable> {
    let made = converter::all(octets, charset, true);
    match String::from_utf8(made) {
        Ok(text) => Ok(Prose {
            text: match text.strip_prefix('\u{feff}') {
                Some(text) => text.to_owned(),
                None => text,
            },
            charset,
        }),
        Err(error) => {
            let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
            let line = good.unwrap_or_default().split(|octet| *octet == b'\n').count();
            Err(Unreadable::Octets(charset, line))
        }
    }
}

/// The encoding that a page says it is in: `<meta charset="gbk">`, `<?xml encoding="gbk"?>`.
fn said(octets: &[u8]) -> Option<Charset> {
    let head = String::from_utf8_lossy(octets.get(..HEAD).unwrap_or(octets)).to_ascii_lowercase();
    let tags = ["<meta", "<?xml"]
        .iter()
        .flat_map(|open| head.match_indices(open));
    let names = tags.filter_map(|(at, _)| {
        let tag = head.get(at..)?.split('>').next()?;
        let (_, name) = tag.split_once("charset").or_else(|| tag.split_once("encoding"))?;
        let name = name
            .trim_start()
            .strip_prefix('=')?
            .trim_start_matches(['"', '\'', ' ']);
        name.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))
            .next()
    });
    names
        .filter_map(|name| match Said::named(name)? {
            Said::One(charset) => Some(charset),
            Said::Of(_) => None,
        })
        .find(|charset| !charset.is_utf_8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(octets: &[u8]) -> (String, String) {
        let prose = prose(octets).unwrap();
        (prose.text, prose.charset.name().into_owned())
    }

    #[test]
    fn a_text_is_read_in_its_encoding() {
        let letter = "{{ 姓名 }} 同学：\n\n您好！本学期《数据结构》期末考试成绩已经公布，请及时查看。如有疑问，请与我联系。\n\n李老师\n";
        let traditional = "{{ name }} 同學：\n\n您好！本學期期末考試成績已經公布，請及時查看。如有疑問，請與我聯絡。\n\n李老師\n";
        let german = "Guten Tag {{ name }},\n\ndie Vorlesung fällt heute aus. Für Rückfragen erreichen Sie uns im Büro.\n\nMit freundlichen Grüßen\n";
        let russian = "Здравствуйте, {{ name }}!\n\nЛекция переносится в другую аудиторию. Приносим извинения за неудобства.\n";
        let japanese = "{{ name }} 様\n\nいつもお世話になっております。講義の教室が変更になりましたのでお知らせいたします。\n";
        for (text, encoding, name) in [
            (letter, encoding_rs::GBK, "GB18030"),
            (traditional, encoding_rs::BIG5, "Big5"),
            (german, encoding_rs::WINDOWS_1252, "windows-1252"),
            (russian, encoding_rs::WINDOWS_1251, "windows-1251"),
            (japanese, encoding_rs::SHIFT_JIS, "Shift_JIS"),
        ] {
            let (octets, _, lost) = encoding.encode(text);
            assert!(!lost);
            assert_eq!(read_as(&octets), (text.to_owned(), name.to_owned()));
        }
        for (bom, big) in [(true, false), (true, true), (false, false)] {
            let units = letter.encode_utf16();
            let marked: Vec<u16> = bom.then_some(0xfeff).into_iter().chain(units).collect();
            let octets: Vec<u8> = marked
                .iter()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect();
            // Without a mark, what is ASCII in it speaks for UTF-16.
            if bom {
                assert_eq!(read_as(&octets).0, letter);
            }
        }
        assert_eq!(
            read_as("\u{feff}Grüße".as_bytes()),
            ("Grüße".to_owned(), "UTF-8".to_owned())
        );
    }

    #[test]
    fn a_few_octets_are_asked_about_where_they_could_be_several_things() {
        for (text, encoding) in [
            ("你好 {{ name }}", GB18030),
            ("通知：{{ name }}", GB18030),
            ("Привет, {{ name }}", WINDOWS_1251),
            ("naïve", WINDOWS_1252),
        ] {
            let (octets, ..) = encoding.encode(text);
            let Err(Unreadable::Unclear(several)) = prose(&octets) else {
                panic!("{text}: {:?}", prose(&octets));
            };
            let words = words(text);
            assert!(
                several.iter().any(|(_, read)| *read == words),
                "{text}: {several:?}"
            );
        }
        for text in [
            "Grüße, {{ name }}",
            "Café",
            "Señor {{ name }}",
            "5 €",
            "Größe",
            "à bientôt",
            "Æble",
            "“{{ name }}”",
            "don’t",
            "été",
        ] {
            let (octets, ..) = WINDOWS_1252.encode(text);
            assert_eq!(read_as(&octets).0, text);
        }
    }

    #[test]
    fn a_page_says_its_encoding_itself() {
        for head in [
            "<meta charset=\"big5\">",
            "<META http-equiv=Content-Type content=\"text/html; charset=Big5\">",
            "<?xml version=\"1.0\" encoding='big5'?>",
        ] {
            let page = format!("<html><head>{head}</head><p>同學</p>");
            let (octets, ..) = encoding_rs::BIG5.encode(&page);
            assert_eq!(read_as(&octets), (page, "Big5".to_owned()));
        }
        // What is UTF-8 is that, whatever it says.
        let page = "<meta charset=gbk><p>同学</p>";
        assert_eq!(read_as(page.as_bytes()), (page.to_owned(), "UTF-8".to_owned()));
    }
}
