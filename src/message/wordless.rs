//! Links of a page whose content is a picture, and their replacement in a text.
//!
//! A picture becomes its `alt`. If it has none, the link becomes its label for people who do not
//! see it (`aria-label`, `title`), else its address: what can be followed on the page can be
//! followed in the text. An address that is also the text of another link is not repeated.

use std::collections::HashSet;
use std::rc::Rc;

use html2text::Handle;

use super::hiding::declarations;
use super::nodes::{
    attribute, element, escaped, fragment, holds, is_of_drawing, name, on_one_line, said, said_in, says,
    text, words,
};

/// Elements that show a picture.
const PICTURES: [&str; 7] = ["img", "svg", "canvas", "video", "object", "embed", "input"];

/// Elements that are on separate lines.
const BLOCKS: [&str; 12] = [
    "table", "div", "p", "center", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
];

/// Gives words to the links of a page that show pictures without any. `widest`: characters in a line,
/// as longer addresses would be torn by its end.
pub(super) fn give_words(links: &[Handle], widest: usize) {
    let (said, silent): (Vec<&Handle>, Vec<&Handle>) = links.iter().partition(|link| says(&words(link)));
    for link in &said {
        if let Some(address) = leads_to(link).filter(|address| address.chars().count() > widest)
            && on_one_line(&words(link)) == address
        {
            set(link, &host(&address));
        }
    }
    if silent.is_empty() {
        return;
    }
    let mut known: HashSet<String> = said.into_iter().filter_map(leads_to).collect();
    for link in silent {
        let Some(address) = leads_to(link).filter(|_| shows_picture(link)) else {
            continue;
        };
        if known.insert(address.clone()) {
            set(link, &called(link).unwrap_or_else(|| as_words(&address, widest)));
        }
    }
}

/// Makes links of addresses in the words of a page that are longer than a line, which would be torn there.
pub(super) fn link_long_addresses(page: &Handle, widest: usize) {
    let mut open = vec![Rc::clone(page)];
    while let Some(node) = open.pop() {
        if matches!(name(&node), "a" | "style" | "script" | "svg") {
            continue;
        }
        let linked: Vec<_> = node
            .children
            .borrow()
            .iter()
            .map(|child| linked(child, widest))
            .collect();
        if linked.iter().any(Option::is_some) {
            let children = node.children.take();
            let replaced = children.into_iter().zip(linked);
            *node.children.borrow_mut() = replaced
                .flat_map(|(child, linked)| linked.unwrap_or_else(|| vec![child]))
                .collect();
        }
        open.extend(node.children.borrow().iter().cloned());
    }
}

/// A text with its long addresses as links; `None` where it has none.
fn linked(node: &Handle, widest: usize) -> Option<Vec<Handle>> {
    let text = text(node).filter(|text| text.len() > widest && text.contains("://"))?;
    let (mut html, mut any) = (String::with_capacity(text.len()), false);
    for word in text.split_inclusive(char::is_whitespace) {
        let begin = word.find("http").filter(|_| word.chars().count() > widest);
        let (before, rest) = word.split_at(begin.unwrap_or(word.len()));
        let end = rest.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!?)]}>\"'".contains(c));
        html.push_str(&escaped(before));
        if end.contains("://") {
            any = true;
            html.push_str(&format!(
                "<a href=\"{}\">{}</a>",
                escaped(end),
                escaped(&host(end))
            ));
        }
        html.push_str(&escaped(if end.contains("://") {
            &rest[end.len()..]
        } else {
            rest
        }));
    }
    any.then(|| fragment(&html))
}

/// The regions of a picture that are links, as links.
pub(super) fn regions(map: &Handle) -> Vec<Handle> {
    let areas = map.children.borrow();
    let links = areas
        .iter()
        .filter(|area| name(area) == "area")
        .filter_map(|area| {
            let address = attribute(area, "href", escaped)?;
            let alt = said_in(area, "alt").or_else(|| said_in(area, "title"));
            let alt = escaped(&alt.unwrap_or_default());
            Some(format!(
                "<div><a href=\"{address}\"><img src=\"area\" alt=\"{alt}\"></a></div>"
            ))
        });
    fragment(&links.collect::<String>())
}

/// Where a link leads that leads anywhere.
fn leads_to(link: &Handle) -> Option<String> {
    let address = attribute(link, "href", |address| address.trim().to_owned())?;
    let script = address
        .get(..11)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
    (!address.is_empty() && !address.starts_with('#') && !script).then_some(address)
}

/// Whether a link shows something, though no words: a picture, or room for that of what it lies over.
fn shows_picture(link: &Handle) -> bool {
    let is_picture = |node: &Handle| {
        let shows = PICTURES.contains(&name(node)) && !is_dot(node);
        let behind = |style: &str| {
            let style = style.to_ascii_lowercase();
            style.contains("url(") || style.contains("gradient(")
        };
        shows
            || attribute(node, "background", says) == Some(true)
            || attribute(node, "style", behind) == Some(true)
    };
    is_picture(link) || holds(link, is_picture) || attribute(link, "style", has_room) == Some(true)
}

/// Whether a style gives an element room of its own, whatever is in it.
fn has_room(style: &str) -> bool {
    let (mut block, mut size) = (false, false);
    for (name, value) in declarations(style) {
        let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
        match name.as_str() {
            "display" => block |= matches!(value.as_str(), "block" | "inline-block"),
            "position" => block |= value == "absolute",
            "height" | "min-height" | "padding" | "padding-top" | "padding-bottom" => {
                size |= !value.starts_with('0');
            }
            _ => {}
        }
    }
    block && size
}

/// Whether a picture is too small to be seen, as those that count readers are.
fn is_dot(picture: &Handle) -> bool {
    let small = |side: &str| {
        let digits = side.trim().trim_end_matches("px");
        digits.parse::<f32>().is_ok_and(|length| length <= 1.0)
    };
    ["width", "height"]
        .iter()
        .all(|side| attribute(picture, side, small) == Some(true))
}

/// What a link is called where it is not seen.
fn called(link: &Handle) -> Option<String> {
    let of = |node: &Handle| said_in(node, "aria-label").or_else(|| said_in(node, "title"));
    let mut open = vec![Rc::clone(link)];
    while let Some(node) = open.pop() {
        let drawn = || {
            let title = name(&node) == "title" && is_of_drawing(&node);
            title
                .then(|| on_one_line(&words(&node)))
                .filter(|title| says(title))
        };
        if let Some(called) = of(&node).or_else(drawn) {
            return Some(called);
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    None
}

/// An address as a reader wants it.
fn as_words(address: &str, widest: usize) -> String {
    let lower = address.to_ascii_lowercase();
    let of_person = ["mailto:", "tel:", "sms:"];
    let bare = of_person
        .iter()
        .find(|scheme| lower.starts_with(**scheme))
        .and_then(|scheme| address.get(scheme.len()..)?.split('?').next())
        .filter(|bare| says(bare));
    match bare {
        Some(bare) => bare.to_owned(),
        None if address.chars().count() > widest => host(address),
        None => address.to_owned(),
    }
}

/// The host of an address; the whole address is below the text.
fn host(address: &str) -> String {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    let host = behind.split(['/', '?', '#']).next().unwrap_or(behind);
    host.chars().take(60).collect()
}

/// Has a link say these words and nothing else, on a line of its own where it had one.
fn set(link: &Handle, words: &str) {
    let block = holds(link, |node| BLOCKS.contains(&name(node)));
    let said = said(words);
    *link.children.borrow_mut() = if block { vec![element("div", said)] } else { said };
}
