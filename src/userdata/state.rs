//! The folder for data that belongs to a user and not to a campaign.

use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The variable that names the folder outright.
pub const STATE_VARIABLE: &str = "MAILSHOT_STATE";

/// `$MAILSHOT_STATE`, else `mailshot` below `$XDG_STATE_HOME` (by default
/// `~/.local/state`; on Windows `%LOCALAPPDATA%`). `None` on a machine that
/// gives this user no home.
pub fn state_folder() -> Option<PathBuf> {
    folder(std::env::var_os(STATE_VARIABLE), || {
        let places = etcetera::choose_base_strategy().ok()?;
        // Windows knows no folder for state; its local application data is what does not roam,
        // and etcetera calls that the cache.
        Some(places.state_dir().unwrap_or_else(|| places.cache_dir()))
    })
}

fn folder(named: Option<OsString>, of_the_platform: impl FnOnce() -> Option<PathBuf>) -> Option<PathBuf> {
    match named.filter(|path| !path.is_empty()) {
        Some(path) => Some(PathBuf::from(path)),
        None => Some(of_the_platform()?.join("mailshot")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_comes_before_the_platforms_place() {
        let home = || Some(PathBuf::from("home/state"));
        assert_eq!(folder(Some("here".into()), home), Some(PathBuf::from("here")));
        let below = Some(PathBuf::from("home/state").join("mailshot"));
        assert_eq!(folder(None, home), below);
        assert_eq!(folder(Some(OsString::new()), home), below, "empty is unset");
        assert_eq!(folder(None, || None), None);
    }
}
