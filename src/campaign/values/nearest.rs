//! The word that was meant by a mistyped one.

/// The known word nearest to a mistyped one, when one is near enough to be
/// meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::jaro_winkler(&word, &k.to_lowercase()), k))
        .filter(|(score, _)| *score >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("subjet", ["subject", "text"]), Some("subject"));
        assert_eq!(nearest("colour", ["subject", "text"]), None);
    }
}
