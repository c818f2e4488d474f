//! Files that a row names itself, in its cell of `_attach`, in addition to those of the campaign.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::campaign::{Problem, Problems};
use crate::table::{Header, Row};
use crate::words::say;

use super::super::layout::{Attached, Role, file_head};
use super::file::{file_name, near, unusable_in_row};
use super::named::{NamedFile, NamedFiles};

/// The column; its cell holds paths, separated by `;` or line breaks.
pub const ATTACH_COLUMN: &str = "_attach";

/// The paths that a cell of it names.
pub fn files_in_cell(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '\n', '\r'])
        .map(str::trim)
        .filter(|path| !path.is_empty())
}

pub(super) struct ByRow {
    column: usize,
    /// The folder that contains them.
    root: PathBuf,
}

impl ByRow {
    pub(super) fn of(header: &Header, root: &Path) -> Option<Self> {
        Some(Self {
            column: header.position(ATTACH_COLUMN)?,
            root: root.to_owned(),
        })
    }

    /// The files that the rows of a message name, each once.
    pub(super) fn files<'a>(
        &self,
        named: &NamedFiles,
        header: &Header,
        row: &Row,
        problems: &mut Problems,
    ) -> Vec<(Attached<'a>, NamedFile)> {
        let mut files = Vec::new();
        let mut seen = HashSet::new();
        for member in row.members() {
            let cell = member.fields.get(self.column).map_or("", String::as_str);
            for path in files_in_cell(cell) {
                if !seen.insert(path.to_owned()) {
                    continue;
                }
                match self.file(named, path) {
                    Ok(file) => files.push(file),
                    Err(problem) => problems.push(problem.at(header.place(member, Some(self.column)))),
                }
            }
        }
        files
    }

    fn file<'a>(&self, named: &NamedFiles, path: &str) -> Result<(Attached<'a>, NamedFile), Box<Problem>> {
        let encoded = named.read(&self.root, path).map_err(|why| {
            let problem = Problem::error(unusable_in_row(false, path, &why)).code("attachment");
            let problem = match near(&why, &self.root.join(path)) {
                Some(near) => problem.help(near),
                None => problem,
            };
            Box::new(problem.help(why.hint()))
        })?;
        let name = file_name(&encoded.file_name).ok_or_else(|| {
            let what = say!("message-attachment-file-name", path = path);
            Box::new(
                Problem::error(what)
                    .code("attachment")
                    .help(say!("message-attachment-file-name-hint")),
            )
        })?;
        let attached = Attached {
            head: Cow::Owned(file_head(&encoded.content_type, name, Role::Attachment)),
            body: encoded.body.clone(),
        };
        Ok((attached, NamedFile::read(path, &encoded)))
    }
}
