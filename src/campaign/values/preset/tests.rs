//! The contents of presets.toml.

use std::collections::HashSet;

use super::*;
use crate::smtp::Security;
use crate::words::Lang;

/// `2026-11`, somewhere.
fn has_month(source: &str) -> bool {
    let number = |part: &str| part.parse::<u16>().ok();
    source.match_indices("20").any(|(at, _)| {
        let month = source.get(at + 5..at + 7).and_then(number);
        let year = source.get(at..at + 4).and_then(number);
        year.is_some()
            && source.get(at + 4..at + 5) == Some("-")
            && month.is_some_and(|m| (1..=12).contains(&m))
    })
}

#[test]
fn every_preset_is_whole_and_says_where_its_limits_come_from() {
    let presets = parse(FILE).unwrap();
    let parts: Vec<_> = Preset::all().cloned().collect();
    assert_eq!(parts, presets, "read one by one");
    let mut names = HashSet::new();
    for preset in &presets {
        let name = &preset.name;
        for known in preset.aliases.iter().chain([name]) {
            assert!(names.insert(known.to_lowercase()), "`{known}` is there twice");
            assert_eq!(Preset::find(&known.to_uppercase()), Some(preset), "{known}");
        }
        let region = preset.needs_region().then_some("eu-west-1");
        let mut servers = vec![preset.server(region).unwrap()];
        for region in preset.regions.keys() {
            servers.push(preset.server(Some(region)).unwrap());
        }
        for server in &servers {
            assert_ne!(server.security, Security::Plaintext, "{name}");
            assert!(matches!(server.port, 465 | 587), "{name}");
            assert!(server.host.contains('.'), "{name}");
        }
        assert!(
            preset.connections > 0 && preset.messages_per_connection > 0,
            "{name}"
        );
        assert!(preset.rates.is_empty() || preset.limits.is_some(), "{name}");
        assert!(preset.limits_source.len() > 10, "{name}");
        let looked_up = format!("{}-01", preset.looked_up);
        assert!(
            looked_up.parse::<jiff::civil::Date>().is_ok(),
            "{name}: {looked_up}"
        );
        for source in preset.mail_source.iter().chain([&preset.login_source]) {
            assert!(has_month(source), "{name}: no month in {source}");
        }
        let told = !preset.spf.is_empty()
            || preset.own_return_path
            || !preset.adds.is_empty()
            || preset.signs != Signs::Unknown;
        assert_eq!(
            told,
            preset.mail_source.is_some(),
            "{name}: what mail_source is for"
        );
        for region in preset.region_spf.keys() {
            assert!(preset.regions.contains_key(region), "{name}: {region}");
        }
        assert_eq!(preset.imap.is_some(), preset.inbox.is_some(), "{name}");
        for host in preset.imap.iter().chain(&preset.pop).chain(&preset.spf) {
            assert!(
                host.contains('.') && !host.contains([' ', '/', ':']),
                "{name}: {host}"
            );
        }
        assert!(!preset.own_return_path || preset.spf.is_empty(), "{name}");
        for lang in [Lang::En, Lang::Zh] {
            for words in std::iter::once(&preset.login).chain(&preset.limits) {
                let words = words.in_lang(lang);
                assert!(
                    !words.starts_with("preset-"),
                    "{name} is not in the catalogue: {words}"
                );
                assert!(words.len() > 15 && !words.ends_with(['.', '。']), "{name}");
            }
        }
        if let Some(url) = &preset.token_url {
            assert!(url.starts_with("https://"), "{name}");
            assert_eq!(url.contains("{tenant}"), preset.tenant.is_some(), "{name}");
        }
    }
    let wanted = "gmail outlook office365 163 126 qq exmail aliyun yahoo icloud zoho fastmail ses sendgrid \
        mailgun postmark brevo hotmail yeah 139 189 sina sohu foxmail feishu yandex mailru gmx \
        webde tonline ionos infomaniak ovh resend smtp2go sparkpost directmail tencent-ses mailjet \
        scaleway proton netease-qiye";
    for name in wanted.split_whitespace() {
        assert!(names.contains(name), "{name} is missing");
    }
}

/// What is proposed for SPF of uni.example, and how many are taken.
#[test]
fn includes_are_those_of_the_region_and_none_where_the_return_path_is_elsewhere() {
    let included = |name: &str, region: Option<&str>, user: Option<&str>| {
        let preset = Preset::find(name).unwrap();
        let mut relay = super::super::relay::Relay::new("here", preset.server(region).unwrap()).with(preset);
        relay.user = user.map(str::to_owned);
        let included = relay.included("uni.example");
        (included.first().copied(), included.len())
    };
    for (name, region, user, wanted) in [
        ("gmail", None, None, (Some("_spf.google.com"), 1)),
        ("outlook", None, None, (Some("spf.protection.outlook.com"), 3)),
        (
            "outlook",
            Some("cn"),
            None,
            (Some("spf.protection.partner.outlook.cn"), 3),
        ),
        ("zoho", Some("com"), None, (Some("zohomail.com"), 18)),
        ("zoho", Some("eu"), None, (Some("zohomail.eu"), 18)),
        ("zoho", Some("ca"), None, (Some("zohomail.com"), 18)),
        ("zoho", Some("pro-eu"), None, (Some("zohomail.eu"), 18)),
        ("zoho", Some("pro"), None, (Some("zohomail.com"), 18)),
        ("ionos", None, None, (Some("_spf-eu.ionos.com"), 4)),
        ("ionos", Some("com"), None, (Some("_spf-us.ionos.com"), 4)),
        ("feishu", Some("lark"), None, (Some("spf.onlarksuite.com"), 2)),
        (
            "mailgun",
            None,
            Some("news@UNI.example"),
            (Some("mailgun.org"), 1),
        ),
        ("mailgun", None, Some("news@mg.uni.example"), (None, 0)),
        ("mailgun", None, Some("news"), (None, 0)),
        ("mailgun", None, None, (None, 0)),
        ("ses", Some("eu-west-1"), Some("AKIA"), (None, 0)),
        ("mailjet", None, None, (None, 0)),
        ("163", None, None, (None, 0)),
    ] {
        assert_eq!(included(name, region, user), wanted, "{name} {region:?} {user:?}");
    }
}

/// What the relays themselves do with a message, as far as it is known.
#[test]
fn who_adds_signs_and_returns_is_known_where_there_is_a_source() {
    let own = Preset::all().filter(|preset| preset.own_return_path);
    let own: Vec<_> = own.map(|preset| preset.name.as_str()).collect();
    assert_eq!(
        own,
        [
            "brevo",
            "mailjet",
            "postmark",
            "resend",
            "sendgrid",
            "ses",
            "smtp2go",
            "sparkpost"
        ]
    );
    for (name, adds) in [
        ("ses", &["Message-ID", "Date"][..]),
        (
            "postmark",
            &["Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"],
        ),
        ("brevo", &["Message-ID"]),
        ("hotmail", &["Message-ID"]),
        ("mailersend", &["Message-ID"]),
        ("resend", &["Message-ID", "Date"]),
        ("mailjet", &["List-Unsubscribe", "List-Unsubscribe-Post"]),
        ("gmail", &[]),
        ("sendgrid", &[]),
    ] {
        assert_eq!(Preset::find(name).unwrap().adds, adds, "{name}");
    }
    for (name, signs) in [
        ("gmail", Signs::SetUp),
        ("ses", Signs::SetUp),
        ("163", Signs::Unknown),
        ("gmx", Signs::Unknown),
    ] {
        assert_eq!(Preset::find(name).unwrap().signs, signs, "{name}");
    }
}

/// Preset, region, server, IMAP and POP, as they were in November 2026.
const HOSTS: &str = "
hotmail - smtp://smtp-mail.outlook.com:587 outlook.office365.com outlook.office365.com
live - smtp://smtp-mail.outlook.com:587 outlook.office365.com outlook.office365.com
outlook - smtp://smtp.office365.com:587 outlook.office365.com outlook.office365.com
outlook cn smtp://smtp.partner.outlook.cn:587 outlook.office365.com outlook.office365.com
gmail - smtps://smtp.gmail.com:465 imap.gmail.com pop.gmail.com
163 - smtps://smtp.163.com:465 imap.163.com pop.163.com
126 - smtps://smtp.126.com:465 imap.126.com pop.126.com
yeah - smtps://smtp.yeah.net:465 imap.yeah.net pop.yeah.net
foxmail - smtps://smtp.qq.com:465 imap.qq.com pop.qq.com
exmail abroad smtps://hwsmtp.exmail.qq.com:465 imap.exmail.qq.com pop.exmail.qq.com
aliyun-qiye - smtps://smtp.qiye.aliyun.com:465 imap.qiye.aliyun.com pop.qiye.aliyun.com
yahoo - smtps://smtp.mail.yahoo.com:465 imap.mail.yahoo.com pop.mail.yahoo.com
icloud - smtp://smtp.mail.me.com:587 imap.mail.me.com -
zoho ca smtps://smtp.zohocloud.ca:465 imap.zoho.com pop.zoho.com
sendgrid eu smtps://smtp.eu.sendgrid.net:465 - -
postmark - smtp://smtp-broadcasts.postmarkapp.com:587 - -
postmark transactional smtp://smtp.postmarkapp.com:587 - -
163 vip smtps://smtp.vip.163.com:465 imap.163.com pop.163.com
188 - smtps://smtp.188.com:465 imap.188.com pop.188.com
sina vip smtps://smtp.vip.sina.com:465 imap.sina.com pop.sina.com
zoho pro-eu smtps://smtppro.zoho.eu:465 imap.zoho.com pop.zoho.com
hotmail.com - smtp://smtp-mail.outlook.com:587 outlook.office365.com outlook.office365.com
139 - smtps://smtp.139.com:465 imap.139.com pop.139.com
189 - smtps://smtp.189.cn:465 imap.189.cn pop.189.cn
sina - smtps://smtp.sina.com:465 imap.sina.com pop.sina.com
sohu - smtps://smtp.sohu.com:465 imap.sohu.com pop3.sohu.com
feishu - smtps://smtp.feishu.cn:465 imap.feishu.cn -
yandex - smtps://smtp.yandex.com:465 imap.yandex.com pop.yandex.com
mailru - smtps://smtp.mail.ru:465 imap.mail.ru pop.mail.ru
gmx - smtps://mail.gmx.net:465 imap.gmx.net pop.gmx.net
gmx com smtps://mail.gmx.com:465 imap.gmx.net pop.gmx.net
webde - smtps://smtp.web.de:465 imap.web.de pop3.web.de
tonline - smtps://securesmtp.t-online.de:465 secureimap.t-online.de securepop.t-online.de
ionos - smtps://smtp.ionos.de:465 imap.ionos.de pop.ionos.de
infomaniak - smtps://mail.infomaniak.com:465 - -
ovh - smtps://ssl0.ovh.net:465 ssl0.ovh.net ssl0.ovh.net
laposte - smtps://smtp.laposte.net:465 imap.laposte.net pop.laposte.net
free - smtps://smtp.free.fr:465 imap.free.fr pop.free.fr
proton - smtp://smtp.protonmail.ch:587 - -
resend - smtps://smtp.resend.com:465 - -
sparkpost eu smtp://smtp.eu.sparkpostmail.com:587 - -
smtp2go - smtps://mail.smtp2go.com:465 - -
mailjet - smtp://in-v3.mailjet.com:587 - -
scaleway - smtps://smtp.tem.scw.cloud:465 - -
directmail - smtps://smtpdm.aliyun.com:465 - -
tencent-ses gz smtps://gz-smtp.qcloudmail.com:465 - -
";

#[test]
fn hosts_are_those_of_november_2026() {
    for line in HOSTS.trim().lines() {
        let row: Vec<_> = line
            .split(' ')
            .map(|word| (word != "-").then_some(word))
            .collect();
        let [name, region, server, imap, pop] = row[..] else {
            panic!("{line}");
        };
        let preset = Preset::find(name.unwrap()).unwrap();
        let known = preset.server(region).unwrap().to_string();
        assert_eq!(Some(known.as_str()), server, "{line}");
        assert_eq!(
            (preset.imap.as_deref(), preset.pop.as_deref()),
            (imap, pop),
            "{line}"
        );
    }
}

#[test]
fn a_server_that_is_written_out_is_known() {
    let of = |host: &str| Preset::of_host(host).map(|preset| preset.name.as_str());
    for (host, name) in [
        ("smtp.QQ.com", Some("qq")),
        ("smtp.vip.163.com", Some("163")),
        ("smtp.partner.outlook.cn", Some("outlook")),
        ("email-smtp.us-east-1.amazonaws.com", Some("ses")),
        ("email-smtp.amazonaws.com", None),
        ("smtp.uni.example", None),
        ("evil-smtp.qq.com", None),
        ("localhost", None),
    ] {
        assert_eq!(of(host), name, "{host}");
    }
}

#[test]
fn a_region_is_named_where_there_are_regions() {
    let server = |name: &str, region| {
        let preset = Preset::find(name).unwrap();
        preset.server(region).map(|server| server.to_string())
    };
    assert_eq!(
        server("ses", Some("eu-west-1")),
        Ok("smtps://email-smtp.eu-west-1.amazonaws.com:465".to_owned())
    );
    assert_eq!(
        server("mailgun", None),
        Ok("smtps://smtp.mailgun.org:465".to_owned())
    );
    assert_eq!(
        server("mailgun", Some("eu")),
        Ok("smtps://smtp.eu.mailgun.org:465".to_owned())
    );
    for (name, region, words) in [
        ("ses", None, "needs a region"),
        ("ses", Some("eu-west-1.evil.example/"), "not a region"),
        ("mailgun", Some("asia"), "\"eu\", \"us\""),
        ("gmail", Some("eu"), "has no regions"),
    ] {
        let error = server(name, region).unwrap_err();
        assert!(error.to_string().contains(words), "{name} {region:?}: {error}");
    }
}
