//! What the campaign file and the flags say together, and its validation.
//!
//! Flags lie over the file; what neither says gets its default; what nobody
//! can guess is a problem.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::locate::{locate, read_text};
use super::message_table::MessageDraft;
use super::oauth2::OAuth2Draft;
use super::overrides::Overrides;
use super::recipients_table::RecipientsDraft;
use super::{
    Campaign, FILE_NAME, Folders, Place, Problem, Problems, Rate, RecipientsSource, Relay, RetryPolicy,
    STATE, SecretSource, Server, Text, file,
};
use crate::smtp::{AuthMechanism, Pipelining, Timeouts};

/// The campaign file as read: nothing is required yet.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) name: Option<Text>,
    pub(super) recipients: RecipientsDraft,
    pub(super) message: MessageDraft,
    pub(super) relays: Vec<RelayDraft>,
    pub(super) retry: RetryPolicy,
}

#[derive(Debug, Default)]
pub(super) struct RelayDraft {
    pub(super) name: String,
    pub(super) place: Option<Place>,
    /// A server stands in the file, right or wrong.
    pub(super) server_named: bool,
    pub(super) server: Option<Server>,
    pub(super) preset: Option<Text>,
    pub(super) region: Option<Text>,
    pub(super) weight: Option<u64>,
    pub(super) user: Option<String>,
    pub(super) password: Option<SecretSource>,
    pub(super) auth: Option<AuthMechanism>,
    pub(super) oauth2: Option<OAuth2Draft>,
    pub(super) connections: Option<u64>,
    pub(super) messages_per_connection: Option<u64>,
    pub(super) pipelining: Option<Pipelining>,
    pub(super) ehlo: Option<String>,
    /// `None` where nothing is said, so that a preset's hold.
    pub(super) rates: Option<Vec<Rate>>,
    pub(super) ca_file: Option<PathBuf>,
    pub(super) allow_plaintext: bool,
    pub(super) timeouts: Timeouts,
}

/// See [`Campaign::load`].
pub(super) fn load(path: &Path, overrides: &Overrides) -> (Option<Campaign>, Problems) {
    let (folder, file) = match locate(path, overrides) {
        Ok(found) => found,
        Err(problems) => return (None, problems),
    };
    let (draft, problems) = match file.as_deref().map(|file| read_file(file, &folder)) {
        Some(Ok(read)) => read,
        Some(Err(problems)) => return (None, problems),
        None => (Some(Draft::default()), Vec::new()),
    };
    let mut validation = Validation {
        problems: Problems(problems),
        folder,
        file,
        overrides,
    };
    let campaign = draft.and_then(|draft| validation.campaign(draft));
    // In the order of the file; what is missing has no line and comes last.
    let line = |p: &Problem| {
        p.place
            .as_ref()
            .filter(|p| !p.text.is_empty())
            .map_or(usize::MAX, Place::line)
    };
    validation.problems.0.sort_by_key(line);
    (campaign, validation.problems)
}

/// See [`Campaign::folders`].
pub(super) fn folders(path: &Path, overrides: &Overrides) -> Option<Folders> {
    let (folder, file) = locate(path, overrides).ok()?;
    let draft = match &file {
        Some(file) => read_file(file, &folder).ok()?.0.unwrap_or_default(),
        None => Draft::default(),
    };
    let mut validation = Validation {
        problems: Problems::default(),
        folder: folder.clone(),
        file,
        overrides,
    };
    let name = validation.name(draft.name.as_ref(), None);
    Some(Folders {
        state: folder.join(STATE),
        results: validation.results(&name),
        name,
    })
}

/// See [`Campaign::relays_of`].
pub(super) fn relays(path: &Path) -> Result<Vec<Relay>, Problems> {
    let overrides = Overrides::default();
    let (folder, file) = locate(path, &overrides)?;
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let (shown, text) = read_text(&file)?;
    let (drafts, problems) = file::read_relays(&shown, &text, &folder);
    let mut validation = Validation {
        problems: Problems(problems),
        folder,
        file: Some(file),
        overrides: &overrides,
    };
    let relays = validation.relays(drafts.unwrap_or_default());
    if validation.problems.has_errors() {
        return Err(validation.problems);
    }
    Ok(relays)
}

/// See [`RecipientsSource::of_flags`].
pub(super) fn recipients(overrides: &Overrides) -> Result<RecipientsSource, Problems> {
    let mut validation = Validation {
        problems: Problems::default(),
        folder: PathBuf::new(),
        file: None,
        overrides,
    };
    let source = validation.recipients(RecipientsDraft::default());
    match source {
        Some(source) if !validation.problems.has_errors() => Ok(source),
        Some(_) | None => Err(validation.problems),
    }
}

fn read_file(file: &Path, folder: &Path) -> Result<(Option<Draft>, Vec<Problem>), Problems> {
    let (shown, text) = read_text(file)?;
    Ok(file::read(&shown, &text, folder))
}

pub(super) struct Validation<'a> {
    pub(super) problems: Problems,
    pub(super) folder: PathBuf,
    file: Option<PathBuf>,
    pub(super) overrides: &'a Overrides,
}

impl Validation<'_> {
    /// Campaigns that share a folder do not share their reports.
    fn results(&self, name: &str) -> PathBuf {
        let results = self.folder.join("results");
        match &self.file {
            Some(file) if file.file_name() != Some(OsStr::new(FILE_NAME)) => results.join(name),
            _ => results,
        }
    }

    fn campaign(&mut self, draft: Draft) -> Option<Campaign> {
        let recipients = self.recipients(draft.recipients);
        let message = self.message(draft.message);
        let relays = self.relays(draft.relays);
        let name = self.name(draft.name.as_ref(), recipients.as_ref());
        let results = self.results(&name);
        let (recipients, message) = (recipients?, message?);
        Some(Campaign {
            name,
            folder: self.folder.clone(),
            file: self.file.clone(),
            results,
            recipients,
            message,
            relays,
            retry: draft.retry,
        })
    }

    /// Where a missing key is missing.
    pub(super) fn nowhere(&self) -> Place {
        Place::whole(match &self.file {
            Some(file) => file.display().to_string(),
            None => "command line".to_owned(),
        })
    }

    /// Says that something is missing, unless it is there and was found wrong.
    pub(super) fn missing(&mut self, keys: &[&str], what: &str, help: &str) {
        let found_wrong = |p: &Problem| {
            keys.iter()
                .any(|key| p.what.starts_with(&format!("`{key}` must")))
        };
        if self.problems.0.iter().any(found_wrong) {
            return;
        }
        let place = self.nowhere();
        self.problems
            .push(Problem::error(format!("{what} is missing")).at(place).help(help));
    }

    fn name(&mut self, written: Option<&Text>, recipients: Option<&RecipientsSource>) -> String {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        let given = match &self.overrides.name {
            Some(name) => Some(Text::of_flag("--name", name)),
            None => written.cloned(),
        };
        if let Some(text) = given {
            let ok = !text.value.is_empty()
                && text.value.len() <= 100
                && text.value.chars().all(fits)
                && !text.value.starts_with('.');
            if !ok {
                self.problems.push(
                    Problem::error("a campaign's name has letters, digits, `.`, `_` and `-` only, and at most 100 of them")
                        .at(text.place.clone())
                        .help("it names the ledger's file: for example \"room-change\""),
                );
            }
            return text.value;
        }
        let natural = match &self.file {
            Some(file) if file.file_name() == Some(OsStr::new(FILE_NAME)) => self
                .folder
                .canonicalize()
                .or_else(|_| std::path::absolute(&self.folder))
                .ok()
                .and_then(|f| f.file_name().map(OsStr::to_owned)),
            Some(file) => file.file_stem().map(OsStr::to_owned),
            None => recipients.and_then(|r| Path::new(&r.shown).file_stem().map(OsStr::to_owned)),
        };
        let natural = natural.unwrap_or_default().to_string_lossy().into_owned();
        let name: String = natural
            .chars()
            .map(|c| if fits(c) { c } else { '-' })
            .take(60)
            .collect();
        let name = name.trim_matches(['.', '-']).to_owned();
        if name.is_empty() {
            "campaign".to_owned()
        } else {
            name
        }
    }
}
