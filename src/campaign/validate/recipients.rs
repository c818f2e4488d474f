//! The draft of `[recipients]` -> where the rows come from.

use crate::campaign::draft::{File, RecipientsDraft, STDIN};
use crate::campaign::home::Home;
use crate::campaign::values::{ListFile, Place, Problem, Problems, RecipientsSource, STATE, Said, Text};

use super::missing::missing;
use crate::words::{Arg, say};

pub(crate) fn recipients(
    draft: RecipientsDraft,
    home: &Home,
    problems: &mut Problems,
) -> Option<RecipientsSource> {
    let delimiter = draft.delimiter.and_then(|text| delimiter(text, problems));
    let encoding = draft.encoding.and_then(|text| encoding(text, problems));
    if let Some(to) = draft.only {
        return Some(RecipientsSource {
            shown: to.place.path.to_string(),
            only: Some(to),
            ..RecipientsSource::default()
        });
    }
    let Some(File { path, written }) = draft.file else {
        missing(
            problems,
            home,
            &["recipients", "recipients.file"],
            say!("campaign-missing-recipients"),
            say!("campaign-missing-recipients-hint"),
        );
        return None;
    };
    if written.value.contains("://") {
        // A login may be in it, and of a flag the whole is shown.
        let place = if written.is_of_flag("--recipients") {
            &Place::whole("--recipients")
        } else {
            &written.place
        };
        problems.push(
            Problem::of_key("recipients.file", place, say!("campaign-recipients-url"))
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
        only: None,
        delimiter,
        encoding,
        sheet: draft.sheet,
        header_row: draft.header_row,
        addressed_by: Vec::new(),
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
                    say!("campaign-recipients-delimiter"),
                )
                .help(say!("campaign-recipients-delimiter-hint")),
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
            say!("campaign-recipients-encoding", written = &text.value),
        );
        if !near.is_empty() {
            problem = problem.help(say!("campaign-did-you-mean-text", near = Arg::or(near)));
        }
        problems.push(problem.help(say!("campaign-recipients-encoding-hint")));
    }
    found
}
