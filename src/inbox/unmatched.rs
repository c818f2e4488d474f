//! Why it is not known whose message an answer is about.

use std::path::PathBuf;

use crate::ledger::Status;
use crate::words::{Arg, Said, Speak, say};

/// Why an answer is about nobody of this campaign, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmatched {
    /// It has no token and names no address of this campaign.
    NoMessage,
    /// It has the tokens of several messages, and does not say which of them it is about.
    SeveralMessages,
    /// The address that it names is in several mailings of late.
    SeveralMailings {
        /// Which, counted from 1.
        mailings: Vec<u64>,
    },
    /// The address that it names is in mailings of long ago.
    LongAgo,
    /// It is older than the mailing to the address that it names.
    Older,
    /// No message to the address that it names was accepted.
    NotSent {
        /// Where the recipient stands.
        status: Status,
    },
    /// It came to the address of one recipient, and names another one.
    AnotherAddress {
        /// The recipient's.
        ours: String,
    },
    /// It is about a mailing whose recipients were removed.
    Purged {
        /// Which, counted from 1.
        mailing: u64,
        /// When they were removed.
        purged_at: String,
    },
    /// It is about a message of another campaign, whose ledger this is.
    OtherCampaign(OtherCampaign),
}

/// Another campaign of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCampaign {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its file in there.
    pub file: Option<String>,
}

impl Unmatched {
    /// Its name for programs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoMessage => "no_message",
            Self::SeveralMessages => "several_messages",
            Self::SeveralMailings { .. } => "several_mailings",
            Self::LongAgo => "long_ago",
            Self::Older => "older",
            Self::NotSent { .. } => "not_sent",
            Self::AnotherAddress { .. } => "another_address",
            Self::Purged { .. } => "purged",
            Self::OtherCampaign(_) => "other_campaign",
        }
    }
}

impl Speak for Unmatched {
    fn said(&self) -> Said {
        match self {
            Self::NoMessage => say!("inbox-unmatched-no-message"),
            Self::SeveralMessages => say!("inbox-unmatched-several-messages"),
            Self::SeveralMailings { mailings } => say!(
                "inbox-unmatched-several-mailings",
                mailings = Arg::and(mailings.iter().map(Arg::plain))
            ),
            Self::LongAgo => say!("inbox-unmatched-long-ago"),
            Self::Older => say!("inbox-unmatched-older"),
            Self::NotSent { status } => say!("inbox-unmatched-not-sent", status = status.name()),
            Self::AnotherAddress { ours } => say!("inbox-unmatched-another-address", ours = ours),
            Self::Purged { mailing, purged_at } => say!(
                "inbox-unmatched-purged",
                mailing = Arg::plain(mailing),
                purged = Arg::minute(purged_at)
            ),
            Self::OtherCampaign(other) => say!(
                "inbox-unmatched-other-campaign",
                name = &other.name,
                folder = other.folder.as_path()
            ),
        }
    }
}
