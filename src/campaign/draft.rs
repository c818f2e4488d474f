//! A campaign as it was written, in a file or by flags: nothing is required
//! yet, and nothing has its default yet.
//!
//! Every key is an `Option`, so one draft can override another ([`Draft::over`]): the flags, then
//! the file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use crate::smtp::{AuthMechanism, Pipelining};
use crate::storage::found;

use super::values::{
    MailServer, Pin, Place, Problem, Rate, SecretSource, Server, SheetChoice, Text, UserSettings,
};

/// A table of keys, each of which may be missing, and how one is laid over
/// another: key by key, so that no key can be forgotten.
macro_rules! keys {
    ($(#[$about:meta])* $table:ident { $($(#[$note:meta])* $key:ident: $value:ty,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        pub(super) struct $table {
            $($(#[$note])* pub(super) $key: Option<$value>,)+
        }

        impl $table {
            /// These keys, and those of `below` that are missing here.
            pub(super) fn or(self, below: Self) -> Self {
                Self {
                    $($key: self.$key.or(below.$key),)+
                }
            }
        }
    };
}

/// The key of a problem with this flag. Nothing is known of the relays then,
/// because the flag replaces the server of the only one, or all of several.
pub(super) const RELAY_FLAG: &str = "--relay";

/// What names standard input for a file.
pub(super) const STDIN: &str = "-";

/// A whole campaign.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) name: Option<Text>,
    pub(super) recipients: RecipientsDraft,
    pub(super) message: MessageDraft,
    /// In the order of the file.
    pub(super) relays: Vec<NamedRelay>,
    /// The sentence about relays without naming one, as flags do.
    pub(super) any_relay: RelayDraft,
    /// The relay that is to serve, by its name.
    pub(super) chosen_relay: Option<Text>,
    pub(super) settings: UserSettings,
    /// The relays are those of the settings, unchanged, or none because of them.
    pub(super) relays_of_settings: bool,
    pub(super) delivery: DeliveryDraft,
    /// The mailbox that answers arrive in.
    pub(super) inbox: Option<InboxDraft>,
}

keys! {
    /// `[recipients]`
    RecipientsDraft {
        file: File,
        only: Text,
        delimiter: Text,
        encoding: Text,
        sheet: SheetChoice,
        header_row: u64,
        query: Text,
        filter: Text,
        group_by: Vec<Text>,
        sort: Vec<Text>,
        key: Vec<Text>,
        suppress: Vec<File>,
    }
}

keys! {
    /// `[message]`
    MessageDraft {
        from: Text,
        sender: Text,
        to: Text,
        cc: Text,
        bcc: Text,
        reply_to: Text,
        return_path: Text,
        subject: Text,
        text: File,
        html: File,
        markdown: File,
        inline_css: bool,
        inline: Vec<InlineDraft>,
        calendar: File,
        attach: Vec<AttachDraft>,
        attach_root: File,
        headers: Vec<HeaderDraft>,
        unsubscribe: UnsubscribeDraft,
        dkim: Vec<DkimDraft>,
        dsn: DsnDraft,
    }
}

keys! {
    /// `[relay.NAME]`
    RelayDraft {
        server: Server,
        preset: Text,
        region: Text,
        weight: u64,
        user: Text,
        password: Secret,
        auth: AuthMechanism,
        oauth2: OAuth2Draft,
        connections: u64,
        messages_per_connection: u64,
        pipelining: Pipelining,
        ehlo: Text,
        rates: Vec<Rate>,
        ca_file: PathBuf,
        tls_fingerprint: Pin,
        allow_plaintext: bool,
        timeouts: TimeoutsDraft,
    }
}

keys! {
    /// `[delivery]`
    DeliveryDraft {
        attempts: u64,
        retry: RetryDraft,
    }
}

/// A table itself, for what is missing in it: its key (`message.dkim[2]`), and
/// where it stands.
#[derive(Debug)]
pub(super) struct TableDraft {
    pub(super) key: String,
    pub(super) place: Place,
}

impl TableDraft {
    /// The whole key of one of its keys.
    pub(super) fn key_of(&self, key: &str) -> String {
        format!("{}.{key}", self.key)
    }

    /// A problem with the table as a whole.
    pub(super) fn problem(&self, what: impl Into<crate::words::Said>) -> Problem {
        Problem::of_key(&self.key, &self.place, what)
    }
}

/// A relay that has a name.
#[derive(Debug)]
pub(super) struct NamedRelay {
    pub(super) name: String,
    /// Its table; `None` for a relay by flags.
    pub(super) table: Option<TableDraft>,
    pub(super) keys: RelayDraft,
    /// The user's settings, where it is from there.
    pub(super) settings: Option<PathBuf>,
}

/// A file: where it lies, and how that was written.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) written: Text,
}

impl File {
    /// A path that was written for one below `folder`.
    pub(super) fn below(folder: &Path, written: Text) -> Self {
        Self {
            path: found(&folder.join(&written.value)),
            written,
        }
    }
}

/// Where a secret comes from, and where that stands.
#[derive(Debug)]
pub(super) struct Secret {
    pub(super) source: SecretSource,
    pub(super) place: Place,
}

#[derive(Debug)]
pub(super) struct AttachDraft {
    pub(super) path: Text,
    /// What a relative path starts from, where that is not the campaign's to say.
    pub(super) base: Option<PathBuf>,
    pub(super) name: Option<Text>,
    pub(super) optional: Option<bool>,
}

#[derive(Debug)]
pub(super) struct InlineDraft {
    pub(super) cid: Text,
    /// `None` where it was found wrong; a header's value likewise.
    pub(super) file: Option<AttachDraft>,
}

#[derive(Debug)]
pub(super) struct HeaderDraft {
    pub(super) name: Text,
    pub(super) value: Option<Text>,
}

#[derive(Debug)]
pub(super) struct UnsubscribeDraft {
    pub(super) table: TableDraft,
    pub(super) url: Option<Text>,
    pub(super) mailto: Option<Text>,
    pub(super) one_click: Option<bool>,
}

#[derive(Debug)]
pub(super) struct DkimDraft {
    pub(super) table: TableDraft,
    pub(super) domain: Option<Text>,
    pub(super) selector: Option<Text>,
    pub(super) private_key: Option<Secret>,
}

#[derive(Debug)]
pub(super) struct DsnDraft {
    pub(super) notify: Option<Vec<Text>>,
    pub(super) returned: Option<Text>,
}

#[derive(Debug)]
pub(super) struct OAuth2Draft {
    pub(super) table: TableDraft,
    pub(super) client_id: Option<Text>,
    pub(super) client_secret: Option<Secret>,
    pub(super) refresh_token: Option<Secret>,
    pub(super) token_url: Option<Text>,
    pub(super) tenant: Option<Text>,
    pub(super) scope: Option<Text>,
}

/// `[inbox]`
#[derive(Debug)]
pub(super) struct InboxDraft {
    pub(super) table: TableDraft,
    pub(super) server: Option<MailServer>,
    pub(super) folder: Option<Vec<Text>>,
    pub(super) since: Option<Timestamp>,
    /// The keys that it shares with a relay.
    pub(super) access: RelayDraft,
    /// The user's settings, where it is from there.
    pub(super) settings: Option<PathBuf>,
}

#[derive(Debug, Default)]
pub(super) struct TimeoutsDraft {
    pub(super) connect: Option<Duration>,
    pub(super) greeting: Option<Duration>,
    pub(super) command: Option<Duration>,
    pub(super) data: Option<Duration>,
    pub(super) content: Option<Duration>,
    pub(super) final_dot: Option<Duration>,
}

#[derive(Debug, Default)]
pub(super) struct RetryDraft {
    pub(super) first: Option<Duration>,
    pub(super) max: Option<Duration>,
    pub(super) greylist: Option<Duration>,
}

impl Draft {
    /// This draft, and what `below` says where this one is silent.
    pub(super) fn over(self, below: Self) -> Self {
        let relays = if self.relays.is_empty() {
            below.relays
        } else {
            self.relays
        };
        let (relays, any_relay) = self.any_relay.or(below.any_relay).over_each(relays);
        Self {
            name: self.name.or(below.name),
            recipients: self.recipients.over(below.recipients),
            message: self.message.over(below.message),
            relays,
            any_relay,
            chosen_relay: self.chosen_relay.or(below.chosen_relay),
            settings: below.settings,
            relays_of_settings: below.relays_of_settings,
            delivery: self.delivery.or(below.delivery),
            inbox: self.inbox.or(below.inbox),
        }
    }
}

impl Draft {
    /// Reads the password here for the one relay that has a user and names no source; of several
    /// nobody knows whose it is.
    pub(super) fn use_password(&mut self, source: &SecretSource) {
        let lacks = |relay: &&mut NamedRelay| {
            relay.keys.user.is_some() && relay.keys.password.is_none() && relay.keys.oauth2.is_none()
        };
        let mut lacking: Vec<_> = self.relays.iter_mut().filter(lacks).collect();
        if let [relay] = lacking.as_mut_slice() {
            relay.keys.password = Some(Secret {
                source: source.clone(),
                place: Place::whole(Place::ENVIRONMENT),
            });
        }
    }
}

impl RecipientsDraft {
    fn over(self, mut below: Self) -> Self {
        if self.file.is_some() && below.file.is_some() {
            // How a file is read belongs to that file, and goes with it.
            below = Self {
                delimiter: None,
                encoding: None,
                sheet: None,
                header_row: None,
                query: None,
                ..below
            };
        }
        self.or(below)
    }
}

impl MessageDraft {
    fn over(self, mut below: Self) -> Self {
        // A body above takes the place of the one below, whatever kind that is.
        if self.text.is_some() || self.html.is_some() {
            below.markdown = None;
        }
        self.or(below)
    }
}

impl RelayDraft {
    /// Lays keys that name no relay over `relays`: all of them over the only
    /// relay, of several the pace over each. A server replaces several relays.
    /// User and password of several cannot be placed; they are handed back,
    /// and validation reports them.
    fn over_each(self, mut relays: Vec<NamedRelay>) -> (Vec<NamedRelay>, Self) {
        if self.server.is_some() && relays.len() != 1 {
            relays = vec![NamedRelay {
                name: "relay".to_owned(),
                table: None,
                keys: Self::default(),
                settings: None,
            }];
        }
        if relays.len() == 1 {
            let under = |relay: NamedRelay| NamedRelay {
                keys: self.or(relay.keys),
                ..relay
            };
            return (relays.pop().map(under).into_iter().collect(), Self::default());
        }
        for relay in &mut relays {
            relay.keys.connections = self.connections.or(relay.keys.connections);
            if self.rates.is_some() {
                relay.keys.rates.clone_from(&self.rates);
            }
        }
        (relays, self)
    }
}
