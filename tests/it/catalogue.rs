//! The catalogue of words is whole: both languages have the same messages with the same arguments,
//! the sources name just these, and a room whose words are in the catalogue keeps none of its own.

mod messages;
mod named;

use std::collections::BTreeSet;

use messages::{Message, messages};
use named::{Named, sentences_in, spoken_in};

use crate::layering::sources::{below, room_of};

/// The rooms whose words are all in the catalogue. What the ledger records stays English, and the
/// sandbox has replies of SMTP.
#[rustfmt::skip]
const DONE: &[&str] = &[
    "api",
    "audience",
    "campaign",
    "check",
    "cli",
    "delivery",
    "import",
    "message",
    "pass",
    "recipients",
    "render",
    "report",
    "run",
    "smtp",
    "table",
    "userdata",
    "words",
];

/// Sentences that stay in the sources, by a part of their words: what only programs and developers
/// read.
const KEPT: &[&str] = &[
    // A command, and lines of a campaign file and of a zone.
    "mailshot {command} {}",
    "mailshot explain {near}",
    "name:  {name}",
    "dkim = {{ domain",
    "  {name}  {what}",
    // What the template engine says, which is looked for.
    "but expected }}",
    "but expected %}",
    "but expected one of: integer",
    "but expected )",
    "Unknown test",
    "Unexpected end of input",
    "Found end of input",
    "String opened with ",
    "missing its closing",
    "Function calls are only allowed",
    // What relays say, which is looked for.
    "authentication is required",
    "relay access denied",
    "relay not permitted",
    "unable to relay",
    "unrecognized authentication type",
    // Names of parts in ledgers, and a status in them.
    "version of the composing rules",
    "header fields that the signatures leave out",
    "attachment name of ",
    "an earlier row has the same recipient",
    // An error that nobody sees.
    "another reader of it failed",
    // What the template engine says, and code in its language.
    "Math operations can only be done on numbers",
    "`+` requires both operands to be numbers",
    "Closing comment tag `#}` not found",
    " %}true{% endif %}",
    // What SQLite and serde say, and code in SQL.
    "no such table: ",
    "no such column: ",
    ": syntax error",
    "select * from {}",
    "found while parsing a string",
    "key must be a string",
    "hex escape",
    "invalid unicode code point",
    // Code in the language of templates, and lines of a campaign file.
    "{% endif %}",
    "{{#- {head}",
    "{} if {} else {}",
    "filtered | {rest}",
    "for {name} in ",
    "set {name} = {}",
    "{} {sign} {right}",
    "{} {is} {tera}",
    "{} is {call}",
    "{key} = {value}",
    "{{ keyring = true }}",
    "allow_plaintext = true",
    // The transcript of a session, for `-vv`.
    "order of attachments", // a part of the content lock, in the ledger
    "> <content of {} octets>",
    "connected to {address}",
    "TLS is on",
    // The elements of HTML.
    " a abbr acronym address applet ",
    // What ids are made from.
    "mailshot dry run\\0{campaign}",
    "mailshot event {index}\\0{campaign}",
];

/// Files of data that nobody reads as sentences.
const DATA: &[&str] = &[
    "cli/man.rs",
    "run/steps.rs",
    "render/tongues.rs",
    "table/address_names.rs",
    "table/names.rs",
    "table/person_names.rs",
    "table/words.rs",
    "table/broken/formulas.rs",
    "table/broken/markup.rs",
    "campaign/toml/syntax.rs",
    "campaign/settings/edited.rs",
    "delivery/memory_journal.rs",
];

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let (en, zh) = (messages("en"), messages("zh"));
    let mut faults = Vec::new();
    for (id, message) in &en {
        match zh.get(id) {
            None => faults.push(format!("{id} is not in zh/")),
            Some(other) if other.arguments != message.arguments => faults.push(format!(
                "{id} has the arguments {:?} in en/ and {:?} in zh/",
                message.arguments, other.arguments
            )),
            Some(other) if other.file != message.file => {
                faults.push(format!(
                    "{id} is in {} of en/ and in {} of zh/",
                    message.file, other.file
                ));
            }
            Some(_) => {}
        }
    }
    faults.extend(
        zh.keys()
            .filter(|id| !en.contains_key(*id))
            .map(|id| format!("{id} is not in en/")),
    );
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn plurals_are_whole() {
    let mut faults = Vec::new();
    for lang in ["en", "zh"] {
        for (id, Message { plurals, .. }) in messages(lang) {
            for categories in plurals {
                // English tells one from many; Chinese does not.
                if lang == "en" && categories.contains("one") && !categories.contains("other") {
                    faults.push(format!("{lang}: {id} has [one] and no *[other]"));
                }
                if lang == "zh" && categories.contains("one") {
                    faults.push(format!("{lang}: {id} has [one], which Chinese never chooses"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_sources_name_the_messages_that_exist_and_all_of_them() {
    let en = messages("en");
    let mut faults = Vec::new();
    let mut used: BTreeSet<String> = en.values().flat_map(|message| message.refers.clone()).collect();
    for (path, text) in below("src") {
        for Named { id, arguments, line } in spoken_in(&path, &text) {
            match (en.get(&id), arguments) {
                (None, _) => faults.push(format!("src/{path}:{line}: the catalogue has no message {id}")),
                (Some(message), Some(arguments)) if message.arguments != arguments => faults.push(format!(
                    "src/{path}:{line}: {id} is said with {arguments:?}, and the catalogue has it with {:?}",
                    message.arguments
                )),
                (Some(_), _) => {}
            }
            used.insert(id);
        }
    }
    for (id, message) in &en {
        let named_by_pattern = ["help-", "explain-", "preset-"]
            .iter()
            .any(|family| id.starts_with(family));
        if !named_by_pattern && !used.contains(id) {
            faults.push(format!("{id} ({}) is used nowhere", message.file));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_room_in_the_catalogue_keeps_no_sentence_of_its_own() {
    let mut faults = Vec::new();
    for (path, text) in below("src") {
        let room = room_of(&path);
        if !DONE.contains(&room) || DATA.contains(&path.as_str()) {
            continue;
        }
        for (line, words) in sentences_in(&path, &text) {
            if !KEPT.iter().any(|kept| words.contains(kept)) {
                faults.push(format!("src/{path}:{line}: {words:?}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "sentences belong into src/words/en and zh:\n{}",
        faults.join("\n")
    );
}
