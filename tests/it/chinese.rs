//! In Chinese: what people read is Chinese, and what programs read is the same as in English.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use regex::Regex;

use crate::support::bench::Bench;
use crate::support::foreign::{english_words, without_replies};
use crate::support::notice::{address, bench, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

/// Names in the campaigns, and words that the record of a run keeps in English: the reply that did not
/// come, and the folder of mail that was sent.
const NAMES: [&str; 12] = [
    "campaign",
    "here",
    "localhost",
    "Registrar",
    "Person",
    "Cc",
    "Bcc",
    "kB",
    "where",
    "Sent",
    "Message-ID",
    "send",
];

#[track_caller]
fn is_chinese(text: &str) {
    let ours = without_replies(text);
    assert_eq!(english_words(&ours, &NAMES), Vec::<String>::new(), "in:\n{text}");
}

/// One is rejected, one deferred, one in doubt.
fn various() -> Peer {
    let (rejected, deferred, doubted) = (address(2), address(3), address(4));
    Peer::policy(move |event| match event.step {
        Step::Rcpt { to, .. } if to == rejected => Some(Answer::say("550 5.1.1 no such user")),
        Step::Rcpt { to, .. } if to == deferred => Some(Answer::say("450 4.2.1 mailbox busy")),
        Step::Content { to, .. } if to.contains(&doubted) => Some(Answer::Close),
        _ => None,
    })
}

fn campaign(peer: &Peer) -> Bench {
    bench(peer, 6, "connections = 1\n[delivery]\nattempts = 1")
}

/// In English, in Chinese by a flag, and in Chinese by the locale.
fn ways() -> [(&'static [&'static str], &'static str, bool); 3] {
    [
        (&[], "C", false),
        (&["--lang", "zh"], "en_US.UTF-8", true),
        (&[], "zh_CN.UTF-8", true),
    ]
}

#[test]
fn a_run_is_told_in_chinese_and_recorded_as_ever() {
    let mut recorded = Vec::new();
    for (flags, locale, chinese) in ways() {
        let peer = various();
        let bench = campaign(&peer).env("LANG", locale);
        let run = |arguments: &[&str]| bench.run(&[arguments, flags].concat());
        let check = run(&["check"]);
        let sent = run(&["send", "--yes"]);
        let status = run(&["status"]);
        let doubt = run(&["status", "--in-doubt"]);
        let mailings = run(&["status", "--mailings"]);
        let short = run(&["send", "--yes", "--quiet", "--retry-rejected"]);
        if chinese {
            check
                .code(0)
                .stderr_has("检查了 6 行：6 封邮件（共 ")
                .stderr_has("通过 here (localhost) 发送约需 ");
            sent.stderr_has("发件人：Registrar <registrar@uni.example>")
                .stderr_has(
                    "以 Registrar <registrar@uni.example> 的身份通过 here (localhost) 发送 6 封邮件，约需 ",
                )
                .stderr_has("被拒：p0002@example.org：550 5.1.1 no such user")
                .stderr_has("暂缓：p0003@example.org：450 4.2.1 mailbox busy")
                .stderr_has("存疑：p0004@example.org（")
                .stderr_has("1 位被发信服务器拒绝")
                .stderr_has("每一行的结果：./results/report.csv")
                .stderr_has("提示：稍后重试暂缓的 1 位收件人：mailshot send ");
            status.stdout_has("已接收").stdout_has("的群发，尚未完成");
            doubt.stdout_has("1 位收件人存疑").stdout_has("mailshot settle");
            mailings.stdout_has("被拒 1");
            short.stderr_has("campaign：");
            for outcome in [&check, &sent, &status, &doubt, &mailings, &short] {
                is_chinese(&outcome.stdout);
                is_chinese(&outcome.stderr);
            }
        }
        let codes = [check, sent, status, doubt, mailings, short].map(|outcome| outcome.status.code());
        let json = [
            run(&["check", "--json"]),
            run(&["status", "--json"]),
            run(&["status", "--json", "--in-doubt"]),
            run(&["status", "--json", "--mailings"]),
            run(&["report"]),
            run(&["report", "--format", "json"]),
        ];
        let json = json.map(|mut outcome| {
            outcome.stderr.clear();
            masked(&outcome.redact())
        });
        let files = ["report.csv", "failed.csv", "in_doubt.csv", "summary.json"];
        let files = files.map(|name| masked(&bench.redacted(&format!("results/{name}"))));
        recorded.push((codes, json, files));
        peer.finish();
    }
    let [english, by_flag, by_locale] = <[_; 3]>::try_from(recorded).expect("three ways");
    assert_eq!(english, by_flag);
    assert_eq!(english, by_locale);
}

/// How long it took differs from run to run, and so do the names of messages.
fn masked(text: &str) -> String {
    let rules = [
        (r#""(\w*_?seconds|messages_per_second)": [\d.]+"#, "\"$1\": 0"),
        (r"\b[0-9a-f]{32}\b", "[MAILING]"),
        (r"<[a-z2-7]{13}\.[a-z2-7]{13}@", "<[ID]@"),
    ];
    rules.iter().fold(text.to_owned(), |text, (pattern, word)| {
        let pattern = Regex::new(pattern).expect("a regular expression");
        pattern.replace_all(&text, *word).into_owned()
    })
}

#[test]
fn events_are_the_same_in_every_language() {
    let mut told = Vec::new();
    for (flags, locale, _) in ways() {
        let peer = various();
        let bench = campaign(&peer).env("LANG", locale);
        let mut outcome = bench.run(&[&["send", "--yes", "--events"], flags].concat());
        outcome.stderr.clear();
        told.push(masked(&outcome.redact()));
        peer.finish();
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
}

#[test]
fn a_rehearsal_and_what_is_skipped_are_told_in_chinese() {
    let peer = Peer::policy(|_| None);
    let bench = campaign(&peer).env("LANG", "zh_CN.UTF-8");
    bench.write(
        "people.csv",
        people(1..=3) + "p0001@example.org,Person 1\nnot an address,X\n",
    );
    let skipping = ["--skip-duplicates", "--skip-invalid"];
    let outcome = bench.run(&[&["send", "--yes", "--sandbox"], &skipping[..]].concat());
    outcome
        .stderr_has("检查了 5 行：3 封邮件（共 ")
        .stderr_has("跳过无效的 1 行、跳过重复的 1 行")
        .stderr_has("沙箱接收了 3 封邮件中的 3 封，用时 ")
        .stderr_has("没有任何邮件离开这台计算机。邮件保存在：");
    let dry = bench.run(&[&["send", "--dry-run"], &skipping[..]].concat());
    dry.stderr_has("3 封邮件已写入 ");
    let test = bench.run(&[&["send", "--yes", "--test-to", "me@uni.example"], &skipping[..]].concat());
    test.stderr_has("测试：3 封邮件，全部发给 me@uni.example（内容原本写给 Person 1 <p0001@example.org>、")
        .stderr_has("3 封测试邮件只发给了 me@uni.example；");
    peer.finish();
}

#[test]
fn what_is_waited_for_and_how_far_it_is_are_told_in_chinese() {
    let peer = Peer::policy(|event| match event.step {
        Step::Connect => Some(Answer::Hang),
        _ => None,
    });
    let bench = bench(&peer, 1_200, "").env("LC_ALL", "zh_CN.UTF-8");
    let run = bench.spawn(&["send", "--yes"]);
    run.wait_for_stderr("正在等待 here (localhost) 的问候 …");
    run.wait_for_stderr("发送 0/1,200  正在等待 here (localhost) 的问候，已 ");
    is_chinese(&run.stderr());
    run.kill();
}

#[cfg(unix)]
#[test]
fn the_question_is_chinese_and_so_may_be_the_answer() {
    let peer = Peer::policy(|_| None);
    for (typed, code) in [("是\n", 0), ("否\n", 2)] {
        let bench = bench(&peer, 2, "");
        let arguments = ["send", "--lang", "zh"];
        let shown = crate::support::terminal::at_a_terminal(&bench, &[["[y/N]", typed]], &arguments);
        let Some((ended, screen)) = shown else { return };
        assert_eq!(ended, code, "{screen}");
        assert!(
            screen.contains("第一位收件人：Person 1 <p0001@example.org>"),
            "{screen}"
        );
        assert!(screen.contains("。要发送吗？ [y/N] "), "{screen}");
        if code == 0 {
            assert!(screen.contains("发信服务器接收了 2 封邮件中的 2 封"), "{screen}");
        }
    }
    peer.finish();
}
