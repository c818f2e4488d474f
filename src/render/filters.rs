//! Filters that mail needs and that the template engine does not have.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::table::cell::{Number, is_nothing};
use crate::words::say;

use super::dates::{date, iso};
use super::numbers::{CELLS, PLAIN};
use super::values::refusal;

/// Registers all of them; `line_breaks` is what `nl2br` does where the values go.
pub(super) fn register(tera: &mut Tera, line_breaks: fn(&str) -> String) {
    tera.register_filter(PLAIN, plain);
    tera.register_filter("urlencode", urlencode);
    tera.register_filter("date", date);
    tera.register_filter("iso", iso);
    tera.register_filter("money", money);
    tera.register_filter("round", round);
    tera.register_filter("number", number);
    tera.register_filter("nl2br", move |value: &str, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&line_breaks(value))
    });
    tera.register_filter("default_name", default_name);
}

/// The key under which the table of a row holds what its cells are, where they show something else.
pub(super) const HIDDEN: &str = "";

/// What a cell is: the sheet's own value where it has one, a number where the text is one.
fn plain(value: &Value, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let Some(shown) = value.as_str() else {
        return Ok(value.clone());
    };
    let column: &str = kwargs.must_get("column")?;
    let cells: Option<Value> = match kwargs.get("of")? {
        Some(row) => Some(row),
        None => state.get(CELLS)?,
    };
    let known = cells
        .as_ref()
        .and_then(Value::as_map)
        .and_then(|cells| cells.get(&HIDDEN.into()))
        .and_then(Value::as_map)
        .and_then(|hidden| hidden.iter().find(|(name, _)| name.as_str() == Some(column)))
        .and_then(|(_, plain)| plain.as_str());
    let text = known.unwrap_or(shown);
    Ok(as_number(text).unwrap_or_else(|| Value::from(text)))
}

/// The number that a text is, where it is one.
fn as_number(text: &str) -> Option<Value> {
    Some(match Number::of(text)? {
        Number::Whole(number) => Value::from(number),
        Number::Fraction(number) => Value::from(number),
    })
}

/// All but what stands for itself everywhere in a URL (RFC 3986 §2.3).
fn urlencode(value: &str, _: Kwargs, _: &State<'_>) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    utf8_percent_encode(value, RESERVED).to_string()
}

/// An amount: `1,234.50`, rounded half up to `decimals`.
fn money(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let decimals: u32 = kwargs.get("decimals")?.unwrap_or(2);
    let thousands: &str = kwargs.get("thousands")?.unwrap_or(",");
    let point: &str = kwargs.get("point")?.unwrap_or(".");
    let symbol: &str = kwargs.get("symbol")?.unwrap_or("");
    let rounded = decimal(value)?.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let written = format!("{:.*}", decimals as usize, rounded.abs());
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push_str(thousands);
        }
        grouped.push(digit);
    }
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
        "-"
    } else {
        ""
    };
    let point = if fraction.is_empty() { "" } else { point };
    Ok(format!("{sign}{symbol}{grouped}{point}{fraction}"))
}

fn decimal(value: &Value) -> TeraResult<Decimal> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let bare = text.trim();
    let number = bare.parse().or_else(|_| Decimal::from_scientific(bare));
    number.map_err(|_| not_a_number(&text))
}

/// A number with this many decimal places, like Tera's filter; but it rounds half of the decimal
/// digits away from zero, and a whole number is written as one: 88, not 88.0.
fn round(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let precision: u32 = kwargs.get("precision")?.unwrap_or(0);
    let strategy = match kwargs.get::<&str>("method")? {
        None => RoundingStrategy::MidpointAwayFromZero,
        Some("ceil") => RoundingStrategy::ToPositiveInfinity,
        Some("floor") => RoundingStrategy::ToNegativeInfinity,
        Some(other) => {
            return Err(refusal(say!("render-round-method", method = other)));
        }
    };
    let rounded = decimal(value)?.round_dp_with_strategy(precision, strategy);
    let rounded = rounded.normalize();
    if rounded.scale() == 0
        && let Some(whole) = rounded.to_i128()
    {
        return Ok(Value::from(whole));
    }
    let rounded = rounded.to_f64();
    rounded
        .map(Value::from)
        .ok_or_else(|| not_a_number(&value.to_string()))
}

/// The number that a text is, written with another decimal point: `1.234,50`.
fn number(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let Some(text) = value.as_str() else {
        return Ok(value.clone());
    };
    let point: &str = kwargs.get("point")?.unwrap_or(".");
    let other = if point == "," { "." } else { "," };
    let bare: String = text
        .replace(other, "")
        .replace(point, ".")
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'')
        .collect();
    as_number(&bare).ok_or_else(|| not_a_number(text))
}

fn not_a_number(text: &str) -> Error {
    refusal(say!("render-filter-needs-a-number", text = text))
}

/// The value, or what to call a person whose name is unknown.
fn default_name(value: Cow<'_, str>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let name: &str = kwargs.must_get("name")?;
    Ok(if is_nothing(&value) {
        name.to_owned()
    } else {
        value.into_owned()
    })
}
