//! The links and images of a template: whole, encrypted, and said in words where images are not
//! shown.

use std::ops::Range;

use crate::campaign::Problem;

use super::html::{Address, Fault, Html, fault};
use super::source::{Kind, Source};

pub(super) fn images(source: &Source, html: &Html) -> Option<Problem> {
    let n = html.without_alt.len();
    let what = if n == 1 {
        "this image has no `alt`: where images are not shown, nothing is".to_owned()
    } else {
        format!("{n} images have no `alt`: where images are not shown, nothing is")
    };
    let problem = Problem::warning(what)
        .code("image-without-alt")
        .help("write alt=\"what it shows\" (in a link: where that leads), or alt=\"\" when it is only there for its looks");
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

/// What is said of links or images with this fault.
pub(super) fn faulty(wrong: Fault, image: bool, n: usize) -> Problem {
    let (one, many) = if image {
        ("this image", "images")
    } else {
        ("this link", "links")
    };
    let which = if n == 1 {
        one.to_owned()
    } else {
        format!("{n} {many}")
    };
    let are = if n == 1 { "is" } else { "are" };
    match (wrong, image) {
        (Fault::Relative, false) => Problem::warning(format!("{which} {are} not whole: a mail has no page to start from"))
            .code("relative-link")
            .help("write the whole address, from https:// on"),
        (Fault::Relative, true) => Problem::warning(format!("{which} {are} not in the mail, and the address is not whole"))
            .code("relative-image")
            .help("write the whole address, from https:// on"),
        (Fault::Insecure, false) => Problem::warning(format!("{which} {are} not encrypted (http:)"))
            .code("insecure-link")
            .help("write https:// if the server has it, as nearly all have: mail programs and filters warn of http:"),
        (Fault::Insecure, true) => Problem::warning(format!("{which} {are} loaded without encryption (http:)"))
            .code("insecure-image")
            .help("write https:// if the server has it: many mail programs do not load images over http:"),
        (Fault::Embedded, _) => Problem::warning(format!(
            "{which} {are} written into the HTML (data:): Gmail and Outlook show no such image"
        ))
        .code("embedded-image")
        .help("save it as a file and name that below [message], inline = { logo = \"logo.png\" }; it is shown by <img src=\"cid:logo\" alt=\"…\">"),
        (Fault::Drawing, _) => Problem::warning(format!(
            "{which} {are} drawn in SVG: Gmail and Outlook show no such image"
        ))
        .code("svg-image")
        .help("save it as a PNG, twice as wide as it is shown, and name that instead"),
    }
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
    let what = match spans.len() {
        1 => "this link has no words: its picture has an empty `alt`, and where pictures are not shown nobody can follow it".to_owned(),
        n => format!("{n} links have no words: their pictures have an empty `alt`, and where pictures are not shown nobody can follow them"),
    };
    let problem = Problem::warning(what)
        .code("link-without-words")
        .help("write into `alt` where the link leads: alt=\"Tickets for the concert\"");
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
