//! Campaigns that flags alone describe, and names that a shell reads as something else: what is advised
//! can be pasted, and does what it says.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]
#![cfg(unix)]

use crate::support::bench::Bench;
use crate::support::notice::people;
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};
use crate::support::program::Outcome;
use crate::support::terminal::at_a_terminal;

/// The second is refused at first, and of the third nobody knows.
fn peer() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "p0002@example.org",
            attempt: 1,
        } => Some(Answer::say("550 5.1.1 no such user")),
        Step::Content { to, attempt: 1, .. } if to[0] == "p0003@example.org" => Some(Answer::TakeThenClose),
        _ => None,
    })
}

fn bench() -> Bench {
    Bench::new()
        .csv("people.csv", people(1..=3))
        .file("notice.txt", "Dear {{ name }},\n")
}

fn flags(peer: &Peer, list: &str, text: &str) -> String {
    format!(
        "--recipients {list} --from registrar@uni.example --subject 'It is {{{{ name }}}}' --text {text} --connections 1 --relay '{}'",
        peer.url()
    )
}

/// The commands behind the hints.
fn advised(outcome: &Outcome) -> Vec<String> {
    let all = format!("{}\n{}", outcome.stdout, outcome.stderr);
    let hints = all
        .lines()
        .filter(|line| line.contains("hint: ") || line.starts_with("  "));
    hints
        .filter_map(|line| line.rsplit_once(": mailshot "))
        .map(|(_, command)| format!("mailshot {command}"))
        .collect()
}

#[test]
fn what_flags_described_is_gone_on_with_by_the_same_flags() {
    let peer = peer();
    let bench = bench();
    let send = format!("mailshot send {}", flags(&peer, "people.csv", "notice.txt"));
    bench.paste(&format!("{send} --yes")).code(1);
    let again = "run the command with --recipients, --from … that began it again";
    let status = bench.paste("mailshot status");
    status
        .code(0)
        .stdout_has(&format!(
            "again once the cause is corrected: {again}, with --retry-rejected added (without its --new, if it had any)\n"
        ))
        .stdout_lacks("mailshot send");
    bench
        .paste("mailshot status --in-doubt")
        .stdout_has(&format!("{again}, with --in-doubt resend added"))
        .stdout_lacks("mailshot send");
    // To the letter.
    bench.paste(&format!("{send} --yes --retry-rejected")).code(1);
    let settle = advised(&status)
        .into_iter()
        .find(|line| line.starts_with("mailshot settle"));
    bench.paste(&settle.expect("the last step")).code(0);
    bench.paste("mailshot status").stdout_has("completed");
    bench.paste(&format!("{send} --yes")).code(0);
    let log = peer.finish();
    log.assert_each_message_once();
    assert_eq!(log.accepted.len(), 3, "p3 has it, and its reply was lost");
}

/// As cron starts it: in another folder than the ledger's.
#[test]
fn what_was_begun_in_another_folder_is_looked_at_where_it_is() {
    let peer = peer();
    let bench = bench();
    let here = flags(&peer, "people.csv", "notice.txt");
    bench.paste(&format!("mailshot send {here} --yes")).code(1);
    bench.write("elsewhere/a.txt", "");
    let (list, text) = (bench.path("people.csv"), bench.path("notice.txt"));
    let there = flags(&peer, &list.to_string_lossy(), &text.to_string_lossy());
    let outcome = bench.paste(&format!("cd elsewhere; mailshot send {there} --yes"));
    outcome.code(1).stderr_has("Nothing to send");
    let looks = advised(&outcome);
    assert_eq!(looks.len(), 3, "{outcome}");
    for look in looks.iter().filter(|line| !line.starts_with("mailshot send")) {
        bench.paste(&format!("cd elsewhere; {look}")).code(0);
    }
    bench.paste("mailshot status").stdout_lacks("in_doubt");
    peer.finish().assert_each_message_once();
}

#[test]
fn every_name_can_be_pasted() {
    for folder in [
        "'two words'",
        "'it'\\''s \"so\" $HOME'",
        "'教室 名单'",
        "-- -n",
        "\"$(printf 'caf\\351')\"",
        "\"$(printf 'red\\033[31m')\"",
    ] {
        let peer = peer();
        let bench = bench();
        let make = folder.trim_start_matches("-- ");
        bench
            .paste(&format!(
                "mkdir ./{make} && cp people.csv notice.txt ./{make} && printf '%s' \
                 \"[recipients]\nfile = 'people.csv'\n[message]\nfrom = 'registrar@uni.example'\nsubject = 'Room'\n\
                 text = 'notice.txt'\n[relay.here]\nserver = '{}'\nconnections = 1\n\" >./{make}/mailshot.toml",
                peer.url()
            ))
            .code(0);
        let outcome = bench.paste(&format!("mailshot send --yes {folder}"));
        outcome.code(1);
        let status = bench.paste(&format!("mailshot status {folder}"));
        status.code(0);
        for line in advised(&status)
            .into_iter()
            .filter(|line| line.contains(" send "))
        {
            bench
                .paste(&format!("{line} --yes"))
                .code(1)
                .stderr_has("1 sent now");
        }
        let advice = advised(&outcome);
        assert_eq!(advice.len(), 3, "{outcome}");
        assert!(!outcome.stderr.contains('\u{1b}'), "{outcome}");
        for line in &advice {
            let code = if line.contains(" send ") { 1 } else { 0 };
            bench.paste(line).code(code);
        }
        bench
            .paste(&format!("mailshot status {folder}"))
            .stdout_has("accepted            3");
        peer.finish().assert_each_message_once();
    }
}

/// The list comes on stdin each time, and a command that was pasted alone says so.
#[test]
fn a_list_on_stdin_is_piped_in_again() {
    let peer = peer();
    let bench = bench();
    let send = format!("mailshot send {} --yes", flags(&peer, "-", "notice.txt"));
    let list = people(1..=3);
    let outcome = bench.paste_with_stdin(&format!("{send} --limit 1"), &list);
    outcome
        .code(0)
        .stderr_has("nobody is sent to twice: pipe the same list in again: mailshot send --recipients -");
    let advice = advised(&outcome);
    let [on] = advice.as_slice() else {
        panic!("one step is due: {outcome}");
    };
    bench
        .paste(on)
        .code(2)
        .stderr_has("the list is to come from stdin, and nothing came")
        .stderr_lacks("file is empty");
    bench
        .paste_with_stdin(on, " \n")
        .code(2)
        .stderr_has("and nothing came");
    bench.paste_with_stdin(on, &list).code(1);
    bench.paste_with_stdin(&format!("{on} --limit 3"), &list);
    bench.paste_with_stdin(&send, &list).code(1);
    // The same where the campaign file says so.
    let campaign = Bench::new()
        .campaign(
            &crate::support::notice::campaign(&format!("server = '{}'", peer.url()))
                .replace("people.csv", "-"),
        )
        .file("notice.txt", "Dear {{ name }},\n");
    campaign
        .paste_with_stdin("mailshot send --yes --limit 1", &list)
        .code(0)
        .stderr_has(": pipe the same list in again: mailshot send --limit 1 --yes\n");
    campaign
        .paste("mailshot status")
        .stdout_has(": pipe the same list in again: mailshot send .\n");
    let log = peer.finish();
    assert_eq!(
        log.recipients().len(),
        3,
        "two of the first mailing, one of the other"
    );
}

/// What is to be mended is a flag where there is no file.
#[test]
fn what_is_wrong_with_flags_is_told_of_flags() {
    let bench = bench();
    let send = |relay: &str| {
        format!(
            "mailshot send --yes --recipients people.csv --from registrar@uni.example --subject Room --text notice.txt --relay {relay}"
        )
    };
    bench
        .paste(&send("smtp+plain://localhost:1"))
        .code(4)
        .stderr_has("check the host and the port in --relay, and");
    let refusing = |policy: fn(&Step<'_>) -> Option<Answer>| Peer::policy(move |event| policy(&event.step));
    let sender =
        refusing(|step| matches!(step, Step::Mail { .. }).then(|| Answer::say("550 5.7.1 not your address")));
    bench
        .paste(&send(&sender.url()))
        .code(2)
        .stderr_has("write an address in --from that this login may send as");
    let strict = refusing(|step| {
        matches!(step, Step::Mail { .. }).then(|| Answer::say("530 5.7.0 Authentication required"))
    });
    bench
        .paste(&send(&strict.url()))
        .code(2)
        .stderr_has("no login is given: add --user and --password-command, or set MAILSHOT_PASSWORD");
    bench
        .paste(&format!("{} --user registrar", send(&strict.url())))
        .code(2)
        .stderr_has("set MAILSHOT_PASSWORD, or add --password-command");
}

/// Nothing is piped in, and somebody sits there.
#[test]
fn a_list_that_is_typed_is_waited_for_with_a_word() {
    let peer = Peer::policy(|_| None);
    let bench = bench();
    let relay = peer.url();
    let arguments = [
        "send",
        "--yes",
        "--recipients",
        "-",
        "--from",
        "registrar@uni.example",
        "--subject",
        "Room",
        "--text",
        "notice.txt",
        "--relay",
        &relay,
    ];
    let typed = "email,name\nada@example.org,Ada\n\u{4}";
    let Some((code, screen)) = at_a_terminal(&bench, &[["Ctrl-D on a line of its own", typed]], &arguments)
    else {
        return;
    };
    assert_eq!(code, 0, "{screen}");
    assert_eq!(peer.finish().recipients(), ["ada@example.org"]);
}
