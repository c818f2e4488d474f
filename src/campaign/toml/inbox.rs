//! The table `[inbox]` -> its draft.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::campaign::draft::{InboxDraft, RelayDraft, TimeoutsDraft};
use crate::campaign::values::Problem;
use crate::smtp::AuthMechanism;
use crate::words::say;

use super::reader::Section;
use super::relay::oauth2;
use super::secret::secret;

pub(super) fn inbox(table: &Section<'_>, folder: &Path) -> InboxDraft {
    let draft = InboxDraft {
        table: table.itself(),
        server: table.parsed("server"),
        folder: table.texts("folder"),
        since: since(table),
        access: RelayDraft {
            preset: table.text("preset"),
            user: table.text("user"),
            password: secret(table, "password", folder),
            auth: table.choice(
                "auth",
                &[
                    ("plain", AuthMechanism::Plain),
                    ("login", AuthMechanism::Login),
                    ("xoauth2", AuthMechanism::XOAuth2),
                ],
            ),
            oauth2: table.section("oauth2").map(|s| oauth2(&s, folder)),
            ca_file: table.file("ca_file", folder).map(|file| file.path),
            tls_fingerprint: table.parsed("tls_fingerprint"),
            timeouts: table.section("timeouts").map(|s| timeouts(&s)),
            ..RelayDraft::default()
        },
        settings: None,
    };
    table.finish();
    draft
}

fn timeouts(table: &Section<'_>) -> TimeoutsDraft {
    let draft = TimeoutsDraft {
        connect: table.duration("connect"),
        greeting: table.duration("greeting"),
        command: table.duration("command"),
        ..TimeoutsDraft::default()
    };
    table.finish();
    draft
}

/// A day or a moment, as text or as TOML has them.
fn since(table: &Section<'_>) -> Option<Timestamp> {
    let value = table.value("since")?;
    let written = match (value.get_ref().as_str(), value.get_ref().as_datetime()) {
        (Some(text), _) => text.trim().to_owned(),
        (None, Some(datetime)) => datetime.to_string(),
        (None, None) => String::new(),
    };
    let moment = moment(&written);
    if moment.is_none() {
        let problem =
            Problem::of_campaign(say!("campaign-inbox-since")).help(say!("campaign-inbox-since-hint"));
        table.problem("since", value.span(), problem);
    }
    moment
}

fn moment(written: &str) -> Option<Timestamp> {
    if let Ok(moment) = written.parse::<Timestamp>() {
        return Some(moment);
    }
    let local = match written.parse::<Date>() {
        Ok(day) => day.to_datetime(jiff::civil::Time::midnight()),
        Err(_) => written.parse::<DateTime>().ok()?,
    };
    TimeZone::system().to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_moment() {
        for written in [
            "2026-11-01",
            "2026-11-01T08:30:00",
            "2026-11-01 08:30",
            "2026-11-01T08:30:00+08:00",
        ] {
            assert!(moment(written).is_some(), "{written}");
        }
        for written in ["", "yesterday", "01.11.2026", "2026-13-01"] {
            assert!(moment(written).is_none(), "{written}");
        }
    }
}
