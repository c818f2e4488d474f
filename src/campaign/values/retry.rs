//! How temporary refusals are retried.

use std::time::Duration;

/// How transient refusals are tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts for one recipient in one run of `send`; at least 1.
    pub attempts: u32,
    /// The wait before the second attempt.
    pub first: Duration,
    /// No wait is longer.
    pub max: Duration,
    /// The least wait after a greylisting reply (450/451 4.7.x).
    pub greylist: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            first: Duration::from_secs(60),
            max: Duration::from_secs(3600),
            greylist: Duration::from_secs(300),
        }
    }
}
