//! What comes back: whose message a bounce, a complaint, a reply is about, and what follows from it for
//! statuses, reports and the suppression list.

mod mails;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::bench::Bench;
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::peer::Peer;

use mails::{Bounce, PEOPLE, complaint, files, finished, person, root, sent, toml};

#[test]
fn a_bounce_reaches_the_reports_the_list_and_no_second_run_changes_a_byte() {
    let sent = sent("");
    let bounce = Bounce {
        returned: sent.of("ada").header(),
        ..Bounce::default()
    };
    let mails = [bounce.mail("1")];
    sent.bench.write("box", mails.concat());
    let before = files(&root(&sent.bench));
    sent.inbox(&mails, &["--look"])
        .code(0)
        .stderr_has("1 recipient is bounced now")
        .stderr_has("Nothing was changed");
    let changed: Vec<_> = files(&root(&sent.bench))
        .into_iter()
        .zip(before)
        .filter(|(now, before)| now != before && now.0.extension().is_none_or(|end| end != "lock"))
        .map(|(now, _)| now.0)
        .collect();
    assert!(changed.is_empty(), "a look changes nothing: {changed:?}");

    let result = sent.collect(&mails);
    assert_eq!(
        (&result["bounced"], &result["classes"]["bounce"]),
        (&1.into(), &1.into())
    );
    let line = "ada@example.org,Ada,bounced,550,hard bounce (no_mailbox): 550 5.1.1 no such user here,1,<";
    assert!(sent.report().contains(line), "{}", sent.report());
    assert!(sent.bench.read("results/failed.csv").contains(line));
    assert_eq!(sent.suppressed(), ["ada@example.org"]);
    let summary: Value = serde_json::from_str(&sent.bench.read("results/summary.json")).expect("JSON");
    assert_eq!(summary["statuses"]["bounced"], 1);
    assert_eq!(summary["statuses"]["accepted"], 2);
    sent.bench
        .run(&["status"])
        .code(0)
        .stdout_has("bounced             1");
    let json = sent
        .bench
        .run(&["report", "--format", "json", "--only", "bounced"]);
    json.code(0).stdout_has("\"status\":\"bounced\"");
    sent.bench
        .run(&["status", "--recipient", "ada@example.org"])
        .code(0)
        .stdout_has("found by the token of the message: 550 5.1.1 no such user here");

    let before = files(&root(&sent.bench));
    sent.inbox(&mails, &[]).code(0).stderr_has("nothing is new");
    let now = files(&root(&sent.bench));
    let names = |files: &[(PathBuf, Vec<u8>)]| -> Vec<PathBuf> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&before), names(&now));
    assert!(before == now, "a second run changes no byte");
}

#[test]
fn a_bounced_recipient_is_not_sent_to_again_and_the_next_mailing_can_ask_for_them() {
    let mut sent = sent("");
    let soft = Bounce {
        status: "5.2.2",
        words: "552 5.2.2 mailbox full",
        returned: sent.of("ada").header(),
        ..Bounce::default()
    };
    let result = sent.collect(&[soft.mail("1")]);
    assert_eq!(
        (&result["bounced"], result["suppressed"].as_array().map(Vec::len)),
        (&1.into(), Some(0))
    );
    assert!(
        sent.report()
            .contains("bounced,552,soft bounce (full): 552 5.2.2 mailbox full")
    );
    sent.messages.clear();
    sent.send("news", "", &[]);
    sent.send("news", "", &["--retry-rejected"]);
    assert!(sent.messages.is_empty(), "nobody gets it twice");
    sent.send("news", "", &["--new", "--where", "mailshot_status == 'bounced'"]);
    let who: Vec<_> = sent.messages.keys().collect();
    assert_eq!(who, ["ada@example.org"]);
}

#[test]
fn a_bounce_is_found_by_its_return_path_if_the_message_id_was_replaced() {
    let sent = sent("return_path = 'bounces+{{ bounce }}@uni.example'");
    let ada = sent.of("ada");
    assert_eq!(ada.return_path, format!("bounces+{}@uni.example", ada.token));
    let to = format!("prvs=0123456789={}", ada.return_path);
    let bounce = Bounce {
        to: &to,
        ..Bounce::default()
    };
    let events = sent.inbox(&[bounce.mail("1")], &["--events"]);
    let event: Value = serde_json::from_str(events.stdout.lines().next().expect("an event")).expect("JSON");
    assert_eq!(event["matched"]["how"], "token", "{events}");
    assert_eq!(event["matched"]["key"], "ada@example.org");
    assert_eq!(sent.suppressed(), ["ada@example.org"]);
}

#[test]
fn what_is_forged_is_listed_and_suppresses_nobody() {
    let sent = sent("return_path = 'bounces+{{ verp }}@uni.example'");
    let verp = Bounce {
        to: "bounces+ada=example.org@uni.example",
        ..Bounce::default()
    };
    let made_up = Bounce {
        whom: "bob@example.org",
        returned: "Message-ID: <abcdefghijklm.nopqrstuvwxyz@uni.example>\nX-Mailshot-Id: abcdefghijklmnopqrstuvwxyz",
        ..Bounce::default()
    };
    let stranger = Bounce {
        whom: "eve@else.example",
        ..Bounce::default()
    };
    let mails = [
        verp.mail("1"),
        made_up.mail("2"),
        complaint("cyd@example.org", "Subject: News\nTo: cyd@example.org", "3"),
        stranger.mail("4"),
        // The same once more, from the same system.
        verp.mail("5"),
    ];
    let result = sent.collect(&mails);
    assert_eq!(result["suppressed"], Value::Array(Vec::new()), "{result}");
    assert_eq!(sent.suppressed(), [""; 0]);
    assert_eq!(result["to_confirm"].as_array().map(Vec::len), Some(4), "{result}");
    assert_eq!(result["unmatched"], 1);
    sent.inbox(&[stranger.mail("4")], &[]).code(0).stderr_has(
        "box, mail 1: bounce (eve@else.example): it names no message and no recipient of this campaign",
    );
    // A person who looked into it says yes.
    let id = result["to_confirm"][0].as_str().expect("an id");
    sent.bench
        .run(&["inbox", "--confirm", id])
        .code(0)
        .stderr_has("ada@example.org");
    assert_eq!(sent.suppressed(), ["ada@example.org"]);
}

#[test]
fn complaints_and_wishes_to_leave_count_at_once_if_a_token_proves_them() {
    let sent = sent("unsubscribe = { mailto = 'leave@uni.example?subject={{ token }}' }");
    let leave = sent
        .of("bob")
        .header()
        .split("?subject=")
        .nth(1)
        .expect("a token");
    let leave = leave.split('>').next().expect("its end");
    let mails = [
        complaint("redacted@provider.example", sent.of("ada").header(), "1"),
        person("someone@else.example", leave, "", "", "2"),
        person("cyd@example.org", "unsubscribe", "", "unsubscribe", "3"),
    ];
    let result = sent.collect(&mails);
    assert_eq!(
        sent.suppressed(),
        ["ada@example.org", "bob@example.org"],
        "{result}"
    );
    let id = result["to_confirm"][0].as_str().expect("an id");
    sent.bench.run(&["inbox", "--confirm", id, "."]).code(0);
    assert_eq!(sent.suppressed().len(), 3);
    // Statuses say what became of messages: these arrived.
    assert!(!sent.report().contains("bounced"), "{}", sent.report());
}

#[test]
fn what_a_mail_caused_can_be_taken_back_and_does_not_come_again() {
    let sent = sent("");
    let before = sent.report();
    let bounce = Bounce {
        returned: sent.of("ada").header(),
        ..Bounce::default()
    };
    let mails = [bounce.mail("1")];
    let id = sent.collect(&mails)["suppressed"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    sent.bench
        .run(&["inbox", "--undo", &id])
        .code(0)
        .stderr_has("is taken back")
        .stderr_has("1 address is off the suppression list again: ada@example.org");
    assert_eq!((sent.suppressed(), sent.report()), (Vec::new(), before));
    sent.collect(&mails);
    assert_eq!(sent.suppressed(), [""; 0]);
    sent.bench
        .run(&["inbox", "--undo", &id])
        .code(0)
        .stderr_has("was taken back before");
    sent.bench
        .run(&["inbox", "--undo", "zzzzzz"])
        .code(2)
        .stderr_has("no mail with the id zzzzzz")
        .stderr_has("mailshot status . --recipient ADDRESS");
}

#[test]
fn who_replies_after_a_bounce_is_taken_off_again() {
    let sent = sent("");
    let ada = sent.of("ada");
    let bounce = Bounce {
        returned: ada.header(),
        ..Bounce::default()
    };
    sent.collect(&[bounce.mail("1")]);
    assert_eq!(sent.suppressed(), ["ada@example.org"]);
    let threads = format!("In-Reply-To: {0}\nReferences: {0}\n", ada.message_id);
    let reply = person(
        "Ada <ada@example.org>",
        "Re: News",
        &threads,
        "Thanks, it works again.",
        "2",
    );
    let result = sent.collect(&[reply]);
    assert_eq!(
        result["taken_off"],
        serde_json::json!(["ada@example.org"]),
        "{result}"
    );
    assert_eq!(sent.suppressed(), [""; 0]);
    assert!(
        sent.report().contains("ada@example.org,Ada,accepted,250"),
        "{}",
        sent.report()
    );
}

#[test]
fn what_is_because_of_the_relay_is_summed_up_and_suppresses_nobody() {
    let sent = sent("");
    let mail = |who: &str| {
        Bounce {
            whom: &format!("{who}@example.org"),
            status: "5.7.1",
            words: "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
            returned: sent.of(who).header(),
            ..Bounce::default()
        }
        .mail(who)
    };
    let full = Bounce {
        whom: "cyd@example.org",
        status: "5.2.2",
        words: "552 5.2.2 mailbox full",
        returned: sent.of("cyd").header(),
        ..Bounce::default()
    };
    sent.inbox(&[mail("ada"), mail("bob"), full.mail("cyd")], &[])
        .code(0)
        .stderr_has(
            "2 of 3 bounces through the relay school are because of the relay: listed at zen.spamhaus.org",
        );
    assert_eq!(sent.suppressed(), [""; 0]);
    assert!(
        sent.report()
            .contains("bounced,554,sender bounce (block_list): 554 5.7.1"),
        "{}",
        sent.report()
    );
}

#[test]
fn another_campaign_and_a_purged_mailing_are_named() {
    let mut sent = sent("");
    let of_news = Bounce {
        returned: sent.of("ada").header(),
        ..Bounce::default()
    }
    .mail("1");
    sent.send("other", "", &["other.toml"]);
    sent.inbox(std::slice::from_ref(&of_news), &["other.toml"])
        .code(0)
        .stderr_has("it is about a message of the campaign news in ");
    assert!(!sent.bench.read("results/other/report.csv").contains("bounced"));
    sent.bench.run(&["purge", "--mailing", "1", "--yes"]).code(0);
    sent.inbox(&[of_news], &[])
        .code(0)
        .stderr_has("it is about mailing 1, which was purged on ");
}

#[test]
fn a_campaign_without_a_record_and_one_that_is_being_sent_are_refused_in_words() {
    let bench = Bench::new().csv("people.csv", PEOPLE).file("news.txt", "Hello\n");
    let peer = Peer::policy(|_| None);
    bench.write("mailshot.toml", toml("news", "", &peer));
    bench.write("box", Bounce::default().mail("1"));
    bench.run(&["inbox", "--from-mbox", "box"]).code(2);
    assert!(!bench.path(".mailshot").exists());
    bench.run(&["inbox"]).code(2).stderr_has("--from-mbox");
    bench
        .run(&["inbox", "--from-mbox", "none"])
        .code(2)
        .stderr_has("none");
    // Without a campaign it only sorts.
    let sorted = bench.run(&["inbox", "--from-mbox", "box", "--no-campaign", "--events"]);
    sorted.code(0).stdout_has("\"matched\":null");
    assert_eq!(finished(&sorted)["classes"]["bounce"], 1);
    bench.run(&["send", "--yes"]).code(0);
    let lock = fs::OpenOptions::new()
        .write(true)
        .open(bench.path(".mailshot/news.lock"))
        .expect("the lock");
    lock.lock().expect("held");
    let held = bench.run(&["inbox", "--from-mbox", "box", "--events"]);
    held.code(4);
    assert_eq!(finished(&held)["reason"], "locked");
    peer.finish();
}

#[test]
fn a_mailbox_on_a_server_is_read_once_over_each_protocol() {
    let Some(dovecot) = Dovecot::start() else { return };
    for (n, url) in dovecot.urls().iter().enumerate() {
        let sent = sent("");
        let user = format!("box{n}");
        let bounce = Bounce {
            returned: sent.of("ada").header(),
            ..Bounce::default()
        };
        let mail = bounce.mail("1");
        let (_, mail) = mail.split_once('\n').expect("a line of the mailbox file");
        dovecot.deliver(&user, "1.mail", mail);
        let table = format!(
            "\n[inbox]\nserver = '{url}'\nuser = '{user}'\npassword = {{ command = 'echo {PASSWORD}' }}\nca_file = '{}'\n",
            dovecot.certificate()
        );
        let toml = sent.bench.read("mailshot.toml") + &table;
        sent.bench.write("mailshot.toml", toml);
        sent.bench
            .run(&["inbox", "--look"])
            .code(0)
            .stderr_has("1 recipient is bounced now");
        sent.bench
            .run(&["inbox"])
            .code(0)
            .stderr_has("1 recipient is bounced now");
        assert_eq!(sent.suppressed(), ["ada@example.org"], "{url}");
        let before = files(&root(&sent.bench));
        sent.bench.run(&["inbox"]).code(0).stderr_has("There is no mail");
        assert!(
            before == files(&root(&sent.bench)),
            "{url}: a second run changes no byte"
        );
        dovecot.deliver(
            &user,
            "2.mail",
            "From: cyd@example.org\nSubject: hello\n\nhello\n",
        );
        sent.bench.run(&["inbox"]).code(0).stderr_has("Read 1 mail");
    }
}
