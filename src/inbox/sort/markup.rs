//! HTML into the text that its reader sees, line by line.
//!
//! One pass and no tree: what is looked for are words, addresses and codes, and the markup of reports
//! is often broken.

use memchr::memchr;

/// Elements that begin a line of their own.
const BLOCKS: [&str; 24] = [
    "address",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tr",
    "ul",
];

/// Elements whose content nobody sees.
const UNSEEN: [&str; 5] = ["head", "script", "style", "template", "title"];

/// Named characters that reports use.
const NAMED: [(&str, &str); 26] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("ccedil", "ç"),
    ("ocirc", "ô"),
    ("rsquo", "’"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("ntilde", "ñ"),
    ("atilde", "ã"),
    ("aacute", "á"),
];

/// The text of a page.
pub(super) fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    // No more than one search for an end that is not there.
    let mut unseen_ends = true;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (before, after) = rest.split_at(at);
        push_words(&mut text, before);
        if !is_tag(after) {
            text.push('<');
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        if let Some(comment) = after.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some((tag, after)) = after.get(1..).unwrap_or_default().split_once('>') else {
            return text;
        };
        rest = after;
        let name = name_of(tag);
        if UNSEEN.contains(&name.as_str()) && !tag.starts_with('/') && unseen_ends {
            match after_end(rest, &name) {
                Some(seen) => rest = seen,
                None => unseen_ends = false,
            }
        } else if BLOCKS.contains(&name.as_str()) {
            if !text.ends_with('\n') || name == "br" || name == "p" {
                text.push('\n');
            }
        } else if (name == "td" || name == "th") && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
    }
    push_words(&mut text, rest);
    text
}

/// `<a@example.org>` in text is not a tag.
fn is_tag(rest: &str) -> bool {
    let Some(first) = rest.as_bytes().get(1) else {
        return false;
    };
    let head = rest.get(1..).unwrap_or_default();
    let name: &str = head
        .split(|letter: char| letter.is_whitespace() || letter == '>')
        .next()
        .unwrap_or_default();
    (first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?')) && !name.contains('@')
}

fn name_of(tag: &str) -> String {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    name.chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn after_end<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let tail = rest.get(from..)?;
        let at = tail.find("</")?;
        let found = tail.get(at + 2..)?;
        if name_of(found) == name {
            return Some(found.split_once('>').map_or("", |(_, seen)| seen));
        }
        from += at + 2;
    }
}

/// Adds text whose line ends are only blanks.
fn push_words(text: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find(['&', '\n', '\r', '\t', ' ', '\u{a0}']) {
        let (before, after) = rest.split_at(at);
        text.push_str(before);
        if let Some(entity) = after.strip_prefix('&') {
            let (letter, length) = entity_of(entity);
            text.push_str(&letter);
            rest = entity.get(length..).unwrap_or_default();
            continue;
        }
        if !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        rest = after.trim_start_matches(['\n', '\r', '\t', ' ', '\u{a0}']);
    }
    text.push_str(rest);
}

/// What stands for the entity, and its length without the `&`.
fn entity_of(entity: &str) -> (String, usize) {
    let known = entity
        .char_indices()
        .take(10)
        .find(|(_, letter)| *letter == ';')
        .and_then(|(end, _)| {
            let name = entity.get(..end)?;
            Some((meaning(name)?, end + 1))
        });
    known.unwrap_or_else(|| ("&".to_owned(), 0))
}

fn meaning(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let letter = char::from_u32(code)?;
        return Some(if letter == '\u{a0}' { ' ' } else { letter }.to_string());
    }
    let (_, letter) = NAMED.iter().find(|(known, _)| *known == name)?;
    Some((*letter).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_page_has_its_lines() {
        let page = "<html><head><title>no</title></head><body><p>a&nbsp;&lt;b@example.org&gt;\n c</p>\
                    <style>x</style><div>d<br>e &#x9000;</div><c@example.org> f & g <!-- h --> i";
        assert_eq!(
            text_of(page)
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>(),
            ["a <b@example.org> c", "d", "e 退", "<c@example.org> f & g i"]
        );
        assert_eq!(text_of("a <script>b"), "a b");
        assert_eq!(text_of("a < b <"), "a < b <");
    }
}
