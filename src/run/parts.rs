//! What the parts of a mailing's content are called: in the ledger, and for people.

use crate::words::{Said, say};

/// The part that says by which rules messages are composed. Locks of before it was there hold
/// neither this part nor the settings, and are of rules number 1.
pub(super) const RULES: &str = "version of the composing rules";

/// The part that says which header fields the signatures leave out.
pub(super) const UNSIGNED: &str = "header fields that the signatures leave out";

/// The part that says in which order files come.
pub(super) const ORDER: &str = "order of attachments";

/// The parts that name the files of the bodies.
pub(super) const TEXT: &str = "text part";
pub(super) const HTML: &str = "html part";

/// How the parts begin of header fields, of attached files, and of the names of those.
pub(super) const OF_HEADER: &str = "header ";
pub(super) const OF_FILE: &str = "attachment ";
pub(super) const OF_NAME: &str = "attachment name of ";

/// The name of a part as the ledger has it, for people.
pub(super) fn named(part: &str) -> Said {
    let after = |start| part.strip_prefix(start);
    if let Some(file) = after(OF_NAME) {
        return say!("run-part-attachment-name", file = file);
    }
    if let Some(file) = after(OF_FILE) {
        return say!("run-part-attachment", file = file);
    }
    if let Some(field) = after(OF_HEADER) {
        return say!("run-part-header", field = field);
    }
    match part {
        RULES => say!("run-part-rules"),
        UNSIGNED => say!("run-part-unsigned"),
        ORDER => say!("run-part-order"),
        TEXT => say!("run-part-text"),
        HTML => say!("run-part-html"),
        // A file, or a key of the campaign file.
        other => Said::verbatim(other),
    }
}
