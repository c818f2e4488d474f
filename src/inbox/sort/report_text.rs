//! Reports in plain words: which ones they are, and what they say in general.

use std::sync::LazyLock;

use serde::Deserialize;

use super::phrases::{Phrase, Text};
use super::sorted::Action;

/// Lines within which a report of a form that is known by its words begins.
const FIRST_LINES: usize = 3;

const TABLE: &str = include_str!("forms.toml");

static FORMS: LazyLock<Table> = LazyLock::new(|| parse(TABLE).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    form: Vec<Form>,
    phrases: Phrases,
    places: Places,
}

/// How one mail system writes reports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) name: String,
    words: Vec<Phrase>,
    /// After these the addresses stand.
    #[serde(default)]
    list: Vec<Phrase>,
    #[serde(default)]
    alone: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    delayed: Vec<Phrase>,
    r#final: Vec<Phrase>,
    delivered: Vec<Phrase>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    before: Vec<String>,
    others: Vec<String>,
}

fn parse(table: &str) -> Result<Table, toml::de::Error> {
    toml::from_str(table)
}

/// A form, and the phrase that it was known by.
pub(super) struct Known {
    pub(super) form: &'static Form,
    pub(super) phrase: &'static str,
    /// Its words are at the beginning: they suffice, from any sender.
    pub(super) stands_alone: bool,
}

/// The form of a report, by its words and its subject.
pub(super) fn known(words: &str, subject: &str) -> Option<Known> {
    let text = Text::of(words);
    let subject = Text::of(subject);
    let mut lines = words.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    // A greeting or a question before it is a person's.
    let greets = first.trim_end().ends_with([':', ',', '?', '!']);
    let head: Vec<&str> = std::iter::once(first)
        .chain(lines)
        .take(if greets { 1 } else { FIRST_LINES })
        .collect();
    let head = Text::of(&head.join("\n"));
    let in_words = |form: &'static Form| {
        let phrase = text.first(&form.words)?;
        Some(Known {
            form,
            phrase: phrase.shown(),
            stands_alone: false,
        })
    };
    let in_subject = |form: &'static Form| {
        let phrase = subject.first(&form.words)?;
        Some(Known {
            form,
            phrase: phrase.shown(),
            stands_alone: false,
        })
    };
    let forms = || FORMS.form.iter();
    let alone = forms().filter(|form| form.alone).find_map(|form| {
        let phrase = head.first(&form.words)?;
        Some(Known {
            form,
            phrase: phrase.shown(),
            stands_alone: true,
        })
    });
    if alone.is_some() {
        return alone;
    }
    forms()
        .find_map(in_words)
        .or_else(|| forms().find_map(in_subject))
}

/// Whether the addresses of a report come after this line, in the form or in any.
pub(super) fn heads_list(line: &str) -> bool {
    let text = Text::of(line);
    FORMS.form.iter().any(|form| text.first(&form.list).is_some())
}

/// Words right before an address that failed.
pub(super) fn words_before() -> &'static [String] {
    &FORMS.places.before
}

/// Words before an address that did not.
pub(super) fn words_of_others() -> &'static [String] {
    &FORMS.places.others
}

/// What a report says became of the message: given up, unless it says otherwise.
pub(super) fn action_of(words: &str, subject: &str) -> Action {
    let phrases = &FORMS.phrases;
    let (words, subject) = (Text::of(words), Text::of(subject));
    let says = |list: &[Phrase]| words.first(list).is_some() || subject.first(list).is_some();
    if says(&phrases.delayed) && !says(&phrases.r#final) {
        Action::Delayed
    } else if says(&phrases.delivered) && !says(&phrases.r#final) {
        Action::Delivered
    } else {
        Action::Failed
    }
}

/// Whether a report says in words that the message is not given up.
pub(super) fn is_warning(words: &str, subject: &str) -> bool {
    action_of(words, subject) == Action::Delayed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        let table = parse(TABLE).expect("the table of forms");
        assert!(table.form.iter().all(|form| !form.words.is_empty()));
    }

    #[test]
    fn forms_are_known_by_their_words() {
        let name = |words: &str, subject: &str| known(words, subject).map(|known| known.form.name.as_str());
        assert_eq!(
            name("Hi. This is the qmail-send program at x.", ""),
            Some("qmail")
        );
        assert_eq!(
            name(
                "This message was created automatically by mail\ndelivery software.",
                ""
            ),
            Some("Exim")
        );
        assert_eq!(name("无法发送到 a@b.test", ""), Some("QQ"));
        assert_eq!(name("Dear all,\nlunch is at noon.", "Lunch"), None);
        let late = format!(
            "{}Hi. This is the qmail-send program at x.",
            "a line\n".repeat(20)
        );
        assert_eq!(known(&late, "").map(|known| known.stands_alone), Some(false));
    }

    #[test]
    fn a_warning_is_no_failure() {
        let action = |words: &str| action_of(words, "");
        assert_eq!(
            action("Warning: could not send message for past 4 hours"),
            Action::Delayed
        );
        assert_eq!(
            action("It could not be delivered for 5 days. I've given up. Delivery was delayed."),
            Action::Failed
        );
        assert_eq!(
            action("Your message was successfully delivered to:"),
            Action::Delivered
        );
        assert_eq!(action("User unknown"), Action::Failed);
    }
}
