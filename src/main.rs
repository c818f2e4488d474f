//! `mailshot`: a personal e-mail to every row of a spreadsheet.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
