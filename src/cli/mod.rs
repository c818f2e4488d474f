//! The command line: flags in, words and an exit code out.
//!
//! This belongs only to the binary. It turns what was typed into the library's plain values, shows
//! what happens on stderr (stdout is for data), and chooses the language. It decides nothing about
//! mail.

mod advice;
mod advised;
mod args;
mod arranged;
mod became;
mod by_flags;
mod campaign;
mod check;
mod columns;
mod completions;
mod conclusion;
mod connect;
mod counts;
mod dkim;
mod doubtful;
mod elsewhere;
mod environment;
mod events;
mod explain;
mod findings;
mod heading;
mod help;
mod history;
mod in_short;
mod inbox;
mod listing;
mod login;
mod man;
mod meaning;
mod new;
mod next;
mod output;
mod page;
mod preview;
mod progress;
mod purge;
mod question;
mod reading;
mod relay_hint;
mod relay_news;
mod remedy;
mod repeated;
mod report;
mod sandbox;
mod screen;
mod send;
mod settings;
mod settle;
mod shell;
mod signals;
mod silence;
mod standing;
mod status;
mod stop;
mod terminal;
mod trace;
mod typed;
mod unsubscribe;
mod usage;
mod when;
mod wrapped;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::storage::is_guarded;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, ValueEnum};

use advice::Advice;
use args::{Args, Command};
use events::Events;
use output::{Color, Language};
use terminal::lang;

use crate::run::{Ended, Reason};

/// Parses, acts, and says how it ended.
pub(crate) fn run() -> ExitCode {
    signals::survive_limits();
    quiet_where_caught();
    let typed: Vec<_> = std::env::args_os().collect();
    let Args { globals, command } = match parsed(&typed) {
        Ok(args) => args,
        Err(error) => return show(&error, &typed),
    };
    keep_out_of_core_dumps();
    if globals.verbose > 0 {
        trace::show(globals.verbose);
    }
    if let Some(note) = settings::note().filter(|_| uses_language_alone(&command)) {
        output::tell(&globals, &note);
    }
    let outcome = match &command {
        Command::New(new) => new::run(new),
        Command::Check(check) => check::run(&globals, check, &advised::advice(&command)),
        Command::Columns(columns) => columns::run(columns),
        Command::Preview(preview) => preview::run(preview),
        Command::Send(send) => send::run(&globals, send, &|| advised::advice(&command)),
        Command::Stop(stop) => stop::run(&globals, stop, &advised::advice(&command)),
        Command::Status(status) => status::run(status, &advised::advice(&command)),
        Command::Report(report) => report::run(report),
        Command::Sandbox(sandbox) => sandbox::run(sandbox),
        Command::Settle(settling) => settle::run(&globals, settling, &advised::advice(&command)),
        Command::Purge(purging) => purge::run(&globals, purging),
        Command::Unsubscribe(who) => unsubscribe::run(&globals, who),
        Command::Inbox(inbox) => inbox::run(&globals, inbox, &advised::advice(&command)),
        Command::Login(login) => login::run(&globals, login),
        Command::Dkim(dkim) => dkim::run(&globals, dkim),
        Command::Explain(explain) => meaning::run(explain),
        Command::Completions(completions) => {
            completions::run(completions, help::spoken(Args::command(), lang()))
        }
        Command::Man(man) => man::run(&globals, man, help::spoken(Args::command(), lang()), lang()),
    };
    let end = outcome.unwrap_or_else(|failure| {
        // Nowhere is left to say it when stderr is closed.
        let _ = writeln!(
            anstream::stderr().lock(),
            "{}",
            failure.words(&advised::advice(&command))
        );
        failure.ended().end
    });
    // The only place where a process gets its exit code.
    u8::try_from(end.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Whether it takes no more than the language from the user's settings: others say in full what is
/// wrong there, where it is the relays that they need. `completions` and the like do not warn, for
/// other programs call them.
fn uses_language_alone(command: &Command) -> bool {
    match command {
        Command::Check(_)
        | Command::Send(_)
        | Command::Login(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Explain(_) => false,
        Command::New(_)
        | Command::Columns(_)
        | Command::Preview(_)
        | Command::Stop(_)
        | Command::Status(_)
        | Command::Report(_)
        | Command::Settle(_)
        | Command::Purge(_)
        | Command::Unsubscribe(_)
        | Command::Inbox(_)
        | Command::Dkim(_)
        | Command::Sandbox(_) => true,
    }
}

/// What was typed. Help and errors are shown before anything else is known of it, so colours and the
/// language are asked for first.
fn parsed(typed: &[OsString]) -> Result<Args, clap::Error> {
    if let Some(lang) = given(typed, "--lang").and_then(|lang| Language::from_str(lang, false).ok()) {
        lang.speak();
    }
    if let Some(color) = given(typed, "--color").and_then(|color| Color::from_str(color, false).ok()) {
        color.apply();
    }
    Args::from_arg_matches(&Args::command().try_get_matches_from(typed)?)
}

/// The last value of a flag, as it was typed; the default is clap's own.
fn given<'a>(typed: &'a [OsString], flag: &str) -> Option<&'a str> {
    let mut given = None;
    for (at, word) in typed.iter().enumerate() {
        let Some(word) = word.to_str() else { continue };
        if word == flag {
            given = typed.get(at + 1).and_then(|value| value.to_str());
        } else if let Some(value) = word.strip_prefix(flag).and_then(|rest| rest.strip_prefix('=')) {
            given = Some(value);
        }
    }
    given
}

/// Help, the version, or what is wrong with the flags. Help that cannot be written has failed.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of clap's errors, only these are help or the version"
)]
fn show(error: &clap::Error, typed: &[OsString]) -> ExitCode {
    if error.exit_code() != 0 && typed.iter().any(|word| word == "--events") {
        Events::new(true).finished(Ended::nothing_sent(Reason::Usage), &BTreeMap::new());
    }
    let page = |everything| {
        let root = help::spoken(Args::command(), lang());
        page::page(help::of_typed(&root, typed), everything, page::columns(), lang())
    };
    let shown = match error.kind() {
        ErrorKind::DisplayVersion => error.print().and_then(|()| io::stdout().flush()),
        ErrorKind::DisplayHelp => {
            let text = page(!help::is_short(typed));
            let mut out = anstream::stdout().lock();
            out.write_all(text.as_bytes()).and_then(|()| out.flush())
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            anstream::stderr().lock().write_all(page(false).as_bytes())
        }
        _ => {
            let root = help::spoken(Args::command(), lang());
            let words = usage::words(error, &root, help::of_typed(&root, typed), lang());
            writeln!(anstream::stderr().lock(), "{words}")
        }
    };
    match output::written(shown) {
        Ok(()) => u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(failure) => {
            let _ = writeln!(anstream::stderr().lock(), "{}", failure.words(&Advice::default()));
            u8::try_from(failure.ended().end.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
    }
}

/// A caught panic of a library is reported in our words, without those of the library.
fn quiet_where_caught() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !is_guarded() {
            tell(panic);
        }
    }));
}

/// Passwords are in memory while messages go out, and a core dump would take them to the disk.
#[cfg(unix)]
fn keep_out_of_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // A system that does not allow even less is left as it is.
    let _ = setrlimit(Resource::Core, none);
}

/// Other systems write none into the current folder.
#[cfg(not(unix))]
fn keep_out_of_core_dumps() {}
