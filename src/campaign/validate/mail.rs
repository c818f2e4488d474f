//! One mail without a list: what does not go with it.

use crate::campaign::draft::{Draft, MessageDraft, RecipientsDraft};
use crate::campaign::values::{Place, Problem, Problems, SheetChoice, Text};
use crate::words::say;

/// Reports what one mail cannot have, where `draft` is one: nothing is filled in, and no list is read.
pub(super) fn mail(draft: &Draft, problems: &mut Problems) {
    let Some(to) = &draft.recipients.only else {
        return;
    };
    if to.value.trim().is_empty() {
        problems.push(
            Problem::of_key(
                "message.to",
                &Place::whole(&*to.place.path),
                say!("campaign-mail-to-nobody"),
            )
            .help(say!("campaign-mail-to-nobody-hint")),
        );
    }
    let MessageDraft {
        from,
        cc,
        bcc,
        reply_to,
        ..
    } = &draft.message;
    for text in [from, cc, bcc, reply_to].into_iter().flatten() {
        if text.is_template() {
            let flag = &*text.place.path;
            problems.push(
                Problem::of_key(flag, &text.place, say!("campaign-mail-no-columns", option = flag))
                    .help(say!("campaign-mail-no-columns-hint")),
            );
        }
    }
    for (flag, place) in of_a_list(&draft.recipients) {
        problems.push(
            Problem::of_key(flag, &place, say!("campaign-mail-no-list", option = flag))
                .help(say!("campaign-mail-no-list-hint")),
        );
    }
}

/// The flags that say how a list is read.
fn of_a_list(draft: &RecipientsDraft) -> Vec<(&'static str, Place)> {
    let of = |text: &Option<Text>| text.as_ref().map(|text| text.place.clone());
    let sheet = draft.sheet.as_ref().map(|sheet| match sheet {
        SheetChoice::Named(name) => name.place.clone(),
        SheetChoice::Numbered(_, place) => place.clone(),
    });
    let header_row = draft.header_row.map(|_| Place::whole("--header-row"));
    [
        ("--sheet", sheet),
        ("--encoding", of(&draft.encoding)),
        ("--delimiter", of(&draft.delimiter)),
        ("--header-row", header_row),
        ("--query", of(&draft.query)),
    ]
    .into_iter()
    .filter_map(|(flag, place)| Some((flag, place?)))
    .collect()
}
