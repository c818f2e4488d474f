//! The text of the user's settings with one more thing in it. All else in it, comments as well, stays
//! as it was written.
//!
//! A text is only given back when it reads as is meant; it may be written in ways that lines cannot
//! be put into.

use std::path::Path;

use crate::campaign::toml::read_settings;
use crate::campaign::values::{Problems, Relay, SecretSource, heading};

use crate::campaign::draft::NamedRelay;

/// Where a login finds its password by itself.
const PASSWORD: &str = "password = { keyring = true }";

/// The table of a relay that the settings do not have yet.
pub fn table(relay: &Relay, keyring: bool) -> String {
    let mut table = heading(&relay.name) + "\n";
    match relay.preset {
        Some(preset) => table += &format!("preset = {}\n", quoted(&preset.name)),
        None => table += &format!("server = {}\n", quoted(&relay.server.to_string())),
    }
    if let Some(user) = &relay.user {
        table += &format!("user = {}\n", quoted(user));
    }
    if keyring {
        table += PASSWORD;
        table.push('\n');
    }
    table
}

/// The text with the table of this relay at its end; `None` where it cannot have one.
pub fn with_relay(text: &str, relay: &Relay, keyring: bool) -> Option<String> {
    let (before, end) = (text.trim_end(), line_end(text));
    let mut whole = before.to_owned();
    if !before.is_empty() {
        whole += &end.repeat(2);
    }
    whole += &table(relay, keyring).replace('\n', end);
    reads_well(&whole, &relay.name, keyring).then_some(whole)
}

/// The text where the table of this relay has its user, and with `keyring` the password from there;
/// `None` where nothing is missing, or lines cannot say so.
pub fn with_login(text: &str, relay: &Relay, keyring: bool) -> Option<String> {
    let known = read(text)?.into_iter().find(|known| known.name == relay.name)?;
    let mut missing = Vec::new();
    let by_preset = relay.preset.and_then(|preset| preset.user.as_ref());
    if let (None, None, Some(user)) = (&known.keys.user, by_preset, &relay.user) {
        missing.push(format!("user = {}", quoted(user)));
    }
    if keyring && known.keys.password.is_none() && known.keys.oauth2.is_none() {
        missing.push(PASSWORD.to_owned());
    }
    if missing.is_empty() {
        return None;
    }
    let at = known.table?.place.span.start;
    let rest = text.get(at..).filter(|rest| rest.starts_with('['))?;
    let end = line_end(text);
    let next = rest.find('\n').map_or(text.len(), |line| at + line + 1);
    let (before, after) = text.split_at(next);
    let begun = if before.ends_with('\n') { "" } else { end };
    let lines = missing.join(end);
    let whole = format!("{before}{begun}{lines}{end}{after}");
    reads_well(&whole, &relay.name, keyring).then_some(whole)
}

fn read(text: &str) -> Option<Vec<NamedRelay>> {
    let mut problems = Problems::default();
    let settings = read_settings("config.toml", text, Path::new(""), &mut problems)?;
    problems.0.is_empty().then_some(settings.relays)
}

fn reads_well(text: &str, name: &str, keyring: bool) -> bool {
    let is_there = |relay: &NamedRelay| {
        let source = relay.keys.password.as_ref().map(|password| &password.source);
        relay.name == name && (!keyring || matches!(source, Some(SecretSource::Keyring { .. })))
    };
    read(text).is_some_and(|relays| relays.iter().any(is_there))
}

/// A JSON string is a TOML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(name: &str) -> Relay {
        let server = "smtps://smtp.uni.example".parse().unwrap();
        Relay::new(name, server).for_user("registrar")
    }

    /// One whose user needs no line.
    fn in_table(name: &str) -> Relay {
        Relay {
            user: None,
            ..relay(name)
        }
    }

    #[test]
    fn a_user_that_is_missing_is_written_too() {
        let old = "[relay.uni]\nserver = 'smtps://smtp.uni.example'\n";
        for (keyring, lines) in [
            (true, "user = \"registrar\"\npassword = { keyring = true }\n"),
            (false, "user = \"registrar\"\n"),
        ] {
            let new = with_login(old, &relay("uni"), keyring).unwrap();
            assert_eq!(new, old.replacen("]\n", &format!("]\n{lines}"), 1));
        }
    }

    #[test]
    fn a_table_is_put_at_the_end_and_all_else_stays() {
        let old = "# mine\nlang = \"zh\" # 中文\n\n[relay.school]\nserver = 'smtps://a.example'";
        let new = with_relay(old, &relay("uni"), true).unwrap();
        assert_eq!(
            new,
            format!(
                "{old}\n\n[relay.uni]\nserver = \"smtps://smtp.uni.example:465\"\nuser = \"registrar\"\n{PASSWORD}\n"
            )
        );
        let windows = with_relay("lang = 'en'\r\n", &relay("smtp.uni.example"), false).unwrap();
        assert_eq!(
            windows,
            "lang = 'en'\r\n\r\n[relay.\"smtp.uni.example\"]\r\nserver = \"smtps://smtp.uni.example:465\"\r\nuser = \"registrar\"\r\n"
        );
        assert!(
            with_relay("", &relay("学校"), false)
                .unwrap()
                .starts_with("[relay.\"学校\"]\n")
        );
    }

    #[test]
    fn what_cannot_have_another_table_is_left_alone() {
        for old in [
            "relay = {}\n",
            "[relay.uni]\npreset = '163'\n",
            "lang = \"zh\n",
            "relay.uni.preset = '163'\n",
        ] {
            assert_eq!(with_relay(old, &relay("uni"), true), None, "{old}");
        }
    }

    #[test]
    fn a_password_is_put_below_the_heading_of_its_relay() {
        let old = "[relay.a]\npreset = '163'\n\n[ relay . \"b\" ] # mine\nuser = 'x'\npreset = '126'\n[relay.c]\npreset = 'qq'";
        for (name, behind) in [("a", "[relay.a]\n"), ("b", "# mine\n"), ("c", "[relay.c]\n")] {
            let new = with_login(old, &in_table(name), true).unwrap();
            assert_eq!(
                new,
                old.replacen(behind, &format!("{behind}{PASSWORD}\n"), 1),
                "{name}"
            );
        }
        assert_eq!(
            with_login("[relay.a]", &in_table("a"), true).unwrap(),
            format!("[relay.a]\n{PASSWORD}\n")
        );
        for old in [
            "[relay.a]\npassword = { env = 'X' }\n",
            "relay.a = { preset = '163' }\n",
            "relay.a.preset = '163'\n",
            "[relay]\na = { preset = '163' }\n",
            "[relay.b]\npreset = '163'\n",
        ] {
            assert_eq!(with_login(old, &in_table("a"), true), None, "{old}");
        }
    }
}
