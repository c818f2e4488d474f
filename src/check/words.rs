//! What the parts of a message say: nothing, hardly anything beside pictures, something different
//! from each other, or something hidden.
//!
//! Pages are measured only in some rows: other pages of the same templates are similar, and a list
//! may be long.

use crate::campaign::{Place, Problem};
use crate::message::Rendered;
use crate::table::Header;
use crate::words::say;

use super::seen::{Seen, Unseen, differ, words};
use super::source::Kind;
use super::templates::Written;

/// Rows at the beginning of a list whose pages are measured; of the others, only a fraction:
/// measuring a page takes about as long as composing it.
const MEASURED: u64 = 64;
const ONE_IN: u64 = 1024;

/// Letters beside pictures that are enough, however short the page is.
const ENOUGH: usize = 400;

/// Letters beside pictures that are hardly any, however long the page is: the imprint below a poster has as many.
const HARDLY_ANY: usize = 80;

/// Characters of HTML, tags and all, up to which SpamAssassin counts a page with a picture as one that is
/// nothing else (HTML_IMAGE_ONLY_04 to _32, of 0.6 to 2.8 points). What design programs write is longer.
const SHORT: usize = 3_200;

/// Characters of hidden words that are shown.
const SHOWN: usize = 40;

/// What is to be said of the parts of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// The text part is empty.
    Nothing,
    /// There are pictures, and this many letters.
    Little(usize),
    /// The number of the page's words that the text part has, and the number of words in all.
    Another(usize, usize),
    /// Words are hidden: how, which, and in which of the templates they stand, and where.
    Hidden(Unseen, String, Option<(usize, usize)>),
}

/// Where the parts of a message come from.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The template of a text part of its own.
    text: Option<Place>,
    /// Those of the page.
    page: Vec<Place>,
    /// The last of the rows whose pages are all measured.
    until: u64,
}

impl Parts {
    pub(super) fn of(written: &Written, header: &Header) -> Self {
        let of = |wanted: &dyn Fn(Kind) -> bool| {
            let sources = written.sources.iter().filter(|source| wanted(source.kind));
            sources.map(|source| source.place.clone()).collect::<Vec<_>>()
        };
        Self {
            text: of(&|kind| kind == Kind::Text).into_iter().next(),
            page: of(&|kind| matches!(kind, Kind::Html | Kind::Markdown)),
            until: header.row.unwrap_or(1) + MEASURED,
        }
    }

    /// What is to be said of the message of a row.
    pub(super) fn look(&self, row: u64, rendered: &Rendered<'_>) -> Vec<Said> {
        if rendered.text.is_some_and(|text| text.trim().is_empty()) {
            return vec![Said::Nothing];
        }
        let Some(html) = rendered
            .html
            .filter(|_| row <= self.until || row.is_multiple_of(ONE_IN))
        else {
            return Vec::new();
        };
        let seen = Seen::of(html);
        let mut said = Vec::new();
        let letters = seen.letters();
        if seen.pictures > 0 && letters < ENOUGH && is_picture(html, &seen, letters) {
            said.push(Said::Little(letters));
        }
        // One that is made from the page says the same.
        let own = rendered.text.filter(|_| self.text.is_some());
        let another = own.and_then(|text| differ(&seen.text, text));
        said.extend(another.map(|(known, all)| Said::Another(known, all)));
        let hidden = seen.hidden.into_iter();
        said.extend(hidden.map(|(how, words)| {
            let at = self.find(&words);
            Said::Hidden(how, words, at)
        }));
        said
    }

    /// Where in the templates words stand, at least some of them.
    fn find(&self, words: &str) -> Option<(usize, usize)> {
        let longest = words.split_whitespace().max_by_key(|word| word.len())?;
        let begin = words.chars().take(SHOWN).collect::<String>();
        [begin.as_str(), longest].into_iter().find_map(|wanted| {
            let mut places = self.page.iter().enumerate();
            places.find_map(|(number, place)| {
                let text = place.text.get(place.span.clone())?;
                Some((number, place.span.start + text.find(wanted)?))
            })
        })
    }

    /// Where something is to be shown.
    pub(super) fn place(&self, said: &Said) -> Option<Place> {
        let page = || self.page.first().map(|place| Place::whole(place.path.clone()));
        match said {
            Said::Nothing => self
                .text
                .as_ref()
                .map(|place| Place::whole(place.path.clone()))
                .or_else(page),
            Said::Another(..) => self.text.as_ref().map(|place| Place::whole(place.path.clone())),
            Said::Little(_) | Said::Hidden(_, _, None) => page(),
            Said::Hidden(_, _, Some((number, at))) => self.page.get(*number).map(|place| place.at(*at..*at)),
        }
    }

    pub(super) fn problem(&self, said: &Said) -> Problem {
        let (code, what, hint) = match said {
            Said::Nothing => {
                let what = match self.text {
                    Some(_) => say!("check-no-text"),
                    None => say!("check-no-words"),
                };
                ("no-words", what, say!("check-no-words-hint"))
            }
            Said::Little(letters) => (
                "no-words",
                say!("check-few-words", letters = *letters),
                say!("check-few-words-hint", enough = ENOUGH),
            ),
            Said::Another(known, all) => (
                "parts-differ",
                say!("check-parts-differ", known = *known, words = *all),
                say!("check-parts-differ-hint"),
            ),
            Said::Hidden(how, words, _) => {
                let mut shown: String = words.chars().take(SHOWN).collect();
                if shown.len() < words.len() {
                    shown.push('…');
                }
                let (what, hint) = match how {
                    Unseen::Tiny => (
                        say!("check-hidden-tiny", words = shown),
                        say!("check-hidden-tiny-hint"),
                    ),
                    Unseen::Coloured => (
                        say!("check-hidden-coloured", words = shown),
                        say!("check-hidden-coloured-hint"),
                    ),
                };
                ("hidden-text", what, hint)
            }
        };
        Problem::warning(what).code(code).help(hint)
    }
}

/// Whether filters take a page with pictures and few letters for nothing but pictures.
fn is_picture(html: &str, seen: &Seen, letters: usize) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a page with so few letters has few words"
    )]
    let words = words(&seen.text).len() as f32;
    letters < HARDLY_ANY || seen.pictured > words || html.chars().count() <= SHORT
}

impl Said {
    /// What is reported together.
    pub(super) fn kind(&self) -> (u8, String) {
        match self {
            Self::Nothing => (40, String::new()),
            Self::Little(_) => (41, String::new()),
            Self::Another(..) => (42, String::new()),
            Self::Hidden(how, _, at) => {
                let at = at.map(|(number, at)| format!("{number:06} {at:09}"));
                (43 + u8::from(*how == Unseen::Coloured), at.unwrap_or_default())
            }
        }
    }

    /// Whether it was looked for in every row.
    pub(super) fn is_counted(&self) -> bool {
        *self == Self::Nothing
    }
}
