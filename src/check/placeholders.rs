//! Placeholders of other programs, and braces that are left over: `«First Name»` of Word, `[First Name]`,
//! `{FirstName|there}`, `*|FNAME|*`, `【姓名】`.
//!
//! The name of a column is a placeholder between any signs; names that columns usually have are
//! placeholders only in brackets that nobody uses otherwise.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::source::Kind;

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

/// What brackets are for, besides placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Nothing: a usual name in them is a placeholder, too.
    Nothing,
    /// Text of all kinds: only a column's name is one.
    Text,
    /// The same, if they are directly around it: quotation marks, and signs that also occur by
    /// themselves.
    Tight,
    /// Labels and titles: only the name of a column that the template fills in nowhere.
    Labels,
    /// Tags of HTML: only where there are none.
    Tags,
}

/// How other programs mark what is to be filled in.
const MARKS: [(&str, &str, Use); 49] = [
    ("<<", ">>", Use::Nothing),
    ("＜＜", "＞＞", Use::Nothing),
    ("&lt;&lt;", "&gt;&gt;", Use::Nothing),
    ("[[", "]]", Use::Nothing),
    ("${", "}", Use::Nothing),
    ("#{", "}", Use::Nothing),
    ("%%", "%%", Use::Nothing),
    ("##", "##", Use::Tight),
    ("@@", "@@", Use::Tight),
    ("$$", "$$", Use::Tight),
    ("{", "}", Use::Nothing),
    ("｛", "｝", Use::Nothing),
    ("|*", "*|", Use::Text),
    ("%", "%", Use::Nothing),
    ("%(", ")s", Use::Tight),
    ("&lt;", "&gt;", Use::Text),
    ("&laquo;", "&raquo;", Use::Tight),
    ("«", "»", Use::Tight),
    // With blanks inside, these are quotation marks of French.
    ("«", "»", Use::Labels),
    ("‹", "›", Use::Tight),
    ("‹", "›", Use::Labels),
    ("⟨", "⟩", Use::Text),
    ("⟪", "⟫", Use::Text),
    ("⟦", "⟧", Use::Text),
    ("〚", "〛", Use::Text),
    ("❮", "❯", Use::Text),
    ("〖", "〗", Use::Labels),
    ("｢", "｣", Use::Labels),
    ("％", "％", Use::Tight),
    ("＃", "＃", Use::Tight),
    ("|", "|", Use::Tight),
    ("§", "§", Use::Tight),
    ("¤", "¤", Use::Tight),
    ("^", "^", Use::Tight),
    ("≪", "≫", Use::Text),
    ("《《", "》》", Use::Nothing),
    ("[", "]", Use::Text),
    ("［", "］", Use::Text),
    ("〔", "〕", Use::Text),
    ("＜", "＞", Use::Text),
    ("〈", "〉", Use::Labels),
    ("《", "》", Use::Labels),
    ("【", "】", Use::Labels),
    ("「", "」", Use::Labels),
    ("『", "』", Use::Labels),
    ("#", "#", Use::Tight),
    ("@", "@", Use::Tight),
    ("__", "__", Use::Tight),
    ("<", ">", Use::Tags),
];

/// A placeholder is a name and what stands for it where there is none, and no longer.
const LONGEST: usize = 120;

/// How many are found in one text; a text with more is not a letter.
const MOST: usize = 1_000;

/// Stands for a tag in the text that is searched.
pub(super) const TAG: char = '\u{1}';

/// What a text is searched with.
pub(super) struct Names<'a> {
    /// The columns as templates call them.
    pub(super) columns: &'a [String],
    /// Those that the template fills in.
    pub(super) filled: HashSet<&'a str>,
    pub(super) kind: Kind,
    /// The text has no tags of HTML any more.
    pub(super) stripped: bool,
}

/// Something that is left over, and the column that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) span: Range<usize>,
    pub(super) column: Option<usize>,
}

/// Braces and placeholders in text that goes out as it is.
pub(super) fn in_text(text: &str, names: &Names<'_>) -> Vec<Left> {
    let mut found = braces(text, names);
    for (open, close, used) in MARKS {
        if !memchr::memmem::find(text.as_bytes(), open.as_bytes()).is_some_and(|_| names.looks_at(open, used))
        {
            continue;
        }
        for (at, _) in text.match_indices(open) {
            let start = at + open.len();
            let Some(length) = until(text, start, close) else {
                continue;
            };
            let end = start + length + close.len();
            let inner = text.get(start..start + length).unwrap_or_default();
            let taken = found.len() >= MOST || found.iter().any(|left| left.span.contains(&at));
            if taken || !names.fits(text, &(at..end), used) {
                continue;
            }
            let column = names.column(inner, used);
            let usual = used == Use::Nothing && is_tight(inner) && USUAL.contains(&plain(inner).as_str());
            if column.is_some() || usual {
                found.push(Left {
                    span: at..end,
                    column,
                });
            }
        }
    }
    found.extend(
        names
            .dollars(text)
            .filter(|left| !found.iter().any(|other| other.span.contains(&left.span.start)))
            .collect::<Vec<_>>(),
    );
    found.sort_by_key(|left| left.span.start);
    found
}

/// Braces that look like tags, and Mailchimp's marks, with any contents.
fn braces(text: &str, names: &Names<'_>) -> Vec<Left> {
    let mut found: Vec<Left> = Vec::new();
    for mark in ["*|", "}}", "%}", "#}", "｝｝"] {
        for (at, _) in text.match_indices(mark).take(MOST) {
            let end = match mark {
                "*|" => match until(text, at + 2, "|*") {
                    Some(length) => at + 2 + length + 2,
                    None => continue,
                },
                _ => at + mark.len(),
            };
            // A brace of `{ name }}` is shown with what it was to fill in.
            let near = text.floor_char_boundary(at.saturating_sub(LONGEST / 3));
            let line = text.get(near..at).unwrap_or_default();
            let open = line
                .rfind(['{', '｛', '\n', TAG])
                .filter(|i| mark != "*|" && line[*i..].starts_with(['{', '｛']));
            let start = open.map_or(at, |i| near + i);
            let start = if text.get(..start).is_some_and(|before| before.ends_with('{')) {
                start - 1
            } else {
                start
            };
            let inner = text.get(start..end).unwrap_or_default();
            let inner =
                inner.trim_matches(|c: char| matches!(c, '{' | '}' | '｛' | '｝' | '*' | '|' | '%' | '#'));
            let column = names.column(inner, Use::Text);
            found.push(Left {
                span: start..end,
                column,
            });
        }
    }
    found
}

/// How far it is from here to the end of a name, if there could be one between.
fn until(text: &str, start: usize, close: &str) -> Option<usize> {
    let end = text.floor_char_boundary((start + LONGEST + close.len()).min(text.len()));
    let inner = text.get(start..end)?;
    let length = inner.find(close)?;
    (length > 0 && !inner.get(..length)?.contains(['\n', TAG])).then_some(length)
}

impl Names<'_> {
    /// Whether brackets can be placeholders in this kind of text.
    fn looks_at(&self, open: &str, used: Use) -> bool {
        match used {
            Use::Tags => self.stripped || matches!(self.kind, Kind::Line | Kind::Text),
            // In Markdown, that is bold, and a table.
            Use::Tight => !["__", "|"].contains(&open) || self.kind != Kind::Markdown,
            Use::Nothing | Use::Text | Use::Labels => true,
        }
    }

    /// Whether what stands around brackets lets them be a placeholder.
    fn fits(&self, text: &str, span: &Range<usize>, used: Use) -> bool {
        if used == Use::Nothing {
            return true;
        }
        let before = text.get(..span.start).and_then(|text| text.chars().next_back());
        let after = text.get(span.end..).unwrap_or_default();
        let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '\\');
        let squared = text.get(span.start..).is_some_and(|rest| rest.starts_with('['));
        let is_link = squared
            && (after.starts_with(['(', '[']) || after.starts_with(':') && self.kind == Kind::Markdown)
            || squared && before.is_some_and(|c| matches!(c, ']' | '!'));
        let marks = matches!(used, Use::Tight | Use::Tags) || squared;
        let touches =
            marks && (before.is_some_and(in_word) || used == Use::Tight && after.starts_with(in_word));
        // `[Name]: {{ name }}` is a label.
        let line = after.split('\n').next().unwrap_or_default();
        let value =
            line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '=' | '-' | '–'));
        !(is_link || touches || value.starts_with(TAG))
    }

    /// The column that is meant between brackets.
    fn column(&self, inner: &str, used: Use) -> Option<usize> {
        if used == Use::Tight && !is_tight(inner) {
            return None;
        }
        let names = names(inner);
        let named = names.iter().find_map(|name| {
            let wanted = plain(name);
            let is_name = wanted.chars().count() > 1 || !wanted.is_ascii();
            let is_name = is_name && wanted.contains(char::is_alphabetic);
            self.columns
                .iter()
                .position(|column| is_name && plain(column) == wanted)
        });
        named.filter(|column| {
            let name = self.columns.get(*column).map_or("", String::as_str);
            used != Use::Labels || !self.filled.contains(name)
        })
    }

    /// `$name`, where a column is called exactly so.
    fn dollars<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Left> + 't {
        text.match_indices('$').take(MOST).filter_map(|(at, _)| {
            let rest = text.get(at + 1..)?;
            let in_name = |c: char| c.is_alphanumeric() || c == '_';
            let length = rest.find(|c: char| !in_name(c)).unwrap_or(rest.len());
            let name = rest.get(..length)?;
            let column = self.columns.iter().position(|column| column == name)?;
            let before = text.get(..at)?.chars().next_back();
            let alone = !before.is_some_and(|c| in_name(c) || c == '$');
            let is_name = length > 1 && name.starts_with(char::is_alphabetic);
            (alone && is_name).then_some(Left {
                span: at..at + 1 + length,
                column: Some(column),
            })
        })
    }
}

/// What may be the name in a placeholder: all of it, the part before a fallback, or the part after
/// the name of a table.
fn names(inner: &str) -> Vec<&str> {
    const SIGILS: [char; 12] = ['$', '!', '#', '*', '%', '=', '?', '~', '^', '+', '/', '"'];
    let mut found = vec![inner];
    // A field of Word, as its codes are.
    let field = inner.trim_start().strip_prefix("MERGEFIELD ");
    found.extend(field.map(|field| field.split('\\').next().unwrap_or(field)));
    let before = ["|", "%%", " OR "]
        .iter()
        .filter_map(|mark| inner.split_once(mark));
    found.extend(before.map(|(name, _)| name));
    // `[name, place]` is text, `[name, fallback=there]` is not.
    found.extend(
        inner
            .split_once(',')
            .filter(|(_, said)| said.contains("fallback") || said.contains("default"))
            .map(|(name, _)| name),
    );
    for mark in [':', '='] {
        // `{ name: 1 }` is text.
        let parts = inner
            .split_once(mark)
            .filter(|(_, behind)| !behind.starts_with(char::is_whitespace));
        found.extend(
            parts
                .into_iter()
                .flat_map(|(name, behind)| [name, behind.split('|').next().unwrap_or(behind)]),
        );
    }
    let last: Vec<&str> = found
        .iter()
        .filter_map(|name| Some(name.rsplit_once('.')?.1))
        .collect();
    found.extend(last);
    let is_sigil = |c: char| c.is_whitespace() || SIGILS.contains(&c);
    found
        .into_iter()
        .map(|name| name.trim_matches(is_sigil))
        .collect()
}

/// Whether a text begins and ends with a character of a name.
fn is_tight(text: &str) -> bool {
    let ends = [text.chars().next(), text.chars().next_back()];
    ends.iter()
        .all(|c| c.is_some_and(|c| !c.is_whitespace() && c != '\u{a0}'))
}

/// A name without what other programs change in it.
fn plain(text: &str) -> String {
    let kept = text
        .nfkc()
        .filter(|c| !(c.is_whitespace() || matches!(c, '_' | '-' | '.')));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_other_programs_are_told_by_their_names() {
        let columns = ["First Name".to_owned(), "seat".to_owned(), "学号".to_owned()];
        let names = Names {
            columns: &columns,
            filled: HashSet::new(),
            kind: Kind::Text,
            stripped: false,
        };
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
            ("<seat> [seat] $seat", "<seat>, [seat], $seat"),
            // Nobody's placeholders.
            ("{this} or [that], 5% off and 10% more, 100 % sure", ""),
            ("a set {x, y} and { name: 1 }", ""),
            ("*seat*", ""),
            ("f({}) {} ** || <<EOF 1 << 2 >> 3", ""),
            ("save 20 % name your price 30 %", ""),
        ] {
            let found: Vec<_> = in_text(text, &names)
                .into_iter()
                .map(|left| &text[left.span])
                .collect();
            assert_eq!(found.join(", "), left, "{text}");
        }
    }
}
