//! Filters that write a date: `date` in any form, `iso` as ISO 8601 has it.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tera::{Error, Kwargs, Number, State, TeraResult, Value};

use crate::table::cell::{Moment, is_time};

/// How a date is written where the template does not say.
const USUAL: &str = "%Y-%m-%d";

/// A date as `format` says (the conversions of strftime), in `timezone`. A number counts the
/// seconds since 1970.
pub(super) fn date(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    if kwargs.get::<&Value>("locale")?.is_some() {
        return Err(Error::message(
            "`date` has no argument `locale`: the names of months and days are English; write other ones with numbers, such as format=\"%d.%m.%Y\"",
        ));
    }
    let format = kwargs.get::<&str>("format")?.unwrap_or(USUAL);
    let zone = match kwargs.get::<&str>("timezone")? {
        Some(name) => {
            let unknown = |_| Error::message(format!("Unknown timezone: {name}"));
            Some(TimeZone::get(name).map_err(unknown)?)
        }
        None => None,
    };
    let zoned = zoned(value, zone.clone().unwrap_or(TimeZone::UTC))?;
    let zoned = match zone {
        Some(zone) => zoned.with_time_zone(zone),
        None => zoned,
    };
    strtime::format(format, &zoned)
        .map_err(|error| Error::message(format!("Invalid date format `{format}`: {error}")))
}

/// The point in time that a value is; one without a time zone is in this one.
fn zoned(value: &Value, zone: TimeZone) -> TeraResult<ZonedDateTime> {
    if let Some(text) = value.as_str() {
        let of = |local: DateTime| local.to_zoned_datetime(zone);
        return match Moment::of(text) {
            Some(Moment::Zoned(zoned)) => Ok(zoned),
            Some(Moment::Local(local)) => of(local).map_err(|_| not_a_date(text)),
            None => Err(not_a_date(text)),
        };
    }
    let Some(Number::Integer(seconds)) = value.as_number() else {
        return Err(Error::message(format!(
            "Invalid value: expected a string or integer, got {}",
            value.name()
        )));
    };
    let timestamp = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| Timestamp::new(seconds, 0).ok());
    timestamp
        .map(|timestamp| timestamp.to_zoned_datetime(zone))
        .ok_or_else(|| Error::message(format!("Invalid timestamp: {seconds}")))
}

/// A date, a time or both as ISO 8601 has them.
pub(super) fn iso(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if !is_time(&text) && Moment::of(&text).is_none() {
        return Err(not_a_date(&text));
    }
    Ok(text.trim().to_owned())
}

fn not_a_date(text: &str) -> Error {
    let text = text.trim();
    Error::message(format!(
        "`{text}` is no date that can be read for sure: write it as 2026-03-09 (year, month, day), or keep it a date in a workbook"
    ))
}

#[cfg(test)]
mod tests;
