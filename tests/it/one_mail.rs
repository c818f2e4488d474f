//! One mail without a list, and the addresses that flags give.

use crate::support::bench::Bench;
use crate::support::peer::Peer;

#[test]
fn copies_and_the_address_for_answers_come_by_flags() {
    let peer = Peer::policy(|_| None);
    let bench = Bench::new()
        .csv(
            "people.csv",
            "email,name,boss\nada@example.org,Ada,boss@example.org\n",
        )
        .file("notice.txt", "Hello {{ name }}\n");
    let outcome = bench.run(&[
        "send",
        "--recipients",
        "people.csv",
        "--from",
        "registrar@uni.example",
        "--cc",
        "{{ boss }}; second@example.org",
        "--bcc",
        "archive@uni.example",
        "--reply-to",
        "office@uni.example",
        "--subject",
        "s",
        "--text",
        "notice.txt",
        "--relay",
        &peer.url(),
        "--yes",
    ]);
    outcome.code(0);
    let log = peer.finish();
    let all = [
        "ada@example.org",
        "archive@uni.example",
        "boss@example.org",
        "second@example.org",
    ];
    assert_eq!(log.recipients(), all);
    let text = String::from_utf8_lossy(&log.accepted[0].content);
    assert!(text.contains("Reply-To: office@uni.example\r\n"), "{text}");
    assert!(
        text.contains("Cc: boss@example.org, second@example.org\r\n"),
        "{text}"
    );
    assert!(!text.contains("archive@"), "{text}");
}
