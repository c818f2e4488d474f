//! Days and times as people and spreadsheets write them: `9.3.2026 10:00`, `9 March 2026`,
//! `2026年3月9日`, and as calendar programs do.
//!
//! For code that needs a date from a text. It does not guess: in `03/04/2026`, day and month are
//! not certain, and in `26.3.9` the year is not.

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;

use super::cell::Moment;
use super::months;
use super::spelled_time::{self, Token};
use super::words::is_invisible;

/// What a text says.
#[derive(Debug, Clone, PartialEq)]
pub enum Spelled {
    /// A day.
    Day(Date),
    /// A day and a time of day, wherever that is.
    Local(DateTime),
    /// A point in time.
    Zoned(ZonedDateTime),
    /// A time of day.
    Time(Time),
}

/// Why a text says no day and no time for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsure {
    /// It is nothing that is known.
    Unknown,
    /// It is one day or another.
    Ambiguous(Date, Date),
    /// Which of its numbers is the year?
    ShortYear,
}

/// Reads a text.
///
/// # Errors
/// It says no day and no time, or not for sure.
pub fn of(text: &str) -> Result<Spelled, Unsure> {
    let plain: String = text.nfkc().filter(|c| !is_invisible(*c)).collect();
    let plain = plain.trim();
    if let Some(found) = of_machines(plain) {
        return Ok(found);
    }
    let (day, midnight) = match plain.split_once("24:00") {
        Some((day, rest)) if !day.trim().is_empty() && rest.trim_matches([':', '0']).is_empty() => {
            (day, true)
        }
        Some(_) | None => (plain, false),
    };
    let mut tokens = spelled_time::tokens(day).ok_or(Unsure::Unknown)?;
    let date = take_date(&mut tokens)?;
    let (time, utc) = spelled_time::take(&tokens).ok_or(Unsure::Unknown)?;
    match (date, time) {
        (Some(day), None) if midnight => {
            let next = day.tomorrow().map_err(|_| Unsure::Unknown)?;
            Ok(Spelled::Local(next.to_datetime(Time::midnight())))
        }
        (Some(day), Some(time)) => {
            let local = day.to_datetime(time);
            if utc {
                let zoned = local.to_zoned_datetime(TimeZone::UTC);
                return zoned.map(Spelled::Zoned).map_err(|_| Unsure::Unknown);
            }
            Ok(Spelled::Local(local))
        }
        (Some(day), None) if !utc => Ok(Spelled::Day(day)),
        (None, Some(time)) if !utc && !midnight => Ok(Spelled::Time(time)),
        _ => Err(Unsure::Unknown),
    }
}

/// As ISO 8601, RFC 9557 and RFC 5545 write it, or nearly so: `2026-12-01T0900`, `2026-12-01T09:0000`.
fn of_machines(text: &str) -> Option<Spelled> {
    let spaced = text.replace(", ", " ");
    let text = spaced.as_str();
    let basic: String = text.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let basic = basic.strip_suffix(".000").unwrap_or(&basic);
    let digits = |part: &str| part.bytes().all(|octet| octet.is_ascii_digit());
    let (day, rest) = basic.split_at_checked(8)?;
    if !digits(day) || text.bytes().filter(|b| *b == b'-').count() > 3 || !is_year_first(text) {
        return None;
    }
    let number = |part: &str| part.parse::<i8>().ok();
    let date = Date::new(
        day.get(..4)?.parse().ok()?,
        number(day.get(4..6)?)?,
        number(day.get(6..)?)?,
    )
    .ok();
    if rest.is_empty() {
        return date.map(Spelled::Day);
    }
    let clock = rest.trim_start_matches([' ', 'T', 't']);
    let (clock, utc) = match clock.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => (clock, false),
    };
    if clock.len() < rest.len() && matches!(clock.len(), 4 | 6) && digits(clock) {
        let second = clock.get(4..).filter(|s| !s.is_empty()).map_or(Some(0), number)?;
        let (hour, minute) = (number(clock.get(..2)?)?, number(clock.get(2..4)?)?);
        let local = match (hour, minute, second) {
            (24, 0, 0) => date?.tomorrow().ok()?.to_datetime(Time::midnight()),
            _ => date?.to_datetime(Time::new(hour, minute, second, 0).ok()?),
        };
        return if utc {
            local.to_zoned_datetime(TimeZone::UTC).ok().map(Spelled::Zoned)
        } else {
            Some(Spelled::Local(local))
        };
    }
    // An offset may follow a blank, and nobody needs a fraction of a second here.
    let close = text
        .replace(" +", "+")
        .replace(" UTC", "Z")
        .replace(" Z", "Z")
        .replace(" GMT", "Z");
    match Moment::of(&close)? {
        Moment::Local(local) if close.len() > 10 => {
            let whole = local.time().with().subsec_nanosecond(0).build().ok()?;
            Some(Spelled::Local(local.date().to_datetime(whole)))
        }
        Moment::Local(local) => Some(Spelled::Day(local.date())),
        Moment::Zoned(zoned) => Some(Spelled::Zoned(zoned)),
    }
}

fn is_year_first(text: &str) -> bool {
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    run == 4 || run >= 8
}

/// Takes the day out of the tokens.
fn take_date(tokens: &mut Vec<Token>) -> Result<Option<Date>, Unsure> {
    let number = |at: usize| tokens.get(at).and_then(Token::number);
    let mark = |at: usize, wanted: &[char]| {
        tokens
            .get(at)
            .and_then(Token::mark)
            .filter(|c| wanted.contains(c))
    };
    let found = (0..tokens.len()).find_map(|at| {
        let separator = mark(at + 1, &['.', '/', '-', '年', '년'])?;
        let second = match separator {
            '年' => ['月'],
            '년' => ['월'],
            other => [other],
        };
        let (a, b, c) = (number(at)?, number(at + 2)?, number(at + 4)?);
        mark(at + 3, &second)?;
        let last = mark(at + 5, &['日', '号', '일', '.']).map_or(at + 5, |_| at + 6);
        Some((at..last, separator, [a, b, c]))
    });
    if let Some((span, separator, parts)) = found {
        let date = of_numbers(separator, parts)?;
        tokens.drain(span);
        return Ok(Some(date));
    }
    take_named(tokens)
}

/// Three numbers with their digits.
fn of_numbers(separator: char, [a, b, c]: [(i16, usize); 3]) -> Result<Date, Unsure> {
    let date = |year: i16, month: i16, day: i16| {
        let part = |n: i16| i8::try_from(n).map_err(|_| Unsure::Unknown);
        Date::new(year, part(month)?, part(day)?).map_err(|_| Unsure::Unknown)
    };
    if a.1 == 4 {
        return date(a.0, b.0, c.0);
    }
    if c.1 != 4 {
        return Err(Unsure::ShortYear);
    }
    let (day_first, month_first) = (date(c.0, b.0, a.0), date(c.0, a.0, b.0));
    match (separator, day_first, month_first) {
        ('.', day_first, _) => day_first,
        (_, Ok(one), Ok(other)) if one != other => Err(Unsure::Ambiguous(one, other)),
        (_, Ok(date), _) | (_, Err(_), Ok(date)) => Ok(date),
        (_, Err(why), Err(_)) => Err(why),
    }
}

/// A day whose month is a word: `9 March 2026`, `March 9th, 2026`, `9. März 2026`, `2026 Mar 9`.
fn take_named(tokens: &mut Vec<Token>) -> Result<Option<Date>, Unsure> {
    let months: Vec<(usize, i8, bool)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| {
            let (month, whole) = months::month(token.word()?)?;
            Some((at, month, whole))
        })
        .collect();
    // `mar. 9 mars`: of a weekday and a month, the whole word is the month.
    let only = match months.as_slice() {
        [] => return Ok(None),
        [only] => only,
        several => {
            let mut whole = several.iter().filter(|(_, _, whole)| *whole);
            let first = whole.next().ok_or(Unsure::Unknown)?;
            if whole.next().is_some() {
                return Err(Unsure::Unknown);
            }
            first
        }
    };
    let (at, month, _) = *only;
    // Words and marks between the month and its numbers do not belong to them, except for those of
    // a time.
    let between = |token: &Token| {
        token.mark().is_some_and(|c| matches!(c, '.' | ',' | '-' | '/'))
            || token.word().is_some_and(|w| {
                matches!(
                    w,
                    "de" | "of" | "del" | "th" | "st" | "nd" | "rd" | "er" | "º" | "ª" | "the" | "do"
                )
            })
    };
    let step = |mut from: usize, by: fn(usize) -> Option<usize>| loop {
        match tokens.get(from) {
            Some(token) if between(token) => from = by(from)?,
            Some(token) => return token.number().map(|number| (from, number)),
            None => return None,
        }
    };
    let before = at
        .checked_sub(1)
        .and_then(|from| step(from, |at| at.checked_sub(1)));
    let after = step(at + 1, |at| Some(at + 1));
    let (year, day, first, last) = match (before, after) {
        (Some((first, (day, 1 | 2))), Some((last, (year, 4)))) => (year, day, first, last),
        (Some((first, (year, 4))), Some((last, (day, 1 | 2)))) => (year, day, first, last),
        (_, Some((near, (day, 1 | 2)))) => match step(near + 1, |at| Some(at + 1)) {
            Some((last, (year, 4))) => (year, day, at, last),
            Some(_) | None => return Err(Unsure::ShortYear),
        },
        _ => return Err(Unsure::ShortYear),
    };
    let day = i8::try_from(day).map_err(|_| Unsure::Unknown)?;
    let date = Date::new(year, month, day).map_err(|_| Unsure::Unknown)?;
    tokens.drain(first..=last);
    Ok(Some(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_or_refused() {
        for (text, expected) in [
            ("20260309", "2026-03-09"),
            ("20260309T100000", "2026-03-09T10:00:00"),
            ("20260309T1000Z", "2026-03-09T10:00:00Z"),
            ("2026-03-09", "2026-03-09"),
            ("2026-03-09 10:00", "2026-03-09T10:00:00"),
            ("2026-03-09T10:00:00.000Z", "2026-03-09T10:00:00Z"),
            ("2026-03-09T10:0000", "2026-03-09T10:00:00"),
            ("2026-03-09T10:00+08:00", "2026-03-09T02:00:00Z"),
            ("2026-03-09 10:00 +0800", "2026-03-09T02:00:00Z"),
            ("2026-03-09T10:00+08:00[Asia/Shanghai]", "2026-03-09T02:00:00Z"),
            ("2026-03-09 10:00:00 UTC", "2026-03-09T10:00:00Z"),
            ("2026-03-09T24:00", "2026-03-10T00:00:00"),
            ("9.3.2026 24:00", "2026-03-10T00:00:00"),
            ("9.3.2026 10:00", "2026-03-09T10:00:00"),
            ("09.03.2026", "2026-03-09"),
            ("9.3.2026T10:00", "2026-03-09T10:00:00"),
            ("9. 3. 2026, 10.30 Uhr", "2026-03-09T10:30:00"),
            ("Montag, 9. März 2026 10:00", "2026-03-09T10:00:00"),
            ("Mo, 9.3.2026 um 10 Uhr", "2026-03-09T10:00:00"),
            ("9 March 2026, 10:00", "2026-03-09T10:00:00"),
            ("Monday, March 9th, 2026 at 2:05 PM", "2026-03-09T14:05:00"),
            ("9-Mar-2026", "2026-03-09"),
            ("12:00 AM 9 Mar 2026", "2026-03-09T00:00:00"),
            ("lundi 9 mars 2026 à 10h30", "2026-03-09T10:30:00"),
            ("mar. 10 mars 2026 10h", "2026-03-10T10:00:00"),
            ("9 de marzo de 2026 10:00", "2026-03-09T10:00:00"),
            ("9 marca 2026", "2026-03-09"),
            ("9 марта 2026 10:00", "2026-03-09T10:00:00"),
            ("2026年3月9日 10:00", "2026-03-09T10:00:00"),
            ("2026年3月9日 星期一 下午2:30", "2026-03-09T14:30:00"),
            ("２０２６年３月９日１０時３０分", "2026-03-09T10:30:00"),
            ("2026년 3월 9일 오전 10:00", "2026-03-09T10:00:00"),
            ("2026. 3. 9. 10:00", "2026-03-09T10:00:00"),
            ("2026/3/9 9:05", "2026-03-09T09:05:00"),
            ("13/3/2026 10:00", "2026-03-13T10:00:00"),
            ("3/13/2026 10:00 am", "2026-03-13T10:00:00"),
            ("3/3/2026", "2026-03-03"),
            ("10:00", "10:00:00"),
            ("9:05 pm", "21:05:00"),
            ("03/04/2026", "?2026-04-03 2026-03-04"),
            ("3-4-2026 10:00", "?2026-04-03 2026-03-04"),
            ("9.3.26", "??"),
            ("9 March", "??"),
            ("31.2.2026", "-"),
            ("46090.41", "-"),
            ("tomorrow", "-"),
            ("", "-"),
            ("9.3.2026 10:00 CET", "-"),
            ("9.3.2026 10:00-11:30", "-"),
            ("9.3.2026 25:00", "-"),
            ("3 of 4 seats", "-"),
        ] {
            let found = match of(text) {
                Ok(Spelled::Day(day)) => day.to_string(),
                Ok(Spelled::Local(local)) => local.to_string(),
                Ok(Spelled::Zoned(zoned)) => zoned.timestamp().to_string(),
                Ok(Spelled::Time(time)) => time.to_string(),
                Err(Unsure::Ambiguous(one, other)) => format!("?{one} {other}"),
                Err(Unsure::ShortYear) => "??".to_owned(),
                Err(Unsure::Unknown) => "-".to_owned(),
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}
