//! How a run ended, and why, for people and for scripts.

use jiff::{SignedDuration, Timestamp};

/// How a run ended, for its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// Everything that was chosen is accepted, written or valid.
    Complete,
    /// It finished, but some of its recipients are rejected, or some recipients are deferred, in
    /// doubt or invalid.
    Incomplete,
    /// Nothing went out: something must be changed first.
    NothingSent,
    /// It stopped early, after something went out: another run goes on.
    Interrupted,
    /// Nothing went out, and the same run may work later.
    NotNow,
}

impl End {
    /// Of a run that came to its end: whether everybody it was about is well.
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
    /// What was asked for does not go together, or with what was sent before.
    Usage "usage",
    /// The campaign, its templates or the files it names.
    Campaign "campaign",
    /// The check found errors, or rows are left out as invalid.
    Findings "findings",
    /// A password, token or key is not available.
    Secret "secret",
    /// The relay does not take the login.
    Login "login",
    /// The relay cannot be used as the campaign describes it, now or later.
    RelayRefuses "relay_refuses",
    /// The relay cannot be reached, or refuses everybody for now.
    RelayDown "relay_down",
    /// A limit of the account is used up.
    Quota "quota",
    /// The time of day at which messages may go out is over.
    Window "window",
    /// The time at which the first may go out is still to come.
    NotYet "not_yet",
    /// A person ended it.
    Signal "signal",
    /// The relay refused one message like the other.
    Breaker "breaker",
    /// `--max-failures` was reached.
    MaxFailures "max_failures",
    /// What messages are made of is not what it was.
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
    /// How.
    pub end: End,
    /// Why.
    pub reason: Reason,
    /// Not before then.
    pub retry_at: Option<Timestamp>,
}

impl Ended {
    /// Everything that was chosen is well.
    pub const DONE: Self = Self::new(End::Complete, Reason::Done);

    /// Without a time for another try.
    pub const fn new(end: End, reason: Reason) -> Self {
        Self {
            end,
            reason,
            retry_at: None,
        }
    }

    /// Nothing went out, and `reason` must be dealt with first.
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

    /// The time of another try, as summaries and events have it.
    pub fn retry_at_text(&self) -> Option<String> {
        self.retry_at
            .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
    }
}
