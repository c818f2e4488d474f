//! Style sheets written into the elements that they apply to.
//!
//! Half of the mail programs drop `<style>` from the head. Parsing the HTML of every message would
//! cost more than the rest of composing, so the values in it are marked
//! ([`render::marks`](crate::render::marks)): the text between them is the same in most messages of
//! a campaign and gets its styles once; each message puts its own values into that. Values are
//! escaped, so they do not change elements; if a value could still decide which styles apply (it is
//! in `class`, for example), that message is parsed by itself.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, PoisonError, RwLock};

use memchr::memmem;
use xxhash_rust::xxh3::Xxh3;

use crate::render::marks;

use super::line_ends::crlf;

mod candidate;
mod cascade;
mod grammar;
mod inlined;
mod longhands;
mod page;
mod selecting;
mod sets;
mod sheet;
mod values;
mod writing;

/// Forms of one campaign's HTML that are kept; templates with more (a loop
/// over a list, say) have the others done message by message.
const MOST_FORMS: usize = 256;

/// Elements inside each other, at most: a selector may ask all that an element is in, and a cell
/// with `| safe` may hold any number of them. A page has some dozens.
const MOST_NESTED: usize = 2_000;

/// Rules of a style sheet inside each other, at most: each takes longer than the one around it.
const MOST_RULES: usize = 50;

/// Elements that nothing is inside of (HTML §13.1.2).
const VOID: [&[u8]; 8] = [b"br", b"img", b"hr", b"col", b"meta", b"link", b"input", b"wbr"];

/// Attributes in which no value can decide about styles.
const HARMLESS: [&str; 6] = ["href", "src", "alt", "title", "width", "height"];

/// Writes style sheets into elements, for all messages of a campaign.
pub(super) struct Styles {
    /// By the hash of the text between the values; `None` if the values matter.
    forms: RwLock<HashMap<u128, Option<Arc<Form>>>>,
}

/// HTML with its styles in place, parsed where values belong.
#[derive(Debug)]
struct Form {
    /// A text, and the number of the value behind it.
    pieces: Vec<(String, usize)>,
    rest: String,
}

impl Styles {
    pub(super) fn new() -> Self {
        Self {
            forms: RwLock::default(),
        }
    }

    /// The HTML without marks and with CRLF line ends; with its style sheets in
    /// its elements, if it has some that can be understood.
    pub(super) fn apply(&self, marked: &str) -> String {
        if !has_styles(marked) {
            return crlf(&marks::removed(marked));
        }
        let Some((between, values)) = marks::apart(marked) else {
            return Self::alone(marked);
        };
        let hash = between.iter().fold(Xxh3::new(), |mut hash, text| {
            hash.update(text.as_bytes());
            hash.update(&[0]);
            hash
        });
        let hash = hash.digest128();
        let known = self
            .forms
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&hash)
            .cloned();
        let form = known.unwrap_or_else(|| {
            let form = Form::of(&between).map(Arc::new);
            let mut forms = self.forms.write().unwrap_or_else(PoisonError::into_inner);
            if forms.len() < MOST_FORMS {
                forms.insert(hash, form.clone());
            }
            form
        });
        match form {
            Some(form) => form.with(&values),
            None => Self::alone(marked),
        }
    }

    /// One message, parsed by itself.
    fn alone(marked: &str) -> String {
        crlf(&inline(&marks::removed(marked)))
    }
}

/// A page with its style sheets in its elements, where it has some.
pub(super) fn with_styles(html: &str) -> Cow<'_, str> {
    if has_styles(html) {
        Cow::Owned(inline(html))
    } else {
        Cow::Borrowed(html)
    }
}

/// A page with its style sheets in its elements, as far as that can be.
fn inline(html: &str) -> String {
    if nested(html) > MOST_NESTED || nested_rules(html) > MOST_RULES {
        return html.to_owned();
    }
    inlined::inlined(html).unwrap_or_else(|| html.to_owned())
}

/// How many rules stand inside each other in the style sheets of a page.
fn nested_rules(html: &str) -> usize {
    let sheets = html
        .split("<style")
        .skip(1)
        .map(|sheet| sheet.split("</style").next().unwrap_or(sheet));
    let deepest = |sheet: &str| {
        let mut depth = 0_usize;
        let depths = sheet.bytes().map(|octet| {
            match octet {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth
        });
        depths.max().unwrap_or(0)
    };
    sheets.map(deepest).max().unwrap_or(0)
}

impl Form {
    /// The form of the text between values; `None` if values matter.
    fn of(between: &[&str]) -> Option<Self> {
        let mut skeleton = String::new();
        for (number, text) in between.iter().enumerate() {
            if number > 0 {
                skeleton.push_str(&marks::place(number - 1));
            }
            skeleton.push_str(text);
        }
        if nested(&skeleton) > MOST_NESTED
            || nested_rules(&skeleton) > MOST_RULES
            || !values_are_harmless(&skeleton)
        {
            return None;
        }
        let styled = inlined::inlined(&skeleton).unwrap_or(skeleton);
        let mut pieces = Vec::new();
        let mut rest = styled.as_str();
        while let Some((before, number, behind)) = marks::next_place(rest) {
            pieces.push((crlf(before), number));
            rest = behind;
        }
        // Each value where it was, once.
        let mut numbers: Vec<_> = pieces.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        let whole = numbers.iter().copied().eq(0..between.len() - 1);
        whole.then(|| Self {
            pieces,
            rest: crlf(rest),
        })
    }

    fn with(&self, values: &[&str]) -> String {
        let fixed: usize = self.pieces.iter().map(|(text, _)| text.len()).sum();
        let own: usize = values.iter().map(|value| value.len()).sum();
        let mut html = String::with_capacity(fixed + own + self.rest.len());
        for (text, number) in &self.pieces {
            html.push_str(text);
            let value = values.get(*number).copied().unwrap_or_default();
            if memchr::memchr2(b'\r', b'\n', value.as_bytes()).is_some() {
                html.push_str(&crlf(value));
            } else {
                html.push_str(value);
            }
        }
        html.push_str(&self.rest);
        html
    }
}

/// How many elements are open at the same time, or more: some need no end.
fn nested(html: &str) -> usize {
    let octets = html.as_bytes();
    let (mut open, mut most) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', octets) {
        let tag = octets.get(at + 1..).unwrap_or_default();
        let name = tag
            .iter()
            .take_while(|octet| octet.is_ascii_alphanumeric())
            .count();
        let name = tag.get(..name).unwrap_or_default();
        if tag.starts_with(b"/") {
            open = open.saturating_sub(1);
        } else if !name.is_empty() && !VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
            open += 1;
        }
        most = most.max(open);
    }
    most
}

fn has_styles(html: &str) -> bool {
    memchr::memchr_iter(b'<', html.as_bytes()).any(|at| {
        let tag = html.as_bytes().get(at + 1..at + 6);
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(b"style"))
    })
}

/// Whether no value can decide which elements there are, or which styles they get.
fn values_are_harmless(skeleton: &str) -> bool {
    let lower = skeleton.to_ascii_lowercase();
    let Some(sheets) = sheets(&lower) else {
        return false;
    };
    // A sheet that asks for emptiness asks for values.
    let css = |word: &str| sheets.iter().any(|sheet| lower[sheet.clone()].contains(word));
    if css(":empty")
        || sheets
            .iter()
            .any(|sheet| marks::holds_place(&lower[sheet.clone()]))
    {
        return false;
    }
    let asked: Vec<&str> = sheets
        .iter()
        .flat_map(|sheet| asked_for(&lower[sheet.clone()]))
        .collect();
    let mut at = 0;
    while let Some(start) = lower[at..].find('<').map(|found| at + found) {
        if let Some(sheet) = sheets.iter().find(|sheet| sheet.contains(&start)) {
            at = sheet.end;
            continue;
        }
        if lower[start..].starts_with("<!--") {
            at = lower[start..]
                .find("-->")
                .map_or(lower.len(), |end| start + end + 3);
            continue;
        }
        let end = end_of_tag(&lower, start);
        let tag = &lower[start..end];
        if marks::holds_place(tag) && !only_in_harmless_attributes(tag, &asked) {
            return false;
        }
        at = end;
    }
    true
}

/// What is between `<style>` and `</style>`; `None` where one does not end.
fn sheets(lower: &str) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    for start in memmem::find_iter(lower.as_bytes(), "<style") {
        let start = end_of_tag(lower, start);
        let end = start + lower[start..].find("</style")?;
        found.push(start..end);
    }
    Some(found)
}

/// Behind the `>` of the tag that starts here.
fn end_of_tag(html: &str, start: usize) -> usize {
    let mut quote = None;
    for (at, c) in html[start..].char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('>', None) => return start + at + 1,
            _ => {}
        }
    }
    html.len()
}

/// The attributes that a style sheet asks for.
fn asked_for(sheet: &str) -> impl Iterator<Item = &str> {
    let names = sheet.split('[').skip(1).map(str::trim_start);
    names.map(|name| {
        name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .next()
            .unwrap_or_default()
    })
}

/// Whether each place in a tag is in a quoted value of a harmless attribute, which no style sheet
/// asks for.
fn only_in_harmless_attributes(tag: &str, asked: &[&str]) -> bool {
    let mut rest = tag;
    while let Some(open) = rest.find(['"', '\'']) {
        let (before, quoted) = rest.split_at(open);
        if marks::holds_place(before) {
            return false;
        }
        let quote = quoted.chars().next().unwrap_or('"');
        let Some(length) = quoted[1..].find(quote) else {
            return false;
        };
        let name = before.trim_end().trim_end_matches('=').trim_end();
        let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
        if marks::holds_place(&quoted[..=length])
            && (!HARMLESS.contains(&name) || asked.iter().any(|asked| asked.is_empty() || *asked == name))
        {
            return false;
        }
        rest = &quoted[length + 2..];
    }
    !marks::holds_place(rest)
}

#[cfg(test)]
mod tests;
