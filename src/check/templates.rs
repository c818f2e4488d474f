//! Findings about the templates themselves, independent of the rows.
//!
//! Nothing is rendered here: a template is examined even if another one has a syntax error.

use std::collections::HashSet;

use crate::campaign::{Campaign, MessagePlan, Problem};
use crate::render::{OWN_VARIABLES, ROWS, Templates, Written as Name, in_template, unknown_name};
use crate::table::Header;
use crate::words::say;

use super::finding::Finding;
use super::html::Html;
use super::links::{images, insecure_in_text, links, wordless};
use super::pieces::Tag;
use super::placeholders::{self, Left, Names};
use super::shown::Shown;
use super::source::{Kind, Source};
use super::{broken, greeting, headers, html, markdown, pictures, targets};

/// Filters after which a value is no longer text of the spreadsheet.
const HARMLESS: [&str; 9] = [
    "escape",
    "escape_html",
    "int",
    "float",
    "round",
    "urlencode",
    "urlencode_strict",
    "slugify",
    "length",
];

/// The templates of a campaign as they are written.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) sources: Vec<Source>,
    /// What each of them is as HTML.
    pub(super) html: Vec<Option<Html>>,
    /// All of them could be read.
    pub(super) whole: bool,
}

impl Written {
    pub(super) fn of(campaign: &Campaign, header: &Header) -> Self {
        let (sources, whole) = super::gathered::of(campaign, header);
        Self {
            whole,
            ..Self::of_sources(sources)
        }
    }

    /// These, and no others.
    pub(super) fn of_sources(sources: Vec<Source>) -> Self {
        let html = sources
            .iter()
            .map(|source| match source.kind {
                Kind::Html => Some(html::read(source)),
                Kind::Markdown => Some(markdown::read(source)),
                Kind::Line | Kind::Text | Kind::Part | Kind::Other => None,
            })
            .collect();
        Self {
            sources,
            html,
            whole: true,
        }
    }

    /// Everything that can be said without a row. `templates`: the compiled
    /// ones, where they could be.
    pub(super) fn findings(
        &self,
        campaign: &Campaign,
        header: &Header,
        templates: Option<&Templates>,
    ) -> Vec<Finding> {
        let mut found = Vec::new();
        if templates.is_none() && !header.columns.is_empty() {
            found.extend(self.unknown_columns(header));
        }
        found.extend(missing_text_part(&campaign.message));
        found.extend(headers::findings(&campaign.message, header));
        for (source, html) in self.sources.iter().zip(&self.html) {
            found.extend(unsafe_values(source));
            found.extend(html.iter().flat_map(|html| links(source, html)));
            found.extend(html.iter().filter_map(|html| images(source, html)));
            found.extend(html.iter().filter_map(|html| wordless(source, html)));
            found.extend(insecure_in_text(source, html.as_ref()));
            found.extend(targets::findings(source, html.as_ref()));
            found.extend(left_over(source, html.as_ref(), header));
            found.extend(greets_nobody(source));
            found.extend(broken::in_template(source));
        }
        found.extend(pictures::findings(campaign, &self.sources, &self.html));
        found.into_iter().map(Finding::from).collect()
    }

    /// Names that are filled in and no column has, where nothing can be
    /// rendered: a template beside these has an error.
    fn unknown_columns(&self, header: &Header) -> Vec<Problem> {
        let mut known: HashSet<&str> = OWN_VARIABLES.into_iter().chain([ROWS]).collect();
        known.extend(header.columns.iter().map(String::as_str));
        // What a `set` or a `for` makes, in whichever file.
        for (_, tag) in self.sources.iter().flat_map(Source::tags) {
            if tag
                .words
                .iter()
                .any(|word| matches!(word.as_str(), "set" | "set_global" | "for"))
            {
                known.extend(tag.names.iter().map(|(name, _)| name.as_str()));
                known.extend(tag.words.iter().map(String::as_str));
            }
        }
        let mut problems = Vec::new();
        for source in &self.sources {
            for (_, tag) in source.values() {
                // `{{ nick | default(value="") }}` asks for no column.
                if tag.filters.iter().any(|filter| filter == "default")
                    || tag.words.iter().any(|word| word == "is")
                {
                    continue;
                }
                let names = tag
                    .names
                    .iter()
                    .filter(|(name, _)| !known.contains(name.as_str()));
                let of_row = tag.of_row.iter();
                let unknown = names
                    .filter(|(name, _)| !tag.words.contains(name))
                    .chain(of_row.filter(|(name, _)| header.position(name).is_none()));
                for (name, span) in unknown {
                    problems.push(unknown_name(
                        name,
                        source.at(span.clone()),
                        header,
                        Name::InTemplate,
                    ));
                }
            }
        }
        problems
    }

    /// Whether a loop over the rows of a message may name a column: `r.course`, `r["First Name"]`.
    pub(super) fn of_each_row(&self, column: &str) -> bool {
        let written = [
            format!(".{column}"),
            format!("\"{column}\""),
            format!("'{column}'"),
        ];
        self.sources
            .iter()
            .any(|source| written.iter().any(|written| source.text().contains(written)))
    }
}

/// One is made from the HTML; it is rarely as good as one that a person wrote.
fn missing_text_part(message: &MessagePlan) -> Option<Problem> {
    let html = message.html.as_ref().filter(|_| message.text.is_none())?;
    Some(
        Problem::warning(say!("check-no-text-part"))
            .code("missing-text-part")
            .at(html.place.clone())
            .help(say!("check-no-text-part-hint"))
            .help(say!("check-no-text-part-markdown-hint")),
    )
}

/// `| safe` on the values of a spreadsheet: its author then writes HTML.
fn unsafe_values(source: &Source) -> Option<Problem> {
    let is_unsafe = |tag: &Tag| {
        let of_file = tag.whole_row
            || tag
                .columns()
                .any(|(name, _)| !OWN_VARIABLES.contains(&name.as_str()));
        let Some(at) = tag.filters.iter().position(|filter| filter == "safe") else {
            return false;
        };
        let before = tag.filters.get(..at).unwrap_or_default();
        of_file && !before.iter().any(|filter| HARMLESS.contains(&filter.as_str()))
    };
    let spans = source
        .values()
        .filter(|(_, tag)| is_unsafe(tag))
        .map(|(span, _)| span.clone());
    let is_markup = matches!(source.kind, Kind::Html | Kind::Markdown);
    let spans: Vec<_> = spans.filter(|_| is_markup).collect();
    let problem = Problem::warning(say!("check-unsafe-value"))
        .code("unsafe-value")
        .help(say!("check-unsafe-value-hint"));
    source.placed(problem, spans)
}

fn left_over(source: &Source, html: Option<&Html>, header: &Header) -> Option<Problem> {
    if source.kind == Kind::Other {
        return None;
    }
    if header.literal
        && let Some(problem) = tags_left_over(source)
    {
        return Some(problem);
    }
    let filled = source.tags().flat_map(|(_, tag)| tag.columns());
    let mut names = Names {
        columns: &header.columns,
        filled: filled.map(|(name, _)| name.as_str()).collect(),
        kind: source.kind,
        stripped: false,
    };
    let text = source.without_tags(placeholders::TAG);
    let mut found = placeholders::in_text(&text, &names);
    if let Some(html) = html {
        let shown = Shown::of(&text);
        names.stripped = true;
        for left in placeholders::in_text(&shown.text, &names) {
            let span = shown.original(&left.span);
            if !found
                .iter()
                .any(|other| other.span.start < span.end && span.start < other.span.end)
            {
                found.push(Left { span, ..left });
            }
        }
        found.retain(|left| !html.unseen.iter().any(|unseen| unseen.contains(&left.span.start)));
        found.sort_by_key(|left| left.span.start);
    }
    let first = found.first()?;
    let shown = source.text().get(first.span.clone()).unwrap_or_default();
    let column = first.column.and_then(|column| header.columns.get(column));
    let column = column.map_or("name".into(), |column| in_template(column, header));
    let help = if header.literal {
        say!("check-leftover-alone-hint")
    } else {
        say!("check-leftover-hint", name = &*column)
    };
    let problem = Problem::warning(say!("check-leftover", placeholder = shown))
        .code("leftover")
        .help(help);
    source.placed(problem, found.into_iter().map(|left| left.span).collect())
}

/// Tags of templates where nothing is filled in.
fn tags_left_over(source: &Source) -> Option<Problem> {
    let text = source.text();
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find('{')) {
        let start = from + start;
        from = start + 1;
        let rest = text.get(start..).unwrap_or_default();
        let tag = [("{{", "}}"), ("{%", "%}")]
            .into_iter()
            .find_map(|(open, close)| {
                let line = rest.strip_prefix(open)?.lines().next()?;
                Some(open.len() + line.find(close)? + close.len())
            });
        if let Some(length) = tag {
            spans.push(start..start + length);
            from = start + length;
        }
    }
    let first = text.get(spans.first()?.clone()).unwrap_or_default();
    let problem = Problem::warning(say!("check-leftover-alone", placeholder = first))
        .code("leftover")
        .help(say!("check-leftover-alone-hint"));
    source.placed(problem, spans)
}

fn greets_nobody(source: &Source) -> Option<Problem> {
    if matches!(source.kind, Kind::Part | Kind::Other) {
        return None;
    }
    // A value in the greeting is a name: only a greeting of text alone can be judged here.
    let (span, shown) = greeting::in_text(&source.masked('x'))?;
    Some(
        Problem::warning(say!("check-greeting", greeting = shown))
            .code("empty-greeting")
            .at(source.at(span))
            .help(say!("check-greeting-template-hint")),
    )
}
