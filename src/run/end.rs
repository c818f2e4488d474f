//! How a run ended, and why, for people and for scripts.

use jiff::{SignedDuration, Timestamp};

/// How a run ended, for its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// All chosen recipients are accepted, written or valid.
    Complete,
    /// It finished, but some of its recipients are rejected, or some recipients are deferred, in
    /// doubt or invalid.
    Incomplete,
    /// Nothing was sent: something must be changed first.
    NothingSent,
    /// It stopped early, after something was sent: another run continues.
    Interrupted,
    /// Nothing was sent, and the same run may work later.
    NotNow,
}

impl End {
    /// The end of a run that was not stopped, by whether all its recipients are complete.
    pub const fn of(complete: bool) -> Self {
        if complete {
            Self::Complete
        } else {
            Self::Incomplete
        }
    }

    /// The exit code of the process; summaries and ledgers hold it, too.
    pub const fn exit_code(self) -> i32 {
        match self {
            Self::Complete => 0,
            Self::Incomplete => 1,
            Self::NothingSent => 2,
            Self::Interrupted => 3,
            Self::NotNow => 4,
        }
    }
}

/// Declares the reasons with their names, so that none is without one.
macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident $name:literal,)*) => {
        /// Why a run ended as it did, for programs: the name stays when the words change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $reason,)*
        }

        impl Reason {
            /// Its name in `summary.json` and in the event `finished`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$reason => $name,)*
                }
            }
        }
    };
}

reasons! {
    /// Everything is done.
    Done "done",
    /// Some of this run's recipients are rejected.
    LeftRejected "left_rejected",
    /// A recipient is deferred.
    LeftDeferred "left_deferred",
    /// A recipient is in doubt.
    LeftInDoubt "left_in_doubt",
    /// The options do not fit together, or do not fit what was sent before.
    Usage "usage",
    /// The campaign, its templates or the files that it names are wrong.
    Campaign "campaign",
    /// The check found errors, or rows are left out as invalid.
    Findings "findings",
    /// A password, token or key is not available.
    Secret "secret",
    /// The relay does not accept the login.
    Login "login",
    /// The relay cannot be used as the campaign describes it, now or later.
    RelayRefuses "relay_refuses",
    /// The relay cannot be reached, or refuses everybody for now.
    RelayDown "relay_down",
    /// A limit of the account is used up.
    Quota "quota",
    /// The time of day at which messages may be sent is over.
    Window "window",
    /// The time at which the first message may be sent has not come yet.
    NotYet "not_yet",
    /// A person ended it.
    Signal "signal",
    /// The relay refused every message in the same way.
    Breaker "breaker",
    /// `--max-failures` was reached.
    MaxFailures "max_failures",
    /// The content of the messages has changed.
    InputsChanged "inputs_changed",
    /// The ledger, the reports or the user's state cannot be read or written.
    Ledger "ledger",
    /// The ledger at its place is not the one that the run began with.
    LedgerReplaced "ledger_replaced",
    /// Another run has the campaign.
    Locked "locked",
    /// A defect of this program.
    Internal "internal",
}

/// How a run ended and why, and when another try may fare better where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// How it ended.
    pub end: End,
    /// Why it ended.
    pub reason: Reason,
    /// The time of the next try, if it is known.
    pub retry_at: Option<Timestamp>,
}

impl Ended {
    /// All chosen recipients are done.
    pub const DONE: Self = Self::new(End::Complete, Reason::Done);

    /// Without a time for the next try.
    pub const fn new(end: End, reason: Reason) -> Self {
        Self {
            end,
            reason,
            retry_at: None,
        }
    }

    /// Nothing was sent, and `reason` must be resolved first.
    pub const fn nothing_sent(reason: Reason) -> Self {
        Self::new(End::NothingSent, reason)
    }

    /// With another try so long after `now`.
    pub(super) fn from(self, wait: Option<SignedDuration>, now: Timestamp) -> Self {
        Self {
            retry_at: wait.and_then(|wait| now.checked_add(wait).ok()),
            ..self
        }
    }

    /// The time of the next try, as in summaries and events.
    pub fn retry_at_text(&self) -> Option<String> {
        self.retry_at
            .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
}
