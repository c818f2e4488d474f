//! Finished HTML, tag by tag.

/// A tag that begins an element.
#[derive(Debug)]
pub(super) struct Start<'h> {
    /// In small letters.
    pub(super) name: String,
    pub(super) closes_itself: bool,
    attributes: Vec<(String, &'h str)>,
}

impl<'h> Start<'h> {
    /// The value of an attribute as it is written, without its quotes.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&'h str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| *value)
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next<'h> {
    Text(&'h str),
    Start(Start<'h>),
    /// The name of the element that ends, in small letters.
    End(String),
}

/// Elements whose content is not text for readers.
const UNREAD: [&str; 5] = ["style", "script", "title", "template", "textarea"];

/// The next item, and the rest after it; comments, and content that is not for readers, are
/// skipped.
pub(super) fn next(html: &str) -> Option<(Next<'_>, &str)> {
    let mut rest = html;
    while !rest.is_empty() {
        if rest.starts_with("<!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        }
        let name = |tag: &str| {
            let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':')));
            tag[..end.unwrap_or(tag.len())].to_ascii_lowercase()
        };
        if let Some(tag) = rest.strip_prefix("</") {
            let behind = rest.find('>').map_or("", |end| &rest[end + 1..]);
            return Some((Next::End(name(tag)), behind));
        }
        let Some(tag) = rest
            .strip_prefix('<')
            .filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            // A `<` alone is text.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |end| end + first);
            let (text, behind) = rest.split_at(end);
            return Some((Next::Text(text), behind));
        };
        let name = name(tag);
        let (attributes, closes_itself, mut behind) = attributes(&tag[name.len()..]);
        if UNREAD.contains(&name.as_str()) && !closes_itself {
            behind = end_of(behind, &name);
        }
        if UNREAD.contains(&name.as_str()) {
            rest = behind;
            continue;
        }
        let start = Start {
            name,
            closes_itself,
            attributes,
        };
        return Some((Next::Start(start), behind));
    }
    None
}

/// The attributes of a tag, whether it closes itself, and what is behind it.
fn attributes(tag: &str) -> (Vec<(String, &str)>, bool, &str) {
    let mut found = Vec::new();
    let mut closes = false;
    let mut rest = tag;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return (found, closes, "");
        };
        match first {
            '>' => return (found, closes, &rest[1..]),
            '/' => {
                closes = true;
                rest = &rest[1..];
                continue;
            }
            _ => closes = false,
        }
        let end = rest[first.len_utf8()..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
        let end = end.map_or(rest.len(), |end| end + first.len_utf8());
        let (name, behind) = rest.split_at(end);
        rest = behind.trim_start();
        let mut value = "";
        if let Some(written) = rest.strip_prefix('=') {
            let written = written.trim_start();
            let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (own, end): (&str, usize) = match quote {
                Some(quote) => (
                    &written[1..],
                    written[1..].find(quote).unwrap_or(written.len() - 1),
                ),
                None => (
                    written,
                    written
                        .find(|c: char| c.is_whitespace() || c == '>')
                        .unwrap_or(written.len()),
                ),
            };
            value = &own[..end];
            rest = own.get(end + usize::from(quote.is_some())..).unwrap_or_default();
        }
        found.push((name.to_ascii_lowercase(), value));
    }
}

/// What is behind the end of an element that holds no other.
fn end_of<'h>(html: &'h str, name: &str) -> &'h str {
    let mut at = 0;
    while let Some(found) = html[at..].find("</").map(|found| at + found) {
        let own = html[found + 2..].get(..name.len());
        if own.is_some_and(|own| own.eq_ignore_ascii_case(name)) {
            return html[found..].find('>').map_or("", |end| &html[found + end + 1..]);
        }
        at = found + 2;
    }
    ""
}
