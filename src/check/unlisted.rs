//! Rows between those of the list that are not recipients: headings, totals. A condition that leaves
//! them out, where one is certain.

use std::collections::HashSet;

use crate::campaign::Campaign;
use crate::recipients::in_toml;
use crate::render::in_template;
use crate::table::{Header, Row, Table, TableError};
use crate::words::say;

use super::finding::Finding;

/// Adds to the findings about rows without an address what leaves out those that fill less than
/// half of the columns: the list is read again for it.
///
/// # Errors
/// The list cannot be read to its end.
pub(super) fn suggest(
    campaign: &Campaign,
    header: &Header,
    findings: &mut [Finding],
) -> Result<(), TableError> {
    let empty = |finding: &Finding| finding.problem.what.is("recipients-address-empty");
    let in_file = campaign.file.is_some() && header.lettered;
    if !in_file || !findings.iter().any(empty) {
        return Ok(());
    }
    let mut seen = Filled::of(campaign, header);
    for row in Table::open(&campaign.recipients)? {
        let row = row?;
        seen.row(row.as_ref().unwrap_or_else(|fault| &fault.row));
    }
    let Some(column) = seen.column(header) else {
        return Ok(());
    };
    let condition = format!("{} != ''", in_template(column, header));
    let whole = match &campaign.recipients.filter {
        Some(filter) => [format!("({})", filter.value), condition].join(" and "),
        None => condition,
    };
    for finding in findings.iter_mut().filter(|finding| empty(finding)) {
        let row = finding.first_rows.first();
        if row.is_some_and(|row| seen.sparse.contains(row)) {
            let hint = say!("check-no-recipient-hint", condition = in_toml(&whole));
            finding.problem.help.push(hint);
        }
    }
    Ok(())
}

/// Which columns every recipient fills in.
struct Filled {
    addresses: Vec<usize>,
    /// By column: every row with an address has it, and no row that looks like none of the list.
    tells: Vec<bool>,
    /// Rows without an address that fill less than half of the columns.
    sparse: HashSet<u64>,
}

impl Filled {
    fn of(campaign: &Campaign, header: &Header) -> Self {
        let named = campaign.recipients.addressed_by.iter();
        Self {
            addresses: named.filter_map(|name| header.position(name)).collect(),
            tells: vec![true; header.columns.len()],
            sparse: HashSet::new(),
        }
    }

    fn row(&mut self, row: &Row) {
        let filled = |at: usize| row.fields.get(at).is_some_and(|cell| !cell.trim().is_empty());
        let columns = self.tells.len();
        let addressed = self.addresses.iter().any(|at| filled(*at));
        let sparse = (0..columns).filter(|at| filled(*at)).count() * 2 < columns;
        if addressed || sparse {
            for (at, tells) in self.tells.iter_mut().enumerate() {
                *tells &= filled(at) == addressed;
            }
        }
        if !addressed && sparse {
            self.sparse.insert(row.number);
        }
    }

    /// The first column that tells rows of the list from others.
    fn column<'h>(&self, header: &'h Header) -> Option<&'h str> {
        let of_list = |at: &usize| {
            let name = header.names.get(*at).map_or("", String::as_str);
            !self.addresses.contains(at) && !name.is_empty() && !name.starts_with('_')
        };
        let mut telling = (0..self.tells.len()).filter(|at| self.tells.get(*at) == Some(&true));
        let column = telling.find(of_list)?;
        header.columns.get(column).map(String::as_str)
    }
}
