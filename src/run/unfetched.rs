//! Mail that could not be fetched.

use crate::campaign::MailAccount;
use crate::inbox::fetch::FetchError;

/// Mail could not be fetched, and from where.
#[derive(Debug)]
pub struct Unfetched {
    /// The mailbox.
    pub account: MailAccount,
    /// Why.
    pub error: FetchError,
}
