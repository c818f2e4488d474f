//! The suppression lists: the campaign's and the user's own, read before anything else is done with
//! the recipients.

use std::path::PathBuf;

use crate::campaign::{Campaign, Problem, Problems};
use crate::recipients::Suppression;
use crate::storage::{Obstacle, is_absent};
use crate::userdata::{SuppressionList, existing_unsubscribe_key};
use crate::words::{Speak as _, say, system};

use super::environment::Environment;
use super::failure::RunError;

/// A list, and what it held; `None` when there was none.
#[derive(Debug, Clone)]
pub(super) struct ListRead {
    pub(super) path: PathBuf,
    pub(super) shown: String,
    pub(super) digest: Option<[u8; 32]>,
}

/// Reads all lists of a campaign.
///
/// # Errors
/// Every line that is not an entry; a file that does not exist; tokens without the key that they
/// were made with.
pub(super) fn read(
    campaign: &Campaign,
    environment: &Environment,
) -> Result<(Suppression, Vec<ListRead>), RunError> {
    let mut suppression = Suppression::default();
    let mut lists = Vec::new();
    let mut problems = Problems::default();
    for list in &campaign.recipients.suppress {
        match suppression.read(&list.path, &list.shown, Some(&list.shown)) {
            Ok(Ok(digest)) => lists.push(ListRead {
                path: list.path.clone(),
                shown: list.shown.clone(),
                digest: Some(digest),
            }),
            Ok(Err(more)) => problems.0.extend(more.0),
            Err(error) => problems.push(
                Problem::error(say!(
                    "run-list-unreadable",
                    list = &list.shown,
                    why = system(&error)
                ))
                .at(list.place.clone())
                .help(say!("run-hint-list-name"))
                .help(say!("run-hint-list-needed")),
            ),
        }
    }
    if let Some(own) = environment.state().map(SuppressionList::below) {
        let shown = own.path().display().to_string();
        let digest = match suppression.read(own.path(), &shown, None) {
            Ok(Ok(digest)) => Some(digest),
            Ok(Err(more)) => {
                problems.0.extend(more.0);
                None
            }
            Err(_) if is_absent(own.path()) => None,
            Err(error) => {
                let obstacle = Obstacle::to_file(own.path(), error);
                let problem = Problem::error(say!("run-own-list-unreadable", path = &shown, why = &obstacle));
                problems.push(obstacle.hints().into_iter().fold(problem, Problem::help));
                None
            }
        };
        lists.push(ListRead {
            path: own.path().to_owned(),
            shown,
            digest,
        });
    }
    if problems.has_errors() {
        return Err(problems.into());
    }
    let Some(place) = suppression.first_token() else {
        return Ok((suppression, lists));
    };
    // A key made now would make other tokens: those of the list would mean nobody.
    match existing_unsubscribe_key(environment.state())? {
        Some(key) => Ok((suppression.with_key(key), lists)),
        None => Err(Problems::from(
            Problem::error(say!("run-tokens-without-key", place = place)).help(say!("run-hint-copy-key")),
        )
        .into()),
    }
}
