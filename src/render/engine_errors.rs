//! Errors of the template engine, as problems at the place that the user wrote.
//!
//! If the engine has a kind for an error, the kind decides. For the following errors it has only
//! English words, so they are read here and nowhere else. Cargo.toml pins the version that has
//! these words, and a test fails if another version has others.

use std::collections::HashMap;
use std::sync::Arc;

use tera::ErrorKind;

use crate::campaign::{Place, Problem};
use crate::table::Header;
use crate::words::{Said, say};

use super::mistakes::syntax;
use super::names::{Written, unknown_name};
use super::numbers::Source;
use super::values::said_in;

/// Behind the name of a variable that nobody knows.
const UNKNOWN_VARIABLE: &str = " Available variables:";

/// Of a part of something that it has not: `row["Nmae"]`.
const UNKNOWN_PART: &str = "is undefined";

/// At the beginning of what is about the types of two values.
const OF_TYPES: [&str; 3] = [
    "Cannot compare `",
    "Math operations can only be done on numbers",
    "`+` requires both operands to be numbers",
];

/// At the beginning of a report that comes printed, and before its place.
const PRINTED: &str = "error: ";
const PRINTED_PLACE: &str = "--> ";

/// At the beginning of what is about a template that is included and not there.
const UNKNOWN_TEMPLATE: &str = "Unknown template";

/// At the beginning of what is about an `is …` that does not exist.
const UNKNOWN_TEST: &str = "Unknown test";

/// Between templates of which one includes the next.
pub(super) const ARROW: &str = " → ";

/// The variable that a template names and nobody knows.
pub(super) fn undefined(error: &tera::Error) -> Option<&str> {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return None;
    };
    let (what, _) = report.message().split_once(UNKNOWN_VARIABLE)?;
    what.split('`').nth(1)
}

/// Whether values are of types that cannot be compared, or calculated with.
pub(super) fn is_of_types(message: &str) -> bool {
    OF_TYPES.iter().any(|begin| message.starts_with(begin))
}

/// Whether this value is named as one that a filter cannot use: the engine's and ours quote it.
pub(super) fn names_value(message: &str, value: &str) -> bool {
    let quoted = |quote: char| message.contains(&format!("{quote}{value}{quote}"));
    quoted('`') || quoted('"')
}

/// Whether a template is included that is not there.
pub(super) fn is_unknown_template(problem: &Problem) -> bool {
    problem.what.is("render-unknown-template")
}

/// Tera's error as a problem at the place the user wrote.
pub(super) fn problem(
    error: &tera::Error,
    sources: &HashMap<String, Source>,
    fallback: &Place,
    header: &Header,
) -> Problem {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return Problem::error(said(&error.to_string()))
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
        // `row["Nmae"]`, or a part of something that is not a table.
        None if message.contains(UNKNOWN_PART) && written.is_empty() => {
            let place = before(&place);
            let written = place.text.get(place.span.clone()).unwrap_or_default();
            return unknown_name(part_of(written), place.clone(), header, Written::InTemplate);
        }
        None if message.contains(UNKNOWN_PART) => part_of(written),
        None if matches!(error.kind(), ErrorKind::SyntaxError(_)) => return syntax(message, place),
        None => return Problem::error(said(message)).code("template").at(place),
    };
    unknown_name(name, place.clone(), header, Written::InTemplate)
}

/// The text before a filter that the user did not write: `nmae`, `row["Nmae"]`.
fn before(place: &Place) -> Place {
    let end = place.span.start;
    let text = place.text.get(..end).unwrap_or_default();
    let whole = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let name = whole.map_or(text, |(name, _)| name);
    let rest = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    place.at(rest.len()..end)
}

/// The part that is taken from something: for `row["Nmae"]`, the text in quotation marks.
fn part_of(written: &str) -> &str {
    written.split(['"', '\'']).nth(1).unwrap_or(written)
}

/// What keeps a template from being compiled.
pub(super) fn problems(
    error: &tera::Error,
    sources: &HashMap<String, Source>,
    place: &Place,
) -> Vec<Problem> {
    if let ErrorKind::Msg(reports) = error.kind()
        && reports.starts_with(PRINTED)
    {
        // Of unknown filters, tests and functions Tera has but the printed reports.
        let reports = reports.split(PRINTED).skip(1);
        return reports.map(|report| printed(report, sources, place)).collect();
    }
    if let ErrorKind::CircularInclude { include_chain, .. } = error.kind() {
        let chain = include_chain.join(ARROW);
        return vec![circle(&chain, Place::whole(Arc::clone(&place.path)))];
    }
    vec![problem(error, sources, place, &Header::unknown(""))]
}

/// The sentence about templates that include each other in a circle.
pub(super) fn circle(chain: &str, place: Place) -> Problem {
    Problem::error(say!("render-circle", chain = chain))
        .code("template")
        .at(place)
        .help(say!("render-circle-hint"))
}

/// What the engine says: our own sentence where it hands one back, else its words in brackets.
pub(super) fn said(message: &str) -> Said {
    said_in(message).unwrap_or_else(|| say!("render-engine", own = message))
}

/// What the engine says of a name that it does not know.
fn unknown(what: &str) -> Said {
    let name = what.split('`').nth(1).unwrap_or_default();
    match what.split('`').next().map(str::trim_end) {
        Some("Unknown filter") => say!("render-unknown-filter", name = name),
        Some(UNKNOWN_TEST) => say!("render-unknown-test", name = name),
        Some("Unknown function") => say!("render-unknown-function", name = name),
        Some(UNKNOWN_TEMPLATE) => say!("render-unknown-template", name = name),
        Some(_) | None => said(what),
    }
}

/// One printed report: what, then ` --> file:line:column`.
fn printed(report: &str, sources: &HashMap<String, Source>, place: &Place) -> Problem {
    let mut lines = report.lines();
    let what = lines.next().unwrap_or_default();
    let at = lines.next().and_then(|line| {
        let mut parts = line.split_once(PRINTED_PLACE)?.1.rsplitn(3, ':');
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
    let problem = Problem::error(unknown(what))
        .code("template")
        .at(at.unwrap_or_else(|| place.clone()));
    match what.split('`').nth(1).filter(|_| what.starts_with(UNKNOWN_TEST)) {
        Some(name) => problem.help(say!("render-text-is-hint", text = name)),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

    use super::*;
    use crate::render::spelling::Changes;

    /// What the engine says of a template over a few variables.
    fn refused(template: &str) -> tera::Error {
        let mut context = Context::new();
        context.insert("name", "Ada");
        context.insert("row", &HashMap::from([("name", "Ada")]));
        let mut tera = Tera::new();
        tera.register_filter(
            "refuse",
            |_: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
                Err(tera::Error::message("`Ada` is refused"))
            },
        );
        let added = tera.add_raw_template("a b.txt", template);
        added
            .and_then(|()| tera.render("a b.txt", &context))
            .expect_err("the template is at fault")
    }

    fn message(template: &str) -> String {
        let error = refused(template);
        let ErrorKind::RenderingError(report) = error.kind() else {
            panic!("{template}: {error}");
        };
        report.message().to_owned()
    }

    /// The words that decisions depend on, as this version of the engine has them.
    #[test]
    fn the_engine_still_says_it_in_the_words_that_are_read_here() {
        assert_eq!(undefined(&refused("{{ nmae }}")), Some("nmae"));
        let part = message("{{ row['Nmae'] }}");
        assert!(
            part.contains(UNKNOWN_PART) && undefined(&refused("{{ row['Nmae'] }}")).is_none(),
            "{part}"
        );
        for template in [
            "{{ name < 1 }}",
            "{{ name * 2 }}",
            "{{ 2 - name }}",
            "{{ name + 1 }}",
            "{{ name % 2 }}",
        ] {
            assert!(
                is_of_types(&message(template)),
                "{template}: {}",
                message(template)
            );
        }
        for template in ["{{ name | int }}", "{{ name | float }}", "{{ name | refuse }}"] {
            let message = message(template);
            assert!(
                names_value(&message, "Ada") && !is_of_types(&message),
                "{message}"
            );
        }
    }

    /// Of these the engine has no reports but printed ones: their parts are found again.
    #[test]
    fn a_printed_report_still_has_its_parts() {
        let place = Place::whole("a b.txt");
        for (template, what, at) in [
            (
                "Dear\n{{ name | uper }}",
                "there is no filter `uper`",
                Some(15..19),
            ),
            ("{{ name is od }}", "there is no test `od`", Some(11..13)),
            ("é {{ nwo() }}", "there is no function `nwo`", Some(6..9)),
            (
                "{% include 'foot.txt' %}",
                "there is no template `foot.txt`",
                Some(12..20),
            ),
        ] {
            let text = Place::in_file("a b.txt", template.into(), 0..template.len());
            let compiled = super::super::numbers::only_conditions(template);
            let sources = HashMap::from([(
                "a b.txt".to_owned(),
                Source {
                    place: text,
                    compiled,
                    spelling: Changes::default(),
                },
            )]);
            let problems = problems(&refused(template), &sources, &place);
            let found: Vec<_> = problems.iter().map(|problem| problem.what.to_string()).collect();
            assert_eq!(found, [what]);
            let span = problems[0].place.as_ref().map(|place| place.span.clone());
            assert_eq!(span, at, "{template}");
            assert_eq!(is_unknown_template(&problems[0]), template.contains("include"));
        }
    }

    #[test]
    fn kinds_of_errors_are_still_those() {
        assert!(matches!(refused("{{ name").kind(), ErrorKind::SyntaxError(_)));
        assert!(matches!(
            refused("{% include 'a b.txt' %}").kind(),
            ErrorKind::CircularInclude { include_chain, .. } if include_chain.len() == 2
        ));
    }
}
