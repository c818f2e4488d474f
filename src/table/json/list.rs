//! A list of objects, `[{…}, {…}]`, read one element at a time.
//!
//! serde_json reads the stream; each element comes as its own text, so that a list of any length
//! takes the memory of its longest element.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::super::marks::Mark;
use super::super::records::LONGEST;

/// An element of a list.
pub(super) struct Element<'e> {
    /// The key under which the list lies; none for a list that is the whole file.
    pub(super) list: Option<&'e str>,
    /// Which one it is, from 1.
    pub(super) number: u64,
    /// Line and octet where it begins.
    pub(super) at: (usize, usize),
    /// The octet of the input where it does.
    pub(super) octet: u64,
    /// What it says.
    pub(super) text: &'e str,
}

/// Why the reading ended before the file did.
pub(super) enum Ended {
    /// Nobody wants more.
    Stopped,
    /// An element that begins there is longer than one may be.
    TooLong((usize, usize)),
    /// The first value has ended, and something follows; whether it was on one line.
    Trailing(bool, serde_json::Error),
    /// It is not JSON.
    Broken(serde_json::Error),
}

/// What follows the reading: where it is, and how much one element may still take.
struct Progress {
    octet: Cell<u64>,
    line: Cell<usize>,
    column: Cell<usize>,
    room: Cell<usize>,
    stopped: Cell<bool>,
}

impl Progress {
    fn at(octet: u64, (line, column): (usize, usize)) -> Self {
        Self {
            octet: Cell::new(octet),
            line: Cell::new(line),
            column: Cell::new(column),
            room: Cell::new(LONGEST),
            stopped: Cell::new(false),
        }
    }

    /// Why an error came about in or behind the element that began there.
    fn ended(&self, began: (usize, usize), error: serde_json::Error) -> Ended {
        if self.stopped.get() {
            Ended::Stopped
        } else if error.is_io() && self.room.get() < 2 {
            Ended::TooLong(began)
        } else {
            Ended::Broken(error)
        }
    }
}

/// A reader whose progress is followed. serde_json takes one octet at a time and looks at most one
/// ahead, so its place is exact.
struct Followed<R> {
    inner: R,
    progress: Rc<Progress>,
}

impl<R: Read> Read for Followed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let progress = &self.progress;
        progress.octet.set(progress.octet.get() + n as u64);
        for octet in buffer.get(..n).unwrap_or_default() {
            if *octet == b'\n' {
                progress.line.set(progress.line.get() + 1);
                progress.column.set(0);
            } else {
                progress.column.set(progress.column.get() + 1);
            }
        }
        let Some(room) = progress.room.get().checked_sub(n) else {
            return Err(io::Error::other("too large"));
        };
        progress.room.set(room);
        Ok(n)
    }
}

/// Reads the file's one value, a list or an object with lists in it, and hands out the lists'
/// elements until `each` says that it wants no more.
pub(super) fn walk(input: impl Read, mut each: impl FnMut(&Element<'_>) -> bool) -> Result<(), Ended> {
    let progress = Rc::new(Progress::at(0, (1, 0)));
    let mut began = (1, 1);
    let mut deserializer = serde_json::Deserializer::from_reader(Followed {
        inner: input,
        progress: Rc::clone(&progress),
    });
    let walk = Walk {
        progress: &progress,
        began: &mut began,
        before: 0,
        each: &mut each,
    };
    let read = Value { walk, list: None }.deserialize(&mut deserializer);
    read.map_err(|error| progress.ended(began, error))?;
    let one_line = progress.line.get() == 1;
    progress.room.set(usize::MAX);
    deserializer.end().map_err(|error| match error.classify() {
        serde_json::error::Category::Syntax => Ended::Trailing(one_line, error),
        serde_json::error::Category::Io
        | serde_json::error::Category::Data
        | serde_json::error::Category::Eof => Ended::Broken(error),
    })
}

/// The same from the element on that begins at `mark`, in the list that is called `list`, to the
/// end of that list. The file was walked before: that it is JSON is known.
pub(super) fn walk_on(
    input: impl Read,
    mark: &Mark,
    list: Option<&str>,
    mut each: impl FnMut(&Element<'_>) -> bool,
) -> Result<(), Ended> {
    // Where an element begins, its first octet was read.
    let (line, column) = mark.at;
    let progress = Rc::new(Progress::at(mark.octet, (line, column.saturating_sub(1))));
    let mut began = mark.at;
    let followed = Followed {
        inner: input,
        progress: Rc::clone(&progress),
    };
    let walk = Walk {
        progress: &progress,
        began: &mut began,
        before: mark.rows,
        each: &mut each,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(b"[".chain(followed));
    let read = Value { walk, list }.deserialize(&mut deserializer);
    read.map_err(|error| progress.ended(began, error))
}

struct Walk<'w> {
    progress: &'w Progress,
    /// Where the last element began.
    began: &'w mut (usize, usize),
    /// Elements of the list that come before.
    before: u64,
    each: &'w mut dyn FnMut(&Element<'_>) -> bool,
}

/// A value that may be a list: the file's own, or one under a key of it.
struct Value<'w> {
    walk: Walk<'w>,
    list: Option<&'w str>,
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Walk {
            progress,
            began,
            before,
            each,
        } = self.walk;
        let mut number = before;
        progress.room.set(LONGEST);
        while let Some((at, octet, raw)) = seq.next_element_seed(Taken { progress, began })? {
            number += 1;
            let element = Element {
                list: self.list,
                number,
                at,
                octet,
                text: raw.get(),
            };
            if !each(&element) {
                progress.stopped.set(true);
                return Err(A::Error::custom("stopped"));
            }
            progress.room.set(LONGEST);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Walk {
            progress,
            began,
            before,
            each,
        } = self.walk;
        if self.list.is_some() {
            progress.room.set(usize::MAX);
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            progress.room.set(LONGEST);
            return Ok(());
        }
        while let Some(key) = map.next_key::<String>()? {
            progress.room.set(LONGEST);
            map.next_value_seed(Value {
                walk: Walk {
                    progress,
                    began: &mut *began,
                    before,
                    each: &mut *each,
                },
                list: Some(&key),
            })?;
            progress.room.set(LONGEST);
        }
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The text of an element, and where it begins.
struct Taken<'w> {
    progress: &'w Progress,
    began: &'w mut (usize, usize),
}

impl<'de> DeserializeSeed<'de> for Taken<'_> {
    type Value = ((usize, usize), u64, Box<RawValue>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        // Its first octet was looked at to know that there is one.
        *self.began = (self.progress.line.get(), self.progress.column.get());
        let octet = self.progress.octet.get().saturating_sub(1);
        Ok((*self.began, octet, Box::deserialize(deserializer)?))
    }
}
