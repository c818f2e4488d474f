//! What is inserted into a page, and where; the rest stays unchanged.

use std::ops::Range;

use html5ever::local_name;

use super::super::tags::{self, StartTag};
use super::page::Element;

/// What is written into the attribute of an element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) before: String,
    pub(super) behind: String,
    /// Where declarations of its own end that become important.
    pub(super) raised: Vec<usize>,
}

impl Written {
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.behind.is_empty() && self.raised.is_empty()
    }
}

/// A text in the place of another.
pub(super) type Edit = (Range<usize>, String);

pub(super) fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut from = 0;
    for (range, new) in edits {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&new);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

fn escaped(value: &str, quote: char) -> String {
    let value = value.replace('&', "&amp;");
    match quote {
        '\'' => value.replace('\'', "&#39;"),
        _ => value.replace('"', "&quot;"),
    }
}

/// The attribute `style` of an element with what belongs into it; what its author wrote stays as it
/// is.
pub(super) fn attribute(html: &str, element: &Element, tag: &StartTag, written: &Written) -> Edit {
    let is_style = |attribute: &&tags::Attribute| {
        let name = html.get(attribute.name.clone());
        name.is_some_and(|name| name.eq_ignore_ascii_case("style"))
    };
    let Some(attribute) = tag.attributes.iter().find(is_style) else {
        let text = format!("{}{}", written.before, written.behind);
        return (tag.end..tag.end, format!(" style=\"{}\"", escaped(&text, '"')));
    };
    let quote = attribute.quote.map_or('"', char::from);
    let own = if written.raised.is_empty() {
        html.get(attribute.value.clone()).unwrap_or_default().to_owned()
    } else {
        let style = element.attribute(&local_name!("style")).unwrap_or_default();
        let raised = written
            .raised
            .iter()
            .map(|end| (*end..*end, " !important".to_owned()));
        escaped(&edited(style, raised.collect()), quote)
    };
    let ended = own.trim_end();
    let between = if ended.is_empty() || ended.ends_with(';') || written.behind.is_empty() {
        ""
    } else {
        ";"
    };
    let (before, behind) = (escaped(&written.before, quote), escaped(&written.behind, quote));
    let whole = format!("style={quote}{before}{own}{between}{behind}{quote}");
    (attribute.whole.clone(), whole)
}
