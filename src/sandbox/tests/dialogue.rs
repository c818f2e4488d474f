//! Commands and logins: what a client says and what it is answered.

use data_encoding::BASE64;

use super::super::{LoginPolicy, Options, Tls};
use super::{codes, replies, talk};

#[test]
fn ehlo_lists_what_is_offered() {
    let list = |options: Options| talk(&options, [b"EHLO me.example\r\n".as_slice()]).0;
    let plain = list(Options::default());
    assert_eq!(
        plain,
        "220 sandbox.localhost ESMTP mailshot sandbox: captures, delivers nothing\r\n\
         250-sandbox.localhost\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-STARTTLS\r\n\
         250-AUTH PLAIN LOGIN XOAUTH2\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-DSN\r\n250 ENHANCEDSTATUSCODES\r\n"
    );
    let bare = list(Options {
        tls: Tls::Off,
        login: LoginPolicy::None,
        ..Options::default()
    });
    assert!(!bare.contains("STARTTLS") && !bare.contains("AUTH"), "{bare}");
    assert!(
        !list(Options {
            tls: Tls::Implicit,
            ..Options::default()
        })
        .contains("STARTTLS")
    );
}

#[test]
fn order_and_syntax() {
    let longest = format!("NOOP {}\r\nNOOP\r\n", "x".repeat(2041));
    let too_long = format!("NOOP {}\r\nNOOP\r\n", "x".repeat(2042));
    for (client, expected) in [
        ("HELO me.example\r\n", "250"),
        ("MAIL FROM:<a@example.org>\r\n", "503 5.5.1"),
        (
            "EHLO x\r\nRCPT TO:<b@example.org>\r\nDATA\r\n",
            "250 | 503 5.5.1 | 503 5.5.1",
        ),
        (
            "EHLO x\r\nMAIL FROM:<a@example.org>\r\nDATA\r\n",
            "250 | 250 2.1.0 | 554 5.5.1",
        ),
        (
            "EHLO x\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\n",
            "250 | 250 2.1.0 | 503 5.5.1",
        ),
        (
            "EHLO x\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\n",
            "250 | 250 2.1.0 | 250 2.0.0 | 250 2.1.0",
        ),
        (
            "EHLO x\r\nMAIL FROM:<>\r\nEHLO x\r\nMAIL FROM:<>\r\n",
            "250 | 250 2.1.0 | 250 | 250 2.1.0",
        ),
        (
            "HELO x\r\nMAIL FROM:<a@example.org> SIZE=1\r\n",
            "250 | 555 5.5.4",
        ),
        (
            "EHLO x\r\nMAIL FROM:<a@example.org> SIZE=52428801\r\n",
            "250 | 552 5.3.4",
        ),
        (
            "EHLO x\r\nMAIL FROM:<a@example.org> SIZE=52428800\r\n",
            "250 | 250 2.1.0",
        ),
        (
            "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<é@example.org>\r\n",
            "250 | 250 2.1.0 | 553 5.6.7",
        ),
        (
            "EHLO x\r\nMAIL FROM:<> SMTPUTF8\r\nRCPT TO:<é@example.org>\r\n",
            "250 | 250 2.1.0 | 250 2.1.5",
        ),
        (
            "NOOP\r\nVRFY a\r\nHELP\r\nEXPN a\r\n",
            "250 2.0.0 | 252 2.5.2 | 214 2.0.0 | 502 5.5.1",
        ),
        ("WHAT\r\nQUIT\r\nNOOP\r\n", "500 5.5.1 | 221 2.0.0 | [closed]"),
        ("NOOP\nNOOP\r\n", "500 5.5.2 | [closed]"),
        ("NO\rOP\r\nNOOP\r\n", "500 5.5.2 | [closed]"),
        ("BDAT 6 LAST\r\nQUIT\r\n", "502 5.5.1 | [closed]"),
        (&longest, "250 2.0.0 | 250 2.0.0"),
        (&too_long, "500 5.5.2 | 250 2.0.0"),
    ] {
        assert_eq!(replies(&Options::default(), client), expected, "{client:?}");
    }
}

#[test]
fn no_more_than_a_thousand_recipients() {
    let client = "EHLO x\r\nMAIL FROM:<>\r\n".to_owned() + &"RCPT TO:<b@example.org>\r\n".repeat(1001);
    let replies = replies(&Options::default(), &client);
    assert_eq!(replies.matches("250 2.1.5").count(), 1000);
    assert!(replies.ends_with("| 452 4.5.3"), "{replies}");
}

#[test]
fn nothing_said_before_tls_survives_it() {
    let injected = b"EHLO x\r\nSTARTTLS\r\nMAIL FROM:<evil@example.org>\r\n";
    let (output, messages) = talk(&Options::default(), [injected.as_slice()]);
    assert_eq!(codes(&output), "250 | 503 5.5.1 | [closed]");
    assert!(messages.is_empty());
    let before: &[u8] = b"EHLO x\r\nAUTH PLAIN AHVzZXIAc2VjcmV0\r\nMAIL FROM:<a@example.org>\r\nSTARTTLS\r\n";
    let after: &[u8] =
        b"RCPT TO:<b@example.org>\r\nMAIL FROM:<>\r\nEHLO x\r\nSTARTTLS\r\nAUTH PLAIN AHVzZXIAc2VjcmV0\r\n";
    assert_eq!(
        codes(&talk(&Options::default(), [before, after]).0),
        "250 | 235 2.7.0 | 250 2.1.0 | 220 2.0.0 | 503 5.5.1 | 503 5.5.1 | 250 | 503 5.5.1 | 235 2.7.0"
    );
    let off = Options {
        tls: Tls::Off,
        ..Options::default()
    };
    assert_eq!(
        replies(&off, "STARTTLS\r\nEHLO x\r\nSTARTTLS\r\n"),
        "502 5.5.1 | 250 | 502 5.5.1"
    );
    assert_eq!(replies(&Options::default(), "STARTTLS\r\n"), "503 5.5.1");
}

#[test]
fn logins() {
    let only = LoginPolicy::Only {
        user: "ada".to_owned(),
        password: "secret".into(),
    };
    let encode = |text: &str| BASE64.encode(text.as_bytes());
    let plain = encode("\0ada\0secret");
    let wrong = encode("\0ada\0guess");
    let stranger = encode("\0eve\0secret");
    let (user, password) = (encode("ada"), encode("secret"));
    let token = encode("user=ada\u{1}auth=Bearer secret\u{1}\u{1}");
    let bad_token = encode("user=ada\u{1}auth=Bearer guess\u{1}\u{1}");
    for (client, expected) in [
        (format!("AUTH PLAIN {plain}\r\n"), "235 2.7.0"),
        (format!("AUTH PLAIN\r\n{plain}\r\n"), "334 | 235 2.7.0"),
        (
            format!("AUTH PLAIN {wrong}\r\nAUTH PLAIN {plain}\r\n"),
            "535 5.7.8 | 235 2.7.0",
        ),
        (format!("AUTH PLAIN {stranger}\r\n"), "535 5.7.8"),
        (
            format!("auth login\r\n{user}\r\n{password}\r\n"),
            "334 | 334 | 235 2.7.0",
        ),
        (format!("AUTH LOGIN {user}\r\n{password}\r\n"), "334 | 235 2.7.0"),
        (format!("AUTH LOGIN {user}\r\n{user}\r\n"), "334 | 535 5.7.8"),
        (format!("AUTH XOAUTH2 {token}\r\n"), "235 2.7.0"),
        (format!("AUTH XOAUTH2 {bad_token}\r\n\r\n"), "334 | 535 5.7.8"),
        (
            "AUTH PLAIN\r\n*\r\nNOOP\r\n".to_owned(),
            "334 | 501 5.7.0 | 250 2.0.0",
        ),
        (
            "AUTH PLAIN =\r\nAUTH PLAIN !!\r\nAUTH PLAIN AA==\r\n".to_owned(),
            "501 5.5.2 | 501 5.5.2 | 501 5.5.2",
        ),
        (
            "AUTH PLAIN\r\nAA==\nNOOP\r\n".to_owned(),
            "334 | 500 5.5.2 | [closed]",
        ),
        (
            format!("AUTH PLAIN {plain}\r\nAUTH PLAIN {plain}\r\n"),
            "235 2.7.0 | 503 5.5.1",
        ),
        (
            format!("MAIL FROM:<>\r\nAUTH PLAIN {plain}\r\nMAIL FROM:<>\r\n"),
            "530 5.7.0 | 235 2.7.0 | 250 2.1.0",
        ),
        (format!("AUTH PLAIN {}\r\n", "A".repeat(12_300)), "500 5.5.2"),
        (format!("AUTH PLAIN {}\r\n", "A".repeat(12_000)), "501 5.5.2"),
    ] {
        let options = Options {
            login: only.clone(),
            ..Options::default()
        };
        let client = format!("EHLO x\r\n{client}");
        assert_eq!(
            replies(&options, &client),
            format!("250 | {expected}"),
            "{client}"
        );
    }
    let anybody = format!("AUTH PLAIN {plain}\r\nEHLO x\r\nAUTH PLAIN {wrong}\r\n");
    assert_eq!(
        replies(&Options::default(), &anybody),
        "503 5.5.1 | 250 | 235 2.7.0"
    );
    let nobody = Options {
        login: LoginPolicy::None,
        ..Options::default()
    };
    assert_eq!(
        replies(&nobody, &format!("EHLO x\r\nAUTH PLAIN {plain}\r\n")),
        "250 | 502 5.5.1"
    );
}
