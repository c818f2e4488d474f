//! The command line: flags in, words and an exit code out.
//!
//! This belongs to the binary alone. It turns what was typed into the
//! library's plain values, shows what happens on stderr (stdout is for data),
//! and knows the words for every error. It decides nothing about mail.

mod args;
mod check;
mod columns;
mod commands;
mod connect;
mod dkim;
mod explain;
mod findings;
mod login;
mod mailmerge;
mod new;
mod preview;
mod progress;
mod purge;
mod reading;
mod relay_hint;
mod screen;
mod settle;
mod signals;
mod status;
mod terminal;
mod unsubscribe;
mod wording;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use explain::Failure;

/// What a command came to: the process' exit code, or why it failed.
type Outcome = Result<i32, Failure>;

/// Parses, acts, and says how it ended.
pub(crate) fn run() -> ExitCode {
    let args = Args::parse();
    args.color.apply();
    if args.verbose > 0 {
        trace(args.verbose);
    }
    let outcome = match &args.command {
        Command::New(new) => new::run(new),
        Command::Check(check) => check::run(&args, check),
        Command::Columns(columns) => columns::run(columns),
        Command::Preview(preview) => preview::run(preview),
        Command::Send(send) => commands::send(&args, send),
        Command::Status(status) => status::run(status),
        Command::Report(report) => commands::report(report),
        Command::Sandbox(sandbox) => commands::sandbox(sandbox),
        Command::Settle(settling) => settle::run(&args, settling),
        Command::Purge(purging) => purge::run(&args, purging),
        Command::Unsubscribe(who) => unsubscribe::run(&args, who),
        Command::Inbox(_) => Err(Failure::not_yet("mailshot inbox")),
        Command::Login(login) => login::run(&args, login),
        Command::Dkim(dkim) => dkim::run(&args, dkim),
    };
    let code = outcome.unwrap_or_else(|failure| {
        // Nowhere is left to say it when stderr is closed.
        let _ = writeln!(anstream::stderr().lock(), "{}", failure.words());
        failure.code()
    });
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// What the library tells of itself, for `-v`; never secrets.
fn trace(level: u8) {
    let level = if level > 1 {
        tracing::Level::DEBUG
    } else {
        tracing::Level::INFO
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}
