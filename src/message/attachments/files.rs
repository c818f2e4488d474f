//! The files of a campaign's messages: shared ones are read and encoded once per run, those that a
//! row names when their message is composed.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign::{AttachPlan, Campaign, Problem, Problems, Reserved};
use crate::render::{Compiler, Input, Page, RowContext, TemplateId, Templates};
use crate::storage::found;
use crate::table::Header;
use crate::words::{Said, say};

use super::super::layout::{Attached, Role, file_head};
use super::by_row::ByRow;
use super::embedded::Embedded;
use super::file::{Encoded, LONGEST_NAME, NamedBy, Unread, file_name, near, read, unusable, unusable_in_row};
use super::named::{NamedFile, NamedFiles};
use super::pictures::shows_picture;

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
pub(in super::super) struct Attachments {
    all: Vec<Attachment>,
    /// The column that names further files, and where they lie.
    by_row: Option<ByRow>,
    /// Pictures that pages name by their files.
    embedded: Embedded,
    inputs: Vec<Input>,
    named: NamedFiles,
    problems: Problems,
}

impl Attachments {
    /// No files yet.
    pub(in super::super) fn new(header: &Header, campaign: &Campaign, reserved: Arc<Reserved>) -> Self {
        Self {
            all: Vec::new(),
            by_row: ByRow::of(header, &campaign.message.attach_root),
            embedded: Embedded::of(campaign),
            inputs: Vec::new(),
            named: NamedFiles::new(reserved),
            problems: Problems::default(),
        }
    }

    /// Compiles the name and the path of one file, and reads it where it is shared.
    pub(in super::super) fn add(&mut self, compiler: &mut Compiler, plan: &AttachPlan, cid: Option<&str>) {
        let name = plan.name.as_ref().map(|text| compiler.text(text));
        let kind = if plan.path.is_template() {
            Kind::PerRecipient {
                path: compiler.text(&plan.path),
                base: plan.base.clone(),
            }
        } else {
            let path = found(&plan.base.join(&plan.path.value));
            match read(&path, NamedBy::Campaign, &self.named.reserved) {
                Ok((encoded, input)) => {
                    self.inputs.push(input);
                    Kind::Shared(Arc::new(encoded))
                }
                Err(Unread::Missing) if plan.optional => Kind::Absent,
                Err(why) => {
                    let problem = Problem::error(unusable(cid.is_some(), &plan.path.value, &why))
                        .code("attachment")
                        .at(plan.path.place.clone());
                    let problem = match near(&why, &path) {
                        Some(near) => problem.help(near),
                        None => problem,
                    };
                    self.problems.push(problem.help(why.hint()));
                    return;
                }
            }
        };
        let head = match &kind {
            Kind::Shared(encoded) if name.is_none() => {
                Some(file_head(&encoded.content_type, &encoded.file_name, role(cid)))
            }
            Kind::Shared(_) | Kind::PerRecipient { .. } | Kind::Absent => None,
        };
        self.all.push(Attachment {
            kind,
            cid: cid.map(str::to_owned),
            head,
            name,
            optional: plan.optional,
            plan: plan.clone(),
        });
    }

    /// Reads the pictures that a template names by their files.
    pub(in super::super) fn look_at(&mut self, page: &Page) {
        self.embedded.look_at(page, &self.named, &mut self.inputs);
    }

    /// What is wrong with the pictures that templates name by their files.
    pub(in super::super) fn picture_problems(&self) -> &[Problem] {
        self.embedded.problems()
    }

    /// All that were added, if they can be used.
    ///
    /// # Errors
    /// What is wrong with them, together.
    pub(in super::super) fn finish(mut self) -> Result<Self, Problems> {
        let problems = std::mem::take(&mut self.problems);
        if problems.has_errors() {
            Err(problems)
        } else {
            Ok(self)
        }
    }

    /// The last file named by a row that could not be read on this thread since this was asked, and why.
    pub(in super::super) fn take_unread(&self) -> Option<(String, Said)> {
        self.named.take_unread()
    }

    /// The shared files, and what they held.
    pub(in super::super) fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Whether there are pictures for the HTML.
    pub(in super::super) fn has_pictures(&self) -> bool {
        self.embedded.any() || self.all.iter().any(|attachment| attachment.cid.is_some())
    }

    /// The files of one row's message: pictures that `html` shows, and
    /// attachments. A picture that it does not show would be one for nothing. Pictures that it
    /// names by their files get names of the message.
    pub(in super::super) fn files<'a>(
        &'a self,
        html: Option<&mut String>,
        templates: &Templates,
        context: &RowContext<'_>,
        problems: &mut Problems,
    ) -> Files<'a> {
        let mut files = Files::default();
        let mut embedded = Vec::new();
        let html = html.map(|html| {
            if self.embedded.any() {
                (embedded, files.named) =
                    self.embedded
                        .embed(html, &self.named, templates, context, problems);
            }
            html.as_str()
        });
        for attachment in &self.all {
            let shown = |cid: &String| html.is_some_and(|html| shows_picture(html, cid));
            if attachment.cid.as_ref().is_some_and(|cid| !shown(cid)) {
                continue;
            }
            match self.part(attachment, templates, context, &mut files.named) {
                Ok(part) if attachment.cid.is_some() => files.inline.extend(part),
                Ok(part) => files.attached.extend(part),
                Err(wrong) => problems.0.extend(wrong.0),
            }
        }
        files.inline.extend(embedded);
        if let Some(by_row) = &self.by_row {
            for (file, named) in by_row.files(&self.named, templates.header(), context.row(), problems) {
                files.attached.push(file);
                files.named.push(named);
            }
        }
        files
    }

    fn part<'a>(
        &self,
        attachment: &'a Attachment,
        templates: &Templates,
        context: &RowContext<'_>,
        named: &mut Vec<NamedFile>,
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
                match self.named.read(base, path.trim()) {
                    Ok(encoded) => {
                        named.push(NamedFile::read(path.trim(), &encoded));
                        encoded
                    }
                    Err(Unread::Missing) if attachment.optional => {
                        named.push(NamedFile::missing(path.trim()));
                        return Ok(None);
                    }
                    Err(why) => {
                        let place = templates.place_of(Some(*template), context.row(), &path);
                        let problem = Problem::error(unusable_in_row(attachment.cid.is_some(), &path, &why))
                            .code("attachment")
                            .at(place);
                        let problem = match near(&why, &base.join(path.trim())) {
                            Some(near) => problem.help(near),
                            None => problem,
                        };
                        return Err(problem.help(why.hint()).into());
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
            Problem::error(say!(
                "message-attachment-name",
                name = &*name,
                template = &written.value
            ))
            .code("attachment")
            .at(templates.place_of(attachment.name, context.row(), &name))
            .help(say!("message-attachment-name-hint", most = LONGEST_NAME))
        })?;
        let head = file_head(&encoded.content_type, name, role(attachment.cid.as_deref()));
        Ok(Some(Attached {
            head: Cow::Owned(head),
            body: encoded.body.clone(),
        }))
    }
}

/// The files of one message.
#[derive(Default)]
pub(in super::super) struct Files<'a> {
    pub(in super::super) inline: Vec<Attached<'a>>,
    pub(in super::super) attached: Vec<Attached<'a>>,
    /// Those of them that the row names.
    pub(in super::super) named: Vec<NamedFile>,
}

fn role(cid: Option<&str>) -> Role<'_> {
    cid.map_or(Role::Attachment, Role::Inline)
}
