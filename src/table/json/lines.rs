//! One object per line (.jsonl, .ndjson).

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::campaign::{Place, Problem};
use crate::storage::open_regular;
use crate::words::{Arg, Said, say};

use super::super::failure::{TableError, cannot_read};
use super::super::marks::Mark;
use super::super::records::{Hashing, LONGEST};
use super::super::source::{CellFault, Record, Reopen, Source};
use super::object::Keys;
use super::shape::skip_mark;
use super::words::{Broken, too_long};

/// Lines of text, numbered as an editor does.
struct Lines<R> {
    input: R,
    number: u64,
    /// The octet of the file where the next line begins.
    octet: u64,
    octets: Vec<u8>,
}

/// A line that is not blank, or why it cannot be read.
enum Line<'l> {
    Text(u64, &'l str),
    NotUtf8(u64, usize),
    TooLong(u64),
    End,
}

impl<R: BufRead> Lines<R> {
    fn new(mut input: R) -> io::Result<Self> {
        Ok(Self {
            octet: skip_mark(&mut input)?,
            input,
            number: 0,
            octets: Vec::new(),
        })
    }

    fn next(&mut self) -> io::Result<Line<'_>> {
        loop {
            self.octets.clear();
            let mut input = (&mut self.input).take(LONGEST as u64 + 1);
            let read = input.read_until(b'\n', &mut self.octets)?;
            if read == 0 {
                return Ok(Line::End);
            }
            self.number += 1;
            self.octet += read as u64;
            if self.octets.len() > LONGEST {
                return Ok(Line::TooLong(self.number));
            }
            if !self.octets.iter().all(|o| b" \t\r\n".contains(o)) {
                break;
            }
        }
        Ok(match std::str::from_utf8(&self.octets) {
            Ok(text) => Line::Text(self.number, text.trim_end_matches(['\r', '\n'])),
            Err(error) => Line::NotUtf8(self.number, error.valid_up_to() + 1),
        })
    }
}

/// An open file of objects.
pub(super) struct JsonLines {
    objects: Objects,
    lines: Lines<BufReader<Hashing<File>>>,
}

/// How a file of objects is read.
#[derive(Clone)]
struct Objects {
    file: PathBuf,
    shown: String,
    keys: Keys,
}

impl Reopen for Objects {
    fn at(&self, mark: &Mark) -> io::Result<Box<dyn Source>> {
        let mut file = open_regular(&self.file)?;
        file.seek(SeekFrom::Start(mark.octet))?;
        Ok(Box::new(JsonLines {
            objects: self.clone(),
            lines: Lines {
                input: buffered(file),
                number: mark.rows,
                octet: mark.octet,
                octets: Vec::new(),
            },
        }))
    }
}

fn buffered(file: File) -> BufReader<Hashing<File>> {
    BufReader::with_capacity(1 << 16, Hashing::new(file))
}

impl JsonLines {
    /// Opens the file: reads its keys first, and starts again.
    pub(super) fn open(path: &Path, shown: &str) -> Result<Self, TableError> {
        let failed = |error: io::Error| cannot_read(shown, &error);
        let open = || open_regular(path).map_err(failed);
        let mut keys = Keys::default();
        let mut broken = None;
        let mut lines = Lines::new(BufReader::with_capacity(1 << 16, open()?)).map_err(failed)?;
        loop {
            match lines.next().map_err(failed)? {
                Line::Text(number, text) => match keys.learn(text) {
                    Ok(()) => {}
                    Err(error @ Broken::Keys(_)) => {
                        let (what, help) = error.words(line(number), text);
                        return Err(problem(shown, what, help).into());
                    }
                    Err(error) => {
                        broken.get_or_insert_with(|| error.words(line(number), text));
                    }
                },
                Line::NotUtf8(number, octet) => {
                    broken.get_or_insert_with(|| not_utf8(number, octet));
                }
                Line::TooLong(number) => return Err(too_long(shown, line(number))),
                Line::End => break,
            }
        }
        if keys.is_empty() {
            let (what, help) =
                broken.unwrap_or_else(|| (say!("table-json-no-object"), say!("table-json-no-object-help")));
            return Err(problem(shown, what, help).into());
        }
        let objects = Objects {
            file: path.to_owned(),
            shown: shown.to_owned(),
            keys,
        };
        Ok(Self {
            objects,
            lines: Lines::new(buffered(open()?)).map_err(failed)?,
        })
    }
}

impl Source for JsonLines {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        let Objects { shown, keys, .. } = &mut self.objects;
        record.mark = Some(Mark {
            rows: self.lines.number,
            octet: self.lines.octet,
            ..Mark::default()
        });
        let next = self.lines.next();
        let (number, (what, help)) = match next.map_err(|error| cannot_read(shown, &error))? {
            Line::End => return Ok(false),
            Line::TooLong(number) => return Err(too_long(shown, line(number))),
            Line::NotUtf8(number, octet) => (number, not_utf8(number, octet)),
            Line::Text(number, text) => match keys.row(text, record) {
                Ok(()) => {
                    record.number = number;
                    return Ok(true);
                }
                Err(error) => (number, error.words(say!("table-json-this-line"), text)),
            },
        };
        record.number = number;
        record.cells.resize(keys.len(), String::new());
        record.faults.push(CellFault {
            cell: None,
            code: "not-json",
            what,
            help,
        });
        Ok(true)
    }

    fn columns(&self) -> Option<Vec<String>> {
        Some(self.objects.keys.names())
    }

    fn digest(&self) -> [u8; 32] {
        self.lines.input.get_ref().digest()
    }

    fn reopen(&self) -> Option<Box<dyn Reopen>> {
        Some(Box::new(self.objects.clone()))
    }
}

fn line(number: u64) -> Said {
    say!("table-json-line", line = Arg::plain(number))
}

fn not_utf8(number: u64, octet: usize) -> (Said, Said) {
    let (line, octet) = (Arg::plain(number), Arg::plain(octet));
    (
        say!("table-json-line-not-utf-8", line = line, octet = octet),
        say!("table-json-write-utf-8"),
    )
}

fn problem(shown: &str, what: Said, help: Said) -> Problem {
    Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
        .help(help)
}
