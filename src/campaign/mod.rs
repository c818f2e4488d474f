//! A campaign: who gets what, through which relay. Validated plain data.
//!
//! `mailshot.toml` and the flags of the command line become one [`Campaign`]
//! here, in three shapes: what was typed ([`Overrides`], the TOML document),
//! a draft, and the validated value. All problems of a campaign are found in
//! one go ([`Problems`]), each with file, line and column.
//!
//! This module reads the campaign file, and a secret when it is asked for:
//! templates, attachments and recipients are opened by the modules that use
//! them.

pub mod clock;
mod draft;
#[cfg(test)]
mod hostile;
mod load;
mod locate;
mod overrides;
mod toml;
mod validate;
mod values;

pub use overrides::Overrides;
pub use values::{
    AttachPlan, Campaign, CellPlace, DkimPlan, Dsn, FILE_NAME, Folders, InlinePlan, ListFile, MessagePlan,
    Notify, OAuth2, Per, Place, Preset, Problem, Problems, Rate, RecipientsSource, Relay, RetryPolicy,
    SecretError, SecretSource, Server, Severity, SheetChoice, TemplateFile, Text, UnsubscribePlan,
    domain_name, nearest, printable, selector_name,
};
