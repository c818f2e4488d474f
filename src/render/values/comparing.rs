//! Comparing by value: `==`, `!=`, `<`, `<=`, `>`, `>=`, `in` and `not in`.
//!
//! Compared with a number, a cell is a number; with `true`, it is an answer; with `none`, it is
//! nothing if it is empty. A text that the author wrote is a text, and is compared with the shown
//! text and with the value of the cell: `9.3.2026` equals `'2026-03-09'`, and `'007'` does not
//! equal 7. Two cells are compared by their values.

use std::cmp::Ordering;

use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::render::filters::HIDDEN;
use crate::table::cell::{self, Clock, Moment, Number};
use crate::table::dated;
use crate::table::spelled::Unsure;
use crate::words::say;

use super::asked::Asked;
use super::failure::Failure;
use super::failure::refusal;
use super::operand::{Operand, alike, composed};
use super::truth::holds;

/// Compares `a` and `b` as `op` says; `text` has the letters of those that the author wrote.
pub(super) fn compare(kwargs: &Kwargs, state: &State<'_>, columns: &Asked) -> TeraResult<bool> {
    let operator: &str = kwargs.must_get("op")?;
    let text: &str = kwargs.get("text")?.unwrap_or_default();
    let left = Operand::of(kwargs, ["a", "ac", "ao"], text.contains('a'), state)?;
    let right = Operand::of(kwargs, ["b", "bc", "bo"], text.contains('b'), state)?;
    Ok(match operator {
        "==" => equal(&left, &right, columns)?,
        "!=" => !equal(&left, &right, columns)?,
        "in" => contains(&left, &right, state, columns)?,
        "not in" => !contains(&left, &right, state, columns)?,
        "<" => order(&left, &right)? == Ordering::Less,
        "<=" => order(&left, &right)? != Ordering::Greater,
        ">" => order(&left, &right)? == Ordering::Greater,
        _ => order(&left, &right)? != Ordering::Less,
    })
}

/// The rows of a list whose `attribute` is `value`; those that have any, where none is given.
pub(super) fn filter(
    values: &[Value],
    kwargs: &Kwargs,
    state: &State<'_>,
    columns: &Asked,
) -> TeraResult<Vec<Value>> {
    let attribute: &str = kwargs.must_get("attribute")?;
    let wanted: Option<&Value> = kwargs.get("value")?;
    let mut found = Vec::new();
    for value in values {
        let Some(cell) = value.get_from_path(attribute) else {
            continue;
        };
        let cell = Operand::new(cell, Some(attribute), Some(value), false, state);
        let takes = match wanted {
            Some(wanted) => equal(&cell, &Operand::new(wanted, None, None, true, state), columns)?,
            None => !cell.is_nothing(),
        };
        if takes {
            found.push(value.clone());
        }
    }
    Ok(found)
}

fn equal(left: &Operand<'_>, right: &Operand<'_>, columns: &Asked) -> TeraResult<bool> {
    let (one, other) = (left.value, right.value);
    let absent = |value: &Value| value.is_none() || value.is_undefined();
    if absent(one) || absent(other) {
        return Ok(left.is_nothing() && right.is_nothing());
    }
    if let Some(yes) = other.as_bool() {
        return Ok(holds(left, columns)? == yes);
    }
    if let Some(yes) = one.as_bool() {
        return Ok(holds(right, columns)? == yes);
    }
    if let (Some(_), Some(_)) = (left.shown(), right.shown()) {
        return Ok(same_text(left, right));
    }
    match (left.number(), right.number()) {
        (Some(one), Some(other)) => Ok(one.order(other) == Ordering::Equal),
        _ => Ok(one == other),
    }
}

/// Whether two texts are the same, or what they are is.
fn same_text(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let (Some(one), Some(other)) = (left.shown(), right.shown()) else {
        return false;
    };
    if alike(one, other) {
        return true;
    }
    match (left.written, right.written) {
        (true, true) => false,
        (true, false) => is_meant(right, one),
        (false, true) => is_meant(left, other),
        (false, false) => same_value(left, right),
    }
}

/// Whether a text that the author wrote means this cell.
fn is_meant(of: &Operand<'_>, written: &str) -> bool {
    let is = of.text().unwrap_or_default();
    if alike(is, written) || same_moment(is, written) {
        return true;
    }
    if of.hidden().is_some()
        && let (Some(one), Some(other)) = (Number::of(is), Number::of(written))
    {
        return one.order(other) == Ordering::Equal;
    }
    // What is true in one program is TRUE in the next.
    let value = |text: &str| {
        ["true", "false"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    };
    let bare = cell::bare(is);
    value(written) && bare.eq_ignore_ascii_case(written)
}

/// Whether two cells are the same, whatever they show.
fn same_value(left: &Operand<'_>, right: &Operand<'_>) -> bool {
    let (Some(one), Some(other)) = (left.text(), right.text()) else {
        return false;
    };
    if alike(one, other) || same_moment(one, other) {
        return true;
    }
    // A name made of digits is not a number.
    let counts = |text: &str| !is_name_of_digits(text);
    match (Number::of(one), Number::of(other)) {
        (Some(a), Some(b)) => counts(one) && counts(other) && a.order(b) == Ordering::Equal,
        _ => false,
    }
}

fn is_name_of_digits(text: &str) -> bool {
    let digits = cell::bare(text).as_bytes();
    digits.first() == Some(&b'0') && digits.get(1).is_some_and(u8::is_ascii_digit)
}

fn same_moment(one: &str, other: &str) -> bool {
    match (dated::moment(one), dated::moment(other)) {
        (Some(Ok(one)), Some(Ok(other))) => one.order(&other) == Ordering::Equal,
        _ => false,
    }
}

/// Whether a list has a value, a text another text, or a table a key.
fn contains(
    needle: &Operand<'_>,
    within: &Operand<'_>,
    state: &State<'_>,
    columns: &Asked,
) -> TeraResult<bool> {
    if let Some(values) = within.value.as_array() {
        for value in values {
            let value = Operand::new(value, None, None, within.written, state);
            if equal(needle, &value, columns)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if let Some(text) = within.shown() {
        let part = match needle.shown() {
            Some(part) => composed(part).into_owned(),
            None => needle.value.to_string(),
        };
        // An empty value is not a part of anything.
        return Ok(!part.is_empty() && composed(text).contains(&part));
    }
    let Some(table) = within.value.as_map() else {
        return Err(refusal(
            say!("render-in-needs-a-list", type = within.value.name()),
        ));
    };
    // The key of what cells are is nobody's.
    let keys = table.keys().filter(|key| key.as_str() != Some(HIDDEN));
    Ok(keys.cloned().map(Value::from).any(|key| key == *needle.value))
}

fn order(left: &Operand<'_>, right: &Operand<'_>) -> TeraResult<Ordering> {
    match (left.number(), right.number()) {
        (Some(one), Some(other)) => return Ok(one.order(other)),
        (Some(_), None) => return Err(unordered(right, left)),
        (None, Some(_)) => return Err(unordered(left, right)),
        (None, None) => {}
    }
    let (Some(one), Some(other)) = (left.text(), right.text()) else {
        let words = || {
            let (one, other) = (left.value.name(), right.value.name());
            refusal(say!("render-no-order", one = one, other = other))
        };
        return left.value.partial_cmp(right.value).ok_or_else(words);
    };
    if let Some(order) = order_of_days(left, right)? {
        return Ok(order);
    }
    Ok(match (Clock::of(one), Clock::of(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => composed(one).cmp(&composed(other)),
    })
}

/// Which of two days is later; `None` where neither is one.
fn order_of_days(left: &Operand<'_>, right: &Operand<'_>) -> TeraResult<Option<Ordering>> {
    let day = |side: &Operand<'_>| side.text().and_then(dated::moment);
    let (one, other) = (day(left), day(right));
    if one.is_none() && other.is_none() {
        return Ok(None);
    }
    // Beside a day, words may be one, too: 9 March 2026.
    let sure = |side: &Operand<'_>, found: Option<Result<Moment, Unsure>>| {
        let found = found.unwrap_or_else(|| dated::spelled_moment(side.text().unwrap_or_default()));
        found.map_err(|_| undated(side))
    };
    Ok(Some(sure(left, one)?.order(&sure(right, other)?)))
}

/// The error for a value that is not a number, compared with one.
fn unordered(value: &Operand<'_>, number: &Operand<'_>) -> Error {
    if value.is_nothing() {
        return Failure::Empty(value.culprit()).raise();
    }
    if value.written {
        let written = value.culprit().text;
        return Failure::Other {
            what: say!(
                "render-text-beside-number",
                text = written,
                number = number.culprit().text
            ),
            help: say!("render-text-beside-number-hint"),
        }
        .raise();
    }
    Failure::NoNumber(value.culprit()).raise()
}

/// The error for a value that is not a date, compared with one.
fn undated(value: &Operand<'_>) -> Error {
    if value.is_nothing() {
        return Failure::Empty(value.culprit()).raise();
    }
    if value.written {
        let written = value.culprit().text;
        return Failure::Other {
            what: say!("render-unsure-date", text = written),
            help: say!("render-unsure-date-written-hint"),
        }
        .raise();
    }
    Failure::NoDate(value.culprit()).raise()
}
