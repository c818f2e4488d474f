//! People of a list have the message already, from a mailing that the ledger does not know: who, and
//! both ways on.

use crate::run::{Elsewhere, Witness};

use super::advice::{Advice, who_have_it};
use super::wording::{moment, thousands};

/// What was found.
pub(super) fn words(elsewhere: &Elsewhere) -> String {
    let Elsewhere { witness, known } = elsewhere;
    let of = |started_at: &str| match started_at {
        "" => "a mailing".to_owned(),
        started_at => format!("the mailing of {}", moment(started_at)),
    };
    let what = match witness {
        Witness::CopyOf(folder) => format!("this campaign is a copy of the one in {}", folder.display()),
        Witness::Results(results, started_at) => format!(
            "{} holds the results of {}, and no ledger here knows it",
            results.display(),
            of(started_at)
        ),
        Witness::Newer(results, started_at) => format!(
            "{} tells of more than the ledger knows of {}: an older ledger has taken its place",
            results.display(),
            of(started_at)
        ),
    };
    let who = match known.have {
        None => "who has the message is not known".to_owned(),
        Some(0) => format!(
            "{} of the {} people in this list are in its mailing, too",
            thousands(known.shared),
            thousands(known.listed)
        ),
        Some(have) => {
            let more = have.saturating_sub(known.names.len() as u64);
            let more = if more > 0 {
                format!(" and {} more", thousands(more))
            } else {
                String::new()
            };
            format!(
                "{} of the {} people in this list {} its message: {}{more}",
                thousands(have),
                thousands(known.listed),
                if have == 1 { "has" } else { "have" },
                known.names.join(", ")
            )
        }
    };
    format!("error: {what}; {who}. Nothing was sent.")
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
