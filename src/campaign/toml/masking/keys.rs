//! The key of a value.

/// The dotted key that ends here.
pub(super) fn key_before(text: &str) -> &str {
    let text = text.trim_end();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'');
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| part(*c))
        .last()
        .map_or(text.len(), |(i, _)| i);
    &text[start..]
}
