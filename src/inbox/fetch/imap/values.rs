//! The values in an answer: words, strings, and lists in brackets.
//!
//! This is read here and not by a library: parsers of IMAP read everything that a server may say, and
//! break over what nobody asked for (imap-proto 0.17 panics at `INTERNALDATE NIL`, and lists within
//! lists exhaust the stack). Here what was not asked for is skipped, however deep it is.

use std::borrow::Cow;

/// A value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'v> {
    /// A word, a number, or the name of a value with its brackets: `BODY[]<0>`.
    Word(&'v [u8]),
    /// A string in quotes, or a literal.
    Text(Cow<'v, [u8]>),
    /// `(`
    Open,
    /// `)`
    Close,
}

impl Value<'_> {
    /// As words for people.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Word(word) => String::from_utf8_lossy(word).into_owned(),
            Self::Text(text) => String::from_utf8_lossy(text).into_owned(),
            Self::Open | Self::Close => String::new(),
        }
    }

    /// As a number.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Word(word) => std::str::from_utf8(word).ok()?.parse().ok(),
            Self::Text(_) | Self::Open | Self::Close => None,
        }
    }
}

/// The values of an answer, one after the other.
pub(super) struct Values<'v> {
    rest: &'v [u8],
}

impl<'v> Values<'v> {
    pub(super) fn of(answer: &'v [u8]) -> Self {
        Self { rest: answer }
    }

    /// The next value; `None` at the end, or if what follows is not a value.
    pub(super) fn next(&mut self) -> Option<Value<'v>> {
        let front = self.rest.trim_ascii_start();
        let first = *front.first()?;
        match first {
            b'(' | b')' => {
                self.rest = front.get(1..)?;
                Some(if first == b'(' { Value::Open } else { Value::Close })
            }
            b'"' => self.quoted(front.get(1..)?),
            b'{' => self.literal(front),
            b'~' if front.get(1) == Some(&b'{') => self.literal(front.get(1..)?),
            _ => self.word(front),
        }
    }

    /// Skips what belongs to a value that began so.
    pub(super) fn pass_over(&mut self, begun: &Value<'_>) -> Option<()> {
        let mut depth = usize::from(*begun == Value::Open);
        while depth > 0 {
            match self.next()? {
                Value::Open => depth += 1,
                Value::Close => depth -= 1,
                Value::Word(_) | Value::Text(_) => {}
            }
        }
        Some(())
    }

    fn quoted(&mut self, inner: &'v [u8]) -> Option<Value<'v>> {
        let mut at = 0;
        let mut escaped = false;
        loop {
            match inner.get(at)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        let text = inner.get(..at)?;
        self.rest = inner.get(at + 1..)?;
        if !escaped {
            return Some(Value::Text(Cow::Borrowed(text)));
        }
        let mut plain = Vec::with_capacity(text.len());
        let mut octets = text.iter();
        while let Some(octet) = octets.next() {
            plain.push(if *octet == b'\\' { *octets.next()? } else { *octet });
        }
        Some(Value::Text(Cow::Owned(plain)))
    }

    fn literal(&mut self, front: &'v [u8]) -> Option<Value<'v>> {
        let end = memchr::memchr(b'}', front)?;
        let size: usize = std::str::from_utf8(front.get(1..end)?).ok()?.parse().ok()?;
        let behind = front.get(end + 1..)?;
        let behind = behind.strip_prefix(b"\r").unwrap_or(behind).strip_prefix(b"\n")?;
        let (text, rest) = behind.split_at_checked(size)?;
        self.rest = rest;
        Some(Value::Text(Cow::Borrowed(text)))
    }

    fn word(&mut self, front: &'v [u8]) -> Option<Value<'v>> {
        let mut at = 0;
        let mut within = false;
        while let Some(octet) = front.get(at) {
            match octet {
                b'\r' | b'\n' => break,
                b'[' => within = true,
                b']' => within = false,
                b' ' | b'(' | b')' | b'"' if !within => break,
                _ => {}
            }
            at += 1;
        }
        let (word, rest) = front.split_at_checked(at)?;
        self.rest = rest;
        (!word.is_empty()).then_some(Value::Word(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_apart_and_passed_over_however_deep() {
        let mut values =
            Values::of(b"UID 5 BODY[HEADER.FIELDS (\"A\" B)]<0> \"a\\\"b\" {3}\r\n(\"x ~{1}\r\ny )");
        let word = |word: &'static str| Some(Value::Word(word.as_bytes()));
        assert_eq!(values.next(), word("UID"));
        assert_eq!(values.next().unwrap().number(), Some(5));
        assert_eq!(values.next(), word("BODY[HEADER.FIELDS (\"A\" B)]<0>"));
        assert_eq!(values.next().unwrap().words(), "a\"b");
        assert_eq!(values.next().unwrap().words(), "(\"x");
        assert_eq!(values.next().unwrap().words(), "y");
        assert_eq!(values.next(), Some(Value::Close));
        assert_eq!(values.next(), None);
        let deep = format!("{}{} 7", "(".repeat(100_000), ")".repeat(100_000));
        let mut values = Values::of(deep.as_bytes());
        let begun = values.next().unwrap();
        assert_eq!(values.pass_over(&begun), Some(()));
        assert_eq!(values.next().unwrap().number(), Some(7));
        for broken in ["\"abc", "{5}\r\nabc", "{x}\r\n", "\"a\\", "{}"] {
            assert_eq!(Values::of(broken.as_bytes()).next(), None, "{broken}");
        }
    }
}
