//! What every command may show on the terminal, and the flags that say how much of it.

use std::io::{self, Write};

use clap::{ArgAction, ValueEnum};

use crate::words::{Lang, Said, say, system};

use super::explain::Failure;
use super::{heading, terminal};

/// The flags that all commands have.
#[derive(Debug, clap::Args)]
pub(super) struct Globals {
    #[arg(short, long, global = true, help_heading = heading::GLOBAL)]
    pub(super) quiet: bool,
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet", help_heading = heading::GLOBAL)]
    pub(super) verbose: u8,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = heading::GLOBAL)]
    pub(super) color: Color,
    #[arg(long, global = true, value_name = "LANG", help_heading = heading::GLOBAL)]
    pub(super) lang: Option<Language>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Language {
    En,
    Zh,
}

impl Language {
    pub(super) fn speak(self) {
        terminal::speak(match self {
            Self::En => Lang::En,
            Self::Zh => Lang::Zh,
        });
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// `NO_COLOR` and the rest of the conventions are anstream's.
    pub(super) fn apply(self) {
        match self {
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

/// The result of writing to stdout. A reader may have seen enough: `| head` is not an error.
pub(super) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::of(say!("cli-run-stdout", error = system(&error))))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// A line for people, unless they want none.
pub(super) fn say(globals: &Globals, line: &str) {
    if !globals.quiet {
        // A closed stderr is nothing to fail for.
        let _ = writeln!(anstream::stderr().lock(), "{line}");
    }
}

/// A sentence for people, in their language, unless they want none.
pub(super) fn tell(globals: &Globals, said: &Said) {
    say(globals, &terminal::words(said));
}
