//! The dry run: one .eml file per recipient, to look at before anything is sent.
//!
//! No network, no ledger. Two dry runs of the same campaign are the same,
//! octet for octet: ids are derived, and the Date is that of the newest input
//! (or `SOURCE_DATE_EPOCH`).

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::audience::{Addressed, Condition, Entry};
use crate::check::{Allowed, Checked, Taken};
use crate::ledger::Next;
use crate::message::Content;
use crate::recipients::Key;
use crate::sandbox::file_name;
use crate::storage::{private_file, private_folder};
use crate::table::Row;

use super::check::pass;
use super::failure::RunError;
use super::front::{Front, Stage};
use super::options::Choice;
use super::prepare::Prepared;
use super::sample::Sample;
use super::{mailing, signing};

/// The list of files a dry run wrote, so that the next clears those alone.
const LIST: &str = ".mailshot-dry-run";

/// Messages that are listed and written together.
const TOGETHER: usize = 64;

/// How to write.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    /// Where to; `results/preview` of the campaign when absent.
    pub output: Option<PathBuf>,
    /// What the check pass lets by.
    pub allowed: Allowed,
    /// Whom.
    pub choice: Choice,
    /// It rehearses a new mailing.
    pub new: bool,
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

/// Writes the messages of a campaign as files, while they are checked: what a
/// check that finds errors has written until then is removed.
///
/// # Errors
/// The check pass found errors; a file cannot be written.
pub fn dry_run(prepared: &Prepared, options: &DryRun, front: &mut dyn Front) -> Result<Written, RunError> {
    prepared.tell(front);
    let output = options
        .output
        .clone()
        .unwrap_or_else(|| prepared.campaign.results.join("preview"));
    let chosen = prepared.condition(options.choice.filter.as_ref())?;
    let next = if options.new { Next::New } else { Next::Open };
    if let Some(looked) = prepared.look_back(chosen.as_ref(), next)? {
        front.note(&looked);
    }
    let only = &match options.choice.sample {
        Some(most) => sampled(prepared, options, chosen.as_ref(), most)?,
        None => options.choice.only.clone(),
    };
    let limit = options.choice.limit.unwrap_or(u64::MAX);
    let all = only.is_empty() && options.choice.sample.is_none();
    let messages = AtomicU64::new(0);
    let signing = signing::if_there(&prepared.campaign, &mut |said| front.note(said));
    let keep = |key: &Key| messages.load(Ordering::Relaxed) < limit && (all || only.contains(key));
    let mut plan = prepared.plan(options.allowed);
    plan.pass.date = date(prepared);
    plan.pass.signing = signing.as_ref();
    plan.pass.chosen = chosen.as_ref();
    plan.pass.keep = &keep;
    let mut missing = options.choice.only.clone();
    let mut suppressed = Vec::new();
    let mut folder = Folder::clear(&output);
    let mut write = |row: &Row, taken: Taken<'_>| {
        let (key, to, content) = match taken {
            Taken::Recipient { key, to, content, .. } => (key, to, content),
            Taken::Suppressed { key, why } => {
                if only.contains(key) {
                    missing.retain(|one| one != key);
                    suppressed.push(mailing::suppressed(key, why.clone()));
                }
                return Ok(());
            }
            Taken::Invalid(_) | Taken::Duplicate => return Ok(()),
        };
        missing.retain(|one| one != key);
        let Some(content) = content.filter(|_| messages.load(Ordering::Relaxed) < limit) else {
            return Ok(());
        };
        messages.fetch_add(1, Ordering::Relaxed);
        folder.write(file_name(row.number, to.as_ref()), content)
    };
    let checked = pass(&plan, Stage::Writing, front, &mut write)?;
    front.checked(&checked);
    if checked.has_errors() {
        return Err(RunError::Check(Box::new(checked)));
    }
    if !missing.is_empty() {
        return Err(RunError::UnknownKeys(
            missing.iter().map(Key::to_string).collect(),
        ));
    }
    folder.keep()?;
    suppressed.iter().for_each(|said| front.note(said));
    Ok(Written {
        messages: messages.into_inner(),
        output,
        checked,
    })
}

/// The recipients that `--sample` means: found in a pass of its own, that composes nothing.
fn sampled(
    prepared: &Prepared,
    options: &DryRun,
    chosen: Option<&Condition>,
    most: u64,
) -> Result<Vec<Key>, RunError> {
    let only = &options.choice.only;
    let mut sample = Sample::new(&prepared.campaign.name, most);
    let mut seen = HashSet::new();
    prepared.audience.each(|row, entry| {
        // What is wrong with a row, the check says.
        if let Entry::Recipient(Addressed { recipient, .. }) = entry {
            let wanted = only.is_empty() || only.contains(&recipient.key);
            let meant = match chosen {
                Some(condition) => prepared
                    .audience
                    .fulfils(condition, row, &recipient.key)
                    .unwrap_or(false),
                None => true,
            };
            if wanted && meant && seen.insert(recipient.key.clone()) {
                sample.note(recipient.key);
            }
        }
        Ok::<_, RunError>(ControlFlow::Continue(()))
    })?;
    Ok(sample.keys())
}

/// The newest modification time among the inputs, to the second.
fn date(prepared: &Prepared) -> Timestamp {
    if let Some(date) = prepared.environment.fixed_date() {
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
        // Of what was typed alone there is no file.
        .unwrap_or_else(|| prepared.environment.now())
}

/// The folder being filled. Dropped before [`Folder::keep`], it is without
/// what was written, or gone when it was made for it.
struct Folder {
    path: PathBuf,
    /// The list of what is written, once there is something.
    list: Option<BufWriter<File>>,
    waiting: Vec<(String, Content)>,
    /// What was there before and is not ours.
    foreign: HashSet<OsString>,
    /// Folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    kept: bool,
}

impl Folder {
    /// Clears what earlier dry runs left: it is not what would be sent now.
    fn clear(path: &Path) -> Self {
        remove_listed(path);
        Self {
            path: path.to_owned(),
            list: None,
            waiting: Vec::new(),
            foreign: HashSet::new(),
            made: Vec::new(),
            kept: false,
        }
    }

    fn write(&mut self, name: String, content: Content) -> Result<(), RunError> {
        self.waiting.push((name, content));
        if self.waiting.len() < TOGETHER {
            return Ok(());
        }
        self.write_waiting()
    }

    /// Files are listed before they are written: a run that is killed leaves
    /// nothing the next cannot clear.
    fn write_waiting(&mut self) -> Result<(), RunError> {
        let path = self.path.join(LIST);
        if self.list.is_none() {
            self.list = Some(self.open(&path)?);
        }
        let Some(list) = &mut self.list else { return Ok(()) };
        for (name, _) in &self.waiting {
            if self.foreign.contains(OsStr::new(name)) {
                return Err(RunError::Foreign(self.path.join(name)));
            }
            writeln!(list, "{name}").map_err(|source| failed(&path, source))?;
        }
        list.flush().map_err(|source| failed(&path, source))?;
        for (name, content) in self.waiting.drain(..) {
            let path = self.path.join(name);
            let mut file = private_file()
                .create_new(true)
                .open(&path)
                .map_err(|source| failed(&path, source))?;
            content
                .write_to(&mut file)
                .map_err(|source| failed(&path, source))?;
        }
        Ok(())
    }

    /// Makes the folder where there is none.
    fn open(&mut self, list: &Path) -> Result<BufWriter<File>, RunError> {
        let missing = self.path.ancestors().take_while(|folder| !folder.exists());
        self.made = missing.map(Path::to_owned).collect();
        private_folder(&self.path)?;
        let others = std::fs::read_dir(&self.path).map_err(|source| failed(&self.path, source))?;
        self.foreign = others.flatten().map(|other| other.file_name()).collect();
        let file = private_file().create_new(true).open(list);
        Ok(BufWriter::new(file.map_err(|source| failed(list, source))?))
    }

    fn keep(mut self) -> Result<(), RunError> {
        self.write_waiting()?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        self.list = None;
        remove_listed(&self.path);
        for folder in &self.made {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Removes the files in the list of a folder, and the list, and nothing else. If something cannot
/// be removed, writing there reports it.
fn remove_listed(folder: &Path) {
    let list = folder.join(LIST);
    let names = File::open(&list).map(|file| BufReader::new(file).lines().map_while(Result::ok));
    for name in names.into_iter().flatten() {
        // The list is a file anybody may have written to: names, not paths.
        if crate::sandbox::number_of(&name).is_some() && !name.contains(['/', '\\']) {
            let _ = std::fs::remove_file(folder.join(name));
        }
    }
    // Even a link to nowhere, which writing there would turn into a file.
    let _ = std::fs::remove_file(list);
}

fn failed(path: &Path, source: std::io::Error) -> RunError {
    RunError::Write {
        path: path.display().to_string(),
        source,
    }
}
