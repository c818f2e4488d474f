//! Afterwards: a condition over what became of recipients in the mailing before.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a policy answers the steps it is about"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::bench::Bench;
use crate::support::gate::Gate;
use crate::support::notice::{address, bench, people};
use crate::support::peer::Peer;
use crate::support::peer::policy::{Answer, Step};

const DEFERRED: &str = "mailshot_status == 'deferred'";
const ACCEPTED: &str = "mailshot_status == 'accepted'";

/// Rejects the second of six, and defers the third as long as it is asked for the first time.
fn picky() -> Peer {
    Peer::policy(|event| match event.step {
        Step::Rcpt { to, .. } if to == address(2) => Some(Answer::say("550 5.1.1 no such user")),
        Step::Rcpt { to, attempt: 1 } if to == address(3) => Some(Answer::say("450 4.2.1 mailbox busy")),
        _ => None,
    })
}

/// Six people, who were all sent to once: the second is rejected, the third deferred.
fn sent_once(peer: &Peer) -> Bench {
    let bench = bench(peer, 6, "connections = 1\n[delivery]\nattempts = 1");
    bench.run(&["send", "--yes"]).code(1);
    bench.write("notice.txt", "Dear {{ name }},\n\nplease answer.\n");
    bench
}

fn since(peer: &Peer, before: usize) -> Vec<String> {
    let mut to: Vec<String> = peer.log().accepted[before..]
        .iter()
        .flat_map(|message| message.recipients.clone())
        .collect();
    to.sort_unstable();
    to
}

#[test]
fn a_reminder_goes_to_whom_the_mailing_before_came_to() {
    let peer = picky();
    let bench = sent_once(&peer);
    bench
        .run(&["send", "--yes", "--new", "--abandon", "--where", DEFERRED])
        .code(0)
        .stderr_has("mailshot_status and the other columns of the report are those of mailing 1, of ");
    assert_eq!(since(&peer, 4), [address(3)]);
    // The last mailing in which anybody was tried is that of one.
    bench
        .run(&[
            "send",
            "--yes",
            "--new",
            "--abandon",
            "--where",
            "mailshot_status == 'accepted' and name != 'x'",
        ])
        .code(0)
        .stderr_has("those of mailing 2, of ");
    assert_eq!(since(&peer, 5), [address(3)]);
    peer.finish();
}

#[test]
fn the_columns_of_the_report_are_cells_in_a_condition() {
    let peer = picky();
    let bench = sent_once(&peer);
    bench.write("people.csv", people(1..=7));
    for (condition, chosen) in [
        ("mailshot_status in ['rejected', 'deferred']", vec![2, 3]),
        ("mailshot_status == ''", vec![7]),
        ("not mailshot_status", vec![7]),
        ("mailshot_status and not mailshot_message_id", vec![]),
        ("mailshot_code == 550", vec![2]),
        ("mailshot_code and row['mailshot_code'] >= 400", vec![2, 3]),
        ("'busy' in mailshot_reply", vec![3]),
        (
            "mailshot_attempts == 1 and email != 'p0004@example.org'",
            vec![1, 2, 3, 5, 6],
        ),
        ("mailshot_at and mailshot_at < '2000-01-01'", vec![]),
    ] {
        let (first, rest) = ("results/x", &["--where", condition, "--output", "results/x"]);
        bench
            .run(&[&["send", "--dry-run", "--new"][..], rest].concat())
            .code(0);
        let mut written: Vec<String> = Vec::new();
        if bench.path(first).exists() {
            let files = bench.eml(first).into_iter();
            written
                .extend(files.map(|file| file.file_name().expect("a file").to_string_lossy().into_owned()));
        }
        let names: Vec<String> = chosen
            .iter()
            .map(|number| format!("{:06}-{}.eml", number + 1, address(*number)))
            .collect();
        assert_eq!(written, names, "{condition}");
    }
    peer.finish();
}

/// What a reminder has sent before its end must not count for the rest of it.
#[test]
fn a_reminder_that_was_killed_goes_on_with_the_same_people() {
    for in_file in [false, true] {
        let (gate, seen) = (Gate::default(), AtomicUsize::new(0));
        let stands = gate.clone();
        let peer = Peer::policy(move |event| match event.step {
            Step::Rcpt { to, .. } if to == address(2) => Some(Answer::say("550 5.1.1 no such user")),
            // Five of the first mailing, and two of the second.
            Step::Content { .. } if seen.fetch_add(1, Ordering::SeqCst) == 7 => {
                stands.pass();
                Some(Answer::Close)
            }
            _ => None,
        });
        let bench = bench(&peer, 6, "connections = 1\n[delivery]\nattempts = 1");
        bench.run(&["send", "--yes"]).code(1);
        bench.write("notice.txt", "Dear {{ name }},\n\nplease answer.\n");
        let mut again = vec!["send", "--yes"];
        if in_file {
            let toml = bench.read("mailshot.toml");
            let toml = toml.replace("[message]", &format!("where = \"{ACCEPTED}\"\n[message]"));
            bench.write("mailshot.toml", toml);
        } else {
            again.extend(["--where", ACCEPTED]);
        }
        let run = bench.spawn(&[&again[..], &["--new"]].concat());
        peer.wait_until("the third reminder", |log| log.contents() == 8);
        run.kill();
        gate.open();
        assert_eq!(since(&peer, 5), [address(1), address(3)]);
        bench.run(&again).code(1).stderr_has("those of mailing 1, of ");
        // The fourth is in doubt: that relay never said whether it has it.
        assert_eq!(since(&peer, 5), [1, 3, 5, 6].map(address));
        bench
            .run(&[&again[..], &["--in-doubt", "resend"]].concat())
            .code(0);
        peer.finish().assert_each_message_once();
        assert_eq!(bench.statuses().get("accepted"), Some(&5));
    }
}

#[test]
fn what_nobody_can_have_is_refused() {
    let peer = picky();
    let bench = bench(&peer, 6, "connections = 1\n[delivery]\nattempts = 1");
    for command in [
        &["send", "--yes"][..],
        &["send", "--dry-run"],
        &["send", "--sandbox"],
    ] {
        bench
            .run(&[command, &["--where", DEFERRED]].concat())
            .code(2)
            .stderr_has("this condition asks for the result of an earlier mailing, and there is none")
            .stderr_has("leave the condition out of the first mailing");
    }
    bench.run(&["send", "--yes"]).code(1);
    bench
        .run(&["send", "--yes", "--where", DEFERRED])
        .code(2)
        .stderr_has("to begin a new mailing to the recipients that the condition chooses, add --new");
    for (word, near) in [
        ("sent", "accepted"),
        ("defered", "deferred"),
        ("Rejected", "rejected"),
    ] {
        bench
            .run(&[
                "send",
                "--yes",
                "--new",
                "--where",
                &format!("email and mailshot_status == '{word}'"),
            ])
            .code(2)
            .stderr_has(&format!("there is no status `{word}`"))
            .stderr_has(&format!("write '{near}'"));
    }
    bench
        .run(&[
            "send",
            "--yes",
            "--new",
            "--where",
            "mailshot_state == 'deferred'",
        ])
        .code(2)
        .stderr_has("did you mean `mailshot_status`?");
    assert_eq!(peer.log().accepted.len(), 4);
    peer.finish();
}

/// Several rows make one message, and it is the message that was accepted.
#[test]
fn the_rows_of_a_message_are_chosen_together_by_what_became_of_it() {
    let peer = picky();
    let bench = Bench::new()
        .campaign(&format!(
            "[recipients]\nfile = 'people.csv'\ngroup_by = 'school'\n\n[message]\nfrom = 'Registrar <registrar@uni.example>'\n\
             to = '{{{{ rows[0].email }}}}'\nsubject = 'Pupils'\ntext = 'notice.txt'\n\n\
             [relay.here]\nserver = '{}'\nconnections = 1\n[delivery]\nattempts = 1\n",
            peer.url()
        ))
        .csv(
            "people.csv",
            "email,school,pupil\np0001@example.org,A,Ada\np0009@example.org,A,Abe\np0003@example.org,B,Bob\n\
             p0008@example.org,B,Ben\n",
        )
        .file("notice.txt", "{% for r in rows %}{{ r.pupil }} {% endfor %}");
    bench.run(&["send", "--yes"]).code(1);
    let toml = bench.read("mailshot.toml");
    let with = |condition: &str| {
        bench.write(
            "mailshot.toml",
            toml.replace("group_by", &format!("where = \"{condition}\"\ngroup_by")),
        );
    };
    with(DEFERRED);
    bench.run(&["check"]).code(0).stderr_has("1 message of ");
    bench.run(&["send", "--dry-run", "--new"]).code(0);
    let files = bench.eml("results/preview");
    assert_eq!(files.len(), 1);
    assert!(
        std::fs::read_to_string(&files[0])
            .expect("a file")
            .contains("Bob Ben")
    );
    // The row that was first then is left out: the message is the same school's.
    with("mailshot_status == 'accepted' and pupil != 'Ada'");
    bench.run(&["send", "--dry-run", "--new"]).code(0);
    let files = bench.eml("results/preview");
    let text = std::fs::read_to_string(&files[0]).expect("a file");
    assert!(text.contains("Abe") && !text.contains("Ada"), "{text}");
    peer.finish();
}

#[test]
fn one_recipient_is_found_in_every_mailing() {
    let peer = picky();
    let bench = sent_once(&peer);
    bench.write("people.csv", people(2..=7));
    bench
        .run(&[
            "send",
            "--yes",
            "--new",
            "--abandon",
            "--only",
            "p0002@example.org",
            "--only",
            "p0003@example.org",
        ])
        .code(1);
    let third = bench.run(&["status", "--recipient", "P0003＠Example.org"]);
    third
        .code(0)
        .stdout_has(": p0003@example.org\n   1  ")
        .stdout_has("  deferred\n")
        .stdout_has(", through here: deferred, 450 4.2.1 mailbox busy\n")
        .stdout_has("\n   2  ")
        .stdout_has(", through here: accepted, 250 ")
        .stdout_has("        row 3\n")
        .stdout_has("        Message-ID: <");
    // By a cell of the row, who is not in the second one.
    bench
        .run(&[
            "status",
            "--recipient",
            "Person 1",
            "--recipient",
            "p0007@example.org",
        ])
        .code(0)
        .stdout_has(": p0001@example.org\n")
        .stdout_has("  not in mailing 2\n")
        .stdout_has(": p0007@example.org\n")
        .stdout_has("  pending, left out by a choice so far\n")
        .stdout_has("  not in mailing 1\n");
    let json = bench.run(&["status", "--json", "--recipient", "p0002@example.org"]);
    json.code(0);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let mailings = &document["recipients"][0]["mailings"];
    assert_eq!(document["recipients"][0]["recipient"], "p0002@example.org");
    assert_eq!(mailings.as_array().map(Vec::len), Some(2));
    assert_eq!(mailings[0]["number"], 1);
    assert_eq!(mailings[0]["state"], "given_up");
    assert_eq!(mailings[1]["status"], "rejected");
    assert_eq!(mailings[1]["tries"][0]["code"], 550);
    assert_eq!(mailings[1]["rows"][0], 2);
    bench
        .run(&["status", "--recipient", "p0003@exmaple.org"])
        .code(2)
        .stderr_has("has the recipient p0003@exmaple.org")
        .stderr_has("if this recipient is meant: mailshot status . --recipient p0003@example.org");
    bench.run(&["send", "--yes", "--where", "true"]).code(0);
    bench.run(&["purge", "--mailing", "1", "--yes"]).code(0);
    bench
        .run(&["status", "--recipient", "p0003@example.org"])
        .code(0)
        .stdout_has("purged on ")
        .stdout_has(": who got it is no longer recorded");
    peer.finish();
}

#[test]
fn what_became_of_copies_and_of_rows_that_are_nobodys_is_told() {
    let peer = Peer::policy(|event| match event.step {
        Step::Rcpt {
            to: "Boss@example.org",
            ..
        } => Some(Answer::say("550 5.1.1 no such user")),
        _ => None,
    });
    let bench = bench(&peer, 2, "connections = 1\n[delivery]\nattempts = 1");
    let toml = bench.read("mailshot.toml");
    bench.write(
        "mailshot.toml",
        toml.replace("subject =", "cc = '{{ cc }}'\nsubject ="),
    );
    bench.write(
        "people.csv",
        "email,name,cc\np0001@example.org,Person 1,Boss@example.org\np0002@example.org,Person 2,\n\
         P0002@example.org,Person 2,\np0009@example,Person 9,\nanne@example.org,Anne,not an address\n",
    );
    bench.write("gone.csv", "email\np0002@example.org\n");
    let toml = bench.read("mailshot.toml");
    bench.write(
        "mailshot.toml",
        toml.replace("[message]", "suppress = ['gone.csv']\n[message]"),
    );
    bench
        .run(&["send", "--yes", "--skip-invalid", "--skip-duplicates"])
        .code(1);
    bench
        .run(&["status", "--recipient", "boss@example.org"])
        .code(0)
        .stdout_has("a copy of the message to p0001@example.org: rejected, 550 5.1.1 no such user");
    bench
        .run(&["status", "--recipient", "p0001@example.org"])
        .code(0)
        .stdout_has("the copy to Boss@example.org: rejected, 550");
    bench
        .run(&["status", "--recipient", "anne@example.org"])
        .code(0)
        .stdout_has("row 6: invalid, ");
    bench
        .run(&["status", "--recipient", "p0002@example.org", "--lang", "zh"])
        .code(0)
        .stdout_has("gone.csv");
    peer.finish();
}
