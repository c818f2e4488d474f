//! What a row becomes.

use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::campaign::{Place, Problem, Problems, RecipientsSource};
use crate::recipients::{Addressing, Key, Naming, Recipient, Suppression, TOKEN, TokenKey, unnamed};
use crate::render::{RowContext, Templates};
use crate::storage::guarded;
use crate::table::{Header, Row, RowFault, RowIndex, Table, TableError};
use crate::words::{Said, say};

use super::condition::Condition;
use super::outcomes::{Outcome, Outcomes};
use super::selection::{Rows, Selection};

/// A row that is selected, and what it comes to.
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time is made and taken apart; most of them are recipients"
)]
pub enum Entry<'r> {
    /// A recipient.
    Recipient(Addressed<'r>),
    /// A suppressed recipient; a fault in their message would concern nobody.
    Suppressed {
        /// Who it is.
        key: Key,
        /// Where they stand: `unsubscribed.csv, line 3`.
        why: Said,
    },
    /// Nobody, for something is wrong with the row.
    Fault(Unaddressed<'r>),
}

/// A row with an address, ready to be composed.
pub struct Addressed<'r> {
    /// Who it is for.
    pub recipient: Recipient,
    /// What its templates are filled in from.
    pub context: RowContext<'r>,
}

/// A row without an address.
pub struct Unaddressed<'r> {
    /// What is wrong with its addresses.
    pub problems: Problems,
    /// What its templates would be filled in from, where the row could be read.
    pub context: Option<RowContext<'r>>,
}

/// Rows that are read one after the other.
type Read<'r> = dyn Iterator<Item = Result<Result<Row, RowFault>, TableError>> + 'r;

/// Everybody whom a campaign's list means, and whom it does not.
pub struct Audience {
    source: RecipientsSource,
    templates: Arc<Templates>,
    addressing: Addressing,
    selection: Selection,
    suppression: Suppression,
    /// What became of recipients in the mailing before; `None` until a run has looked.
    outcomes: RwLock<Option<Arc<Outcomes>>>,
    /// Where rows are, once a pass was over them.
    index: OnceLock<RowIndex>,
}

impl Audience {
    /// Reads the rows of `source`; `addressing` was compiled into `templates`.
    pub fn new(
        source: &RecipientsSource,
        templates: Arc<Templates>,
        addressing: Addressing,
        selection: Selection,
    ) -> Self {
        Self {
            source: source.clone(),
            templates,
            addressing,
            selection,
            suppression: Suppression::default(),
            outcomes: RwLock::default(),
            index: OnceLock::new(),
        }
    }

    /// Whether some template fills in a recipient's unsubscribe token.
    pub fn wants_tokens(&self) -> bool {
        self.templates.uses(TOKEN) && self.header().position(TOKEN).is_none()
    }

    /// The same, with tokens of this key.
    #[must_use]
    pub fn with_tokens(self, key: TokenKey) -> Self {
        Self {
            addressing: self.addressing.with_tokens(key),
            ..self
        }
    }

    /// The same, with nobody of these: neither as a recipient nor in Cc and Bcc.
    #[must_use]
    pub fn without(self, suppression: Suppression) -> Self {
        Self { suppression, ..self }
    }

    /// The columns.
    pub fn header(&self) -> &Arc<Header> {
        self.templates.header()
    }

    /// The selected rows, from the first.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn rows(&self) -> Result<Rows<'_>, TableError> {
        self.selection
            .rows(&self.source, Box::new(|row| self.earlier(row)))
    }

    /// The rows that may be selected, whatever became of their recipients before.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn possible_rows(&self) -> Result<Box<Read<'_>>, TableError> {
        Ok(match self.asks_earlier() {
            Some(_) => Box::new(Table::open(&self.source)?),
            None => Box::new(self.rows()?),
        })
    }

    /// Where `where` is written, if it asks what became of recipients in the mailing before.
    pub fn asks_earlier(&self) -> Option<&Place> {
        self.selection.asks_earlier().and_then(Condition::asks_at)
    }

    /// From here on, this is what became of recipients in the mailing before.
    pub fn look_back(&self, outcomes: Outcomes) {
        let mut known = self.outcomes.write().unwrap_or_else(PoisonError::into_inner);
        *known = Some(Arc::new(outcomes));
    }

    /// Whether a condition is true of one of the rows of a recipient.
    ///
    /// # Errors
    /// It names a column that is not there, or compares what cannot be compared.
    pub fn fulfils(&self, condition: &Condition, row: &Row, key: &Key) -> Result<bool, Problems> {
        let outcome = match condition.asks_at() {
            Some(_) => self.outcome(key)?,
            None => Outcome::default(),
        };
        for member in row.members() {
            if condition.holds(member, &outcome)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What became of a row's recipient; nothing, where it has none.
    fn earlier(&self, row: &Row) -> Result<Outcome, Problems> {
        match self.addressed(row, &unnamed) {
            Ok(addressed) => self.outcome(&addressed.recipient.key),
            Err(_) => Ok(Outcome::default()),
        }
    }

    fn outcome(&self, key: &Key) -> Result<Outcome, Problems> {
        let known = self.outcomes.read().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some(outcomes) => outcomes.of(key),
            // Not taken for a recipient who was in none: they might get it again.
            None => Err(Problem::error(say!("audience-not-looked-back"))
                .code("other")
                .into()),
        }
    }

    /// What a row that was read comes to; on any thread. `naming` says what its message is called.
    pub fn entry<'r>(&self, read: &'r Result<Row, RowFault>, naming: &Naming<'_>) -> Entry<'r> {
        let row = match read {
            Ok(row) => row,
            Err(fault) => {
                return Entry::Fault(Unaddressed {
                    problems: fault.problems.clone(),
                    context: None,
                });
            }
        };
        match self.addressed(row, naming) {
            Ok(addressed) => match self.suppression.place_of(&addressed.recipient.to.email) {
                Some(why) => Entry::Suppressed {
                    key: addressed.recipient.key,
                    why,
                },
                None => Entry::Recipient(addressed),
            },
            Err(unaddressed) => Entry::Fault(unaddressed),
        }
    }

    /// Who a row is for, whether they are to be written to or not. `naming` says what the message is
    /// called.
    ///
    /// # Errors
    /// What is wrong with its addresses.
    pub fn addressed<'r>(&self, row: &'r Row, naming: &Naming<'_>) -> Result<Addressed<'r>, Unaddressed<'r>> {
        let render = || {
            let mut context = self.templates.context(row);
            let recipient = self.addressing.recipient(&self.templates, &mut context, naming);
            (recipient, context)
        };
        // A panic in a library must cost one row, not the run.
        let (recipient, context) = guarded(render).map_err(|_| Unaddressed {
            problems: failed_inside(self.header(), row).into(),
            context: None,
        })?;
        match recipient {
            Ok(mut recipient) => {
                self.suppression.take_out(&mut recipient.cc);
                self.suppression.take_out(&mut recipient.bcc);
                Ok(Addressed { recipient, context })
            }
            Err(problems) => Err(Unaddressed {
                problems,
                context: Some(context),
            }),
        }
    }

    /// Where an address stands among those who are not to be written to.
    pub fn suppressed(&self, recipient: &Recipient) -> Option<Said> {
        self.suppression.place_of(&recipient.to.email)
    }

    /// Walks over all entries in their order, as long as `take` wants more.
    ///
    /// # Errors
    /// The file cannot be read to its end, or `take` fails.
    pub fn each<E: From<TableError>>(
        &self,
        mut take: impl FnMut(&Row, Entry<'_>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        for read in self.rows()? {
            let read = read?;
            let row = read.as_ref().unwrap_or_else(|fault| &fault.row);
            if take(row, self.entry(&read, &unnamed))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Remembers where rows are, after a pass over all of them.
    pub fn remember(&self, rows: &Rows<'_>) {
        self.index.get_or_init(|| rows.index());
    }

    /// The selected row with this number, by itself or with the other rows of its message. After a
    /// pass, rows of a text file that are not grouped are found directly; others are searched for
    /// from the first row.
    ///
    /// # Errors
    /// The file cannot be read that far.
    pub fn row(&self, number: u64) -> Result<Option<Result<Row, RowFault>>, TableError> {
        if let Some(index) = self.index.get().filter(|_| !self.selection.groups()) {
            let selected = |row| match self.selection.wants(&row, &|row| self.earlier(row)) {
                Ok(true) => Some(Ok(row)),
                Ok(false) => None,
                Err(problems) => Some(Err(RowFault { row, problems })),
            };
            return Ok(index.row(number)?.and_then(|read| match read {
                Ok(row) => selected(row),
                Err(fault) => Some(Err(fault)),
            }));
        }
        for read in self.rows()? {
            let read = read?;
            let row = read.as_ref().unwrap_or_else(|fault| &fault.row);
            if row.members().any(|member| member.number == number) {
                return Ok(Some(read));
            }
        }
        Ok(None)
    }
}

/// The sentence about a row on which a library failed.
pub fn failed_inside(header: &Header, row: &Row) -> Problem {
    Problem::error(say!("audience-inside"))
        .code("row")
        .at(header.place(row, None))
        .help(say!("audience-inside-skip"))
}
