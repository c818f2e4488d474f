use super::*;
use crate::campaign::Preset;
use std::sync::Arc;

const TOML: &str = "from = 'x'\n[relay.school]\n";

fn relay(server: &str, rates: &[&str]) -> Relay {
    let mut relay = Relay::new("school", server.parse().expect("a server"));
    relay.rates = rates.iter().map(|rate| rate.parse().expect("a rate")).collect();
    relay
}

fn preset(name: &str, user: &str) -> Relay {
    let mut relay = relay("smtps://smtp.uni.example", &[]);
    relay.preset = Preset::find(name);
    relay.user = Some(user.to_owned());
    relay
}

struct Case {
    relays: Vec<Relay>,
    from: &'static str,
    dkim: &'static [&'static str],
    one_click: bool,
    addresses: u64,
    gmail: u64,
    largest: u64,
    days: u64,
}

impl Case {
    fn of(relay: Relay) -> Self {
        Self {
            relays: vec![relay],
            from: "Registrar <registrar@uni.example>",
            dkim: &[],
            one_click: false,
            addresses: 100,
            gmail: 0,
            largest: 5_000,
            days: 0,
        }
    }

    fn codes(&self) -> Vec<&'static str> {
        let place = Place::in_file("mailshot.toml", Arc::from(TOML), 8..9);
        let from = Text {
            value: self.from.to_owned(),
            place,
        };
        let found = findings(&Sending {
            relays: &self.relays,
            from: &from,
            dkim: self.dkim,
            one_click: self.one_click,
            addresses: self.addresses,
            at: &[(Provider::Gmail, self.gmail), (Provider::Yahoo, 0)],
            largest: self.largest,
            estimate: Duration::from_hours(24 * self.days),
        });
        found.into_iter().map(|problem| problem.code).collect()
    }
}

fn plain() -> Case {
    Case::of(relay("smtps://smtp.uni.example", &[]))
}

#[test]
fn the_signature_is_the_senders_or_told() {
    for (from, dkim, aligned) in [
        ("a@uni.example", &["uni.example"][..], true),
        ("A <a@mail.uni.example>", &["uni.example"], true),
        ("a@uni.example", &["mail.UNI.example"], true),
        ("a@cs.uni.ac.uk", &["mail.uni.ac.uk"], true),
        ("a@one.ac.uk", &["two.ac.uk"], false),
        ("a@uni.example", &["relay.example"], false),
        ("a@uni.example", &["relay.example", "uni.example"], true),
        ("a@uni.example", &[], true),
        // Who it is differs from row to row.
        ("{{ name }} <{{ sender }}>", &["relay.example"], true),
    ] {
        let case = Case {
            from,
            dkim,
            ..plain()
        };
        let expected: &[&str] = if aligned { &[] } else { &["from-not-aligned"] };
        assert_eq!(case.codes(), expected, "{from} {dkim:?}");
    }
}

#[test]
fn a_preset_that_insists_wants_its_account_for_the_sender() {
    for (name, user, from, fine) in [
        ("163", "office@163.com", "office@163.com", true),
        ("163", "office", "Office <office@163.com>", true),
        ("163", "office@163.com", "registrar@uni.example", false),
        ("qq", "1234@qq.com", "5678@qq.com", false),
        ("outlook", "Office@uni.example", "office@uni.example", true),
        ("exchange", "office@uni.example", "dean@uni.example", false),
        // An API key is nobody's address.
        ("sendgrid", "apikey", "dean@uni.example", true),
        ("ses", "AKIA", "dean@uni.example", true),
    ] {
        let case = Case {
            from,
            ..Case::of(preset(name, user))
        };
        let expected: &[&str] = if fine { &[] } else { &["from-not-account"] };
        assert_eq!(case.codes(), expected, "{name} {user} {from}");
    }
}

#[test]
fn a_sender_of_gmail_goes_through_gmail() {
    for (server, from, fine) in [
        ("smtps://smtp.gmail.com", "a@gmail.com", true),
        ("smtp://smtp-relay.google.com", "a@gmail.com", true),
        ("smtps://smtp.uni.example", "a@gmail.com", false),
        ("smtps://smtp.notgmail.com", "A <a@GMAIL.com>", false),
        ("smtps://smtp.uni.example", "a@yahoo.com", false),
        ("smtps://smtp.mail.yahoo.com", "a@yahoo.com", true),
        ("smtp+plain://127.0.0.1:2525", "a@gmail.com", true),
    ] {
        let case = Case {
            from,
            ..Case::of(relay(server, &[]))
        };
        let expected: &[&str] = if fine { &[] } else { &["from-of-another-provider"] };
        assert_eq!(case.codes(), expected, "{server} {from}");
    }
}

#[test]
fn one_click_has_a_signature_over_it() {
    assert_eq!(
        Case {
            one_click: true,
            ..plain()
        }
        .codes(),
        ["one-click-without-dkim"]
    );
    let signed = Case {
        one_click: true,
        dkim: &["uni.example"],
        ..plain()
    };
    assert!(signed.codes().is_empty());
}

#[test]
fn many_at_one_provider_have_rules() {
    assert!(
        Case {
            gmail: 4_999,
            ..plain()
        }
        .codes()
        .is_empty()
    );
    assert_eq!(
        Case {
            gmail: 5_000,
            ..plain()
        }
        .codes(),
        ["bulk-rules"]
    );
    let kept = Case {
        gmail: 9_000,
        dkim: &["uni.example"],
        one_click: true,
        ..plain()
    };
    assert!(kept.codes().is_empty());
    // Never so many a day.
    let slow = Case {
        gmail: 9_000,
        ..Case::of(relay("smtps://smtp.uni.example", &["4000/day"]))
    };
    assert!(slow.codes().is_empty());
    let nowhere = Case {
        relays: Vec::new(),
        gmail: 9_000,
        ..plain()
    };
    assert!(nowhere.codes().is_empty());
}

#[test]
fn a_list_that_takes_days_says_so_once() {
    let of = |rates: &[&str], addresses, days| {
        Case {
            addresses,
            days,
            ..Case::of(relay("smtps://smtp.uni.example", rates))
        }
        .codes()
    };
    assert!(of(&["2000/day"], 2_000, 0).is_empty());
    assert_eq!(of(&["2000/day"], 2_001, 1), ["over-quota"]);
    assert_eq!(of(&["2000/day"], 9_000, 4), ["over-quota"]);
    assert_eq!(of(&["10/h"], 9_000, 30), ["takes-days"]);
    assert!(of(&[], 9_000, 0).is_empty());
}

#[test]
fn a_preset_with_a_known_size_is_kept_to() {
    let gmail = || preset("gmail", "a@gmail.com");
    assert!(
        Case {
            largest: 20_000_000,
            ..Case::of(gmail())
        }
        .codes()
        .is_empty()
    );
    assert_eq!(
        Case {
            largest: 40_000_000,
            ..Case::of(gmail())
        }
        .codes(),
        ["over-size"]
    );
}
