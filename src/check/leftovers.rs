//! What is left over in a text that should have been filled in: braces,
//! placeholders of other programs.

use std::ops::Range;

/// Names that other programs' placeholders have, besides those of the columns.
const USUAL: [&str; 14] = [
    "name",
    "firstname",
    "lastname",
    "fullname",
    "fname",
    "lname",
    "email",
    "vorname",
    "nachname",
    "prenom",
    "nombre",
    "姓名",
    "名字",
    "称呼",
];

/// How other programs mark what is to be filled in.
const MARKS: [(&str, &str); 7] = [
    ("<<", ">>"),
    ("&lt;&lt;", "&gt;&gt;"),
    ("[[", "]]"),
    ("${", "}"),
    ("%%", "%%"),
    ("{", "}"),
    ("%", "%"),
];

/// A placeholder is a name, and no longer.
const LONGEST: usize = 40;

/// What is found in one text; what has more of it is no letter.
const MOST: usize = 1_000;

/// Braces and placeholders in text that goes out as it is.
pub(super) fn in_text(text: &str, columns: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for mark in ["*|", "}}", "%}"] {
        for (at, _) in text.match_indices(mark).take(MOST) {
            let end = match mark {
                "*|" => match until(text, at + 2, "|*") {
                    Some(length) => at + 2 + length + 2,
                    None => continue,
                },
                _ => at + 2,
            };
            // A brace of `{ name }}` is shown with what it was to fill in.
            let near = text.floor_char_boundary(at.saturating_sub(LONGEST));
            let line = text.get(near..at).unwrap_or_default();
            let open = line
                .rfind(['{', '\n'])
                .filter(|i| mark != "*|" && line[*i..].starts_with('{'));
            found.push(open.map_or(at, |i| near + i)..end);
        }
    }
    for (open, close) in MARKS {
        for (at, _) in text.match_indices(open) {
            let start = at + open.len();
            let Some(length) = until(text, start, close) else {
                continue;
            };
            let name = text.get(start..start + length).unwrap_or_default();
            if found.len() < MOST && is_name(name, columns) && !found.iter().any(|f| f.contains(&at)) {
                found.push(at..start + length + close.len());
            }
        }
    }
    found.sort_by_key(|span| span.start);
    found
}

/// How far it is from here to what closes a name, where one could stand between.
fn until(text: &str, start: usize, close: &str) -> Option<usize> {
    let end = text.floor_char_boundary(start + LONGEST + close.len());
    text.get(start..end)?.find(close)
}

/// Whether a placeholder is called as a column is, or as columns usually are.
fn is_name(name: &str, columns: &[String]) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !matches!(c, ' ' | '_' | '-' | '.'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (start, end) = (name.chars().next(), name.chars().next_back());
    let tight = [start, end].iter().all(|c| c.is_some_and(char::is_alphanumeric));
    let name = plain(name);
    tight && (USUAL.contains(&name.as_str()) || columns.iter().any(|column| plain(column) == name))
}

/// Whether a cell holds a tag, which goes out as it is: cells are values.
pub(super) fn in_cell(cell: &str) -> bool {
    memchr::memchr(b'{', cell.as_bytes()).is_some() && ["{{", "{%"].iter().any(|tag| cell.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_other_programs_are_told_by_their_names() {
        let columns = ["First Name".to_owned(), "seat".to_owned(), "学号".to_owned()];
        for (text, left) in [
            ("Dear {First Name},", "{First Name}"),
            ("Dear {first_name},", "{first_name}"),
            ("Dear ${seat}", "${seat}"),
            ("Dear %NAME%,", "%NAME%"),
            ("Dear <<First Name>>,", "<<First Name>>"),
            ("Dear &lt;&lt;seat&gt;&gt;", "&lt;&lt;seat&gt;&gt;"),
            ("[[学号]]", "[[学号]]"),
            ("%%email%%", "%%email%%"),
            ("*|FNAME|* and *|LIST:UNSUB|*", "*|FNAME|*, *|LIST:UNSUB|*"),
            ("Dear { name }},", "{ name }}"),
            ("if plan %}", "%}"),
            // Nobody's placeholders.
            ("{this} or [that], 5% off and 10% more, 100 % sure", ""),
            ("a set {x, y} and { name: 1 }", ""),
            ("<seat> [seat] $seat, *seat*", ""),
            ("f({}) {} ** || <<EOF 1 << 2 >> 3", ""),
            ("save 20 % name your price 30 %", ""),
        ] {
            let found: Vec<_> = in_text(text, &columns)
                .into_iter()
                .map(|span| &text[span])
                .collect();
            assert_eq!(found.join(", "), left, "{text}");
        }
        assert!(in_cell("Dear {{ name }}") && in_cell("{% if x %}"));
        assert!(!in_cell("{name}") && !in_cell("100 %"));
    }
}
