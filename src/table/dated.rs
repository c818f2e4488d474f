//! The days by which cells are compared and sorted, however they are written.

use jiff::civil::Time;

use super::cell::{Moment, bare};
use super::spelled::{self, Spelled, Unsure};

/// The day or the point in time that a text is, if it looks like one at all: `2026-03-09`, and in other
/// ways where only one day can be meant: `9.3.2026`.
pub fn moment(text: &str) -> Option<Result<Moment, Unsure>> {
    if let Some(moment) = Moment::of(text) {
        return Some(Ok(moment));
    }
    looks_like_a_date(text).then(|| spelled_moment(text))
}

/// The day or the point in time that a text says in words or digits.
///
/// # Errors
/// It says none, or more than one.
pub fn spelled_moment(text: &str) -> Result<Moment, Unsure> {
    match spelled::of(text)? {
        Spelled::Day(day) => Ok(Moment::Local(day.to_datetime(Time::midnight()))),
        Spelled::Local(local) => Ok(Moment::Local(local)),
        Spelled::Zoned(zoned) => Ok(Moment::Zoned(zoned)),
        Spelled::Time(_) => Err(Unsure::Unknown),
    }
}

/// Whether a text is three numbers with points, strokes or dashes between them.
fn looks_like_a_date(text: &str) -> bool {
    let first = bare(text).split_whitespace().next().unwrap_or_default();
    if !first.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    ['.', '/', '-'].iter().any(|between| {
        let mut parts = 0;
        let digits = first.split(*between).all(|part| {
            parts += 1;
            (1..=4).contains(&part.len()) && part.bytes().all(|octet| octet.is_ascii_digit())
        });
        digits && parts == 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_known_where_it_can_be_no_other() {
        let day = Moment::of("2026-03-31");
        for text in ["2026-03-31", "31.3.2026", "3/31/2026", "31/03/2026", "2026/03/31"] {
            assert_eq!(moment(text).and_then(Result::ok), day, "{text}");
        }
        assert!(matches!(moment("3/4/2026"), Some(Err(Unsure::Ambiguous(..)))));
        for other in ["1.2", "12 kg", "v1.2.3", "10:00", "", "three"] {
            assert!(moment(other).is_none(), "{other}");
        }
    }
}
