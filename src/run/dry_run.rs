//! The dry run: one .eml a recipient, to look at before anything is sent.
//!
//! No network, no ledger. Two dry runs of the same campaign are the same,
//! octet for octet: ids are derived, and the Date is that of the newest input
//! (or `SOURCE_DATE_EPOCH`).

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::check::{Allowed, Checked};
use crate::ledger::make_private;
use crate::message::{Content, MailingId, Stamp};
use crate::recipients::Key;
use crate::sandbox::file_name;
use crate::table::Table;

use super::{Choice, Front, Prepared, RunError, Stage, check_only};

/// The list of files a dry run wrote, so that the next clears those alone.
const LIST: &str = ".mailshot-dry-run";

/// Messages composed and written side by side.
const BLOCK: usize = 256;

/// How to write.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    /// Where to; `results/preview` of the campaign when absent.
    pub output: Option<PathBuf>,
    /// What the check pass lets by.
    pub allowed: Allowed,
    /// Whom.
    pub choice: Choice,
}

/// What a dry run wrote.
#[derive(Debug)]
pub struct Written {
    /// Messages.
    pub messages: u64,
    /// Where they are.
    pub output: PathBuf,
    /// What the check pass found.
    pub checked: Checked,
}

/// Writes the messages of a campaign as files.
///
/// # Errors
/// The check pass found errors; a file cannot be written.
pub fn dry_run(prepared: &Prepared, options: &DryRun, front: &mut dyn Front) -> Result<Written, RunError> {
    let checked = check_only(prepared, options.allowed, front)?;
    if checked.has_errors() {
        return Err(RunError::Check(Box::new(checked)));
    }
    known(prepared, &options.choice.only)?;
    let output = options
        .output
        .clone()
        .unwrap_or_else(|| prepared.campaign.results.join("preview"));
    make_private(&output)?;
    let mut folder = Folder::open(&output)?;
    front.stage(Stage::Writing, Some(checked.recipients));
    let stamp = Stamp::new(MailingId::of_dry_run(&prepared.campaign.name));
    let date = date(prepared);
    let only = &options.choice.only;
    let limit = options.choice.limit.unwrap_or(u64::MAX);
    let mut messages = 0;
    let mut block = Vec::with_capacity(BLOCK);
    let mut table = Table::open(&prepared.campaign.recipients)?;
    loop {
        let row = if messages + (block.len() as u64) < limit {
            table.next().transpose()?
        } else {
            None
        };
        let ended = row.is_none();
        if let Some(Ok(row)) = row
            && !checked.duplicates.contains(&row.number)
            && !checked.invalid.contains_key(&row.number)
        {
            let recipient = prepared.composer.recipient(&row)?;
            if only.is_empty() || only.contains(&recipient.key) {
                block.push((file_name(recipient.row, recipient.to.email.as_ref()), row));
            }
        }
        if block.len() < BLOCK && !ended {
            continue;
        }
        folder.list(block.iter().map(|(name, _)| name.as_str()))?;
        block.par_iter().try_for_each(|(name, row)| {
            let (_, message) = prepared.composer.compose(row, &stamp, date)?;
            folder.write(name, &message.content)
        })?;
        messages += block.len() as u64;
        front.done(messages);
        block.clear();
        if ended {
            break;
        }
    }
    front.stage(Stage::Over, None);
    folder.finish()?;
    Ok(Written {
        messages,
        output,
        checked,
    })
}

/// Whoever is named by `--only` must be in the list, or nothing is written.
fn known(prepared: &Prepared, only: &[Key]) -> Result<(), RunError> {
    let mut missing = only.to_vec();
    if missing.is_empty() {
        return Ok(());
    }
    for row in Table::open(&prepared.campaign.recipients)? {
        if let Ok(row) = row?
            && let Ok(recipient) = prepared.composer.recipient(&row)
        {
            missing.retain(|key| *key != recipient.key);
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(RunError::UnknownKeys(
            missing.iter().map(Key::to_string).collect(),
        ))
    }
}

/// The newest modification time among the inputs, to the second.
fn date(prepared: &Prepared) -> Timestamp {
    let fixed = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|text| text.parse().ok());
    if let Some(date) = fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        return date;
    }
    let inputs = prepared.composer.inputs().map(|input| &input.path);
    let files = inputs
        .chain(prepared.campaign.file.as_ref())
        .chain([&prepared.campaign.recipients.file]);
    files
        .filter_map(|path| std::fs::metadata(path).and_then(|m| m.modified()).ok())
        .max()
        .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
        .and_then(|age| i64::try_from(age.as_secs()).ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or_default()
}

/// The folder being filled.
struct Folder {
    path: PathBuf,
    list: std::io::BufWriter<File>,
}

impl Folder {
    /// Clears what earlier dry runs left, and nothing else.
    fn open(path: &Path) -> Result<Self, RunError> {
        let list = path.join(LIST);
        if let Ok(file) = File::open(&list) {
            for name in BufReader::new(file).lines().map_while(Result::ok) {
                // The list is a file anybody may have written to: names, not paths.
                if crate::sandbox::number_of(&name).is_some() && !name.contains(['/', '\\']) {
                    let _ = std::fs::remove_file(path.join(name));
                }
            }
        }
        let file = private().create(true).truncate(true).open(&list);
        let file = file.map_err(|source| failed(&list, source))?;
        Ok(Self {
            path: path.to_owned(),
            list: std::io::BufWriter::new(file),
        })
    }

    /// Files are listed before they are written: a run that is killed leaves
    /// nothing the next cannot clear.
    fn list<'n>(&mut self, mut names: impl Iterator<Item = &'n str>) -> Result<(), RunError> {
        names
            .try_for_each(|name| writeln!(self.list, "{name}"))
            .and_then(|()| self.list.flush())
            .map_err(|source| failed(&self.path.join(LIST), source))
    }

    fn write(&self, name: &str, content: &Content) -> Result<(), RunError> {
        let path = self.path.join(name);
        let mut file = private().create_new(true).open(&path).map_err(|source| {
            if source.kind() == ErrorKind::AlreadyExists {
                RunError::Foreign(path.clone())
            } else {
                failed(&path, source)
            }
        })?;
        content
            .write_to(&mut file)
            .map_err(|source| failed(&path, source))
    }

    fn finish(mut self) -> Result<(), RunError> {
        self.list.flush().map_err(|source| failed(&self.path, source))
    }
}

/// Names and addresses are nobody else's business, nor is a list of them.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn failed(path: &Path, source: std::io::Error) -> RunError {
    RunError::Write {
        path: path.display().to_string(),
        source,
    }
}
