//! `unsubscribe`: the user's own suppression list.

use std::io::Write;

use crate::recipients::Entry;
use crate::run::{End, RunError};
use crate::userdata::{
    Suppressed, SuppressionList, UserFileError, existing_unsubscribe_key, state_folder, write_suppressed,
};
use crate::words::printable;

use super::explain::{Failure, Outcome};
use super::heading;
use super::output::{Globals, say, written};
use super::wording::moment;

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
        return Err(Failure::Words(format!(
            "`{token}` may be an unsubscribe token, but the key that tells whose it is is not on this machine; nobody was added\n  hint: run this where the mails were sent from, or copy unsubscribe.key from there"
        )));
    }
    for (entry, was_there) in who.iter().zip(list.add(&who)?) {
        let what = if was_there {
            "is on the list already"
        } else {
            "is on the list now"
        };
        say(globals, &format!("{entry} {what}."));
    }
    Ok(End::Complete)
}

/// All of them are right, or nothing is done.
fn entries(who: &[String]) -> Result<Vec<Entry>, Failure> {
    let (mut entries, mut wrong) = (Vec::new(), Vec::new());
    for text in who {
        match Entry::parse(text) {
            Ok(entry) => entries.push(entry),
            Err(why) => wrong.push(format!(
                "`{}` is neither an e-mail address nor an unsubscribe token: {why}",
                printable(text.clone())
            )),
        }
    }
    if wrong.is_empty() {
        return Ok(entries);
    }
    Err(Failure::Words(format!(
        "{}\n  hint: the list is as it was",
        wrong.join("\nerror: ")
    )))
}

fn remove(globals: &Globals, list: &SuppressionList, who: &[Entry]) -> Outcome {
    let mut missing = 0;
    for (entry, since) in who.iter().zip(list.remove(who)?) {
        match since {
            Some(since) if since.is_empty() => say(globals, &format!("{entry} is off the list.")),
            Some(since) => say(
                globals,
                &format!("{entry} is off the list (on it since {}).", moment(&since)),
            ),
            None => {
                missing += 1;
                // The user asked for it, so this is shown even with `-q`.
                let _ = writeln!(anstream::stderr().lock(), "{entry} is not on the list.");
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
