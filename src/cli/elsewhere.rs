//! Recipients of a list have the message already, from a mailing that the ledger does not know: both
//! ways to continue.

use crate::run::{Elsewhere, Witness};
use crate::words::{Said, say};

use super::advice::Advice;

/// Both ways, as whole commands.
pub(super) fn steps(elsewhere: &Elsewhere, advice: &Advice) -> Vec<Said> {
    let new = advice.send_asking(&["--new"]);
    let mut steps = vec![match elsewhere.known.have {
        None => say!("cli-elsewhere-new-also", command = new),
        Some(0) => say!("cli-elsewhere-new", command = new),
        Some(have) => say!("cli-elsewhere-new-again", have = have, command = new),
    }];
    match &elsewhere.witness {
        Witness::CopyOf(folder) => {
            let there = Advice::of_place(folder, None).send(&[]);
            steps.push(say!("cli-elsewhere-continue-there", command = there));
            steps.push(say!("cli-elsewhere-continue-here"));
        }
        Witness::Results(..) => steps.push(say!("cli-elsewhere-bring-ledger")),
        Witness::Newer(..) => steps.push(say!("cli-elsewhere-bring-newer")),
    }
    steps
}
