//! What is checked, and what happens to the rows that pass.

use lettre::Address;

use crate::audience::Audience;
use crate::campaign::{Campaign, Problem, Problems};
use crate::message::{Composer, Content, MailingId, NamedFile, Signing, Stamp};
use crate::pass::Pass;
use crate::recipients::Key;
use crate::table::Row;
use crate::words::Said;

/// What the user has allowed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// Rows without a valid recipient are left out instead of stopping.
    pub skip_invalid: bool,
    /// Of rows with the same recipient, the first is taken.
    pub skip_duplicates: bool,
}

/// What is checked.
#[derive(Clone)]
pub struct Plan<'p> {
    /// The campaign.
    pub campaign: &'p Campaign,
    /// Composes its messages.
    pub pass: Pass<'p>,
    /// What the user lets by.
    pub allowed: Allowed,
    /// How many of the recipients' domains are wanted.
    pub domains: usize,
    /// Octets that signatures add to each message, also where none is made.
    pub signatures: u64,
    /// Receives everything that is wrong with a row.
    pub faults: &'p (dyn Fn(&Row, &Problem) + Sync),
}

impl<'p> Plan<'p> {
    /// Looks at every message and keeps none.
    pub fn new(
        campaign: &'p Campaign,
        audience: &'p Audience,
        composer: &'p Composer,
        allowed: Allowed,
    ) -> Self {
        let stamp = Stamp::new(MailingId::of_dry_run(&campaign.name));
        let signatures = campaign.message.dkim.iter();
        Self {
            campaign,
            pass: Pass::new(audience, composer, stamp),
            allowed,
            domains: 0,
            signatures: signatures
                .map(|plan| Signing::octets(&plan.domain, &plan.selector))
                .sum(),
            faults: &|_, _| {},
        }
    }
}

/// The result of a row.
#[derive(Debug)]
pub enum Taken<'t> {
    /// A recipient.
    Recipient {
        /// Who it is.
        key: &'t Key,
        /// The To address.
        to: &'t Address,
        /// Whether this run is about it.
        chosen: bool,
        /// The message, where it was asked for.
        content: Option<Content>,
        /// The files in it that the row names.
        files: Vec<NamedFile>,
    },
    /// No recipient, and why; only where that is allowed.
    Invalid(&'t Problems),
    /// The recipient of an earlier row; only where that is allowed.
    Duplicate,
    /// A recipient who is not to be written to; not composed.
    Suppressed {
        /// Who it is.
        key: &'t Key,
        /// Where they stand: `unsubscribed.csv, line 3`.
        why: &'t Said,
    },
}
