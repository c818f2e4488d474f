//! `unsubscribe`: the user's own suppression list.

use std::io::Write;

use crate::recipients::Entry;
use crate::run::{End, RunError};
use crate::userdata::{
    Suppressed, SuppressionList, UserFileError, existing_unsubscribe_key, state_folder, write_suppressed,
};
use crate::words::{Arg, say};

use super::explain::{Failure, Outcome};
use super::output::{Globals, tell, written};
use super::{heading, terminal};

#[derive(Debug, clap::Args)]
pub(super) struct UnsubscribeArgs {
    #[arg(value_name = "WHO", required_unless_present = "list")]
    who: Vec<String>,
    #[arg(long, help_heading = heading::WHOM)]
    remove: bool,
    #[arg(long, conflicts_with_all = ["who", "remove"], help_heading = heading::OUTPUT)]
    list: bool,
}

pub(super) fn run(globals: &Globals, unsubscribe: &UnsubscribeArgs) -> Outcome {
    let list = SuppressionList::below(&state_folder().ok_or(UserFileError::NoHome)?);
    if unsubscribe.list {
        return print(&list.read()?);
    }
    let who = entries(&unsubscribe.who)?;
    if unsubscribe.remove {
        return remove(globals, &list, &who);
    }
    if let Some(token) = who.iter().find(|entry| matches!(entry, Entry::Token(_)))
        && existing_unsubscribe_key(state_folder().as_deref())?.is_none()
    {
        return Err(Failure::hinted(
            say!("cli-unsubscribe-no-key", token = token.to_string()),
            say!("cli-unsubscribe-hint-no-key"),
        ));
    }
    for (entry, was_there) in who.iter().zip(list.add(&who)?) {
        let who = entry.to_string();
        let said = if was_there {
            say!("cli-unsubscribe-there-already", who = who)
        } else {
            say!("cli-unsubscribe-added", who = who)
        };
        tell(globals, &said);
    }
    Ok(End::Complete)
}

/// All of them are right, or nothing is done.
fn entries(who: &[String]) -> Result<Vec<Entry>, Failure> {
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for text in who {
        match Entry::parse(text) {
            Ok(entry) => entries.push(entry),
            Err(why) => {
                wrong.push(say!("cli-unsubscribe-wrong", who = text, why = why));
            }
        }
    }
    match wrong.as_slice() {
        [] => Ok(entries),
        [one] => Err(Failure::hinted(
            one.clone(),
            say!("cli-unsubscribe-hint-unchanged"),
        )),
        several => Err(Failure::several(
            several,
            &[say!("cli-unsubscribe-hint-unchanged")],
        )),
    }
}

fn remove(globals: &Globals, list: &SuppressionList, who: &[Entry]) -> Outcome {
    let mut missing = 0;
    for (entry, since) in who.iter().zip(list.remove(who)?) {
        match since {
            Some(since) if since.is_empty() => {
                tell(globals, &say!("cli-unsubscribe-removed", who = entry.to_string()));
            }
            Some(since) => tell(
                globals,
                &say!(
                    "cli-unsubscribe-removed-since",
                    who = entry.to_string(),
                    since = Arg::minute(&since)
                ),
            ),
            None => {
                missing += 1;
                // The user asked for it, so this is shown even with `-q`.
                let said = say!("cli-unsubscribe-not-there", who = entry.to_string());
                let _ = writeln!(anstream::stderr().lock(), "{}", terminal::words(&said));
            }
        }
    }
    Ok(End::of(missing == 0))
}

fn print(list: &[Suppressed]) -> Outcome {
    written(write_suppressed(list, &mut std::io::stdout().lock()))?;
    Ok(End::Complete)
}

impl From<UserFileError> for Failure {
    fn from(error: UserFileError) -> Self {
        Self::Run(RunError::UserFile(error))
    }
}
