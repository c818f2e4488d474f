use std::sync::Arc;

use tera::Context;
use tera::value::Map;

use super::*;

fn written(value: impl Into<Value>, arguments: &[(&'static str, &str)]) -> Result<String, String> {
    let mut map = Map::new();
    for (name, argument) in arguments {
        map.insert((*name).into(), (*argument).into());
    }
    let context = Context::new();
    date(&value.into(), Kwargs::new(Arc::new(map)), &State::new(&context)).map_err(|error| error.to_string())
}

#[test]
fn a_date_is_written_in_any_form_and_time_zone() {
    let form = |format| vec![("format", format)];
    let zone = |format, zone| vec![("format", format), ("timezone", zone)];
    for (value, arguments, expected) in [
        ("2026-03-09", vec![], "2026-03-09"),
        ("\u{a0}2026-03-09 ", vec![], "2026-03-09"),
        ("2026-03-09", form("%d.%m.%Y"), "09.03.2026"),
        ("2026-03-09", form("%Y年%m月%d日"), "2026年03月09日"),
        (
            "2026-03-09",
            form("%A, %-d %B %Y, %H:%M"),
            "Monday, 9 March 2026, 00:00",
        ),
        (
            "2026-03-09",
            form("%a, %d %b %Y %H:%M:%S %z"),
            "Mon, 09 Mar 2026 00:00:00 +0000",
        ),
        ("2026-03-09 18:30", form("%-I:%M %p"), "6:30 PM"),
        // What a cell says of its time zone is kept, where the template names none.
        ("2026-03-09T10:00:00Z", form("%H:%M %Z"), "10:00 UTC"),
        ("2026-03-09T10:00+08:00", form("%H:%M %z"), "10:00 +0800"),
        ("2026-07-09T10:00[Europe/Berlin]", form("%H:%M %Z"), "10:00 CEST"),
        ("2026-03-09T10:00:00Z", zone("%H:%M", "Asia/Shanghai"), "18:00"),
        (
            "2026-03-09T23:00:00-05:00",
            zone("%d.%m. %H:%M", "Europe/Berlin"),
            "10.03. 05:00",
        ),
        // A time without a zone is in the one that the template names.
        (
            "2026-03-09 10:00",
            zone("%H:%M %Z", "America/New_York"),
            "10:00 EDT",
        ),
    ] {
        assert_eq!(
            written(value, &arguments).as_deref(),
            Ok(expected),
            "{value} {arguments:?}"
        );
    }
    // A number is the seconds since 1970.
    assert_eq!(
        written(1_482_720_453_i64, &form("%Y-%m-%d %H:%M")).as_deref(),
        Ok("2016-12-26 02:47")
    );
    assert_eq!(
        written(1_648_252_203_i64, &[("timezone", "Europe/Berlin")]).as_deref(),
        Ok("2022-03-26")
    );
}

#[test]
fn what_cannot_be_written_is_refused_in_words() {
    for (value, arguments, words) in [
        (
            Value::from("3/9/2026"),
            vec![],
            "`3/9/2026` cannot be read as a date with certainty",
        ),
        (
            Value::from("2026-02-30"),
            vec![],
            "`2026-02-30` cannot be read as a date with certainty",
        ),
        (
            Value::from("2026-03-09"),
            vec![("format", "%1")],
            "the date format `%1` is not valid",
        ),
        (
            Value::from("2026-03-09"),
            vec![("timezone", "Narnia")],
            "there is no time zone Narnia",
        ),
        (
            Value::from("2026-03-09"),
            vec![("locale", "de")],
            "`date` has no argument `locale`",
        ),
        (Value::from(1.5), vec![], "`date` needs a text or a whole number"),
        (Value::from(i64::MAX), vec![], "is not a point in time"),
    ] {
        let refused = written(value, &arguments).expect_err(words);
        assert!(refused.contains(words), "{refused}");
    }
}
