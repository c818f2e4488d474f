//! The user's settings: the relays and the language of all campaigns.

use std::path::Path;

use crate::campaign::draft::{InboxDraft, NamedRelay};
use crate::campaign::values::{Problems, nearest};
use crate::words::{Lang, Said, say};

use super::file::parse;
use super::inbox::inbox;
use super::relay::relays;

/// What is suggested for an unknown key.
const KEYS: [&str; 3] = ["relay", "lang", "inbox"];

/// What belongs to one campaign alone.
const OF_CAMPAIGNS: [&str; 5] = ["name", "recipients", "message", "delivery", "ledger"];

/// The file of the settings, as it was written.
#[derive(Debug, Default)]
pub(crate) struct SettingsDraft {
    pub(crate) lang: Option<Lang>,
    /// In the order of the file.
    pub(crate) relays: Vec<NamedRelay>,
    pub(crate) inbox: Option<InboxDraft>,
}

/// Reads the text of the file called `shown` in messages; `folder` is what paths in it start from.
pub(crate) fn read_settings(
    shown: &str,
    text: &str,
    folder: &Path,
    problems: &mut Problems,
) -> Option<SettingsDraft> {
    parse(shown, text, problems, |file| {
        let settings = SettingsDraft {
            lang: file.choice("lang", &[("en", Lang::En), ("zh", Lang::Zh)]),
            relays: file
                .section("relay")
                .map(|s| relays(&s, folder))
                .unwrap_or_default(),
            inbox: file.section("inbox").map(|s| inbox(&s, folder)),
        };
        file.finish_with(|key| Some(known(key)));
        settings
    })
}

fn known(key: &str) -> Said {
    if OF_CAMPAIGNS.contains(&key) {
        return say!("campaign-settings-of-campaign", key = key);
    }
    match nearest(key, KEYS) {
        Some(near) => say!("campaign-did-you-mean", near = near),
        None => say!("campaign-settings-keys"),
    }
}
