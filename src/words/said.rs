//! A sentence before anybody reads it, and what it is said with.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use fluent_bundle::FluentValue;
use jiff::Timestamp;

use super::catalogue;
use super::figures;
use super::lang::Lang;
use super::printable::printable;

/// A sentence: the id of a message of the catalogue with its arguments, or words as they came.
///
/// In a box, because it is a part of every error.
#[derive(Debug, Clone, PartialEq)]
pub struct Said(Box<Kind>);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Message {
        id: Cow<'static, str>,
        args: Vec<(&'static str, Arg)>,
    },
    Verbatim(String),
}

impl Eq for Said {}

impl Said {
    /// The message of this id. [`say!`] is the way to write one: the test of the catalogue reads it.
    #[must_use]
    pub fn new(id: impl Into<Cow<'static, str>>, args: Vec<(&'static str, Arg)>) -> Self {
        let id = id.into();
        Self(Box::new(Kind::Message { id, args }))
    }

    /// Words that are not ours (a relay's reply, a name, a value), the same in every language.
    /// Characters that would drive a terminal are escaped.
    #[must_use]
    pub fn verbatim(words: impl Into<String>) -> Self {
        Self(Box::new(Kind::Verbatim(printable(words.into()))))
    }

    /// Whether it is the message of this id.
    #[must_use]
    pub fn is(&self, wanted: &str) -> bool {
        matches!(&*self.0, Kind::Message { id, .. } if *id == wanted)
    }

    /// The sentence in a language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        match &*self.0 {
            Kind::Message { id, args } => catalogue::format(lang, id, &values(args, lang)),
            Kind::Verbatim(words) => words.clone(),
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Message { id, args } => {
                f.write_str(&catalogue::format(Lang::En, id, &values(args, Lang::En)))
            }
            Kind::Verbatim(words) => f.write_str(words),
        }
    }
}

/// For programs: in English.
impl serde::Serialize for Said {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn values<'a>(args: &'a [(&'static str, Arg)], lang: Lang) -> Vec<(&'static str, FluentValue<'a>)> {
    args.iter().map(|(name, arg)| (*name, arg.value(lang))).collect()
}

/// An argument of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Words that are the same in every language: names, values, paths, replies.
    Text(String),
    /// How many: it chooses the plural, and is shown in groups of three digits.
    Count(u64),
    /// A sentence, or a part of one, in the language of the whole.
    Said(Said),
    /// Several, with commas between them.
    Commas(Vec<Arg>),
    /// Several, with "and" before the last.
    And(Vec<Arg>),
    /// Several, with "or" before the last.
    Or(Vec<Arg>),
    /// How long: `2 min 5 s`.
    Time(Duration),
    /// When, to the minute, in the zone of this machine: `2026-03-03 11:15 CET`.
    Minute(Timestamp),
    /// The same to the second.
    Second(Timestamp),
    /// Octets: `4.1 kB`.
    Size(u64),
}

impl Arg {
    /// A number that is a name (a row, a line, a port, a code) and not how many: no groups.
    #[must_use]
    pub fn plain(number: impl std::fmt::Display) -> Self {
        Self::Text(number.to_string())
    }

    /// Several with commas between them.
    #[must_use]
    pub fn commas<A: Into<Self>>(items: impl IntoIterator<Item = A>) -> Self {
        Self::Commas(items.into_iter().map(Into::into).collect())
    }

    /// Several with "and" before the last.
    #[must_use]
    pub fn and<A: Into<Self>>(items: impl IntoIterator<Item = A>) -> Self {
        Self::And(items.into_iter().map(Into::into).collect())
    }

    /// Several with "or" before the last.
    #[must_use]
    pub fn or<A: Into<Self>>(items: impl IntoIterator<Item = A>) -> Self {
        Self::Or(items.into_iter().map(Into::into).collect())
    }

    /// When, as it was recorded (`2026-03-03T10:15:42.123Z`), to the minute. Anything else shows as
    /// it is.
    #[must_use]
    pub fn minute(recorded: &str) -> Self {
        recorded
            .parse()
            .map_or_else(|_| Self::from(recorded), Self::Minute)
    }

    /// As the messages of a language take it.
    pub(super) fn value(&self, lang: Lang) -> FluentValue<'_> {
        match self {
            Self::Count(n) => FluentValue::from(*n),
            Self::Text(words) if printable_already(words) => FluentValue::from(words.as_str()),
            Self::Text(_)
            | Self::Said(_)
            | Self::Commas(_)
            | Self::And(_)
            | Self::Or(_)
            | Self::Time(_)
            | Self::Minute(_)
            | Self::Second(_)
            | Self::Size(_) => FluentValue::String(Cow::Owned(self.in_lang(lang))),
        }
    }

    /// By itself, in a language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        match self {
            Self::Text(words) => printable(words.clone()),
            Self::Count(n) => catalogue::thousands(*n),
            Self::Said(said) => said.in_lang(lang),
            Self::Commas(items) => figures::commas(&each(items, lang), lang),
            Self::And(items) => figures::last_after(&each(items, lang), "words-and", lang),
            Self::Or(items) => figures::last_after(&each(items, lang), "words-or", lang),
            Self::Time(time) => figures::time(*time, lang),
            Self::Minute(when) => figures::minute(*when),
            Self::Second(when) => figures::second(*when),
            Self::Size(octets) => figures::size(*octets),
        }
    }
}

fn each(items: &[Arg], lang: Lang) -> Vec<String> {
    items.iter().map(|item| item.in_lang(lang)).collect()
}

fn printable_already(words: &str) -> bool {
    words.bytes().all(|octet| matches!(octet, b' '..=b'~'))
}

/// What has a sentence of the catalogue: every error, and what is named in sentences.
pub trait Speak {
    /// Its sentence. Its `Display` is this one in English.
    fn said(&self) -> Said;

    /// What to do about it: a hint each.
    fn hints(&self) -> Vec<Said> {
        Vec::new()
    }
}

/// A sentence: `say!("table-row-short", row = plain(row), cells = 3)`. The test of the catalogue looks
/// for the id and the arguments in both languages.
macro_rules! say {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::Said::new($id, vec![$((stringify!($name), $crate::words::Arg::from($value))),*])
    };
}

/// `Display` in English for types that [`Speak`].
macro_rules! spoken {
    ($($type:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&$crate::words::Speak::said(self), f)
            }
        }
    )+};
}

pub(crate) use {say, spoken};
