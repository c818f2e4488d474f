//! A campaign: who gets what, through which relay. Validated plain data.
//!
//! `mailshot.toml` and the flags of the command line become one [`Campaign`] here, in three forms:
//! what was typed ([`Overrides`], the TOML document), a draft, and the validated value. All
//! problems of a campaign are found at once ([`Problems`]), each with file, line and column.
//!
//! Each step is a file or a folder, and uses only those below it:
//!
//! | step | what it does |
//! |---|---|
//! | `load` | finds the campaign, puts file and flags together, has them made valid |
//! | `toml`, `flags` | the file, table by table, and the flags: each becomes a draft |
//! | `settings`, `serving` | the user's settings, and which relays serve a campaign: its own or theirs |
//! | `validate` | draft to value, table by table: defaults, what is missing, what does not go together |
//! | `reserved` | which of its files no message may carry |
//! | `home`, `draft` | where a campaign lies; what was written of it, each key an `Option` |
//! | `values` | what a campaign is made of |
//!
//! # A new key of the campaign file
//! 1. `draft.rs`: one line in its table. A flag then overrides the file.
//! 2. `toml/`: one line in the file of its table. The keys that are read there are the known keys;
//!    there is no other list.
//! 3. `flags.rs`, if there is a flag: a field of [`Overrides`], and one line in `draft`.
//! 4. `validate/`, in the file of its table: its default, and what is wrong with it.
//! 5. `values/`: the field that the rest of the program reads. A field of the
//!    message or of the recipients does not compile until `values/parts.rs` says
//!    whether it shapes a message.
//!
//! A problem says which key it is about ([`Problem::key`]). This key, never words, decides whether
//! a missing key was already reported.
//!
//! This module reads the campaign file, and a secret when it is needed; the modules that use
//! templates, attachments and recipients open them.

pub mod clock;
mod draft;
mod flags;
mod home;
#[cfg(test)]
mod hostile;
mod load;
mod reserved;
mod serving;
mod settings;
mod toml;
mod validate;
mod values;

pub use flags::Overrides;
pub use reserved::{Reserved, Stays};
pub use settings::{Settings, edited};
pub(crate) use values::hidden;
pub use values::{
    AddressField, AttachPlan, Body, Campaign, CellPlace, Charset, DkimPlan, Dsn, FILE_NAME, Family, Folders,
    MailAccount, MailProtocol, MailServer, MessagePlan, MessageTemplate, Notify, OAuth2, Old, PAGES, Per,
    Place, Preset, Problem, Problems, Rate, RecipientsSource, Relay, RetryPolicy, Said, SecretError,
    SecretSource, Server, Severity, SheetChoice, Signs, TemplateFile, Text, UnsubscribePlan, Username, Wait,
    Waiting, Wrong, domain_name, heading, nearest, selector_name,
};
