//! What became of recipients in the mailing before, for a `where` that asks for it.
//!
//! The mailing before is the last one in which anybody was tried, before the one that the run is about.
//! So a run that goes on with a mailing chooses the same people as the run that began it.

use crate::audience::{Condition, Outcome, Outcomes};
use crate::campaign::{Place, Problem, Problems};
use crate::ledger::{Became, EarlierMailing, Ledger, LedgerError, Mailing, Next, Reader};
use crate::words::{Arg, Said, say};

use super::failure::RunError;
use super::place::place;
use super::prepare::Prepared;

impl Prepared {
    /// Where a condition asks what became of recipients before.
    fn asks_earlier<'p>(&'p self, chosen: Option<&'p Condition>) -> Option<&'p Place> {
        let chosen = chosen.and_then(Condition::asks_at);
        chosen.or_else(|| self.audience.asks_earlier())
    }

    /// Looks back from the mailing that a run is about. Returns what to say about it.
    ///
    /// # Errors
    /// Nobody was sent to before; the ledger cannot be read.
    pub(super) fn look_back_from(
        &self,
        chosen: Option<&Condition>,
        ledger: &Ledger,
        mailing: &Mailing,
    ) -> Result<Option<Said>, RunError> {
        let Some(place) = self.asks_earlier(chosen) else {
            return Ok(None);
        };
        let begun = ledger.tried(mailing)? > 0;
        let earlier = known(ledger.earlier(mailing)?, place, begun)?;
        self.audience.look_back(Outcomes::new(|put| {
            ledger.each_of(&earlier, |became| {
                Ok::<_, RunError>(put(became.key, outcome(&became))?)
            })
        })?);
        Ok(Some(told(&earlier)))
    }

    /// Looks back from the run that would be next; for those who leave the ledger alone.
    ///
    /// # Errors
    /// Nobody was sent to before; the ledger cannot be read.
    pub(super) fn look_back(&self, chosen: Option<&Condition>, next: Next) -> Result<Option<Said>, RunError> {
        let Some(at) = self.asks_earlier(chosen) else {
            return Ok(None);
        };
        let ledger = place(&self.campaign.own_folders())?.ledger;
        let reader = match Reader::open(&ledger) {
            Ok(reader) => reader,
            Err(LedgerError::None(_)) => return Err(known(None, at, false).err().unwrap_or_default().into()),
            Err(error) => return Err(error.into()),
        };
        let earlier = known(reader.earlier(next)?, at, false)?;
        self.audience.look_back(Outcomes::new(|put| {
            reader.each_of(&earlier, |became| {
                Ok::<_, RunError>(put(became.key, outcome(&became))?)
            })
        })?);
        Ok(Some(told(&earlier)))
    }
}

fn told(earlier: &EarlierMailing) -> Said {
    say!(
        "run-earlier",
        number = Arg::plain(earlier.nth),
        started = Arg::minute(&earlier.started_at)
    )
}

/// The mailing before, where its recipients are known; `begun`: the run goes on with one.
fn known(earlier: Option<EarlierMailing>, place: &Place, begun: bool) -> Result<EarlierMailing, Problems> {
    let (what, hint) = match earlier {
        None if begun => (say!("run-no-earlier"), say!("run-no-earlier-begun-hint")),
        None => (say!("run-no-earlier"), say!("run-no-earlier-first-hint")),
        Some(earlier) => match &earlier.purged_at {
            None => return Ok(earlier),
            Some(day) => (
                say!(
                    "run-earlier-purged",
                    number = Arg::plain(earlier.nth),
                    started = Arg::minute(&earlier.started_at),
                    day = Arg::minute(day)
                ),
                say!("run-earlier-purged-hint"),
            ),
        },
    };
    let problem = Problem::error(what).code("no-earlier-mailing").at(place.clone());
    Err(problem.help(hint).into())
}

fn outcome(became: &Became<'_>) -> Outcome {
    Outcome::of([
        became.status.name().to_owned(),
        became.code.map(|code| code.to_string()).unwrap_or_default(),
        became.reply.to_owned(),
        became.attempts.to_string(),
        became.message_id.to_owned(),
        became.relay.to_owned(),
        became.at.to_owned(),
    ])
}
