//! Relays from a campaign file and flags, as the rest of the program gets them.

use super::*;
use crate::campaign::{Campaign, Overrides, Problems, SecretSource};
use crate::smtp::Pipelining;

/// A campaign with these relays, and these flags over it.
fn loaded(relays: &str, overrides: &Overrides) -> (Vec<Relay>, Problems) {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'a@uni.example'\nsubject = 's'\ntext = 't'\n{relays}"
    );
    std::fs::write(folder.path().join("mailshot.toml"), text).unwrap();
    let (campaign, problems) = Campaign::load(folder.path(), overrides);
    (
        campaign.map(|campaign| campaign.relays).unwrap_or_default(),
        problems,
    )
}

fn relays(text: &str, overrides: &Overrides) -> Vec<Relay> {
    let (relays, problems) = loaded(text, overrides);
    assert!(!problems.has_errors(), "{problems}");
    relays
}

const TWO: &str = "[relay.zeta]\nserver = 'smtps://zeta.uni.example'\nweight = 3\nuser = 'z'\n\
    [relay.alpha]\nserver = 'smtp://alpha.uni.example'\nrate = ['500/h', '2000/day']\nconnections = 2\n";

fn names(relays: &[Relay]) -> Vec<&str> {
    relays.iter().map(|relay| relay.name.as_str()).collect()
}

fn rates(relay: &Relay) -> Vec<String> {
    relay.rates.iter().map(ToString::to_string).collect()
}

#[test]
fn several_relays_come_in_the_order_of_the_file() {
    let relays = relays(TWO, &Overrides::default());
    assert_eq!(names(&relays), ["zeta", "alpha"]);
    assert_eq!((relays[0].weight, relays[1].weight), (3, 1));
    assert_eq!(rates(&relays[1]), ["500/h", "2000/day"]);
}

#[test]
fn connections_and_rates_by_flag_are_for_each_of_them() {
    let overrides = Overrides {
        connections: Some(7),
        rate: vec!["1/s".to_owned()],
        ..Overrides::default()
    };
    for relay in relays(TWO, &overrides) {
        assert_eq!(
            (relay.connections, rates(&relay)),
            (7, vec!["1/s".to_owned()]),
            "{}",
            relay.name
        );
    }
}

#[test]
fn a_relay_by_flag_lies_over_one_and_instead_of_several() {
    let overrides = Overrides {
        relay: Some("smtp+plain://127.0.0.1:2525".to_owned()),
        user: Some("ada".to_owned()),
        ..Overrides::default()
    };
    let instead = relays(TWO, &overrides);
    assert_eq!(names(&instead), ["relay"]);
    assert_eq!(instead[0].user.as_deref(), Some("ada"));
    let over = relays(
        "[relay.school]\nserver = 'smtps://uni.example'\nrate = '5/s'\n",
        &overrides,
    );
    assert_eq!(names(&over), ["school"]);
    assert_eq!(over[0].server.port, 2525);
    assert_eq!(
        (over[0].user.as_deref(), rates(&over[0])),
        (Some("ada"), vec!["5/s".to_owned()])
    );
}

#[test]
fn what_is_written_goes_before_the_preset() {
    let preset = &relays(
        "[relay.g]\npreset = 'GMail'\nuser = 'ada@example.org'\n",
        &Overrides::default(),
    )[0];
    assert_eq!(preset.server.to_string(), "smtps://smtp.gmail.com:465");
    assert_eq!(preset.pipelining, Pipelining::Envelope);
    assert_eq!(rates(preset), ["500/day"]);
    let written = "[relay.g]\npreset = 'gmail'\nserver = 'smtp://uni.example'\nrate = []\nconnections = 9\n\
        messages_per_connection = 5\npipelining = 'full'\n";
    let written = &relays(written, &Overrides::default())[0];
    assert_eq!(written.preset.map(|preset| preset.name.as_str()), Some("gmail"));
    assert_eq!(written.server.to_string(), "smtp://uni.example:587");
    assert_eq!((written.connections, written.messages_per_connection), (9, 5));
    assert_eq!(
        (written.pipelining, rates(written).len()),
        (Pipelining::Full { proven: false }, 0)
    );
    let sendgrid = &relays("[relay.s]\npreset = 'sendgrid'\n", &Overrides::default())[0];
    assert_eq!(sendgrid.user.as_deref(), Some("apikey"));
}

#[test]
fn oauth2_knows_the_endpoints_of_its_preset_and_its_entries_in_the_keyring() {
    let oauth2 = |preset: &str, more: &str| {
        let text = format!(
            "[relay.r]\npreset = '{preset}'\nuser = 'ada@example.org'\n\
             oauth2 = {{ client_id = 'x', refresh_token = {{ keyring = true }}{more} }}\n"
        );
        relays(&text, &Overrides::default()).remove(0)
    };
    let url = |relay: &Relay| {
        relay
            .oauth2
            .as_ref()
            .map(|oauth2| oauth2.token_url.to_string())
            .unwrap()
    };
    let google = oauth2("gmail", "");
    assert_eq!(google.auth, Some(AuthMechanism::XOAuth2));
    assert_eq!(url(&google), "https://oauth2.googleapis.com/token");
    for (more, tenant) in [("", "common"), (", tenant = 'uni.example'", "uni.example")] {
        let microsoft = oauth2("outlook", more);
        assert_eq!(
            url(&microsoft),
            format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token")
        );
        let scope = microsoft.oauth2.and_then(|oauth2| oauth2.scope).unwrap();
        assert!(scope.contains("SMTP.Send"), "{scope}");
    }
    let entry = SecretSource::Keyring {
        service: "mailshot".to_owned(),
        user: "ada@example.org@smtp.gmail.com (refresh token)".to_owned(),
    };
    assert_eq!(google.keyring_entry(), entry);
    assert_eq!(
        google.oauth2.as_ref().map(|oauth2| &oauth2.refresh_token),
        Some(&entry)
    );
    assert_ne!(google.for_user("bob@example.org").keyring_entry(), entry);
}

/// `login` stores where the campaign reads, or would read with `keyring = true`.
#[test]
fn a_password_has_one_entry_in_the_keyring() {
    let entry = |password: &str| {
        let text = format!("[relay.r]\nserver = 'smtps://uni.example'\nuser = 'ada'\n{password}\n");
        relays(&text, &Overrides::default()).remove(0).keyring_entry()
    };
    let ours = |service: &str| SecretSource::Keyring {
        service: service.to_owned(),
        user: "ada@uni.example".to_owned(),
    };
    assert_eq!(entry("password = { keyring = true }"), ours("mailshot"));
    assert_eq!(entry("password = { env = 'X' }"), ours("mailshot"));
    assert_eq!(entry(""), ours("mailshot"));
    assert_eq!(entry("password = { keyring = 'house' }"), ours("house"));
}

#[test]
fn a_password_by_flag_for_several_relays_is_refused() {
    let overrides = Overrides {
        password: Some(SecretSource::Env("X".to_owned())),
        ..Overrides::default()
    };
    let (_, problems) = loaded(TWO, &overrides);
    let words = problems.to_string();
    assert!(
        words.contains("--password-env applies to one relay") && words.contains("`zeta`, `alpha`"),
        "{words}"
    );
}
