//! What the benchmarks need beside the program: servers that measure, a long line, and peers to
//! measure against. `benches/run` builds and calls it; each sub-command prints JSON on stdout.
//!
//! Servers print one line when they are ready and live until their stdin closes, so that none of
//! them survives its caller.

mod check;
mod commits;
mod conversation;
mod files;
mod pool;
mod proxy;
mod row;
mod sign;
mod sink;
mod tally;

use std::error::Error;
use std::io::{BufRead, stdin};

use clap::Parser;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Debug, Parser)]
enum Tool {
    /// An SMTP server that takes everything and notes when each message was complete.
    Sink(sink::Arguments),
    /// A line with a delay: a TCP port that leads to another one.
    Proxy(proxy::Arguments),
    /// lettre's pooled transport as a sender.
    Pool(pool::Arguments),
    /// The check pass against a bare loop over the same file, in this process.
    Check(check::Arguments),
    /// Writes a folder's files to another folder, as fast as it goes.
    Files(files::Arguments),
    /// A row by its number, through the index that a pass builds.
    Row(row::Arguments),
    /// Signatures a second, ours and lettre's.
    Sign(sign::Arguments),
    /// Durable commits a second of this disk.
    Commits(commits::Arguments),
}

fn main() -> Result<()> {
    match Tool::parse() {
        Tool::Sink(arguments) => sink::run(&arguments),
        Tool::Proxy(arguments) => proxy::run(&arguments),
        Tool::Pool(arguments) => pool::run(&arguments),
        Tool::Check(arguments) => check::run(&arguments),
        Tool::Files(arguments) => files::run(&arguments),
        Tool::Row(arguments) => row::run(&arguments),
        Tool::Sign(arguments) => sign::run(&arguments),
        Tool::Commits(arguments) => commits::run(&arguments),
    }
}

/// Calls `asked` for each line on stdin, until stdin closes.
fn until_stdin_closes(mut asked: impl FnMut()) -> Result<()> {
    for line in stdin().lock().lines() {
        line?;
        asked();
    }
    Ok(())
}
