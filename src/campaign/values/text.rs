//! Text that the user wrote, with its place.

use super::hidden;
use super::place::Place;

/// A template (or plain text) written in the campaign file or on the command
/// line, with its place for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What was written.
    pub value: String,
    /// Where.
    pub place: Place,
}

impl Text {
    /// What was given to a flag.
    pub fn of_flag(flag: &str, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            place: Place::in_file(
                flag,
                hidden::starred(value, &hidden::in_urls(value)).into(),
                0..value.len(),
            ),
        }
    }

    /// Whether it was given to this flag.
    pub fn is_of_flag(&self, flag: &str) -> bool {
        &*self.place.path == flag
    }

    /// Whether there is something to fill in.
    pub fn is_template(&self) -> bool {
        // Keyboards for Chinese and Japanese write ｛｛ ｝｝.
        ["{{", "{%", "{#", "｛｛", "｛{", "{｛", "｛%", "｛％"]
            .iter()
            .any(|tag| self.value.contains(tag))
    }
}
