//! Addresses beyond ASCII, and relays that know of them (RFC 6531) or do not.

use crate::support::bench::Bench;
use crate::support::notice;
use crate::support::peer::policy::Policy;

const PEOPLE: &str = "email,name\nada@example.org,Ada\n用户@例子.example,王\nbob@例子.example,Bob\n";

/// The notice to these three, answers to an address that `reply_to` names.
fn bench(url: &str, reply_to: &str) -> Bench {
    let campaign = notice::campaign(&format!("server = '{url}'"));
    Bench::new()
        .campaign(&campaign.replace("text = ", &format!("reply_to = '{reply_to}'\ntext = ")))
        .csv("people.csv", PEOPLE)
        .file(
            "notice.txt",
            "Dear {{ name }},\n\nthe course moves to room 101.\n",
        )
}

#[test]
fn a_relay_that_can_is_asked_for_it_and_only_where_it_is_needed() {
    let peer = Policy::new(|_| None).start();
    let bench = bench(&peer.url(), "office@uni.example");
    bench.run(&["send", "--yes"]).code(0);
    let log = peer.finish();
    let lines: Vec<&str> = log.connections.iter().flat_map(|c| c.lines()).collect();
    let mail: Vec<_> = lines.iter().filter(|line| line.starts_with("MAIL")).collect();
    let asked = mail.iter().filter(|line| line.contains(" SMTPUTF8"));
    assert_eq!((mail.len(), asked.count()), (3, 1), "{mail:?}");
    // The domain of everybody is in ASCII, in the envelope and in the header.
    for address in ["用户@xn--fsqu00a.example", "bob@xn--fsqu00a.example"] {
        assert!(
            lines.contains(&format!("RCPT TO:<{address}>").as_str()),
            "{lines:?}"
        );
        let named = log.accepted.iter().filter(|message| {
            let content = String::from_utf8_lossy(&message.content);
            content.contains(&format!("<{address}>"))
        });
        assert_eq!(named.count(), 1, "{address}");
    }
}

#[test]
fn a_relay_that_cannot_gets_all_the_others() {
    let capabilities = ["PIPELINING", "8BITMIME"];
    let peer = Policy::new(|_| None).capabilities(&capabilities).start();
    let bench = bench(&peer.url(), "office@uni.example");
    bench
        .run(&["send", "--yes"])
        .code(1)
        .stderr_has("accepted 2 of 3");
    let report = bench.report("results");
    let told: Vec<_> = report
        .iter()
        .map(|row| (row["name"].as_str(), row["mailshot_status"].as_str()))
        .collect();
    assert_eq!(
        told,
        [("Ada", "accepted"), ("王", "rejected"), ("Bob", "accepted")]
    );
    let words = "the address 用户@xn--fsqu00a.example needs SMTPUTF8, which the relay does not offer";
    assert_eq!(report[1]["mailshot_reply"], words);
    assert_eq!(peer.finish().accepted.len(), 2);
}

#[test]
fn an_address_that_only_the_header_names_needs_it_too() {
    let peer = Policy::new(|_| None).start();
    let bench = bench(&peer.url(), "büro@uni.example");
    bench.run(&["send", "--yes"]).code(0);
    for line in peer.finish().connections.iter().flat_map(|c| c.lines()) {
        assert!(!line.starts_with("MAIL") || line.ends_with(" SMTPUTF8"), "{line}");
    }
    // Nobody else's mail programs may be sent octets that they cannot read.
    let peer = Policy::new(|_| None)
        .capabilities(&["PIPELINING", "8BITMIME"])
        .start();
    let bench = self::bench(&peer.url(), "büro@uni.example");
    bench.run(&["send", "--yes"]).code(1);
    for row in bench.report("results") {
        let reply = &row["mailshot_reply"];
        assert!(reply.contains("needs SMTPUTF8"), "{reply}");
    }
    assert!(peer.finish().accepted.is_empty());
}
