//! What the reports of an earlier run say about who has its messages, if no ledger does.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use crate::recipients::Key;

/// What `summary.json` says of its run.
#[derive(Debug, Clone, Deserialize)]
pub struct SummaryRead {
    /// The mailing's random id.
    pub mailing: String,
    /// When the run began.
    pub started_at: String,
    /// `None` where it was killed.
    #[serde(default)]
    pub exit_code: Option<i32>,
    /// How many had each status.
    #[serde(default)]
    pub statuses: std::collections::BTreeMap<String, u64>,
}

/// Who has a message, as a report tells it.
#[derive(Debug, Default)]
pub struct Reported {
    /// The left parts of their Message-IDs, without dots.
    pub tokens: HashSet<String>,
    /// The cells of their rows that may be addresses, as keys are made of them.
    pub addresses: HashSet<String>,
}

/// The statuses of those who have the message, or may have it.
const HAVE_IT: [&str; 3] = ["accepted", "in_doubt", "bounced"];

/// The largest summary that is read.
const SUMMARY: u64 = 1 << 20;

/// The summary in a folder of results, where there is one that can be understood.
///
/// # Errors
/// It cannot be read.
pub fn summary_in(folder: &Path) -> io::Result<Option<SummaryRead>> {
    let Some(file) = opened(&folder.join("summary.json"))? else {
        return Ok(None);
    };
    let mut text = Vec::new();
    file.take(SUMMARY).read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text).ok())
}

/// Whom the reports in a folder of results tell to have the message; `None` where there is none.
///
/// # Errors
/// One cannot be read.
pub fn reported_in(folder: &Path) -> io::Result<Option<Reported>> {
    let mut reported = Reported::default();
    let mut any = false;
    for name in super::files::REPORTS {
        if let Some(file) = opened(&folder.join(name))? {
            any |= reported.read(file)?;
        }
    }
    Ok(any.then_some(reported))
}

fn opened(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) if file.metadata()?.is_file() => Ok(Some(file)),
        Ok(_) => Ok(None),
        Err(error) if crate::storage::says_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Reported {
    /// Whether it is a report of ours.
    fn read(&mut self, file: File) -> io::Result<bool> {
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let header = rows.byte_headers()?.clone();
        let column = |name: &str| header.iter().position(|cell| cell == name.as_bytes());
        let (Some(status), Some(message_id)) = (column("mailshot_status"), column("mailshot_message_id"))
        else {
            return Ok(false);
        };
        let mut row = csv::ByteRecord::new();
        while rows.read_byte_record(&mut row)? {
            let cell = |at: usize| String::from_utf8_lossy(row.get(at).unwrap_or_default());
            if !HAVE_IT.contains(&&*cell(status)) {
                continue;
            }
            let id = cell(message_id);
            let left = id
                .trim_start_matches(['\'', '<'])
                .split('@')
                .next()
                .unwrap_or_default();
            self.tokens.insert(left.replace('.', ""));
            for at in 0..status {
                let text = cell(at);
                if text.contains('@') {
                    self.addresses.insert(Key::typed(&text).to_string());
                }
            }
        }
        Ok(true)
    }
}
