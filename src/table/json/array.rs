//! A file that is one list of objects, or one object with such a list in it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::campaign::{Place, Problem};
use crate::storage::open_regular;
use crate::words::{Arg, Said, say};

use super::super::failure::{TableError, cannot_read};
use super::super::marks::Mark;
use super::super::records::Hashing;
use super::super::source::{CellFault, Feed, Record, Reopen, Sink, Source};
use super::list::{Element, Ended, walk, walk_on};
use super::object::Keys;
use super::shape::skip_mark;
use super::words::{Broken, file_error, problem_at, too_long};

/// Lists of an object that are looked into.
const MOST_LISTS: usize = 32;

/// An open list.
pub(super) struct Array {
    objects: Objects,
    feed: Feed,
    digest: Arc<OnceLock<[u8; 32]>>,
}

/// How a file is read whose rows are the objects of a list.
#[derive(Clone)]
struct Objects {
    file: PathBuf,
    shown: String,
    /// The key under which the list lies.
    list: Option<String>,
    keys: Keys,
}

/// A list that was met.
struct Met {
    name: Option<String>,
    keys: Keys,
    objects: u64,
    /// Its first element that is not a row, and why.
    broken: Option<((usize, usize), Said, Said)>,
}

impl Array {
    /// Opens the file: reads its keys first, and starts again. `None` for one that begins as one value
    /// and has an object a line.
    pub(super) fn open(path: &Path, shown: &str) -> Result<Option<Self>, TableError> {
        let mut met: Vec<Met> = Vec::new();
        let mut endless = None;
        let (input, _) = input(path, shown)?;
        let looked = walk(input, |element| {
            let known = met.iter().position(|m| m.name.as_deref() == element.list);
            let at = known.unwrap_or_else(|| {
                met.push(Met {
                    name: element.list.map(str::to_owned),
                    keys: Keys::default(),
                    objects: 0,
                    broken: None,
                });
                met.len() - 1
            });
            // A file with this many has no single list.
            if met.len() > MOST_LISTS {
                met.pop();
                return true;
            }
            let Some(list) = met.get_mut(at) else { return true };
            match list.keys.learn(element.text) {
                Ok(()) => list.objects += 1,
                Err(error) => {
                    let (what, help) = error.words(name(element), element.text);
                    if matches!(error, Broken::Keys(_)) {
                        endless = Some((what, help));
                        return false;
                    }
                    list.broken.get_or_insert((element.at, what, help));
                }
            }
            true
        });
        if let Some((what, help)) = endless {
            return Err(whole(shown, what).help(help).into());
        }
        match looked {
            Ok(()) => {}
            // A line that is longer than what was looked at first.
            Err(Ended::Trailing(true, error)) if error.line() > 1 && first_character(path) == Some(b'{') => {
                return Ok(None);
            }
            Err(ended) => return Err(ended_early(path, shown, ended)),
        }
        let Some(list) = choose(path, shown, met)? else {
            return Ok(None);
        };
        let objects = Objects {
            file: path.to_owned(),
            shown: shown.to_owned(),
            list: list.name,
            keys: list.keys,
        };
        let digest = Arc::new(OnceLock::new());
        let (mut reading, result) = (objects.clone(), Arc::clone(&digest));
        let feed = Feed::start(move |sink| reading.read(sink, &result));
        Ok(Some(Self {
            objects,
            feed: feed.map_err(|error| cannot_read(shown, &error))?,
            digest,
        }))
    }
}

impl Source for Array {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        self.feed.next(record)
    }

    fn columns(&self) -> Option<Vec<String>> {
        Some(self.objects.keys.names())
    }

    fn digest(&self) -> [u8; 32] {
        self.digest.get().copied().unwrap_or_default()
    }

    fn reopen(&self) -> Option<Box<dyn Reopen>> {
        Some(Box::new(self.objects.clone()))
    }
}

impl Objects {
    /// Reads the rows.
    fn read(&mut self, sink: &mut Sink, digest: &OnceLock<[u8; 32]>) -> Result<(), TableError> {
        let (mut input, before) = input(&self.file, &self.shown)?;
        let Self { list, keys, .. } = self;
        let read = walk(&mut input, |element| {
            element.list != list.as_deref() || sink.put(row(keys, element, before))
        });
        match read {
            Ok(()) => {
                let _ = digest.set(input.get_ref().digest());
                Ok(())
            }
            Err(Ended::Stopped) => Ok(()),
            Err(ended) => Err(ended_early(&self.file, &self.shown, ended)),
        }
    }

    /// Reads the rows from one on.
    fn read_on(&mut self, input: impl Read, mark: &Mark, sink: &mut Sink) -> Result<(), TableError> {
        let Self { list, keys, .. } = self;
        let read = walk_on(input, mark, list.as_deref(), |element| {
            sink.put(row(keys, element, 0))
        });
        match read {
            Ok(()) | Err(Ended::Stopped) => Ok(()),
            Err(ended) => Err(ended_early(&self.file, &self.shown, ended)),
        }
    }
}

impl Reopen for Objects {
    fn at(&self, mark: &Mark) -> io::Result<Box<dyn Source>> {
        let mut file = open_regular(&self.file)?;
        file.seek(SeekFrom::Start(mark.octet))?;
        let (mut reading, mark) = (self.clone(), *mark);
        let feed = Feed::start(move |sink| reading.read_on(BufReader::new(file), &mark, sink))?;
        Ok(Box::new(Array {
            objects: self.clone(),
            feed,
            digest: Arc::default(),
        }))
    }
}

/// An element as a row; `before` octets of the file come before what was walked.
fn row(keys: &mut Keys, element: &Element<'_>, before: u64) -> Record {
    let mut record = Record {
        number: element.number,
        mark: Some(Mark {
            rows: element.number.saturating_sub(1),
            octet: before + element.octet,
            at: element.at,
            ..Mark::default()
        }),
        ..Record::default()
    };
    if let Err(error) = keys.row(element.text, &mut record) {
        let (what, help) = error.words(name(element), element.text);
        record.faults.push(CellFault {
            cell: None,
            code: "not-json",
            what,
            help,
        });
    }
    record
}

/// Opens the file behind its byte order mark, and says how many octets that has.
fn input(path: &Path, shown: &str) -> Result<(BufReader<Hashing<File>>, u64), TableError> {
    let open = || {
        let mut input = BufReader::with_capacity(1 << 16, Hashing::new(open_regular(path)?));
        let before = skip_mark(&mut input)?;
        Ok((input, before))
    };
    open().map_err(|error| cannot_read(shown, &error))
}

/// The list that is meant; `None` where the file is one object on one line.
fn choose(path: &Path, shown: &str, mut met: Vec<Met>) -> Result<Option<Met>, TableError> {
    let broken = met.iter_mut().find_map(|list| list.broken.take());
    let is_list = met.iter().any(|list| list.name.is_none());
    met.retain(|list| list.objects > 0);
    if met.len() > 1 {
        let names = met.iter().map(|list| {
            let name = list.name.as_deref().unwrap_or_default();
            say!("table-json-list", name = name, objects = list.objects)
        });
        let lists = Arg::commas(names.take(8));
        let first = met
            .first()
            .and_then(|list| list.name.as_deref())
            .unwrap_or_default();
        return Err(whole(shown, say!("table-json-several-lists", lists = lists))
            .help(say!("table-json-keep-one"))
            .help(say!("table-json-jq-list", list = first, file = shown))
            .into());
    }
    if let Some(list) = met.pop() {
        if list.keys.is_empty() {
            return Err(whole(shown, say!("table-json-empty-objects"))
                .help(say!("table-json-expected"))
                .into());
        }
        return Ok(Some(list));
    }
    match broken {
        Some(((line, column), what, help)) => {
            Err(problem_at(path, shown, line, column, what).help(help).into())
        }
        None if !is_list && one_line(path) => Ok(None),
        None => {
            let what = match first_character(path) {
                Some(b'[') => say!("table-json-empty-list"),
                Some(b'{') => say!("table-json-no-list"),
                _ => say!("table-json-neither"),
            };
            Err(whole(shown, what).help(say!("table-json-expected")).into())
        }
    }
}

/// Whether the file is an object on one line, such as a list of one person.
fn one_line(path: &Path) -> bool {
    let Ok(file) = open_regular(path) else {
        return false;
    };
    let lines = std::io::BufRead::split(BufReader::new(file), b'\n');
    let mut filled = lines
        .map_while(Result::ok)
        .filter(|line| !line.trim_ascii().is_empty())
        .take(2);
    first_character(path) == Some(b'{') && filled.next().is_some() && filled.next().is_none()
}

fn first_character(path: &Path) -> Option<u8> {
    let mut start = Vec::new();
    open_regular(path).ok()?.take(4096).read_to_end(&mut start).ok()?;
    let start = start.strip_prefix(super::shape::MARK).unwrap_or(&start);
    start.trim_ascii_start().first().copied()
}

fn name(element: &Element<'_>) -> Said {
    let (line, column) = element.at;
    say!(
        "table-json-element",
        number = Arg::plain(element.number),
        line = Arg::plain(line),
        column = Arg::plain(column)
    )
}

fn ended_early(path: &Path, shown: &str, ended: Ended) -> TableError {
    match ended {
        Ended::Stopped => whole(shown, say!("table-json-stopped")).into(),
        Ended::TooLong((line, column)) => {
            let (line, column) = (Arg::plain(line), Arg::plain(column));
            too_long(shown, say!("table-json-element-at", line = line, column = column))
        }
        Ended::Broken(error) => file_error(path, shown, &error),
        Ended::Trailing(_, error) => {
            let what = say!("table-json-trailing");
            problem_at(path, shown, error.line(), error.column(), what)
                .help(say!("table-json-trailing-help"))
                .help(say!("table-json-jq-lines", file = shown))
                .into()
        }
    }
}

fn whole(shown: &str, what: Said) -> Problem {
    Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
}
