//! What is known of providers, as those who send through them see it: logins, limits, sizes,
//! regions, and what is too old.

mod logins;

use std::fmt::Write as _;

use mailshot::{Campaign, Environment, Options};

use crate::support::bench::Bench;
use crate::support::notice;
use crate::support::peer::Peer;

/// The notice through a relay of each of these presets, all of them at this peer.
fn through(peer: &Peer, presets: &[&str]) -> Bench {
    let login = "user = 'registrar@uni.example'\npassword = { env = 'RELAY_PASSWORD' }";
    let mut relays = login.to_owned();
    for preset in presets {
        write!(
            relays,
            "\n[relay.by-{preset}]\npreset = '{preset}'\nserver = '{}'\n{login}",
            peer.url()
        )
        .ok();
    }
    notice::bench(peer, 1, &relays).env("RELAY_PASSWORD", "the-passw0rd")
}

/// Those of `wanted` that are not in `said`.
fn missing<'w>(said: &str, wanted: &[&'w str]) -> Vec<&'w str> {
    wanted
        .iter()
        .copied()
        .filter(|words| !said.contains(words))
        .collect()
}

/// A limit is told with its source, also one that is no rate; a rate that differs by contract is none.
#[test]
fn limits_are_told_in_words_and_kept_only_where_they_hold_for_everybody() {
    let peer = Peer::policy(|_| None);
    let presets = [
        "gmail",
        "outlook",
        "yahoo",
        "icloud",
        "hotmail",
        "ionos",
        "infomaniak",
        "yandex",
        "sendgrid",
        "postmark",
        "directmail",
        "tencent-ses",
        "mailjet",
        "scaleway",
    ];
    let outcome = through(&peer, &presets).run(&["check", "--connect"]);
    outcome.code(0);
    let wanted = [
        "Workspace: 2,000 messages and 3,000 outside recipients a day (500 on trial), 100 recipients a message",
        "outside recipients of the whole organization: 500 × licenses^0.7 + 9,500 a day, 5,000 on trial",
        "Yahoo: not published for personal mailboxes; 500 a day is our own careful choice",
        "1,000 messages and 1,000 recipients a day, 500 recipients a message",
        "about 300 a day for free (unofficial; fewer for new accounts)",
        "50 messages an hour at first, 100 and 400",
        "at most 1440/day",
        "500 recipients a day, 35 a message",
        "messages up to 20 MB are recommended",
        "every broadcast message gets an unsubscribe link at its end",
        "2,000 messages a day at first, 200 of them for free, 100 recipients a message",
        "at most 20/s, 500/day",
        "10 an hour to one address, 4 MB",
        "200 a day for free",
        "10,000 messages a month and 10 recipients a message at first",
    ];
    assert_eq!(missing(&outcome.stderr, &wanted), [""; 0], "{outcome}");
    assert!(!outcome.stderr.contains("at most 50/h") && !outcome.stderr.contains("at most 300/day"));
    assert_eq!(peer.finish().connections.len(), presets.len() + 1);
}

/// `accepts at most` for those that take less than this message has.
#[test]
fn a_message_that_is_too_large_is_told_before_the_provider_refuses_it() {
    let peer = Peer::policy(|_| None);
    let presets = [
        "tencent-ses",
        "postmark",
        "directmail",
        "icloud",
        "mailgun",
        "gmail",
        "ses",
        "smtp2go",
        "scaleway",
        "qq",
        "mailru",
        "outlook",
        "163",
    ];
    let bench = through(&peer, &presets);
    let toml = bench.read("mailshot.toml").replace(
        "text = 'notice.txt'",
        "text = 'notice.txt'\nattach = ['plan.bin']",
    );
    bench.write("mailshot.toml", toml);
    // In base64 a third more, and a line break after each 76 characters.
    bench.write("plan.bin", vec![b'x'; 21_000_000]);
    let outcome = bench.run(&["check"]);
    let wanted = [
        "Tencent Cloud SES accepts at most 4.2 MB",
        "Postmark accepts at most 10.5 MB",
        "DirectMail (邮件推送) accepts at most 15.7 MB",
        "iCloud accepts at most 21.0 MB",
        "Mailgun accepts at most 26.2 MB",
    ];
    assert_eq!(missing(&outcome.stderr, &wanted), [""; 0], "{outcome}");
    assert_eq!(
        outcome.stderr.matches("accepts at most").count(),
        wanted.len(),
        "{outcome}"
    );
    bench.write("plan.bin", vec![b'x'; 55_000_000]);
    let outcome = bench.run(&["check"]);
    let wanted = [
        "Gmail accepts at most 35.9 MB",
        "Amazon SES accepts at most 41.9 MB",
        "SMTP2GO accepts at most 52.4 MB",
        "QQ accepts at most 73.4 MB",
        "Mail.ru accepts at most 73.4 MB",
    ];
    assert_eq!(missing(&outcome.stderr, &wanted), [""; 0], "{outcome}");
    for unknown in ["Microsoft 365 accepts at most", "163 accepts at most"] {
        assert!(!outcome.stderr.contains(unknown), "{outcome}");
    }
}

/// A region that is none is told with those there are.
#[test]
fn regions_are_those_that_the_provider_has() {
    let presets = [
        "outlook",
        "exmail",
        "zoho",
        "sendgrid",
        "postmark",
        "gmx",
        "ionos",
        "tencent-ses",
        "feishu",
    ];
    let mut relays = "server = 'smtps://smtp.uni.example'".to_owned();
    for preset in presets {
        write!(
            relays,
            "\n[relay.by-{preset}]\npreset = '{preset}'\nregion = 'nowhere'"
        )
        .ok();
    }
    let outcome = notice::through(&relays, 1).run(&["check"]);
    outcome.code(2);
    let wanted = [
        "it has \"cn\"",
        "it has \"abroad\"",
        "it has \"ca\", \"com\", \"com.au\", \"com.cn\", \"eu\", \"in\", \"jp\", \"pro\", \"pro-ca\"",
        "it has \"eu\"",
        "it has \"broadcast\", \"transactional\"",
        "it has \"com\", \"net\"",
        "it has \"co.uk\", \"com\", \"de\", \"es\", \"fr\", \"it\", \"mx\"",
        "it has \"gz\", \"hk\", \"sg\"",
        "it has \"cn\", \"lark\"",
    ];
    assert_eq!(missing(&outcome.stderr, &wanted), [""; 0], "{outcome}");
}

/// By the clock of who runs it: what was looked up long before is told, once for each preset.
#[test]
fn a_preset_that_was_looked_up_long_ago_is_a_note() {
    let bench = notice::through(
        "preset = 'gmail'\nuser = 'registrar@uni.example'\n[relay.second]\npreset = 'gmail'\n\
         [relay.third]\npreset = 'fastmail'\n[relay.own]\nserver = 'smtps://smtp.uni.example'",
        1,
    );
    for (now, told) in [
        ("2026-11-27T12:00:00Z", 0),
        // Somebody's clock is wrong.
        ("1970-01-01T00:00:00Z", 0),
        ("2028-05-31T12:00:00Z", 0),
        ("2028-06-01T12:00:00Z", 2),
        ("2040-01-01T12:00:00Z", 2),
    ] {
        let then = now.parse().expect("a time");
        let environment = Environment::new(bench.path("state")).with_clock(move || then);
        let campaign = Campaign::load(bench.path(""), &environment).expect("a campaign");
        let checked = campaign
            .check_blocking(&Options::default(), &mut ())
            .expect("a check");
        let old: Vec<_> = checked
            .findings
            .iter()
            .filter(|finding| finding.code == "preset-old")
            .collect();
        assert_eq!(old.len(), told, "{now}");
        for finding in old {
            assert!(
                !finding.is_error && finding.what.contains("in 2026-"),
                "{now}: {finding:?}"
            );
        }
    }
}
