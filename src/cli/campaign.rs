//! The flags that name a campaign and override its file.

use std::path::PathBuf;

use crate::campaign::{Overrides, SecretSource};

use super::environment;
use super::heading;
use super::reading::ReadingArgs;
use super::settings;
use super::typed;

/// Which campaign, and what lies over its file.
#[derive(Debug, clap::Args)]
pub(super) struct CampaignArgs {
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    #[arg(long, value_name = "FILE", help_heading = heading::WHOM)]
    recipients: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    #[arg(long, value_name = "MAILBOX", help_heading = heading::CAMPAIGN)]
    from: Option<String>,
    #[arg(long, value_name = "MAILBOX", help_heading = heading::WHOM)]
    to: Option<String>,
    #[arg(long, value_name = "MAILBOXES", help_heading = heading::WHOM)]
    cc: Option<String>,
    #[arg(long, value_name = "MAILBOXES", help_heading = heading::WHOM)]
    bcc: Option<String>,
    #[arg(long, value_name = "MAILBOX", help_heading = heading::CAMPAIGN)]
    reply_to: Option<String>,
    #[arg(long, value_name = "TEXT", help_heading = heading::CAMPAIGN)]
    subject: Option<String>,
    #[arg(long, value_name = "FILE", help_heading = heading::CAMPAIGN)]
    text: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help_heading = heading::CAMPAIGN)]
    html: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help_heading = heading::CAMPAIGN)]
    attach: Vec<PathBuf>,
    #[arg(long, value_name = "RELAY", help_heading = heading::RELAY)]
    relay: Option<String>,
    #[arg(long, help_heading = heading::RELAY)]
    user: Option<String>,
    #[arg(long, value_name = "VAR", conflicts_with = "password_command", help_heading = heading::RELAY)]
    password_env: Option<String>,
    #[arg(long, value_name = "CMD", help_heading = heading::RELAY)]
    password_command: Option<String>,
    #[arg(long, value_name = "N", value_parser = typed::number::<u16>(1, 1000), help_heading = heading::RELAY)]
    connections: Option<u16>,
    #[arg(long, value_name = "R", help_heading = heading::RELAY)]
    pub(super) rate: Vec<String>,
    #[arg(long, value_name = "NAME", help_heading = heading::CAMPAIGN)]
    name: Option<String>,
    #[arg(long, help_heading = heading::CAMPAIGN)]
    no_campaign: bool,
}

impl CampaignArgs {
    pub(super) fn overrides(&self) -> Overrides {
        let env = self.password_env.clone().map(SecretSource::Env);
        let command = self.password_command.clone().map(SecretSource::Command);
        environment::over(self.reading.over(Overrides {
            recipients: self.recipients.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            cc: self.cc.clone(),
            bcc: self.bcc.clone(),
            reply_to: self.reply_to.clone(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: self.html.clone(),
            attach: self.attach.clone(),
            relay: self.relay.clone(),
            user: self.user.clone(),
            password: env.or(command),
            connections: self.connections.map(usize::from),
            rate: self.rate.clone(),
            name: self.name.clone(),
            settings: settings::file(),
            no_campaign: self.no_campaign,
            ..Overrides::default()
        }))
    }
}
