//! Findings about a campaign that cannot be opened.

use std::path::Path;
use std::sync::Arc;

use crate::campaign::{Campaign, Overrides, Reserved};
use crate::check::{self, Checked, Finding};
use crate::message::{Composer, compile};
use crate::recipients::find_addresses;
use crate::table::{Header, Table};

use super::check::judge_relays;

/// What can be found in a campaign that [`open`](super::open) refuses, without its rows: its other
/// mistakes, so that they can all be corrected together.
pub fn lints(path: &Path, overrides: &Overrides) -> Vec<Finding> {
    let (Some(mut campaign), _) = Campaign::load(path, overrides) else {
        return Vec::new();
    };
    let header = Table::open(&campaign.recipients).map(|table| Arc::clone(table.header()));
    let known = header.unwrap_or_else(|_| Arc::new(Header::unknown(&campaign.recipients.shown)));
    // What is wrong with it, `open` has said.
    if campaign.message.to_by_default {
        let _ = find_addresses(&mut campaign.message.to, &campaign.recipients, &known);
    }
    let composer = compile(&campaign, &known, Reserved::of(&campaign, None))
        .ok()
        .map(|(_, composer)| composer);
    let mut checked = Checked {
        findings: check::templates(&campaign, &known, composer.as_ref().map(Composer::templates)),
        ..Checked::default()
    };
    judge_relays(&campaign, None, &mut checked);
    checked.findings
}
