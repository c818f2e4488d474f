//! How the octets of a file represent text, and what people call that.
//!
//! Programs say `windows-1252`, people say ANSI, MacRoman, DOS or `utf-8-sig`. If a name means
//! several encodings (ANSI is another page in every country), the file decides.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::aliases::{ALIASES, NUMBERS, USUAL};
use super::pages::{PAGES, Page};
use crate::words::{self, Speak, say};

/// An encoding other than those of many octets that begin with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// One that browsers know, too.
    Web(&'static Encoding),
    /// A page of DOS or of the old Mac.
    Page(&'static Page),
}

/// How octets stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// The same all through the file.
    One(Old),
    /// Four octets a character.
    Utf32 {
        /// The first octet of a character is its largest.
        big: bool,
    },
    /// Lines of UTF-8 and lines of this encoding: two files that were joined.
    Mixed(Old),
}

/// What the user says of a file's encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is this one.
    One(Charset),
    /// It is one of these; the file says which.
    Of(Family),
}

/// Encodings that have one name in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// "ANSI": what Windows has been using, in each country another.
    Windows,
    /// "DOS", "OEM": what its command line uses.
    Dos,
}

impl Old {
    /// What people call it: programs write GB18030 and say GBK or GB2312, which are in it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) if matches!(encoding.name(), "gb18030" | "GBK") => "GB18030",
            Self::Web(encoding) => encoding.name(),
            Self::Page(page) => page.name,
        }
    }
}

impl From<&'static Encoding> for Charset {
    fn from(encoding: &'static Encoding) -> Self {
        Self::One(Old::Web(encoding))
    }
}

impl From<&'static Encoding> for Said {
    fn from(encoding: &'static Encoding) -> Self {
        Self::One(encoding.into())
    }
}

/// What people call it.
impl Speak for Charset {
    fn said(&self) -> words::Said {
        match self {
            Self::Mixed(old) => say!("campaign-charset-mixed", other = old.name()),
            Self::One(_) | Self::Utf32 { .. } => words::Said::verbatim(self.name()),
        }
    }
}

impl Charset {
    /// What people call it, in English.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::One(old) => old.name().into(),
            Self::Utf32 { big: false } => "UTF-32LE".into(),
            Self::Utf32 { big: true } => "UTF-32BE".into(),
            Self::Mixed(old) => format!("UTF-8 and {}", old.name()).into(),
        }
    }

    /// Whether it is UTF-8, and nothing beside it.
    pub fn is_utf_8(self) -> bool {
        self == UTF_8.into()
    }

    /// Whether every character has two octets, or two times two.
    pub fn is_utf_16(self) -> bool {
        self == UTF_16LE.into() || self == UTF_16BE.into()
    }
}

impl Said {
    /// What it is called where it decides what a mailing's messages are.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::One(Charset::One(Old::Web(encoding))) => encoding.name().into(),
            Self::One(charset) => charset.name(),
            Self::Of(Family::Windows) => "ANSI".into(),
            Self::Of(Family::Dos) => "DOS".into(),
        }
    }

    /// The encoding that a name means, from any source.
    pub fn named(name: &str) -> Option<Self> {
        let plain: String = name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        match plain.as_str() {
            "ansi" | "windowsansi" | "ansiwindows" | "cpacp" => return Some(Self::Of(Family::Windows)),
            "dos" | "msdos" | "oem" | "csvmsdos" | "ibmpc" | "dosoem" | "oemdos" | "cpoem" => {
                return Some(Self::Of(Family::Dos));
            }
            _ => {}
        }
        let web = |label: &str| Encoding::for_label_no_replacement(label.as_bytes());
        if let Some(encoding) = web(name).or_else(|| web(&plain)) {
            return Some(encoding.into());
        }
        if let Some((_, meant)) = ALIASES.iter().find(|(alias, _)| *alias == plain) {
            return one(meant);
        }
        let iso = plain
            .strip_prefix("iso8859")
            .or(plain.strip_prefix("iso885"))
            .filter(|rest| rest.len() < 3);
        if let Some(encoding) = iso.and_then(|part| web(&format!("iso-8859-{part}"))) {
            return Some(encoding.into());
        }
        if let Some(number) = code_page(&plain) {
            return Some(number);
        }
        // `Western Europe (DOS/OS2-850/International)`, as LibreOffice has it.
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter_map(|word| code_page(&word.to_lowercase())).next()
    }

    /// Names similar to one that is unknown.
    pub fn nearest(name: &str) -> Vec<&'static str> {
        let name = name.to_lowercase();
        let near = |known: &&'static str| strsim::jaro_winkler(&name, &known.to_lowercase());
        let mut names: Vec<_> = USUAL.iter().map(|known| (near(known), *known)).collect();
        names.sort_by(|a, b| b.0.total_cmp(&a.0));
        names.retain(|(score, _)| *score >= 0.75);
        names.into_iter().take(3).map(|(_, known)| known).collect()
    }
}

/// What begins the name of a code page before its number.
const BEFORE_NUMBERS: [&str; 12] = [
    "codepage", "windows", "msdos", "ibm", "oem", "dos", "win", "ansi", "cp", "pc", "ms", "x",
];

/// `cp850`, `ibm-850`, `DOS 850`, `codepage 850`, `850`.
fn code_page(plain: &str) -> Option<Said> {
    let mut number = plain;
    while let Some(rest) = BEFORE_NUMBERS
        .iter()
        .find_map(|before| number.strip_prefix(before))
    {
        number = rest;
    }
    let is_number = (3..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if !is_number {
        return None;
    }
    if let Some((_, meant)) = NUMBERS.iter().find(|(known, _)| *known == number) {
        return one(meant);
    }
    let windows = Encoding::for_label(format!("windows-{number}").as_bytes()).map(Said::from);
    windows.or_else(|| one(&format!("cp{number}")))
}

fn one(name: &str) -> Option<Said> {
    let charset = match name {
        "utf-32le" => Charset::Utf32 { big: false },
        "utf-32be" => Charset::Utf32 { big: true },
        _ => match Encoding::for_label(name.as_bytes()) {
            Some(encoding) => encoding.into(),
            None => Charset::One(Old::Page(PAGES.into_iter().find(|page| page.name == name)?)),
        },
    };
    Some(Said::One(charset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_known_by_what_people_call_it() {
        for (names, meant) in [
            ("ANSI|ansi", "ANSI"),
            ("DOS|MS-DOS|OEM|CSV (MS-DOS)", "DOS"),
            (
                "utf-8-sig|UTF-8 BOM|UTF8|utf_8|UTF-8 with BOM|cp65001|Unicode (UTF-8)",
                "UTF-8",
            ),
            ("Unicode|utf-16|Unicode Text|UCS-2", "UTF-16LE"),
            ("UTF-32|ucs-4", "UTF-32LE"),
            (
                "MacRoman|Mac OS Roman|Western (Mac OS Roman)|macintosh|x-mac-roman|mac|cp10000",
                "macintosh",
            ),
            ("MacCE|mac-latin2|x-mac-ce|Mac Central Europe", "MacCE"),
            ("Mac Cyrillic|x-mac-cyrillic", "x-mac-cyrillic"),
            ("cp850|CP-850|ibm850|DOS 850|850|code page 850", "cp850"),
            ("Western Europe (DOS/OS2-850/International)", "cp850"),
            ("cp437|OEM 437", "cp437"),
            ("cp866|DOS-866", "IBM866"),
            (
                "latin1|ISO-8859-1|cp1252|Windows 1252|win1252|Western (Windows Latin 1)",
                "windows-1252",
            ),
            ("Western Europe (Windows-1252/WinLatin 1)", "windows-1252"),
            ("ISO 8859-2|latin-2|ISO_8859-2", "ISO-8859-2"),
            ("Latin-9|iso8859-15", "ISO-8859-15"),
            ("cp1251|windows-1251", "windows-1251"),
            ("GB2312|cp936|gbk", "GBK"),
            ("EUC-KR|MS949|cp949|ks_c_5601-1987", "EUC-KR"),
            ("cp932|Shift-JIS|SJIS|Windows-31J", "Shift_JIS"),
            ("cp950|Big5-HKSCS", "Big5"),
            ("koi8-r|KOI8", "KOI8-R"),
        ] {
            for name in names.split('|') {
                let found = Said::named(name).map(Said::name);
                let found = found
                    .as_deref()
                    .map(|found| if found == "gb18030" { "GBK" } else { found });
                assert_eq!(found, Some(meant), "{name}");
            }
        }
        assert_eq!(Said::named("klingon"), None);
        assert_eq!(Said::nearest("macrumon").first(), Some(&"MacRoman"));
    }
}
