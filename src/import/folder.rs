//! The names of the files in the old and in the new folder.

use std::path::Path;

pub(super) const TEMPLATE: &str = "mailmerge_template.txt";
pub(super) const DATABASE: &str = "mailmerge_database.csv";
pub(super) const SERVER: &str = "mailmerge_server.conf";

/// The templates of the new folder.
pub(super) const TEXT: &str = "message.txt";
pub(super) const HTML: &str = "message.html";
pub(super) const MARKDOWN: &str = "message.md";
pub(super) const CALENDAR: &str = "message.ics";

/// Files of the new folder that nothing else may take the place of.
const OWN: [&str; 7] = [
    "mailshot.toml",
    ".gitignore",
    DATABASE,
    TEXT,
    HTML,
    MARKDOWN,
    CALENDAR,
];

/// Whether a path in the new folder is a file of mailshot's own.
pub(super) fn is_own(path: &Path) -> bool {
    OWN.iter().any(|own| path.as_os_str().eq_ignore_ascii_case(own))
}
