//! A file that is one list of objects, or one object with such a list in it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::campaign::{Place, Problem};

use super::super::failure::{TableError, cannot_read};
use super::super::records::Hashing;
use super::super::source::{CellFault, Feed, Record, Sink, Source};
use super::list::{Element, Ended, walk};
use super::object::Keys;
use super::skip_mark;
use super::words::{Broken, file_error, problem_at, too_long};

/// Lists of an object that are looked into.
const MOST_LISTS: usize = 32;

/// What a file that begins as one value turned out to be.
pub(super) enum Surveyed {
    /// A list.
    List(Array),
    /// One object a line.
    Lines,
}

/// An open list.
pub(super) struct Array {
    names: Vec<String>,
    feed: Feed,
    digest: Arc<OnceLock<[u8; 32]>>,
}

/// A list that was met.
struct Met {
    name: Option<String>,
    keys: Keys,
    objects: u64,
    /// Its first element that is no row, and why.
    broken: Option<((usize, usize), String, String)>,
}

impl Array {
    /// Opens the file: reads its keys first, and begins anew.
    pub(super) fn open(path: &Path, shown: &str) -> Result<Surveyed, TableError> {
        let mut met: Vec<Met> = Vec::new();
        let mut endless = None;
        let looked = walk(input(path, shown)?, |element| {
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
            // Who has so many has not one.
            if met.len() > MOST_LISTS {
                met.pop();
                return true;
            }
            let Some(list) = met.get_mut(at) else { return true };
            match list.keys.learn(element.text) {
                Ok(()) => list.objects += 1,
                Err(error) => {
                    let (what, help) = error.words(&name(element), element.text);
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
                return Ok(Surveyed::Lines);
            }
            Err(ended) => return Err(ended_early(path, shown, ended)),
        }
        let list = match choose(path, shown, met)? {
            Some(list) => list,
            None => return Ok(Surveyed::Lines),
        };
        let names = list.keys.names();
        let digest = Arc::new(OnceLock::new());
        let (path, shown, result) = (path.to_owned(), shown.to_owned(), Arc::clone(&digest));
        let feed = {
            let shown = shown.clone();
            Feed::start(move |sink| read(&path, &shown, list, sink, &result))
        };
        Ok(Surveyed::List(Self {
            names,
            feed: feed.map_err(|error| cannot_read(&shown, &error))?,
            digest,
        }))
    }
}

impl Source for Array {
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        self.feed.next(record)
    }

    fn columns(&self) -> Option<Vec<String>> {
        Some(self.names.clone())
    }

    fn digest(&self) -> [u8; 32] {
        self.digest.get().copied().unwrap_or_default()
    }
}

/// Reads the rows.
fn read(
    path: &Path,
    shown: &str,
    list: Met,
    sink: &mut Sink,
    digest: &OnceLock<[u8; 32]>,
) -> Result<(), TableError> {
    let Met {
        name: wanted,
        mut keys,
        ..
    } = list;
    let mut input = input(path, shown)?;
    let read = walk(&mut input, |element| {
        element.list != wanted.as_deref() || sink.put(row(&mut keys, element))
    });
    match read {
        Ok(()) => {
            let _ = digest.set(input.get_ref().digest());
            Ok(())
        }
        Err(Ended::Stopped) => Ok(()),
        Err(ended) => Err(ended_early(path, shown, ended)),
    }
}

fn row(keys: &mut Keys, element: &Element<'_>) -> Record {
    let mut record = Record {
        number: element.number,
        ..Record::default()
    };
    if let Err(error) = keys.row(element.text, &mut record) {
        let (what, help) = error.words(&name(element), element.text);
        record.faults.push(CellFault {
            cell: None,
            code: "not-json",
            what,
            help,
        });
    }
    record
}

/// Opens the file behind its byte order mark.
fn input(path: &Path, shown: &str) -> Result<BufReader<Hashing<File>>, TableError> {
    let open = || {
        let mut input = BufReader::with_capacity(1 << 16, Hashing::new(File::open(path)?));
        skip_mark(&mut input)?;
        Ok(input)
    };
    open().map_err(|error| cannot_read(shown, &error))
}

/// The list that is meant; `None` where the file is one object on one line.
fn choose(path: &Path, shown: &str, mut met: Vec<Met>) -> Result<Option<Met>, TableError> {
    let expected =
        "a list of objects is expected, [{\"email\": \"ada@uni.example\"}, …], or one object a line";
    let broken = met.iter_mut().find_map(|list| list.broken.take());
    let is_list = met.iter().any(|list| list.name.is_none());
    met.retain(|list| list.objects > 0);
    if met.len() > 1 {
        let names = met.iter().map(|list| {
            let name = list.name.as_deref().unwrap_or_default();
            let objects = if list.objects == 1 { "object" } else { "objects" };
            format!("`{name}` ({} {objects})", list.objects)
        });
        let names: Vec<_> = names.take(8).collect();
        let first = met
            .first()
            .and_then(|list| list.name.as_deref())
            .unwrap_or_default();
        let what = format!("this JSON object holds several lists: {}", names.join(", "));
        return Err(whole(shown, what)
            .help("keep the one whose objects are your recipients")
            .help(format!("with jq: jq '.[\"{first}\"]' {shown} > recipients.json"))
            .into());
    }
    if let Some(list) = met.pop() {
        if list.keys.is_empty() {
            return Err(whole(shown, "the objects of this list are empty".to_owned())
                .help(expected)
                .into());
        }
        return Ok(Some(list));
    }
    match broken {
        Some(((line, column), what, help)) => {
            Err(problem_at(path, shown, line, column, &what).help(help).into())
        }
        None if !is_list && one_line(path) => Ok(None),
        None => {
            let what = match first_character(path) {
                Some(b'[') => "this JSON list is empty",
                Some(b'{') => "this JSON object holds no list of objects",
                _ => "this JSON file is neither a list nor an object",
            };
            Err(whole(shown, what.to_owned()).help(expected).into())
        }
    }
}

/// Whether the file is an object on one line, such as a list of one person.
fn one_line(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let lines = std::io::BufRead::split(BufReader::new(file), b'\n');
    let mut filled = lines
        .map_while(Result::ok)
        .filter(|line| !line.trim_ascii().is_empty())
        .take(2);
    first_character(path) == Some(b'{') && filled.next().is_some() && filled.next().is_none()
}

fn first_character(path: &Path) -> Option<u8> {
    let mut start = Vec::new();
    File::open(path).ok()?.take(4096).read_to_end(&mut start).ok()?;
    let start = start.strip_prefix(super::shape::MARK).unwrap_or(&start);
    start.trim_ascii_start().first().copied()
}

fn name(element: &Element<'_>) -> String {
    let (line, column) = element.at;
    format!("element {} (line {line}, column {column})", element.number)
}

fn ended_early(path: &Path, shown: &str, ended: Ended) -> TableError {
    match ended {
        Ended::Stopped => whole(shown, "the reading was stopped".to_owned()).into(),
        Ended::TooLong((line, column)) => {
            too_long(shown, &format!("the element at line {line}, column {column}"))
        }
        Ended::Broken(error) => file_error(path, shown, &error),
        Ended::Trailing(_, error) => {
            let what = "the JSON value that this file is ends, and something follows";
            problem_at(path, shown, error.line(), error.column(), what)
                .help("several objects stand in a list, [{…}, {…}], or each on a line of its own")
                .help(format!("with jq: jq -c . {shown} > recipients.jsonl"))
                .into()
        }
    }
}

fn whole(shown: &str, what: String) -> Problem {
    Problem::error(what)
        .code("recipients-file")
        .at(Place::whole(shown))
}
