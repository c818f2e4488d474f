//! Neighbours in a page that only its layout separates: buttons in a row, icons, elements that
//! begin a line. A text needs a blank or a line break there.

use std::rc::Rc;

use html2text::Handle;

use super::hiding::declarations;
use super::nodes::{attribute, holds, name, text, words};

/// Elements that may be around a picture or a link, and begin no line.
const AROUND: [&str; 11] = [
    "span", "font", "b", "strong", "i", "em", "u", "small", "big", "picture", "label",
];

/// Elements that begin a line, which a text is not told.
const BEGIN_LINES: [&str; 18] = [
    "center",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "aside",
    "address",
    "figure",
    "figcaption",
    "details",
    "summary",
    "fieldset",
    "legend",
    "form",
    "hgroup",
    "dialog",
];

/// Whether a text would run two neighbours into one.
pub(super) fn touch(before: &Handle, behind: &Handle) -> bool {
    let (before, behind) = (edge(before, Edge::End), edge(behind, Edge::Begin));
    match (name(&before), name(&behind)) {
        ("img", "img" | "a") | ("a", "img") => true,
        ("a", "a") => !goes_on(&before, &behind),
        ("a", "") => says_address(&before) && goes_into_word(&behind, Edge::Begin),
        ("", "a") => says_address(&behind) && goes_into_word(&before, Edge::End),
        _ => false,
    }
}

/// Whether an element begins a line of which a text is not told.
pub(super) fn begins_line(node: &Handle) -> bool {
    let name = name(node);
    BEGIN_LINES.contains(&name) || (name == "span" && attribute(node, "style", is_block) == Some(true))
}

/// Whether a style puts an element on a line of its own.
fn is_block(style: &str) -> bool {
    declarations(style).any(|(name, value)| {
        let is_one = |kind: &str| value.eq_ignore_ascii_case(kind);
        name.eq_ignore_ascii_case("display") && ["block", "flex", "grid", "table"].into_iter().any(is_one)
    })
}

#[derive(Clone, Copy)]
enum Edge {
    Begin,
    End,
}

/// What a node begins or ends with, where others are only around it.
fn edge(node: &Handle, edge: Edge) -> Handle {
    let mut at = Rc::clone(node);
    while AROUND.contains(&name(&at)) {
        let next = {
            let children = at.children.borrow();
            match edge {
                Edge::Begin => children.first().cloned(),
                Edge::End => children.last().cloned(),
            }
        };
        let Some(next) = next else {
            break;
        };
        at = next;
    }
    at
}

/// Whether two links are one that is torn into several, as editors do it in the middle of a word.
fn goes_on(before: &Handle, behind: &Handle) -> bool {
    let address = |link| attribute(link, "href", str::to_owned);
    let shows_picture = |link| holds(link, |node| name(node) == "img");
    address(before) == address(behind) && !(shows_picture(before) && shows_picture(behind))
}

/// Whether the words of a link are an address, which ends where it is not followed by more.
fn says_address(link: &Handle) -> bool {
    let words = words(link);
    let said = words.trim();
    !said.is_empty() && attribute(link, "href", |address| address.trim().ends_with(said)) == Some(true)
}

/// Whether a text has a letter at its edge.
fn goes_into_word(node: &Handle, edge: Edge) -> bool {
    text(node).is_some_and(|text| match edge {
        Edge::Begin => text.starts_with(char::is_alphanumeric),
        Edge::End => text.ends_with(char::is_alphanumeric),
    })
}
