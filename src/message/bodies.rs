//! The texts of a message: which templates a row gets, and how the parts are made from their
//! output.
//!
//! A row whose `_lang` names a language gets `notice.zh.html` instead of `notice.html`, if this
//! file exists. Markdown makes both parts. HTML alone also makes the text part, because filters
//! take a message without one for junk, and readers of text see nothing. Style sheets are written
//! into the elements that they apply to: half of the mail programs drop them from the head. Nothing
//! is fetched from the network.

use std::collections::BTreeSet;
use std::path::Path;

use crate::campaign::{Body, Campaign, Problem, Problems, TemplateFile};
use crate::recipients::disagreement;
use crate::render::{Compiler, Escape, RowContext, TemplateId, Templates, best, languages, spoken_in};
use crate::storage::{LARGEST_TEXT, read_regular};
use crate::table::broken::undone;
use crate::table::{Header, Row, prose};
use crate::words::{Arg, say};

use super::line_ends::crlf;
use super::markdown;
use super::readable::readable;
use super::styles::{Styles, with_styles};

/// The column that chooses a language.
pub const LANGUAGE: &str = "_lang";

/// The templates of a campaign's bodies.
pub(super) struct Bodies {
    text: Option<Variants>,
    html: Option<Variants>,
    markdown: Option<Variants>,
    calendar: Option<Variants>,
    language: Option<usize>,
    styles: Option<Styles>,
}

/// The texts of one message.
#[derive(Debug)]
pub(super) struct Texts {
    /// With CRLF line ends, as the HTML.
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    /// As the template made it, its values and lines marked.
    pub(super) calendar: Option<String>,
}

impl Bodies {
    pub(super) fn new(inline_css: bool, header: &Header) -> Self {
        Self {
            text: None,
            html: None,
            markdown: None,
            calendar: None,
            language: header.position(LANGUAGE),
            styles: inline_css.then(Styles::new),
        }
    }

    /// Compiles the template of one body, and those of its name for single languages.
    pub(super) fn add(
        &mut self,
        compiler: &mut Compiler,
        campaign: &Campaign,
        body: Body,
        file: &TemplateFile,
    ) {
        // Marks cost something: only where styles may have use for them.
        let styled = || {
            let siblings = languages(&file.path).into_iter().map(|(_, path)| path);
            std::iter::once(file.path.clone())
                .chain(siblings)
                .any(|path| may_have_styles(&path))
        };
        let (place, escape) = match body {
            Body::Text => (&mut self.text, Escape::ByName),
            Body::Html if self.styles.is_some() && styled() => (&mut self.html, Escape::Styled),
            Body::Html => (&mut self.html, Escape::Html),
            Body::Markdown => (&mut self.markdown, Escape::Markdown),
            Body::Calendar => (&mut self.calendar, Escape::Calendar),
        };
        *place = Some(Variants::compile(
            compiler,
            campaign,
            file,
            escape,
            self.language.is_some(),
        ));
    }

    /// The texts of a row; what is wrong with them goes to `problems`.
    pub(super) fn texts(
        &self,
        templates: &Templates,
        context: &RowContext<'_>,
        problems: &mut Problems,
    ) -> Texts {
        let mut take = |variants: &Option<Variants>| {
            let rendered = self.render(variants.as_ref()?, templates, context);
            rendered.map_err(|p| problems.0.extend(p.0)).ok()
        };
        let (text, html) = (take(&self.text), take(&self.html));
        let (markdown, calendar) = (take(&self.markdown), take(&self.calendar));
        let html = match (html, markdown) {
            (None, Some(text)) if markdown::is_too_deep(&text) => {
                problems.push(self.too_deep(templates, context.row()));
                None
            }
            (None, Some(text)) => Some(markdown::to_html(&text)),
            (html, _) => html,
        };
        let html = html.map(|html| match &self.styles {
            Some(styles) => styles.apply(&html),
            None => crlf(&html),
        });
        // Without a template of its own; not where that failed.
        let text = if self.text.is_none() {
            html.as_deref().map(|html| match &self.styles {
                Some(_) => readable(html),
                // What a style sheet hides is not for the text either.
                None => readable(&with_styles(html)),
            })
        } else {
            text
        };
        Texts {
            text: text.map(|text| crlf(&text)),
            html,
            calendar,
        }
    }

    fn too_deep(&self, templates: &Templates, row: &Row) -> Problem {
        let file = self
            .markdown
            .as_ref()
            .map_or("", |variants| variants.shown.as_str());
        Problem::error(say!(
            "message-markdown-nested",
            most = markdown::MOST_NESTED,
            file = file
        ))
        .code("template-size")
        .at(templates.header().place(row, None))
        .help(say!("message-markdown-nested-hint"))
    }

    fn render(
        &self,
        variants: &Variants,
        templates: &Templates,
        context: &RowContext<'_>,
    ) -> Result<String, Problems> {
        let row = context.row();
        let language = match self.language {
            Some(column) => row
                .shared(column)
                .ok_or_else(|| disagreement(templates.header(), row, column))?
                .trim(),
            None => "",
        };
        let Some(id) = variants.choose(language) else {
            return Err(variants.none(language, self.language, templates, row));
        };
        let text = templates.render(id, context)?;
        // Marked values have marks, which are control characters; these do not come from a cell.
        let marks = variants.marks;
        let control = |b: &u8| {
            let mark = (1..=marks).contains(b);
            !mark && matches!(b, 0..=8 | 0xb | 0xe..=0x1f | 0x7f)
        };
        // No early exit: this way the compiler looks at many bytes at once.
        let bad = if text.bytes().fold(false, |any, b| any | control(&b)) {
            text.bytes().find(control)
        } else if marks > 0 {
            let mark = |cell: &str| cell.bytes().find(|b| (1..=marks).contains(b));
            templates.cells(row).find_map(mark)
        } else {
            None
        };
        if let Some(bad) = bad.map(char::from).or_else(|| c1(&text)) {
            let cell = row.fields.iter().position(|c| c.contains(bad));
            let meant = cell.and_then(|at| undone(row.fields.get(at)?));
            let meant = meant.map(|meant| say!("message-body-control-meant-hint", meant = meant));
            let character = format!("U+{:04X}", u32::from(bad));
            return Err(
                Problem::error(say!("message-body-control", character = character))
                    .at(templates.header().place(row, cell))
                    .help(meant.unwrap_or_else(|| say!("message-body-control-hint")))
                    .into(),
            );
        }
        Ok(text.into_owned())
    }
}

/// The first of the control characters that follow those of ASCII.
fn c1(text: &str) -> Option<char> {
    let octets = text.as_bytes();
    let second = |at: usize| octets.get(at + 1).copied().filter(|second| *second < 0xa0);
    memchr::memchr_iter(0xc2, octets).find_map(second).map(char::from)
}

/// A template and those of the same name for single languages.
struct Variants {
    shown: String,
    /// What comes marked has control characters up to this one.
    marks: u8,
    any: Option<TemplateId>,
    /// The language in lower case.
    of_language: Vec<(String, TemplateId)>,
}

impl Variants {
    fn compile(
        compiler: &mut Compiler,
        campaign: &Campaign,
        file: &TemplateFile,
        escape: Escape,
        chosen: bool,
    ) -> Self {
        let siblings = if chosen { languages(&file.path) } else { Vec::new() };
        let own: Vec<&str> = siblings.iter().map(|(language, _)| language.as_str()).collect();
        let spoken = if chosen {
            spoken_in(&campaign.folder, &file.path)
        } else {
            BTreeSet::new()
        };
        let of = |path: &Path| TemplateFile {
            path: path.to_owned(),
            typed: file.typed.clone().filter(|_| path == file.path),
            place: file.place.clone(),
        };
        // If there is one for each language, no general one is needed.
        let has_any = siblings.is_empty() || file.path.exists();
        let any = has_any.then(|| compiler.file(file, &campaign.shown(&file.path), escape));
        let for_language = |language: String| {
            let its_own = best(&language, &own);
            let path = match siblings.iter().find(|(of, _)| Some(of.as_str()) == its_own) {
                Some((_, path)) => path,
                None if has_any => &file.path,
                None => return None,
            };
            let id = compiler.file_for(&language, &of(path), &campaign.shown(path), escape);
            Some((language, id))
        };
        Self {
            shown: campaign.shown(&file.path),
            marks: match escape {
                Escape::Styled => 2,
                Escape::Calendar => 4,
                Escape::ByName | Escape::Html | Escape::Markdown => 0,
            },
            any,
            of_language: spoken.into_iter().filter_map(for_language).collect(),
        }
    }

    /// That of the nearest language, else the one for everybody.
    fn choose(&self, language: &str) -> Option<TemplateId> {
        if self.of_language.is_empty() || language.is_empty() {
            return self.any;
        }
        let of = |tag: &str| {
            self.of_language
                .iter()
                .find(|(of, _)| of == tag)
                .map(|(_, id)| *id)
        };
        // Most rows have it as a template has it.
        of(language).or_else(|| {
            let tags: Vec<&str> = self.of_language.iter().map(|(tag, _)| tag.as_str()).collect();
            best(language, &tags).and_then(of).or(self.any)
        })
    }

    fn none(&self, language: &str, column: Option<usize>, templates: &Templates, row: &Row) -> Problems {
        let known: Vec<_> = self.of_language.iter().map(|(l, _)| l.as_str()).collect();
        let what = if language.is_empty() {
            say!("message-no-language", column = LANGUAGE, file = &self.shown)
        } else {
            say!(
                "message-no-file-of-language",
                file = &self.shown,
                language = language
            )
        };
        Problem::error(what)
            .at(templates.header().place(row, column))
            .help(say!(
                "message-languages-hint",
                known = Arg::commas(known),
                file = &self.shown
            ))
            .into()
    }
}

/// Whether a template, or what it includes, has a style sheet.
fn may_have_styles(path: &Path) -> bool {
    let octets = read_regular(path, LARGEST_TEXT).unwrap_or_default();
    let text = prose(&octets).map(|prose| prose.text.to_ascii_lowercase());
    let text = text.unwrap_or_default();
    ["<style", "include", "extends"]
        .iter()
        .any(|word| text.contains(word))
}
