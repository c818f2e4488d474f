//! `settle`: a person decides about recipients in doubt.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::ledger::{Decision, Status};
use crate::recipients::Key;
use crate::run::{End, Whom, settle};
use crate::words::{Arg, Said, say};
use clap::ArgGroup;

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::heading;
use super::output::{Globals, tell};
use super::status::folders;

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("decision").required(true).args(["sent", "unsent"])))]
pub(super) struct SettleArgs {
    #[arg(value_name = "CAMPAIGN KEY", num_args = 0..)]
    whom: Vec<OsString>,
    #[arg(long, help_heading = heading::WHOM)]
    sent: bool,
    #[arg(long, help_heading = heading::WHOM)]
    unsent: bool,
    #[arg(long, help_heading = heading::WHOM)]
    all: bool,
    #[arg(long, value_name = "ADDRESS", help_heading = heading::WHOM)]
    copy: Vec<String>,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    pub(super) name: Option<String>,
}

impl SettleArgs {
    /// The campaign that is meant.
    pub(super) fn campaign(&self) -> PathBuf {
        campaign_and_keys(&self.whom).0
    }
}

pub(super) fn run(globals: &Globals, settling: &SettleArgs, advice: &Advice) -> Outcome {
    let (campaign, keys) = campaign_and_keys(&settling.whom);
    let whom = match (settling.all, keys) {
        (true, []) => Whom::All,
        (false, keys) if !keys.is_empty() => Whom::Keys(
            keys.iter()
                .map(|key| Key::typed(&key.to_string_lossy()))
                .collect(),
        ),
        (true, [first, ..]) => {
            return Err(Failure::hinted(
                say!("cli-settle-all-and-names", name = &*first.to_string_lossy()),
                say!("cli-settle-hint-all-or-names"),
            ));
        }
        (false, _) => {
            let status = advice.command_with("status", &["--in-doubt"]);
            return Err(Failure::hinted(
                say!("cli-settle-nobody-named"),
                say!("cli-settle-hint-names", command = status),
            ));
        }
    };
    let decision = if settling.sent {
        Decision::Sent
    } else {
        Decision::Unsent
    };
    let done = settle(
        &folders(&campaign, settling.name.as_deref())?,
        &whom,
        &settling.copy,
        decision,
    )?;
    tell(globals, &settled(done.settled, done.copies, decision));
    if done.rejected > 0 {
        tell(globals, &say!("cli-settle-rejected", recipients = done.rejected));
    }
    let left = done.totals.get(&Status::InDoubt).copied().unwrap_or(0);
    if left > 0 {
        tell(globals, &say!("cli-settle-left", recipients = left));
    }
    Ok(End::Complete)
}

fn settled(recipients: u64, copies: u64, decision: Decision) -> Said {
    let who = say!("cli-settle-recipients", recipients = recipients);
    let copied = say!("cli-settle-copies", copies = copies);
    let what = match (recipients, copies) {
        (_, 0) => Arg::from(who),
        (0, _) => Arg::from(copied),
        (_, _) => Arg::and([who, copied]),
    };
    match decision {
        Decision::Sent => say!("cli-settle-sent", what = what),
        Decision::Unsent => say!("cli-settle-unsent", what = what),
    }
}

/// The first word is the campaign if it is a path; keys are not paths.
fn campaign_and_keys(words: &[OsString]) -> (PathBuf, &[OsString]) {
    match words.split_first() {
        Some((first, keys)) if is_place(Path::new(first)) => (PathBuf::from(first), keys),
        _ => (PathBuf::from("."), words),
    }
}

pub(super) fn is_place(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|extension| extension == "toml")
}
