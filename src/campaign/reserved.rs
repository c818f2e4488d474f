//! Files of a campaign that a spreadsheet must not attach, and its secrets, which nothing may
//! attach.
//!
//! A list may come from anywhere, and a cell of it may name a file to attach. The campaign's folder
//! holds such files, but also its keys, passwords, lists and the ledger. The file itself is
//! compared, not its name: links, a second name on a disk without upper and lower case, or another
//! form of the same letters lead to the same file.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::storage::FileId;

use super::values::{Campaign, FILE_NAME, Relay, SecretSource};
use crate::words::{Said, Speak, say, spoken};

/// Files that are looked at in our folders for a second name of the one in question.
const LOOKED_AT: usize = 5_000;

/// How long it is known which files ours are: each message may name some, and all of ours would be
/// looked at for each of them.
const KNOWN_FOR: Duration = Duration::from_secs(1);

/// What may not be attached.
#[derive(Debug, Default)]
pub struct Reserved {
    /// The folder of the campaign.
    folder: PathBuf,
    /// Passwords, tokens and keys.
    secrets: Vec<PathBuf>,
    /// Those of other campaigns in this folder.
    of_others: OnceLock<Vec<PathBuf>>,
    /// The user's settings.
    settings: Option<PathBuf>,
    /// The list, and the suppression lists.
    lists: Vec<PathBuf>,
    /// The campaign file, whatever it is called, and the user's settings.
    files: Vec<PathBuf>,
    /// Folders of ours.
    folders: Vec<PathBuf>,
    /// Which they were when last looked at.
    seen: Mutex<Option<Arc<Ours>>>,
}

/// Which files and folders ours are.
#[derive(Debug)]
struct Ours {
    at: Instant,
    secrets: Standing,
    of_others: Standing,
    lists: Standing,
    file: Standing,
    folders: Vec<FileId>,
}

/// Files as they are now: their paths, with all links followed, and their identities.
#[derive(Debug)]
struct Standing {
    paths: Vec<PathBuf>,
    files: Vec<FileId>,
}

impl Standing {
    fn of(files: &[PathBuf]) -> Self {
        Self {
            paths: files.iter().filter_map(|file| file.canonicalize().ok()).collect(),
            files: files.iter().filter_map(|file| FileId::at(file).ok()).collect(),
        }
    }

    fn has(&self, looked: &Looked<'_>) -> bool {
        // The time at which files were made is all that tells them apart elsewhere.
        let same = || cfg!(unix) && looked.id.is_some_and(|id| self.files.contains(&id));
        self.paths.iter().any(|path| path == looked.path) || same()
    }
}

/// Why a file stays here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// It holds a password, a token or a key.
    Secret,
    /// It is a campaign file.
    CampaignFile,
    /// It is a list of recipients, or of those who are not to be written to.
    List,
    /// It is in a folder of mailshot or in a hidden one.
    Hidden,
}

/// Why the file stays here: "it is a campaign file, …".
impl Speak for Stays {
    fn said(&self) -> Said {
        match self {
            Self::Secret => say!("campaign-stays-secret"),
            Self::CampaignFile => say!("campaign-stays-campaign-file"),
            Self::List => say!("campaign-stays-list"),
            Self::Hidden => say!("campaign-stays-hidden"),
        }
    }
}

spoken!(Stays);

impl std::error::Error for Stays {}

impl Reserved {
    /// Of a campaign; `state` is the folder of what is the user's.
    pub fn of(campaign: &Campaign, state: Option<&Path>) -> Self {
        let inbox = campaign.inbox.iter().map(|inbox| &inbox.access);
        let relays = campaign.relays.iter().chain(inbox).flat_map(secrets_of);
        let keys = campaign.message.dkim.iter().filter_map(|plan| file_of(&plan.key));
        let lists = campaign.recipients.suppress.iter().map(|list| list.path.clone());
        let folders = [
            campaign.state(),
            campaign.folder.join("results"),
            campaign.results.clone(),
        ];
        Self {
            folder: campaign.folder.clone(),
            secrets: relays
                .chain(keys)
                .chain(campaign.settings.secrets.iter().cloned())
                .collect(),
            of_others: OnceLock::new(),
            settings: campaign.settings.file.clone(),
            lists: std::iter::once(campaign.recipients.file.clone())
                .chain(lists)
                .collect(),
            files: campaign
                .file
                .iter()
                .chain(&campaign.settings.file)
                .cloned()
                .collect(),
            folders: folders.into_iter().chain(state.map(Path::to_owned)).collect(),
            seen: Mutex::default(),
        }
    }

    /// Which files ours are now, or were a moment ago.
    fn ours(&self) -> Arc<Ours> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ours) = seen.as_ref().filter(|ours| ours.at.elapsed() < KNOWN_FOR) {
            return Arc::clone(ours);
        }
        let folders = self.folders.iter();
        let ours = Arc::new(Ours {
            at: Instant::now(),
            secrets: Standing::of(&self.secrets),
            of_others: Standing::of(self.of_others()),
            lists: Standing::of(&self.lists),
            file: Standing::of(&self.files),
            folders: folders.filter_map(|folder| FileId::at(folder).ok()).collect(),
        });
        Arc::clone(seen.insert(ours))
    }

    /// Whether a file is one of the campaign's secrets. Nobody means to mail it.
    pub fn is_secret(&self, file: &File, path: &Path) -> bool {
        self.ours().secrets.has(&Looked::at(file, path))
    }

    /// Why a cell may not name this file at `path` (with all links followed) below `base`.
    pub fn kept_from_cells(&self, file: &File, path: &Path, base: &Path) -> Option<Stays> {
        let looked = Looked::at(file, path);
        let ours = self.ours();
        if ours.secrets.has(&looked) || ours.of_others.has(&looked) {
            return Some(Stays::Secret);
        }
        if self.is_campaign_file(&ours, &looked, path) {
            return Some(Stays::CampaignFile);
        }
        if ours.lists.has(&looked) {
            return Some(Stays::List);
        }
        let relative = path.strip_prefix(base).unwrap_or(path);
        let hidden = relative.components().any(|part| match part {
            Component::Normal(name) => name.as_encoded_bytes().starts_with(b"."),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => false,
        });
        let above = path
            .ancestors()
            .skip(1)
            .take_while(|folder| folder.starts_with(base));
        let below = above
            .filter_map(|folder| FileId::at(folder).ok())
            .any(|folder| ours.folders.contains(&folder));
        (hidden || below || self.has_a_name_in_ours(&looked)).then_some(Stays::Hidden)
    }

    fn is_campaign_file(&self, ours: &Ours, looked: &Looked<'_>, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default();
        let toml = path
            .extension()
            .is_some_and(|suffix| suffix.eq_ignore_ascii_case("toml"));
        let beside = || {
            let folder = path.parent().and_then(|folder| FileId::at(folder).ok());
            folder.is_some() && folder == FileId::at(here(&self.folder)).ok()
        };
        ours.file.has(looked) || name.eq_ignore_ascii_case(FILE_NAME) || (toml && beside())
    }

    /// The secrets of other campaigns that share the folder.
    fn of_others(&self) -> &[PathBuf] {
        self.of_others.get_or_init(|| {
            let entries = std::fs::read_dir(here(&self.folder))
                .into_iter()
                .flatten()
                .flatten();
            let campaigns = entries.map(|entry| self.folder.join(entry.file_name()));
            campaigns
                .filter(|path| path.extension().is_some_and(|suffix| suffix == "toml"))
                .filter_map(|path| Campaign::relays_of(&path, self.settings.as_deref()).ok())
                .flat_map(|relays| relays.iter().flat_map(secrets_of).collect::<Vec<_>>())
                .collect()
        })
    }

    /// Whether the file has a second name (a hard link) in one of our folders.
    fn has_a_name_in_ours(&self, looked: &Looked) -> bool {
        if !looked.has_more_names {
            return false;
        }
        let mut left = LOOKED_AT;
        let mut folders: Vec<(PathBuf, u32)> =
            self.folders.iter().map(|folder| (folder.clone(), 2)).collect();
        while let Some((folder, deeper)) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                left = left.saturating_sub(1);
                let Ok(found) = entry.metadata() else { continue };
                if left == 0 || looked.id == Some(FileId::of(&found)) {
                    return true;
                }
                if found.is_dir() && deeper > 0 {
                    folders.push((entry.path(), deeper - 1));
                }
            }
        }
        false
    }
}

/// A file that was opened.
struct Looked<'p> {
    path: &'p Path,
    id: Option<FileId>,
    has_more_names: bool,
}

impl<'p> Looked<'p> {
    fn at(file: &File, path: &'p Path) -> Self {
        let found = file.metadata().ok();
        Self {
            path,
            id: found.as_ref().map(FileId::of),
            has_more_names: found.is_some_and(|found| has_more_names(&found)),
        }
    }
}

#[cfg(unix)]
fn has_more_names(found: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) > 1
}

/// Elsewhere the number is not available, and a second name needs rights that few have.
#[cfg(not(unix))]
fn has_more_names(_: &std::fs::Metadata) -> bool {
    false
}

fn secrets_of(relay: &Relay) -> Vec<PathBuf> {
    let oauth2 = relay.oauth2.iter();
    let tokens =
        oauth2.flat_map(|oauth2| std::iter::once(&oauth2.refresh_token).chain(&oauth2.client_secret));
    relay.password.iter().chain(tokens).filter_map(file_of).collect()
}

fn file_of(source: &SecretSource) -> Option<PathBuf> {
    match source {
        SecretSource::File(path) => Some(path.clone()),
        SecretSource::Env(_) | SecretSource::Command(_) | SecretSource::Keyring { .. } => None,
    }
}

/// A folder that can be opened: the empty path is where we are.
fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}
