//! A text that is not a table (a template), in whatever encoding it was saved.
//!
//! Valid UTF-8 is read as that. Otherwise a page may name its encoding itself; if it does not, the
//! encoding is found in the same way as that of a list. If several are possible, nothing is guessed.

use std::io;

use crate::campaign::{Charset, Said};

use super::converter;
use super::detect::{Found, charset_of};

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
    let Found { charset, doubt } = found.unwrap_or_else(|_| Charset::from(encoding_rs::UTF_8).into());
    if !charset.is_utf_8() || std::str::from_utf8(octets).is_err() {
        let said = said(octets).and_then(|said| read(octets, said).ok());
        if let Some(prose) = said.filter(|_| !charset.is_utf_16()) {
            return Ok(prose);
        }
        if !doubt.is_empty() {
            return Err(Unreadable::Unclear(doubt));
        }
    }
    read(octets, charset)
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
