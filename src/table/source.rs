//! Where records come from: one interface for text, workbooks, JSON and databases.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::campaign::Problem;
use crate::storage::guarded;
use crate::words::{Said, say};

use super::about::About;
use super::failure::TableError;
use super::marks::Mark;

/// One record of a file, as it was read.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The row as the spreadsheet (or the editor) counts it.
    pub(super) number: u64,
    /// What its cells show.
    pub(super) cells: Vec<String>,
    /// Cells that show something else than what they are, by position: a date as ISO 8601, a
    /// number as plain digits.
    pub(super) plain: Vec<(usize, String)>,
    /// Cells that the sheet shows in another way, of which nobody is certain, by position.
    pub(super) unsure: Vec<usize>,
    /// The line as it is in a text file; empty for others.
    pub(super) line: Vec<u8>,
    /// Cells that cannot be read.
    pub(super) faults: Vec<CellFault>,
    /// Where it can be read again without those before it.
    pub(super) mark: Option<Mark>,
}

impl Record {
    pub(super) fn clear(&mut self) {
        self.number = 0;
        self.cells.clear();
        self.plain.clear();
        self.unsure.clear();
        self.line.clear();
        self.faults.clear();
        self.mark = None;
    }
}

/// A cell that cannot be read; the others of its row can.
#[derive(Debug)]
pub(super) struct CellFault {
    /// Its position in the record; `None` for the record as a whole.
    pub(super) cell: Option<usize>,
    pub(super) code: &'static str,
    /// What is wrong, in words its reader knows.
    pub(super) what: Said,
    /// What to do.
    pub(super) help: Said,
}

/// A file's records, one at a time.
pub(super) trait Source: Send {
    /// The next record into `record`, which is cleared before; false at the end.
    ///
    /// # Errors
    /// The file cannot be read on.
    fn next(&mut self, record: &mut Record) -> Result<bool, TableError>;

    /// The columns, if they are not in a row of their own.
    fn columns(&self) -> Option<Vec<String>> {
        None
    }

    /// SHA-256 of the whole file; asked for after the last record.
    fn digest(&self) -> [u8; 32];

    /// What reads the same file again from a [`Mark`] on, where its records have some.
    fn reopen(&self) -> Option<Box<dyn Reopen>> {
        None
    }
}

/// Reads a file again from the middle on, as it was read from its beginning.
pub(super) trait Reopen: Send + Sync {
    /// The records from `mark` on.
    ///
    /// # Errors
    /// The file cannot be opened.
    fn at(&self, mark: &Mark) -> io::Result<Box<dyn Source>>;
}

/// The records of a file, and what it is.
pub(super) type Readable = (Box<dyn Source>, About);

/// Records that go from thread to thread at a time.
const TOGETHER: usize = 256;

/// Octets that do: large records go sooner.
const OCTETS: usize = 1 << 20;

/// Records of a library that hands them out on its own stack: it runs on a thread of its own, a
/// bounded number of records ahead.
pub(super) struct Feed {
    batches: Receiver<Result<Vec<Record>, TableError>>,
    current: std::vec::IntoIter<Record>,
}

/// Takes the records of a [`Feed`].
pub(super) struct Sink {
    to: SyncSender<Result<Vec<Record>, TableError>>,
    batch: Vec<Record>,
    octets: usize,
}

impl Sink {
    /// Hands a record on; false when nobody wants more.
    pub(super) fn put(&mut self, record: Record) -> bool {
        let held = |cell: &String| size_of::<String>() + cell.len();
        self.octets += record.cells.iter().map(held).sum::<usize>();
        self.batch.push(record);
        if self.batch.len() < TOGETHER && self.octets < OCTETS {
            return true;
        }
        self.octets = 0;
        self.to.send(Ok(std::mem::take(&mut self.batch))).is_ok()
    }
}

/// Reads by a library; its panic is an error.
pub(super) fn caught<T>(read: impl FnOnce() -> Result<T, TableError>) -> Result<T, TableError> {
    guarded(read).unwrap_or_else(|_| {
        Err(Problem::error(say!("table-library-failed"))
            .code("recipients-file")
            .help(say!("table-library-failed-help"))
            .into())
    })
}

impl Feed {
    /// Starts reading: `read` puts all records into the sink, and stops when that says so.
    ///
    /// # Errors
    /// No thread can be started.
    pub(super) fn start(
        read: impl FnOnce(&mut Sink) -> Result<(), TableError> + Send + 'static,
    ) -> io::Result<Self> {
        let (to, batches) = sync_channel(2);
        std::thread::Builder::new()
            .name("reading".to_owned())
            .spawn(move || {
                let mut sink = Sink {
                    to: to.clone(),
                    batch: Vec::new(),
                    octets: 0,
                };
                // A panic must not look like the end of the file.
                let read = caught(|| read(&mut sink));
                // The reader may have seen enough.
                let _ = to.send(Ok(sink.batch));
                if let Err(error) = read {
                    let _ = to.send(Err(error));
                }
            })?;
        Ok(Self {
            batches,
            current: Vec::new().into_iter(),
        })
    }

    /// The next record.
    ///
    /// # Errors
    /// What the reading met.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, TableError> {
        loop {
            if let Some(next) = self.current.next() {
                *record = next;
                return Ok(true);
            }
            // A thread that is gone has said all.
            let Ok(batch) = self.batches.recv() else {
                return Ok(false);
            };
            self.current = batch?.into_iter();
        }
    }
}
