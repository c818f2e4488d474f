//! Recipients that are in several rows.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::audience::{Audience, Entry};
use crate::campaign::{Place, Problem};
use crate::recipients::Repeats;
use crate::table::TableError;
use crate::words::{Arg, say};

use super::domains::NAMED;
use super::finding::{Checked, Finding};

/// Who is repeated, and in which rows: all rows are read again for it.
fn again(audience: &Audience, mut repeats: Repeats, left_out: &HashSet<u64>) -> Result<Repeats, TableError> {
    audience.each(|row, entry| {
        if let Entry::Recipient(addressed) = entry
            && !left_out.contains(&row.number)
        {
            repeats.note(&addressed.recipient.key, row.number);
        }
        Ok::<_, TableError>(ControlFlow::Continue(()))
    })?;
    Ok(repeats)
}

/// The finding about recipients that are in several rows.
pub(super) fn finding(
    audience: &Audience,
    repeats: Repeats,
    left_out: &HashSet<u64>,
    checked: &mut Checked,
) -> Result<Option<Finding>, TableError> {
    let repeats = again(audience, repeats, left_out)?;
    let groups: Vec<_> = repeats.groups().collect();
    if groups.is_empty() {
        return Ok(None);
    }
    let all = groups.iter().flat_map(|(_, rows)| rows.iter().copied());
    checked.note_rows("duplicate-recipients", all);
    let later: usize = groups.iter().map(|(_, rows)| rows.len() - 1).sum();
    let what = say!("check-duplicates", recipients = groups.len(), rows = later);
    let mut problem = Problem::error(what)
        .code("duplicate-recipients")
        .at(Place::whole(Arc::clone(&audience.header().file)));
    for (key, rows) in groups.iter().take(5) {
        let shown = Arg::commas(rows.iter().take(8).map(Arg::plain));
        problem = problem.help(if rows.len() > 8 {
            say!(
                "check-duplicates-rows-more",
                recipient = key.to_string(),
                rows = shown
            )
        } else {
            say!("check-duplicates-rows", recipient = key.to_string(), rows = shown)
        });
    }
    if groups.len() > 5 {
        problem = problem.help(say!("check-more", more = groups.len() - 5));
    }
    let problem = problem
        .help(say!("check-duplicates-key-hint"))
        .help(say!("check-duplicates-group-hint"))
        .help(say!("check-duplicates-skip-hint"));
    let mut first_rows: Vec<u64> = groups
        .iter()
        .flat_map(|(_, rows)| rows.iter().skip(1).copied())
        .collect();
    first_rows.sort_unstable();
    first_rows.truncate(NAMED);
    Ok(Some(Finding {
        problem,
        rows: later as u64,
        first_rows,
    }))
}
