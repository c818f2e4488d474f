//! Pictures that a page names by their files: each goes along once, and the page shows it by `cid:`.
//!
//! Pictures that a template names are read once, before any row, and a problem with one is shown at
//! its place in the template. Those that a value names are read with its message. A page may come
//! from anywhere, so a picture must be below the folder of the campaign or of the page, and the
//! files that a cell may not attach cannot be shown, either.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use data_encoding::HEXLOWER;

use crate::campaign::{Campaign, Place, Problem, Problems, Stays};
use crate::render::{Input, Page, RowContext, Templates};
use crate::words::{Said, say};

use super::super::content::Shared;
use super::super::layout::{Attached, Role, file_head};
use super::super::markdown;
use super::super::references::{Of, Reference, other_charset, references, sizes};
use super::addresses::{Base, Leads, is_local_picture, leads};
use super::file::{Encoded, Unread, unusable, unusable_in_row};
use super::named::{NamedFile, NamedFiles};
use super::near::near_picture;

/// A picture as messages have it.
struct Picture {
    cid: String,
    head: Vec<u8>,
    body: Shared,
}

impl Picture {
    fn of(encoded: &Encoded) -> Self {
        let digest = encoded.digest.get(..8).unwrap_or_default();
        // By what it holds: the same in every run, and one part for one picture.
        let cid = format!("{}@mailshot", HEXLOWER.encode(digest));
        Self {
            head: file_head(&encoded.content_type, &encoded.file_name, Role::Inline(&cid)),
            body: encoded.body.clone(),
            cid,
        }
    }
}

/// The pictures of a campaign's pages.
#[derive(Default)]
pub(in super::super) struct Embedded {
    campaign: PathBuf,
    /// Where pictures are looked for: beside the page first.
    bases: Vec<Base>,
    /// Those that templates name, by the first spelling of their addresses.
    known: HashMap<String, Arc<Picture>>,
    /// Those that are not there, and the problems with them.
    lost: HashSet<String>,
    problems: Problems,
    /// Pages of messages may hold something to write in another way.
    wanted: bool,
}

/// What was found at an address.
struct Found {
    encoded: Arc<Encoded>,
    /// The file below its folder, and the folder.
    path: String,
    folder: PathBuf,
}

/// Why nothing was, and what may be meant.
struct Lost {
    why: Unread,
    near: Option<String>,
}

impl Embedded {
    pub(super) fn of(campaign: &Campaign) -> Self {
        let message = &campaign.message;
        let page = message.html.as_ref().or(message.markdown.as_ref());
        let beside = page.and_then(|page| page.path.parent());
        let mut bases = Vec::new();
        for folder in [beside, Some(&*campaign.folder), Some(&*message.attach_root)] {
            let base = folder.map(|folder| Base::of(folder, &campaign.folder));
            if let Some(base) = base.filter(|base| !bases.contains(base)) {
                bases.push(base);
            }
        }
        Self {
            campaign: campaign.folder.clone(),
            bases,
            ..Self::default()
        }
    }

    /// Whether messages may have pictures of these.
    pub(super) fn any(&self) -> bool {
        self.wanted
    }

    /// What is wrong with pictures that templates name.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.problems.0
    }

    /// Reads the pictures that a template names, and notes what each row has to be asked.
    pub(super) fn look_at(&mut self, page: &Page, named: &NamedFiles, inputs: &mut Vec<Input>) {
        self.wanted |= page.unescaped || other_charset(&page.masked).is_some();
        let all = if page.markdown {
            markdown::pictures(&page.masked)
        } else {
            references(&page.masked)
        };
        for reference in all {
            let written = page.masked.get(reference.span.clone()).unwrap_or_default();
            if page
                .tags
                .iter()
                .any(|tag| tag.start < reference.span.end && reference.span.start < tag.end)
            {
                self.wanted |= may_be_local(page, &reference);
            } else if reference.of == Of::Sizes {
                self.wanted |= sizes(written).any(is_local_picture);
            } else if is_local_picture(written) {
                self.wanted = true;
                match self.constant(page, written, named, inputs) {
                    Err(lost) if reference.of == Of::Page => {
                        let place = page.place.at(reference.span.clone());
                        let problem = self.problem(written, lost, false).at(place);
                        self.lost.insert(key(written));
                        if !self.problems.0.contains(&problem) {
                            self.problems.push(problem);
                        }
                    }
                    Ok(()) | Err(_) => {}
                }
            }
        }
    }

    fn constant(
        &mut self,
        page: &Page,
        written: &str,
        named: &NamedFiles,
        inputs: &mut Vec<Input>,
    ) -> Result<(), Lost> {
        let key = key(written);
        if self.known.contains_key(&key) {
            return Ok(());
        }
        // What a page includes may have its pictures beside itself.
        let own = page.path.parent().map(|folder| Base::of(folder, &self.campaign));
        let bases: Vec<_> = self.bases.iter().chain(&own).cloned().collect();
        let found = find(&bases, written, named)?;
        let path = found.folder.join(&found.path);
        if !inputs.iter().any(|input| input.path == path) {
            inputs.push(Input {
                path,
                digest: found.encoded.digest,
                text: None,
            });
        }
        self.known.insert(key, Arc::new(Picture::of(&found.encoded)));
        Ok(())
    }

    /// Writes the pictures of one row's page by their names in the message; returns them.
    pub(super) fn embed<'a>(
        &self,
        html: &mut String,
        named: &NamedFiles,
        templates: &Templates,
        context: &RowContext<'_>,
        problems: &mut Problems,
    ) -> (Vec<Attached<'a>>, Vec<NamedFile>) {
        let mut pictures: Vec<Arc<Picture>> = Vec::new();
        let mut files = Vec::new();
        let mut changes = Vec::new();
        for Reference { span, of } in references(html) {
            let written = html.get(span.clone()).unwrap_or_default();
            if of == Of::Sizes {
                // The one of `src` goes along; programs would ask for these instead.
                changes.extend(
                    sizes(written)
                        .any(is_local_picture)
                        .then(|| (span, String::new())),
                );
                continue;
            }
            let Some(picture) = self.picture(
                written,
                named,
                &mut files,
                of,
                || place(written, templates, context),
                problems,
            ) else {
                continue;
            };
            changes.push((span, format!("cid:{}", picture.cid)));
            if !pictures.iter().any(|other| other.cid == picture.cid) {
                pictures.push(picture);
            }
        }
        changes.extend(other_charset(html).map(|span| (span, "utf-8".to_owned())));
        rewrite(html, changes);
        let attached = pictures.iter().map(|picture| Attached {
            head: picture.head.clone().into(),
            body: picture.body.clone(),
        });
        (attached.collect(), files)
    }

    /// The picture at an address, if it is one that goes along.
    fn picture(
        &self,
        written: &str,
        named: &NamedFiles,
        files: &mut Vec<NamedFile>,
        of: Of,
        place: impl FnOnce() -> Place,
        problems: &mut Problems,
    ) -> Option<Arc<Picture>> {
        if let Some(known) = self.known.get(&key(written)) {
            return Some(Arc::clone(known));
        }
        if !is_local_picture(written) || self.lost.contains(&key(written)) {
            return None;
        }
        match find(&self.bases, written, named) {
            Ok(found) => {
                let file = NamedFile::read(&found.path, &found.encoded);
                if !files.contains(&file) {
                    files.push(file);
                }
                Some(Arc::new(Picture::of(&found.encoded)))
            }
            Err(lost) => {
                if of == Of::Page {
                    named.note_unread(written, &lost.why);
                    let problem = self.problem(written, lost, true).at(place());
                    if !problems.0.contains(&problem) {
                        problems.push(problem);
                    }
                }
                None
            }
        }
    }

    /// The problem with a picture that cannot go along.
    fn problem(&self, written: &str, lost: Lost, of_row: bool) -> Problem {
        let Lost { why, near } = lost;
        let shown = written.trim();
        let what = if of_row {
            unusable_in_row(true, shown, &why)
        } else {
            unusable(true, shown, &why)
        };
        let code = if matches!(why, Unread::Missing) {
            "picture-missing"
        } else {
            "attachment"
        };
        let problem = Problem::error(what).code(code);
        match near {
            Some(near) => problem.help(say!("message-picture-near-hint", near = near)),
            None => problem.help(hint(&why)),
        }
    }
}

/// What to do about a picture that a page names.
fn hint(why: &Unread) -> Said {
    match why {
        Unread::Missing => say!("message-embedded-missing-hint"),
        Unread::Outside => say!("message-embedded-outside-hint"),
        Unread::Stays(Stays::Hidden) => say!("message-embedded-stays-hint"),
        Unread::NoName
        | Unread::NoFile
        | Unread::NoPicture
        | Unread::TooLarge
        | Unread::Stays(Stays::Secret | Stays::CampaignFile | Stays::List)
        | Unread::Io(_) => why.hint(),
    }
}

/// What a picture is known by.
fn key(written: &str) -> String {
    match leads(written) {
        Leads::Here(paths) => paths.into_iter().next().unwrap_or_default(),
        Leads::Computer(path) => path.to_string_lossy().into_owned(),
        Leads::Elsewhere => written.to_owned(),
    }
}

/// Whether an address with tags in it can become that of a file.
fn may_be_local(page: &Page, reference: &Reference) -> bool {
    let start = reference.span.start;
    let tags = page
        .tags
        .iter()
        .filter(|tag| tag.end > start && tag.start < reference.span.end);
    let first = tags.map(|tag| tag.start).min().unwrap_or(start).max(start);
    let before = page.masked.get(start..first).unwrap_or_default().trim();
    before.is_empty() || reference.of == Of::Sizes || is_local_picture(before)
}

/// Reads the picture at an address: beside the page, or in the campaign's folder.
fn find(bases: &[Base], written: &str, named: &NamedFiles) -> Result<Found, Lost> {
    let mut paths: Vec<(&Base, Option<String>)> = Vec::new();
    match leads(written) {
        Leads::Here(spellings) => {
            for spelling in &spellings {
                paths.extend(bases.iter().map(|base| (base, base.path(spelling))));
            }
        }
        Leads::Computer(file) => paths.extend(bases.iter().map(|base| (base, base.path_of(&file)))),
        Leads::Elsewhere => {}
    }
    let mut first = None;
    for (base, path) in &paths {
        let read = match path {
            Some(path) => named.find(&base.folder, path),
            None => Err(Unread::Outside),
        };
        let is_ours = |why: &Unread| matches!(why, Unread::Stays(Stays::CampaignFile | Stays::List));
        let read = read.map_err(|why| if is_ours(&why) { Unread::NoPicture } else { why });
        match read {
            Ok(encoded) if encoded.is_picture => {
                return Ok(Found {
                    encoded,
                    path: path.clone().unwrap_or_default(),
                    folder: base.folder.clone(),
                });
            }
            Ok(_) => first = Some(Unread::NoPicture),
            // A file that is there, and cannot be used, says more than one that is not.
            Err(why) => match (&first, &why) {
                (None, _)
                | (
                    Some(Unread::Missing),
                    Unread::Stays(_) | Unread::NoFile | Unread::NoPicture | Unread::TooLarge,
                ) => {
                    first = Some(why);
                }
                _ => {}
            },
        }
    }
    let why = first.unwrap_or(Unread::Missing);
    let near = matches!(why, Unread::Missing | Unread::Outside)
        .then(|| nearly(bases, &paths, written))
        .flatten();
    Err(Lost { why, near })
}

/// What a page may write instead of a picture that is not there.
fn nearly(bases: &[Base], paths: &[(&Base, Option<String>)], written: &str) -> Option<String> {
    let base = bases.first()?;
    let wanted = paths.iter().find_map(|(_, path)| path.clone());
    let name = || {
        let key = key(written);
        key.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
    };
    let near = near_picture(&base.folder, &wanted.unwrap_or_else(name))?;
    Some(base.written(&near))
}

/// The cell that an address is from, or the row.
fn place(written: &str, templates: &Templates, context: &RowContext<'_>) -> Place {
    let cells = context.row().fields.iter().enumerate();
    let named = cells.filter(|(_, cell)| !cell.trim().is_empty() && written.contains(cell.trim()));
    let column = named.max_by_key(|(_, cell)| cell.len()).map(|(column, _)| column);
    templates.header().place(context.row(), column)
}

/// Writes pieces of a text in another way.
fn rewrite(text: &mut String, mut changes: Vec<(std::ops::Range<usize>, String)>) {
    changes.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, new) in changes {
        if text.get(span.clone()).is_some() {
            text.replace_range(span, &new);
        }
    }
}
