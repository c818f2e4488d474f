//! Header fields, decoded.

use memchr::{memchr, memmem};

use crate::smtp::misleads;

use super::charset::header_text;

/// More than any header has that a person or a mail server wrote.
const MOST: usize = 400;

/// What is read of one field.
const LONGEST: usize = 8 * 1024;

/// The fields of a header in their order: the name in lower case, and the text in one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields that `octets` begin with, and what comes after them.
    ///
    /// A header ends at an empty line, or at the first line that is not a field: then the body
    /// begins with that line.
    pub(super) fn read(octets: &[u8]) -> (Self, &[u8]) {
        let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
        let mut rest = octets;
        let mut skips = false;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            let after = after.get(1..).unwrap_or_default();
            if line.trim_ascii().is_empty() {
                rest = after;
                break;
            }
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                if let Some((_, value)) = fields.last_mut()
                    && !skips
                    && value.len() < LONGEST
                {
                    value.push(b'\n');
                    value.extend_from_slice(line.get(..LONGEST).unwrap_or(line));
                }
            } else if let Some((name, value)) = field(line) {
                skips = fields.len() >= MOST;
                if !skips {
                    fields.push((name, value.get(..LONGEST).unwrap_or(value).to_vec()));
                }
            } else if !(line.starts_with(b">From ") || line.starts_with(b"From ")) {
                break;
            }
            rest = after;
        }
        let decoded = fields.into_iter().map(|(name, value)| (name, one_line(&value)));
        (Self(decoded.collect()), rest)
    }

    /// Of text that is already decoded.
    pub(super) fn of_text(text: &str) -> Self {
        Self::read(text.trim_start_matches('\n').as_bytes()).0
    }

    /// The first of this name.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    /// Whether the first of this name begins with one of these words, in any case.
    pub(super) fn begins(&self, name: &str, words: &[&str]) -> bool {
        self.first(name).is_some_and(|value| {
            let value = value.to_lowercase();
            words.iter().any(|word| value.starts_with(word))
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a field without its parameters, in lower case: `multipart/report`.
    pub(super) fn value_of(&self, name: &str) -> String {
        let value = self.first(name).unwrap_or_default();
        let value = value.split([';', ' ']).next().unwrap_or_default();
        value.trim().to_lowercase()
    }

    /// A parameter of a field, such as `boundary` of Content-Type.
    pub(super) fn parameter(&self, name: &str, parameter: &str) -> Option<String> {
        let value = self.first(name)?;
        let lower = value.to_ascii_lowercase();
        let mut from = 0;
        while let Some(at) = lower
            .get(from..)
            .and_then(|rest| memmem::find(rest.as_bytes(), parameter.as_bytes()))
        {
            let start = from + at;
            from = start + parameter.len();
            let before = lower.get(..start).unwrap_or_default();
            let is_name = before.ends_with([';', ' ', '\t']) && before.contains(';');
            let after = value.get(from..).unwrap_or_default().trim_start();
            if let (true, Some(given)) = (is_name, after.strip_prefix('=')) {
                return Some(unquoted(given));
            }
        }
        None
    }
}

fn unquoted(given: &str) -> String {
    let given = given.trim_start();
    match given.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().replace('\\', ""),
        None => given
            .split([';', ' ', '\t'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

/// The name in lower case and the value of a line that is a field.
fn field(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = memchr(b':', line.get(..128).unwrap_or(line))?;
    let (name, value) = line.split_at(colon);
    let name = name.trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|octet| octet.is_ascii_graphic());
    is_name.then(|| {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        (name, value.get(1..).unwrap_or_default())
    })
}

/// A value unfolded and decoded, with no control characters.
fn one_line(value: &[u8]) -> String {
    let mut text = header_text(value);
    text.retain(|letter| !misleads(letter));
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_as_it_comes() {
        let (fields, body) = Fields::read(
            b">From x\nSubject : =?utf-8?q?a?=\n  b\tc\nContent-Type: multipart/report; x=\"boundary=1\";\n\tBoundary=\"a b\"; report-type=delivery-status\n\nbody",
        );
        assert_eq!(fields.first("subject"), Some("a b c"));
        assert_eq!(fields.value_of("content-type"), "multipart/report");
        assert_eq!(
            fields.parameter("content-type", "boundary").as_deref(),
            Some("a b")
        );
        assert_eq!(
            fields.parameter("content-type", "report-type").as_deref(),
            Some("delivery-status")
        );
        assert_eq!(body, b"body");
        let (fields, body) = Fields::read(b"A: 1\nno field here\nB: 2");
        assert!(fields.has("a") && !fields.has("b"));
        assert_eq!(body, b"no field here\nB: 2");
    }
}
