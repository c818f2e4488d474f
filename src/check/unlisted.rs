//! Rows between those of the list that are not recipients: headings, totals. A condition that leaves
//! them out, where one is certain.

use std::collections::HashSet;

use crate::campaign::Campaign;
use crate::recipients::in_toml;
use crate::render::in_template;
use crate::table::{Header, Row, Table, TableError};
use crate::words::say;

use super::finding::Finding;

/// Adds to the findings about rows without a valid address what leaves out those that fill less than
/// half of the columns: the list is read again for it.
///
/// # Errors
/// The list cannot be read to its end.
pub(super) fn suggest(
    campaign: &Campaign,
    header: &Header,
    findings: &mut [Finding],
) -> Result<(), TableError> {
    let in_file = campaign.file.is_some() && header.lettered;
    let faulty: HashSet<u64> = findings.iter().filter_map(unaddressed).collect();
    if !in_file || faulty.is_empty() {
        return Ok(());
    }
    let mut seen = Filled::of(campaign, header, faulty);
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
    for finding in findings.iter_mut() {
        if unaddressed(finding).is_some_and(|row| seen.sparse.contains(&row)) {
            let hint = say!("check-no-recipient-hint", condition = in_toml(&whole));
            finding.problem.help.push(hint);
        }
    }
    Ok(())
}

/// The row of a finding that says that its To address is empty or not an address.
fn unaddressed(finding: &Finding) -> Option<u64> {
    let what = &finding.problem.what;
    let is = what.is("recipients-address-empty") || what.is("recipients-not-an-address");
    finding.first_rows.first().copied().filter(|_| is)
}

/// Which columns every recipient fills in.
struct Filled {
    addresses: Vec<usize>,
    /// Rows without a valid address.
    faulty: HashSet<u64>,
    /// By column: every row with an address has it, and no row that looks like none of the list.
    tells: Vec<bool>,
    /// Those of them, and further rows without an address, that fill less than half of the columns.
    sparse: HashSet<u64>,
}

impl Filled {
    fn of(campaign: &Campaign, header: &Header, faulty: HashSet<u64>) -> Self {
        let named = campaign.recipients.addressed_by.iter();
        Self {
            addresses: named.filter_map(|name| header.position(name)).collect(),
            faulty,
            tells: vec![true; header.columns.len()],
            sparse: HashSet::new(),
        }
    }

    fn row(&mut self, row: &Row) {
        let filled = |at: usize| row.fields.get(at).is_some_and(|cell| !cell.trim().is_empty());
        let columns = self.tells.len();
        let faulty = self.faulty.contains(&row.number);
        let addressed = !faulty && self.addresses.iter().any(|at| filled(*at));
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
