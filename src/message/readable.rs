//! HTML as readable text: what a reader of the page sees, and nothing else.
//!
//! What the page hides (the preheader with its filler) is left out; a picture becomes its `alt`; a
//! link becomes a number with its address below, once for each address; a link without words
//! becomes its address.

use std::borrow::Cow;
use std::rc::Rc;

use html2text::{Comment, Element, Handle, RcDom, config};

use super::hiding::{Sight, declarations, sight};
use super::neighbours::{begins_line, touch};
use super::nodes::{
    attribute, element, holds, is_filler, is_of_drawing, name, of_picture, said, says, words,
};
use super::plain::{HEADING, Plain};
use super::tables::laid_out;
use super::wordless::{give_words, link_long_addresses, regions};

/// Characters in a line of a text part made from HTML.
const WIDTH: usize = 74;

/// HTML as a text that can be read.
pub(super) fn readable(html: &str) -> String {
    let html = joined(html);
    let plain = Plain::default();
    let addresses = Rc::clone(&plain.addresses);
    let config = config::with_decorator(plain)
        .unicode_strikeout(false)
        .no_table_borders()
        .no_link_wrapping()
        .allow_width_overflow();
    let text = config.parse_html(html.as_bytes()).and_then(|page| {
        let longest = prepare(&page);
        if has_long_address(&html) {
            link_long_addresses(&page.document, WIDTH);
        }
        // A column is that wide, or as wide as all it holds.
        let config = config.min_wrap_width(longest.max(3));
        let tree = config.dom_to_render_tree(&page)?;
        config.render_to_string(tree, WIDTH)
    });
    let mut text = lines(&text.unwrap_or_default());
    for (number, address) in addresses.borrow().iter().enumerate() {
        let before = if number == 0 && !text.is_empty() { "\n" } else { "" };
        text.push_str(&format!("{before}[{}]: {address}\n", number + 1));
    }
    text
}

/// Whether an address in a page is longer than a line.
fn has_long_address(html: &str) -> bool {
    memchr::memmem::find_iter(html.as_bytes(), "://").any(|at| {
        let behind = html.get(at..).unwrap_or_default();
        let end = behind.find(|c: char| c.is_whitespace() || matches!(c, '<' | '"' | '\''));
        end.unwrap_or(behind.len()) + "https".len() > WIDTH
    })
}

/// Lines of a text where words are not written apart are joined without a blank, as in print.
fn joined(html: &str) -> Cow<'_, str> {
    let wide = |c: char| matches!(u32::from(c), 0x2e80..=0xa4cf | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60);
    let mut out = String::new();
    let mut from = 0;
    for at in memchr::memchr_iter(b'\n', html.as_bytes()) {
        let (before, behind) = (html[..at].trim_end(), html[at..].trim_start());
        let between = before.ends_with(wide) && behind.starts_with(wide);
        if between && before.len() > from {
            if out.is_empty() && html.contains("<pre") {
                break; // Its lines are lines.
            }
            out.push_str(&html[from..before.len()]);
            from = html.len() - behind.len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}

/// A text with one empty line at most between others, and one above a heading; without what only
/// fills a preheader.
fn lines(text: &str) -> String {
    let filler = |c: char| c.is_whitespace() || is_filler(c) || c == HEADING;
    let mut out = String::with_capacity(text.len());
    let mut heading_before = false;
    for line in text.lines() {
        let heading = line.starts_with(HEADING);
        let line = line.trim_end_matches(filler);
        let empty = line.trim_matches(filler).is_empty();
        let above = if heading { !heading_before } else { empty };
        if above && !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        heading_before = heading;
        if !empty {
            out.extend(line.chars().filter(|c| !matches!(*c, HEADING | '\u{ad}')));
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Takes out of a page what it does not show, and what a text cannot say; columns of the longest word in
/// cells that stand side by side.
fn prepare(page: &RcDom) -> usize {
    let mut longest = 0;
    let links = without_hidden(page);
    give_words(&links, WIDTH);
    let mut open = vec![Rc::clone(&page.document)];
    while let Some(node) = open.pop() {
        let replaced = {
            let children = node.children.borrow();
            let touching = children.windows(2).any(|pair| touch(&pair[0], &pair[1]));
            let any = touching || children.iter().any(is_replaced);
            any.then(|| {
                let mut replaced = Vec::with_capacity(children.len());
                let mut before: Option<&Handle> = None;
                for child in &*children {
                    if before.is_some_and(|before| touch(before, child)) {
                        replaced.extend(said(" "));
                    }
                    replaced.extend(replacement(child, &mut longest));
                    before = Some(child);
                }
                replaced
            })
        };
        if let Some(replaced) = replaced {
            *node.children.borrow_mut() = replaced;
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    // Until here the address of a link says where it ends.
    links.iter().for_each(quiet_link);
    longest
}

/// Takes out of a page what it does not show; its links, in their order.
fn without_hidden(page: &RcDom) -> Vec<Handle> {
    let mut links = Vec::new();
    let mut open = vec![Rc::clone(&page.document)];
    while let Some(node) = open.pop() {
        let is_comment = |child: &Handle| matches!(child.data, Comment { .. });
        node.children
            .borrow_mut()
            .retain(|child| !is_comment(child) && !is_hidden(child));
        match name(&node) {
            "a" => links.push(Rc::clone(&node)),
            "map" => {
                let regions = regions(&node);
                node.children.borrow_mut().extend(regions);
            }
            _ => {}
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    links
}

/// Elements that others may stand for.
const REPLACED: [&str; 11] = [
    "table", "b", "strong", "i", "em", "s", "del", "ins", "strike", "img", "input",
];

/// Whether something stands for an element.
fn is_replaced(node: &Handle) -> bool {
    REPLACED.contains(&name(node)) || begins_line(node)
}

/// The replacement in a page for an element that a text has no lines for; `longest` is the longest
/// of the words in cells side by side.
fn replacement(node: &Handle, longest: &mut usize) -> Vec<Handle> {
    let name = name(node);
    if name == "table" {
        return laid_out(node, WIDTH, longest);
    }
    let has_source = || attribute(node, "src", |source| !source.is_empty()) == Some(true);
    if name == "input" || (name == "img" && !has_source()) {
        return of_picture(node).map_or_else(Vec::new, |alt| said(&alt));
    }
    // Marks around nothing, or around an address, which would end in them.
    if name != "img" && REPLACED.contains(&name) {
        let words = words(node);
        let address = words.contains("://") && !words.trim().contains(char::is_whitespace);
        if address || !says(&words) {
            return node.children.take();
        }
    }
    if name == "strike" {
        return vec![element("s", node.children.take())];
    }
    if begins_line(node) {
        return vec![element("div", node.children.take())];
    }
    vec![Rc::clone(node)]
}

/// Whether a page shows nothing of an element.
fn is_hidden(node: &Handle) -> bool {
    name(node) == "template"
        || (name(node) == "title" && !is_of_drawing(node))
        || attribute(node, "hidden", |_| ()).is_some()
        || match attribute(node, "style", sight) {
            None | Some(Sight::Seen) => false,
            Some(Sight::Hidden) => true,
            // Layouts are set in size 0, and what is in them has one of its own.
            Some(Sight::WithoutSize) => !holds(node, has_size) && !is_behind_picture(node),
        }
}

/// Whether the words of a link have no size because they are those of its picture.
fn is_behind_picture(node: &Handle) -> bool {
    name(node) == "a" && attribute(node, "style", |style| style.contains("url(")) == Some(true)
}

fn has_size(node: &Handle) -> bool {
    let of_font = |style: &str| {
        declarations(style)
            .any(|(name, _)| matches!(name.to_ascii_lowercase().as_str(), "font" | "font-size"))
    };
    matches!(name(node), "font" | "img") || attribute(node, "style", of_font) == Some(true)
}

/// A link that says its address, or has none that leads anywhere, is its words.
fn quiet_link(link: &Handle) {
    let Some(address) = attribute(link, "href", str::to_owned) else {
        return;
    };
    let bare = |address: &str| {
        let address = address.trim().trim_end_matches('/').to_ascii_lowercase();
        let scheme = ["https://", "http://", "mailto:", "tel:"];
        let bare = scheme.iter().find_map(|scheme| address.strip_prefix(scheme));
        bare.map_or(address.clone(), str::to_owned)
    };
    let leads = !(address.trim().is_empty() || address.starts_with('#'));
    let said = || bare(&words(link)) == bare(&address);
    if (!leads || said())
        && let Element { attrs, .. } = &link.data
    {
        attrs
            .borrow_mut()
            .retain(|attribute| &*attribute.name.local != "href");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_of_tables_reads_from_top_to_bottom() {
        let html = "<table><tr><td><table><tr><td><h2>One</h2><p>first</p></td></tr></table></td></tr>\
                    <tr><td><h2>Two</h2><p>second, \u{7b2c}\u{4e8c}</p></td></tr></table>";
        assert_eq!(
            readable(html),
            "One\n\nfirst\n\nTwo\n\nsecond, \u{7b2c}\u{4e8c}\n"
        );
    }

    #[test]
    fn html_is_readable_as_text() {
        let html = "<html><head><title>t</title><style>p{}</style></head><body><h1>Room</h1>\
                    <p>Dear Ada,</p><p>see <a href=\"https://uni.example/a\">the plan</a>.</p>\
                    <ul><li>one</li><li>two</li></ul><img src=\"cid:x\" alt=\"the map\"></body></html>";
        let text = readable(html);
        assert_eq!(
            text,
            "Room\n\nDear Ada,\n\nsee the plan [1].\n* one\n* two\n\nthe map\n\n[1]: https://uni.example/a\n"
        );
    }
}
