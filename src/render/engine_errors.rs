//! What the template engine says went wrong, as problems at the place the user wrote.

use std::collections::HashMap;
use std::sync::Arc;

use tera::ErrorKind;

use crate::campaign::{Place, Problem};
use crate::table::Header;

use super::names::unknown_name;
use super::numbers::Source;

/// The variable that a template names and nobody knows.
pub(super) fn undefined(error: &tera::Error) -> Option<&str> {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return None;
    };
    let (what, _) = report.message().split_once(" Available variables:")?;
    what.split('`').nth(1)
}

/// Tera's error as a problem at the place the user wrote.
pub(super) fn problem(
    error: &tera::Error,
    sources: &HashMap<String, Source>,
    fallback: &Place,
    header: &Header,
) -> Problem {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return Problem::error(error.to_string())
            .code("template")
            .at(fallback.clone());
    };
    let place = match sources.get(report.filename()) {
        Some(source) => source.at(report.span().range.clone()),
        None => fallback.clone(),
    };
    let message = report.message().trim_end_matches('.');
    let written = place.text.get(place.span.clone()).unwrap_or_default();
    let name = match undefined(error) {
        Some(name) => name,
        // `row["Nmae"]`, or a part of what is no table.
        None if message.contains("is undefined") => written.split(['"', '\'']).nth(1).unwrap_or(written),
        None if matches!(error.kind(), ErrorKind::SyntaxError(_)) => {
            return Problem::error(message).code("template").at(place).help(
                "a value is written {{ name }}; a condition is {% if name %} … {% endif %}; a brace of its own is {{ \"{{\" }}",
            );
        }
        None => return Problem::error(message).code("template").at(place),
    };
    unknown_name(name, place.clone(), header)
}

/// What keeps a template from being compiled.
pub(super) fn problems(
    error: &tera::Error,
    sources: &HashMap<String, Source>,
    place: &Place,
) -> Vec<Problem> {
    if let ErrorKind::Msg(reports) = error.kind()
        && reports.starts_with("error: ")
    {
        // Of unknown filters, tests and functions Tera has but the printed reports.
        let reports = reports.split("error: ").skip(1);
        return reports.map(|report| printed(report, sources, place)).collect();
    }
    if let ErrorKind::CircularInclude { include_chain, .. } = error.kind() {
        let chain = include_chain.join(" includes ");
        return vec![
            Problem::error(format!("a template includes itself: {chain}"))
                .code("template")
                .at(Place::whole(Arc::clone(&place.path)))
                .help("an {% include %} may not lead back to where it stands"),
        ];
    }
    vec![problem(error, sources, place, &Header::unknown(""))]
}

/// One printed report: what, then ` --> file:line:column`.
fn printed(report: &str, sources: &HashMap<String, Source>, place: &Place) -> Problem {
    let mut lines = report.lines();
    let what = lines.next().unwrap_or_default();
    let at = lines.next().and_then(|line| {
        let mut parts = line.split_once("--> ")?.1.rsplitn(3, ':');
        let column: usize = parts.next()?.trim().parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let source = sources.get(parts.next()?)?;
        let text = source.compiled.text.as_str();
        let before: usize = text
            .split_inclusive('\n')
            .take(line.checked_sub(1)?)
            .map(str::len)
            .sum();
        let column = text.get(before..)?.char_indices().nth(column.checked_sub(1)?)?.0;
        let name = what.split('`').nth(1).unwrap_or_default();
        let found = text.get(before + column..)?.find(name)?;
        let start = before + column + found;
        Some(source.at(start..start + name.len()))
    });
    Problem::error(what)
        .code("template")
        .at(at.unwrap_or_else(|| place.clone()))
}
