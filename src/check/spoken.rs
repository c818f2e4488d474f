//! Findings about the languages that rows ask for.

use crate::campaign::{Body, Campaign, MessageTemplate, Problem};
use crate::message::LANGUAGE;
use crate::render::{Spoken, best, reads_traditional, spoken, spoken_in};
use crate::table::Header;
use crate::words::{Arg, say};

use super::source::Source;

/// Characters that only the simplified script has, and those that only the traditional one has.
const SIMPLIFIED: &str = "们这国会对时说为发学开来个过还后当样见长吗师给让从书请谢您课间门问题电话网务须员单";
const TRADITIONAL: &str = "們這國會對時說為發學開來個過還後當樣見長嗎師給讓從書請謝課間門問題電話網務須員單";

/// What to report about a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// It is not a language.
    Unknown,
    /// It is another word for this tag.
    Meant(&'static str),
    /// It wants the traditional script, and gets the simplified one.
    Simplified,
}

/// The languages of a campaign's templates.
#[derive(Debug, Default)]
pub(super) struct Languages {
    column: Option<usize>,
    tags: Vec<String>,
    /// That for `zh` is in the simplified script.
    simplified: bool,
}

impl Languages {
    /// Those of a campaign whose rows choose among them.
    pub(super) fn of(campaign: &Campaign, header: &Header, sources: &[Source]) -> Self {
        let Some(column) = header.position(LANGUAGE) else {
            return Self::default();
        };
        let mut tags = Vec::new();
        for template in campaign.message.templates() {
            if let MessageTemplate::Body(Body::Text | Body::Html | Body::Markdown, file) = template {
                tags.extend(spoken_in(&campaign.folder, &file.path));
            }
        }
        let of_zh = sources.iter().filter(|source| source.place.path.contains(".zh."));
        let count = |set: &str| {
            let texts = of_zh.clone().flat_map(|source| source.text().chars());
            texts.filter(|c| set.contains(*c)).count()
        };
        let (simplified, traditional) = (count(SIMPLIFIED), count(TRADITIONAL));
        Self {
            column: (!tags.is_empty()).then_some(column),
            simplified: simplified > traditional,
            tags,
        }
    }

    /// The column, where there is something to choose.
    pub(super) fn column(&self) -> Option<usize> {
        self.column
    }

    /// What to report about a cell of it.
    pub(super) fn told(&self, value: &str) -> Option<Told> {
        let value = value.trim();
        // Most rows have it as a template has it.
        if value.is_empty()
            || (self.tags.iter().any(|tag| tag == value) && !(self.simplified && value == "zh"))
        {
            return None;
        }
        let tags: Vec<&str> = self.tags.iter().map(String::as_str).collect();
        let chosen = best(value, &tags);
        match spoken(value) {
            Spoken::Unknown => chosen.is_none().then_some(Told::Unknown),
            Spoken::Named(tag) | Spoken::Country(tag) => Some(Told::Meant(tag)),
            Spoken::Tag(_) => {
                let other = self.simplified && chosen == Some("zh") && reads_traditional(value);
                other.then_some(Told::Simplified)
            }
        }
    }

    /// The sentence about it.
    pub(super) fn problem(&self, value: &str, told: &Told) -> Problem {
        let value = value.trim();
        let (what, hint) = match told {
            Told::Unknown => (
                say!("check-language-unknown", value = value, column = LANGUAGE),
                say!(
                    "check-language-unknown-hint",
                    languages = Arg::commas(self.tags.iter())
                ),
            ),
            Told::Meant(tag) => (
                say!(
                    "check-language-meant",
                    value = value,
                    column = LANGUAGE,
                    language = *tag
                ),
                say!("check-language-meant-hint", language = *tag),
            ),
            Told::Simplified => (
                say!("check-language-simplified", value = value, column = LANGUAGE),
                say!("check-language-simplified-hint"),
            ),
        };
        Problem::warning(what).code("language").help(hint)
    }
}
