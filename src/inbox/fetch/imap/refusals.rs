//! What the refusal of a folder is about.

use super::answer;

/// 163, 126, yeah and 188, to programs that do not say who they are.
pub(super) fn is_unsafe(text: &str) -> bool {
    text.to_lowercase().contains("unsafe login")
}

pub(super) fn is_locked(text: &str) -> bool {
    let text_is = text.to_lowercase();
    answer::has_code(text, &["IN-USE", "INUSE", "UNAVAILABLE", "SERVERBUG", "LIMIT"])
        || ["is locked", "in use", "try again", "temporar", "busy"]
            .iter()
            .any(|words| text_is.contains(words))
}
