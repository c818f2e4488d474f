//! Whatever comes back is sorted: without a panic, the same on every run and with every line end.

use super::{Class, Kind, Sorted, sort};

/// Words of mails that lead somewhere.
const WORDS: [&[u8]; 30] = [
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"--b\n",
    b"--b--\n",
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n",
    b"Content-Type: message/delivery-status\n\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Type: text/html\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n",
    b"charset=gb2312",
    b"charset=utf-7",
    b"Final-Recipient: rfc822; <a@b.test>\n",
    b"Action: failed\n",
    b"Status: 5.1.1\n",
    b"Diagnostic-Code: smtp; 550 5.1.1 user unknown\n",
    b"Feedback-Type: abuse\nVersion: 1\n",
    b"In-Reply-To: <x@y>\n",
    b"Auto-Submitted: auto-replied\n",
    b"Return-Path: <>\n",
    b"From: MAILER-DAEMON@x.test\n",
    b"X-Failed-Recipients: a@b.test, ",
    b"=?gb2312?B?z7U=?=",
    b"=?utf-8?q?=E9?=",
    b"<a@b.test>:\n",
    b"\"a b\"@c.test",
    b"\xe9\x80\x80\xe4\xbf\xa1",
    b"\xff\xfe",
];

/// What is new about a mail: its class, and what is said about the first recipient.
fn shape(sorted: &Sorted) -> (Class, usize, Option<Kind>, usize) {
    let first = sorted.recipients.first();
    (
        sorted.class,
        sorted.recipients.len().min(3),
        first.and_then(|first| first.kind),
        sorted.tokens.len().min(2),
    )
}

fn with_line_ends(mail: &[u8], end: &[u8]) -> Vec<u8> {
    mail.split(|octet| *octet == b'\n').collect::<Vec<_>>().join(end)
}

#[test]
fn any_mail_is_sorted_and_always_the_same() {
    fuzzing::hold("inbox", &WORDS, |bytes| {
        let sorted = sort(bytes);
        assert_eq!(sort(bytes), sorted);
        if !bytes.contains(&b'\r') {
            for end in [b"\r\n".as_slice(), b"\r"] {
                assert_eq!(sort(&with_line_ends(bytes, end)), sorted, "with {end:?}");
            }
        }
        let step = 1 + bytes.len() / 7;
        for cut in (0..bytes.len()).step_by(step) {
            sort(bytes.get(..cut).expect("a place in the mail"));
        }
        shape(&sorted)
    });
}

#[test]
fn a_mail_without_end_is_read_to_its_bounds() {
    let mut parts = b"Content-Type: multipart/mixed; boundary=b\n\n".to_vec();
    parts.extend(b"--b\n\nx\n".repeat(100_000));
    let nested = b"Content-Type: message/rfc822\n\n".repeat(10_000);
    let headers = b"A: b\n".repeat(1_000_000);
    for mail in [parts, nested, headers] {
        assert_eq!(sort(&mail).class, Class::Other);
    }
    let mut report =
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
            .to_vec();
    for number in 0..5_000 {
        report.extend(format!("Final-Recipient: rfc822; a{number}@b.test\nAction: failed\n\n").into_bytes());
    }
    let sorted = sort(&report);
    assert_eq!((sorted.class, sorted.recipients.len()), (Class::Bounce, 100));
}
