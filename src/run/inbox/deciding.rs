//! What a person decides about answers: `--undo` takes back what they caused, `--confirm` says yes to
//! what they ask for.

use crate::campaign::Folders;
use crate::inbox::{Affected, Followed};
use crate::ledger::{Answer, BounceKind, Recorded, What};

use super::super::environment::Environment;
use super::super::failure::RunError;
use super::opened::Opened;

/// What was decided.
#[derive(Debug, Default)]
pub struct Decided {
    /// What people call the answers that were decided about.
    pub names: Vec<String>,
    /// Those about which the same was decided before.
    pub before: Vec<String>,
    /// What followed for statuses and the suppression list.
    pub followed: Followed,
    /// Addresses that stay on the suppression list because of another answer, with its name.
    pub still: Vec<(String, String)>,
}

/// Takes back all that these answers caused, in the ledger and on the suppression list.
///
/// # Errors
/// No answer is called so, another run has the campaign, or a file cannot be written. Nothing is changed
/// then.
pub fn undo_answers(
    folders: &Folders,
    environment: &Environment,
    names: &[String],
) -> Result<Decided, RunError> {
    decide(folders, environment, names, &|opened, answer, _| {
        let new = answer.undone_at.is_none();
        opened.change.undo_answer(answer.id)?;
        Ok(Some(new))
    })
}

/// Says yes to what these answers ask for: whom they are about is suppressed.
///
/// # Errors
/// No answer is called so, one asks for nothing, another run has the campaign, or a file cannot be
/// written. Nothing is changed then.
pub fn confirm_answers(
    folders: &Folders,
    environment: &Environment,
    names: &[String],
) -> Result<Decided, RunError> {
    decide(folders, environment, names, &|opened, answer, effects| {
        if !effects.iter().any(asks) {
            return Ok(None);
        }
        let new = answer.confirmed_at.is_none() || answer.undone_at.is_some();
        if new {
            opened.change.confirm_answer(answer.id)?;
        }
        Ok(Some(new))
    })
}

/// Whether a yes to it suppresses a person.
fn asks(one: &Recorded) -> bool {
    one.effect.address.is_some()
        && match one.effect.what {
            What::Unsubscribe | What::Complaint => true,
            What::Bounce => one.effect.kind == Some(BounceKind::Hard),
            What::Delayed
            | What::Delivered
            | What::Autoreply
            | What::Challenge
            | What::Receipt
            | What::Reply
            | What::Other => false,
        }
}

/// Decides about an answer: whether that is new; `None` if there is nothing to decide.
type Decide<'d> = dyn Fn(&mut Opened, &Answer, &[Recorded]) -> Result<Option<bool>, RunError> + 'd;

fn decide(
    folders: &Folders,
    environment: &Environment,
    names: &[String],
    each: &Decide<'_>,
) -> Result<Decided, RunError> {
    let mut opened = Opened::of(folders, environment, false)?;
    let listed = opened.listed()?;
    let (mut decided, mut affected) = (Decided::default(), Affected::default());
    let (mut unknown, mut nothing, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
    for typed in names {
        let name = typed.trim().to_ascii_lowercase();
        let Some(answer) = opened.change.answer_named(&name)? else {
            unknown.push(typed.clone());
            continue;
        };
        let effects = opened.change.effects_of_answer(answer.id)?;
        match each(&mut opened, &answer, &effects)? {
            Some(true) => decided.names.push(name),
            Some(false) => decided.before.push(name),
            None => nothing.push(name),
        }
        for one in &effects {
            affected.note(&one.effect);
            addresses.extend(one.effect.address.clone());
        }
    }
    if !unknown.is_empty() {
        return Err(RunError::NoAnswer(unknown));
    }
    if !nothing.is_empty() {
        return Err(RunError::NothingToConfirm(nothing));
    }
    decided.followed = affected.weigh(&mut opened.change, &listed, environment.now())?;
    for address in addresses {
        if let Some(other) = opened.change.suppressed_by(&address)?
            && !decided.names.contains(&other)
        {
            decided.still.push((address, other));
        }
    }
    decided.still.dedup();
    let followed = decided.followed.clone();
    opened.keep(&followed)?;
    Ok(decided)
}
