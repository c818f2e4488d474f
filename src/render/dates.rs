//! Filters that write a date: `date` in any form, `iso` in ISO 8601.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tera::{Error, Kwargs, Number, State, TeraResult, Value};

use crate::table::cell::{Moment, is_time};
use crate::words::{Arg, say};

use super::values::refusal;

/// How a date is written where the template does not say.
const USUAL: &str = "%Y-%m-%d";

/// A date as `format` says (the conversions of strftime), in `timezone`. A number counts the
/// seconds since 1970.
pub(super) fn date(value: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    if kwargs.get::<&Value>("locale")?.is_some() {
        return Err(refusal(say!("render-date-locale")));
    }
    let format = kwargs.get::<&str>("format")?.unwrap_or(USUAL);
    let zone = match kwargs.get::<&str>("timezone")? {
        Some(name) => {
            let unknown = |_| refusal(say!("render-unknown-zone", name = name));
            Some(TimeZone::get(name).map_err(unknown)?)
        }
        None => None,
    };
    let zoned = zoned(value, zone.clone().unwrap_or(TimeZone::UTC))?;
    let zoned = match zone {
        Some(zone) => zoned.with_time_zone(zone),
        None => zoned,
    };
    strtime::format(format, &zoned).map_err(|error| {
        refusal(say!(
            "render-date-format",
            format = format,
            own = error.to_string()
        ))
    })
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
        return Err(refusal(say!("render-date-of-type", type = value.name())));
    };
    let timestamp = i64::try_from(seconds)
        .ok()
        .and_then(|seconds| Timestamp::new(seconds, 0).ok());
    timestamp
        .map(|timestamp| timestamp.to_zoned_datetime(zone))
        .ok_or_else(|| refusal(say!("render-timestamp", seconds = Arg::plain(seconds))))
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
    refusal(say!("render-filter-needs-a-date", text = text))
}

#[cfg(test)]
mod tests;
