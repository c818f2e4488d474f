//! The elements of a page that is turned into text: their names, their contents, and new ones.

use std::rc::Rc;

use html2text::{Comment, Element, Handle, RcDom, config};
use html5ever::tree_builder::{ElementFlags, NodeOrText, TreeSink};
use html5ever::{LocalName, QualName, ns};

/// The name of an element; empty for other nodes.
pub(super) fn name(node: &Handle) -> &str {
    let Element { name, .. } = &node.data else {
        return "";
    };
    &name.local
}

/// Whether an element is one of a drawing, where `title` is said.
pub(super) fn is_of_drawing(node: &Handle) -> bool {
    matches!(&node.data, Element { name, .. } if &*name.ns == "http://www.w3.org/2000/svg")
}

/// What is made of an attribute, if an element has it.
pub(super) fn attribute<T>(node: &Handle, wanted: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
    let Element { attrs, .. } = &node.data else {
        return None;
    };
    let attributes = attrs.borrow();
    let found = attributes
        .iter()
        .find(|attribute| &*attribute.name.local == wanted);
    found.map(|attribute| read(&attribute.value))
}

/// An attribute that says something, on one line.
pub(super) fn said_in(node: &Handle, wanted: &str) -> Option<String> {
    attribute(node, wanted, on_one_line).filter(|said| says(said))
}

/// Whether there is such a node in this one.
pub(super) fn holds(node: &Handle, is_wanted: impl Fn(&Handle) -> bool) -> bool {
    let mut open = node.children.borrow().clone();
    while let Some(node) = open.pop() {
        if is_wanted(&node) {
            return true;
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    false
}

/// The text of a node that is nothing else.
pub(super) fn text(node: &Handle) -> Option<String> {
    let is_text =
        name(node).is_empty() && node.children.borrow().is_empty() && !matches!(node.data, Comment { .. });
    let mut written = Vec::new();
    if !is_text || node.serialize(&mut written).is_err() {
        return None;
    }
    let text = String::from_utf8(written).ok()?;
    if !text.contains('&') {
        return Some(text);
    }
    let text = text
        .replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    Some(text.replace("&amp;", "&"))
}

/// What a page shows of a node, in words; a picture is its `alt`.
pub(super) fn words(node: &Handle) -> String {
    let mut said = String::new();
    let mut open = vec![Rc::clone(node)];
    while let Some(node) = open.pop() {
        if let Some(text) = text(&node) {
            said.push_str(&text);
            continue;
        }
        match name(&node) {
            "style" | "script" | "svg" => {}
            "img" | "input" => said.push_str(&of_picture(&node).unwrap_or_default()),
            _ => open.extend(node.children.borrow().iter().rev().cloned()),
        }
    }
    said
}

/// What an element says that is shown as a picture, or as a button of a form.
pub(super) fn of_picture(node: &Handle) -> Option<String> {
    let kind = || attribute(node, "type", str::to_ascii_lowercase).unwrap_or_default();
    match name(node) {
        "img" => said_in(node, "alt"),
        "input" if kind() == "image" => said_in(node, "alt").or_else(|| said_in(node, "value")),
        "input" if matches!(kind().as_str(), "submit" | "button" | "reset") => said_in(node, "value"),
        _ => None,
    }
}

/// Whether a reader sees anything of a text.
pub(super) fn says(text: &str) -> bool {
    text.contains(|c: char| !(c.is_whitespace() || is_filler(c)))
}

/// Whether a character shows nothing: many of them keep the text below out of a preview.
pub(super) fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}'
            | '\u{2800}' | '\u{3164}' | '\u{feff}'
    )
}

/// A text as its words, with one blank between them.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is written in HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A new element around these.
pub(super) fn element(name: &str, children: Vec<Handle>) -> Handle {
    let name = QualName::new(None, ns!(html), LocalName::from(name));
    let element = RcDom::default().create_element(name, Vec::new(), ElementFlags::default());
    *element.children.borrow_mut() = children;
    element
}

/// A new text.
pub(super) fn said(text: &str) -> Vec<Handle> {
    let page = RcDom::default();
    page.append(&page.document, NodeOrText::AppendText(text.into()));
    page.document.children.take()
}

/// New nodes, of their HTML.
pub(super) fn fragment(html: &str) -> Vec<Handle> {
    let html = format!("<div>{html}</div>");
    let Ok(page) = config::plain().parse_html(html.as_bytes()) else {
        return Vec::new();
    };
    let mut open = vec![Rc::clone(&page.document)];
    while let Some(node) = open.pop() {
        let children = node.children.take();
        if name(&node) == "div" {
            return children;
        }
        open.extend(children);
    }
    Vec::new()
}
