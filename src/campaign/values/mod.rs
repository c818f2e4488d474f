//! What a campaign is made of: plain values, each valid by itself.
//!
//! They know nothing about files, flags or tables of TOML, and import one another in one direction.
//! Policy is data here (a [`Rate`], a [`RetryPolicy`]); the behaviour is beside its user.

mod aliases;
mod campaign;
mod charset;
mod dkim;
pub(crate) mod hidden;
mod keyring;
mod labels;
mod mail_account;
mod mail_server;
mod message;
mod nearest;
mod oauth2;
mod pages;
mod parts;
mod pin;
mod place;
mod preset;
mod problem;
mod rate;
mod recipients;
mod relay;
mod retry;
mod secret;
mod server;
mod text;
mod username;
mod wrong;

pub use campaign::{Campaign, FILE_NAME, Folders, UserSettings};
pub use charset::{Charset, Family, Old, Said};
pub use dkim::{DkimPlan, domain_name, selector_name};
pub use mail_account::MailAccount;
pub use mail_server::{MailProtocol, MailServer};
pub use message::{AttachPlan, Dsn, InlinePlan, MessagePlan, Notify, TemplateFile, UnsubscribePlan};
pub use nearest::nearest;
pub use oauth2::OAuth2;
pub use pages::PAGES;
pub use parts::{AddressField, Body, MessageTemplate};
pub(crate) use pin::Pin;
pub use place::{CellPlace, Place};
pub use preset::{Preset, Signs};
pub use problem::{Problem, Problems, Severity};
pub use rate::{Per, Rate};
pub use recipients::{ListFile, RecipientsSource, SheetChoice};
pub use relay::{Relay, heading};
pub use retry::RetryPolicy;
pub use secret::{SecretError, SecretSource, Wait, Waiting};
pub use server::Server;
pub use text::Text;
pub use username::Username;
pub use wrong::Wrong;

pub(crate) use campaign::STATE;
pub(crate) use mail_account::INBOX;
pub(crate) use secret::KEYRING_SERVICE;
