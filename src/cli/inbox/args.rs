//! The options of `inbox`.

use std::path::{Path, PathBuf};

use crate::cli::heading;
use crate::cli::settle::is_place;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct InboxArgs {
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, value_name = "PATH", help_heading = heading::CAMPAIGN, conflicts_with_all = ["undo", "confirm"])]
    pub(super) from_mbox: Option<PathBuf>,
    #[arg(long, conflicts_with = "look", help_heading = heading::CAMPAIGN)]
    pub(super) no_campaign: bool,
    #[arg(long, value_name = "URL", requires = "user", conflicts_with = "from_mbox", help_heading = heading::RELAY)]
    pub(super) server: Option<String>,
    #[arg(long, requires = "server", help_heading = heading::RELAY)]
    pub(super) user: Option<String>,
    #[arg(long, value_name = "VAR", requires = "server", help_heading = heading::RELAY)]
    pub(super) password_env: Option<String>,
    #[arg(long, help_heading = heading::SAFETY)]
    pub(super) look: bool,
    #[arg(long, value_name = "ID", conflicts_with = "confirm", help_heading = heading::SAFETY)]
    pub(super) undo: Vec<String>,
    #[arg(long, value_name = "ID", num_args = 1.., help_heading = heading::SAFETY)]
    pub(super) confirm: Vec<String>,
    #[arg(long, help_heading = heading::OUTPUT)]
    pub(super) events: bool,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    pub(in crate::cli) name: Option<String>,
}

impl InboxArgs {
    /// The campaign that is meant.
    pub(in crate::cli) fn campaign(&self) -> PathBuf {
        self.campaign_and_ids().0
    }

    /// The last of several ids to confirm is the campaign, if it is a path.
    pub(super) fn campaign_and_ids(&self) -> (PathBuf, &[String]) {
        match self.confirm.split_last() {
            Some((last, ids)) if !ids.is_empty() && is_place(Path::new(last)) => (PathBuf::from(last), ids),
            _ => (self.campaign.clone(), &self.confirm),
        }
    }
}
