//! How to deliver: what a run is given, and what it does not change.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use crate::campaign::{Rate, RetryPolicy};
use crate::smtp::Endpoint;

/// Gives a secret that is still good; blocks, as it may have to ask for one.
pub type Renew = Arc<dyn Fn() -> Result<SecretString, Box<dyn Error + Send + Sync>> + Send + Sync>;

/// How to deliver.
#[derive(Clone)]
pub struct Plan {
    /// The relays, in the campaign's order.
    pub relays: Vec<RelayPlan>,
    /// When to try again.
    pub retry: RetryPolicy,
    /// Stop after this many rejections.
    pub max_failures: Option<u64>,
    /// How long messages in flight may take once a stop is asked for.
    pub drain: Duration,
    /// Wait when the hour and day limits of all relays are used up, instead of
    /// stopping.
    pub wait: bool,
}

/// One relay to deliver through.
#[derive(Clone)]
pub struct RelayPlan {
    /// Its name in the campaign.
    pub name: Arc<str>,
    /// Whose limits count, `user@host:port`; `None` where nothing is counted.
    pub account: Option<String>,
    /// How to open a session with it.
    pub endpoint: Endpoint,
    /// Gives the secret of each new session, where that one expires.
    pub renew: Option<Renew>,
    /// Sessions at the same time.
    pub connections: usize,
    /// Messages after which a session is replaced.
    pub messages_per_connection: u32,
    /// Limits on envelope recipients.
    pub rates: Vec<Rate>,
    /// Its share among several relays.
    pub weight: u32,
}
