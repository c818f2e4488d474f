//! A login that is refused: what each provider takes instead, and what its own words mean.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a peer answers one step its own way, and all others as usual"
)]

use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

use super::{missing, through};

/// Whoever is refused hears what that provider takes instead of a password, as of the end of 2026.
#[test]
fn a_refused_login_says_what_each_provider_takes() {
    let peer = Peer::policy(|event| match event.step {
        Step::Auth(_) => Some(Answer::say("535 5.7.8 authentication failed")),
        _ => None,
    });
    let presets = [
        "outlook",
        "hotmail",
        "163",
        "126",
        "yeah",
        "qq",
        "foxmail",
        "exmail",
        "aliyun-qiye",
        "zoho",
        "icloud",
        "139",
        "189",
        "sina",
        "sohu",
        "feishu",
        "netease-qiye",
        "yandex",
        "mailru",
        "gmx",
        "webde",
        "tonline",
        "aol",
        "naver",
        "proton",
        "mailjet",
        "scaleway",
        "resend",
        "sparkpost",
        "directmail",
        "tencent-ses",
    ];
    let outcome = through(&peer, &presets).run(&["check", "--connect"]);
    outcome.code(2);
    let wanted = [
        "off by default from the end of December 2026 (the administrator can allow them until a date in 2027 or later)",
        "for an address at outlook.com, hotmail.com or live.com, write preset = \"hotmail\"",
        "Outlook.com takes only OAuth2, no password",
        "at mail.163.com, under 设置, POP3/SMTP/IMAP, switch SMTP on, then 新增授权密码; switching it off cancels the codes",
        "its ports 465, 994 and 587 all begin with TLS (smtps://)",
        "126 takes a 授权码",
        "yeah.net takes a 授权码",
        "since November 2022, nothing else: at mail.qq.com",
        "客户端访问限制); then, at exmail.qq.com under 设置, switch on IMAP/SMTP服务 and 安全登录, and 生成客户端专用密码",
        "forbidden by default for new customers",
        "SMTP logins only in paid plans",
        "for paid organizations, region = \"pro\"",
        "(only for IMAP it is the part before the @)",
        "139 takes a 授权码",
        "189 takes a 授权码",
        "Sina takes a 授权码",
        "Sohu takes a 授权码",
        "第三方客户端专用密码",
        "客户端授权密码",
        "Yandex takes an app password",
        "Mail.ru takes a password for external applications",
        "Anwendungsspezifische Passwörter",
        "WEB.DE accepts mail programs only after POP3/IMAP is switched on",
        "E-Mail-Passwort",
        "AOL takes an app password",
        "애플리케이션 비밀번호",
        "Proton takes an SMTP token",
        "Mailjet's user is the API key",
        "Scaleway's user is the ID of the project",
        "Resend's user is the word resend",
        "SparkPost's user is SMTP_Injection",
        "设置SMTP密码",
        "Tencent SES takes the sender address as user",
    ];
    assert_eq!(missing(&outcome.stderr, &wanted), [""; 0], "{outcome}");
    assert_eq!(peer.finish().connections.len(), presets.len() + 1);
}

/// What a provider's own refusal is about: Microsoft's are not about the password, and NetEase's
/// "no permission" is not about the mechanism.
#[test]
fn a_refusal_is_read_as_its_provider_means_it() {
    const PASSWORD: &str = "check `user` and the password";
    const ACCOUNT: &str = "this is about the account";
    const NONE: &str = "the password is not at fault";
    const WAY: &str = "auth = \"login\" or auth = \"plain\"";
    let all = [PASSWORD, ACCOUNT, NONE, WAY];
    for (preset, reply, told, provider) in [
        (
            "outlook",
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [FR0P281CA0001.DEUP281.PROD.OUTLOOK.COM]",
            &[NONE][..],
            "\"Authenticated SMTP\"",
        ),
        (
            "outlook",
            "550 5.7.30 Basic authentication is not supported for Client Submission.",
            &[NONE],
            "December 2026",
        ),
        (
            "hotmail",
            "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
            &[NONE],
            "only OAuth2",
        ),
        (
            "outlook",
            "535 5.7.3 Authentication unsuccessful",
            &[PASSWORD],
            "December 2026",
        ),
        ("163", "550 User has no permission", &[WAY], "switch SMTP on"),
        (
            "163",
            "535 Error: authentication failed",
            &[PASSWORD],
            "make a new one",
        ),
        ("126", "550 User suspended", &[ACCOUNT], "授权码"),
        (
            "qq",
            "535 Login Fail. Please enter your authorization code to login. More information in https://service.mail.qq.com/detail/0/53",
            &[PASSWORD],
            "授权码",
        ),
        (
            "aliyun-qiye",
            "526 Authentication failure[0]",
            &[PASSWORD],
            "三方客户端",
        ),
        (
            "gmail",
            "534 5.7.9 Application-specific password required.",
            &[PASSWORD],
            "apppasswords",
        ),
        (
            "mailru",
            "535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external",
            &[PASSWORD],
            "external applications",
        ),
        ("gmx", "504 5.7.4 Unrecognized authentication type", &[WAY], ""),
        (
            "here",
            "550 5.7.30 Basic authentication is not supported",
            &[NONE],
            "auth = \"xoauth2\"",
        ),
    ] {
        let line = reply.to_owned();
        let peer = Peer::policy(move |event| match event.step {
            Step::Auth(_) => Some(Answer::say(&line)),
            _ => None,
        });
        let presets = if preset == "here" { &[][..] } else { &[preset][..] };
        let said = through(&peer, presets).run(&["check", "--connect"]).stderr;
        // The first relay has no preset; the second is told of behind it.
        let (_, said) = said
            .rsplit_once("The relay cannot be used")
            .unwrap_or_else(|| panic!("{reply}: {said}"));
        let said = said.split("\n\n").next().expect("a paragraph");
        for words in all {
            assert_eq!(
                said.contains(words),
                told.contains(&words),
                "{reply}: {words}: {said}"
            );
        }
        assert!(said.contains(provider), "{reply}: {provider}: {said}");
    }
}
