//! A page of help on the terminal: what a command does, how to call it, its options under their
//! headings, and further notes.
//!
//! clap would break lines only at blanks, of which Chinese has none, and end its headings with the
//! English colon.

use std::fmt::Write as _;

use clap::builder::styling::Style;
use clap::{Arg, Command};
use unicode_width::UnicodeWidthStr;

use crate::words::{Lang, say};

use super::listing::{self, ROOM, hung};
use super::wrapped::wrapped_behind;
use super::{heading, help};

/// No line is longer, however wide the terminal is: longer ones are hard to read.
const WIDEST: usize = 100;
/// What is longer has its description below it.
const LONGEST_NAME: usize = 30;
/// Where descriptions stand that have no room beside their names.
const UNDER: &str = "          ";

const HEADING: Style = Style::new().bold().underline();
const LITERAL: Style = Style::new().bold();

/// The columns of a page: of `COLUMNS`, else of the terminal that stdout is.
pub(super) fn columns() -> usize {
    let asked = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let terminal = || {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        size.map(|(terminal_size::Width(columns), _)| usize::from(columns))
    };
    asked
        .filter(|columns| *columns > 0)
        .or_else(terminal)
        .unwrap_or(WIDEST)
        .min(WIDEST)
}

/// The page of a command that has its words. Everything that is to be known (`--help`), or what each
/// option is (`-h`).
pub(super) fn page(command: &Command, everything: bool, columns: usize, lang: Lang) -> String {
    let about = if everything {
        command.get_long_about()
    } else {
        command.get_about()
    };
    let mut page = Page {
        text: String::new(),
        everything,
        columns,
        lang,
    };
    page.words(&about.map(ToString::to_string).unwrap_or_default());
    page.text.push('\n');
    page.text
        .push_str(&usage(&command.clone().render_usage().to_string(), columns, lang));
    page.commands(command);
    for heading in headings(command, lang) {
        let of_it = |arg: &&Arg| arg.get_help_heading() == Some(&heading) && !arg.is_hide_set();
        let args = command.get_arguments().filter(of_it).map(|arg| page.row(arg));
        let rows: Vec<_> = args.collect();
        page.rows(&heading, &rows);
    }
    if let Some(after) = command.get_after_help() {
        page.text.push('\n');
        page.words(&after.to_string());
    }
    page.text
}

/// How a command is called, behind its label; of what clap says of it.
pub(super) fn usage(of_clap: &str, columns: usize, lang: Lang) -> String {
    let mut label = say!("help-heading-usage").in_lang(lang);
    if label.ends_with(':') {
        label.push(' ');
    }
    let lines = wrapped_behind(&" ".repeat(label.width()), &called(of_clap, lang), columns);
    let call = lines.trim_start();
    format!(
        "{HEADING}{}{HEADING:#}{}{LITERAL}{call}{LITERAL:#}\n",
        label.trim_end(),
        &label[label.trim_end().len()..]
    )
}

/// How a command is called.
pub(super) fn called(of_clap: &str, lang: Lang) -> String {
    let call = of_clap.trim_start_matches("Usage:").trim();
    let command = say!("help-usage-command").in_lang(lang);
    call.replace("[OPTIONS]", &say!("help-usage-options").in_lang(lang))
        .replace("<COMMAND>", &format!("<{command}>"))
}

/// The headings of a command, of its arguments and then of its options.
pub(super) fn headings(command: &Command, lang: Lang) -> Vec<String> {
    let of_options = heading::ALL.iter().map(|heading| help::heading(heading, lang));
    let shown = |heading: &String| {
        let mut args = command.get_arguments().filter(|arg| !arg.is_hide_set());
        args.any(|arg| arg.get_help_heading() == Some(heading))
    };
    let all = std::iter::once(help::heading("arguments", lang)).chain(of_options);
    all.filter(shown).collect()
}

struct Page {
    text: String,
    everything: bool,
    columns: usize,
    lang: Lang,
}

impl Page {
    fn words(&mut self, words: &str) {
        for line in listing::text(words, self.columns) {
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn commands(&mut self, command: &Command) {
        let shown = command.get_subcommands().filter(|below| !below.is_hide_set());
        let rows: Vec<_> = shown
            .map(|below| {
                let about = below.get_about().map(ToString::to_string).unwrap_or_default();
                (below.get_name().to_owned(), about)
            })
            .collect();
        let heading = command
            .get_subcommand_help_heading()
            .unwrap_or_default()
            .to_owned();
        self.rows(&heading, &rows);
    }

    /// An option as it is typed, and what it is.
    fn row(&self, arg: &Arg) -> (String, String) {
        let mut name = String::new();
        if !arg.is_positional() {
            name = arg
                .get_short()
                .map_or("    ".to_owned(), |short| format!("-{short}, "));
        }
        name.push_str(&arg.to_string());
        let help = if self.everything {
            arg.get_long_help()
        } else {
            arg.get_help()
        };
        (name, help.map(ToString::to_string).unwrap_or_default())
    }

    /// The rows below a heading: names, and a description beside or below each.
    fn rows(&mut self, heading: &str, rows: &[(String, String)]) {
        if rows.is_empty() {
            return;
        }
        let heading = say!("help-headed", heading = heading).in_lang(self.lang);
        let _ = write!(self.text, "\n{HEADING}{heading}{HEADING:#}\n");
        let short = rows
            .iter()
            .map(|(name, _)| name.width())
            .filter(|width| *width <= LONGEST_NAME);
        let column = short.max().unwrap_or_default() + 4;
        let beside = column + ROOM + 8 <= self.columns;
        for (name, help) in rows {
            let shown = format!("  {LITERAL}{name}{LITERAL:#}");
            let fits = beside && name.width() + 4 <= column;
            let others = if beside {
                " ".repeat(column)
            } else {
                UNDER.to_owned()
            };
            let help = listing::text(help, self.columns.saturating_sub(others.len()));
            let first = if fits {
                format!("{shown}{}", " ".repeat(column - name.width() - 2))
            } else {
                self.line(&shown);
                others.clone()
            };
            for line in hung(&first, &others, &help) {
                self.line(line.trim_end());
            }
        }
    }
}
