//! What a reader sees of a page: how many letters, how many pictures, and words that are there but
//! cannot be seen.
//!
//! It reads the finished HTML, whose style sheets are in its elements, tag by tag: a page with
//! wrong nesting is measured slightly wrongly.

use std::collections::HashSet;

use super::colours::{Shade, colour, ground};
use super::tags::{Next, Start, next};
use crate::message::{Sight, sight};

/// Elements that nothing is inside of, and elements that need no end.
const OPEN_ENDED: [&str; 11] = [
    "br", "img", "hr", "col", "meta", "link", "input", "wbr", "area", "source", "base",
];

/// Octets behind a size of nothing up to the end of its tag that SpamAssassin (`__FONT_INVIS`) looks at.
const LOOKED_AT: usize = 80;

/// Why words are not to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unseen {
    /// Their letters have no size.
    Tiny,
    /// They have the colour of what is behind them.
    Coloured,
}

/// What a reader sees of a page.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The words, as they come.
    pub(super) text: String,
    /// Pictures that are larger than a dot.
    pub(super) pictures: usize,
    /// What filters take linked pictures for, in words: one of 100 by 200 pixels is three (rspamd, `R_SUSPICIOUS_IMAGES`).
    pub(super) pictured: f32,
    /// Words that are hidden, and how.
    pub(super) hidden: Vec<(Unseen, String)>,
}

/// How an element shows its words.
#[derive(Debug, Clone, Default)]
struct Look {
    name: String,
    gone: bool,
    tiny: bool,
    /// It is in a link.
    linked: bool,
    colour: Shade,
    ground: Shade,
}

impl Seen {
    pub(super) fn of(html: &str) -> Self {
        let mut seen = Self::default();
        let lower = html.to_ascii_lowercase();
        // What a sheet that stays may set is not known.
        let sheets = lower
            .split("<style")
            .skip(1)
            .filter_map(|sheet| sheet.split("</style").next());
        let painted = sheets.into_iter().any(|sheet| sheet.contains("background"));
        let root = Look {
            colour: Shade::Of([0, 0, 0]),
            ground: if painted {
                Shade::Unknown
            } else {
                Shade::Of([255, 255, 255])
            },
            ..Look::default()
        };
        let mut open = vec![root];
        let mut rest = html;
        // The tag before this text has a size that filters take for nothing.
        let mut suspect = false;
        while let Some((found, behind)) = next(rest) {
            rest = behind;
            match found {
                Next::Text(text) => {
                    let look = open.last().cloned().unwrap_or_default();
                    seen.text(text, &look, suspect);
                    suspect = false;
                }
                Next::Start(tag) => {
                    let (look, filtered) = seen.start(&tag, open.last());
                    suspect = filtered;
                    if !tag.closes_itself && !OPEN_ENDED.contains(&tag.name.as_str()) {
                        close_before(&mut open, &tag.name);
                        open.push(look);
                    }
                }
                Next::End(name) => {
                    suspect = false;
                    seen.text.push(' ');
                    if let Some(at) = open.iter().skip(1).rposition(|look| look.name == name) {
                        open.truncate(at + 1);
                    }
                }
            }
        }
        seen
    }

    /// What is seen, in letters: one of a script without blanks counts for three.
    pub(super) fn letters(&self) -> usize {
        let words = self.text.split_whitespace();
        let letters = words.map(|word| {
            word.chars()
                .map(|c| if is_wide(c) { 3 } else { 1 })
                .sum::<usize>()
                + 1
        });
        letters.sum()
    }

    fn start(&mut self, tag: &Start<'_>, around: Option<&Look>) -> (Look, bool) {
        let around = around.cloned().unwrap_or_default();
        let style = tag.attribute("style").unwrap_or_default();
        let sight = sight(style);
        let sized = style.to_ascii_lowercase().contains("font");
        let gone = around.gone || sight == Sight::Hidden || tag.attribute("hidden").is_some();
        if tag.name == "img" && !gone && !is_dot(tag) {
            self.pictures += 1;
            let size = pixels(tag, "width") + pixels(tag, "height");
            if around.linked && size > 100.0 && size < 3000.0 {
                self.pictured += size / 100.0;
            }
        }
        let own = colour(tag, style);
        let look = Look {
            name: tag.name.clone(),
            gone,
            linked: around.linked || tag.name == "a",
            tiny: sight == Sight::WithoutSize || (around.tiny && !sized && tag.name != "font"),
            // A link has a colour of its own.
            colour: own.unwrap_or(if tag.name == "a" {
                Shade::Unknown
            } else {
                around.colour
            }),
            ground: ground(tag, style).unwrap_or(around.ground),
        };
        (look, looks_hidden(style))
    }

    fn text(&mut self, text: &str, look: &Look, suspect: bool) {
        let shown = shown(text);
        let begins = text.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if shown.contains(char::is_alphanumeric) {
            let why = if (suspect && begins) || (look.tiny && !look.gone) {
                Some(Unseen::Tiny)
            } else if !look.gone && look.colour.is_like(look.ground) {
                Some(Unseen::Coloured)
            } else {
                None
            };
            self.hidden.extend(why.map(|why| (why, shown.trim().to_owned())));
        }
        if !look.gone && !look.tiny {
            self.text.push_str(&shown);
        }
    }
}

/// Ends what ends by itself where an element begins.
fn close_before(open: &mut Vec<Look>, name: &str) {
    let (ends, within): (&[&str], &[&str]) = match name {
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "li" => (&["li"], &["ul", "ol"]),
        "p" | "div" | "table" | "h1" | "h2" | "h3" | "ul" | "ol" => {
            (&["p"], &["td", "th", "div", "table", "li"])
        }
        _ => return,
    };
    let of = |look: &Look, names: &[&str]| names.contains(&look.name.as_str());
    let bound = open.iter().rposition(|look| of(look, within)).unwrap_or(0);
    let inside = open.get(bound + 1..).unwrap_or_default();
    if let Some(at) = inside.iter().position(|look| of(look, ends)) {
        open.truncate(bound + 1 + at);
    }
}

/// A length that a picture is given; 0 where it is not in pixels.
fn pixels(tag: &Start<'_>, side: &str) -> f32 {
    let length = tag.attribute(side).map(|side| side.trim().trim_end_matches("px"));
    length.and_then(|length| length.parse().ok()).unwrap_or_default()
}

/// Whether a picture is too small to be seen.
fn is_dot(tag: &Start<'_>) -> bool {
    let small =
        |side: &str| tag.attribute(side).is_some() && pixels(tag, side) <= 1.0 && !is_share(tag, side);
    small("width") && small("height")
}

/// Whether a length is one of what is around, or of the picture itself.
fn is_share(tag: &Start<'_>, side: &str) -> bool {
    tag.attribute(side)
        .is_some_and(|length| length.contains(['%', 'a']))
}

/// Whether filters take a style for one that hides words, also where they are a preheader: a size of nothing
/// shortly before the end of the tag.
fn looks_hidden(style: &str) -> bool {
    let mut at = 0;
    style.split(';').any(|declaration| {
        at += declaration.len() + 1;
        let sized = sight(declaration) == Sight::WithoutSize;
        sized && style.len().saturating_sub(at) < LOOKED_AT
    })
}

/// A text as it is read: entities are what they stand for, and what shows nothing is nothing.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let Some((entity, after)) = behind.split_once(';').filter(|(entity, _)| entity.len() <= 10) else {
            out.push('&');
            rest = behind;
            continue;
        };
        match character(entity) {
            Some(c) => out.push(c),
            None => {
                out.push('&');
                rest = behind;
                continue;
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out.retain(|c| !is_filler(c));
    out
}

/// What an entity stands for; of letters with accents, some letter.
fn character(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code);
    }
    match entity {
        "nbsp" | "ensp" | "emsp" | "thinsp" | "zwnj" | "zwj" | "shy" => Some(' '),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "copy" | "reg" | "trade" | "bull" | "middot" | "mdash" | "ndash" | "hellip" | "laquo" | "raquo" => {
            Some('-')
        }
        _ => entity.chars().next().filter(char::is_ascii_alphabetic),
    }
}

fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Whether a character is one of a script without blanks.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0xa4cf | 0xac00..=0xd7ff
        | 0xf900..=0xfaff | 0xff00..=0xffef | 0x2_0000..=0x3_ffff)
}

/// The words of a text in small letters; of scripts without blanks, every sign.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
    {
        let mut word = String::new();
        for c in run.chars() {
            if is_wide(c) {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                words.push(c.to_string());
            } else {
                word.extend(c.to_lowercase());
            }
        }
        words.extend((!word.is_empty()).then_some(word));
    }
    words
}

/// How many words of a page another text has, and how many the page has, where those are too few for parts that
/// say the same. Of a short page nothing can be said.
pub(super) fn differ(page: &str, text: &str) -> Option<(usize, usize)> {
    /// Words from which rspamd is certain of a difference (`R_PARTS_DIFFER`).
    const CERTAIN: usize = 30;
    let (page, text) = (words(page), words(text));
    if page.len() <= CERTAIN {
        return None;
    }
    let own: HashSet<&str> = page.iter().map(String::as_str).collect();
    let known = text
        .iter()
        .filter(|word| own.contains(word.as_str()))
        .count()
        .min(page.len());
    (known * 10 < page.len()).then_some((known, page.len()))
}
