//! The user's settings, as the command line finds them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::campaign::{Relay, Settings};
use crate::userdata::settings_file;
use crate::words::{Arg, Lang, Said, say};

static READ: OnceLock<Settings> = OnceLock::new();

/// Their file, whether it is there or not.
pub(super) fn file() -> Option<PathBuf> {
    settings_file()
}

fn read() -> &'static Settings {
    READ.get_or_init(|| file().map(|file| Settings::read(&file)).unwrap_or_default())
}

/// The language that they ask for.
pub(super) fn lang() -> Option<Lang> {
    read().lang()
}

/// The names of their relays, and who logs in there, where they say it.
pub(super) fn relays() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    read().relays()
}

/// That they are wrong, for a command that uses their language alone.
pub(super) fn note() -> Option<Said> {
    read().note()
}

/// Which of these relays are from them, for the question.
pub(super) fn told(relays: &[Relay]) -> Option<Said> {
    let from = relays.iter().filter(|relay| relay.settings.is_some());
    let names: Vec<&str> = from.clone().map(|relay| relay.name.as_str()).collect();
    let file = from.filter_map(|relay| relay.settings.as_deref()).next()?;
    Some(say!("cli-run-settings", relays = Arg::and(names), file = file))
}

/// How many relays they have now.
pub(super) fn number_of_relays(file: &Path) -> usize {
    Settings::read(file)
        .valid_relays()
        .map_or(0, |relays| relays.len())
}
