//! Whose message an answer is about, by what shows it best: the token of the message; the token that
//! the person leaves with; `{{ verp }}`; the address, if only one mailing of late has it.

use jiff::{SignedDuration, Timestamp};

use crate::ledger::{Ledger, LedgerError, Matched, Sent, Status};
use crate::recipients::{Key, TokenKey};

use super::elsewhere::Elsewhere;
use super::sort::{Action, Class, Reported, Sorted};
use super::token_index::TokenIndex;
use super::unmatched::Unmatched;
use super::verp;

/// A mailing is found by an address for so long.
const OF_LATE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Clocks of mail servers differ, and people write dates without a zone.
const CLOCKS: SignedDuration = SignedDuration::from_hours(24);

/// Finds whose message an answer is about, in the ledger of one campaign.
pub struct Matcher {
    tokens: TokenIndex,
    key: Option<TokenKey>,
    leaving: Option<TokenIndex>,
    elsewhere: Elsewhere,
    now: Timestamp,
}

/// A recipient whom an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which of the recipients that the answer reports it is; `None` if it is about its sender.
    pub reported: Option<usize>,
    /// The recipient in the ledger.
    pub sent: Sent,
    /// How it was found.
    pub how: Matched,
    /// Whom of those who got the message it is about.
    pub whom: Whom,
    /// The address that the answer names, if that is another: the message was forwarded.
    pub named: Option<String>,
}

/// Whom of those who got a message an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Its recipient.
    Recipient,
    /// A Cc or Bcc, by address.
    Copy(String),
    /// Somebody else whom the recipient's mail went to as well.
    Other,
}

/// Whom an answer is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Those who were found.
    pub matches: Vec<Match>,
    /// Why others were not.
    pub unmatched: Vec<Unmatched>,
}

/// What the tokens and addresses of an answer lead to.
struct Clues<'s> {
    sorted: &'s Sorted,
    date: Option<Timestamp>,
    by_token: Vec<Sent>,
    by_leaving: Vec<Sent>,
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
        let mut tokens = TokenIndex::default();
        ledger.each_token(|token, recipient| tokens.add(token, recipient))?;
        tokens.sort();
        Ok(Self {
            tokens,
            key,
            leaving: None,
            elsewhere,
            now,
        })
    }

    /// Whom an answer is about.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn about(&mut self, ledger: &Ledger, sorted: &Sorted) -> Result<About, LedgerError> {
        let by_token = self.by_tokens(ledger, &sorted.tokens)?;
        let by_leaving = if by_token.is_empty() || sorted.class == Class::Unsubscribe {
            self.by_leaving(ledger, &sorted.tokens)?
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

    fn by_tokens(&self, ledger: &Ledger, tokens: &[String]) -> Result<Vec<Sent>, LedgerError> {
        let mut found: Vec<Sent> = Vec::new();
        for token in tokens {
            for recipient in self.tokens.of(token) {
                let sent = ledger.sent_to(recipient)?;
                found.extend(sent.filter(|sent| sent.token == *token));
            }
        }
        Ok(found)
    }

    /// The latest mailing to each person whose token is among these.
    fn by_leaving(&mut self, ledger: &Ledger, tokens: &[String]) -> Result<Vec<Sent>, LedgerError> {
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

    /// An answer of a person, or of a program for a person.
    fn sender(
        &mut self,
        ledger: &Ledger,
        clues: &Clues<'_>,
    ) -> Result<Result<Match, Unmatched>, LedgerError> {
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
        // What only comes from somebody is an answer if it is one to anything.
        if sorted.class == Class::Other {
            return Ok(Err(self.nowhere(ledger, clues)?));
        }
        let Some(from) = from else {
            return Ok(Err(self.nowhere(ledger, clues)?));
        };
        let mut sent = ledger.sent_to_address(&from)?;
        sent.retain(|sent| was_sent(sent) && self.is_of_late(sent) && !is_before(clues.date, sent));
        Ok(match sent.into_iter().next() {
            Some(sent) => Ok(Match::of(sent, Matched::Address)),
            None => Err(self.nowhere(ledger, clues)?),
        })
    }

    /// A report that names no recipient.
    fn whole(&mut self, ledger: &Ledger, clues: &Clues<'_>) -> Result<Result<Match, Unmatched>, LedgerError> {
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
            None => Err(self.nowhere(ledger, clues)?),
        })
    }

    /// A recipient whom an answer reports.
    fn reported(
        &mut self,
        ledger: &Ledger,
        clues: &Clues<'_>,
        reported: &Reported,
    ) -> Result<Result<Match, Unmatched>, LedgerError> {
        let named = named(reported);
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
        let others = clues.sorted.recipients.iter().map(self::named);
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
        &mut self,
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
            None => Ok(Err(self.nowhere(ledger, clues)?)),
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

    /// Nobody in this ledger: who else it may be about.
    fn nowhere(&mut self, ledger: &Ledger, clues: &Clues<'_>) -> Result<Unmatched, LedgerError> {
        let sorted = clues.sorted;
        if sorted.tokens.is_empty() {
            return Ok(Unmatched::NoMessage);
        }
        let mut addresses: Vec<String> = sorted.recipients.iter().flat_map(named).collect();
        addresses.extend(
            sorted
                .from
                .iter()
                .map(|from| Key::typed(from).as_str().to_owned()),
        );
        addresses.extend(sorted.envelope_to.iter().flat_map(|to| verp::meant(to)));
        for purged in ledger.purged_mailings()? {
            let theirs = |address: &String| {
                let token = purged.uid.token(&Key::stored(address.clone()), "");
                sorted.tokens.contains(&token)
            };
            if addresses.iter().any(theirs) {
                return Ok(Unmatched::Purged {
                    mailing: purged.nth,
                    purged_at: purged.purged_at,
                });
            }
        }
        Ok(match self.elsewhere.campaign_of(&sorted.tokens) {
            Some(campaign) => Unmatched::OtherCampaign(campaign),
            None => Unmatched::NoMessage,
        })
    }
}

impl Match {
    fn of(sent: Sent, how: Matched) -> Self {
        Self {
            reported: None,
            sent,
            how,
            whom: Whom::Recipient,
            named: None,
        }
    }
}

/// Whether a person, or a program for a person, says something of themselves.
fn is_about_its_sender(sorted: &Sorted) -> bool {
    match sorted.class {
        Class::Autoreply
        | Class::Challenge
        | Class::Receipt
        | Class::Unsubscribe
        | Class::Reply
        | Class::Other => true,
        Class::Bounce | Class::Delayed | Class::Delivered | Class::Complaint => false,
    }
}

/// The addresses by which a report calls a recipient, as keys are.
fn named(reported: &Reported) -> Vec<String> {
    let mut named = Vec::new();
    // What we wrote to comes first, where the report has it.
    for address in reported.original.iter().chain(Some(&reported.address)) {
        let address = Key::typed(address).as_str().to_owned();
        if address.contains('@') && !named.contains(&address) {
            named.push(address);
        }
    }
    named
}

/// With the address that the report has, if it is another than ours.
fn with_name(found: Match, named: &[String]) -> Match {
    let other = named
        .iter()
        .rfind(|address| found.sent.address.as_ref() != Some(address));
    Match {
        named: other.cloned(),
        ..found
    }
}

/// The one person among these, in the latest mailing; of several, the one of this address.
fn one_person<'s>(found: &'s [Sent], from: Option<&str>) -> Option<&'s Sent> {
    let theirs = |sent: &&Sent| from.is_some() && sent.address.as_deref() == from;
    let of_from = found.iter().filter(theirs).max_by_key(|sent| sent.mailing);
    if of_from.is_some() {
        return of_from;
    }
    let first = found.first()?;
    let one = found
        .iter()
        .all(|sent| sent.key == first.key && sent.address == first.address);
    found.iter().filter(|_| one).max_by_key(|sent| sent.mailing)
}

/// Whether a message can have come back from them: an address proves nothing of a message that no relay
/// took.
fn was_sent(sent: &Sent) -> bool {
    matches!(sent.status, Status::Accepted | Status::Bounced)
}

/// Whether an answer is older than the mailing.
fn is_before(date: Option<Timestamp>, sent: &Sent) -> bool {
    let began: Option<Timestamp> = sent.started_at.parse().ok();
    match (date, began) {
        (Some(date), Some(began)) => began.duration_since(date) > CLOCKS,
        _ => false,
    }
}
