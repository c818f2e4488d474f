//! A problem somebody can mend: where it is, what is wrong, what to do.
//!
//! Everything before the first mail (campaign file, templates, recipients,
//! attachments) is checked to the end and its problems are listed together,
//! so a problem is a value, not an error that stops at the first one. It is
//! shown the way compilers show theirs: file, line and column, the line
//! itself, a caret, and the mend. It refuses to know who meets it: later
//! modules make problems of their own with the same shape.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is stopped by it.
    Warning,
    /// Nothing is sent while it stands.
    Error,
}

/// A span in something the user wrote, with the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the user calls it: a path as they gave it, or `--subject`.
    pub path: Arc<str>,
    /// The number of the first line of `text` in that file; 1 for a whole file.
    pub first_line: usize,
    /// The text the span lies in: a whole file, or one row of a spreadsheet.
    pub text: Arc<str>,
    /// Octets of `text`; an empty span points at one character.
    pub span: Range<usize>,
    /// The cell it is, where it is one.
    pub cell: Option<Arc<CellPlace>>,
}

/// A cell (or a row) of a spreadsheet, as the spreadsheet names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// The sheet, in a workbook.
    pub sheet: Option<Arc<str>>,
    /// The column's letter (A, B, … AA), where the file has columns; empty for a whole row.
    pub letter: String,
    /// The column's name; empty for a whole row.
    pub header: String,
    /// What the cell holds.
    pub value: String,
}

impl CellPlace {
    /// How a reader finds it: `email, cell B17 of the sheet Week 9`.
    fn label(&self, row: usize) -> String {
        let mut label = String::new();
        if !self.header.is_empty() {
            label.push_str(&self.header);
        }
        if !self.letter.is_empty() {
            let comma = if label.is_empty() { "" } else { ", " };
            label.push_str(&format!("{comma}cell {}{row}", self.letter));
        }
        if let Some(sheet) = &self.sheet {
            let of = if label.is_empty() { "" } else { " of " };
            label.push_str(&format!("{of}sheet {sheet}"));
        }
        printable(label)
    }
}

impl Place {
    /// A span in a file whose text is at hand.
    pub fn in_file(path: impl Into<Arc<str>>, text: Arc<str>, span: Range<usize>) -> Self {
        Self {
            path: path.into(),
            first_line: 1,
            text,
            span,
            cell: None,
        }
    }

    /// The file as a whole: there is no line to show.
    pub fn whole(path: impl Into<Arc<str>>) -> Self {
        Self::in_file(path, Arc::from(""), 0..0)
    }

    /// Line of the span's start, as an editor (or the spreadsheet) counts it.
    pub fn line(&self) -> usize {
        self.first_line + self.before().matches('\n').count()
    }

    /// Column of the span's start in characters, from 1.
    pub fn column(&self) -> usize {
        let before = self.before();
        let line = before.rsplit('\n').next().unwrap_or(before);
        line.chars().count() + 1
    }

    /// The same file, another span.
    pub fn at(&self, span: Range<usize>) -> Self {
        Self { span, ..self.clone() }
    }

    fn before(&self) -> &str {
        self.text.get(..self.span.start).unwrap_or(&self.text)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return f.write_str(&self.path);
        }
        write!(f, "{}:{}:{}", self.path, self.line(), self.column())
    }
}

/// Something wrong in what the user gave us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind it is, for scripts: `unused-column`. It stays when the words change.
    pub code: &'static str,
    /// Whether anything may be sent while it stands.
    pub severity: Severity,
    /// What is wrong, in words its reader knows.
    pub what: String,
    /// Where, when there is a place.
    pub place: Option<Place>,
    /// What to do about it; several lines are several hints.
    pub help: Vec<String>,
}

impl Problem {
    /// The kind of a problem that was given none.
    pub const OTHER: &'static str = "other";

    /// An error: nothing is sent while it stands.
    pub fn error(what: impl Into<String>) -> Self {
        Self {
            code: Self::OTHER,
            severity: Severity::Error,
            what: printable(what.into()),
            place: None,
            help: Vec::new(),
        }
    }

    /// A warning: worth knowing, stops nothing.
    pub fn warning(what: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(what)
        }
    }

    /// Says what kind it is.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = code;
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
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(printable(help.into()));
        self
    }

    /// The report of this problem, with ANSI colours when `color`.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = level
            .primary_title(self.what.as_str())
            .elements(std::iter::empty::<annotate_snippets::Element<'_>>());
        if let Some(place) = &self.place {
            group = if place.text.is_empty() {
                group.element(annotate_snippets::Origin::path(&*place.path))
            } else {
                let (text, first_line, span) = place.excerpt();
                // The renderer shows controls of ASCII and bidi overrides as symbols, but lets
                // those of eight bits through. The stand-in is two octets long as they are.
                let text = text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{bf}");
                let cell = place.cell.as_ref();
                let label = cell.map(|cell| cell.label(first_line)).filter(|l| !l.is_empty());
                group.element(
                    Snippet::source(text)
                        .path(&*place.path)
                        .line_start(first_line)
                        .annotation(AnnotationKind::Primary.span(span).label(label)),
                )
            };
        }
        for help in &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

impl Place {
    /// The line (or lines) of the span alone, so that a large file is not
    /// walked again for each problem.
    fn excerpt(&self) -> (&str, usize, Range<usize>) {
        let start = self.span.start.min(self.text.len());
        let end = self.span.end.clamp(start, self.text.len());
        let from = self
            .text
            .get(..start)
            .and_then(|t| t.rfind('\n'))
            .map_or(0, |i| i + 1);
        let to = self
            .text
            .get(end..)
            .and_then(|t| t.find('\n'))
            .map_or(self.text.len(), |i| end + i);
        let text = self.text.get(from..to).unwrap_or_default();
        (text, self.line(), start - from..end - from)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

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

/// Every problem found, in the order found; the error of the stages before
/// the first mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
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
    fn a_place_counts_lines_and_characters() {
        let text: Arc<str> = Arc::from("name = \"x\"\nsubjet = \"教室\"\n");
        let place = Place::in_file("mailshot.toml", text, 11..17);
        assert_eq!(place.to_string(), "mailshot.toml:2:1");
        assert_eq!(place.at(24..27).to_string(), "mailshot.toml:2:12");
    }

    #[test]
    fn the_report_shows_line_caret_and_mend() {
        let text: Arc<str> = Arc::from("name = \"x\"\nsubjet = \"y\"\n");
        let report = Problem::error("unknown key `subjet`")
            .at(Place::in_file("mailshot.toml", text, 11..17))
            .help("did you mean `subject`?")
            .to_string();
        assert!(report.contains("mailshot.toml:2:1"), "{report}");
        assert!(report.contains("^^^^^^"), "{report}");
        assert!(report.contains("did you mean `subject`?"), "{report}");
    }

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("subjet", ["subject", "text"]), Some("subject"));
        assert_eq!(nearest("colour", ["subject", "text"]), None);
    }
}
