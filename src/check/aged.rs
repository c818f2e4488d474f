//! Facts about a provider get old: its limits, hosts and logins change silently.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::campaign::{Preset, Problem, Relay};
use crate::words::say;

use super::relay::{Sending, place_of};

/// Months for which what was looked up is taken as it is.
const FRESH: i32 = 18;

/// The presets that were looked up long before `now`, each once.
pub fn findings(sending: &Sending<'_>, now: Timestamp) -> Vec<Problem> {
    let today = now.to_zoned_datetime(TimeZone::UTC);
    let month = i32::from(today.year()) * 12 + i32::from(today.month());
    let mut told: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for relay in sending.relays {
        let Some(preset) = relay.preset.filter(|preset| is_old(preset, month)) else {
            continue;
        };
        if !told.contains(&preset.name.as_str()) {
            told.push(&preset.name);
            found.extend(old(sending, relay, preset));
        }
    }
    found
}

/// Whether a preset is older than that in `month`, counted from the year 0.
fn is_old(preset: &Preset, month: i32) -> bool {
    looked_up(&preset.looked_up).is_some_and(|then| month - then > FRESH)
}

/// `2026-11` as a number of months.
fn looked_up(written: &str) -> Option<i32> {
    let (year, month) = written.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()?)
}

fn old(sending: &Sending<'_>, relay: &Relay, preset: &Preset) -> Option<Problem> {
    let Preset {
        name,
        title,
        looked_up,
        ..
    } = preset;
    Some(
        Problem::warning(say!(
            "check-preset-old",
            preset = name,
            provider = title,
            month = looked_up
        ))
        .code("preset-old")
        .at(place_of(sending, relay)?)
        .help(say!("check-preset-old-hint", relay = &relay.name)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_is_old_after_eighteen_months() {
        let preset = Preset::find("gmail").unwrap();
        let then = looked_up(&preset.looked_up).unwrap();
        for (months, old) in [(-30, false), (0, false), (18, false), (19, true), (120, true)] {
            assert_eq!(is_old(preset, then + months), old, "{months}");
        }
    }
}
