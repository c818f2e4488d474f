//! Tables of the meaning of octets, to get from what was read back to what was there.

use std::sync::LazyLock;

use encoding_rs::{
    Encoding, IBM866, KOI8_R, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1257, X_MAC_CYRILLIC,
};

use crate::campaign::PAGES;

/// What the octets from 0x80 on mean in a page. An octet without a meaning is a control character,
/// as in browsers.
pub(super) struct Upper {
    of: [char; 128],
    /// The same by the characters, in their order.
    back: Vec<(char, u8)>,
}

impl Upper {
    fn new(of: [char; 128]) -> Self {
        let mut back: Vec<(char, u8)> = of.iter().copied().zip(0x80..=0xff).collect();
        back.sort_unstable();
        Self { of, back }
    }

    /// The octet that was read as this character.
    pub(super) fn octet(&self, c: char) -> Option<u8> {
        if let Ok(at) = self.back.binary_search_by_key(&c, |(known, _)| *known) {
            return self.back.get(at).map(|(_, octet)| *octet);
        }
        // An octet without a meaning in a page was kept, or is plain.
        u8::try_from(c).ok().filter(|octet| *octet < 0xa0)
    }

    /// The octets of a text that was read in this page; ASCII stays.
    pub(super) fn octets(&self, text: &str) -> Option<Vec<u8>> {
        text.chars().map(|c| self.octet(c)).collect()
    }

    /// What octets mean in this page.
    pub(super) fn text(&self, octets: &[u8]) -> String {
        let one = |octet: &u8| match octet.checked_sub(0x80) {
            Some(at) => self.of.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
            None => char::from(*octet),
        };
        octets.iter().map(one).collect()
    }
}

fn web(encoding: &'static Encoding) -> Upper {
    let mut of = ['\u{fffd}'; 128];
    for (octet, place) in (0x80..=0xff).zip(&mut of) {
        let octets = [octet];
        let (text, _) = encoding.decode_without_bom_handling(&octets);
        *place = text.chars().next().unwrap_or('\u{fffd}');
    }
    Upper::new(of)
}

fn page(name: &str) -> Option<Upper> {
    let page = PAGES.into_iter().find(|page| page.name == name)?;
    let mut of = ['\u{fffd}'; 128];
    for (c, place) in page.upper().zip(&mut of) {
        *place = c;
    }
    Some(Upper::new(of))
}

/// windows-1252, which most of it was read in.
pub(super) static WESTERN: LazyLock<Upper> = LazyLock::new(|| web(WINDOWS_1252));

/// What UTF-8 is read in by mistake, the most frequent first.
pub(super) static READERS: LazyLock<Vec<Upper>> = LazyLock::new(|| {
    let webs = [
        WINDOWS_1252,
        WINDOWS_1250,
        WINDOWS_1251,
        MACINTOSH,
        WINDOWS_1254,
        WINDOWS_1253,
        WINDOWS_1257,
        IBM866,
        KOI8_R,
    ];
    let pages = ["cp437", "cp850", "cp852", "MacCE"].into_iter().filter_map(page);
    webs.into_iter().map(web).chain(pages).collect()
});

/// Pages of other scripts, whose octets are read as Western letters.
pub(super) static SCRIPTS: LazyLock<Vec<Upper>> = LazyLock::new(|| {
    [WINDOWS_1251, WINDOWS_1253, KOI8_R, X_MAC_CYRILLIC]
        .map(web)
        .into()
});

/// Pages of Latin letters of the Mac and of DOS.
pub(super) static SELDOM: LazyLock<Vec<Upper>> = LazyLock::new(|| {
    let pages = ["cp850", "cp437", "cp852"].into_iter().filter_map(page);
    std::iter::once(web(MACINTOSH)).chain(pages).collect()
});
