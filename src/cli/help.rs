//! The words of the help, set on clap's own command: the pages on the terminal, those of the manual
//! and the completions of shells are written from it.
//!
//! Each command, option, argument, value and heading has its message in the catalogue, under an id
//! made of their names: `help-dkim-new`, `help-send-option-dry-run`. If a message is the same for
//! all commands, the name of the command is left out: `help-option-from`.

use std::ffi::OsString;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Command};

use crate::words::{self, Arg as Value, Lang, say};

use super::{heading, new};

/// The command with all commands below it, and what is said about each in a language.
pub(super) fn spoken(command: Command, lang: Lang) -> Command {
    let mut command = without_hidden(command);
    // What clap adds by itself is spoken of as well.
    command.build();
    of_command(command, &[], lang)
}

/// Without what belongs to later versions, which completions would offer.
fn without_hidden(command: Command) -> Command {
    let command = command.mut_subcommands(without_hidden);
    let args = || command.get_arguments().filter(|arg| !arg.is_hide_set());
    let below = || command.get_subcommands().filter(|below| !below.is_hide_set());
    if args().count() == command.get_arguments().count()
        && below().count() == command.get_subcommands().count()
    {
        return command;
    }
    // Nothing can be taken out of a command of clap.
    let rest = Command::new(command.get_name().to_owned())
        .hide(command.is_hide_set())
        .subcommand_required(command.is_subcommand_required_set())
        .args(args().cloned())
        .subcommands(below().cloned());
    match command.get_version() {
        Some(version) => rest.version(version.to_owned()),
        None => rest,
    }
}

/// `completions`, `dkim new`: the names from the program to a command.
type Path<'a> = &'a [String];

fn of_command(command: Command, path: Path<'_>, lang: Lang) -> Command {
    let own = match path {
        [] => "help-mailshot".to_owned(),
        [.., last] if last == "help" => "help-help".to_owned(),
        [..] => id(path, &[]),
    };
    let about = words::named(&own, lang).unwrap_or_default();
    let long = words::named(&format!("{own}.long"), lang);
    let mut after = words::named(&format!("{own}.after"), lang).unwrap_or_default();
    if path == ["new"] {
        after.push_str(&templates(lang));
    }
    let mut spoken = command
        .long_about(long.map_or_else(|| about.clone(), |long| format!("{about}\n\n{long}")))
        .about(about)
        .subcommand_value_name(say!("help-usage-command").in_lang(lang))
        .subcommand_help_heading(self::heading("commands", lang))
        .mut_args(|arg| of_arg(arg, path, lang))
        .mut_subcommands(|below| {
            let mut path = path.to_vec();
            // `help send` is about `send`.
            if path.last().is_some_and(|last| last == "help") {
                path.pop();
            }
            path.push(below.get_name().to_owned());
            of_command(below, &path, lang)
        });
    if !after.is_empty() {
        spoken = spoken.after_help(after);
    }
    spoken
}

/// The templates in the program, a line for each.
fn templates(lang: Lang) -> String {
    let line = |name: &str| {
        let what = words::named(&format!("help-template-{name}"), lang).unwrap_or_default();
        format!("\n  {name}  {what}")
    };
    new::names().into_iter().map(line).collect()
}

/// An id of the catalogue.
fn id(path: Path<'_>, more: &[&str]) -> String {
    let names = path.iter().map(String::as_str).chain(more.iter().copied());
    std::iter::once("help").chain(names).collect::<Vec<_>>().join("-")
}

/// The sentence about a part of a command, or of the same part of all commands.
fn part(path: Path<'_>, more: &[&str], attribute: &str, lang: Lang) -> Option<String> {
    let shorter = (0..=path.len()).rev();
    shorter
        .map(|length| id(&path[..length], more) + attribute)
        .find_map(|id| words::named(&id, lang))
}

fn of_arg(arg: Arg, path: Path<'_>, lang: Lang) -> Arg {
    let name = arg.get_id().as_str().replace('_', "-");
    let kind = if arg.is_positional() { "argument" } else { "option" };
    let said = |attribute| part(path, &[kind, &name], attribute, lang);
    let what = said("").unwrap_or_default();
    let values = values(&arg, path, lang);
    let default = default(&arg, lang);
    let mut long = what.clone();
    if let Some(more) = said(".long") {
        long = format!("{long}\n{more}");
    }
    long = followed(long, &default, lang);
    for value in &values {
        let help = value.get_help().map(ToString::to_string).unwrap_or_default();
        long.push_str(&format!("\n  {}  {help}", value.get_name()));
    }
    let choice = (!values.is_empty()).then(|| {
        let names = Value::commas(values.iter().map(|value| value.get_name()));
        say!("help-values", values = names).in_lang(lang)
    });
    let brackets: Vec<_> = default.into_iter().chain(choice).collect();
    let mut arg = arg
        .help(followed(what, &brackets, lang))
        .long_help(long)
        .hide_default_value(true)
        .hide_possible_values(true);
    if !values.is_empty() {
        arg = arg.value_parser(PossibleValuesParser::new(values));
    }
    let heading = match arg.get_help_heading() {
        _ if arg.is_positional() => "arguments",
        Some(key) => key,
        None => heading::GLOBAL,
    };
    let heading = self::heading(heading, lang);
    arg.help_heading(heading)
}

/// The words of a heading.
pub(super) fn heading(key: &str, lang: Lang) -> String {
    words::named(&format!("help-heading-{key}"), lang).unwrap_or_default()
}

/// Words, and text in brackets after them; Chinese brackets include their own space.
fn followed(mut words: String, brackets: &[String], lang: Lang) -> String {
    for one in brackets {
        if lang == Lang::En {
            words.push(' ');
        }
        words.push_str(one);
    }
    words
}

/// The values that there are to choose from, each with what it means.
fn values(arg: &Arg, path: Path<'_>, lang: Lang) -> Vec<PossibleValue> {
    if !arg.get_action().takes_values() {
        return Vec::new();
    }
    let option = arg.get_id().as_str().replace('_', "-");
    let shown = arg
        .get_possible_values()
        .into_iter()
        .filter(|value| !value.is_hide_set());
    let spoken = shown.map(|value| {
        let help = part(path, &["value", &option, value.get_name()], "", lang);
        value.help(help.unwrap_or_default())
    });
    spoken.collect()
}

/// The value that counts where none is typed, in brackets.
fn default(arg: &Arg, lang: Lang) -> Vec<String> {
    if arg.is_hide_default_value_set() || !arg.get_action().takes_values() {
        return Vec::new();
    }
    let values = arg.get_default_values().iter();
    let shown = values.map(|value| {
        let value = value.to_string_lossy().into_owned();
        say!("help-default", value = value).in_lang(lang)
    });
    shown.collect()
}

/// The command that a command line is about, which clap does not say where it shows its help or an error.
pub(super) fn of_typed<'a>(root: &'a Command, typed: &[OsString]) -> &'a Command {
    let words = typed.iter().skip(1).filter(|word| *word != "help");
    let mut command = root;
    for word in words.take_while(|word| *word != "--help" && *word != "-h") {
        command = command.find_subcommand(word).unwrap_or(command);
    }
    command
}

/// Whether `-h` was typed, alone or with other letters, and not `--help` or the command `help`.
pub(super) fn is_short(typed: &[OsString]) -> bool {
    let words = typed.iter().skip(1).filter_map(|word| word.to_str());
    let letters = |word: &str| word.starts_with('-') && !word.starts_with("--") && word.contains('h');
    words.take_while(|word| *word != "--help").any(letters)
}

#[cfg(test)]
mod tests;
