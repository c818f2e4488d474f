//! Domains that were hardly meant.

use crate::campaign::{Place, Problem, RecipientsSource};
use crate::table::{Header, Table, TableError};

use super::domains::Typo;
use super::finding::{Finding, SHOWN};

/// Typing errors in domains; their first rows are read again for their places.
pub(super) fn findings(
    source: &RecipientsSource,
    header: &Header,
    mut typos: Vec<Typo>,
) -> Result<Vec<Finding>, TableError> {
    typos.truncate(SHOWN);
    let first = |typo: &Typo| typo.first.first().copied().unwrap_or_default();
    let wanted: Vec<_> = typos
        .iter()
        .map(|typo| (first(typo), typo.domain.as_str()))
        .collect();
    let mut places = first_places(source, header, &wanted)?.into_iter();
    let findings = typos.into_iter().map(|typo| {
        let problem = Problem::warning(format!(
            "`{}` looks like a typing error of {}",
            typo.domain, typo.meant
        ))
        .code("domain-typo")
        .help("mend the address: what is sent there comes back, or is read by somebody else");
        Finding {
            problem: match places.next().flatten() {
                Some(place) => problem.at(place),
                None => problem,
            },
            rows: typo.rows,
            first_rows: typo.first,
        }
    });
    Ok(findings.collect())
}

/// Where domains stand in these rows, which are read again for it.
pub(super) fn first_places(
    source: &RecipientsSource,
    header: &Header,
    wanted: &[(u64, &str)],
) -> Result<Vec<Option<Place>>, TableError> {
    let mut places = vec![None; wanted.len()];
    let Some(last) = wanted.iter().map(|(row, _)| *row).max() else {
        return Ok(places);
    };
    for row in Table::open(source)? {
        let Ok(row) = row? else { continue };
        for (place, (_, domain)) in places
            .iter_mut()
            .zip(wanted)
            .filter(|(_, (first, _))| *first == row.number)
        {
            let holds = |cell: &String| cell.to_ascii_lowercase().contains(&domain.to_ascii_lowercase());
            let cell = row.fields.iter().position(holds);
            *place = Some(header.place(&row, cell));
        }
        if row.number >= last {
            break;
        }
    }
    Ok(places)
}
