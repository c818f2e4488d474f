//! `inbox`: collects what came back, takes back what it caused, says yes to what it asks for.

mod args;
mod ended;
mod event;
mod fetching;
mod shown;

use std::collections::BTreeMap;
use std::path::Path;

use crate::inbox::{Class, Incoming, Sorted, Source, Unreadable, sort};
use crate::run::{Collected, Collection, Decided, End, Environment, confirm_answers, undo_answers};
use crate::words::{Arg, Said, Speak, say};

use super::advice::Advice;
use super::events::Events;
use super::explain::{Failure, Outcome};
use super::output::{Globals, tell};
use super::status::folders;
use super::terminal;

pub(super) use args::InboxArgs;
use ended::ended;

pub(super) fn run(globals: &Globals, inbox: &InboxArgs, advice: &Advice) -> Outcome {
    let events = Events::new(inbox.events);
    let outcome = collecting(globals, inbox, advice, &events);
    match &outcome {
        Ok(end) if *end == End::Complete && events.have_failed() => return Ok(End::Incomplete),
        Ok(_) => {}
        Err(failure) => events.emit("finished", || event::failed(failure.ended())),
    }
    outcome
}

fn collecting(globals: &Globals, inbox: &InboxArgs, advice: &Advice, out: &Events) -> Outcome {
    let environment = Environment::of_process();
    let (campaign, confirm) = inbox.campaign_and_ids();
    if !inbox.undo.is_empty() {
        let folders = folders(&campaign, inbox.name.as_deref())?;
        let decided = undo_answers(&folders, &environment, &inbox.undo)?;
        return Ok(tell_decided(globals, &decided, true));
    }
    if !confirm.is_empty() {
        let folders = folders(&campaign, inbox.name.as_deref())?;
        let decided = confirm_answers(&folders, &environment, confirm)?;
        return Ok(tell_decided(globals, &decided, false));
    }
    let Some(path) = &inbox.from_mbox else {
        return fetching::run(globals, inbox, &campaign, &environment, advice, out);
    };
    let source = Source::open(path).map_err(|error| Failure::spoken(&error))?;
    if inbox.no_campaign {
        return Ok(sort_only(globals, source, out));
    }
    let folders = folders(&campaign, inbox.name.as_deref())?;
    let mut collection = Collection::open(&folders, &environment, inbox.look)?;
    let mut unread = 0;
    for mail in source {
        let mail = match mail {
            Ok(mail) => mail,
            Err(error) => {
                unread += 1;
                warn(&error);
                continue;
            }
        };
        let sorted = sort(&mail.octets);
        let taken = collection.take(&place(path, &mail), &mail.octets, &sorted)?;
        out.emit("mail", || event::of(&mail, &sorted, Some(&taken)));
    }
    let collected = collection.finish()?;
    for said in shown::lines(&collected, advice) {
        tell(globals, &said);
    }
    Ok(finished(out, &collected, unread))
}

fn finished(out: &Events, collected: &Collected, unread: u64) -> End {
    let end = End::of(unread == 0);
    out.emit("finished", || event::finished(collected, unread, ended(end)));
    end
}

/// Says what each mail is, and does nothing.
fn sort_only(globals: &Globals, source: Source, out: &Events) -> End {
    let mut classes: BTreeMap<Class, u64> = BTreeMap::new();
    let (mut mails, mut unread) = (0_u64, 0_u64);
    for mail in source {
        match mail {
            Ok(mail) => {
                let sorted: Sorted = sort(&mail.octets);
                mails += 1;
                *classes.entry(sorted.class).or_default() += 1;
                out.emit("mail", || event::of(&mail, &sorted, None));
            }
            Err(error) => {
                unread += 1;
                warn(&error);
            }
        }
    }
    tell(globals, &shown::read(mails, 0, &classes));
    let end = End::of(unread == 0);
    out.emit("finished", || event::sorted(mails, unread, &classes, ended(end)));
    end
}

/// Where a mail is, for people.
fn place(path: &Path, mail: &Incoming) -> String {
    let said = if path.is_dir() {
        Said::verbatim(mail.file.as_str())
    } else {
        say!(
            "cli-inbox-place",
            file = &mail.file,
            number = Arg::plain(mail.number)
        )
    };
    terminal::words(&said)
}

/// A mail that cannot be read costs that mail, and is named also with `-q`.
fn warn(error: &Unreadable) {
    use std::io::Write as _;
    let _ = writeln!(anstream::stderr().lock(), "{}", terminal::words(&error.said()));
}

fn tell_decided(globals: &Globals, decided: &Decided, undone: bool) -> End {
    for name in &decided.names {
        tell(
            globals,
            &if undone {
                say!("cli-inbox-undone", id = name)
            } else {
                say!("cli-inbox-confirmed", id = name)
            },
        );
    }
    for name in &decided.before {
        tell(
            globals,
            &if undone {
                say!("cli-inbox-undone-before", id = name)
            } else {
                say!("cli-inbox-confirmed-before", id = name)
            },
        );
    }
    for said in shown::followed(&decided.followed) {
        tell(globals, &said);
    }
    for (address, other) in &decided.still {
        tell(globals, &say!("cli-inbox-still", address = address, id = other));
    }
    End::Complete
}
