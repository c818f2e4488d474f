//! Styles in a template, read for the images that they load.

use std::ops::Range;

/// What `url(…)` names, without quotes; not where that is a font, or a style sheet of another's.
pub(super) fn images_in(style: &str) -> Vec<Range<usize>> {
    let quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let mut found = Vec::new();
    for (at, _) in style.match_indices('(') {
        let before = style.get(..at).unwrap_or_default();
        let Some((before, "url" | "URL" | "Url")) =
            at.checked_sub(3).and_then(|at| before.split_at_checked(at))
        else {
            continue;
        };
        let (_, of) = before.rsplit_once([';', '{', '}']).unwrap_or(("", before));
        let of = of.trim_start().to_ascii_lowercase();
        if of.starts_with("@import") || of.starts_with("src") {
            continue;
        }
        let inside = style.get(at + 1..).unwrap_or_default();
        let written = inside
            .split(')')
            .next()
            .unwrap_or_default()
            .trim_end_matches(quote);
        let start = written.len() - written.trim_start_matches(quote).len();
        if start < written.len() {
            found.push(at + 1 + start..at + 1 + written.len());
        }
    }
    found
}
