//! Files that go along: shared ones are read and encoded once a run,
//! per-recipient ones when their message is composed.
//!
//! A path that a cell has a say in is confined to the campaign's folder: a
//! row may not mail `../../etc/passwd` to anybody. Every attachment is
//! base64, also text: as 7bit its bare LFs would go over the wire.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::Body;
use lettre::message::header::{ContentTransferEncoding, ContentType};

use crate::campaign::{AttachPlan, MessagePlan, Problem, Problems};
use crate::render::{Compiler, Input, RowContext, TemplateId, Templates};
use crate::table::Header;

use super::content::Shared;
use super::gate;
use super::layout::{Attached, Role, file_head};

mod by_row;

use by_row::ByRow;

/// No single attachment is larger; no relay takes such a message.
const LARGEST: u64 = 100 << 20;

/// Characters of a file's name in a message. No file system holds so many, and
/// mail programs shorten what does not fit; a longer one is a mistake.
const LONGEST_NAME: usize = 400;

/// Encoded per-recipient attachments kept for rows that share one.
const KEPT_OCTETS: usize = 32 << 20;

/// A file as it goes into a message.
#[derive(Debug)]
struct Encoded {
    /// Base64 in lines of 76, without a line end at the end.
    body: Shared,
    content_type: ContentType,
    /// The file's own name.
    file_name: String,
}

enum Kind {
    /// The same file for everybody.
    Shared(Arc<Encoded>),
    /// Named by a template.
    PerRecipient { path: TemplateId, base: PathBuf },
    /// An optional file that is not there.
    Absent,
}

struct Attachment {
    kind: Kind,
    /// What `cid:` names it by, of a picture.
    cid: Option<String>,
    /// Its header fields, where they are the same for everybody.
    head: Option<Vec<u8>>,
    name: Option<TemplateId>,
    optional: bool,
    /// As written, for messages.
    plan: AttachPlan,
}

/// The attachments of a campaign.
pub(super) struct Attachments {
    all: Vec<Attachment>,
    /// The column that names further files, and where they lie.
    by_row: Option<ByRow>,
    inputs: Vec<Input>,
    kept: Mutex<HashMap<PathBuf, Arc<Encoded>>>,
}

impl Attachments {
    /// Compiles names and paths, and reads what is shared.
    pub(super) fn compile(
        compiler: &mut Compiler,
        message: &MessagePlan,
        header: &Header,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let (mut all, mut inputs) = (Vec::new(), Vec::new());
        let pictures = message.inline.iter();
        let pictures = pictures.map(|picture| (&picture.file, Some(&picture.cid)));
        for (plan, cid) in pictures.chain(message.attach.iter().map(|plan| (plan, None))) {
            let name = plan.name.as_ref().map(|text| compiler.text(text));
            let kind = if plan.path.is_template() {
                Kind::PerRecipient {
                    path: compiler.text(&plan.path),
                    base: plan.base.clone(),
                }
            } else {
                match read(&plan.base.join(&plan.path.value)) {
                    Ok((encoded, input)) => {
                        inputs.push(input);
                        Kind::Shared(Arc::new(encoded))
                    }
                    Err(Unread::Missing) if plan.optional => Kind::Absent,
                    Err(why) => {
                        problems.push(
                            Problem::error(format!("the {} `{}` {why}", called(cid), plan.path.value))
                                .code("attachment")
                                .at(plan.path.place.clone())
                                .help(why.mend()),
                        );
                        continue;
                    }
                }
            };
            let head = match &kind {
                Kind::Shared(encoded) if name.is_none() => Some(file_head(
                    &encoded.content_type,
                    &encoded.file_name,
                    role(cid.map(String::as_str)),
                )),
                Kind::Shared(_) | Kind::PerRecipient { .. } | Kind::Absent => None,
            };
            all.push(Attachment {
                kind,
                cid: cid.cloned(),
                head,
                name,
                optional: plan.optional,
                plan: plan.clone(),
            });
        }
        if problems.has_errors() {
            return Err(problems);
        }
        Ok(Self {
            all,
            by_row: ByRow::of(header, &message.attach_root),
            inputs,
            kept: Mutex::default(),
        })
    }

    /// The shared files, and what they held.
    pub(super) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Whether there are pictures for the HTML.
    pub(super) fn has_pictures(&self) -> bool {
        self.all.iter().any(|attachment| attachment.cid.is_some())
    }

    /// The files of one row's message: pictures that `html` shows, and
    /// attachments. A picture that it does not show would be one for nothing.
    pub(super) fn files<'a>(
        &'a self,
        html: Option<&str>,
        templates: &Templates,
        context: &RowContext<'_>,
        problems: &mut Problems,
    ) -> Files<'a> {
        let mut files = Files::default();
        for attachment in &self.all {
            let shown = |cid: &String| html.is_some_and(|html| shows(html, cid));
            if attachment.cid.as_ref().is_some_and(|cid| !shown(cid)) {
                continue;
            }
            let kind = match attachment.cid {
                Some(_) => &mut files.inline,
                None => &mut files.attached,
            };
            match self.part(attachment, templates, context) {
                Ok(part) => kind.extend(part),
                Err(wrong) => problems.0.extend(wrong.0),
            }
        }
        if let Some(by_row) = &self.by_row {
            let named = by_row.files(self, templates.header(), context.row(), problems);
            files.attached.extend(named);
        }
        files
    }

    fn part<'a>(
        &self,
        attachment: &'a Attachment,
        templates: &Templates,
        context: &RowContext<'_>,
    ) -> Result<Option<Attached<'a>>, Problems> {
        let encoded = match &attachment.kind {
            Kind::Shared(encoded) => {
                if let Some(head) = &attachment.head {
                    return Ok(Some(Attached {
                        head: Cow::Borrowed(head),
                        body: encoded.body.clone(),
                    }));
                }
                Arc::clone(encoded)
            }
            Kind::Absent => return Ok(None),
            Kind::PerRecipient { path: template, base } => {
                let path = templates.render(*template, context)?;
                if path.trim().is_empty() && attachment.optional {
                    return Ok(None);
                }
                match self.own(base, path.trim()) {
                    Ok(encoded) => encoded,
                    Err(Unread::Missing) if attachment.optional => return Ok(None),
                    Err(why) => {
                        let place = templates.place_of(Some(*template), context.row(), &path);
                        return Err(Problem::error(format!(
                            "the {} `{}` of this row {why}",
                            called(attachment.cid.as_ref()),
                            path.escape_debug()
                        ))
                        .code("attachment")
                        .at(place)
                        .help(why.mend())
                        .into());
                    }
                }
            }
        };
        let name = match attachment.name {
            Some(id) => templates.render(id, context)?,
            None => Cow::Borrowed(encoded.file_name.as_str()),
        };
        let name = file_name(&name).ok_or_else(|| {
            let written = attachment.plan.name.as_ref().unwrap_or(&attachment.plan.path);
            Problem::error(format!(
                "`{}`, from `{}`, is no name for an attachment of this row",
                name.escape_debug(),
                written.value
            ))
            .code("attachment")
            .at(templates.place_of(attachment.name, context.row(), &name))
            .help(format!(
                "a file name is not empty, holds no line break and no slash, and has at most {LONGEST_NAME} characters"
            ))
        })?;
        let head = file_head(&encoded.content_type, name, role(attachment.cid.as_deref()));
        Ok(Some(Attached {
            head: Cow::Owned(head),
            body: encoded.body.clone(),
        }))
    }

    /// A file that a cell named: below `base`, whatever links lead there.
    fn own(&self, base: &Path, path: &str) -> Result<Arc<Encoded>, Unread> {
        let relative = Path::new(path);
        if path.is_empty() {
            return Err(Unread::NoName);
        }
        let inside = |p: &Path| {
            p.components()
                .all(|c| !matches!(c, std::path::Component::ParentDir))
        };
        let base = if base.as_os_str().is_empty() {
            Path::new(".")
        } else {
            base
        };
        let base = base.canonicalize().map_err(Unread::from)?;
        if !inside(relative) || (relative.is_absolute() && !relative.starts_with(&base)) {
            return Err(Unread::Outside);
        }
        let real = base.join(relative).canonicalize().map_err(Unread::from)?;
        if !real.starts_with(&base) {
            return Err(Unread::Outside);
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(encoded) = kept.get(&real) {
            return Ok(Arc::clone(encoded));
        }
        let (encoded, _) = read(&real)?;
        let encoded = Arc::new(encoded);
        let octets: usize = kept.values().map(|e| e.body.octets.len()).sum();
        if octets + encoded.body.octets.len() > KEPT_OCTETS {
            kept.clear();
        }
        kept.insert(real, Arc::clone(&encoded));
        Ok(encoded)
    }
}

/// The files of one message.
#[derive(Default)]
pub(super) struct Files<'a> {
    pub(super) inline: Vec<Attached<'a>>,
    pub(super) attached: Vec<Attached<'a>>,
}

fn role(cid: Option<&str>) -> Role<'_> {
    cid.map_or(Role::Attachment, Role::Inline)
}

/// What a file is called in messages.
fn called(cid: Option<&String>) -> &'static str {
    if cid.is_some() { "picture" } else { "attachment" }
}

/// Whether HTML shows the picture of this name.
pub(super) fn shows(html: &str, cid: &str) -> bool {
    html.match_indices("cid:").any(|(at, _)| {
        let rest = html.get(at + 4..).and_then(|rest| rest.strip_prefix(cid));
        // Not that of a longer name.
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || "-_.@+".contains(c)))
    })
}

/// A name that is safe in a header and as a file on the other side.
fn file_name(name: &str) -> Option<&str> {
    let name = name.trim();
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
    let good = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(bad);
    good.then_some(name)
}

/// Why a file cannot go along.
#[derive(Debug)]
enum Unread {
    Missing,
    NoName,
    Outside,
    NoFile,
    TooLarge(u64),
    Io(std::io::Error),
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound {
            Self::Missing
        } else {
            Self::Io(error)
        }
    }
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("does not exist"),
            Self::NoName => f.write_str("has no name"),
            Self::Outside => f.write_str("lies outside the campaign's folder"),
            Self::NoFile => f.write_str("is no regular file"),
            Self::TooLarge(size) => write!(
                f,
                "has {} MiB; at most {} are possible",
                size >> 20,
                LARGEST >> 20
            ),
            Self::Io(e) => write!(f, "cannot be read: {e}"),
        }
    }
}

impl Unread {
    fn mend(&self) -> &'static str {
        match self {
            Self::Missing => {
                "check the name; paths in the campaign file start from its folder; `optional = true` lets a file be missing"
            }
            Self::NoName => "fill in the cell, or write `optional = true` beside `path`",
            Self::Outside => {
                "put the file below the campaign's folder, or name the folder that holds such files: attach_root = \"…\"; a spreadsheet cell may not name files elsewhere"
            }
            Self::NoFile => "attach a file, not a folder or device",
            Self::TooLarge(_) => "put it on the web and send a link",
            Self::Io(_) => "check the file's permissions",
        }
    }
}

fn read(path: &Path) -> Result<(Encoded, Input), Unread> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Unread::NoFile);
    }
    if metadata.len() > LARGEST {
        return Err(Unread::TooLarge(metadata.len()));
    }
    let bytes = std::fs::read(path)?;
    let content_type = content_type(path, &bytes);
    let input = Input::new(path, &bytes);
    let body = Body::new_with_encoding(bytes, ContentTransferEncoding::Base64)
        .map_err(|_| Unread::NoFile)?
        .into_vec();
    // The gate is paid here, once, and not in every message.
    gate::pass_shared(&body).map_err(|_| Unread::NoFile)?;
    let file_name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok((
        Encoded {
            body: Shared::new(body),
            content_type,
            file_name,
        },
        input,
    ))
}

/// By the content where it is certain, else by the name.
fn content_type(path: &Path, bytes: &[u8]) -> ContentType {
    let guessed = mime_guess::from_path(path).first_raw();
    let found = match guessed {
        // Office files are zip archives inside: the name knows more.
        Some(guess) if !guess.starts_with("image/") && !guess.starts_with("application/octet") => guess,
        _ => infer::get(bytes)
            .map(|kind| kind.mime_type())
            .or(guessed)
            .unwrap_or("application/octet-stream"),
    };
    // A message in base64 is none (RFC 2046 §5.2.1): the file is what matters here.
    let composite = found.starts_with("message/") || found.starts_with("multipart/");
    let found = if composite {
        "application/octet-stream"
    } else {
        found
    };
    let text = found.starts_with("text/") && std::str::from_utf8(bytes).is_ok();
    let full = if text {
        format!("{found}; charset=utf-8")
    } else {
        found.to_owned()
    };
    ContentType::parse(&full)
        .or_else(|_| ContentType::parse("application/octet-stream"))
        .unwrap_or(ContentType::TEXT_PLAIN)
}
