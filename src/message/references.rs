//! Where a page names pictures: in its tags, in its styles, and in what only Outlook reads.

use std::ops::Range;

use super::tags::{Attribute, StartTag, start_tags};

/// A picture that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its address, without quotes.
    pub(super) span: Range<usize>,
    pub(super) of: Of,
}

/// What names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// What every program reads.
    Page,
    /// A comment that Outlook for Windows reads.
    Comment,
    /// Further sizes of a picture: `srcset` with its name and its quotes.
    Sizes,
}

/// Which attribute of an element names a picture.
const PICTURES: [(&str, &str); 7] = [
    ("img", "src"),
    ("input", "src"),
    ("table", "background"),
    ("td", "background"),
    ("th", "background"),
    ("tr", "background"),
    ("body", "background"),
];

/// The same, of the drawing language of Word.
const DRAWN: [(&str, &str); 3] = [("v:imagedata", "src"), ("v:image", "src"), ("v:fill", "src")];

/// All of a page, in their order.
pub(super) fn references(html: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for tag in start_tags(html) {
        of_tag(html, &tag, Of::Page, &mut found);
    }
    for comment in conditional_comments(html) {
        let text = html.get(comment.clone()).unwrap_or_default();
        let mut inside = Vec::new();
        for tag in start_tags(text) {
            of_tag(text, &tag, Of::Comment, &mut inside);
        }
        found.extend(inside.into_iter().map(|reference| Reference {
            span: comment.start + reference.span.start..comment.start + reference.span.end,
            ..reference
        }));
    }
    found.sort_by_key(|reference| reference.span.start);
    found
}

fn of_tag(html: &str, tag: &StartTag, of: Of, found: &mut Vec<Reference>) {
    let named = |span: &Range<usize>, name: &str| {
        let written = html.get(span.clone());
        written.is_some_and(|written| written.eq_ignore_ascii_case(name))
    };
    let style = |within: &Range<usize>, found: &mut Vec<Reference>| {
        let images = images_in(html.get(within.clone()).unwrap_or_default());
        found.extend(images.into_iter().map(|image| Reference {
            span: within.start + image.start..within.start + image.end,
            of,
        }));
    };
    let names = |attribute: &Attribute| {
        let of_element =
            |(element, name): &(&str, &str)| named(&tag.name, element) && named(&attribute.name, name);
        PICTURES.iter().chain(&DRAWN).any(of_element)
    };
    for attribute in &tag.attributes {
        if names(attribute) {
            let span = trimmed(html, &attribute.value);
            found.push(Reference { span, of });
        } else if named(&attribute.name, "style") {
            style(&attribute.value, found);
        } else if named(&attribute.name, "srcset") && (named(&tag.name, "img") || named(&tag.name, "source"))
        {
            found.push(Reference {
                span: attribute.whole.clone(),
                of: Of::Sizes,
            });
        }
    }
    if let Some(content) = tag.content.as_ref().filter(|_| named(&tag.name, "style")) {
        style(content, found);
    }
}

/// A span without the blanks at its ends.
fn trimmed(text: &str, span: &Range<usize>) -> Range<usize> {
    let written = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (written.len() - written.trim_start().len());
    start..start + written.trim().len()
}

/// The insides of `<!--[if mso]>…<![endif]-->`.
fn conditional_comments(html: &str) -> Vec<Range<usize>> {
    let starts = html.match_indices("<!--[if");
    let inside = starts.filter_map(|(at, _)| {
        let rest = html.get(at..)?;
        let start = at + rest.find("]>")? + "]>".len();
        let end = at + rest.find("-->")?;
        (start < end).then_some(start..end)
    });
    inside.collect()
}

/// The addresses of further sizes: `a.png 1x, b.png 2x`.
pub(super) fn sizes(attribute: &str) -> impl Iterator<Item = &str> {
    let value = attribute.split_once('=').map_or("", |(_, value)| value.trim());
    let value = value.trim_matches(['"', '\'']);
    value.split(',').filter_map(|one| one.split_whitespace().next())
}

/// Where a page says which encoding it is in, if that is not UTF-8.
pub(super) fn other_charset(html: &str) -> Option<Range<usize>> {
    let tags = start_tags(html);
    let named = |span: &Range<usize>, name: &str| {
        let written = html.get(span.clone());
        written.is_some_and(|written| written.eq_ignore_ascii_case(name))
    };
    let metas = tags.iter().filter(|tag| named(&tag.name, "meta"));
    let said = metas.flat_map(|tag| &tag.attributes).find_map(|attribute| {
        if named(&attribute.name, "charset") {
            return Some(trimmed(html, &attribute.value));
        }
        let value = html.get(attribute.value.clone())?;
        let small = value.to_ascii_lowercase();
        let at = small
            .find("charset=")
            .filter(|_| named(&attribute.name, "content"))?;
        let start = at + "charset=".len();
        let length = value.get(start..)?.find([';', ' ', '"', '\'']);
        let end = length.map_or(value.len(), |length| start + length);
        Some(attribute.value.start + start..attribute.value.start + end)
    })?;
    let name = html.get(said.clone())?;
    let is_utf_8 = ["utf-8", "utf8", ""]
        .iter()
        .any(|utf_8| name.eq_ignore_ascii_case(utf_8));
    (!is_utf_8).then_some(said)
}

/// Quotation marks as an attribute may hold them.
const QUOTES: [&str; 6] = ["\"", "'", "&quot;", "&apos;", "&#34;", "&#39;"];

/// What `url(…)` names, without quotes; not where that is a font, or a style sheet of another's.
pub fn images_in(style: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in style.match_indices('(') {
        let before = style.get(..at).unwrap_or_default();
        let Some((before, "url" | "URL" | "Url")) =
            at.checked_sub(3).and_then(|at| before.split_at_checked(at))
        else {
            continue;
        };
        let (_, of) = before.rsplit_once([';', '{', '}']).unwrap_or(("", before));
        let of = of.trim_start().to_ascii_lowercase();
        if of.starts_with("@import") || of.starts_with("src") {
            continue;
        }
        let inside = style.get(at + 1..).unwrap_or_default();
        let bare = inside.trim_start();
        let start = at + 1 + (inside.len() - bare.len());
        let quote = QUOTES.iter().find(|quote| bare.starts_with(**quote));
        let (skipped, end) = match quote {
            // A name in quotes may hold brackets.
            Some(quote) => (
                quote.len(),
                bare.get(quote.len()..).and_then(|rest| rest.find(*quote)),
            ),
            None => (0, bare.find(')')),
        };
        let written = bare.get(skipped..).unwrap_or_default();
        let written = end.and_then(|end| written.get(..end)).unwrap_or(written);
        let span = start + skipped..start + skipped + written.len();
        let span = trimmed(style, &span);
        if !span.is_empty() {
            found.push(span);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_picture_is_seen() {
        let html = "<img alt=x src=a.png><IMG SRC='b c.png'><td background=\" d.png \">\
            <p style=\"background:url(&quot;e (1).png&quot;)\"><style>p{background:url( 'f.png' )}\
            @font-face{src:url(g.woff)}</style><!-- <img src=\"no.png\"> -->\
            <!--[if mso]><v:fill src=\"h.png\"/><![endif]--><a href=\"no.html\">\
            <img srcset=\"i.png 1x, j.png 2x\" src=i.png>";
        let found: Vec<_> = references(html)
            .into_iter()
            .map(|reference| (&html[reference.span], reference.of))
            .collect();
        let page = |address| (address, Of::Page);
        assert_eq!(
            found,
            [
                page("a.png"),
                page("b c.png"),
                page("d.png"),
                page("e (1).png"),
                page("f.png"),
                ("h.png", Of::Comment),
                ("srcset=\"i.png 1x, j.png 2x\"", Of::Sizes),
                page("i.png"),
            ]
        );
        let both: Vec<_> = sizes("srcset=\"i.png 1x, j.png 2x\"").collect();
        assert_eq!(both, ["i.png", "j.png"]);
    }

    #[test]
    fn another_encoding_is_found_where_a_page_says_so() {
        for (html, said) in [
            ("<meta charset=gbk>", Some("gbk")),
            (
                "<META http-equiv=x content=\"text/html; charset=GB2312\">",
                Some("GB2312"),
            ),
            ("<meta charset=\"UTF-8\"><meta charset=gbk>", None),
            ("<p>charset=gbk", None),
        ] {
            let found = other_charset(html).map(|span| &html[span]);
            assert_eq!(found, said, "{html}");
        }
    }
}
