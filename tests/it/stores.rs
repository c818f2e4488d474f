//! What a report calls accepted is what a real server kept, nobody twice: servers that take fewer connections
//! than they are offered, that throw a joint flight away, or whose replies wait for acknowledgements.

use std::fs;

use crate::support::bench::Bench;
use crate::support::notice::{address, people, through};
use crate::support::servers::{Chasquid, NetServerMail, Postfix};

/// Sends to so many, who are all accepted; their Message-IDs in the report, sorted.
fn send(bench: &Bench, count: usize) -> Vec<String> {
    bench.run(&["send", "--yes"]).code(0);
    let report = bench.report("results");
    assert!(report.iter().all(|row| row["mailshot_status"] == "accepted"));
    assert_eq!(report.len(), count);
    sorted(
        report
            .into_iter()
            .map(|mut row| row.remove("mailshot_message_id").unwrap_or_default()),
    )
}

fn sorted(ids: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().collect();
    ids.sort();
    ids
}

/// So many over ten connections to a port of Postfix that takes three.
fn three_of_ten(count: usize, server: impl Fn(&Postfix) -> String) -> Option<(Postfix, Bench)> {
    let known: Vec<String> = (1..=count).map(address).collect();
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let postfix = Postfix::start(&names)?;
    let bench = through(
        &format!("server = '{}'\nconnections = 10", server(&postfix)),
        count,
    );
    let accepted = send(&bench, count);
    let delivered = postfix.wait_for_delivery(count);
    let to: Vec<&str> = delivered.iter().map(|one| one.to.as_str()).collect();
    assert_eq!(to, names, "each once");
    let kept = delivered.iter().map(|one| {
        let message = fs::read_to_string(&one.file).expect("a delivered message");
        let id = message.lines().find_map(|line| line.strip_prefix("Message-ID: "));
        id.unwrap_or_default().to_owned()
    });
    assert_eq!(sorted(kept), accepted);
    Some((postfix, bench))
}

#[test]
fn postfix_with_three_processes_gets_everything_once() {
    three_of_ten(100, Postfix::few);
}

#[test]
fn postfix_with_three_connections_a_client_gets_everything_once() {
    three_of_ten(100, Postfix::counted);
}

#[test]
fn chasquid_gets_everything_once() {
    let Some(server) = Chasquid::start() else {
        return;
    };
    let relay = format!(
        "server = '{}'\nuser = '{}'\npassword = {{ env = 'RELAY_PASSWORD' }}\nca_file = '{}'\nconnections = 3",
        server.submission(),
        Chasquid::USER,
        server.ca_file().display()
    );
    let bench = through(&relay, 60).env("RELAY_PASSWORD", Chasquid::PASSWORD);
    let accepted = send(&bench, 60);
    assert_eq!(sorted(server.wait_for_delivery(60)), accepted);

    // What it does with an envelope behind a content is known by now.
    bench.write("people.csv", people(1..=90));
    let accepted = send(&bench, 90);
    assert_eq!(sorted(server.wait_for_delivery(90)), accepted);
}

#[test]
fn net_server_mail_gets_everything_once() {
    let Some(server) = NetServerMail::start() else {
        return;
    };
    let bench = through(&format!("server = '{}'\nconnections = 3", server.url()), 60);
    let accepted = send(&bench, 60);
    let kept = server.kept();
    let ids = kept
        .iter()
        .map(|line| line.rsplit(' ').next().unwrap_or_default().to_owned());
    assert_eq!(sorted(ids), accepted);
    let to = sorted(
        kept.iter()
            .map(|line| line.split(' ').next().unwrap_or_default().to_owned()),
    );
    assert_eq!(to, (1..=60).map(address).collect::<Vec<_>>());
}
