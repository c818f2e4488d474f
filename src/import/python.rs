//! What Jinja2 takes from Python: the methods of texts, and their formats.

use minijinja::value::Value;

use crate::words::say;

use super::scope::{Arguments, Scope};
use super::written::{Kind, Refusal, Written};

type Result = std::result::Result<Written, Refusal>;

/// `base.name(args)`: Python's, of a text.
pub(super) fn method(scope: &mut Scope, of: &Written, name: &str, args: &Arguments) -> Result {
    let value = |n: usize| args.by_place.get(n).map(|(value, _)| value.text.clone());
    let piped = |call: String, kind| Written::piped(format!("{} | {call}", of.operand()), kind);
    let is = |call: String| Written::loose(format!("{} is {call}", of.operand()), Kind::Truth);
    Ok(match (name, args.by_place.len()) {
        ("upper" | "lower" | "capitalize", 0) => piped(name.to_owned(), Kind::Text),
        ("title", 0) => {
            scope.doubt(say!("import-title-case"), say!("import-title-case-help"));
            piped("title".to_owned(), Kind::Text)
        }
        ("strip" | "lstrip" | "rstrip", 0 | 1) if one_character(args) => {
            let tera = match name {
                "strip" => "trim",
                "lstrip" => "trim_start",
                _ => "trim_end",
            };
            let pattern = value(0).map(|pattern| format!("(pat={pattern})"));
            piped(format!("{tera}{}", pattern.unwrap_or_default()), Kind::Text)
        }
        ("replace", 2) => piped(
            format!(
                "replace(from={}, to={})",
                value(0).unwrap_or_default(),
                value(1).unwrap_or_default()
            ),
            Kind::Text,
        ),
        ("split", 1) => piped(
            format!("split(pat={})", value(0).unwrap_or_default()),
            Kind::Other,
        ),
        ("startswith", 1) => is(format!("starting_with(pat={})", value(0).unwrap_or_default())),
        ("endswith", 1) => is(format!("ending_with(pat={})", value(0).unwrap_or_default())),
        ("join", 1) => {
            let list = args.by_place.first().map(|(value, _)| value.operand());
            Written::piped(
                format!("{} | join(sep={})", list.unwrap_or_default(), of.text),
                Kind::Text,
            )
        }
        ("get", 1) => piped(format!("get(key={})", value(0).unwrap_or_default()), Kind::Other),
        ("get", 2) => piped(
            format!(
                "get(key={}, default={})",
                value(0).unwrap_or_default(),
                value(1).unwrap_or_default()
            ),
            Kind::Other,
        ),
        _ => {
            return Err(Refusal::new(
                say!("import-python", name = name),
                say!("import-python-help"),
            ));
        }
    })
}

/// `"Dear %s" % name`.
pub(super) fn percent(scope: &Scope, format: &str, values: &[Written]) -> Result {
    let mut pieces = vec![String::new()];
    let mut rest = format;
    let mut converted = String::new();
    while let Some((before, after)) = rest.split_once('%') {
        converted.push_str(before);
        let mut after = after.chars();
        match after.next() {
            Some('%') => converted.push('%'),
            Some(c @ ('s' | 'd')) => {
                pieces.push(std::mem::take(&mut converted));
                pieces.push(c.to_string());
            }
            _ => return Err(no_format()),
        }
        rest = after.as_str();
    }
    converted.push_str(rest);
    pieces.push(converted);
    pieces.remove(0);
    side_by_side(scope, &pieces, values)
}

/// `"Dear {}".format(name)`.
pub(super) fn braces(scope: &Scope, format: &str, args: &Arguments) -> Result {
    let values: Vec<_> = args.by_place.iter().map(|(value, _)| value.clone()).collect();
    let texts: Vec<_> = format.split("{}").collect();
    if !args.by_name.is_empty() || texts.iter().any(|text| text.contains(['{', '}'])) {
        return Err(no_format());
    }
    let mut pieces = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        if i > 0 {
            pieces.push("s".to_owned());
        }
        pieces.push((*text).to_owned());
    }
    side_by_side(scope, &pieces, &values)
}

/// Texts, and between them the letters of their conversions.
fn side_by_side(scope: &Scope, pieces: &[String], values: &[Written]) -> Result {
    if pieces.len() / 2 != values.len() {
        return Err(Refusal::new(
            say!("import-format-values"),
            say!("import-format-values-help"),
        ));
    }
    let mut values = values.iter();
    let mut written = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        match (i % 2, values.as_slice().first()) {
            (1, Some(value)) => {
                values.next();
                written.push(match piece.as_str() {
                    "d" => format!("({} | int)", value.operand()),
                    _ => value.inner(),
                });
            }
            _ if piece.is_empty() => {}
            _ => written.push(scope.literal(piece)),
        }
    }
    match &written[..] {
        [] => Ok(Written::whole(scope.literal(""), Kind::Text)),
        _ => Ok(Written::loose(written.join(" ~ "), Kind::Text)),
    }
}

/// Python trims every character of a set, Tera a text as a whole: of one
/// character, that is the same.
pub(super) fn one_character(args: &Arguments) -> bool {
    args.by_name.is_empty()
        && args.by_place.first().is_none_or(|(_, constant)| {
            let text = constant.as_ref().and_then(Value::as_str);
            text.is_some_and(|text| text.chars().count() == 1)
        })
}

fn no_format() -> Refusal {
    Refusal::new(say!("import-no-format"), say!("import-no-format-help"))
}
