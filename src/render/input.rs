//! Files that were used for the messages, and their contents.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file that went into the messages, and what it held when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its content.
    pub digest: [u8; 32],
    /// Its content, where that is text of at most 64 KiB.
    pub text: Option<String>,
}

/// A text that a change is shown of holds no more octets.
const MOST_TEXT: usize = 64 << 10;

impl Input {
    /// Notes what was read from `path`, and that it is this text.
    pub fn of_text(path: &Path, content: &[u8], text: &str) -> Self {
        let shown = Self::new(path, content);
        let decoded = || (text.len() <= MOST_TEXT).then(|| text.to_owned());
        Self {
            text: if std::str::from_utf8(content).is_ok() {
                shown.text
            } else {
                decoded()
            },
            ..shown
        }
    }

    /// Notes what was read from `path`.
    pub fn new(path: &Path, content: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            digest: Sha256::digest(content).into(),
            text: std::str::from_utf8(content)
                .ok()
                .filter(|text| text.len() <= MOST_TEXT)
                .map(str::to_owned),
        }
    }
}
