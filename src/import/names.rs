//! Jinja2's filters, tests and functions, by name.
//!
//! Each becomes Tera's name, with arguments by name; or it is refused, with what to write instead.
//! If the two differ in a special case, there is a warning.

use minijinja::value::Value;

use crate::words::say;

use super::python;
use super::scope::{Arguments, Scope};
use super::written::{Kind, Refusal, Written};

type Result = std::result::Result<Written, Refusal>;

/// `base | name(args)`; without a base, in `{% filter name %}`.
pub(super) fn filter(scope: &mut Scope, name: &str, base: Option<Written>, args: &Arguments) -> Result {
    let of = base.as_ref().map_or(Kind::Text, |b| b.kind);
    let (tera, parameters, kind): (&str, &[(&str, &str)], Kind) = match name {
        "upper" | "lower" | "title" | "capitalize" | "wordcount" | "safe" | "abs" | "reverse" => {
            if name == "wordcount" {
                scope.doubt(say!("import-word-count"), say!("import-word-count-help"));
            }
            let kind = match name {
                "wordcount" | "abs" => Kind::Number,
                _ => of,
            };
            (name, &[], kind)
        }
        "escape" | "e" => ("escape", &[], Kind::Text),
        "string" => ("str", &[], Kind::Text),
        "length" | "count" => ("length", &[], Kind::Number),
        "int" | "float" => (name, &[], Kind::Number),
        "trim" => ("trim", &[("chars", "pat")], Kind::Text),
        // In mailmerge an empty cell is a text, which a default does not replace.
        "default" | "d" if of == Kind::Text && base.is_some() && !replaces_empty(args) => {
            return base.ok_or_else(|| unknown_filter(name));
        }
        "default" | "d" => (
            "default",
            &[("default_value", "value"), ("boolean", "boolean")],
            of,
        ),
        "replace" => ("replace", &[("old", "from"), ("new", "to")], Kind::Text),
        "join" => ("join", &[("d", "sep")], Kind::Text),
        "indent" => (
            "indent",
            &[("width", "width"), ("first", "first"), ("blank", "blank")],
            Kind::Text,
        ),
        "unique" => ("unique", &[], Kind::Other),
        "urlencode" => {
            scope.doubt(say!("import-url-slash"), say!("import-url-slash-help"));
            ("urlencode", &[], Kind::Text)
        }
        "sort" => {
            scope.doubt(say!("import-sort-case"), say!("import-sort-case-help"));
            ("sort", &[("attribute", "attribute")], Kind::Other)
        }
        "first" | "last" if of == Kind::Text => {
            let Some(base) = base.filter(|_| args.is_empty()) else {
                return Err(unknown_filter(name));
            };
            let at = if name == "first" { "0" } else { "-1" };
            return Ok(Written::whole(format!("{}[{at}]", base.inner()), Kind::Text));
        }
        "first" | "last" => (name, &[], Kind::Other),
        "round" => return round(scope, base, args),
        "format" => {
            let values: Vec<_> = args.by_place.iter().map(|(value, _)| value.clone()).collect();
            let format = base.filter(|b| b.kind == Kind::Text && args.by_name.is_empty());
            let Some(format) = format.as_ref().and_then(quoted) else {
                return Err(unknown_filter(name));
            };
            return python::percent(scope, &format, &values);
        }
        _ => return Err(unknown_filter(name)),
    };
    if name == "trim" && !python::one_character(args) {
        return Err(Refusal::new(
            say!("import-trim-several"),
            say!("import-trim-several-help"),
        ));
    }
    let passed = pass(name, args, parameters)?;
    let call = if passed.is_empty() {
        tera.to_owned()
    } else {
        format!("{tera}({})", passed.join(", "))
    };
    Ok(match base {
        Some(base) => Written::piped(format!("{} | {call}", base.operand()), kind),
        None => Written::piped(call, kind),
    })
}

/// Whether `default` replaces empty values, too.
fn replaces_empty(args: &Arguments) -> bool {
    args.by_place.len() > 1 || args.by_name.iter().any(|(name, ..)| name == "boolean")
}

/// `base is name(args)`, or `is not`.
pub(super) fn test(name: &str, base: &Written, args: &Arguments, negated: bool) -> Result {
    let first = args.by_place.first().map(|(value, _)| value.operand());
    let compared = match name {
        "eq" | "equalto" | "==" => Some("=="),
        "ne" | "!=" => Some("!="),
        "lt" | "lessthan" | "<" => Some("<"),
        "le" | "<=" => Some("<="),
        "gt" | "greaterthan" | ">" => Some(">"),
        "ge" | ">=" => Some(">="),
        "in" => Some("in"),
        _ => None,
    };
    if let (Some(sign), Some(right)) = (compared, &first) {
        let text = format!("{} {sign} {right}", base.operand());
        let text = if negated { format!("not ({text})") } else { text };
        return Ok(Written::loose(text, Kind::Truth));
    }
    // In mailmerge an empty cell is a text: it is there, and it is not none.
    if let ("defined" | "undefined" | "none", Kind::Text) = (name, base.kind) {
        let holds = (name == "defined") != negated;
        return Ok(Written::whole(holds.to_string(), Kind::Truth));
    }
    let tera = match (name, &first) {
        (
            "defined" | "undefined" | "none" | "odd" | "even" | "string" | "number" | "iterable" | "float"
            | "integer",
            None,
        ) => name.to_owned(),
        ("mapping", None) => "map".to_owned(),
        ("sequence", None) => "array".to_owned(),
        ("boolean", None) => "bool".to_owned(),
        ("divisibleby", Some(divisor)) => format!("divisible_by(divisor={divisor})"),
        _ => {
            return Err(Refusal::new(
                say!("import-no-test", name = name),
                say!("import-no-test-help"),
            ));
        }
    };
    let is = if negated { "is not" } else { "is" };
    Ok(Written::loose(
        format!("{} {is} {tera}", base.operand()),
        Kind::Truth,
    ))
}

/// `name(args)`.
pub(super) fn function(name: &str, args: &Arguments) -> Result {
    let values: Vec<_> = args
        .by_place
        .iter()
        .map(|(value, _)| value.text.as_str())
        .collect();
    let call = match (name, &values[..]) {
        ("range", [end]) => format!("range(end={end})"),
        ("range", [start, end]) => format!("range(start={start}, end={end})"),
        ("range", [start, end, step]) => format!("range(start={start}, end={end}, step_by={step})"),
        _ => {
            return Err(Refusal::new(
                say!("import-no-function", name = name),
                say!("import-no-function-help"),
            ));
        }
    };
    Ok(Written::whole(call, Kind::Other))
}

/// `loop.name`.
pub(super) fn of_loop(name: &str) -> Result {
    let whole = |text: &str, kind| Ok(Written::whole(text.to_owned(), kind));
    match name {
        "index" => whole("loop.index", Kind::Number),
        "index0" => whole("loop.index0", Kind::Number),
        "length" => whole("loop.length", Kind::Number),
        "first" => whole("loop.first", Kind::Truth),
        "last" => whole("loop.last", Kind::Truth),
        "revindex" => whole("(loop.length - loop.index0)", Kind::Number),
        "revindex0" => whole("(loop.length - loop.index)", Kind::Number),
        _ => Err(Refusal::new(
            say!("import-no-loop", name = name),
            say!("import-no-loop-help"),
        )),
    }
}

/// `loop.name(args)`.
pub(super) fn loop_call(name: &str, args: &Arguments) -> Result {
    if name != "cycle" || args.by_place.is_empty() || !args.by_name.is_empty() {
        return of_loop(&format!("{name}()"));
    }
    let values: Vec<_> = args
        .by_place
        .iter()
        .map(|(value, _)| value.text.as_str())
        .collect();
    Ok(Written::whole(
        format!("[{}][loop.index0 % {}]", values.join(", "), values.len()),
        Kind::Other,
    ))
}

fn round(scope: &mut Scope, base: Option<Written>, args: &Arguments) -> Result {
    let method = args
        .by_place
        .get(1)
        .or(None)
        .map(|(_, constant)| constant.clone())
        .or_else(|| {
            let named = args.by_name.iter().find(|(name, ..)| name == "method");
            named.map(|(_, _, constant)| constant.clone())
        })
        .flatten();
    let precision = args
        .by_place
        .first()
        .map(|(value, _)| value.text.clone())
        .or_else(|| {
            let named = args.by_name.iter().find(|(name, ..)| name == "precision");
            named.map(|(_, value, _)| value.text.clone())
        });
    let mut passed = Vec::new();
    if let Some(precision) = precision {
        passed.push(format!("precision={precision}"));
    }
    match method.as_ref().and_then(Value::as_str) {
        None | Some("common") => scope.doubt(say!("import-round-half"), say!("import-round-half-help")),
        Some(other) => passed.push(format!("method={}", scope.literal(other))),
    }
    let Some(base) = base else {
        return Err(unknown_filter("round"));
    };
    let call = if passed.is_empty() {
        "round".to_owned()
    } else {
        format!("round({})", passed.join(", "))
    };
    Ok(Written::piped(
        format!("{} | {call}", base.operand()),
        Kind::Number,
    ))
}

/// Arguments as Tera wants them, all by name: `parameters` are (Jinja2's, Tera's), in their order.
fn pass(
    filter: &str,
    args: &Arguments,
    parameters: &[(&str, &str)],
) -> std::result::Result<Vec<String>, Refusal> {
    let too_many = || {
        Refusal::new(
            say!("import-filter-arguments", name = filter),
            say!("import-filter-arguments-help"),
        )
    };
    let mut passed = Vec::new();
    for (n, (value, _)) in args.by_place.iter().enumerate() {
        let (_, tera) = parameters.get(n).ok_or_else(too_many)?;
        passed.push(format!("{tera}={}", value.text));
    }
    for (name, value, _) in &args.by_name {
        let (_, tera) = parameters
            .iter()
            .find(|(jinja, _)| jinja == name)
            .ok_or_else(too_many)?;
        passed.push(format!("{tera}={}", value.text));
    }
    Ok(passed)
}

/// The text of a literal, as it was written.
fn quoted(written: &Written) -> Option<String> {
    let text = &written.text;
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(['\\', quote])).then(|| inner.to_owned())
}

fn unknown_filter(name: &str) -> Refusal {
    Refusal::new(
        say!("import-no-filter", name = name),
        say!("import-no-filter-help"),
    )
}
