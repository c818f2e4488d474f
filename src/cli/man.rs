//! `man`: the pages of the manual, one for each command, made from its help.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use crate::run::End;
use crate::words::{Lang, say, system};

use super::explain::{Failure, Outcome};
use super::output::{Globals, tell, written};
use super::shell::{self, quoted};
use super::{page, wrapped};

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    dir: Option<PathBuf>,
}

/// The page of the program on stdout, or all pages into a folder; of a command that has its words.
pub(super) fn run(globals: &Globals, args: &ManArgs, command: Command, lang: Lang) -> Outcome {
    let command = without_help(command);
    let Some(dir) = &args.dir else {
        let text = of_command(&command, lang).map_err(|error| unwritten(Path::new("stdout"), &error))?;
        written(io::stdout().lock().write_all(text.as_bytes()))?;
        return Ok(End::Complete);
    };
    fs::create_dir_all(dir).map_err(|error| unwritten(dir, &error))?;
    let pages = into(&command, dir, lang)?;
    let example = quoted(shell::path(&dir.join("mailshot-send.1")));
    tell(
        globals,
        &say!("help-man-written", pages = pages, dir = &**dir, example = example),
    );
    Ok(End::Complete)
}

/// Without the commands `help`: what they show is on the pages of the others.
fn without_help(command: Command) -> Command {
    command.mut_subcommands(|below| match below.get_name() {
        "help" => below.hide(true),
        _ => without_help(below),
    })
}

/// How many pages there are of a command and those below it.
fn into(command: &Command, dir: &Path, lang: Lang) -> Result<u32, Failure> {
    let path = dir.join(format!("{}.1", name(command)));
    let text = of_command(command, lang).map_err(|error| unwritten(&path, &error))?;
    fs::write(&path, text).map_err(|error| unwritten(&path, &error))?;
    let shown = command.get_subcommands().filter(|below| !below.is_hide_set());
    shown
        .map(|below| into(below, dir, lang))
        .try_fold(1, |pages, more| Ok(pages + more?))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::of(say!("help-man-unwritten", path = path, why = system(error)))
}

fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// What every part that clap_mangen writes begins with.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

fn of_command(command: &Command, lang: Lang) -> io::Result<String> {
    let usage = page::called(&command.clone().render_usage().to_string(), lang);
    let man = Man::new(command.clone().override_usage(usage));
    let heading = |said: crate::words::Said| format!(".SH {}", said.in_lang(lang).to_uppercase());
    let mut text = format!(".\\\" -*- mode: troff; coding: utf-8 -*-\n{PREAMBLE}");
    text.push_str(&title(command, lang));
    // Lines of Chinese have no blanks to stretch; commands and names of files are not to be stretched or torn.
    text.push_str(".ad l\n.nh\n");
    text.push_str(&part(Some(heading(say!("help-man-name"))), |out| {
        man.render_name_section(out)
    })?);
    text.push_str(&part(Some(heading(say!("help-man-synopsis"))), |out| {
        man.render_synopsis_section(out)
    })?);
    text.push_str(&part(Some(heading(say!("help-man-description"))), |out| {
        man.render_description_section(out)
    })?);
    for heading in page::headings(command, lang) {
        let under = command.clone().mut_args(|arg| {
            let elsewhere = arg.get_help_heading() != Some(&heading);
            let hidden = elsewhere || arg.is_hide_set();
            arg.hide(hidden)
        });
        text.push_str(&part(None, |out| Man::new(under).render_options_section(out))?);
    }
    if command.get_subcommands().any(|below| !below.is_hide_set()) {
        let commands = heading(say!("help-heading-commands"));
        text.push_str(&part(Some(commands), |out| man.render_subcommands_section(out))?);
    }
    if let Some(after) = command.get_after_help() {
        text.push_str(&more(&after.to_string()));
    }
    if name(command) != "mailshot" {
        text.push_str(&heading(say!("help-man-see-also")));
        text.push_str("\n.BR mailshot (1)\n");
    }
    Ok(broken(&text))
}

fn title(command: &Command, lang: Lang) -> String {
    let name = escaped(name(command));
    let manual = say!("help-man-manual").in_lang(lang);
    format!(
        ".TH {name} 1 \"\" \"mailshot {}\" \"{manual}\"\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// A part by clap_mangen, with a heading of ours in the place of its English one.
fn part(heading: Option<String>, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<String> {
    let mut out = Vec::new();
    write(&mut out)?;
    let text = String::from_utf8_lossy(&out).replace(PREAMBLE, "");
    Ok(match (heading, text.split_once('\n')) {
        (Some(heading), Some((_, rest))) => format!("{heading}\n{rest}"),
        (_, _) => text,
    })
}

/// What is behind the options: a line before a list is a heading, and the rest are paragraphs.
fn more(after: &str) -> String {
    let mut text = String::new();
    let mut lines = after.lines().peekable();
    while let Some(line) = lines.next() {
        let before_list = lines.peek().is_some_and(|next| next.starts_with(' '));
        let bare = line.trim();
        if bare.is_empty() {
            text.push_str(".PP\n");
        } else if line.starts_with(' ') {
            let (name, what) = bare.split_once("  ").unwrap_or((bare, ""));
            text.push_str(&format!(
                ".TP\n\\fB{}\\fR\n{}\n",
                escaped(name),
                escaped(what.trim())
            ));
        } else if before_list {
            let heading = bare.trim_end_matches([':', '：']).to_uppercase();
            text.push_str(&format!(".SH \"{}\"\n", escaped(&heading)));
        } else {
            text.push_str(&format!("{}\n", escaped(bare)));
        }
    }
    text
}

/// Words that troff takes for words.
fn escaped(words: &str) -> String {
    let words = words
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq");
    if words.starts_with('.') {
        format!("\\&{words}")
    } else {
        words
    }
}

/// Where a line may end, for troff, which knows blanks alone.
fn broken(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    for line in text.lines() {
        let mut before = None;
        for c in line.chars() {
            if !line.starts_with('.') && before.is_some_and(|before| wrapped::parts(before, c)) && c != '\\' {
                broken.push_str("\\:");
            }
            broken.push(c);
            before = (c != ' ').then_some(c);
        }
        broken.push('\n');
    }
    broken
}
