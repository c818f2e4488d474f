//! What mail servers do wrong, and what must be said.

/// The password.
pub(super) const SECRET: &str = "Geheim-Passwort-77";

/// What a server says to a line; nothing: it hangs up.
pub(super) type Script = fn(&str) -> Option<Vec<u8>>;

/// An IMAP server with three mails that behaves, but for what `odd` answers.
fn imap(line: &str, odd: fn(&str, &str) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    let (tag, command) = line.split_once(' ').unwrap_or((line, ""));
    if let Some(answer) = odd(tag, command) {
        return (!answer.is_empty()).then_some(answer);
    }
    let word = command.split(' ').next().unwrap_or_default();
    let answer = match word {
        "CAPABILITY" => format!("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR ID\r\n{tag} OK done\r\n"),
        "EXAMINE" => {
            format!("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok\r\n{tag} OK done\r\n")
        }
        "UID" if command.contains("RFC822.SIZE") => {
            let mails = (1..=3).map(|uid| format!("* {uid} FETCH (UID {uid} RFC822.SIZE 40)\r\n"));
            format!("{}{tag} OK done\r\n", mails.collect::<String>())
        }
        "UID" => {
            let wanted = command.split(' ').nth(2).unwrap_or_default();
            let (first, last) = wanted.split_once(':').unwrap_or((wanted, wanted));
            let (first, last): (u32, u32) = (first.parse().expect("a UID"), last.parse().expect("a UID"));
            let mails = (first..=last).map(|uid| {
                let mail = format!("From: a@example.org\r\nSubject: {uid}\r\n\r\nhi\r\n");
                format!(
                    "* {uid} FETCH (UID {uid} BODY[]<0> {{{}}}\r\n{mail})\r\n",
                    mail.len()
                )
            });
            format!("{}{tag} OK done\r\n", mails.collect::<String>())
        }
        _ => format!("{tag} OK done\r\n"),
    };
    Some(answer.into_bytes())
}

/// A POP3 server with two mails that behaves, but for what `odd` answers.
fn pop3(line: &str, odd: fn(&str) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    if let Some(answer) = odd(line) {
        return (!answer.is_empty()).then_some(answer);
    }
    let word = line.split(' ').next().unwrap_or_default();
    Some(
        match word {
            "CAPA" => "+OK\r\nUSER\r\nUIDL\r\nTOP\r\n.\r\n",
            "STAT" => "+OK 2 80\r\n",
            "UIDL" => "+OK\r\n1   first one\r\n2   77\r\n.\r\n",
            "LIST" => "+OK\r\n1 40\r\n2 40\r\n.\r\n",
            "RETR" => "+OK\r\nSubject: x\r\n\r\n..dot\r\nhi\r\n.\r\n",
            _ => "+OK\r\n",
        }
        .into(),
    )
}

const IMAP: &[u8] = b"* OK hello\r\n";
const POP3: &[u8] = b"+OK hello\r\n";

/// What a server does wrong: its name, the scheme, its greeting and script, the exit code, words.
pub(super) type Case = (
    &'static str,
    &'static str,
    &'static [u8],
    Script,
    i32,
    &'static str,
);

pub(super) const CASES: &[Case] = &[
    (
        "all in order",
        "imap+plain",
        IMAP,
        |l| imap(l, |_, _| None),
        0,
        "Read 3 mails",
    ),
    (
        "all in order",
        "pop3+plain",
        POP3,
        |l| pop3(l, |_| None),
        0,
        "Read 2 mails",
    ),
    (
        "a literal of 4 GB",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |_, c| {
                c.contains("BODY.PEEK")
                    .then(|| b"* 2 FETCH (UID 2 BODY[]<0> {4294967295}\r\nx".to_vec())
            })
        },
        1,
        "announced 4.3 GB at once",
    ),
    (
        "an endless line",
        "imap+plain",
        IMAP,
        |l| imap(l, |_, c| c.starts_with("EXAMINE").then(|| vec![b'x'; 200_000])),
        4,
        "a line of more than",
    ),
    (
        "an endless greeting",
        "pop3+plain",
        &[b'+'; 200_000],
        |_| Some(Vec::new()),
        4,
        "a line of more than",
    ),
    (
        "a wrong tag",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |_, c| {
                c.starts_with("EXAMINE").then(|| b"zz9 OK done\r\n".to_vec())
            })
        },
        4,
        "answered EXAMINE with something else: \"zz9 OK done\"",
    ),
    (
        "BYE at once",
        "imap+plain",
        b"* BYE too many\r\n",
        |_| None,
        4,
        "ended the connection: \"too many\"",
    ),
    (
        "a bare BYE",
        "imap+plain",
        b"* BYE\r\n",
        |_| None,
        4,
        "ended the connection",
    ),
    (
        "an answer that cannot be parsed",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |t, c| {
                c.contains("BODY.PEEK").then(|| format!(
            "* 1 FETCH (UID 1 BODY[] {{2}}\r\nhi)\r\n* 2 FETCH (UID 2 BODY[] oops ((((\r\n* 3 FETCH (UID 3 BODY[] {{2}}\r\nhi)\r\n{t} OK\r\n"
        ).into_bytes())
            })
        },
        1,
        "INBOX, mail 2: this mail could not be read",
    ),
    (
        "a mail expunged meanwhile",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |t, c| {
                c.contains("BODY.PEEK")
                    .then(|| format!("* 1 FETCH (UID 1 BODY[] {{2}}\r\nhi)\r\n{t} OK\r\n").into_bytes())
            })
        },
        0,
        "INBOX, mail 3: this mail was deleted before it could be read",
    ),
    (
        "brackets without end",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |t, c| {
                c.starts_with("EXAMINE").then(|| {
                    format!(
                        "* 1 FETCH (BODYSTRUCTURE {}\r\n* 0 EXISTS\r\n{t} OK\r\n",
                        "(".repeat(60_000)
                    )
                    .into_bytes()
                })
            })
        },
        0,
        "There is no mail.",
    ),
    (
        "a login without a name",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |t, c| {
                c.starts_with("EXAMINE").then(|| {
                    format!("{t} NO EXAMINE Unsafe Login. Please contact kefu@188.com\r\n").into_bytes()
                })
            })
        },
        2,
        "opens no folder: \"EXAMINE Unsafe Login",
    ),
    (
        "a wrong password",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |t, c| {
                c.starts_with("AUTHENTICATE")
                    .then(|| format!("{t} NO [AUTHENTICATIONFAILED] not with {SECRET}\r\n").into_bytes())
            })
        },
        2,
        "does not accept the login: \"[AUTHENTICATIONFAILED] not with ***\"",
    ),
    (
        "a wrong password",
        "pop3+plain",
        POP3,
        |l| {
            pop3(l, |l| {
                l.starts_with("PASS").then(|| b"-ERR [AUTH] no\r\n".to_vec())
            })
        },
        2,
        "does not accept the login",
    ),
    (
        "another reader",
        "pop3+plain",
        POP3,
        |l| {
            pop3(l, |l| {
                l.starts_with("PASS")
                    .then(|| b"-ERR [IN-USE] locked\r\n".to_vec())
            })
        },
        4,
        "accepts no login now",
    ),
    (
        "STARTTLS stripped",
        "imap",
        IMAP,
        |l| imap(l, |_, _| None),
        2,
        "does not offer STARTTLS",
    ),
    (
        "a login before STARTTLS",
        "imap",
        b"* PREAUTH hi\r\n",
        |l| imap(l, |_, _| None),
        2,
        "does not offer STARTTLS",
    ),
    (
        "STLS stripped",
        "pop3",
        POP3,
        |l| pop3(l, |_| None),
        2,
        "does not offer STLS",
    ),
    (
        "words before TLS",
        "imap",
        b"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n",
        |l| {
            imap(l, |t, c| {
                c.starts_with("STARTTLS")
                    .then(|| format!("{t} OK go\r\n* OK injected\r\n").into_bytes())
            })
        },
        2,
        "unencrypted data where TLS had to begin",
    ),
    (
        "no TLS",
        "imaps",
        IMAP,
        |_| None,
        2,
        "speaks plaintext on this port",
    ),
    (
        "SMTP",
        "imap+plain",
        b"220 mx.example ESMTP\r\n",
        |_| None,
        2,
        "does not speak IMAP",
    ),
    ("IMAP", "pop3+plain", IMAP, |_| None, 2, "does not speak POP3"),
    (
        "no folder",
        "imap+plain",
        IMAP,
        |l| {
            imap(l, |t, c| match c.split(' ').next() {
                Some("EXAMINE") => Some(format!("{t} NO no such mailbox\r\n").into_bytes()),
                Some("LIST") => Some(format!("* LIST () \"/\" Archive\r\n{t} OK\r\n").into_bytes()),
                _ => None,
            })
        },
        2,
        "no folder \"INBOX\"",
    ),
    (
        "no UIDL",
        "pop3+plain",
        POP3,
        |l| pop3(l, |l| (l == "UIDL").then(|| b"-ERR unknown\r\n".to_vec())),
        0,
        "has no names for its mails (UIDL)",
    ),
    (
        "no dot-stuffing",
        "pop3+plain",
        POP3,
        |l| {
            pop3(l, |l| {
                (l == "RETR 1").then(|| b"+OK\r\nSubject: x\r\n\r\n.dot\r\n.\r\nmore\r\n.\r\n".to_vec())
            })
        },
        0,
        "Read 2 mails",
    ),
    (
        "it hangs up in the middle",
        "pop3+plain",
        POP3,
        |l| pop3(l, |l| (l == "RETR 2").then(Vec::new)),
        1,
        "INBOX, mail 2: this mail could not be read",
    ),
];
