//! A problem that a user can correct: where it is, what is wrong, what to do.
//!
//! Everything before the first message (campaign file, templates, recipients, attachments) is
//! checked to the end and its problems are listed together, so a problem is a value, not an error
//! that stops at the first one. It is shown as compilers show theirs: file, line and column, the
//! line itself, a caret, and what to do. It does not know where it will be shown: later modules
//! make their own problems of the same type.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::labels::punctuated;
use super::place::Place;
use super::wrong::Wrong;
use crate::words::{Lang, Said, say};

/// Lines of a place that are shown without gaps.
const UNFOLDED: usize = 16;

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing to do about it: a sensible author may mean it so.
    Note,
    /// Worth knowing; nothing is stopped by it.
    Warning,
    /// Nothing is sent while it stands.
    Error,
}

/// Something wrong in what the user gave us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind it is, for scripts: `unused-column`. It stays when the words change.
    pub code: &'static str,
    /// Whether anything may be sent while it stands.
    pub severity: Severity,
    /// The key of the campaign file (`relay.school.server`) or the flag
    /// (`--relay`) it is about, when it is about one.
    pub key: Option<String>,
    /// What is wrong, in words its reader knows.
    pub what: Said,
    /// Where, when there is a place.
    pub place: Option<Place>,
    /// What to do about it; several lines are several hints.
    pub help: Vec<Said>,
}

impl Problem {
    /// The kind of a problem that was given none.
    pub const OTHER: &'static str = "other";

    /// An error: nothing is sent while it stands.
    pub fn error(what: impl Into<Said>) -> Self {
        Self {
            code: Self::OTHER,
            severity: Severity::Error,
            key: None,
            what: what.into(),
            place: None,
            help: Vec::new(),
        }
    }

    /// An error of a campaign's file or flags.
    pub(crate) fn of_campaign(what: impl Into<Said>) -> Self {
        Self::error(what).code("campaign-file")
    }

    /// An error of a campaign in the value of this key.
    pub(crate) fn of_key(key: impl Into<String>, place: &Place, what: impl Into<Said>) -> Self {
        Self::of_campaign(what).about(key).at(place.clone())
    }

    /// An error of a campaign in the value of this key: it could not be read.
    pub(crate) fn of_wrong(key: impl Into<String>, place: &Place, wrong: Wrong) -> Self {
        let problem = Self::of_key(key, place, wrong.what);
        wrong.help.into_iter().fold(problem, Self::help)
    }

    /// A warning: worth knowing, stops nothing.
    pub fn warning(what: impl Into<Said>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(what)
        }
    }

    /// A note: one line, which asks for nothing.
    pub fn note(what: impl Into<Said>) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(what)
        }
    }

    /// Says what kind it is.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// Says which key or flag it is about.
    #[must_use]
    pub fn about(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what to do; may be called several times.
    #[must_use]
    pub fn help(mut self, help: impl Into<Said>) -> Self {
        self.help.push(help.into());
        self
    }

    /// What its report begins with: how bad it is and, where it has one, the code that `mailshot
    /// explain` knows.
    pub fn label(&self) -> Said {
        let code = self.code;
        match (self.severity, code) {
            (Severity::Error, Self::OTHER) => say!("words-error"),
            (Severity::Warning, Self::OTHER) => say!("words-warning"),
            (Severity::Note, Self::OTHER) => say!("words-note"),
            (Severity::Error, _) => say!("words-error-of", code = code),
            (Severity::Warning, _) => say!("words-warning-of", code = code),
            (Severity::Note, _) => say!("words-note-of", code = code),
        }
    }

    /// The report of this problem, with ANSI colours when `color`.
    pub fn render(&self, color: bool) -> String {
        self.render_within(Lang::En, None, color)
    }

    /// The same in a language, for a screen of this width in columns: of a longer line only the part
    /// around the place is shown, so that the caret stays below it.
    pub fn render_within(&self, lang: Lang, columns: Option<usize>, color: bool) -> String {
        let mut renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        if let Some(columns) = columns {
            renderer = renderer.term_width(columns);
        }
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let label = self.label().in_lang(lang);
        let level = level.with_name(label.clone());
        let hint = say!("words-hint").in_lang(lang);
        let mut group = level
            .primary_title(self.what.in_lang(lang))
            .elements(std::iter::empty::<annotate_snippets::Element<'_>>());
        if let Some(place) = &self.place {
            group = if place.text.is_empty() {
                group.element(annotate_snippets::Origin::path(place.path_in(lang)))
            } else {
                let (text, first_line, span) = place.excerpt();
                // The renderer shows controls of ASCII and bidi overrides as symbols, but lets
                // those of eight bits through. The stand-in is two octets long as they are.
                let text = text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{bf}");
                // A few lines are worth seeing as a whole.
                let fold = text.lines().count() > UNFOLDED;
                let cell = place.cell.as_ref();
                let label = cell.and_then(|cell| cell.label(first_line));
                let label = label.map(|label| label.in_lang(lang));
                group.element(
                    Snippet::source(text)
                        .path(place.path_in(lang))
                        .line_start(first_line)
                        .fold(fold)
                        .annotation(AnnotationKind::Primary.span(span).label(label)),
                )
            };
        }
        for help in &self.help {
            group = group.element(Level::HELP.with_name(hint.clone()).message(help.in_lang(lang)));
        }
        punctuated(renderer.render(&[group]), &[label, hint], lang)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// Every problem found, in the order found; the error of the stages before
/// the first mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether one of them is about this very key.
    pub fn are_about(&self, key: &str) -> bool {
        self.keys().any(|found| found == key)
    }

    /// Whether one of them is about this key, or about one in its table.
    pub fn are_within(&self, key: &str) -> bool {
        self.keys()
            .filter_map(|found| found.strip_prefix(key))
            .any(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|problem| problem.key.as_deref())
    }

    /// Puts them in the order of the file; what is missing has no line and
    /// comes last.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|problem| {
            let place = problem.place.as_ref().filter(|place| !place.text.is_empty());
            place.map_or(usize::MAX, Place::line)
        });
    }

    /// What is wrong first, in English: for records and programs.
    pub fn first_words(&self) -> String {
        self.0
            .first()
            .map(|first| first.what.to_string())
            .unwrap_or_default()
    }

    /// Whether one of them stops the sending.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Error)
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    #[test]
    fn the_report_shows_line_caret_and_help() {
        let text: Arc<str> = Arc::from("name = \"x\"\nsubjet = \"y\"\n");
        let report = Problem::error(Said::verbatim("unknown key `subjet`"))
            .at(Place::in_file("mailshot.toml", text, 11..17))
            .help(Said::verbatim("did you mean `subject`?"))
            .to_string();
        assert!(report.contains("mailshot.toml:2:1"), "{report}");
        assert!(report.contains("^^^^^^"), "{report}");
        assert!(report.contains("did you mean `subject`?"), "{report}");
    }
}
