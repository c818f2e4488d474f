//! What is sent in addition to the messages: copies, and files that rows name.

use lettre::Address;

use crate::message::{ATTACH_COLUMN, files_in_cell};
use crate::recipients::CC_COLUMN;
use crate::table::{Header, Row};

/// From this number of copies on, a message is reported.
pub const MANY_COPIES: u64 = 20;

/// Copies of all messages, and what the columns of ours add to them.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    messages: u64,
    /// Copies by Cc and Bcc.
    pub copies: u64,
    /// Messages with [`MANY_COPIES`] and more.
    pub with_many: u64,
    /// The most that one message has.
    pub most: u64,
    /// Who gets a hidden copy (Bcc) of every message.
    pub of_all: Vec<Address>,
    /// What the column `_attach` does, where there is one.
    pub attached: Option<Column>,
    /// What the column `_cc` does, where there is one.
    pub copied: Option<Column>,
}

/// What a column of ours adds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    /// This many files or cells.
    pub count: u64,
    /// The number of messages.
    pub messages: u64,
}

impl Extras {
    /// One more message: its envelope recipients, and those of them by Bcc.
    pub(super) fn note(&mut self, header: &Header, row: &Row, addresses: u64, bcc: &[Address]) {
        let copies = addresses.saturating_sub(1);
        self.copies += copies;
        self.most = self.most.max(copies);
        self.with_many += u64::from(copies >= MANY_COPIES);
        if self.messages == 0 {
            self.of_all = bcc.to_vec();
        } else {
            self.of_all.retain(|address| bcc.contains(address));
        }
        self.messages += 1;
        let files = |cell: &str| files_in_cell(cell).count() as u64;
        count(&mut self.attached, header, ATTACH_COLUMN, row, files);
        count(&mut self.copied, header, CC_COLUMN, row, |cell| {
            u64::from(!cell.trim().is_empty())
        });
    }

    /// Whether an address gets a copy of every message, if there are several.
    pub fn has_of_all(&self) -> bool {
        self.messages > 1 && !self.of_all.is_empty()
    }
}

fn count(so_far: &mut Option<Column>, header: &Header, name: &str, row: &Row, of: impl Fn(&str) -> u64) {
    let Some(at) = header.position(name) else {
        return;
    };
    let cells = row.members().filter_map(|member| member.fields.get(at));
    let more: u64 = cells.map(|cell| of(cell)).sum();
    let column = so_far.get_or_insert_default();
    column.count += more;
    column.messages += u64::from(more > 0);
}
