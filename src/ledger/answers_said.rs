//! What came back, in words.

use crate::words::{Said, Speak, say};

use super::answers::{BounceKind, Matched, What};

impl Speak for What {
    fn said(&self) -> Said {
        match self {
            Self::Bounce => say!("ledger-what-bounce"),
            Self::Delayed => say!("ledger-what-delayed"),
            Self::Delivered => say!("ledger-what-delivered"),
            Self::Complaint => say!("ledger-what-complaint"),
            Self::Autoreply => say!("ledger-what-autoreply"),
            Self::Challenge => say!("ledger-what-challenge"),
            Self::Receipt => say!("ledger-what-receipt"),
            Self::Unsubscribe => say!("ledger-what-unsubscribe"),
            Self::Reply => say!("ledger-what-reply"),
            Self::Other => say!("ledger-what-other"),
        }
    }
}

impl Speak for Matched {
    fn said(&self) -> Said {
        match self {
            Self::Token => say!("ledger-matched-token"),
            Self::LeavingToken => say!("ledger-matched-leaving-token"),
            Self::Verp => say!("ledger-matched-verp"),
            Self::Address => say!("ledger-matched-address"),
        }
    }
}

impl Speak for BounceKind {
    fn said(&self) -> Said {
        match self {
            Self::Hard => say!("ledger-bounce-hard"),
            Self::Soft => say!("ledger-bounce-soft"),
            Self::Sender => say!("ledger-bounce-sender"),
            Self::Unsure => say!("ledger-bounce-unsure"),
        }
    }
}
