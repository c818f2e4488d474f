//! A Markdown template, read for what mail programs do with its links and images.
//!
//! The tags of Tera are masked, octet for octet, as for HTML; raw HTML in it is
//! read as HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as Markup, TagEnd};

use super::anchors::Anchor;
use super::html::{self, Html, Link};
use super::source::Source;

pub(super) fn read(source: &Source) -> Html {
    let mut found = html::read(source);
    let masked = source.masked('x');
    // A picture that is open, and whether it has said anything yet.
    let mut picture: Option<(Range<usize>, bool)> = None;
    // A link that is open.
    let mut shown: Option<Anchor> = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, span) in Parser::new_ext(&masked, options).into_offset_iter() {
        if let Event::Start(Markup::Image { dest_url, .. }) = &event {
            found
                .links
                .push(link(source, &masked, span.clone(), dest_url, true));
            picture = Some((span, false));
        } else if let Event::Start(Markup::Link { dest_url, .. }) = &event {
            let link = link(source, &masked, span.clone(), dest_url, false);
            shown = Some(Anchor {
                span,
                address: link.span.clone(),
                words: String::new(),
                speaks: true,
                silent: None,
                without_alt: false,
            });
            found.links.push(link);
        } else if event == Event::End(TagEnd::Link) {
            found.anchors.extend(shown.take());
        } else if let (Event::Text(text) | Event::Code(text), Some((_, said))) = (&event, &mut picture) {
            *said |= !text.trim().is_empty();
        } else if let (Event::Text(text) | Event::Code(text), Some(anchor)) = (&event, &mut shown) {
            anchor.words.push_str(text);
        } else if event == Event::End(TagEnd::Image)
            && let Some((span, false)) = picture.take()
        {
            found.without_alt.push(span);
        }
    }
    found
}

fn link(source: &Source, masked: &str, whole: Range<usize>, address: &str, image: bool) -> Link {
    let text = masked.get(whole.clone()).unwrap_or_default();
    // Behind the words it stands for; of a reference, its place is the whole.
    let span = match text.rfind(address).filter(|_| !address.is_empty()) {
        Some(at) => whole.start + at..whole.start + at + address.len(),
        None => whole,
    };
    let address = html::address(source, address, &span);
    Link { span, image, address }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Place;
    use crate::check::html::Address;
    use crate::check::source::Kind;

    #[test]
    fn links_and_pictures_are_found_where_they_stand() {
        let text = "# {{ name }}\n\n![](logo.png) ![the map](cid:map) ![{{ name }}]({{ photo }})\n\
                    [plan](http://uni.example/{{ room }}) <https://uni.example/> [here]({{ link }})\n\
                    <img src=\"x.png\">\n\n`[no](link)`\n";
        let source = Source::new(
            Place::in_file("t.md", Arc::from(text), 0..text.len()),
            Kind::Markdown,
        );
        let found = read(&source);
        let mut links: Vec<_> = found
            .links
            .iter()
            .map(|link| (&text[link.span.clone()], link.image, &link.address))
            .collect();
        links.sort_by_key(|(address, image, _)| (!image, *address));
        let written = |address: &str| Address::Written(address.to_owned());
        assert_eq!(
            links,
            [
                ("cid:map", true, &written("cid:map")),
                ("logo.png", true, &written("logo.png")),
                ("x.png", true, &written("x.png")),
                ("{{ photo }}", true, &Address::Column("photo".to_owned())),
                (
                    "http://uni.example/{{ room }}",
                    false,
                    &written("http://uni.example/{{ room }}")
                ),
                ("https://uni.example/", false, &written("https://uni.example/")),
                ("{{ link }}", false, &Address::Column("link".to_owned())),
            ]
        );
        let without_alt: Vec<_> = found.without_alt.iter().map(|span| &text[span.clone()]).collect();
        assert_eq!(without_alt, ["<img src=\"x.png\">", "![](logo.png)"]);
    }
}
