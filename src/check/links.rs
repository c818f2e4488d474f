//! The links and images of a template: complete, encrypted, and with words if images are not shown.

use std::ops::Range;

use crate::campaign::Problem;
use crate::words::say;

use super::html::{Address, Fault, Html, fault};
use super::source::{Kind, Source};

pub(super) fn images(source: &Source, html: &Html) -> Option<Problem> {
    let problem = Problem::warning(say!("check-image-without-alt", images = html.without_alt.len()))
        .code("image-without-alt")
        .help(say!("check-image-without-alt-hint"));
    source.placed(problem, html.without_alt.clone())
}

pub(super) fn links(source: &Source, html: &Html) -> Vec<Problem> {
    let kinds = [
        (Fault::Relative, false),
        (Fault::Relative, true),
        (Fault::Insecure, false),
        (Fault::Insecure, true),
        (Fault::Embedded, true),
        (Fault::Drawing, true),
    ];
    let of = |wrong: Fault, image: bool| {
        let spans = html.links.iter().filter(|link| link.image == image);
        let spans = spans.filter(|link| match &link.address {
            Address::Written(address) => fault(address, image) == Some(wrong),
            Address::Column(_) | Address::Unknown => false,
        });
        let drawn = if wrong == Fault::Drawing {
            html.drawings.as_slice()
        } else {
            &[]
        };
        let spans = spans.map(|link| link.span.clone()).chain(drawn.iter().cloned());
        let spans: Vec<_> = spans.collect();
        source.placed(faulty(wrong, image, spans.len()), spans)
    };
    kinds
        .into_iter()
        .filter_map(|(wrong, image)| of(wrong, image))
        .collect()
}

/// The sentence about links or images with this fault.
pub(super) fn faulty(wrong: Fault, image: bool, n: usize) -> Problem {
    let (code, what, hint) = match (wrong, image) {
        (Fault::Relative, false) => (
            "relative-link",
            say!("check-relative-link", links = n),
            say!("check-relative-hint"),
        ),
        (Fault::Relative, true) => (
            "relative-image",
            say!("check-relative-image", images = n),
            say!("check-relative-image-hint"),
        ),
        (Fault::Insecure, false) => (
            "insecure-link",
            say!("check-insecure-link", links = n),
            say!("check-insecure-link-hint"),
        ),
        (Fault::Insecure, true) => (
            "insecure-image",
            say!("check-insecure-image", images = n),
            say!("check-insecure-image-hint"),
        ),
        (Fault::Embedded, _) => (
            "embedded-image",
            say!("check-embedded-image", images = n),
            say!("check-embedded-image-hint"),
        ),
        (Fault::Drawing, _) => (
            "svg-image",
            say!("check-drawing", images = n),
            say!("check-drawing-hint"),
        ),
    };
    Problem::warning(what).code(code).help(hint)
}

/// Links whose only content is a picture that says nothing: who does not see it has nothing to follow.
pub(super) fn wordless(source: &Source, html: &Html) -> Option<Problem> {
    let written = |span: &Range<usize>| source.text().get(span.clone()).unwrap_or_default().trim();
    let said = |address: &str| {
        let mut anchors = html.anchors.iter();
        anchors.any(|anchor| anchor.speaks && written(&anchor.address) == address)
    };
    // What another file puts in may be words.
    let put_in = |span: &Range<usize>| {
        source.tags().any(|(at, tag)| {
            let word = tag.words.first().map_or("", String::as_str);
            span.contains(&at.start) && matches!(word, "include" | "block" | "extends")
        })
    };
    let silent = html.anchors.iter().filter(|anchor| {
        let address = written(&anchor.address);
        let leads = !(address.is_empty() || address.starts_with('#'));
        leads && !anchor.speaks && !anchor.without_alt && !said(address) && !put_in(&anchor.span)
    });
    let spans: Vec<_> = silent.filter_map(|anchor| anchor.silent.clone()).collect();
    let problem = Problem::warning(say!("check-link-without-words", links = spans.len()))
        .code("link-without-words")
        .help(say!("check-link-without-words-hint"));
    source.placed(problem, spans)
}

/// Addresses in a text part are followed as well.
pub(super) fn insecure_in_text(source: &Source, html: Option<&Html>) -> Option<Problem> {
    let mut spans = match source.kind {
        Kind::Text | Kind::Markdown => source.spans(|text| {
            let starts = text.match_indices("http://");
            starts
                .map(|(at, _)| {
                    let end = text
                        .get(at..)
                        .and_then(|t| t.find(|c: char| c.is_whitespace() || "<>\")".contains(c)));
                    at..end.map_or(text.len(), |length| at + length)
                })
                .collect()
        }),
        Kind::Line | Kind::Html | Kind::Part | Kind::Other => Vec::new(),
    };
    // What is a link was looked at as one.
    let links = || html.iter().flat_map(|html| &html.links);
    spans.retain(|span| !links().any(|link| link.span.contains(&span.start)));
    source.placed(faulty(Fault::Insecure, false, spans.len()), spans)
}
