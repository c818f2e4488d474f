//! `completions`: the file that a shell reads to complete commands and flags.

use std::io::Write;

use clap::Command;
use clap_complete::Shell;

use crate::run::End;

use super::explain::Outcome;
use super::output::written;

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    shell: Shell,
}

/// On stdout, of a command that has its words.
pub(super) fn run(args: &CompletionsArgs, mut command: Command) -> Outcome {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    written(std::io::stdout().lock().write_all(&script))?;
    Ok(End::Complete)
}
