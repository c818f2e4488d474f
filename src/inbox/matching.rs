//! Whose message an answer is about, by what shows it best: the token of the message; the token that
//! the person leaves with; `{{ verp }}`; the address, if only one mailing of late has it.

use jiff::{SignedDuration, Timestamp};

use crate::ledger::{Ledger, LedgerError, Matched, PurgedMailing, Sent};
use crate::recipients::{Key, TokenKey};

use super::clues::{Clues, addresses_in, is_about_its_sender, is_before, one_person, was_sent, with_name};
use super::elsewhere::Elsewhere;
use super::known_tokens::KnownTokens;
use super::matched::{About, Match, Whom};
use super::sort::{Class, Reported, Sorted};
use super::unmatched::Unmatched;
use super::verp;

/// A mailing is found by an address for so long.
const OF_LATE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Finds whose message an answer is about, in the ledger of one campaign.
pub struct Matcher {
    tokens: KnownTokens,
    elsewhere: Elsewhere,
    purged: Vec<PurgedMailing>,
    now: Timestamp,
}

impl Matcher {
    /// In this ledger; `key` makes the tokens that people leave with.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn new(
        ledger: &Ledger,
        key: Option<TokenKey>,
        elsewhere: Elsewhere,
        now: Timestamp,
    ) -> Result<Self, LedgerError> {
        Ok(Self {
            tokens: KnownTokens::of(ledger, key)?,
            elsewhere,
            purged: ledger.purged_mailings()?,
            now,
        })
    }

    /// Whom an answer is about.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn about(&mut self, ledger: &Ledger, sorted: &Sorted) -> Result<About, LedgerError> {
        let by_token = self.tokens.by_message(ledger, &sorted.tokens)?;
        let by_leaving = if by_token.is_empty() || sorted.class == Class::Unsubscribe {
            self.tokens.by_leaving(ledger, &sorted.tokens)?
        } else {
            Vec::new()
        };
        let clues = Clues {
            date: sorted.date,
            sorted,
            by_token,
            by_leaving,
        };
        let mut about = About::default();
        // The message of another campaign, or of a purged mailing: what else it names was said of that.
        if clues.by_token.is_empty()
            && (clues.by_leaving.is_empty() || sorted.class != Class::Unsubscribe)
            && let Some(why) = self.elsewhere(sorted)
        {
            about.unmatched.push(why);
            return Ok(about);
        }
        if is_about_its_sender(sorted) {
            match self.sender(ledger, &clues)? {
                Ok(found) => about.matches.push(found),
                Err(why) => about.unmatched.push(why),
            }
            return Ok(about);
        }
        if sorted.recipients.is_empty() {
            match self.whole(ledger, &clues)? {
                Ok(found) => about.matches.push(found),
                Err(why) => about.unmatched.push(why),
            }
        }
        for (at, reported) in sorted.recipients.iter().enumerate() {
            match self.reported(ledger, &clues, reported)? {
                Ok(found) => about.matches.push(Match {
                    reported: Some(at),
                    ..found
                }),
                Err(why) => about.unmatched.push(why),
            }
        }
        Ok(about)
    }

    /// An answer of a person, or of a program for a person.
    fn sender(&self, ledger: &Ledger, clues: &Clues<'_>) -> Result<Result<Match, Unmatched>, LedgerError> {
        let sorted = clues.sorted;
        let from = sorted
            .from
            .as_deref()
            .map(|from| Key::typed(from).as_str().to_owned());
        let leaving = (&clues.by_leaving, Matched::LeavingToken);
        let message = (&clues.by_token, Matched::Token);
        let order = if sorted.class == Class::Unsubscribe {
            [leaving, message]
        } else {
            [message, leaving]
        };
        for (found, how) in order {
            if let Some(sent) = one_person(found, from.as_deref()) {
                return Ok(Ok(Match::of(sent.clone(), how)));
            }
            if !found.is_empty() {
                return Ok(Err(Unmatched::SeveralMessages));
            }
        }
        if let Some(sent) = self.by_verp(ledger, clues)? {
            return Ok(Ok(Match::of(sent, Matched::Verp)));
        }
        // What only comes from a recipient is an answer if it is one to anything.
        if sorted.class == Class::Other {
            return Ok(Err(Unmatched::NoMessage));
        }
        let Some(from) = from else {
            return Ok(Err(Unmatched::NoMessage));
        };
        let mut sent = ledger.sent_to_address(&from)?;
        sent.retain(|sent| was_sent(sent) && self.is_of_late(sent) && !is_before(clues.date, sent));
        Ok(match sent.into_iter().next() {
            Some(sent) => Ok(Match::of(sent, Matched::Address)),
            None => Err(Unmatched::NoMessage),
        })
    }

    /// A report that names no recipient.
    fn whole(&self, ledger: &Ledger, clues: &Clues<'_>) -> Result<Result<Match, Unmatched>, LedgerError> {
        for (found, how) in [
            (&clues.by_token, Matched::Token),
            (&clues.by_leaving, Matched::LeavingToken),
        ] {
            if let Some(sent) = one_person(found, None) {
                return Ok(Ok(Match::of(sent.clone(), how)));
            }
            if !found.is_empty() {
                return Ok(Err(Unmatched::SeveralMessages));
            }
        }
        Ok(match self.by_verp(ledger, clues)? {
            Some(sent) => Ok(Match::of(sent, Matched::Verp)),
            None => Err(Unmatched::NoMessage),
        })
    }

    /// A recipient whom an answer reports.
    fn reported(
        &self,
        ledger: &Ledger,
        clues: &Clues<'_>,
        reported: &Reported,
    ) -> Result<Result<Match, Unmatched>, LedgerError> {
        let named = addresses_in(reported);
        for (found, how) in [
            (&clues.by_token, Matched::Token),
            (&clues.by_leaving, Matched::LeavingToken),
        ] {
            let exact = found.iter().find(|sent| {
                sent.address
                    .as_ref()
                    .is_some_and(|address| named.contains(address))
            });
            if let Some(sent) = exact {
                return Ok(Ok(with_name(Match::of(sent.clone(), how), &named)));
            }
            if let Some(sent) = one_person(found, None) {
                return self.another_address(ledger, clues, sent, how, &named).map(Ok);
            }
            if !found.is_empty() {
                return Ok(Err(Unmatched::SeveralMessages));
            }
        }
        if let Some(sent) = self.by_verp(ledger, clues)? {
            let is_theirs = sent
                .address
                .as_ref()
                .is_some_and(|address| named.contains(address));
            return Ok(if is_theirs || named.is_empty() {
                Ok(with_name(Match::of(sent, Matched::Verp), &named))
            } else {
                // Forwarded: that is known by a token only.
                Err(Unmatched::AnotherAddress {
                    ours: sent.address.unwrap_or(sent.key),
                })
            });
        }
        self.by_address(ledger, clues, &named)
    }

    /// A token leads to a message, and the report names another address than its recipient's: a copy of
    /// it, or where the recipient's mail is forwarded to.
    fn another_address(
        &self,
        ledger: &Ledger,
        clues: &Clues<'_>,
        sent: &Sent,
        how: Matched,
        named: &[String],
    ) -> Result<Match, LedgerError> {
        let mut found = with_name(Match::of(sent.clone(), how), named);
        let copies = Self::copies_of(ledger, sent)?;
        if let Some(copy) = named.iter().find(|address| copies.contains(*address)) {
            found.whom = Whom::Copy(copy.clone());
            found.named = None;
            return Ok(found);
        }
        // What the report says of the recipient counts for the recipient.
        let others = clues.sorted.recipients.iter().map(addresses_in);
        let is_reported = others
            .flatten()
            .any(|address| sent.address.as_ref() == Some(&address));
        if is_reported {
            found.whom = Whom::Other;
        }
        Ok(found)
    }

    /// The addresses that may have got a copy of a message.
    fn copies_of(ledger: &Ledger, sent: &Sent) -> Result<Vec<String>, LedgerError> {
        let mut texts = Vec::new();
        for part in ["cc", "bcc"] {
            texts.extend(ledger.text_of(sent.mailing, part)?);
        }
        if !texts.is_empty() || ledger.has_column(sent.mailing, crate::recipients::CC_COLUMN)? {
            texts.extend(ledger.cells_of(sent.recipient)?);
        }
        let words = texts.iter().flat_map(|text| {
            text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '\''))
        });
        let addresses = words
            .filter(|word| word.contains('@'))
            .map(|word| Key::typed(word).as_str().to_owned());
        Ok(addresses
            .filter(|address| sent.address.as_ref() != Some(address))
            .collect())
    }

    /// The latest mailing to the person whom the address says that the answer came to.
    fn by_verp(&self, ledger: &Ledger, clues: &Clues<'_>) -> Result<Option<Sent>, LedgerError> {
        for to in &clues.sorted.envelope_to {
            for address in verp::meant(to) {
                let sent = ledger.sent_to_address(&address)?.into_iter();
                let mut sent = sent.filter(|sent| was_sent(sent) && !is_before(clues.date, sent));
                if let Some(latest) = sent.next() {
                    return Ok(Some(latest));
                }
            }
        }
        Ok(None)
    }

    /// By what the report names alone.
    fn by_address(
        &self,
        ledger: &Ledger,
        clues: &Clues<'_>,
        named: &[String],
    ) -> Result<Result<Match, Unmatched>, LedgerError> {
        let mut closest = None;
        for address in named {
            let all = ledger.sent_to_address(address)?;
            let of_late: Vec<&Sent> = all
                .iter()
                .filter(|sent| was_sent(sent) && self.is_of_late(sent) && !is_before(clues.date, sent))
                .collect();
            match of_late.as_slice() {
                [sent] => return Ok(Ok(with_name(Match::of((*sent).clone(), Matched::Address), named))),
                [] if all.is_empty() => {}
                [] => {
                    closest.get_or_insert_with(|| self.not_of_late(clues, &all));
                }
                [_, _, ..] => {
                    closest = Some(Unmatched::SeveralMailings {
                        mailings: of_late.iter().map(|sent| sent.nth).collect(),
                    });
                }
            }
        }
        match closest {
            Some(why) => Ok(Err(why)),
            None => Ok(Err(Unmatched::NoMessage)),
        }
    }

    fn not_of_late(&self, clues: &Clues<'_>, all: &[Sent]) -> Unmatched {
        let latest = all.first();
        match latest {
            Some(latest) if !was_sent(latest) => Unmatched::NotSent {
                status: latest.status,
            },
            Some(latest) if self.is_of_late(latest) && is_before(clues.date, latest) => Unmatched::Older,
            Some(_) | None => Unmatched::LongAgo,
        }
    }

    fn is_of_late(&self, sent: &Sent) -> bool {
        let began: Option<Timestamp> = sent.started_at.parse().ok();
        began.is_some_and(|began| self.now.duration_since(began) <= OF_LATE)
    }

    /// Whose message it is about that is not in this ledger, or no longer.
    fn elsewhere(&mut self, sorted: &Sorted) -> Option<Unmatched> {
        if sorted.tokens.is_empty() {
            return None;
        }
        let mut addresses: Vec<String> = sorted.recipients.iter().flat_map(addresses_in).collect();
        let from = sorted.from.iter();
        addresses.extend(from.map(|from| Key::typed(from).as_str().to_owned()));
        addresses.extend(sorted.envelope_to.iter().flat_map(|to| verp::meant(to)));
        for purged in &self.purged {
            let theirs = |address: &String| {
                let token = purged.uid.token(&Key::stored(address.clone()), "");
                sorted.tokens.contains(&token)
            };
            if addresses.iter().any(theirs) {
                return Some(Unmatched::Purged {
                    mailing: purged.nth,
                    purged_at: purged.purged_at.clone(),
                });
            }
        }
        let campaign = self.elsewhere.campaign_of(&sorted.tokens);
        campaign.map(Unmatched::OtherCampaign)
    }
}
