//! From a path and flags to a campaign.
//!
//! Flags override the file; the result is validated. Neither needs the other: a draft, wherever it
//! is from, is enough for [`validate::campaign`].

use std::path::Path;

use crate::smtp::Security;
use crate::words::say;

use super::draft::{Draft, RelayDraft, STDIN};
use super::flags::{self, Overrides};
use super::home::{Home, locate, read_text};
use super::settings::Settings;
use super::values::{
    Campaign, Folders, MailAccount, MailServer, Problem, Problems, RecipientsSource, Relay, STATE,
    SecretSource, Text, Wrong,
};
use super::{serving, toml, validate};

impl Campaign {
    /// Reads the campaign at `path` (a folder with a `mailshot.toml`, or a
    /// `.toml` file) with `overrides` over it. Without a file, the overrides
    /// alone must make a campaign.
    ///
    /// Every problem of the file and the flags comes with it; when some are
    /// errors, the campaign (if enough of it is there) is only good for
    /// finding more.
    pub fn load(path: &Path, overrides: &Overrides) -> (Option<Self>, Problems) {
        load(path, overrides)
    }

    /// The campaign that `overrides` alone make, in `folder`; no file is read.
    pub fn of_flags(folder: &Path, overrides: &Overrides) -> (Option<Self>, Problems) {
        let home = Home {
            folder: folder.to_owned(),
            file: None,
        };
        let mut problems = Problems::default();
        let draft = over(Draft::default(), None, overrides, &mut problems);
        let campaign = validate::campaign(draft, &home, &mut problems);
        (campaign, problems)
    }

    /// The campaign's name and where it leaves things, as far as they can be
    /// known without a valid campaign; for looking at what was sent.
    pub fn folders(path: &Path, overrides: &Overrides) -> Option<Folders> {
        folders(path, overrides)
    }

    /// The relays of the campaign at `path` alone, with what the user's `settings` say of those it
    /// leaves to them: a login does not need the rest to be right yet.
    ///
    /// # Errors
    /// There is no campaign, or its relays' tables have problems.
    pub fn relays_of(path: &Path, settings: Option<&Path>) -> Result<Vec<Relay>, Problems> {
        relays(path, settings)
    }
}

impl MailAccount {
    /// The mailbox of the campaign at `path`: its own, that of the user's `settings`, or that of its only
    /// relay's account. Collecting answers does not need the rest to be right.
    ///
    /// # Errors
    /// The tables have problems.
    pub fn of(path: &Path, settings: Option<&Path>) -> Result<Option<Self>, Problems> {
        mailbox(path, settings)
    }

    /// The mailbox that flags name. Without TLS, the password stays on this machine.
    ///
    /// # Errors
    /// Anyone on the way could read the password.
    pub fn of_flags(server: MailServer, user: &str, password: Option<SecretSource>) -> Result<Self, Wrong> {
        if server.server.security == Security::Plaintext && !server.server.is_loopback() {
            let what = say!("campaign-inbox-plaintext", server = server.to_string());
            return Err(
                Wrong::new(what).help(say!("campaign-inbox-plaintext-hint", host = &server.server.host))
            );
        }
        Ok(validate::inbox_by_flags(server, user, password))
    }
}

impl RecipientsSource {
    /// A file that flags name, and how they say it is read.
    ///
    /// # Errors
    /// Flags that say nothing.
    pub fn of_flags(overrides: &Overrides) -> Result<Self, Problems> {
        recipients(overrides)
    }
}

/// See [`Campaign::load`].
fn load(path: &Path, overrides: &Overrides) -> (Option<Campaign>, Problems) {
    let home = match locate(path, overrides) {
        Ok(home) => home,
        Err(problems) => return (None, problems),
    };
    let mut problems = Problems::default();
    let draft = match draft(&home, overrides, &mut problems) {
        Ok(draft) => draft,
        Err(unreadable) => return (None, unreadable),
    };
    let campaign = draft.and_then(|draft| validate::campaign(draft, &home, &mut problems));
    problems.sort();
    (campaign, problems)
}

/// What flags and file say; `None` when the file is not TOML.
fn draft(home: &Home, overrides: &Overrides, problems: &mut Problems) -> Result<Option<Draft>, Problems> {
    let file = match &home.file {
        Some(file) => {
            let (shown, text) = read_text(file)?;
            toml::read(&shown, &text, &home.folder, problems)
        }
        None => Some(Draft::default()),
    };
    Ok(file.map(|file| over(file, home.file.as_deref(), overrides, problems)))
}

/// A file's draft with the relays that serve it, and the flags over it.
fn over(mut file: Draft, path: Option<&Path>, overrides: &Overrides, problems: &mut Problems) -> Draft {
    let mut flags = flags::draft(overrides, problems);
    if let (Some(to), Some(path)) = (&flags.recipients.only, path) {
        problems.push(to_everybody(to, path));
        flags.recipients.only = None;
    }
    let settings = overrides.settings.as_deref().map(Settings::read);
    serving::choose(
        &mut file,
        path.is_some(),
        &flags,
        settings.unwrap_or_default(),
        problems,
    );
    let mut draft = flags.over(file);
    if let Some(source) = &overrides.password_otherwise {
        draft.use_password(source);
    }
    draft
}

/// A mailbox in the place of everybody's own: every message of the list would go there. Whether that
/// was meant, or one mail beside the campaign, nobody knows.
fn to_everybody(to: &Text, file: &Path) -> Problem {
    let file = file.display().to_string();
    Problem::of_key("--to", &to.place, say!("campaign-to-everybody", file = file))
        .help(say!("campaign-to-everybody-one-mail"))
        .help(say!(
            "campaign-to-everybody-test",
            mailbox = serving::pasted(&to.value)
        ))
        .help(say!("campaign-to-everybody-meant"))
}

/// See [`Campaign::folders`].
fn folders(path: &Path, overrides: &Overrides) -> Option<Folders> {
    let home = locate(path, overrides).ok()?;
    let mut problems = Problems::default();
    let draft = draft(&home, overrides, &mut problems)
        .ok()?
        .unwrap_or_else(|| flags::draft(overrides, &mut Problems::default()));
    let list = draft.recipients.file;
    let is_mail = draft.recipients.only.is_some();
    let piped = list.as_ref().is_some_and(|list| list.written.value == STDIN);
    let list = list.map(|list| list.path);
    let renamed = validate::renamed(draft.name.as_ref(), list.as_deref(), &home);
    let name = validate::name(draft.name, list.as_deref(), &home, &mut problems);
    Some(Folders {
        state: home.folder.join(STATE),
        results: if is_mail {
            home.results_of_mail(&name)
        } else {
            home.results(&name, renamed)
        },
        folder: home.folder,
        file: home.file,
        renamed,
        name,
        piped,
        typed: overrides.text_is_typed(),
    })
}

/// See [`Campaign::relays_of`].
fn relays(path: &Path, settings: Option<&Path>) -> Result<Vec<Relay>, Problems> {
    let home = locate(path, &Overrides::default())?;
    let Some(file) = &home.file else {
        return Ok(Vec::new());
    };
    let (shown, text) = read_text(file)?;
    let mut problems = Problems::default();
    let mut drafts = toml::read_relays(&shown, &text, &home.folder, &mut problems).unwrap_or_default();
    if let Some(settings) = settings {
        serving::complete(&mut drafts, Settings::read(settings), &mut problems);
    }
    let relays = validate::relays(drafts, &RelayDraft::default(), &home, &mut problems);
    if problems.has_errors() {
        problems.sort();
        return Err(problems);
    }
    Ok(relays)
}

/// See [`MailAccount::of`].
fn mailbox(path: &Path, settings: Option<&Path>) -> Result<Option<MailAccount>, Problems> {
    let home = locate(path, &Overrides::default())?;
    let mut problems = Problems::default();
    let (own, mut drafts) = match &home.file {
        Some(file) => {
            let (shown, text) = read_text(file)?;
            toml::read_inbox(&shown, &text, &home.folder, &mut problems).unwrap_or_default()
        }
        None => Default::default(),
    };
    let settings = settings.map(Settings::read).unwrap_or_default();
    if problems.has_errors() {
        problems.sort();
        return Err(problems);
    }
    if let Some(draft) = own {
        let account = validate::inbox(draft, &mut problems);
        return if problems.has_errors() {
            Err(problems)
        } else {
            Ok(account)
        };
    }
    if let Some(draft) = settings.inbox {
        let mut problems = settings.problems;
        let account = validate::inbox(draft, &mut problems);
        return if problems.has_errors() {
            Err(problems)
        } else {
            Ok(account)
        };
    }
    let mut settings = settings;
    settings.inbox = None;
    if drafts.is_empty() {
        drafts = std::mem::take(&mut settings.relays);
    } else {
        serving::complete(&mut drafts, settings, &mut problems);
    }
    let relays = validate::relays(drafts, &RelayDraft::default(), &home, &mut problems);
    // What is wrong with them is said when they are needed.
    Ok(match relays.as_slice() {
        [only] if !problems.has_errors() => validate::inbox_of_relay(only),
        _ => None,
    })
}

/// See [`RecipientsSource::of_flags`].
fn recipients(overrides: &Overrides) -> Result<RecipientsSource, Problems> {
    let mut problems = Problems::default();
    let draft = flags::draft(overrides, &mut problems);
    let source = validate::recipients(draft.recipients, &Home::default(), &mut problems);
    match source {
        Some(source) if !problems.has_errors() => Ok(source),
        Some(_) | None => Err(problems),
    }
}
