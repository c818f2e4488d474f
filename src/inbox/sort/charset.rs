//! Octets into letters: by the charset that is declared, or by what the octets look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;
use memchr::{memchr, memmem};

use super::octets::{from_base64, hex};

/// What says enough of a text to guess its charset.
const GUESSED_BY: usize = 16 * 1024;

/// Longer than any name of a charset.
const LONGEST_NAME: usize = 40;

/// RFC 2047 allows 75 octets; programs put a whole subject into one word.
const LONGEST_WORD: usize = 4096;

/// Names that the Encoding Standard does not have.
const NAMES: [(&str, &Encoding); 14] = [
    ("uft8", UTF_8),
    ("utf8mb4", UTF_8),
    ("unicode11utf8", UTF_8),
    ("gb2312", GB18030),
    ("gb231280", GB18030),
    ("cngb", GB18030),
    ("gbk", GB18030),
    ("cp936", GB18030),
    ("gb18030", GB18030),
    ("iso2022jpms", ISO_2022_JP),
    ("cp50220", ISO_2022_JP),
    ("iso2022jp1", ISO_2022_JP),
    ("cp932", SHIFT_JIS),
    ("cp949", EUC_KR),
];

/// Names that say nothing: everything is labelled so.
const UNSAID: [&str; 8] = [
    "",
    "usascii",
    "ascii",
    "unknown8bit",
    "xunknown",
    "unknown",
    "default",
    "8bit",
];

/// The text in octets of this charset. A charset that they cannot be in is not believed.
pub(super) fn decoded(octets: &[u8], charset: &str) -> String {
    let name = plain(charset);
    if let ("utf7" | "unicode11utf7", Some(decode)) = (name.as_str(), charset_decoder(b"utf-7")) {
        return decode(octets);
    }
    if UNSAID.contains(&name.as_str()) {
        return guessed(octets);
    }
    let by_name = NAMES.iter().find(|(known, _)| *known == name);
    let encoding = by_name
        .map(|(_, encoding)| *encoding)
        .or_else(|| Encoding::for_label(charset.trim().as_bytes()))
        .or_else(|| Encoding::for_label(name.as_bytes()));
    match encoding {
        Some(encoding) if encoding == WINDOWS_1252 && is_iso_2022_jp(octets) => guessed(octets),
        Some(encoding) => match encoding.decode_without_bom_handling(octets) {
            (text, false) => text.into_owned(),
            (_, true) if encoding == UTF_8 => guessed(octets),
            (text, true) if is_mostly_lost(&text) => guessed(octets),
            (text, true) => text.into_owned(),
        },
        // Pages of DOS, which the Encoding Standard leaves out.
        None => match charset_decoder(charset.trim().as_bytes()) {
            Some(decode) => decode(octets),
            None => guessed(octets),
        },
    }
}

/// The text in octets of which nobody says what they are.
pub(super) fn guessed(octets: &[u8]) -> String {
    if is_iso_2022_jp(octets) {
        return ISO_2022_JP.decode_without_bom_handling(octets).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(octets) {
        return text.to_owned();
    }
    let lossy = String::from_utf8_lossy(octets);
    let lost = lossy.chars().filter(|letter| *letter == '\u{fffd}').count();
    let beyond = lossy.chars().filter(|letter| !letter.is_ascii()).count();
    if lost * 20 < beyond {
        return lossy.into_owned(); // UTF-8 that was cut somewhere
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(octets.get(..GUESSED_BY).unwrap_or(octets), true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    encoding.decode_without_bom_handling(octets).0.into_owned()
}

fn is_iso_2022_jp(octets: &[u8]) -> bool {
    memmem::find(octets, b"\x1b$B").is_some() || memmem::find(octets, b"\x1b$@").is_some()
}

fn is_mostly_lost(text: &str) -> bool {
    let lost = text.chars().filter(|letter| *letter == '\u{fffd}').count();
    let beyond = text.chars().filter(|letter| !letter.is_ascii()).count();
    lost * 4 > beyond
}

/// A charset's name without what people vary in it.
fn plain(charset: &str) -> String {
    charset
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(LONGEST_NAME)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// A header field's text with its encoded words (RFC 2047, 2231) decoded. Words of one charset in
/// a row are decoded together: programs cut letters in two.
pub(super) fn header_text(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    let mut held: Option<(String, Vec<u8>)> = None;
    let mut rest = octets;
    loop {
        let start = memmem::find(rest, b"=?").unwrap_or(rest.len());
        let (before, after) = rest.split_at(start);
        let word = encoded_word(after);
        let is_gap = word.is_some() && held.is_some() && before.trim_ascii().is_empty();
        if !is_gap {
            text.push_str(&flushed(held.take()));
            text.push_str(&guessed(before));
        }
        let Some((charset, octets, length)) = word else {
            text.push_str(&flushed(held.take()));
            let Some(skipped) = after.get(..2) else {
                return text;
            };
            text.push_str(&String::from_utf8_lossy(skipped));
            rest = after.get(2..).unwrap_or_default();
            continue;
        };
        match &mut held {
            Some((known, so_far)) if *known == charset => so_far.extend_from_slice(&octets),
            _ => {
                text.push_str(&flushed(held.take()));
                held = Some((charset, octets));
            }
        }
        rest = after.get(length..).unwrap_or_default();
    }
}

fn flushed(held: Option<(String, Vec<u8>)>) -> String {
    held.map_or_else(String::new, |(charset, octets)| decoded(&octets, &charset))
}

/// The charset, the octets and the length of the encoded word that `rest` begins with.
fn encoded_word(rest: &[u8]) -> Option<(String, Vec<u8>, usize)> {
    let inner = rest.strip_prefix(b"=?")?;
    let charset_end = memchr(b'?', inner.get(..LONGEST_NAME).unwrap_or(inner))?;
    let charset = inner.get(..charset_end)?;
    let kind = *inner.get(charset_end + 1)?;
    if inner.get(charset_end + 2) != Some(&b'?') {
        return None;
    }
    let content = inner.get(charset_end + 3..)?;
    let end = memmem::find(content.get(..LONGEST_WORD).unwrap_or(content), b"?=")?;
    let encoded = content.get(..end)?;
    let octets = match kind {
        b'B' | b'b' => from_base64(encoded),
        b'Q' | b'q' => from_q(encoded),
        _ => return None,
    };
    let charset = String::from_utf8_lossy(charset);
    let charset = charset.split('*').next().unwrap_or_default().to_ascii_lowercase();
    Some((charset, octets, 2 + charset_end + 3 + end + 2))
}

fn from_q(encoded: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, hex(after)) {
            (b'=', Some(octet)) => {
                octets.push(octet);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'_', _) => octets.push(b' '),
            _ => octets.push(*first),
        }
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_known_by_the_names_that_people_write() {
        let gbk = b"\xcf\xb5\xcd\xb3\xcd\xcb\xd0\xc5";
        for name in [
            "gb2312",
            "GB_2312",
            "gbk",
            "\"GB18030\"",
            "cp936",
            "gb2312-80",
            "x-gbk",
        ] {
            assert_eq!(decoded(gbk, name), "系统退信", "{name}");
        }
        for name in [
            "uft-8",
            "utf8",
            "UTF-8",
            "utf_8",
            "unknown-8bit",
            "us-ascii",
            "no-such",
        ] {
            assert_eq!(decoded("退信 ü".as_bytes(), name), "退信 ü", "{name}");
        }
        assert_eq!(decoded(b"Hi+AOQ- there", "utf-7"), "Hiä there");
        assert_eq!(decoded(b"\x1b$BG[Aw\x1b(B", "iso-8859-1"), "配送");
        assert_eq!(decoded(b"\xce\xc5", "koi8-r"), "не");
        assert_eq!(decoded(b"k\xf6nnte nicht", "utf-8"), "könnte nicht");
    }

    #[test]
    fn encoded_words_are_joined_before_they_are_decoded() {
        assert_eq!(
            header_text(b"=?gb2312?B?z7XNsw==?= =?gb2312?B?zcvQxQ==?="),
            "系统退信"
        );
        assert_eq!(
            header_text(b"Re: =?utf-8?q?=E9=80?=\n =?utf-8?Q?=80_x?= y"),
            "Re: 退 x y"
        );
        assert_eq!(header_text(b"=?x =?utf-8?z?a?= =?"), "=?x =?utf-8?z?a?= =?");
        assert_eq!(header_text("Größe".as_bytes()), "Größe");
    }
}
