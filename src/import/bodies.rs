//! The body of mailmerge's template: what its Content-Type says it is.
//!
//! Plain text, HTML and Markdown become a template each; a multipart body is
//! parsed into them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::campaign::{Place, Problem};
use crate::words::{Arg, say};
use mail_parser::{Encoding, MessageParser, MimeHeaders, PartType};

use super::attachments::Attached;
use super::database::Database;
use super::folder::{CALENDAR, HTML, MARKDOWN, TEXT};
use super::header::{Head, with_set};
use super::jinja::{Mode, Translator};
use super::source::{Source, Warnings};
use super::{markdown, pictures};

/// The templates of the message.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) markdown: Option<String>,
    pub(super) calendar: Option<String>,
}

impl Bodies {
    /// What is done to values in the part that decides.
    pub(super) fn escape(&self) -> Mode {
        if self.html.is_some() || self.markdown.is_some() {
            Mode::Markup
        } else {
            Mode::Text
        }
    }

    /// The text part is the Markdown, letter for letter.
    pub(super) fn text_is_markdown(&self) -> bool {
        self.markdown.is_some() && self.text == self.markdown
    }

    pub(super) fn into_files(self) -> Vec<(PathBuf, String)> {
        let text = if self.text_is_markdown() { None } else { self.text };
        let files = [
            (TEXT, text),
            (HTML, self.html),
            (MARKDOWN, self.markdown),
            (CALENDAR, self.calendar),
        ];
        files
            .into_iter()
            .filter_map(|(name, text)| Some((PathBuf::from(name), text?)))
            .collect()
    }
}

pub(super) fn read(
    source: &Source,
    head: &Head,
    attached: &mut Attached,
    translator: &mut Translator<'_>,
) -> Bodies {
    let kind = head
        .field("content-type")
        .map_or("", |field| field.value.as_str());
    let essence = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let mut bodies = Bodies::default();
    let encoded = head.field("content-transfer-encoding").is_some_and(|field| {
        !matches!(
            field.value.to_ascii_lowercase().as_str(),
            "7bit" | "8bit" | "binary"
        )
    });
    if essence.starts_with("multipart/") || encoded {
        parts(source, head, &mut bodies, translator);
    } else {
        part(source, head.body.clone(), &essence, &mut bodies, translator);
    }
    for body in [
        &mut bodies.text,
        &mut bodies.html,
        &mut bodies.markdown,
        &mut bodies.calendar,
    ] {
        *body = body.take().map(|text| with_set(&head.set, text));
    }
    show_pictures(&mut bodies, attached);
    if let Some(text) = &bodies.markdown {
        bodies.markdown = Some(markdown::with_line_breaks(text));
    }
    bodies
}

/// One part of a kind, `range` of a source.
fn part(
    source: &Source,
    range: std::ops::Range<usize>,
    essence: &str,
    bodies: &mut Bodies,
    translator: &mut Translator<'_>,
) -> bool {
    let mut translated = |mode| Some(translator.translate(source, range.clone(), mode));
    match essence {
        "text/html" if bodies.html.is_none() => bodies.html = translated(Mode::Markup),
        "text/markdown" if bodies.markdown.is_none() => {
            // mailmerge sends the Markdown itself as the text part.
            bodies.text = translated(Mode::Text);
            bodies.markdown = translated(Mode::Markup);
            markdown::tell_differences(source, range, translator.warnings);
        }
        "text/calendar" if bodies.calendar.is_none() => bodies.calendar = translated(Mode::Text),
        "" | "text/plain" if bodies.text.is_none() => bodies.text = translated(Mode::Text),
        _ => return false,
    }
    true
}

/// A multipart body, or an encoded one.
fn parts(source: &Source, head: &Head, bodies: &mut Bodies, translator: &mut Translator<'_>) {
    let mut message = String::from("MIME-Version: 1.0\n");
    for name in ["content-type", "content-transfer-encoding"] {
        if let Some(field) = head.field(name) {
            message.push_str(&format!("{name}: {}\n", field.value));
        }
    }
    message.push('\n');
    let before = message.len();
    message.push_str(source.get(head.body.clone()));
    let parsed = MessageParser::default().parse(message.as_bytes());
    let in_body = |offset: u32| {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        (head.body.start + offset.saturating_sub(before)).min(head.body.end)
    };
    for leaf in parsed.iter().flat_map(|message| &message.parts) {
        let (text, range) = match &leaf.body {
            PartType::Multipart(_) => continue,
            PartType::Text(text) | PartType::Html(text) => {
                (Some(text), in_body(leaf.offset_body)..in_body(leaf.offset_end))
            }
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) => {
                (None, in_body(leaf.offset_header)..in_body(leaf.offset_body))
            }
        };
        let kind = leaf.content_type();
        let essence = kind.map_or_else(String::new, |kind| {
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("plain")).to_ascii_lowercase()
        });
        let taken = match text {
            Some(_) if leaf.encoding == Encoding::None => {
                part(source, range.clone(), &essence, bodies, translator)
            }
            Some(text) => {
                let plain = Source {
                    shown: source.shown.clone(),
                    text: text.replace("\r\n", "\n").into(),
                    exact: false,
                };
                part(&plain, 0..plain.text.len(), &essence, bodies, translator)
            }
            None => false,
        };
        if !taken {
            translator.warnings.at(
                source,
                range.start..range.start,
                say!("import-part", kind = essence),
                say!("import-part-help"),
            );
        }
    }
    if bodies.text.is_none() && bodies.html.is_none() && bodies.markdown.is_none() {
        translator.warnings.at(
            source,
            head.body.clone(),
            say!("import-no-body"),
            say!("import-no-body-help"),
        );
    }
}

/// Pictures that the message shows are `inline`; the others stay attachments.
fn show_pictures(bodies: &mut Bodies, attached: &mut Attached) {
    let mut names = BTreeSet::new();
    for attachment in &mut attached.all {
        let name = cid(&attachment.path, &names);
        let shown = |body: &Option<String>, in_body: fn(&str, &str, &str) -> Option<String>| {
            body.as_deref()
                .and_then(|text| in_body(text, &attachment.original, &name))
        };
        let html = shown(&bodies.html, pictures::in_html);
        let markdown = shown(&bodies.markdown, pictures::in_markdown);
        if html.is_none() && markdown.is_none() {
            continue;
        }
        bodies.html = html.or_else(|| bodies.html.take());
        bodies.markdown = markdown.or_else(|| bodies.markdown.take());
        names.insert(name.clone());
        attachment.cid = Some(name);
    }
}

/// What a picture is called in `cid:`: its file's name, where that fits.
fn cid(path: &str, taken: &BTreeSet<String>) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    let fits = |name: &str| {
        !name.is_empty()
            && name.len() <= 60
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            && !taken.contains(name)
    };
    for name in [file.to_owned(), path.replace('/', "-")] {
        if fits(&name) {
            return name;
        }
    }
    (1..)
        .map(|n| format!("picture-{n}"))
        .find(|name| fits(name))
        .unwrap_or_default()
}

/// mailmerge puts cells into HTML and Markdown as they are; mailshot makes
/// them harmless, which shows where one holds markup.
pub(super) fn look_into_cells(
    bodies: &Bodies,
    database: &Database,
    named: &BTreeSet<String>,
    warnings: &mut Warnings,
) {
    let (what, has_markup): (_, fn(&str) -> bool) = match (&bodies.html, &bodies.markdown) {
        (Some(_), _) => ("HTML", has_html),
        (None, Some(_)) => ("Markdown", markdown::is_markup),
        (None, None) => return,
    };
    let body = bodies
        .html
        .as_deref()
        .or(bodies.markdown.as_deref())
        .unwrap_or_default();
    for (at, column) in database.columns.iter().enumerate() {
        if !named.contains(column) || !body.contains(column.as_str()) {
            continue;
        }
        let row = database
            .rows
            .iter()
            .find(|row| row.fields.get(at).is_some_and(|cell| has_markup(cell)));
        if let Some(row) = row {
            warnings.add(
                Problem::warning(say!(
                    "import-markup",
                    row = Arg::plain(row.number),
                    column = column,
                    kind = what
                ))
                .at(Place::whole(database.shown.as_str()))
                .help(say!("import-markup-help", column = column)),
            );
        }
    }
}

fn has_html(cell: &str) -> bool {
    let tag = cell
        .split('<')
        .skip(1)
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
    let entity = cell.split('&').skip(1).any(|rest| {
        let name = rest.split(';').next().unwrap_or_default();
        rest.len() > name.len()
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    });
    tag || entity
}
