//! Templates as written.
//!
//! The lints examine the files, not their output, so they find as much if a template does not
//! compile.

use std::ops::Range;

use crate::campaign::{Place, Problem};
use crate::render::{Spelled, column_of, spelled};
use crate::table::Header;
use crate::words::{Arg, say};

use super::pieces::{Piece, Tag, What, pieces};

/// Places of one finding that are listed.
const LISTED: usize = 8;

/// What becomes of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The subject, or a further header.
    Line,
    /// The text/plain part.
    Text,
    /// The text/html part.
    Html,
    /// What both parts are made of.
    Markdown,
    /// An address, the name of a file, a link, an invitation: only what is left over in it is looked at.
    Part,
    /// A path, or a template that is looked at elsewhere.
    Other,
}

/// One template with its tags.
#[derive(Debug)]
pub(super) struct Source {
    /// The whole of it.
    pub(super) place: Place,
    pub(super) kind: Kind,
    pub(super) pieces: Vec<Piece>,
}

impl Source {
    /// Takes the text of `place` apart, whose tags name columns of `header`.
    pub(super) fn of(place: Place, kind: Kind, header: &Header) -> Self {
        let text = place.text.get(place.span.clone()).unwrap_or_default();
        let by_name = [".html", ".htm", ".xml"]
            .iter()
            .any(|suffix| place.path.ends_with(suffix));
        let markup = by_name || matches!(kind, Kind::Html | Kind::Markdown);
        let spelled = spelled(text, markup, header);
        let mut pieces = pieces(&spelled.text);
        pieces
            .iter_mut()
            .for_each(|piece| as_written(piece, &spelled, header));
        Self { place, kind, pieces }
    }

    /// The same, where no columns are known.
    #[cfg(test)]
    pub(super) fn new(place: Place, kind: Kind) -> Self {
        Self::of(place, kind, &Header::unknown(""))
    }

    pub(super) fn text(&self) -> &str {
        self.place.text.get(self.place.span.clone()).unwrap_or_default()
    }

    /// The place of some octets of its text.
    pub(super) fn at(&self, span: Range<usize>) -> Place {
        let start = self.place.span.start;
        self.place.at(start + span.start..start + span.end)
    }

    /// What it fills in.
    pub(super) fn values(&self) -> impl Iterator<Item = (&Range<usize>, &Tag)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Value(tag) => Some((&piece.span, tag)),
            What::Text | What::Raw | What::Block(_) | What::Comment => None,
        })
    }

    /// All its tags.
    pub(super) fn tags(&self) -> impl Iterator<Item = (&Range<usize>, &Tag)> {
        self.pieces.iter().filter_map(|piece| match &piece.what {
            What::Value(tag) | What::Block(tag) => Some((&piece.span, tag)),
            What::Text | What::Raw | What::Comment => None,
        })
    }

    /// Its text with every tag replaced, octet for octet: a value by `x`, a
    /// comment by blanks, anything else by `block`. Positions stay what they are.
    pub(super) fn masked(&self, block: char) -> String {
        let text = self.text();
        let mut masked = String::with_capacity(text.len());
        for piece in &self.pieces {
            let octets = text.get(piece.span.clone()).unwrap_or_default();
            match piece.what {
                What::Text | What::Raw => masked.push_str(octets),
                What::Value(_) => masked.extend(std::iter::repeat_n('x', octets.len())),
                What::Block(_) => masked.extend(std::iter::repeat_n(block, octets.len())),
                What::Comment => masked.extend(std::iter::repeat_n(' ', octets.len())),
            }
        }
        masked
    }

    /// Its text, octet for octet, in which `tag` replaces every tag, and blanks replace everything
    /// else that is not text.
    pub(super) fn without_tags(&self, tag: char) -> String {
        let text = self.text();
        let mut shown = String::with_capacity(text.len());
        for piece in &self.pieces {
            let octets = text.get(piece.span.clone()).unwrap_or_default();
            match piece.what {
                What::Text => shown.push_str(octets),
                What::Value(_) => shown.extend(std::iter::repeat_n(tag, octets.len())),
                What::Raw | What::Block(_) | What::Comment => {
                    shown.extend(std::iter::repeat_n(' ', octets.len()));
                }
            }
        }
        shown
    }

    /// What is found in the text that goes out as it is.
    pub(super) fn spans(&self, find: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        for piece in &self.pieces {
            let is_text = match piece.what {
                What::Text => true,
                What::Raw | What::Value(_) | What::Block(_) | What::Comment => false,
            };
            if is_text {
                let text = self.text().get(piece.span.clone()).unwrap_or_default();
                let found = find(text).into_iter();
                spans.extend(found.map(|span| piece.span.start + span.start..piece.span.start + span.end));
            }
        }
        spans
    }

    /// One problem at all these places: at the first, and the others are listed.
    pub(super) fn placed(&self, problem: Problem, spans: Vec<Range<usize>>) -> Option<Problem> {
        let mut spans = spans.into_iter();
        let first = self.at(spans.next()?);
        let mut also: Vec<_> = spans
            .map(|span| {
                let place: Place = self.at(span);
                format!("{}:{}", place.line(), place.column())
            })
            .collect();
        let problem = problem.at(first);
        let more = also.len().saturating_sub(LISTED);
        also.truncate(LISTED);
        Some(if also.is_empty() {
            problem
        } else if more == 0 {
            problem.help(say!("check-also-at", places = Arg::commas(also)))
        } else {
            problem.help(say!(
                "check-also-at-more",
                places = Arg::commas(also),
                more = more
            ))
        })
    }
}

/// Where the parts of a piece were written, and which columns it names.
fn as_written(piece: &mut Piece, spelled: &Spelled, header: &Header) {
    let place = |span: &mut Range<usize>| *span = spelled.changes.original(span);
    place(&mut piece.span);
    match &mut piece.what {
        What::Value(tag) | What::Block(tag) => {
            for (name, span) in tag.names.iter_mut().chain(&mut tag.of_row) {
                place(span);
                *name = column_of(name, header);
            }
            tag.strings.iter_mut().for_each(place);
        }
        What::Text | What::Raw | What::Comment => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn source(text: &str) -> Source {
        Source::new(Place::in_file("t", Arc::from(text), 0..text.len()), Kind::Html)
    }

    #[test]
    fn a_tag_is_taken_apart_into_the_columns_it_may_name() {
        for (text, names) in [
            ("{{ name }}", "name"),
            ("{{- name | upper -}}", "name"),
            ("{{ row[\"First Name\"] }} {{ row.plan }}", "First Name,plan"),
            ("{{ \"name }} \" ~ other }}", "other"),
            ("{% if plan == 'patron' %}{{ a or b }}{% endif %}", "plan,a,b"),
            ("{{ when | date(format=style) }}{{ now() }}", "when,style"),
            ("{# name #}{% raw %}{{ name }}{% endraw %}", ""),
            ("{% set x = y %}{{ a.b }}{{ 1e5 }}", "y,a"),
            ("{% for c in courses %}{% endfor %}", "c,courses"),
            ("{{ never closed", ""),
        ] {
            let source = source(text);
            let found: Vec<_> = source
                .tags()
                .flat_map(|(_, tag)| tag.columns())
                .map(|(name, span)| {
                    assert_eq!(&text[span.clone()], name, "{text}");
                    name.as_str()
                })
                .collect();
            assert_eq!(found.join(","), names, "{text}");
            let whole: usize = source.pieces.iter().map(|piece| piece.span.len()).sum();
            assert_eq!(whole, text.len(), "{text}");
            assert_eq!(source.masked(' ').len(), text.len(), "{text}");
        }
        let whole = |text: &str| source(text).tags().any(|(_, tag)| tag.whole_row);
        assert!(whole("{% for key, cell in row %}") && whole("{{ row[column] }}"));
        assert!(!whole("{{ row['a'] }}") && !whole("{{ arrow }}"));
    }

    #[test]
    fn an_alternative_or_a_condition_is_a_guard() {
        for (text, guarded) in [
            ("{{ name }}", false),
            ("{{ name | upper }}", false),
            // Of Tera's `default`: an empty cell is not undefined.
            ("{{ name | default(value='x') }}", false),
            ("{{ name | default(value='x', boolean=true) }}", true),
            ("{{ name or 'friend' }}", true),
            ("{{ name if name else 'friend' }}", true),
            ("{% if name %}{{ name }}{% endif %}", true),
            ("{% if a %}{% if b %}{% endif %}{% endif %}{{ name }}", false),
            ("{% if a %}{% else %}{{ name }}{% endif %}", true),
        ] {
            let source = source(text);
            let guards: Vec<_> = source.values().map(|(_, tag)| tag.guarded()).collect();
            assert_eq!(guards, [guarded], "{text}");
        }
    }
}
