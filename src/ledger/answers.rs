//! What came back: each mail once, with what it says of recipients.
//!
//! What follows from it for the status of a recipient is in [`super::bounces`], for the user's
//! suppression list in [`super::suppressing`]. Both follow from all answers together, so their order
//! does not matter, and an answer can be taken back.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::failure::LedgerError;
use super::file::Ledger;
use super::moment::now;

/// Declares the names of a closed list, as the ledger has them.
macro_rules! named {
    ($(#[$of:meta])* $list:ident { $($(#[$doc:meta])* $one:ident $name:literal,)* }) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $list {
            $($(#[$doc])* $one,)*
        }

        impl $list {
            /// Its name in the ledger, and for programs.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$one => $name,)*
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$one),)*
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// What an answer says of a recipient.
    What {
        /// The message was not delivered, finally.
        Bounce "bounce",
        /// It is not delivered yet.
        Delayed "delayed",
        /// It was delivered.
        Delivered "delivered",
        /// The recipient calls it spam.
        Complaint "complaint",
        /// A program answered for the recipient.
        Autoreply "autoreply",
        /// The recipient's program asks whether a person wrote it.
        Challenge "challenge",
        /// It was displayed.
        Receipt "receipt",
        /// The recipient wants no further mail.
        Unsubscribe "unsubscribe",
        /// The recipient replied.
        Reply "reply",
        /// Something else that names the message.
        Other "other",
    }
}

named! {
    /// How it was found whom an answer is about.
    Matched {
        /// By the token of the message, which nobody can guess.
        Token "token",
        /// By the unsubscribe token of the person, which nobody can guess.
        LeavingToken "leaving_token",
        /// By `{{ verp }}` in the address that the answer came to.
        Verp "verp",
        /// By the address that it names.
        Address "address",
    }
}

impl Matched {
    /// Whether nobody who does not have the message can have written it.
    pub const fn is_proof(self) -> bool {
        match self {
            Self::Token | Self::LeavingToken => true,
            Self::Verp | Self::Address => false,
        }
    }
}

named! {
    /// Whose fault a bounce is.
    BounceKind {
        /// The address is dead.
        Hard "hard",
        /// It may accept mail another time.
        Soft "soft",
        /// The sender or the relay is refused, not the recipient.
        Sender "sender",
        /// The cause is not clear.
        Unsure "unsure",
    }
}

/// A mail on its way into the ledger.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// A hash that tells it from others.
    pub identity: [u8; 32],
    /// What it is.
    pub class: &'static str,
    /// Who wrote it.
    pub sender: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its Message-ID.
    pub message_id: Option<String>,
    /// Its date, UTC as ISO 8601.
    pub date: Option<String>,
}

/// What it says of a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The recipient's number in the ledger.
    pub recipient: i64,
    /// What it says.
    pub what: What,
    /// How the recipient was found.
    pub matched: Matched,
    /// Whom we wrote to, folded: the recipient, or a copy; `None` where the ledger does not know.
    pub address: Option<String>,
    /// The address that the answer names, if that is another.
    pub named: Option<String>,
    /// It is about a Cc or Bcc.
    pub copy: bool,
    /// Of a bounce: whose fault it is.
    pub kind: Option<BounceKind>,
    /// Why.
    pub reason: Option<String>,
    /// The enhanced code.
    pub status: Option<String>,
    /// The SMTP code.
    pub code: Option<u16>,
    /// The words of the far end, or of the person.
    pub words: Option<String>,
    /// The domain that says so.
    pub reporter: Option<String>,
}

/// An effect, with the answer that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The number of the effect.
    pub id: i64,
    /// The number of its answer.
    pub answer: i64,
    /// What people call the answer.
    pub name: String,
    /// Its Message-ID.
    pub message_id: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Who wrote it.
    pub sender: Option<String>,
    /// A person said yes to what it asks for.
    pub confirmed: bool,
    /// The number of the mailing in the ledger.
    pub mailing: i64,
    /// What it says.
    pub effect: Effect,
}

/// An answer that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its number in the ledger.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// What it is.
    pub class: String,
    /// When a person said yes to what it asks for.
    pub confirmed_at: Option<String>,
    /// When a person took back what it caused.
    pub undone_at: Option<String>,
}

/// Characters of the name of an answer: a million of them share none, nearly always.
const NAME: usize = 6;

const RECORDED: &str =
    "e.id, e.answer, a.name, a.message_id, a.date, a.sender, a.confirmed_at IS NOT NULL, r.mailing,
     e.recipient, e.what, e.matched, e.address, e.named, e.copy, e.kind, e.reason, e.status, e.code, e.words, e.reporter
     FROM effect e JOIN answer a ON a.id = e.answer JOIN recipient r ON r.id = e.recipient";

impl Ledger {
    /// The answer with this identity, where it was recorded.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn answer_with(&self, identity: &[u8; 32]) -> Result<Option<Answer>, LedgerError> {
        let sql = "SELECT id, name, class, confirmed_at, undone_at FROM answer WHERE identity = ?1";
        self.one_answer(sql, params![identity])
    }

    /// The answer that people call so.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn answer_named(&self, name: &str) -> Result<Option<Answer>, LedgerError> {
        let sql = "SELECT id, name, class, confirmed_at, undone_at FROM answer WHERE name = ?1";
        self.one_answer(sql, [name])
    }

    fn one_answer(&self, sql: &str, values: impl rusqlite::Params) -> Result<Option<Answer>, LedgerError> {
        let found = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let of = |row: &Row<'_>| {
                Ok(Answer {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    class: row.get(2)?,
                    confirmed_at: row.get(3)?,
                    undone_at: row.get(4)?,
                })
            };
            statement.query_row(values, of).optional()
        });
        found.map_err(|error| self.failed(error))
    }

    /// What people call an answer.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn name_of_answer(&self, answer: i64) -> Result<String, LedgerError> {
        self.connection
            .query_row("SELECT name FROM answer WHERE id = ?1", [answer], |row| {
                row.get(0)
            })
            .map_err(|error| self.failed(error))
    }

    /// Records an answer and what it says of recipients. Returns its number and what people call it.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn record_answer(
        &mut self,
        new: &NewAnswer,
        effects: &[Effect],
    ) -> Result<(i64, String), LedgerError> {
        let whole = data_encoding::BASE32_NOPAD.encode(&new.identity).to_lowercase();
        let mut name = whole.chars().take(NAME).collect::<String>();
        for longer in NAME + 1..=whole.len() {
            if self.answer_named(&name)?.is_none() {
                break;
            }
            name = whole.chars().take(longer).collect();
        }
        self.execute(
            "INSERT INTO answer (name, identity, class, sender, subject, message_id, date, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                name,
                new.identity,
                new.class,
                new.sender,
                new.subject,
                new.message_id,
                new.date,
                now()
            ],
        )?;
        let answer = self.connection.last_insert_rowid();
        for effect in effects {
            self.execute(
                "INSERT INTO effect (answer, recipient, what, matched, address, named, copy, kind, reason, status, code,
                                     words, reporter)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    answer,
                    effect.recipient,
                    effect.what.name(),
                    effect.matched.name(),
                    effect.address,
                    effect.named,
                    effect.copy,
                    effect.kind.map(BounceKind::name),
                    effect.reason,
                    effect.status,
                    effect.code,
                    effect.words,
                    effect.reporter
                ],
            )?;
        }
        Ok((answer, name))
    }

    /// What an answer says.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn effects_of_answer(&self, answer: i64) -> Result<Vec<Recorded>, LedgerError> {
        let sql = format!("SELECT {RECORDED} WHERE e.answer = ?1 ORDER BY e.id");
        recorded(&self.connection, &sql, [answer]).map_err(|error| self.failed(error))
    }

    /// What all answers that were not taken back say of an address, in the order in which they came.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn effects_on(&self, address: &str) -> Result<Vec<Recorded>, LedgerError> {
        let sql = format!("SELECT {RECORDED} WHERE e.address = ?1 AND a.undone_at IS NULL ORDER BY e.id");
        recorded(&self.connection, &sql, [address]).map_err(|error| self.failed(error))
    }

    /// What all answers that were not taken back say of a recipient in one mailing.
    pub(super) fn effects_on_recipient(&self, recipient: i64) -> rusqlite::Result<Vec<Recorded>> {
        let sql = format!("SELECT {RECORDED} WHERE e.recipient = ?1 AND a.undone_at IS NULL ORDER BY e.id");
        recorded(&self.connection, &sql, [recipient])
    }

    /// A person takes back what an answer caused.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn undo_answer(&mut self, answer: i64) -> Result<(), LedgerError> {
        self.execute(
            "UPDATE answer SET undone_at = ?2 WHERE id = ?1 AND undone_at IS NULL",
            params![answer, now()],
        )
    }

    /// A person says yes to what an answer asks for; also if it was taken back before.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn confirm_answer(&mut self, answer: i64) -> Result<(), LedgerError> {
        self.execute(
            "UPDATE answer SET confirmed_at = ?2, undone_at = NULL WHERE id = ?1",
            params![answer, now()],
        )
    }
}

fn recorded(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> rusqlite::Result<Vec<Recorded>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| {
        let text = |at: usize| row.get::<_, Option<String>>(at);
        let what = What::named(row.get_ref(9)?.as_str()?);
        let matched = Matched::named(row.get_ref(10)?.as_str()?);
        let kind = text(14)?;
        Ok(Recorded {
            id: row.get(0)?,
            answer: row.get(1)?,
            name: row.get(2)?,
            message_id: text(3)?,
            date: text(4)?,
            sender: text(5)?,
            confirmed: row.get(6)?,
            mailing: row.get(7)?,
            effect: Effect {
                recipient: row.get(8)?,
                what: what.unwrap_or(What::Other),
                matched: matched.unwrap_or(Matched::Address),
                address: text(11)?,
                named: text(12)?,
                copy: row.get(13)?,
                kind: kind.as_deref().and_then(BounceKind::named),
                reason: text(15)?,
                status: text(16)?,
                code: row.get(17)?,
                words: text(18)?,
                reporter: text(19)?,
            },
        })
    })?;
    rows.collect()
}
