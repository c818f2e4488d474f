//! The user's settings: the relays and the language of all campaigns.

use std::path::Path;

use crate::campaign::draft::NamedRelay;
use crate::campaign::values::{Problems, nearest};
use crate::words::{Lang, Said, say};

use super::file::parse;
use super::reader::Section;
use super::relay::relays;
use super::secret::secret;

/// What is suggested for an unknown key. `[inbox]` is read, and nothing uses it yet.
const KEYS: [&str; 2] = ["relay", "lang"];

/// What belongs to one campaign alone.
const OF_CAMPAIGNS: [&str; 5] = ["name", "recipients", "message", "delivery", "ledger"];

/// The file of the settings, as it was written.
#[derive(Debug, Default)]
pub(crate) struct SettingsDraft {
    pub(crate) lang: Option<Lang>,
    /// In the order of the file.
    pub(crate) relays: Vec<NamedRelay>,
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
        };
        if let Some(table) = file.section("inbox") {
            inbox(&table, folder);
        }
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

/// Where answers arrive: each key is of its kind.
fn inbox(table: &Section<'_>, folder: &Path) {
    for key in ["server", "preset", "user", "since"] {
        table.text(key);
    }
    table.texts("folder");
    secret(table, "password", folder);
    table.finish();
}
