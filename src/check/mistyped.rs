//! Domains and local parts that were probably not meant.

use lettre::Address;

use crate::campaign::{Place, Problem, RecipientsSource};
use crate::recipients::domain_of;
use crate::table::{Header, Row, Table, TableError};
use crate::words::say;

use super::domains::Typo;
use super::doubts::Doubt;
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
        let domain = shown(&typo.domain);
        let problem = Problem::warning(typo.doubt.said(&domain))
            .code("domain-typo")
            .help(say!("check-typo-hint", domain = domain));
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

/// A domain as people write it.
fn shown(domain: &str) -> String {
    match idna::domain_to_unicode(domain) {
        (shown, Ok(())) if shown != domain.to_ascii_lowercase() => format!("{shown} ({domain})"),
        _ => domain.to_owned(),
    }
}

/// What is to be said of the part before the @ of a recipient's address.
pub(super) fn local_part(header: &Header, row: &Row, to: &Address) -> Option<Finding> {
    let local = to.user();
    let doubt = Doubt::of_local(local, to.domain())?;
    let cell = row.fields.iter().position(|cell| cell.contains(local));
    let problem = Problem::warning(doubt.said(local))
        .code("look-alike")
        .at(header.place(row, cell))
        .help(match doubt.meant() {
            Some(meant) => say!(
                "check-looks-like-hint",
                address = format!("{meant}@{}", to.domain())
            ),
            None => say!("check-mixed-scripts-hint"),
        });
    Some(Finding {
        problem,
        rows: 1,
        first_rows: vec![row.number],
    })
}

/// Whether a cell holds an address at this domain, which is in A-labels.
fn is_at(cell: &str, domain: &str) -> bool {
    let small = cell.to_lowercase();
    small.contains(&domain.to_ascii_lowercase())
        || (!cell.is_ascii() && domain_of(cell).is_some_and(|of| of.eq_ignore_ascii_case(domain)))
}

/// The places of domains in these rows, which are read again for this.
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
            let holds = |cell: &String| is_at(cell, domain);
            let cell = row.fields.iter().position(holds);
            *place = Some(header.place(&row, cell));
        }
        if row.number >= last {
            break;
        }
    }
    Ok(places)
}
