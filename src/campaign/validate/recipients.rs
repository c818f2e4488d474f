//! The draft of `[recipients]` -> where the rows come from.

use crate::campaign::draft::{File, RecipientsDraft};
use crate::campaign::home::Home;
use crate::campaign::values::{ListFile, Problem, Problems, RecipientsSource, STATE, Said, Text};

use super::missing::missing;
use crate::words::say;

/// What names standard input for a file.
pub(crate) const STDIN: &str = "-";

pub(crate) fn recipients(
    draft: RecipientsDraft,
    home: &Home,
    problems: &mut Problems,
) -> Option<RecipientsSource> {
    let delimiter = draft.delimiter.and_then(|text| delimiter(text, problems));
    let encoding = draft.encoding.and_then(|text| encoding(text, problems));
    let Some(File { path, written }) = draft.file else {
        missing(
            problems,
            home,
            &["recipients", "recipients.file"],
            "the recipients file",
            "write [recipients] and below it file = \"people.csv\", or use --recipients people.csv",
        );
        return None;
    };
    if written.value.contains("://") {
        problems.push(
            Problem::of_key("recipients.file", &written.place, say!("campaign-recipients-url"))
                .help(say!("campaign-recipients-url-hint")),
        );
        return None;
    }
    let stdin = written.value == STDIN;
    Some(RecipientsSource {
        file: if stdin {
            home.folder.join(STATE).join("stdin")
        } else {
            path
        },
        shown: written.value,
        stdin,
        delimiter,
        encoding,
        sheet: draft.sheet,
        header_row: draft.header_row,
        query: draft.query,
        filter: draft.filter,
        group_by: draft.group_by.unwrap_or_default(),
        sort: draft.sort.unwrap_or_default(),
        key: draft.key.unwrap_or_default(),
        suppress: draft.suppress.into_iter().flatten().map(list).collect(),
    })
}

fn list(File { path, written }: File) -> ListFile {
    ListFile {
        path,
        shown: written.value,
        place: written.place,
    }
}

fn delimiter(text: Text, problems: &mut Problems) -> Option<u8> {
    match text.value.as_str() {
        "\\t" | "tab" => Some(b'\t'),
        v if v.len() == 1 && !matches!(v, "\"" | "\n" | "\r") => v.bytes().next(),
        _ => {
            problems.push(
                Problem::of_key(
                    "recipients.delimiter",
                    &text.place,
                    "a delimiter is one ASCII character",
                )
                .help("usually \",\", \";\", \"|\" or \"\\t\"; leave it out to have it detected"),
            );
            None
        }
    }
}

fn encoding(text: Text, problems: &mut Problems) -> Option<Said> {
    let found = Said::named(&text.value);
    if found.is_none() {
        let near: Vec<_> = Said::nearest(&text.value)
            .into_iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        let mut problem = Problem::of_key(
            "recipients.encoding",
            &text.place,
            format!("there is no encoding `{}`", text.value),
        );
        if !near.is_empty() {
            problem = problem.help(format!("did you mean {}?", near.join(" or ")));
        }
        problems.push(problem.help(
            "usually \"utf-8\", \"gb18030\", \"big5\", \"shift_jis\", \"utf-16le\", \"windows-1252\", \"MacRoman\" or \"cp850\"; leave it out to have it detected",
        ));
    }
    found
}
