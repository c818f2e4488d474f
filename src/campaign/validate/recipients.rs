//! The draft of `[recipients]` -> where the rows come from.

use encoding_rs::Encoding;

use crate::campaign::draft::RecipientsDraft;
use crate::campaign::overrides::Overrides;
use crate::campaign::values::{ListFile, Problem, RecipientsSource, STATE, SheetChoice, Text};

use super::campaign::Validation;

impl RecipientsDraft {
    /// What the flags leave of it.
    fn under(mut self, overrides: &Overrides) -> Self {
        if overrides.recipients.is_some() && self.file.is_some() {
            // How the file is read belongs to the file.
            self.delimiter = None;
            self.encoding = None;
            self.sheet = None;
            self.header_row = None;
            self.query = None;
        }
        let flag =
            |name: &str, value: &Option<String>| value.as_ref().map(|value| Text::of_flag(name, value));
        Self {
            delimiter: flag("--delimiter", &overrides.delimiter).or(self.delimiter),
            encoding: flag("--encoding", &overrides.encoding).or(self.encoding),
            sheet: flag("--sheet", &overrides.sheet)
                .map(sheet_of_flag)
                .or(self.sheet),
            header_row: overrides.header_row.or(self.header_row),
            query: flag("--query", &overrides.query).or(self.query),
            ..self
        }
    }
}

/// A number that a workbook may have so many sheets is one; `2026` is a name.
fn sheet_of_flag(text: Text) -> SheetChoice {
    match text.value.parse() {
        Ok(number @ 1..=999) => SheetChoice::Numbered(number, text.place),
        Ok(_) | Err(_) => SheetChoice::Named(text),
    }
}

impl Validation<'_> {
    pub(in crate::campaign) fn recipients(&mut self, draft: RecipientsDraft) -> Option<RecipientsSource> {
        let draft = draft.under(self.overrides);
        let delimiter = draft.delimiter.as_ref().and_then(|text| self.delimiter(text));
        let encoding = draft.encoding.as_ref().and_then(|text| self.encoding(text));
        let (shown, file) = if let Some(path) = &self.overrides.recipients {
            (path.display().to_string(), path.clone())
        } else if let Some(text) = draft.file {
            let file = self.folder.join(&text.value);
            (text.value, file)
        } else {
            self.missing(
                &["recipients", "recipients.file"],
                "the recipients file",
                "write [recipients] and below it file = \"people.csv\", or use --recipients people.csv",
            );
            return None;
        };
        let stdin = shown == "-";
        Some(RecipientsSource {
            file: if stdin {
                self.folder.join(STATE).join("stdin")
            } else {
                file
            },
            shown,
            stdin,
            delimiter,
            encoding,
            sheet: draft.sheet,
            header_row: draft.header_row,
            query: draft.query,
            filter: draft.filter,
            group_by: draft.group_by,
            sort: draft.sort,
            key: draft.key,
            suppress: draft.suppress.into_iter().map(|text| self.list(text)).collect(),
        })
    }

    fn list(&self, text: Text) -> ListFile {
        ListFile {
            path: self.folder.join(&text.value),
            shown: text.value,
            place: text.place,
        }
    }

    fn delimiter(&mut self, text: &Text) -> Option<u8> {
        match text.value.as_str() {
            "\\t" | "tab" => Some(b'\t'),
            v if v.len() == 1 && !matches!(v, "\"" | "\n" | "\r") => v.bytes().next(),
            _ => {
                self.problems.push(
                    Problem::error("a delimiter is one ASCII character")
                        .at(text.place.clone())
                        .help("usually \",\", \";\", \"|\" or \"\\t\"; leave it out to have it detected"),
                );
                None
            }
        }
    }

    fn encoding(&mut self, text: &Text) -> Option<&'static Encoding> {
        let found = Encoding::for_label(text.value.as_bytes());
        if found.is_none() {
            self.problems.push(
                Problem::error(format!("there is no encoding `{}`", text.value))
                    .at(text.place.clone())
                    .help("usually \"utf-8\", \"gb18030\", \"gbk\", \"big5\", \"shift_jis\", \"utf-16le\" or \"windows-1252\"; leave it out to have it detected"),
            );
        }
        found
    }
}
