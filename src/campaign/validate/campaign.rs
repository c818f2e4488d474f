//! A draft -> a campaign.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::campaign::draft::Draft;
use crate::campaign::overrides::Overrides;
use crate::campaign::values::{Campaign, FILE_NAME, Place, Problem, Problems, RecipientsSource, Text};

pub(in crate::campaign) struct Validation<'a> {
    pub(in crate::campaign) problems: Problems,
    pub(in crate::campaign) folder: PathBuf,
    pub(in crate::campaign) file: Option<PathBuf>,
    pub(in crate::campaign) overrides: &'a Overrides,
}

impl Validation<'_> {
    /// Campaigns that share a folder do not share their reports.
    pub(in crate::campaign) fn results(&self, name: &str) -> PathBuf {
        let results = self.folder.join("results");
        match &self.file {
            Some(file) if file.file_name() != Some(OsStr::new(FILE_NAME)) => results.join(name),
            _ => results,
        }
    }

    pub(in crate::campaign) fn campaign(&mut self, draft: Draft) -> Option<Campaign> {
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
    pub(in crate::campaign) fn nowhere(&self) -> Place {
        Place::whole(match &self.file {
            Some(file) => file.display().to_string(),
            None => "command line".to_owned(),
        })
    }

    /// Says that something is missing, unless it is there and was found wrong.
    pub(in crate::campaign) fn missing(&mut self, keys: &[&str], what: &str, help: &str) {
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

    pub(in crate::campaign) fn name(
        &mut self,
        written: Option<&Text>,
        recipients: Option<&RecipientsSource>,
    ) -> String {
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
