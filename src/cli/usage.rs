//! What is wrong with a typed command line, in our words: only the kind of clap's error and its
//! context are used.

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::campaign::Wrong;
use crate::words::{Arg, Lang, Said, say};

use super::page;

/// The words of an error, how the command is called, and where its help is. `command` is the one that was typed,
/// below `root`.
pub(super) fn words(error: &Error, root: &Command, command: &Command, lang: Lang) -> String {
    let mut words = say!("usage-error", what = what(error)).in_lang(lang);
    for hint in hints(error, root, command) {
        words.push_str("\n  ");
        words.push_str(&say!("usage-hint", hint = hint).in_lang(lang));
    }
    words.push_str("\n\n");
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        words.push_str(&page::usage(&usage.to_string(), page::columns(), lang));
    }
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let help = format!("{name} --help");
    words.push_str(&say!("usage-help", command = help).in_lang(lang));
    words
}

#[expect(clippy::wildcard_enum_match_arm, reason = "clap may find further kinds")]
fn what(error: &Error) -> Said {
    let arg = || flag(&one(error, ContextKind::InvalidArg));
    let value = || one(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => match one(error, ContextKind::InvalidArg) {
            option if option.starts_with('-') => say!("usage-unknown-option", option = option),
            argument => say!("usage-unexpected-argument", argument = argument),
        },
        ErrorKind::InvalidSubcommand => {
            say!(
                "usage-unknown-command",
                command = one(error, ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingSubcommand => {
            say!(
                "usage-no-command",
                command = one(error, ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::InvalidValue | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues
            if value().is_empty() =>
        {
            say!("usage-no-value", option = arg())
        }
        ErrorKind::InvalidValue => say!("usage-unknown-value", option = arg(), value = value()),
        ErrorKind::TooManyValues => say!("usage-too-many-values", option = arg(), value = value()),
        ErrorKind::NoEquals => say!("usage-no-equals", option = arg()),
        ErrorKind::MissingRequiredArgument => missing(error),
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::ValueValidation => match wrong(error) {
            Some(Wrong { what, .. }) => say!("usage-value", option = arg(), what = what.clone()),
            None => say!(
                "usage-wrong-value",
                option = arg(),
                value = value(),
                own = own(error)
            ),
        },
        ErrorKind::InvalidUtf8 => say!("usage-not-utf-8"),
        _ => say!("usage-other", own = own(error)),
    }
}

fn missing(error: &Error) -> Said {
    let missing = strings(error, ContextKind::InvalidArg);
    // `<--sent|--unsent>` is a choice.
    let choices = missing.iter().map(|one| match one.strip_prefix("<--") {
        Some(choice) => {
            let choice = format!("--{}", choice.trim_end_matches('>'));
            Arg::or(choice.split('|').map(quoted))
        }
        None => Arg::from(quoted(&flag(one))),
    });
    let choices: Vec<_> = choices.collect();
    say!(
        "usage-missing",
        number = choices.len(),
        missing = Arg::and(choices)
    )
}

fn conflict(error: &Error) -> Said {
    let mut one = strings(error, ContextKind::InvalidArg);
    one.extend(strings(error, ContextKind::InvalidSubcommand));
    let one = flag(&one.concat());
    let others: Vec<_> = strings(error, ContextKind::PriorArg)
        .iter()
        .map(|other| flag(other))
        .collect();
    if others.is_empty() {
        say!("usage-not-together-with-others", option = one)
    } else if others == [one.clone()] {
        say!("usage-twice", option = one)
    } else {
        let others = others.iter().map(|other| quoted(other));
        say!("usage-not-together", option = one, others = Arg::and(others))
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "other kinds have no advice")]
fn hints(error: &Error, root: &Command, command: &Command) -> Vec<Said> {
    let mut hints = Vec::new();
    for kind in [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ] {
        let meant = strings(error, kind);
        if !meant.is_empty() {
            // clap has the likeliest behind the others.
            let meant = meant.iter().rev().map(|one| quoted(one));
            hints.push(say!("usage-did-you-mean", meant = Arg::or(meant)));
        }
    }
    match error.kind() {
        ErrorKind::InvalidValue => {
            let values = strings(error, ContextKind::ValidValue);
            if !values.is_empty() {
                hints.push(say!("usage-values", values = Arg::and(values)));
            }
        }
        ErrorKind::ValueValidation => {
            hints.extend(wrong(error).and_then(|wrong| wrong.help.clone()));
        }
        ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand if hints.is_empty() => {
            let commands = command.get_subcommands().filter(|below| !below.is_hide_set());
            let names = Arg::and(commands.map(|below| below.get_name()));
            hints.push(say!("usage-commands", commands = names));
        }
        ErrorKind::UnknownArgument => {
            let option = one(error, ContextKind::InvalidArg);
            let others = with_option(root, &option);
            if !others.is_empty() {
                hints.push(say!(
                    "usage-option-of",
                    option = option,
                    commands = Arg::and(others)
                ));
            }
        }
        _ => {}
    }
    hints
}

/// The commands that have an option.
fn with_option(root: &Command, option: &str) -> Vec<String> {
    let Some(name) = option.strip_prefix("--") else {
        return Vec::new();
    };
    let has = |command: &&Command| {
        let mut shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        !command.is_hide_set() && shown.any(|arg| arg.get_long() == Some(name))
    };
    let with = root.get_subcommands().filter(has);
    with.map(|command| quoted(&format!("{} {}", root.get_name(), command.get_name())))
        .collect()
}

/// What a parser of ours found wrong.
fn wrong(error: &Error) -> Option<&Wrong> {
    std::error::Error::source(error).and_then(|source| source.downcast_ref())
}

/// The words of another parser.
fn own(error: &Error) -> String {
    std::error::Error::source(error)
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// What the error is about.
fn one(error: &Error, kind: ContextKind) -> String {
    strings(error, kind).into_iter().next().unwrap_or_default()
}

fn strings(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(several)) => several.clone(),
        Some(_) | None => Vec::new(),
    }
}

/// `--limit` of `--limit <N>`, and `CAMPAIGN` of `[CAMPAIGN]`.
fn flag(shown: &str) -> String {
    let name = shown.split(' ').next().unwrap_or(shown);
    match name.starts_with('-') {
        true => name.trim_end_matches('.').to_owned(),
        false => shown
            .trim_end_matches('.')
            .trim_matches(|c| matches!(c, '<' | '>' | '[' | ']'))
            .to_owned(),
    }
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}
