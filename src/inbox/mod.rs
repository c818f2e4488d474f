//! What comes back: bounces, complaints, automatic answers, replies, requests to leave.
//!
//! [`sort`] says what a mail is, from its octets alone. The rest says whose message of a campaign it is
//! about, and what follows for the recipient's status and for the user's suppression list.

mod causes;
mod clues;
mod collecting;
mod effects;
mod elsewhere;
pub mod fetch;
mod known_tokens;
mod matched;
mod matching;
mod policy;
mod same_mail;
mod sort;
mod source;
mod token_index;
mod unmatched;
mod verp;

pub use causes::Cause;
pub use collecting::{Affected, Collector, Followed, Taken};
pub use elsewhere::Elsewhere;
pub use matched::Match;
#[cfg(test)]
pub use sort::{Action, Kind, Reason, Reported};
pub use sort::{Class, Sorted, sort};
pub use source::{Incoming, Source, Unreadable};
pub use unmatched::Unmatched;

#[cfg(test)]
mod tests;
