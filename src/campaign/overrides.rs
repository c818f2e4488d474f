//! The flags that lie over a campaign file.

use std::path::PathBuf;

use super::values::SecretSource;

/// What the command line says over (or instead of) a campaign file. Paths are
/// relative to the current folder.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--recipients`; `-` is stdin.
    pub recipients: Option<PathBuf>,
    /// `--sheet`: a name, or a number from 1.
    pub sheet: Option<String>,
    /// `--encoding`
    pub encoding: Option<String>,
    /// `--delimiter`
    pub delimiter: Option<String>,
    /// `--header-row`
    pub header_row: Option<u64>,
    /// `--query`
    pub query: Option<String>,
    /// `--from`
    pub from: Option<String>,
    /// `--to`
    pub to: Option<String>,
    /// `--subject`
    pub subject: Option<String>,
    /// `--text`
    pub text: Option<PathBuf>,
    /// `--html`
    pub html: Option<PathBuf>,
    /// `--attach`; instead of the file's when given.
    pub attach: Vec<PathBuf>,
    /// `--relay`
    pub relay: Option<String>,
    /// `--user`
    pub user: Option<String>,
    /// `--password-env` or `--password-command`
    pub password: Option<SecretSource>,
    /// `--connections`
    pub connections: Option<usize>,
    /// `--rate`; instead of the file's when given.
    pub rate: Vec<String>,
    /// `--name`
    pub name: Option<String>,
}
