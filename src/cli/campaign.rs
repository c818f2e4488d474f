//! The flags that name a campaign and lie over its file.

use std::path::PathBuf;

use crate::campaign::{Overrides, SecretSource};

use super::environment;
use super::reading::{OVER, ReadingArgs};

/// Which campaign, and what lies over its file.
#[derive(Debug, clap::Args)]
pub(super) struct CampaignArgs {
    /// The campaign's folder, or its .toml file.
    #[arg(value_name = "CAMPAIGN", default_value = ".", hide_default_value = true)]
    pub(super) campaign: PathBuf,
    /// The recipients: CSV, JSON, a database …; - reads stdin.
    #[arg(long, value_name = "FILE", help_heading = OVER)]
    recipients: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// The sender, "Name <address>".
    #[arg(long, value_name = "MAILBOX", help_heading = OVER)]
    from: Option<String>,
    /// The recipient, a template [default: "{{ email }}"].
    #[arg(long, value_name = "MAILBOX", help_heading = OVER)]
    to: Option<String>,
    /// The subject, a template.
    #[arg(long, value_name = "TEXT", help_heading = OVER)]
    subject: Option<String>,
    /// The template of the text part.
    #[arg(long, value_name = "FILE", help_heading = OVER)]
    text: Option<PathBuf>,
    /// The template of the HTML part.
    #[arg(long, value_name = "FILE", help_heading = OVER)]
    html: Option<PathBuf>,
    /// A file to attach (may be given several times).
    #[arg(long, value_name = "FILE", help_heading = OVER)]
    attach: Vec<PathBuf>,
    /// The relay: smtps://HOST, smtp://HOST (STARTTLS) or smtp+plain://HOST [env: MAILSHOT_RELAY].
    #[arg(long, value_name = "URL", help_heading = OVER)]
    relay: Option<String>,
    /// The user to log in as [env: MAILSHOT_USER].
    #[arg(long, help_heading = OVER)]
    user: Option<String>,
    /// The environment variable that holds the password
    /// [without it: MAILSHOT_PASSWORD, where the relay names no password].
    #[arg(long, value_name = "VAR", conflicts_with = "password_command", help_heading = OVER)]
    password_env: Option<String>,
    /// A command that prints the password.
    #[arg(long, value_name = "CMD", help_heading = OVER)]
    password_command: Option<String>,
    /// Connections at the same time [env: MAILSHOT_CONNECTIONS].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000), help_heading = OVER)]
    connections: Option<u16>,
    /// At most so many recipients: 10/s, 30/min, 500/h, 2000/day (may be given several times)
    /// [env: MAILSHOT_RATE, several between spaces].
    #[arg(long, value_name = "R", help_heading = OVER)]
    pub(super) rate: Vec<String>,
    /// The campaign's name.
    #[arg(long, value_name = "NAME", help_heading = OVER)]
    name: Option<String>,
}

impl CampaignArgs {
    pub(super) fn overrides(&self) -> Overrides {
        let env = self.password_env.clone().map(SecretSource::Env);
        let command = self.password_command.clone().map(SecretSource::Command);
        environment::over(self.reading.over(Overrides {
            recipients: self.recipients.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
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
            ..Overrides::default()
        }))
    }
}
