//! Words about what a file holds, made fit to be shown.

/// What a file holds is quoted in the words about it, and files come from other people: a control
/// character in a key or a cell would drive the terminal, a bidi override turn the line around.
#[must_use]
pub fn printable(words: String) -> String {
    let unsafe_to_show =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !words.contains(unsafe_to_show) {
        return words;
    }
    let mut shown = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        if unsafe_to_show(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}
