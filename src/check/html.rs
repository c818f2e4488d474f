//! An HTML template, read for what mail programs make of its links and images.
//!
//! The tags of Tera are masked, octet for octet, so that the HTML tokenizer
//! sees well-formed attributes and every position stays what it is.

use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};

use super::pieces::{Tag, What};
use super::source::Source;
use super::styles::images_in;

/// What the lints want to know of an HTML template.
#[derive(Debug, Default)]
pub(super) struct Html {
    pub(super) links: Vec<Link>,
    /// `<img>` without an `alt`.
    pub(super) without_alt: Vec<Range<usize>>,
    /// `<svg>`.
    pub(super) drawings: Vec<Range<usize>>,
    /// Styles, scripts and comments: no text for readers.
    pub(super) unseen: Vec<Range<usize>>,
}

/// The address of a link or an image.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where it stands, without its quotes.
    pub(super) span: Range<usize>,
    /// An image, which is loaded; else a link, which is followed.
    pub(super) image: bool,
    pub(super) address: Address,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// As it stands there; at least its beginning is the same for everybody.
    Written(String),
    /// What this column holds.
    Column(String),
    /// It begins with something worked out.
    Unknown,
}

/// What is wrong with an address in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// It is no whole address, and a mail has no page it could start from.
    Relative,
    /// It is `http:`.
    Insecure,
    /// It is the image itself (`data:`).
    Embedded,
    /// It is that of an SVG drawing.
    Drawing,
}

/// Judges the address of an image, or of a link.
pub(super) fn fault(address: &str, image: bool) -> Option<Fault> {
    let address = address.trim();
    if address.starts_with('#') {
        return None; // A place in this very mail.
    }
    let Some((scheme, _)) = address.split_once(':') else {
        return Some(Fault::Relative);
    };
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    match scheme.to_ascii_lowercase().as_str() {
        "http" => Some(Fault::Insecure),
        "file" => Some(Fault::Relative),
        "data" if image => Some(Fault::Embedded),
        "https" if image && is_drawing(address) => Some(Fault::Drawing),
        // An editor's own (`blob:`), which nobody else can load.
        _ if image && !matches!(scheme.to_ascii_lowercase().as_str(), "https" | "cid") => {
            Some(Fault::Relative)
        }
        _ if is_scheme => None,
        _ => Some(Fault::Relative),
    }
}

/// Whether the file of this name is an SVG drawing.
pub(super) fn is_drawing(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let (_, ending) = path.rsplit_once('.').unwrap_or_default();
    ["svg", "svgz"].iter().any(|svg| svg.eq_ignore_ascii_case(ending))
}

/// Which attribute of an element is an address, and whether of an image.
const ADDRESSES: [(&[u8], &[u8], bool); 11] = [
    (b"a", b"href", false),
    (b"area", b"href", false),
    (b"form", b"action", false),
    (b"link", b"href", false),
    (b"img", b"src", true),
    (b"table", b"background", true),
    (b"td", b"background", true),
    (b"th", b"background", true),
    (b"tr", b"background", true),
    (b"input", b"src", true),
    (b"body", b"background", true),
];

/// Stack for any template, and for each value that may stand in quotes in it: html5gum calls
/// itself for each such attribute of a tag, with up to 4.1 kB unoptimised.
const STACK: usize = 2 << 20;
const STACK_FOR_VALUE: usize = 8 << 10;

/// A template with more is nobody's: it is not looked at.
const MOST_VALUES: usize = 100_000;

/// Reads an HTML template.
pub(super) fn read(source: &Source) -> Html {
    let masked = source.masked(' ');
    let values = memchr::memchr2_iter(b'"', b'\'', masked.as_bytes()).count() / 2;
    if values > MOST_VALUES {
        return Html::default();
    }
    let stack = STACK + values * STACK_FOR_VALUE;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(stack);
        match thread.spawn_scoped(scope, || tokens(source, &masked)) {
            Ok(reading) => reading
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => Html::default(),
        }
    })
}

fn tokens(source: &Source, masked: &str) -> Html {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut html = Html::default();
    let mut hidden = false;
    let mut in_sheet = false;
    for token in Tokenizer::new_with_emitter(masked, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                hidden = matches!(&tag.name[..], b"style" | b"script");
                in_sheet = tag.name[..] == *b"style";
                element(source, masked, &tag, &mut html);
            }
            Token::EndTag(_) => hidden = false,
            Token::String(text) if hidden => {
                if in_sheet {
                    images_of_style(source, masked, text.span.start..text.span.end, &mut html);
                }
                html.unseen.push(text.span.start..text.span.end);
            }
            Token::Comment(text) => html.unseen.push(text.span.start..text.span.end),
            Token::String(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    html
}

fn element(source: &Source, masked: &str, tag: &StartTag<usize>, html: &mut Html) {
    let span = tag.span.start..tag.span.end;
    for (element, attribute, image) in ADDRESSES {
        if tag.name[..] != *element || !is_asked_for(tag) {
            continue;
        }
        let Some((_, value)) = tag.attributes.iter().find(|(name, _)| name[..] == *attribute) else {
            continue;
        };
        let span = inside(masked, value.span.start..value.span.end);
        let written = masked.get(span.clone()).unwrap_or_default();
        // Blanks at the front may be a masked condition.
        let first = span.start + (written.len() - written.trim_start().len());
        let address = address(source, written, &(first..span.end));
        html.links.push(Link { span, image, address });
    }
    if let Some((_, style)) = tag.attributes.iter().find(|(name, _)| name[..] == *b"style") {
        images_of_style(source, masked, style.span.start..style.span.end, html);
    }
    if tag.name[..] == *b"svg" {
        html.drawings.push(span.clone());
    }
    // An attribute may come out of a value.
    let worked_out = tag.attributes.keys().any(|name| name.starts_with(b"xxx"));
    if tag.name[..] == *b"img" && !worked_out && !tag.attributes.keys().any(|name| name[..] == *b"alt") {
        html.without_alt.push(span);
    }
}

/// Whether a mail program makes anything of the element's address: of a `<link>` it asks for style sheets
/// alone, and Word writes three others into every page it exports.
fn is_asked_for(tag: &StartTag<usize>) -> bool {
    let rel = || tag.attributes.iter().find(|(name, _)| name[..] == *b"rel");
    tag.name[..] != *b"link"
        || rel().is_some_and(|(_, rel)| {
            let mut words = rel.value.split(u8::is_ascii_whitespace);
            words.any(|word| word.eq_ignore_ascii_case(b"stylesheet"))
        })
}

/// The images that a style loads.
fn images_of_style(source: &Source, masked: &str, style: Range<usize>, html: &mut Html) {
    let text = masked.get(style.clone()).unwrap_or_default();
    for found in images_in(text) {
        let span = style.start + found.start..style.start + found.end;
        let address = address(source, text.get(found).unwrap_or_default(), &span);
        html.links.push(Link {
            span,
            image: true,
            address,
        });
    }
}

/// What an address is, from where it stands.
pub(super) fn address(source: &Source, shown: &str, span: &Range<usize>) -> Address {
    match value_at(source, span.start) {
        None => {
            let written = source.text().get(span.clone()).unwrap_or(shown);
            Address::Written(written.to_owned())
        }
        Some(tag) => column(tag).map_or(Address::Unknown, |name| Address::Column(name.to_owned())),
    }
}

/// The value in an attribute's span, which holds the name and the quotes too.
fn inside(masked: &str, attribute: Range<usize>) -> Range<usize> {
    let text = masked.get(attribute.clone()).unwrap_or_default();
    let Some((_, value)) = text.split_once('=') else {
        return attribute.end..attribute.end;
    };
    let value = value.trim_start();
    let start = attribute.start + (text.len() - value.len());
    let (start, value, end) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => (start + 1, value.get(1..).unwrap_or_default(), quote),
        Some(_) | None => (start, value, '>'),
    };
    let length = value.find(|c: char| c == end || (end == '>' && c.is_whitespace()));
    start..start + length.unwrap_or(value.len())
}

/// The value that begins at this very octet.
fn value_at(source: &Source, at: usize) -> Option<&Tag> {
    source.pieces.iter().find_map(|piece| match &piece.what {
        What::Value(tag) if piece.span.start == at => Some(tag),
        What::Value(_) | What::Text | What::Raw | What::Block(_) | What::Comment => None,
    })
}

/// The column that a tag fills in as it is.
fn column(tag: &Tag) -> Option<&str> {
    let mut columns = tag.columns();
    let (name, _) = columns.next()?;
    let alone = columns.next().is_none() && tag.filters.is_empty() && tag.words.is_empty();
    (alone && !tag.whole_row).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Place;
    use crate::check::source::Kind;
    use std::sync::Arc;

    fn html(text: &str) -> Html {
        let source = Source::new(Place::in_file("t", Arc::from(text), 0..text.len()), Kind::Html);
        read(&source)
    }

    #[test]
    fn an_address_is_whole_and_encrypted_or_told() {
        for fine in [
            "https://uni.example/",
            "HTTPS://X",
            "mailto:a@example.org",
            "tel:+49",
            "cid:logo",
            "#top",
            " https://x ",
            "webcal://uni.example/x.ics",
            "sms:1",
        ] {
            assert_eq!(fault(fine, false), None, "{fine}");
        }
        for (address, wrong) in [
            ("http://uni.example", Fault::Insecure),
            ("Http://uni.example", Fault::Insecure),
            ("www.uni.example/x", Fault::Relative),
            ("/room", Fault::Relative),
            ("//uni.example/x", Fault::Relative),
            ("img/logo.png", Fault::Relative),
            ("C:\\logo.png", Fault::Relative),
            ("file:///home/logo.png", Fault::Relative),
            ("page?next=https://x", Fault::Relative),
            ("", Fault::Relative),
        ] {
            assert_eq!(fault(address, false), Some(wrong), "{address}");
            assert_eq!(fault(address, true), Some(wrong), "{address}");
        }
        for fine in [
            "https://uni.example/logo.png",
            "cid:logo",
            "CID:logo",
            "#x",
            "https://x/?a=b.svg",
        ] {
            assert_eq!(fault(fine, true), None, "{fine}");
        }
        for (address, wrong) in [
            ("data:image/png;base64,AA", Fault::Embedded),
            ("DATA:image/svg+xml,<svg/>", Fault::Embedded),
            ("https://uni.example/logo.SVG?v=2", Fault::Drawing),
            ("blob:https://web.example/1", Fault::Relative),
        ] {
            assert_eq!(fault(address, true), Some(wrong), "{address}");
        }
    }

    #[test]
    fn links_are_found_where_they_stand_with_tags_of_tera_around() {
        let text = "<p>é{% if a %}<a class=x HREF='{{ url }}'>{{ \"<img>\" }}</a>{% endif %}\n\
                    <a href=\"https://uni.example/{{ row[\"学号\"] }}\">x</a><a href={{ base }}/x>\
                    <td background=\"bg.png\"><!-- <img src=x> --><style>a{b:c}</style>\
                    <a href='{% if b %}http://x{% endif %}'></a><a name=x></a><a href='{{ a ~ b }}'></a>";
        let html = html(text);
        let found: Vec<_> = html
            .links
            .iter()
            .map(|link| (&text[link.span.clone()], &link.address, link.image))
            .collect();
        let written = |text: &str| Address::Written(text.to_owned());
        assert_eq!(
            found,
            [
                ("{{ url }}", &Address::Column("url".to_owned()), false),
                (
                    "https://uni.example/{{ row[\"学号\"] }}",
                    &written("https://uni.example/{{ row[\"学号\"] }}"),
                    false
                ),
                ("{{ base }}/x", &Address::Column("base".to_owned()), false),
                ("bg.png", &written("bg.png"), true),
                (
                    "{% if b %}http://x{% endif %}",
                    &written("http://x{% endif %}"),
                    false
                ),
                ("{{ a ~ b }}", &Address::Unknown, false),
            ]
        );
        let unseen: Vec<_> = html.unseen.iter().map(|span| &text[span.clone()]).collect();
        assert!(
            unseen.iter().any(|text| text.contains("<img src=x>")),
            "{unseen:?}"
        );
        assert!(unseen.contains(&"a{b:c}"), "{unseen:?}");
        assert!(html.without_alt.is_empty());
    }

    #[test]
    fn an_image_needs_an_alt_that_may_be_empty() {
        for (text, missing) in [
            ("<img src='cid:a' alt='The map'>", 0),
            ("<img src='cid:a' alt=''>", 0),
            ("<img src='cid:a' alt>", 0),
            ("<IMG ALT=x SRC='cid:a'/>", 0),
            ("<img src='cid:a'>", 1),
            ("<img {% if a %}alt='x'{% endif %} src='cid:a'>", 0),
            ("<img {{ attributes | safe }} src='cid:a'>", 0),
            ("<img src='cid:a' title='x'><img src='cid:b'>", 2),
            ("{% raw %}<img>{% endraw %}<!-- <img> -->", 1),
        ] {
            assert_eq!(html(text).without_alt.len(), missing, "{text}");
        }
    }

    #[test]
    fn a_tag_with_thousands_of_values_is_read_like_any_other() {
        for value in ["x=\"\" ", "x='' ", "x=\"\"/", "x=\"\""] {
            let text = format!("<a {}href=\"http://x\">y</a>", value.repeat(4_000));
            let links: Vec<_> = html(&text).links.into_iter().map(|link| link.address).collect();
            assert_eq!(links, [Address::Written("http://x".to_owned())], "{value}");
        }
    }
}
