//! Limits as relays state them: a number of envelope recipients in a period.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use super::hidden;
use super::wrong::Wrong;
use crate::words::say;

/// The time a [`Rate`] counts over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Per {
    /// `s`
    Second,
    /// `min`
    Minute,
    /// `h`
    Hour,
    /// `day`, any 24 hours
    Day,
}

impl Per {
    /// Its length.
    pub fn duration(self) -> Duration {
        Duration::from_secs(match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3600,
            Self::Day => 86_400,
        })
    }
}

/// At most `count` envelope recipients in any `per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Envelope recipients.
    pub count: NonZeroU32,
    /// In this time.
    pub per: Per,
}

impl Rate {
    /// Recipients a second, on average.
    pub fn per_second(&self) -> f64 {
        f64::from(self.count.get()) / self.per.duration().as_secs_f64()
    }
}

impl FromStr for Rate {
    type Err = Wrong;

    /// Reads `10/s`, `600/min`, `2000/h`, `10,000/day`.
    fn from_str(text: &str) -> Result<Self, Wrong> {
        let wrong = || {
            Wrong::new(say!("campaign-rate-wrong", written = hidden::urls(text)))
                .help(say!("campaign-rate-wrong-hint"))
        };
        let (count, per) = text.split_once('/').ok_or_else(wrong)?;
        let count = count.trim().replace([',', '_'], "");
        let per = match per.trim() {
            "s" | "sec" | "second" => Per::Second,
            "m" | "min" | "minute" => Per::Minute,
            "h" | "hr" | "hour" => Per::Hour,
            "d" | "day" => Per::Day,
            _ => return Err(wrong()),
        };
        if count.parse::<u64>() == Ok(0) {
            return Err(
                Wrong::new(say!("campaign-rate-zero", written = text)).help(say!("campaign-rate-zero-hint"))
            );
        }
        let count = count.parse().map_err(|_| wrong())?;
        Ok(Self { count, per })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per = match self.per {
            Per::Second => "s",
            Per::Minute => "min",
            Per::Hour => "h",
            Per::Day => "day",
        };
        write!(f, "{}/{per}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_as_people_write_them() {
        for (text, shown) in [
            ("10/s", "10/s"),
            ("30 / min", "30/min"),
            ("2,000/day", "2000/day"),
            ("5/h", "5/h"),
        ] {
            assert_eq!(text.parse::<Rate>().map(|r| r.to_string()), Ok(shown.to_owned()));
        }
        for bad in ["10", "10/week", "0/s", "-1/s", "1.5/s", "99999999999/s", ""] {
            assert!(bad.parse::<Rate>().is_err(), "{bad}");
        }
    }
}
