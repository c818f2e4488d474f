//! The file of the user's settings, which serve all campaigns.

use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The variable that names the file itself.
const VARIABLE: &str = "MAILSHOT_CONFIG";

/// `$MAILSHOT_CONFIG`, else `mailshot/config.toml` below `$XDG_CONFIG_HOME` (by default
/// `~/.config`; on Windows `%APPDATA%`), whether it is there or not. `None` on a machine that gives
/// this user no home.
pub fn settings_file() -> Option<PathBuf> {
    file(std::env::var_os(VARIABLE), || {
        Some(etcetera::choose_base_strategy().ok()?.config_dir())
    })
}

fn file(named: Option<OsString>, of_the_platform: impl FnOnce() -> Option<PathBuf>) -> Option<PathBuf> {
    match named.filter(|path| !path.is_empty()) {
        Some(path) => Some(PathBuf::from(path)),
        None => Some(of_the_platform()?.join("mailshot").join("config.toml")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_the_file_and_the_platform_its_folder() {
        let home = || Some(PathBuf::from("home/config"));
        assert_eq!(file(Some("here".into()), home), Some(PathBuf::from("here")));
        let below = Some(PathBuf::from("home/config/mailshot/config.toml"));
        assert_eq!(file(None, home), below);
        assert_eq!(file(Some(OsString::new()), home), below, "empty is unset");
        assert_eq!(file(None, || None), None);
    }
}
