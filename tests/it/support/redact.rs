//! What changes from run to run, replaced by what it is, so that words can be snapshots.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

/// A pattern and what stands for it, applied in this order.
static RULES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rules = [
        // RFC 3339, and the date of a mail.
        (
            r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|[+-]\d\d:?\d\d))?(\[[\w/]+\])?",
            "[TIME]",
        ),
        (
            r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}",
            "[DATE]",
        ),
        (r"(127\.0\.0\.1|\[::1\]|localhost):\d+", "$1:[PORT]"),
        // 26 base32 characters: ids of mailings and messages.
        (r"\b[a-z2-7]{26}\b", "[ID]"),
        (r"\b[A-Z2-7]{26}\b", "[ID]"),
        (r"\b\d+(\.\d+)? (µs|ms|s|min)\b", "[DURATION]"),
        (r"\b[\d.,]+ ?(messages/s|/s|per second)", "[SPEED]"),
    ];
    rules
        .map(|(pattern, word)| (Regex::new(pattern).expect("a rule is a regular expression"), word))
        .to_vec()
});

/// The text with the folder, the program's path, times, ports, ids and speeds replaced.
pub(crate) fn redact(text: &str, folder: &Path) -> String {
    let mut text = text.replace(env!("CARGO_BIN_EXE_mailshot"), "mailshot");
    // The longer form first: on macOS the temporary folder lies behind a link.
    for path in [folder.canonicalize().ok().as_deref(), Some(folder)]
        .into_iter()
        .flatten()
    {
        text = text.replace(&path.display().to_string(), "[DIR]");
    }
    if cfg!(windows) {
        text = text.replace('\\', "/").replace("\r\n", "\n");
    }
    for (pattern, word) in RULES.iter() {
        text = pattern.replace_all(&text, *word).into_owned();
    }
    text
}
