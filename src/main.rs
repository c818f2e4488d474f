//! `mailshot`: a personal e-mail to every row of a spreadsheet.

use std::process::ExitCode;

/// Messages are composed on one thread and sent on another: the system's allocator makes the two
/// wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mailshot::command_line()
}
