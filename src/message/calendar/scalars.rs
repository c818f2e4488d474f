//! Values that are a number, a place or a word.

use crate::words::{Arg, say};

use super::fault::{Fault, shown};

pub(super) fn integer(text: &str, name: &str, low: i64, high: i64) -> Result<String, Fault> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let number = whole
        .parse::<i64>()
        .ok()
        .filter(|number| (low..=high).contains(number));
    number.map(|number| number.to_string()).ok_or_else(|| {
        Fault::new(
            say!("message-calendar-no-number", value = shown(text), name = name),
            say!(
                "message-calendar-no-number-hint",
                low = Arg::plain(low),
                high = Arg::plain(high)
            ),
        )
    })
}

/// Two numbers with a point: what maps put on the clipboard has a comma between them.
pub(super) fn geo(text: &str) -> Result<String, Fault> {
    let wrong = || {
        Fault::new(
            say!("message-calendar-geo", value = shown(text)),
            say!("message-calendar-geo-hint"),
        )
    };
    let parts: Vec<&str> = if text.contains(';') {
        text.split(';').collect()
    } else {
        text.split([',', ' ']).filter(|part| !part.is_empty()).collect()
    };
    let number = |part: &str, most: f64| {
        let part = part.trim().replace(',', ".");
        let number: f64 = part.parse().ok()?;
        (number.abs() <= most
            && part
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+')))
        .then_some(part)
    };
    match parts.as_slice() {
        [latitude, longitude] => {
            let both = number(latitude, 90.0).zip(number(longitude, 180.0));
            both.map(|(one, other)| format!("{one};{other}"))
                .ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

pub(super) fn word(text: &str, name: &str, words: &[&str]) -> Result<String, Fault> {
    let upper = match text.to_ascii_uppercase().replace([' ', '_'], "-").as_str() {
        "CANCELED" => "CANCELLED".to_owned(),
        other => other.to_owned(),
    };
    if words.contains(&upper.as_str()) || upper.starts_with("X-") {
        return Ok(upper);
    }
    let what = say!("message-calendar-no-word", value = shown(text), name = name);
    Err(Fault::new(
        what,
        say!(
            "message-calendar-no-word-hint",
            words = Arg::commas(words.iter().copied())
        ),
    ))
}

pub(super) fn plain(text: &str, name: &str) -> Result<String, Fault> {
    if text.contains(['\n', '\r']) {
        return Err(Fault::new(
            say!("message-calendar-line-break", name = name, value = shown(text)),
            say!("message-calendar-line-break-hint"),
        ));
    }
    Ok(text.to_owned())
}
