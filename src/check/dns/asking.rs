//! What to ask the DNS about.

use crate::campaign::Campaign;
use crate::check::domains::AtDomain;
use crate::check::receivers::Provider;
use crate::message::PublicKey;
use crate::table::Header;

/// What is to be looked up.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Whose sender it is.
    pub campaign: &'a Campaign,
    /// Its recipients' columns.
    pub header: &'a Header,
    /// The public halves of its signatures' keys, in order; `None` if a private key is not
    /// available without asking a person.
    pub keys: &'a [Option<PublicKey>],
    /// The domains that recipients are at, the most frequent first.
    pub domains: &'a [AtDomain],
    /// How many there are of them, also those that are not asked for.
    pub all_domains: usize,
    /// Recipients at the providers with rules of their own.
    pub at: &'a [(Provider, u64)],
}
