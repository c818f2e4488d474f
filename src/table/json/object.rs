//! An object as a row: its keys are columns, its values cells.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::storage::composed;
use crate::words::{Said, say};

use super::super::cell::{FALSE, TRUE};
use super::super::source::{CellFault, Record};
use super::words::{Broken, cell_words};

/// More keys than this are not columns; Excel has the same limit.
const MOST: usize = 16_384;

/// The columns: all keys, in the order in which they are met.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    names: Vec<String>,
    at: HashMap<String, usize>,
    /// Which of them the current object has.
    seen: Vec<bool>,
}

impl Keys {
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// What templates call the columns.
    pub(super) fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    /// Takes the keys of an object; of a broken one, none.
    pub(super) fn learn(&mut self, text: &str) -> Result<(), Broken> {
        let mut new = Vec::new();
        read(
            text,
            Learn {
                keys: self,
                new: &mut new,
            },
        )?;
        for name in new {
            if !self.at.contains_key(&name) {
                if self.names.len() == MOST {
                    return Err(Broken::Keys(MOST));
                }
                self.at.insert(name.clone(), self.names.len());
                self.names.push(name);
            }
        }
        Ok(())
    }

    /// Puts the values of an object into its cells; cells that cannot be read are faults of the
    /// record.
    pub(super) fn row(&mut self, text: &str, record: &mut Record) -> Result<(), Broken> {
        record.cells.resize(self.names.len(), String::new());
        self.seen.clear();
        self.seen.resize(self.names.len(), false);
        let Self { at, seen, .. } = self;
        let mut unknown = None;
        let fill = Fill {
            at,
            seen,
            record,
            unknown: &mut unknown,
        };
        read(text, fill)?;
        unknown.map_or(Ok(()), |key| Err(Broken::Changed(key)))
    }
}

/// Reads one object and nothing behind it.
fn read<'t>(text: &'t str, visitor: impl Visitor<'t, Value = ()>) -> Result<(), Broken> {
    if let Some(found) = other_than_object(text) {
        return Err(Broken::Kind(found));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer
        .deserialize_map(visitor)
        .and_then(|()| deserializer.end())
        .map_err(Broken::Syntax)
}

/// The kind of a value that is not an object, by its first character.
fn other_than_object(text: &str) -> Option<Said> {
    match text.trim_start().bytes().next() {
        Some(b'[') => Some(say!("table-json-a-list")),
        Some(b'"') => Some(say!("table-json-a-text")),
        Some(b'0'..=b'9' | b'-') => Some(say!("table-json-a-number")),
        _ if matches!(text.trim(), "true" | "false" | "null") => Some(Said::verbatim(text.trim())),
        _ => None,
    }
}

/// A key, and where its column is.
struct Find<'k>(&'k HashMap<String, usize>);

enum Found {
    At(usize),
    Nowhere(String),
}

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Find<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Found, E> {
        let key = composed(key);
        Ok(match self.0.get(&*key) {
            Some(at) => Found::At(*at),
            None => Found::Nowhere(key.into_owned()),
        })
    }
}

/// Collects keys that are new.
struct Learn<'k> {
    keys: &'k Keys,
    new: &'k mut Vec<String>,
}

impl<'de> Visitor<'de> for Learn<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Find(&self.keys.at))? {
            if let Found::Nowhere(name) = key {
                self.new.push(name);
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Fills cells.
struct Fill<'k> {
    at: &'k HashMap<String, usize>,
    seen: &'k mut [bool],
    record: &'k mut Record,
    /// A key that is not a column.
    unknown: &'k mut Option<String>,
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self {
            at,
            seen,
            record,
            unknown,
        } = self;
        while let Some(key) = map.next_key_seed(Find(at))? {
            let raw: &'de RawValue = map.next_value()?;
            let at = match key {
                Found::At(at) => at,
                // The keys of a broken object are not columns; the error is reported at its end.
                Found::Nowhere(name) => {
                    unknown.get_or_insert(name);
                    continue;
                }
            };
            if seen.get(at).copied().unwrap_or(true) {
                record.faults.push(CellFault {
                    cell: Some(at),
                    code: "duplicate-key",
                    what: say!("table-json-key-twice"),
                    help: say!("table-json-key-twice-help"),
                });
                continue;
            }
            seen[at] = true;
            match cell(raw.get()) {
                Ok(cell) => record.cells[at] = cell,
                Err(error) => {
                    let (what, help) = cell_words(&error);
                    record.faults.push(CellFault {
                        cell: Some(at),
                        code: "not-json",
                        what,
                        help,
                    });
                }
            }
        }
        Ok(())
    }
}

/// A value as a cell shows it.
fn cell(raw: &str) -> serde_json::Result<String> {
    Ok(match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw)?,
        Some(b't') => TRUE.to_owned(),
        Some(b'f') => FALSE.to_owned(),
        Some(b'n') => String::new(),
        Some(b'[' | b'{') => compact(raw),
        // A number keeps its digits: 1.50 is a price, 12345678901234567890 an account.
        _ => raw.to_owned(),
    })
}

/// The same JSON without the blanks between its parts.
fn compact(raw: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    raw.chars()
        .filter(|c| {
            if quoted {
                quoted = escaped || *c != '"';
                escaped = !escaped && *c == '\\';
                return true;
            }
            quoted = *c == '"';
            !matches!(c, ' ' | '\t' | '\r' | '\n')
        })
        .collect()
}
