use super::*;

/// What relays say, each at the step where it was seen.
const REPLIES: &str = include_str!("replies.txt");

/// `550 5.1.1 words`, as the session reads it.
fn reply(line: &str) -> Reply {
    let (code, rest) = line.split_once(' ').unwrap_or((line, ""));
    let code: u16 = code.parse().expect("a reply code");
    let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let numbers: Vec<u16> = first.split('.').filter_map(|part| part.parse().ok()).collect();
    match numbers[..] {
        [class, subject, detail] if class == code / 100 => {
            Reply::new(code, Some((u8::try_from(class).unwrap(), subject, detail)), words)
        }
        _ => Reply::new(code, None, rest),
    }
}

fn step(name: &str) -> At {
    match name {
        "connect" => At::Connect,
        "auth" => At::Auth,
        "mail" => At::Mail,
        "rcpt" => At::Rcpt,
        "data" => At::Data,
        "content" => At::Content,
        _ => panic!("{name} is no step"),
    }
}

/// As in the table of replies: `quota-spent 86400s`, `recipient permanent`.
fn shown(verdict: Verdict) -> String {
    let lasting = |permanent| if permanent { "permanent" } else { "transient" };
    let seconds = |wait: Duration| format!("{}s", wait.as_secs());
    match verdict {
        Verdict::Accepted => "accepted".to_owned(),
        Verdict::Recipient { permanent } => format!("recipient {}", lasting(permanent)),
        Verdict::NoMailbox => "no-mailbox".to_owned(),
        Verdict::Greylisted => "greylisted".to_owned(),
        Verdict::Throttled { wait: None } => "throttled".to_owned(),
        Verdict::Throttled { wait: Some(wait) } => format!("throttled {}", seconds(wait)),
        Verdict::TooManyConnections => "too-many-connections".to_owned(),
        Verdict::ConnectionSpent => "connection-spent".to_owned(),
        Verdict::QuotaSpent { wait } => format!("quota-spent {}", seconds(wait)),
        Verdict::LoginRefused => "login-refused".to_owned(),
        Verdict::LoginThrottled { wait } => format!("login-throttled {}", seconds(wait)),
        Verdict::RelayRefuses { permanent } => format!("relay-refuses {}", lasting(permanent)),
        Verdict::Closing => "closing".to_owned(),
        Verdict::Policy { permanent } => format!("policy {}", lasting(permanent)),
        Verdict::TooLarge => "too-large".to_owned(),
    }
}

/// The lines of the table of replies: step, verdict, reply.
fn replies() -> Vec<(At, &'static str, Reply)> {
    let lines = REPLIES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.splitn(3, " | ").collect::<Vec<_>>()[..] {
            [at, expected, words] => (step(at), expected, reply(&words.replace("\\n", "\n"))),
            _ => panic!("not step | verdict | reply: {line}"),
        })
        .collect()
}

#[test]
fn what_relays_say_is_understood() {
    let wrong: Vec<String> = replies()
        .iter()
        .filter(|(step, expected, reply)| shown(judge(*step, reply)) != *expected)
        .map(|(step, expected, reply)| {
            let judged = shown(judge(*step, reply));
            format!("{step:?} {reply}\n  is {judged}, not {expected}")
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A rule that decides nothing known is a guess, or follows one that is too general.
#[test]
fn every_rule_decides_a_reply_that_somebody_gave() {
    let mut idle: Vec<&Rule> = RULES.iter().collect();
    for (step, _, reply) in replies() {
        let words = Words::of_reply(&reply);
        if let Some(deciding) = RULES.iter().find(|rule| rule.fits(step, &reply, &words)) {
            idle.retain(|rule| !std::ptr::eq(*rule, deciding));
        }
    }
    assert!(idle.is_empty(), "{idle:#?}");
}

#[test]
fn a_wait_in_the_words_is_read_and_never_longer_than_a_day() {
    let wait = |text: &str| Words::of(text).wait().map(|wait| wait.as_secs());
    assert_eq!(wait("Try again in 92\nseconds."), Some(92));
    assert_eq!(wait("reset in 21.5 hours"), Some(77_400));
    assert_eq!(wait("wait for 5 min, please"), Some(300));
    assert_eq!(wait("in 90000 hours"), Some(86_400));
    for text in [
        "in 0 seconds",
        "in -5 seconds",
        "in nan hours",
        "in inf hours",
        "200 hours",
        "in 5 days",
        "in 5",
    ] {
        assert_eq!(wait(text), None, "{text}");
    }
}

#[test]
fn the_table_is_in_order() {
    let rules = parse(TABLE).unwrap_or_else(|error| panic!("rules.toml: {error}"));
    assert_eq!(rules.len(), RULES.len());
    for rule in &rules {
        let shown = format!("{rule:?}");
        for code in rule.code.iter().flatten() {
            assert!((400..600).contains(code), "{shown}");
        }
        for pattern in rule.enhanced.iter().flatten() {
            let parts: Vec<&str> = pattern.split('.').collect();
            assert_eq!(parts.len(), 3, "{shown}");
            for part in parts {
                assert!(part == "*" || part.parse::<u16>().is_ok(), "{shown}");
            }
        }
        // A phrase that no reply can hold would be a rule that does nothing.
        for phrase in rule.words.iter().flatten() {
            let as_read = Words::of(phrase).text;
            assert!(!phrase.is_empty() && as_read == *phrase, "{shown}");
        }
        let waits = matches!(
            rule.verdict,
            Kind::Throttled | Kind::QuotaSpent | Kind::LoginThrottled
        );
        assert!(waits || rule.wait.is_none(), "{shown}");
        assert!(rule.verdict != Kind::QuotaSpent || rule.wait.is_some(), "{shown}");
        let asks = rule.code.is_some() || rule.enhanced.is_some() || rule.words.is_some();
        assert!(asks, "this would fit every reply: {shown}");
    }
}

#[test]
fn every_reply_has_a_verdict_and_only_a_positive_one_is_an_acceptance() {
    let texts = [
        "",
        "user unknown",
        "daily limit",
        "too many connections",
        "greylisted",
    ];
    let steps = ["connect", "auth", "mail", "rcpt", "data", "content"].map(step);
    for code in 200..600 {
        let mut enhanced = vec![None];
        // These are the codes that relays use with them.
        if let (class @ (4 | 5), 21 | 30 | 32 | 35 | 50..=54) =
            (u8::try_from(code / 100).unwrap(), code % 100)
        {
            let all = (0..8).flat_map(|subject| (0..11).map(move |detail| (class, subject, detail)));
            enhanced.extend(all.map(Some));
        }
        for (enhanced, text) in enhanced.iter().flat_map(|code| texts.map(|text| (*code, text))) {
            let reply = Reply::new(code, enhanced, text);
            for step in steps {
                let verdict = judge(step, &reply);
                let taken = code / 100 == 2 || (step, code) == (At::Data, 354);
                assert_eq!(verdict == Verdict::Accepted, taken, "{step:?} {reply}");
                let about_login = matches!(verdict, Verdict::LoginRefused | Verdict::LoginThrottled { .. });
                assert!(step == At::Auth || !about_login, "{step:?} {reply}: {verdict:?}");
                let about_one = matches!(
                    verdict,
                    Verdict::Recipient { .. }
                        | Verdict::NoMailbox
                        | Verdict::Greylisted
                        | Verdict::Policy { .. }
                );
                let addressed = matches!(step, At::Rcpt | At::Data | At::Content);
                assert!(addressed || !about_one, "{step:?} {reply}: {verdict:?}");
            }
        }
    }
}

/// What relays really said, from public sources: step, about whom, reply, source.
fn real_replies() -> Vec<(At, String, Reply)> {
    let table = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies.tsv");
    let table = std::fs::read_to_string(table).unwrap();
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let [at, about, said, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not step, about, reply: {line}");
            };
            let at = match at.trim_end_matches('?') {
                "greeting" | "ehlo" => At::Connect,
                at => step(at),
            };
            // Each line of a reply with its code, as on the wire.
            let lines: Vec<&str> = said.split("\\n").collect();
            let code = &said[..3];
            let text: Vec<&str> = lines
                .iter()
                .map(|line| {
                    line.strip_prefix(code)
                        .map_or(*line, |rest| &rest[rest.len().min(1)..])
                })
                .collect();
            (
                at,
                about.to_owned(),
                reply(&format!("{code} {}", text.join("\n"))),
            )
        })
        .collect()
}

#[test]
fn no_real_reply_that_is_not_about_a_recipient_rejects_one() {
    let replies = real_replies();
    assert!(replies.len() >= 200);
    let mut wrong = Vec::new();
    for (at, about, reply) in &replies {
        let verdict = judge(*at, reply);
        let about_one = matches!(
            verdict,
            Verdict::Recipient { .. } | Verdict::NoMailbox | Verdict::Greylisted | Verdict::Policy { .. }
        );
        let right = match about.as_str() {
            "mailbox" | "mailbox-later" | "address" => about_one,
            // Of these it depends on whether others are refused alike.
            "content" | "policy" | "size" => verdict != Verdict::LoginRefused,
            _ => !verdict.is_permanent(),
        };
        if !right {
            wrong.push(format!("{at:?} {about}: {verdict:?}: {reply}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let unknown = replies
        .iter()
        .filter(|(at, _, reply)| judge(*at, reply) == Verdict::NoMailbox);
    assert!(unknown.count() >= 40, "unknown users are recognised");
}
