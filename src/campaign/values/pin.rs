//! A certificate that is trusted by its fingerprint, as the campaign file has it.

use std::str::FromStr;

use crate::smtp::Fingerprint;

use super::wrong::Wrong;
use crate::words::{Speak, say};

/// The fingerprint of the one certificate that is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin(pub Fingerprint);

impl FromStr for Pin {
    type Err = Wrong;

    fn from_str(text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map(Self)
            .map_err(|why: crate::smtp::NoFingerprint| Wrong::new(why.said()).help(say!("campaign-pin-hint")))
    }
}
