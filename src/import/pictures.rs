//! Pictures in the message: mailmerge attaches them and turns `src="file.jpg"` into a reference to
//! the attachment; here they are `inline`, and the reference is in the template.

/// Where `html` shows the picture `path` (in `<img src>`), `cid:name` instead;
/// `None` where it does not.
pub(super) fn in_html(html: &str, path: &str, name: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = html;
    let mut found = false;
    while let Some(open) = find_image(rest) {
        let end = rest
            .get(open..)
            .and_then(|tag| tag.find('>'))
            .map_or(rest.len(), |i| open + i);
        let tag = rest.get(open..end).unwrap_or_default();
        let (value, quoted) = source_of(tag);
        let start = open + value.start;
        let shown = rest.get(start..open + value.end).unwrap_or_default();
        if !value.is_empty() && same(shown, path) {
            found = true;
            let quote = if quoted { "" } else { "\"" };
            out.push_str(rest.get(..start).unwrap_or_default());
            out.push_str(&format!("{quote}cid:{name}{quote}"));
            rest = rest.get(open + value.end..).unwrap_or_default();
        } else {
            out.push_str(rest.get(..open + 4).unwrap_or_default());
            rest = rest.get(open + 4..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

/// The same for `![words](path)` and for HTML inside of Markdown.
pub(super) fn in_markdown(text: &str, path: &str, name: &str) -> Option<String> {
    let html = in_html(text, path, name);
    let mut found = html.is_some();
    let text = html.unwrap_or_else(|| text.to_owned());
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("](") {
        let (before, after) = (
            rest.get(..at).unwrap_or_default(),
            rest.get(at + 2..).unwrap_or_default(),
        );
        let picture = before
            .rfind('[')
            .is_some_and(|i| before.get(..i).is_some_and(|b| b.ends_with('!')));
        let blank = after.len() - after.trim_start().len();
        let target = after.get(blank..).unwrap_or_default();
        let end = target_end(target);
        out.push_str(before);
        out.push_str("](");
        if picture
            && same(
                target.get(..end).unwrap_or_default().trim_matches(['<', '>']),
                path,
            )
        {
            found = true;
            out.push_str(&format!("cid:{name}"));
            rest = target.get(end..).unwrap_or_default();
        } else {
            rest = after;
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

fn find_image(html: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let open = html.get(at..)?.find('<')? + at;
        let tag = html.get(open + 1..open + 5).unwrap_or_default();
        let name = tag.get(..3).unwrap_or_default();
        if name.eq_ignore_ascii_case("img") && tag.ends_with(|c: char| c.is_whitespace()) {
            return Some(open);
        }
        at = open + 1;
    }
}

/// Where the value of `src` is in a tag, and whether it is in quotes.
fn source_of(tag: &str) -> (std::ops::Range<usize>, bool) {
    let lower = tag.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find("src")) {
        let name = at + found;
        at = name + 3;
        if !lower
            .get(..name)
            .is_some_and(|before| before.ends_with(|c: char| c.is_whitespace()))
        {
            continue;
        }
        let rest = tag.get(at..).unwrap_or_default();
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let start = tag.len() - value.len();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        return match quote {
            Some(quote) => {
                let inner = value.get(1..).unwrap_or_default();
                let end = inner.find(quote).unwrap_or(inner.len());
                (start + 1..start + 1 + end, true)
            }
            None => {
                let end = value.find(|c: char| c.is_whitespace()).unwrap_or(value.len());
                (start..start + end, false)
            }
        };
    }
    (0..0, false)
}

/// The end of a link's target: a blank or the bracket that closes, outside of tags.
fn target_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = super::jinja::tag_end(rest) {
            at += length;
            continue;
        }
        let c = rest.chars().next().unwrap_or(')');
        if c == ')' || c.is_whitespace() {
            return at;
        }
        at += c.len_utf8();
    }
    text.len()
}

/// Whether two spellings name one file.
fn same(a: &str, b: &str) -> bool {
    let plain = |path: &str| -> String {
        let path = path.trim().replace('\'', "\"");
        let path: String = path.chars().filter(|c| !c.is_whitespace()).collect();
        path.trim_start_matches("./").to_owned()
    };
    plain(a) == plain(b)
}
