//! The user's settings: relays that serve every campaign that has none of its own, and the language.
//!
//! The library reads none unless it is given their file. Their mistakes stop nobody who does not
//! need them: a campaign with relays of its own, a dry run, the sandbox.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::storage::{LARGEST_TEXT, found, read_regular, says_absent};
use crate::words::{Arg, Lang, Said, say, system};

use super::draft::{InboxDraft, NamedRelay, RelayDraft};
use super::home::Home;
use super::toml::{SettingsDraft, read_settings};
use super::validate;
use super::values::{Place, Problem, Problems, Relay, SecretSource};

pub mod edited;

/// The user's settings, as far as they can be read.
#[derive(Debug, Default)]
pub struct Settings {
    /// Their file, where it is there.
    pub(super) file: Option<PathBuf>,
    pub(super) relays: Vec<NamedRelay>,
    pub(super) inbox: Option<InboxDraft>,
    lang: Option<Lang>,
    pub(super) problems: Problems,
}

impl Settings {
    /// Reads them from this file. A file that is not there says nothing.
    pub fn read(file: &Path) -> Self {
        let file = found(file);
        let mut problems = Problems::default();
        let draft = match text_of(&file) {
            Ok(Some(text)) => {
                let folder = file.parent().unwrap_or(Path::new(""));
                read_settings(&file.display().to_string(), &text, folder, &mut problems)
            }
            Ok(None) => return Self::default(),
            Err(problem) => {
                problems.push(*problem);
                None
            }
        };
        let SettingsDraft { lang, relays, inbox } = draft.unwrap_or_default();
        let relays = relays.into_iter().map(|relay| NamedRelay {
            settings: Some(file.clone()),
            ..relay
        });
        problems.sort();
        Self {
            relays: relays.collect(),
            inbox: inbox.map(|inbox| InboxDraft {
                settings: Some(file.clone()),
                ..inbox
            }),
            file: Some(file),
            lang,
            problems,
        }
    }

    /// The language that the user wants.
    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// The names of its relays, and who logs in there, where they say it.
    pub fn relays(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.relays.iter().map(|relay| {
            let user = relay.keys.user.as_ref().map(|user| user.value.as_str());
            (relay.name.as_str(), user)
        })
    }

    /// That they are wrong, for those who can do without them: the first mistake.
    pub fn note(&self) -> Option<Said> {
        let first = self.problems.0.first()?;
        let place = first.place.as_ref().map(ToString::to_string).unwrap_or_default();
        Some(say!(
            "campaign-settings-wrong",
            place = place,
            what = first.what.clone()
        ))
    }

    /// All of its relays, made valid.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn valid_relays(self) -> Result<Vec<Relay>, Problems> {
        let mut problems = self.problems;
        let nobody = RelayDraft::default();
        let relays = validate::relays(self.relays, &nobody, &Home::default(), &mut problems);
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(relays)
    }

    /// Files that hold secrets of its relays.
    pub(super) fn secrets(&self) -> Vec<PathBuf> {
        let of_relay = |keys: &RelayDraft| {
            let oauth2 = keys.oauth2.as_ref();
            let tokens = oauth2.map(|oauth2| [oauth2.refresh_token.as_ref(), oauth2.client_secret.as_ref()]);
            let secrets = keys.password.iter().chain(tokens.into_iter().flatten().flatten());
            secrets
                .filter_map(|secret| file_of(&secret.source))
                .collect::<Vec<_>>()
        };
        let relays = self.relays.iter().map(|relay| &relay.keys);
        let inbox = self.inbox.iter().map(|inbox| &inbox.access);
        relays.chain(inbox).flat_map(of_relay).collect()
    }
}

fn file_of(source: &SecretSource) -> Option<PathBuf> {
    match source {
        SecretSource::File(path) => Some(path.clone()),
        SecretSource::Env(_) | SecretSource::Command(_) | SecretSource::Keyring { .. } => None,
    }
}

/// What the file says; `None` where it is not there.
fn text_of(file: &Path) -> Result<Option<String>, Box<Problem>> {
    let at = |what: Said| Problem::of_campaign(what).at(Place::whole(file.display().to_string()));
    let bytes = match read_regular(file, LARGEST_TEXT) {
        Ok(bytes) => bytes,
        Err(error) if says_absent(&error) => return Ok(None),
        Err(error) => {
            let help = if error.kind() == ErrorKind::PermissionDenied {
                say!("campaign-file-unreadable-permission")
            } else {
                say!("campaign-settings-unreadable-hint")
            };
            let what = say!("campaign-settings-unreadable", why = system(&error));
            return Err(Box::new(at(what).help(help)));
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text.trim_start_matches('\u{feff}').to_owned())),
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.split(|octet| *octet == b'\n').count();
            let what = say!("campaign-settings-not-utf-8", line = Arg::plain(line));
            Err(Box::new(at(what).help(say!("campaign-file-not-utf-8-hint"))))
        }
    }
}
