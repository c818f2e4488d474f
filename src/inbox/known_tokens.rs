//! The messages and people of a ledger by their tokens, which nobody can guess.

use crate::ledger::{Ledger, LedgerError, Sent};
use crate::recipients::TokenKey;

use super::token_index::TokenIndex;

/// The tokens of messages, and those that people leave with.
pub(super) struct KnownTokens {
    messages: TokenIndex,
    key: Option<TokenKey>,
    /// Made when it is asked for: for each recipient, that takes as long as all the rest.
    leaving: Option<TokenIndex>,
}

impl KnownTokens {
    /// Of this ledger; `key` makes the tokens that people leave with.
    pub(super) fn of(ledger: &Ledger, key: Option<TokenKey>) -> Result<Self, LedgerError> {
        let mut messages = TokenIndex::default();
        ledger.each_token(|token, recipient| messages.add(token, recipient))?;
        messages.sort();
        Ok(Self {
            messages,
            key,
            leaving: None,
        })
    }

    /// The messages of these tokens.
    pub(super) fn by_message(&self, ledger: &Ledger, tokens: &[String]) -> Result<Vec<Sent>, LedgerError> {
        let mut found: Vec<Sent> = Vec::new();
        for token in tokens {
            for recipient in self.messages.of(token) {
                let sent = ledger.sent_to(recipient)?;
                found.extend(sent.filter(|sent| sent.token == *token));
            }
        }
        Ok(found)
    }

    /// The latest mailing to each person whose token is among these.
    pub(super) fn by_leaving(
        &mut self,
        ledger: &Ledger,
        tokens: &[String],
    ) -> Result<Vec<Sent>, LedgerError> {
        let Some(key) = self.key.clone().filter(|_| !tokens.is_empty()) else {
            return Ok(Vec::new());
        };
        if self.leaving.is_none() {
            let mut index = TokenIndex::default();
            ledger.each_sent_address(|address, recipient| index.add(&key.of_folded(address), recipient))?;
            index.sort();
            self.leaving = Some(index);
        }
        let mut found: Vec<Sent> = Vec::new();
        for token in tokens {
            let all = self
                .leaving
                .as_ref()
                .map(|index| index.of(token))
                .unwrap_or_default();
            let mut latest: Option<Sent> = None;
            for recipient in all {
                let sent = ledger.sent_to(recipient)?.filter(|sent| {
                    let address = sent.address.as_deref();
                    address.is_some_and(|address| key.of_folded(address) == *token)
                });
                if sent
                    .as_ref()
                    .is_some_and(|sent| latest.as_ref().is_none_or(|latest| latest.mailing < sent.mailing))
                {
                    latest = sent;
                }
            }
            found.extend(latest);
        }
        Ok(found)
    }
}
