//! An HTML template, read for what mail programs do with its links and images.
//!
//! The tags of Tera are masked, octet for octet, so that the HTML tokenizer sees well-formed
//! attributes and every position stays the same.

use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};

use crate::message::{images_in, is_local_picture};

use super::anchors::{Anchor, Anchors};
use super::pieces::{Tag, What};
use super::source::Source;

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
    /// Links, with what is between their tags.
    pub(super) anchors: Vec<Anchor>,
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
    /// As written; at least its beginning is the same for everybody.
    Written(String),
    /// What this column holds.
    Column(String),
    /// It begins with something worked out.
    Unknown,
}

/// What is wrong with an address in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// It is not a complete address, and a message has no page that it could be relative to.
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
    if image && is_local_picture(address) {
        // It goes along, or it is an error where messages are composed.
        return is_drawing(address).then_some(Fault::Drawing);
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

/// Stack for any template, and for each value that may be in quotes in it: html5gum calls itself
/// for each such attribute of a tag, with up to 4.1 kB unoptimised.
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
    let mut anchors = Anchors::default();
    for token in Tokenizer::new_with_emitter(masked, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                hidden = matches!(&tag.name[..], b"style" | b"script");
                in_sheet = tag.name[..] == *b"style";
                element(source, masked, &tag, &mut html);
                anchors.start(&tag, || inside_of(masked, &tag, b"href"));
            }
            Token::EndTag(tag) => {
                hidden = false;
                anchors.end(&tag.name, tag.span.end);
            }
            Token::String(text) if hidden => {
                if in_sheet {
                    images_of_style(source, masked, text.span.start..text.span.end, &mut html);
                }
                html.unseen.push(text.span.start..text.span.end);
            }
            Token::Comment(text) => html.unseen.push(text.span.start..text.span.end),
            Token::String(text) => anchors.text(&text.value),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    html.anchors = anchors.all;
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

/// Where the value of an attribute stands, if an element has it.
fn inside_of(masked: &str, tag: &StartTag<usize>, wanted: &[u8]) -> Option<Range<usize>> {
    let (_, value) = tag.attributes.iter().find(|(name, _)| name[..] == *wanted)?;
    Some(inside(masked, value.span.start..value.span.end))
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
mod tests;
