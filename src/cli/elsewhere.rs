//! People in a list already have the message, from a mailing that the ledger does not know: who
//! they are, and both ways to continue.

use crate::run::{Elsewhere, Witness};
use crate::words::say;

use super::advice::{Advice, who_have_it};
use super::terminal;

/// What was found.
pub(super) fn words(elsewhere: &Elsewhere) -> String {
    format!(
        "{}: {}",
        terminal::words(&say!("words-error")),
        terminal::words(&say!("cli-elsewhere", found = elsewhere))
    )
}

/// Both ways on, as whole commands.
pub(super) fn steps(elsewhere: &Elsewhere, advice: &Advice) -> Vec<String> {
    let again = match elsewhere.known.have {
        None => ", also to those who have one already".to_owned(),
        Some(0) => String::new(),
        Some(have) => format!(", again to {}", who_have_it(have)),
    };
    let mut steps = vec![format!(
        "a new mailing from here goes to everybody in the list{again}: {}",
        advice.send_asking(&["--new"])
    )];
    match &elsewhere.witness {
        Witness::CopyOf(folder) => {
            steps.push(format!(
                "to go on with that mailing, where it was begun: {}",
                Advice::of_place(folder, None).send(&[])
            ));
            steps.push("to go on with it from here instead, move that folder away first, then run this command again".to_owned());
        }
        Witness::Results(..) => steps.push("to go on with that mailing, bring its folder .mailshot here, from where it was sent or from a backup, then run this command again; without it, nobody knows who is left".to_owned()),
        Witness::Newer(..) => steps.push("to go on with that mailing, put the newer files of .mailshot back, from where they were moved to or from a backup, then run this command again".to_owned()),
    }
    steps
}
