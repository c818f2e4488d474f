//! The head of mailmerge's template: its header fields, each a template.
//!
//! mailmerge renders the whole file and then reads the headers. Here they are separated first, so a
//! value is one template of the campaign file. A field inside `{% if … %}` becomes a value that
//! contains it.

use std::ops::Range;

use mail_parser::MessageParser;

use crate::words::say;

use super::jinja::{Mode, Piece, Translator, pieces, tag_end};
use super::source::Source;

/// The fields, and where the body begins.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// In their order, names in lower case.
    pub(super) fields: Vec<Field>,
    pub(super) body: Range<usize>,
    /// What `{% set … %}` above the headers set, by name.
    pub(super) set: Vec<(String, String)>,
}

/// One header field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// As it was written.
    pub(super) written: String,
    /// The value, a template of mailshot's.
    pub(super) value: String,
    /// Where the value stands.
    pub(super) span: Range<usize>,
}

impl Head {
    /// The first field of this name that says something.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.name == name && !field.value.is_empty())
    }

    /// All of this name, with something between them.
    pub(super) fn joined(&self, name: &str, between: &str) -> Option<String> {
        let values: Vec<_> = self
            .fields
            .iter()
            .filter(|field| field.name == name && !field.value.is_empty())
            .map(|field| field.value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(between))
    }
}

pub(super) fn read(source: &Source, translator: &mut Translator<'_>) -> Head {
    let text: &str = &source.text;
    let mut head = Head::default();
    let mut set = Vec::new();
    // The `{% if … %}`, `{% else %}` before the next field.
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        if let Some(length) = tag_end(rest) {
            let tag = at..at + length;
            at = behind(text, tag.clone());
            statement(source, tag, translator, &mut open, &mut set);
            continue;
        }
        let line = rest.split('\n').next().unwrap_or_default();
        let colon = line
            .find(':')
            .filter(|colon| is_name(line.get(..*colon).unwrap_or_default()));
        let Some(colon) = colon else {
            // A blank line, or a line that is no longer a header.
            let blank = line.trim().is_empty() && rest.len() > line.len();
            at += if blank { line.len() + 1 } else { 0 };
            break;
        };
        let start = at + colon + 1;
        let end = value_end(text, start);
        let name = line.get(..colon).unwrap_or_default();
        head.fields
            .push(field(source, name, start..end, translator, &mut open, &set));
        at = end;
        if text.get(at..).is_some_and(|rest| rest.starts_with('\n')) {
            at += 1;
        }
        if at >= text.len() {
            break;
        }
    }
    one_recipient(source, &mut head, translator);
    head.body = at.min(text.len())..text.len();
    head.set = set;
    head
}

fn field(
    source: &Source,
    name: &str,
    range: Range<usize>,
    translator: &mut Translator<'_>,
    open: &mut Vec<String>,
    set: &[(String, String)],
) -> Field {
    let raw = source.get(range.clone());
    let start = range.start + (raw.len() - raw.trim_start().len());
    let span = start..start + raw.trim().len();
    let translated = translator.translate(source, span.clone(), Mode::Field);
    let mut value = unfolded(&translated);
    if value.contains("=?")
        && let Some(decoded) = decoded(&value)
    {
        value = decoded;
    }
    if !open.is_empty() {
        // `{% if … %}CC: {{ cc }}{% endif %}`: the end is in the value.
        let count = |word: &str| {
            let statements = pieces(&value, 0..value.len())
                .into_iter()
                .filter_map(|piece| match piece {
                    Piece::Statement(_, inner) => value.get(inner),
                    Piece::Plain(_) | Piece::Value(..) => None,
                });
            statements
                .filter(|inner| inner.trim_start().starts_with(word))
                .count()
        };
        if count("endif") > count("if ") {
            value = format!("{}{value}", open.concat());
            open.clear();
        } else {
            value = format!("{}{value}{{% endif %}}", open.concat());
        }
    }
    let value = with_set(set, value);
    Field {
        name: name.to_ascii_lowercase(),
        written: name.to_owned(),
        value,
        span,
    }
}

/// mailshot's To is one mailbox: it says whose message this is. Others get their copy by Cc.
fn one_recipient(source: &Source, head: &mut Head, translator: &mut Translator<'_>) {
    let mut others = Vec::new();
    let mut first = true;
    for field in head.fields.iter_mut().filter(|field| field.name == "to") {
        let mailboxes = mailboxes(&field.value);
        let keep = usize::from(first && !mailboxes.is_empty());
        first = first && keep == 0;
        let (kept, moved) = mailboxes.split_at(keep);
        if moved.is_empty() {
            continue;
        }
        translator.warnings.at(
            source,
            field.span.clone(),
            say!("import-several-to"),
            say!("import-several-to-help"),
        );
        let span = field.span.clone();
        others.push((moved.join(", "), span));
        field.value = kept.concat();
    }
    head.fields.extend(others.into_iter().map(|(value, span)| Field {
        name: "cc".to_owned(),
        written: "CC".to_owned(),
        value,
        span,
    }));
}

/// The mailboxes of a list, with tags, quotes and brackets whole.
fn mailboxes(value: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut at, mut quoted, mut bracket) = (0, false, false);
    while let Some(rest) = value.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next().unwrap_or(' ');
        let length = tag_end(rest).unwrap_or(c.len_utf8());
        match c {
            '"' => quoted = !quoted,
            '<' | '>' if !quoted => bracket = c == '<',
            _ => {}
        }
        if c == ',' && !quoted && !bracket {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push_str(rest.get(..length).unwrap_or_default());
        }
        at += length;
    }
    let found = found.into_iter().map(|one| one.trim().to_owned());
    found.filter(|one| !one.is_empty()).collect()
}

/// A template after what is set for it above the headers.
pub(super) fn with_set(set: &[(String, String)], template: String) -> String {
    let mut statements = String::new();
    let mut needs: Vec<&str> = vec![&template];
    // A value may be made of one that was set before.
    let mut needed = Vec::new();
    for (name, statement) in set.iter().rev() {
        if needs.iter().any(|text| text.contains(name.as_str())) {
            needs.push(statement);
            needed.push(statement.as_str());
        }
    }
    needed.reverse();
    statements.extend(needed);
    if statements.is_empty() || !template.contains('{') {
        return template;
    }
    statements + &template
}

/// A tag at the beginning of a line among the headers.
fn statement(
    source: &Source,
    tag: Range<usize>,
    translator: &mut Translator<'_>,
    open: &mut Vec<String>,
    set: &mut Vec<(String, String)>,
) {
    let whole = source.get(tag.clone());
    if whole.starts_with("{#") {
        return;
    }
    let word = whole.trim_start_matches(['{', '%', '-', '+', ' ']);
    let begins = |name: &str| word.starts_with(name);
    if begins("set ") && whole.contains('=') {
        let name = word
            .trim_start_matches("set ")
            .split('=')
            .next()
            .unwrap_or_default();
        // The blanks that a `-` took were the headers'.
        let statement = translator.translate(source, tag, Mode::Field);
        set.push((name.trim().to_owned(), statement.replace("-%}", "%}")));
    } else if begins("if ") && open.is_empty() || (begins("elif ") || begins("else")) && !open.is_empty() {
        open.push(translator.translate(source, tag, Mode::Field));
    } else if begins("endif") && !open.is_empty() {
        open.clear();
    } else {
        translator.warnings.at(
            source,
            tag,
            say!("import-tag-between-headers"),
            say!("import-tag-between-headers-help"),
        );
    }
}

/// What comes behind a tag: a `-` at its end takes the blanks with it.
fn behind(text: &str, tag: Range<usize>) -> usize {
    let whole = text.get(tag.clone()).unwrap_or_default();
    let trims = whole.len() > 2 && whole.get(..whole.len() - 2).is_some_and(|w| w.ends_with('-'));
    let rest = text.get(tag.end..).unwrap_or_default();
    if trims {
        return tag.end + (rest.len() - rest.trim_start().len());
    }
    // A `-` before it took the line end of the header above: this is that one's.
    let took = whole.get(2..).is_some_and(|w| w.starts_with('-'));
    tag.end + usize::from(took && rest.starts_with('\n'))
}

/// The end of a header's value: the line end that no blank and no open tag follows.
fn value_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = tag_end(rest) {
            // `{% endif %}` behind a header belongs to the headers, not to the value.
            at += length;
            continue;
        }
        if rest.starts_with('\n') && !rest.get(1..).is_some_and(|next| next.starts_with([' ', '\t'])) {
            return at;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    text.len()
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_graphic() && !matches!(b, b':' | b'{' | b'}'))
}

fn unfolded(value: &str) -> String {
    let mut lines = value.split('\n');
    let mut out = lines.next().unwrap_or_default().trim_end().to_owned();
    for line in lines {
        out.push(' ');
        out.push_str(line.trim());
    }
    out
}

/// RFC 2047, as a user may have pasted it.
fn decoded(value: &str) -> Option<String> {
    let message = format!("Subject: {value}\r\n\r\n");
    let message = MessageParser::default().parse(message.as_bytes())?;
    message.subject().map(str::to_owned)
}
