//! `settle`: a person decides about recipients in doubt.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::ledger::{Decision, Status};
use crate::recipients::Key;
use crate::run::{End, Whom, settle};
use clap::ArgGroup;

use super::advice::Advice;
use super::explain::{Failure, Outcome};
use super::heading;
use super::output::{Globals, say};
use super::status::folders;
use super::wording::{count, thousands};

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
            return Err(Failure::Words(format!(
                "--all means everybody in doubt, and `{}` is neither a folder nor a .toml file\n  hint: leave out whichever is not meant",
                first.to_string_lossy()
            )));
        }
        (false, _) => {
            return Err(Failure::Words(format!(
                "nobody is named\n  hint: add --all, or the addresses as they stand there: {}",
                advice.command_with("status", &["--in-doubt"])
            )));
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
    let mut number = count(done.settled, "recipient", "recipients");
    if done.copies > 0 {
        let copies = count(done.copies, "copy", "copies");
        number = if done.settled > 0 {
            format!("{number} and {copies}")
        } else {
            copies
        };
    }
    let what = match decision {
        Decision::Sent => "settled as sent",
        Decision::Unsent if done.settled == 0 && done.copies > 0 => {
            "settled as not sent; mailshot send sends them"
        }
        Decision::Unsent => "settled as not sent; mailshot send sends to them",
    };
    say(globals, &format!("{number} {what}."));
    if done.rejected > 0 {
        let who = count(done.rejected, "recipient", "recipients");
        say(
            globals,
            &format!("{who} refused for good by the relay, as the interrupted run had heard."),
        );
    }
    let left = done.totals.get(&Status::InDoubt).copied().unwrap_or(0);
    if left > 0 {
        say(globals, &format!("{} still in doubt.", thousands(left)));
    }
    Ok(End::Complete)
}

/// The first word is the campaign if it is a path; keys are not paths.
fn campaign_and_keys(words: &[OsString]) -> (PathBuf, &[OsString]) {
    match words.split_first() {
        Some((first, keys)) if is_place(Path::new(first)) => (PathBuf::from(first), keys),
        _ => (PathBuf::from("."), words),
    }
}

fn is_place(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|extension| extension == "toml")
}
