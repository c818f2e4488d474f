//! How a run ended.

/// How a run ended, for whoever started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// Everything that was chosen is accepted, written or valid.
    Complete,
    /// It came to its end, and some of the recipients are rejected, deferred, in doubt or invalid.
    Incomplete,
    /// Nothing went out: something must be changed first.
    NothingSent,
    /// It stopped early, after something went out: another run goes on.
    Interrupted,
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
        }
    }
}
