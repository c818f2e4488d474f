//! Whether an answer is about a message of another campaign of this user.

use std::path::PathBuf;

use crate::ledger::{Ledger, LedgerError};

use super::token_index::TokenIndex;
use super::unmatched::OtherCampaign;

/// Messages of other campaigns that are remembered, at most: 16 octets each.
const MOST: usize = 1_000_000;

/// The ledgers of other campaigns, read when the first answer asks for one.
pub struct Elsewhere {
    ledgers: Vec<PathBuf>,
    index: Option<TokenIndex>,
}

impl Elsewhere {
    /// Of these ledgers; those that cannot be read say nothing.
    pub fn new(ledgers: Vec<PathBuf>) -> Self {
        Self { ledgers, index: None }
    }

    /// The campaign that sent a message with one of these tokens.
    pub(super) fn campaign_of(&mut self, tokens: &[String]) -> Option<OtherCampaign> {
        let ledgers = &self.ledgers;
        let index = self.index.get_or_insert_with(|| read(ledgers));
        for token in tokens {
            // Sixty bits of it: nobody meets a second in a life of mailings.
            if let Some(at) = index.of(token).first().copied() {
                let ledger = usize::try_from(at).ok().and_then(|at| ledgers.get(at))?;
                return Ledger::look(ledger).ok().map(|found| campaign(&found));
            }
        }
        None
    }
}

fn read(ledgers: &[PathBuf]) -> TokenIndex {
    let mut index = TokenIndex::default();
    for (at, ledger) in (0..).zip(ledgers) {
        if index.len() > MOST {
            break;
        }
        // It may be damaged, or gone by now: then nothing is known of it.
        let _: Result<(), LedgerError> = Ledger::each_token_in(ledger, |token, _| {
            if index.len() <= MOST {
                index.add(token, at);
            }
        });
    }
    index.sort();
    index
}

fn campaign(found: &crate::ledger::FoundLedger) -> OtherCampaign {
    match &found.identity {
        Some(identity) => OtherCampaign {
            name: identity.home.name.clone(),
            folder: PathBuf::from(&identity.home.folder),
            file: identity.home.file.clone(),
        },
        None => OtherCampaign {
            name: found
                .path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            folder: found
                .path
                .parent()
                .and_then(std::path::Path::parent)
                .unwrap_or(&found.path)
                .to_owned(),
            file: None,
        },
    }
}
