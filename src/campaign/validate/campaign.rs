//! A whole draft -> a campaign.

use std::ffi::OsStr;
use std::path::Path;

use crate::campaign::draft::{DeliveryDraft, Draft};
use crate::campaign::home::{Home, MAIL};
use crate::campaign::values::{Campaign, Problem, Problems, RetryPolicy, Text};

use super::inbox::inbox;
use super::mail::mail;
use super::message::message;
use super::recipients::recipients;
use super::relay::relays;
use crate::words::say;

/// The campaign that `draft` describes, as far as enough of it is there.
pub(crate) fn campaign(draft: Draft, home: &Home, problems: &mut Problems) -> Option<Campaign> {
    let list = draft.recipients.file.as_ref().map(|file| file.path.clone());
    mail(&draft, problems);
    let is_mail = draft.recipients.only.is_some();
    let recipients = recipients(draft.recipients, home, problems);
    let message = message(draft.message, home, problems);
    let mut settings = draft.settings;
    // What is wrong with the settings alone stops those who need a relay, and nobody else.
    let about_relays = if draft.relays_of_settings {
        &mut settings.refusal
    } else {
        &mut *problems
    };
    let mut relays = relays(draft.relays, &draft.any_relay, home, about_relays);
    if settings.refusal.has_errors() {
        relays.clear();
    }
    // What is wrong with the mailbox of the settings stops nobody who sends.
    let mut unneeded = Problems::default();
    let inbox = draft.inbox.and_then(|draft| match draft.settings {
        Some(_) => inbox(draft, &mut unneeded),
        None => inbox(draft, problems),
    });
    let renamed = renamed(draft.name.as_ref(), list.as_deref(), home);
    let name = name(draft.name, list.as_deref(), home, problems);
    Some(Campaign {
        folder: home.folder.clone(),
        file: home.file.clone(),
        renamed,
        results: if is_mail {
            home.results_of_mail(&name)
        } else {
            home.results(&name, renamed)
        },
        name,
        recipients: recipients?,
        message: message?,
        relays,
        retry: retry(draft.delivery),
        settings,
        inbox,
    })
}

fn retry(draft: DeliveryDraft) -> RetryPolicy {
    let default = RetryPolicy::default();
    let waits = draft.retry.unwrap_or_default();
    RetryPolicy {
        attempts: draft
            .attempts
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(default.attempts),
        first: waits.first.unwrap_or(default.first),
        max: waits.max.unwrap_or(default.max),
        greylist: waits.greylist.unwrap_or(default.greylist),
    }
}

fn fits(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-')
}

/// The name that is given, or else that of the folder, the file or the list.
pub(crate) fn name(given: Option<Text>, list: Option<&Path>, home: &Home, problems: &mut Problems) -> String {
    let Some(text) = given else {
        return natural_name(list, home);
    };
    let ok = !text.value.is_empty()
        && text.value.len() <= 100
        && text.value.chars().all(fits)
        && !text.value.starts_with('.');
    if !ok {
        problems.push(
            Problem::of_key("name", &text.place, say!("campaign-name-wrong"))
                .help(say!("campaign-name-wrong-hint")),
        );
    }
    text.value
}

/// Whether `--name` gives another name than the one that a campaign would have by itself.
pub(crate) fn renamed(given: Option<&Text>, list: Option<&Path>, home: &Home) -> bool {
    given.is_some_and(|text| text.is_of_flag("--name") && text.value != natural_name(list, home))
}

fn natural_name(list: Option<&Path>, home: &Home) -> String {
    let natural = match &home.file {
        Some(_) if home.is_named_by_folder() => home
            .folder
            .canonicalize()
            .or_else(|_| std::path::absolute(&home.folder))
            .ok()
            .and_then(|folder| folder.file_name().map(OsStr::to_owned)),
        Some(file) => file.file_stem().map(OsStr::to_owned),
        None => list.map_or_else(
            || Some(OsStr::new(MAIL).to_owned()),
            |list| list.file_stem().map(OsStr::to_owned),
        ),
    };
    let natural = natural.unwrap_or_default().to_string_lossy().into_owned();
    let name: String = natural
        .chars()
        .map(|c| if fits(c) { c } else { '-' })
        .take(60)
        .collect();
    let name = name.trim_matches(['.', '-']);
    if name.is_empty() { "campaign" } else { name }.to_owned()
}
