//! Data of the user that belongs to no campaign: how much was sent through each account, the
//! suppression list, and the key of unsubscribe tokens.
//!
//! All of it is in one folder ([`state_folder`]) and is shared by every campaign and process of the
//! user. [`AccountStore`] implements delivery's `Accounts`.

mod accounts;
mod begun;
mod failure;
mod ledgers;
mod settings;
mod state;
mod suppression_list;
mod token_key;

pub use accounts::{AccountStore, Used};
pub use begun::{recall_begun, remember_begun};
pub use failure::{AccountStoreError, UserFileError};
pub use ledgers::{recall_ledgers, remember_ledger};
pub use settings::{change_settings, settings_file};
pub use state::state_folder;
pub use suppression_list::{Suppressed, SuppressionList, write_csv as write_suppressed};
pub use token_key::{existing_unsubscribe_key, unsubscribe_key};
