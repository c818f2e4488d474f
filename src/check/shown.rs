//! HTML as its readers see it: a placeholder may be interrupted by tags, and written with entities.

use std::ops::Range;

/// HTML as its readers see it, and where each octet of that stood.
pub(super) struct Shown {
    pub(super) text: String,
    /// Of each octet: where the character that it is of began, and ended.
    places: Vec<Range<usize>>,
}

/// Elements of HTML; anything else between `<` and `>` shows nothing.
const ELEMENTS: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo big \
    blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog \
    dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header \
    hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav noframes \
    noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script search \
    section select slot small source span strike strong style sub summary sup svg table tbody td template textarea \
    tfoot th thead time title tr track tt u ul var video wbr ";

/// Elements that end a line.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "td",
    "th",
    "tr",
    "table",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "body",
    "head",
    "title",
    "blockquote",
    "center",
];

impl Shown {
    /// Takes the tags out of HTML: a placeholder may be torn by them.
    pub(super) fn of(html: &str) -> Self {
        let mut shown = Self {
            text: String::with_capacity(html.len()),
            places: Vec::with_capacity(html.len() + 1),
        };
        let mut at = 0;
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some((length, name)) = element(rest) {
                if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) {
                    shown.push('\n', at..at + length);
                }
                at += length;
                continue;
            }
            let entities = [
                ("&lt;", '<'),
                ("&gt;", '>'),
                ("&laquo;", '«'),
                ("&raquo;", '»'),
                ("&nbsp;", ' '),
                ("&amp;", '&'),
            ];
            if let Some((entity, c)) = entities.iter().find(|(entity, _)| rest.starts_with(entity)) {
                shown.push(*c, at..at + entity.len());
                at += entity.len();
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            let end = at + c.len_utf8();
            shown.push(if matches!(c, '\n' | '\r') { ' ' } else { c }, at..end);
            at = end;
        }
        shown
    }

    fn push(&mut self, c: char, at: Range<usize>) {
        self.text.push(c);
        self.places.extend(std::iter::repeat_n(at, c.len_utf8()));
    }

    /// Where something was in the HTML.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let first = self.places.get(span.start).map_or(0, |place| place.start);
        let last = span.end.checked_sub(1).and_then(|last| self.places.get(last));
        first..last.map_or(first, |place| place.end)
    }
}

/// The length of a tag of HTML at the beginning of a text, and its element.
fn element(rest: &str) -> Option<(usize, &str)> {
    let inner = rest.strip_prefix('<')?;
    if inner.starts_with("!--") {
        return Some((rest.find("-->").map_or(rest.len(), |end| end + 3), ""));
    }
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        return None;
    }
    let length = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let close = rest.find('>')?;
    let (name, behind) = name.split_at_checked(length)?;
    let known =
        behind.starts_with([':', '-', '!']) || ELEMENTS.contains(&format!(" {} ", name.to_ascii_lowercase()));
    (known || name.is_empty()).then_some((close + 1, name))
}
