//! The start tags of a page and their places in its text.
//!
//! [`page`](super::page) decides the elements of a page; this only finds the places, so that text
//! that is inserted into a tag leaves every other octet unchanged.

use std::ops::Range;

/// A start tag.
#[derive(Debug)]
pub(super) struct StartTag {
    /// Its name.
    pub(super) name: Range<usize>,
    /// Behind its last attribute, or its name.
    pub(super) end: usize,
    pub(super) attributes: Vec<Attribute>,
    /// For an element that contains no markup: its contents.
    pub(super) content: Option<Range<usize>>,
    /// It stands where Outlook for Windows looks away: `<!--[if !mso]><!-->`, `<![if !mso]>`.
    pub(super) revealed: bool,
}

/// An attribute of a tag.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: Range<usize>,
    /// The text between its quotes; empty if it has no value.
    pub(super) value: Range<usize>,
    /// The octet on both sides of the value, if there is one.
    pub(super) quote: Option<u8>,
    /// All of it.
    pub(super) whole: Range<usize>,
}

/// Elements whose content is text (HTML §13.2.5, scripts being off).
const OF_TEXT: [&str; 8] = [
    "style", "script", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// All start tags, in order.
pub(super) fn start_tags(html: &str) -> Vec<StartTag> {
    let octets = html.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut revealed) = (0, false);
    while let Some(start) = memchr::memchr(b'<', octets.get(at..).unwrap_or_default()).map(|found| at + found)
    {
        let rest = html.get(start..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            let length = comment_length(comment);
            let text = comment.get(..length).unwrap_or_default().trim();
            if text.starts_with("[if") && text.ends_with("<!") {
                revealed = true;
            } else if text.starts_with("<![endif]") {
                revealed = false;
            }
            at = start + "<!--".len() + length;
            at += comment
                .get(length..)
                .and_then(|end| end.find('>'))
                .map_or(0, |end| end + 1);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = rest.find('>').unwrap_or(rest.len());
            let text = rest.get(2..end).unwrap_or_default();
            if text.starts_with("[if") {
                revealed = true;
            } else if text.starts_with("[endif]") {
                revealed = false;
            }
            at = start + end + 1;
        } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            let (mut tag, behind) = start_tag(octets, start);
            tag.revealed = revealed;
            at = behind;
            let name = html.get(tag.name.clone()).unwrap_or_default();
            if OF_TEXT.iter().any(|of_text| of_text.eq_ignore_ascii_case(name)) {
                let end = end_tag(octets, behind, name);
                tag.content = Some(behind..end);
                at = end;
            }
            found.push(tag);
        } else if rest.starts_with("</") && rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) {
            at = start_tag(octets, start + 1).1;
        } else {
            at = start + 1;
        }
    }
    found
}

/// How long the text of a comment is, from behind its `<!--`.
fn comment_length(comment: &str) -> usize {
    if comment.starts_with('>') || comment.starts_with("->") {
        return 0;
    }
    let ends = [comment.find("-->"), comment.find("--!>")];
    ends.into_iter().flatten().min().unwrap_or(comment.len())
}

/// The tag whose `<` (or `/`) is at `start`, and what is behind it.
fn start_tag(octets: &[u8], start: usize) -> (StartTag, usize) {
    let octet = |at: usize| octets.get(at).copied();
    let run = |from: usize, ends: fn(u8) -> bool| {
        (from..octets.len())
            .find(|at| octet(*at).is_none_or(ends))
            .unwrap_or(octets.len())
    };
    let blank_or_slash = |c: u8| c.is_ascii_whitespace() || c == b'/';
    let name = start + 1..run(start + 1, |c| c.is_ascii_whitespace() || c == b'/' || c == b'>');
    let mut tag = StartTag {
        end: name.end,
        name: name.clone(),
        attributes: Vec::new(),
        content: None,
        revealed: false,
    };
    let mut at = name.end;
    loop {
        while octet(at).is_some_and(blank_or_slash) {
            at += 1;
        }
        match octet(at) {
            None => return (tag, octets.len()),
            Some(b'>') => return (tag, at + 1),
            Some(_) => {}
        }
        // An `=` in front of a name is part of it.
        let name = at..run(at + 1, |c| {
            c.is_ascii_whitespace() || matches!(c, b'/' | b'>' | b'=')
        });
        at = run(name.end, |c| !c.is_ascii_whitespace());
        let mut attribute = Attribute {
            value: name.end..name.end,
            quote: None,
            whole: name.clone(),
            name,
        };
        if octet(at) == Some(b'=') {
            at = run(at + 1, |c| !c.is_ascii_whitespace());
            match octet(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let from = at + 1;
                    let length = memchr::memchr(quote, octets.get(from..).unwrap_or_default());
                    let end = length.map_or(octets.len(), |length| from + length);
                    attribute.value = from..end;
                    attribute.quote = Some(quote);
                    at = (end + 1).min(octets.len());
                }
                _ => {
                    let end = run(at, |c| c.is_ascii_whitespace() || c == b'>');
                    attribute.value = at..end;
                    at = end;
                }
            }
            attribute.whole.end = at;
        }
        tag.end = attribute.whole.end;
        tag.attributes.push(attribute);
    }
}

/// Where the end tag of an element that holds text begins.
fn end_tag(octets: &[u8], from: usize, name: &str) -> usize {
    let rest = octets.get(from..).unwrap_or_default();
    let ends = memchr::memmem::find_iter(rest, "</").find(|at| {
        let behind = rest.get(at + 2..).unwrap_or_default();
        let (of_name, next) = behind.split_at(name.len().min(behind.len()));
        let next = next.first();
        of_name.eq_ignore_ascii_case(name.as_bytes())
            && next.is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'))
    });
    ends.map_or(octets.len(), |at| from + at)
}
