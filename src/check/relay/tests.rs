use super::*;
use crate::campaign::{Place, Preset, Text};
use crate::check::receivers::Provider;
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
    at: Option<(&'static str, u64)>,
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
            at: None,
        }
    }

    fn codes(&self) -> Vec<&'static str> {
        self.found().into_iter().map(|problem| problem.code).collect()
    }

    fn found(&self) -> Vec<Problem> {
        let place = Place::in_file("mailshot.toml", Arc::from(TOML), 8..9);
        let from = Text {
            value: self.from.to_owned(),
            place,
        };
        findings(&Sending {
            relays: &self.relays,
            from: &from,
            dkim: self.dkim,
            one_click: self.one_click,
            addresses: self.addresses,
            unsubscribe: self.one_click,
            at: &[("gmail", self.gmail), self.at.unwrap_or(("yahoo", 0))].map(|(name, n)| {
                let provider = Provider::called(name).expect("a provider");
                (provider, n)
            }),
            largest: self.largest,
            estimate: Duration::from_hours(24 * self.days),
        })
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
        ("a@cs.uni.zz", &["uni.zz"], true),
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
        ("gmail", "office@gmail.com", "Office <office@gmail.com>", true),
        ("gmail", "office@gmail.com", "registrar@uni.example", false),
        ("gmail", "office@uni.example", "office@uni.example", true),
        ("yahoo", "office@yahoo.com", "registrar@uni.example", false),
        ("icloud", "office@icloud.com", "registrar@uni.example", false),
        ("zoho", "office@uni.example", "dean@uni.example", false),
        ("gmx", "office@gmx.net", "registrar@uni.example", false),
        ("webde", "office@web.de", "registrar@uni.example", false),
        ("mailgun", "postmaster@mg.uni.example", "dean@uni.example", true),
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
fn a_preset_without_a_user_is_told_unless_the_provider_has_one_for_everybody() {
    for (name, user, fine) in [
        ("163", None, false),
        ("gmail", None, false),
        ("ses", None, false),
        ("163", Some("office@163.com"), true),
    ] {
        let mut relay = preset(name, "");
        relay.user = user.map(str::to_owned);
        let case = Case {
            from: "office@163.com",
            ..Case::of(relay)
        };
        let told = case.codes().contains(&"user-missing");
        assert_eq!(told, !fine, "{name} {user:?}");
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
        ("smtps://smtp.uni.example", "a@outlook.com", false),
        ("smtps://smtp.uni.example", "a@hotmail.fr", false),
        ("smtp://smtp-mail.outlook.com", "a@live.com", true),
        ("smtps://smtp.uni.example", "a@icloud.com", false),
        ("smtp://smtp.mail.me.com", "a@icloud.com", true),
        ("smtps://smtp.uni.example", "a@qq.com", false),
        ("smtps://smtp.qq.com", "a@foxmail.com", true),
        ("smtps://smtp.uni.example", "a@163.com", false),
        ("smtps://smtp.126.com", "a@126.com", true),
        ("smtps://smtp.uni.example", "a@bk.ru", false),
        ("smtps://smtp.uni.example", "a@yandex.ru", false),
        ("smtps://smtp.uni.example", "a@gmx.de", false),
        ("smtps://smtp.web.de", "a@web.de", true),
        ("smtps://smtp.uni.example", "a@t-online.de", false),
        ("smtps://smtp.uni.example", "a@aol.com", false),
        // Another company, and names that only begin alike.
        ("smtps://smtp.uni.example", "a@yahoo.co.jp", true),
        ("smtps://smtp.uni.example", "a@outlook.uni.example", true),
        ("smtps://smtp.uni.example", "a@mail.example", true),
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
        ["receiver-rules"]
    );
    let kept = Case {
        gmail: 9_000,
        dkim: &["uni.example"],
        one_click: true,
        ..plain()
    };
    assert!(kept.codes().is_empty());
    // Never this many a day.
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
fn each_receiver_has_a_rule_of_its_own() {
    for (name, n, words) in [
        (
            "gmail",
            5_000,
            Some("5,000 recipients at Gmail: from 5,000 a day on, it rejects"),
        ),
        ("yahoo", 4_999, None),
        ("yahoo", 5_000, Some("without naming a number")),
        ("microsoft", 5_000, Some("550 5.7.515")),
        ("microsoft", 4_999, None),
        ("icloud", 999, None),
        ("icloud", 1_000, Some("an unsubscribe link that works at once")),
        (
            "gmx",
            1,
            Some("only with a DKIM signature of the sender's domain"),
        ),
        ("laposte", 3, Some("spam folder")),
        ("mailru", 2, Some("it blocks mail")),
        ("yandex", 499, None),
        ("netease", 1_000, Some("MI:SFQ")),
        ("netease", 999, None),
        ("qq", 1_000, Some("550 frequency limited")),
        ("tonline", 9_000, None),
    ] {
        let case = Case {
            at: Some((name, n)),
            ..plain()
        };
        let found = case.found();
        let told: Vec<_> = found
            .iter()
            .map(|problem| (problem.code, problem.what.to_string()))
            .collect();
        match words {
            None => assert!(told.is_empty(), "{name} {n}: {told:?}"),
            Some(words) => {
                assert_eq!(told.len(), 1, "{name} {n}: {told:?}");
                assert!(
                    told[0].0 == "receiver-rules" && told[0].1.contains(words),
                    "{name} {n}: {told:?}"
                );
            }
        }
    }
    // A mailbox goes through its own provider, which alone can sign for it.
    for (name, server, user, told) in [
        ("gmail", "smtps://smtp.gmail.com", "ada@gmail.com", false),
        ("163", "smtps://smtp.163.com", "ada@163.com", false),
        ("free", "smtps://smtp.free.fr", "ada@free.fr", false),
        ("gmail", "smtps://smtp.gmail.com", "office@uni.example", true),
    ] {
        let mut own = preset(name, user);
        own.server = server.parse().expect("a server");
        let case = Case {
            at: Some(("gmx", 3)),
            from: user,
            ..Case::of(own)
        };
        assert_eq!(case.codes().contains(&"receiver-rules"), told, "{name} {user}");
    }
    // What is asked for is there.
    for name in [
        "gmail",
        "yahoo",
        "microsoft",
        "icloud",
        "gmx",
        "laposte",
        "mailru",
        "yandex",
        "netease",
        "qq",
    ] {
        let case = Case {
            at: Some((name, 9_000)),
            dkim: &["uni.example"],
            one_click: true,
            ..Case::of(relay("smtps://smtp.uni.example", &["20/min"]))
        };
        assert!(case.codes().is_empty(), "{name}");
    }
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
            from: "a@gmail.com",
            ..Case::of(gmail())
        }
        .codes()
        .is_empty()
    );
    assert_eq!(
        Case {
            largest: 40_000_000,
            from: "a@gmail.com",
            ..Case::of(gmail())
        }
        .codes(),
        ["over-size"]
    );
}
