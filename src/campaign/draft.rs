//! A campaign as it was written: nothing is required yet.

use std::path::PathBuf;

use crate::smtp::{AuthMechanism, Pipelining, Timeouts};

use super::values::{DkimPlan, Dsn, Place, Rate, RetryPolicy, SecretSource, Server, SheetChoice, Text};

/// The campaign file as read: nothing is required yet.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) name: Option<Text>,
    pub(super) recipients: RecipientsDraft,
    pub(super) message: MessageDraft,
    pub(super) relays: Vec<RelayDraft>,
    pub(super) retry: RetryPolicy,
}

/// The table as read.
#[derive(Debug, Default)]
pub(super) struct RecipientsDraft {
    pub(super) file: Option<Text>,
    pub(super) delimiter: Option<Text>,
    pub(super) encoding: Option<Text>,
    pub(super) sheet: Option<SheetChoice>,
    pub(super) header_row: Option<u64>,
    pub(super) query: Option<Text>,
    pub(super) filter: Option<Text>,
    pub(super) group_by: Vec<Text>,
    pub(super) sort: Vec<Text>,
    pub(super) key: Vec<Text>,
    pub(super) suppress: Vec<Text>,
}

/// The table as read: nothing is required yet.
#[derive(Debug, Default)]
pub(super) struct MessageDraft {
    pub(super) from: Option<Text>,
    pub(super) sender: Option<Text>,
    pub(super) to: Option<Text>,
    pub(super) cc: Option<Text>,
    pub(super) bcc: Option<Text>,
    pub(super) reply_to: Option<Text>,
    pub(super) return_path: Option<Text>,
    pub(super) subject: Option<Text>,
    pub(super) text: Option<Text>,
    pub(super) html: Option<Text>,
    pub(super) markdown: Option<Text>,
    pub(super) inline_css: Option<bool>,
    pub(super) inline: Vec<(String, AttachDraft)>,
    pub(super) calendar: Option<Text>,
    pub(super) attach: Vec<AttachDraft>,
    pub(super) attach_root: Option<Text>,
    pub(super) headers: Vec<(String, Text)>,
    pub(super) unsubscribe: Option<UnsubscribeDraft>,
    pub(super) dkim: Vec<DkimPlan>,
    pub(super) dsn: Option<Dsn>,
}

#[derive(Debug)]
pub(super) struct AttachDraft {
    pub(super) path: Text,
    pub(super) name: Option<Text>,
    pub(super) optional: bool,
}

#[derive(Debug)]
pub(super) struct UnsubscribeDraft {
    pub(super) url: Option<Text>,
    pub(super) mailto: Option<Text>,
    pub(super) one_click: Option<bool>,
    pub(super) place: Place,
}

#[derive(Debug, Default)]
pub(super) struct RelayDraft {
    pub(super) name: String,
    pub(super) place: Option<Place>,
    /// A server stands in the file, right or wrong.
    pub(super) server_named: bool,
    pub(super) server: Option<Server>,
    pub(super) preset: Option<Text>,
    pub(super) region: Option<Text>,
    pub(super) weight: Option<u64>,
    pub(super) user: Option<String>,
    pub(super) password: Option<SecretSource>,
    pub(super) auth: Option<AuthMechanism>,
    pub(super) oauth2: Option<OAuth2Draft>,
    pub(super) connections: Option<u64>,
    pub(super) messages_per_connection: Option<u64>,
    pub(super) pipelining: Option<Pipelining>,
    pub(super) ehlo: Option<String>,
    /// `None` where nothing is said, so that a preset's hold.
    pub(super) rates: Option<Vec<Rate>>,
    pub(super) ca_file: Option<PathBuf>,
    pub(super) allow_plaintext: bool,
    pub(super) timeouts: Timeouts,
}

/// The table as read: nothing is required yet.
#[derive(Debug)]
pub(super) struct OAuth2Draft {
    pub(super) place: Place,
    /// A client id stands in the file, right or wrong; `refresh_token_named` likewise.
    pub(super) client_id_named: bool,
    pub(super) client_id: Option<Text>,
    pub(super) client_secret: Option<SecretSource>,
    pub(super) refresh_token_named: bool,
    pub(super) refresh_token: Option<SecretSource>,
    pub(super) token_url: Option<Text>,
    pub(super) tenant: Option<Text>,
    pub(super) scope: Option<Text>,
}
