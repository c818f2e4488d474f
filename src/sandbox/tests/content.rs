//! Contents: kept exactly or refused whole, alone and in one flight with the next envelope, however the
//! network cuts them.

use super::super::Options;
use super::{ENVELOPE, codes, talk};

/// The reply to `content` (with its dot), and what was captured of it.
fn deliver(mail_parameters: &str, content: &[u8]) -> (String, Option<Vec<u8>>) {
    let options = Options {
        max_message_size: 4000,
        ..Options::default()
    };
    let envelope = ENVELOPE.replacen('>', &format!(">{mail_parameters}"), 1);
    let input = [b"EHLO x\r\n", envelope.as_bytes(), content].concat();
    let (output, messages) = talk(&options, [input.as_slice()]);
    let (_, reply) = output
        .split_once("354 ")
        .and_then(|(_, rest)| rest.split_once("\r\n"))
        .unwrap();
    (
        reply.trim_end().to_owned(),
        messages.into_iter().next().map(|message| message.content),
    )
}

#[test]
fn content_is_kept_exactly() {
    let longest = format!("h: v\r\n\r\n{}\r\n.{}\r\n.\r\n", "x".repeat(998), ".".repeat(998));
    for (wire, content) in [
        ("h: v\r\n\r\nbody\r\n.\r\n", "h: v\r\n\r\nbody\r\n"),
        (".\r\n", ""),
        ("\r\n.\r\n", "\r\n"),
        ("..\r\n.\r\n", ".\r\n"),
        (
            "h: v\r\n\r\n..\r\n...\r\n.x\r\nx.\r\n .\r\n.\r\n",
            "h: v\r\n\r\n.\r\n..\r\nx\r\nx.\r\n .\r\n",
        ),
        (&longest, &longest[..longest.len() - 3].replacen("\n.", "\n", 1)),
    ] {
        let (reply, kept) = deliver("", wire.as_bytes());
        assert!(
            reply.starts_with("250 2.0.0 captured as 000001"),
            "{wire:?}: {reply}"
        );
        assert_eq!(
            kept.as_deref().map(|kept| str::from_utf8(kept).unwrap()),
            Some(content),
            "{wire:?}"
        );
    }
}

#[test]
fn broken_content_is_read_to_its_end_and_refused() {
    let long = format!("a: b\r\n\r\n{}\r\n.\r\n", "x".repeat(999));
    let endless = format!("{}\n.\r\nstill content\r\n.\r\n", "x".repeat(3000));
    let big = format!("a: b\r\n\r\n{}.\r\n", "0123456789\r\n".repeat(400));
    for (parameters, wire, expected) in [
        (
            "",
            "a: b\r\n\r\nx\ny\r\n.\r\n",
            "550 5.6.11 bare LF (line 3); lines end in CRLF",
        ),
        (
            "",
            "a: b\r\n\r\nx\ry\r\n.\r\n",
            "550 5.6.11 bare CR (line 3); lines end in CRLF",
        ),
        (
            "",
            "a: b\r\n\r\nx\r\r\n.\r\n",
            "550 5.6.11 bare CR (line 3); lines end in CRLF",
        ),
        ("", "a: \0\r\n.\r\n", "550 5.6.0 NUL (line 1)"),
        ("", &long, "550 5.6.0 more than 998 octets in line 3"),
        ("", &endless, "550 5.6.0 more than 998 octets in line 1"),
        (
            "",
            "a: b\r\n\r\né\r\n.\r\n",
            "550 5.6.1 8-bit content (line 3) and MAIL did not say BODY=8BITMIME",
        ),
        (
            " BODY=8BITMIME",
            "a: é\r\n\r\n.\r\n",
            "550 5.6.9 8-bit header (line 1) and MAIL did not say SMTPUTF8",
        ),
        ("", &big, "552 5.3.4 the message is larger than SIZE allows"),
        // Smuggling: none of these dots ends the message, so that what follows is not obeyed.
        (
            "",
            "a: b\r\n\n.\r\nMAIL FROM:<x@example.org>\r\n.\r\n",
            "550 5.6.11 bare LF (line 2); lines end in CRLF",
        ),
        (
            "",
            "a: b\n.\nMAIL FROM:<x@example.org>\r\n.\r\n",
            "550 5.6.11 bare LF (line 1); lines end in CRLF",
        ),
        (
            "",
            "a: b\r\n.\nMAIL FROM:<x@example.org>\r\n.\r\n",
            "550 5.6.11 bare LF (line 2); lines end in CRLF",
        ),
        (
            "",
            "a: b\r.\rMAIL FROM:<x@example.org>\r\n.\r\n",
            "550 5.6.11 bare CR (line 1); lines end in CRLF",
        ),
    ] {
        assert_eq!(
            deliver(parameters, wire.as_bytes()),
            (expected.to_owned(), None),
            "{wire:?}"
        );
    }
    let (reply, kept) = deliver(" BODY=8BITMIME SMTPUTF8", "a: é\r\n\r\né\r\n.\r\n".as_bytes());
    assert!(reply.starts_with("250 ") && kept.is_some(), "{reply}");
}

/// Everything a session knows, in one stream.
fn whole_session() -> Vec<u8> {
    let mut client = String::from("EHLO x\r\nAUTH PLAIN AHVzZXIAc2VjcmV0\r\n");
    client += ENVELOPE;
    // Content and the next envelope in one flight (RFC 2920 §3.1), three times.
    client += &format!("s: 1\r\n\r\n..dot\r\n.\r\n{ENVELOPE}");
    client += &format!("s: 2\r\n\r\nbare\nlf\r\n.\r\n{ENVELOPE}");
    client += &format!("s: 3\r\n\r\n{}\r\n.\r\n{ENVELOPE}", "x".repeat(1100));
    client += "s: 4\r\n\r\n.\r\n";
    client += &format!(
        "NOOP {}\r\nMAIL FROM:<> SIZE=99\r\nRCPT TO:<bad>\r\nRSET\r\nQUIT\r\n",
        "y".repeat(2100)
    );
    client.into_bytes()
}

#[test]
fn content_and_next_envelope_in_one_flight() {
    let client = whole_session();
    let (output, messages) = talk(&Options::default(), [client.as_slice()]);
    assert_eq!(
        codes(&output),
        "250 | 235 2.7.0 | 250 2.1.0 | 250 2.1.5 | 354 | 250 2.0.0 | 250 2.1.0 | 250 2.1.5 | 354 | 550 5.6.11 \
         | 250 2.1.0 | 250 2.1.5 | 354 | 550 5.6.0 | 250 2.1.0 | 250 2.1.5 | 354 | 250 2.0.0 | 500 5.5.2 \
         | 250 2.1.0 | 501 5.1.3 | 250 2.0.0 | 221 2.0.0 | [closed]"
    );
    let contents: Vec<_> = messages
        .iter()
        .map(|message| message.content.as_slice())
        .collect();
    assert_eq!(contents, [b"s: 1\r\n\r\n.dot\r\n".as_slice(), b"s: 4\r\n\r\n"]);
    assert_eq!(messages[0].login.as_deref(), Some("user"));
    assert_eq!(
        (messages[0].from.as_str(), messages[0].to.join(",").as_str()),
        ("a@example.org", "b@example.org")
    );
}

#[test]
fn every_cut_of_the_input_gives_the_same_result() {
    let client = whole_session();
    let whole = talk(&Options::default(), [client.as_slice()]);
    for cut in 1..client.len() {
        let (left, right) = client.split_at(cut);
        assert_eq!(talk(&Options::default(), [left, right]), whole, "cut at {cut}");
    }
    for size in [1, 2, 3, 7, 1000] {
        assert_eq!(
            talk(&Options::default(), client.chunks(size)),
            whole,
            "pieces of {size}"
        );
    }
}
