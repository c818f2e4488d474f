//! Drafts, from a file or without one, as campaigns.

use std::path::PathBuf;

use crate::campaign::draft::{Draft, File, MessageDraft, NamedRelay, RecipientsDraft, RelayDraft};
use crate::campaign::home::Home;
use crate::campaign::values::{Problems, Text};
use crate::campaign::{Campaign, Overrides};

use super::campaign::campaign;

/// What is wrong with `[message]` and these keys in it, in the order of the file.
fn wrong(keys: &str) -> Vec<(usize, String)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mailshot.toml");
    let text = format!(
        "recipients.file = 'people.csv'\n[message]\nfrom = 'a@uni.example'\nsubject = 's'\ntext = 't'\n{keys}"
    );
    std::fs::write(&file, text).unwrap();
    let (_, problems) = Campaign::load(&file, &Overrides::default());
    let line = |place: &Option<_>| place.as_ref().map_or(0, crate::campaign::Place::line);
    let problems = problems.0.into_iter();
    problems.map(|p| (line(&p.place), p.what.to_string())).collect()
}

#[test]
fn a_program_makes_a_campaign_without_any_file() {
    let text = |value: &str| Some(Text::of_flag("a program", value));
    let file = |path: &str| {
        text(path).map(|written| File {
            path: PathBuf::from(path),
            written,
        })
    };
    let draft = || Draft {
        recipients: RecipientsDraft {
            file: file("people.csv"),
            ..RecipientsDraft::default()
        },
        message: MessageDraft {
            from: text("a@uni.example"),
            subject: text("Hello {{ name }}"),
            text: file("body.txt"),
            ..MessageDraft::default()
        },
        relays: vec![NamedRelay {
            settings: None,
            name: "school".to_owned(),
            table: None,
            keys: RelayDraft {
                server: "smtps://smtp.uni.example".parse().ok(),
                user: text("ada"),
                ..RelayDraft::default()
            },
        }],
        ..Draft::default()
    };
    let mut problems = Problems::default();
    let made = campaign(draft(), &Home::default(), &mut problems).unwrap();
    assert_eq!(problems, Problems::default());
    assert_eq!((made.name.as_str(), made.file), ("people", None));
    assert_eq!(made.relays[0].user.as_deref(), Some("ada"));
    assert_eq!(made.relays[0].connections, 4);

    let mut draft = draft();
    draft.message.subject = None;
    assert!(campaign(draft, &Home::default(), &mut problems).is_none());
    assert!(problems.to_string().contains("--> command line"), "{problems}");
}

#[test]
fn a_signature_without_a_key_that_can_be_used_is_no_unsigned_mail() {
    for key in ["{}", "{ env = 5 }"] {
        let found = wrong(&format!(
            "dkim = {{ domain = 'uni.example', selector = 's1', key = {key} }}\n"
        ));
        assert_eq!(found.len(), 1, "{key}: {found:?}");
        let keys = found[0].1.contains("`key`") || found[0].1.contains("`message.dkim.key.env`");
        assert!(keys, "{key}: {found:?}");
    }
}

/// What the first signature has wrong, the second has not: there it is missing.
#[test]
fn what_is_missing_is_missing_in_its_own_table() {
    let found = wrong(
        "dkim = [\n\
         { domain = 5, selector = 's1', key = { file = 'x' } },\n\
         { selector = 's2', key = { file = 'x' } },\n\
         ]\n",
    );
    let expected = [
        (
            7,
            "`message.dkim.domain` must be text in quotes, not a number".to_owned(),
        ),
        (8, "this signature has no `domain`".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_name_and_its_value_are_both_looked_at() {
    let found =
        wrong("[message.headers]\nSubject = 5\n'List-Id' = 'x'\n[message.inline]\n'a b' = { name = 'x' }\n");
    let words: Vec<_> = found.iter().map(|(line, what)| (*line, what.as_str())).collect();
    let expected = [
        (
            7,
            "`message.headers.Subject` must be text in quotes, not a number",
        ),
        (7, "`Subject` cannot be set here"),
        (8, "this is not a value for `List-Id`"),
        (10, "this attachment has no `path`"),
        (10, "`a b` cannot be the name of a picture"),
    ];
    assert_eq!(words, expected);
}
