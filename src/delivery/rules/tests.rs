use super::*;

const PLACES: [At; 6] = [At::Connect, At::Auth, At::Mail, At::Rcpt, At::Data, At::Content];

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

#[test]
fn the_table_can_be_read_and_every_rule_can_match() {
    let table = read().unwrap();
    assert!(table.rule.len() > 20);
    for rule in &table.rule {
        assert!(
            !(rule.codes.is_empty() && rule.enhanced.is_empty() && rule.words.is_empty()),
            "{rule:?} matches everything"
        );
        assert_eq!(rule.wait.is_some(), rule.wait().is_some(), "{rule:?}");
        for code in &rule.enhanced {
            assert_eq!(code.split('.').count(), 3, "{rule:?}");
        }
        let needs_wait = matches!(rule.verdict, Name::QuotaSpent | Name::LoginThrottled);
        assert!(!needs_wait || rule.wait.is_some(), "{rule:?}");
    }
}

#[test]
fn every_reply_has_a_verdict_and_taken_is_said_of_none_that_is_not() {
    for code in 200..600 {
        for enhanced in [None, Some(7), Some(1), Some(2)] {
            let class = u8::try_from(code / 100).unwrap();
            let reply = Reply::new(code, enhanced.map(|subject| (class, subject, 1)), "words");
            for at in PLACES {
                let accepted = judge(at, &reply) == Verdict::Accepted;
                assert_eq!(accepted, reply.is_positive(), "{reply} {at:?}");
            }
        }
    }
}

#[test]
fn the_words_of_the_relays() {
    use At::{Auth, Connect, Content, Data, Mail, Rcpt};
    let day = Verdict::QuotaSpent {
        wait: minutes(24 * 60),
    };
    let slower = |wait| Verdict::Throttled { wait: minutes(wait) };
    let login = |wait| Verdict::LoginThrottled { wait: minutes(wait) };
    for (at, code, enhanced, text, verdict) in [
        // NetEase
        (
            Connect,
            421,
            None,
            "HL:ICC 163 smtp7,abc",
            Verdict::TooManyConnections,
        ),
        (Connect, 421, None, "HL:IFC 163 smtp7", slower(10)),
        (Mail, 421, None, "HL:REP 163 smtp7", slower(10)),
        (Mail, 450, None, "MI:DMC 163 smtp7", Verdict::ConnectionSpent),
        (Rcpt, 451, None, "MI:DMC", Verdict::ConnectionSpent),
        (Mail, 451, None, "MI:SFQ 163 smtp7", slower(15)),
        (Rcpt, 550, None, "RP:DRC", Verdict::ConnectionSpent),
        (Content, 451, None, "DT:SPM, please try again", slower(2)),
        (Content, 554, None, "DT:SPM 163 smtp7", Verdict::Recipient),
        (
            Auth,
            451,
            None,
            "too much fail authentication, wait a moment",
            login(15),
        ),
        // Gmail
        (
            Auth,
            454,
            Some((4, 7, 0)),
            "Too many login attempts, please try again later.",
            login(15),
        ),
        (
            Auth,
            535,
            Some((5, 7, 8)),
            "Username and Password not accepted.",
            Verdict::LoginRefused,
        ),
        (
            Auth,
            534,
            Some((5, 7, 9)),
            "Application-specific password required.",
            Verdict::LoginRefused,
        ),
        (
            Content,
            550,
            Some((5, 4, 5)),
            "Daily user sending limit exceeded.",
            day,
        ),
        (
            Mail,
            550,
            Some((5, 4, 5)),
            "Daily SMTP relay limit exceeded for customer.",
            day,
        ),
        (
            Content,
            421,
            Some((4, 7, 28)),
            "unusual rate of unsolicited mail",
            slower(10),
        ),
        (
            Rcpt,
            550,
            Some((5, 1, 1)),
            "The email account that you tried to reach does not exist.",
            Verdict::Recipient,
        ),
        (
            Rcpt,
            452,
            Some((4, 2, 2)),
            "The email account that you tried to reach is over quota.",
            Verdict::Recipient,
        ),
        (
            Content,
            550,
            Some((5, 7, 26)),
            "unauthenticated sender",
            Verdict::Policy,
        ),
        (
            Content,
            552,
            Some((5, 3, 4)),
            "message size exceeds the limit",
            Verdict::TooLarge,
        ),
        // Exchange Online
        (
            Rcpt,
            432,
            Some((4, 3, 2)),
            "Concurrent connections limit exceeded.",
            Verdict::TooManyConnections,
        ),
        (
            Content,
            554,
            Some((5, 2, 0)),
            "STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
            day,
        ),
        (
            Content,
            550,
            Some((5, 1, 90)),
            "Your message can't be sent because you've reached your daily limit for message recipients",
            day,
        ),
        (
            Content,
            451,
            Some((4, 7, 500)),
            "Server busy. Please try again later from [192.0.2.1].",
            slower(10),
        ),
        (
            Content,
            550,
            Some((5, 7, 515)),
            "Access denied, sending domain does not pass",
            Verdict::Policy,
        ),
        // Amazon SES
        (
            Content,
            454,
            None,
            "Throttling failure: Daily message quota exceeded.",
            Verdict::QuotaSpent { wait: minutes(60) },
        ),
        (
            Content,
            454,
            None,
            "Throttling failure: Maximum sending rate exceeded.",
            slower(0),
        ),
        // QQ, as decoded from GBK
        (
            Content,
            550,
            None,
            "\u{53d1}\u{4fe1}\u{9891}\u{7387}\u{8fc7}\u{9ad8}",
            Verdict::Recipient,
        ),
        (
            Content,
            450,
            None,
            "\u{53d1}\u{4fe1}\u{9891}\u{7387}\u{8fc7}\u{9ad8}",
            slower(0),
        ),
        // Postfix, postgrey, rspamd, hosters
        (
            Rcpt,
            450,
            Some((4, 2, 0)),
            "<b@x.test>: Recipient address rejected: Greylisted",
            Verdict::Greylisted,
        ),
        (
            Rcpt,
            451,
            Some((4, 7, 1)),
            "Please try again later",
            Verdict::Greylisted,
        ),
        (
            Connect,
            421,
            Some((4, 7, 0)),
            "Error: too many connections from 192.0.2.1",
            Verdict::TooManyConnections,
        ),
        (
            Mail,
            450,
            Some((4, 7, 1)),
            "Error: too much mail, rate limit",
            slower(0),
        ),
        (
            Rcpt,
            452,
            Some((4, 5, 3)),
            "Error: too many recipients",
            Verdict::ConnectionSpent,
        ),
        (
            Rcpt,
            554,
            Some((5, 7, 1)),
            "<b@x.test>: Relay access denied",
            Verdict::Policy,
        ),
        (
            Data,
            554,
            Some((5, 5, 1)),
            "Error: no valid recipients",
            Verdict::Recipient,
        ),
        (
            Data,
            550,
            None,
            "Domain uni.example has exceeded the max emails per hour (100/100)",
            Verdict::QuotaSpent { wait: minutes(60) },
        ),
        (
            Rcpt,
            552,
            Some((5, 2, 2)),
            "mailbox full, daily quota exceeded",
            Verdict::Recipient,
        ),
        (Rcpt, 454, None, "busy", slower(0)),
        (
            Mail,
            550,
            None,
            "you are not allowed to send as that",
            Verdict::RelayRefuses,
        ),
        (Connect, 554, None, "no SMTP service here", Verdict::RelayRefuses),
        (Connect, 421, None, "busy", Verdict::Closing),
    ] {
        let reply = Reply::new(code, enhanced, text);
        assert_eq!(judge(at, &reply), verdict, "{at:?}: {reply}");
    }
}
